//! Facts through a base and back as features, however they came in.

use crate::base::Base;
use crate::naive;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal64Type, Int32Type, TimestampMicrosecondType};
use arrow_array::{Decimal64Array, Int32Array, StringArray};
use engine::facts::OrderLine;
use engine::facts::bucket::{BUCKETS, bucket_of};
use engine::features::{FEATURES, Features, Question, Unit, compute, feature_named, need};
use engine::progress::Unwatched;
use engine::scan::decode_only;
use model::calendar::{AsOf, Day};
use model::money::Money;
use proptest::prelude::*;
use std::collections::BTreeMap;

const DAY_MICROS: i64 = 86_400_000_000;
const CUSTOMERS: [&str; 6] = ["c1", "c10", "c2", "long-customer-id-1", "long-customer-id-2", "ž"];
const CATEGORIES: [&str; 3] = ["tents", "boots", "stoves"];

/// A line with an order id of its own customer, or none; an order's lines share a channel.
fn line() -> impl Strategy<Value = OrderLine<'static>> {
    let ids: &[&str] = &["o1", "o2", "o3", "o4", "o5", "o6", "o7", "o8"];
    let parts = (
        proptest::option::weighted(0.9, 0..CUSTOMERS.len()),
        proptest::option::weighted(0.8, 0..ids.len()),
        14_000..14_800_i32,
        0..DAY_MICROS,
        prop_oneof![1 => Just(0_i64), 5 => -30_i64..200],
        proptest::option::of(0..CATEGORIES.len()),
        proptest::option::of(0_i64..90),
        proptest::option::of(-3_i64..9),
        proptest::option::of(0_i64..50),
    );
    parts.prop_map(move |(customer, order, day, micros, amount, category, cost, quantity, discount)| {
        OrderLine {
            customer_id: customer.map(|at| CUSTOMERS[at]),
            order_id: order.map(|at| ids[at]),
            ordered_at: i64::from(day) * DAY_MICROS + micros,
            day: Day(day),
            category: category.map(|at| CATEGORIES[at]),
            channel: order.filter(|at| at % 3 > 0).map(|at| if at % 2 == 0 { "web" } else { "shop" }),
            amount: Money(amount * 1_111),
            cost: cost.map(Money),
            quantity: quantity.map(|units| units * 10_000),
            discount: discount.map(Money),
            ..OrderLine::default()
        }
    })
}

fn question(as_of: Day) -> Question {
    let mut question = Question::new(AsOf(as_of));
    FEATURES.iter().for_each(|feature| question.need(feature.name));
    question
}

pub(crate) fn computed(base: &Base, as_of: Day, threads: usize) -> Vec<Features> {
    compute(&base.facts(), &question(as_of), threads, &Unwatched).unwrap()
}

pub(crate) fn as_plain(buckets: &[Features]) -> BTreeMap<String, naive::Plain> {
    let mut all = BTreeMap::new();
    for features in buckets {
        for row in 0..features.len() {
            let id = features.customer_ids().value(row).to_owned();
            let found = naive::Plain {
                first: features.day("first_order_at", row).map(|day| day.0),
                last: features.day("last_order_at", row).map(|day| day.0),
                orders: features.counts("orders").get(row).unwrap(),
                returns: features.counts("returns").get(row).unwrap(),
                revenue: features.exact("revenue").get(row).unwrap(),
                margin: features.exact("margin").get(row),
                average_order: features.exact("average_order").get(row),
                quantity: features.exact("quantity").get(row),
                median_gap: features.numbers("median_gap_days").get(row),
                gaps: features.counts("gaps").get(row).unwrap(),
                orders_365: features.counts("orders_365").get(row).unwrap(),
                span: features.counts("order_span_days").get(row),
                age: features.counts("age_days").get(row),
                recent_days: features.counts("order_days_182").get(row).unwrap(),
                ln_gaps: features.numbers("ln_gap_weeks").get(row),
                repeat_revenue: features.exact("repeat_revenue").get(row),
                repeat_margin: features.exact("repeat_margin").get(row),
                category: features.text("favourite_category", row).map(str::to_owned),
                channel: features.text("favourite_channel", row).map(str::to_owned),
                cv: features.numbers("revenue_cv").get(row),
                periods_revenue: features.exact("periods_revenue").get(row).unwrap(),
                periods_known: features.counts("periods_known").get(row).unwrap(),
                discount_share: features.numbers("discount_share").get(row),
                return_share: features.numbers("return_share").get(row),
            };
            assert!(all.insert(id, found).is_none(), "a customer came twice");
        }
    }
    all
}

/// What is asked of no moment within a day, by customer: each feature as text.
fn untimed(base: &Base, as_of: Day) -> BTreeMap<String, Vec<String>> {
    let of = |names: &[&str]| {
        let mut question = Question::new(AsOf(as_of));
        names.iter().for_each(|name| question.need(name));
        question
    };
    let names: Vec<&str> = FEATURES.iter().map(|feature| feature.name).collect();
    let names: Vec<&str> = names.into_iter().filter(|name| !need(&of(&[name])).moment).collect();
    let mut all = BTreeMap::new();
    for features in compute(&base.facts(), &of(&names), 2, &Unwatched).unwrap() {
        for row in 0..features.len() {
            let text = |&name: &&str| match feature_named(name).unwrap().unit {
                Unit::Text => format!("{:?}", features.text(name, row)),
                _ => format!("{:?}", features.column(name).unwrap().slice(row, 1)),
            };
            all.insert(features.customer_ids().value(row).to_owned(), names.iter().map(text).collect());
        }
    }
    all
}

/// Every column of every bucket as text: equal only if equal to the last digit.
fn digits(buckets: &[Features]) -> String {
    buckets
        .iter()
        .map(|features| format!("{:?} {:?}\n", features.customer_ids(), features.columns()))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn features_are_what_the_words_say(
        lines in proptest::collection::vec(line(), 1..80),
        as_of in 14_000..14_850_i32,
    ) {
        let mut base = Base::new();
        let staged = base.import(lines.iter().copied());
        prop_assert_eq!(staged.imported, lines.len() as u64);
        prop_assert_eq!(as_plain(&computed(&base, Day(as_of), 2)), naive::features(&lines, Day(as_of)));
        let of_customers = lines.iter().filter(|line| line.customer_id.is_some()).count() as u64;
        let columns = need(&question(Day(as_of)));
        prop_assert_eq!(decode_only(&base.facts(), columns, 2).unwrap(), of_customers);
    }

    #[test]
    fn rows_threads_and_files_make_no_difference(
        lines in proptest::collection::vec(line(), 1..80),
        cuts in proptest::collection::vec(0..6_usize, 8),
        seed: u64,
    ) {
        let as_of = Day(14_700);
        let mut whole = Base::new();
        whole.import(lines.iter().copied());
        let once = digits(&computed(&whole, as_of, 1));
        prop_assert_eq!(&once, &digits(&computed(&whole, as_of, 8)));

        // Another order of rows, and whole orders spread over several files in any order.
        let mut mixed = lines.clone();
        mixed.sort_by_key(|line| (line.ordered_at as u64).wrapping_mul(seed | 1));
        let mut split = Base::new();
        for part in 0..6 {
            let of_part = |line: &&OrderLine<'_>| match line.order_id {
                Some(id) => cuts[id.as_bytes()[1] as usize % cuts.len()] == part,
                // Rows alike are told apart by their number within a file, so they stay together.
                None => (line.ordered_at % 6) as usize == part,
            };
            split.import(mixed.iter().filter(of_part).copied());
        }
        prop_assert_eq!(as_plain(&computed(&whole, as_of, 2)), as_plain(&computed(&split, as_of, 3)));
        // Without features of single moments several imports are put together column by column.
        prop_assert_eq!(untimed(&whole, as_of), untimed(&split, as_of));
    }

    #[test]
    fn compaction_changes_no_digit(
        imports in proptest::collection::vec(proptest::collection::vec((line(), any::<bool>()), 1..30), 2..5),
        as_of in 14_000..14_850_i32,
        late in line(),
    ) {
        let mut base = Base::new();
        for lines in &imports {
            // Some of the orders are cancelled: they take back what is known of them.
            base.import(lines.iter().map(|(line, kept)| OrderLine { cancelled: !kept, ..*line }));
        }
        let days = |base: &Base| (base.facts().first_day(), base.facts().newest_day());
        let (before, span) = (digits(&computed(&base, Day(as_of), 2)), days(&base));
        let old = base.files.clone();
        base.compact();
        prop_assert_eq!(&before, &digits(&computed(&base, Day(as_of), 1)));
        prop_assert_eq!(span, days(&base));
        // What comes afterwards is compared with the merged files as with the old ones.
        let found = base.import([late]);
        let after = digits(&computed(&base, Day(as_of), 2));
        base.files = old;
        let expected = base.import([late]);
        prop_assert_eq!((expected.new, expected.replaced, expected.moved), (found.new, found.replaced, found.moved));
        prop_assert_eq!(digits(&computed(&base, Day(as_of), 2)), after);
    }

    #[test]
    fn facts_after_the_moment_do_not_matter(
        lines in proptest::collection::vec(line(), 1..60),
        as_of in 14_000..14_850_i32,
    ) {
        let mut base = Base::new();
        base.import(lines.iter().copied());
        let before = digits(&computed(&base, Day(as_of), 2));
        let later = lines.iter().enumerate().map(|(index, line)| OrderLine {
            order_id: Some(if index % 2 == 0 { "later-1" } else { "later-2" }),
            day: Day(as_of + 1 + index as i32 % 9),
            ordered_at: i64::from(as_of + 1 + index as i32 % 9) * DAY_MICROS,
            ..*line
        });
        base.import(later);
        let after = computed(&base, Day(as_of), 2);
        prop_assert_eq!(before, digits(&after));
    }

    #[test]
    fn importing_again_changes_nothing_and_undo_restores(
        lines in proptest::collection::vec(line(), 1..60),
        changed in proptest::collection::vec(line(), 1..20),
    ) {
        let as_of = Day(14_800);
        let mut base = Base::new();
        base.import(lines.iter().copied());
        let before = digits(&computed(&base, as_of, 2));
        let mut again = lines.clone();
        again.reverse();
        let staged = base.import(again);
        prop_assert_eq!((staged.imported, staged.new, staged.replaced), (0, 0, 0));
        prop_assert_eq!(staged.unchanged, lines.len() as u64);
        prop_assert!(staged.files.is_empty());
        prop_assert_eq!(&before, &digits(&computed(&base, as_of, 2)));
        // Other content under known order ids replaces; taking that import back restores.
        base.import(changed.iter().copied());
        let replaced: Vec<(Option<&str>, &str)> =
            changed.iter().filter_map(|line| Some((line.customer_id, line.order_id?))).collect();
        let newest: Vec<OrderLine<'_>> = lines
            .iter()
            .filter(|line| line.order_id.is_none_or(|id| !replaced.contains(&(line.customer_id, id))))
            .chain(changed.iter().filter(|line| line.order_id.is_some()))
            .copied()
            .collect();
        if changed.iter().all(|line| line.order_id.is_some()) {
            prop_assert_eq!(as_plain(&computed(&base, as_of, 2)), naive::features(&newest, as_of));
        }
        base.undo(3);
        prop_assert_eq!(before, digits(&computed(&base, as_of, 2)));
    }
}

#[test]
fn rows_without_any_order_id_are_known_again() {
    let line = OrderLine {
        customer_id: Some("a"),
        ordered_at: 14_500 * DAY_MICROS,
        day: Day(14_500),
        amount: Money::units(50),
        ..OrderLine::default()
    };
    let mut base = Base::new();
    assert_eq!(base.import([line, line]).new, 2);
    let again = base.import([line, line, line]);
    assert_eq!((again.new, again.unchanged), (1, 2));
}

#[test]
fn an_order_that_moves_to_another_customer_is_counted_once() {
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
    let staged = base.import([OrderLine { customer_id: Some("member-1"), ..line }]);
    assert_eq!((staged.new, staged.replaced, staged.moved), (0, 1, 1));
    let found = as_plain(&computed(&base, Day(14_600), 1));
    assert_eq!(found.keys().collect::<Vec<_>>(), ["member-1"]);
    base.undo(2);
    let found = as_plain(&computed(&base, Day(14_600), 1));
    assert_eq!(found.keys().collect::<Vec<_>>(), ["guest-1"]);
    // The same number at another moment is another order: receipts begin anew each year.
    let staged =
        base.import([OrderLine { customer_id: Some("member-1"), ordered_at: line.ordered_at + 1, ..line }]);
    assert_eq!((staged.new, staged.moved), (1, 0));
}

#[test]
fn a_cancelled_order_takes_back_what_is_known_of_it() {
    let line = OrderLine {
        customer_id: Some("a"),
        order_id: Some("77"),
        ordered_at: 14_500 * DAY_MICROS,
        day: Day(14_500),
        amount: Money::units(50),
        ..OrderLine::default()
    };
    let mut base = Base::new();
    assert_eq!(base.import([OrderLine { cancelled: true, ..line }]).set_aside, 1);
    assert!(as_plain(&computed(&base, Day(14_600), 1)).is_empty());
    base.import([line, OrderLine { order_id: Some("78"), ..line }]);
    let staged = base.import([OrderLine { cancelled: true, ..line }]);
    assert_eq!((staged.set_aside, staged.replaced), (1, 1));
    assert_eq!(as_plain(&computed(&base, Day(14_600), 1))["a"].orders, 1);
    let staged = base.import([line]);
    assert_eq!((staged.new, staged.unchanged), (1, 0));
    assert_eq!(as_plain(&computed(&base, Day(14_600), 1))["a"].orders, 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Columns that are read straight from pages hold what Arrow's reader finds in them.
    #[test]
    fn columns_read_straight_are_those_of_arrow(lines in prop::collection::vec(line(), 1..400)) {
        let mut base = Base::new();
        base.import(lines);
        let facts = base.facts();
        for (bucket, run) in (0..=BUCKETS).flat_map(|bucket| (0..facts.run_count(bucket)).map(move |run| (bucket, run))) {
            let group = facts.open_run(bucket, run).unwrap().unwrap();
            let names = ["customer_id", "ordered_at", "day", "line", "category", "channel", "quantity", "amount", "cost"];
            let batch = facts.orders_run(bucket, run, &names).unwrap().unwrap().batch;
            let column = |name: &str| batch.column_by_name(name).unwrap();
            for name in ["quantity", "amount", "cost"] {
                let own = group.numbers::<i64>(name).unwrap().unwrap();
                let straight = Decimal64Array::new(own.values, own.nulls);
                prop_assert!(straight.iter().eq(column(name).as_primitive::<Decimal64Type>().iter()), "{}", name);
            }
            let days = group.numbers::<i32>("day").unwrap().unwrap();
            prop_assert_eq!(&days.values[..], &column("day").as_primitive::<Date32Type>().values()[..]);
            let numbers = group.numbers::<i32>("line").unwrap().unwrap();
            prop_assert_eq!(&numbers.values[..], &column("line").as_primitive::<Int32Type>().values()[..]);
            let moments = group.numbers::<i64>("ordered_at").unwrap().unwrap().values;
            prop_assert_eq!(&moments[..], &column("ordered_at").as_primitive::<TimestampMicrosecondType>().values()[..]);
            for name in ["customer_id", "category", "channel"] {
                let (keys, texts) = group.texts(name).unwrap().unwrap();
                let keys = Int32Array::new(keys.values, keys.nulls);
                let straight = keys.iter().map(|key| key.map(|key| texts.value(key as usize)));
                let array = column(name).as_dictionary::<Int32Type>().downcast_dict::<StringArray>().unwrap();
                prop_assert!(straight.eq(array.into_iter()), "{}", name);
            }
        }
    }
}

#[test]
fn what_is_handed_stands_in_order_without_files_of_customers() {
    let mut base = Base::new();
    base.import([OrderLine { customer_id: Some("c1"), order_id: Some("o1"), ..OrderLine::default() }]);
    let mut facts = base.facts();
    let word = |id: &str, name: &str, value: &str| (id.to_owned(), name.to_owned(), value.to_owned());
    facts.hand([
        word("c2", "consent_email", "yes"),
        word("c1", "consent_phone", "no"),
        word("c1", "birthday", "1990-05-17"),
        word("c1", "consent_phone", "yes"),
    ]);
    for (id, expected) in [
        ("c1", &[("birthday", "1990-05-17"), ("consent_phone", "no")][..]),
        ("c2", &[("consent_email", "yes")]),
    ] {
        let attributes = facts.attributes(bucket_of(id)).unwrap();
        let own = attributes.iter().filter(|row| row.customer_id == id);
        assert!(own.map(|row| (row.attribute, row.value.unwrap())).eq(expected.iter().copied()), "{id}");
    }
    let mut question = Question::new(AsOf(Day(20_000)));
    question.need_attribute("consent_phone");
    let features = &compute(&facts, &question, 1, &Unwatched).unwrap()[bucket_of("c1")];
    assert_eq!(features.attribute("consent_phone", 0), Some("no"));
}
