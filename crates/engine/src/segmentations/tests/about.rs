//! What segmentations say of themselves is true.

use super::table::{Shown, Table, day, show};
use crate::segmentations::{Asked, Labels, SEGMENTATIONS};
use model::calendar::AsOf;

/// The moment of the examples in the methods' texts.
const AS_OF: &str = "2026-11-22";

/// The last table of a Markdown text.
fn last_table(text: &str) -> Table {
    let lines: Vec<&str> = text.trim().lines().rev().take_while(|line| line.starts_with('|')).collect();
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let mut rows: Vec<Vec<String>> = lines.into_iter().rev().map(cells).collect();
    assert!(rows.len() > 3, "the method ends with a worked example");
    let header = rows.remove(0);
    rows.remove(0);
    assert!(rows.iter().all(|row| row.len() == header.len()), "{rows:?}");
    Table { header, rows, order_amounts: Vec::new() }
}

/// The settings of a method's example: a file of rules where it shows one, else what it names as
/// `name.setting=value`.
fn example_settings(name: &str, method: &str) -> Vec<(String, String)> {
    let file = method.split_once("```toml\n").and_then(|(_, rest)| rest.split_once("```"));
    if let Some((text, _)) = file {
        return vec![("rules".to_owned(), text.to_owned())];
    }
    let example = method.split("### Example").nth(1).unwrap_or_default();
    let named = example.split('`').skip(1).step_by(2).filter_map(|code| {
        let (setting, value) = code.strip_prefix(name)?.strip_prefix('.')?.split_once('=')?;
        Some((setting.to_owned(), value.to_owned()))
    });
    named.collect()
}

#[test]
fn examples_in_the_methods_are_right() {
    for segmentation in SEGMENTATIONS {
        let about = segmentation.about();
        let table = last_table(about.method);
        let settings = example_settings(about.name, about.method);
        let shown = show(about.name, &settings, AsOf(day(AS_OF)), &table, 1, 1).unwrap();
        let mut compared = 0;
        for row in &table.rows {
            for (name, label) in shown.columns.iter().zip(&shown.labels[&row[0]]) {
                if let Some(place) = table.header.iter().position(|known| known == name) {
                    assert_eq!(*label, row[place], "{}: {} of {}", about.name, name, row[0]);
                    compared += 1;
                }
            }
        }
        assert!(compared >= table.rows.len(), "{} shows no label in its example", about.name);
    }
}

#[test]
fn columns_and_names_are_those_promised() {
    for segmentation in SEGMENTATIONS {
        let about = segmentation.about();
        for groups in ["3", "5"] {
            let settings = if about.name == "rfm" { vec![("groups".into(), groups.into())] } else { vec![] };
            let table = last_table(about.method);
            let shown = show(about.name, &settings, AsOf(day(AS_OF)), &table, 1, 1).unwrap();
            let promised: Vec<&str> = about.columns.iter().map(|&(name, _)| name).collect();
            assert_eq!(shown.columns, promised);
            named_segments(about.name, &shown);
        }
        let main = about.columns[0].0;
        assert!(main == about.name || main == about.named_by, "{main} is no name for the main column");
        assert!(about.question.ends_with('?'));
        for segment in about.segments {
            assert!(segment.meaning.ends_with('.') && segment.action.ends_with('.'), "{}", segment.name);
        }
    }
}

/// The column whose names are told.
fn named_segments(name: &str, shown: &Shown) {
    let column = crate::segmentations::find(name).unwrap().about().named_by;
    let column = shown.outcome.labels[0].iter().find(|known| known.name == column).unwrap();
    let Labels::Names { names, .. } = &column.labels else { panic!("{} has names", column.name) };
    let segments = crate::segmentations::find(name).unwrap().about().segments;
    // What customers are called by an attribute is its value.
    let own = |label: &&String| name != "attributes" || ["other", "unknown"].contains(&label.as_str());
    for name in names.iter().filter(own) {
        assert!(segments.iter().any(|segment| segment.name == name), "`{name}` is not explained");
    }
}

#[test]
fn every_customer_can_be_explained() {
    for segmentation in SEGMENTATIONS {
        let about = segmentation.about();
        let table = last_table(about.method);
        let settings = example_settings(about.name, about.method);
        let shown = show(about.name, &settings, AsOf(day(AS_OF)), &table, 2, 1).unwrap();
        let given = settings.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let asked = Asked::new(*segmentation, given).unwrap();
        for (bucket, labels) in shown.buckets.iter().zip(&shown.outcome.labels) {
            for row in 0..bucket.len() {
                let fit = &shown.outcome.fits[0];
                let reasons = segmentation.explain(&asked.settings, fit, &shown.question, bucket, row);
                assert!(!reasons.is_empty());
                for reason in &reasons {
                    let (name, value) = reason.part.split_once(" = ").unwrap();
                    let column = labels.iter().find(|column| column.name == name).unwrap();
                    let label = super::table::text(&column.labels, row);
                    assert_eq!(value, if label.is_empty() { "unknown" } else { &label });
                    assert!(!reason.value.is_empty() && !reason.rule.is_empty());
                }
            }
        }
    }
}
