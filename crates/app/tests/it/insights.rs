//! What the report says beside the segmentations of orders, held against what the other verbs say of the
//! same base; and a report of a base that has no orders.

use crate::deals::crm;
use crate::program::{Shop, json, shipped, text};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

const HOUR: &str = "effort.hour_cost=20";

const RULES: &str = "rest = \"others\"\n\
    [[rule]]\nname = \"often\"\nwhen = \"orders >= 3\"\n\
    [[rule]]\nname = \"of Riga\"\nwhen = 'city = \"Riga\"'\n";

/// Sixty customers: orders of some categories, cities, touches with effort of every third.
fn shop() -> Shop {
    let shop = Shop::new();
    let mut orders = "order_id,customer_id,date,category,amount\n".to_owned();
    let mut customers = "customer_id,city,kind\n".to_owned();
    let mut touches = "touch_id,customer_id,date,touch,channel,effort\n".to_owned();
    for number in 0..60 {
        let city = ["Riga", "Girona", "Riga", "Tver"][number % 4];
        writeln!(customers, "c{number},{city},person").unwrap();
        for order in 0..number % 5 {
            let (month, day) = (1 + (number + 2 * order) % 11, 1 + (number * 7 + order) % 28);
            // Who buys prams buys toys too, and nobody else does.
            let category = if number % 2 == 0 { ["prams", "toys"][order % 2] } else { "tea" };
            let amount = 10 + number * 3 % 40;
            writeln!(orders, "o{number}-{order},c{number},2025-{month:02}-{day:02},{category},{amount}")
                .unwrap();
        }
        if number % 3 == 0 {
            let (touch, effort) = (["cart", "call", "visit"][number % 3], 1 + number % 9);
            writeln!(touches, "t{number},c{number},2025-11-{:02},{touch},phone,{effort}", 1 + number % 20)
                .unwrap();
        }
    }
    for (name, content) in [("orders.csv", orders), ("customers.csv", customers), ("touches.csv", touches)] {
        shop.write(name, content);
        shop.ok(&["import", name, "--zone", "UTC"]);
    }
    shop.write("rules.toml", RULES);
    shop
}

/// The data of a report.
fn data(shop: &Shop, arguments: &[&str]) -> Value {
    let all: Vec<&str> =
        ["report", "--data", "data.json", "--quiet"].iter().chain(arguments).copied().collect();
    shop.ok(&all);
    json(&shop.read("data.json"))
}

/// Rows of a verb.
fn rows(shop: &Shop, arguments: &[&str]) -> Vec<Value> {
    let all: Vec<&str> = arguments.iter().copied().chain(["--format", "json"]).collect();
    json(&shop.ok(&all)).as_array().unwrap().clone()
}

/// How many customers a column of `dolka segment` puts into each segment.
fn counts(rows: &[Value], column: &str) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for row in rows {
        *counts.entry(row[column].as_str().unwrap().to_owned()).or_default() += 1;
    }
    counts
}

/// The same out of a list of a report; those without customers left out.
fn listed(list: &Value) -> BTreeMap<String, u64> {
    let each = list.as_array().unwrap().iter();
    let pairs =
        each.map(|one| (one["name"].as_str().unwrap().to_owned(), one["customers"].as_u64().unwrap()));
    pairs.filter(|(_, customers)| *customers > 0).collect()
}

#[test]
fn segments_are_those_of_segment() {
    let shop = shop();
    let found = data(&shop, &["--rules", "rules.toml", "--set", HOUR]);
    let by = |name: &str, set: &str| rows(&shop, &["segment", name, "--set", set]);
    let readiness = by("readiness", "readiness.window=60 days");
    assert_eq!(listed(&found["readiness"]["steps"]), counts(&readiness, "readiness"));
    assert!(counts(&readiness, "readiness").len() > 2);
    let effort = by("effort", HOUR);
    assert_eq!(listed(&found["effort"]["segments"]), counts(&effort, "effort"));
    let rules = rows(&shop, &["segment", "--rules", "rules.toml"]);
    assert_eq!(listed(&found["rules"]), counts(&rules, "rules"));
    assert_eq!(found["rules"][0]["condition"], "orders >= 3");
    assert!(found["rules"][2]["condition"].is_null());
    let cities = by("attributes", "attributes.by=city");
    let cuts = found["attributes"]["cuts"].as_array().unwrap();
    // Everybody is a person, so that tells nobody apart.
    assert_eq!(cuts.iter().map(|cut| &cut["name"]).collect::<Vec<_>>(), ["city"]);
    assert_eq!(listed(&cuts[0]["values"]), counts(&cities, "attributes"));
    assert!(found["clusters"].is_null() && found["deals"].is_null());
}

#[test]
fn effort_interests_and_happenings_are_those_of_their_verbs() {
    let shop = shop();
    let found = data(&shop, &["--set", HOUR]);
    let drains = rows(&shop, &["effort", "--set", HOUR]);
    assert_eq!(found["effort"]["drains"].as_u64(), Some(drains.len() as u64));
    let worst = found["effort"]["worst"].as_array().unwrap();
    assert!(worst.len() > 2 && worst.len() <= 10);
    for (shown, drain) in worst.iter().zip(&drains) {
        assert_eq!(shown["customer"], drain["customer_id"]);
        assert_eq!(shown["cost"].as_i64().unwrap() as f64 / 1e4, drain["effort_cost"].as_f64().unwrap());
    }
    let channels = rows(&shop, &["effort", "--by", "channel", "--set", HOUR]);
    assert_eq!(found["effort"]["channels"][0]["contacts"], channels[0]["contacts"]);
    let interests: BTreeMap<String, Value> = rows(&shop, &["interests"])
        .into_iter()
        .map(|row| (row["interest"].as_str().unwrap().to_owned(), row))
        .collect();
    let top = found["interests"]["top"].as_array().unwrap();
    assert!(!top.is_empty());
    for one in top {
        let row = &interests[one["name"].as_str().unwrap()];
        for column in ["by_purchases", "by_relation", "by_hand"] {
            assert_eq!(one[column], row[column], "{one}");
        }
    }
    let pair = &found["interests"]["pairs"][0];
    let both = [pair["from"].as_str().unwrap(), pair["to"].as_str().unwrap()];
    assert!(both.contains(&"prams") && both.contains(&"toys"), "{pair}");
    assert!(pair["bound"].as_f64() > pair["usual"].as_f64());
    assert_eq!(found["happened"]["touches"], 20);
}

#[test]
fn predictions_and_clusters_are_those_of_their_verbs() {
    let shop = Shop::with(&shipped("online_retail_sample.csv.gz"));
    let found = data(&shop, &[]);
    let prediction = &found["prediction"];
    let now = json(&shop.ok(&["predict", "--format", "json"]));
    assert_eq!(prediction["model"], now["model"]);
    let close = |found: &Value, expected: &Value| {
        let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
        assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{found} is not {expected}");
    };
    close(&prediction["orders"], &now["predicts"]["orders"]);
    let alive: u64 = prediction["alive"].as_array().unwrap().iter().filter_map(Value::as_u64).sum();
    assert_eq!((Some(alive), prediction["buyers"].as_u64()), (found["totals"]["buyers"].as_u64(), Some(549)));
    // 374 days are four times 93, and the last 93 days begin on 8 September.
    let then = json(&shop.ok(&["predict", "--holdout", "2011-09-07", "--format", "json"]));
    let (check, holdout) = (&prediction["check"], &then["holdout"]);
    assert_eq!(check["model"], then["model"]);
    assert_eq!(check["days"], 93);
    assert_eq!(check["actual_orders"], holdout["actual_orders"]);
    let own = |row: &Value| [row["actual"].clone(), row["expected"].clone()];
    let shown: Vec<_> = check["by_frequency"].as_array().unwrap().iter().map(own).collect();
    let told: Vec<_> = holdout["by_frequency"].as_array().unwrap().iter().map(own).collect();
    assert_eq!(shown, told);
    let clusters = counts(&rows(&shop, &["segment", "clusters"]), "cluster");
    let mut shown = listed(&found["clusters"]["clusters"]);
    shown.insert("no_orders".to_owned(), 3);
    assert_eq!(shown, clusters);
}

#[test]
fn deals_are_those_of_deals() {
    let shop = crm();
    let found = data(&shop, &[]);
    let told = json(&shop.ok(&["deals", "--format", "json"]));
    let classes = |list: &Value, name: &str| -> BTreeMap<String, u64> {
        let each = list.as_array().unwrap().iter();
        each.map(|one| (one[name].as_str().unwrap().to_owned(), one["deals"].as_u64().unwrap())).collect()
    };
    assert_eq!(classes(&found["deals"]["classes"], "name"), classes(&told["classes"], "class"));
    assert_eq!(found["deals"]["closed"], told["closed_deals"]);
    assert_eq!(found["deals"]["search"]["verdict"], "nothing_beats_chance");
    assert_eq!(found["deals"]["search"]["criteria"].as_array().unwrap().len(), 3);
    // 4 238 won, 2 473 lost, the rest open.
    let happened = &found["happened"];
    assert_eq!([&happened["won_deals"], &happened["lost_deals"]], [4238, 2473]);
    assert_eq!(happened["open_deals"], 2089);
}

#[test]
fn deals_and_companies_alone_make_a_report() {
    let shop = Shop::new();
    let files = ["crm_sales_pipeline.csv.gz", "crm_accounts.csv"].map(shipped);
    for language in ["en", "ru", "ca", "lv"] {
        let asked = ["report", text(&files[0]), text(&files[1]), "--lang", language, "--quiet"];
        shop.ok(&asked);
        let page = shop.read("report.html");
        assert!(!page.contains('⟦'), "{language} lacks words");
        for id in ["deals", "readiness", "attributes", "summary"] {
            assert!(page.contains(&format!("<section id=\"{id}\"")), "{language}: {id}");
        }
        for id in ["rfm", "abc-xyz", "ltv", "volume", "cohorts", "goods", "prediction", "clusters", "rules"] {
            assert!(!page.contains(&format!("<section id=\"{id}\"")), "{language}: {id}");
        }
    }
}

#[test]
fn rules_of_a_report_of_files_may_look_at_contacts() {
    let shop = Shop::new();
    shop.write(
        "orders.csv",
        "customer_id,date,amount,email\nann,2026-01-02,5,ann@example.com\nbob,2026-01-03,7,\n",
    );
    shop.write("rules.toml", "[[rule]]\nname = \"can be written to\"\nwhen = \"email is set\"\n");
    let found = data(&shop, &["orders.csv", "--rules", "rules.toml"]);
    assert_eq!([&found["rules"][0]["customers"], &found["rules"][1]["customers"]], [1, 1]);
    let wrong = shop.write("wrong.toml", "[[rule]]\nname = \"x\"\nwhen = \"oders > 1\"\n");
    let run = shop.run(&["report", "orders.csv", "--rules", text(&wrong)]);
    assert_eq!(run.code, 2, "{}", run.err);
}
