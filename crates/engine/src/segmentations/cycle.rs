//! The repeat cycle, and who sleeps: has let more days pass since the last order than one cycle.

use super::contract::{Fit, SettingError, Summary};
use super::parse::{Reader, decimal};
use crate::features::{Features, Question, Values};
use model::calendar::Day;
use model::money::SCALE;
use model::quantiles::ValueCounts;

/// The longest cycle that can be set, in days.
const CYCLE_DAYS_MAX: i64 = 3650;
/// Set of a summary: median gaps of customers in half days, so that they stay whole.
const HALF_DAYS: &str = "median_gap_half_days";
/// Number of a fit: the cycle of those who have none of their own, in days.
pub const BASE_CYCLE_DAYS: &str = "base_cycle_days";

/// Whose cycle counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cycle {
    /// The customer's own where there are three gaps or more, else the base's.
    Own,
    /// The same number of days for everybody.
    Set(f64),
}

/// Reads the setting `cycle`: empty, `30` or `30 days`.
pub(super) fn read(reader: Reader<'_>) -> Result<Cycle, SettingError> {
    let text = reader.text("cycle");
    if text.is_empty() {
        return Ok(Cycle::Own);
    }
    let number = text.trim_end_matches("days").trim_end_matches("day");
    let days = decimal(number).filter(|&days| days > 0 && days <= CYCLE_DAYS_MAX * SCALE);
    days.map(|days| Cycle::Set(days as f64 / SCALE as f64)).ok_or_else(|| {
        reader.refuse(
            "cycle",
            format!("must be empty or days such as `30 days`, above 0 and at most {CYCLE_DAYS_MAX}"),
        )
    })
}

/// Asks for the features that a cycle needs.
pub(super) fn ask(question: &mut Question) {
    for name in ["recency_days", "median_gap_days", "cycle_days"] {
        question.need(name);
    }
}

/// Adds what the base's cycle comes from to a bucket's summary.
pub(super) fn summarise(features: &Features, summary: &mut Summary) {
    let gaps = features.numbers("median_gap_days");
    let halves = gaps.iter().flatten().map(|days| (days * 2.0).round() as i64).collect();
    summary.counts.insert(HALF_DAYS.to_owned(), ValueCounts::of(halves));
}

/// Fits the base's cycle: the median over customers of their own median gap.
pub(super) fn fit(cycle: Cycle, summary: &Summary, fit: &mut Fit) {
    match (cycle, summary.set(HALF_DAYS).median()) {
        (Cycle::Set(days), _) => {
            fit.numbers.insert(BASE_CYCLE_DAYS.to_owned(), days);
        }
        (Cycle::Own, Some(half_days)) => {
            fit.numbers.insert(BASE_CYCLE_DAYS.to_owned(), half_days / 2.0);
        }
        (Cycle::Own, None) => fit.notes.push(
            "Nobody has ordered on two different days, so the repeat cycle is unknown and nobody can be \
             called asleep."
                .to_owned(),
        ),
    }
}

/// Answers about one bucket.
pub(super) struct Sleep<'a> {
    cycle: Cycle,
    base: Option<f64>,
    own: Values<'a, f64>,
    recency: Values<'a, i64>,
}

impl<'a> Sleep<'a> {
    pub(super) fn new(cycle: Cycle, fit: &Fit, features: &'a Features) -> Sleep<'a> {
        let (own, recency) = (features.numbers("cycle_days"), features.counts("recency_days"));
        Sleep { cycle, base: fit.number(BASE_CYCLE_DAYS), own, recency }
    }

    /// Whether the cycle is the customer's own.
    pub(super) fn is_own(&self, row: usize) -> bool {
        self.cycle == Cycle::Own && self.own.get(row).is_some()
    }

    /// The cycle that holds for a customer, in days; `None` where nobody knows.
    pub(super) fn cycle_days(&self, row: usize) -> Option<f64> {
        match self.cycle {
            Cycle::Set(days) => Some(days),
            Cycle::Own => self.own.get(row).or(self.base),
        }
    }

    /// Whether more days than one cycle have passed since the last order; `None` where the cycle is
    /// unknown or there is no order.
    pub(super) fn asleep(&self, row: usize) -> Option<bool> {
        let recency = self.recency.get(row)?;
        self.cycle_days(row).map(|days| recency as f64 > days)
    }

    /// The first day on which the customer sleeps, unless an order comes before.
    pub(super) fn first_day(&self, question: &Question, row: usize) -> Option<Day> {
        let recency = self.recency.get(row)?;
        let days = self.cycle_days(row)?.floor() as i64 + 1;
        Some(question.as_of.0.plus(i32::try_from(days - recency).ok()?))
    }
}
