//! Sizes, promise and choice of segments through the door.

use crate::program::{Shop, json, shipped};
use crate::table::Table;
use serde_json::Value;
use std::collections::BTreeMap;
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
    assert_eq!(rich["reachable_by"], "email 5");
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

const CRITERIA: &str = "
[knock_out]
customers_min = 15
without = ['homogeneous']
[attractiveness]
size = 40
revenue = 40
'brand fit' = 20
[competitiveness]
repeat = 100
[strengths]
usual = true
poor = false
[ratings.rich]
'brand fit' = 10
[ratings.usual]
'brand fit' = 5
[ratings.poor]
'brand fit' = 0
";

fn judged(shop: &Shop, more: &[&str]) -> Value {
    json(&shop.ok(&[&RULES[..], &["--criteria", "criteria.toml"], more].concat()))
}

#[test]
fn criteria_are_weighed_and_knock_out() {
    let shop = shop();
    shop.write("criteria.toml", CRITERIA);
    let found = judged(&shop, &[]);
    let all = found["segments"].as_array().unwrap();
    let short = |key: &str| all.iter().map(|one| one[key].clone()).collect::<Vec<_>>();
    // Rich are ten, poor are no strength; usual alone make the scales, and rich and poor lie beyond them.
    assert_eq!(short("segment"), ["usual", "rich", "poor"]);
    assert_eq!(
        short("knocked_out_by"),
        [json("[]"), json("[\"large_enough\"]"), json("[\"matches_strengths\"]")]
    );
    assert_eq!(short("y"), [5.0, 0.4 * 0.0 + 0.4 * 10.0 + 0.2 * 10.0, 0.4 * 10.0]);
    assert_eq!(
        (short("x"), short("bubble")),
        (vec![5.0.into(); 3], vec![6_000.0.into(), 30_000.0.into(), 900.0.into()])
    );
    // With nobody out, all three make them: 900 to 30 000 of money, 10 to 30 customers.
    let nobody_out = CRITERIA.replace("customers_min = 15", "customers_min = 5").replace("poor = false", "");
    shop.write("criteria.toml", &nobody_out);
    let found = judged(&shop, &[]);
    let usual = found["segments"].as_array().unwrap().iter().find(|one| one["segment"] == "usual").unwrap();
    let y = 0.4 * 5.0 + 0.4 * 10.0 * (6_000.0 - 900.0) / 29_100.0 + 0.2 * 5.0;
    assert!((usual["y"].as_f64().unwrap() - y).abs() < 1e-9, "{usual}");
    assert_eq!(
        (&usual["attractiveness"][2]["from"], &usual["not_known"]),
        (&json("\"typed\""), &json("[\"distinct\"]"))
    );
    // The same in any number of threads, and as a plot.
    let again = shop.ok(&[&["--threads", "1"], &RULES[..], &["--criteria", "criteria.toml"]].concat());
    assert_eq!(json(&again), found);
    judged(&shop, &["--plot", "plot.svg", "--lang", "lv"]);
    let plot = shop.read("plot.svg");
    assert!(
        plot.starts_with("<svg xmlns=") && plot.ends_with("</svg>") && plot.contains("Cik mēs vērti viņiem")
    );
    assert_eq!(plot.matches("<circle").count(), 3);
}

#[test]
fn criteria_come_as_usual_and_wrong_ones_are_said() {
    let shop = shop();
    let usual = shop.run(&["targets", "stage", "--criteria", "--draws", "5"]);
    assert_eq!(usual.code, 0, "{}", usual.err);
    assert!(usual.out.contains("to_us") && usual.out.contains("returning"), "{}", usual.out);
    let wrong = |text: &str, says: &str| {
        shop.write("criteria.toml", text);
        let run = shop.run(&[&RULES[..], &["--criteria", "criteria.toml"]].concat());
        assert!(run.code == 1 && run.err.contains(says), "{}", run.err);
    };
    wrong("[attractiveness]\nsize = 30", "add up to 30; share out 100");
    wrong("[strengths]\nreach = true", "no segment `reach` to judge; there are rich, usual, poor");
    wrong("[attractiveness]\nfame = 100", "rich, usual, poor lack a rating");
    let missing = shop.run(&["targets", "rfm", "--criteria", "none.toml"]);
    assert!(missing.code == 1 && missing.err.contains("cannot read `none.toml`"), "{}", missing.err);
    assert_eq!(shop.run(&["targets", "rfm", "--criteria", "--cost", "1", "--response", "1"]).code, 2);
    assert_eq!(shop.run(&["targets", "rfm", "--plot", "a.svg"]).code, 2);
}

#[test]
fn the_value_of_a_segment_can_be_the_predicted_one() {
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    let set = ["--set", "ltv.by=prediction", "--set", "ltv.model=pareto_nbd"];
    let predicted = Table::of_csv(&shop.ok(&["predict", "--model", "pareto_nbd", "--format", "csv"]));
    let labels = Table::of_csv(&shop.ok(&["segment", "stage", "--format", "csv"]));
    let (value, stage) = (predicted.column("expected_value"), labels.column("stage"));
    let values = predicted.by_first();
    let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for row in &labels.rows {
        let sum = sums.entry(&row[stage]).or_default();
        *sum = (sum.0 + values[row[0].as_str()][value].parse::<f64>().unwrap(), sum.1 + 1.0);
    }
    let targets = |set: &[&str]| {
        let all = json(&shop.ok(&[&["targets", "stage", "--format", "json"], set].concat()));
        let all = all.as_array().unwrap().clone();
        let one = |row: &Value| (row["segment"].as_str().unwrap().to_owned(), row["average_ltv"].as_f64());
        all.iter().map(one).collect::<BTreeMap<String, Option<f64>>>()
    };
    let (by_prediction, by_formula) = (targets(&set), targets(&[]));
    assert!(by_prediction.len() >= 3, "{by_prediction:?}");
    for (segment, found) in &by_prediction {
        let (sum, customers) = sums[segment.as_str()];
        // A value is given to the ten-thousandth, the mean of them too.
        assert!((found.unwrap() - sum / customers).abs() < 0.000_2, "{segment}: {found:?}");
    }
    assert_ne!(by_prediction, by_formula);
}
