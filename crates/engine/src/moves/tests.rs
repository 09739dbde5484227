//! Moves of a handful of customers, counted by hand.

use super::*;
use crate::checks::Before;
use crate::profile::Division;
use crate::segmentations::run::{self, Asked};
use crate::segmentations::tests::table::{Table, day};
use crate::segmentations::{find, tally};
use model::calendar::AsOf;
use std::collections::BTreeMap;

/// `customer`, `orders`, `orders_365`, `recency_days`, `revenue`; the base's cycle is 30 days.
type Row = (&'static str, i64, i64, Option<i64>, i64);

fn state(as_of: &str, rows: &[Row], buckets: usize) -> State {
    let asked = vec![Asked::new(find("stage").unwrap(), [("cycle", "30 days")]).unwrap()];
    let mut question = run::question(&asked, AsOf(day(as_of))).unwrap();
    tally::ask(&mut question);
    let text = |value: Option<i64>| value.map_or(String::new(), |value| value.to_string());
    // A customer stands in the same bucket whoever else is there, as a hash of the id has it.
    let bucket = |number: usize| {
        let own = rows.iter().filter(|row| row.0.len() % buckets == number);
        let cells = own.map(|&(id, orders, lately, recency, revenue)| {
            let cells = [Some(orders), Some(lately), recency, Some(revenue)].map(text);
            std::iter::once(id.to_owned()).chain(cells).collect()
        });
        let header = ["customer", "orders", "orders_365", "recency_days", "revenue"];
        let table = Table {
            header: header.map(str::to_owned).to_vec(),
            rows: cells.collect(),
            order_amounts: Vec::new(),
        };
        table.bucket(&question, 0, 1)
    };
    let features: Vec<_> = (0..buckets).map(bucket).collect();
    let outcome = run::run(&asked, &question, &features, 1);
    State::of(&Division::new("stage", &asked, &features, &outcome).unwrap(), day(as_of))
}

const BEFORE: &[Row] = &[
    ("a", 1, 1, Some(10), 5),
    ("bb", 1, 1, Some(40), 6),
    ("ccc", 2, 2, Some(3), 7),
    ("dddd", 5, 5, Some(2), 50),
    ("eeeee", 0, 0, None, 0),
    ("ffffff", 5, 4, Some(1), 70),
];
const AFTER: &[Row] = &[
    ("a", 4, 4, Some(1), 25),
    ("bb", 1, 1, Some(130), 6),
    ("ccc", 3, 3, Some(31), 9),
    ("dddd", 5, 5, Some(92), 50),
    ("eeeee", 1, 1, Some(5), 3),
    ("ffffff", 6, 5, Some(2), 90),
    ("ggggggg", 1, 1, Some(8), 4),
];

#[test]
fn moves_of_a_handful() {
    for buckets in [1, 3] {
        let (before, after) = (state("2026-08-01", BEFORE, buckets), state("2026-11-01", AFTER, buckets));
        let moves = Moves::between(&before, &after, 2).unwrap();
        let made: Vec<(&str, &str, u64, i128)> = moves
            .iter()
            .map(|one| (one.from, one.to, one.moved.customers, one.moved.revenue / 10_000))
            .collect();
        let expected = [
            ("regular", "regular", 1, 90),
            ("regular", "returning", 1, 50),
            ("returning", "returning", 1, 9),
            ("one_time", "regular", 1, 25),
            ("one_time", "one_time", 1, 6),
            ("no_contact", "one_time", 1, 3),
            (NOT_YET_KNOWN, "one_time", 1, 4),
        ];
        assert_eq!(made, expected);
        assert_eq!((moves.known_before(), moves.changed()), (6, 3));
        assert_eq!(moves.from_sizes()[..8], before.sizes());
        assert_eq!(moves.to_sizes(), after.sizes());

        let counted = wanted(find("stage").unwrap().about(), &moves);
        let figures: Vec<_> = counted.iter().map(|one| (one.about.name, one.could, one.did)).collect();
        let expected = [
            ("first_purchase", 1, 1),
            // Who became regular at once came back as well.
            ("second_purchase", 2, 1),
            ("became_regular", 1, 0),
            ("woke_up", 1, 0),
            ("fell_asleep", 4, 2),
            ("no_longer_regular", 2, 1),
        ];
        assert_eq!(figures, expected);
        assert_eq!(counted[1].share, model::criteria::share(1, 2));
    }
}

#[test]
fn what_cannot_be_is_said() {
    let (before, after) = (state("2026-08-01", BEFORE, 1), state("2026-11-01", &AFTER[1..], 1));
    let vanished = |customer: &str| MovesError::Vanished {
        customer: customer.to_owned(),
        from: day("2026-08-01"),
        to: day("2026-11-01"),
    };
    assert_eq!(Moves::between(&before, &after, 1), Err(vanished("a")));
    let without_last = state("2026-11-01", &AFTER[..5], 1);
    assert_eq!(Moves::between(&before, &without_last, 1), Err(vanished("ffffff")));
    let (from, to) = (day("2026-11-01"), day("2026-08-01"));
    assert_eq!(Moves::between(&after, &before, 1), Err(MovesError::Order { from, to }));
    assert!(table(&[before, after], Chosen::default(), &BTreeMap::new()).is_err());
}

#[test]
fn names_of_moves_are_names_of_segments() {
    for segmentation in crate::segmentations::SEGMENTATIONS {
        let about = segmentation.about();
        let known = |name: &&str| about.segments.iter().any(|segment| segment.name == *name);
        for one in about.moves {
            assert!(!one.from.is_empty() && one.from.iter().all(&known), "{}", one.name);
            match one.to {
                crate::segmentations::MovedTo::Segments(to) => {
                    assert!(to.iter().all(|name| known(name) && !one.from.contains(name)), "{}", one.name);
                }
                crate::segmentations::MovedTo::Flag(column, _) => {
                    assert_eq!(Some(column), state::flag_of(about.moves));
                    assert!(about.columns.iter().any(|(name, _)| *name == column));
                }
            }
        }
        assert!(!known(&NOT_YET_KNOWN));
    }
}

#[test]
fn sizes_are_held_against_the_last_review() {
    let sizes = |list: &[(&str, u64)]| list.iter().map(|&(name, size)| (name.to_owned(), size)).collect();
    let before = Before {
        as_of: day("2026-08-01"),
        sizes: sizes(&[("champions", 100), ("loyal", 50), ("gone", 10), ("no_orders", 40), ("empty", 0)]),
    };
    let now = |list: &[(&str, u64)]| -> Vec<(String, u64, bool)> {
        list.iter().map(|&(name, size)| (name.to_owned(), size, name == "no_orders")).collect()
    };
    let kinds = |now: &[(String, u64, bool)], shrinks| -> Vec<(&str, Option<String>, bool)> {
        let found = compare(&before, now, shrinks).found.into_iter();
        found.map(|one| (one.kind, one.segment, one.alert)).collect()
    };
    let named = |name: &str| Some(name.to_owned());
    let same = now(&[("champions", 80), ("loyal", 60), ("gone", 10), ("no_orders", 40), ("empty", 0)]);
    assert_eq!(kinds(&same, 0.2), []);
    // One customer more than a fifth.
    let less = now(&[("champions", 79), ("loyal", 60), ("gone", 10), ("no_orders", 1), ("fresh", 3)]);
    assert_eq!(
        kinds(&less, 0.2),
        [("drifted", None, true), ("shrunk", named("champions"), true), ("new", named("fresh"), false)]
    );
    assert_eq!(kinds(&less, 0.21)[1..], [("new", named("fresh"), false)]);
    let emptied = now(&[("champions", 100), ("loyal", 50), ("no_orders", 40)]);
    assert_eq!(kinds(&emptied, 0.2), [("emptied", named("gone"), true)]);
    let compared = compare(&before, &emptied, 0.2);
    assert_eq!(compared.changes.len(), 4);
    assert_eq!((compared.changes[1].share_before, compared.changes[1].share), (0.25, 50.0 / 190.0));
    assert!(compared.index.unwrap() > 0.0);
}
