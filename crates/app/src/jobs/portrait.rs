//! Portraits of the segments of a base: counted here, said elsewhere.

use super::rules::prepare;
use super::segment::{self, Cut, moment, originals_of};
use crate::base::Base;
use anyhow::{Context, Result, bail};
use engine::committee::{self, Chair, Seat};
use engine::facts::FactSet;
use engine::groups::Group;
use engine::import::cells::Zone;
use engine::import::names::did_you_mean;
use engine::portraits::{Portraits, portraits as draw};
use engine::profile::{self, Division, survey};
use engine::progress::Watch;
use engine::segmentations::run::Asked;
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use std::collections::BTreeMap;

/// What is asked.
pub struct Request {
    /// The segmentation, and those whose labels it looks at.
    pub asked: Vec<Asked>,
    /// Segments; none: all that have customers.
    pub segments: Vec<String>,
    pub as_of: Option<Day>,
    pub threads: usize,
}

/// Segments that were portrayed.
pub struct Drawn {
    pub cut: Cut,
    pub portraits: Portraits,
    /// Attributes that people have put into groups.
    pub groups: BTreeMap<String, Group>,
    /// The buying committee of each portrait; empty where the base knows nobody inside companies.
    pub committees: Vec<(committee::Group, Vec<Chair>)>,
}

/// Draws the portraits of the first segmentation asked for.
///
/// # Errors
/// A segment that is not there, a setting or rule that cannot be used, a base that cannot be read.
pub fn portraits(base: &Base, request: Request, watch: &dyn Watch) -> Result<Drawn> {
    let (mut facts, _) = base.facts()?;
    let (as_of, threads) = (moment(&facts, request.as_of)?, request.threads);
    let odd = prepare(base, &mut facts, &request.asked, as_of, threads, watch)?;
    let surveyed = survey(&facts, threads)?;
    let ask = |question: &mut _| profile::ask(&facts, surveyed.compared(), question);
    let mut cut = segment::cut_with(&facts, request.asked, ask, as_of, threads, watch)?;
    cut.odd = odd;
    let of = cut.asked.first().context("no segmentation was asked for")?.segmentation.about().name;
    let division = Division::new(of, &cut.asked, &cut.features, &cut.outcome)?;
    let present = division.segments();
    if let Some(wrong) = request.segments.iter().find(|name| present.iter().all(|one| one.name != **name)) {
        let names: Vec<&str> = present.iter().map(|one| one.name).collect();
        bail!(
            "`{of}` has no customers in a segment `{wrong}`; there are {}{}",
            names.join(", "),
            did_you_mean(wrong, names.iter().copied())
        );
    }
    let wanted = |name: &str| request.segments.is_empty() || request.segments.iter().any(|one| one == name);
    let zone = Zone::get(&base.settings.zone).unwrap_or_else(|_| Zone::utc());
    let mut portraits = draw(&facts, &division, &wanted, as_of, &zone, threads, watch)?;
    let committees = committees(&facts, &division, &portraits, as_of)?;
    with_originals(base, &mut portraits)?;
    let by_hand = base.wait(base.store.attribute_groups())?.into_iter();
    let groups = by_hand.filter_map(|(name, group)| Some((name, Group::from_name(&group)?))).collect();
    Ok(Drawn { cut, portraits, groups, committees })
}

/// Who decides together inside the customers of each portrait, beside all other customers.
fn committees(
    facts: &FactSet,
    division: &Division<'_>,
    portraits: &Portraits,
    as_of: AsOf,
) -> Result<Vec<(committee::Group, Vec<Chair>)>> {
    if !facts.has_events(FactKind::Contacts) {
        return Ok(Vec::new());
    }
    let mut customers = vec![Vec::new(); division.names().len()];
    for (bucket, features) in division.features().iter().enumerate() {
        let ids = features.customer_ids();
        for (row, code) in division.codes(bucket).iter().enumerate() {
            customers[usize::from(code)].push(ids.value(row).to_owned());
        }
    }
    let people = committee::everybody(facts, as_of)?;
    let mut all = committee::of_segments(&customers, &people, Seat::Position);
    Ok(portraits.portraits.iter().map(|one| std::mem::take(&mut all[one.place])).collect())
}

/// Customers who are known by an e-mail or phone are shown by it.
fn with_originals(base: &Base, portraits: &mut Portraits) -> Result<()> {
    let ids = portraits.portraits.iter().filter_map(|one| one.typical.customer_id.as_deref()).collect();
    let originals = originals_of(base, ids)?;
    for id in portraits.portraits.iter_mut().filter_map(|one| one.typical.customer_id.as_mut()) {
        if let Some(original) = originals.get(id.as_str()) {
            id.clone_from(original);
        }
    }
    Ok(())
}
