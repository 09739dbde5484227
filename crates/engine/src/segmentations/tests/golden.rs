//! Golden cases: `tests/cases/<segmentation>/*.txt`, a feature table in, labels out.
//!
//! A case has directives (`as_of`, `set`, `order_amounts`, `explain`), a table in columns separated
//! by spaces with `-` for missing values, a line of `=`, and what comes out. `BLESS=1` rewrites what
//! comes out; lines that begin with `#` are comments.

use super::table::{Shown, Table, day, decimal, show};
use crate::segmentations::rfm::cut_words;
use crate::segmentations::{Asked, find};
use model::calendar::AsOf;
use std::fmt::Write;
use std::path::Path;

const SEPARATOR: &str = "====\n";

#[derive(Default)]
struct Case {
    as_of: Option<AsOf>,
    settings: Vec<(String, String)>,
    explain: Vec<String>,
    table: Table,
}

fn read(input: &str) -> Case {
    let mut case = Case::default();
    for line in input.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let words = || rest.split_whitespace().map(str::to_owned);
        match word {
            "as_of" => case.as_of = Some(AsOf(day(rest))),
            "set" => {
                let (name, value) = rest.split_once('=').expect("set name = value");
                // A setting of several lines stands on one, with `\n` between them.
                case.settings.push((name.trim().to_owned(), value.trim().replace("\\n", "\n")));
            }
            "explain" => case.explain = words().collect(),
            "order_amounts" => {
                case.table.order_amounts = words().map(|word| decimal(&word).unwrap()).collect();
            }
            "customer" => case.table.header = line.split_whitespace().map(str::to_owned).collect(),
            _ => {
                let cells = line.split_whitespace().map(|cell| if cell == "-" { "" } else { cell });
                case.table.rows.push(cells.map(str::to_owned).collect());
            }
        }
    }
    for row in &case.table.rows {
        assert_eq!(row.len(), case.table.header.len(), "{row:?}");
    }
    case
}

fn write(name: &str, case: &Case) -> String {
    let as_of = case.as_of.expect("a case has an `as_of`");
    let shown = match show(name, &case.settings, as_of, &case.table, 1, 1) {
        Ok(shown) => shown,
        Err(error) => return format!("error {error}\n"),
    };
    let mut lines =
        vec![["customer"].into_iter().chain(shown.columns.iter().copied()).map(str::to_owned).collect()];
    for row in &case.table.rows {
        let cells = shown.labels[&row[0]].iter().map(|cell| if cell.is_empty() { "-" } else { cell });
        lines.push([row[0].as_str()].into_iter().chain(cells).map(str::to_owned).collect::<Vec<_>>());
    }
    let mut out = String::new();
    let widths: Vec<usize> = (0..lines[0].len())
        .map(|place| lines.iter().map(|line| line[place].len()).max().unwrap_or(0))
        .collect();
    for line in &lines {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end()).unwrap();
    }
    let fit = &shown.outcome.fits[0];
    let asked = asked(name, case);
    if name == "rfm" {
        for words in cut_words(fit, &asked.settings) {
            let category = words.category.as_deref().map_or(String::new(), |name| format!(" [{name}]"));
            writeln!(out, "cut {:?} {}: {}{category}", words.measure, words.letter, words.text()).unwrap();
        }
    }
    for (cap, amount) in fit.exact.iter().filter(|(name, _)| name.starts_with("cap_")) {
        writeln!(out, "{cap} {}", model::money::Money(*amount)).unwrap();
    }
    for note in &fit.notes {
        writeln!(out, "note {note}").unwrap();
    }
    explanations(&mut out, &asked, case, &shown);
    out
}

fn asked(name: &str, case: &Case) -> Asked {
    let given = case.settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    Asked::new(find(name).unwrap(), given).unwrap()
}

fn explanations(out: &mut String, asked: &Asked, case: &Case, shown: &Shown) {
    for id in &case.explain {
        let bucket = &shown.buckets[0];
        let row =
            bucket.customer_ids().iter().position(|known| known == Some(id)).expect("a customer to explain");
        let fit = &shown.outcome.fits[0];
        for reason in asked.segmentation.explain(&asked.settings, fit, &shown.question, bucket, row) {
            writeln!(out, "why {id}: {} | {} | {}", reason.part, reason.value, reason.rule).unwrap();
        }
    }
}

#[test]
fn cases_come_out_as_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let bless = std::env::var_os("BLESS").is_some();
    for segmentation in crate::segmentations::SEGMENTATIONS {
        let name = segmentation.about().name;
        let mut paths: Vec<_> =
            std::fs::read_dir(root.join(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        assert!(!paths.is_empty(), "`{name}` has no cases");
        for path in paths {
            let text = std::fs::read_to_string(&path).unwrap();
            let (input, expected) = text.split_once(SEPARATOR).unwrap_or((text.as_str(), ""));
            let found = write(name, &read(input));
            if bless {
                std::fs::write(&path, format!("{input}{SEPARATOR}{found}")).unwrap();
            } else {
                assert_eq!(found, expected, "{}; BLESS=1 rewrites it", path.display());
            }
        }
    }
}
