//! Where customers come from, through the door.

use crate::program::{Shop, json};
use serde_json::Value;

const LEADS: &str = "lead_id,customer_id,created,source,channel\n\
    l1,anna,2026-01-05,Yandex,site\n\
    l2,anna,2026-01-20,Fair,phone\n\
    l3,boris,2026-01-06,Yandex,site\n\
    l4,carla,2026-02-01,Fair,phone\n\
    l5,dan,2026-02-02,Fair,phone\n\
    l6,eva,2026-02-03,,site\n\
    l7,anna,2026-03-01,Newsletter,mail\n";

/// Anna and Carla buy after they came; Fay has no lead at all.
const ORDERS: &str = "customer_id,order_id,date,amount,cost,channel\n\
    anna,1,2026-02-01,100,60,site\n\
    anna,2,2026-03-02,50,30,site\n\
    carla,3,2026-02-10,300,200,shop\n\
    fay,4,2026-02-11,40,20,shop\n";

const CUSTOMERS: &str = "customer_id,city\nanna,Riga\nboris,Riga\ncarla,Cesis\n";

fn shop() -> Shop {
    let shop = Shop::new();
    for (name, kind, content) in [
        ("leads.csv", "leads", LEADS),
        ("orders.csv", "orders", ORDERS),
        ("customers.csv", "customers", CUSTOMERS),
    ] {
        shop.write(name, content);
        shop.ok(&["import", name, "--kind", kind]);
    }
    shop
}

fn rows(shop: &Shop, more: &[&str]) -> Vec<Value> {
    let arguments = [&["sources", "--format", "json"], more].concat();
    json(&shop.ok(&arguments)).as_array().unwrap().clone()
}

/// Source, people, customers, revenue.
fn short(rows: &[Value]) -> Vec<(String, f64, f64, f64)> {
    let number = |row: &Value, name: &str| row[name].as_f64().unwrap();
    let one = |row: &Value| {
        (
            row["source"].as_str().unwrap().to_owned(),
            number(row, "people"),
            number(row, "customers"),
            number(row, "revenue"),
        )
    };
    rows.iter().map(one).collect()
}

fn row(source: &str, people: f64, customers: f64, revenue: f64) -> (String, f64, f64, f64) {
    (source.to_owned(), people, customers, revenue)
}

#[test]
fn the_first_the_last_and_all_sources_count() {
    let shop = shop();
    let unknown = row("(unknown)", 2.0, 1.0, 40.0);
    let all = row("(all)", 6.0, 3.0, 490.0);
    let first = rows(&shop, &[]);
    assert_eq!(
        short(&first),
        [row("Fair", 2.0, 1.0, 300.0), row("Yandex", 2.0, 1.0, 150.0), unknown.clone(), all.clone()]
    );
    assert_eq!((&first[0]["conversion_%"], &first[0]["index"]), (&Value::from(50.0), &Value::from(100.0)));
    // What came after the first purchase decided nothing.
    assert_eq!(
        short(&rows(&shop, &["--attribution", "last"])),
        [row("Fair", 3.0, 2.0, 450.0), row("Yandex", 1.0, 0.0, 0.0), unknown.clone(), all.clone()]
    );
    assert_eq!(
        short(&rows(&shop, &["--attribution", "even"])),
        [row("Fair", 2.5, 1.5, 375.0), row("Yandex", 1.5, 0.5, 75.0), unknown, all]
    );
}

#[test]
fn any_attribute_and_any_part_of_the_base_can_be_asked() {
    let shop = shop();
    assert_eq!(
        short(&rows(&shop, &["--by", "city"])),
        [
            row("Riga", 2.0, 1.0, 150.0),
            row("Cesis", 1.0, 1.0, 300.0),
            row("(unknown)", 3.0, 1.0, 40.0),
            row("(all)", 6.0, 3.0, 490.0)
        ]
    );
    assert_eq!(
        short(&rows(&shop, &["--by", "channel", "--within", "orders > 0"])),
        [
            row("phone", 1.0, 1.0, 300.0),
            row("shop", 1.0, 1.0, 40.0),
            row("site", 1.0, 1.0, 150.0),
            row("(all)", 3.0, 3.0, 490.0)
        ]
    );
    let stages = rows(&shop, &["--by", "stage", "--within", "city = 'Riga'"]);
    assert_eq!(short(&stages)[..2], [row("lead", 1.0, 0.0, 0.0), row("returning", 1.0, 1.0, 150.0)]);
}

#[test]
fn a_customer_has_a_price() {
    let shop = shop();
    shop.write("costs.csv", "Source,Cost\nFair,\"1 000,50\"\nFair,100\n");
    let found = rows(&shop, &["--costs", "costs.csv", "--cost", "Yandex=30"]);
    assert_eq!(
        (&found[0]["cost"], &found[0]["cost_per_customer"]),
        (&Value::from(1100.5), &Value::from(1100.5))
    );
    assert_eq!(found[1]["cost_per_customer"], 30.0);
    assert_eq!(found[3]["cost"], 1130.5);
    let near = shop.run(&["sources", "--cost", "Yandx=30"]);
    assert!(
        near.err.contains("nobody came from `Yandx`") && near.err.contains("did you mean `Yandex`"),
        "{}",
        near.err
    );
    let wrong = shop.run(&["sources", "--cost", "Yandex"]);
    assert!(wrong.code == 1 && wrong.err.contains("should read SOURCE=MONEY"), "{}", wrong.err);
    shop.write("bad.csv", "source,cost\nFair,ten\n");
    let wrong = shop.run(&["sources", "--costs", "bad.csv"]);
    assert!(wrong.err.contains("line 2: the cost `ten` is no sum"), "{}", wrong.err);
    let unknown = shop.run(&["sources", "--by", "town"]);
    assert!(unknown.code == 1 && unknown.err.contains("there is no column `town`"), "{}", unknown.err);
    let number = shop.run(&["sources", "--by", "orders"]);
    assert!(number.err.contains("is a number"), "{}", number.err);
}

/// The report says how to be told the price, and what it says works.
#[test]
fn a_report_says_how_to_know_what_a_customer_costs() {
    let shop = shop();
    for (more, command, named) in [
        (&["leads.csv"][..], "dolka sources --costs FILE", "Fair"),
        (&[][..], "dolka sources --by channel --costs FILE", "site"),
    ] {
        shop.ok(&[&["report", "orders.csv"], more, &["--out", "report.html"]].concat());
        let page = shop.read("report.html");
        assert!(page.contains(command), "`{command}` is not in the report");
        shop.write("costs.csv", format!("source,cost\n{named},12\n"));
        let told: Vec<&str> =
            command.split(' ').skip(2).map(|word| if word == "FILE" { "costs.csv" } else { word }).collect();
        let found = rows(&shop, &told);
        let of = found.iter().find(|row| row["source"] == named).unwrap();
        assert_eq!(of["cost"], 12.0, "{found:?}");
    }
}
