//! Is a segmentation any good? Each check looks for one way in which it is not.
//!
//! A check judges named groups, not cells: the nine of RFM, not the 27. It finds something or nothing;
//! what it finds is plain values, which the program says in words.

mod finding;
mod judged;
mod exclusive;
mod narrow;
mod poor;
mod alike;
mod unstable;
mod fresh;
mod number;
mod action;

pub use alike::{Pair, SEGMENTS_COMPARED_MAX, pairs};
pub use finding::{Figure, Finding};
pub use judged::{Before, Judged, Limits, MarketSpend, Stabilities};
pub use narrow::{CUSTOMERS_MIN, SHARE_MIN};
pub use number::{SEGMENTS_MAX, SEGMENTS_MIN};
pub use unstable::{DRAWN_MAX, Drawing, stabilities};

/// How it is judged, for people; becomes the docs page.
pub const METHOD: &str = include_str!("method.md");

/// A way in which a segmentation can fail.
#[derive(Clone, Copy)]
pub struct Check {
    /// Name in outputs.
    pub name: &'static str,
    /// When something is found.
    pub finds: &'static str,
    find: fn(&Judged<'_>) -> Vec<Finding>,
}

const fn check(name: &'static str, finds: &'static str, find: fn(&Judged<'_>) -> Vec<Finding>) -> Check {
    Check { name, finds, find }
}

/// Every check, in the order of outputs.
pub const CHECKS: &[Check] = &[
    check(
        "exclusive",
        "a customer has no segment or the segments do not add up to the base; it never may",
        exclusive::find,
    ),
    check(
        "narrow",
        "a segment has under 1 % of the base or under 30 customers, or its margin of a year does not cover \
         what it costs to reach it",
        narrow::find,
    ),
    check(
        "poor",
        "the median spend of a segment's customers is below what the lowest fifth of all customers spend, or \
         with `--market` the lowest fifth of its people, however many they are",
        poor::find,
    ),
    check(
        "alike",
        "two segments of 30 customers or more differ neither on any feature by 0.2 standard deviations nor \
         on any attribute by a Cramér's V of 0.1, with an adjusted p-value below 0.05",
        alike::find,
    ),
    check(
        "unstable",
        "a segment does not come back when customers are drawn anew: mean Jaccard index of 100 draws below \
         0.6 (0.75 is valid, 0.85 highly stable); fixed rules are stable by definition",
        unstable::find,
    ),
    check(
        "stale",
        "the newest fact is older than one repeat cycle: who looks asleep may only not have been imported",
        fresh::stale,
    ),
    check(
        "drifted",
        "since the last review the sizes of the segments have shifted by a stability index above 0.25",
        fresh::drifted,
    ),
    check("number", "more than 20 segments have customers, or fewer than two", number::find),
    check("idle", "a segment has no action attached: nothing is done about it", action::idle),
    check(
        "dead",
        "a rule can never win, because an earlier one has its customers, or holds for nobody",
        action::dead,
    ),
    check("double", "a segment has the very same customers as one of another segmentation", action::double),
];

/// The check with this name.
pub fn find(name: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.name == name)
}

/// Judges a segmentation by every check, in their order.
pub fn judge(judged: &Judged<'_>) -> Vec<Finding> {
    CHECKS.iter().flat_map(|check| (check.find)(judged)).collect()
}

/// Judges by one check.
pub fn judge_by(check: &Check, judged: &Judged<'_>) -> Vec<Finding> {
    (check.find)(judged)
}

#[cfg(test)]
mod tests;
