//! Value for effort and clusters through the door: files in, tables and reasons out.

use crate::program::{Shop, json, shipped};
use crate::table::Table;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

const ORDERS: &str = "customer_id,order_id,date,amount,cost\n\
    anna,1,2025-07-23,1000,900\n\
    anna,2,2026-11-22,600,540\n\
    boris,3,2026-11-01,400,100\n\
    carla,4,2026-11-01,80,20\n\
    dan,5,2024-01-05,500,100\n\
    fay,6,2026-11-01,80,20\n";

/// Effort in points; the oldest one is of another year, the last customer never bought.
const TOUCHES: &str = "touch_id,customer_id,date,touch,channel,effort\n\
    t1,anna,2026-01-10,call,phone,2\n\
    t2,anna,2026-02-10,call,phone,2\n\
    t3,boris,2026-11-02,message,chat,1\n\
    t4,boris,2026-11-03,call,phone,3\n\
    t5,carla,2026-11-04,call,phone,8\n\
    t6,carla,2025-11-22,call,phone,10\n\
    t7,fay,2026-11-04,meeting,,8\n\
    t8,gus,2026-11-05,message,chat,1\n\
    t9,boris,2026-11-09,message,chat,\n";

const CUSTOMERS: &str = "customer_id,followers,referrals\nfay,5000,\ncarla,3,\n";

const HOUR: [&str; 2] = ["--set", "effort.hour_cost=20"];

fn shop() -> Shop {
    let shop = Shop::new();
    for (name, kind, content) in [
        ("orders.csv", "orders", ORDERS),
        ("touches.csv", "touches", TOUCHES),
        ("customers.csv", "customers", CUSTOMERS),
    ] {
        shop.write(name, content);
        shop.ok(&["import", name, "--kind", kind]);
    }
    shop
}

fn rows(shop: &Shop, arguments: &[&str]) -> Vec<Value> {
    let all: Vec<&str> = arguments.iter().copied().chain(["--format", "json"]).collect();
    json(&shop.ok(&all)).as_array().unwrap().clone()
}

/// A column of some rows.
fn column<'a>(rows: &'a [Value], name: &str) -> Vec<&'a Value> {
    rows.iter().map(|row| &row[name]).collect()
}

#[test]
fn effort_is_held_against_what_customers_bring() {
    let shop = shop();
    let all = rows(&shop, &["segment", "effort", HOUR[0], HOUR[1]]);
    let found: BTreeMap<&str, [&Value; 4]> = all
        .iter()
        .map(|row| {
            let name = row["customer_id"].as_str().unwrap();
            (name, ["effort", "effort_hours", "roi", "drain_without_influence"].map(|name| &row[name]))
        })
        .collect();
    // Margin is a year's: of anna 60 for 4 points at 10, of boris 300 for 4, of carla and fay 60 for 8.
    let expected = [
        ("anna", json(r#"["thin", 2, 0.5, false]"#)),
        ("boris", json(r#"["pays", 2, 6.5, false]"#)),
        ("carla", json(r#"["drain", 4, -0.25, true]"#)),
        ("dan", json(r#"["effort_unknown", null, null, false]"#)),
        ("fay", json(r#"["drain", 4, -0.25, false]"#)),
        ("gus", json(r#"["drain", 0.5, -1, true]"#)),
    ];
    assert_eq!(found.keys().copied().collect::<Vec<_>>(), expected.each_ref().map(|(name, _)| *name));
    for (name, values) in expected {
        for (found, expected) in found[name].iter().zip(values.as_array().unwrap()) {
            let same = match (found.as_f64(), expected.as_f64()) {
                (Some(found), Some(expected)) => (found - expected).abs() < 1e-12,
                _ => *found == expected,
            };
            assert!(same, "{name}: {found} is not {expected}");
        }
    }
    let told = shop.ok(&["explain", "carla", "effort", HOUR[0], HOUR[1]]);
    assert!(told.contains("margin 60.00 in the last 365 days, 4 hours of effort for 80.00"), "{told}");
}

#[test]
fn drains_segments_and_channels_are_listed() {
    let shop = shop();
    let drains = rows(&shop, &["effort", HOUR[0], HOUR[1]]);
    assert_eq!(column(&drains, "customer_id"), ["carla", "gus"], "who loses most first, fay has influence");
    let segments = rows(&shop, &["effort", "--by", "stage", HOUR[0], HOUR[1]]);
    let sum = |name: &str| -> f64 { column(&segments, name).into_iter().filter_map(Value::as_f64).sum() };
    assert_eq!((sum("customers"), sum("effort_known")), (6.0, 5.0));
    assert_eq!((sum("effort_hours"), sum("effort_cost"), sum("money")), (12.5, 250.0, 480.0));
    let channels = rows(&shop, &["effort", "--by", "channel", HOUR[0], HOUR[1]]);
    assert_eq!(column(&channels, "channel"), ["(none)", "chat", "phone"]);
    assert_eq!(column(&channels, "contacts"), [1, 2, 4]);
    assert_eq!(column(&channels, "effort_cost"), [80.0, 20.0, 150.0]);
    // Boris' margin of 300 is shared out as his effort is: one point by chat, three by phone.
    assert_eq!(column(&channels, "money"), [60.0, 75.0, 345.0]);
    assert_eq!(column(&channels, "roi"), [-0.25, 2.75, 1.3]);
    // A contact by chat is a point; four by phone would have cost 40.
    assert_eq!(column(&channels, "cheapest_cost"), [10.0, 20.0, 40.0]);
    assert_eq!(column(&channels, "cheapest_roi"), [5.0, 2.75, 7.625]);
}

#[test]
fn what_cannot_be_said_is_refused_with_advice() {
    let shop = shop();
    let run = shop.run(&["effort"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("--set effort.hour_cost=25"), "{}", run.err);
    let run = shop.run(&["effort", "--by", "rfm_nam", HOUR[0], HOUR[1]]);
    assert!(run.code == 1 && run.err.contains("did you mean `rfm_name`"), "{}", run.err);
    let run = shop.run(&["effort", "--by", "ltv", HOUR[0], HOUR[1]]);
    assert!(run.code == 1 && run.err.contains("`ltv` holds numbers"), "{}", run.err);
    let run = shop.run(&["segment", "effort"]);
    assert!(run.code == 0 && run.err.contains("WHAT AN HOUR COSTS IS NOT SET"), "{}", run.err);
    assert_eq!(shop.run(&["priority", "anna"]).code, 2);
    let run = shop.run(&["priority", "anna", "nobody"]);
    assert!(run.code == 1 && run.err.contains("no customer `nobody`"), "{}", run.err);
}

#[test]
fn the_first_is_who_will_bring_more_then_who_is_heard() {
    let shop = shop();
    let ranked = rows(&shop, &["priority", "gus", "carla", "anna", "fay", "boris"]);
    assert_eq!(column(&ranked, "customer_id"), ["boris", "fay", "carla", "anna", "gus"]);
    // Margins of 300, 60, 60 in a month, 160 in sixteen months; gus has never ordered.
    let expected = column(&ranked, "expected_365");
    assert_eq!(expected[..4], [3600.0, 720.0, 720.0, 120.0]);
    let why = column(&ranked, "why");
    assert_eq!(why[0], "more is expected in the next 12 months than of fay: 3600.00 to 720.00");
    assert_eq!(why[1], "as much is expected as of carla, and influence is larger: 3.6991 to 0.6021");
    assert_eq!(why[3], "has ordered, and gus never has");
    assert!(why[4].is_null());
}

#[test]
fn what_is_expected_is_what_predict_predicts() {
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    shop.write(
        "calls.csv",
        "touch_id,happened_at,customer_id,touch,effort\nt,1998-06-01 10:00,0001,call,3\n",
    );
    shop.ok(&["import", "calls.csv", "--kind", "touches"]);
    shop.ok(&["predict", "--discount", "0%", "--out", "predicted.csv"]);
    shop.ok(&["segment", "effort", "--out", "effort.csv"]);
    let [predicted, effort] = ["predicted.csv", "effort.csv"].map(|name| Table::of_csv(&shop.read(name)));
    let (value, expected) = (predicted.column("expected_value"), effort.column("expected_365"));
    assert_eq!(predicted.rows.len(), effort.rows.len());
    for (predicted, effort) in predicted.rows.iter().zip(&effort.rows) {
        assert_eq!((&predicted[0], &predicted[value]), (&effort[0], &effort[expected]));
    }
    let id = &effort.rows[0][0];
    let told = shop.ok(&["explain", id, "effort", "--format", "csv"]);
    assert!(told.contains("orders expected in the next 12 months"), "{told}");
}

/// Two kinds of customers, told apart by all that is known of them.
#[test]
fn clusters_come_with_rules_and_reasons() {
    let mut orders = "customer_id,order_id,date,amount\n".to_owned();
    for number in 0..80 {
        let (count, amount) = if number % 2 == 0 { (9, 20 + number % 7) } else { (1, 700 + number * 3) };
        for order in 0..count {
            let day = if number % 2 == 0 { 10 + order * 2 } else { 1 + number % 5 };
            let month = if number % 2 == 0 { 11 } else { 2 };
            writeln!(orders, "c{number:02},{number}-{order},2025-{month:02}-{day:02},{amount}").unwrap();
        }
    }
    let shop = Shop::new();
    shop.write("orders.csv", orders);
    shop.ok(&["import", "orders.csv"]);
    let run = shop.run(&["segment", "clusters", "--format", "json"]);
    assert_eq!(run.code, 0);
    for note in ["clusters: Scales: ", "clusters: k = 2, out of 2 to ", "clusters: Natural: "] {
        assert!(run.err.contains(note), "{}", run.err);
    }
    let labels = json(&run.out);
    let labels = labels.as_array().unwrap();
    for pair in labels.windows(2) {
        assert_ne!(pair[0]["cluster"], pair[1]["cluster"], "even and odd customers alternate");
    }
    let threaded = shop.run(&["segment", "clusters", "--format", "json", "--threads", "3"]);
    assert_eq!((threaded.out, threaded.err), (run.out, run.err));
    let told = shop.ok(&["explain", "c01", "clusters", "--format", "csv"]);
    assert!(told.contains("nearest centre: ") && told.contains("(40 of 40 are in it)"), "{told}");
}
