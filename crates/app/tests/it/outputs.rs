//! What comes out: every format with the same rows, formulas disarmed, pipes that close, reasons.

use crate::program::{Shop, dolka, json, shipped};
use crate::table::Table;
use engine::sources::{OpenOptions, open};
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

/// Cells of a file that the engine can read, header first.
fn cells(path: &Path) -> Vec<Vec<String>> {
    let mut table = open(path, &OpenOptions::default()).expect("an output can be opened");
    let mut rows = vec![table.header().to_vec()];
    while let Some(block) = table.next_block().expect("an output can be read") {
        rows.extend(block.rows().iter().map(|row| row.cells().map(str::to_owned).collect()));
    }
    rows
}

/// Whether two cells say the same: numbers may be written in several ways, and sheets keep 15 digits.
fn same(found: &str, expected: &str) -> bool {
    match (found.parse::<f64>(), expected.parse::<f64>()) {
        (Ok(found), Ok(expected)) => (found - expected).abs() <= 1e-13 * expected.abs(),
        _ => found == expected,
    }
}

/// Holds a row against the one that CSV has.
fn same_row(found: &[String], expected: &[String], name: &str) {
    let equal = found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| same(a, b));
    assert!(equal, "{name}: {found:?}\n{expected:?}");
}

#[test]
fn every_format_has_the_same_rows() {
    let shop = Shop::with(&shipped("online_retail_sample.csv.gz"));
    let names = ["s.csv", "s.xlsx", "s.parquet", "s.json", "s.jsonl"];
    for name in names {
        shop.ok(&["segment", "rfm", "abc_xyz", "--out", name]);
    }
    let csv = Table::of_csv(&shop.read("s.csv"));
    assert_eq!(csv.rows.len(), 552);
    for name in ["s.xlsx", "s.parquet"] {
        let rows = cells(&shop.path(name));
        assert_eq!(rows[0], csv.header, "{name}");
        for (found, expected) in rows[1..].iter().zip(&csv.rows) {
            // A sheet does not say how many empty cells stand at the end of a row.
            let mut found = found.clone();
            found.resize(csv.header.len(), String::new());
            same_row(&found, expected, name);
        }
        assert_eq!(rows.len(), 553, "{name}");
    }
    let lines = shop.read("s.jsonl");
    let lines: Vec<serde_json::Value> = lines.lines().map(json).collect();
    let whole = json(&shop.read("s.json"));
    assert_eq!(whole.as_array().expect("a list"), &lines);
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    assert_eq!(lines.len(), 552);
    for (line, expected) in lines.iter().zip(&csv.rows) {
        let found: Vec<String> = csv.header.iter().map(|name| text(&line[name.as_str()])).collect();
        same_row(&found, expected, "JSON");
    }
    assert_eq!(shop.ok(&["segment", "rfm", "abc_xyz", "--format", "csv"]), shop.read("s.csv"));
    let wrong = shop.run(&["segment", "--out", "s.pdf"]);
    assert!(wrong.code != 0 && wrong.err.contains(".xlsx") && !shop.path("s.pdf").exists(), "{}", wrong.err);
}

#[test]
fn a_formula_for_an_id_is_disarmed_and_comes_back() {
    let shop = Shop::new();
    shop.write(
        "orders.csv",
        "order_id,customer_id,date,amount\n1,=1+1,2024-03-25,1\n2,@sum,2024-03-26,2\n3,+371,2024-03-27,3\n",
    );
    shop.ok(&["import", "orders.csv"]);
    let csv = shop.ok(&["features", "--format", "csv"]);
    for line in csv.lines().skip(1) {
        assert!(!line.starts_with(['=', '+', '-', '@']), "{line}");
    }
    assert!(csv.contains("'=1+1") && csv.contains("'@sum"), "{csv}");
    let other = Shop::new();
    other.write("orders.csv", "order_id,customer_id,date,amount\n1,'=1+1,2024-03-25,1\n");
    other.ok(&["import", "orders.csv"]);
    assert!(json(&other.ok(&["features", "--format", "json"]))[0]["customer_id"] == "=1+1");
}

#[test]
fn a_reader_that_leaves_is_a_normal_end() {
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    for arguments in [["features", "--format", "csv"], ["segment", "--format", "json"]] {
        let mut child = dolka(shop.folder.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut out = child.stdout.take().expect("a pipe");
        let mut first = [0; 100];
        out.read_exact(&mut first).expect("a beginning");
        drop(out);
        let output = child.wait_with_output().expect("it ends");
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{err}");
        assert!(!err.contains("panicked") && !err.contains("dolka:"), "{err}");
    }
}

#[test]
fn a_table_is_read_by_people_and_programs() {
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    let by = |threads: &str| shop.ok(&["segment", "--format", "csv", "--threads", threads]);
    assert_eq!(by("1"), by("5"), "threads must not show in results");
    shop.ok(&["segment", "rfm", "--out", "s.csv", "--csv-delimiter", ";", "--csv-decimal", ",", "--csv-bom"]);
    let text = shop.read("s.csv");
    assert!(text.starts_with("\u{feff}customer_id;rfm;"), "{}", &text[..60]);
    assert!(text.contains(";100,50;"), "decimal commas");
}

#[test]
fn explain_says_values_and_cuts() {
    let shop = Shop::with(&shipped("cdnow_sample.csv"));
    let told = shop.ok(&["explain", "0001"]);
    for word in ["champions", "200", "100.5", "abc = B", "xyz = Z", "returning"] {
        assert!(told.contains(word), "`{word}` is missing in\n{told}");
    }
    let one = shop.ok(&["explain", "0001", "rfm"]);
    assert!(one.contains("champions") && !one.contains("returning"), "{one}");
    let data = json(&shop.ok(&["explain", "0001", "--format", "json"]));
    assert!(data.to_string().contains("champions"), "{data}");
}
