//! Scaling there and back.

use super::super::*;

#[test]
fn plain_values_by_median_and_quartiles() {
    let scaling = ColumnScaling::of_values(Measure::Plain, vec![5.0, 1.0, 2.0, 4.0, 3.0]).unwrap();
    assert_eq!((scaling.centre, scaling.spread, scaling.reason), (3.0, 2.0, Spread::Quartiles));
    assert_eq!((scaling.scaled(7.0), scaling.original(2.0)), (2.0, 7.0));
    // Between ranks: quartiles of 1, 2, 3, 4 are 1.75 and 3.25.
    let even = ColumnScaling::of_values(Measure::Plain, vec![1.0, 2.0, 3.0, 4.0]).unwrap();
    assert_eq!((even.centre, even.spread), (2.5, 1.5));
    let counted = ColumnScaling::of_counts(Measure::Plain, &[(1.0, 3), (2.0, 0), (9.0, 2)]).unwrap();
    assert_eq!((counted.centre, counted.spread), (1.0, 8.0));
}

#[test]
fn counts_and_money_by_logarithm_with_sign() {
    let money = ColumnScaling::of_values(Measure::Money, vec![-99.0, 0.0, 9.0, 99.0, 999.0]).unwrap();
    assert!((money.centre - 10_f64.ln()).abs() < 1e-12);
    assert!((money.spread - 100_f64.ln()).abs() < 1e-12);
    for value in [-99.0, -0.5, 0.0, 9.0, 1e6] {
        let back = money.original(f64::from(money.scaled(value)));
        assert!((back - value).abs() <= 1e-5 * (1.0 + value.abs()), "{value} came back as {back}");
    }
    assert_eq!(money.scaled(9.0), 0.0);
}

#[test]
fn where_quartiles_coincide_the_reason_says_so() {
    let mostly = ColumnScaling::of_values(Measure::Plain, [vec![1.0; 8], vec![3.0; 2]].concat()).unwrap();
    assert_eq!(mostly.reason, Spread::Deviation);
    // Mean 1.4, variance 0.16·0.8 + 2.56·0.2 = 0.64.
    assert!((mostly.spread - 0.8 * 1.348_979_500_392_163_5).abs() < 1e-12);
    let constant = ColumnScaling::of_values(Measure::Count, vec![0.1; 7]).unwrap();
    assert_eq!((constant.reason, constant.spread), (Spread::Constant, 1.0));
    assert_eq!(constant.scaled(0.1), 0.0);
    assert_eq!(ColumnScaling::of_values(Measure::Plain, vec![]), None);
    assert_eq!(ColumnScaling::of_values(Measure::Plain, vec![1.0, f64::NAN]), None);
}

#[test]
fn samples_are_even_sets() {
    let mut random = crate::random::Random::new(1);
    let mut seen = [0_u32; 10];
    for _ in 0..10_000 {
        let places = sample_places(10, 3, &mut random);
        assert!(places.len() == 3 && places.is_sorted_by(|a, b| a < b));
        places.iter().for_each(|&place| seen[place as usize] += 1);
    }
    assert!(seen.iter().all(|count| count.abs_diff(3_000) < 250), "{seen:?}");
    assert_eq!(sample_places(3, 9, &mut random), [0, 1, 2]);
}
