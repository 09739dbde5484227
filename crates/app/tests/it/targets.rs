//! Sizes, promise and choice of segments through the door.

use crate::program::{Shop, json};
use serde_json::Value;
use std::fmt::Write;

/// Ten rich, twenty usual, thirty poor customers, each with an order in both years; half of each can be
/// written to.
fn shop() -> Shop {
    // Somebody unknown ordered before, so that the facts go back two years.
    let mut orders = "customer_id,order_id,date,amount\n,0,2024-06-01,1\n".to_owned();
    let mut customers = "customer_id,kind,email,consent_email\n".to_owned();
    let mut number = 0;
    for (kind, count, money) in [("rich", 10, 1000), ("usual", 20, 100), ("poor", 30, 10)] {
        for customer in 0..count {
            for (year, part) in [(2025, 2), (2026, 3)] {
                number += 1;
                let _ = writeln!(orders, "{kind}{customer},{number},{year}-06-15,{}", money * part);
            }
            let consent = customer % 2 == 0;
            let _ = writeln!(customers, "{kind}{customer},{kind},{kind}{customer}@shop.lv,{consent}");
        }
    }
    let shop = Shop::new();
    shop.write("orders.csv", orders);
    shop.write("customers.csv", customers);
    let rule = |kind: &str| format!("[[rule]]\nname = \"{kind}\"\nwhen = \"kind = '{kind}'\"\n");
    shop.write("rules.toml", ["rich", "usual", "poor"].map(rule).concat());
    shop.ok(&["import", "orders.csv"]);
    shop.ok(&["import", "customers.csv", "--kind", "customers"]);
    shop
}

const RULES: [&str; 6] = ["targets", "rules", "--rules", "rules.toml", "--format", "json"];

fn rows(shop: &Shop, more: &[&str]) -> Vec<Value> {
    json(&shop.ok(&[&RULES[..], more].concat())).as_array().unwrap().clone()
}

#[test]
fn sizes_and_promise_are_told() {
    let shop = shop();
    let all = rows(&shop, &[]);
    let rich = &all[0];
    let expected = [
        ("customers", 10.0),
        ("reachable", 5.0),
        ("returning_%", 100.0),
        ("orders_year", 10.0),
        ("revenue_year", 30_000.0),
        ("growth_%", 50.0),
        ("order_value", 2_500.0),
        ("revenue", 50_000.0),
    ];
    for (name, value) in expected {
        assert_eq!(rich[name].as_f64(), Some(value), "{name}");
    }
    assert_eq!(all.iter().map(|one| one["reachable"].as_i64().unwrap()).collect::<Vec<_>>(), [5, 10, 15]);
}

#[test]
fn the_budget_goes_where_a_contact_brings_most() {
    let shop = shop();
    // A contact brings 25, 2.5 and 0.25 at one in a hundred.
    let short = |all: &[Value]| {
        let one =
            |row: &Value| format!("{} {} {}", row["segment"], row["verdict"], row["reach"]).replace('"', "");
        all.iter().map(one).collect::<Vec<_>>()
    };
    let all = rows(&shop, &["--budget", "10", "--cost", "1", "--response", "1"]);
    assert_eq!(short(&all), ["rich reach 5", "usual reach_part 5", "poor does_not_pay 0", "(all) null 10"]);
    assert_eq!(all[3]["cost"], 10.0);
    assert_eq!(all[3]["left"], 5.0 * 25.0 + 5.0 * 2.5 - 10.0);
    let all = rows(&shop, &["--budget", "4", "--cost", "1", "--response", "1", "--response", "usual=50%"]);
    assert_eq!(short(&all)[..2], ["usual reach_part 4", "rich no_budget 0"]);
    let wrong = shop.run(&[&RULES[..], &["--cost", "1", "--response", "reach=1"]].concat());
    assert!(
        wrong.code == 1 && wrong.err.contains("no segment `reach`") && wrong.err.contains("rich"),
        "{}",
        wrong.err
    );
    let wrong = shop.run(&[&RULES[..], &["--cost", "1", "--response", "150"]].concat());
    assert!(wrong.err.contains("percent from 0 to 100"), "{}", wrong.err);
    assert_eq!(shop.run(&["targets", "--budget", "5"]).code, 2);
}

#[test]
fn growth_is_not_told_of_a_short_history() {
    let shop = Shop::new();
    shop.write("orders.csv", "customer_id,order_id,date,amount\na,1,2025-06-20,10\na,2,2026-06-15,30\n");
    shop.ok(&["import", "orders.csv"]);
    let rows = json(&shop.ok(&["targets", "--format", "json"]));
    assert!(rows.as_array().unwrap().iter().all(|row| row["growth_%"].is_null()), "{rows}");
}
