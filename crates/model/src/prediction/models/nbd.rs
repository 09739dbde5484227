//! NBD: everybody goes on ordering at random at a rate of their own (Ehrenberg 1959).

use super::OrderProcess;
use crate::prediction::history::{DayTable, Histories, History, Past};
use crate::prediction::jet::Jet;
use crate::prediction::special::{LnGamma, ln_gamma, ln_rising, negative_binomial, negative_binomial_tail};
use serde::{Deserialize, Serialize};

/// Order rates are Gamma(`r`, `alpha`), `alpha` in weeks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Nbd {
    pub r: f64,
    pub alpha: f64,
}

impl Nbd {
    /// The log-likelihood of a base in (ln r, ln α).
    pub fn evaluate(histories: &Histories, logs: &[f64; 2], threads: usize) -> Jet<2> {
        let [r, alpha] = logs.map(f64::exp);
        let orders = ordering(r, alpha, 1, histories.repeats_max());
        let days = DayTable::new(alpha, histories.age_max());
        histories.sum(threads, |history: &History| {
            let mut jet = orders[history.repeats as usize];
            jet.add(&waiting(r, f64::from(history.repeats), days.at(history.age)), 1.0);
            jet
        })
    }
}

/// ln (r)ₙ − n ln α in (ln r, ln α), n = `stages`·x, for x = 0, 1, … `repeats_max`.
pub fn ordering(r: f64, alpha: f64, stages: u32, repeats_max: u32) -> Vec<Jet<2>> {
    let rising = ln_rising(r, (repeats_max * stages) as usize);
    let of = |(n, sum): (usize, &LnGamma)| {
        let slope = r * sum.first;
        Jet {
            value: sum.value - n as f64 * alpha.ln(),
            gradient: [slope, -(n as f64)],
            hessian: [[slope + r * r * sum.second, 0.0], [0.0, 0.0]],
        }
    };
    rising.iter().enumerate().step_by(stages as usize).map(of).collect()
}

/// −(r + n) ln(1 + t/α) in (ln r, ln α).
pub fn waiting(r: f64, events: f64, (ln, share): (f64, f64)) -> Jet<2> {
    let shape = r + events;
    Jet {
        value: -shape * ln,
        gradient: [-r * ln, shape * share],
        hessian: [[-r * ln, r * share], [r * share, -shape * share * (1.0 - share)]],
    }
}

/// ln of (r)ₙ / αⁿ (1 + t/α)^−(r + n): n orders at given times, then quiet up to t, at any rate.
pub fn ln_ordering(r: f64, alpha: f64, events: f64, t: f64) -> f64 {
    ln_gamma(r + events) - ln_gamma(r) - events * alpha.ln() - (r + events) * (t / alpha).ln_1p()
}

impl OrderProcess for Nbd {
    fn log_likelihood(&self, past: &Past) -> f64 {
        ln_ordering(self.r, self.alpha, f64::from(past.repeats), past.age)
    }

    fn alive(&self, _past: &Past) -> f64 {
        1.0
    }

    fn any_order_if_active(&self, past: &Past, weeks: f64) -> f64 {
        negative_binomial_tail(self.r + f64::from(past.repeats), weeks / (self.alpha + past.age), 1)
    }

    fn orders_if_active(&self, past: &Past, weeks: f64) -> f64 {
        (self.r + f64::from(past.repeats)) * weeks / (self.alpha + past.age)
    }

    fn repeats_probability(&self, count: u32, weeks: f64) -> Option<f64> {
        Some(negative_binomial(self.r, weeks / self.alpha, count))
    }

    fn discounted_forever(&self, past: &Past, rate: f64) -> Option<f64> {
        (rate > 0.0).then(|| (self.r + f64::from(past.repeats)) / (self.alpha + past.age) / rate)
    }
}
