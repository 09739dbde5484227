//! Segments by a slow walk, customer by customer.

use super::*;
use crate::features::Question;
use crate::segmentations::run::{self, Asked};
use crate::segmentations::tests::table::{Table, day};
use crate::segmentations::{Outcome, find};
use model::calendar::AsOf;
use proptest::prelude::*;
use std::collections::BTreeMap;

const HEADER: [&str; 6] = ["customer", "orders", "revenue", "discount_share", "favourite_category", "city"];

fn rules() -> Vec<Asked> {
    let text = "[[rule]]\nname = \"many\"\nwhen = \"orders >= 3\"\n[[rule]]\nname = \"some\"\nwhen = \"orders >= 1\"\n";
    vec![Asked::new(find("rules").unwrap(), [("rules", text)]).unwrap()]
}

fn question(asked: &[Asked]) -> Question {
    let mut question = run::question(asked, AsOf(day("2026-11-22"))).unwrap();
    MEASURES.iter().for_each(|measure| question.need(measure.feature));
    TEXTS.iter().for_each(|name| question.need(name));
    question.need_attribute("city");
    question
}

type Row = (Option<i64>, Option<i64>, Option<f64>, Option<u8>, Option<u8>);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (
        prop::option::of(0..6_i64),
        prop::option::of(-500..5000_i64),
        prop::option::of(0.0..1.0_f64),
        prop::option::of(0..3_u8),
        prop::option::of(0..40_u8),
    );
    prop::collection::vec(row, 1..60)
}

fn table(rows: &[Row]) -> Table {
    let text = |value: Option<String>| value.unwrap_or_default();
    let row = |(number, row): (usize, &Row)| {
        vec![
            format!("c{number:03}"),
            text(row.0.map(|orders| orders.to_string())),
            text(row.1.map(|money| money.to_string())),
            text(row.2.map(|share| share.to_string())),
            text(row.3.map(|kind| format!("kind {kind}"))),
            text(row.4.map(|city| format!("city {city}"))),
        ]
    };
    Table {
        header: HEADER.map(str::to_owned).to_vec(),
        rows: rows.iter().enumerate().map(row).collect(),
        order_amounts: Vec::new(),
    }
}

fn segment(row: &Row) -> usize {
    match row.0.unwrap_or(0) {
        many if many >= 3 => 0,
        some if some >= 1 => 1,
        _ => 2,
    }
}

fn with<T>(rows: &[Row], buckets: usize, seen: impl FnOnce(&Division<'_>, &Profile) -> T) -> T {
    let asked = rules();
    let question = question(&asked);
    let table = table(rows);
    let features: Vec<_> = (0..buckets).map(|bucket| table.bucket(&question, bucket, buckets)).collect();
    let outcome: Outcome = run::run(&asked, &question, &features, 1);
    let division = Division::new("rules", &asked, &features, &outcome).unwrap();
    seen(&division, &profile(&division, 2))
}

proptest! {
    #[test]
    fn means_and_counts_are_those_of_a_slow_walk(rows in rows(), buckets in 1_usize..5) {
        with(&rows, buckets, |division, profile| {
            let sizes = (0..3).map(|place| rows.iter().filter(|row| segment(row) == place).count() as u64);
            assert_eq!(division.sizes(), sizes.collect::<Vec<_>>());
            assert_eq!(division.customers(), rows.len() as u64);
            let value = |row: &Row, feature: &str| match feature {
                "orders" => row.0.map(|orders| orders as f64),
                "revenue" => row.1.map(|money| money as f64),
                "discount_share" => row.2,
                _ => None,
            };
            for (place, (measure, scaled)) in profile.scaled.iter().enumerate() {
                assert!(["orders", "revenue", "discount_share"].contains(&measure.feature));
                for (of, scaled) in scaled.iter().enumerate() {
                    let own = rows.iter().filter(|row| segment(row) == of);
                    let values: Vec<f64> = own.filter_map(|row| value(row, measure.feature)).collect();
                    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
                    let scale: Vec<f64> = values.iter().map(|&value| measure.scale.of(value)).collect();
                    assert_eq!(scaled.count, values.len() as u64);
                    assert!((scaled.mean - mean(&scale)).abs() < 1e-9);
                    assert!((profile.plain[place].1[of].mean - mean(&values)).abs() < 1e-6);
                }
            }
            for table in &profile.texts {
                let said = |row: &Row| match table.name.as_str() {
                    "city" => row.4.map(|city| format!("city {city}")),
                    _ => row.3.map(|kind| format!("kind {kind}")),
                };
                let mut naive: BTreeMap<String, u64> = BTreeMap::new();
                rows.iter().filter_map(said).for_each(|text| *naive.entry(text).or_default() += 1);
                let mut order: Vec<(u64, String)> = naive.into_iter().map(|(text, count)| (count, text)).collect();
                order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
                let shown: Vec<&String> = order.iter().take(VALUES_SHOWN_MAX).map(|(_, text)| text).collect();
                assert_eq!(table.values.iter().collect::<Vec<_>>(), shown);
                for of in 0..3 {
                    let own: Vec<String> = rows.iter().filter(|row| segment(row) == of).filter_map(said).collect();
                    assert_eq!(table.known(of), own.len() as u64);
                    for (value, count) in table.values.iter().zip(&table.counts[of]) {
                        assert_eq!(*count, own.iter().filter(|text| *text == value).count() as u64);
                    }
                }
            }
        });
    }
}

#[test]
fn who_is_left_over_is_no_group() {
    let rows = [(Some(4), None, None, None, None), (None, None, None, None, None)];
    with(&rows, 1, |division, _| {
        let names =
            |segments: Vec<Segment<'_>>| segments.iter().map(|one| one.name.to_owned()).collect::<Vec<_>>();
        assert_eq!(names(division.segments()), ["many", "rest"]);
        assert_eq!(names(division.groups()), ["many"]);
    });
    let asked = rules();
    assert_eq!(
        Division::new("rfm", &asked, &[], &Outcome::default()).err(),
        Some(DivisionError::NotAsked("rfm".to_owned()))
    );
}

#[test]
fn names_are_no_attribute_to_compare_by() {
    let rows: Vec<Row> = (0..40).map(|city| (Some(1), None, None, Some(city % 2), Some(city))).collect();
    // Forty cities of one customer each: twelve of them are three tenths, and shown.
    with(&rows, 2, |_, profile| assert_eq!(profile.texts.len(), 2));
    let named: Vec<Row> = (0..40).map(|city| (Some(1), None, None, None, Some(city))).collect();
    let doubled: Vec<Row> =
        named.iter().copied().chain((40..80).map(|city| (Some(1), None, None, None, Some(city)))).collect();
    with(&doubled, 2, |_, profile| assert!(profile.texts.is_empty()));
}
