//! Every customer of the shipped data, by the program and by the plain methods.

use crate::plain::customer::{Customer, customers};
use crate::plain::method::{Labels, abc, divided, labels, variation, xyz};
use crate::plain::read::{Line, ONE, cdnow, day_of, decimal, online_retail, whole_months};
use crate::program::{Shop, json, shipped, text};
use crate::table::Table;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Segmentations in the summaries, by the column that is counted.
const COUNTED: [&str; 7] = ["rfm", "rfm_name", "abc_xyz", "ltv_tier", "stage", "asleep", "volume"];

fn money(ten_thousandths: i128) -> String {
    let (whole, part) = (ten_thousandths.abs() / ONE, ten_thousandths.abs() % ONE);
    let mut text = format!("{}{whole}.{part:04}", if ten_thousandths < 0 { "-" } else { "" });
    while text.ends_with('0') && !text.ends_with(".00") && text.len() - text.find('.').unwrap_or(0) > 3 {
        text.pop();
    }
    text
}

/// What the program must say of a customer in a column; numbers that are no exact decimals apart.
fn expected(one: &Customer, label: &Labels, as_of: i64) -> BTreeMap<&'static str, String> {
    let yes_no = |value: Option<bool>| value.map_or(String::new(), |value| value.to_string());
    let show = |value: Option<i128>| value.map_or(String::new(), money);
    let count = |value: i64| value.to_string();
    let letters = |at: usize| match label.rfm.as_str() {
        "no_orders" => "no_orders".to_owned(),
        cell => cell[at..=at].to_owned(),
    };
    let average = (one.orders > 0).then(|| divided(one.revenue, one.orders.into()));
    BTreeMap::from([
        ("orders", count(one.orders)),
        ("returns", count(one.returns)),
        ("order_days", count(one.order_days)),
        ("recency_days", one.last.map_or(String::new(), |last| count(as_of - last))),
        ("revenue", money(one.revenue)),
        ("quantity", money(one.quantity)),
        ("average_order", show(average)),
        ("median_order", show(one.median_order_twice.map(|twice| divided(twice, 2)))),
        ("median_quantity", show(one.median_quantity_twice.map(|twice| divided(twice, 2)))),
        ("gaps", count(one.gaps)),
        ("orders_365", count(one.orders_365)),
        ("revenue_365", money(one.revenue_365)),
        ("window_orders", count(one.orders)),
        ("window_revenue", money(one.revenue)),
        ("periods_revenue", money(one.months_sum())),
        ("periods_known", count(one.known as i64)),
        ("rfm", label.rfm.clone()),
        ("rfm_r", letters(0)),
        ("rfm_f", letters(1)),
        ("rfm_m", letters(2)),
        ("rfm_name", label.rfm_name.clone()),
        ("abc_xyz", label.abc_xyz.clone()),
        ("ltv", show(label.ltv)),
        ("ltv_to_date", show(label.ltv.map(|_| one.revenue))),
        ("ltv_tier", label.ltv_tier.clone()),
        ("ltv_provisional", yes_no(label.ltv_provisional)),
        ("stage", label.stage.clone()),
        ("asleep", yes_no(label.asleep)),
        ("volume", label.volume.clone()),
    ])
}

/// Numbers that may have any fraction: both empty, or equal but for the last digits.
fn close(found: &str, expected: Option<f64>) -> bool {
    match (found.parse::<f64>(), expected) {
        (Ok(found), Some(expected)) => (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
        (Err(_), None) => found.is_empty(),
        _ => false,
    }
}

/// A cell of a day.
fn day_or_empty(cell: &str) -> Option<i64> {
    (!cell.is_empty()).then(|| day_of(cell))
}

/// Holds a table of the program against the plain methods: same customers, same values.
fn compare(table: &Table, lines: &[Line], as_of: i64, minimum: usize) {
    let customers = customers(lines, as_of);
    let labels = labels(&customers, as_of);
    let rows = table.by_first();
    // Who is known only from later orders is not there yet.
    assert_eq!(rows.len(), customers.len());
    let mut compared = 0;
    for (one, label) in customers.iter().zip(&labels) {
        let row = rows.get(one.id.as_str()).unwrap_or_else(|| panic!("customer {} is missing", one.id));
        let expected = expected(one, label, as_of);
        for (name, found) in table.header.iter().zip(row.iter()).skip(1) {
            let told = || format!("customer {}: {name} is {found:?}\n{one:?}\n{label:?}", one.id);
            match name.as_str() {
                "first_order_at" => assert_eq!(day_or_empty(found), one.first, "{}", told()),
                "last_order_at" => assert_eq!(day_or_empty(found), one.last, "{}", told()),
                "median_gap_days" => {
                    assert!(close(found, one.median_gap_twice.map(|twice| twice as f64 / 2.0)), "{}", told());
                }
                "cycle_days" => {
                    let own = one.median_gap_twice.filter(|_| one.gaps >= 3);
                    assert!(close(found, own.map(|twice| twice as f64 / 2.0)), "{}", told());
                }
                "asleep_after_days" => {
                    let after = label.asleep_after_four.map(|four| four as f64 / 4.0);
                    assert!(close(found, after), "{}", told());
                }
                "revenue_cv" => assert!(close(found, variation(one)), "{} {:?}", told(), variation(one)),
                "return_share" => {
                    let share = (one.positive > 0).then(|| -one.negative as f64 / one.positive as f64);
                    assert!(close(found, share), "{} {share:?}", told());
                }
                name => match expected.get(name) {
                    Some(expected) => assert_eq!(found, expected, "{}", told()),
                    None => continue,
                },
            }
            compared += 1;
        }
    }
    assert!(compared >= minimum * customers.len(), "only {compared} values were compared");
}

fn features_and_segments(shop: &Shop, as_of: &str) -> (Table, Table) {
    shop.ok(&["segment", "--as-of", as_of, "--out", "segments.csv"]);
    let features = shop.ok(&["features", "--as-of", as_of, "--format", "csv"]);
    (Table::of_csv(&shop.read("segments.csv")), Table::of_csv(&features))
}

/// Customers per segment, one line each.
fn summary(table: &Table) -> String {
    let mut text = String::new();
    for column in COUNTED {
        for (segment, customers) in table.counts(column) {
            let segment = if segment.is_empty() { "(unknown)" } else { segment };
            let _ = writeln!(text, "{column:<10} {segment:<18} {customers:>5}");
        }
    }
    text
}

/// Holds a text against a file of `tests/cases`; `BLESS=1` writes the file anew.
pub fn blessed(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, text).expect("the case can be written");
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, known, "`BLESS=1 cargo test` writes {} anew", path.display());
}

#[test]
fn every_customer_of_cdnow_is_as_the_words_of_the_methods_say() {
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    let lines = cdnow();
    for as_of in ["1998-06-30", "1998-02-14"] {
        let (segments, features) = features_and_segments(&shop, as_of);
        compare(&segments, &lines, day_of(as_of), 20);
        compare(&features, &lines, day_of(as_of), 20);
        if as_of == "1998-06-30" {
            blessed("cdnow_segments.txt", &summary(&segments));
        }
    }
}

#[test]
fn every_customer_of_online_retail_is_as_the_words_of_the_methods_say() {
    let shop = Shop::with(&shipped("online_retail_sample.csv.gz"));
    let lines = online_retail();
    for as_of in ["2011-12-09", "2011-11-30"] {
        let (segments, features) = features_and_segments(&shop, as_of);
        compare(&segments, &lines, day_of(as_of), 20);
        compare(&features, &lines, day_of(as_of), 20);
        if as_of == "2011-12-09" {
            blessed("online_retail_segments.txt", &summary(&segments));
        }
    }
}

#[test]
fn every_product_of_online_retail_has_its_letters() {
    let shop = Shop::with(&shipped("online_retail_sample.csv.gz"));
    let table = Table::of_csv(&shop.ok(&["segment", "--of", "products", "--format", "csv"]));
    let spans = whole_months(day_of("2011-12-09"));
    // A product is to ABC–XYZ what a customer is: its sales are its orders, anonymous ones too.
    let mut by_product: BTreeMap<String, Customer> = BTreeMap::new();
    for line in online_retail() {
        let product = by_product.entry(line.product.clone()).or_insert_with(|| Customer {
            id: line.product.clone(),
            months: vec![0; 12],
            ..Customer::default()
        });
        for (month, span) in product.months.iter_mut().zip(&spans) {
            *month += if (span.0..=span.1).contains(&line.day) { line.amount } else { 0 };
        }
        if line.amount >= 0 {
            product.first = Some(product.first.map_or(line.day, |first| first.min(line.day)));
            product.orders += 1;
        }
    }
    for product in by_product.values_mut() {
        product.known = product.first.map_or(0, |first| spans.iter().filter(|span| span.1 >= first).count());
    }
    let sold = by_product.values().filter(|product| product.orders > 0);
    let sums: Vec<i128> = sold.map(Customer::months_sum).collect();
    let rows = table.by_first();
    let column = table.column("abc_xyz");
    for product in by_product.values() {
        let row = rows.get(product.id.as_str()).unwrap_or_else(|| panic!("{} is missing", product.id));
        let letters = match product.orders {
            0 => "no_orders".to_owned(),
            _ => format!("{}{}", abc(product.months_sum(), &sums), xyz(product)),
        };
        assert_eq!(row[column], letters, "{product:?}");
    }
    assert_eq!(rows.len(), by_product.len());
}

/// The totals of a report on one file.
fn totals(file: &str) -> (Shop, serde_json::Value) {
    let shop = Shop::new();
    shop.ok(&["report", text(&shipped(file)), "--data", "report.json"]);
    let data = json(&shop.read("report.json"));
    (shop, data)
}

#[test]
fn the_report_says_the_sums_of_the_data() {
    let (shop, data) = totals("cdnow_sample.csv");
    let totals = &data["totals"];
    assert_eq!(totals["customers"], 2357);
    assert_eq!(totals["orders"], 6919);
    assert_eq!(i128::from(totals["revenue"].as_i64().expect("money")), decimal("244091.94"));
    assert_eq!(data["files"][0]["counts"]["rows"], 6919);
    assert!(!shop.path("dolka-base").exists(), "a report on files makes no base");
    let bought: i128 = cdnow().iter().map(|line| line.quantity).sum();
    assert_eq!(bought, 16_479 * ONE);

    let (_, data) = self::totals("online_retail_sample.csv.gz");
    let totals = &data["totals"];
    let sum = |name: &str| i128::from(totals[name].as_i64().expect("money"));
    assert_eq!(totals["customers"], 552);
    assert_eq!(totals["buyers"], 549);
    assert_eq!(data["files"][0]["counts"]["rows"], 65_401);
    assert_eq!(data["files"][0]["counts"]["anonymous"], 17_427);
    assert_eq!(data["files"][0]["counts"]["new"], 3_140);
    assert_eq!(sum("revenue"), decimal("1197557.181"));
    assert_eq!(sum("anonymous_revenue"), decimal("173442.36"));
    let lines = online_retail();
    let with: i128 = lines.iter().filter(|line| line.customer.is_some()).map(|line| line.amount).sum();
    assert_eq!(with, decimal("1024114.821"), "what is read plainly is what the table of the data says");
    assert_eq!(sum("revenue") - sum("anonymous_revenue"), with);
}
