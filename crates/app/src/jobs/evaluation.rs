//! Segments by criteria: who is knocked out, how attractive the others are to us, and we to them.

use super::predict::{self, predict_facts};
use super::segment::Cut;
use super::targets::{Sized, sized};
use crate::base::Base;
use anyhow::{Result, anyhow};
use engine::checks::{Drawing, Judged, Limits, stabilities};
use engine::facts::FactSet;
use engine::features::Question;
use engine::profile::{self, Division, profile, survey};
use engine::progress::Watch;
use engine::segmentations::run::Asked;
use engine::targets::{Evaluation, Known, Plan, Reach, evaluate as rate, measured};
use model::calendar::Day;

/// What is worth less a year later, in what is predicted; the probability to be there does not need it.
const DISCOUNT: f64 = 0.1;
/// The knock-out criterion that draws customers anew, and the criteria that need more than segments.
const STABLE: &str = "stable";
const ALIVE: &str = "alive";
const PRIORITY: &str = "priority";

/// What is asked.
pub struct Request {
    /// The segmentation, and those whose labels it looks at.
    pub asked: Vec<Asked>,
    pub plan: Plan,
    /// How often customers are drawn anew; none: stability is not looked at.
    pub draws: usize,
    pub seed: u64,
    pub as_of: Option<Day>,
    pub threads: usize,
}

/// Segments that were held against criteria.
pub struct Weighed {
    pub cut: Cut,
    /// The segmentation.
    pub of: &'static str,
    pub reach: Reach,
    pub plan: Plan,
    pub evaluation: Evaluation,
    /// What could not be found out, and why.
    pub notices: Vec<String>,
}

/// Holds the segments of the first segmentation asked for against criteria.
///
/// # Errors
/// A plan that does not fit the segments, a setting that cannot be used, a base that cannot be read.
pub fn evaluate(base: &Base, request: Request, watch: &dyn Watch) -> Result<Weighed> {
    let Request { asked, plan, draws, seed, as_of, threads } = request;
    let (facts, _) = base.facts()?;
    let surveyed = survey(&facts, threads)?;
    let beside: &[&str] = if plan.weighs(PRIORITY) { &["ltv", super::effort::EFFORT] } else { &["ltv"] };
    let fit = plan.weighs(ALIVE).then(|| {
        let request =
            predict::Request { models: Vec::new(), as_of, holdout: None, horizon: None, discount: DISCOUNT };
        predict_facts(&facts, &request, threads, watch)
    });
    let mut notices = Vec::new();
    let predicted = match fit {
        Some(Ok(outcome)) => outcome.predicted.tables,
        Some(Err(error)) => {
            notices.push(format!("nothing is known of `{ALIVE}`: {error}"));
            Vec::new()
        }
        None => Vec::new(),
    };
    let ask = |facts: &FactSet, question: &mut Question| profile::ask(facts, surveyed.compared(), question);
    let Sized { of, cut, reach, potentials } =
        sized(base, facts, asked, beside, &ask, as_of, threads, watch)?;
    let division = Division::new(of, &cut.asked, &cut.features, &cut.outcome)?;
    let profile = profile(&division, threads);
    let judged = Judged {
        division,
        asked: &cut.asked,
        question: &cut.question,
        outcome: &cut.outcome,
        profile: &profile,
        limits: &Limits::default(),
        before: None,
        stabilities: None,
    };
    let is_drawn = draws > 0 && !plan.knock_out.without.contains(STABLE);
    let drawn = if is_drawn { stabilities(&judged, Drawing { draws, seed, threads, watch }) } else { None };
    let cut_by = division.cut_by(&cut.question);
    let known = Known {
        division,
        profile: &profile,
        potentials: &potentials,
        reach: &reach,
        stabilities: drawn.as_ref(),
        predicted: &predicted,
        cut_by: &cut_by,
    };
    let evaluation =
        rate(&plan, &measured(&known, &plan.knock_out)).map_err(|error| anyhow!("criteria: {error}"))?;
    Ok(Weighed { cut, of, reach, plan, evaluation, notices })
}
