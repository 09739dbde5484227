//! Classes the deals of a base, and searches what the best have in common.

use super::segment::{moment, notice, originals_of};
use crate::base::Base;
use anyhow::{Result, bail};
use engine::deals::analysis::Asked;
use engine::deals::{ABOUT, Analysis, Goal, Plan, analyse};
use engine::segmentations::Settings;
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use model::criteria;
use std::collections::BTreeMap;

/// The deals of a base, classed.
pub struct Classed {
    pub as_of: AsOf,
    /// What is to be known of that moment.
    pub notice: Option<String>,
    pub plan: Plan,
    pub goal: Goal,
    pub analysis: Analysis,
    /// What is shown in place of customer ids that are digests.
    pub originals: BTreeMap<String, String>,
}

/// The settings of deal classes out of `SETTING=VALUE` texts, before which `deals.` may stand.
///
/// # Errors
/// A setting that does not exist or cannot be used.
pub fn plan(settings: &[String]) -> Result<Plan> {
    let mut given = Vec::new();
    for text in settings {
        let Some((name, value)) = text.split_once('=') else {
            bail!("`--set {text}` should read SETTING=VALUE, such as hour_cost=20");
        };
        given.push((name.strip_prefix("deals.").unwrap_or(name), value));
    }
    Ok(Plan::read(&Settings::new(&ABOUT, given)?)?)
}

/// What is asked.
pub struct Request {
    pub plan: Plan,
    pub goal: Goal,
    /// Attributes that shall be no condition.
    pub without: Vec<String>,
    pub as_of: Option<Day>,
    pub threads: usize,
}

/// Classes the last closed deals of a base.
pub fn class(base: &Base, request: Request) -> Result<Classed> {
    let Request { plan, goal, without, as_of, threads } = request;
    let (facts, _) = base.facts()?;
    if !facts.has_events(FactKind::Deals) {
        bail!("the base has no deals yet; import some with `dolka import FILE --kind deals`");
    }
    let as_of = match (facts.newest_day(), as_of) {
        (Some(_), as_of) => moment(&facts, as_of)?,
        // Interviews often have no day.
        (None, Some(day)) => AsOf(day),
        (None, None) => bail!("no deal says a day; name the moment with `--as-of`, such as 2026-11-22"),
    };
    let asked = Asked { plan, goal, without, search: criteria::Settings::default() };
    let analysis = analyse(&facts, &asked, as_of, threads)?;
    if analysis.judged.is_empty() {
        bail!(
            "no deal is won or lost as of {as_of}; where there is no funnel yet, import interviews with the \
             class in a column: `--map deal_class=HEADER`"
        );
    }
    let closed = analysis.judged.iter().map(|one| &one.deal);
    let deals = closed.chain(analysis.open.iter().map(|one| &one.deal));
    let ids: Vec<&str> = deals.filter_map(|deal| deal.customer_id.as_deref()).collect();
    let originals = originals_of(base, ids)?;
    Ok(Classed { as_of, notice: notice(&facts, as_of), plan, goal, analysis, originals })
}
