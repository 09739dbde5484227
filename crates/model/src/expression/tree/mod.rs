//! The tree of a rule: what its text, a builder and a file all mean.
//!
//! Every condition is true or false for every customer; [`super::missing`] says what each operator
//! makes of a value that is missing. Only facts on or before the as-of day count, everywhere.

mod facts;

pub use self::facts::{
    Amount, Asked, Did, Facts, Measure, PERIODS_MAX, Regularly, Restarted, Sequence, Span, Step, Stopped,
};

use super::days::{Duration, Moment, Window};
use super::decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The most levels of a tree, and of brackets, `not` and filters in a text.
pub const DEPTH_MAX: usize = 32;
/// The most conditions of a tree, and values of one list, counted together.
pub const PARTS_MAX: usize = 20_000;

/// A condition on a customer, or, inside a filter, on a fact or a tag.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expression {
    /// Always holds.
    Everyone,
    /// All of them hold; of none, it always holds.
    And(Vec<Expression>),
    /// One or more of them hold; of none, it never holds.
    Or(Vec<Expression>),
    /// It does not hold.
    Not(Box<Expression>),
    /// A test of one named value: a feature, an attribute, a column of a segmentation, a field.
    Value(Named),
    /// An anniversary of a named day lies near the as-of day.
    Anniversary(Anniversary),
    /// Something was done.
    Did(Did),
    /// Things were done one after another.
    Sequence(Sequence),
    /// Something was done, and then no more.
    Stopped(Stopped),
    /// Something was done again after a pause.
    Restarted(Restarted),
    /// Something was done in each of the last periods.
    Regularly(Regularly),
    /// The customer has a tag.
    Tag(Tagged),
    /// The customer has agreed to be written to through a channel.
    Consent(Channel),
}

/// A test of a named value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub name: String,
    pub test: Test,
}

/// What is asked of a value. Capital and small letters are equal in every test of a text; a list
/// passes a test of a text when one of its texts does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// It is there.
    Set,
    Compare {
        operator: Operator,
        value: Literal,
    },
    /// At least the one and at most the other.
    Between {
        from: Literal,
        to: Literal,
    },
    /// It is one of these.
    In(Vec<Literal>),
    /// The text has this in it; a list has this among its texts, whole.
    Contains(String),
    /// It contains one or more of these.
    ContainsAny(Vec<String>),
    /// It contains each of these.
    ContainsAll(Vec<String>),
    StartsWith(String),
    EndsWith(String),
    /// The day lies in the window.
    Window(Window),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Operator {
    #[serde(rename = "=")]
    Equal,
    /// Exactly when `=` does not hold.
    #[serde(rename = "!=")]
    NotEqual,
    #[serde(rename = "<")]
    Less,
    #[serde(rename = "<=")]
    LessOrEqual,
    #[serde(rename = ">")]
    Greater,
    #[serde(rename = ">=")]
    GreaterOrEqual,
}

impl Operator {
    pub const ALL: [Operator; 6] = [
        Operator::Equal,
        Operator::NotEqual,
        Operator::Less,
        Operator::LessOrEqual,
        Operator::Greater,
        Operator::GreaterOrEqual,
    ];

    pub fn symbol(self) -> &'static str {
        match self {
            Operator::Equal => "=",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
        }
    }

    /// Whether it asks for more or less, not only for the same.
    pub fn is_order(self) -> bool {
        !matches!(self, Operator::Equal | Operator::NotEqual)
    }

    /// Whether a value that stands so to another passes.
    pub fn passes(self, order: std::cmp::Ordering) -> bool {
        match self {
            Operator::Equal => order.is_eq(),
            Operator::NotEqual => order.is_ne(),
            Operator::Less => order.is_lt(),
            Operator::LessOrEqual => order.is_le(),
            Operator::Greater => order.is_gt(),
            Operator::GreaterOrEqual => order.is_ge(),
        }
    }
}

/// A value written in a rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Literal {
    Text(String),
    Number(Decimal),
    Day(Moment),
    Flag(bool),
}

/// `anniversary of birthday within 7 days`: there is a year after the day's own in which the same
/// day of the month lies near the as-of day; 29 February is kept on 28 February in other years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anniversary {
    /// A named day.
    pub of: String,
    pub near: Near,
}

/// Where an anniversary is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Near {
    /// `within 7 days`: on the as-of day or in the next 7 days.
    Within(Duration),
    /// In the last or next days, in a calendar period.
    In(Window),
    /// `between 2026-12-24 and 2026-12-31`, both included.
    Between { from: Moment, to: Moment },
}

/// `has tag "pram" with weight >= 0.8`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tagged {
    pub tag: String,
    /// A condition on the fields of the tag.
    #[serde(default, rename = "with", skip_serializing_if = "Option::is_none")]
    pub filter: Option<Box<Expression>>,
}

/// `consent email`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    pub channel: String,
}

impl Expression {
    /// The conditions right under this one, filters included, in the order of the text.
    pub fn children(&self) -> Vec<&Expression> {
        match self {
            Expression::And(parts) | Expression::Or(parts) => parts.iter().collect(),
            Expression::Not(inner) => vec![inner],
            Expression::Sequence(sequence) => {
                let steps = sequence.then.iter().filter_map(|step| step.facts.filter.as_deref());
                sequence.start.filter.as_deref().into_iter().chain(steps).collect()
            }
            Expression::Tag(tagged) => tagged.filter.as_deref().into_iter().collect(),
            Expression::Did(did) => did.facts.filter.as_deref().into_iter().collect(),
            Expression::Stopped(stopped) => stopped.facts.filter.as_deref().into_iter().collect(),
            Expression::Restarted(restarted) => restarted.facts.filter.as_deref().into_iter().collect(),
            Expression::Regularly(regularly) => regularly.facts.filter.as_deref().into_iter().collect(),
            Expression::Everyone
            | Expression::Value(_)
            | Expression::Anniversary(_)
            | Expression::Consent(_) => Vec::new(),
        }
    }

    /// Levels of the tree: 1 for a single condition.
    pub fn depth(&self) -> usize {
        1 + self.children().into_iter().map(Expression::depth).max().unwrap_or(0)
    }

    /// How many conditions there are, this one and filters included.
    pub fn conditions(&self) -> usize {
        1 + self.children().into_iter().map(Expression::conditions).sum::<usize>()
    }

    /// How many conditions there are, this one and filters included, and values in lists.
    pub fn parts(&self) -> usize {
        let listed = match self {
            Expression::Value(named) => match &named.test {
                Test::In(values) => values.len(),
                Test::ContainsAny(texts) | Test::ContainsAll(texts) => texts.len(),
                _ => 0,
            },
            _ => 0,
        };
        1 + listed + self.children().into_iter().map(Expression::parts).sum::<usize>()
    }
}
