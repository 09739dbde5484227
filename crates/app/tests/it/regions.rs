//! A region table: customers have what is known of their places.

use crate::case::rejects;
use crate::program::{Shop, json};
use crate::table::Table;
use serde_json::Value;

const CUSTOMERS: &str = "customer_id,city,region,country,zip
a,Riga,,Latvia,LV-1010
b, riga ,,LATVIA,
c,Paris,Texas,USA,
d,Paris,,France,
e,Paris,,,
f,Jelgava,,Latvia,3001
g,Oslo,,Norway,
h,,,,
";
const PLACES: &str = "City,Region,Country,Population,Density,Climate,Note
Riga,,Latvia,\"605,802\",1980.5,cool,port
Paris,,France,\"2,102,650\",20000,mild,
Paris,Texas,USA,\"24,171\",250,hot,
,,Latvia,,29,cool,
";

fn shop() -> Shop {
    let shop = Shop::new();
    shop.write("customers.csv", CUSTOMERS);
    shop.ok(&["import", "customers.csv"]);
    shop.write("orders.csv", "customer_id,order_date,amount\na,2026-01-01,5\n");
    shop.ok(&["import", "orders.csv", "--currency", "EUR"]);
    shop.write("places.csv", PLACES);
    shop
}

/// Customers in order with one column of a cut.
fn labels(shop: &Shop, by: &str) -> Vec<(String, String)> {
    let by = format!("attributes.by={by}");
    shop.ok(&["segment", "attributes", "--set", &by, "--out", "out.csv"]);
    let table = Table::of_csv(&shop.read("out.csv"));
    let group = table.column("attributes");
    table.rows.iter().map(|row| (row[0].clone(), row[group].clone())).collect()
}

/// How many customers a condition holds for.
fn count(shop: &Shop, condition: &str) -> Value {
    json(&shop.ok(&["count", condition, "--format", "json"]))[0]["customers"].clone()
}

#[test]
fn customers_have_what_is_known_of_their_places() {
    let shop = shop();
    // That it is a region table is seen.
    let (code, counts, err) = shop.import("places.csv", &[]);
    assert_eq!((code, &counts["kind"], &counts["imported"]), (0, &"regions".into(), &4.into()), "{err}");
    assert_eq!(counts["coverage"]["customers"], 7);
    assert_eq!(counts["coverage"]["covered"], 5);
    for (condition, expected) in [
        ("region.climate = \"mild\"", 1),
        ("region.climate = \"hot\"", 1),
        ("region.climate = \"cool\"", 3),
        ("region.population > 100000", 3),
        ("region.density = 1980.5", 2),
        ("region.density = 29", 1),
        ("region.Note = \"port\"", 2),
    ] {
        assert_eq!(count(&shop, condition), expected, "{condition}");
    }
    let climates = labels(&shop, "region.climate");
    let of = |customer: &str| climates.iter().find(|(id, _)| id == customer).unwrap().1.clone();
    assert_eq!([of("a"), of("c"), of("d"), of("f")], ["cool", "hot", "mild", "cool"]);
    assert_eq!(of("e"), of("h"));
    // A number is cut as a number.
    assert!(labels(&shop, "region.population edges 50000").iter().any(|(_, group)| group.contains("50")));
    let said = shop.run(&["regions"]);
    assert!(said.err.contains("71 % of 7 customers who say where they are have a region"), "{}", said.err);
    assert!(said.out.contains("Oslo, Norway") && said.out.contains("Paris"), "{}", said.out);
}

#[test]
fn codes_are_exact_or_beginnings_and_come_first() {
    let shop = shop();
    shop.ok(&["import", "places.csv"]);
    shop.write("zips.csv", "zip,country,density\nLV1010,Latvia,1\n30*,,2\n3*,,3\n1010,,4\n");
    let (code, counts, err) = shop.import("zips.csv", &["--kind", "regions"]);
    assert_eq!((code, &counts["imported"]), (0, &4.into()), "{err}");
    for (condition, expected) in [
        ("region.density = 1", 1),
        ("region.density = 2", 1),
        ("region.density = 3", 0),
        ("region.density = 4", 0),
    ] {
        assert_eq!(count(&shop, condition), expected, "{condition}");
    }
    // The climate is known of the city and the country alone.
    assert_eq!(count(&shop, "region.climate = \"cool\""), 3);
    // Postal codes are personal and stay where they are.
    let facts = std::fs::read_dir(shop.path("dolka-base/facts/customers")).unwrap();
    for file in facts {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(4).any(|window| window == b"1010" || window == b"3001"));
    }
}

#[test]
fn an_import_of_places_is_undone_renewed_and_merged_like_any() {
    let shop = shop();
    let before = shop.ok(&["segment", "attributes", "--set", "attributes.by=country", "--format", "csv"]);
    shop.ok(&["import", "places.csv"]);
    let (_, counts, _) = shop.import("places.csv", &[]);
    assert_eq!((&counts["unchanged"], &counts["import"]), (&4.into(), &Value::Null));
    shop.write("newer.csv", "City,Country,Climate\nParis,France,hot\n");
    let (_, counts, _) = shop.import("newer.csv", &[]);
    assert_eq!(counts["replaced"], 1);
    assert_eq!(count(&shop, "region.climate = \"hot\" and region.population > 100000"), 1);
    shop.ok(&["compact"]);
    assert_eq!(count(&shop, "region.climate = \"hot\" and region.population > 100000"), 1);
    shop.ok(&["undo", "4"]);
    assert_eq!(count(&shop, "region.climate = \"hot\""), 1);
    // Customers' own files hold nothing of places, whatever is merged meanwhile.
    shop.write("customers2.csv", "customer_id,city\nz,Riga\n");
    shop.ok(&["import", "customers2.csv"]);
    shop.ok(&["compact"]);
    assert_eq!(count(&shop, "region.climate = \"cool\""), 4);
    shop.ok(&["undo", "3"]);
    let run = shop.run(&["count", "region.climate = \"cool\""]);
    assert_eq!(run.code, 2, "{}", run.out);
    shop.ok(&["undo", "5"]);
    assert_eq!(
        shop.ok(&["segment", "attributes", "--set", "attributes.by=country", "--format", "csv"]),
        before
    );
}

#[test]
fn what_a_table_says_twice_or_of_no_place_is_rejected() {
    let shop = shop();
    shop.write(
        "bad.csv",
        "City,Country,Population,Climate\nRiga,Latvia,600000,cool\nRIGA,latvia,600000,cool\n\
         riga , Latvia,1,cool\n,,5,cold\nOslo,Norway,many,cool\nBergen,Norway,,\n",
    );
    let (code, counts, err) = shop.import("bad.csv", &["--rejects", "rejects.csv"]);
    assert_eq!((code, &counts["imported"], &counts["set_aside"]), (3, &3.into(), &1.into()), "{err}");
    let expected = [("E_TWICE", 4, "City"), ("E_MISSING", 5, "City")];
    assert_eq!(
        rejects(&shop),
        expected.map(|(code, line, column)| (code.to_owned(), line, column.to_owned()))
    );
    assert!(shop.read("rejects.csv").contains("line 2 says other things of the same place"));
    for (name, content, says) in [
        ("keys.csv", "City,Country\nRiga,Latvia\n", "no column for `population`"),
        ("values.csv", "Population,Climate\n5,cool\n", "no column for `city`"),
    ] {
        shop.write(name, content);
        let run = shop.run(&["import", name, "--kind", "regions"]);
        assert!(run.code == 1 && run.err.contains(says), "{}", run.err);
    }
}
