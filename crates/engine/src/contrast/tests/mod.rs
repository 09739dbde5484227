//! Who is on which side and what was known of them by then, held against a slow version that was
//! written from the targets' words.

#[path = "../../../tests/it/base.rs"]
mod base;
mod slow;

use super::compare::{Asked, compare};
use super::lookalike::alike;
use super::rows::{Rows, Sides, Wanted, rows};
use super::target::{Kind, TARGETS};
use crate::criteria::{Table, Why};
use crate::deals::{Class, Plan};
use crate::facts::bucket::{BUCKETS, bucket_of};
use crate::facts::events::{EventRow, Value, columns_of};
use crate::facts::{CustomerRow, FactSet, OrderLine};
use crate::features::compute;
use crate::progress::Unwatched;
use crate::segmentations::{find, run};
use base::Base;
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use model::criteria::{Condition, Scorer, Settings, Test, Values, Weight};
use model::money::Money;
use proptest::prelude::*;
use slow::{Deed, FIRST, Known, Order, Shop};
use std::collections::{BTreeMap, BTreeSet};

const CUSTOMERS: [&str; 5] = ["a", "b", "c9", "company 7", "ж"];
const DAY_MICROS: i64 = 86_400_000_000;
const DAYS: i32 = 60;

fn customer() -> impl Strategy<Value = &'static str> {
    prop::sample::select(CUSTOMERS.to_vec())
}

fn one_of(words: &[&'static str]) -> impl Strategy<Value = Option<&'static str>> + use<> {
    prop::option::weighted(0.7, prop::sample::select(words.to_vec()))
}

fn order() -> impl Strategy<Value = Order> {
    let line = (one_of(&["tea", "toys", "sofas"]), prop_oneof![4 => 1..9i64, 1 => -9..0i64]);
    let lines = prop::collection::vec(line, 1..4);
    (customer(), 0..DAYS, 0..3i64, one_of(&["web", "shop"]), lines).prop_map(
        |(customer, day, time, channel, lines)| Order {
            customer,
            number: 0,
            day: FIRST + day,
            time,
            channel,
            lines,
        },
    )
}

fn deed() -> impl Strategy<Value = Deed> {
    let kind = prop::sample::select(vec![FactKind::Deals, FactKind::Leads, FactKind::Touches]);
    let dealt = (one_of(&["won", "lost", "open"]), prop::option::of(0..30i32));
    let said = (one_of(&["advert", "friend"]), one_of(&["web", "phone"]));
    (customer(), 0..DAYS, 0..3i64, kind, dealt, said).prop_map(
        |(customer, day, time, kind, (outcome, closed), (source, channel))| Deed {
            customer,
            number: 0,
            day: FIRST + day,
            time,
            kind,
            outcome: outcome.filter(|_| kind == FactKind::Deals),
            closed: closed.map(|after| FIRST + day + after).filter(|_| kind == FactKind::Deals),
            source,
            channel,
        },
    )
}

fn shop() -> impl Strategy<Value = Shop> {
    let cities = prop::collection::btree_map(customer(), prop::sample::select(vec!["Riga", "Ogre"]), 0..5);
    let lists = (prop::collection::vec(order(), 0..12), prop::collection::vec(deed(), 0..16), cities);
    lists.prop_map(|(mut orders, mut deeds, cities)| {
        orders.iter_mut().enumerate().for_each(|(number, order)| order.number = number);
        deeds.iter_mut().enumerate().for_each(|(number, deed)| deed.number = number);
        Shop { orders, deeds, cities }
    })
}

/// A base of a shop: compacted or not, after an import that was taken back.
fn base_of(shop: &Shop, compacted: bool) -> Base {
    let mut base = Base::new();
    let numbers: Vec<String> = (0..40).map(|number| format!("n{number:02}")).collect();
    let at = |day: i32, time: i64| i64::from(day) * DAY_MICROS + time * DAY_MICROS / 4;
    let lines = shop.orders.iter().flat_map(|order| {
        let line = |&(category, amount): &(Option<&'static str>, i64)| OrderLine {
            customer_id: Some(order.customer),
            order_id: Some(&numbers[order.number]),
            ordered_at: at(order.day, order.time),
            day: Day(order.day),
            category,
            brand: category,
            channel: order.channel,
            amount: Money::units(amount),
            ..OrderLine::default()
        };
        order.lines.iter().map(line).collect::<Vec<_>>()
    });
    let lines: Vec<OrderLine<'_>> = lines.collect();
    let mut imports = 0;
    if !lines.is_empty() {
        imports += 1;
        base.import(lines);
    }
    for kind in [FactKind::Deals, FactKind::Leads, FactKind::Touches] {
        let value = |deed: &Deed, name: &str| {
            let text = match name {
                "outcome" => deed.outcome,
                "lead_source" => deed.source,
                "channel" => deed.channel,
                _ => None,
            };
            let closed = deed.closed.filter(|_| name == "closed_at").map(|day| Value::Number(day.into()));
            text.map(Value::Text).or(closed).unwrap_or_default()
        };
        let row = |deed: &Deed| EventRow {
            customer_id: Some(deed.customer),
            id: Some(&numbers[deed.number]),
            at: Some((at(deed.day, deed.time), Day(deed.day))),
            values: columns_of(kind).iter().map(|column| value(deed, column.name)).collect(),
            ..EventRow::default()
        };
        let rows: Vec<EventRow<'_>> = shop.deeds.iter().filter(|deed| deed.kind == kind).map(row).collect();
        if !rows.is_empty() {
            imports += 1;
            base.import_events(kind, &rows, 1);
        }
    }
    let said = shop.cities.iter().map(|(customer, city)| CustomerRow {
        customer_id: customer,
        created: None,
        // The second counts what the customer did, and says so.
        attributes: vec![("city", *city), ("total spent", "5"), ("hidden", "x")],
    });
    let said: Vec<CustomerRow<'_>> = said.collect();
    if !said.is_empty() {
        imports += 1;
        base.import_customers(&said);
    }
    let gone = OrderLine {
        customer_id: Some("a"),
        day: Day(FIRST),
        ordered_at: at(FIRST, 0),
        ..OrderLine::default()
    };
    base.import([gone]);
    base.undo(imports + 1);
    if compacted {
        base.compact();
    }
    base
}

/// What a table says of its rows.
fn said(table: Table, count: usize) -> Vec<Known> {
    let mut rows = vec![Known::new(); count];
    for (name, column) in table.into_columns() {
        let of = |row: usize| match &column.as_ref().expect("few texts").values {
            Values::Category { codes, names } => codes[row].map(|code| names[code as usize].clone()),
            Values::Number(numbers) => numbers[row].map(|number| number.to_string()),
            Values::Flag(_) => None,
        };
        for (row, known) in rows.iter_mut().enumerate() {
            known.extend(of(row).map(|value| (name.clone(), value)));
        }
    }
    rows
}

/// Customers in the order in which they are visited, with what is told of them.
fn expected(
    shop: &Shop,
    sides: &Sides<'_>,
    vip: &BTreeSet<String>,
    bucket: usize,
) -> Vec<(String, Option<bool>, Known)> {
    let own = shop.known(sides.as_of.0.0).into_iter().filter(|id| bucket_of(id) == bucket);
    own.map(|id| {
        let person = shop.person(&id, sides.as_of.0.0);
        let class = sides.classes.get(&id).copied();
        let side = person.side(sides.kind, sides.came_by.map(|day| day.0), vip.contains(&id), class);
        let mut known = person.known(sides.kind);
        known.retain(|name, _| !sides.without.contains(name));
        (id, side, known)
    })
    .collect()
}

fn target() -> impl Strategy<Value = usize> {
    0..TARGETS.len()
}

fn class() -> impl Strategy<Value = Class> {
    prop::sample::select(vec![Class::A, Class::B, Class::C, Class::D, Class::X, Class::Unclear])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_are_those_of_the_slow_version(
        shop in shop(),
        compacted: bool,
        target in target(),
        as_of in FIRST..FIRST + DAYS + 30,
        came_by in prop::option::of(FIRST..FIRST + DAYS),
        vip in prop::collection::btree_set(customer(), 0..4),
        classes in prop::collection::btree_map(customer(), class(), 0..5),
        left in prop::sample::subsequence(vec!["hidden", "first_source", "first_order_channel"], 0..3),
    ) {
        let base = base_of(&shop, compacted);
        let facts = base.facts();
        let vip: BTreeSet<String> = vip.into_iter().map(str::to_owned).collect();
        let classes: BTreeMap<String, Class> =
            classes.into_iter().map(|(id, class)| (id.to_owned(), class)).collect();
        let without: Vec<String> = left.into_iter().map(str::to_owned).collect();
        for bucket in 0..BUCKETS {
            let visited = shop.known(as_of).into_iter().filter(|id| bucket_of(id) == bucket);
            let flags: Vec<bool> = visited.map(|id| vip.contains(&id)).collect();
            let kind = TARGETS[target].kind;
            let sides = Sides {
                kind,
                as_of: AsOf(Day(as_of)),
                vip: &flags,
                classes: &classes,
                came_by: came_by.map(Day).filter(|_| kind == Kind::Repeat),
                without: &without,
            };
            let all = expected(&shop, &sides, &vip, bucket);
            let told = |rows: Rows, kept: &dyn Fn(Option<bool>) -> bool| -> Result<(), TestCaseError> {
                let kept: Vec<_> = all.iter().filter(|(_, side, _)| kept(*side)).cloned().collect();
                prop_assert_eq!(&rows.sides, &kept.iter().map(|one| one.1).collect::<Vec<_>>());
                let known = said(rows.table, kept.len());
                prop_assert_eq!(known, kept.into_iter().map(|one| one.2).collect::<Vec<_>>());
                Ok(())
            };
            let compared = rows(&facts, bucket, &sides, Wanted::Compared).unwrap();
            prop_assert!(compared.ids.is_empty());
            for (name, why) in &compared.left_out {
                let reason = if without.contains(name) { Why::Asked } else { Why::Named };
                prop_assert_eq!((*why, name == "total spent"), (reason, reason == Why::Named));
            }
            let recent = all.iter().filter(|one| shop.person(&one.0, as_of).is_after(came_by));
            prop_assert_eq!(compared.too_recent, if kind == Kind::Repeat { recent.count() as u64 } else { 0 });
            told(compared, &|side| side.is_some())?;
            let outside = rows(&facts, bucket, &sides, Wanted::Outside).unwrap();
            let ids: Vec<&String> = all.iter().filter(|one| one.1 != Some(true)).map(|one| &one.0).collect();
            prop_assert_eq!(outside.ids.iter().collect::<Vec<_>>(), ids);
            told(outside, &|side| side != Some(true))?;
        }
    }

    /// What the whole base decides is told of the right customers, and who is outside gets points.
    #[test]
    fn targets_are_counted_and_others_get_points(
        shop in shop(),
        target in target(),
        as_of in FIRST + 30..FIRST + DAYS + 30,
        threads in 1..4usize,
    ) {
        let base = base_of(&shop, false);
        let facts = base.facts();
        let ltv = run::Asked::new(find("ltv").unwrap(), []).unwrap();
        let deals = Plan::read(&crate::segmentations::Settings::new(&crate::deals::ABOUT, []).unwrap()).unwrap();
        let kind = TARGETS[target].kind;
        let asked =
            Asked { target: &TARGETS[target], without: Vec::new(), search: Settings::default(), deals, ltv };
        let compared = compare(&facts, &asked, AsOf(Day(as_of)), threads, &Unwatched).unwrap();
        let vip = vips(&facts, &asked, as_of);
        let classes = slow::classes_of(&facts, &asked.deals, as_of);
        let came_by = shop.cycle_days(as_of).map(|days| as_of - days).filter(|_| kind == Kind::Repeat);
        let sides: Vec<(String, Option<bool>, Known)> = shop
            .known(as_of)
            .into_iter()
            .map(|id| {
                let person = shop.person(&id, as_of);
                let side = person.side(kind, came_by, vip.contains(&id), classes.get(&id).copied());
                let known = person.known(kind);
                (id, side, known)
            })
            .collect();
        let count = |wanted: bool| sides.iter().filter(|one| one.1 == Some(wanted)).count() as u64;
        prop_assert_eq!(compared.counts, (count(true), count(false)));
        let weight = |attribute: &str, value: &str| {
            let condition = Condition { attribute: attribute.to_owned(), test: Test::Is(value.to_owned()) };
            Weight { conditions: vec![condition], points: 1.0 }
        };
        let weights = vec![weight("first_source", "advert"), weight("city", "Riga")];
        let scorer = Scorer { base: 0.5, weights };
        let found = alike(&facts, &asked, &compared, &scorer, AsOf(Day(as_of)), threads).unwrap();
        let is = |known: &Known, name: &str, value: &str| known.get(name).is_some_and(|own| own == value);
        let mut expected: Vec<(u64, String, bool)> = sides
            .iter()
            .filter(|one| one.1 != Some(true))
            .map(|(id, side, known)| {
                let bits = u64::from(is(known, "first_source", "advert")) | u64::from(is(known, "city", "Riga")) << 1;
                (bits, id.clone(), side.is_some())
            })
            .collect();
        expected.sort_by(|a, b| b.0.count_ones().cmp(&a.0.count_ones()).then_with(|| a.1.cmp(&b.1)));
        let found = found.into_iter().map(|one| (one.score.counted, one.customer_id, one.compared));
        prop_assert_eq!(found.collect::<Vec<_>>(), expected);
    }
}

/// The customers whose label is the highest tier, by id.
fn vips(facts: &FactSet, asked: &Asked, as_of: i32) -> BTreeSet<String> {
    let asked = [asked.ltv.clone()];
    let question = run::question(&asked, AsOf(Day(as_of))).unwrap();
    let buckets = compute(facts, &question, 1, &Unwatched).unwrap();
    let labels = run::run(&asked, &question, &buckets, 1).labels;
    let mut vip = BTreeSet::new();
    for (features, columns) in buckets.iter().zip(&labels) {
        let tier = columns.iter().find(|column| column.name == "ltv_tier").unwrap();
        let own = (0..features.len()).filter(|&row| tier.labels.name(row) == Some("vip"));
        vip.extend(own.map(|row| features.customer_ids().value(row).to_owned()));
    }
    vip
}
