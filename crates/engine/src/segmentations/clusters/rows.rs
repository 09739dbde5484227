//! Customers as rows of values, and the sample of them that clusters are made from.

use super::plan::{Plan, text_feature};
use crate::features::{Feature, Features, Unit, Values};
use crate::segmentations::centres::{Categories, Scaled};
use model::clustering;
use model::money::SCALE;
use std::collections::HashMap;
use twox_hash::XxHash3_64;

/// Most customers that clusters are made from; of more a sample is. Sampling moves a centre by less
/// than a hundredth of the spread of its cluster, and a summary stays under two megabytes.
pub const SAMPLE_ROWS_MAX: u64 = 20_000;
/// A value that is missing, in a row.
pub(super) const MISSING: i64 = i64::MIN;
/// Keeps the sample apart from buckets, which are a hash of the same ids.
const SALT: u64 = 0x636c_7573_7465_7273;

/// A feature of one bucket, exact.
enum Column<'a> {
    Whole(Values<'a, i64>),
    /// In 1/10 000.
    Exact(Values<'a, i64>),
    /// Rounded to 1/10 000, so that what is said in rules is what labels go by.
    Number(Values<'a, f64>),
    /// Whether each customer has said yes.
    Answers(Vec<Option<bool>>),
}

impl Column<'_> {
    fn get(&self, row: usize) -> Option<i64> {
        match self {
            Column::Whole(values) | Column::Exact(values) => values.get(row),
            Column::Number(values) => values.get(row).map(|value| (value * SCALE as f64).round() as i64),
            Column::Answers(values) => values[row].map(i64::from),
        }
    }
}

/// A value in its own unit.
pub(super) fn in_unit(feature: &Feature, value: i64) -> f64 {
    match feature.unit {
        Unit::Count => value as f64,
        _ => value as f64 / SCALE as f64,
    }
}

/// A value of a column of numbers in its own unit; that of an answer is 0 or 1.
pub(super) fn in_own_unit(plan: &Plan, column: usize, value: i64) -> f64 {
    plan.features.get(column).map_or(value as f64, |feature| in_unit(feature, value))
}

/// The customers of a bucket who are grouped: those who have ordered, or answered where it is by answers
/// alone.
pub(super) struct Buyers<'a> {
    features: &'a Features,
    orders: Values<'a, i64>,
    columns: Vec<Column<'a>>,
    plan: &'a Plan,
}

impl<'a> Buyers<'a> {
    /// `numbers` are the columns so far as they are known: what counts as yes is only after the first round.
    pub fn new(plan: &'a Plan, numbers: &[Scaled], features: &'a Features) -> Buyers<'a> {
        let column = |feature: &&'static Feature| match feature.unit {
            Unit::Count => Column::Whole(features.counts(feature.name)),
            Unit::Number => Column::Number(features.numbers(feature.name)),
            _ => Column::Exact(features.exact(feature.name)),
        };
        let mut columns: Vec<Column<'_>> = plan.features.iter().map(column).collect();
        columns.extend(numbers.iter().skip(plan.features.len()).map(|column| answers(column, features)));
        Buyers { features, orders: features.counts("orders"), columns, plan }
    }

    pub fn is_grouped(&self, row: usize) -> bool {
        match self.plan.is_of_answers() {
            true => self.plan.answers.iter().any(|name| text(self.features, name, row).is_some()),
            false => self.orders.get(row).is_some_and(|orders| orders > 0),
        }
    }

    /// Rows of customers who are grouped.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        (0..self.features.len()).filter(|&row| self.is_grouped(row))
    }

    /// A customer's answer as it is written.
    pub fn answer(&self, place: usize, row: usize) -> Option<&str> {
        text(self.features, &self.plan.answers[place], row)
    }

    /// A customer's value of a feature: whole, or in 1/10 000.
    pub fn value(&self, column: usize, row: usize) -> Option<i64> {
        self.columns[column].get(row)
    }

    /// A customer's value of an attribute.
    pub fn attribute(&self, place: usize, row: usize) -> Option<&str> {
        text(self.features, &self.plan.attributes[place], row)
    }

    /// Codes of an attribute, one per customer of the bucket, as `categories` has them;
    /// [`clustering::MISSING`] where it is not known.
    pub fn codes(&self, place: usize, categories: &Categories) -> Vec<u32> {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut code = |value| *known.entry(value).or_insert_with(|| code_of(categories, value));
        let values = (0..self.features.len()).map(|row| self.attribute(place, row));
        values.map(|value| value.map_or(clustering::MISSING, &mut code)).collect()
    }

    /// Rows of the customers in the sample, each with its mark.
    pub fn sample(&self, seed: u64, customers: u64) -> impl Iterator<Item = (usize, u64)> {
        let most = mark_max(customers);
        self.rows().filter_map(move |row| {
            let mark = XxHash3_64::oneshot_with_seed(
                seed ^ SALT,
                self.features.customer_ids().value(row).as_bytes(),
            );
            (mark <= most).then_some((row, mark))
        })
    }
}

/// The value of an attribute or of a feature that is a text.
fn text<'a>(features: &'a Features, name: &str, row: usize) -> Option<&'a str> {
    match text_feature(name) {
        Some(feature) => features.text(feature, row),
        None => features.attribute(name, row),
    }
}

/// Who has said yes; nobody is known to where the attribute has not two values.
fn answers<'a>(column: &Scaled, features: &Features) -> Column<'a> {
    let Some(yes) = column.yes.as_deref().map(folded) else {
        return Column::Answers(vec![None; features.len()]);
    };
    let mut known: HashMap<&str, bool> = HashMap::new();
    let said = |row| {
        let value = text(features, &column.feature, row)?;
        Some(*known.entry(value).or_insert_with(|| folded(value) == yes))
    };
    Column::Answers((0..features.len()).map(said).collect())
}

/// A value as it is compared: the language of rules takes capital and small letters for equal.
pub(super) fn folded(value: &str) -> String {
    value.chars().flat_map(char::to_lowercase).collect()
}

/// The code of a value; the one after all where it is none that is told apart.
fn code_of(categories: &Categories, value: &str) -> u32 {
    let value = folded(value);
    let place = categories.values.iter().position(|known| folded(known) == value);
    place.unwrap_or(categories.values.len()) as u32
}

/// The highest mark of a customer in the sample: marks are even, so this many of all are below it.
pub(super) fn mark_max(customers: u64) -> u64 {
    if customers <= SAMPLE_ROWS_MAX {
        return u64::MAX;
    }
    ((u128::from(SAMPLE_ROWS_MAX) << u64::BITS) / u128::from(customers)) as u64
}
