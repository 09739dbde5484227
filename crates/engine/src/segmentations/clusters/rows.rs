//! Customers as rows of values, and the sample of them that clusters are made from.

use super::plan::{Plan, text_feature};
use crate::features::{Feature, Features, Unit, Values};
use crate::segmentations::centres::Categories;
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
}

impl Column<'_> {
    fn get(&self, row: usize) -> Option<i64> {
        match self {
            Column::Whole(values) | Column::Exact(values) => values.get(row),
            Column::Number(values) => values.get(row).map(|value| (value * SCALE as f64).round() as i64),
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

/// The customers of a bucket who have ordered.
pub(super) struct Buyers<'a> {
    features: &'a Features,
    orders: Values<'a, i64>,
    columns: Vec<Column<'a>>,
    attributes: &'a [String],
}

impl<'a> Buyers<'a> {
    pub fn new(plan: &'a Plan, features: &'a Features) -> Buyers<'a> {
        let column = |feature: &&'static Feature| match feature.unit {
            Unit::Count => Column::Whole(features.counts(feature.name)),
            Unit::Number => Column::Number(features.numbers(feature.name)),
            _ => Column::Exact(features.exact(feature.name)),
        };
        Buyers {
            features,
            orders: features.counts("orders"),
            columns: plan.features.iter().map(column).collect(),
            attributes: &plan.attributes,
        }
    }

    pub fn has_ordered(&self, row: usize) -> bool {
        self.orders.get(row).is_some_and(|orders| orders > 0)
    }

    /// Rows of customers who have ordered.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        (0..self.features.len()).filter(|&row| self.has_ordered(row))
    }

    /// A customer's value of a feature: whole, or in 1/10 000.
    pub fn value(&self, column: usize, row: usize) -> Option<i64> {
        self.columns[column].get(row)
    }

    /// A customer's value of an attribute.
    pub fn attribute(&self, place: usize, row: usize) -> Option<&str> {
        let name = &self.attributes[place];
        match text_feature(name) {
            Some(feature) => self.features.text(feature, row),
            None => self.features.attribute(name, row),
        }
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
