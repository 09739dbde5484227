//! The limits of stability, size and distance, each to the unit.

use super::super::choice::{decide, is_large_enough};
use super::super::*;

/// A number of clusters by how its weakest comes back, how draws agree, and how far apart they lie.
fn candidate(clusters: usize, jaccard: f64, agreement: f64, silhouette: Option<f64>) -> Candidate {
    Candidate {
        clusters,
        mean_stability: agreement,
        pairs: Vec::new(),
        by_cluster: Vec::new(),
        least_jaccard: jaccard,
        smallest_share: 0.2,
        large_enough: true,
        inertia: 1.0,
        silhouette,
        calinski_harabasz: None,
        davies_bouldin: None,
    }
}

fn reason(candidates: &[Candidate]) -> (usize, Reason) {
    decide(candidates).map(|(clusters, reason, _)| (clusters, reason)).unwrap()
}

#[test]
fn natural_clusters_are_highly_stable_and_apart() {
    let one = |jaccard: f64, width: f64| reason(&[candidate(3, jaccard, 0.0, Some(width))]).1;
    assert_eq!(one(0.85, 0.5), Reason::FarthestApart);
    assert_eq!([one(0.849_9, 0.5), one(0.85, 0.499_9)], [Reason::LeastUnstable; 2]);
}

#[test]
fn reproducible_clusters_are_valid_and_draws_agree_on_them() {
    let one = |jaccard: f64, agreement: f64| reason(&[candidate(3, jaccard, agreement, None)]).1;
    assert_eq!(one(0.75, 0.8), Reason::MostThatAreStable);
    assert_eq!([one(0.749_9, 0.8), one(0.75, 0.799_9)], [Reason::LeastUnstable; 2]);
}

#[test]
fn of_numbers_as_far_apart_the_most_clusters_are_chosen() {
    let two = |width: f64| reason(&[candidate(2, 0.9, 0.9, Some(0.75)), candidate(3, 0.9, 0.9, Some(width))]);
    assert_eq!(two(0.7), (3, Reason::FarthestApart));
    assert_eq!(two(0.699_9), (2, Reason::FarthestApart));
    // Where nothing is stable, of equals the one with fewer clusters.
    let equal = [candidate(2, 0.3, 0.0, None), candidate(3, 0.3, 0.0, None)];
    assert_eq!(reason(&equal), (2, Reason::LeastUnstable));
}

#[test]
fn clusters_are_worth_a_segment_from_one_percent_and_thirty_customers() {
    for customers in 60..3_000 {
        assert!(is_large_enough(30, customers, customers), "30 of {customers}");
        assert!(!is_large_enough(29, customers, customers), "29 of {customers}");
    }
    assert!(is_large_enough(30, 3_000, 3_000) && !is_large_enough(30, 3_001, 3_001));
    assert!((1..40).all(|hundreds| is_large_enough(hundreds, hundreds * 100, 20_000)));
    // Of a sample, as many customers as it stands for.
    assert!(is_large_enough(21, 2_000, 2_858) && !is_large_enough(21, 2_000, 2_857));
    assert_eq!((MEMBERS_MIN, SHARE_MIN), (30.0, 0.01));
}

#[test]
fn two_to_ten_clusters_are_tried() {
    let usual = ChoiceSettings::default();
    assert_eq!((usual.clusters, usual.draws), (2..=10, 100));
}

#[test]
fn marks_change_at_their_limits() {
    use Stability::*;
    let marks = [0.5, 0.500_1, 0.599_9, 0.6, 0.749_9, 0.75, 0.849_9, 0.85].map(Stability::of);
    assert_eq!(marks, [Dissolved, Unstable, Unstable, Doubtful, Doubtful, Valid, Valid, HighlyStable]);
    // A segment of twenty of which fifteen come back in each draw, at 0.75, is not recovered yet; one
    // of which sixteen do is.
    let original: Vec<Label> = (0..40).map(|row| row / 20).collect();
    let bootstrap = Bootstrap { draws: 4, seed: 3, threads: 1 };
    let relabel =
        |_: &Draw| (0..40).map(|row| if row < 15 || (20..36).contains(&row) { row / 20 } else { 9 });
    let found =
        clusterwise_jaccard(&original, 2, &bootstrap, Compared::Everyone, |draw| relabel(draw).collect());
    assert_eq!([found[0].mean, found[1].mean], [0.75, 0.8]);
    assert_eq!([found[0].recovered, found[1].recovered], [0, 4]);
}
