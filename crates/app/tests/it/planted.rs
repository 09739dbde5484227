//! Bases with one fault planted in each, imported and judged through the door: that fault is found and
//! nothing else. How often chance is taken for a fault is tested in the engine, on many bases.

use crate::program::{Shop, json};
use model::random::Random;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Customers of one kind: how many, how many orders each has, and how much an order is in the middle.
type Kind = (&'static str, usize, usize, f64);

/// Questions that everybody has answered.
const QUESTIONS: [&str; 6] =
    ["likes_tea", "likes_dogs", "likes_rain", "likes_jazz", "likes_snow", "likes_maps"];

/// How many in a hundred of a kind say yes to a question.
fn yes_of(kind: &str) -> usize {
    match kind {
        "random" => 50,
        "rich" => 95,
        _ => 5,
    }
}

const USUAL: Kind = ("usual", 300, 4, 50.0);
const RICH: Kind = ("rich", 200, 9, 900.0);
const AT: [&str; 2] = ["--as-of", "2026-09-28"];

/// A base of some kinds, each with a rule of its own.
fn shop(kinds: &[Kind]) -> Shop {
    let mut random = Random::new(17);
    let mut orders = "customer_id,order_id,date,amount\n".to_owned();
    let mut customers = format!("customer_id,sign,{}\n", QUESTIONS.join(","));
    let (mut rules, mut number) = (String::new(), 0);
    for &(kind, count, usual, money) in kinds {
        let _ = write!(rules, "[[rule]]\nname = \"{kind}\"\nwhen = \"sign = '{kind}'\"\n");
        for customer in 0..count {
            let answers = QUESTIONS.map(|_| if random.below(100) < yes_of(kind) { "yes" } else { "no" });
            let _ = writeln!(customers, "{kind}{customer},{kind},{}", answers.join(","));
            for _ in 0..1 + random.below(2 * usual - 1) {
                number += 1;
                let (month, day) = (1 + random.below(9), 1 + random.below(28));
                let amount = money * (0.5 + random.unit());
                let _ = writeln!(orders, "{kind}{customer},{number},2026-{month:02}-{day:02},{amount:.2}");
            }
        }
    }
    let shop = Shop::new();
    shop.write("orders.csv", orders);
    shop.write("customers.csv", customers);
    shop.write("rules.toml", rules);
    shop.ok(&["import", "orders.csv"]);
    shop.ok(&["import", "customers.csv", "--kind", "customers"]);
    shop
}

/// What is found, kinds with segments; rules have no actions, which is a finding of its own that is left out.
fn found(shop: &Shop, arguments: &[&str]) -> Vec<String> {
    let output = shop.run(&[&["check"], arguments, &AT, &["--format", "json"]].concat());
    let document = json(&output.out);
    let findings = document[0]["findings"].as_array().unwrap().iter();
    let said = findings.map(|one| {
        let segments = one["segments"].as_array().unwrap().iter();
        let segments: Vec<&str> = segments.map(|name| name.as_str().unwrap()).collect();
        format!("{} {}", one["kind"].as_str().unwrap(), segments.join(" "))
    });
    said.filter(|one| !one.starts_with("idle")).collect()
}

fn found_in_rules(kinds: &[Kind]) -> Vec<String> {
    found(&shop(kinds), &["rules", "--rules", "rules.toml"])
}

#[test]
fn a_sound_base_has_no_findings() {
    assert_eq!(found_in_rules(&[USUAL, RICH]), [""; 0]);
}

#[test]
fn a_poor_segment_is_found() {
    assert_eq!(found_in_rules(&[USUAL, RICH, ("poor", 60, 1, 2.0)]), ["poor poor"]);
}

#[test]
fn a_tiny_segment_is_found() {
    assert_eq!(found_in_rules(&[USUAL, RICH, ("tiny", 12, 20, 5_000.0)]), ["narrow-few tiny"]);
}

#[test]
fn two_equal_segments_are_found() {
    assert_eq!(found_in_rules(&[USUAL, RICH, ("same", 300, 4, 50.0)]), ["alike usual same"]);
}

/// Customers who answer at random cut into many clusters: they differ in nothing but the answers that they
/// are cut by, and do not come back; none is small or poor. Those of two kinds come back and differ.
#[test]
fn a_random_cut_does_not_come_back() {
    let answers = format!("clusters.answers={}", QUESTIONS.join(","));
    let cut = |shop: &Shop, k: &str| {
        let settings = ["--set", "clusters.features=", "--set", &answers, "--set", k];
        found(shop, &[&["clusters", "--draws", "20"], &settings[..]].concat())
    };
    let random = cut(&shop(&[("random", 600, 4, 50.0)]), "clusters.k=7");
    let kinds: BTreeSet<&str> = random.iter().filter_map(|one| one.split(' ').next()).collect();
    assert_eq!(kinds, BTreeSet::from(["alike", "unstable"]), "{random:?}");
    assert_eq!(cut(&shop(&[USUAL, RICH]), "clusters.k=2"), [""; 0]);
}
