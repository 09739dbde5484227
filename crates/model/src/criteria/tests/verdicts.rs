//! Verdicts on rows whose answer is known, and what must not change them.

use super::*;

/// Rows of which `sector = retail` are mostly won, with attributes that say nothing beside it.
fn deals(rows: usize) -> (Vec<Column>, Vec<bool>) {
    let mut random = Random::new(11);
    let sectors: Vec<&str> = (0..rows).map(|_| ["retail", "bank", "farm"][random.below(3)]).collect();
    let won =
        sectors.iter().map(|&sector| random.unit() < if sector == "retail" { 0.9 } else { 0.1 }).collect();
    let sectors: Vec<Option<&str>> =
        sectors.into_iter().map(|sector| (random.unit() < 0.95).then_some(sector)).collect();
    let staff = numbers("staff", (0..rows).map(|_| Some((random.unit() * 1000.0).floor())));
    let online = flags("online", (0..rows).map(|_| random.unit() < 0.5));
    (vec![categories("sector", &sectors), staff, online], won)
}

fn judged(columns: &[Column], target: &[bool], threads: usize) -> Findings {
    // Triples are asked for, so that they come where rows are enough for them.
    let settings = Settings { depth: DEPTH_MAX, ..Settings::default() };
    find(&conditions(columns), target, &settings, threads).expect("rows can be searched")
}

#[test]
fn the_truth_is_the_first_criterion() {
    let (columns, won) = deals(200);
    let findings = judged(&columns, &won, 2);
    let Outcome::Criteria(criteria) = &findings.outcome else { panic!("{:?}", findings.outcome) };
    let best = &criteria[0];
    let retail = Condition { attribute: "sector".to_owned(), test: Test::Is("retail".to_owned()) };
    assert_eq!(best.conditions, [retail]);
    assert!(best.significant && best.p < 1e-9 && (best.adjusted_p - 1.0 / 1001.0).abs() < 1e-12);
    assert!(best.odds_ratio.low > 5.0 && best.precision.low > 0.7 && best.lift > 1.5);
    let base = best.all_positives as f64 / best.rows as f64;
    let wracc = best.covered as f64 / 200.0 * (best.precision.value - base);
    assert!((best.wracc - wracc).abs() < 1e-12);
    assert_eq!((findings.depth, findings.method), (3, Method::Permutations(1000)));
    assert_eq!(findings.significant().len(), criteria.len());
    for pair in criteria.windows(2) {
        assert!(pair[0].wracc >= pair[1].wracc);
    }
}

#[test]
fn order_of_rows_and_threads_change_nothing() {
    for rows in [30, 150] {
        let (columns, won) = deals(rows);
        let expected = judged(&columns, &won, 1);
        assert_eq!(judged(&columns, &won, 3), expected);
        let mut order: Vec<usize> = (0..rows).collect();
        Random::new(4).shuffle(&mut order);
        let moved = |column: &Column| {
            let values = match &column.values {
                Values::Category { codes, names } => {
                    // Codes come in another order too, as they do when rows are read in another order.
                    let last = names.len() as u32 - 1;
                    let codes = order.iter().map(|&row| codes[row].map(|code| last - code)).collect();
                    Values::Category { codes, names: names.iter().rev().cloned().collect() }
                }
                Values::Number(numbers) => Values::Number(order.iter().map(|&row| numbers[row]).collect()),
                Values::Flag(flags) => Values::Flag(order.iter().map(|&row| flags[row]).collect()),
            };
            Column { values, ..column.clone() }
        };
        let columns: Vec<Column> = columns.iter().map(moved).collect();
        let won: Vec<bool> = order.iter().map(|&row| won[row]).collect();
        assert_eq!(judged(&columns, &won, 2), expected);
    }
}

/// Of 200 rows 60 are won; `web` covers 29 of 80, as does `vip`, which proves nothing; both together
/// cover 6 of 6, which is proven although its relative accuracy is less than theirs.
#[test]
fn a_proven_pair_is_not_hidden_by_parents_that_are_not() {
    let columns = [
        flags("web", (0..200).map(|row| row < 80)),
        flags("vip", (0..200).map(|row| row < 6 || (80..154).contains(&row))),
    ];
    let won = |row: usize| row < 29 || (80..103).contains(&row) || (154..162).contains(&row);
    let won: Vec<bool> = (0..200).map(won).collect();
    let Outcome::Criteria(criteria) = judged(&columns, &won, 1).outcome else { panic!("the pair is proven") };
    let [pair] = &criteria[..] else { panic!("{criteria:?}") };
    assert_eq!((pair.conditions.len(), pair.covered, pair.positives), (2, 6, 6));
    let look = search(&conditions(&columns), &Bits::of(200, |row| won[row]), 1, 1);
    assert!(look.rules.iter().any(|rule| look.gain(rule.covered, rule.positives) > look.gain(6, 6)));
}

#[test]
fn noise_has_its_own_answer() {
    let mut random = Random::new(8);
    let columns: Vec<Column> = (0..6)
        .map(|at| flags(&format!("flag {at}"), (0..100).map(|_| random.unit() < 0.5).collect::<Vec<_>>()))
        .collect();
    let target: Vec<bool> = (0..100).map(|_| random.unit() < 0.4).collect();
    let findings = judged(&columns, &target, 2);
    let Outcome::NothingBeatsChance(nearest) = &findings.outcome else { panic!("{:?}", findings.outcome) };
    assert!(!nearest.is_empty() && nearest.len() <= HYPOTHESES_MAX);
    assert!(nearest.iter().all(|near| near.criterion.adjusted_p > 0.05 && near.more_rows != Some(0)));
    assert!(findings.significant().is_empty());
}

#[test]
fn few_rows_give_at_most_three_hypotheses() {
    let (columns, won) = deals(36);
    let findings = judged(&columns, &won, 1);
    let Outcome::Hypotheses(hypotheses) = &findings.outcome else { panic!("{:?}", findings.outcome) };
    assert!(hypotheses.len() <= HYPOTHESES_MAX && findings.depth == 2);
    for Hypothesis { criterion, more_rows } in hypotheses {
        assert_eq!(criterion.significant, *more_rows == Some(0));
    }
}

#[test]
fn more_rows_settle_what_is_strong_and_not_what_is_weak() {
    let strong = Margins { rows: 30, positives: 10, covered: 8 };
    let more = more_rows(strong, 6, 1e-4).expect("twice as many deals would do");
    assert!((5..=60).contains(&more), "{more}");
    // By its own definition: there and not one row before (all sizes are tried up to 50 rows).
    let powered = |more: u64| {
        let scale = |part: u64| ((part * (30 + more)) as f64 / 30.0 + 0.5).floor() as u64;
        let margins = Margins { rows: 30 + more, positives: scale(10), covered: scale(8) };
        let odds = odds_ratio([6, 2, 4, 18]).value;
        margins.power(margins.critical(1e-4), odds) >= POWER
    };
    assert!(powered(more) && (1..more).all(|fewer| !powered(fewer)));
    assert_eq!(more_rows(Margins { rows: 30, positives: 10, covered: 9 }, 4, 1e-4), None);
    // A stricter limit asks for more rows.
    assert!(more_rows(strong, 6, 1e-6).expect("still in reach") > more);
}

#[test]
fn a_missing_value_satisfies_nothing_but_unknown() {
    let known: Vec<Option<bool>> = (0..20).map(|row| (row >= 8).then_some(row % 2 == 0)).collect();
    let column =
        |ask_unknown| Column { name: "vip".to_owned(), values: Values::Flag(known.clone()), ask_unknown };
    let tests = |column: Column| -> Vec<(Test, u64)> {
        conditions(&[column]).list().iter().map(|c| (c.condition.test.clone(), c.covered)).collect()
    };
    assert_eq!(tests(column(false)), [(Test::Yes, 6), (Test::No, 6)]);
    assert_eq!(tests(column(true)), [(Test::Yes, 6), (Test::No, 6), (Test::Unknown, 8)]);
    let letters: Vec<Option<&str>> = (0..12).map(|row| [Some("a"), Some("b"), None][row % 3]).collect();
    let column = categories("letter", &letters);
    let not = Condition { attribute: "letter".to_owned(), test: Test::IsNot("a".to_owned()) };
    assert_eq!(not.cover(&column).count(), 4);
    let odd = numbers("age", [Some(f64::NAN), Some(1.0), None, Some(-1.0)]);
    let at_most = Condition { attribute: "age".to_owned(), test: Test::AtMost(1.0) };
    assert_eq!((at_most.cover(&odd).count(), not.cover(&odd).count()), (2, 0));
}

#[test]
fn same_rows_are_one_rule_with_synonyms() {
    let half: Vec<bool> = (0..40).map(|row| row < 15).collect();
    let columns = [flags("web", half.clone()), flags("young", half.clone())];
    let findings = judged(&columns, &half, 1);
    let Outcome::Criteria(criteria) = &findings.outcome else { panic!("{:?}", findings.outcome) };
    assert_eq!((findings.rules, criteria.len()), (2, 1));
    assert_eq!(criteria[0].conditions[0].attribute, "web");
    let said: Vec<usize> = criteria[0].synonyms.iter().map(Vec::len).collect();
    assert_eq!(said, [1, 2], "the other attribute, then both together");
}

#[test]
fn too_many_rules_are_judged_by_the_bound() {
    let (columns, won) = deals(200);
    let settings = Settings { permutations: 0, ..Settings::default() };
    let findings = find(&conditions(&columns), &won, &settings, 1).expect("rows can be searched");
    let Method::Bound(factor) = findings.method else { panic!("{:?}", findings.method) };
    assert!(factor > 1 && factor <= findings.rules);
    let best = findings.significant()[0];
    assert!((best.adjusted_p - best.p * factor as f64).abs() <= 1e-12 * best.adjusted_p);
}

#[test]
fn rows_that_cannot_be_searched_say_why() {
    let columns = [flags("web", (0..8).map(|row| row < 4))];
    let find = |target: &[bool]| find(&conditions(&columns), target, &Settings::default(), 1).unwrap_err();
    assert_eq!(find(&[true; 8]), CriteriaError::OneClass);
    assert!(matches!(find(&[true; 7]), CriteriaError::Length { rows: 7, expected: 8, .. }));
    let few = super::conditions(&[flags("web", [true, false])]);
    let error = super::find(&few, &[true, false], &Settings::default(), 1).unwrap_err();
    assert_eq!(error, CriteriaError::TooFewRows { rows: 2, needed: 6 });
    let mut uneven = Conditions::new(3, false);
    assert!(uneven.add(&columns[0]).unwrap_err().to_string().contains("`web`"));
}

#[test]
fn scores_add_what_holds_and_count_an_attribute_once() {
    let (columns, won) = deals(200);
    let findings = judged(&columns, &won, 1);
    let significant = findings.significant();
    let scorer = Scorer::of(&significant).expect("there are criteria");
    let holding = scorer.holding(&columns);
    let scores: Vec<Score> = holding.iter().map(|&held| scorer.score(held)).collect();
    let mean = |wanted: bool| {
        let of: Vec<f64> =
            scores.iter().zip(&won).filter(|(_, won)| **won == wanted).map(|(s, _)| s.points).collect();
        of.iter().sum::<f64>() / of.len() as f64
    };
    assert!(mean(true) > mean(false) + 1.0);
    let nothing = scorer.score(0);
    assert!((nothing.chance - scorer.base).abs() < 1e-12 && nothing.points == 0.0 && nothing.counted == 0);
    // All criteria speak of the sector, so only the one worth most counts.
    let all = scorer.score(u64::MAX >> (64 - scorer.weights.len()));
    assert_eq!((all.counted & 1, all.points >= scorer.weights[0].points), (1, true));
    let sector =
        scorer.weights.iter().filter(|w| w.conditions.iter().any(|c| c.attribute == "sector")).count();
    assert!(sector == 1 || all.counted.count_ones() < scorer.weights.len() as u32);
    assert!(
        scorer.holding(&columns[1..]).iter().all(|held| held & 1 == 0),
        "an unknown attribute holds for none"
    );
    assert_eq!(Scorer::of(&[]), None);
}
