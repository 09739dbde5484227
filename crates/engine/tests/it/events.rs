//! Deals, leads and touches through a base and back.

use crate::base::Base;
use engine::facts::Events;
use engine::facts::bucket::ANONYMOUS;
use engine::facts::events::{EventRow, Shape, Value, columns_of};
use engine::features::{FEATURES, Question, need};
use engine::segmentations::find;
use engine::segmentations::rules::names;
use engine::segmentations::run::{self, Asked};
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use model::expression::parse::parse;
use proptest::prelude::*;
use std::collections::BTreeMap;

const DAY_MICROS: i64 = 86_400_000_000;
const CUSTOMERS: [&str; 4] = ["c1", "c2", "company", "ž"];
const IDS: [&str; 5] = ["1", "2", "3", "4", "5"];
const WORDS: [&str; 4] = ["call", "lost", "price", "почта"];

/// An event of a kind with a value in some of its columns.
fn event(kind: FactKind) -> impl Strategy<Value = EventRow<'static>> {
    let parts = (
        proptest::option::weighted(0.8, 0..CUSTOMERS.len()),
        proptest::option::weighted(0.7, 0..IDS.len()),
        proptest::option::weighted(0.9, (14_000..14_060_i32, 0..DAY_MICROS)),
        proptest::option::of(0..3_i64),
        proptest::collection::vec(proptest::option::of(0..4_i64), columns_of(kind).len()),
    );
    parts.prop_map(move |(customer, id, at, updated_at, values)| {
        let values = columns_of(kind).iter().zip(values).map(|(column, value)| match (column.shape, value) {
            (_, None) => Value::Nothing,
            // A base has one currency.
            (Shape::Text, Some(_)) if column.name == "currency" => Value::Text("EUR"),
            (Shape::Text, Some(value)) => Value::Text(WORDS[value as usize]),
            (_, Some(value)) => Value::Number(value),
        });
        EventRow {
            customer_id: customer.map(|at| CUSTOMERS[at]),
            id: id.map(|at| IDS[at]),
            at: at.map(|(day, micros)| (i64::from(day) * DAY_MICROS + micros, Day(day))),
            updated_at,
            values: values.collect(),
            more: updated_at.map_or(String::new(), |at| format!("{{\"note\":\"{at}\"}}")),
            ..EventRow::default()
        }
    })
}

fn any_kind() -> impl Strategy<Value = FactKind> {
    (0..FactKind::EVENTS.len()).prop_map(|at| FactKind::EVENTS[at])
}

fn imports() -> impl Strategy<Value = (FactKind, Vec<Vec<EventRow<'static>>>)> {
    let files = |kind| proptest::collection::vec(proptest::collection::vec(event(kind), 1..12), 1..4);
    any_kind().prop_flat_map(move |kind| (Just(kind), files(kind)))
}

/// What a row says, with whose it is.
type Said = (Option<String>, String);

fn said(row: &EventRow<'_>) -> Said {
    let values = (row.at, row.updated_at, &row.values, &row.more);
    (row.customer_id.map(str::to_owned), format!("{values:?}"))
}

/// Events with an id by it, of several the newest of the newest file; and rows without one, of which
/// a base has as many as the file that has the most.
fn expected(files: &[Vec<EventRow<'_>>]) -> Vec<Said> {
    let mut by_id: BTreeMap<&str, Said> = BTreeMap::new();
    let mut equal: BTreeMap<Said, usize> = BTreeMap::new();
    for file in files {
        let mut newest: BTreeMap<&str, &EventRow<'_>> = BTreeMap::new();
        let mut own: BTreeMap<Said, usize> = BTreeMap::new();
        for row in file {
            match row.id {
                None => {
                    // The version is no part of what a row says.
                    let unversioned = EventRow { updated_at: None, ..row.clone() };
                    *own.entry(said(&unversioned)).or_default() += 1;
                }
                Some(id) => {
                    let known = newest.entry(id).or_insert(row);
                    if row.updated_at >= known.updated_at {
                        *known = row;
                    }
                }
            }
        }
        for (id, row) in newest {
            let (says, unversioned) = (said(row), said(&EventRow { updated_at: None, ..row.clone() }));
            let same = by_id.get(id).is_some_and(|known| strip_version(known) == unversioned);
            if !same {
                by_id.insert(id, says);
            }
        }
        for (row, count) in own {
            let most = equal.entry(row).or_default();
            *most = count.max(*most);
        }
    }
    let mut all: Vec<Said> = by_id.into_values().map(|known| strip_version(&known)).collect();
    all.extend(equal.into_iter().flat_map(|(row, count)| std::iter::repeat_n(row, count)));
    all.sort();
    all
}

/// The same without the version: the second of the four values told.
fn strip_version((customer, text): &Said) -> Said {
    let mut text = text.clone();
    for version in ["Some(0)", "Some(1)", "Some(2)"] {
        text = text.replacen(&format!("), {version}, ["), "), None, [", 1);
        text = text.replacen(&format!("(None, {version}, ["), "(None, None, [", 1);
    }
    (customer.clone(), text)
}

fn found(base: &Base, kind: FactKind) -> Vec<Said> {
    let facts = base.facts();
    let mut all = Vec::new();
    for bucket in 0..=ANONYMOUS {
        let events = facts.events(kind, bucket).unwrap();
        let place = |row| (events.customer(row), events.at(row));
        assert!((1..events.len()).all(|row| place(row - 1) <= place(row)), "not in order");
        all.extend((0..events.len()).map(|row| strip_version(&said(&events.row(row)))));
    }
    all.sort();
    all
}

/// Whose events are, and on which day they happened, is the same whether what they say is read or not.
fn days_are_those_of_whole_events(base: &Base, kind: FactKind, as_of: AsOf) {
    let facts = base.facts();
    for bucket in 0..=ANONYMOUS {
        let whole = facts.events_as_of(kind, bucket, as_of).unwrap();
        let days = facts.event_days_as_of(kind, bucket, as_of).unwrap();
        assert!(whole.is_whole() && (days.is_empty() || !days.is_whole()));
        let read = |events: &Events| -> Vec<(Option<String>, Option<Day>)> {
            let rows = 0..events.len();
            rows.map(|row| (events.customer(row).map(str::to_owned), events.day(row))).collect()
        };
        assert_eq!(read(&days), read(&whole), "{} of bucket {bucket} as of {as_of}", kind.name());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn of_an_event_the_newest_version_counts((kind, files) in imports(), outlets in 1..4_usize) {
        let mut base = Base::new();
        for rows in &files {
            base.import_events(kind, rows, outlets);
        }
        prop_assert_eq!(found(&base, kind), expected(&files));

        let again = base.import_events(kind, &files[files.len() - 1], 1);
        prop_assert_eq!((again.imported, again.files.len()), (0, 0), "the same file changes nothing");

        let whole = found(&base, kind);
        for day in [14_000, 14_020, 14_060] {
            days_are_those_of_whole_events(&base, kind, AsOf(Day(day)));
        }
        base.undo(files.len() as i64);
        prop_assert_eq!(found(&base, kind), expected(&files[..files.len() - 1]));

        let mut compacted = Base::new();
        files.iter().for_each(|rows| drop(compacted.import_events(kind, rows, 1)));
        compacted.compact();
        prop_assert_eq!(found(&compacted, kind), whole);
        days_are_those_of_whole_events(&compacted, kind, AsOf(Day(14_030)));
    }
}

#[test]
fn a_deal_that_goes_to_another_customer_leaves_the_old_one() {
    let deal = |customer_id, amount| EventRow {
        customer_id: Some(customer_id),
        id: Some("7"),
        at: Some((DAY_MICROS, Day(1))),
        values: vec![Value::Number(amount)],
        ..EventRow::default()
    };
    let mut base = Base::new();
    base.import_events(FactKind::Deals, &[deal("c1", 5)], 1);
    let staged = base.import_events(FactKind::Deals, &[deal("c2", 5)], 1);
    assert_eq!((staged.moved, staged.files.len()), (1, 1));
    let all = found(&base, FactKind::Deals);
    assert_eq!(all.iter().map(|(customer, _)| customer.as_deref()).collect::<Vec<_>>(), [Some("c2")]);
}

/// A scan reads what events say only where something asked for is made of it.
#[test]
fn what_events_say_is_read_only_where_it_is_asked_for() {
    let reads = |ask: &dyn Fn(&mut Question)| {
        let mut question = Question::new(AsOf(Day(14_000)));
        ask(&mut question);
        need(&question).events
    };
    let contents = [
        "won_deals",
        "won_deals_365",
        "open_deals",
        "first_source",
        "first_channel",
        "effort_365",
        "readiness_step",
        "prospect_stage",
        "refusal_reason",
        "online_share",
    ];
    for feature in FEATURES {
        let reads = reads(&|question| question.need(feature.name));
        assert_eq!(reads, contents.contains(&feature.name), "{}", feature.name);
    }
    let condition = |text: &str| parse(text).unwrap().expression;
    assert!(reads(&|question| names::need(&condition("did touch where topic = \"price\""), question)));
    assert!(!reads(&|question| names::need(&condition("did order where amount > 5"), question)));
    let asked = [Asked::new(find("rfm").unwrap(), []).unwrap()];
    assert!(!need(&run::question(&asked, AsOf(Day(14_000))).unwrap()).events);
}

/// What was not read cannot be taken for nothing said.
#[test]
#[should_panic(expected = "what touches say was not read")]
fn what_was_not_read_cannot_be_asked_for() {
    let touch = EventRow {
        customer_id: Some("c1"),
        at: Some((DAY_MICROS, Day(1))),
        values: vec![Value::Nothing; columns_of(FactKind::Touches).len()],
        ..EventRow::default()
    };
    let mut base = Base::new();
    base.import_events(FactKind::Touches, &[touch], 1);
    let facts = base.facts();
    let days = |bucket| facts.event_days_as_of(FactKind::Touches, bucket, AsOf(Day(2))).unwrap();
    (0..ANONYMOUS)
        .map(days)
        .filter(|days| !days.is_empty())
        .for_each(|days| drop(days.texts("topic").clone()));
}
