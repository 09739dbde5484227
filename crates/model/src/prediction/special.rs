//! The gamma function and its kin, for positive arguments.

/// From here on Stirling's series is exact to the last digits.
const STIRLING_FROM: f64 = 10.0;
/// Half the logarithm of 2π.
const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// The logarithm of the gamma function with its first two derivatives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LnGamma {
    /// ln Γ(z).
    pub value: f64,
    /// Digamma, ψ(z).
    pub first: f64,
    /// Trigamma, ψ′(z).
    pub second: f64,
}

/// ln Γ, digamma and trigamma of `z` > 0: Stirling's series (Abramowitz and Stegun 6.1.41, 6.3.18,
/// 6.4.12) after the recurrence has carried the argument to where the series is exact.
pub fn ln_gamma_with_derivatives(z: f64) -> LnGamma {
    let (mut at, mut product, mut first, mut second) = (z, 1.0, 0.0, 0.0);
    while at < STIRLING_FROM {
        product *= at;
        first -= 1.0 / at;
        second += 1.0 / (at * at);
        at += 1.0;
    }
    let (u, ln) = (1.0 / at, at.ln());
    let s = u * u;
    let tail = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0];
    let slope = [1.0 / 12.0, -1.0 / 120.0, 1.0 / 252.0, -1.0 / 240.0, 1.0 / 132.0, -691.0 / 32_760.0];
    let bend = [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0, -691.0 / 2730.0];
    let (tail, slope, bend) =
        (series(&tail, 1.0 / 156.0, s), series(&slope, 1.0 / 12.0, s), series(&bend, 7.0 / 6.0, s));
    LnGamma {
        value: (at - 0.5) * ln - at + HALF_LN_TWO_PI + u * tail - product.ln(),
        first: first + ln - 0.5 * u - s * slope,
        second: second + u + 0.5 * s + u * s * bend,
    }
}

/// ln Γ(z) for `z` > 0.
pub fn ln_gamma(z: f64) -> f64 {
    ln_gamma_with_derivatives(z).value
}

/// ψ(z) = d ln Γ(z) / dz for `z` > 0.
pub fn digamma(z: f64) -> f64 {
    ln_gamma_with_derivatives(z).first
}

/// ln B(a, b) for positive `a` and `b`.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// A polynomial in `s` by Horner's rule; `last` is the coefficient of the highest power.
fn series(coefficients: &[f64], last: f64, s: f64) -> f64 {
    coefficients.iter().rev().fold(last, |sum, coefficient| sum * s + coefficient)
}

/// ln (z)ₙ = ln Γ(z + n) − ln Γ(z) for n = 0, 1, …, with derivatives in z; summed up, so that it
/// stays exact where z is so large that the difference of two gamma functions would not.
pub fn ln_rising(z: f64, last: usize) -> Vec<LnGamma> {
    let mut sum = LnGamma { value: 0.0, first: 0.0, second: 0.0 };
    let mut table = Vec::with_capacity(last + 1);
    table.push(sum);
    for n in 0..last {
        let factor = z + n as f64;
        sum.value += factor.ln();
        sum.first += 1.0 / factor;
        sum.second -= 1.0 / (factor * factor);
        table.push(sum);
    }
    table
}

/// Probability that a negative binomial count is exactly `count`; arguments as below.
pub fn negative_binomial(shape: f64, odds: f64, count: u32) -> f64 {
    let n = f64::from(count);
    let none = -shape * odds.ln_1p();
    if count == 0 {
        return none.exp();
    }
    let ways = ln_gamma(shape + n) - ln_gamma(shape) - ln_gamma(n + 1.0);
    (ways + n * (odds / (1.0 + odds)).ln() + none).exp()
}

/// Probability that a negative binomial count is at least `least`.
///
/// The count is Poisson with a Gamma(`shape`, rate 1) mean, stretched by `odds` = exposure over
/// rate. The smaller side is summed, so that small probabilities keep their digits.
pub fn negative_binomial_tail(shape: f64, odds: f64, least: u32) -> f64 {
    if least == 0 {
        return 1.0;
    }
    if odds <= 0.0 {
        return 0.0;
    }
    if least == 1 {
        return -(-shape * odds.ln_1p()).exp_m1();
    }
    let z = odds / (1.0 + odds);
    let edge = f64::from(least);
    if edge <= shape * odds {
        let mut term = (-shape * odds.ln_1p()).exp();
        let mut below = 0.0;
        for n in 0..least {
            below += term;
            term *= z * (shape + f64::from(n)) / f64::from(n + 1);
        }
        if below > 0.0 {
            return (1.0 - below).max(0.0);
        }
        // The first term is below the smallest number; the sum from the edge down is not.
    }
    let at_edge = ln_gamma(shape + edge) - ln_gamma(shape) - ln_gamma(edge + 1.0) + edge * z.ln()
        - shape * odds.ln_1p();
    if edge <= shape * odds {
        let (mut term, mut n, mut below) = (at_edge.exp(), edge, 0.0);
        while n > 0.0 && term > below * f64::EPSILON {
            term *= n / (z * (shape + n - 1.0));
            below += term;
            n -= 1.0;
        }
        return (1.0 - below).max(0.0);
    }
    let (mut term, mut n, mut above) = (at_edge.exp(), edge, 0.0);
    loop {
        above += term;
        let ratio = z * (shape + n) / (n + 1.0);
        term *= ratio;
        n += 1.0;
        // What is left is below a geometric series.
        if term <= above * f64::EPSILON * (1.0 - ratio.max(z)) {
            return above.min(1.0);
        }
    }
}
