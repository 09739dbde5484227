//! Whether predictions were right: against what happened after a date, and beside simple rules.
//!
//! The base is cut at a date; models and rules see what was before, and are measured on the orders
//! of the same customers in the weeks after it.

pub mod accuracy;
pub mod rules;
pub mod standing;
pub mod tracking;

use super::history::{Histories, History, weeks};
use super::models::FittedOrders;
use accuracy::{Accuracy, Pair, accuracy};
use rules::{RULES, Rule};
use serde::Serialize;

/// How many of its standard errors a model's gain in mean squared error over a rule must be, to
/// count as more than luck (one-sided 5 %).
const GAIN_ERRORS_MIN: f64 = 1.645;
/// The last class of past frequency: this many repeat orders or more.
pub const FREQUENCY_LAST: u32 = 7;

/// Customers with the same past and the same number of orders in the holdout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// What was known at the cut.
    pub history: History,
    /// Days with orders, the first one included, in the last [`rules::RECENT_DAYS`] before the cut.
    pub recent: u32,
    /// Days with orders in the holdout.
    pub actual: u32,
    /// How many customers are so.
    pub customers: u64,
}

/// A rule's figures.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RuleCheck {
    pub rule: Rule,
    pub accuracy: Accuracy,
    /// Mean squared error of the rule less that of the model: positive where the model is better.
    pub gain: f64,
    /// Standard error of the gain, customers being compared one by one.
    pub gain_error: f64,
}

/// What the comparison says.
///
/// Mean squared error decides: of the usual measures only it is smallest for the true expectation.
/// (The mean absolute error is smallest for the median, which for most bases is zero orders, and
/// ranking measures do not see a prediction that is twice too large.) A model is better than a
/// rule if its gain is positive by more than chance would give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Better than every rule.
    Better,
    /// No better than this rule, of such rules the one with the smallest squared error.
    NoBetterThan(Rule),
}

/// Expected and actual orders of customers with one past frequency.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct FrequencyRow {
    /// Repeat orders before the cut; the last row also has all above.
    pub repeats: u32,
    pub customers: u64,
    /// Mean orders of a customer in the holdout.
    pub actual: f64,
    pub expected: f64,
}

/// A model's predictions of something beside those of rules.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    pub model: Accuracy,
    pub rules: Vec<RuleCheck>,
    pub verdict: Verdict,
}

/// How a model did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HoldoutCheck {
    pub model: Accuracy,
    pub rules: Vec<RuleCheck>,
    pub verdict: Verdict,
    /// By past frequency 0, 1, … [`FREQUENCY_LAST`]; frequencies that nobody has are left out.
    pub by_frequency: Vec<FrequencyRow>,
}

/// Checks a model that was fitted on what was before the cut. `days` is the length of the holdout.
/// The order of `held` does not matter. `None` without customers or without days.
pub fn check(model: &FittedOrders, mut held: Vec<Held>, days: u32, threads: usize) -> Option<HoldoutCheck> {
    if held.iter().all(|one| one.customers == 0) || days == 0 {
        return None;
    }
    held.sort_unstable_by_key(|one| (one.history, one.recent, one.actual, one.customers));
    let horizon = weeks(days);
    let histories = Histories::new(held.iter().map(|one| one.history));
    let orders = histories.map(threads, |history| model.process().orders(&history.past(), horizon));
    let expected: Vec<f64> = held
        .iter()
        .map(|one| match histories.position(one.history) {
            Some(row) => orders[row],
            None => model.process().orders(&one.history.past(), horizon),
        })
        .collect();
    let pairs = |predicted: &dyn Fn(usize) -> f64| -> Vec<Pair> {
        let pair = |(i, one): (usize, &Held)| Pair {
            predicted: predicted(i),
            actual: f64::from(one.actual),
            customers: one.customers,
        };
        held.iter().enumerate().map(pair).collect()
    };
    let own = pairs(&|i| expected[i]);
    let theirs = |rule: Rule| pairs(&|i| rule.orders(&held[i], days));
    let Comparison { model, rules, verdict } = compare(&own, theirs);
    let by_frequency = by_frequency(&held, &expected);
    Some(HoldoutCheck { model, rules, verdict, by_frequency })
}

/// Compares a model's predictions with those of every rule, which are asked for one after the other
/// and must be for the same customers in the same order.
pub fn compare(own: &[Pair], theirs: impl Fn(Rule) -> Vec<Pair>) -> Comparison {
    let checked = |&rule: &Rule| {
        let theirs = theirs(rule);
        let (gain, gain_error) = gain(own, &theirs);
        RuleCheck { rule, accuracy: accuracy(&theirs), gain, gain_error }
    };
    let rules: Vec<RuleCheck> = RULES.iter().map(checked).collect();
    let unbeaten = rules.iter().filter(|check| check.gain <= GAIN_ERRORS_MIN * check.gain_error);
    let verdict = unbeaten
        .min_by(|one, other| one.accuracy.rmse.total_cmp(&other.accuracy.rmse))
        .map_or(Verdict::Better, |check| Verdict::NoBetterThan(check.rule));
    Comparison { model: accuracy(own), rules, verdict }
}

/// Mean over customers of the rule's squared error less the model's, and its standard error.
fn gain(model: &[Pair], rule: &[Pair]) -> (f64, f64) {
    let gains = || {
        model.iter().zip(rule).map(|(own, theirs)| {
            let squared = |pair: &Pair| (pair.predicted - pair.actual).powi(2);
            (squared(theirs) - squared(own), own.customers as f64)
        })
    };
    let count: f64 = gains().map(|(_, customers)| customers).sum();
    let mean = gains().map(|(gain, customers)| gain * customers).sum::<f64>() / count;
    let variance = gains().map(|(gain, customers)| (gain - mean).powi(2) * customers).sum::<f64>() / count;
    (mean, (variance / count).sqrt())
}

fn by_frequency(held: &[Held], expected: &[f64]) -> Vec<FrequencyRow> {
    let mut rows: Vec<FrequencyRow> = (0..=FREQUENCY_LAST)
        .map(|repeats| FrequencyRow { repeats, customers: 0, actual: 0.0, expected: 0.0 })
        .collect();
    for (one, expected) in held.iter().zip(expected) {
        let row = &mut rows[one.history.repeats.min(FREQUENCY_LAST) as usize];
        row.customers += one.customers;
        row.actual += one.customers as f64 * f64::from(one.actual);
        row.expected += one.customers as f64 * expected;
    }
    rows.retain(|row| row.customers > 0);
    for row in &mut rows {
        row.actual /= row.customers as f64;
        row.expected /= row.customers as f64;
    }
    rows
}
