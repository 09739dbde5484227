//! Sources against a slow count, and what shares of customers must add up to.

use super::mentions::Mentions;
use super::*;
use crate::features::{Features, Question};
use crate::segmentations::tests::table::{Table, day};
use model::calendar::AsOf;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Orders, won deals and money of a customer, and the city that stands for a source.
type Person = (u8, u8, i16, Option<u8>);

fn features(people: &[Person], buckets: usize) -> Vec<Features> {
    let header = ["customer", "orders", "won_deals", "revenue", "city"].map(str::to_owned).to_vec();
    let row = |(number, person): (usize, &Person)| {
        vec![
            format!("c{number:03}"),
            person.0.to_string(),
            person.1.to_string(),
            person.2.to_string(),
            person.3.map_or(String::new(), |city| format!("city {city}")),
        ]
    };
    let rows = people.iter().enumerate().map(row).collect();
    let table = Table { header, rows, order_amounts: Vec::new() };
    let mut question = Question::new(AsOf(day("2026-11-22")));
    ["orders", "won_deals", "revenue"].iter().for_each(|name| question.need(name));
    question.need_attribute("city");
    (0..buckets).map(|bucket| table.bucket(&question, bucket, buckets)).collect()
}

fn people() -> impl Strategy<Value = Vec<Person>> {
    prop::collection::vec((0..3_u8, 0..2_u8, -50..500_i16, prop::option::of(0..4_u8)), 1..50)
}

proptest! {
    #[test]
    fn sources_are_those_of_a_slow_count(people in people(), buckets in 1_usize..4) {
        let features = features(&people, buckets);
        let mentions = column_mentions(&features, &[], "city").unwrap();
        let (rows, all) = rows(&mentions, &features, &[], &|_, _| true);
        let mut naive: BTreeMap<Option<u8>, (i128, i128, i128)> = BTreeMap::new();
        for person in &people {
            let sum = naive.entry(person.3).or_default();
            sum.0 += 1;
            sum.1 += i128::from(person.0 > 0 || person.1 > 0);
            sum.2 += i128::from(person.2) * 10_000;
        }
        prop_assert_eq!(rows.len(), naive.len());
        for row in &rows {
            let city = row.name.as_ref().map(|name| name.trim_start_matches("city ").parse::<u8>().unwrap());
            let sums = (row.sums.people.whole(), row.sums.customers.whole(), row.sums.revenue.whole());
            prop_assert_eq!(sums, naive[&city]);
            let conversion = sums.1 as f64 / sums.0 as f64;
            prop_assert!((row.conversion.unwrap().value - conversion).abs() < 1e-12);
            if let Some(index) = row.index {
                let usual = all.customers.value() / all.people.value();
                prop_assert!((index - conversion / usual * 100.0).abs() < 1e-9);
            }
        }
        prop_assert_eq!(all.people.whole(), people.len() as i128);
    }

    #[test]
    fn shared_customers_add_up_to_the_whole(
        people in people(),
        told in prop::collection::vec(prop::collection::btree_set(0..20_u8, 0..16), 50),
    ) {
        let features = features(&people, 1);
        let mentions = shared(&told[..people.len()]);
        let (rows, all) = rows(&[mentions], &features, &[], &|_, row| row % 2 == 0);
        let sum = |of: fn(&Whole) -> Part| rows.iter().map(|row| of(&row.sums).value()).sum::<f64>();
        prop_assert!((sum(|sums| sums.people) - all.people.value()).abs() < 1e-6);
        prop_assert!((sum(|sums| sums.revenue) - all.revenue.value()).abs() < 1e-3);
        prop_assert_eq!(all.people.whole() as usize, people.len().div_ceil(2));
    }
}

/// Mentions as events would give them.
fn shared(told: &[std::collections::BTreeSet<u8>]) -> Mentions {
    let names: Vec<String> = (0..20).map(|source| format!("source {source}")).collect();
    Mentions::made(names, told.iter().map(|own| own.iter().map(|&source| u32::from(source)).collect()))
}

#[test]
fn who_has_no_source_stands_last() {
    let features = features(&[(1, 0, 10, None), (0, 0, 0, None), (1, 0, 5, Some(1))], 2);
    let mentions = column_mentions(&features, &[], "city").unwrap();
    let (rows, _) = rows(&mentions, &features, &[], &|_, _| true);
    assert_eq!(rows.iter().map(|row| row.name.as_deref()).collect::<Vec<_>>(), [Some("city 1"), None]);
    assert_eq!(rows[1].index, Some(75.0));
    assert!(column_mentions(&features, &[], "orders").is_none());
    assert!(column_mentions(&features, &[], "nothing").is_none());
}

#[test]
fn attributions_have_names() {
    for one in Attribution::ALL {
        assert_eq!(Attribution::from_name(one.name()), Some(one));
    }
    assert_eq!(Attribution::from_name("linear"), None);
}
