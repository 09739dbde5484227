//! The market and competitors: what sets the base apart from other people, and where it has few customers.

use super::competitor::notes;
use super::count::labels_of;
use super::population::chosen;
use super::rules::{self, WrongUsage, contacts};
use super::segment::{cut_with, moment, notice};
use crate::base::Base;
use crate::clock;
use anyhow::{Result, anyhow};
use engine::facts::FactSet;
use engine::facts::populations::Population;
use engine::features::Question;
use engine::market::{
    Apart, AttributeDifference, Sides, Spot, Spots, Spotting, apart, ask, columns_of, differences, spots,
};
use engine::progress::Watch;
use engine::segmentations::rules::count::holds;
use engine::segmentations::rules::names;
use model::base::ContactField;
use model::calendar::{AsOf, Day};
use std::collections::{BTreeMap, BTreeSet};
use store::CompetitorNote;

/// Fields of the state, and the attribute of a population that they are compared with.
const STATE_FIELDS: [(ContactField, &str); 2] = [(ContactField::Zip, "zip"), (ContactField::Birthday, "age")];

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// One population; none: all.
    pub name: Option<&'a str>,
    /// A condition for the customers to look at.
    pub within: Option<&'a str>,
    /// What a white spot is.
    pub spotting: Spotting,
    /// Settings of segmentations whose labels the condition looks at.
    pub settings: &'a [String],
    pub as_of: Option<Day>,
    pub threads: usize,
}

/// The base beside populations.
pub struct Market {
    pub as_of: AsOf,
    /// What is to be known of the moment and the condition.
    pub notices: Vec<String>,
    /// Customers that were looked at.
    pub customers: u64,
    pub besides: Vec<Beside>,
}

/// The base beside one population.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    pub population: String,
    /// Every attribute that the population knows, those that differ most first.
    pub differences: Vec<AttributeDifference>,
    /// Attributes of customers that the population knows nothing of.
    pub only_here: Vec<String>,
    /// The final criteria.
    pub apart: Apart,
    pub spots: Spots,
    /// By place of attribute and value: the competitors whose advertising addresses it. Typed by people, not
    /// worked out from data.
    pub addressed: BTreeMap<(usize, usize), BTreeSet<String>>,
    /// Notes that address what neither side has: what they name cannot be shown beside a figure.
    pub unmatched: Vec<CompetitorNote>,
}

impl Beside {
    /// The competitors who address a value, as people typed it.
    pub fn addressed_by(&self, places: &[(usize, usize)]) -> BTreeSet<&str> {
        places.iter().filter_map(|place| self.addressed.get(place)).flatten().map(String::as_str).collect()
    }

    /// The competitors who address one of the values of a white spot.
    pub fn spot_addressed_by(&self, spot: &Spot) -> BTreeSet<&str> {
        self.addressed_by(&spot.places)
    }
}

/// Holds the base, or those of it for whom a condition holds, beside populations.
///
/// # Errors
/// No such population, a condition that cannot be used, a base that cannot be read.
pub fn market(base: &Base, request: Request<'_>, watch: &dyn Watch) -> Result<Market> {
    let within = request.within.map(rules::condition).transpose()?;
    let (mut facts, _) = base.facts()?;
    let as_of = day_of(base, &facts, request.as_of)?;
    let known = facts.attribute_names()?;
    let mut attributes = known.clone();
    let populations: Vec<(String, Population)> = chosen(&facts, request.name)?
        .into_iter()
        .map(|(name, population)| (name.to_owned(), population.clone()))
        .collect();
    let mut notices = Vec::new();
    let asked = match &within {
        None => Vec::new(),
        Some(parsed) => {
            let asked = labels_of(&parsed.expression, request.settings)?;
            notices = rules::prepare_one(base, &mut facts, parsed, &asked, as_of, request.threads, watch)?;
            asked
        }
    };
    for (field, told_by) in STATE_FIELDS {
        let tells = |name: &str| name.eq_ignore_ascii_case(told_by);
        if populations.iter().any(|(_, population)| population.attributes().into_iter().any(tells)) {
            facts.hand(contacts(base, [field])?);
            attributes.push(field.name().to_owned());
        }
    }
    let columns: Vec<BTreeMap<String, Vec<String>>> =
        populations.iter().map(|(_, population)| columns_of(population, &attributes)).collect();
    let need = |question: &mut Question| {
        columns.iter().for_each(|columns| ask(columns, question));
        if let Some(parsed) = &within {
            names::need(&parsed.expression, question);
        }
    };
    let cut = cut_with(&facts, asked, need, as_of, request.threads, watch)?;
    notices.extend(notice(&facts, as_of));
    let mask = match &within {
        None => None,
        Some(parsed) => {
            let labels = &cut.outcome.labels;
            let found = holds(&parsed.expression, &cut.question, &cut.features, labels, request.threads);
            Some(found.map_err(|error| anyhow!(WrongUsage(error.to_string())))?)
        }
    };
    let customers = match &mask {
        None => cut.features.iter().map(|bucket| bucket.len() as u64).sum(),
        Some(mask) => mask.iter().flatten().filter(|holds| **holds).count() as u64,
    };
    let typed = notes(base, None)?;
    let besides = populations.iter().zip(&columns).map(|((name, population), columns)| {
        let sides = Sides::new(name, population, columns, &cut.features, as_of);
        beside(&sides, mask.as_deref(), request.spotting, &known, &typed)
    });
    Ok(Market { as_of, notices, customers, besides: besides.collect() })
}

fn beside(
    sides: &Sides,
    within: Option<&[Vec<bool>]>,
    spotting: Spotting,
    attributes: &[String],
    typed: &[CompetitorNote],
) -> Beside {
    let differences = differences(sides, within);
    let compared: BTreeSet<&String> = sides.aspects.iter().flat_map(|aspect| &aspect.columns).collect();
    let (mut addressed, mut unmatched) = (BTreeMap::new(), Vec::new());
    for note in typed {
        let Some((attribute, value)) = &note.addresses else { continue };
        match sides.find(attribute, value) {
            Some(place) => {
                let who: &mut BTreeSet<String> = addressed.entry(place).or_default();
                who.insert(note.competitor.clone());
            }
            None => unmatched.push(note.clone()),
        }
    }
    Beside {
        population: sides.population.clone(),
        only_here: attributes.iter().filter(|name| !compared.contains(name)).cloned().collect(),
        apart: apart(sides, &differences, within),
        spots: spots(sides, spotting, within),
        differences,
        addressed,
        unmatched,
    }
}

/// The moment asked about; today where nothing has ever happened: customers may be known all the same.
fn day_of(base: &Base, facts: &FactSet, as_of: Option<Day>) -> Result<AsOf> {
    match facts.newest_day() {
        Some(_) => moment(facts, as_of),
        None => Ok(AsOf(as_of.unwrap_or_else(|| clock::today(&base.settings.zone)))),
    }
}
