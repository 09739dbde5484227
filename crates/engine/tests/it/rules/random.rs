//! Random conditions over random bases: the engine finds whom the plain evaluator finds, on any number
//! of threads and whatever the order of imports.

use super::plain::{Condition, Sum, What};
use crate::shop::{Bought, BoughtLine, Happened, Shop, found_each};
use model::base::FactKind;
use proptest::prelude::*;
use std::collections::BTreeSet;

const CUSTOMERS: [&str; 5] = ["a", "b", "company 7", "ж", "z"];
const FIRST: i32 = 18_000;
const DAYS: i32 = 90;

fn customer() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&CUSTOMERS[..])
}

fn line() -> impl Strategy<Value = BoughtLine> {
    let category = prop::option::weighted(0.8, prop::sample::select(vec!["toys", "tea", "sofas"]));
    let channel = prop::option::weighted(0.6, prop::sample::select(vec!["web", "shop"]));
    let amount = prop_oneof![5 => 1..80i64, 1 => -40..-1i64];
    (category, channel, prop::option::weighted(0.7, -2..6i64), amount)
        .prop_map(|(category, channel, quantity, amount)| BoughtLine { category, channel, quantity, amount })
}

fn event() -> impl Strategy<Value = Happened> {
    let kind = prop::sample::select(vec![FactKind::Touches, FactKind::Touches, FactKind::Deals]);
    let words = prop::option::weighted(0.8, 0..3usize);
    let parts = (customer(), 0..DAYS, 0..4i64, kind, words);
    let more = prop::option::of(prop::sample::select(vec!["price", "terms"]));
    let rest = (prop::option::of(0..60i64), prop::option::of(0..40i32), more);
    (parts, rest).prop_map(|((customer, day, time, kind, word), (number, closed, more))| {
        let (mut texts, mut numbers) = (Vec::new(), Vec::new());
        if kind == FactKind::Deals {
            texts.extend(word.map(|word| ("outcome", ["won", "lost", "open"][word])));
            numbers.extend(number.map(|number| ("amount", number)));
            numbers.extend(closed.map(|after| ("closed_at", i64::from(FIRST + day + after))));
        } else {
            texts.extend(word.map(|word| ("touch", ["cart", "call", "visit"][word])));
            numbers.extend(number.map(|number| ("duration", number)));
        }
        Happened { customer, id: String::new(), day: FIRST + day, time, kind, texts, numbers, more }
    })
}

fn shop() -> impl Strategy<Value = Shop> {
    let order = (customer(), 0..DAYS, 0..4i64, prop::collection::vec(line(), 1..4));
    let orders = prop::collection::vec(order, 0..24);
    let city = prop::option::of(prop::sample::select(vec!["Riga", "Cēsis"]));
    let age = prop::option::of(prop::sample::select(vec!["17", "35", "unknown"]));
    let consent = prop::option::of(prop::sample::select(vec!["yes", "no"]));
    let tags = prop::option::of(prop::sample::select(vec!["vip", "vip; lamb", "lamb"]));
    let people = prop::collection::vec((city, age, consent, tags), CUSTOMERS.len());
    (orders, prop::collection::vec(event(), 0..24), people).prop_map(|(orders, events, people)| {
        let mut shop = Shop::default();
        for (number, (customer, day, time, lines)) in orders.into_iter().enumerate() {
            shop.orders.push(Bought { customer, id: format!("o{number:03}"), day: FIRST + day, time, lines });
        }
        let numbered = events.into_iter().enumerate();
        shop.events.extend(numbered.map(|(number, event)| Happened { id: format!("e{number:03}"), ..event }));
        for (customer, (city, age, consent, tags)) in CUSTOMERS.into_iter().zip(people) {
            for (name, value) in [("city", city), ("age", age), ("consent_email", consent), ("tags", tags)] {
                shop.attributes.extend(value.map(|value| (customer, name, value.to_owned())));
            }
        }
        shop
    })
}

fn what() -> impl Strategy<Value = What> {
    prop_oneof![
        Just(What::Order),
        prop::sample::select(vec!["toys", "tea", "cars"]).prop_map(What::OrderOf),
        Just(What::OrderBy("web")),
        (0..120i64).prop_map(What::OrderOver),
        Just(What::Return),
        Just(What::LineOf("tea")),
        Just(What::LineNegative),
        Just(What::LineWithoutChannel),
        prop::sample::select(vec!["cart", "call"]).prop_map(What::Touch),
        Just(What::TouchNot("cart")),
        Just(What::TouchNoted("price")),
        prop::sample::select(vec!["won", "lost", "open"]).prop_map(What::DealThat),
        (0..50i64).prop_map(What::DealOver),
    ]
}

/// Facts of which it is known which came first: the lines of an order have an order of their own.
fn placed() -> impl Strategy<Value = What> {
    let is_line =
        |what: &What| matches!(what, What::LineOf(_) | What::LineNegative | What::LineWithoutChannel);
    what().prop_filter("a line", move |what| !is_line(what))
}

fn sum() -> impl Strategy<Value = Sum> {
    prop::sample::select(vec![Sum::OrderAmount, Sum::OrderQuantity, Sum::LineQuantity, Sum::TouchDuration])
}

fn leaf() -> impl Strategy<Value = Condition> {
    let facts =
        prop_oneof![
            (what(), 0..4usize, prop::option::of(1..60i32))
                .prop_map(|(what, least, days)| Condition::Times { what, least, days }),
            (sum(), 0..90i64, 1..60i32).prop_map(|(sum, least, days)| Condition::Sum { sum, least, days }),
            placed().prop_map(Condition::First),
            placed().prop_map(Condition::Last),
            (what(), 1..60i32).prop_map(|(what, days)| Condition::FirstTime(what, days)),
            (what(), 1..50i32).prop_map(|(what, days)| Condition::Stopped(what, days)),
            (placed(), placed(), 0..30i32).prop_map(|(from, to, days)| Condition::Then(from, to, days)),
            (placed(), placed(), 0..30i32).prop_map(|(from, to, days)| Condition::ThenNot(from, to, days)),
            (what(), 5..40i32, 1..4i32).prop_map(|(what, days, times)| Condition::Every(what, days, times)),
        ];
    let values = prop_oneof![
        (0..5i64).prop_map(Condition::OrdersAtLeast),
        (-20..150i64).prop_map(Condition::RevenueOver),
        Just(Condition::City("Riga")),
        Just(Condition::NotCity("Riga")),
        Just(Condition::CitySet),
        Just(Condition::AgeOver(18)),
        Just(Condition::Consent),
        Just(Condition::Tag("lamb")),
    ];
    prop_oneof![3 => facts, 1 => values]
}

fn condition() -> impl Strategy<Value = Condition> {
    leaf().prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| Condition::Not(Box::new(inner))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Condition::And),
            prop::collection::vec(inner, 2..4).prop_map(Condition::Or),
        ]
    })
}

/// Whom the condition holds for among those who are known by then.
fn expected(shop: &Shop, condition: &Condition, as_of: i32) -> BTreeSet<String> {
    let known = |customer: &&str| {
        shop.orders.iter().any(|order| order.customer == *customer && order.day <= as_of)
            || shop.events.iter().any(|event| event.customer == *customer && event.day <= as_of)
    };
    let holds = |customer: &&str| condition.holds(shop, customer, as_of);
    CUSTOMERS.iter().copied().filter(known).filter(holds).map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_finds_whom_the_plain_evaluator_finds(
        shop in shop(),
        conditions in prop::collection::vec(condition(), 24),
        as_of in FIRST..FIRST + DAYS + 30,
        imports in 1..4usize,
        turn in 0..3usize,
    ) {
        let base = shop.base(imports, turn);
        let facts = shop.facts(&base);
        let texts: Vec<String> = conditions.iter().map(Condition::text).collect();
        let one = found_each(&facts, &texts, as_of, 1);
        prop_assert_eq!(&one, &found_each(&facts, &texts, as_of, 3));
        for ((condition, text), found) in conditions.iter().zip(&texts).zip(one) {
            prop_assert_eq!(
                found,
                expected(&shop, condition, as_of),
                "{} as of {}, {} imports", text, as_of, imports
            );
        }
    }
}
