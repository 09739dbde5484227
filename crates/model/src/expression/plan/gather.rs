//! What is gathered of facts for one condition, fact by fact.

use super::Node;
use super::sequence::Moments;
use crate::calendar::Day;
use crate::expression::days::{Duration, Range};
use crate::expression::fold::fold;
use crate::expression::tree::{Amount, Asked, Expression, Measure};
use crate::expression::value::{Measured, Value, scaled};
use crate::money::SCALE;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// A condition on facts.
#[derive(Clone, Debug)]
pub(super) struct FactTest {
    /// The condition itself, to know an equal one.
    pub expression: Expression,
    pub gather: Gather,
    /// The facts that it looks at; more than one for a sequence.
    pub steps: Vec<Step>,
}

/// Facts of a kind that pass a filter.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub kind: usize,
    pub filter: Option<Node>,
}

/// What is gathered, and what is asked of it.
#[derive(Clone, Debug)]
pub(super) enum Gather {
    Count {
        when: When,
        is: Amount,
    },
    Sum {
        slot: usize,
        mean: bool,
        when: When,
        is: Amount,
    },
    Distinct {
        slot: usize,
        when: When,
        is: Amount,
    },
    /// The smallest or the largest.
    Extreme {
        slot: usize,
        keep: Ordering,
        when: When,
        is: Amount,
    },
    /// Which of the facts has to lie in the days.
    Pick {
        pick: Pick,
        when: When,
    },
    Sequence {
        then: Vec<(bool, Duration)>,
        when: When,
    },
    /// The last one lies on this day or before it.
    Stopped {
        last: Day,
    },
    Restarted {
        pause: Duration,
        range: Range,
    },
    /// The day before each period, from the newest period to the oldest.
    Regularly {
        starts: Vec<Day>,
    },
}

/// A single fact that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    /// The first one that passes the filter.
    FirstTime,
    /// The last one that passes the filter.
    LastTime,
    /// The first one of the kind.
    First,
    /// The last one of the kind.
    Last,
}

/// Which days count.
#[derive(Clone, Copy, Debug)]
pub(super) enum When {
    In(Range),
    /// From the day of the first fact of the kind on.
    First(Duration),
}

impl When {
    /// Whether a day counts, the first fact of the kind being on a day.
    pub fn holds(self, day: Day, first: Day) -> bool {
        match self {
            When::In(range) => range.holds(day),
            When::First(duration) => first <= day && day < duration.after(first),
        }
    }
}

impl Gather {
    /// What `did` asks; fields become slots.
    pub fn asked(asked: &Asked, when: When, mut slot: impl FnMut(&str) -> usize) -> Gather {
        let pick = match asked {
            Asked::Measure { measure, is } => {
                let is = *is;
                return match measure {
                    Measure::Count => Gather::Count { when, is },
                    Measure::Sum(field) => Gather::Sum { slot: slot(field), mean: false, when, is },
                    Measure::Average(field) => Gather::Sum { slot: slot(field), mean: true, when, is },
                    Measure::Distinct(field) => Gather::Distinct { slot: slot(field), when, is },
                    Measure::Min(field) => {
                        Gather::Extreme { slot: slot(field), keep: Ordering::Less, when, is }
                    }
                    Measure::Max(field) => {
                        Gather::Extreme { slot: slot(field), keep: Ordering::Greater, when, is }
                    }
                };
            }
            Asked::ForTheFirstTime => Pick::FirstTime,
            Asked::ForTheLastTime => Pick::LastTime,
            Asked::AsTheFirst => Pick::First,
            Asked::AsTheLast => Pick::Last,
        };
        Gather::Pick { pick, when }
    }

    /// What has been gathered before the first fact.
    pub fn nothing(&self, steps: usize) -> Gathered {
        match self {
            Gather::Count { .. } => Gathered::Number { exact: 0, float: 0.0, inexact: false, count: 0 },
            Gather::Sum { .. } => Gathered::Number { exact: 0, float: 0.0, inexact: false, count: 0 },
            Gather::Distinct { .. } => Gathered::Different(BTreeSet::new()),
            Gather::Extreme { .. } => Gathered::Extreme(None),
            Gather::Pick { .. } | Gather::Restarted { .. } => {
                Gathered::Picked { last: None, seen: false, day: None, holds: false }
            }
            Gather::Sequence { .. } => Gathered::Moments(vec![Moments::default(); steps]),
            Gather::Stopped { .. } => Gathered::Picked { last: None, seen: false, day: None, holds: false },
            Gather::Regularly { .. } => Gathered::Periods(0),
        }
    }
}

/// What has been gathered of a customer's facts.
#[derive(Clone, Debug)]
pub(super) enum Gathered {
    /// A sum, of `count` values; floats are added apart from exact numbers.
    Number {
        exact: i128,
        float: f64,
        inexact: bool,
        count: u64,
    },
    Different(BTreeSet<Distinct>),
    Extreme(Option<Extreme>),
    /// The last day that passed the filter, whether there was any fact of the kind, and the day that
    /// the condition hangs on.
    Picked {
        last: Option<Day>,
        seen: bool,
        day: Option<Day>,
        holds: bool,
    },
    /// The facts of each step.
    Moments(Vec<Moments>),
    /// One bit for each period with a fact.
    Periods(u64),
}

/// A value that is told from others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Distinct {
    Text(String),
    /// In ten-thousandths.
    Exact(i128),
    /// Its bits, zero being one value.
    Float(u64),
    Day(Day),
    Flag(bool),
}

/// The smallest or largest value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Extreme {
    /// In ten-thousandths.
    Exact(i128),
    Float(f64),
}

impl Gathered {
    /// Adds the value of a field to a sum.
    pub fn add(&mut self, value: Value<'_>) {
        let Gathered::Number { exact, float, inexact, count } = self else { return };
        match value {
            Value::Number(number) => *exact = exact.saturating_add(i128::from(number.0)),
            Value::Count(number) => *exact = exact.saturating_add(scaled(number)),
            Value::Float(number) if !number.is_nan() => {
                *float += number;
                *inexact = true;
            }
            _ => return,
        }
        *count += 1;
    }

    /// Keeps the value of a field if it is not there yet.
    pub fn tell_apart(&mut self, value: Value<'_>) {
        let Gathered::Different(known) = self else { return };
        match value {
            _ if value.is_missing() => {}
            Value::Text(text) => drop(known.insert(Distinct::Text(fold(text)))),
            Value::List(texts) => known.extend(texts.iter().map(|text| Distinct::Text(fold(text)))),
            Value::Number(number) => drop(known.insert(Distinct::Exact(i128::from(number.0)))),
            Value::Count(number) => drop(known.insert(Distinct::Exact(scaled(number)))),
            Value::Float(number) => drop(known.insert(Distinct::Float((number + 0.0).to_bits()))),
            Value::Day(day) => drop(known.insert(Distinct::Day(day))),
            Value::Flag(flag) => drop(known.insert(Distinct::Flag(flag))),
            Value::Missing => {}
        }
    }

    /// Keeps the value of a field if it is smaller or larger than the one kept.
    pub fn keep(&mut self, value: Value<'_>, keep: Ordering) {
        let Gathered::Extreme(kept) = self else { return };
        let new = match value {
            Value::Number(number) => Extreme::Exact(i128::from(number.0)),
            Value::Count(number) => Extreme::Exact(scaled(number)),
            Value::Float(number) if !number.is_nan() => Extreme::Float(number),
            _ => return,
        };
        if kept.is_none_or(|old| new.order(old) == Some(keep)) {
            *kept = Some(new);
        }
    }

    /// The number that the condition compares; `None` where it compares none.
    pub fn measured(&self, gather: &Gather) -> Option<Measured> {
        let measured = match (self, gather) {
            (Gathered::Number { count, .. }, Gather::Count { .. }) => Measured::count(*count),
            (Gathered::Number { count: 0, .. }, Gather::Sum { mean: true, .. }) => Measured::Missing,
            (Gathered::Number { exact, float, inexact, count }, Gather::Sum { mean, .. }) => {
                let over = if *mean { *count } else { 1 };
                if *inexact {
                    let total = *float + *exact as f64 / SCALE as f64;
                    Measured::Float(total / over as f64)
                } else {
                    Measured::Exact { sum: *exact, over }
                }
            }
            (Gathered::Different(known), _) => Measured::count(known.len() as u64),
            (Gathered::Extreme(None), _) => Measured::Missing,
            (Gathered::Extreme(Some(Extreme::Exact(sum))), _) => Measured::Exact { sum: *sum, over: 1 },
            (Gathered::Extreme(Some(Extreme::Float(number))), _) => Measured::Float(*number),
            _ => return None,
        };
        Some(measured)
    }
}

impl Extreme {
    fn order(self, other: Extreme) -> Option<Ordering> {
        match (self, other) {
            (Extreme::Exact(own), Extreme::Exact(other)) => Some(own.cmp(&other)),
            (own, other) => own.to_f64().partial_cmp(&other.to_f64()),
        }
    }

    fn to_f64(self) -> f64 {
        match self {
            Extreme::Exact(number) => number as f64 / SCALE as f64,
            Extreme::Float(number) => number,
        }
    }
}
