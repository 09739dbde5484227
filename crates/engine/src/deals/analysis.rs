//! Everything together: the classes of the last deals, what the best have in common, and the points of
//! open deals by that.

use super::attributes::{OfCustomers, of_customers, table};
use super::class::Class;
use super::costs::{Sum, sums};
use super::gathered::{Deal, Gathered, gather};
use super::judge::{Judged, judge};
use super::limits::Limits;
use super::settings::Plan;
use crate::criteria::{Searched, search};
use crate::facts::FactSet;
use crate::facts::events::deal::Outcome;
use crate::facts::set::FactError;
use model::calendar::AsOf;
use model::criteria::{CriteriaError, Score, Settings};

/// What a deal should be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Of class A, among deals that have a class.
    ClassA,
    /// Won, among all deals looked at.
    Won,
}

/// How deals are analysed.
#[derive(Clone, Debug)]
pub struct Asked {
    pub plan: Plan,
    pub goal: Goal,
    /// Attributes that shall be no condition.
    pub without: Vec<String>,
    pub search: Settings,
}

/// An open deal with its points.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenDeal {
    pub deal: Deal,
    pub score: Score,
}

/// What came out.
#[derive(Clone, Debug)]
pub struct Analysis {
    pub judged: Vec<Judged>,
    pub limits: Limits,
    pub sums: Vec<Sum>,
    /// How many deals are closed in all.
    pub all_closed: u64,
    /// The base has no closed deal; those classed by hand stand for them.
    pub interviews: bool,
    /// Why there could be no search, where there was none.
    pub searched: Result<Searched, CriteriaError>,
    pub open_count: u64,
    /// Open deals, most points first; empty where no criterion beats chance.
    pub open: Vec<OpenDeal>,
}

/// Classes the last closed deals as of a moment and searches what those of the goal have in common.
///
/// # Errors
/// A fact file cannot be read.
pub fn analyse(facts: &FactSet, asked: &Asked, as_of: AsOf, threads: usize) -> Result<Analysis, FactError> {
    let gathered = gather(facts, as_of, asked.plan.deals, threads)?;
    let Gathered { closed, all_closed, open, interviews } = gathered;
    let limits = Limits::of(&closed, &asked.plan);
    let judged: Vec<Judged> = closed.into_iter().map(|deal| judge(deal, &limits)).collect();
    let sums = sums(&judged, &asked.plan);
    let customers = of_customers(facts, judged.iter().map(|one| &one.deal).chain(&open))?;
    let searched = searched(&judged, &customers, asked, threads);
    let open_count = open.len() as u64;
    let open = scored(open, &customers, asked, searched.as_ref().ok());
    Ok(Analysis { judged, limits, sums, all_closed, interviews, searched, open_count, open })
}

/// Deals of no class are left out where class A is looked for: nothing says what they were.
fn searched(
    judged: &[Judged],
    customers: &OfCustomers,
    asked: &Asked,
    threads: usize,
) -> Result<Searched, CriteriaError> {
    let looked_at = |one: &&Judged| asked.goal == Goal::Won || one.class != Class::Unclear;
    let rows: Vec<&Judged> = judged.iter().filter(looked_at).collect();
    let is_won = |one: &&Judged| one.deal.outcome == Outcome::Won;
    let won: Vec<bool> = rows.iter().map(is_won).collect();
    let target: Vec<bool> = match asked.goal {
        Goal::Won => won.clone(),
        Goal::ClassA => rows.iter().map(|one| one.class == Class::A).collect(),
    };
    let (table, named) = table(rows.iter().map(|one| &one.deal), customers, &asked.without);
    let mut searched = search(rows.len(), table.into_columns(), &won, &target, &asked.search, threads)?;
    searched.left_out.extend(named);
    searched.left_out.sort_by(|a, b| a.attribute.cmp(&b.attribute));
    Ok(searched)
}

fn scored(
    open: Vec<Deal>,
    customers: &OfCustomers,
    asked: &Asked,
    searched: Option<&Searched>,
) -> Vec<OpenDeal> {
    let Some(scorer) = searched.and_then(|searched| searched.scorer.as_ref()) else { return Vec::new() };
    let (table, _) = table(open.iter(), customers, &asked.without);
    let mut holding = scorer.holding(&table.into_columns_for(scorer));
    // Without any column nothing is known of any deal.
    holding.resize(open.len(), 0);
    let scores = holding.into_iter().map(|held| scorer.score(held));
    let mut scored: Vec<OpenDeal> =
        open.into_iter().zip(scores).map(|(deal, score)| OpenDeal { deal, score }).collect();
    // Of equal points the older deal comes first, as they stand.
    scored.sort_by(|a, b| b.score.points.total_cmp(&a.score.points));
    scored
}
