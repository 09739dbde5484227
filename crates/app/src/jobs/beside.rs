//! What a report shows beside the segmentations: predictions with their check, interests, deals, and who
//! costs more than they bring.

use super::effort::{EFFORT, drains_of};
use super::judged;
pub use super::judged::Known;
use super::moves::state_of;
use super::predict::{self, check_facts, foresee_facts};
use super::segment;
use crate::report::data::Committee;
use crate::report::{Analysis, Changed, Foretold};
use anyhow::Result;
use engine::committee::{Seat, chairs, of_deals};
use engine::deals::{self, Goal};
use engine::facts::FactSet;
use engine::interests::{Interests, Question, interests};
use engine::moves::{Moves, State, wanted};
use engine::prediction::PredictionError;
use engine::profile::Division;
use engine::progress::Watch;
use engine::segmentations::Asked;
use engine::segmentations::effort::by_channel;
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use model::criteria;
use model::parallel;

/// What later money is worth less, per year.
const DISCOUNT: f64 = 0.1;
/// The part of the history that predictions are checked on is one of so many, and its days.
const HOLDOUT_PARTS: i32 = 4;
const HOLDOUT_DAYS_MIN: i32 = 28;
const HOLDOUT_DAYS_MAX: i32 = 365;
/// How far back it is looked to see what has changed, in days: so many, or half the history where that is
/// shorter; and below how many nothing can be said.
const CHANGED_DAYS: i32 = 365;
const CHANGED_DAYS_MIN: i32 = 14;

/// The segmentations whose segments are followed.
const FOLLOWED: [&str; 2] = [RFM, "stage"];
const RFM: &str = "rfm";

/// Looks, and puts what was found into the analysis.
///
/// # Errors
/// A fact file cannot be read.
pub fn look(facts: &FactSet, analysis: &mut Analysis, known: Known, watch: &dyn Watch) -> Result<()> {
    let (as_of, threads) = (analysis.as_of, analysis.threads);
    let mut asked = analysis.asked.iter().zip(&analysis.outcome.fits);
    if let Some((asked, fit)) = asked.find(|(asked, _)| asked.segmentation.about().name == EFFORT) {
        let shown = |id: &str| known.originals.get(id).map_or(id, String::as_str).to_owned();
        let drains = drains_of(&asked.settings, fit, as_of, &analysis.features, shown);
        analysis.beside.drains = drains.into_iter().map(|drain| (drain.customer, drain.served)).collect();
        analysis.beside.channels = by_channel(facts, fit, as_of, threads)?;
    }
    let (weighing, others) = if analysis.side_by_side() {
        let now = states(analysis)?;
        let shared: &Analysis = analysis;
        let look = || judged::look(facts, shared, &known, watch);
        let (found, others) = parallel::both(true, look, || others(facts, shared, now, &known, watch));
        let weighing = found?.put(&mut analysis.beside);
        analysis.keep_shown();
        (weighing, others?)
    } else {
        let weighing = judged::look(facts, analysis, &known, watch)?.put(&mut analysis.beside);
        let now = states(analysis)?;
        // What follows holds much memory of its own.
        analysis.keep_shown();
        (weighing, others(facts, analysis, now, &known, watch)?)
    };
    analysis.beside.groups = known.groups;
    analysis.beside.market = known.market;
    analysis.beside.competitors = known.competitors;
    analysis.beside.changed = others.changed;
    analysis.beside.prediction = others.prediction;
    analysis.beside.interests = others.interests;
    analysis.beside.deals = others.deals;
    analysis.beside.committee = others.committee;
    judged::weigh(analysis, &weighing);
    Ok(())
}

/// What needs none of the features that customers were cut by.
struct Others {
    changed: Changed,
    prediction: Option<Foretold>,
    interests: Option<Interests>,
    deals: Option<deals::Analysis>,
    committee: Option<Committee>,
}

fn others(
    facts: &FactSet,
    analysis: &Analysis,
    now: Vec<(&'static str, State)>,
    known: &Known,
    watch: &dyn Watch,
) -> Result<Others> {
    let (as_of, threads) = (analysis.as_of, analysis.threads);
    let changed = changed(facts, analysis, now, watch)?;
    let prediction = foretold(facts, analysis, watch)?;
    let interests = if analysis.overview.buyers > 0 {
        let question = Question { by_hand: known.by_hand.clone(), ..Question::new(as_of) };
        Some(interests(facts, &question, threads, watch)?)
    } else {
        None
    };
    let deals = if facts.has_events(FactKind::Deals) {
        let asked = deals::analysis::Asked {
            plan: known.plan,
            goal: Goal::ClassA,
            without: Vec::new(),
            search: criteria::Settings::default(),
        };
        Some(deals::analyse(facts, &asked, as_of, threads)?)
    } else {
        None
    };
    let committee = if deals.is_some() && facts.has_events(FactKind::Contacts) {
        let (group, others) = of_deals(facts, Seat::Position, as_of)?;
        Some(Committee { chairs: chairs(&group, &others), group })
    } else {
        None
    };
    Ok(Others { changed, prediction, interests, deals, committee })
}

/// Where customers stand in each of the segmentations that are followed and were asked for.
fn states(analysis: &Analysis) -> Result<Vec<(&'static str, State)>> {
    let of = |name| {
        let division = Division::new(name, &analysis.asked, &analysis.features, &analysis.outcome)?;
        Ok((name, State::of(&division, analysis.as_of.0)))
    };
    FOLLOWED.into_iter().filter(|name| asked_for(&analysis.asked, name)).map(of).collect()
}

fn asked_for(asked: &[Asked], name: &str) -> bool {
    asked.iter().any(|one| one.segmentation.about().name == name)
}

/// Who moved between the segments of RFM and between stages since an earlier day.
fn changed(
    facts: &FactSet,
    analysis: &Analysis,
    now: Vec<(&'static str, State)>,
    watch: &dyn Watch,
) -> Result<Changed> {
    let to = analysis.as_of.0;
    let first = facts.first_day().unwrap_or(to);
    let days = (to.since(first) / 2).min(CHANGED_DAYS);
    let followed = |one: &&Asked| FOLLOWED.contains(&one.segmentation.about().name);
    let asked: Vec<Asked> = analysis.asked.iter().filter(followed).cloned().collect();
    if days < CHANGED_DAYS_MIN || asked.is_empty() {
        return Ok(Changed::default());
    }
    let then = segment::cut(facts, asked, &[], AsOf(to.plus(-days)), analysis.threads, watch)?;
    let mut both = Vec::new();
    for (name, now) in now {
        if asked_for(&then.asked, name) {
            both.push((name, state_of(&then, name)?, now));
        }
    }
    // States are all that is needed of the cut.
    drop(then);
    let mut changed = Changed::default();
    for (name, then, now) in both {
        let about =
            analysis.asked.iter().map(|one| one.segmentation.about()).find(|about| about.name == name);
        let moves = Moves::between(&then, &now, analysis.threads)?;
        let counted = about.map_or_else(Vec::new, |about| wanted(about, &moves));
        let found = if name == RFM { &mut changed.rfm } else { &mut changed.stages };
        *found = Some((moves, counted));
    }
    Ok(changed)
}

/// The prediction as of the moment, and the check of one as of before; `None` where nobody has ordered
/// on a second day.
fn foretold(facts: &FactSet, analysis: &Analysis, watch: &dyn Watch) -> Result<Option<Foretold>> {
    if analysis.overview.repeat_buyers == 0 {
        return Ok(None);
    }
    let as_of = analysis.as_of.0;
    let request = |holdout: Option<Day>| predict::Request {
        models: Vec::new(),
        as_of: Some(as_of),
        holdout,
        horizon: None,
        discount: DISCOUNT,
    };
    let threads = analysis.threads;
    let now = fitted(foresee_facts(facts, &request(None), threads, watch))?;
    let Some(now) = now else { return Ok(None) };
    let first = analysis.overview.days.map_or(as_of, |(first, _)| first);
    let held = ((as_of.since(first) + 1) / HOLDOUT_PARTS).min(HOLDOUT_DAYS_MAX);
    let before = if held < HOLDOUT_DAYS_MIN {
        None
    } else {
        fitted(check_facts(facts, &request(Some(as_of.plus(-held))), threads, watch))?
    };
    let checked = before.and_then(|told| Some((told.fitted.orders.asked, told.holdout?)));
    Ok(Some(Foretold {
        fitted: now.fitted,
        compared: now.compared,
        days: now.horizon_days,
        outlook: now.outlook,
        checked,
    }))
}

/// That nothing can be fitted is no failure here.
fn fitted<T>(outcome: Result<T>) -> Result<Option<T>> {
    match outcome {
        Err(error) if error.downcast_ref::<PredictionError>().is_some() => Ok(None),
        outcome => outcome.map(Some),
    }
}
