//! `dolka compact`: the same results from fewer files, undo as before, and no undo after `--forget`.

use crate::program::{Shop, json};

const FIRST: &str = "order_id,customer_id,date,product_id,quantity,amount\n\
    1,ann,2024-03-25,tea,1,10.50\n2,ann,2024-04-01,tea,2,20\n3,bob,2024-04-02,mug,1,7\n4,,2024-04-03,mug,1,3\n";
/// Replaces 1, moves 3 to another customer, cancels 2, brings a new one and an attribute.
const SECOND: &str = "order_id,customer_id,date,product_id,quantity,amount,status,city\n\
    1,ann,2024-03-25,tea,1,11.50,paid,Riga\n2,ann,2024-04-01,tea,2,20,cancelled,Riga\n\
    3,cat,2024-04-02,mug,1,7,paid,Cēsis\n5,bob,2024-05-05,mug,3,21,paid,Riga\n";
const THIRD: &str = "order_id,customer_id,date,product_id,quantity,amount\n\
    1,dan,2024-06-01,tea,1,9\n6,ann,2024-05-05,mug,1,7\n7,bob,2024-05-05,tea,-1,-10\n";
const CUSTOMERS: &str = "customer_id,email,created_at,city\nann,ann@example.com,2023-01-01,Jelgava\n\
    eve,eve@example.com,2024-01-01,Riga\n";
const PRODUCTS: &str = "product_id,product,category,unit_cost\ntea,Green tea,Drinks,4\n";
const MORE_PRODUCTS: &str = "product_id,product,category,unit_cost\ntea,Green tea,Teas,5\nmug,Mug,Ware,2\n";

fn shop() -> Shop {
    let shop = Shop::new();
    let files = [
        ("first.csv", FIRST, "till"),
        ("second.csv", SECOND, "till"),
        ("third.csv", THIRD, "web"),
        ("customers.csv", CUSTOMERS, "till"),
        ("products.csv", PRODUCTS, "till"),
        ("more-products.csv", MORE_PRODUCTS, "till"),
    ];
    for (name, content, source) in files {
        shop.write(name, content);
        let (code, _, err) = shop.import(name, &["--source", source, "--allow-anonymous"]);
        assert_eq!(code, 0, "{name}: {err}");
    }
    shop
}

/// Everything that is worked out of a base.
fn results(shop: &Shop) -> Vec<String> {
    let mut results = vec![
        shop.ok(&["features", "--format", "csv"]),
        shop.ok(&["segment", "--format", "csv"]),
        shop.ok(&["segment", "--of", "products", "--format", "csv"]),
        shop.ok(&["features", "--as-of", "2024-05-31", "--format", "csv"]),
    ];
    shop.ok(&["report", "--data", "data.json", "--out", "page.html"]);
    results.push(shop.read("data.json"));
    results
}

fn fact_files(shop: &Shop) -> usize {
    shop.listing().iter().filter(|(name, _)| name.ends_with(".parquet")).count()
}

#[test]
fn results_are_the_same_and_imports_can_be_undone() {
    let (merged, plain) = (shop(), shop());
    let before = results(&merged);
    let said = json(&merged.ok(&["compact", "--format", "json"]));
    let kinds: Vec<&str> = said["merged"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|kind| {
            assert_eq!(kind["files"], 1, "{said}");
            kind["kind"].as_str().expect("a name")
        })
        .collect();
    assert_eq!(kinds, ["orders", "customers", "products"]);
    assert_eq!(said["sealed"], serde_json::json!([]));
    assert_eq!(results(&merged), before);
    // There is nothing left to merge, and the files that were merged are still there.
    let files = merged.listing();
    assert!(merged.ok(&["compact"]).contains("nothing to merge"));
    assert_eq!(merged.listing(), files);
    for import in ["2", "5", "1"] {
        merged.ok(&["undo", import]);
        plain.ok(&["undo", import]);
        assert_eq!(results(&merged), results(&plain), "after undo {import}");
        merged.ok(&["compact"]);
        assert_eq!(results(&merged), results(&plain), "merged after undo {import}");
    }
    // The same file again finds what it brought before.
    for (name, new) in [("third.csv", 0), ("second.csv", 3)] {
        let (_, counts, err) = merged.import(name, &["--source", if new == 0 { "web" } else { "till" }]);
        assert_eq!(counts["new"], new, "{name}: {counts} {err}");
    }
}

#[test]
fn what_is_forgotten_cannot_be_undone() {
    let shop = shop();
    let before = results(&shop);
    let all = fact_files(&shop);
    let said = json(&shop.ok(&["compact", "--forget", "--format", "json"]));
    assert_eq!(said["sealed"], serde_json::json!([1, 2, 3, 4, 5, 6]));
    assert_eq!(said["deleted"], all);
    assert_eq!(fact_files(&shop), 3);
    assert_eq!(results(&shop), before);
    let undo = shop.run(&["undo", "2"]);
    assert!(undo.code == 1 && undo.err.contains("cannot be undone"), "{}", undo.err);
    let ledger = json(&shop.ok(&["imports", "--format", "json"]));
    assert_eq!(ledger[1]["sealed"], true);
    // Imports from now on can be undone again.
    shop.write("more.csv", "order_id,customer_id,date,amount\n9,ann,2024-05-05,1\n");
    let (code, counts, err) = shop.import("more.csv", &["--source", "till"]);
    assert_eq!((code, &counts["new"]), (0, &1.into()), "{err}");
    shop.ok(&["compact"]);
    shop.ok(&["undo", "7"]);
    assert_eq!(results(&shop), before);
}

#[test]
fn many_imports_ask_to_be_put_together() {
    let shop = Shop::new();
    let import = |number: usize| {
        let name = format!("orders-{number}.csv");
        let order = format!("order_id,customer_id,date,amount\no{number},anna,2026-03-{number:02},10\n");
        shop.write(&name, order);
        shop.run(&["import", &name]).err.contains("`dolka compact`")
    };
    let asked: Vec<bool> = (1..=8).map(import).collect();
    assert_eq!(asked, [false, false, false, false, false, false, false, true]);
    shop.ok(&["compact"]);
    assert!(!import(9));
}
