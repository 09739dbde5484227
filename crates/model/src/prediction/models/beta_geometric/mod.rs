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
mod expectation;

use super::OrderProcess;
use super::nbd::ln_ordering;
use crate::prediction::history::Past;
use crate::prediction::special::{ln_beta, negative_binomial, negative_binomial_tail};
use expectation::{expected_orders, expected_orders_at};
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

    fn any_order_if_active(&self, past: &Past, weeks: f64) -> f64 {
        let odds = weeks / (self.alpha + past.age);
        let of = |shape, stage| negative_binomial_tail(shape, odds, self.stages - stage);
        self.over_stages(past, of)
    }

    fn orders_if_active(&self, past: &Past, weeks: f64) -> f64 {
        let odds = weeks / (self.alpha + past.age);
        let staying = (self.a, self.b + self.chances(past));
        let of = |shape, stage| expected_orders(shape, odds, (self.stages, stage), staying);
        self.over_stages(past, of)
    }

    fn orders_if_active_at(&self, past: &Past, weeks: &[f64]) -> Vec<f64> {
        let odds: Vec<f64> = weeks.iter().map(|weeks| weeks / (self.alpha + past.age)).collect();
        let staying = (self.a, self.b + self.chances(past));
        let together =
            if self.stages == 1 { expected_orders_at(self.shape(past), &odds, staying) } else { None };
        together.unwrap_or_else(|| weeks.iter().map(|&weeks| self.orders_if_active(past, weeks)).collect())
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
