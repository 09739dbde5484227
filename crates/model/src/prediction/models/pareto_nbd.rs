//! Pareto/NBD: customers order at random and leave at any time (Schmittlein, Morrison, Colombo 1987).
//!
//! The textbook's likelihood is a difference of two ₂F₁ and fails for heavy buyers; here its
//! integral over the moment of leaving is taken directly, in logarithms ([`PowerLaws`]).

use super::OrderProcess;
use super::nbd::{ln_ordering, ordering, waiting};
use crate::prediction::history::{DayTable, Histories, History, Past};
use crate::prediction::jet::Jet;
use crate::prediction::quadrature::{PowerLaws, discounted_pareto};
use serde::{Deserialize, Serialize};

/// Order rates are Gamma(`r`, `alpha`), rates of leaving Gamma(`s`, `beta`); `alpha`, `beta` in weeks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParetoNbd {
    pub r: f64,
    pub alpha: f64,
    pub s: f64,
    pub beta: f64,
}

impl ParetoNbd {
    /// The log-likelihood of a base in (ln r, ln α, ln s, ln β).
    pub fn evaluate(histories: &Histories, logs: &[f64; 4], threads: usize) -> Jet<4> {
        let [r, alpha, s, beta] = logs.map(f64::exp);
        let orders = ordering(r, alpha, 1, histories.repeats_max());
        let rates = DayTable::new(alpha, histories.age_max());
        let exits = DayTable::new(beta, histories.age_max());
        let model = ParetoNbd { r, alpha, s, beta };
        histories.sum(threads, |history: &History| {
            let events = f64::from(history.repeats);
            let at = |day| join(&waiting(r, events, rates.at(day)), &waiting(s, 0.0, exits.at(day)));
            let mut sum = at(history.age);
            if history.age > history.last {
                let starts = (rates.at(history.last), exits.at(history.last));
                sum = Jet::ln_sum_exp(&sum, &model.left(&history.past(), starts));
            }
            sum.add(&join(&orders[history.repeats as usize], &Jet::ZERO), 1.0);
            sum
        })
    }

    /// The integrand of leaving after the last order, relative to its start.
    fn leaving(&self, past: &Past) -> PowerLaws {
        PowerLaws {
            a: self.alpha + past.last,
            p: self.r + f64::from(past.repeats),
            b: self.beta + past.last,
            q: self.s + 1.0,
            length: past.age - past.last,
        }
    }

    /// ln of s/β ∫ (1 + y/α)^−(r + x) (1 + y/β)^−(s + 1) dy from t_x to T. `starts` are the day
    /// tables' entries of t_x. Its derivatives are moments of the integrand's own derivatives.
    fn left(&self, past: &Past, starts: ((f64, f64), (f64, f64))) -> Jet<4> {
        let ParetoNbd { r, s, .. } = *self;
        let ((ln_rate, share_rate), (ln_exit, share_exit)) = starts;
        let shape = r + f64::from(past.repeats);
        let start = [-r * ln_rate, shape * share_rate, -s * ln_exit, (s + 1.0) * share_exit];
        let mut total = 0.0;
        // First derivatives, less those at the start so that nothing cancels, their products, and
        // the second derivatives that are not first ones again.
        let (mut first, mut product, mut second) = ([0.0; 4], [[0.0; 4]; 4], [0.0; 4]);
        self.leaving(past).nodes(|node| {
            // α/(α + y) = α/(α + t_x) · e^−ln_a.
            let share = 1.0 - (1.0 - share_rate) * (-node.ln_a).exp();
            let exit = 1.0 - (1.0 - share_exit) * (-node.ln_b).exp();
            let apart = [
                -r * node.ln_a,
                shape * (share - share_rate),
                -s * node.ln_b,
                (s + 1.0) * (exit - share_exit),
            ];
            total += node.weight;
            for i in 0..4 {
                let weighted = node.weight * apart[i];
                first[i] += weighted;
                for j in 0..=i {
                    product[i][j] += weighted * apart[j];
                }
            }
            let bends =
                [r * share, -shape * share * (1.0 - share), s * exit, -(s + 1.0) * exit * (1.0 - exit)];
            for i in 0..4 {
                second[i] += node.weight * bends[i];
            }
        });
        let (first, second) = (first.map(|sum| sum / total), second.map(|sum| sum / total));
        let mut jet = Jet::ZERO;
        jet.value = s.ln() - self.beta.ln() - shape * ln_rate - (s + 1.0) * ln_exit + total.ln();
        for i in 0..4 {
            jet.gradient[i] = start[i] + first[i];
            for j in 0..=i {
                let covariance = product[i][j] / total - first[i] * first[j];
                jet.hessian[i][j] = covariance;
                jet.hessian[j][i] = covariance;
            }
        }
        for (log, scale) in [(0, 1), (2, 3)] {
            jet.hessian[log][log] += jet.gradient[log];
            jet.hessian[scale][scale] += second[scale];
            jet.hessian[log][scale] += second[log];
            jet.hessian[scale][log] += second[log];
        }
        jet.gradient[2] += 1.0;
        jet.gradient[3] -= 1.0;
        jet
    }

    /// ln of the odds of having left against being active.
    fn ln_odds_left(&self, past: &Past) -> f64 {
        let leaving = self.leaving(past);
        let quiet =
            leaving.p * (leaving.length / leaving.a).ln_1p() + self.s * (leaving.length / leaving.b).ln_1p();
        (self.s / leaving.b * leaving.integral()).ln() + quiet
    }
}

/// What depends on (ln r, ln α) and what on (ln s, ln β), added up.
fn join(rates: &Jet<2>, exits: &Jet<2>) -> Jet<4> {
    let mut jet = Jet::ZERO;
    jet.value = rates.value + exits.value;
    for i in 0..2 {
        jet.gradient[i] = rates.gradient[i];
        jet.gradient[2 + i] = exits.gradient[i];
        for j in 0..2 {
            jet.hessian[i][j] = rates.hessian[i][j];
            jet.hessian[2 + i][2 + j] = exits.hessian[i][j];
        }
    }
    jet
}

impl OrderProcess for ParetoNbd {
    fn log_likelihood(&self, past: &Past) -> f64 {
        let ordering = ln_ordering(self.r, self.alpha, f64::from(past.repeats), past.age);
        let left = self.ln_odds_left(past);
        let either = if left > 0.0 { left + (-left).exp().ln_1p() } else { left.exp().ln_1p() };
        ordering - self.s * (past.age / self.beta).ln_1p() + either
    }

    fn alive(&self, past: &Past) -> f64 {
        1.0 / (1.0 + self.ln_odds_left(past).exp())
    }

    fn any_order_if_active(&self, past: &Past, weeks: f64) -> f64 {
        // The density of the next order: it comes at v, and the customer is still there.
        let (a, shape) = (self.alpha + past.age, self.r + f64::from(past.repeats));
        let next = PowerLaws { a, p: shape + 1.0, b: self.beta + past.age, q: self.s, length: weeks };
        (shape / a * next.integral()).min(1.0)
    }

    fn orders_if_active(&self, past: &Past, weeks: f64) -> f64 {
        let (a, b) = (self.alpha + past.age, self.beta + past.age);
        let ln = (weeks / b).ln_1p();
        // (1 − e^−u)/(s − 1) with u = (s − 1) ln(1 + t/b), which at s = 1 is the logarithm.
        let u = (self.s - 1.0) * ln;
        let active_weeks = b * ln * if u.abs() < 1e-300 { 1.0 } else { -(-u).exp_m1() / u };
        (self.r + f64::from(past.repeats)) / a * active_weeks
    }

    fn repeats_probability(&self, _count: u32, _weeks: f64) -> Option<f64> {
        None
    }

    fn discounted_forever(&self, past: &Past, rate: f64) -> Option<f64> {
        let (a, b) = (self.alpha + past.age, self.beta + past.age);
        let orders_per_week = (self.r + f64::from(past.repeats)) / a;
        (rate > 0.0).then(|| self.alive(past) * orders_per_week * b * discounted_pareto(rate * b, self.s))
    }
}
