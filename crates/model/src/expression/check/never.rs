//! Conditions that can never hold together, as far as that shows without any customer.

use crate::calendar::{AsOf, Day};
use crate::expression::days::{Moment, Range, Unit, Window};
use crate::expression::decimal::Decimal;
use crate::expression::tree::{Expression, Literal, Named, Operator, Test};
use crate::expression::value::Type;
use std::collections::BTreeMap;

/// A name on which conditions that are joined by `and` exclude each other.
///
/// Looked at are comparisons with numbers, dates and texts, lists, windows of days, and whether the
/// value is set. What depends on which day it is, is not.
pub(super) fn contradiction(parts: &[Expression], names: &BTreeMap<String, Type>) -> Option<String> {
    let mut known: BTreeMap<&str, Possible> = BTreeMap::new();
    let mut conditions = Vec::new();
    parts.iter().for_each(|part| collect(part, true, &mut conditions));
    for (named, holds) in conditions {
        let possible = known.entry(&named.name).or_default();
        // A list may have two texts at once.
        possible.is_list = names.get(&named.name) == Some(&Type::List);
        possible.narrow(&named.test, holds);
        if possible.is_nothing() {
            return Some(named.name.clone());
        }
    }
    None
}

/// The tests that hold, or do not, when a condition holds.
fn collect<'a>(expression: &'a Expression, holds: bool, found: &mut Vec<(&'a Named, bool)>) {
    match expression {
        Expression::And(parts) if holds => parts.iter().for_each(|part| collect(part, true, found)),
        Expression::Or(parts) if !holds => parts.iter().for_each(|part| collect(part, false, found)),
        Expression::Not(inner) => collect(inner, !holds, found),
        Expression::Value(named) => found.push((named, holds)),
        _ => {}
    }
}

/// What a value may still be.
#[derive(Debug, Default)]
struct Possible {
    set: Option<bool>,
    conflict: bool,
    numbers: Interval,
    days: Interval,
    /// Days counted from the as-of day, by days and weeks alone: these keep their distance.
    distances: Interval,
    /// Texts in small letters, of which it is one.
    texts: Option<Vec<String>>,
    other_texts: Vec<String>,
    flag: Option<bool>,
    is_list: bool,
}

/// Whole numbers from one to another, in the smallest unit.
#[derive(Debug)]
struct Interval {
    from: i128,
    to: i128,
}

impl Default for Interval {
    fn default() -> Interval {
        Interval { from: i128::MIN, to: i128::MAX }
    }
}

impl Interval {
    /// Keeps what compares so with a number. Floats lie between ten-thousandths, so `<` and `<=`
    /// differ only where they meet the other end.
    fn narrow(&mut self, operator: Operator, number: i128) {
        match operator {
            Operator::Equal => (self.from, self.to) = (self.from.max(number), self.to.min(number)),
            Operator::Less => self.to = self.to.min(number.saturating_sub(1)),
            Operator::LessOrEqual => self.to = self.to.min(number),
            Operator::Greater => self.from = self.from.max(number.saturating_add(1)),
            Operator::GreaterOrEqual => self.from = self.from.max(number),
            Operator::NotEqual => {}
        }
    }

    /// For numbers, which may lie between: doubled, so that a bound left out is half a step inside.
    fn narrow_dense(&mut self, operator: Operator, number: Decimal) {
        self.narrow(operator, i128::from(number.0) * 2);
    }

    fn is_empty(&self) -> bool {
        self.from > self.to
    }
}

impl Possible {
    fn is_nothing(&self) -> bool {
        let empty_texts =
            self.texts.as_ref().is_some_and(|texts| texts.iter().all(|text| self.other_texts.contains(text)));
        self.conflict
            || self.numbers.is_empty()
            || self.days.is_empty()
            || self.distances.is_empty()
            || (empty_texts && !self.is_list)
    }

    /// Takes in that a test holds, or does not.
    fn narrow(&mut self, test: &Test, holds: bool) {
        // Every test that holds needs a value, but for `!=`.
        let needs = !matches!(test, Test::Compare { operator: Operator::NotEqual, .. });
        match (test, holds) {
            (Test::Set, holds) => self.is_set(holds),
            (_, true) if needs => self.is_set(true),
            (Test::Compare { operator: Operator::NotEqual, .. }, false) => self.is_set(true),
            _ => {}
        }
        match (test, holds) {
            (Test::Compare { operator, value }, true) => self.compare(*operator, value),
            (Test::Compare { operator: Operator::NotEqual, value }, false) => {
                self.compare(Operator::Equal, value);
            }
            (Test::Compare { operator: Operator::Equal, value }, false) => {
                self.compare(Operator::NotEqual, value);
            }
            (Test::Between { from, to }, true) => {
                self.compare(Operator::GreaterOrEqual, from);
                self.compare(Operator::LessOrEqual, to);
            }
            (Test::In(values), true) => self.one_of(values),
            (Test::In(values), false) => {
                values.iter().for_each(|value| self.compare(Operator::NotEqual, value));
            }
            (Test::Window(window @ (Window::Last(length) | Window::Next(length))), true)
                if matches!(length.unit, Unit::Days | Unit::Weeks) =>
            {
                let Range { from, to } = window.range(AsOf(Day(0)));
                self.distances.narrow(Operator::GreaterOrEqual, i128::from(from.0));
                self.distances.narrow(Operator::LessOrEqual, i128::from(to.0));
            }
            _ => {}
        }
    }

    fn is_set(&mut self, set: bool) {
        self.conflict |= self.set.is_some_and(|known| known != set);
        self.set = Some(set);
    }

    fn compare(&mut self, operator: Operator, value: &Literal) {
        match value {
            Literal::Number(number) => self.numbers.narrow_dense(operator, *number),
            Literal::Day(Moment::On(day)) => self.days.narrow(operator, i128::from(day.0)),
            Literal::Day(moment) => {
                if let Some((distance, Unit::Days)) = moment.distance() {
                    self.distances.narrow(operator, i128::from(distance));
                }
            }
            Literal::Text(text) if operator == Operator::Equal => self.texts_are(vec![text.to_lowercase()]),
            Literal::Text(text) => self.other_texts.push(text.to_lowercase()),
            Literal::Flag(flag) => {
                if operator == Operator::Equal {
                    self.conflict |= self.flag.is_some_and(|known| known != *flag);
                    self.flag = Some(*flag);
                }
            }
        }
    }

    fn one_of(&mut self, values: &[Literal]) {
        let texts: Vec<String> = values
            .iter()
            .filter_map(|value| match value {
                Literal::Text(text) => Some(text.to_lowercase()),
                _ => None,
            })
            .collect();
        if texts.len() == values.len() {
            self.texts_are(texts);
        }
    }

    fn texts_are(&mut self, texts: Vec<String>) {
        match &mut self.texts {
            Some(known) => known.retain(|text| texts.contains(text)),
            None => self.texts = Some(texts),
        }
    }
}
