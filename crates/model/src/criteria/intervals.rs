//! How sure a share, a ratio of shares and an odds ratio are.

use serde::{Deserialize, Serialize};

/// The normal quantile of two-sided 95 %.
const Z_95: f64 = 1.959_963_984_540_054;
/// Added to every cell of a table before odds are taken (Haldane 1956, Anscombe 1956).
const HALDANE: f64 = 0.5;

/// A value with the ends of its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// A share with Wilson's score interval (1927), which stays inside 0 to 1 and holds for few rows.
/// `of` is above 0.
pub fn share(count: u64, of: u64) -> Interval {
    let (n, value) = (of as f64, count as f64 / of as f64);
    let square = Z_95 * Z_95 / n;
    let middle = (value + square / 2.0) / (1.0 + square);
    let half = Z_95 / (1.0 + square) * (value * (1.0 - value) / n + square / (4.0 * n)).sqrt();
    // At the ends the interval begins at the share itself, which rounding must not miss.
    let low = if count == 0 { 0.0 } else { (middle - half).max(0.0) };
    let high = if count == of { 1.0 } else { (middle + half).min(1.0) };
    Interval { value, low, high }
}

/// The difference of two shares, the first less the second, with the interval of Newcombe's hybrid
/// score (1998, method 10): Wilson's ends of both shares, which hold for few rows and empty cells.
/// Both `of` are above 0.
pub fn difference(count: u64, of: u64, other: u64, other_of: u64) -> Interval {
    let (one, two) = (share(count, of), share(other, other_of));
    let value = one.value - two.value;
    let low = value - (one.value - one.low).hypot(two.high - two.value);
    let high = value + (one.high - one.value).hypot(two.value - two.low);
    Interval { value, low, high }
}

/// The ratio of two shares, the first over the second, with the interval that Wilson's ends of both
/// give it (MOVER-R, Donner and Zou 2012): the ratios `r` at which the like interval of `first − r ·
/// second` begins or ends at nought. `None` where nobody is counted in the second share, so that no
/// number says how many times larger the first is. Both `of` are above 0.
pub fn ratio(count: u64, of: u64, other: u64, other_of: u64) -> Option<Interval> {
    if other == 0 {
        return None;
    }
    let (one, two) = (share(count, of), share(other, other_of));
    let product = one.value * two.value;
    let below = one.low * (2.0 * one.value - one.low);
    let above = one.high * (2.0 * one.value - one.high);
    let (small, large) = (two.low * (2.0 * two.value - two.low), two.high * (2.0 * two.value - two.high));
    let root = |ends: f64| (product * product - ends).max(0.0).sqrt();
    // The lower root is written with the other root below it: that denominator never is nought.
    let low = if count == 0 { 0.0 } else { below / (product + root(below * large)) };
    let high = (product + root(above * small)) / small;
    Some(Interval { value: one.value / two.value, low, high })
}

/// The odds ratio of a table of covered positives and negatives, other positives and negatives.
///
/// One half is added to every cell, so that an empty one gives a large but finite ratio; the
/// interval is Woolf's (1955) on the logarithm. Chosen over the exact conditional interval because
/// it is one line to check by hand; verdicts rest on exact p-values, never on this interval.
pub fn odds_ratio(cells: [u64; 4]) -> Interval {
    let [a, b, c, d] = cells.map(|cell| cell as f64 + HALDANE);
    let value = a * d / (b * c);
    let half = Z_95 * (1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d).sqrt();
    Interval { value, low: value * (-half).exp(), high: value * half.exp() }
}
