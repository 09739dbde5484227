//! Gamma–Gamma: what an order of a customer is worth (Fader, Hardie and Lee 2005; Fader and Hardie 2013).

use super::history::sum_chunks;
use super::jet::Jet;
use super::optimise::{Optimum, maximise};
use super::special::{LnGamma, ln_gamma, ln_gamma_with_derivatives};
use serde::{Deserialize, Serialize};

/// The box of the logarithms of the parameters; γ is in means of the base. Beyond e⁹ customers or
/// orders are all alike, and nothing but rounding changes.
const LOG_MIN: f64 = -7.0;
const LOG_MAX: f64 = 9.0;

/// A customer's repeat orders and what they were worth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spender {
    /// x: days with orders after the first one.
    pub repeats: u32,
    /// Mean value of these days, in any one unit of money.
    pub mean: f64,
}

/// Order values of a customer are Gamma(`p`, ν), ν is Gamma(`q`, `gamma`); `gamma` is money.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GammaGamma {
    pub p: f64,
    pub q: f64,
    pub gamma: f64,
}

/// A fitted Gamma–Gamma.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpendFit {
    pub model: GammaGamma,
    /// Standard errors of p, q, γ; `None` where the data do not settle it.
    pub standard_errors: [Option<f64>; 3],
    pub log_likelihood: f64,
    /// Customers with a repeat order and a positive mean.
    pub customers: u64,
    pub converged: bool,
}

impl GammaGamma {
    /// Expected value of a customer's orders, from `repeats` of them with this mean; without
    /// repeats that of the base. `None` where it is infinite, which happens when q ≤ 1.
    pub fn expected_value(&self, repeats: u32, mean: f64) -> Option<f64> {
        let x = f64::from(repeats);
        let below = self.p * x + self.q - 1.0;
        (below > 0.0).then(|| self.p * (self.gamma + mean * x) / below)
    }

    /// ln of the density of the mean of `repeats` ≥ 1 orders.
    pub fn log_likelihood(&self, spender: &Spender) -> f64 {
        let (x, ln_mean) = (f64::from(spender.repeats), spender.mean.ln());
        let shape = self.p * x;
        let gammas = ln_gamma(shape + self.q) - ln_gamma(shape) - ln_gamma(self.q);
        // ln γ^q (x m)^(p x) (γ + x m)^−(p x + q) / m, in ratios.
        let ratio = x * spender.mean / self.gamma;
        gammas - shape * (1.0 / ratio).ln_1p() - self.q * ratio.ln_1p() - ln_mean
    }

    /// Fits customers with a repeat order and a positive, finite mean; the others are left out.
    /// The order of customers does not matter. `None` when fewer than three can be used.
    pub fn fit(spenders: &[Spender], threads: usize) -> Option<SpendFit> {
        let usable =
            |spender: &Spender| spender.repeats > 0 && spender.mean > 0.0 && spender.mean.is_finite();
        let mut rows: Vec<Spender> = spenders.iter().copied().filter(usable).collect();
        if rows.len() < 3 {
            return None;
        }
        rows.sort_unstable_by(|one, other| {
            one.repeats.cmp(&other.repeats).then(one.mean.total_cmp(&other.mean))
        });
        let count = rows.len() as f64;
        let scale = rows.iter().map(|row| row.mean).sum::<f64>() / count;
        rows.iter_mut().for_each(|row| row.mean /= scale);
        let start = [0.0, 3.0_f64.ln(), 2.0_f64.ln()];
        let optimum = maximise(start, ([LOG_MIN; 3], [LOG_MAX; 3]), |logs| evaluate(&rows, logs, threads));
        Some(finish(&optimum, scale, rows.len()))
    }
}

fn finish(optimum: &Optimum<3>, scale: f64, customers: usize) -> SpendFit {
    let [p, q, gamma] = optimum.at.map(f64::exp);
    let model = GammaGamma { p, q, gamma: gamma * scale };
    let errors = optimum.standard_errors();
    let natural = [model.p, model.q, model.gamma];
    SpendFit {
        model,
        standard_errors: [0, 1, 2].map(|i| errors[i].map(|error| error * natural[i])),
        log_likelihood: optimum.jet.value - customers as f64 * scale.ln(),
        customers: customers as u64,
        converged: optimum.converged,
    }
}

/// The log-likelihood in (ln p, ln q, ln γ).
fn evaluate(rows: &[Spender], logs: &[f64; 3], threads: usize) -> Jet<3> {
    let [p, q, gamma] = logs.map(f64::exp);
    let of_q = ln_gamma_with_derivatives(q);
    // Rows stand in the order of their repeats: one entry for each number of them.
    let mut tables: Vec<Option<(LnGamma, LnGamma)>> =
        vec![None; rows.last().map_or(0, |row| row.repeats as usize + 1)];
    for row in rows {
        let shape = p * f64::from(row.repeats);
        tables[row.repeats as usize]
            .get_or_insert_with(|| (ln_gamma_with_derivatives(shape + q), ln_gamma_with_derivatives(shape)));
    }
    sum_chunks(rows, threads, |row| {
        let Some((both, own)) = tables[row.repeats as usize] else { return (Jet::ZERO, 0.0) };
        (spender_jet(row, (p, q, gamma), (both, own, of_q)), 1.0)
    })
}

fn spender_jet(
    row: &Spender,
    (p, q, gamma): (f64, f64, f64),
    (both, own, of_q): (LnGamma, LnGamma, LnGamma),
) -> Jet<3> {
    let shape = p * f64::from(row.repeats);
    let ratio = f64::from(row.repeats) * row.mean / gamma;
    // ln of the share of x·m in γ + x·m, and of γ; the shares themselves.
    let (ln_spent, ln_prior) = (-(1.0 / ratio).ln_1p(), -ratio.ln_1p());
    let (spent, prior) = (ratio / (1.0 + ratio), 1.0 / (1.0 + ratio));
    let by_p = shape * (both.first - own.first + ln_spent);
    let by_q = q * (both.first - of_q.first + ln_prior);
    let cross = shape * q * both.second;
    // d ln_spent / d ln γ = −prior, d ln_prior / d ln γ = spent.
    let by_gamma = q * spent - shape * prior;
    Jet {
        value: both.value - own.value - of_q.value + shape * ln_spent + q * ln_prior - row.mean.ln(),
        gradient: [by_p, by_q, by_gamma],
        hessian: [
            [by_p + shape * shape * (both.second - own.second), cross, -shape * prior],
            [cross, by_q + q * q * (both.second - of_q.second), q * spent],
            [-shape * prior, q * spent, -(shape + q) * spent * prior],
        ],
    }
}
