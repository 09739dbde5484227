//! Portraits through the door: told from what was counted, in four languages.

use crate::program::{Shop, json};
use serde_json::Value;
use std::fmt::Write;

/// Eighty customers: every fourth lives in Riga, orders five times on Saturday evenings, and buys tea.
fn shop() -> Shop {
    let mut orders = "customer_id,order_id,date,amount,category,channel\n".to_owned();
    let mut customers = "customer_id,city,gender\n".to_owned();
    let mut number = 0;
    for customer in 0..80 {
        let regular = customer % 4 == 0;
        for order in 0..if regular { 5 } else { 1 } {
            number += 1;
            // 2026-01-03 was a Saturday, and the fifth order falls on a Tuesday; others order on any day.
            let day = if regular { 3 + 7 * order } else { 1 + customer % 28 };
            let (goods, channel) = if regular { ("Tea", "shop") } else { ("Coffee", "web") };
            let hour = if regular { 18 + order % 3 } else { 1 + customer % 23 };
            let month = if regular { 1 } else { 2 };
            let (extra, day) = (day / 29, if day > 28 { day - 28 } else { day });
            let amount = 40 + customer % 7;
            let _ = writeln!(
                orders,
                "c{customer},{number},2026-{:02}-{day:02} {hour:02}:30,{amount},{goods},{channel}",
                month + extra
            );
        }
        let (city, gender) =
            (if regular { "Riga" } else { "Cesis" }, if customer % 3 == 0 { "m" } else { "f" });
        let _ = writeln!(customers, "c{customer},{city},{gender}");
    }
    let shop = Shop::new();
    shop.write("orders.csv", orders);
    shop.write("customers.csv", customers);
    shop.write("rules.toml", "[[rule]]\nname = \"regulars\"\nwhen = \"orders >= 4\"\n");
    shop.ok(&["import", "orders.csv", "--zone", "Europe/Riga"]);
    shop.ok(&["import", "customers.csv", "--kind", "customers"]);
    shop
}

const RULES: [&str; 4] = ["portrait", "rules", "--rules", "rules.toml"];

fn documents(shop: &Shop) -> Vec<Value> {
    json(&shop.ok(&[&RULES[..], &["--format", "json"]].concat())).as_array().unwrap().clone()
}

#[test]
fn what_was_planted_is_told() {
    let shop = shop();
    let all = documents(&shop);
    assert_eq!(
        all.iter().map(|one| one["segment"].as_str().unwrap()).collect::<Vec<_>>(),
        ["regulars", "rest"]
    );
    let regulars = &all[0];
    assert_eq!((&regulars["customers"], &regulars["orders"]), (&Value::from(20), &Value::from(100)));
    let story: String = regulars["story"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line.as_str().unwrap().to_owned() + " ")
        .collect();
    for expected in [
        "stands for 20 customers",
        "25.0% of the base",
        "5 orders",
        "Buys above all Tea",
        "City: Riga",
        "on Saturdays",
        "between 18:00 and 21:00",
        "through shop (100%)",
    ] {
        let found = story.to_lowercase().contains(&expected.to_lowercase());
        assert!(found, "{expected} in {story}");
    }
    let special = regulars["special"].as_array().unwrap();
    let riga = special.iter().find(|one| one["value"] == "Riga").unwrap();
    assert_eq!(
        (&riga["inside"], &riga["base"], &riga["index"]),
        (&Value::from(1.0), &Value::from(0.25), &Value::from(400.0))
    );
    assert!(riga["p"].as_f64().unwrap() < 1e-6);
    // Who is a man or a woman has nothing to do with it, and is not told.
    assert!(!story.contains("gender"), "{story}");
    let id = regulars["usual_customer"].as_str().unwrap().trim_start_matches('c').parse::<u32>().unwrap();
    assert_eq!(id % 4, 0);
    assert_eq!(regulars["weekdays"], json("[0,20,0,0,0,80,0]"));
}

#[test]
fn every_language_tells_the_whole_story() {
    let shop = shop();
    for (language, word) in
        [("en", "Saturdays"), ("ru", "по субботам"), ("ca", "dissabtes"), ("lv", "sestdienās")]
    {
        let told = shop.ok(&[&RULES[..], &["regulars", "--lang", language]].concat());
        assert!(told.contains(word) && !told.contains('⟦'), "{told}");
    }
    let again = shop.ok(&[&["--threads", "1"], &RULES[..], &["regulars"]].concat());
    assert_eq!(again, shop.ok(&[&RULES[..], &["regulars"]].concat()));
}

#[test]
fn a_segment_that_is_not_there_is_named() {
    let shop = shop();
    let wrong = shop.run(&["portrait", "rfm", "champion"]);
    assert!(wrong.code == 1 && wrong.err.contains("no customers in a segment `champion`"), "{}", wrong.err);
    let csv = shop.ok(&[&RULES[..], &["--format", "csv"]].concat());
    assert!(csv.starts_with("segment,what,value,inside,from,to,base,index,size,p,known\n"), "{csv}");
}
