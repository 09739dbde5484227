//! Interests of random customers are those of a slow version that was written from the definition.

use crate::shop::{Bought, BoughtLine, Happened, Shop};
use engine::interests::{HandTag, Question, Why, interests};
use engine::progress::Unwatched;
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const CUSTOMERS: [&str; 6] = ["a", "b", "c", "company 7", "z", "ж"];
const CATEGORIES: [&str; 4] = ["kitchens", "prams", "tea", "toys"];
const FIRST: i32 = 18_000;
const DAYS: i32 = 500;
/// Kitchens satisfy for so many days.
const KITCHEN_DAYS: i32 = 120;

fn category() -> impl Strategy<Value = Option<&'static str>> {
    prop::option::weighted(0.9, prop::sample::select(CATEGORIES.to_vec()))
}

fn shop() -> impl Strategy<Value = Shop> {
    let customer = || prop::sample::select(CUSTOMERS.to_vec());
    let amount = prop_oneof![6 => 1..40i64, 1 => -40..-1i64];
    let line = (category(), amount).prop_map(|(category, amount)| BoughtLine {
        category,
        channel: None,
        quantity: None,
        amount,
    });
    let order = (customer(), 0..DAYS, prop::collection::vec(line, 1..4));
    let outcome = prop::sample::select(vec!["won", "won", "lost", "open"]);
    let deal = (customer(), 0..DAYS, outcome, category(), 0..60i32);
    (prop::collection::vec(order, 0..24), prop::collection::vec(deal, 0..8)).prop_map(|(orders, deals)| {
        let orders = orders.into_iter().enumerate().map(|(number, (customer, day, lines))| Bought {
            customer,
            id: format!("o{number:03}"),
            day: FIRST + day,
            time: 0,
            lines,
        });
        let deals =
            deals.into_iter().enumerate().map(|(number, (customer, day, outcome, category, after))| {
                let texts = [Some(("outcome", outcome)), category.map(|category| ("category", category))];
                Happened {
                    customer,
                    id: format!("d{number:03}"),
                    day: FIRST + day,
                    time: 0,
                    kind: FactKind::Deals,
                    texts: texts.into_iter().flatten().collect(),
                    numbers: vec![("closed_at", i64::from(FIRST + day + after))],
                    more: None,
                }
            });
        Shop { orders: orders.collect(), events: deals.collect(), attributes: Vec::new() }
    })
}

type ByHand = Vec<(&'static str, &'static str, bool, Option<i32>)>;

fn by_hand() -> impl Strategy<Value = ByHand> {
    let until = prop::option::of(FIRST..FIRST + DAYS);
    let tag = prop::sample::select(vec!["tea", "toys", "vip"]);
    let all = (prop::sample::select(CUSTOMERS.to_vec()), tag, any::<bool>(), until);
    prop::collection::vec(all, 0..5).prop_map(|mut all| {
        // The state keeps one word on a tag of a customer.
        all.sort();
        all.dedup_by_key(|one| (one.0, one.1));
        all
    })
}

/// By customer: by tag its weight, why it holds, what it comes from.
type Tags = BTreeMap<String, BTreeMap<String, (f64, Why, Option<String>)>>;

struct Slow<'a> {
    shop: &'a Shop,
    by_hand: &'a ByHand,
    as_of: i32,
}

impl Slow<'_> {
    /// Days on which a customer bought something of a category: each order and each won deal once.
    fn purchases(&self, customer: &str, category: &str) -> Vec<i32> {
        let mut days = Vec::new();
        for order in self.shop.orders.iter().filter(|one| one.customer == customer && one.day <= self.as_of) {
            let is_order = order.lines.iter().any(|line| line.amount > 0);
            let has = |line: &BoughtLine| line.category == Some(category) && line.amount > 0;
            if is_order && order.lines.iter().any(has) {
                days.push(order.day);
            }
        }
        for deal in self.shop.events.iter().filter(|one| one.customer == customer && one.day <= self.as_of) {
            let closed = deal.number("closed_at").unwrap() as i32;
            let won = deal.text("outcome") == Some("won") && closed <= self.as_of;
            if won && deal.text("category") == Some(category) {
                days.push(closed);
            }
        }
        days
    }

    fn buyers(&self, category: &str) -> BTreeSet<&'static str> {
        let buys = |customer: &&str| !self.purchases(customer, category).is_empty();
        CUSTOMERS.into_iter().filter(buys).collect()
    }

    /// The lower end of Wilson's interval at 95 % of the share of buyers of one category who bought
    /// the other; `None` where they buy it no more often than everybody.
    fn bound(&self, from: &str, to: &str) -> Option<f64> {
        let everybody: BTreeSet<&str> =
            CATEGORIES.iter().flat_map(|category| self.buyers(category)).collect();
        let (own, others) = (self.buyers(from), self.buyers(to));
        let both = own.intersection(&others).count();
        let (n, p) = (own.len() as f64, both as f64 / own.len() as f64);
        let usual = others.len() as f64 / everybody.len() as f64;
        if own.is_empty() || both == 0 || p / usual <= 1.0 {
            return None;
        }
        let z: f64 = 1.959_963_984_540_054;
        let low = (p + z * z / (2.0 * n) - z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt())
            / (1.0 + z * z / n);
        Some(low)
    }

    fn tags(&self) -> Tags {
        let mut all = Tags::new();
        for customer in CUSTOMERS {
            let mut tags = self.by_purchases(customer);
            for &(whose, tag, holds, until) in self.by_hand {
                // What is said of somebody of whom nothing is known has nobody to be shown of.
                let counts = whose == customer && until.is_none_or(|until| self.as_of <= until);
                if counts && self.is_known(customer) {
                    let known = tags.remove(tag).map_or(1.0, |(weight, ..)| weight.max(1.0));
                    if holds {
                        tags.insert(tag.to_owned(), (known, Why::Hand, None));
                    }
                }
            }
            if !tags.is_empty() {
                all.insert(customer.to_owned(), tags);
            }
        }
        all
    }

    fn is_known(&self, customer: &str) -> bool {
        self.shop.orders.iter().any(|one| one.customer == customer && one.day <= self.as_of)
            || self.shop.events.iter().any(|one| one.customer == customer && one.day <= self.as_of)
    }

    fn by_purchases(&self, customer: &str) -> BTreeMap<String, (f64, Why, Option<String>)> {
        let (mut weights, mut waits) = (BTreeMap::new(), BTreeSet::new());
        for category in CATEGORIES {
            let mut weight = 0.0;
            let mut days = self.purchases(customer, category);
            days.sort_unstable();
            for day in days {
                let from = if category == "kitchens" { day + KITCHEN_DAYS } else { day };
                if from > self.as_of {
                    waits.insert(category);
                } else {
                    weight += 0.5_f64.powf(f64::from(self.as_of - from) / 180.0);
                }
            }
            weights.insert(category, weight);
        }
        let mut tags = BTreeMap::new();
        for (&to, &own) in &weights {
            if own >= 0.5 {
                tags.insert(to.to_owned(), (own, Why::Purchases, None));
            } else if !waits.contains(to) {
                let related = weights.iter().filter(|(from, _)| **from != to);
                let passed = related
                    .filter_map(|(&from, &weight)| Some(((weight * self.bound(from, to)?).min(1.0), from)));
                let best = passed.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
                if let Some((weight, from)) = best.filter(|(weight, _)| *weight >= 0.5) {
                    tags.insert(to.to_owned(), (weight, Why::Relation, Some(from.to_owned())));
                }
            }
        }
        tags
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tags_are_those_of_the_slow_version(
        shop in shop(),
        by_hand in by_hand(),
        as_of in FIRST..FIRST + DAYS + 100,
        imports in 1..3usize,
        threads in 1..4usize,
    ) {
        let base = shop.base(imports, 0);
        let mut question = Question::new(AsOf(Day(as_of)));
        question.satisfied.insert("kitchens".to_owned(), KITCHEN_DAYS);
        for &(customer, tag, holds, until) in &by_hand {
            let tag = HandTag { category: tag.to_owned(), holds, until: until.map(Day) };
            question.by_hand.entry(customer.to_owned()).or_default().push(tag);
        }
        let found = interests(&shop.facts(&base), &question, threads, &Unwatched).unwrap();
        let slow = Slow { shop: &shop, by_hand: &by_hand, as_of }.tags();
        let ids: Vec<&str> = found.customers.iter().map(|(id, _)| id).collect();
        prop_assert_eq!(&ids, &slow.keys().map(String::as_str).collect::<Vec<_>>());
        for ((id, tags), slow) in found.customers.iter().zip(slow.values()) {
            let name = |place: u32| found.categories[place as usize].clone();
            let names: Vec<_> = tags.iter().map(|tag| (name(tag.category), tag.why)).collect();
            let slow_names: Vec<_> = slow.iter().map(|(tag, (_, why, _))| (tag.clone(), *why)).collect();
            prop_assert_eq!(names, slow_names, "{}", id);
            for (tag, (weight, _, from)) in tags.iter().zip(slow.values()) {
                prop_assert!((tag.weight - weight).abs() < 1e-9, "{}: {} {}", id, tag.weight, weight);
                prop_assert_eq!(tag.from.map(name), from.clone(), "{}", id);
            }
        }
    }
}
