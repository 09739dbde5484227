//! What a segmentation is judged by.

use crate::features::Question;
use crate::profile::{Division, Profile};
use crate::segmentations::run::{Asked, Outcome};
use model::calendar::Day;
use model::clustering::ClusterStability;
use model::money::Money;
use std::collections::BTreeMap;

/// A segmentation with all that is known to judge it by.
#[derive(Clone, Copy)]
pub struct Judged<'a> {
    /// The segmentation that is judged.
    pub division: Division<'a>,
    /// Everything that was asked for in the same run.
    pub asked: &'a [Asked],
    pub question: &'a Question,
    pub outcome: &'a Outcome,
    /// What its segments are like.
    pub profile: &'a Profile,
    pub limits: &'a Limits,
    /// The last review, if there was one.
    pub before: Option<&'a Before>,
    /// How its segments come back; `None`: stability is not judged.
    pub stabilities: Option<&'a Stabilities>,
}

/// How every segment came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Stabilities {
    pub draws: usize,
    /// In the order of the names.
    pub of: Vec<ClusterStability>,
    /// Customers of each segment among those drawn from.
    pub looked_at: Vec<u64>,
    /// Whether nothing is worked out from customers, so that nothing can change.
    pub fixed: bool,
}

/// What the user says, and what the base is like besides its customers.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// What it costs to reach one customer.
    pub contact_cost: Option<Money>,
    /// The day on which somebody asks.
    pub today: Option<Day>,
    /// Day of the newest fact.
    pub newest: Option<Day>,
    /// Actions that were written down for segments, beside those of the method.
    pub actions: BTreeMap<String, String>,
    /// What people of a market spend, where somebody wants spend held against it.
    pub market: Option<MarketSpend>,
}

/// What those of a population spend who spend least.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarketSpend {
    pub population: String,
    /// The attribute that says it.
    pub attribute: String,
    /// The upper end of the lowest fifth, in 1/10 000.
    pub limit: i64,
}

/// Sizes at a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    pub as_of: Day,
    /// Customers by name of segment.
    pub sizes: BTreeMap<String, u64>,
}

impl Judged<'_> {
    /// The base's repeat cycle: the median over customers of their own median gap, in days.
    pub(super) fn cycle_days(&self) -> Option<f64> {
        let gaps = self.division.features().iter().filter_map(|bucket| {
            bucket.column("median_gap_days")?;
            Some(bucket.numbers("median_gap_days"))
        });
        let mut days: Vec<f64> = gaps.flat_map(|gaps| gaps.iter().flatten().collect::<Vec<_>>()).collect();
        days.sort_unstable_by(f64::total_cmp);
        let middle = days.len() / 2;
        match days.len() {
            0 => None,
            count if count % 2 == 1 => Some(days[middle]),
            _ => Some((days[middle - 1] + days[middle]) / 2.0),
        }
    }
}
