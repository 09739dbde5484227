//! Counts the customers for whom a condition holds, and what each of its parts costs.

use super::rules;
use super::segment::{cut_with, moment};
use crate::base::Base;
use anyhow::{Result, anyhow};
use engine::progress::Watch;
use engine::segmentations::rules::count::{count as count_customers, without_each};
use engine::segmentations::rules::names;
use engine::segmentations::run::Asked;
use engine::segmentations::tally::Sums;
use model::calendar::{AsOf, Day};

/// What a condition holds for.
pub struct Counted {
    pub as_of: AsOf,
    /// What is to be known of the moment and of the condition.
    pub notices: Vec<String>,
    /// The whole base.
    pub whole: Sums,
    /// The condition as it was understood, and those for whom it holds.
    pub found: (String, Sums),
    /// For each of the conditions joined by `and`: those for whom all others hold.
    pub without: Vec<(String, Sums)>,
}

/// Counts. `asked` are segmentations with settings for the labels that the condition looks at.
///
/// # Errors
/// A condition that cannot be used is wrong usage; a base that cannot be read.
pub fn count(
    base: &Base,
    text: &str,
    settings: &[String],
    as_of: Option<Day>,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Counted> {
    let parsed = rules::condition(text)?;
    let whole = &parsed.expression;
    let asked = labels_of(whole, settings)?;
    let (mut facts, _) = base.facts()?;
    let moment = moment(&facts, as_of)?;
    let mut notices = rules::prepare_one(base, &mut facts, &parsed, &asked, moment, threads, watch)?;
    let cut = cut_with(&facts, asked, |question| names::need(whole, question), moment, threads, watch)?;
    notices.extend(cut.notice);
    let left_out = without_each(whole);
    let expressions: Vec<_> =
        std::iter::once(whole.clone()).chain(left_out.iter().map(|(_, rest)| rest.clone())).collect();
    let (sums, base) =
        count_customers(&expressions, &cut.question, &cut.features, &cut.outcome.labels, threads)
            .map_err(|error| anyhow!(rules::WrongUsage(error.to_string())))?;
    let without = left_out.iter().zip(&sums[1..]).map(|((one, _), sums)| (one.to_string(), *sums));
    Ok(Counted {
        as_of: moment,
        notices,
        whole: base,
        found: (whole.to_string(), sums[0]),
        without: without.collect(),
    })
}

/// The segmentations whose labels a condition looks at.
///
/// # Errors
/// A setting that does not exist, or of a segmentation that is not looked at.
pub fn labels_of(
    expression: &model::expression::tree::Expression,
    settings: &[String],
) -> Result<Vec<Asked>> {
    let names: Vec<String> = names::segmentations_of([expression]).into_iter().map(str::to_owned).collect();
    super::segment::asked(&names, settings)
}
