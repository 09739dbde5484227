//! The number of clusters: planted ones are natural, noise is cut up.

use super::super::*;
use super::{noise, planted};

fn quick() -> ChoiceSettings {
    let search = Settings { restarts: 3, swaps: 2, threads: 2, ..Settings::default() };
    ChoiceSettings { clusters: 2..=5, draws: 12, search, ..ChoiceSettings::default() }
}

#[test]
fn planted_groups_are_natural() {
    let (rows, groups) = planted(&[&[0.0, 0.0], &[9.0, 0.0], &[0.0, 9.0], &[9.0, 11.0]], 400, 2.0, 1);
    let choice = choose(&rows, &quick()).unwrap().unwrap();
    assert_eq!((choice.clusters, choice.reason), (4, Reason::FarthestApart));
    assert_eq!(choice.verdict, Verdict::Natural);
    assert_eq!((choice.rows_looked_at, choice.rows), (400, 400));
    let four = &choice.candidates[2];
    assert_eq!((four.clusters, four.smallest_share, four.large_enough), (4, 0.25, true));
    assert_eq!((four.mean_stability, four.least_jaccard, four.pairs.len()), (1.0, 1.0, 6));
    let found = kmeans(&rows, choice.clusters, &Settings::default()).unwrap();
    assert_eq!(adjusted_rand(&found.labels, &groups), 1.0);
    // Threads change nothing.
    let alone = ChoiceSettings { search: Settings { threads: 1, ..quick().search }, ..quick() };
    assert_eq!(choose(&rows, &alone).unwrap().unwrap(), choice);
}

#[test]
fn noise_is_constructive() {
    for seed in 1..3 {
        let choice = choose(&noise(6, 400, seed), &quick()).unwrap().unwrap();
        assert_eq!(choice.verdict, Verdict::Constructive, "{choice:?}");
        assert_eq!(choice.reason, Reason::LeastUnstable);
        assert!(choice.candidates.iter().all(|candidate| candidate.silhouette < Some(0.5)));
    }
}

#[test]
fn an_even_square_is_reproducible() {
    // Evenly filled: nothing is apart, and yet it is always cut into its quarters.
    let (rows, _) = planted(&[&[0.0, 0.0]], 800, 1.0, 2);
    let choice = choose(&rows, &ChoiceSettings { clusters: 4..=4, ..quick() }).unwrap().unwrap();
    assert_eq!(choice.reason, Reason::MostThatAreStable, "{choice:?}");
    assert_eq!(choice.verdict, Verdict::Reproducible);
    assert!(choice.candidates[0].silhouette < Some(APART));
}

#[test]
fn small_segments_are_not_chosen() {
    // Ten customers far away come back every time, and are too few all the same.
    let (rows, _) = planted(&[&[0.0, 0.0], &[9.0, 0.0]], 400, 1.0, 1);
    let mut values = rows.values().to_vec();
    (0..10).for_each(|row| values.extend([100.0 + row as f32 / 10.0, 0.0]));
    let choice = choose(&Matrix::new(2, values).unwrap(), &quick()).unwrap().unwrap();
    let two = &choice.candidates[0];
    assert!(two.least_jaccard > 0.9 && !two.large_enough, "{two:?}");
    assert_eq!(choice.reason, Reason::NoneLargeEnough);
}

#[test]
fn large_bases_are_looked_at_in_a_sample() {
    let (rows, _) = planted(&[&[0.0], &[5.0], &[10.0]], 900, 1.0, 1);
    let choice = choose(&rows, &ChoiceSettings { rows_max: 300, ..quick() }).unwrap().unwrap();
    assert_eq!((choice.rows_looked_at, choice.rows, choice.clusters), (300, 900, 3));
}

#[test]
fn without_different_rows_there_is_nothing_to_choose() {
    assert_eq!(choose(&Matrix::new(1, vec![4.0; 50]).unwrap(), &quick()), Ok(None));
    assert_eq!(choose(&Matrix::new(1, vec![4.0]).unwrap(), &quick()), Ok(None));
    let two = Matrix::new(1, [vec![1.0; 50], vec![2.0; 50]].concat()).unwrap();
    let choice = choose(&two, &quick()).unwrap().unwrap();
    assert_eq!((choice.clusters, choice.candidates.len()), (2, 1));
    let none = ChoiceSettings { clusters: 0..=3, ..quick() };
    assert_eq!(choose(&two, &none), Err(ClusteringError::ClusterCount { asked: 0 }));
}
