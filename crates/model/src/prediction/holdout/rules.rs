//! The rules that a model has to beat: what one would say without any model.

use super::Held;
use serde::{Deserialize, Serialize};

/// The last half-year: 26 weeks.
pub const RECENT_DAYS: u32 = 182;

/// A simple prediction of a customer's orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The orders of the last half-year, scaled to the horizon.
    LastHalfYear,
    /// Repeat orders per day so far, times the days of the horizon; 0 on a customer's first day.
    PastRate,
    /// As many orders as in all the past, the first one included.
    AllPast,
    /// Nobody orders. Says what measures are worth that this does well on.
    Nothing,
}

/// Every rule.
pub const RULES: &[Rule] = &[Rule::LastHalfYear, Rule::PastRate, Rule::AllPast, Rule::Nothing];

impl Rule {
    /// The rule's prediction for a holdout of so many days.
    pub fn orders(self, held: &Held, days: u32) -> f64 {
        let history = held.history;
        match self {
            Rule::LastHalfYear => {
                // Who is younger than half a year has had less time; their rate is not stretched.
                f64::from(held.recent) * f64::from(days) / f64::from(RECENT_DAYS)
            }
            Rule::PastRate if history.age == 0 => 0.0,
            Rule::PastRate => f64::from(history.repeats) / f64::from(history.age) * f64::from(days),
            Rule::AllPast => f64::from(history.repeats) + 1.0,
            Rule::Nothing => 0.0,
        }
    }

    /// The rule's prediction of money for a holdout of so many days. `past` and `recent` are the
    /// customer's money so far and in the last [`RECENT_DAYS`], `age` is in days.
    pub fn money(self, (past, recent): (f64, f64), age: u32, days: u32) -> f64 {
        match self {
            Rule::LastHalfYear => recent * f64::from(days) / f64::from(RECENT_DAYS),
            Rule::PastRate if age == 0 => 0.0,
            Rule::PastRate => past / f64::from(age) * f64::from(days),
            Rule::AllPast => past,
            Rule::Nothing => 0.0,
        }
    }

    /// The name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Rule::LastHalfYear => "last_half_year",
            Rule::PastRate => "past_rate",
            Rule::AllPast => "all_past",
            Rule::Nothing => "nothing",
        }
    }
}
