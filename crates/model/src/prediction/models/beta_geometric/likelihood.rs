//! The log-likelihood of the BG family over a base, with its derivatives.

use super::BetaGeometric;
use crate::prediction::history::{DayTable, Histories, History};
use crate::prediction::jet::Jet;
use crate::prediction::models::nbd::{ordering, waiting};
use crate::prediction::special::{LnGamma, ln_rising};

impl BetaGeometric {
    /// The log-likelihood of a base in (ln r, ln α, ln a, ln b), less what no parameter changes
    /// (see [`BetaGeometric::gaps_constant`]).
    pub fn evaluate(
        histories: &Histories,
        (stages, leaves_at_first): (u32, bool),
        logs: &[f64; 4],
        threads: usize,
    ) -> Jet<4> {
        let [r, alpha, a, b] = logs.map(f64::exp);
        let repeats_max = histories.repeats_max();
        let orders = ordering(r, alpha, stages, repeats_max);
        let staying = staying(a, b, repeats_max as usize + 1);
        let days = DayTable::new(alpha, histories.age_max());
        let of = |history: &History| {
            let events = f64::from(history.repeats * stages);
            let mut active = waiting(r, events, days.at(history.age));
            if stages > 1 && history.age > history.last {
                let quiet = f64::from(history.age - history.last) / 7.0;
                let share = days.at(history.age).1;
                // (T − t_x) / (α + T), where T / (α + T) is the share.
                let events_since = quiet * (1.0 - share) / alpha;
                active.add(&erlang(stages, r, events, (events_since, share)), 1.0);
            }
            let chances = history.repeats as usize + usize::from(leaves_at_first);
            let mut sum = if chances == 0 {
                wide(&active)
            } else {
                let mut left = wide(&waiting(r, events, days.at(history.last)));
                place(&mut left, &staying[chances].left);
                Jet::ln_sum_exp(&wide(&active), &left)
            };
            sum.add(&wide(&orders[history.repeats as usize]), 1.0);
            place(&mut sum, &staying[chances].stayed);
            sum
        };
        histories.sum(threads, of)
    }

    /// What makes log-likelihoods of different `stages` comparable: (k − 1) Σ ln gap − ln (k − 1)! Σx,
    /// from `ln_gaps`, the sum over all customers of the logarithms of the weeks between one day
    /// with an order and the next.
    pub fn gaps_constant(stages: u32, ln_gaps: f64, repeats: u64) -> f64 {
        let ln_factorial: f64 = (1..stages).map(|n| f64::from(n).ln()).sum();
        f64::from(stages - 1) * ln_gaps - ln_factorial * repeats as f64
    }
}

/// Having stayed at `m` chances, in (ln a, ln b).
struct Staying {
    /// ln E[(1 − p)^m].
    stayed: Jet<2>,
    /// ln of the odds of having left at the last chance instead: a / (b + m − 1).
    left: Jet<2>,
}

fn staying(a: f64, b: f64, last: usize) -> Vec<Staying> {
    let (of_b, of_both) = (ln_rising(b, last), ln_rising(a + b, last));
    let of = |(m, (sum_b, sum_both)): (usize, (&LnGamma, &LnGamma))| {
        let share = b / (b + m as f64 - 1.0);
        Staying {
            stayed: Jet {
                value: sum_b.value - sum_both.value,
                gradient: [-a * sum_both.first, b * (sum_b.first - sum_both.first)],
                hessian: [
                    [-a * sum_both.first - a * a * sum_both.second, -a * b * sum_both.second],
                    [
                        -a * b * sum_both.second,
                        b * (sum_b.first - sum_both.first) + b * b * (sum_b.second - sum_both.second),
                    ],
                ],
            },
            left: Jet {
                value: (a / (b + m as f64 - 1.0)).ln(),
                gradient: [1.0, -share],
                hessian: [[0.0, 0.0], [0.0, -share * (1.0 - share)]],
            },
        }
    };
    of_b.iter().zip(&of_both).enumerate().map(of).collect()
}

/// ln Σ_{j<k} (r + n)ⱼ/j! vʲ in (ln r, ln α): not yet the k-th event since the last order.
/// `share` is T/(α + T).
fn erlang(stages: u32, r: f64, events: f64, (v, share): (f64, f64)) -> Jet<2> {
    let (mut total, mut weight) = (0.0, 1.0);
    // Sums over stages, weighted: gradients, their products, second derivatives.
    let (mut g0, mut g1, mut g00, mut g01, mut g11, mut h00, mut h11) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut first, mut second) = (0.0, 0.0);
    for j in 0..stages {
        let j = f64::from(j);
        let (d0, d1) = (r * first, -j * (1.0 - share));
        total += weight;
        g0 += weight * d0;
        g1 += weight * d1;
        g00 += weight * d0 * d0;
        g01 += weight * d0 * d1;
        g11 += weight * d1 * d1;
        h00 += weight * (d0 - r * r * second);
        h11 += weight * d1 * share;
        let factor = r + events + j;
        weight *= factor / (j + 1.0) * v;
        first += 1.0 / factor;
        second += 1.0 / (factor * factor);
    }
    let (g0, g1) = (g0 / total, g1 / total);
    let cross = g01 / total - g0 * g1;
    Jet {
        value: total.ln(),
        gradient: [g0, g1],
        hessian: [[(h00 + g00) / total - g0 * g0, cross], [cross, (h11 + g11) / total - g1 * g1]],
    }
}

/// (ln r, ln α) among all four.
fn wide(jet: &Jet<2>) -> Jet<4> {
    let ([g0, g1], [[h00, h01], [h10, h11]]) = (jet.gradient, jet.hessian);
    Jet {
        value: jet.value,
        gradient: [g0, g1, 0.0, 0.0],
        hessian: [[h00, h01, 0.0, 0.0], [h10, h11, 0.0, 0.0], [0.0; 4], [0.0; 4]],
    }
}

/// Adds what depends on (ln a, ln b).
fn place(to: &mut Jet<4>, jet: &Jet<2>) {
    to.value += jet.value;
    for i in 0..2 {
        to.gradient[2 + i] += jet.gradient[i];
        for j in 0..2 {
            to.hessian[2 + i][2 + j] += jet.hessian[i][j];
        }
    }
}
