//! Feature tables as text, and what segmentations make of them.

use crate::features::{FEATURES, Features, Question, Unit};
use crate::segmentations::run::{self, Asked};
use crate::segmentations::{Labels, Outcome, SettingError, find, parse};
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, Date32Array, Decimal64Array, DictionaryArray, Float64Array, Int64Array, StringArray,
};
use model::calendar::{AsOf, Day};
use model::quantiles::ValueCounts;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Customers and their features as text; an empty cell is a missing value. The first column is the
/// customer id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    /// Amounts of all orders; empty: `median_order`, as often as `orders` says.
    pub(crate) order_amounts: Vec<i64>,
}

/// What came out, as text.
pub(crate) struct Shown {
    pub(crate) columns: Vec<&'static str>,
    /// By customer id.
    pub(crate) labels: BTreeMap<String, Vec<String>>,
    pub(crate) outcome: Outcome,
    pub(crate) question: Question,
    pub(crate) buckets: Vec<Features>,
}

/// Asks one segmentation about a table that is spread over buckets: row `i` lies in bucket
/// `i % buckets`.
pub(crate) fn show(
    name: &str,
    settings: &[(String, String)],
    as_of: AsOf,
    table: &Table,
    buckets: usize,
    threads: usize,
) -> Result<Shown, SettingError> {
    let segmentation = find(name).expect("a known segmentation");
    let given = settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let asked = vec![Asked::new(segmentation, given)?];
    let question = run::question(&asked, as_of)?;
    let spread: Vec<Features> = (0..buckets).map(|bucket| table.bucket(&question, bucket, buckets)).collect();
    let outcome = run::run(&asked, &question, &spread, threads);
    let mut labels = BTreeMap::new();
    for (features, columns) in spread.iter().zip(&outcome.labels) {
        for row in 0..features.len() {
            let texts = columns.iter().map(|column| text(&column.labels, row)).collect();
            labels.insert(features.customer_ids().value(row).to_owned(), texts);
        }
    }
    let columns = outcome.labels[0].iter().map(|column| column.name).collect();
    Ok(Shown { columns, labels, outcome, question, buckets: spread })
}

impl Table {
    /// The rows of one bucket, sorted by customer id, with the features asked for and no others.
    pub(crate) fn bucket(&self, question: &Question, bucket: usize, buckets: usize) -> Features {
        let mut rows: Vec<&Vec<String>> = self.rows.iter().skip(bucket).step_by(buckets).collect();
        rows.sort();
        let ids: StringArray = rows.iter().map(|row| Some(row[0].as_str())).collect();
        let asked =
            FEATURES.iter().filter(|feature| question.features.iter().any(|name| name == feature.name));
        let columns = asked.map(|feature| {
            let cells: Vec<&str> = match self.column(feature.name) {
                Some(place) => rows.iter().map(|row| row[place].as_str()).collect(),
                None => vec![""; rows.len()],
            };
            (feature.name, array(feature.unit, &cells))
        });
        let attributes = question.attributes.iter().map(|name| {
            let cells: Vec<&str> = match self.column(name) {
                Some(place) => rows.iter().map(|row| row[place].as_str()).collect(),
                None => vec![""; rows.len()],
            };
            (name.clone(), array(Unit::Text, &cells))
        });
        let features = Features::new(ids, columns.collect()).with_attributes(attributes.collect());
        if question.order_amounts {
            features.with_order_amounts(self.amounts(&rows, bucket))
        } else {
            features
        }
    }

    /// Windows are all history where a table does not say otherwise.
    fn column(&self, name: &str) -> Option<usize> {
        let find = |name: &str| self.header.iter().position(|known| known == name);
        find(name).or_else(|| find(name.strip_prefix("window_")?))
    }

    fn amounts(&self, rows: &[&Vec<String>], bucket: usize) -> ValueCounts {
        if !self.order_amounts.is_empty() {
            return ValueCounts::of(if bucket == 0 { self.order_amounts.clone() } else { Vec::new() });
        }
        let cell = |row: &[String], name: &str| self.column(name).map(|place| row[place].clone());
        let mut list = Vec::new();
        for row in rows {
            let orders: usize = cell(row, "orders").and_then(|text| text.parse().ok()).unwrap_or(0);
            let amount = cell(row, "median_order").and_then(|text| decimal(&text));
            list.extend(amount.into_iter().flat_map(|amount| std::iter::repeat_n(amount, orders)));
        }
        ValueCounts::of(list)
    }
}

/// A decimal with a sign, in 1/10 000.
pub(crate) fn decimal(text: &str) -> Option<i64> {
    match text.strip_prefix('-') {
        Some(rest) => parse::decimal(rest).map(|value| -value),
        None => parse::decimal(text),
    }
}

pub(crate) fn day(text: &str) -> Day {
    Day::from_date(text.parse().expect("a date such as 2026-11-22"))
}

fn array(unit: Unit, cells: &[&str]) -> ArrayRef {
    let filled = cells.iter().map(|cell| Some(*cell).filter(|cell| !cell.is_empty()));
    match unit {
        Unit::Count => {
            Arc::new(filled.map(|cell| cell.map(|text| text.parse().unwrap())).collect::<Int64Array>())
        }
        Unit::Day => Arc::new(filled.map(|cell| cell.map(|text| day(text).0)).collect::<Date32Array>()),
        Unit::Money | Unit::Quantity => {
            let values = filled.map(|cell| cell.map(|text| decimal(text).unwrap()));
            let array = values.collect::<Decimal64Array>().with_precision_and_scale(18, 4);
            Arc::new(array.expect("values in range"))
        }
        Unit::Number => {
            Arc::new(filled.map(|cell| cell.map(|text| text.parse().unwrap())).collect::<Float64Array>())
        }
        Unit::Text => Arc::new(filled.collect::<DictionaryArray<Int32Type>>()),
    }
}

/// A label as outputs would have it; missing ones are empty.
pub(crate) fn text(labels: &Labels, row: usize) -> String {
    let shown = match labels {
        Labels::Names { .. } => labels.name(row).map(str::to_owned),
        Labels::Flags(values) => values[row].map(|value| value.to_string()),
        Labels::Money(values) => values[row].map(|value| model::money::Money(value).to_string()),
        Labels::Counts(values) => values[row].map(|value| value.to_string()),
        Labels::Numbers(values) => values[row].map(|value| value.to_string()),
    };
    shown.unwrap_or_default()
}

#[test]
fn tables_become_features() {
    let table = Table {
        header: ["customer", "orders", "median_order"].map(str::to_owned).to_vec(),
        rows: vec![
            ["b", "2", "1.50"].map(str::to_owned).to_vec(),
            ["a", "1", "-3"].map(str::to_owned).to_vec(),
            ["c", "", ""].map(str::to_owned).to_vec(),
        ],
        order_amounts: Vec::new(),
    };
    let mut question = Question::new(AsOf(Day(0)));
    question.need("median_order");
    question.need("window_orders");
    question.order_amounts = true;
    let bucket = table.bucket(&question, 0, 1);
    let ids: Vec<_> = bucket.customer_ids().iter().flatten().collect();
    assert_eq!(ids, ["a", "b", "c"]);
    assert_eq!(bucket.exact("median_order").iter().collect::<Vec<_>>(), [Some(-30_000), Some(15_000), None]);
    assert_eq!(bucket.counts("window_orders").iter().collect::<Vec<_>>(), [Some(1), Some(2), None]);
    assert_eq!(bucket.order_amounts(), &ValueCounts::of(vec![-30_000, 15_000, 15_000]));
    assert!(bucket.column("orders").is_none() && bucket.customer_ids().len() == 3);
}
