//! What do A-customers have in common? Rules that set the positives apart, with control of error.
//!
//! Columns of attributes become conditions; conditions and their pairs become rules; rules are
//! ranked by weighted relative accuracy (Lavrač et al. 1999) and judged together: having looked at
//! hundreds of rules, one always looks good, so a rule counts only if it beats the best that chance
//! finds among all of them. Where none does, that is the answer.
//!
//! Steps: [`Conditions::add`] each [`Column`], [`find`], and [`Scorer::of`] for open rows.

mod hypergeometric;
mod intervals;
mod columns;
mod bits;
mod conditions;
mod search;
mod chance;
mod settle;
mod verdict;
mod score;

pub use bits::Bits;
pub use chance::{Asked, Chance, Method, testable};
pub use columns::{Column, Values};
pub use conditions::{COVER_MIN, Candidate, Condition, Conditions, Test};
pub use hypergeometric::{Margins, Tail, ln_factorial};
pub use intervals::{Interval, difference, odds_ratio, ratio, share};
pub use score::{Score, Scorer, Weight};
pub use search::{DEPTH_MAX, Family, Places, Rule, TRIPLE_ROWS_MIN, search};
pub use settle::{POWER, ROWS_TIMES_MAX, more_rows};
pub use verdict::{Criterion, Findings, Hypothesis, Outcome, Settings, find};

/// With fewer rows, what is found is called a hypothesis.
pub const HYPOTHESES_BELOW: usize = 40;
/// Hypotheses that are shown at most.
pub const HYPOTHESES_MAX: usize = 3;
/// Criteria that are returned at most.
pub const CRITERIA_MAX: usize = 64;

/// Why rows cannot be searched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CriteriaError {
    /// Columns must be of the same rows.
    #[error(
        "column `{column}` has {rows} rows where {expected} are searched: give every column one value per row"
    )]
    Length { column: String, rows: usize, expected: usize },
    /// No rule could cover and leave enough rows.
    #[error("{rows} rows are too few to search: at least {needed} are needed")]
    TooFewRows { rows: usize, needed: usize },
    /// There is nothing to tell apart.
    #[error(
        "all rows are of one class, so nothing sets them apart: choose a target that some have and some not"
    )]
    OneClass,
}

#[cfg(test)]
mod tests;
