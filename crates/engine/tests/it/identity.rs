//! Links and visitors, held against a base whose files name the person from the start.

use crate::base::Base;
use engine::facts::bucket::ANONYMOUS;
use engine::facts::events::{EventRow, Value, columns_of};
use engine::facts::{CustomerRow, FactSet, OrderLine};
use engine::features::{FEATURES, Question, compute};
use engine::identity::link;
use engine::progress::Unwatched;
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use model::identity::{Entry, Links, NewEntry, Why};
use model::money::Money;
use proptest::prelude::*;
use std::collections::BTreeMap;

const DAY_MICROS: i64 = 86_400_000_000;
const IDS: [&str; 6] = ["c1", "c10", "c2", "crm-1", "crm-2", "ž"];
const VISITORS: [&str; 3] = ["v1", "v2", "v3"];
const ATTRIBUTES: [&str; 2] = ["city", "size"];
/// Orders of each id.
const ORDERS: usize = 4;

/// An order line: whose, which of their orders or none, when, what.
#[derive(Clone, Debug)]
struct Bought {
    customer: Option<usize>,
    order: Option<usize>,
    day: i32,
    micros: i64,
    amount: i64,
    quantity: Option<i64>,
    channel: Option<bool>,
    cancelled: bool,
}

/// An event: of which kind, whose, which, when, with which visitor.
#[derive(Clone, Debug)]
struct Happened {
    kind: usize,
    customer: Option<usize>,
    id: Option<usize>,
    day: i32,
    micros: i64,
    visitor: Option<usize>,
}

/// What one import brings of each kind.
#[derive(Clone, Debug)]
struct File {
    lines: Vec<Bought>,
    events: Vec<Happened>,
    /// Customer and attribute that it says something of.
    described: Vec<(usize, usize)>,
}

fn bought() -> impl Strategy<Value = Bought> {
    let parts = (
        proptest::option::weighted(0.9, 0..IDS.len()),
        proptest::option::weighted(0.8, 0..ORDERS),
        (14_000..14_100_i32, 0..40_i64),
        prop_oneof![1 => Just(0_i64), 5 => -30_i64..200],
        proptest::option::of(-3_i64..9),
        proptest::option::of(any::<bool>()),
        proptest::bool::weighted(0.1),
    );
    parts.prop_map(|(customer, order, (day, micros), amount, quantity, channel, cancelled)| Bought {
        customer,
        order,
        day,
        micros,
        amount,
        quantity,
        channel,
        cancelled: cancelled && order.is_some(),
    })
}

fn happened() -> impl Strategy<Value = Happened> {
    let parts = (
        0..3_usize,
        proptest::option::weighted(0.6, 0..IDS.len()),
        proptest::option::weighted(0.5, 0..5_usize),
        (14_000..14_100_i32, 0..40_i64),
        proptest::option::weighted(0.7, 0..VISITORS.len()),
    );
    parts.prop_map(|(kind, customer, id, (day, micros), visitor)| Happened {
        kind,
        customer,
        id,
        day,
        micros,
        visitor,
    })
}

fn files() -> impl Strategy<Value = Vec<File>> {
    let file = (
        proptest::collection::vec(bought(), 0..14),
        proptest::collection::vec(happened(), 0..10),
        proptest::collection::vec((0..IDS.len(), 0..ATTRIBUTES.len()), 0..3),
    );
    let file = file.prop_map(|(lines, events, described)| File { lines, events, described });
    proptest::collection::vec(file, 1..4)
}

fn said() -> impl Strategy<Value = Vec<Entry>> {
    let one = (0..IDS.len(), proptest::option::weighted(0.8, 0..IDS.len()));
    proptest::collection::vec(one, 0..6).prop_map(|said| {
        let entry = |(step, (id, main)): (i64, (usize, Option<usize>))| Entry {
            step,
            at: step,
            said: NewEntry {
                customer_id: IDS[id].to_owned(),
                main_id: main.map(|main: usize| IDS[main].to_owned()),
                why: Why::Hand,
                rests_on: None,
            },
            undone_at: None,
            unfounded: false,
        };
        (1..).zip(said).map(entry).collect()
    })
}

/// A base of files in which `name` says whose a row is; `visit` whose a touch of nobody is.
fn base(
    files: &[File],
    name: &dyn Fn(&'static str) -> &'static str,
    visit: &dyn Fn(&Happened) -> Option<&'static str>,
) -> Base {
    let mut base = Base::new();
    for (number, file) in files.iter().enumerate() {
        let ids: Vec<String> = file.lines.iter().map(order_id).collect();
        let lines = file.lines.iter().zip(&ids).map(|(bought, id)| OrderLine {
            customer_id: bought.customer.map(|at| name(IDS[at])),
            order_id: bought.order.map(|_| id.as_str()),
            // Rows alike are of one id only: else two files could say the same row of one person.
            ordered_at: i64::from(bought.day) * DAY_MICROS + 10 * bought.micros + whose(bought.customer),
            day: Day(bought.day),
            channel: bought.order.zip(bought.channel).map(|(_, web)| if web { "web" } else { "shop" }),
            amount: Money(bought.amount * 1_111),
            quantity: bought.quantity.map(|units| units * 10_000),
            cancelled: bought.cancelled,
            ..OrderLine::default()
        });
        base.import(lines);
        for (place, kind) in FactKind::EVENTS.into_iter().enumerate() {
            let own: Vec<&Happened> = file.events.iter().filter(|event| event.kind == place).collect();
            let ids: Vec<String> = own.iter().map(|event| event_id(event)).collect();
            let rows: Vec<EventRow<'_>> = own
                .iter()
                .zip(&ids)
                .map(|(&event, id)| {
                    let customer_id = event.customer.map(|at| name(IDS[at])).or_else(|| visit(event));
                    event_row(kind, event, customer_id, id)
                })
                .collect();
            base.import_events(kind, &rows, 1);
        }
        let value = format!("said by {number}");
        let mut described: BTreeMap<usize, usize> = BTreeMap::new();
        // Of one attribute an import says one thing.
        for &(customer, attribute) in &file.described {
            described.insert(attribute, customer);
        }
        let rows: Vec<CustomerRow<'_>> = described
            .into_iter()
            .map(|(attribute, customer)| CustomerRow {
                customer_id: name(IDS[customer]),
                created: None,
                attributes: vec![(ATTRIBUTES[attribute], value.as_str())],
            })
            .collect();
        base.import_customers(&rows);
    }
    base
}

fn whose(customer: Option<usize>) -> i64 {
    customer.map_or(9, |at| at as i64)
}

fn order_id(bought: &Bought) -> String {
    format!("{}-{}", bought.customer.map_or("", |at| IDS[at]), bought.order.unwrap_or_default())
}

fn event_id(event: &Happened) -> String {
    format!("{}-{}", event.customer.map_or("", |at| IDS[at]), event.id.unwrap_or_default())
}

fn event_row<'a>(
    kind: FactKind,
    event: &Happened,
    customer_id: Option<&'a str>,
    id: &'a str,
) -> EventRow<'a> {
    let mut values = vec![Value::Nothing; columns_of(kind).len()];
    if kind == FactKind::Touches {
        values[0] = event.visitor.map_or(Value::Nothing, |at| Value::Text(VISITORS[at]));
    }
    EventRow {
        customer_id,
        id: event.id.map(|_| id),
        at: Some((
            i64::from(event.day) * DAY_MICROS + 10 * event.micros + whose(event.customer),
            Day(event.day),
        )),
        values,
        ..EventRow::default()
    }
}

/// Every feature of every customer as of a day, as text.
fn features(facts: &FactSet, as_of: i32, threads: usize) -> String {
    let mut question = Question::new(AsOf(Day(as_of)));
    FEATURES.iter().for_each(|feature| question.need(feature.name));
    question.attributes = ATTRIBUTES.map(str::to_owned).to_vec();
    let buckets = compute(facts, &question, threads, &Unwatched).unwrap();
    let shown = buckets.iter().map(|bucket| {
        format!("{:?} {:?} {:?}\n", bucket.customer_ids(), bucket.columns(), bucket.attributes())
    });
    shown.collect()
}

/// Every event as text.
fn events(facts: &FactSet, as_of: i32) -> Vec<String> {
    let mut all = Vec::new();
    for kind in FactKind::EVENTS {
        for bucket in 0..ANONYMOUS {
            let events = facts.events_as_of(kind, bucket, AsOf(Day(as_of))).unwrap();
            // Rows without an id are known by whose they were, so their ids are no part of it.
            let row = |row| EventRow { id: None, ..events.row(row) };
            all.extend((0..events.len()).map(|at| format!("{bucket} {:?}", row(at))));
        }
    }
    all.sort();
    all
}

fn linked(base: &Base, links: &Links, threads: usize) -> FactSet {
    let mut facts = base.facts();
    link(&mut facts, links, threads).unwrap();
    facts
}

/// Whose the visits of a visitor are as of a day, by the rows of files.
fn named(
    files: &[File],
    main: &dyn Fn(&'static str) -> &'static str,
    visitor: usize,
    as_of: i32,
) -> Option<&'static str> {
    let touches = files.iter().flat_map(|file| &file.events);
    let seen =
        touches.filter(|event| event.kind == 2 && event.visitor == Some(visitor) && event.day <= as_of);
    let mut with: Vec<&str> = seen.filter_map(|event| Some(main(IDS[event.customer?]))).collect();
    with.sort_unstable();
    with.dedup();
    if with.len() == 1 { with.first().copied() } else { None }
}

/// Files in which of every person one id alone says each attribute: the main one, else the smallest.
fn with_one_word(mut files: Vec<File>, main: &dyn Fn(&'static str) -> &'static str) -> Vec<File> {
    // What an import said before it said another thing in its own file does not count.
    for file in &mut files {
        let last: BTreeMap<usize, usize> = file.described.iter().map(|&(who, what)| (what, who)).collect();
        file.described = last.into_iter().map(|(what, who)| (who, what)).collect();
    }
    let mut speaker: BTreeMap<(&str, usize), usize> = BTreeMap::new();
    for &(who, what) in files.iter().flat_map(|file| &file.described) {
        let rank = |who: usize| (IDS[who] != main(IDS[who]), IDS[who]);
        let kept = speaker.entry((main(IDS[who]), what)).or_insert(who);
        *kept = if rank(who) < rank(*kept) { who } else { *kept };
    }
    for file in &mut files {
        file.described.retain(|&(who, what)| speaker[&(main(IDS[who]), what)] == who);
    }
    files
}

/// Files without versions of events: what a version said of a visitor counts no more.
fn without_event_ids(mut files: Vec<File>) -> Vec<File> {
    files.iter_mut().flat_map(|file| &mut file.events).for_each(|event| event.id = None);
    files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn linked_ids_are_one_customer(
        files in files(),
        said in said(),
        as_of in 14_000..14_110_i32,
        threads in 1..5_usize,
    ) {
        // Visits are held against their own plain version below.
        let mut files = files;
        files.iter_mut().flat_map(|file| &mut file.events).for_each(|event| event.visitor = None);
        let links = Links::replay(&said);
        let main = |id: &'static str| -> &'static str {
            IDS.into_iter().find(|known| *known == links.main_of(id)).unwrap()
        };
        let mut raw = base(&files, &|id| id, &|_| None);
        let apart = features(&raw.facts(), as_of, 2);
        let expected = base(&with_one_word(files.clone(), &main), &main, &|_| None);
        let facts = linked(&raw, &links, threads);
        prop_assert_eq!(features(&facts, as_of, threads), features(&expected.facts(), as_of, 2));
        prop_assert_eq!(events(&facts, as_of), events(&expected.facts(), as_of));

        // Files are compared with what was imported, not with what was linked.
        let staged = raw.import(std::iter::empty());
        prop_assert!(staged.files.is_empty());
        raw.compact();
        prop_assert_eq!(features(&linked(&raw, &links, 2), as_of, 1), features(&facts, as_of, 3));
        prop_assert_eq!(features(&raw.facts(), as_of, 1), apart, "files are as they were");
    }

    #[test]
    fn visits_are_of_whom_their_visitor_was_seen_with(
        files in files(),
        said in said(),
        as_of in 14_000..14_110_i32,
        threads in 1..5_usize,
    ) {
        let files = without_event_ids(files);
        let links = Links::replay(&said);
        let main = |id: &'static str| -> &'static str {
            IDS.into_iter().find(|known| *known == links.main_of(id)).unwrap()
        };
        let raw = base(&files, &|id| id, &|_| None);
        // Whoever is known to a visit from the start is named in the file; so are visits that two
        // were seen with, which there stay nobody's.
        let mut known = with_one_word(files.clone(), &main);
        for event in known.iter_mut().flat_map(|file| &mut file.events) {
            let owner = event.visitor.and_then(|visitor| named(&files, &main, visitor, as_of));
            if event.kind == 2 && event.customer.is_none() && owner.is_none() {
                event.visitor = None;
            }
        }
        let owner = |event: &Happened| {
            event.visitor.filter(|_| event.kind == 2).and_then(|visitor| named(&files, &main, visitor, as_of))
        };
        let expected = base(&known, &main, &owner);
        let facts = linked(&raw, &links, threads);
        prop_assert_eq!(features(&facts, as_of, threads), features(&expected.facts(), as_of, 2));
        // Alone, and after a question of another day.
        let other = linked(&raw, &links, 1);
        events(&other, as_of + 7);
        prop_assert_eq!(events(&other, as_of), events(&facts, as_of));
    }
}

fn touch(customer: Option<&'static str>, visitor: &'static str, day: i32) -> EventRow<'static> {
    let mut values = vec![Value::Nothing; columns_of(FactKind::Touches).len()];
    values[0] = Value::Text(visitor);
    let at = Some((i64::from(day) * DAY_MICROS, Day(day)));
    EventRow { customer_id: customer, at, values, ..EventRow::default() }
}

#[test]
fn a_visitor_is_somebody_from_the_day_on_which_they_say_who() {
    let mut base = Base::new();
    let rows = [touch(None, "v1", 10), touch(Some("anna"), "v1", 12), touch(Some("boris"), "v1", 14)];
    base.import_events(FactKind::Touches, &rows, 1);
    let touches = |links: &Links, customer: &str, as_of: i32| {
        let facts = linked(&base, links, 1);
        let bucket = engine::facts::bucket::bucket_of(customer);
        let events = facts.events_as_of(FactKind::Touches, bucket, AsOf(Day(as_of))).unwrap();
        (0..events.len()).filter(|&row| events.customer(row) == Some(customer)).count()
    };
    let counts = [11, 12, 13, 14].map(|as_of| touches(&Links::default(), "anna", as_of));
    assert_eq!(counts, [1, 2, 2, 1], "seen with two, it is nobody's");
    let said = NewEntry {
        customer_id: "boris".to_owned(),
        main_id: Some("anna".to_owned()),
        why: Why::Hand,
        rests_on: None,
    };
    let links = Links::replay(&[Entry { step: 1, at: 1, said, undone_at: None, unfounded: false }]);
    assert_eq!(touches(&links, "anna", 14), 3, "the two are one");
}

#[test]
fn an_order_that_moved_between_linked_ids_is_counted_once() {
    let line = OrderLine {
        customer_id: Some("guest-1"),
        order_id: Some("77"),
        ordered_at: 14_500 * DAY_MICROS,
        day: Day(14_500),
        amount: Money::units(50),
        ..OrderLine::default()
    };
    let mut base = Base::new();
    base.import([line]);
    base.import([OrderLine { customer_id: Some("member-1"), ..line }]);
    for (alias, main) in [("guest-1", "member-1"), ("member-1", "guest-1")] {
        let said = NewEntry {
            customer_id: alias.to_owned(),
            main_id: Some(main.to_owned()),
            why: Why::Hand,
            rests_on: None,
        };
        let links = Links::replay(&[Entry { step: 1, at: 1, said, undone_at: None, unfounded: false }]);
        let facts = linked(&base, &links, 1);
        let mut question = Question::new(AsOf(Day(14_600)));
        question.need("orders");
        let buckets = compute(&facts, &question, 1, &Unwatched).unwrap();
        let found = buckets.iter().flat_map(|bucket| {
            (0..bucket.len()).map(|row| {
                (bucket.customer_ids().value(row).to_owned(), bucket.counts("orders").get(row).unwrap())
            })
        });
        assert_eq!(found.collect::<Vec<_>>(), [(main.to_owned(), 1)]);
    }
}

#[test]
fn a_consent_that_one_id_has_withdrawn_the_person_has_withdrawn() {
    let base = Base::new();
    let said = |id: &str| NewEntry {
        customer_id: id.to_owned(),
        main_id: Some("b".to_owned()),
        why: Why::Hand,
        rests_on: None,
    };
    let entry = |said| Entry { step: 1, at: 1, said, undone_at: None, unfounded: false };
    let links = Links::replay(&[entry(said("a")), entry(said("c"))]);
    let mut facts = linked(&base, &links, 1);
    let word = |id: &str, field: &str, value: &str| (id.to_owned(), field.to_owned(), value.to_owned());
    facts.hand([
        word("a", "consent_email", "yes"),
        word("b", "consent_email", "yes"),
        word("c", "consent_email", "no"),
        word("a", "birthday", "1990-05-17"),
        word("c", "birthday", "1991-05-17"),
        word("d", "consent_email", "yes"),
    ]);
    let mut rows = Vec::new();
    for bucket in 0..ANONYMOUS {
        let attributes = facts.attributes(bucket).unwrap();
        rows.extend(attributes.iter().map(|row| word(row.customer_id, row.attribute, row.value.unwrap())));
    }
    rows.sort();
    let expected = [
        word("b", "birthday", "1990-05-17"),
        word("b", "consent_email", "no"),
        word("d", "consent_email", "yes"),
    ];
    assert_eq!(rows, expected);
}
