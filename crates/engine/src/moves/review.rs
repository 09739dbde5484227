//! Sizes of segments now beside those of the last review.

use crate::checks::Before;
use model::comparison::{DRIFTED, stability_index};
use serde::Serialize;
use std::collections::BTreeSet;

/// A segment then and now.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    pub segment: String,
    pub customers_before: u64,
    pub customers: u64,
    /// Parts of all customers, then and now.
    pub share_before: f64,
    pub share: f64,
    /// Whether it holds who is left over: that it shrinks is no news.
    pub left_over: bool,
}

/// What stands out between two reviews.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// `drifted`, `shrunk`, `emptied`, `new`.
    pub kind: &'static str,
    /// Whether somebody should look: a segment that is new is only told.
    pub alert: bool,
    /// None where it is the whole segmentation.
    pub segment: Option<String>,
    pub before: f64,
    pub now: f64,
}

/// Two reviews beside each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// Population stability index; `None` where there was nobody.
    pub index: Option<f64>,
    pub changes: Vec<Change>,
    pub found: Vec<Found>,
}

/// Holds sizes against those of a review before. A segment has shrunk where it lost more than the part
/// `shrinks` of its customers; the whole has drifted where the index is above that of a review
/// ([`DRIFTED`]). `now` has every segment of the method with its customers, and whether it is left over.
pub fn compare(before: &Before, now: &[(String, u64, bool)], shrinks: f64) -> Compared {
    let known: BTreeSet<&str> = now.iter().map(|(name, ..)| name.as_str()).collect();
    let gone = before.sizes.iter().filter(|(name, _)| !known.contains(name.as_str()));
    let all: Vec<(&str, u64, u64, bool)> = now
        .iter()
        .map(|(name, size, left)| (name.as_str(), before.sizes.get(name).copied().unwrap_or(0), *size, *left))
        .chain(gone.map(|(name, &size)| (name.as_str(), size, 0, false)))
        .filter(|(_, old, new, _)| old + new > 0)
        .collect();
    let (old, new): (Vec<u64>, Vec<u64>) = all.iter().map(|(_, old, new, _)| (*old, *new)).unzip();
    let total = |sizes: &[u64]| sizes.iter().sum::<u64>().max(1) as f64;
    let (of_old, of_new) = (total(&old), total(&new));
    let index = stability_index(&old, &new);
    let drift = index.filter(|&index| index > DRIFTED).map(|index| Found {
        kind: "drifted",
        alert: true,
        segment: None,
        before: DRIFTED,
        now: index,
    });
    let changes = all.iter().map(|&(name, old, new, left_over)| Change {
        segment: name.to_owned(),
        customers_before: old,
        customers: new,
        share_before: old as f64 / of_old,
        share: new as f64 / of_new,
        left_over,
    });
    let changes: Vec<Change> = changes.collect();
    let found = drift.into_iter().chain(changes.iter().filter_map(|change| of_segment(change, shrinks)));
    Compared { index, found: found.collect(), changes }
}

fn of_segment(change: &Change, shrinks: f64) -> Option<Found> {
    let (old, new) = (change.customers_before, change.customers);
    let lost = old.saturating_sub(new) as f64;
    let (kind, alert) = match () {
        () if change.left_over => return None,
        () if old == 0 => ("new", false),
        () if new == 0 => ("emptied", true),
        () if lost > shrinks * old as f64 => ("shrunk", true),
        () => return None,
    };
    Some(Found { kind, alert, segment: Some(change.segment.clone()), before: old as f64, now: new as f64 })
}
