//! The CDNOW sample: published fits, errors and holdout figures.
//!
//! Figures: Fader, Hardie and Lee 2005 and the vignettes and tests of BTYD, BTYDplus, CLVTools and
//! lifetimes, all of which agree; reproduced to more digits with an independent program.

use super::golden::assert_close;
use crate::calendar::Day;
use crate::prediction::fit::{Dropout, Fit, fit};
use crate::prediction::history::{Histories, History, Past, weeks};
use crate::prediction::holdout::rules::{RECENT_DAYS, Rule};
use crate::prediction::holdout::tracking::cumulative;
use crate::prediction::holdout::{Held, HoldoutCheck, Verdict, check};
use crate::prediction::models::OrderModel;
use crate::prediction::spend::{GammaGamma, Spender};
use jiff::civil::Date;
use std::collections::BTreeMap;

const HOLDOUT_DAYS: u32 = 273;

fn day(text: &str) -> Day {
    let number: i32 = text.parse().expect("a date");
    let date = Date::new((number / 10_000) as i16, (number / 100 % 100) as i8, (number % 100) as i8);
    Day::from_date(date.expect("a date"))
}

/// Customers' days with orders, with the money of each day.
fn sample() -> Vec<BTreeMap<Day, f64>> {
    let mut customers: BTreeMap<&str, BTreeMap<Day, f64>> = BTreeMap::new();
    for line in include_str!("../../../../../data/cdnow_sample.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let money: f64 = cells[3].parse().expect("money");
        *customers.entry(cells[0]).or_default().entry(day(cells[1])).or_default() += money;
    }
    customers.into_values().collect()
}

/// What was known on 1997-09-30, and what came after.
fn held() -> Vec<Held> {
    let cut = day("19970930");
    let of = |days: BTreeMap<Day, f64>| {
        let before: Vec<Day> = days.keys().copied().filter(|day| *day <= cut).collect();
        let (first, last) = (before[0], before[before.len() - 1]);
        let recent = before.iter().filter(|day| cut.since(**day) < RECENT_DAYS as i32).count();
        let history = History {
            repeats: before.len() as u32 - 1,
            last: last.since(first) as u32,
            age: cut.since(first) as u32,
        };
        Held { history, recent: recent as u32, actual: (days.len() - before.len()) as u32, customers: 1 }
    };
    sample().into_iter().map(of).collect()
}

fn fitted(model: OrderModel) -> Fit {
    fit(model, &Histories::new(held().iter().map(|one| one.history)), None, 2).expect("a fit")
}

fn assert_fit(fit: &Fit, likelihood: f64, parameters: &[f64], errors: &[f64]) {
    assert!((fit.log_likelihood - likelihood).abs() < 1e-8, "{}", fit.log_likelihood);
    assert_eq!((fit.customers, fit.converged, fit.kind), (2357, true, fit.asked));
    assert_eq!(fit.parameters.len(), parameters.len());
    for (found, wanted) in fit.parameters.iter().zip(parameters) {
        assert_close(found.value, *wanted, 1e-6, found.name);
    }
    for (found, wanted) in fit.parameters.iter().zip(errors) {
        assert_close(found.standard_error.expect("an error"), *wanted, 2e-3, found.name);
    }
}

#[test]
fn fits_of_orders() {
    let nbd = fitted(OrderModel::Nbd);
    assert!((nbd.log_likelihood + 9763.658).abs() < 5e-4);
    assert_close(nbd.parameters[0].value, 0.38476615, 1e-6, "r");
    assert_close(nbd.parameters[1].value, 12.0720232, 1e-6, "alpha");
    assert_eq!(nbd.dropout, Dropout::NotModelled);
    let bg = fitted(OrderModel::BgNbd);
    let (of_bg, errors) =
        ([0.24259453, 4.41360253, 0.79292193, 2.42590668], [0.01256, 0.3782, 0.1857, 0.7053]);
    assert_fit(&bg, -9582.429206674, &of_bg, &errors);
    assert_eq!(bg.dropout, Dropout::Seen);
    let of_mbg = [0.52484317, 6.18308496, 0.89135932, 1.61400190];
    assert_fit(&fitted(OrderModel::MbgNbd), -9582.135715554, &of_mbg, &[]);
    let of_pareto = [0.55327707, 10.5776841, 0.60624019, 11.66874242];
    assert_fit(&fitted(OrderModel::ParetoNbd), -9594.976178940, &of_pareto, &[0.0476, 0.8427, 0.1871, 6.204]);
}

#[test]
fn regular_timing_is_not_seen_and_one_stage_is_the_plain_model() {
    let cut = day("19970930");
    let gaps: f64 = sample()
        .iter()
        .flat_map(|days| {
            let before: Vec<Day> = days.keys().copied().filter(|day| *day <= cut).collect();
            before.windows(2).map(|pair| (f64::from(pair[1].since(pair[0])) / 7.0).ln()).collect::<Vec<_>>()
        })
        .sum();
    let histories = Histories::new(held().iter().map(|one| one.history));
    let regular = fit(OrderModel::MbgCnbd, &histories, Some(gaps), 2).expect("a fit");
    assert!((regular.log_likelihood + 9582.135715554).abs() < 1e-8);
    assert!(fit(OrderModel::MbgCnbd, &histories, None, 2).is_err());
}

#[test]
fn fit_of_spend() {
    let cut = day("19970930");
    let spenders: Vec<Spender> = sample()
        .iter()
        .map(|days| {
            let before: Vec<f64> = days.range(..=cut).skip(1).map(|(_, money)| *money).collect();
            Spender { repeats: before.len() as u32, mean: before.iter().sum::<f64>() / before.len() as f64 }
        })
        .collect();
    let fit = GammaGamma::fit(&spenders, 2).expect("a fit");
    assert!((fit.log_likelihood + 4055.917694802).abs() < 1e-8, "{}", fit.log_likelihood);
    assert_eq!(fit.customers, 946);
    let found = [fit.model.p, fit.model.q, fit.model.gamma];
    let wanted = [(6.24957243, 1.190), (3.74422441, 0.2901), (15.44351952, 4.160)];
    for ((found, error), (value, wanted_error)) in found.into_iter().zip(fit.standard_errors).zip(wanted) {
        assert_close(found, value, 1e-6, "parameter");
        assert_close(error.expect("an error"), wanted_error, 1e-3, "error");
    }
    assert_close(fit.model.expected_value(3, 35.0).expect("finite"), 35.02177, 1e-6, "value");
    assert_close(fit.model.expected_value(0, 0.0).expect("finite"), 35.1704, 1e-6, "base");
}

#[test]
fn expectations_of_the_vignettes() {
    let (bg, pareto) = (fitted(OrderModel::BgNbd).model, fitted(OrderModel::ParetoNbd).model);
    let (bg, pareto) = (bg.process(), pareto.process());
    // Customer 1516, from day 0 to day 216 of 217.
    let busiest = History { repeats: 26, last: 216, age: 217 }.past();
    assert_close(pareto.orders(&busiest, 52.0), 25.45647, 1e-4, "Pareto/NBD");
    assert_close(pareto.alive(&busiest), 0.997874, 1e-6, "Pareto/NBD");
    assert_close(bg.orders(&busiest, 52.0), 25.75659, 1e-4, "BG/NBD");
    assert_close(bg.alive(&busiest), 0.9688523, 1e-5, "BG/NBD");
    assert_close(pareto.orders(&Past::NEW, 52.0), 1.473434, 1e-6, "Pareto/NBD");
    assert_close(bg.orders(&Past::NEW, 52.0), 1.444004, 2e-3, "BG/NBD");
    // More orders and the same long silence: fewer expected.
    let rows = [
        (10, 0.70623, 0.34746),
        (15, 0.14424, 0.042834),
        (20, 0.022507, 0.0041590),
        (25, 0.0030927, 0.00035837),
    ];
    for (repeats, of_pareto, of_bg) in rows {
        let past = Past { repeats, last: 20.0, age: 39.0 };
        assert_close(pareto.orders(&past, 52.0), of_pareto, 1e-3, "Pareto/NBD");
        assert_close(bg.orders(&past, 52.0), of_bg, 1e-3, "BG/NBD");
    }
}

fn checked(model: OrderModel) -> HoldoutCheck {
    check(&fitted(model).model, held(), HOLDOUT_DAYS, 2).expect("a check")
}

#[test]
fn holdout() {
    let rows = [
        (OrderModel::BgNbd, 0.7855, 1.6080, 0.6256, -0.12, 0.662, 0.684),
        (OrderModel::MbgNbd, 0.7648, 1.6072, 0.6273, -0.16, 0.664, 0.695),
        (OrderModel::ParetoNbd, 0.7545, 1.6028, 0.6302, -0.115, 0.673, 0.688),
        (OrderModel::Nbd, 1.0410, 1.8595, 0.5834, 0.56, 0.680, 0.670),
    ];
    for (model, mae, rmse, correlation, bias, gini, top) in rows {
        let found = checked(model).model;
        assert_close(found.mae, mae, 1e-3, "mae");
        assert_close(found.rmse, rmse, 1e-3, "rmse");
        assert_close(found.correlation.expect("spread"), correlation, 1e-3, "correlation");
        assert!((found.bias.expect("orders") - bias).abs() < 0.006, "{:?}", found.bias);
        assert!((found.gini.expect("orders") - gini).abs() < 0.01, "{model:?} {:?}", found.gini);
        assert!((found.top_decile.expect("orders") - top).abs() < 0.01, "{model:?} {:?}", found.top_decile);
    }
    let found = checked(OrderModel::BgNbd);
    let rule = |rule| found.rules.iter().find(|check| check.rule == rule).expect("every rule").accuracy;
    assert_close(rule(Rule::LastHalfYear).rmse, 1.9682, 1e-3, "last half-year");
    assert_close(rule(Rule::LastHalfYear).mae, 0.8801, 1e-3, "last half-year");
    assert_close(rule(Rule::PastRate).rmse, 2.2119, 1e-3, "past rate");
    assert_close(rule(Rule::PastRate).mae, 1.0237, 1e-3, "past rate");
    assert_close(rule(Rule::Nothing).mae, 0.7985, 1e-3, "nothing");
    assert_eq!(found.verdict, Verdict::Better);
}

#[test]
fn by_past_frequency() {
    let actual = [0.2367, 0.6970, 1.3925, 1.5600, 2.5323, 2.9474, 3.8621, 6.3594];
    let customers = [1411, 439, 214, 100, 62, 38, 29, 64];
    let of_bg = [0.2251, 0.5231, 1.0441, 1.5203, 2.1638, 2.6538, 3.5040, 6.1570];
    let of_pareto = [0.138, 0.600, 1.196, 1.714, 2.399, 2.907, 3.819, 6.403];
    for (model, expected) in [(OrderModel::BgNbd, of_bg), (OrderModel::ParetoNbd, of_pareto)] {
        let rows = checked(model).by_frequency;
        assert_eq!(rows.len(), 8);
        for (i, row) in rows.iter().enumerate() {
            assert_eq!((row.repeats as usize, row.customers), (i, customers[i]));
            assert!((row.actual - actual[i]).abs() < 5e-5, "{row:?}");
            assert!((row.expected - expected[i]).abs() < 1e-3, "{row:?}");
        }
    }
}

#[test]
fn weeks_of_all_customers() {
    let begin = day("19970101");
    let (mut first_days, mut repeat_days) = (BTreeMap::new(), BTreeMap::new());
    for days in sample() {
        for (i, day) in days.keys().enumerate() {
            let counts = if i == 0 { &mut first_days } else { &mut repeat_days };
            *counts.entry(day.since(begin) as u32).or_default() += 1;
        }
    }
    let model = fitted(OrderModel::ParetoNbd).model;
    let found = cumulative(&model, &first_days, &repeat_days, 78);
    assert_eq!((found.len(), found[77].days, found[77].actual), (78, 546, 4339));
    assert!(found.windows(2).all(|pair| pair[0].expected < pair[1].expected));
    let by_hand: f64 = first_days
        .iter()
        .map(|(first, customers): (&u32, &u64)| {
            *customers as f64 * model.process().orders(&Past::NEW, weeks(272 - first))
        })
        .sum();
    assert_close(found[38].expected, by_hand, 1e-12, "39 weeks");
    assert!((found[38].expected / found[38].actual as f64 - 1.0).abs() < 0.05);
}
