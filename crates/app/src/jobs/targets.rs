//! How large segments are and what they promise, and which of them to reach with a budget.

use super::rules::{contacts, prepare};
use super::segment::{Cut, cut_with, moment};
use crate::base::Base;
use anyhow::{Context, Result, bail};
use engine::facts::FactSet;
use engine::features::{Features, Question, compute};
use engine::import::names::did_you_mean;
use engine::profile::Division;
use engine::progress::Watch;
use engine::segmentations::find;
use engine::segmentations::run::Asked;
use engine::targets::{Choice, Offer, Potential, Reach, Reached, choose, potentials, reached};
use model::base::ContactField;
use model::calendar::{AsOf, Day};
use std::collections::BTreeMap;

/// Days between the two years that are compared.
const YEAR_DAYS: i32 = 365;
/// Consents, and contact points, of which one is enough.
const CONSENTS: [ContactField; 3] =
    [ContactField::ConsentEmail, ContactField::ConsentSms, ContactField::ConsentMessenger];
const POINTS: [ContactField; 2] = [ContactField::Email, ContactField::Phone];

/// What is asked.
pub struct Request {
    /// The segmentation, and those whose labels it looks at.
    pub asked: Vec<Asked>,
    /// `None`: sizes and promise only.
    pub offer: Option<Offer>,
    pub as_of: Option<Day>,
    pub threads: usize,
}

/// Segments with what they promise, and which to reach.
pub struct Targets {
    pub cut: Cut,
    /// What it is judged by whether a customer can be reached.
    pub reach: Reach,
    pub potentials: Vec<Potential>,
    /// By what customers can be reached, by segment.
    pub reached: BTreeMap<String, Reached>,
    pub choices: Vec<Choice>,
}

/// Sizes up the segments of the first segmentation asked for, and chooses among them.
///
/// # Errors
/// A response of a segment that is not there, a setting that cannot be used, a base that cannot be read.
pub fn targets(base: &Base, request: Request, watch: &dyn Watch) -> Result<Targets> {
    let (facts, _) = base.facts()?;
    let Sized { of, cut, reach, potentials } =
        sized(base, facts, request.asked, &["ltv"], &|_, _| {}, request.as_of, request.threads, watch)?;
    let division = Division::new(of, &cut.asked, &cut.features, &cut.outcome)?;
    let groups: Vec<Potential> =
        potentials.iter().filter(|one| !division.is_left_over(&one.name)).cloned().collect();
    let choices = match &request.offer {
        None => Vec::new(),
        Some(offer) => {
            let names: Vec<&str> = groups.iter().map(|one| one.name.as_str()).collect();
            if let Some(wrong) = offer.responses.keys().find(|name| !names.contains(&name.as_str())) {
                let near = did_you_mean(wrong, names.iter().copied());
                bail!("`{of}` has no segment `{wrong}` to respond; there are {}{near}", names.join(", "));
            }
            choose(&groups, offer)
        }
    };
    let ways = reached(&division, &cut.features, &reach);
    let reached = division.names().iter().cloned().zip(ways).collect();
    Ok(Targets { cut, reach, potentials, reached, choices })
}

/// A base that was cut, with what its segments promise.
pub(super) struct Sized {
    /// The segmentation.
    pub of: &'static str,
    pub cut: Cut,
    pub reach: Reach,
    pub potentials: Vec<Potential>,
}

/// Cuts facts by the segmentations asked for and those `beside`, and sizes up the segments of the first;
/// `ask` asks for more.
#[expect(clippy::too_many_arguments, reason = "all of it is what a cut is made of")]
pub(super) fn sized(
    base: &Base,
    mut facts: FactSet,
    mut asked: Vec<Asked>,
    beside: &[&str],
    ask: &dyn Fn(&FactSet, &mut Question),
    as_of: Option<Day>,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Sized> {
    let as_of = moment(&facts, as_of)?;
    let of = asked.first().context("no segmentation was asked for")?.segmentation.about().name;
    for name in beside {
        if asked.iter().all(|one| one.segmentation.about().name != *name)
            && let Some(segmentation) = find(name)
        {
            asked.push(Asked::new(segmentation, [])?);
        }
    }
    let odd = prepare(base, &mut facts, &asked, as_of, threads, watch)?;
    let reach = hand_reach(base, &mut facts)?;
    let ask = |question: &mut Question| {
        ["orders", "orders_365", "revenue_365"].iter().for_each(|name| question.need(name));
        reach.attributes().iter().for_each(|name| question.need_attribute(name));
        ask(&facts, question);
    };
    let mut cut = cut_with(&facts, asked, ask, as_of, threads, watch)?;
    cut.odd = odd;
    let before = year_before(&facts, as_of, threads, watch)?;
    let division = Division::new(of, &cut.asked, &cut.features, &cut.outcome)?;
    let potentials = potentials(&division, before.as_deref(), &reach);
    Ok(Sized { of, cut, reach, potentials })
}

/// What customers brought in the year before the last; `None` where the facts do not go back so far.
pub(super) fn year_before(
    facts: &FactSet,
    as_of: AsOf,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Option<Vec<Features>>> {
    let then = as_of.0.plus(-YEAR_DAYS);
    if facts.first_day().is_none_or(|first| first > then.plus(1 - YEAR_DAYS)) {
        return Ok(None);
    }
    let mut earlier = Question::new(AsOf(then));
    earlier.need("revenue_365");
    Ok(Some(compute(facts, &earlier, threads, watch)?))
}

/// Finds out what it is judged by whether a customer can be reached, and hands it to the facts.
pub(super) fn hand_reach(base: &Base, facts: &mut FactSet) -> Result<Reach> {
    let reach = reach(base)?;
    let fields = reach.attributes().iter().filter_map(|name| ContactField::from_name(name));
    facts.hand(contacts(base, fields)?);
    Ok(reach)
}

/// Consents where any is known, else contact points where any is, else nothing.
pub(super) fn reach(base: &Base) -> Result<Reach> {
    reach_by(|field| Ok(!base.wait(base.store.every(field))?.is_empty()))
}

/// The same by whether anything is known of a field.
pub(super) fn reach_by(is_known: impl Fn(ContactField) -> Result<bool>) -> Result<Reach> {
    let known = |fields: &[ContactField]| -> Result<Vec<&'static str>> {
        let mut names = Vec::new();
        for &field in fields {
            if is_known(field)? {
                names.push(field.name());
            }
        }
        Ok(names)
    };
    let consents = known(&CONSENTS)?;
    if !consents.is_empty() {
        return Ok(Reach::Consent(consents));
    }
    let points = known(&POINTS)?;
    Ok(if points.is_empty() { Reach::Everybody } else { Reach::Contact(points) })
}
