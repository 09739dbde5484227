//! Medians of the deals looked at, by which each is judged.

use super::gathered::Deal;
use super::settings::Plan;
use model::quantiles::ValueCounts;
use serde::Serialize;

/// Of known amounts, this many parts: the highest is the top quarter.
const TOP_PARTS: u64 = 4;

/// A limit that figures are held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// Twice its value, in 1/10 000: a median may lie halfway between two values.
    pub twice: i64,
    /// Deals whose figure is known.
    pub known: u64,
    /// Somebody set it.
    pub set: bool,
}

/// All limits; `None` where no deal has the figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Limits {
    pub days: Option<Limit>,
    pub questions: Option<Limit>,
    pub discount: Option<Limit>,
    pub margin: Option<Limit>,
    pub effort: Option<Limit>,
    /// Amounts from here are in the top quarter.
    pub large: Option<Limit>,
}

impl Limit {
    /// Whether a value is at most the limit.
    pub fn allows(self, value: i64) -> bool {
        i128::from(value) * 2 <= i128::from(self.twice)
    }

    /// Whether a value is at least the limit.
    pub fn is_reached_by(self, value: i64) -> bool {
        i128::from(value) * 2 >= i128::from(self.twice)
    }

    /// The limit in units.
    pub fn to_f64(self) -> f64 {
        self.twice as f64 / 2.0 / model::money::SCALE as f64
    }
}

impl Limits {
    /// The limits of some deals, those that were set taken as they are.
    pub fn of(deals: &[Deal], plan: &Plan) -> Limits {
        let limit = |set: Option<i64>, figure: fn(&Deal) -> Option<i64>| {
            let known = ValueCounts::of(deals.iter().filter_map(figure).collect());
            decided(set, &known, median)
        };
        let amounts = ValueCounts::of(deals.iter().filter_map(|deal| deal.amount).collect());
        Limits {
            days: limit(plan.days, Deal::days_to_close),
            questions: limit(plan.questions, |deal| deal.questions),
            discount: limit(plan.discount, |deal| deal.discount),
            margin: limit(plan.margin, |deal| deal.margin),
            effort: limit(plan.effort, |deal| deal.effort),
            large: decided(plan.large, &amounts, top_quarter),
        }
    }
}

fn decided(set: Option<i64>, known: &ValueCounts, twice: fn(&ValueCounts) -> Option<i64>) -> Option<Limit> {
    let count = known.total();
    match set {
        Some(value) => Some(Limit { twice: value.saturating_mul(2), known: count, set: true }),
        None => Some(Limit { twice: twice(known)?, known: count, set: false }),
    }
}

/// Twice the median: the two middle values, which are one where their number is odd.
fn median(known: &ValueCounts) -> Option<i64> {
    let total = known.total();
    let (low, high) = (known.at_rank(total.div_ceil(2))?, known.at_rank(total / 2 + 1)?);
    Some(low.saturating_add(high))
}

/// Twice the amount at rank ceil(n / 4) from the top.
fn top_quarter(known: &ValueCounts) -> Option<i64> {
    let total = known.total();
    let rank = (total + 1).checked_sub(total.div_ceil(TOP_PARTS).max(1))?;
    Some(known.at_rank(rank)?.saturating_mul(2))
}
