//! Runs over many buckets, tallies, and plain values that can travel to another machine.

use super::table::{Table, day, show};
use crate::features::Features;
use crate::segmentations::narrowing::Narrowing;
use crate::segmentations::run::{self, Asked};
use crate::segmentations::tally::{self, Sums, TallyError};
use crate::segmentations::{Fit, SEGMENTATIONS, Summary, Tally, find};
use arrow_array::{ArrayRef, Date32Array, Decimal64Array, Int64Array, StringArray};
use model::calendar::AsOf;
use model::histogram::Histogram;
use std::sync::Arc;

fn money(values: Vec<Option<i64>>) -> ArrayRef {
    Arc::new(Decimal64Array::from(values).with_precision_and_scale(18, 4).unwrap())
}

/// Four customers with what RFM and tallies need.
fn bucket(ids: [&str; 4], orders: [i64; 4]) -> Features {
    let recency = orders.map(|orders| (orders > 0).then_some(100 - orders));
    let revenue: Vec<Option<i64>> = orders.iter().map(|orders| Some(orders * 10_000)).collect();
    let orders: ArrayRef = Arc::new(Int64Array::from(orders.to_vec()));
    Features::new(
        StringArray::from(ids.to_vec()),
        vec![
            ("first_order_at", Arc::new(Date32Array::from(vec![None; 4])) as ArrayRef),
            ("recency_days", Arc::new(Int64Array::from(recency.to_vec())) as ArrayRef),
            ("orders", Arc::clone(&orders)),
            ("revenue", money(revenue.clone())),
            ("margin", money(vec![Some(5_000), None, None, Some(-1)])),
            ("costed_revenue", money(vec![Some(10_000), None, None, Some(3)])),
            ("window_orders", orders),
            ("window_revenue", money(revenue)),
        ],
    )
}

#[test]
fn tallies_add_up() {
    let asked = [Asked::new(crate::segmentations::find("rfm").unwrap(), []).unwrap()];
    let mut question = run::question(&asked, AsOf(day("2026-11-22"))).unwrap();
    tally::ask(&mut question);
    let buckets = [bucket(["a", "b", "c", "d"], [9, 5, 1, 0]), bucket(["e", "f", "g", "h"], [9, 5, 1, 0])];
    let outcome = run::run(&asked, &question, &buckets, 2);
    let tally = Tally::of(&["rfm_name"], &buckets, &outcome.labels).unwrap();
    let names: Vec<Vec<&str>> = tally.iter().map(|(names, _)| names).collect();
    assert_eq!(names, [["champions"], ["need_attention"], ["lost_one_offs"], ["no_orders"]]);
    let champions =
        Sums { customers: 2, orders: 18, revenue: 180_000, margin: 10_000, costed_revenue: 20_000 };
    assert_eq!(tally.group(&["champions"]), champions);
    assert_eq!(tally.group(&["loyal"]), Sums::default());
    assert_eq!(tally.whole().customers, 8);
    assert_eq!(tally.whole().margin, 9_998);
    let cube = Tally::of(&["rfm_r", "rfm_f"], &buckets, &outcome.labels).unwrap();
    assert_eq!(cube.group(&["C", "C"]), champions);
    assert_eq!(cube.group(&["A", "A"]).customers, 2);
    assert_eq!(cube.iter().count(), 4);
    assert_eq!(Tally::of(&[], &buckets, &outcome.labels).unwrap().group(&[]), tally.whole());
    let unknown = Tally::of(&["colour"], &buckets, &outcome.labels);
    assert_eq!(unknown, Err(TallyError::NoColumn("colour".to_owned())));
}

#[test]
fn numbers_are_no_segments_and_flags_are() {
    let table = Table {
        header: ["customer", "orders", "recency_days", "cycle_days"].map(str::to_owned).to_vec(),
        rows: vec![
            ["a", "3", "31", "30"].map(str::to_owned).to_vec(),
            ["b", "0", "", ""].map(str::to_owned).to_vec(),
        ],
        order_amounts: Vec::new(),
    };
    let shown = show("stage", &[], AsOf(day("2026-11-22")), &table, 1, 1).unwrap();
    let tally = |by| Tally::of(&[by], &shown.buckets, &shown.outcome.labels);
    assert_eq!(tally("asleep_after_days"), Err(TallyError::NotNames("asleep_after_days".to_owned())));
    let asleep = tally("asleep").unwrap();
    let customers = |name| asleep.group(&[name]).customers;
    assert_eq!([customers("true"), customers("false"), customers("unknown")], [1, 0, 1]);
}

#[test]
fn no_customers_at_all() {
    let table = Table { header: vec!["customer".to_owned()], ..Table::default() };
    for segmentation in SEGMENTATIONS {
        let about = segmentation.about();
        let shown = show(about.name, &[], AsOf(day("2026-11-22")), &table, 2, 4).unwrap();
        assert!(shown.labels.is_empty());
        let names: Vec<&str> = about.columns.iter().map(|&(name, _)| name).collect();
        assert_eq!(shown.columns, names);
        assert!(shown.outcome.labels.iter().flatten().all(|column| column.labels.is_empty()));
    }
}

#[test]
fn summaries_and_fits_travel_unchanged() {
    let mut summary = Summary::default();
    summary.totals.insert("large".to_owned(), i128::from(i64::MAX) * 1_000);
    summary.counts.insert("set".to_owned(), model::quantiles::ValueCounts::of(vec![3, 3, -1]));
    let histogram = Histogram::of([i64::MIN, 900, 901, i64::MAX]);
    summary.histograms.insert("lie".to_owned(), histogram.clone());
    let text = serde_json::to_string(&summary).unwrap();
    assert_eq!(serde_json::from_str::<Summary>(&text).unwrap(), summary);
    let mut fit = Fit::default();
    for n in 1..2_000u32 {
        fit.numbers.insert(n.to_string(), f64::from(n).sqrt() / 7.0);
    }
    fit.exact.insert("least".to_owned(), i64::MIN);
    let cuts = histogram.cuts(3);
    fit.narrowings.insert("lie".to_owned(), Narrowing::new(histogram, cuts));
    let text = serde_json::to_string(&fit).unwrap();
    assert_eq!(serde_json::from_str::<Fit>(&text).unwrap(), fit);
}

/// Where a fit comes without the expectations of its base, as from another machine, each bucket works
/// out its own: to the same digit.
#[test]
fn predictions_are_the_same_without_the_expectations_of_the_base() {
    let header = "customer orders first_order_at last_order_at recency_days revenue margin costed_revenue gaps \
                  order_span_days age_days ln_gap_weeks repeat_revenue effort_365 revenue_365 margin_365";
    let row = |number: i64| {
        let (repeats, age) = (number % 7, 40 + number * 11 % 500);
        let span = if repeats == 0 { 0 } else { (age - number % 40).max(repeats) };
        let bought = |days: i64| day("2026-11-22").plus(-days as i32).to_string();
        vec![
            format!("c{number:03}"),
            (repeats + 1).to_string(),
            bought(age),
            bought(age - span),
            (age - span).to_string(),
            (repeats * 30 + 20 + number % 13).to_string(),
            String::new(),
            String::new(),
            repeats.to_string(),
            span.to_string(),
            age.to_string(),
            (repeats as f64 * 0.7).to_string(),
            (repeats * (20 + number % 17)).to_string(),
            (number % 3 * 5).to_string(),
            "40".to_owned(),
            String::new(),
        ]
    };
    let table = Table {
        header: header.split_whitespace().map(str::to_owned).collect(),
        rows: (0..160).map(row).collect(),
        order_amounts: Vec::new(),
    };
    for name in ["ltv", "effort"] {
        let given = [("by".to_owned(), "prediction".to_owned())];
        let shown = show(name, &given, AsOf(day("2026-11-22")), &table, 3, 2).unwrap();
        assert!(shown.outcome.fits[0].expectations.is_some(), "{name} is predicted");
        let text = serde_json::to_string(&shown.outcome.fits[0]).unwrap();
        let arrived: Fit = serde_json::from_str(&text).unwrap();
        assert!(arrived.expectations.is_none());
        let asked = [Asked::new(find(name).unwrap(), [("by", "prediction")]).unwrap()];
        for (bucket, labels) in shown.buckets.iter().zip(&shown.outcome.labels) {
            assert_eq!(&run::labels(&asked, std::slice::from_ref(&arrived), &shown.question, bucket), labels);
            let reasons = |fit: &Fit, row: usize| {
                let settings = &asked[0].settings;
                find(name).unwrap().explain(settings, fit, &shown.question, bucket, row)
            };
            for row in 0..bucket.len() {
                assert_eq!(reasons(&arrived, row), reasons(&shown.outcome.fits[0], row));
            }
        }
    }
}
