//! One person under several ids: a shop's export and a CRM's, found, linked, asked, taken apart.

use crate::program::{Shop, json};
use serde_json::Value;

const ORDERS: &str = "order_id,customer_id,date,amount,email\n\
    1,s1,2024-03-25,10,Anna@example.lv\n\
    2,s1,2024-04-01,20,Anna@example.lv\n\
    3,s2,2024-04-02,5,boris@example.lv\n\
    4,s3,2024-04-03,7,eva@example.lv\n";
const PEOPLE: &str = "customer_id,email,phone,city,birthday,consent_email\n\
    k1,anna@example.lv,+37120000001,Riga,1990-05-17,no\n\
    k2,boris@example.lv,+37120000002,Liepaja,1980-01-02,yes\n\
    k3,clara@example.lv,+37120000002,Ventspils,1985-06-07,yes\n\
    k4,anna.k@example.lv,+37120000001,Riga,17.05.1990,yes\n";

fn shop() -> Shop {
    let shop = Shop::new();
    shop.write("orders.csv", ORDERS);
    shop.write("people.csv", PEOPLE);
    shop.ok(&["import", "orders.csv", "--kind", "orders"]);
    shop.ok(&["import", "people.csv", "--kind", "customers"]);
    shop
}

fn rows(shop: &Shop, arguments: &[&str]) -> Vec<Value> {
    let text = shop.ok(&[arguments, &["--format", "json"]].concat());
    json(&text).as_array().unwrap().clone()
}

/// Some columns of rows, joined.
fn columns(rows: &[Value], names: &[&str]) -> Vec<String> {
    let cell = |row: &Value, name: &str| match &row[name] {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    rows.iter().map(|row| names.iter().map(|name| cell(row, name)).collect::<Vec<_>>().join(" ")).collect()
}

fn orders(shop: &Shop) -> String {
    shop.ok(&["features", "orders", "revenue", "--format", "csv"])
}

#[test]
fn found_linked_asked_and_taken_apart() {
    let shop = shop();
    let before = orders(&shop);
    let found = rows(&shop, &["identity", "find"]);
    assert_eq!(
        columns(&found, &["what", "main_id", "customer_id", "why", "contact"]),
        [
            "link s1 k1 email a…@example.lv",
            "link s1 k4 phone +371…01",
            "link s2 k2 email b…@example.lv",
            "conflict null k2, k3 birthdays differ +371…02",
        ]
    );
    assert!(rows(&shop, &["identity"]).is_empty());
    assert_eq!(orders(&shop), before, "looking changes nothing");

    let linked = json(&shop.ok(&["identity", "link", "--found", "--format", "json"]));
    assert_eq!((&linked["step"], &linked["ids"], &linked["persons"]), (&1.into(), &3.into(), &2.into()));
    let after = orders(&shop);
    assert_eq!(
        after.lines().collect::<Vec<_>>(),
        ["customer_id,orders,revenue", "k3,0,0.00", "s1,2,30.00", "s2,1,5.00", "s3,1,7.00",]
    );
    // What the CRM knows of the alias holds for the person.
    let asked = rows(&shop, &["count", "city = \"Riga\" and orders >= 2"]);
    assert_eq!(asked[0]["customers"], 1);
    // One id has withdrawn its consent, another has given it.
    let asked = rows(&shop, &["count", "consent email and orders >= 2"]);
    assert_eq!(asked[0]["customers"], 0);
    let explained = shop.run(&["explain", "k1", "rfm"]);
    assert_eq!(explained.code, 0, "{}", explained.err);
    assert!(explained.err.contains("`k1` is linked to `s1`"), "{}", explained.err);
    assert_eq!(explained.out, shop.ok(&["explain", "s1", "rfm"]));
    assert_eq!(explained.out, shop.ok(&["explain", "anna.k@example.lv", "rfm"]));

    let again = shop.ok(&["identity", "link", "--found"]);
    assert!(again.starts_with("nothing new"), "{again}");
    // The same files again change nothing.
    for (file, kind) in [("orders.csv", "orders"), ("people.csv", "customers")] {
        let (code, counts, _) = shop.import(file, &["--kind", kind]);
        assert_eq!((code, &counts["unchanged"]), (0, &4.into()), "{file}: {counts}");
        assert_eq!(counts["imported"], 0);
    }
    shop.ok(&["compact"]);
    assert_eq!(orders(&shop), after);

    shop.ok(&["identity", "unlink", "k1"]);
    assert!(orders(&shop).contains("k1,0,0"));
    let found = rows(&shop, &["identity", "find"]);
    assert_eq!(
        columns(&found, &["what", "why"]),
        ["conflict birthdays differ", "conflict unlinked by hand", "conflict unlinked by hand"]
    );
    let nothing = shop.ok(&["identity", "link", "--found"]);
    assert!(nothing.starts_with("nothing new"), "{nothing}");

    shop.ok(&["identity", "undo", "2"]);
    assert_eq!(orders(&shop), after);
    shop.ok(&["identity", "undo", "1"]);
    assert_eq!(orders(&shop), before);
    let history = rows(&shop, &["identity", "history"]);
    assert_eq!(
        columns(&history, &["step", "what", "customer_id", "main_id", "why", "holds"]),
        [
            "1 link k1 s1 email false",
            "1 link k4 k1 phone false",
            "1 link k2 s2 email false",
            "2 unlink k1 null hand false",
        ]
    );
    let ledger = rows(&shop, &["imports"]);
    assert_eq!(columns(&ledger, &["kind", "rows"]), ["orders 4", "customers 4", "links 3", "unlinks 1"]);
}

#[test]
fn by_hand_and_back() {
    let shop = shop();
    let before = orders(&shop);
    let several = shop.run(&["identity", "link", "s3", "+37120000001"]);
    assert!(several.code == 1 && several.err.contains("k1, k4"), "{}", several.err);
    for wrong in
        [&["identity", "link", "s3", "nobody"][..], &["identity", "unlink", "s3"], &["identity", "undo", "1"]]
    {
        let run = shop.run(wrong);
        assert!(run.code == 1 && run.out.is_empty(), "{wrong:?}: {}", run.err);
    }
    assert_eq!(shop.run(&["identity", "link"]).code, 2);
    assert_eq!(shop.run(&["identity", "link", "--found", "s1", "s2"]).code, 2);
    let linked = shop.ok(&["identity", "link", "k4", "s3", "clara@example.lv"]);
    assert!(linked.starts_with("step 1: ids linked: 2"), "{linked}");
    let listed = rows(&shop, &["identity"]);
    let listed = columns(&listed, &["main_id", "customer_id", "why"]);
    assert_eq!(listed, ["k4 k3 hand", "k4 s3 hand"], "an e-mail of one id names it");
    assert!(orders(&shop).contains("k4,1,7"));
    // The main id leaves, and the others stay together.
    shop.ok(&["identity", "unlink", "k4"]);
    assert!(orders(&shop).contains("k3,1,7") && orders(&shop).contains("k4,0,0"));
    shop.ok(&["identity", "unlink", "s3"]);
    assert_eq!(orders(&shop), before);
}

#[test]
fn undoing_an_import_takes_its_links_along() {
    let shop = shop();
    shop.ok(&["undo", "2"]);
    let before = orders(&shop);
    shop.ok(&["import", "people.csv", "--kind", "customers"]);
    shop.ok(&["identity", "link", "--found"]);
    assert!(!orders(&shop).contains("k1"));
    shop.ok(&["undo", "3"]);
    assert_eq!(orders(&shop), before);
    assert!(rows(&shop, &["identity"]).is_empty());
    // It can be brought back, and found again.
    shop.ok(&["import", "people.csv", "--kind", "customers"]);
    let linked = shop.ok(&["identity", "link", "--found"]);
    assert!(linked.starts_with("step 2: ids linked: 3"), "{linked}");
}

#[test]
fn an_import_says_how_many_look_like_others() {
    let shop = Shop::new();
    shop.write("orders.csv", ORDERS);
    shop.write("people.csv", PEOPLE);
    let run = shop.run(&["import", "orders.csv", "--kind", "orders"]);
    assert!(!run.err.contains("identity find"), "{}", run.err);
    let run = shop.run(&["import", "people.csv", "--kind", "customers"]);
    assert!(
        run.err.contains("share an e-mail or a phone with another: 3; see `dolka identity find`"),
        "{}",
        run.err
    );
}

#[test]
fn visits_are_of_the_customer_the_browser_was_seen_with() {
    let shop = Shop::new();
    shop.write("orders.csv", ORDERS);
    shop.write(
        "touches.csv",
        "date,visitor,customer_id,touch\n\
         2024-04-01,v1,,visit\n2024-04-02,v1,,visit\n2024-04-03,v1,s1,visit\n2024-04-03,v2,,visit\n",
    );
    shop.ok(&["import", "orders.csv", "--kind", "orders"]);
    shop.ok(&["import", "touches.csv", "--kind", "touches"]);
    let visits = |day: &str| {
        rows(&shop, &["count", "did touch at least 3 times", "--as-of", day])[0]["customers"].clone()
    };
    assert_eq!((visits("2024-04-02"), visits("2024-04-03")), (0.into(), 1.into()));
}
