//! Figures worked out by hand.

use super::super::*;

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
}

/// Four points on a line in two pairs: 0, 2 and 6, 10.
fn pairs() -> (Matrix, [Label; 4]) {
    (Matrix::new(1, vec![0.0, 2.0, 6.0, 10.0]).unwrap(), [0, 0, 1, 1])
}

#[test]
fn silhouette_by_hand() {
    let (rows, labels) = pairs();
    // 0: inside 2, outside 8. 2: 2, 6. 6: 4, 5. 10: 4, 9.
    let expected = (0.75 + 4.0 / 6.0 + 0.2 + 5.0 / 9.0) / 4.0;
    let silhouette = |labels: &[Label]| silhouettes(&[labels], 2, |row| rows.distances(row))[0];
    let found = silhouette(&labels).unwrap();
    near(found, expected);
    // A row that is alone counts as 0: 10 alone, 6 with the others.
    let alone = silhouette(&[0, 0, 0, 1]).unwrap();
    // 0: inside 4, outside 10. 2: 3, 8. 6: 5, 4.
    near(alone, (0.6 + 5.0 / 8.0 - 0.2 + 0.0) / 4.0);
    assert_eq!(silhouette(&[0; 4]), None);
    assert_eq!(silhouettes(&[&[]], 1, |_| Vec::new()), [None]);
    // Several at once are what each is alone.
    let all = [&labels[..], &[0; 4], &[0, 0, 0, 1]];
    let together = silhouettes(&all, 2, |row| rows.distances(row));
    assert_eq!(together, all.map(silhouette));
}

#[test]
fn calinski_harabasz_and_davies_bouldin_by_hand() {
    let (rows, labels) = pairs();
    // Means 1, 8, all 4.5: between 2·3.5² + 2·3.5² = 49, within 2 + 8 = 10, over 2 degrees.
    near(calinski_harabasz(&rows, &labels).unwrap(), 49.0 / 5.0);
    // Mean distances 1 and 2, centres 7 apart.
    near(davies_bouldin(&rows, &labels).unwrap(), 3.0 / 7.0);
    // A label that nobody has is no cluster.
    near(davies_bouldin(&rows, &[0, 0, 3, 3]).unwrap(), 3.0 / 7.0);
    near(calinski_harabasz(&rows, &[0, 0, 3, 3]).unwrap(), 49.0 / 5.0);
    assert_eq!(calinski_harabasz(&rows, &[0; 4]), None);
    assert_eq!(davies_bouldin(&rows, &[0; 4]), None);
    assert_eq!(davies_bouldin(&rows, &[0, 1, 1, 0]).map(f64::is_finite), Some(true));
}

#[test]
fn agreement_by_hand() {
    near(jaccard(&[true, true, false, true], &[false, true, true, true]), 0.5);
    near(jaccard(&[false], &[false]), 1.0);
    // Pairs together: 1 + 1 of one, 3 of the other, 1 in both, 6 in all.
    let (one, other) = ([0, 0, 1, 1], [0, 0, 0, 1]);
    let (expected, most) = (2.0 * 3.0 / 6.0, (2.0 + 3.0) / 2.0);
    near(adjusted_rand(&one, &other), (1.0 - expected) / (most - expected));
    near(adjusted_rand(&one, &[5, 5, 2, 2]), 1.0);
    near(adjusted_rand(&[0, 0, 0], &[1, 1, 1]), 1.0);
    near(adjusted_rand(&[0, 1, 0, 1], &[0, 0, 1, 1]), -0.5);
    near(adjusted_rand(&[], &[]), 1.0);
    let table = Contingency::of([(0, 0), (0, 1), (1, 1), (1, 1)].into_iter());
    assert_eq!((table.both(0, 1), table.both(1, 0)), (1, 0));
    near(table.best_jaccard(0), 0.5);
    near(table.best_jaccard(1), 2.0 / 3.0);
    near(table.best_jaccard(7), 0.0);
}

#[test]
fn a_segment_comes_back_as_far_as_it_is_relabelled() {
    let original: Vec<Label> = (0..60).map(|row| row / 20).collect();
    let bootstrap = Bootstrap { draws: 10, seed: 3, threads: 2 };
    // The first segment always, the second always halved, the third every other time whole, else
    // spread over as many new ones as it has customers.
    let relabel = |draw: &Draw| {
        let label = |row: u16| match row {
            0..20 => 9,
            20..40 => 5 + row % 2,
            _ if draw.number.is_multiple_of(2) => 0,
            _ => 10 + row,
        };
        (0..60).map(label).collect::<Vec<Label>>()
    };
    let found = clusterwise_jaccard(&original, 3, &bootstrap, Compared::Everyone, relabel);
    let expected = |mean: f64, dissolved, recovered| {
        let at = move |c: &ClusterStability| (c.mean - mean).abs() < 1e-12;
        move |c: &ClusterStability| at(c) && (c.dissolved, c.recovered) == (dissolved, recovered)
    };
    assert!(expected(1.0, 0, 10)(&found[0]), "{found:?}");
    assert!(expected(0.5, 10, 0)(&found[1]), "{found:?}");
    assert!(expected(0.525, 5, 5)(&found[2]), "{found:?}");
    assert_eq!(found[0].stability(), Stability::HighlyStable);
    assert_eq!(found[1].stability(), Stability::Dissolved);
    assert_eq!(found[2].stability(), Stability::Unstable);
    // Fixed rules are stable by definition, whoever was drawn.
    let fixed = clusterwise_jaccard(&original, 3, &bootstrap, Compared::Drawn, |_| original.clone());
    assert!(fixed.iter().all(|segment| segment.mean == 1.0 && segment.recovered == 10));
    assert!(clusterwise_jaccard(&[], 3, &bootstrap, Compared::Drawn, |_| vec![]).is_empty());
}

#[test]
fn draws_are_with_repeats_and_each_its_own() {
    let bootstrap = Bootstrap { draws: 2, seed: 1, threads: 1 };
    let draw = bootstrap.draw(10_000, 0);
    assert_eq!(draw, bootstrap.draw(10_000, 0));
    assert_ne!(draw.places, bootstrap.draw(10_000, 1).places);
    let mut once = draw.places.clone();
    once.dedup();
    // One minus one over e of the customers are expected to be drawn: 6 321.
    assert!(draw.places.len() == 10_000 && once.len().abs_diff(6_321) < 200, "{}", once.len());
}

#[test]
fn marks_have_the_limits_of_the_literature() {
    let marks = [0.5, 0.59, 0.6, 0.74, 0.75, 0.85].map(Stability::of);
    use Stability::*;
    assert_eq!(marks, [Dissolved, Unstable, Doubtful, Doubtful, Valid, HighlyStable]);
}
