//! Against SciPy, and what must hold of any groups.

use super::*;
use crate::random::Random;
use proptest::prelude::*;

fn moments(values: &[f64]) -> Moments {
    let mut moments = Moments::default();
    values.iter().for_each(|&value| moments.push(value));
    moments
}

fn close(one: f64, two: f64) {
    assert!((one - two).abs() <= 1e-9 * two.abs(), "{one} for {two}");
}

#[test]
fn tails_are_those_of_scipy() {
    // scipy.stats.chi2.sf, 2·t.sf, 2·norm.sf of SciPy 1.16.
    close(chi_square(3.84, 1.0), 0.050_043_521_248_705_19);
    close(chi_square(0.5, 7.0), 0.999_446_481_390_425_1);
    close(chi_square(120.0, 50.0), 1.095_880_711_259_967_8e-7);
    close(chi_square(1000.0, 3.0), 1.799_420_876_531_406_7e-216);
    close(student(2.1, 5.5), 0.084_691_925_129_749_67);
    close(student(-0.01, 3.0), 0.992_649_111_412_852);
    close(student(12.0, 200.0), 2.422_136_005_246_625e-25);
    close(normal(1.96), 0.049_995_790_296_440_87);
    close(normal(8.0), 1.244_192_114_854_348e-15);
    assert_eq!([chi_square(0.0, 3.0), student(0.0, 3.0), student(f64::INFINITY, 3.0)], [1.0, 1.0, 0.0]);
}

#[test]
fn means_are_compared_as_scipy_does() {
    let (one, two) = (moments(&[1.0, 2.0, 3.0, 4.0, 5.5]), moments(&[2.0, 2.5, 8.0, 9.0, 9.0, 12.0]));
    close(welch(&one, &two).unwrap(), 0.062_296_221_449_756_745);
    close(cohens_d(&one, &two).unwrap(), -1.249_899_257_495_671);
    let (low, high) = mean_interval(&one);
    close((low + high) / 2.0, 3.1);
    // Standard error of five values: the root of 3.05 / 5.
    close((high - low) / 2.0, 1.959_963_984_540_054 * (3.05_f64 / 5.0).sqrt());
}

#[test]
fn groups_that_do_not_vary_differ_wholly_or_not_at_all() {
    let (ones, twos) = (moments(&[1.0, 1.0]), moments(&[2.0, 2.0, 2.0]));
    assert_eq!((cohens_d(&ones, &ones), welch(&ones, &ones)), (Some(0.0), Some(1.0)));
    assert_eq!((cohens_d(&ones, &twos), welch(&ones, &twos)), (Some(f64::NEG_INFINITY), Some(0.0)));
    let single = moments(&[1.0]);
    assert_eq!((cohens_d(&single, &twos), welch(&twos, &single)), (None, None));
}

#[test]
fn tables_are_those_of_scipy_and_bergsma() {
    let table = Table::new(vec![20, 30, 10, 15, 5, 40], 3);
    close(table.chance(), 1.144_498_395_214_809_7e-8);
    close(table.cramers_v(), 0.538_883_549_782_314_9);
    // Groups and values without customers change nothing.
    let padded = Table::new(vec![20, 30, 0, 10, 0, 0, 0, 0, 15, 5, 0, 40], 4);
    assert_eq!((padded.chance(), padded.cramers_v()), (table.chance(), table.cramers_v()));
    let whole = Table::new(vec![500, 0, 0, 500], 2);
    assert!((whole.cramers_v() - 1.0).abs() < 1e-9);
    for nothing in [Table::new(vec![4, 5], 2), Table::new(vec![4, 5], 1), Table::default()] {
        assert_eq!((nothing.chance(), nothing.cramers_v()), (1.0, 0.0));
    }
}

#[test]
fn v_of_unrelated_tables_is_about_zero() {
    let mut random = Random::new(5);
    let mut sum = 0.0;
    for _ in 0..200 {
        let mut cells = vec![0; 2 * 12];
        (0..300).for_each(|_| cells[random.below(24)] += 1);
        sum += Table::new(cells, 12).cramers_v();
    }
    assert!(sum / 200.0 < V_MIN, "{}", sum / 200.0);
}

#[test]
fn p_values_of_unrelated_groups_are_even() {
    let mut random = Random::new(11);
    let (mut low, mut table_low) = (0, 0);
    for _ in 0..2_000 {
        let mut draw = |count: usize| moments(&(0..count).map(|_| random.unit()).collect::<Vec<_>>());
        low += u32::from(welch(&draw(20), &draw(35)).unwrap() < 0.05);
        let mut cells = vec![0; 6];
        (0..300).for_each(|_| cells[random.below(6)] += 1);
        table_low += u32::from(Table::new(cells, 3).chance() < 0.05);
    }
    // 100 are expected, with a deviation of 9.7.
    assert!((60..140).contains(&low) && (60..140).contains(&table_low), "{low} {table_low}");
}

#[test]
fn holm_steps_down() {
    let adjusted = holm(&[0.01, 0.04, 0.03, 0.005, 1.0]);
    let expected = [0.04, 0.09, 0.09, 0.025, 1.0];
    assert!(adjusted.iter().zip(expected).all(|(one, two)| (one - two).abs() < 1e-12), "{adjusted:?}");
    assert!(holm(&[]).is_empty());
}

#[test]
fn the_stability_index_is_the_sum_by_hand() {
    let index = stability_index(&[500, 300, 200, 0], &[400, 350, 250, 0]).unwrap();
    // Shares of .5, .3, .2 that became .4, .35, .25.
    let exact = -0.1 * (0.8_f64).ln() + 0.05 * (0.35 / 0.3_f64).ln() + 0.05 * (1.25_f64).ln();
    assert!((index - exact).abs() < 2e-4, "{index} {exact}");
    assert_eq!(stability_index(&[5, 5], &[50, 50]), Some(0.0));
    assert!(stability_index(&[1000, 0], &[500, 500]).unwrap() > DRIFTED);
    assert_eq!((stability_index(&[0], &[5]), stability_index(&[5], &[0])), (None, None));
}

proptest! {
    #[test]
    fn moments_add_up(values in prop::collection::vec(-1e6..1e6_f64, 0..60), at in 0_usize..60) {
        let (first, second) = values.split_at(at.min(values.len()));
        let mut sum = moments(first);
        sum.add(&moments(second));
        let whole = moments(&values);
        prop_assert_eq!(sum.count, whole.count);
        prop_assert!((sum.mean - whole.mean).abs() < 1e-6);
        prop_assert!((sum.squares - whole.squares).abs() <= 1e-9 * whole.squares + 1e-6);
        let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        prop_assert!((whole.squares - squares).abs() <= 1e-9 * squares + 1e-6);
    }

    #[test]
    fn what_is_swapped_differs_as_much(cells in prop::collection::vec(0_u64..40, 6)) {
        let turned: Vec<u64> = (0..3).flat_map(|c| [cells[c], cells[3 + c]]).collect();
        let (one, two) = (Table::new(cells, 3), Table::new(turned, 2));
        prop_assert!((one.cramers_v() - two.cramers_v()).abs() < 1e-9);
        prop_assert!((one.chance() - two.chance()).abs() < 1e-9);
        prop_assert!((0.0..=1.0).contains(&one.cramers_v()));
    }

    #[test]
    fn adjusted_values_are_no_smaller_and_keep_their_order(values in prop::collection::vec(0.0..1.0_f64, 1..20)) {
        let adjusted = holm(&values);
        for (a, raw) in adjusted.iter().zip(&values) {
            prop_assert!(a >= raw && *a <= 1.0);
        }
        for (i, j) in (0..values.len()).flat_map(|i| (0..values.len()).map(move |j| (i, j))) {
            prop_assert!(values[i] > values[j] || adjusted[i] <= adjusted[j]);
        }
    }
}
