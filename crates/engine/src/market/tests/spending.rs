//! The lowest fifth of a population's spend.

use super::super::lowest_fifth;
use crate::facts::populations::Population;
use model::money::SCALE;

fn population(attribute: &str, values: &[(&str, i64)]) -> Population {
    let one = |&(value, count): &(&str, i64)| (vec![(attribute.to_owned(), value.to_owned())], count * SCALE);
    Population { counts: values.iter().map(one).collect() }
}

#[test]
fn the_lowest_fifth_ends_where_a_fifth_of_the_people_is_reached() {
    let found = |values: &[(&str, i64)]| {
        lowest_fifth(&population("Spend", values), None).map(|(_, limit)| limit as f64 / SCALE as f64)
    };
    assert_eq!(found(&[("10", 1), ("20.5", 1), ("30", 1), ("40", 1), ("50", 1)]), Some(10.0));
    assert_eq!(found(&[("10", 1), ("20,5", 1), ("1 000", 8)]), Some(20.5));
    // Nobody counts for nothing; of a band its lower end counts.
    assert_eq!(found(&[("5", 0), ("0-99", 10), ("100-499", 30), ("500+", 60)]), Some(100.0));
    assert_eq!(found(&[("10", 1), ("much", 1)]), None);
    assert_eq!(found(&[]), None);
    let other = population("Turnover", &[("7", 1)]);
    assert_eq!(lowest_fifth(&other, None), None);
    assert_eq!(lowest_fifth(&other, Some("turnover")), Some(("Turnover".to_owned(), 70_000)));
}
