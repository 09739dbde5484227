//! The page of the language of rules says what the program does: its tables come from the program's
//! lists, its examples are held against a vocabulary, and those on the sample are counted.
//! `BLESS=1 cargo test -p dolka-app rules_page` writes the tables anew.

use crate::program::{Shop, json, shipped};
use engine::features::conditions::{FACTS, fields};
use engine::segmentations::rules::names;
use model::calendar::{AsOf, Day};
use model::expression::check::check;
use model::expression::missing::WHEN_MISSING;
use model::expression::parse::parse;
use model::expression::value::Type;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Attributes of the page's examples.
const ATTRIBUTES: [&str; 4] = ["city", "age", "loyalty card", "tags"];

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rules.md")
}

fn page() -> String {
    std::fs::read_to_string(path()).unwrap()
}

/// Holds the part of the page between two marks to a text, or puts it there.
fn hold(mark: &str, text: &str) {
    let page = page();
    let (begin, end) = (format!("<!-- begin {mark} -->\n"), format!("<!-- end {mark} -->"));
    let (before, rest) = page.split_once(&begin).unwrap();
    let (found, after) = rest.split_once(&end).unwrap();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path(), format!("{before}{begin}{text}{end}{after}")).unwrap();
    } else {
        assert_eq!(found, text, "docs/rules.md; `BLESS=1 cargo test -p dolka-app rules_page` rewrites it");
    }
}

/// All tables in one test: each writes the same file.
#[test]
fn tables_are_those_of_the_program() {
    let mut missing = "| operator | for example | holds | why |\n| --- | --- | --- | --- |\n".to_owned();
    for line in WHEN_MISSING {
        let holds = if line.holds { "yes" } else { "no" };
        writeln!(missing, "| {} | `{}` | {holds} | {} |", line.operator, line.example, line.meaning).unwrap();
    }
    hold("missing", &missing);

    let mut facts = "| facts | what one is | fields |\n| --- | --- | --- |\n".to_owned();
    for fact in FACTS {
        let own: Vec<String> = fields(fact.name).into_iter().map(field).collect();
        writeln!(facts, "| `{}` | {} | {} |", fact.name, fact.meaning, own.join(", ")).unwrap();
    }
    hold("facts", &facts);

    let shop = Shop::with(&shipped("online_retail_sample.csv.gz"));
    let page = page();
    let table = page.split_once("<!-- begin sample -->\n").unwrap().1.split_once("<!-- end").unwrap().0;
    let mut sample = String::new();
    for line in table.lines() {
        let Some(condition) = line.strip_prefix("| `").and_then(|rest| rest.split_once('`')) else {
            writeln!(sample, "{line}").unwrap();
            continue;
        };
        let out = shop.ok(&["count", condition.0, "--format", "json", "--quiet"]);
        writeln!(sample, "| `{}` | {} |", condition.0, json(&out)[0]["customers"]).unwrap();
    }
    hold("sample", &sample);
}

fn field((name, kind): (&str, Type)) -> String {
    let kind = match kind {
        Type::Text => "",
        Type::List => " (texts)",
        Type::Day => " (day)",
        Type::Flag => " (true or false)",
        Type::Number | Type::Count | Type::Float => " (number)",
    };
    format!("`{name}`{kind}")
}

#[test]
fn examples_can_be_asked() {
    let page = page();
    let blocks = page.split("```rule\n").skip(1).map(|rest| rest.split_once("```").unwrap().0);
    let examples: Vec<&str> = blocks.flat_map(str::lines).collect();
    assert!(examples.len() > 30);
    let attributes = ATTRIBUTES.map(str::to_owned);
    for example in examples {
        let parsed = parse(example).unwrap_or_else(|error| panic!("{}", error.point(example)));
        let words =
            names::vocabulary(&[&parsed.expression], &attributes, &[], &[], AsOf(Day(20_000))).unwrap();
        let found = check(&parsed.expression, &words);
        assert_eq!((found.problems, found.warnings), (vec![], vec![]), "{example}");
    }
}
