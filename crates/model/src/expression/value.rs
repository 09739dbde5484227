//! Values that conditions are asked of: their types, and how they compare with what a rule says.

use super::days::Range;
use super::decimal::Decimal;
use super::tree::{Amount, Operator};
use crate::calendar::Day;
use crate::money::SCALE;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// What kind of value a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    Text,
    /// An exact number of ten-thousandths: money, a quantity.
    Number,
    /// A whole number.
    Count,
    /// A ratio or another number that is not exact.
    Float,
    Day,
    /// Yes or no.
    Flag,
    /// Several texts.
    List,
}

impl Type {
    /// The word for it in messages.
    pub fn name(self) -> &'static str {
        match self {
            Type::Text => "a text",
            Type::Number | Type::Count | Type::Float => "a number",
            Type::Day => "a day",
            Type::Flag => "true or false",
            Type::List => "a list of texts",
        }
    }

    pub fn is_number(self) -> bool {
        matches!(self, Type::Number | Type::Count | Type::Float)
    }

    /// Whether it is compared with texts.
    pub fn is_text(self) -> bool {
        matches!(self, Type::Text | Type::List)
    }
}

/// A value of one customer, fact or tag.
///
/// A float that is not a number counts as missing, and so does a list of no texts. A text of no
/// letters is a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Value<'a> {
    #[default]
    Missing,
    Text(&'a str),
    Number(Decimal),
    Count(i64),
    Float(f64),
    Day(Day),
    Flag(bool),
    List(&'a [&'a str]),
}

impl<'a> Value<'a> {
    pub fn is_missing(&self) -> bool {
        match self {
            Value::Missing => true,
            Value::Float(number) => number.is_nan(),
            Value::List(texts) => texts.is_empty(),
            _ => false,
        }
    }

    /// How it stands to a number; `None` where it is no number.
    pub(super) fn to_number(self, number: Decimal) -> Option<Ordering> {
        match self {
            Value::Number(own) => Some(own.cmp(&number)),
            Value::Count(own) => Some(scaled(own).cmp(&i128::from(number.0))),
            Value::Float(own) => own.partial_cmp(&number.to_f64()),
            _ => None,
        }
    }

    pub(super) fn day(self) -> Option<Day> {
        if let Value::Day(day) = self { Some(day) } else { None }
    }

    pub(super) fn in_range(self, range: Range) -> bool {
        self.day().is_some_and(|day| range.holds(day))
    }

    /// Whether one of its texts passes; the text of a text is itself.
    pub(super) fn any_text(self, mut passes: impl FnMut(&str) -> bool) -> bool {
        match self {
            Value::Text(text) => passes(text),
            Value::List(texts) => texts.iter().any(|text| passes(text)),
            _ => false,
        }
    }

    /// A copy that is kept.
    pub fn to_owned(self) -> Owned {
        match self {
            value if value.is_missing() => Owned::Missing,
            Value::Missing => Owned::Missing,
            Value::Text(text) => Owned::Text(text.to_owned()),
            Value::Number(number) => Owned::Number(number),
            Value::Count(count) => Owned::Count(count),
            Value::Float(number) => Owned::Float(number),
            Value::Day(day) => Owned::Day(day),
            Value::Flag(flag) => Owned::Flag(flag),
            Value::List(texts) => Owned::List(texts.iter().map(|&text| text.to_owned()).collect()),
        }
    }
}

/// A whole number in ten-thousandths.
pub(super) fn scaled(count: i64) -> i128 {
    i128::from(count) * i128::from(SCALE)
}

/// A value that is kept, in a trace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owned {
    Missing,
    Text(String),
    Number(Decimal),
    Count(i64),
    Float(f64),
    Day(Day),
    Flag(bool),
    List(Vec<String>),
}

impl fmt::Display for Owned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Owned::Missing => f.write_str("missing"),
            Owned::Text(text) => write!(f, "\"{text}\""),
            Owned::Number(number) => number.fmt(f),
            Owned::Count(count) => count.fmt(f),
            Owned::Float(number) => number.fmt(f),
            Owned::Day(day) => day.fmt(f),
            Owned::Flag(flag) => flag.fmt(f),
            Owned::List(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
                f.write_str(&texts.join(", "))
            }
        }
    }
}

/// A number that was measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measured {
    /// There is nothing to measure.
    Missing,
    /// So many ten-thousandths, divided by a number of facts that is not 0; not rounded.
    Exact {
        sum: i128,
        over: u64,
    },
    Float(f64),
}

impl Measured {
    pub(super) fn count(count: u64) -> Measured {
        Measured::Exact { sum: i128::from(count) * i128::from(SCALE), over: 1 }
    }

    /// How it stands to a number; `None` where there is nothing.
    fn order(self, number: Decimal) -> Option<Ordering> {
        match self {
            Measured::Missing => None,
            Measured::Exact { sum, over } => Some(sum.cmp(&(i128::from(number.0) * i128::from(over)))),
            Measured::Float(own) => own.partial_cmp(&number.to_f64()),
        }
    }

    /// Whether it is as asked; of what is missing only `!=` holds.
    pub(super) fn passes(self, amount: Amount) -> bool {
        match amount {
            Amount::Compare { operator, value } => {
                self.order(value).map_or(operator == Operator::NotEqual, |order| operator.passes(order))
            }
            Amount::Between { from, to } => {
                self.order(from).is_some_and(Ordering::is_ge) && self.order(to).is_some_and(Ordering::is_le)
            }
        }
    }
}

/// Values by slot: of a customer in the order of `Plan::sources`, of a fact in the order of the
/// fields of its kind.
pub trait Row {
    /// The value in a slot; a slot that the row does not have is missing.
    fn value(&self, slot: usize) -> Value<'_>;
}

impl Row for &[Value<'_>] {
    fn value(&self, slot: usize) -> Value<'_> {
        self.get(slot).copied().unwrap_or_default()
    }
}

impl Row for Vec<Value<'_>> {
    fn value(&self, slot: usize) -> Value<'_> {
        self.get(slot).copied().unwrap_or_default()
    }
}
