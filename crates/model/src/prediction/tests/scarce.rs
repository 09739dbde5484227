//! Bases that say little: no dropout, no repeats, one day.

use super::properties::{Dice, simulated};
use crate::prediction::fit::{Dropout, FitError, fit};
use crate::prediction::forecast::{Horizon, forecast, forecasts, next_order_days};
use crate::prediction::history::{Histories, History, Past};
use crate::prediction::models::beta_geometric::BetaGeometric;
use crate::prediction::models::pareto_nbd::ParetoNbd;
use crate::prediction::models::{FittedOrders, ORDER_MODELS, OrderModel, OrderProcess};
use crate::prediction::spend::{GammaGamma, Spender};

#[test]
fn where_nobody_leaves_the_fit_is_that_of_the_nbd() {
    let histories = simulated(3, 4000, |_| (0.0, 1)).0;
    let nbd = fit(OrderModel::Nbd, &histories, None, 2).expect("a fit");
    for model in [OrderModel::BgNbd, OrderModel::MbgNbd, OrderModel::ParetoNbd] {
        let found = fit(model, &histories, None, 2).expect("a fit");
        assert_eq!((found.asked, found.kind, found.dropout), (model, OrderModel::Nbd, Dropout::NotSeen));
        assert_eq!((found.model, found.log_likelihood), (nbd.model, nbd.log_likelihood));
    }
}

#[test]
fn regular_buyers_are_found() {
    let (histories, gaps) = simulated(5, 3000, |dice| (1.0 - dice.uniform().powf(0.25), 3));
    let found = fit(OrderModel::BgCnbd, &histories, Some(gaps), 2).expect("a fit");
    let FittedOrders::BetaGeometric(model) = found.model else { panic!("{found:?}") };
    assert_eq!((model.stages, found.kind, found.dropout), (3, OrderModel::BgCnbd, Dropout::Seen));
    let plain = fit(OrderModel::BgNbd, &histories, None, 2).expect("a fit");
    assert!(found.log_likelihood > plain.log_likelihood + 100.0);
}

#[test]
fn regular_buyers_who_never_leave_are_found() {
    let (histories, gaps) = simulated(6, 2000, |_| (0.0, 2));
    let found = fit(OrderModel::MbgCnbd, &histories, Some(gaps), 2).expect("a fit");
    let names: Vec<&str> = found.parameters.iter().map(|one| one.name).collect();
    assert_eq!((found.dropout, &names[..]), (Dropout::NotSeen, &["r", "alpha", "k"][..]));
    assert_eq!(found.parameters[2].value, 2.0);
    assert!(found.parameters[..2].iter().all(|one| one.standard_error.is_some()));
    assert!(found.model.process().alive(&Past { repeats: 3, last: 5.0, age: 20.0 }) > 1.0 - 1e-12);
}

#[test]
fn dropout_that_is_the_same_for_all_is_told() {
    let mut same = 0;
    for seed in 0..6 {
        let histories = simulated(seed, 2000, |_| (0.25, 1)).0;
        let found = fit(OrderModel::BgNbd, &histories, None, 2).expect("a fit");
        let (a, b) = (found.parameters[2].value, found.parameters[3].value);
        assert!((a / (a + b) - 0.25).abs() < 0.05, "{found:?}");
        same += u32::from(found.dropout == Dropout::SameForAll);
    }
    // The spread is underestimated about as often as overestimated.
    assert!((1..=6).contains(&same), "{same}");
}

#[test]
fn bases_without_repeats_have_no_fit() {
    let new = History { repeats: 0, last: 0, age: 0 };
    for &model in ORDER_MODELS {
        assert_eq!(fit(model, &Histories::default(), Some(0.0), 1), Err(FitError::NoCustomers));
        assert_eq!(fit(model, &Histories::new([new; 9]), Some(0.0), 1), Err(FitError::NoRepeats));
    }
    // One repeat order of one customer is a base too; what comes out is finite.
    let one = Histories::new([new, History { repeats: 1, last: 1, age: 1 }]);
    for &model in ORDER_MODELS {
        let found = fit(model, &one, Some((1.0_f64 / 7.0).ln()), 1).expect("a fit");
        assert!(found.log_likelihood.is_finite() && found.parameters.iter().all(|one| one.value.is_finite()));
        for answer in forecasts(&found.model, &one, &Horizon::new(365, 0.1), 1) {
            assert!((0.0..=1.0).contains(&answer.alive) && (0.0..=1.0).contains(&answer.any_order));
            assert!(answer.orders.is_finite() && answer.discounted_orders <= answer.orders, "{answer:?}");
        }
    }
}

#[test]
fn histories_that_cannot_be_are_left_out() {
    let wrong = [
        History { repeats: 1, last: 9, age: 8 },
        History { repeats: 0, last: 1, age: 8 },
        History { repeats: 2, last: 0, age: 8 },
    ];
    assert_eq!(Histories::new(wrong).customers(), 0);
}

#[test]
fn discounted_orders_are_sums_over_weeks() {
    let pasts = [Past::NEW, Past { repeats: 5, last: 30.0, age: 40.0 }];
    let bg = BetaGeometric { r: 0.24, alpha: 4.4, a: 0.79, b: 2.4, stages: 1, leaves_at_first: false };
    let models = [
        FittedOrders::BetaGeometric(bg),
        FittedOrders::BetaGeometric(BetaGeometric { stages: 3, leaves_at_first: true, ..bg }),
        FittedOrders::ParetoNbd(ParetoNbd { r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 }),
    ];
    for (model, days) in models.iter().flat_map(|model| [14, 60, 365, 1000].map(|days| (model, days))) {
        let horizon = Horizon::new(days, 0.15);
        for past in &pasts {
            let orders =
                |week: u32| model.process().orders(past, (f64::from(week)).min(f64::from(days) / 7.0));
            let weekly = 1.15_f64.powf(-7.0 / 365.25);
            let exact: f64 = (1..=days.div_ceil(7))
                .map(|week| weekly.powf(f64::from(week)) * (orders(week) - orders(week - 1)))
                .sum();
            let found = forecast(model, past, &horizon).discounted_orders;
            assert!((found / exact - 1.0).abs() < 2e-6, "{model:?} {days}: {found} instead of {exact}");
        }
    }
}

#[test]
fn the_next_order_is_at_the_median() {
    let model = ParetoNbd { r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 };
    let busy = Past { repeats: 12, last: 38.0, age: 39.0 };
    let days = next_order_days(&model, &busy).expect("soon");
    assert!(model.any_order(&busy, f64::from(days) / 7.0) >= 0.5);
    assert!(model.any_order(&busy, f64::from(days - 1) / 7.0) < 0.5);
    assert_eq!(next_order_days(&model, &Past { repeats: 12, last: 10.0, age: 39.0 }), None);
}

#[test]
fn spend_that_says_nothing_ends() {
    // Means that do not vary with the number of orders: q and γ run off together.
    let mut dice = Dice(7);
    let spenders: Vec<Spender> =
        (0..2000).map(|i| Spender { repeats: 1 + i % 9, mean: 10.0 + 50.0 * dice.uniform() }).collect();
    let fit = GammaGamma::fit(&spenders, 2).expect("a fit");
    assert!(fit.log_likelihood.is_finite());
    assert_eq!(GammaGamma::fit(&[Spender { repeats: 0, mean: 5.0 }; 9], 1), None);
    assert!(GammaGamma::fit(&[Spender { repeats: 1, mean: 5.0 }; 9], 1).is_some());
}
