//! Hidden needs through the door.

use crate::program::{Shop, json};
use serde_json::{Value, json as value};
use std::fmt::Write;

/// 400 customers of two towns with one to four orders; each order is of tea, every second customer's last
/// one also of toys, but for those of Riga, of whom one in ten buys toys. Cake was bought long ago, and what
/// was brought back was bought.
fn shop() -> Shop {
    let mut orders = "customer_id,order_id,date,amount,category\n".to_owned();
    let mut customers = "customer_id,city\n".to_owned();
    let mut number = 0;
    for customer in 0..400 {
        let riga = customer % 2 == 0;
        let _ = writeln!(customers, "c{customer},{}", if riga { "Riga" } else { "Ogre" });
        for order in 0..=customer / 2 % 4 {
            number += 1;
            let _ = writeln!(orders, "c{customer},{number},2026-0{}-11,10,Tea", 5 + order);
        }
        let toys = if riga { customer / 8 % 10 == 0 } else { customer / 8 % 2 == 0 };
        if toys {
            let _ = writeln!(orders, "c{customer},{number},2026-0{}-11,30,Toys", 5 + customer / 2 % 4);
        }
        let _ =
            writeln!(orders, "c{customer},old{customer},2025-02-01,5,{}", if riga { "Tea" } else { "Cake" });
    }
    // A return is no order, and what came back was bought all the same.
    orders.push_str("c1,r1,2026-08-20,-30,Toys\n");
    let shop = Shop::new();
    shop.write("orders.csv", orders);
    shop.write("customers.csv", customers);
    shop.write("rules.toml", "[[rule]]\nname = \"riga\"\nwhen = \"city = 'Riga'\"\n");
    shop.ok(&["import", "orders.csv"]);
    shop.ok(&["import", "customers.csv", "--kind", "customers"]);
    shop
}

const RULES: [&str; 4] = ["needs", "rules", "--rules", "rules.toml"];

#[test]
fn what_was_planted_is_found_and_nothing_else() {
    let shop = shop();
    let found = json(&shop.ok(&[&RULES[..], &["--format", "json"]].concat()));
    // Cake was bought by nobody in the year: tea and toys are looked at.
    assert_eq!((&found["looked_at"], &found["segmentation"]), (&value!(2), &value!("rules")));
    assert_eq!(found["compared"], value!([{ "segment": "riga", "customers": 200 }]));
    let needs = found["needs"].as_array().unwrap();
    assert_eq!(needs.len(), 1, "{needs:?}");
    let need = &needs[0];
    assert_eq!((&need["segment"], &need["category"]), (&value!("riga"), &value!("Toys")));
    // One in ten of 200 beside one in two: the bands are alike, so that a plain count says the same.
    let buyers = (0..400).filter(|n| n % 2 == 0 && n / 8 % 10 == 0).count();
    let likes = (0..400).filter(|n| n % 2 == 1 && n / 8 % 2 == 0).count();
    assert_eq!((&need["buyers"], need["expected"].as_f64().unwrap()), (&value!(buyers), likes as f64));
    assert!(need["p"].as_f64().unwrap() < 1e-9 && need["gap"]["high"].as_f64().unwrap() < -0.2, "{need}");
    assert!(need["says"].as_str().unwrap().contains("buys Toys less"), "{need}");
}

#[test]
fn only_the_last_year_counts_on_any_threads() {
    let shop = shop();
    let rows = |more: &[&str]| json(&shop.ok(&[&RULES[..], &["--format", "json"], more].concat()));
    assert_eq!(rows(&[]), rows(&["--threads", "1"]));
    // As of a day long before the toys everybody has one order: tea there, cake here.
    let then = rows(&["--as-of", "2025-03-01"]);
    let needs: Vec<&Value> = then["needs"].as_array().unwrap().iter().map(|need| &need["category"]).collect();
    assert_eq!(needs, [&value!("Cake")]);
    assert_eq!(then["needs"][0]["expected"], value!(200.0));
    let table = shop.ok(&[&["needs", "stage"][..], &["--as-of", "2025-03-01"]].concat());
    assert!(table.starts_with("No segment buys any category far less"), "{table}");
    let csv = shop.ok(&[&RULES[..], &["--format", "csv"]].concat());
    assert!(csv.starts_with("segment,category,customers,buyers,expected,missing,index,"), "{csv}");
}
