//! The search against one written straight from the definitions, row by row.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Rows of three attributes and who is positive.
type Rows = Vec<(Option<u8>, Option<i8>, Option<bool>, bool)>;

fn columns(rows: &Rows) -> Vec<Column> {
    let letter = |value: Option<u8>| value.map(|value| ["a", "b", "c", "d"][value as usize]);
    let letters: Vec<Option<&str>> = rows.iter().map(|row| letter(row.0)).collect();
    let vip = Column {
        name: "vip".to_owned(),
        values: Values::Flag(rows.iter().map(|row| row.2).collect()),
        ask_unknown: true,
    };
    vec![categories("letter", &letters), numbers("age", rows.iter().map(|row| row.1.map(f64::from))), vip]
}

/// The tests of each attribute as answers per row, from the definitions.
fn naive_conditions(rows: &Rows) -> Vec<(usize, Vec<bool>)> {
    let mut answers: Vec<(usize, Vec<bool>)> = Vec::new();
    // A value that nobody has is no value to be without.
    for letter in (0..4).filter(|letter| rows.iter().any(|row| row.0 == Some(*letter))) {
        answers.push((0, rows.iter().map(|row| row.0 == Some(letter)).collect()));
        answers.push((0, rows.iter().map(|row| row.0.is_some_and(|own| own != letter)).collect()));
    }
    let mut ages: Vec<i8> = rows.iter().filter_map(|row| row.1).collect();
    ages.sort_unstable();
    let pieces = if rows.len() < 40 { 3 } else { 5 };
    let at_least = |value: i8, part: usize| {
        ages.iter().filter(|&&age| age <= value).count() * pieces >= part * ages.len()
    };
    let mut bounds: Vec<Option<i8>> =
        (1..pieces).map(|part| ages.iter().copied().find(|&age| at_least(age, part))).collect();
    bounds.retain(|&edge| edge < ages.last().copied());
    bounds.dedup();
    bounds.push(ages.last().copied());
    for (at, &high) in bounds.iter().enumerate() {
        for low in std::iter::once(None).chain(bounds[..at].iter().copied()) {
            let inside = |age: i8| low.is_none_or(|low| age > low) && high.is_some_and(|high| age <= high);
            // The whole range is no condition.
            if !(low.is_none() && at + 1 == bounds.len()) {
                answers.push((1, rows.iter().map(|row| row.1.is_some_and(inside)).collect()));
            }
        }
    }
    for vip in [Some(true), Some(false), None] {
        answers.push((2, rows.iter().map(|row| row.2 == vip).collect()));
    }
    answers.retain(|(_, holds)| fits(holds));
    answers
}

fn fits(holds: &[bool]) -> bool {
    let covered = holds.iter().filter(|&&holds| holds).count();
    covered >= 3 && covered + 3 <= holds.len()
}

/// All covers of rules with the positives in them.
fn naive_rules(rows: &Rows, depth: usize) -> BTreeMap<Vec<bool>, u64> {
    let singles = naive_conditions(rows);
    let mut level: Vec<(Vec<usize>, Vec<bool>)> =
        singles.iter().map(|(column, holds)| (vec![*column], holds.clone())).collect();
    let mut all = level.clone();
    for _ in 1..depth {
        let mut next = Vec::new();
        for (columns, holds) in &level {
            for (column, other) in singles.iter().filter(|(column, _)| !columns.contains(column)) {
                let both: Vec<bool> = holds.iter().zip(other).map(|(a, b)| *a && *b).collect();
                if fits(&both) {
                    next.push(([&columns[..], &[*column]].concat(), both));
                }
            }
        }
        all.extend(next.iter().cloned());
        level = next;
    }
    let positives =
        |holds: &[bool]| holds.iter().zip(rows).filter(|(holds, row)| **holds && row.3).count() as u64;
    all.into_iter().map(|(_, holds)| (holds.clone(), positives(&holds))).collect()
}

fn check(rows: &Rows, depth: usize) {
    let naive = naive_rules(rows, depth);
    let conditions = conditions(&columns(rows));
    let target = Bits::of(rows.len(), |row| rows[row].3);
    let family = search(&conditions, &target, depth, 2);
    let found: BTreeMap<Vec<bool>, u64> = family
        .rules
        .iter()
        .map(|rule| {
            let holds = |row: usize| rule.places.iter().all(|at| conditions.list()[at].cover.has(row));
            ((0..rows.len()).map(holds).collect(), rule.positives)
        })
        .collect();
    assert_eq!(found, naive);
    assert_eq!(found.len(), family.rules.len(), "no two rules of one cover");
    let n = rows.len() as f64;
    let base = rows.iter().filter(|row| row.3).count() as f64 / n;
    let wracc = |rule: &Rule| {
        let (s, a) = (rule.covered as f64, rule.positives as f64);
        s / n * (a / s - base)
    };
    for pair in family.ranked().windows(2) {
        assert!(wracc(&family.rules[pair[0]]) >= wracc(&family.rules[pair[1]]) - 1e-12);
    }
}

fn row() -> impl Strategy<Value = (Option<u8>, Option<i8>, Option<bool>, bool)> {
    let known = |p| prop::bool::weighted(p);
    (known(0.9), 0u8..4, known(0.8), -5i8..6, known(0.7), any::<bool>(), any::<bool>()).prop_map(
        |(a, letter, b, age, c, vip, target)| {
            (a.then_some(letter), b.then_some(age), c.then_some(vip), target)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn few_rows(rows in prop::collection::vec(row(), 6..60)) {
        check(&rows, 2);
    }

    #[test]
    fn rows_for_triples(rows in prop::collection::vec(row(), 120..135)) {
        check(&rows, 3);
    }
}

/// All labellings of eight rows, instead of random ones: what random ones must come near to.
#[test]
fn adjusted_p_is_that_of_all_labellings() {
    let patterns: Vec<[bool; 3]> = [0b000u8, 0b011, 0b101, 0b110, 0b111, 0b001, 0b010, 0b011]
        .map(|p| [0, 1, 2].map(|bit| p >> bit & 1 == 1))
        .into();
    let columns: Vec<Column> =
        (0..3).map(|bit| flags(&format!("flag {bit}"), patterns.iter().map(|p| p[bit]))).collect();
    let conditions = conditions(&columns);
    let best = |label: u32| {
        let target = Bits::of(8, |row| label >> row & 1 == 1);
        let family = search(&conditions, &target, 2, 1);
        let p =
            |rule: &Rule| Margins { rows: 8, positives: 3, covered: rule.covered }.at_least(rule.positives);
        family.rules.iter().map(p).fold(1.0, f64::min)
    };
    let all: Vec<f64> = (0u32..256).filter(|label| label.count_ones() == 3).map(best).collect();
    assert_eq!(all.len(), 56);
    let family = search(&conditions, &Bits::of(8, |row| row < 3), 2, 1);
    let permutations = 20_000;
    let chance = Chance::of(&family, &conditions, &Asked { permutations, seed: 5, alpha: 0.05, threads: 2 });
    assert_eq!(chance.method(), Method::Permutations(permutations));
    for alpha in [0.2, 0.5, 0.9] {
        let critical = chance.critical(alpha);
        let next = all.iter().copied().filter(|&p| p >= critical).fold(1.0, f64::min);
        assert!(chance.adjusted(critical * 0.999_999) <= alpha && chance.adjusted(next) > alpha, "{alpha}");
    }
    for p in [0.02, 0.1, 0.2, 0.3, 0.5] {
        let exact = all.iter().filter(|&&smallest| smallest <= p * (1.0 + 1e-9)).count() as f64 / 56.0;
        // Five standard errors of so many permutations are 0.018.
        assert!((chance.adjusted(p) - exact).abs() < 0.018, "{p}: {} is not {exact}", chance.adjusted(p));
    }
}
