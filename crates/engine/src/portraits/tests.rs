//! What is special, usual and in the middle, against slow counts.

use super::*;
use crate::features::Question;
use crate::profile::{Division, MEASURES, profile};
use crate::segmentations::find;
use crate::segmentations::run::{self, Asked};
use crate::segmentations::tests::table::{Table, day};
use model::calendar::AsOf;
use proptest::prelude::*;

type Row = (u8, Option<u16>, Option<u8>);

fn with<T>(
    rows: &[Row],
    buckets: usize,
    seen: impl FnOnce(&Division<'_>, &crate::profile::Profile) -> T,
) -> T {
    let text = "[[rule]]\nname = \"many\"\nwhen = \"orders >= 3\"\n[[rule]]\nname = \"some\"\nwhen = \"orders >= 1\"\n";
    let asked = vec![Asked::new(find("rules").unwrap(), [("rules", text)]).unwrap()];
    let mut question: Question = run::question(&asked, AsOf(day("2026-11-22"))).unwrap();
    MEASURES.iter().for_each(|measure| question.need(measure.feature));
    question.need_attribute("city");
    let header = ["customer", "orders", "revenue", "city"].map(str::to_owned).to_vec();
    let row = |(number, row): (usize, &Row)| {
        let money = row.1.map_or(String::new(), |money| money.to_string());
        let city = row.2.map_or(String::new(), |city| format!("city {city}"));
        vec![format!("c{number:03}"), row.0.to_string(), money, city]
    };
    let table = Table { header, rows: rows.iter().enumerate().map(row).collect(), order_amounts: Vec::new() };
    let features: Vec<_> = (0..buckets).map(|bucket| table.bucket(&question, bucket, buckets)).collect();
    let outcome = run::run(&asked, &question, &features, 1);
    let division = Division::new("rules", &asked, &features, &outcome).unwrap();
    seen(&division, &profile(&division, 1))
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((0..6_u8, prop::option::of(0..900_u16), prop::option::of(0..3_u8)), 6..60)
}

fn segment(row: &Row) -> usize {
    match row.0 {
        3.. => 0,
        1 | 2 => 1,
        0 => 2,
    }
}

proptest! {
    #[test]
    fn shares_means_and_indexes_are_those_of_a_slow_count(rows in rows(), buckets in 1_usize..4) {
        with(&rows, buckets, |_, profile| {
            for of in 0..3 {
                let own: Vec<&Row> = rows.iter().filter(|row| segment(row) == of).collect();
                for one in special(profile, of) {
                    let value = |row: &Row| -> Option<f64> {
                        match (one.name.as_str(), &one.value) {
                            ("orders", _) => Some(f64::from(row.0)),
                            ("revenue", _) => row.1.map(f64::from),
                            (_, Some(value)) => row.2.map(|city| f64::from(u8::from(format!("city {city}") == *value))),
                            _ => None,
                        }
                    };
                    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len() as f64;
                    let inside = mean(own.iter().filter_map(|row| value(row)).collect());
                    let base = mean(rows.iter().filter_map(value).collect());
                    prop_assert!((one.inside - inside).abs() < 1e-9, "{one:?} {inside}");
                    prop_assert!((one.base - base).abs() < 1e-9);
                    if let Some(index) = one.index {
                        prop_assert!((index - inside / base * 100.0).abs() < 1e-6);
                    }
                    prop_assert!((0.0..=1.0).contains(&one.p) && one.interval.0 <= one.inside && one.inside <= one.interval.1);
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn the_usual_customer_is_one_of_the_segment(rows in rows(), buckets in 1_usize..4) {
        let found = with(&rows, buckets, |division, profile| typical(division, profile, 1));
        let again = with(&rows, 1, |division, profile| typical(division, profile, 1));
        for (of, typical) in found.iter().enumerate() {
            let own: Vec<usize> = (0..rows.len()).filter(|&row| segment(&rows[row]) == of).collect();
            let id = typical.customer_id.as_ref().map(|id| id[1..].parse::<usize>().unwrap());
            prop_assert_eq!(id.is_some(), !own.is_empty());
            prop_assert!(id.is_none_or(|id| own.contains(&id)));
            let mut orders: Vec<u8> = own.iter().map(|&row| rows[row].0).collect();
            orders.sort_unstable();
            if let Some(median) = typical.medians.get("orders") {
                let middle = f64::from(orders[(orders.len() - 1) / 2]) + f64::from(orders[orders.len() / 2]);
                prop_assert!((median - middle / 2.0).abs() < 1e-12);
            }
        }
        // Who is in the middle does not depend on buckets.
        let ids = |all: &[Typical]| all.iter().map(|one| one.customer_id.clone()).collect::<Vec<_>>();
        prop_assert_eq!(ids(&found), ids(&again));
    }
}

#[test]
fn what_was_planted_is_special_and_chance_is_not() {
    // Of those with many orders nine in ten live in city 0, of the others one in three.
    let mut rows: Vec<Row> = Vec::new();
    for number in 0..300_u16 {
        let many = number % 3 == 0;
        let city = if many && number % 30 != 0 { 0 } else { (number / 3 % 3) as u8 };
        rows.push((if many { 4 } else { 1 }, Some(100 + number * 37 % 50), Some(city)));
    }
    with(&rows, 3, |_, profile| {
        let found = special(profile, 0);
        let city = found.iter().find(|one| one.value.as_deref() == Some("city 0")).unwrap();
        assert!(city.p < 1e-9 && city.index.unwrap() > 140.0 && city.size > 0.8, "{city:?}");
        let money = found.iter().find(|one| one.name == "revenue").unwrap();
        assert!(money.p > 0.05, "{money:?}");
    });
}
