//! Made-up customers, and how they are shown to a plan.

use super::trees::{FIELDS, NAMES, TEXTS};
use crate::calendar::{AsOf, Day};
use crate::expression::decimal::Decimal;
use crate::expression::plan::{Fact, Plan, Source, State};
use crate::expression::value::{Owned, Type, Value};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeMap;

/// Everything that is known of a customer.
#[derive(Clone, Debug, Default)]
pub struct Customer {
    pub values: BTreeMap<String, Owned>,
    /// The weight of each tag.
    pub tags: BTreeMap<String, Option<f64>>,
    pub consents: Vec<String>,
    /// In the order in which they happened.
    pub facts: Vec<Done>,
}

/// A fact of a customer.
#[derive(Clone, Debug)]
pub struct Done {
    pub kind: String,
    /// In quarters of a day.
    pub moment: i64,
    pub fields: BTreeMap<String, Owned>,
}

impl Done {
    pub fn day(&self) -> Day {
        Day(self.moment.div_euclid(4) as i32)
    }
}

impl Customer {
    pub fn set(mut self, name: &str, value: Owned) -> Customer {
        self.values.insert(name.to_owned(), value);
        self
    }

    /// Adds a fact on a day; facts are added in order.
    pub fn done(mut self, kind: &str, day: &str, fields: &[(&str, Owned)]) -> Customer {
        let day = Day::from_date(day.parse().unwrap());
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.facts.push(Done { kind: kind.to_owned(), moment: i64::from(day.0) * 4, fields });
        self
    }
}

pub fn values(kind: Type, as_of: AsOf) -> BoxedStrategy<Owned> {
    let text = || select(TEXTS.to_vec()).prop_map(str::to_owned);
    let value = match kind {
        Type::Text => text().prop_map(Owned::Text).boxed(),
        Type::Number => super::trees::numbers().prop_map(Owned::Number).boxed(),
        Type::Count => (-2i64..6).prop_map(Owned::Count).boxed(),
        Type::Float => prop_oneof![9 => (-8i32..20).prop_map(|q| Owned::Float(f64::from(q) / 4.0)), 1 => Just(Owned::Float(f64::NAN))]
            .boxed(),
        Type::Day => prop_oneof![
            (-130i32..40).prop_map(move |days| Owned::Day(as_of.0.plus(days))),
            (-12_000i32..0).prop_map(move |days| Owned::Day(as_of.0.plus(days)))
        ]
        .boxed(),
        Type::Flag => any::<bool>().prop_map(Owned::Flag).boxed(),
        Type::List => vec(text(), 0..3).prop_map(Owned::List).boxed(),
    };
    prop_oneof![1 => Just(Owned::Missing), 3 => value].boxed()
}

/// Moments at which something may go wrong.
pub fn as_ofs() -> impl Strategy<Value = AsOf> {
    let days = ["2024-02-29", "2025-02-28", "2025-03-31", "2025-12-31", "2026-01-01", "2026-05-20"];
    select(days.to_vec()).prop_map(|day| AsOf(Day::from_date(day.parse().unwrap())))
}

fn rows(names: &[(&str, Type)], as_of: AsOf) -> BoxedStrategy<BTreeMap<String, Owned>> {
    let mut row = Just(BTreeMap::new()).boxed();
    for &(name, kind) in names {
        let name = name.to_owned();
        row = (row, values(kind, as_of))
            .prop_map(move |(mut row, value)| {
                row.insert(name.clone(), value);
                row
            })
            .boxed();
    }
    row
}

fn dones(as_of: AsOf) -> impl Strategy<Value = Done> {
    let last = i64::from(as_of.0.0) * 4 + 3;
    let moment = prop_oneof![-400i64..12, -60i64..12, -12i64..1].prop_map(move |ago| last + ago);
    (select(vec!["order", "touch"]), moment, rows(&FIELDS, as_of)).prop_map(|(kind, moment, fields)| Done {
        kind: kind.to_owned(),
        moment,
        fields,
    })
}

pub fn customers(as_of: AsOf) -> impl Strategy<Value = Customer> {
    let weight = option::of((-8i32..8).prop_map(|quarters| f64::from(quarters) / 4.0));
    let tags =
        proptest::collection::btree_map(select(vec!["pram".to_owned(), "toys".to_owned()]), weight, 0..3);
    let consents = vec(select(vec!["email".to_owned(), "sms".to_owned()]), 0..2);
    (rows(&NAMES, as_of), tags, consents, vec(dones(as_of), 0..12)).prop_map(
        |(values, tags, consents, mut facts)| {
            facts.sort_by_key(|fact| fact.moment);
            Customer { values, tags, consents, facts }
        },
    )
}

/// Texts of lists, which a value borrows.
pub fn borrowed(value: Option<&Owned>) -> Vec<&str> {
    match value {
        Some(Owned::List(texts)) => texts.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

pub fn value<'a>(value: Option<&'a Owned>, list: &'a [&'a str]) -> Value<'a> {
    match value {
        None | Some(Owned::Missing) => Value::Missing,
        Some(Owned::Text(text)) => Value::Text(text),
        Some(Owned::Number(number)) => Value::Number(*number),
        Some(Owned::Count(count)) => Value::Count(*count),
        Some(Owned::Float(number)) => Value::Float(*number),
        Some(Owned::Day(day)) => Value::Day(*day),
        Some(Owned::Flag(flag)) => Value::Flag(*flag),
        Some(Owned::List(_)) => Value::List(list),
    }
}

/// The answers of a customer to a plan, in the order of its slots.
fn answers(customer: &Customer, plan: &Plan) -> Vec<Owned> {
    let flag = |is: bool| if is { Owned::Flag(true) } else { Owned::Missing };
    let answer = |source: &Source| match source {
        Source::Value(name) => customer.values.get(name).cloned().unwrap_or(Owned::Missing),
        Source::Tag(tag) => flag(customer.tags.contains_key(tag)),
        Source::TagField { tag, .. } => {
            customer.tags.get(tag).copied().flatten().map_or(Owned::Missing, Owned::Float)
        }
        Source::Consent(channel) => flag(customer.consents.contains(channel)),
    };
    plan.sources().iter().map(answer).collect()
}

/// Asks a plan about a customer, the facts being fed mixed or kind by kind.
pub fn ask<T>(
    plan: &Plan,
    state: &mut State,
    customer: &Customer,
    mixed: bool,
    ask: impl Fn(&State, &Vec<Value<'_>>) -> T,
) -> T {
    state.clear();
    let mut feed = |wanted: Option<usize>| {
        for fact in &customer.facts {
            let Some(kind) = plan.kinds().iter().position(|kind| kind.name == fact.kind) else { continue };
            if wanted.is_some_and(|wanted| wanted != kind) {
                continue;
            }
            let names = &plan.kinds()[kind].fields;
            let lists: Vec<Vec<&str>> = names.iter().map(|name| borrowed(fact.fields.get(name))).collect();
            let fields: Vec<Value<'_>> =
                names.iter().zip(&lists).map(|(name, list)| value(fact.fields.get(name), list)).collect();
            state.push(plan, &Fact { kind, moment: fact.moment, day: fact.day(), fields: &fields });
        }
    };
    if mixed {
        feed(None);
    } else {
        (0..plan.kinds().len()).rev().for_each(|kind| feed(Some(kind)));
    }
    let answers = answers(customer, plan);
    let lists: Vec<Vec<&str>> = answers.iter().map(|answer| borrowed(Some(answer))).collect();
    let row: Vec<Value<'_>> = answers.iter().zip(&lists).map(|(own, list)| value(Some(own), list)).collect();
    ask(state, &row)
}

/// Whether a rule holds for a customer.
pub fn holds(text: &str, customer: &Customer, as_of: &str) -> bool {
    let as_of = AsOf(Day::from_date(as_of.parse().unwrap()));
    let parsed =
        crate::expression::parse::parse(text).unwrap_or_else(|error| panic!("{}", error.point(text)));
    let plan = Plan::new(&[parsed.expression], as_of).unwrap();
    ask(&plan, &mut plan.state(), customer, true, |state, row| plan.holds(0, state, row))
}

pub fn number(text: &str) -> Owned {
    Owned::Number(text.parse::<Decimal>().unwrap())
}

pub fn text(text: &str) -> Owned {
    Owned::Text(text.to_owned())
}

pub fn day(text: &str) -> Owned {
    Owned::Day(Day::from_date(text.parse().unwrap()))
}
