//! Sizes and money of segments, exact, by one or several label columns.

use super::contract::{Codes, LabelColumn, Labels};
use crate::features::{Features, Question, Values};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Features that are added up where they were asked for.
const ORDERS: &str = "orders";
const REVENUE: &str = "revenue";
const MARGIN: &str = "margin";
const COSTED: &str = "costed_revenue";
/// How a flag is named as a segment.
const FLAGS: [&str; 3] = ["true", "false", "unknown"];

/// What a group of customers adds up to. Money in 1/10 000.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    pub customers: u64,
    pub orders: i128,
    pub revenue: i128,
    /// Over lines whose cost is known, see `costed_revenue`.
    pub margin: i128,
    /// Net revenue of the lines whose cost is known: how much of `revenue` the margin is of.
    pub costed_revenue: i128,
}

impl Sums {
    /// Takes the customers of another group in.
    pub fn add(&mut self, other: &Sums) {
        self.customers += other.customers;
        self.orders += other.orders;
        self.revenue += other.revenue;
        self.margin += other.margin;
        self.costed_revenue += other.costed_revenue;
    }
}

/// What the customers of a bucket add to sums. Features that were not asked for count as zero.
pub(super) struct Tallied<'a> {
    orders: Option<Values<'a, i64>>,
    money: [Option<Values<'a, i64>>; 3],
}

impl<'a> Tallied<'a> {
    pub(super) fn new(bucket: &'a Features) -> Tallied<'a> {
        let exact = |name| bucket.column(name).map(|_| bucket.exact(name));
        Tallied {
            orders: bucket.column(ORDERS).map(|_| bucket.counts(ORDERS)),
            money: [REVENUE, MARGIN, COSTED].map(exact),
        }
    }

    /// The customer in a row.
    pub(super) fn customer(&self, row: usize) -> Sums {
        let [revenue, margin, costed_revenue] =
            self.money.map(|column| i128::from(column.and_then(|column| column.get(row)).unwrap_or(0)));
        let orders = i128::from(self.orders.and_then(|column| column.get(row)).unwrap_or(0));
        Sums { customers: 1, orders, revenue, margin, costed_revenue }
    }
}

/// The base taken apart by label columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// The columns grouped by, each with all its names in order.
    pub by: Vec<(String, Vec<String>)>,
    /// Groups that have customers: the place of each column's name, in order of places.
    groups: Vec<(Vec<u16>, Sums)>,
}

/// Why a tally cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TallyError {
    #[error("there is no label column `{0}`; run the segmentation that gives it")]
    NoColumn(String),
    #[error("`{0}` holds numbers, not segments; group by a column of names or of true and false")]
    NotNames(String),
}

/// Asks for the features that are added up.
pub fn ask(question: &mut Question) {
    for name in [ORDERS, REVENUE, MARGIN, COSTED] {
        question.need(name);
    }
}

impl Tally {
    /// Adds up all buckets: `features` and `labels` are parallel. Features that were not asked for
    /// count as zero.
    ///
    /// # Errors
    /// A column that is not there or holds no segments.
    pub fn of(by: &[&str], features: &[Features], labels: &[Vec<LabelColumn>]) -> Result<Tally, TallyError> {
        let mut names: Vec<(String, Vec<String>)> =
            by.iter().map(|&name| (name.to_owned(), Vec::new())).collect();
        let mut groups: BTreeMap<Vec<u16>, Sums> = BTreeMap::new();
        for (bucket, columns) in features.iter().zip(labels) {
            let chosen: Vec<&Labels> =
                by.iter().map(|name| find(name, columns)).collect::<Result<_, TallyError>>()?;
            for ((_, list), labels) in names.iter_mut().zip(&chosen) {
                if list.is_empty() {
                    *list = segment_names(labels);
                }
            }
            let tallied = Tallied::new(bucket);
            let mut key = vec![0; chosen.len()];
            for row in 0..bucket.len() {
                for (place, labels) in key.iter_mut().zip(&chosen) {
                    *place = segment_place(labels, row);
                }
                let one = tallied.customer(row);
                match groups.get_mut(&key) {
                    Some(sums) => sums.add(&one),
                    None => _ = groups.insert(key.clone(), one),
                }
            }
        }
        Ok(Tally { by: names, groups: groups.into_iter().collect() })
    }

    /// The groups that have customers, in the order of the columns' names.
    pub fn iter(&self) -> impl Iterator<Item = (Vec<&str>, &Sums)> {
        self.groups.iter().map(|(key, sums)| {
            let names =
                key.iter().zip(&self.by).map(|(&place, (_, names))| names[usize::from(place)].as_str());
            (names.collect(), sums)
        })
    }

    /// The sums of a group; zeros where it has no customers.
    pub fn group(&self, names: &[&str]) -> Sums {
        self.iter().find(|(known, _)| known == names).map(|(_, sums)| *sums).unwrap_or_default()
    }

    /// The sums of the whole base.
    pub fn whole(&self) -> Sums {
        let mut whole = Sums::default();
        for (_, sums) in &self.groups {
            whole.add(sums);
        }
        whole
    }
}

/// Adds up the customers of each segment, given the place of each customer's segment by bucket.
pub(crate) fn by_code<'a>(
    segments: usize,
    features: &[Features],
    codes: &dyn Fn(usize) -> &'a Codes,
) -> Vec<Sums> {
    let mut sums = vec![Sums::default(); segments];
    for (place, bucket) in features.iter().enumerate() {
        let tallied = Tallied::new(bucket);
        for (row, code) in codes(place).iter().enumerate() {
            sums[usize::from(code)].add(&tallied.customer(row));
        }
    }
    sums
}

pub(super) fn find<'a>(name: &str, columns: &'a [LabelColumn]) -> Result<&'a Labels, TallyError> {
    let column = columns.iter().find(|column| column.name == name);
    match column.map(|column| &column.labels) {
        Some(labels @ (Labels::Names { .. } | Labels::Flags(_))) => Ok(labels),
        Some(_) => Err(TallyError::NotNames(name.to_owned())),
        None => Err(TallyError::NoColumn(name.to_owned())),
    }
}

pub(super) fn segment_names(labels: &Labels) -> Vec<String> {
    match labels {
        Labels::Names { names, .. } => names.clone(),
        _ => FLAGS.map(str::to_owned).to_vec(),
    }
}

pub(super) fn segment_place(labels: &Labels, row: usize) -> u16 {
    match labels {
        Labels::Names { codes, .. } => codes.get(row),
        Labels::Flags(values) => values[row].map_or(2, |value| u16::from(!value)),
        _ => 0,
    }
}
