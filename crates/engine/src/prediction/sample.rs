//! What models are fitted on: customers with equal histories counted together, and their spending.

use crate::features::{Features, Question, Values};
use model::money::{Money, SCALE};
use model::parallel;
use model::prediction::history::{Histories, History, Row};
use model::prediction::spend::Spender;
use model::quantiles::ValueCounts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Share of net revenue that must have a cost for money to be margin, in percent.
pub const COSTED_PERCENT_MIN: i128 = 95;
/// Bits of a number of days in a packed history: over five thousand years.
const DAY_BITS: u32 = 21;
const DAYS_MAX: i64 = (1 << DAY_BITS) - 1;
/// One of the fixed-point numbers that sums of logarithms are kept in, so that their order is no
/// matter: 2⁻³² of a unit.
const LN_SCALE: f64 = (1_u64 << 32) as f64;

/// Asks for the features that predictions are made from.
pub fn ask(question: &mut Question) {
    for name in ["revenue", "costed_revenue", "gaps", "order_span_days", "age_days", "ln_gap_weeks"] {
        question.need(name);
    }
    question.need("repeat_revenue");
    question.need("repeat_margin");
}

/// What money is: margin or revenue, the same for the whole base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    Revenue,
    Margin,
}

impl Basis {
    /// Margin where enough of all net revenue has a cost.
    pub fn of_totals(revenue: i128, costed: i128) -> Basis {
        let is_enough = revenue > 0 && costed * 100 >= COSTED_PERCENT_MIN * revenue;
        if is_enough { Basis::Margin } else { Basis::Revenue }
    }

    /// The basis of a whole base.
    pub fn of(features: &[Features]) -> Basis {
        let of_bucket = |bucket: &Features, name: &str| -> i128 {
            bucket.exact(name).iter().flatten().map(i128::from).sum()
        };
        let total = |name: &str| features.iter().map(|bucket| of_bucket(bucket, name)).sum();
        Basis::of_totals(total("revenue"), total("costed_revenue"))
    }

    /// The name in outputs.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Revenue => "revenue",
            Basis::Margin => "margin",
        }
    }

    /// The feature with the money of repeat orders.
    pub fn repeat_feature(self) -> &'static str {
        match self {
            Basis::Revenue => "repeat_revenue",
            Basis::Margin => "repeat_margin",
        }
    }
}

/// What the features of a bucket say of its customers' purchases.
#[derive(Clone, Copy)]
pub struct Purchases<'a> {
    gaps: Values<'a, i64>,
    span: Values<'a, i64>,
    age: Values<'a, i64>,
    money: Values<'a, i64>,
}

impl<'a> Purchases<'a> {
    /// Panics unless [`ask`] has asked for the features.
    pub fn new(features: &'a Features, basis: Basis) -> Purchases<'a> {
        Purchases {
            gaps: features.counts("gaps"),
            span: features.counts("order_span_days"),
            age: features.counts("age_days"),
            money: features.exact(basis.repeat_feature()),
        }
    }

    /// When the customer of a row has ordered; `None` without an order.
    pub fn history(&self, row: usize) -> Option<History> {
        let days = |value: i64| u32::try_from(value.min(DAYS_MAX)).ok();
        Some(History {
            repeats: days(self.gaps.get(row)?)?,
            last: days(self.span.get(row)?)?,
            age: days(self.age.get(row)?)?,
        })
    }

    /// Money of all repeat days in 1/10 000; 0 without such a day, or where no cost is known.
    pub fn money(&self, row: usize) -> i64 {
        self.money.get(row).unwrap_or(0)
    }

    /// Mean money of a repeat day, in units of the currency; 0 without such a day.
    pub fn mean(&self, row: usize) -> f64 {
        match self.gaps.get(row) {
            Some(repeats) if repeats > 0 => mean(self.money(row), repeats),
            _ => 0.0,
        }
    }
}

fn mean(money: i64, repeats: i64) -> f64 {
    money as f64 / (repeats * SCALE) as f64
}

/// The sufficient statistic of all models: adds up over buckets, in any order, to the same digits.
///
/// Holds at most one entry of 16 bytes per distinct history and one per distinct pair of repeat
/// days and money: for two million customers, some 60 MB.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Histories as whole numbers that sort as they do, see [`pack`].
    pub histories: ValueCounts,
    /// By the number of repeat days: money of these days together, in 1/10 000.
    pub money: BTreeMap<u32, ValueCounts>,
    /// Sum of ln(weeks) over all gaps, in 2⁻³².
    pub ln_gaps: i128,
}

impl Sample {
    /// What one bucket says.
    pub fn of(features: &Features, basis: Basis) -> Sample {
        let purchases = Purchases::new(features, basis);
        let ln_gaps = features.numbers("ln_gap_weeks");
        let (mut histories, mut money) =
            (Vec::with_capacity(features.len()), BTreeMap::<u32, Vec<i64>>::new());
        let mut sum = 0;
        for row in 0..features.len() {
            let Some(history) = purchases.history(row) else { continue };
            histories.push(pack(history));
            if history.repeats > 0 {
                money.entry(history.repeats).or_default().push(purchases.money(row));
                sum += (ln_gaps.get(row).unwrap_or(0.0) * LN_SCALE).round() as i128;
            }
        }
        let money = money.into_iter().map(|(repeats, list)| (repeats, ValueCounts::of(list))).collect();
        Sample { histories: ValueCounts::of(histories), money, ln_gaps: sum }
    }

    /// The sample of all buckets of a base.
    pub fn of_all(features: &[Features], basis: Basis, threads: usize) -> Sample {
        Sample::merge(&parallel::in_order(features.len(), threads, |at| Sample::of(&features[at], basis)))
    }

    /// Adds up what buckets said.
    pub fn merge(parts: &[Sample]) -> Sample {
        let mut money: BTreeMap<u32, Vec<&ValueCounts>> = BTreeMap::new();
        for (&repeats, set) in parts.iter().flat_map(|part| &part.money) {
            money.entry(repeats).or_default().push(set);
        }
        let histories: Vec<&ValueCounts> = parts.iter().map(|part| &part.histories).collect();
        Sample {
            histories: ValueCounts::merge_all(&histories),
            money: money
                .into_iter()
                .map(|(repeats, sets)| (repeats, ValueCounts::merge_all(&sets)))
                .collect(),
            ln_gaps: parts.iter().map(|part| part.ln_gaps).sum(),
        }
    }

    /// The histories as models take them.
    pub fn histories(&self) -> Histories {
        let rows =
            self.histories.iter().map(|(packed, customers)| Row { history: unpack(packed), customers });
        Histories::counted(rows.collect())
    }

    /// The customers with repeat days and money in them, for Gamma–Gamma.
    pub fn spenders(&self) -> Vec<Spender> {
        let sets = self.money.iter().flat_map(|(&repeats, set)| {
            let spender = move |(money, _)| Spender { repeats, mean: mean(money, repeats.into()) };
            set.iter().flat_map(move |pair| std::iter::repeat_n(spender(pair), pair.1 as usize))
        });
        sets.filter(|spender| spender.mean > 0.0).collect()
    }

    /// Mean money of a repeat day over the base, in units of the currency; 0 where it is negative or
    /// there is none.
    pub fn mean_value(&self) -> f64 {
        let (mut money, mut days) = (0_i128, 0_i128);
        for (&repeats, set) in &self.money {
            for (value, customers) in set.iter() {
                money += i128::from(value) * i128::from(customers);
                days += i128::from(repeats) * i128::from(customers);
            }
        }
        if days > 0 { (money as f64 / (days * i128::from(SCALE)) as f64).max(0.0) } else { 0.0 }
    }

    /// The sum of ln(weeks) over all gaps.
    pub fn ln_gaps(&self) -> f64 {
        self.ln_gaps as f64 / LN_SCALE
    }
}

/// Money of a number in units of the currency, to the nearest 1/10 000.
pub fn money_of(value: f64) -> Money {
    Money((value * SCALE as f64).round() as i64)
}

/// A history as one whole number; these sort as histories do.
fn pack(history: History) -> i64 {
    let [repeats, last, age] = [history.repeats, history.last, history.age].map(i64::from);
    repeats << (2 * DAY_BITS) | last << DAY_BITS | age
}

fn unpack(packed: i64) -> History {
    let part = |shift: u32| ((packed >> shift) & DAYS_MAX) as u32;
    History { repeats: part(2 * DAY_BITS), last: part(DAY_BITS), age: part(0) }
}
