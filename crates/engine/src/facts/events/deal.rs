//! How a deal stood at a moment.

use super::Events;
use arrow_array::Array;
use model::calendar::{AsOf, Day};

/// How a deal ended, or that it has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Open,
    Won,
    Lost,
}

/// The outcome of a deal as of a moment: one that was closed later was open then. A deal that is
/// won or lost and says no day of it was closed when it was opened.
pub fn outcome(deals: &Events, row: usize, as_of: AsOf) -> Outcome {
    let outcomes = deals.texts("outcome");
    let said = outcomes.is_valid(row).then(|| outcomes.value(row));
    let ended = match said {
        Some("won") => Outcome::Won,
        Some("lost") => Outcome::Lost,
        _ => return Outcome::Open,
    };
    if closed(deals, row).is_some_and(|day| day > as_of.0) { Outcome::Open } else { ended }
}

/// The day on which a deal was won or lost, where it says one.
pub fn closed(deals: &Events, row: usize) -> Option<Day> {
    let days = deals.days("closed_at");
    days.is_valid(row).then(|| Day(days.value(row)))
}
