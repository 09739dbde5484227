//! Checks through the door: what was planted in files is found, said in words and in figures.

use crate::program::{Shop, json};
use serde_json::Value;
use std::fmt::Write;

/// Orders of three kinds of customers: 40 and 40 with the same habits, 35 who buy often and for much.
fn orders() -> String {
    let mut text = "customer_id,order_id,date,amount\n".to_owned();
    let mut number = 0;
    for (kind, customers, orders, money) in [("a", 40, 3, 50), ("b", 40, 3, 50), ("rich", 35, 9, 900)] {
        for customer in 0..customers {
            for order in 0..orders {
                number += 1;
                // The same days and sums in each kind, so that two kinds are the same but for the name.
                let (month, day) = (1 + order, 1 + (customer * 7 + order * 3) % 28);
                let amount = money + (customer * 13 + order * 5) % 40;
                let _ = writeln!(text, "{kind}{customer},{number},2026-{month:02}-{day:02},{amount}");
            }
        }
    }
    text
}

fn customers() -> String {
    let mut text = "customer_id,sign\n".to_owned();
    for (kind, customers) in [("a", 40), ("b", 40), ("rich", 35)] {
        (0..customers).for_each(|customer| _ = writeln!(text, "{kind}{customer},{kind}"));
    }
    text
}

const RULES: &str = "[[rule]]\nname = \"a\"\nwhen = \"sign = 'a'\"\n[[rule]]\nname = \"b\"\nwhen = \"sign = 'b'\"\n\
    [[rule]]\nname = \"rich\"\nwhen = \"sign = 'rich'\"\n[[rule]]\nname = \"again\"\nwhen = \"sign = 'a' and orders > 2\"\n";

fn shop() -> Shop {
    let shop = Shop::new();
    shop.write("orders.csv", orders());
    shop.write("customers.csv", customers());
    shop.write("rules.toml", RULES);
    shop.ok(&["import", "orders.csv"]);
    shop.ok(&["import", "customers.csv", "--kind", "customers"]);
    shop
}

/// What a check of the rules finds: kinds with segments.
fn found(document: &Value) -> Vec<String> {
    let findings = document[0]["findings"].as_array().unwrap();
    let segments = |one: &Value| {
        one["segments"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    findings.iter().map(|one| format!("{} {}", one["kind"].as_str().unwrap(), segments(one))).collect()
}

const AT: [&str; 2] = ["--as-of", "2026-09-28"];

#[test]
fn planted_faults_are_said() {
    let shop = shop();
    let arguments =
        ["check", "rules", "--rules", "rules.toml", AT[0], AT[1], "--format", "json", "--cost", "2.5"];
    let output = shop.run(&arguments);
    assert_eq!(output.code, 3);
    let document = json(&output.out);
    let idle = ["idle a", "idle b", "idle rich"];
    let expected = [&["alike a b"], &idle[..], &["dead-covered again"]].concat();
    assert_eq!(found(&document), expected);
    let alike = &document[0]["findings"][0];
    let says = alike["says"].as_str().unwrap();
    assert!(says.starts_with("“a” and “b” differ in nothing that is known"), "{says}");
    assert_eq!(document[0]["segments"][2]["customers"], 35);
    assert_eq!(document[0]["segments"][2]["stability"], 1.0);
    // A contact that costs more than a customer brings in a year.
    let dear = shop.run(&[&arguments[..8], &["--cost", "250"]].concat());
    let document = json(&dear.out);
    assert_eq!(found(&document)[..2], ["narrow-cost-revenue a", "narrow-cost-revenue b"]);
    assert_eq!(document[0]["findings"][0]["figures"]["cost"], 10_000.0);
}

#[test]
fn age_is_judged_by_today_unless_a_day_is_named() {
    let shop = shop();
    let output = shop.run(&["check", "volume", "--draws", "0", "--format", "csv"]);
    let text = output.out;
    assert_eq!(text.lines().next(), Some("segmentation,check,segments,says,do"));
    assert!(text.contains("volume,stale,"), "{text}");
    let output = shop.run(&["check", "volume", "--draws", "0", "--format", "csv", AT[0], AT[1]]);
    assert!(!output.out.contains("stale"));
}

#[test]
fn the_table_shows_stability_and_says_what_to_do() {
    let shop = shop();
    let output = shop.run(&["check", "rfm", "ltv", "--draws", "10", AT[0], AT[1]]);
    let text = output.out;
    for expected in ["stability", "rfm ", "ltv ", "highly stable", "too few to plan for", "Put it together"] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    // The same draws on any number of threads.
    let again = shop.run(&["--threads", "1", "check", "rfm", "ltv", "--draws", "10", AT[0], AT[1]]);
    assert_eq!(text, again.out);
    let wrong = shop.run(&["check", "rmf"]);
    assert_eq!(wrong.code, 1);
    assert!(wrong.err.contains("did you mean `rfm`"));
    assert_eq!(shop.run(&["check", "rfm", "--cost", "dear"]).code, 2);
}
