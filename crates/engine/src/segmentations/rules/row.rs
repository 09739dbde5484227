//! The values of a customer as rules ask for them.

use super::names::{CONSENT, Named, expected, named, type_of};
use super::tags::{self, TAGS};
use crate::features::table::Values;
use crate::features::{Features, Question, Unit};
use crate::segmentations::contract::{LabelColumn, Labels};
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{DictionaryArray, StringArray};
use model::calendar::Day;
use model::expression::decimal::Decimal;
use model::expression::plan::{Plan, Source};
use model::expression::tree::Expression;
use model::expression::value::{Row, Type, Value};
use std::collections::BTreeMap;

/// Some expressions over the customers of a bucket.
pub struct Bucket<'a> {
    features: &'a Features,
    slots: Vec<Slot<'a>>,
    /// Of each condition on facts of the plan its place in the question.
    facts: Vec<Option<usize>>,
}

/// Where the values of a slot are.
enum Slot<'a> {
    Nothing,
    Id(&'a StringArray),
    Count(Values<'a, i64>),
    Exact(Values<'a, i64>),
    Number(Values<'a, f64>),
    Day(Values<'a, i32>),
    Text(&'a DictionaryArray<Int32Type>),
    Label(&'a Labels),
    Attribute(Attribute<'a>),
    /// What the first says; what the second says where the first says nothing.
    Either(Attribute<'a>, Attribute<'a>),
}

/// An attribute with a value for each of its texts.
struct Attribute<'a> {
    column: &'a DictionaryArray<Int32Type>,
    values: Vec<Value<'a>>,
}

impl<'a> Bucket<'a> {
    /// `expressions` are those that the plan was made of; `labels` are columns of other
    /// segmentations.
    pub fn new(
        plan: &Plan,
        expressions: &[Expression],
        question: &Question,
        features: &'a Features,
        labels: &[&'a LabelColumn],
    ) -> Bucket<'a> {
        let types = expected(expressions);
        let slots = plan.sources().iter().map(|source| slot(source, &types, features, labels)).collect();
        let place = |condition: &Expression| question.facts.iter().position(|known| known == condition);
        Bucket { features, slots, facts: plan.fact_conditions().map(place).collect() }
    }

    /// The first expression that holds for the customer of a row.
    pub fn first(&self, plan: &Plan, row: usize) -> Option<usize> {
        plan.first_given(&|condition| self.did(condition, row), &Customer { bucket: self, row })
    }

    /// Whether an expression holds for the customer of a row.
    pub fn holds(&self, plan: &Plan, expression: usize, row: usize) -> bool {
        let customer = Customer { bucket: self, row };
        plan.holds_given(expression, &|condition| self.did(condition, row), &customer)
    }

    fn did(&self, condition: usize, row: usize) -> bool {
        self.facts[condition].is_some_and(|place| self.features.did(place, row))
    }

    /// The customer of a row.
    pub fn customer(&self, row: usize) -> Customer<'_> {
        Customer { bucket: self, row }
    }
}

/// A customer of a bucket.
pub struct Customer<'a> {
    bucket: &'a Bucket<'a>,
    row: usize,
}

impl Row for Customer<'_> {
    fn value(&self, slot: usize) -> Value<'_> {
        let row = self.row;
        let found = match &self.bucket.slots[slot] {
            Slot::Nothing => None,
            Slot::Id(ids) => Some(Value::Text(ids.value(row))),
            Slot::Count(values) => values.get(row).map(Value::Count),
            Slot::Exact(values) => values.get(row).map(|number| Value::Number(Decimal(number))),
            Slot::Number(values) => values.get(row).map(Value::Float),
            Slot::Day(values) => values.get(row).map(|day| Value::Day(Day(day))),
            Slot::Text(column) => {
                column.key(row).map(|key| Value::Text(column.values().as_string::<i32>().value(key)))
            }
            Slot::Label(labels) => Some(label(labels, row)),
            Slot::Attribute(attribute) => attribute.of(row),
            Slot::Either(first, second) => first.of(row).or_else(|| second.of(row)),
        };
        found.unwrap_or_default()
    }
}

fn label(labels: &Labels, row: usize) -> Value<'_> {
    let found = match labels {
        Labels::Names { .. } => labels.name(row).map(Value::Text),
        Labels::Flags(values) => values[row].map(Value::Flag),
        Labels::Money(values) => values[row].map(|money| Value::Number(Decimal(money))),
        Labels::Counts(values) => values[row].map(Value::Count),
        Labels::Numbers(values) => values[row].map(Value::Float),
    };
    found.unwrap_or_default()
}

fn slot<'a>(
    source: &Source,
    types: &BTreeMap<String, Type>,
    features: &'a Features,
    labels: &[&'a LabelColumn],
) -> Slot<'a> {
    match source {
        Source::Value(name) => match named(name) {
            Named::Id => Slot::Id(features.customer_ids()),
            Named::Feature(unit) => feature(name, unit, features),
            Named::Label(_) => labels
                .iter()
                .find(|column| column.name == name)
                .map_or(Slot::Nothing, |column| Slot::Label(&column.labels)),
            Named::Attribute => {
                let kind = types.get(name).copied().unwrap_or(Type::Text);
                of_attribute(Attribute::new(name, features, |text| read(text, kind)))
            }
        },
        Source::Consent(channel) => {
            let name = format!("{CONSENT}{channel}");
            of_attribute(Attribute::new(&name, features, |text| read(text, Type::Flag)))
        }
        Source::Tag(tag) => {
            let known =
                Attribute::new(&tags::attribute_of(tag), features, |text| Value::Flag(tags::holds(text)));
            let listed = Attribute::new(TAGS, features, |text| Value::Flag(tags::is_in_list(text, tag)));
            match (known, listed) {
                (Some(known), Some(listed)) => Slot::Either(known, listed),
                (known, listed) => of_attribute(known.or(listed)),
            }
        }
        // Of tags from files nothing more is known.
        Source::TagField { tag, field } => {
            of_attribute(Attribute::new(&tags::attribute_of(tag), features, |text| tags::field(text, field)))
        }
    }
}

fn of_attribute(attribute: Option<Attribute<'_>>) -> Slot<'_> {
    attribute.map_or(Slot::Nothing, Slot::Attribute)
}

fn feature<'a>(name: &str, unit: Unit, features: &'a Features) -> Slot<'a> {
    let Some(column) = features.column(name) else { return Slot::Nothing };
    match type_of(unit) {
        Type::Count => Slot::Count(features.counts(name)),
        Type::Number => Slot::Exact(features.exact(name)),
        Type::Float => Slot::Number(features.numbers(name)),
        Type::Day => Slot::Day(features.days(name)),
        _ => Slot::Text(column.as_dictionary::<Int32Type>()),
    }
}

impl<'a> Attribute<'a> {
    /// Each text is read once.
    fn new(name: &str, features: &'a Features, read: impl Fn(&'a str) -> Value<'a>) -> Option<Attribute<'a>> {
        let column = features.attribute_column(name)?.as_dictionary::<Int32Type>();
        let texts = column.values().as_string::<i32>().iter();
        Some(Attribute { column, values: texts.map(|text| text.map_or(Value::Missing, &read)).collect() })
    }

    fn of(&self, row: usize) -> Option<Value<'a>> {
        self.column.key(row).map(|key| self.values[key])
    }
}

/// The text of an attribute as a value of a type; missing where it is none.
fn read(text: &str, kind: Type) -> Value<'_> {
    let trimmed = text.trim();
    match kind {
        Type::Text | Type::List => Value::Text(text),
        Type::Number | Type::Count | Type::Float => match trimmed.parse::<Decimal>() {
            Ok(number) => Value::Number(number),
            // Finer than four decimals, or with an exponent.
            Err(_) => match trimmed.parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Float(number),
                _ => Value::Missing,
            },
        },
        Type::Day => trimmed.parse().map_or(Value::Missing, |date| Value::Day(Day::from_date(date))),
        Type::Flag => match trimmed.to_lowercase().as_str() {
            "yes" | "true" | "1" => Value::Flag(true),
            "no" | "false" | "0" => Value::Flag(false),
            _ => Value::Missing,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_as_the_rule_asks() {
        assert_eq!(read("12.50 ", Type::Number), Value::Number(Decimal(125_000)));
        assert_eq!(read("0.12345", Type::Number), Value::Float(0.123_45));
        assert_eq!(read("many", Type::Number), Value::Missing);
        assert_eq!(read("inf", Type::Number), Value::Missing);
        assert_eq!(read("1970-01-02", Type::Day), Value::Day(Day(1)));
        assert_eq!(read("2 January", Type::Day), Value::Missing);
        assert_eq!((read("Yes", Type::Flag), read("0", Type::Flag)), (Value::Flag(true), Value::Flag(false)));
        assert_eq!(read("perhaps", Type::Flag), Value::Missing);
        assert_eq!(read(" Riga", Type::Text), Value::Text(" Riga"));
    }
}
