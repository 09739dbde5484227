//! k-prototypes: cases worked out by hand.

use super::super::*;
use crate::random::Random;

fn mixed(numbers: &[f32], codes: &[u32], gamma: Option<f64>) -> Mixed {
    Mixed::new(Matrix::new(1, numbers.to_vec()).unwrap(), codes.to_vec(), gamma).unwrap()
}

#[test]
fn numbers_and_categories_together_by_hand() {
    // By numbers alone the third row would be with the first two; a mismatch weighs 100.
    let rows = mixed(&[0.0, 1.0, 2.0, 8.0, 9.0], &[0, 0, 1, 1, 1], Some(100.0));
    let found = kprototypes(&rows, 2, &Settings::default()).unwrap();
    assert_eq!(found.labels, [1, 1, 0, 0, 0]);
    assert_eq!(found.sizes, [3, 2]);
    let large = &found.centres[0];
    assert!((large.means[0] - 19.0 / 3.0).abs() < 1e-12 && large.modes == [1]);
    // Squares about 19/3 and about 1/2, no mismatch.
    let squares = (149.0 - 361.0 / 3.0) + 0.5;
    assert!((found.inertia - squares).abs() < 1e-9, "{}", found.inertia);
    // With a light category numbers decide.
    let light =
        kprototypes(&mixed(&[0.0, 1.0, 2.0, 8.0, 9.0], &[0, 0, 1, 1, 1], Some(0.1)), 2, &Settings::default());
    let light = light.unwrap();
    assert_eq!(light.labels, [0, 0, 0, 1, 1]);
    // Squares 2 and 0.5, one mismatch of 0.1.
    assert!((light.inertia - 2.6).abs() < 1e-12);
}

#[test]
fn gamma_is_half_the_mean_deviation() {
    let numbers = Matrix::new(2, vec![1.0, 10.0, 3.0, 30.0]).unwrap();
    assert_eq!(Mixed::new(numbers, vec![0, 0], None).unwrap().gamma(), 0.5 * (1.0 + 10.0) / 2.0);
    assert_eq!(mixed(&[4.0, 4.0], &[0, 1], None).gamma(), 0.5);
}

#[test]
fn what_is_missing_matches_everything_and_counts_for_nothing() {
    let rows = mixed(&[0.0, 0.0, 0.0, 0.0, 0.0], &[MISSING, 3, MISSING, 2, 2], Some(1.0));
    let found = kprototypes(&rows, 1, &Settings::default()).unwrap();
    assert_eq!(found.centres[0].modes, [2]);
    assert_eq!(found.inertia, 1.0);
    let unknown = kprototypes(&mixed(&[0.0, 1.0], &[MISSING; 2], None), 1, &Settings::default()).unwrap();
    assert_eq!(unknown.centres[0].modes, [MISSING]);
    // Of equally frequent categories the lowest code.
    let even = kprototypes(&mixed(&[0.0; 4], &[7, 1, 7, 1], None), 1, &Settings::default()).unwrap();
    assert_eq!(even.centres[0].modes, [1]);
}

#[test]
fn planted_groups_are_found_on_any_threads() {
    let mut random = Random::new(2);
    let groups: Vec<Label> = (0..9_000).map(|row| row % 3).collect();
    // Numbers tell the first group, categories the other two.
    let number =
        |group: Label, random: &mut Random| f32::from(u8::from(group == 0)) * 6.0 + random.unit() as f32;
    let numbers: Vec<f32> = groups.iter().map(|&group| number(group, &mut random)).collect();
    let codes: Vec<u32> =
        groups.iter().flat_map(|&group| [u32::from(group) % 2, u32::from(group) % 2]).collect();
    let rows = Mixed::new(Matrix::new(1, numbers).unwrap(), codes, None).unwrap();
    let tries = Settings { restarts: 2, ..Settings::default() };
    let alone = kprototypes(&rows, 3, &tries).unwrap();
    assert_eq!(adjusted_rand(&alone.labels, &groups), 1.0);
    let together = kprototypes(&rows, 3, &Settings { threads: 3, ..tries }).unwrap();
    assert_eq!(together, alone);
    let sample = Settings { restarts: 2, threads: 2, ..Settings::default() };
    let settings =
        ChoiceSettings { draws: 6, clusters: 2..=4, rows_max: 200, search: sample, ..Default::default() };
    let choice = choose(&rows, &settings).unwrap().unwrap();
    assert_eq!(choice.clusters, 3, "{choice:?}");
    assert_eq!(choice.candidates[0].calinski_harabasz, None);
}

#[test]
fn poor_or_wrong_rows() {
    let equal = kprototypes(&mixed(&[1.0; 6], &[4; 6], None), 3, &Settings::default()).unwrap();
    assert_eq!((equal.sizes, equal.inertia), (vec![6], 0.0));
    // Numbers are equal and categories are not: two clusters, not three.
    let two = kprototypes(&mixed(&[1.0; 3], &[4, 4, 5], None), 3, &Settings::default()).unwrap();
    assert_eq!(two.sizes, [2, 1]);
    let numbers = || Matrix::new(1, vec![1.0, 2.0]).unwrap();
    assert_eq!(
        Mixed::new(numbers(), vec![1, 2, 3], None),
        Err(ClusteringError::Shape { values: 3, columns: 1 })
    );
    assert_eq!(
        Mixed::new(numbers(), vec![0, 99_999], None),
        Err(ClusteringError::TooManyCategories { row: 1, column: 0, code: 99_999 })
    );
    assert_eq!(Mixed::new(numbers(), vec![0, 1], Some(-1.0)), Err(ClusteringError::Weight { given: -1.0 }));
    // Without categories it is k-means.
    let plain = kprototypes(&mixed(&[0.0, 1.0, 8.0], &[], None), 2, &Settings::default()).unwrap();
    assert_eq!((plain.labels, plain.inertia), (vec![0, 0, 1], 0.5));
}
