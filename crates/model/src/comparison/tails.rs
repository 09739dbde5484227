//! Tails of the usual distributions: how likely chance alone goes so far.

use crate::prediction::special::{ln_beta, ln_gamma};

/// Terms of a series or fraction after which it has long settled.
const TERMS_MAX: usize = 10_000;
/// Stands for zero in a continued fraction, so that nothing is divided by it (Lentz, 1976).
const TINY: f64 = 1e-300;

/// P(X ≥ `value`) of a chi-squared variable with `degrees` > 0 degrees of freedom; 1 for values of 0 and
/// below.
pub fn chi_square(value: f64, degrees: f64) -> f64 {
    if value <= 0.0 { 1.0 } else { upper_gamma(degrees / 2.0, value / 2.0) }
}

/// P(|Z| ≥ |`value`|) of a standard normal variable.
pub fn normal(value: f64) -> f64 {
    chi_square(value * value, 1.0)
}

/// P(|T| ≥ |`value`|) of Student's t with `degrees` > 0 degrees of freedom.
pub fn student(value: f64, degrees: f64) -> f64 {
    if value == 0.0 {
        return 1.0;
    }
    if !value.is_finite() {
        return 0.0;
    }
    incomplete_beta(degrees / 2.0, 0.5, degrees / (degrees + value * value))
}

/// The regularised upper incomplete gamma function Q(a, x): a series below the middle, a continued
/// fraction above it (Abramowitz and Stegun 6.5.29 and 6.5.31).
fn upper_gamma(a: f64, x: f64) -> f64 {
    let front = (a * x.ln() - x - ln_gamma(a)).exp();
    if x < a + 1.0 {
        let (mut term, mut sum) = (1.0 / a, 1.0 / a);
        for n in 1..TERMS_MAX {
            term *= x / (a + n as f64);
            sum += term;
            if term < sum * f64::EPSILON {
                break;
            }
        }
        return (1.0 - front * sum).clamp(0.0, 1.0);
    }
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1.0 / TINY, 1.0 / b);
    let mut fraction = d;
    for n in 1..TERMS_MAX {
        let n = n as f64;
        let numerator = -n * (n - a);
        b += 2.0;
        d = 1.0 / away_from_zero(numerator * d + b);
        c = away_from_zero(b + numerator / c);
        let step = c * d;
        fraction *= step;
        if (step - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    (front * fraction).clamp(0.0, 1.0)
}

/// The regularised incomplete beta function I(a, b; x) by its continued fraction (Abramowitz and Stegun
/// 26.5.8), on the side where it converges fast.
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return f64::from(x >= 1.0);
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(b, a, 1.0 - x);
    }
    let front = (a * x.ln() + b * (-x).ln_1p() - ln_beta(a, b)).exp() / a;
    let (mut c, mut d) = (1.0, 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0)));
    let mut fraction = d;
    for n in 1..TERMS_MAX {
        let n = n as f64;
        let even = n * (b - n) * x / ((a + 2.0 * n - 1.0) * (a + 2.0 * n));
        let odd = -(a + n) * (a + b + n) * x / ((a + 2.0 * n) * (a + 2.0 * n + 1.0));
        let mut step = 1.0;
        for numerator in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + numerator * d);
            c = away_from_zero(1.0 + numerator / c);
            step = c * d;
            fraction *= step;
        }
        if (step - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    (front * fraction).clamp(0.0, 1.0)
}

fn away_from_zero(value: f64) -> f64 {
    if value.abs() < TINY { TINY } else { value }
}
