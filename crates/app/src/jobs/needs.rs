//! Hidden needs: what segments buy far less often than customers like theirs.

use super::rules::prepare;
use super::segment::{Cut, cut_with, moment};
use crate::base::Base;
use anyhow::{Context, Result};
use engine::market::{Needs, bought, needs as find};
use engine::profile::Division;
use engine::progress::Watch;
use engine::segmentations::run::Asked;
use model::calendar::Day;

/// What is asked.
pub struct Request {
    /// The segmentation, and those whose labels it looks at.
    pub asked: Vec<Asked>,
    pub as_of: Option<Day>,
    pub threads: usize,
}

/// The hidden needs of the segments of a segmentation.
pub struct Found {
    pub cut: Cut,
    pub segmentation: &'static str,
    /// Names of all segments, by place.
    pub names: Vec<String>,
    /// Categories that anybody bought in the year.
    pub categories: usize,
    pub needs: Needs,
}

/// Looks for categories that segments buy far less often than their likes. Takes one more pass over the
/// facts.
///
/// # Errors
/// A setting or rule that cannot be used, a base that cannot be read.
pub fn needs(base: &Base, request: Request, watch: &dyn Watch) -> Result<Found> {
    let (mut facts, _) = base.facts()?;
    let (as_of, threads) = (moment(&facts, request.as_of)?, request.threads);
    let of = request.asked.first().context("no segmentation was asked for")?.segmentation.about().name;
    let odd = prepare(base, &mut facts, &request.asked, as_of, threads, watch)?;
    let mut cut = cut_with(&facts, request.asked, |_| {}, as_of, threads, watch)?;
    cut.odd = odd;
    let division = Division::new(of, &cut.asked, &cut.features, &cut.outcome)?;
    let bought = bought(&facts, &division, as_of, threads, watch)?;
    let places: Vec<usize> = division.groups().into_iter().map(|segment| segment.place).collect();
    let (names, needs) = (division.names().to_vec(), find(&bought, &places));
    Ok(Found { segmentation: of, names, categories: bought.categories.len(), needs, cut })
}
