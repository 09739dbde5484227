//! What the base knows of its customers, sorted into groups.

use super::segment::{cut_with, moment};
use crate::base::Base;
use anyhow::{Result, bail};
use engine::features::{FEATURES, Question};
use engine::groups::{Group, Listing, list};
use engine::progress::Watch;
use model::base::ContactField;
use model::calendar::{AsOf, Day};
use std::collections::BTreeMap;

/// Fields of the state that tell something of customers.
const STATE_FIELDS: [ContactField; 2] = [ContactField::Birthday, ContactField::Zip];

/// Lists attributes and features as of a moment, in the groups of their names or those that people
/// have put them in.
///
/// # Errors
/// The base cannot be read.
pub fn attributes(
    base: &Base,
    companies: bool,
    as_of: Option<Day>,
    threads: usize,
    watch: &dyn Watch,
) -> Result<(AsOf, Listing)> {
    let (facts, _) = base.facts()?;
    let as_of = moment(&facts, as_of)?;
    let ask = |question: &mut Question| FEATURES.iter().for_each(|feature| question.need(feature.name));
    let cut = cut_with(&facts, Vec::new(), ask, as_of, threads, watch)?;
    let mut state = BTreeMap::new();
    for field in STATE_FIELDS {
        state.insert(field.name().to_owned(), base.wait(base.store.every(field))?.len() as u64);
    }
    let by_hand = base.wait(base.store.attribute_groups())?;
    let by_hand: BTreeMap<String, Group> =
        by_hand.into_iter().filter_map(|(name, group)| Some((name, Group::from_name(&group)?))).collect();
    Ok((as_of, list(&facts, &cut.features, &state, &by_hand, companies)?))
}

/// Puts attributes into groups, as `ATTRIBUTE=GROUP` texts say; without a group the name tells again.
///
/// # Errors
/// A text or a group that cannot be meant.
pub fn put(base: &Base, texts: &[String]) -> Result<()> {
    for text in texts {
        let Some((name, group)) = text.split_once('=') else {
            bail!("`--group {text}` should read ATTRIBUTE=GROUP, such as hobby=psychographic");
        };
        let (name, group) = (name.trim(), group.trim());
        if group.is_empty() {
            base.wait(base.store.forget_attribute_group(name))?;
        } else if Group::from_name(group).is_some() {
            base.wait(base.store.set_attribute_group(name, group))?;
        } else {
            let names = Group::ALL.map(Group::name).join(", ");
            bail!("there is no group `{group}`; there are {names}");
        }
    }
    Ok(())
}
