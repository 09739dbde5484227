//! The listing of what a base knows of its customers, and its limits.

use crate::base::Base;
use arrow_array::{ArrayRef, Decimal64Array, Int64Array, StringArray};
use engine::facts::bucket::{BUCKETS, bucket_of};
use engine::features::Features;
use engine::groups::{Entry, Kind, list};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a base lists whose customers have these values of an attribute, and as many orders as their
/// number; revenue is known of nobody.
fn listed(values: &[String], state: &[(&str, u64)]) -> Vec<Entry> {
    let base = Base::new();
    let mut facts = base.facts();
    let id = |number: usize| format!("c{number:05}");
    let handed =
        values.iter().enumerate().map(|(number, value)| (id(number), "taste".to_owned(), value.clone()));
    facts.hand(handed);
    let bucket = |bucket: usize| {
        let own: Vec<usize> = (0..values.len()).filter(|&number| bucket_of(&id(number)) == bucket).collect();
        let ids: StringArray = own.iter().map(|&number| Some(id(number))).collect();
        let orders: ArrayRef = Arc::new(Int64Array::from_iter_values(own.iter().map(|&n| n as i64)));
        let revenue = Decimal64Array::from(vec![None; own.len()]).with_precision_and_scale(18, 4).unwrap();
        Features::new(ids, vec![("orders", orders), ("revenue", Arc::new(revenue) as ArrayRef)])
    };
    let features: Vec<Features> = (0..BUCKETS).map(bucket).collect();
    let state = state.iter().map(|&(name, known)| (name.to_owned(), known)).collect();
    list(&facts, &features, &state, &BTreeMap::new(), false).unwrap().entries
}

fn named<'a>(entries: &'a [Entry], name: &str) -> Option<&'a Entry> {
    entries.iter().find(|entry| entry.name == name)
}

#[test]
fn ten_thousand_values_are_told_apart() {
    let distinct = |count: usize| {
        let values: Vec<String> = (0..count).map(|number| format!("v{number}")).collect();
        let entries = listed(&values, &[]);
        let taste = named(&entries, "taste").unwrap();
        assert_eq!(taste.known, count as u64);
        taste.distinct
    };
    assert_eq!([distinct(10_000), distinct(10_001)], [Some(10_000), None]);
}

#[test]
fn the_three_commonest_and_the_lower_middle_are_shown() {
    let values = ["b", "d", "a", "c", "e", "c"].map(str::to_owned);
    let entries = listed(&values, &[("birthday", 2), ("phone", 0)]);
    let taste = named(&entries, "taste").unwrap();
    let shown: Vec<(&str, u64)> = taste.commonest.iter().map(|(value, count)| (&value[..], *count)).collect();
    assert_eq!(shown, [("c", 2), ("a", 1), ("b", 1)]);
    // Orders are from 0 to 5: of the two middle ones the lower.
    assert_eq!(named(&entries, "orders").unwrap().median.as_deref(), Some("2"));
    // What nobody has is not listed.
    assert!(named(&entries, "revenue").is_none() && named(&entries, "phone").is_none());
    let birthday = named(&entries, "birthday").unwrap();
    assert_eq!((birthday.kind, birthday.known), (Kind::State, 2));
}
