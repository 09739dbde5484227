//! What must hold of any model.

use crate::prediction::fit::fit;
use crate::prediction::history::{Histories, History, Past};
use crate::prediction::holdout::accuracy::{Pair, accuracy};
use crate::prediction::jet::Jet;
use crate::prediction::models::beta_geometric::BetaGeometric;
use crate::prediction::models::nbd::Nbd;
use crate::prediction::models::pareto_nbd::ParetoNbd;
use crate::prediction::models::{FittedOrders, OrderModel, OrderProcess};
use proptest::prelude::*;

/// SplitMix64.
pub struct Dice(pub u64);

impl Dice {
    /// In (0, 1).
    pub fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 + 2e-17
    }
}

/// Customers with Gamma(1, 8 weeks) rates of events, aged up to a year, and the sum of the
/// logarithms of their gaps; `of` gives a customer's probability to leave after a repeat order and
/// the events of an order.
pub fn simulated(seed: u64, customers: u32, of: impl Fn(&mut Dice) -> (f64, u32)) -> (Histories, f64) {
    let (mut dice, mut gaps) = (Dice(seed), 0.0);
    let histories: Vec<History> = (0..customers)
        .map(|_| {
            let (leaves, stages) = of(&mut dice);
            let rate = -dice.uniform().ln() / 8.0 * f64::from(stages);
            let age = (dice.uniform() * 364.0) as u32;
            let (mut at, mut last, mut repeats) = (0.0, 0, 0);
            loop {
                at += (0..stages).map(|_| -dice.uniform().ln() / rate * 7.0).sum::<f64>();
                // Days are rounded so that a gap is as long as its time on the whole.
                let day = (at + 0.5) as u32;
                if day > age {
                    break;
                }
                if day > last {
                    gaps += (f64::from(day - last) / 7.0).ln();
                    (last, repeats) = (day, repeats + 1);
                }
                if dice.uniform() < leaves {
                    break;
                }
            }
            History { repeats, last, age }
        })
        .collect();
    (Histories::new(histories), gaps)
}

fn models() -> impl Strategy<Value = FittedOrders> {
    let log = || (-3.0..4.0_f64).prop_map(f64::exp);
    (0..5_usize, log(), log(), log(), log(), 1..6_u32).prop_map(|(kind, r, alpha, third, fourth, stages)| {
        let of = |stages, leaves_at_first| {
            let model = BetaGeometric { r, alpha, a: third, b: fourth, stages, leaves_at_first };
            FittedOrders::BetaGeometric(model)
        };
        match kind {
            0 => FittedOrders::Nbd(Nbd { r, alpha }),
            1 => of(1, false),
            2 => of(1, true),
            3 => of(stages, stages % 2 == 0),
            _ => FittedOrders::ParetoNbd(ParetoNbd { r, alpha, s: third, beta: fourth }),
        }
    })
}

fn pasts() -> impl Strategy<Value = Past> {
    (0..60_u32, 0.0..1.0_f64, 0.0..100.0_f64).prop_map(|(repeats, share, age)| Past {
        repeats,
        last: if repeats == 0 { 0.0 } else { share * age },
        age,
    })
}

fn histories() -> impl Strategy<Value = Vec<History>> {
    let one = (0..9_u32, 1..200_u32, 0..200_u32).prop_map(|(repeats, last, more)| {
        let last = if repeats == 0 { 0 } else { last };
        History { repeats, last, age: last + more }
    });
    prop::collection::vec(one, 20..3000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn answers_are_sound(model in models(), past in pasts(), t in 0.01..200.0_f64, more in 0.01..50.0_f64) {
        let model = model.process();
        let (alive, any, orders) = (model.alive(&past), model.any_order(&past, t), model.orders(&past, t));
        prop_assert!((0.0..=1.0).contains(&alive));
        prop_assert!((0.0..=1.0).contains(&any) && any <= alive);
        // Markov's inequality: an order is no likelier than there are orders expected.
        prop_assert!(any <= orders * (1.0 + 1e-12), "{any} {orders}");
        prop_assert!(model.orders(&past, t + more) >= orders * (1.0 - 1e-13));
        prop_assert!(model.any_order(&past, t + more) >= any * (1.0 - 1e-12));
        prop_assert!(model.log_likelihood(&past).is_finite());
        let later = Past { age: past.age + more, ..past };
        prop_assert!(model.alive(&later) <= alive * (1.0 + 1e-12));
        prop_assert!(model.orders(&past, 0.0) == 0.0 && model.any_order(&past, 0.0) == 0.0);
    }

    #[test]
    fn likelihood_is_free_of_order_and_threads(customers in histories(), logs in prop::array::uniform4(-2.0..3.0_f64)) {
        let reversed = Histories::new(customers.iter().rev().copied());
        let parts = customers.chunks(7).map(|part| Histories::new(part.iter().copied()));
        let whole = Histories::new(customers.iter().copied());
        prop_assert_eq!(&reversed, &whole);
        prop_assert_eq!(&Histories::merge(parts), &whole);
        prop_assert_eq!(ParetoNbd::evaluate(&whole, &logs, 1), ParetoNbd::evaluate(&whole, &logs, 3));
        let of = |threads| BetaGeometric::evaluate(&whole, (2, true), &logs, threads);
        prop_assert_eq!(of(1), of(3));
    }

    #[test]
    fn likelihood_of_a_base_is_the_sum_and_its_derivatives_are_right(
        customers in histories(),
        logs in prop::array::uniform4(-1.5..2.5_f64),
        (stages, leaves_at_first) in (1..5_u32, any::<bool>()),
    ) {
        let base = Histories::new(customers.iter().copied());
        let [r, alpha, third, fourth] = logs.map(f64::exp);
        let bg = BetaGeometric { r, alpha, a: third, b: fourth, stages, leaves_at_first };
        let pareto = ParetoNbd { r, alpha, s: third, beta: fourth };
        let of_bg = |logs: &[f64; 4]| BetaGeometric::evaluate(&base, (stages, leaves_at_first), logs, 1);
        let of_pareto = |logs: &[f64; 4]| ParetoNbd::evaluate(&base, logs, 1);
        let sum = |model: &dyn OrderProcess| -> f64 { customers.iter().map(|one| model.log_likelihood(&one.past())).sum() };
        for (whole, parts) in [(of_bg(&logs).value, sum(&bg)), (of_pareto(&logs).value, sum(&pareto))] {
            prop_assert!((whole / parts - 1.0).abs() < 1e-10, "{whole} {parts}");
        }
        derivatives_are_right(&of_bg, &logs)?;
        derivatives_are_right(&of_pareto, &logs)?;
    }

    #[test]
    fn measures_are_sound(
        rows in prop::collection::vec((0.0..5.0_f64, 0..5_u32, 1..4_u64), 2..40),
        turn in 0..40_usize,
    ) {
        let mut pairs: Vec<Pair> = rows
            .iter()
            .map(|&(predicted, actual, customers)| Pair {
                predicted: predicted.round(),
                actual: f64::from(actual),
                customers,
            })
            .collect();
        let found = accuracy(&pairs);
        let turn = turn % pairs.len();
        pairs.rotate_left(turn);
        let again = accuracy(&pairs);
        prop_assert!((found.rmse - again.rmse).abs() < 1e-12 && found.mae <= found.rmse * (1.0 + 1e-12));
        for (one, other) in [(found.gini, again.gini), (found.top_decile, again.top_decile)] {
            prop_assert_eq!(one.is_some(), other.is_some());
            prop_assert!((one.unwrap_or(0.0) - other.unwrap_or(0.0)).abs() < 1e-9);
        }
        if let Some(gini) = found.gini {
            prop_assert!((-1.0 - 1e-9..=1.0 + 1e-9).contains(&gini));
            let perfect: Vec<Pair> = pairs.iter().map(|pair| Pair { predicted: pair.actual, ..*pair }).collect();
            prop_assert!((accuracy(&perfect).gini.unwrap_or(0.0) - 1.0).abs() < 1e-9);
        }
    }
}

/// Gradients against differences of values, second derivatives against differences of gradients.
fn derivatives_are_right(of: &dyn Fn(&[f64; 4]) -> Jet<4>, at: &[f64; 4]) -> Result<(), TestCaseError> {
    const STEP: f64 = 1e-4;
    let here = of(at);
    let size = 1.0 + here.value.abs();
    for i in 0..4 {
        let beside = |step: f64| {
            let mut at = *at;
            at[i] += step;
            of(&at)
        };
        let (below, above) = (beside(-STEP), beside(STEP));
        let slope = (above.value - below.value) / (2.0 * STEP);
        prop_assert!((slope - here.gradient[i]).abs() < 1e-6 * size, "{i}: {slope} {}", here.gradient[i]);
        for j in 0..4 {
            let bend = (above.gradient[j] - below.gradient[j]) / (2.0 * STEP);
            prop_assert!(
                (bend - here.hessian[i][j]).abs() < 1e-6 * size,
                "{i} {j}: {bend} {}",
                here.hessian[i][j]
            );
        }
    }
    Ok(())
}

#[test]
fn a_fit_is_not_below_the_parameters_that_made_the_base() {
    for seed in 0..8 {
        // Gamma(1, 8) rates, Beta(1, 4) dropout after a repeat order.
        let base = simulated(seed, 400, |dice| (1.0 - dice.uniform().powf(0.25), 1)).0;
        let truth = [1.0, 8.0, 1.0, 4.0].map(f64::ln);
        let found = fit(OrderModel::BgNbd, &base, None, 2).expect("a fit");
        assert!(found.converged, "{found:?}");
        assert!(found.log_likelihood >= BetaGeometric::evaluate(&base, (1, false), &truth, 1).value);
        let pareto = fit(OrderModel::ParetoNbd, &base, None, 2).expect("a fit");
        let logs = [1.0, 8.0, 1.0, 10.0].map(f64::ln);
        assert!(pareto.log_likelihood >= ParetoNbd::evaluate(&base, &logs, 1).value);
    }
}
