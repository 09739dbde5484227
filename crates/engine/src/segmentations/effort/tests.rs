//! Value for effort by its words, customer by customer, and what segments add up to.

use super::super::tests::table::{Shown, Table, day, show};
use super::super::{Settings, find};
use super::{Returns, by_segment};
use model::calendar::AsOf;
use model::money::Money;
use proptest::prelude::*;

/// A customer as the words know it; money and effort in 1/10 000.
#[derive(Clone, Debug)]
struct Customer {
    orders: i64,
    months: i64,
    revenue: i64,
    revenue_365: i64,
    margin: Option<i64>,
    margin_365: Option<i64>,
    costed: i64,
    effort: Option<i64>,
    followers: Option<u32>,
    referrals: Option<u32>,
}

fn customer() -> impl Strategy<Value = Customer> {
    let money = || (-20i64..200).prop_map(|units| units * 50_000);
    let effort = prop::option::of(prop_oneof![1 => Just(0i64), 6 => (1i64..40).prop_map(|n| n * 5_000)]);
    let known = (prop::option::weighted(0.9, money()), prop::option::weighted(0.8, money()));
    let words = (prop::option::of(0u32..3_000), prop::option::of(0u32..20));
    ((0i64..4, 1i64..30), (money(), money()), known, effort, words, 0i64..=100).prop_map(
        |((orders, months), (revenue, revenue_365), (margin, margin_365), effort, words, costed)| {
            let revenue = if orders == 0 { 0 } else { revenue };
            Customer {
                orders,
                months,
                revenue,
                revenue_365,
                margin,
                margin_365,
                costed: if costed < 40 { revenue * costed / 40 } else { revenue },
                effort,
                followers: words.0,
                referrals: words.1,
            }
        },
    )
}

fn as_of() -> AsOf {
    AsOf(day("2026-11-22"))
}

fn table(customers: &[Customer]) -> Table {
    let header = "customer orders first_order_at revenue revenue_365 margin margin_365 costed_revenue \
                  effort_365 followers referrals";
    let money = |value: i64| Money(value).to_string();
    let rows = customers.iter().enumerate().map(|(number, one)| {
        // Sixteen months of 30.4375 days are 487 days; two make 61 of them, near enough for days.
        let days = (one.months * 487 + 8) / 16;
        let first = as_of().0.plus(-(days as i32)).to_string();
        vec![
            format!("c{number:03}"),
            one.orders.to_string(),
            if one.orders > 0 { first } else { String::new() },
            money(one.revenue),
            money(one.revenue_365),
            one.margin.map_or(String::new(), money),
            one.margin_365.map_or(String::new(), money),
            money(one.costed),
            one.effort.map_or(String::new(), money),
            one.followers.map_or(String::new(), |count| count.to_string()),
            one.referrals.map_or(String::new(), |count| count.to_string()),
        ]
    });
    Table {
        header: header.split_whitespace().map(str::to_owned).collect(),
        rows: rows.collect(),
        order_amounts: Vec::new(),
    }
}

/// Points of half an hour, 30 an hour: a point costs 15.
const GIVEN: [(&str, &str); 1] = [("hour_cost", "30")];
const POINT_COST: i64 = 15;

fn ask(given: &[(&str, &str)], customers: &[Customer], buckets: usize) -> Shown {
    let given: Vec<(String, String)> =
        given.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    show("effort", &given, as_of(), &table(customers), buckets, 2).unwrap()
}

/// Margin where 95 % of net revenue has a cost.
fn on_margin(all: &[Customer]) -> bool {
    let revenue: i64 = all.iter().map(|one| one.revenue).sum();
    let costed: i64 = all.iter().map(|one| one.costed).sum();
    revenue > 0 && costed as f64 / revenue as f64 >= 0.95 - 1e-12
}

fn lately(all: &[Customer], one: &Customer) -> i64 {
    if on_margin(all) { one.margin_365.unwrap_or(0) } else { one.revenue_365 }
}

fn segment(all: &[Customer], one: &Customer) -> &'static str {
    let Some(effort) = one.effort.filter(|&effort| effort > 0) else { return "effort_unknown" };
    let roi = lately(all, one) as f64 / (effort * POINT_COST) as f64 - 1.0;
    // Both are whole multiples of 0.5, so that a float tells them apart.
    if roi >= 1.0 - 1e-9 {
        "pays"
    } else if roi >= -1e-9 {
        "thin"
    } else {
        "drain"
    }
}

fn influence(one: &Customer) -> f64 {
    let part = |count: Option<u32>| count.map_or(0.0, |count| f64::from(count + 1).log10());
    part(one.followers) + part(one.referrals)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn labels_are_what_the_words_say(all in prop::collection::vec(customer(), 0..25), buckets in 1usize..4) {
        let shown = ask(&GIVEN, &all, buckets);
        for (number, one) in all.iter().enumerate() {
            let labels = &shown.labels[&format!("c{number:03}")];
            prop_assert_eq!(&labels[0], segment(&all, one), "{:?}", one);
            let effort = one.effort.filter(|&effort| effort > 0);
            let hours = effort.map(|effort| effort as f64 / 20_000.0);
            prop_assert_eq!(labels[1].parse::<f64>().ok(), hours);
            let cost = effort.map_or(String::new(), |effort| Money(effort * POINT_COST).to_string());
            prop_assert_eq!(&labels[2], &cost);
            let roi = effort.map(|effort| lately(&all, one) as f64 / (effort * POINT_COST) as f64 - 1.0);
            prop_assert_eq!(labels[3].is_empty(), roi.is_none());
            if let Some(roi) = roi {
                let short = roi - labels[3].parse::<f64>().unwrap();
                prop_assert!((-1e-9..0.000_100_1).contains(&short), "{} {roi}", labels[3]);
            }
            let known = one.followers.is_some() || one.referrals.is_some();
            prop_assert_eq!(labels[4].is_empty(), !known);
            if known {
                prop_assert!((labels[4].parse::<f64>().unwrap() - influence(one)).abs() <= 0.000_051);
            }
            prop_assert_eq!(labels[5].is_empty(), one.orders == 0);
            let lost = labels[0] == "drain" && influence(one) < 2.0 - 0.000_051;
            if (influence(one) - 2.0).abs() > 0.000_051 {
                prop_assert_eq!(&labels[6], &lost.to_string());
            }
        }
    }

    /// Segments add up to the base, whatever it is cut by, and ROI follows from the sums.
    #[test]
    fn segments_add_up(all in prop::collection::vec(customer(), 1..25)) {
        let shown = ask(&GIVEN, &all, 3);
        let settings = Settings::new(find("effort").unwrap().about(), GIVEN).unwrap();
        let (fit, labels) = (&shown.outcome.fits[0], &shown.outcome.labels);
        let found = by_segment(&settings, fit, &shown.buckets, labels, "effort").unwrap();
        for (name, sums) in &found {
            let own = || all.iter().filter(|one| segment(&all, one) == name);
            let known = || own().filter(|one| one.effort.is_some_and(|effort| effort > 0));
            let expected = Returns {
                customers: own().count() as u64,
                known: known().count() as u64,
                effort: known().map(|one| i128::from(one.effort.unwrap())).sum(),
                money: known().map(|one| i128::from(lately(&all, one))).sum(),
            };
            prop_assert_eq!(*sums, expected);
        }
        prop_assert_eq!(found.iter().map(|(_, sums)| sums.customers).sum::<u64>(), all.len() as u64);
        let flags = by_segment(&settings, fit, &shown.buckets, labels, "drain_without_influence").unwrap();
        let whole = |list: &[(String, Returns)]| {
            list.iter().fold(Returns::default(), |mut sum, (_, one)| { sum.add(one); sum })
        };
        prop_assert_eq!(whole(&flags), whole(&found));
        prop_assert!(by_segment(&settings, fit, &shown.buckets, labels, "roi").is_err());
    }
}

/// Expected money is a year at the pace of all history.
#[test]
fn a_year_at_the_same_pace() {
    let one = |months: i64, revenue: i64| Customer {
        orders: 2,
        months,
        revenue: revenue * 10_000,
        revenue_365: 0,
        margin: None,
        margin_365: None,
        costed: 0,
        effort: None,
        followers: None,
        referrals: None,
    };
    let shown = ask(&GIVEN, &[one(16, 1_600), one(1, 50), one(16, -160)], 1);
    let expected: Vec<&str> = shown.labels.values().map(|labels| labels[5].as_str()).collect();
    assert_eq!(expected, ["1200.00", "600.00", "-120.00"]);
}

#[test]
fn without_the_cost_of_an_hour_nothing_is_said_of_anybody() {
    let one = Customer {
        orders: 1,
        months: 1,
        revenue: 10_000,
        revenue_365: 10_000,
        margin: None,
        margin_365: None,
        costed: 0,
        effort: Some(50_000),
        followers: None,
        referrals: None,
    };
    let shown = ask(&[], std::slice::from_ref(&one), 1);
    assert_eq!(shown.labels["c000"][..4], ["effort_unknown", "2.5", "", ""]);
    assert!(shown.outcome.fits[0].notes[1].starts_with("WHAT AN HOUR COSTS IS NOT SET"));
    let shown = ask(&[("unit", "hours"), ("hour_cost", "0.5")], &[one], 1);
    assert_eq!(shown.labels["c000"][..4], ["drain", "5", "2.50", "-0.6"]);
}

/// A customer with one order of last year's, and nothing else known.
fn plain() -> Customer {
    Customer {
        orders: 1,
        months: 1,
        revenue: 10_000,
        revenue_365: 10_000,
        margin: None,
        margin_365: None,
        costed: 0,
        effort: Some(50_000),
        followers: None,
        referrals: None,
    }
}

/// From two on influence keeps a drain: with ninety-nine followers, or with nine and nine referrals.
#[test]
fn a_hundred_keep_a_drain() {
    let with = |followers, referrals| Customer { followers, referrals, ..plain() };
    let all = [with(Some(98), None), with(Some(99), None), with(Some(9), Some(9)), with(None, None)];
    let shown = ask(&GIVEN, &all, 1);
    let lost: Vec<&str> = shown.labels.values().map(|labels| labels[6].as_str()).collect();
    assert_eq!(lost, ["true", "false", "false", "true"]);
}

/// Effort of nought is none known: of such customers nothing is predicted either.
#[test]
fn no_effort_is_none_known() {
    let none = |effort| ask(&GIVEN, &[Customer { effort, ..plain() }], 1);
    for shown in [none(Some(0)), none(None)] {
        assert_eq!(shown.labels["c000"][..4], ["effort_unknown", "", "", ""]);
        assert_eq!(shown.outcome.fits[0].exact("known"), Some(0));
    }
    assert_eq!(none(Some(1)).outcome.fits[0].exact("known"), Some(1));
}

/// What is expected is predicted from a hundred customers on who came back.
#[test]
fn a_hundred_returned_are_enough_for_a_prediction() {
    let header = "customer orders first_order_at revenue revenue_365 costed_revenue effort_365 gaps \
                  order_span_days age_days ln_gap_weeks repeat_revenue";
    let predicted = |returned: usize| {
        let row = |number: usize| {
            if number == 129 {
                return ["z", "0", "", "0", "0", "", "5", "0", "", "", "", ""].map(str::to_owned).to_vec();
            }
            let repeats = if number < returned { 1 + number % 5 } else { 0 };
            let (span, age) = (repeats * 20, repeats * 20 + 10 + number % 90);
            let first = as_of().0.plus(-(age as i32)).to_string();
            let counts = [repeats, span, age].map(|count| count.to_string());
            let id = format!("c{number:03}");
            let mut row = vec![id, (repeats + 1).to_string(), first];
            row.extend(["50", "40", "", "5"].map(str::to_owned));
            row.extend(counts);
            row.extend([(repeats as f64 * 1.05).to_string(), (repeats * 17).to_string()]);
            row
        };
        let table = Table {
            header: header.split_whitespace().map(str::to_owned).collect(),
            rows: (0..130).map(row).collect(),
            order_amounts: Vec::new(),
        };
        let shown = show("effort", &[], as_of(), &table, 2, 1).unwrap();
        let fit = &shown.outcome.fits[0];
        // Of somebody without an order nothing is expected, by either way.
        let settings = Settings::new(find("effort").unwrap().about(), []).unwrap();
        let last =
            shown.buckets.iter().find(|one| one.customer_ids().iter().any(|id| id == Some("z"))).unwrap();
        let row = last.len() - 1;
        assert_eq!(super::served(&settings, fit, as_of(), last, row).expected, None);
        assert!(super::served(&settings, fit, as_of(), last, 0).expected.is_some());
        assert_eq!(shown.labels["z"][5], "");
        let notes = &fit.notes;
        let by_formula = notes.iter().any(|note| note.contains("99 customers came back to order again"));
        (crate::segmentations::predicted::is_predicted(fit), by_formula)
    };
    assert_eq!([predicted(99), predicted(100)], [(false, true), (true, false)]);
}
