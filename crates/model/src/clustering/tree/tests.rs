//! Trees: planted rules come back, thresholds are round, bad input is refused.

use super::*;
use crate::random::Random;

const LIMITS: Limits = Limits { depth_max: 4, leaf_min: 5 };

#[test]
fn planted_rules_come_back() {
    let mut random = Random::new(3);
    let orders: Vec<f64> = (0..4_000).map(|_| random.below(12) as f64).collect();
    let spent: Vec<f64> = (0..4_000).map(|_| random.unit() * 5_000.0).collect();
    let city: Vec<u32> = (0..4_000).map(|_| random.below(4) as u32).collect();
    let planted = |row: usize| match (orders[row] >= 5.0, spent[row] >= 1_500.0, city[row] == 2) {
        (true, true, _) => 0,
        (true, false, _) => 1,
        (false, _, true) => 2,
        (false, _, false) => 3,
    };
    let labels: Vec<Label> = (0..4_000).map(planted).collect();
    let features = [Feature::Number(&orders), Feature::Number(&spent), Feature::Category(&city)];
    let tree = describe(&features, &labels, &LIMITS).unwrap();
    assert_eq!(tree.accuracy, 1.0);
    let rules = tree.rules(4);
    let conditions: Vec<Vec<Condition>> = rules.iter().map(|of| of[0].conditions.clone()).collect();
    let (many, few) =
        (Condition::AtLeast { feature: 0, value: 5.0 }, Condition::Below { feature: 0, value: 5.0 });
    assert!(rules.iter().all(|of| of.len() == 1));
    assert_eq!(conditions[0], [many, Condition::AtLeast { feature: 1, value: 1_500.0 }]);
    assert_eq!(conditions[1], [many, Condition::Below { feature: 1, value: 1_500.0 }]);
    assert_eq!(conditions[2], [few, Condition::Is { feature: 2, code: 2 }]);
    assert_eq!(conditions[3], [few, Condition::IsNot { feature: 2, code: 2 }]);
    // Rules and tree say the same of everybody, and of everybody exactly one rule holds.
    for (row, &label) in labels.iter().enumerate() {
        assert_eq!(tree.label(&features, row), label);
        let holding = |rule: &&Rule| rule.conditions.iter().all(|condition| condition.holds(&features, row));
        let found: Vec<&Rule> = rules.iter().flatten().filter(holding).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].label, label);
    }
}

#[test]
fn a_range_needs_two_bounds_and_no_more() {
    let values: Vec<f64> = (0..100).map(f64::from).collect();
    let labels: Vec<Label> = (0..100).map(|row| u16::from((20..40).contains(&row) || row >= 80)).collect();
    let tree = describe(&[Feature::Number(&values)], &labels, &LIMITS).unwrap();
    assert_eq!(tree.accuracy, 1.0);
    let rules = tree.rules(2);
    assert_eq!(
        rules.iter().map(|of| of.iter().map(|rule| rule.customers).sum::<usize>()).sum::<usize>(),
        100
    );
    let between =
        [Condition::AtLeast { feature: 0, value: 20.0 }, Condition::Below { feature: 0, value: 40.0 }];
    let sorted = |rule: &Rule| {
        let mut conditions = rule.conditions.clone();
        conditions.sort_by_key(|condition| matches!(condition, Condition::Below { .. }));
        conditions
    };
    assert!(rules[1].iter().any(|rule| sorted(rule) == between), "{rules:?}");
}

/// The threshold that a split between `low` and `high` of two pure halves gets.
fn threshold_between(low: f64, high: f64) -> f64 {
    let values: Vec<f64> = (0..20).map(|row| if row < 10 { low } else { high }).collect();
    let labels: Vec<Label> = (0..20).map(|row| u16::from(row >= 10)).collect();
    let tree = describe(&[Feature::Number(&values)], &labels, &LIMITS).unwrap();
    match tree.root {
        Node::Split { condition: Condition::AtLeast { value, .. }, .. } => value,
        other => panic!("{other:?}"),
    }
}

#[test]
fn thresholds_are_round() {
    assert_eq!(threshold_between(3.0, 4.0), 4.0);
    assert_eq!(threshold_between(991.35, 1_012.2), 1_000.0);
    assert_eq!(threshold_between(0.123, 0.3777), 0.2);
    assert_eq!(threshold_between(-5.0, 7.0), 0.0);
    assert_eq!(threshold_between(-7.2, -6.9), -7.0);
    // Too near for any round number: the upper value itself.
    let near = 1.0 + f64::EPSILON;
    assert_eq!(threshold_between(1.0, near), near);
}

#[test]
fn limits_are_kept() {
    let values: Vec<f64> = (0..64).map(f64::from).collect();
    let labels: Vec<Label> = (0..64).map(|row| row % 64 / 4).collect();
    let deep = |node: &Node| -> (usize, usize) {
        fn walk(node: &Node) -> (usize, usize) {
            match node {
                Node::Leaf { customers, .. } => (0, *customers),
                Node::Split { yes, no, .. } => {
                    let (yes, no) = (walk(yes), walk(no));
                    (1 + yes.0.max(no.0), yes.1.min(no.1))
                }
            }
        }
        walk(node)
    };
    let tree = describe(&[Feature::Number(&values)], &labels, &Limits { depth_max: 2, leaf_min: 4 }).unwrap();
    assert_eq!(deep(&tree.root).0, 2);
    let tree = describe(&[Feature::Number(&values)], &labels, &Limits { depth_max: 9, leaf_min: 7 }).unwrap();
    assert!(deep(&tree.root).1 >= 7);
    assert_eq!(Limits::of(100_000), Limits { depth_max: 4, leaf_min: 500 });
    assert_eq!(Limits::of(10).leaf_min, LEAF_MEMBERS_MIN);
}

#[test]
fn nothing_to_split_is_one_rule_for_everybody() {
    let tree = describe(&[Feature::Number(&[1.0; 30])], &[0; 30], &LIMITS).unwrap();
    let everybody = Rule { label: 0, conditions: vec![], customers: 30, correct: 30 };
    assert_eq!(tree.rules(2), [vec![everybody], vec![]]);
    // Labels that no feature explains: the larger cluster, with its share as accuracy.
    let labels: Vec<Label> = (0..30).map(|row| u16::from(row < 12)).collect();
    let tree = describe(&[Feature::Category(&[7; 30])], &labels, &LIMITS).unwrap();
    assert_eq!(tree.accuracy, 0.6);
}

#[test]
fn bad_input_is_refused() {
    let refused =
        |features: &[Feature<'_>], labels: &[Label]| describe(features, labels, &LIMITS).unwrap_err();
    assert_eq!(refused(&[], &[]), ClusteringError::NoRows);
    assert_eq!(refused(&[Feature::Number(&[1.0])], &[0, 1]), ClusteringError::Labels { labels: 2, rows: 1 });
    let holed = refused(&[Feature::Number(&[1.0, f64::INFINITY])], &[0, 1]);
    assert_eq!(holed, ClusteringError::NotANumber { row: 1, column: 0, value: f64::INFINITY });
    assert_eq!(refused(&[], &[1_000]), ClusteringError::ClusterCount { asked: 1_001 });
}
