//! BG/NBD, MBG/NBD and their regular kin BG/CNBD-k and MBG/CNBD-k: one family of models.
//!
//! After an order a customer leaves with a probability of their own, spread by Beta(a, b); in the
//! *modified* models (MBG) after the first one too. Every `stages`-th event of the Poisson process
//! is an order: with one stage orders come at random, with more they are regular.
//!
//! Expectations: N, the number of events in the horizon, is negative binomial, and the m-th order
//! ahead happens with probability E[(1 − p)^(m−1)] if the events suffice. So the expected orders
//! are Σₙ P(N = n) C(n) with C a running sum of those probabilities: positive terms, exact where
//! the textbook's difference with ₂F₁ cancels, and without its singularity at a = 1.

pub mod likelihood;

use super::OrderProcess;
use super::nbd::ln_ordering;
use crate::prediction::history::Past;
use crate::prediction::special::{ln_beta, negative_binomial, negative_binomial_tail};
use serde::{Deserialize, Serialize};

/// Order rates are Gamma(`r`, `alpha`), `alpha` in weeks; probabilities to leave are Beta(`a`, `b`).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BetaGeometric {
    pub r: f64,
    pub alpha: f64,
    pub a: f64,
    pub b: f64,
    /// k: events that make an order, at least 1.
    pub stages: u32,
    /// Whether a customer may leave right after the first order (MBG).
    pub leaves_at_first: bool,
}

impl BetaGeometric {
    /// r + k·x: the shape of the rate of events, once orders are known.
    fn shape(&self, past: &Past) -> f64 {
        self.r + f64::from(past.repeats) * f64::from(self.stages)
    }

    /// How often the customer could have left by the last order, and how often has certainly not
    /// if still active.
    fn chances(&self, past: &Past) -> f64 {
        f64::from(past.repeats) + if self.leaves_at_first { 1.0 } else { 0.0 }
    }

    /// Relative weights of 0, 1, … k − 1 events since the last order, for who is active.
    fn stage_weights(&self, past: &Past) -> Vec<f64> {
        let shape = self.shape(past);
        let quiet = (past.age - past.last) / (self.alpha + past.age);
        let mut weights = Vec::with_capacity(self.stages as usize);
        let mut weight = 1.0;
        for stage in 0..self.stages {
            weights.push(weight);
            weight *= (shape + f64::from(stage)) / f64::from(stage + 1) * quiet;
        }
        weights
    }

    /// ln of the odds of having left at the last order against being active; −∞ if it cannot be.
    fn ln_odds_left(&self, past: &Past) -> f64 {
        let chances = self.chances(past);
        if chances == 0.0 {
            return f64::NEG_INFINITY;
        }
        let active: f64 = self.stage_weights(past).iter().sum();
        let quiet = ((past.age - past.last) / (self.alpha + past.last)).ln_1p();
        (self.a / (self.b + chances - 1.0)).ln() + self.shape(past) * quiet - active.ln()
    }

    /// Sums something over the stages an active customer may be in: given its shape and stage.
    fn over_stages(&self, past: &Past, of: impl Fn(f64, u32) -> f64) -> f64 {
        let shape = self.shape(past);
        if self.stages == 1 {
            return of(shape, 0);
        }
        let weights = self.stage_weights(past);
        let total: f64 = weights.iter().sum();
        let sum: f64 = (0..self.stages)
            .zip(&weights)
            .map(|(stage, weight)| weight * of(shape + f64::from(stage), stage))
            .sum();
        sum / total
    }
}

impl OrderProcess for BetaGeometric {
    fn log_likelihood(&self, past: &Past) -> f64 {
        let events = f64::from(past.repeats) * f64::from(self.stages);
        let chances = self.chances(past);
        let active: f64 = self.stage_weights(past).iter().sum();
        let stayed = ln_beta(self.a, self.b + chances) - ln_beta(self.a, self.b);
        let ordering = ln_ordering(self.r, self.alpha, events, past.age);
        let left = self.ln_odds_left(past);
        // ln(1 + odds), without overflow.
        let either = if left > 0.0 { left + (-left).exp().ln_1p() } else { left.exp().ln_1p() };
        ordering + stayed + active.ln() + either
    }

    fn alive(&self, past: &Past) -> f64 {
        1.0 / (1.0 + self.ln_odds_left(past).exp())
    }

    fn any_order(&self, past: &Past, weeks: f64) -> f64 {
        let odds = weeks / (self.alpha + past.age);
        let of = |shape, stage| negative_binomial_tail(shape, odds, self.stages - stage);
        self.alive(past) * self.over_stages(past, of)
    }

    fn orders(&self, past: &Past, weeks: f64) -> f64 {
        let odds = weeks / (self.alpha + past.age);
        let staying = (self.a, self.b + self.chances(past));
        let of = |shape, stage| expected_orders(shape, odds, (self.stages, stage), staying);
        self.alive(past) * self.over_stages(past, of)
    }

    fn repeats_probability(&self, count: u32, weeks: f64) -> Option<f64> {
        let odds = weeks / self.alpha;
        let chances = f64::from(count) + if self.leaves_at_first { 1.0 } else { 0.0 };
        let stayed = (ln_beta(self.a, self.b + chances) - ln_beta(self.a, self.b)).exp();
        let first = count * self.stages;
        let exactly: f64 = (first..first + self.stages).map(|n| negative_binomial(self.r, odds, n)).sum();
        let left = if chances == 0.0 { 0.0 } else { stayed * self.a / (self.b + chances - 1.0) };
        Some(stayed * exactly + left * negative_binomial_tail(self.r, odds, first))
    }

    fn discounted_forever(&self, _past: &Past, _rate: f64) -> Option<f64> {
        None
    }
}

/// Expected orders of a customer who is active: Σₙ P(N = n) C(⌊(stage + n) / stages⌋), with
/// C(m) = Σ_{i<m} (b)ᵢ/(a + b)ᵢ.
///
/// N is negative binomial with this shape, `odds` is the horizon over the rate's parameter.
fn expected_orders(shape: f64, odds: f64, (stages, stage): (u32, u32), (a, b): (f64, f64)) -> f64 {
    /// Terms are kept below this by taking factors of it out.
    const LARGE: f64 = 1e200;
    if odds <= 0.0 {
        return 0.0;
    }
    let z = odds / (1.0 + odds);
    let mut ln_scale = -shape * odds.ln_1p();
    let (mut probability, mut sum) = (1.0, 0.0);
    // C(m), the probability that the next order is not prevented, and m.
    let (mut orders, mut stays, mut m) = (0.0, 1.0, 0.0);
    let (mut n, mut stage) = (0.0, stage);
    loop {
        let ratio = z * (shape + n) / (n + 1.0);
        probability *= ratio;
        n += 1.0;
        stage += 1;
        if stage == stages {
            stage = 0;
            orders += stays;
            stays *= (b + m) / (a + b + m);
            m += 1.0;
        }
        let term = probability * orders;
        sum += term;
        // From here on ratios of terms stay below `bound`: C grows by less than 1/m a step.
        let bound = ratio.max(z) * (1.0 + 1.0 / m);
        if m > 0.0 && bound < 1.0 && term * bound <= sum * (1.0 - bound) * 1e-16 {
            return (ln_scale + sum.ln()).exp();
        }
        if probability > LARGE || sum > LARGE {
            probability /= LARGE;
            sum /= LARGE;
            ln_scale += LARGE.ln();
        }
    }
}
