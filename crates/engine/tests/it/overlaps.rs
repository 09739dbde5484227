//! Imports that overlap: what is new, replaced, unchanged, moved to another customer, taken back; as a
//! naive count over all lines has it.

use crate::base::Base;
use crate::facts::{as_plain, computed};
use crate::naive;
use engine::facts::OrderLine;
use model::calendar::Day;
use model::money::Money;
use proptest::prelude::*;
use std::collections::BTreeMap;

const DAY_MICROS: i64 = 86_400_000_000;
const FIRST_DAY: i32 = 14_000;
const CUSTOMERS: [&str; 5] = ["a", "b", "c", "d", "a customer with a long id"];
const IDS: [&str; 4] = ["1", "2", "3", "~4"];

/// A line out of so few that orders meet again: under another customer, at another moment, with other
/// content, cancelled, without an id, without a customer.
fn line() -> impl Strategy<Value = OrderLine<'static>> {
    let parts = (
        proptest::option::weighted(0.8, 0..CUSTOMERS.len()),
        proptest::option::weighted(0.8, 0..IDS.len()),
        0..3_i32,
        1..3_i64,
        proptest::bool::weighted(0.1),
    );
    parts.prop_map(|(customer, id, day, amount, cancelled)| OrderLine {
        customer_id: customer.map(|at| CUSTOMERS[at]),
        order_id: id.map(|at| IDS[at]),
        ordered_at: i64::from(FIRST_DAY + day) * DAY_MICROS,
        day: Day(FIRST_DAY + day),
        amount: Money::units(amount),
        cancelled: cancelled && id.is_some(),
        ..OrderLine::default()
    })
}

type Line = OrderLine<'static>;
/// Customer and id of an order.
type Key = (Option<&'static str>, &'static str);

/// A base as one would keep it on paper.
#[derive(Default)]
struct Plain {
    orders: BTreeMap<Key, Vec<Line>>,
    /// Rows without an id.
    rows: Vec<Line>,
}

/// New, replaced, moved; unchanged rows.
#[derive(Debug, Default, PartialEq)]
struct Counts {
    new: u64,
    replaced: u64,
    moved: u64,
    unchanged: u64,
}

impl Plain {
    fn import(&mut self, lines: &[Line]) -> Counts {
        let mut counts = Counts::default();
        let mut arriving: BTreeMap<Key, Vec<Line>> = BTreeMap::new();
        for line in lines {
            if let Some(id) = line.order_id {
                arriving.entry((line.customer_id, id)).or_default().push(*line);
            }
        }
        // An order of the base that comes at its moment, but not of its customer.
        self.orders.retain(|(customer, id), known| {
            let comes =
                lines.iter().any(|line| line.order_id == Some(id) && line.ordered_at == known[0].ordered_at);
            let moved = comes && !arriving.contains_key(&(*customer, *id));
            counts.moved += u64::from(moved);
            !moved
        });
        for (key, lines) in arriving {
            let (order, rows) = (settled(&lines), lines.len() as u64);
            let cancelled = lines.iter().any(|line| line.cancelled);
            match self.orders.get(&key) {
                None if cancelled => {}
                None => counts.new += 1,
                Some(known) if !cancelled && *known == order => counts.unchanged += rows,
                Some(_) => counts.replaced += 1,
            }
            if cancelled {
                self.orders.remove(&key);
            } else {
                self.orders.insert(key, order);
            }
        }
        let known = self.rows.clone();
        for (place, line) in lines.iter().enumerate().filter(|(_, line)| line.order_id.is_none()) {
            let before = lines[..place].iter().filter(|one| *one == line).count();
            if before < known.iter().filter(|one| *one == line).count() {
                counts.unchanged += 1;
            } else {
                counts.new += 1;
                self.rows.push(*line);
            }
        }
        // What moved is not new of its new customer.
        counts.new -= counts.moved.min(counts.new);
        counts.replaced += counts.moved;
        counts
    }

    fn lines(&self) -> Vec<Line> {
        self.orders.values().flatten().chain(&self.rows).copied().collect()
    }
}

/// The lines of an order as a base keeps them: at its first moment, in an order of their own.
fn settled(lines: &[Line]) -> Vec<Line> {
    let first = lines.iter().map(|line| (line.ordered_at, line.day)).min().unwrap();
    let mut lines: Vec<Line> =
        lines.iter().map(|line| OrderLine { ordered_at: first.0, day: first.1, ..*line }).collect();
    lines.sort_by_key(|line| line.amount);
    lines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn imports_that_overlap_are_counted_as_on_paper(
        imports in proptest::collection::vec(proptest::collection::vec(line(), 1..14), 2..6),
        compacted_before in 0..8_usize,
    ) {
        let (mut base, mut plain) = (Base::new(), Plain::default());
        for (number, lines) in imports.iter().enumerate() {
            if number == compacted_before {
                base.compact();
            }
            let staged = base.import(lines.iter().copied());
            let (new, replaced, moved) = (staged.new, staged.replaced, staged.moved);
            let found = Counts { new, replaced, moved, unchanged: staged.unchanged };
            prop_assert_eq!(found, plain.import(lines), "import {}", number);
        }
        let end = Day(FIRST_DAY + 9);
        prop_assert_eq!(as_plain(&computed(&base, end, 2)), naive::features(&plain.lines(), end));
    }
}
