//! k-means finds what a slow one finds, on any threads, and does not trip over poor rows.

use super::super::*;
use super::{noise, planted};
use crate::random::Random;

/// Lloyd as in a textbook, in 64 bits, without any of the shortcuts.
fn slow_lloyd(rows: &Matrix, mut centres: Vec<Vec<f64>>) -> Vec<usize> {
    let distance = |row: usize, centre: &[f64]| -> f64 {
        rows.row(row).iter().zip(centre).map(|(&a, b)| (f64::from(a) - b) * (f64::from(a) - b)).sum()
    };
    let mut labels = vec![usize::MAX; rows.rows()];
    loop {
        let mut next = Vec::new();
        for row in 0..rows.rows() {
            let mut best = 0;
            for cluster in 1..centres.len() {
                if distance(row, &centres[cluster]) < distance(row, &centres[best]) {
                    best = cluster;
                }
            }
            next.push(best);
        }
        if next == labels {
            return labels;
        }
        labels = next;
        for (cluster, centre) in centres.iter_mut().enumerate() {
            let members: Vec<usize> = (0..rows.rows()).filter(|&row| labels[row] == cluster).collect();
            assert!(!members.is_empty(), "the test's rows leave no cluster empty");
            for (column, at) in centre.iter_mut().enumerate() {
                let sum: f64 = members.iter().map(|&row| f64::from(rows.row(row)[column])).sum();
                *at = sum / members.len() as f64;
            }
        }
    }
}

#[test]
fn bounds_give_the_labels_of_a_slow_lloyd() {
    for seed in 0..20 {
        let k = 2 + seed as usize % 7;
        let rows = noise(1 + seed as usize % 5, 700, seed);
        let mut places: Vec<usize> = (0..700).collect();
        Random::new(seed).shuffle(&mut places);
        let centre = |&place: &usize| rows.row(place).iter().map(|&value| f64::from(value)).collect();
        let first: Vec<Vec<f64>> = places[..k].iter().map(centre).collect();
        let slow = slow_lloyd(&rows, first.clone());
        let fast = kmeans_from(&rows, &first, &Settings::default()).unwrap();
        assert!(fast.converged);
        assert!(fast.iterations > 2, "rows that need no rounds test no bounds");
        let slow: Vec<Label> = slow.iter().map(|&label| label as Label).collect();
        assert_eq!(adjusted_rand(&slow, &fast.labels), 1.0, "seed {seed}");
    }
}

#[test]
fn labels_are_the_same_on_any_threads_to_the_bit() {
    // More rows than one piece of work.
    let rows = noise(3, 20_000, 5);
    let settings = Settings { restarts: 2, swaps: 1, iterations_max: 8, seed: 9, ..Settings::default() };
    let alone = kmeans(&rows, 5, &settings).unwrap();
    for threads in [2, 8] {
        let together = kmeans(&rows, 5, &Settings { threads, ..settings }).unwrap();
        assert_eq!(together, alone);
        assert_eq!(together.inertia.to_bits(), alone.inertia.to_bits());
    }
}

#[test]
fn many_rows_compete_in_a_sample() {
    let (rows, groups) = planted(&[&[0.0], &[10.0]], 66_000, 1.0, 3);
    let settings = Settings { restarts: 2, ..Settings::default() };
    let found = kmeans(&rows, 2, &settings).unwrap();
    assert_eq!(found.labels.len(), 66_000);
    assert_eq!(adjusted_rand(&found.labels, &groups), 1.0);
    assert_eq!(kmeans(&rows, 2, &Settings { threads: 2, ..settings }).unwrap(), found);
}

#[test]
fn planted_groups_are_found_in_any_order_of_rows() {
    let (rows, groups) = planted(&[&[0.0, 0.0], &[9.0, 0.0], &[0.0, 9.0], &[9.0, 9.0]], 400, 1.0, 1);
    let found = kmeans(&rows, 4, &Settings::default()).unwrap();
    assert_eq!(adjusted_rand(&found.labels, &groups), 1.0);
    assert_eq!(found.sizes, [100; 4]);
    // Equal sizes: centres decide the order.
    assert!(found.centres.is_sorted_by(|a, b| a[0] < b[0]));
    let mut places: Vec<u32> = (0..400).collect();
    Random::new(4).shuffle(&mut places);
    let again = kmeans(&rows.subset(&places), 4, &Settings::default()).unwrap();
    let moved: Vec<Label> = places.iter().map(|&place| found.labels[place as usize]).collect();
    assert_eq!(again.labels, moved);
}

#[test]
fn rest_is_rest_for_single_rows_too() {
    // Lloyd rests at {0, 2, 3.9} and {6, 9}; moving 3.9 lowers the sum of squares.
    let rows = Matrix::new(1, vec![0.0, 2.0, 3.9, 6.0, 9.0]).unwrap();
    let settings = Settings { restarts: 3, swaps: 0, ..Settings::default() };
    let lloyd = kmeans_from(&rows, &[vec![1.9], vec![7.5]], &settings).unwrap();
    let best = kmeans(&rows, 2, &settings).unwrap();
    let exhaustive = (1..31_u32)
        .map(|mask| {
            let within = |wanted: bool| {
                let of = rows.values().iter().enumerate().filter(|(row, _)| (mask >> row & 1 == 1) == wanted);
                let side: Vec<f64> = of.map(|(_, &value)| f64::from(value)).collect();
                let mean = side.iter().sum::<f64>() / side.len() as f64;
                side.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
            };
            within(true) + within(false)
        })
        .fold(f64::INFINITY, f64::min);
    assert!((best.inertia - exhaustive).abs() < 1e-9, "{} {exhaustive}", best.inertia);
    assert!(lloyd.inertia >= best.inertia);
}

#[test]
fn a_tolerance_stops_earlier() {
    let rows = noise(4, 3_000, 8);
    let first: Vec<Vec<f64>> =
        (0..6).map(|row| rows.row(row).iter().map(|&v| f64::from(v)).collect()).collect();
    let exact = kmeans_from(&rows, &first, &Settings::default()).unwrap();
    let near = kmeans_from(&rows, &first, &Settings { tolerance: 1e-2, ..Settings::default() }).unwrap();
    let cut = kmeans_from(&rows, &first, &Settings { iterations_max: 2, ..Settings::default() }).unwrap();
    assert!(near.converged && near.iterations < exact.iterations);
    assert!(!cut.converged && cut.iterations == 2);
    assert!(exact.inertia <= near.inertia && near.inertia <= cut.inertia);
}

#[test]
fn an_empty_cluster_takes_the_farthest_row() {
    let rows = Matrix::new(1, vec![0.0, 1.0, 2.0, 50.0]).unwrap();
    // The second centre is nobody's nearest.
    let found = kmeans_from(&rows, &[vec![1.0], vec![900.0]], &Settings::default()).unwrap();
    assert_eq!(found.labels, [0, 0, 0, 1]);
    assert_eq!(found.inertia, 2.0);
}

#[test]
fn poor_rows_give_fewer_clusters() {
    let equal = Matrix::new(2, vec![3.0; 20]).unwrap();
    let found = kmeans(&equal, 4, &Settings::default()).unwrap();
    assert_eq!((found.sizes, found.inertia, found.converged), (vec![10], 0.0, true));
    let few = Matrix::new(1, vec![1.0, 5.0, 1.0, 5.0, 5.0]).unwrap();
    let found = kmeans(&few, 3, &Settings::default()).unwrap();
    assert_eq!((found.labels, found.sizes), (vec![1, 0, 1, 0, 0], vec![3, 2]));
    let one = Matrix::new(3, vec![1.0, 2.0, 3.0]).unwrap();
    assert_eq!(kmeans(&one, 2, &Settings::default()).unwrap().centres, [[1.0, 2.0, 3.0]]);
    assert_eq!(kmeans(&one, 1, &Settings::default()).unwrap().labels, [0]);
}

#[test]
fn what_cannot_be_clustered_is_refused() {
    assert_eq!(Matrix::new(2, vec![]), Err(ClusteringError::NoRows));
    assert_eq!(Matrix::new(2, vec![1.0; 3]), Err(ClusteringError::Shape { values: 3, columns: 2 }));
    assert_eq!(Matrix::new(0, vec![1.0]), Err(ClusteringError::Shape { values: 1, columns: 0 }));
    let error = Matrix::new(2, vec![1.0, 2.0, 3.0, f32::NAN]).unwrap_err();
    assert!(matches!(error, ClusteringError::NotANumber { row: 1, column: 1, .. }));
    assert!(error.to_string().starts_with("`NaN` in row 1, column 1"), "{error}");
    assert!(Matrix::new(1, vec![f32::INFINITY]).is_err());
    assert!(Matrix::new(1, vec![VALUE_MAX * 2.0]).is_err());
    let rows = Matrix::new(1, vec![1.0]).unwrap();
    let settings = Settings::default();
    assert_eq!(kmeans(&rows, 0, &settings), Err(ClusteringError::ClusterCount { asked: 0 }));
    assert_eq!(kmeans(&rows, 1_001, &settings), Err(ClusteringError::ClusterCount { asked: 1_001 }));
    assert!(kmeans_from(&rows, &[vec![1.0, 2.0]], &settings).is_err());
    assert!(kmeans_from(&rows, &[vec![f64::NAN]], &settings).is_err());
}
