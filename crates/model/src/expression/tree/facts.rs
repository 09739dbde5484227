//! Conditions on what was done.

use super::{Expression, Operator};
use crate::expression::days::{Duration, Moment, Window};
use crate::expression::decimal::Decimal;
use crate::money::SCALE;
use serde::{Deserialize, Serialize};

/// Facts of a kind that pass a filter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Kind of fact: `order`, `line`, `touch`, `deal`, `lead`.
    pub kind: String,
    /// A condition on the fields of the fact.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub filter: Option<Box<Expression>>,
}

/// `did order where category = "Toys" count >= 2 in the last 90 days`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Did {
    pub facts: Facts,
    /// Which of the facts are looked at, and what is asked of them.
    #[serde(default)]
    pub asked: Asked,
    /// When.
    #[serde(default, skip_serializing_if = "Span::is_ever")]
    pub span: Span,
}

/// What is asked of facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// A number over all facts that pass the filter in the span.
    Measure { measure: Measure, is: Amount },
    /// `for the first time`: of all facts that pass the filter, the first one lies in the span.
    ForTheFirstTime,
    /// `for the last time`: of all facts that pass the filter, the last one lies in the span.
    ForTheLastTime,
    /// `as the first`: the first fact of the kind passes the filter and lies in the span.
    AsTheFirst,
    /// `as the last`: the last fact of the kind passes the filter and lies in the span.
    AsTheLast,
}

impl Default for Asked {
    /// Once or more often.
    fn default() -> Asked {
        let once = Amount::Compare { operator: Operator::GreaterOrEqual, value: Decimal(SCALE) };
        Asked::Measure { measure: Measure::Count, is: once }
    }
}

/// A number over facts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// How many facts.
    Count,
    /// The sum of a field; facts without it add nothing, and of none the sum is 0.
    Sum(String),
    /// The mean of a field over the facts that have it, not rounded; missing if none has.
    Average(String),
    /// How many different values a field has; capital and small letters are equal, each text of a
    /// list counts.
    Distinct(String),
    /// The smallest value of a field; missing if no fact has it.
    Min(String),
    /// The largest value of a field; missing if no fact has it.
    Max(String),
}

/// What a number is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    Compare {
        operator: Operator,
        value: Decimal,
    },
    /// Both included.
    Between {
        from: Decimal,
        to: Decimal,
    },
}

/// When facts happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// At any time up to the as-of day.
    #[default]
    Ever,
    In(Window),
    /// Both included.
    Between {
        from: Moment,
        to: Moment,
    },
    /// Before that day.
    Before(Moment),
    /// After that day.
    After(Moment),
    /// On that day or after it.
    Since(Moment),
    /// On that day or before it.
    Until(Moment),
    /// `in the first 30 days`: from the day of the customer's first fact of the kind, whether it
    /// passes the filter or not, up to the day before *30 days after it*.
    First(Duration),
}

impl Span {
    pub fn is_ever(&self) -> bool {
        *self == Span::Ever
    }
}

/// `sequence touch where kind = "cart" then order within 7 days then not …`.
///
/// There is a fact of the first step in the span and, for each step with `then`, a fact that comes
/// after the fact of the step before and at most so long after its day. A step with `then not`
/// holds when no such fact comes within that time *and the time is over*: the as-of day is its last
/// day or later; the step after it counts from the fact that this one counted from. Of one kind,
/// *after* is the order in which the facts happened; of different kinds, it is the same moment or
/// later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sequence {
    pub start: Facts,
    /// One or more.
    pub then: Vec<Step>,
    /// When the first step happened.
    #[serde(default, skip_serializing_if = "Span::is_ever")]
    pub span: Span,
}

/// A step of a sequence after the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The facts must not follow.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not: bool,
    pub facts: Facts,
    /// Counted from the day of the step before.
    pub within: Duration,
}

/// `stopped order for 60 days`: there are such facts, and the last one was *60 days ago* or earlier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stopped {
    pub facts: Facts,
    #[serde(rename = "for")]
    pub pause: Duration,
}

/// `restarted order after 60 days within the last 30 days`: in the window there is such a fact whose
/// day is 60 days or more after the day of the such fact before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restarted {
    pub facts: Facts,
    #[serde(rename = "after")]
    pub pause: Duration,
    /// In the last so many days; ever if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Duration>,
}

/// The most periods of [`Regularly`].
pub const PERIODS_MAX: u32 = 64;

/// `regularly order every 30 days times 3`: in each of the last 3 periods of 30 days there is such a
/// fact. The newest period is *in the last 30 days*; each older one is the days after *twice 30 days ago*
/// up to and with *30 days ago*, and so on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regularly {
    pub facts: Facts,
    pub every: Duration,
    /// 1 to [`PERIODS_MAX`].
    pub times: u32,
}
