//! What sets customers apart, through the door.

use crate::program::{Shop, json, shipped};
use crate::table::Table;
use std::fmt::Write;

/// A shop whose customers from the first channel come back, and leads of a city that does not buy.
fn shop(shuffled: bool) -> Shop {
    let mut orders = "order_id,customer_id,date,amount,channel,category\n".to_owned();
    let mut customers = "customer_id,city,Total spent\n".to_owned();
    for customer in 0..120 {
        let of = |factor: usize, modulus: usize| customer * factor % 1009 % modulus;
        let channel = if of(443, 2) == 0 { "shop" } else { "web" };
        let seen = if shuffled { of(571, 2) == 0 } else { channel == "shop" };
        let comes_back = seen == (of(37, 8) != 0);
        let buys = customer < 80;
        let city = if buys == (of(29, 9) != 0) { "Riga" } else { "Ogre" };
        let _ = writeln!(customers, "c{customer:03},{city},{}", if comes_back { 200 } else { 100 });
        if buys {
            let category = ["tea", "cup"][of(31, 2)];
            let _ = writeln!(
                orders,
                "{customer}a,c{customer:03},2026-01-05,{},{channel},{category}",
                10 + of(41, 40)
            );
        }
        if buys && comes_back {
            // The second order is by another channel: it must not count.
            let _ = writeln!(orders, "{customer}b,c{customer:03},2026-02-05,30,phone,tea");
        }
    }
    let shop = Shop::new();
    shop.write("orders.csv", orders);
    shop.write("customers.csv", customers);
    shop.ok(&["import", "orders.csv", "--zone", "UTC", "--currency", "EUR"]);
    shop.ok(&["import", "customers.csv", "--kind", "customers"]);
    shop
}

#[test]
fn who_came_lately_may_still_come_back() {
    let shop = shop(false);
    // The others came on 5 January, and those who came back did so after 31 days.
    shop.write("new.csv", "order_id,customer_id,date,amount,channel\nx,new,2026-01-06,10,kiosk\n");
    shop.ok(&["import", "new.csv"]);
    let run = shop.run(&["criteria", "--target", "repeat", "--format", "json"]);
    assert_eq!(json(&run.out)["findings"]["rows"], 80);
    assert!(run.err.contains("in the last 31 days, one repeat cycle (1)"), "{}", run.err);
}

#[test]
fn who_comes_back_is_found_and_who_looks_alike_comes_first() {
    let shop = shop(false);
    let run = shop.run(&["criteria", "--target", "repeat", "--out", "alike.csv", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let document = json(&run.out);
    assert_eq!(document["search"], serde_json::Value::Null);
    assert_eq!((&document["verdict"], &document["target"]), (&"criteria".into(), &"repeat".into()));
    assert_eq!(document["rules"][0], "first_order_channel = \"shop\"", "{document:#}");
    assert_eq!(document["findings"]["rows"], 80);
    // What is found can be asked as a rule.
    let count = shop.ok(&["count", document["rules"][0].as_str().unwrap(), "--format", "json", "--quiet"]);
    assert_eq!(
        json(&count)[0]["customers"],
        document["findings"]["outcome"]["criteria"][0]["covered"],
        "{document:#}"
    );
    assert!(run.err.contains("`total_spent` is no condition"), "{}", run.err);
    let table = Table::of_csv(&shop.read("alike.csv"));
    let [points, compared, criteria] = ["points", "compared", "criteria"].map(|name| table.column(name));
    // Everybody who has not come back: one-time buyers and those who have not bought.
    let repeat = document["findings"]["positives"].as_u64().unwrap();
    assert_eq!(table.rows.len() as u64, 120 - repeat);
    let number = |row: &Vec<String>| row[points].parse::<f64>().unwrap();
    assert!(
        table.rows.is_sorted_by(|a, b| (number(b), &a[0]) <= (number(a), &b[0]) || number(b) < number(a))
    );
    assert!(
        table.rows[0][criteria].contains("first_order_channel = \"shop\"")
            && table.rows[0][compared] == "true"
    );
    let lead = table.rows.iter().find(|row| row[0] == "c119").expect("leads look like nobody yet");
    assert_eq!((lead[points].as_str(), lead[compared].as_str()), ("0", "false"));
}

#[test]
fn buyers_are_set_apart_from_leads_by_what_was_known() {
    let shop = shop(false);
    let document = json(&shop.ok(&["criteria", "--target", "buyers", "--format", "json"]));
    assert_eq!(document["rules"][0], "city = \"Riga\"", "{document:#}");
    assert_eq!(
        (&document["findings"]["rows"], &document["findings"]["positives"]),
        (&120.into(), &80.into())
    );
    let without = shop.run(&["criteria", "--target", "buyers", "--without", "city"]);
    assert!(without.out.contains("Nothing beats chance"), "{}", without.out);
    assert!(without.err.contains("`city` is no condition: left out as asked"), "{}", without.err);
    let csv = Table::of_csv(&shop.ok(&["criteria", "--target", "buyers", "--format", "csv"]));
    assert_eq!(csv.rows[0][..2], ["city = \"Riga\"", "criterion"]);
}

#[test]
fn shuffled_customers_have_nothing_in_common() {
    let shop = shop(true);
    let run = shop.run(&["criteria", "--target", "repeat", "--out", "alike.csv"]);
    assert!(run.out.contains("Nothing beats chance (80 customers"), "{}", run.out);
    assert_eq!((run.code, shop.path("alike.csv").exists()), (1, false));
    assert!(run.err.contains("`alike.csv` was not written"), "{}", run.err);
}

#[test]
fn high_value_is_the_vip_tier_of_ltv() {
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    let document = json(&shop.ok(&["criteria", "--target", "high_ltv", "--format", "json"]));
    let tiers = Table::of_csv(&shop.ok(&["segment", "ltv", "--format", "csv"]));
    assert_eq!(document["findings"]["positives"].as_u64(), tiers.counts("ltv_tier").get("vip").copied());
    let wide = json(&shop.ok(&[
        "criteria",
        "--target",
        "high_ltv",
        "--set",
        "ltv.tiers=30%,50%",
        "--format",
        "json",
    ]));
    assert!(wide["findings"]["positives"].as_u64() > document["findings"]["positives"].as_u64());
    // The amount of the first order is part of the value; of who comes back it is not.
    assert_eq!(document["attributes"], serde_json::json!([]));
    let repeat = json(&shop.ok(&["criteria", "--target", "repeat", "--format", "json"]));
    assert_eq!(repeat["attributes"], serde_json::json!(["first_order_amount"]));
    assert_eq!(repeat["verdict"], "criteria");
}

/// Deals that came by a fair are won; what a customer says after its first deal was opened is not
/// known in time.
fn of_deals() -> Shop {
    let mut deals = "deal_id,customer_id,opened_at,closed_at,outcome,questions,loss_reason\n".to_owned();
    let mut touches = "customer_id,happened_at,touch,lead_source,channel\n".to_owned();
    for customer in 0..60 {
        let of = |factor: usize, modulus: usize| customer * factor % 1009 % modulus;
        let fair = customer % 2 == 0;
        let won = fair == (of(37, 9) != 0);
        let source = if fair { "fair" } else { "web" };
        // Of some nothing is known in time.
        if customer % 5 != 0 {
            let _ = writeln!(touches, "c{customer},2026-01-05,visit,{source},site");
        }
        let (outcome, late, reason) = if won { ("won", "mail", "") } else { ("lost", "site", "no money") };
        let _ = writeln!(
            deals,
            "d{customer},c{customer},2026-02-01,2026-02-20,{outcome},{},{reason}",
            if won { 1 } else { 3 }
        );
        let _ = writeln!(touches, "c{customer},2026-03-01,message_in,{late},{late}");
    }
    let _ = writeln!(touches, "lead,2026-03-02,visit,fair,site");
    let shop = Shop::new();
    shop.write("deals.csv", deals);
    shop.write("touches.csv", touches);
    shop.ok(&["import", "deals.csv", "--kind", "deals", "--zone", "UTC"]);
    shop.ok(&["import", "touches.csv", "--kind", "touches", "--zone", "UTC"]);
    shop
}

#[test]
fn only_what_was_known_before_the_deal_counts() {
    let shop = of_deals();
    for target in ["won", "a_deals", "buyers"] {
        let mut arguments = vec!["criteria", "--target", target, "--format", "json"];
        if target == "a_deals" {
            arguments.extend(["--set", "deals.deals=60"]);
        }
        let run = shop.run(&arguments);
        let document = json(&run.out);
        assert_eq!(document["rules"][0], "first_source = \"fair\"", "{target} {document:#}");
        let text = document.to_string();
        assert!(!text.contains("mail"), "{target}: what came after is a condition\n{document:#}");
        let rows = if target == "buyers" { 61 } else { 60 };
        assert_eq!(document["findings"]["rows"], rows);
    }
    shop.ok(&["criteria", "--target", "won", "--out", "open.csv"]);
    let table = Table::of_csv(&shop.read("open.csv"));
    let lead = table.rows.iter().find(|row| row[0] == "lead").expect("a lead has points");
    assert!(lead[1].parse::<f64>().unwrap() > 0.0 && lead[3] == "false");
}

#[test]
fn a_wrong_target_is_answered_with_the_nearest() {
    let shop = shop(false);
    let run = shop.run(&["criteria", "--target", "repat"]);
    assert!(run.code == 1 && run.err.contains("did you mean `repeat`?"), "{}", run.err);
    let run = shop.run(&["criteria", "--target", "won"]);
    assert!(run.code == 1 && run.err.contains("too few"), "{}", run.err);
    let run = shop.run(&["criteria", "--target", "repeat", "--set", "ltv.tiers=5"]);
    assert!(run.code == 1 && run.err.contains("ltv.tiers"), "{}", run.err);
}
