//! Tests of a value, ready: texts in small letters, days as dates, long lists sorted.

use crate::calendar::{AsOf, Day};
use crate::expression::days::Range;
use crate::expression::decimal::Decimal;
use crate::expression::fold::{Folded, fold};
use crate::expression::tree::{Literal, Operator, Test};
use crate::expression::value::Value;
use std::cmp::Ordering;

/// Values of a list from which it is searched, not gone through.
const LONG_LIST: usize = 8;

/// A test of a value.
#[derive(Clone, Debug)]
pub(super) enum CompiledTest {
    Set,
    Compare(Operator, Key),
    Between(Key, Key),
    In(List),
    Contains(Folded),
    ContainsAny(Vec<Folded>),
    ContainsAll(Vec<Folded>),
    StartsWith(Folded),
    EndsWith(Folded),
    Within(Range),
}

/// A value of a rule.
#[derive(Clone, Debug)]
pub(super) enum Key {
    Text(Folded),
    Number(Decimal),
    Day(Day),
    Flag(bool),
}

/// Values of a rule, one of which is looked for.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    /// Sorted.
    texts: Vec<Folded>,
    /// Sorted.
    numbers: Vec<Decimal>,
    others: Vec<Key>,
}

impl CompiledTest {
    pub fn new(test: &Test, as_of: AsOf) -> CompiledTest {
        let folded = |texts: &[String]| texts.iter().map(|text| Folded::new(text)).collect();
        match test {
            Test::Set => CompiledTest::Set,
            Test::Compare { operator, value } => CompiledTest::Compare(*operator, Key::new(value, as_of)),
            Test::Between { from, to } => CompiledTest::Between(Key::new(from, as_of), Key::new(to, as_of)),
            Test::In(values) => CompiledTest::In(List::new(values, as_of)),
            Test::Contains(text) => CompiledTest::Contains(Folded::new(text)),
            Test::ContainsAny(texts) => CompiledTest::ContainsAny(folded(texts)),
            Test::ContainsAll(texts) => CompiledTest::ContainsAll(folded(texts)),
            Test::StartsWith(text) => CompiledTest::StartsWith(Folded::new(text)),
            Test::EndsWith(text) => CompiledTest::EndsWith(Folded::new(text)),
            Test::Window(window) => CompiledTest::Within(window.range(as_of)),
        }
    }

    /// Whether a value passes. Of a missing one nothing is known, so only `!=` does.
    pub fn passes(&self, value: Value<'_>) -> bool {
        if value.is_missing() {
            return matches!(self, CompiledTest::Compare(Operator::NotEqual, _));
        }
        match self {
            CompiledTest::Set => true,
            CompiledTest::Compare(operator, key) => key.compare(*operator, value),
            CompiledTest::Between(from, to) => {
                key_order(from, value).is_some_and(Ordering::is_ge)
                    && key_order(to, value).is_some_and(Ordering::is_le)
            }
            CompiledTest::In(list) => list.has(value),
            CompiledTest::Contains(text) => contains(value, text),
            CompiledTest::ContainsAny(texts) => texts.iter().any(|text| contains(value, text)),
            CompiledTest::ContainsAll(texts) => texts.iter().all(|text| contains(value, text)),
            CompiledTest::StartsWith(text) => value.any_text(|own| text.begins(own)),
            CompiledTest::EndsWith(text) => value.any_text(|own| text.ends(own)),
            CompiledTest::Within(range) => value.in_range(*range),
        }
    }
}

/// A text contains a part of itself, a list a whole text.
fn contains(value: Value<'_>, text: &Folded) -> bool {
    match value {
        Value::Text(own) => text.is_in(own),
        list => list.any_text(|own| text.is(own)),
    }
}

/// How a value stands to a number or a day of a rule; `None` for other types.
fn key_order(key: &Key, value: Value<'_>) -> Option<Ordering> {
    match key {
        Key::Number(number) => value.to_number(*number),
        Key::Day(day) => value.day().map(|own| own.cmp(day)),
        Key::Text(_) | Key::Flag(_) => None,
    }
}

impl Key {
    pub fn new(literal: &Literal, as_of: AsOf) -> Key {
        match literal {
            Literal::Text(text) => Key::Text(Folded::new(text)),
            Literal::Number(number) => Key::Number(*number),
            Literal::Day(moment) => Key::Day(moment.day(as_of)),
            Literal::Flag(flag) => Key::Flag(*flag),
        }
    }

    fn equals(&self, value: Value<'_>) -> bool {
        match self {
            Key::Text(text) => value.any_text(|own| text.is(own)),
            Key::Flag(flag) => value == Value::Flag(*flag),
            key => key_order(key, value) == Some(Ordering::Equal),
        }
    }

    fn compare(&self, operator: Operator, value: Value<'_>) -> bool {
        match operator {
            Operator::Equal => self.equals(value),
            Operator::NotEqual => !self.equals(value),
            operator => key_order(self, value).is_some_and(|order| operator.passes(order)),
        }
    }
}

impl List {
    fn new(values: &[Literal], as_of: AsOf) -> List {
        let mut list = List::default();
        for value in values {
            match Key::new(value, as_of) {
                Key::Text(text) => list.texts.push(text),
                Key::Number(number) => list.numbers.push(number),
                other => list.others.push(other),
            }
        }
        list.texts.sort();
        list.numbers.sort();
        list
    }

    fn has(&self, value: Value<'_>) -> bool {
        value.any_text(|own| self.has_text(own)) || self.has_number(value) || self.has_other(value)
    }

    fn has_text(&self, text: &str) -> bool {
        if self.texts.len() < LONG_LIST {
            return self.texts.iter().any(|own| own.is(text));
        }
        let folded = fold(text);
        self.texts.binary_search_by(|own| own.as_str().cmp(&folded)).is_ok()
    }

    fn has_number(&self, value: Value<'_>) -> bool {
        // A number's order to a value is the reverse of the value's to it.
        let order = |number: &Decimal| value.to_number(*number).map(Ordering::reverse);
        !self.numbers.is_empty()
            && order(&self.numbers[0]).is_some()
            && self.numbers.binary_search_by(|number| order(number).unwrap_or(Ordering::Less)).is_ok()
    }

    fn has_other(&self, value: Value<'_>) -> bool {
        self.others.iter().any(|key| key.equals(value))
    }
}
