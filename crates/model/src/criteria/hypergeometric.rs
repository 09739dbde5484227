//! Fisher's exact test: how likely chance alone gives so many positives among the rows covered.
//!
//! Of `rows` rows `positives` are positive and `covered` are covered. Were the two unrelated, the
//! number of covered positives would be hypergeometric:
//! `P(a) = C(K, a) C(n − K, s − a) / C(n, s)`.

use std::f64::consts::PI;

/// Up to here factorials are multiplied out; above, Stirling's series is exact to the last digits.
const FACTORIAL_EXACT_MAX: u64 = 32;
/// Terms below this part of what is summed already no longer change it.
const NEGLIGIBLE: f64 = 1e-18;
/// Two-sided p-values count outcomes as likely as the one seen despite this rounding.
const ROUNDING: f64 = 1.0 + 1e-9;

/// Natural logarithm of n!.
pub fn ln_factorial(n: u64) -> f64 {
    if n <= FACTORIAL_EXACT_MAX {
        return (2..=n).map(|factor| factor as f64).product::<f64>().ln();
    }
    let x = n as f64;
    let (inverse, square) = (1.0 / x, 1.0 / (x * x));
    let series = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0)));
    x * x.ln() - x + 0.5 * (2.0 * PI * x).ln() + series
}

/// What chance leaves as it is: how many rows there are, how many are positive, how many covered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Margins {
    pub rows: u64,
    pub positives: u64,
    pub covered: u64,
}

impl Margins {
    /// Fewest covered positives there can be.
    pub const fn fewest(&self) -> u64 {
        (self.covered + self.positives).saturating_sub(self.rows)
    }

    /// Most covered positives there can be.
    pub const fn most(&self) -> u64 {
        if self.covered < self.positives { self.covered } else { self.positives }
    }

    /// `P(a)` for unrelated rows.
    fn chance(&self, a: u64) -> f64 {
        let choose = |n: u64, k: u64| ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k);
        let ways = choose(self.positives, a) + choose(self.rows - self.positives, self.covered - a);
        (ways - choose(self.rows, self.covered)).exp()
    }

    /// `P(a + 1) / P(a)`.
    fn step(&self, a: u64) -> f64 {
        let up = (self.positives - a) as f64 * (self.covered - a) as f64;
        let down = (a + 1) as f64 * (self.rows + a + 1 - self.positives - self.covered) as f64;
        up / down
    }

    /// One-sided p-value: the chance of `a` or more covered positives.
    pub fn at_least(&self, a: u64) -> f64 {
        let (low, high) = (self.fewest(), self.most());
        if a <= low {
            return 1.0;
        }
        if a > high {
            return 0.0;
        }
        let mean = self.covered as f64 * self.positives as f64 / self.rows as f64;
        if (a as f64) < mean {
            // The shorter tail is the exact one.
            return 1.0 - self.sum_down(a - 1);
        }
        self.sum_up(a)
    }

    /// Two-sided p-value: the chance of all outcomes no likelier than `a`.
    pub fn as_unlikely(&self, a: u64) -> f64 {
        let (low, high) = (self.fewest(), self.most());
        if a < low || a > high {
            return 0.0;
        }
        let limit = self.chance(a) * ROUNDING;
        let peak = self.peak(1.0);
        // Outcomes fall from the peak on both sides, so each side is one tail.
        let first_above = partition(peak, high + 1, |j| self.chance(j) > limit);
        let first_below = partition(low, peak, |j| self.chance(j) <= limit);
        let above = if first_above > high { 0.0 } else { self.sum_up(first_above) };
        let below = if first_below == low { 0.0 } else { self.sum_down(first_below - 1) };
        (above + below).min(1.0)
    }

    /// Power of the one-sided test: the chance of `a` or more where the odds ratio is `odds`
    /// (Fisher's noncentral hypergeometric distribution), good to about 1e-15 in absolute terms.
    pub fn power(&self, a: u64, odds: f64) -> f64 {
        let (low, high) = (self.fewest(), self.most());
        if a > high || !(odds.is_finite() && odds > 0.0) {
            return 0.0;
        }
        let peak = self.peak(odds);
        // Weights relative to the peak's, which cannot overflow.
        let (mut total, mut enough) = (0.0, 0.0);
        let mut add = |j: u64, weight: f64| {
            total += weight;
            if j >= a {
                enough += weight;
            }
        };
        let (mut weight, mut j) = (1.0, peak);
        loop {
            add(j, weight);
            if j == high || weight < NEGLIGIBLE {
                break;
            }
            weight *= self.step(j) * odds;
            j += 1;
        }
        (weight, j) = (1.0, peak);
        while j > low && weight >= NEGLIGIBLE {
            weight /= self.step(j - 1) * odds;
            j -= 1;
            add(j, weight);
        }
        enough / total
    }

    /// The smallest number of covered positives whose one-sided p-value is at most `p`; one more
    /// than there can be where none is.
    pub fn critical(&self, p: f64) -> u64 {
        partition(self.fewest(), self.most() + 1, |a| self.at_least(a) > p)
    }

    /// The smallest p-value that a rule of this cover can reach (Tarone 1990).
    pub fn attainable(&self) -> f64 {
        self.at_least(self.most())
    }

    /// The likeliest number of covered positives under an odds ratio.
    fn peak(&self, odds: f64) -> u64 {
        partition(self.fewest(), self.most(), |a| self.step(a) * odds > 1.0)
    }

    /// The chance of `from` or more, for `from` not below the peak's side of the sum.
    fn sum_up(&self, from: u64) -> f64 {
        let high = self.most();
        let (mut term, mut ratio_sum, mut j) = (1.0, 0.0, from);
        loop {
            ratio_sum += term;
            if j == high || term < NEGLIGIBLE * ratio_sum {
                return (ratio_sum * self.chance(from)).min(1.0);
            }
            term *= self.step(j);
            j += 1;
        }
    }

    /// The chance of `from` or fewer.
    fn sum_down(&self, from: u64) -> f64 {
        let low = self.fewest();
        let (mut term, mut ratio_sum, mut j) = (1.0, 0.0, from);
        loop {
            ratio_sum += term;
            if j == low || term < NEGLIGIBLE * ratio_sum {
                return (ratio_sum * self.chance(from)).min(1.0);
            }
            j -= 1;
            term /= self.step(j);
        }
    }
}

/// The first of `low..high` for which `before` no longer holds; `high` where it always does.
fn partition(low: u64, high: u64, before: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (low, high);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// One-sided p-values of one cover, ready for many labellings of the same rows.
///
/// Where the p-value is above one half it stands as 1: no verdict asks how unsurprising something
/// is. Below `TABLE_P_MIN` it is summed when asked for.
#[derive(Clone, Debug)]
pub struct Tail {
    margins: Margins,
    /// Covered positives of the first entry.
    first: u64,
    p: Vec<f64>,
}

/// p-values below this are not kept in tables; random labels do not reach it.
const TABLE_P_MIN: f64 = 1e-16;

impl Tail {
    pub fn new(margins: Margins) -> Tail {
        let first = margins.critical(0.5);
        let last = margins.critical(TABLE_P_MIN).min(margins.most());
        let mut p = Vec::new();
        // From the far end inwards, so that small chances are added before large ones.
        let (mut sum, mut chance) = (margins.at_least(last), margins.chance(last));
        for a in (first..=last).rev() {
            p.push(sum);
            if a > first {
                chance /= margins.step(a - 1);
                sum += chance;
            }
        }
        p.reverse();
        Tail { margins, first, p }
    }

    /// The p-value of `a` covered positives.
    pub fn p(&self, a: u64) -> f64 {
        let Some(at) = a.checked_sub(self.first) else { return 1.0 };
        match self.p.get(at as usize) {
            Some(&p) => p,
            None => self.margins.at_least(a),
        }
    }
}
