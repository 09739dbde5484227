//! Means of two groups: how far apart, and whether chance alone would go so far.

use super::tails::student;
use serde::{Deserialize, Serialize};

/// The normal quantile of two-sided 95 %.
const Z_95: f64 = 1.959_963_984_540_054;

/// Number, mean and sum of squared deviations of some values; adds up (Chan, Golub and LeVeque, 1979), so
/// that values far from zero lose no digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    pub count: u64,
    /// 0 without values.
    pub mean: f64,
    /// Sum of squared deviations from the mean.
    pub squares: f64,
}

impl Moments {
    /// Takes one more value into account (Welford, 1962).
    pub fn push(&mut self, value: f64) {
        self.count += 1;
        let from_old = value - self.mean;
        self.mean += from_old / self.count as f64;
        self.squares += from_old * (value - self.mean);
    }

    /// Takes the values of another group into account.
    pub fn add(&mut self, other: &Moments) {
        let (one, two) = (self.count as f64, other.count as f64);
        if other.count == 0 {
            return;
        }
        let (apart, all) = (other.mean - self.mean, one + two);
        self.squares += other.squares + apart * apart * one * two / all;
        self.mean += apart * two / all;
        self.count += other.count;
    }

    /// The sample variance; `None` below two values.
    pub fn variance(&self) -> Option<f64> {
        (self.count > 1).then(|| self.squares / (self.count - 1) as f64)
    }
}

/// Cohen's d: the first mean less the second in pooled standard deviations. 0 where neither group varies
/// and the means are equal, infinite where they are not; `None` below two values in a group.
pub fn cohens_d(one: &Moments, two: &Moments) -> Option<f64> {
    if one.count < 2 || two.count < 2 {
        return None;
    }
    let pooled = (one.squares + two.squares) / (one.count + two.count - 2) as f64;
    let apart = one.mean - two.mean;
    Some(if apart == 0.0 { 0.0 } else { apart / pooled.sqrt() })
}

/// Two-sided p-value of Welch's test (1947) that two means are equal, which supposes no equal variances;
/// `None` below two values in a group.
pub fn welch(one: &Moments, two: &Moments) -> Option<f64> {
    let share = |group: &Moments| Some(group.variance()? / group.count as f64);
    let (first, second) = (share(one)?, share(two)?);
    let (apart, error) = (one.mean - two.mean, first + second);
    if apart == 0.0 {
        return Some(1.0);
    }
    if error == 0.0 {
        return Some(0.0);
    }
    let part = |share: f64, group: &Moments| share * share / (group.count - 1) as f64;
    let degrees = error * error / (part(first, one) + part(second, two));
    Some(student(apart / error.sqrt(), degrees))
}

/// The 95 % interval of a mean; the mean itself below two values.
pub fn mean_interval(group: &Moments) -> (f64, f64) {
    let half = group.variance().map_or(0.0, |variance| Z_95 * (variance / group.count as f64).sqrt());
    (group.mean - half, group.mean + half)
}
