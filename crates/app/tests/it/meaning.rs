//! What rows mean: refunds, currencies, orders that come again, people known by e-mail or phone.

use crate::case::{all_hold, case};
use crate::program::Shop;
use crate::table::Table;

const HEADER: &str = "order_id,customer_id,date,amount";

fn orders(rows: &[&str]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

fn features(shop: &Shop) -> Table {
    Table::of_csv(&shop.ok(&["features", "--format", "csv"]))
}

#[test]
fn orders_within_a_file() {
    let lines = orders(&["1,ann,2024-03-25,10", "1,ann,2024-03-25,10", "2,ann,2024-03-26,5"]);
    let moved = orders(&["1,ann,2024-03-25,10", "1,ann,2024-03-24,-4", "2,ann,2024-03-26,-5"]);
    all_hold(&[
        case("a till that scans twice", "orders.csv", &lines)
            .imported(3)
            .then("ann", "orders", "2")
            .then("ann", "revenue", "25.00"),
        case("an order with a return in it", "orders.csv", &moved)
            .imported(3)
            .then("ann", "orders", "1")
            .then("ann", "returns", "1")
            .then("ann", "first_order_at", "2024-03-24")
            .then("ann", "revenue", "1.00"),
    ]);
}

#[test]
fn goods_that_come_back_for_nothing_are_returns() {
    let header = "order_id,customer_id,date,quantity,amount";
    let free = format!(
        "{header}\n1,ann,2024-03-25,2,10\n2,ann,2024-04-01,-1,0\n3,ann,2024-04-02,1,0\n\
         4,bob,2024-03-25,-1,-5\n4,bob,2024-03-25,-2,0\n5,cat,2024-03-26,-1,0\n6,,2024-03-26,-9,0\n"
    );
    let typed = "order_id,customer_id,date,quantity,amount,type\n1,ann,2024-03-25,1,10,sale\n\
                 2,ann,2024-04-01,1,10,return\n3,ann,2024-04-02,1,0,return\n4,ann,2024-04-03,-1,-3,return\n";
    all_hold(&[
        case("free lines", "orders.csv", &free)
            .flags(&["--allow-anonymous"])
            .imported(7)
            .then("ann", "orders", "2")
            .then("ann", "returns", "1")
            .then("ann", "last_order_at", "2024-04-02")
            .then("ann", "quantity", "2.00")
            .then("bob", "orders", "0")
            .then("bob", "returns", "1")
            .then("cat", "orders", "0")
            .then("cat", "returns", "1"),
        case("returns told by their type", "orders.csv", typed)
            .imported(4)
            .then("ann", "orders", "1")
            .then("ann", "returns", "3")
            .then("ann", "quantity", "-2.00")
            .then("ann", "revenue", "-3.00"),
    ]);
}

#[test]
fn currencies_are_never_added() {
    let mixed =
        "order_id,customer_id,date,amount,currency\n1,ann,2024-03-25,10,EUR\n2,ann,2024-03-26,10,USD\n";
    all_hold(&[
        case("two currencies", "orders.csv", mixed).refused("EUR"),
        case("no currency", "orders.csv", orders(&["1,ann,2024-03-25,10"])).imported(1).says("`--currency`"),
    ]);

    let shop = Shop::new();
    shop.write("euro.csv", "order_id,customer_id,date,amount,currency\n1,ann,2024-03-25,10,EUR\n");
    shop.write("dollar.csv", "order_id,customer_id,date,amount,currency\n2,ann,2024-03-26,10,USD\n");
    shop.ok(&["import", "euro.csv"]);
    let (code, counts, err) = shop.import("dollar.csv", &[]);
    assert_eq!((code, counts), (1, serde_json::Value::Null), "{err}");
    assert!(err.contains("EUR") && err.contains("USD"), "{err}");
    assert_eq!(features(&shop).by_first()["ann"][features(&shop).column("revenue")], "10.00");
}

#[test]
fn rates_turn_money_into_the_currency_of_the_base() {
    let shop = Shop::new();
    shop.write(
        "rates.csv",
        "date,currency,rate\n2024-03-20,USD,0.9\n2024-03-26,USD,0.95\n2024-03-01,RUB,0.0101\n",
    );
    let header = "order_id,customer_id,date,amount,cost,currency";
    shop.write(
        "mixed.csv",
        format!(
            "{header}\n1,ann,2024-03-25,10,4,EUR\n2,ann,2024-03-25,10,5,USD\n3,ann,2024-03-26,-2,,USD\n\
             4,bob,2024-03-26,100,50,RUB\n5,bob,2024-03-26,7,,\n6,bob,2024-02-29,1,,USD\n7,bob,2024-03-26,1,,GBP\n"
        ),
    );
    let open = shop.run(&["import", "mixed.csv", "--rates", "rates.csv"]);
    assert!(open.code == 1 && open.err.contains("`--currency`"), "{}", open.err);
    let mixed = shop.run(&["import", "mixed.csv"]);
    assert!(mixed.code == 1 && mixed.err.contains("`--rates FILE`"), "{}", mixed.err);
    let (code, counts, err) = shop.import("mixed.csv", &["--currency", "EUR", "--rates", "rates.csv"]);
    assert_eq!((code, &counts["imported"], &counts["rejected"]), (3, &5.into(), &2.into()), "{err}");
    let rejects = counts["rejects"].as_str().expect("a path");
    for said in ["E_RATE", "no rate of USD on 2024-02-29 or before", "no rate of GBP on 2024-03-26 or before"]
    {
        assert!(shop.read(rejects).contains(said), "{}", shop.read(rejects));
    }
    let table = features(&shop);
    let (rows, revenue) = (table.by_first(), table.column("revenue"));
    // 10 + 10 × 0.9 − 2 × 0.95, and 100 × 0.0101 + 7.
    assert_eq!((rows["ann"][revenue].as_str(), rows["bob"][revenue].as_str()), ("17.10", "8.01"));
    // The base knows its currency by now; the same file again changes nothing, other rates do.
    let (_, again, err) = shop.import("mixed.csv", &["--currency", "EUR", "--rates", "rates.csv"]);
    assert_eq!((&again["unchanged"], &again["import"]), (&5.into(), &serde_json::Value::Null), "{err}");
    shop.write(
        "later.csv",
        "date,currency,rate\n2024-02-01,USD,1\n2024-03-01,RUB,0.0101\n2024-03-01,GBP,1.2\n",
    );
    let (code, counts, err) = shop.import("mixed.csv", &["--currency", "EUR", "--rates", "later.csv"]);
    assert_eq!((code, &counts["replaced"], &counts["new"]), (0, &2.into(), &2.into()), "{err}");
    shop.write("wrong.csv", "date,currency,rate\n2024-02-01,USD,1\n01.03.2024,USD,1\n");
    let wrong = shop.run(&["import", "mixed.csv", "--rates", "wrong.csv"]);
    assert!(wrong.code == 1 && wrong.err.contains("line 3"), "{}", wrong.err);
    shop.write("other.csv", "day,money\n2024-02-01,1\n");
    let other = shop.run(&["report", "mixed.csv", "--rates", "other.csv"]);
    assert!(other.code == 1 && other.err.contains("date, currency and rate"), "{}", other.err);
}

#[test]
fn an_order_that_comes_again() {
    let shop = Shop::new();
    shop.write("first.csv", orders(&["1,ann,2024-03-25,10", "2,bob,2024-03-26,20"]));
    shop.write("second.csv", orders(&["2,bob,2024-03-26,25", "1,ann,2024-03-25,10", "3,ann,2024-04-01,7"]));
    let (code, first, _) = shop.import("first.csv", &[]);
    assert_eq!((code, &first["import"], &first["new"]), (0, &1.into(), &2.into()));
    let (_, again, _) = shop.import("first.csv", &[]);
    assert_eq!((&again["new"], &again["replaced"], &again["unchanged"]), (&0.into(), &0.into(), &2.into()));
    assert_eq!(again["imported"], 0);
    let (_, second, _) = shop.import("second.csv", &[]);
    assert_eq!(
        (&second["new"], &second["replaced"], &second["unchanged"]),
        (&1.into(), &1.into(), &1.into())
    );
    let table = features(&shop);
    let (rows, revenue) = (table.by_first(), table.column("revenue"));
    assert_eq!((rows["ann"][revenue].as_str(), rows["bob"][revenue].as_str()), ("17.00", "25.00"));
}

#[test]
fn rows_without_order_ids_that_come_again() {
    let shop = Shop::new();
    let rows = "customer_id,date,amount\nann,2024-03-25,10\nann,2024-03-25,10\nbob,2024-03-26,5\n";
    shop.write("first.csv", rows);
    shop.write("more.csv", format!("{rows}bob,2024-03-27,7\nbob,2024-03-26,5\n"));
    for (file, new, unchanged) in [("first.csv", 3, 0), ("first.csv", 0, 3), ("more.csv", 2, 3)] {
        let (code, counts, err) = shop.import(file, &[]);
        assert_eq!(
            (code, &counts["new"], &counts["unchanged"]),
            (0, &new.into(), &unchanged.into()),
            "{err}"
        );
    }
    let table = features(&shop);
    let (rows, revenue) = (table.by_first(), table.column("revenue"));
    assert_eq!((rows["ann"][revenue].as_str(), rows["bob"][revenue].as_str()), ("20.00", "17.00"));
}

#[test]
fn the_order_of_imports_does_not_matter_where_nothing_is_replaced() {
    let (one, two) =
        (orders(&["1,ann,2024-03-25,10", "2,bob,2024-03-26,20"]), orders(&["3,ann,2024-04-01,7"]));
    let shops = [["one.csv", "two.csv"], ["two.csv", "one.csv"]].map(|files| {
        let shop = Shop::new();
        shop.write("one.csv", &one);
        shop.write("two.csv", &two);
        files.iter().for_each(|file| drop(shop.ok(&["import", file])));
        shop
    });
    let [first, second] = shops.map(|shop| features(&shop));
    assert_eq!(first, second);
}

#[test]
fn one_person_however_the_phone_is_written() {
    let phones = "order_id,phone,date,amount\n1,8 (912) 345-67-89,2024-03-25,1\n2,+79123456789,2024-03-26,2\n\
                  3,79123456789,2024-03-27,3\n4,9123456789,2024-03-28,4\n\
                  5,+7 912 345 67 89 доб. 12,2024-03-29,5\n";
    all_hold(&[case("phones", "orders.csv", phones)
        .flags(&["--region", "RU"])
        .imported(5)
        // The apostrophe keeps spreadsheets from taking the plus for a formula.
        .then("'+79123456789", "orders", "5")
        .then("'+79123456789", "revenue", "15.00")]);
}

#[test]
fn an_e_mail_is_in_outputs_and_never_in_facts() {
    let shop = Shop::new();
    let mails = "order_id,email,date,amount\n1,Anna.Liepa@Example.LV,2024-03-25,1\n\
                 2, anna.liepa@example.lv ,2024-03-26,2\n\
                 3,bob@example.com,2024-03-27,4\n";
    shop.write("orders.csv", mails);
    shop.ok(&["import", "orders.csv"]);
    let table = features(&shop);
    let shown: Vec<&str> = table.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(table.rows.len(), 2, "{shown:?}");
    assert!(shown.iter().any(|id| id.eq_ignore_ascii_case("anna.liepa@example.lv")), "{shown:?}");
    for (name, _) in shop.listing() {
        let bytes = std::fs::read(shop.path("dolka-base").join(&name)).expect("the file is there");
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for word in ["liepa", "example.lv", "bob@"] {
            assert!(!text.contains(word) && !name.contains(word), "`{word}` stands in {name}");
        }
    }
    // Parquet packs its pages: what the engine reads from them must not name anybody either.
    let facts = shop.listing().into_iter().find(|(name, _)| name.contains("facts/orders")).expect("facts");
    let path = shop.path("dolka-base").join(facts.0);
    let mut table =
        engine::sources::open(&path, &engine::sources::OpenOptions::default()).expect("Parquet opens");
    let mut cells = 0;
    while let Some(block) = table.next_block().expect("Parquet is read") {
        for row in block.rows().iter() {
            cells += row.cells().count();
            assert!(row.cells().all(|cell| !cell.contains('@') && !cell.contains("liepa")));
        }
    }
    assert!(cells > 0);
    let explained = shop.ok(&["explain", "ANNA.liepa@example.lv"]);
    assert!(explained.contains("2"), "{explained}");
}

#[test]
fn attributes_and_consent_come_with_customer_files() {
    let shop = Shop::new();
    shop.write("orders.csv", orders(&["1,ann,2024-03-25,10"]));
    shop.write(
        "customers.csv",
        "customer_id,email,phone,city,birth_date\n\
         ann,ann@example.com,+37120000000,Riga,1990-01-02\nbob,no address,7912345678,,\n",
    );
    shop.ok(&["import", "orders.csv"]);
    let (code, counts, err) = shop.import("customers.csv", &[]);
    assert_eq!((code, &counts["kind"], &counts["imported"]), (0, &"customers".into(), &2.into()), "{err}");
    assert!(err.contains("E_EMAIL") && err.contains("E_PHONE"), "a bad contact is named and left out: {err}");
    let table = features(&shop);
    assert_eq!(table.by_first()["bob"][table.column("orders")], "0");
}
