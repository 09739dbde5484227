//! Facts one after another.

use crate::calendar::{AsOf, Day};
use crate::expression::days::Duration;

/// The facts of one step, in the order in which they happened.
#[derive(Clone, Debug, Default)]
pub(super) struct Moments {
    pub facts: Vec<Happened>,
}

/// When a fact happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Happened {
    pub moment: i64,
    pub day: Day,
    /// The kind, and the number of the fact among those of its kind.
    pub kind: usize,
    pub number: u32,
}

impl Happened {
    /// Whether this fact came after another: later in order if they are of one kind, at the same
    /// moment or later if not.
    pub fn came_after(self, other: Happened) -> bool {
        if self.kind == other.kind { self.number > other.number } else { self.moment >= other.moment }
    }
}

/// The day of the newest fact of a last positive step to which a chain leads; `None` where none does.
///
/// Of the facts that came before one, the last is the nearest, so it alone is looked at. Days of
/// facts do not fall as moments grow.
pub(super) fn completed(
    starts: impl Iterator<Item = Happened>,
    steps: &[Moments],
    then: &[(bool, Duration)],
    as_of: AsOf,
) -> Option<Day> {
    let mut reached: Vec<Happened> = starts.collect();
    for (facts, &(not, within)) in steps.iter().zip(then) {
        let facts = &facts.facts;
        if not {
            reached.retain(|&from| {
                let last = within.after(from.day);
                let next = facts.partition_point(|fact| !fact.came_after(from));
                last <= as_of.0 && facts.get(next).is_none_or(|fact| fact.day > last)
            });
        } else {
            let follows = |&fact: &Happened| {
                let before = reached.partition_point(|&from| fact.came_after(from));
                before > 0 && fact.day <= within.after(reached[before - 1].day)
            };
            reached = facts.iter().copied().filter(follows).collect();
        }
    }
    reached.last().map(|fact| fact.day)
}
