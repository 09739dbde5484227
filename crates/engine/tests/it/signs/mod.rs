//! What customers show by what they do besides buying: the features of a scan over random bases are
//! those of a slow version that was written from the definitions.

mod limits;
mod slow;

use crate::shop::{Bought, BoughtLine, Happened, Shop};
use engine::features::{Features, compute};
use engine::progress::Unwatched;
use engine::segmentations::find;
use engine::segmentations::run::{self, Asked};
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use proptest::prelude::*;
use slow::{COUNTS, NUMBERS, SUMS, Signs, TEXTS};

const CUSTOMERS: [&str; 4] = ["a", "b", "company 7", "ж"];
/// 14 April 2019.
const FIRST: i32 = 18_000;
const DAYS: i32 = 100;

fn customer() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&CUSTOMERS[..])
}

fn one_of(words: &[&'static str]) -> impl Strategy<Value = Option<&'static str>> + use<> {
    prop::option::weighted(0.8, prop::sample::select(words.to_vec()))
}

fn line() -> impl Strategy<Value = BoughtLine> {
    let amount = prop_oneof![5 => 1..40i64, 1 => -40..-1i64];
    (one_of(&["toys", "tea", "sofas"]), one_of(&["of the order"]), amount)
        .prop_map(|(category, channel, amount)| BoughtLine { category, channel, quantity: None, amount })
}

/// The lines of an order: each says its channel or nothing.
fn lines() -> impl Strategy<Value = Vec<BoughtLine>> {
    let channel = prop::sample::select(vec!["web", "shop", "mobile app"]);
    (prop::collection::vec(line(), 1..4), channel).prop_map(|(mut lines, channel)| {
        lines.iter_mut().for_each(|line| line.channel = line.channel.map(|_| channel));
        lines
    })
}

fn event() -> impl Strategy<Value = Happened> {
    let kind = prop::sample::select(vec![
        FactKind::Touches,
        FactKind::Touches,
        FactKind::Touches,
        FactKind::Deals,
        FactKind::Leads,
    ]);
    let touches =
        ["article", "search", "cart", "price_request", "conversation", "call", "message_out", "note", "wink"];
    let said = (
        prop_oneof![12 => one_of(&touches), 1 => Just(Some("mistake"))],
        one_of(&["answered", "No Answer", "missed call"]),
        one_of(&["sofas", "tea"]),
        one_of(&["web", "shop"]),
        one_of(&["advert", "friend"]),
    );
    let dealt =
        (one_of(&["won", "lost", "lost", "open"]), prop::option::of(0..40i32), one_of(&["price", "other"]));
    let effort = prop::option::of(1..9i64);
    let lead = one_of(&["new", "new", "new", "mistake"]);
    (customer(), 0..DAYS, 0..4i64, kind, said, dealt, lead, effort).prop_map(
        |(customer, day, time, kind, said, (outcome, closed, reason), lead, effort)| {
            let (touch, result, category, channel, source) = said;
            let mut columns = vec![("lead_source", source), ("channel", channel)];
            let mut numbers: Vec<(&str, i64)> = Vec::new();
            match kind {
                FactKind::Touches => {
                    columns.extend([("touch", touch), ("result", result), ("category", category)]);
                    numbers.extend(effort.map(|effort| ("effort", effort)));
                }
                FactKind::Deals => {
                    columns.extend([("outcome", outcome), ("loss_reason", reason)]);
                    numbers.extend(effort.map(|effort| ("effort", effort)));
                    numbers.extend(closed.map(|after| ("closed_at", i64::from(FIRST + day + after))));
                }
                _ => columns.push(("status", lead)),
            }
            let texts = columns.into_iter().filter_map(|(name, text)| Some((name, text?))).collect();
            Happened { customer, id: String::new(), day: FIRST + day, time, kind, texts, numbers, more: None }
        },
    )
}

fn shop() -> impl Strategy<Value = Shop> {
    let order = (customer(), 0..DAYS, 0..4i64, lines());
    (prop::collection::vec(order, 0..10), prop::collection::vec(event(), 0..30)).prop_map(
        |(orders, events)| {
            let numbered = orders.into_iter().enumerate();
            let orders = numbered.map(|(number, (customer, day, time, lines))| Bought {
                customer,
                id: format!("o{number:03}"),
                day: FIRST + day,
                time,
                lines,
            });
            let numbered = events.into_iter().enumerate();
            let events = numbered.map(|(number, event)| Happened { id: format!("e{number:03}"), ..event });
            Shop { orders: orders.collect(), events: events.collect(), attributes: Vec::new() }
        },
    )
}

/// The features as the segmentations ask for them.
fn asked() -> Vec<Asked> {
    let of = |name: &str, settings: &[(&'static str, &'static str)]| {
        Asked::new(find(name).unwrap(), settings.iter().copied()).unwrap()
    };
    vec![
        of("readiness", &[("window", "60 days, sofas 90 days"), ("replacement", "sofas 40 days")]),
        of("attributes", &[("by", "occasion + web_savviness"), ("holidays", "party 05-01, feast 05-10")]),
        of("stage", &[]),
    ]
}

fn signs(features: &Features, row: usize) -> Signs {
    let text = |name: &&str| features.text(name, row).map(str::to_owned);
    Signs {
        texts: TEXTS.iter().map(text).collect(),
        counts: COUNTS.iter().map(|name| features.counts(name).get(row)).collect(),
        sums: SUMS.iter().map(|name| features.exact(name).get(row)).collect(),
        numbers: NUMBERS.iter().map(|name| features.numbers(name).get(row)).collect(),
        last_touch: features.day("last_touch_at", row).map(|day| day.0),
        buys_tea: features.attribute("frequency of tea", row).map(str::to_owned),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_customers_show_is_what_the_slow_version_sees(
        shop in shop(),
        as_of in FIRST..FIRST + DAYS + 30,
        imports in 1..4usize,
        turn in 0..3usize,
        threads in 1..4usize,
    ) {
        let base = shop.base(imports, turn);
        let mut question = run::question(&asked(), AsOf(Day(as_of))).unwrap();
        for name in TEXTS.iter().chain(COUNTS).chain(SUMS).chain(NUMBERS) {
            question.need(name);
        }
        question.need("last_touch_at");
        question.need_frequency_of("tea");
        let buckets = compute(&shop.facts(&base), &question, threads, &Unwatched).unwrap();
        let mut seen = Vec::new();
        for features in &buckets {
            for row in 0..features.len() {
                let id = features.customer_ids().value(row);
                let slow = slow::signs(&shop, id, as_of);
                prop_assert_eq!(signs(features, row), slow, "{} as of {}", id, Day(as_of));
                seen.push(id.to_owned());
            }
        }
        seen.sort();
        let mut known = slow::known(&shop, as_of);
        known.sort();
        prop_assert_eq!(seen, known);
    }
}

fn touch(day: i32, kind: &'static str) -> Happened {
    Happened {
        customer: "a",
        id: format!("{kind} {day}"),
        day,
        time: 0,
        kind: FactKind::Touches,
        texts: vec![("touch", kind)],
        numbers: Vec::new(),
        more: None,
    }
}

fn sofa(day: i32) -> Bought {
    let line = BoughtLine { category: Some("sofas"), channel: None, quantity: None, amount: 10 };
    Bought { customer: "a", id: "o".to_owned(), day, time: 0, lines: vec![line] }
}

/// The step of readiness and the stage of the one customer of a shop.
fn told(orders: Vec<Bought>, events: Vec<Happened>, as_of: i32) -> (i64, Option<String>) {
    let shop = Shop { orders, events, attributes: Vec::new() };
    let base = shop.base(1, 0);
    let question = run::question(&asked(), AsOf(Day(as_of))).unwrap();
    let buckets = compute(&shop.facts(&base), &question, 1, &Unwatched).unwrap();
    let features = buckets.iter().find(|features| !features.is_empty()).unwrap();
    let step = features.counts("readiness_step").get(0).unwrap();
    (step, features.text("prospect_stage", 0).map(str::to_owned))
}

/// What random days hardly ever meet.
#[test]
fn limits_hold_to_the_day() {
    let stage = |unanswered: i32| {
        let all = (0..unanswered).map(|number| touch(FIRST + number, "message_out"));
        told(Vec::new(), all.collect(), FIRST + 40).1
    };
    assert_eq!([stage(2), stage(3)].map(Option::unwrap), ["lead", "uninterested"]);

    let after_order = |days: i32| told(vec![sofa(FIRST)], Vec::new(), FIRST + days).0;
    assert_eq!([after_order(6), after_order(7)], [5, 1]);

    // A sofa lasts forty days here, and for twenty its buyer wants nothing.
    let searched = |day: i32| told(vec![sofa(FIRST)], vec![touch(FIRST + day, "search")], FIRST + 30).0;
    assert_eq!([searched(20), searched(21)], [1, 3]);

    let searched_before = |days: i32| told(Vec::new(), vec![touch(FIRST, "search")], FIRST + days).0;
    assert_eq!([searched_before(59), searched_before(60)], [3, 1]);
}
