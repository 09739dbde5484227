//! Segments that nothing is done about, that nobody can be in, or that are there twice.

use super::{Figure, Finding, Judged};
use crate::profile::Division;
use crate::segmentations::rules::read;
use std::collections::HashMap;

pub(super) fn idle(judged: &Judged<'_>) -> Vec<Finding> {
    let division = &judged.division;
    let has_action = |name: &str| {
        let own = judged.limits.actions.get(name).is_some_and(|text| !text.trim().is_empty());
        own || division.about(name).is_some_and(|about| !about.action.is_empty())
    };
    let groups = division.groups().into_iter().filter(|segment| !has_action(segment.name));
    groups
        .map(|segment| {
            let finding = Finding::new("idle", "idle").of(segment.name);
            finding.with("customers", Figure::Count(segment.customers))
        })
        .collect()
}

/// Rules that never win, and rules that hold for nobody who is left for them.
pub(super) fn dead(judged: &Judged<'_>) -> Vec<Finding> {
    let division = &judged.division;
    if division.name() != "rules" {
        return Vec::new();
    }
    let Ok(rules) = read::of(&division.asked().settings) else { return Vec::new() };
    let never = rules.never_win();
    let sizes = division.sizes();
    let dead = division.names().iter().zip(sizes).filter_map(|(name, customers)| {
        if let Some(one) = never.iter().find(|one| one.rule == *name) {
            let finding = Finding::new("dead", "dead-covered").of(name);
            return Some(finding.with("earlier", Figure::Name(one.earlier.clone())));
        }
        (customers == 0 && *name != rules.rest).then(|| Finding::new("dead", "dead-nobody").of(name))
    });
    dead.collect()
}

/// Segments of other segmentations of the run with the very same customers.
pub(super) fn double(judged: &Judged<'_>) -> Vec<Finding> {
    let own = &judged.division;
    let mut found = Vec::new();
    for other in judged.asked {
        let name = other.segmentation.about().name;
        if name == own.name() {
            continue;
        }
        let Ok(other) = Division::new(name, judged.asked, own.features(), judged.outcome) else { continue };
        for (mine, theirs) in same(own, &other) {
            let finding = Finding::new("double", "double").of(mine);
            found.push(
                finding
                    .with("other", Figure::Name(name.to_owned()))
                    .with("segment", Figure::Name(theirs.to_owned())),
            );
        }
    }
    found
}

/// Pairs of groups with the same customers.
fn same<'a>(own: &Division<'a>, other: &Division<'a>) -> Vec<(&'a str, &'a str)> {
    let mut both: HashMap<(u16, u16), u64> = HashMap::new();
    for bucket in 0..own.features().len() {
        for pair in own.codes(bucket).iter().zip(other.codes(bucket).iter()) {
            *both.entry(pair).or_default() += 1;
        }
    }
    let theirs = other.groups();
    let pairs = own.groups().into_iter().flat_map(|mine| theirs.iter().map(move |other| (mine, *other)));
    let same = pairs.filter(|(mine, other)| {
        let common = both.get(&(mine.place as u16, other.place as u16)).copied().unwrap_or(0);
        common == mine.customers && common == other.customers
    });
    same.map(|(mine, other)| (mine.name, other.name)).collect()
}
