//! A few customers with what they did, as plain rows, and the base of them.

use crate::base::Base;
use engine::facts::events::{EventRow, Value, columns_of};
use engine::facts::{FactSet, OrderLine};
use engine::features::{Features, Question, compute};
use engine::progress::Unwatched;
use engine::segmentations::rules::names;
use engine::segmentations::rules::row::Bucket;
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use model::expression::parse::parse;
use model::expression::plan::Plan;
use model::expression::tree::Expression;
use model::money::Money;
use std::collections::BTreeSet;

pub(crate) const DAY_MICROS: i64 = 86_400_000_000;

/// An order with its lines.
#[derive(Clone, Debug)]
pub(crate) struct Bought {
    pub customer: &'static str,
    /// Unique, and in the order of ids.
    pub id: String,
    pub day: i32,
    /// Quarters of a day.
    pub time: i64,
    pub lines: Vec<BoughtLine>,
}

#[derive(Clone, Debug)]
pub(crate) struct BoughtLine {
    pub category: Option<&'static str>,
    pub channel: Option<&'static str>,
    /// Whole units.
    pub quantity: Option<i64>,
    /// Whole money, not 0.
    pub amount: i64,
}

/// A touch or a deal.
#[derive(Clone, Debug)]
pub(crate) struct Happened {
    pub customer: &'static str,
    pub id: String,
    pub day: i32,
    pub time: i64,
    pub kind: FactKind,
    /// Texts by column.
    pub texts: Vec<(&'static str, &'static str)>,
    /// Whole numbers, or days, by column.
    pub numbers: Vec<(&'static str, i64)>,
    pub more: Option<&'static str>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Shop {
    pub orders: Vec<Bought>,
    pub events: Vec<Happened>,
    /// Customer, attribute, value.
    pub attributes: Vec<(&'static str, &'static str, String)>,
}

pub(crate) fn moment(day: i32, time: i64) -> i64 {
    i64::from(day) * DAY_MICROS + time * DAY_MICROS / 4
}

impl Shop {
    /// The base, its orders and events spread over so many imports, `turn` of them first.
    pub(crate) fn base(&self, imports: usize, turn: usize) -> Base {
        let mut base = Base::new();
        for place in 0..imports {
            let own = |number: usize| number % imports == (place + turn) % imports;
            let orders = self.orders.iter().enumerate().filter(|(number, _)| own(*number));
            let lines: Vec<OrderLine<'_>> = orders.flat_map(|(_, order)| order.rows()).collect();
            if !lines.is_empty() {
                base.import(lines);
            }
            for kind in FactKind::EVENTS {
                let events = self.events.iter().enumerate();
                let own = events.filter(|(number, event)| own(*number) && event.kind == kind);
                let rows: Vec<EventRow<'_>> = own.map(|(_, event)| event.row()).collect();
                if !rows.is_empty() {
                    base.import_events(kind, &rows, 1);
                }
            }
        }
        base
    }

    /// The facts of a base of this shop, with what the state knows.
    pub(crate) fn facts(&self, base: &Base) -> FactSet {
        let mut facts = base.facts();
        facts.hand(
            self.attributes
                .iter()
                .map(|(customer, name, value)| ((*customer).to_owned(), (*name).to_owned(), value.clone())),
        );
        facts
    }
}

impl Bought {
    fn rows(&self) -> Vec<OrderLine<'_>> {
        let line = |line: &BoughtLine| OrderLine {
            customer_id: Some(self.customer),
            order_id: Some(&self.id),
            ordered_at: moment(self.day, self.time),
            day: Day(self.day),
            category: line.category,
            channel: line.channel,
            quantity: line.quantity.map(|units| units * 10_000),
            amount: Money::units(line.amount),
            ..OrderLine::default()
        };
        self.lines.iter().map(line).collect()
    }
}

impl Happened {
    /// What it says in a column.
    pub(crate) fn text(&self, name: &str) -> Option<&'static str> {
        self.texts.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.numbers.iter().find(|(known, _)| *known == name).map(|(_, number)| *number)
    }

    fn row(&self) -> EventRow<'_> {
        let value = |name: &str| {
            let text = self.texts.iter().find(|(known, _)| *known == name);
            let number = self.numbers.iter().find(|(known, _)| *known == name);
            match (text, number) {
                (Some((_, text)), _) => Value::Text(text),
                (_, Some(&("closed_at", day))) => Value::Number(day),
                (_, Some((_, number))) => Value::Number(number * 10_000),
                _ => Value::Nothing,
            }
        };
        EventRow {
            customer_id: Some(self.customer),
            id: Some(&self.id),
            at: Some((moment(self.day, self.time), Day(self.day))),
            updated_at: None,
            values: columns_of(self.kind).iter().map(|column| value(column.name)).collect(),
            more: self.more.map_or(String::new(), |text| format!("{{\"note\":\"{text}\"}}")),
            ..EventRow::default()
        }
    }
}

/// The customers for whom a condition holds, by the engine.
pub(crate) fn found(facts: &FactSet, text: &str, as_of: i32, threads: usize) -> BTreeSet<String> {
    found_each(facts, &[text.to_owned()], as_of, threads).remove(0)
}

/// The customers for whom each of some conditions holds, asked in one scan.
pub(crate) fn found_each(
    facts: &FactSet,
    texts: &[String],
    as_of: i32,
    threads: usize,
) -> Vec<BTreeSet<String>> {
    let parsed = |text: &String| parse(text).unwrap_or_else(|error| panic!("{}", error.point(text)));
    let expressions: Vec<Expression> = texts.iter().map(|text| parsed(text).expression).collect();
    let mut question = Question::new(AsOf(Day(as_of)));
    expressions.iter().for_each(|one| names::need(one, &mut question));
    let buckets: Vec<Features> = compute(facts, &question, threads, &Unwatched).unwrap();
    let plan = Plan::new(&expressions, question.as_of).unwrap();
    let mut found = vec![BTreeSet::new(); texts.len()];
    for features in &buckets {
        let bucket = Bucket::new(&plan, &expressions, &question, features, &[]);
        for (place, found) in found.iter_mut().enumerate() {
            let rows = (0..features.len()).filter(|&row| bucket.holds(&plan, place, row));
            found.extend(rows.map(|row| features.customer_ids().value(row).to_owned()));
        }
    }
    found
}
