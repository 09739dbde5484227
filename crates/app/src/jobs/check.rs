//! Judges segmentations: is any of them good enough to act by?

use super::cards::{self, ACTION};
use super::population::chosen;
use super::review::{self, settings_of};
use super::rules::prepare;
use super::segment::{self, Cut, moment};
use crate::base::Base;
use crate::clock;
use anyhow::{Result, bail};
use engine::checks::{
    Before, Drawing, Finding, Judged, Limits, MarketSpend, Stabilities, judge, stabilities,
};
use engine::facts::FactSet;
use engine::features::{Features, Question};
use engine::import::names::did_you_mean;
use engine::market::lowest_fifth;
use engine::profile::{self, Division, profile, survey};
use engine::progress::Watch;
use engine::segmentations::run::{self, Asked, Outcome};
use engine::segmentations::tally::Sums;
use model::calendar::{AsOf, Day};
use model::money::Money;
use std::collections::BTreeMap;

/// What is asked.
pub struct Request {
    pub asked: Vec<Asked>,
    pub as_of: Option<Day>,
    /// What it costs to reach one customer.
    pub contact_cost: Option<Money>,
    /// A population that spend is held against, as `NAME` or `NAME:ATTRIBUTE`.
    pub market: Option<String>,
    /// How often customers are drawn anew; none: stability is not judged.
    pub draws: usize,
    pub seed: u64,
    pub threads: usize,
}

/// What people wrote and what was reviewed before, by segmentation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// The action that a card says is wanted, by segment.
    pub actions: BTreeMap<String, BTreeMap<String, String>>,
    /// Sizes at the newest review of an earlier day with the same settings.
    pub before: BTreeMap<String, Before>,
}

/// Segmentations that were judged.
pub struct Checked {
    pub cut: Cut,
    /// In the order asked.
    pub judgements: Vec<Judgement>,
}

/// A segmentation that was judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    pub segmentation: &'static str,
    /// Customers of the base.
    pub customers: u64,
    /// The segments with customers.
    pub segments: Vec<JudgedSegment>,
    /// Nothing is worked out from the customers, so that nothing can change when others are drawn.
    pub fixed: bool,
    pub findings: Vec<Finding>,
    /// `None`: not looked at.
    pub stabilities: Option<Stabilities>,
}

/// A segment of a judged segmentation.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgedSegment {
    pub name: String,
    pub sums: Sums,
    /// Mean Jaccard index when customers are drawn anew; `None`: not looked at.
    pub stability: Option<f64>,
}

/// Judges segmentations of a base.
///
/// # Errors
/// A setting or rule that cannot be used, a base that cannot be read.
pub fn check(base: &Base, request: Request, watch: &dyn Watch) -> Result<Checked> {
    let (mut facts, _) = base.facts()?;
    let as_of = moment(&facts, request.as_of)?;
    let odd = prepare(base, &mut facts, &request.asked, as_of, request.threads, watch)?;
    let today = request.as_of.unwrap_or_else(|| clock::today(&base.settings.zone));
    let remembered = remembered(base, &request.asked, as_of)?;
    let mut checked = check_facts(&facts, request, today, &remembered, watch)?;
    checked.cut.odd = odd;
    Ok(checked)
}

/// What the state remembers of segmentations before a moment.
///
/// # Errors
/// A state that cannot be read.
pub fn remembered(base: &Base, asked: &[Asked], as_of: AsOf) -> Result<Remembered> {
    let mut remembered = Remembered::default();
    for one in asked {
        let name = one.segmentation.about().name;
        let actions = cards::written(base, name)?
            .into_iter()
            .filter_map(|(segment, mut parts)| Some((segment, parts.remove(ACTION)?)));
        remembered.actions.insert(name.to_owned(), actions.collect());
        let settings = settings_of(&own(one, asked));
        if let Some(last) = base.wait(base.store.last_review(name, as_of.0, Some(&settings)))? {
            remembered.before.insert(name.to_owned(), review::before(&last));
        }
    }
    Ok(remembered)
}

/// A segmentation with those whose labels it looks at, as a review of it alone has them.
fn own(one: &Asked, asked: &[Asked]) -> Vec<Asked> {
    let beside = one.segmentation.beside(&one.settings);
    let name = one.segmentation.about().name;
    let is_own = |other: &&Asked| {
        let other = other.segmentation.about().name;
        other == name || beside.contains(&other)
    };
    asked.iter().filter(is_own).cloned().collect()
}

/// Judges segmentations of facts as of a moment, on a day.
///
/// # Errors
/// As [`check`].
pub fn check_facts(
    facts: &FactSet,
    request: Request,
    today: Day,
    remembered: &Remembered,
    watch: &dyn Watch,
) -> Result<Checked> {
    let as_of = moment(facts, request.as_of)?;
    let asked = run::worth_asking(request.asked, facts);
    let surveyed = survey(facts, request.threads)?;
    let ask = |question: &mut _| profile::ask(facts, surveyed.compared(), question);
    let cut = segment::cut_with(facts, asked, ask, as_of, request.threads, watch)?;
    let limits = Limits {
        contact_cost: request.contact_cost,
        today: Some(today),
        newest: facts.newest_day(),
        market: request.market.as_deref().map(|text| market_spend(facts, text)).transpose()?,
        ..Limits::default()
    };
    let drawing = Drawing { draws: request.draws, seed: request.seed, threads: request.threads, watch };
    let each = cut.asked.iter().map(|one| one.segmentation.about().name);
    let judging = Judging {
        asked: &cut.asked,
        question: &cut.question,
        features: &cut.features,
        outcome: &cut.outcome,
    };
    let judge = |name: &'static str| {
        let actions = remembered.actions.get(name).cloned().unwrap_or_default();
        let limits = Limits { actions, ..limits.clone() };
        judgement(judging, name, &limits, remembered.before.get(name), drawing)
    };
    let judgements = each.map(judge).collect::<Result<_>>()?;
    Ok(Checked { cut, judgements })
}

/// What is judged: a base that was cut.
#[derive(Clone, Copy)]
pub(super) struct Judging<'a> {
    pub asked: &'a [Asked],
    pub question: &'a Question,
    pub features: &'a [Features],
    pub outcome: &'a Outcome,
}

/// What the lowest fifth of a population spends, out of `NAME` or `NAME:ATTRIBUTE`.
fn market_spend(facts: &FactSet, text: &str) -> Result<MarketSpend> {
    let whole = facts.populations.get(text).map(|population| (text, population, None));
    let parts = || {
        let (name, attribute) = text.rsplit_once(':')?;
        Some((name, facts.populations.get(name)?, Some(attribute)))
    };
    let Some((name, population, attribute)) = whole.or_else(parts) else {
        // The name alone is looked for, so that the nearest one is told.
        chosen(facts, Some(text.split(':').next().unwrap_or(text)))?;
        bail!("there is no population `{text}`");
    };
    let Some((attribute, limit)) = lowest_fifth(population, attribute) else {
        let known: Vec<&str> = population.attributes().into_iter().collect();
        match attribute {
            Some(named) => bail!(
                "`{name}` has no numbers in `{named}`; it knows {}{}",
                known.join(", "),
                did_you_mean(named, known.iter().copied())
            ),
            None => bail!(
                "`{name}` does not say what people spend; name the attribute that does, as `--market \
                 {name}:ATTRIBUTE`; it knows {}",
                known.join(", ")
            ),
        }
    };
    Ok(MarketSpend { population: name.to_owned(), attribute, limit })
}

/// Judges one segmentation of a cut.
pub(super) fn judgement(
    of: Judging<'_>,
    name: &'static str,
    limits: &Limits,
    before: Option<&Before>,
    drawing: Drawing<'_>,
) -> Result<Judgement> {
    let division = Division::new(name, of.asked, of.features, of.outcome)?;
    let profile = profile(&division, drawing.threads);
    let judged = Judged {
        division,
        asked: of.asked,
        question: of.question,
        outcome: of.outcome,
        profile: &profile,
        limits,
        before,
        stabilities: None,
    };
    let drawn = if drawing.draws > 0 { stabilities(&judged, drawing) } else { None };
    let judged = Judged { stabilities: drawn.as_ref(), ..judged };
    let mark = |place: usize| {
        let drawn: &Stabilities = drawn.as_ref()?;
        (drawn.looked_at[place] > 0).then(|| drawn.of[place].mean)
    };
    let sums = division.sums();
    let segments = division.segments().into_iter().map(|segment| JudgedSegment {
        name: segment.name.to_owned(),
        sums: sums[segment.place],
        stability: mark(segment.place),
    });
    Ok(Judgement {
        segmentation: name,
        customers: division.customers(),
        segments: segments.collect(),
        fixed: drawn.as_ref().is_some_and(|drawn| drawn.fixed),
        findings: judge(&judged),
        stabilities: drawn,
    })
}
