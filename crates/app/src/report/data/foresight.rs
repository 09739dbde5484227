//! What customers are likely to do: predictions with their check, and interests.

use super::Basis;
use model::calendar::Day;
use model::money::Money;
use serde::{Deserialize, Serialize};

/// What is predicted of the whole base, and whether such predictions were right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// The model that predicts, such as `mbg_cnbd_k`.
    pub model: String,
    /// Every model that was fitted, with Akaike's criterion: the smallest predicts.
    pub compared: Vec<(String, f64)>,
    /// What value is counted on.
    pub basis: Basis,
    /// Days ahead that orders are expected in.
    pub days: u32,
    pub buyers: u64,
    /// Expected orders of all buyers in these days.
    pub orders: f64,
    /// Expected value of all buyers in the next 365 days, discounted.
    pub value: Money,
    /// Buyers by the probability that they have not left: fifths of it, from the least.
    pub alive: Vec<u64>,
    /// Sum of these probabilities: how many are expected to be still there.
    pub expected_alive: f64,
    /// No customer is seen to leave for good, so everybody counts as active.
    pub all_active: bool,
    /// `None` where the history is too short to hold a part of it out.
    pub check: Option<PredictionCheck>,
}

/// A model fitted on the past only, beside what came then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PredictionCheck {
    /// First and last day of the time held out.
    pub from: Day,
    pub to: Day,
    pub days: u32,
    /// The model that was the best by what was known before.
    pub model: String,
    /// Customers known at the beginning.
    pub customers: u64,
    pub actual_orders: u64,
    pub expected_orders: f64,
    /// The model, then every simple rule.
    pub orders: Vec<Error>,
    pub orders_standing: Standing,
    pub money: Vec<Error>,
    pub money_standing: Standing,
    pub by_frequency: Vec<FrequencyCheck>,
    /// Orders of these customers after their first, from the base's first day on, added up by week.
    pub weeks: Vec<WeekCheck>,
}

/// How far somebody's predictions were off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Error {
    /// Name of the model or the rule.
    pub by: String,
    /// Root of the mean squared error, in orders or units of money per customer.
    pub rmse: f64,
    /// How much more (or less, below 0) was predicted in all than came, as a share of what came.
    pub bias: Option<f64>,
}

/// How a model stands beside simple rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", content = "rule", rename_all = "snake_case")]
pub enum Standing {
    Better,
    /// Errs less than every rule; beside this one it may be chance.
    MayBeChance(String),
    NoBetter(String),
    Worse(String),
}

/// Customers with one past frequency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrequencyCheck {
    /// Repeat days before; the last row also has all above.
    pub repeats: u32,
    pub customers: u64,
    /// Mean days with an order of a customer in the time held out.
    pub actual: f64,
    pub expected: f64,
}

/// Repeat orders up to the end of a week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeekCheck {
    pub day: Day,
    pub actual: u64,
    pub expected: f64,
}

/// What customers are interested in now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interests {
    /// Customers of the base, and those of them with any interest.
    pub customers: u64,
    pub interested: u64,
    pub half_life_days: f64,
    /// Categories that are told apart, and those left out because they are too rare.
    pub categories: u64,
    pub left_out: u64,
    /// The categories that weigh the most, descending.
    pub top: Vec<Interest>,
    /// Pairs that are surely bought together more often than by chance, the surest first.
    pub pairs: Vec<InterestPair>,
}

/// Interest in one category.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interest {
    pub name: String,
    /// Sum of the weights of all tags.
    pub weight: f64,
    pub by_purchases: u64,
    pub by_relation: u64,
    pub by_hand: u64,
    /// Customers who have just bought it and want no more for now.
    pub satisfied: u64,
}

/// Buyers of one category who buy another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InterestPair {
    pub from: String,
    pub to: String,
    /// Buyers of both.
    pub both: u64,
    /// Share of the buyers of `from` who bought `to`, and its lower bound at 95 %.
    pub share: f64,
    pub bound: f64,
    /// Share of all buyers who bought `to`.
    pub usual: f64,
}
