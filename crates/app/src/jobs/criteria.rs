//! Searches what sets the customers of a target apart, and who looks like them.

use super::segment::{moment, notice, originals_of};
use crate::base::Base;
use anyhow::{Result, bail};
use engine::contrast::{self, Alike, Asked, Compared, TARGETS, Target, compare};
use engine::import::names::did_you_mean;
use engine::progress::Watch;
use engine::segmentations::{find, run};
use model::calendar::{AsOf, Day};
use model::criteria;
use std::collections::BTreeMap;

/// Customers compared.
pub struct Found {
    pub as_of: AsOf,
    /// What is to be known of that moment.
    pub notice: Option<String>,
    pub target: &'static Target,
    pub compared: Compared,
    /// Customers outside the target, where they were asked for and something beats chance.
    pub alike: Option<Vec<Alike>>,
    /// What is shown in place of their ids where these are digests.
    pub originals: BTreeMap<String, String>,
}

/// What is asked.
pub struct Request<'a> {
    pub target: &'a str,
    pub without: Vec<String>,
    /// Settings of `deals` and `ltv`, as `NAME.SETTING=VALUE`.
    pub settings: &'a [String],
    /// Whether customers outside the target are to be given points.
    pub alike: bool,
    pub as_of: Option<Day>,
    pub threads: usize,
}

/// Searches what sets a target apart.
pub fn search(base: &Base, request: Request<'_>, watch: &dyn Watch) -> Result<Found> {
    let Some(target) = Target::find(request.target) else {
        let names = || TARGETS.iter().map(|target| target.name);
        let all: Vec<String> = names().map(|name| format!("`{name}`")).collect();
        let near = did_you_mean(request.target, names());
        bail!("there is no target `{}`; there are {}{near}", request.target, all.join(", "));
    };
    let (of_ltv, of_deals): (Vec<&String>, Vec<&String>) =
        request.settings.iter().partition(|text| text.starts_with("ltv."));
    let of_deals: Vec<String> = of_deals.into_iter().cloned().collect();
    let Some(ltv) = find("ltv") else { bail!("there is no segmentation `ltv`") };
    let given = of_ltv.iter().filter_map(|text| text.strip_prefix("ltv.")?.split_once('='));
    let ltv = run::Asked::new(ltv, given)?;
    let (facts, _) = base.facts()?;
    let as_of = moment(&facts, request.as_of)?;
    // Settings are checked before a long scan.
    run::question(std::slice::from_ref(&ltv), as_of)?;
    let asked = Asked {
        target,
        without: request.without,
        search: criteria::Settings::default(),
        deals: super::deals::plan(&of_deals)?,
        ltv,
    };
    let compared = compare(&facts, &asked, as_of, request.threads, watch)?;
    let scorer = compared.searched.as_ref().ok().and_then(|searched| searched.scorer.as_ref());
    let alike = match scorer.filter(|_| request.alike) {
        Some(scorer) => Some(contrast::alike(&facts, &asked, &compared, scorer, as_of, request.threads)?),
        None => None,
    };
    let ids = alike.iter().flatten().map(|one| one.customer_id.as_str()).collect();
    let originals = originals_of(base, ids)?;
    Ok(Found { as_of, notice: notice(&facts, as_of), target, compared, alike, originals })
}
