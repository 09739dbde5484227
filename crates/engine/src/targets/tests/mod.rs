//! The choice against every way to spend a budget, and sizes against a slow count.

mod criteria;
mod measured;

use super::*;
use crate::features::{Features, Question};
use crate::profile::Division;
use crate::segmentations::run::{self, Asked};
use crate::segmentations::tally::Sums;
use crate::segmentations::tests::table::{Table, day};
use crate::segmentations::{Outcome, find};
use model::calendar::AsOf;
use model::money::Money;
use proptest::prelude::*;

fn potential(name: &str, reachable: u64, value: i64) -> Potential {
    Potential {
        name: name.to_owned(),
        sums: Sums { customers: reachable, ..Sums::default() },
        reachable,
        ordered: 0,
        returning: 0,
        orders_year: 0,
        revenue_year: 0,
        revenue_year_before: None,
        order_value: Some(Money(value)),
        ltv: 0,
    }
}

/// The most that any number of contacts in each segment leaves.
fn best(segments: &[(u64, f64)], contacts: u64, cost: f64) -> f64 {
    let Some(&(reachable, brings)) = segments.first() else { return 0.0 };
    let with =
        |reached: u64| reached as f64 * (brings - cost) + best(&segments[1..], contacts - reached, cost);
    (0..=reachable.min(contacts)).map(with).fold(f64::MIN, f64::max)
}

proptest! {
    #[test]
    fn no_other_way_to_spend_brings_more(
        segments in prop::collection::vec((0..6_u64, 0..50_i64, 0.0..0.5_f64), 1..5),
        budget in 0..12_i64,
    ) {
        let named = |number: usize| format!("s{number}");
        let all: Vec<Potential> =
            segments.iter().enumerate().map(|(n, one)| potential(&named(n), one.0, one.1 * 10_000)).collect();
        let offer = Offer {
            budget: Some(Money::units(budget * 2)),
            contact_cost: Money::units(2),
            response: 0.1,
            responses: segments.iter().enumerate().map(|(n, one)| (named(n), one.2)).collect(),
        };
        let chosen = choose(&all, &offer);
        let spent: i64 = chosen.iter().map(|one| one.cost.0).sum();
        prop_assert!(spent <= budget * 20_000);
        let net: f64 = chosen.iter().map(Choice::net).sum();
        let plain: Vec<(u64, f64)> = segments.iter().map(|one| (one.0, one.1 as f64 * one.2)).collect();
        prop_assert!((net - best(&plain, budget as u64, 2.0)).abs() < 1e-9);
        for one in &chosen {
            let reachable = all.iter().find(|of| of.name == one.name).unwrap().reachable;
            let holds = match one.verdict {
                Verdict::Reach => one.reached == reachable && one.net_per_contact > 0.0,
                Verdict::ReachPart => one.reached > 0 && one.reached < reachable,
                Verdict::NoBudget => one.reached == 0 && one.net_per_contact > 0.0,
                Verdict::DoesNotPay => one.reached == 0 && one.net_per_contact <= 0.0,
                Verdict::NobodyToReach => reachable == 0,
            };
            prop_assert!(holds);
        }
    }
}

#[test]
fn without_a_budget_whatever_pays_is_reached() {
    let all = [potential("a", 100, 500_000), potential("b", 10, 5_000_000), potential("c", 50, 100_000)];
    let offer = Offer { contact_cost: Money::units(1), response: 0.05, ..Offer::default() };
    let chosen = choose(&all, &offer);
    let short: Vec<_> = chosen.iter().map(|one| (one.name.as_str(), one.verdict, one.reached)).collect();
    assert_eq!(short, [("b", Verdict::Reach, 10), ("a", Verdict::Reach, 100), ("c", Verdict::DoesNotPay, 0)]);
    assert!((chosen[0].net() - 240.0).abs() < 1e-9);
}

/// Orders, orders and money of the year, money of the year before, an e-mail, a consent.
type Row = (u8, u8, i32, i32, bool, Option<bool>);

fn features(rows: &[Row], asked: &[Asked], earlier: bool) -> Vec<Features> {
    let header = ["customer", "orders", "orders_365", "revenue", "revenue_365", "email", "consent_email"];
    let row = |(number, row): (usize, &Row)| {
        let year = if earlier { row.3 } else { row.2 };
        vec![
            format!("c{number:03}"),
            row.0.to_string(),
            row.1.to_string(),
            (row.2 + row.3).to_string(),
            year.to_string(),
            if row.4 { "a@b.lv".to_owned() } else { String::new() },
            row.5.map_or("", |given| if given { "yes" } else { "no" }).to_owned(),
        ]
    };
    let rows = rows.iter().enumerate().map(row).collect();
    let table = Table { header: header.map(str::to_owned).to_vec(), rows, order_amounts: Vec::new() };
    let mut question: Question = run::question(asked, AsOf(day("2026-11-22"))).unwrap();
    let names = ["orders", "orders_365", "revenue", "revenue_365", "margin", "costed_revenue"];
    names.iter().for_each(|name| question.need(name));
    ["email", "consent_email"].iter().for_each(|name| question.need_attribute(name));
    (0..2).map(|bucket| table.bucket(&question, bucket, 2)).collect()
}

proptest! {
    #[test]
    fn sizes_are_those_of_a_slow_count(rows in prop::collection::vec(
        (0..4_u8, 0..3_u8, 0..900_i32, 0..900_i32, any::<bool>(), prop::option::of(any::<bool>())), 1..40,
    )) {
        let text = "[[rule]]\nname = \"some\"\nwhen = \"orders >= 1\"\n";
        let asked = vec![Asked::new(find("rules").unwrap(), [("rules", text)]).unwrap()];
        let now = features(&rows, &asked, false);
        let before = features(&rows, &asked, true);
        let mut question = run::question(&asked, AsOf(day("2026-11-22"))).unwrap();
        question.need("orders");
        let outcome: Outcome = run::run(&asked, &question, &now, 1);
        let division = Division::new("rules", &asked, &now, &outcome).unwrap();
        for (reach, holds) in [
            (Reach::Everybody, (|_| true) as fn(&Row) -> bool),
            (Reach::Contact(vec!["email"]), |row| row.4),
            (Reach::Consent(vec!["consent_email"]), |row| row.5 == Some(true)),
        ] {
            for one in potentials(&division, Some(&before), &reach) {
                let own: Vec<&Row> = rows.iter().filter(|row| (row.0 >= 1) == (one.name == "some")).collect();
                let sum = |of: fn(&Row) -> i32| own.iter().map(|row| i128::from(of(row)) * 10_000).sum::<i128>();
                prop_assert_eq!(one.sums.customers, own.len() as u64);
                prop_assert_eq!(one.reachable, own.iter().filter(|row| holds(row)).count() as u64);
                prop_assert_eq!(one.returning, own.iter().filter(|row| row.0 > 1).count() as u64);
                prop_assert_eq!((one.revenue_year, one.revenue_year_before), (sum(|row| row.2), Some(sum(|row| row.3))));
                let orders: i128 = own.iter().map(|row| i128::from(row.0)).sum();
                let value = (orders > 0).then(|| model::money::divide_half_even(sum(|row| row.2 + row.3), orders));
                prop_assert_eq!(one.order_value.map(|value| i128::from(value.0)), value);
                let before = sum(|row| row.3);
                let growth = (before > 0).then(|| one.revenue_year as f64 / before as f64 - 1.0);
                prop_assert_eq!(one.growth(), growth);
            }
        }
    }
}
