//! Points for rows not decided yet: open deals and leads, and customers who look like the positives.
//!
//! A criterion is worth the logarithm of the odds of a positive among the rows it covers, over the
//! odds among all rows, both seen through `PRIOR_ROWS` more rows of the usual mix, so that few rows
//! are not believed too much. Of criteria that hold for a row and share an attribute only the one
//! worth most counts, since they say nearly the same; the others add up. No points are the usual
//! chance. The sum takes criteria on different attributes for independent: a rank, and a chance in
//! the rough.

use super::CRITERIA_MAX;
use super::columns::Column;
use super::conditions::Condition;
use super::verdict::Criterion;
use serde::{Deserialize, Serialize};

/// Rows of the usual mix that are added to those a criterion covers.
const PRIOR_ROWS: f64 = 4.0;

/// A criterion with its worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weight {
    pub conditions: Vec<Condition>,
    /// Natural logarithm of an odds ratio.
    pub points: f64,
}

/// What makes up a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scorer {
    /// Share of positives among the rows that were searched.
    pub base: f64,
    /// Those worth most first.
    pub weights: Vec<Weight>,
}

/// The score of a row.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Sum of the weights that count.
    pub points: f64,
    /// The chance of a positive that the points stand for.
    pub chance: f64,
    /// The weights that count, as bits: bit `i` for `weights[i]`.
    pub counted: u64,
}

impl Scorer {
    /// Weights of the first 64 of some criteria over the same rows; `None` without any.
    pub fn of(criteria: &[&Criterion]) -> Option<Scorer> {
        let first = criteria.first()?;
        let base = first.all_positives as f64 / first.rows as f64;
        let usual = (base / (1.0 - base)).ln();
        let weigh = |criterion: &&Criterion| {
            let positives = criterion.positives as f64 + PRIOR_ROWS * base;
            let others = (criterion.covered - criterion.positives) as f64 + PRIOR_ROWS * (1.0 - base);
            Weight { conditions: criterion.conditions.clone(), points: (positives / others).ln() - usual }
        };
        let mut weights: Vec<Weight> = criteria.iter().take(CRITERIA_MAX).map(weigh).collect();
        weights.sort_by(|a, b| b.points.total_cmp(&a.points));
        Some(Scorer { base, weights })
    }

    /// For each row of some columns, the weights whose conditions all hold, as bits. An attribute
    /// that is in no column is not known.
    pub fn holding(&self, columns: &[Column]) -> Vec<u64> {
        let rows = columns.first().map_or(0, |column| column.values.rows());
        let mut holding = vec![u64::MAX; rows];
        for (bit, weight) in self.weights.iter().enumerate() {
            for condition in &weight.conditions {
                let column = columns.iter().find(|column| column.name == condition.attribute);
                let cover = column.map(|column| condition.cover(column));
                for (row, held) in holding.iter_mut().enumerate() {
                    let holds = cover.as_ref().is_some_and(|cover| cover.has(row));
                    *held &= !(u64::from(!holds) << bit);
                }
            }
        }
        let known = self.weights.len().checked_sub(1).map_or(0, |last| u64::MAX >> (63 - last));
        holding.iter_mut().for_each(|held| *held &= known);
        holding
    }

    /// The score of a row for which some weights hold, as bits.
    pub fn score(&self, holding: u64) -> Score {
        let (mut points, mut counted) = (0.0, 0u64);
        let mut spoken: Vec<&str> = Vec::new();
        for (bit, weight) in self.weights.iter().enumerate().filter(|(bit, _)| holding >> bit & 1 == 1) {
            let attributes = weight.conditions.iter().map(|condition| &condition.attribute[..]);
            if attributes.clone().any(|attribute| spoken.contains(&attribute)) {
                continue;
            }
            spoken.extend(attributes);
            points += weight.points;
            counted |= 1 << bit;
        }
        let odds = (self.base / (1.0 - self.base)) * f64::exp(points);
        Score { points, chance: odds / (1.0 + odds), counted }
    }
}
