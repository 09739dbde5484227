//! Moves over random bases against a slow join of two lists of labels.

use crate::base::Base;
use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal64Type, Int32Type};
use engine::facts::{CustomerRow, OrderLine};
use engine::features::compute;
use engine::moves::{Chosen, Moves, NOT_YET_KNOWN, State, happened, table, wanted};
use engine::profile::Division;
use engine::progress::Unwatched;
use engine::segmentations::run::{self, Asked};
use engine::segmentations::{Labels, find, tally};
use model::calendar::{AsOf, Day};
use model::money::Money;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const CUSTOMERS: [&str; 9] = ["a", "b", "c1", "c10", "c2", "d", "e", "long id of a customer", "ж"];
const FIRST: i32 = 18_000;
const DAYS: i32 = 400;

/// Customer, day, money.
type Bought = (usize, i32, i64);

fn bought() -> impl Strategy<Value = Vec<Bought>> {
    let one = (0..CUSTOMERS.len(), 0..DAYS, prop_oneof![6 => 1..90_i64, 1 => -40..0_i64]);
    prop::collection::vec(one, 1..60)
}

fn line(&(customer, day, money): &Bought) -> OrderLine<'static> {
    OrderLine {
        customer_id: Some(CUSTOMERS[customer]),
        ordered_at: i64::from(FIRST + day) * 86_400_000_000,
        day: Day(FIRST + day),
        amount: Money(money * 10_000),
        ..OrderLine::default()
    }
}

/// A base of what was bought up to a day, and of people of whom a file says since when they are known.
fn base(all: &[Bought], until: i32, people: &BTreeSet<usize>) -> Base {
    let mut base = Base::new();
    let kept: Vec<OrderLine<'_>> = all.iter().filter(|one| one.1 <= until).map(line).collect();
    base.import(kept);
    let rows: Vec<CustomerRow<'_>> = people
        .iter()
        .filter(|&&place| place as i32 * 50 <= until)
        .map(|&place| CustomerRow {
            customer_id: CUSTOMERS[place],
            created: Some(Day(FIRST + place as i32 * 50)),
            attributes: Vec::new(),
        })
        .collect();
    base.import_customers(&rows);
    base
}

/// The state of a base, and the same as a plain list: segment and money by customer.
fn state(base: &Base, name: &str, day: i32, threads: usize) -> (State, BTreeMap<String, (String, i64)>) {
    let as_of = AsOf(Day(FIRST + day));
    let asked = vec![Asked::new(find(name).unwrap(), []).unwrap()];
    let mut question = run::question(&asked, as_of).unwrap();
    tally::ask(&mut question);
    let features = compute(&base.facts(), &question, threads, &Unwatched).unwrap();
    let outcome = run::run(&asked, &question, &features, threads);
    let column = find(name).unwrap().about().named_by;
    let mut list = BTreeMap::new();
    for (bucket, labels) in features.iter().zip(&outcome.labels) {
        let labels = &labels.iter().find(|labels| labels.name == column).unwrap().labels;
        assert!(matches!(labels, Labels::Names { .. }));
        for row in 0..bucket.len() {
            let id = bucket.customer_ids().value(row).to_owned();
            let money = bucket.exact("revenue").get(row).unwrap_or(0);
            list.insert(id, (labels.name(row).unwrap().to_owned(), money));
        }
    }
    (State::of(&Division::new(name, &asked, &features, &outcome).unwrap(), as_of.0), list)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn moves_are_those_of_a_slow_join(
        all in bought(),
        people in prop::collection::btree_set(0..CUSTOMERS.len(), 0..5),
        from in 0..DAYS,
        days in 1..DAYS,
        name in prop::sample::select(vec!["rfm", "stage", "volume"]),
        turned in any::<prop::sample::Index>(),
    ) {
        let whole = base(&all, i32::MAX, &people);
        let ((earlier, old), (later, new)) =
            (state(&whole, name, from, 1), state(&whole, name, from + days, 2));
        let moves = Moves::between(&earlier, &later, 1).unwrap();

        let mut expected: BTreeMap<(String, String), (u64, i128)> = BTreeMap::new();
        for (customer, (to, money)) in &new {
            let from = old.get(customer).map_or(NOT_YET_KNOWN, |(from, _)| from.as_str());
            let sum = expected.entry((from.to_owned(), to.clone())).or_default();
            *sum = (sum.0 + 1, sum.1 + i128::from(*money));
        }
        let made = |moves: &Moves| -> BTreeMap<(String, String), (u64, i128)> {
            let each = moves.iter().map(|one| {
                ((one.from.to_owned(), one.to.to_owned()), (one.moved.customers, one.moved.revenue))
            });
            each.collect()
        };
        prop_assert_eq!(&made(&moves), &expected);
        prop_assert!(old.keys().all(|customer| new.contains_key(customer)));

        // Rows and columns add up to the sizes at both moments.
        let sizes = moves.from_sizes();
        prop_assert_eq!(&sizes[..sizes.len() - 1], &earlier.sizes()[..]);
        prop_assert_eq!(sizes[sizes.len() - 1], (new.len() - old.len()) as u64);
        prop_assert_eq!(moves.to_sizes(), later.sizes());
        prop_assert_eq!(moves.known_before(), old.len() as u64);

        // The same on any threads, from facts in any order, and whatever came after.
        prop_assert_eq!(&Moves::between(&earlier, &later, 5).unwrap(), &moves);
        let mut other = all.clone();
        other.rotate_left(turned.index(all.len()));
        other.reverse();
        for (facts, until) in [(&other, i32::MAX), (&all, from + days)] {
            let base = base(facts, until, &people);
            let again = Moves::between(&state(&base, name, from, 3).0, &state(&base, name, from + days, 1).0, 2);
            prop_assert_eq!(&again.unwrap(), &moves);
        }

        for counted in wanted(find(name).unwrap().about(), &moves) {
            prop_assert!(counted.did <= counted.could && counted.could <= moves.known_before());
        }
        listed(&[earlier, later], &old, &new);
    }

    #[test]
    fn what_happened_between_is_what_was_bought_between(
        all in bought(),
        from in 0..DAYS,
        days in 1..DAYS,
        customer in 0..CUSTOMERS.len(),
    ) {
        let base = base(&all, i32::MAX, &BTreeSet::new());
        let (after, until) = (Day(FIRST + from), Day(FIRST + from + days));
        let found = happened(&base.facts(), CUSTOMERS[customer], after, until).unwrap();
        let mut expected: Vec<(Day, &str, i64)> = all
            .iter()
            .filter(|one| one.0 == customer && one.1 > from && one.1 <= from + days)
            .map(|one| (Day(FIRST + one.1), if one.2 < 0 { "return" } else { "order" }, one.2 * 10_000))
            .collect();
        expected.sort();
        let mut found: Vec<(Day, &str, i64)> =
            found.iter().map(|one| (one.day, one.what, one.amount.unwrap().0)).collect();
        prop_assert!(found.is_sorted_by_key(|one| one.0));
        found.sort();
        prop_assert_eq!(found, expected);
    }
}

/// The table of customers says of each what the lists say.
fn listed(states: &[State; 2], old: &BTreeMap<String, (String, i64)>, new: &BTreeMap<String, (String, i64)>) {
    let rows = |chosen: Chosen<'_>| {
        let batch = table(states, chosen, &BTreeMap::new()).unwrap();
        let text = |column: usize, row: usize| {
            let labels = batch.column(column).as_dictionary::<Int32Type>();
            labels.values().as_string::<i32>().value(labels.key(row).unwrap()).to_owned()
        };
        let ids = batch.column(0).as_string::<i32>();
        let money = batch.column(3).as_primitive::<Decimal64Type>();
        let row = |row: usize| (ids.value(row).to_owned(), text(1, row), text(2, row), money.value(row));
        (0..ids.len()).map(row).collect::<Vec<_>>()
    };
    let expected = |from: Option<&str>, to: Option<&str>| {
        let row = |(customer, (segment, money)): (&String, &(String, i64))| {
            let before = old.get(customer).map_or(NOT_YET_KNOWN, |(before, _)| before.as_str());
            (customer.clone(), before.to_owned(), segment.clone(), *money)
        };
        let all = new.iter().map(row);
        all.filter(|row| from.is_none_or(|from| row.1 == from) && to.is_none_or(|to| row.2 == to))
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(Chosen::default()), expected(None, None));
    for (from, to) in
        [(Some(NOT_YET_KNOWN), None), (None, Some("one_time")), (Some("one_time"), Some("returning"))]
    {
        assert_eq!(rows(Chosen { from, to }), expected(from, to));
    }
}
