//! How far predictions are from what happened.

use serde::{Deserialize, Serialize};

/// Customers with one prediction and one outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    pub predicted: f64,
    pub actual: f64,
    pub customers: u64,
}

/// The measures. Those that do not exist (no spread, no actual orders) are `None`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Accuracy {
    pub customers: u64,
    /// Root of the mean squared error.
    pub rmse: f64,
    /// Mean absolute error. Rewards predicting zero: never to be judged by alone.
    pub mae: f64,
    /// Predicted over actual total, less 1.
    pub bias: Option<f64>,
    /// Gini of the actual values in the order of the predictions over that in their own order: 1
    /// ranks perfectly, 0 is no better than chance. Equal predictions share what they catch.
    pub gini: Option<f64>,
    /// What the tenth of customers with the highest predictions brought, as a share of what the
    /// best tenth brought. Customers with equal predictions at the edge come in by their share.
    pub top_decile: Option<f64>,
    /// Pearson's correlation.
    pub correlation: Option<f64>,
}

/// Measures predictions; the order of pairs changes nothing but rounding.
pub fn accuracy(pairs: &[Pair]) -> Accuracy {
    let count = pairs.iter().map(|pair| pair.customers).sum::<u64>();
    let mean = |of: &dyn Fn(&Pair) -> f64| {
        pairs.iter().map(|pair| of(pair) * pair.customers as f64).sum::<f64>() / count as f64
    };
    let (predicted, actual) = (mean(&|pair| pair.predicted), mean(&|pair| pair.actual));
    let moment =
        |one: &dyn Fn(&Pair) -> f64, other: &dyn Fn(&Pair) -> f64| mean(&|pair| one(pair) * other(pair));
    let (from_predicted, from_actual) =
        (|pair: &Pair| pair.predicted - predicted, |pair: &Pair| pair.actual - actual);
    let spread = (moment(&from_predicted, &from_predicted) * moment(&from_actual, &from_actual)).sqrt();
    let by_prediction = curve(pairs, |pair| pair.predicted);
    let best = curve(pairs, |pair| pair.actual);
    let own = area(&best);
    Accuracy {
        customers: count,
        rmse: mean(&|pair| (pair.predicted - pair.actual).powi(2)).sqrt(),
        mae: mean(&|pair| (pair.predicted - pair.actual).abs()),
        bias: (actual > 0.0).then(|| predicted / actual - 1.0),
        gini: (own > 0.0).then(|| area(&by_prediction) / own),
        top_decile: (actual > 0.0).then(|| caught(&by_prediction, 0.1) / caught(&best, 0.1)),
        correlation: (spread > 0.0).then(|| moment(&from_predicted, &from_actual) / spread),
    }
}

/// Cumulated (share of customers, share of the actual total), the highest key first; equal keys
/// are one straight piece, so that ties in any order give the same curve.
fn curve(pairs: &[Pair], key: impl Fn(&Pair) -> f64) -> Vec<(f64, f64)> {
    let mut sorted: Vec<&Pair> = pairs.iter().filter(|pair| pair.customers > 0).collect();
    sorted.sort_by(|one, other| key(other).total_cmp(&key(one)));
    let customers: f64 = sorted.iter().map(|pair| pair.customers as f64).sum();
    let actual: f64 = sorted.iter().map(|pair| pair.actual * pair.customers as f64).sum();
    let (mut seen, mut caught, mut points) = (0.0, 0.0, vec![(0.0, 0.0)]);
    for tied in sorted.chunk_by(|one, other| key(one) == key(other)) {
        seen += tied.iter().map(|pair| pair.customers as f64).sum::<f64>();
        caught += tied.iter().map(|pair| pair.actual * pair.customers as f64).sum::<f64>();
        points.push((seen / customers, if actual == 0.0 { 0.0 } else { caught / actual }));
    }
    points
}

/// Area between a curve and the diagonal.
fn area(points: &[(f64, f64)]) -> f64 {
    points.windows(2).map(|pair| (pair[1].0 - pair[0].0) * 0.5 * (pair[0].1 + pair[1].1)).sum::<f64>() - 0.5
}

/// The height of a curve.
fn caught(points: &[(f64, f64)], share: f64) -> f64 {
    for pair in points.windows(2) {
        let ((from, low), (to, high)) = (pair[0], pair[1]);
        if share <= to {
            return if to > from { low + (high - low) * (share - from) / (to - from) } else { high };
        }
    }
    1.0
}
