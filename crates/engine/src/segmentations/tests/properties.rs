//! Random bases: the fast versions agree with the slow ones, whatever the order of customers, their
//! spread over buckets and the number of threads.

use super::slow::{self, Customer};
use super::table::{Shown, Table, day, show};
use crate::segmentations::SEGMENTATIONS;
use model::calendar::AsOf;
use proptest::prelude::*;

fn as_of() -> AsOf {
    AsOf(day("2026-11-22"))
}

/// Money around zero with many ties, in steps of 2.50.
fn money() -> impl Strategy<Value = i64> {
    prop_oneof![4 => (-4i64..40).prop_map(|n| n * 25_000), 1 => -50_000i64..2_000_000]
}

fn buyer() -> impl Strategy<Value = Customer> {
    let counts = (1i64..8, 0i64..7, 0i64..130, 0i64..200);
    let sums = (money(), prop::option::weighted(0.7, money()), any::<bool>());
    let gaps = (1i64..80, 1i64..80);
    let periods = (prop::option::of(money()), 0i64..13, prop::option::of(0usize..9));
    let orders =
        (prop::option::of((1i64..40).prop_map(|n| n * 50_000)), prop::option::weighted(0.9, money()));
    let category = prop::option::of(prop::sample::select(vec!["milk", "sofas"]));
    (counts, sums, gaps, periods, orders, category).prop_map(
        |(counts, sums, gaps, periods, usual, category)| {
            let (orders, lately, recency, life) = counts;
            let variations = [0.0, 0.05, 0.1, 0.100_000_1, 0.2, 0.25, 0.250_000_1, 0.9, 3.0];
            let known = sums.2.then_some(sums.0);
            Customer {
                orders,
                orders_365: lately.min(orders),
                recency: Some(recency),
                life: if orders == 1 { 0 } else { life },
                revenue: sums.0,
                margin: known.and(sums.1),
                costed: known,
                gap_halves: (orders >= 2).then_some(gaps.0),
                cycle_halves: (orders >= 4).then_some(gaps.1),
                measure: periods.0,
                known: periods.1,
                variation: periods.2.map(|place| variations[place]),
                quantity: usual.0,
                median_order: usual.1,
                category,
            }
        },
    )
}

fn customer() -> impl Strategy<Value = Customer> {
    let never = prop::sample::select(vec![0i64, -30_000])
        .prop_map(|revenue| Customer { revenue, ..Customer::default() });
    prop_oneof![9 => buyer(), 1 => never]
}

fn base() -> impl Strategy<Value = Vec<Customer>> {
    let costed = |mut one: Customer| {
        one.costed = Some(one.revenue);
        one
    };
    let any = prop::collection::vec(customer(), 0..40);
    let all_costed =
        prop::collection::vec(customer(), 0..30).prop_map(move |list| list.into_iter().map(costed).collect());
    prop_oneof![2 => any, 1 => all_costed]
}

fn ask(name: &str, settings: &[(&str, &str)], customers: &[Customer]) -> Shown {
    let settings: Vec<_> =
        settings.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
    show(name, &settings, as_of(), &slow::table(customers, as_of().0), 1, 1).unwrap()
}

/// The labels of each customer in one column.
fn column<'a>(shown: &'a Shown, name: &str) -> Vec<&'a str> {
    let place = shown.columns.iter().position(|known| *known == name).unwrap();
    shown.labels.values().map(|labels| labels[place].as_str()).collect()
}

fn each(customers: &[Customer], of: impl Fn(&Customer) -> String) -> Vec<String> {
    customers.iter().map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rfm_is_the_slow_rfm(customers in base(), groups in 2usize..=10, average: bool, by: bool) {
        let settings = [
            ("groups", groups.to_string()),
            ("money", if average { "average" } else { "total" }.to_owned()),
            ("by", if by { "favourite_category" } else { "" }.to_owned()),
        ];
        let settings: Vec<(&str, &str)> =
            settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let shown = ask("rfm", &settings, &customers);
        let letter = |group: usize| match groups {
            3 => ["A", "B", "C"][group].to_owned(),
            _ => (group + 1).to_string(),
        };
        for (part, name) in ["rfm_r", "rfm_f", "rfm_m"].into_iter().enumerate() {
            let expected = each(&customers, |one| {
                let found = slow::rfm(&customers, one, groups, average, by);
                found.map_or("no_orders".to_owned(), |found| letter(found[part]))
            });
            prop_assert_eq!(column(&shown, name), expected);
        }
        let joined = each(&customers, |one| {
            let found = slow::rfm(&customers, one, groups, average, by);
            let separator = if groups == 10 { "-" } else { "" };
            found.map_or("no_orders".to_owned(), |found| found.map(letter).join(separator))
        });
        prop_assert_eq!(column(&shown, "rfm"), joined);
        if groups == 3 {
            let names: Vec<&str> = column(&shown, "rfm").into_iter().map(slow::rfm_name).collect();
            prop_assert_eq!(column(&shown, "rfm_name"), names);
        }
    }

    #[test]
    fn thresholds_are_the_slow_thresholds(customers in base()) {
        let shown = ask("rfm", &[("cuts", "R 30, 90; F 2, 5; M 10, 50")], &customers);
        prop_assert_eq!(column(&shown, "rfm"), each(&customers, slow::rfm_thresholds));
    }

    #[test]
    fn abc_xyz_is_the_slow_abc_xyz(customers in base(), thirds: bool) {
        let mode = if thirds { "quantiles" } else { "limits" };
        let shown = ask("abc_xyz", &[("mode", mode)], &customers);
        let expected = each(&customers, |one| {
            let x = if thirds { slow::xyz_thirds(&customers, one) } else { slow::xyz(one) };
            match one.orders {
                0 => "no_orders".to_owned(),
                _ => format!("{}{x}", slow::abc(&customers, one)),
            }
        });
        prop_assert_eq!(column(&shown, "abc_xyz"), expected);
    }

    #[test]
    fn ltv_is_the_slow_ltv(customers in base()) {
        let shown = ask("ltv", &[], &customers);
        let ltv = |one: &Customer| slow::ltv(&customers, one).map(|ltv| model::money::Money(ltv).to_string());
        prop_assert_eq!(column(&shown, "ltv"), each(&customers, |one| ltv(one).unwrap_or_default()));
        let tiers = each(&customers, |one| slow::tier(&customers, one).to_owned());
        prop_assert_eq!(column(&shown, "ltv_tier"), tiers);
        let provisional = each(&customers, |one| {
            one.recency.map_or(String::new(), |days| (days + one.life < 30).to_string())
        });
        prop_assert_eq!(column(&shown, "ltv_provisional"), provisional);
        let on_margin = shown.outcome.fits[0].exact("on_margin") == Some(1);
        prop_assert_eq!(on_margin, slow::on_margin(&customers));
    }

    #[test]
    fn stage_is_the_slow_stage(customers in base()) {
        let shown = ask("stage", &[], &customers);
        let stages = each(&customers, |one| slow::stage(&customers, one).to_owned());
        prop_assert_eq!(column(&shown, "stage"), stages);
        let asleep = |one: &Customer| slow::asleep(&customers, one);
        let asleep = each(&customers, |one| asleep(one).map_or(String::new(), |asleep| asleep.to_string()));
        prop_assert_eq!(column(&shown, "asleep"), asleep);
    }

    #[test]
    fn volume_is_the_slow_volume(customers in base()) {
        let shown = ask("volume", &[], &customers);
        let expected = each(&customers, |one| slow::volume(&customers, one).to_owned());
        prop_assert_eq!(column(&shown, "volume"), expected);
    }

    /// Rows turned round, spread over buckets, on several threads: same fits, same labels.
    #[test]
    fn nothing_depends_on_order_buckets_or_threads(
        customers in base(),
        turn in 0usize..40,
        buckets in 1usize..6,
        threads in 1usize..5,
    ) {
        let table = slow::table(&customers, as_of().0);
        let mut turned = table.clone();
        turned.rows.rotate_left(turn % customers.len().max(1));
        turned.rows.reverse();
        for segmentation in SEGMENTATIONS {
            let name = segmentation.about().name;
            let one = show(name, &[], as_of(), &table, 1, 1).unwrap();
            let other = show(name, &[], as_of(), &turned, buckets, threads).unwrap();
            prop_assert_eq!(&one.outcome.fits, &other.outcome.fits);
            prop_assert_eq!(&one.labels, &other.labels);
            prop_assert_eq!(one.labels.len(), customers.len());
        }
    }

    /// Twins with the same features have the same labels.
    #[test]
    fn equal_values_have_equal_labels(customers in base()) {
        let mut table: Table = slow::table(&customers, as_of().0);
        for mut row in table.rows.clone() {
            row[0] = format!("twin of {}", row[0]);
            table.rows.push(row);
        }
        for segmentation in SEGMENTATIONS {
            let shown = show(segmentation.about().name, &[], as_of(), &table, 3, 2).unwrap();
            for row in &table.rows[..customers.len()] {
                prop_assert_eq!(&shown.labels[&row[0]], &shown.labels[&format!("twin of {}", row[0])]);
            }
        }
    }
}
