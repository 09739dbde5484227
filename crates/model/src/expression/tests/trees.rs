//! Made-up trees and the names in them.

use crate::calendar::Day;
use crate::expression::days::{CalendarPeriod, Duration, Moment, Unit, Window};
use crate::expression::decimal::Decimal;
use crate::expression::tree::*;
use crate::expression::value::Type;
use crate::expression::vocabulary::Vocabulary;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

pub fn vocabulary() -> Vocabulary {
    let fields = FIELDS;
    Vocabulary::new()
        .value("city", Type::Text)
        .value("revenue", Type::Number)
        .value("orders", Type::Count)
        .value("share", Type::Float)
        .value("last_order_at", Type::Day)
        .value("birthday", Type::Day)
        .value("asleep", Type::Flag)
        .value("likes", Type::List)
        .labels("rfm_name", ["champions", "loyal", "lost"])
        .fact("order", fields)
        .fact("touch", fields)
        .tags(["pram", "toys"])
        .tag_field("weight", Type::Float)
        .channel("email")
        .channel("sms")
}

/// Fields of every kind of facts.
pub const FIELDS: [(&str, Type); 7] = [
    ("category", Type::Text),
    ("amount", Type::Number),
    ("items", Type::Count),
    ("share", Type::Float),
    ("due", Type::Day),
    ("gift", Type::Flag),
    ("brands", Type::List),
];

/// Texts of facts and rules: they meet now and then, also in other letters.
pub const TEXTS: [&str; 8] = ["Toys", "toys", "TOY", "prams", "Rīga", "rĪGA", "", "st"];

pub fn texts() -> impl Strategy<Value = String> {
    select(TEXTS.to_vec()).prop_map(str::to_owned)
}

pub fn numbers() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (-3i64..6).prop_map(|whole| Decimal(whole * 10_000)),
        (-8i64..20).prop_map(|q| Decimal(q * 2_500))
    ]
}

fn units() -> impl Strategy<Value = Unit> {
    select(Unit::ALL.to_vec())
}

pub fn durations(least: u32) -> impl Strategy<Value = Duration> {
    (least..40, units()).prop_map(|(count, unit)| {
        // Facts lie within some months.
        let count = match unit {
            Unit::Days => count,
            Unit::Weeks => count % 8,
            Unit::Months | Unit::Years => count % 4,
        };
        Duration { count: count.max(1), unit }
    })
}

pub fn moments() -> impl Strategy<Value = Moment> {
    prop_oneof![
        (20_000i32..20_600).prop_map(|day| Moment::On(Day(day))),
        durations(0).prop_map(Moment::Ago),
        durations(0).prop_map(Moment::Ahead),
        Just(Moment::TODAY),
    ]
}

fn windows() -> impl Strategy<Value = Window> {
    let periods = || select(CalendarPeriod::ALL.to_vec());
    prop_oneof![
        4 => durations(1).prop_map(Window::Last),
        1 => durations(1).prop_map(Window::Next),
        1 => periods().prop_map(Window::This),
        1 => periods().prop_map(Window::Previous),
    ]
}

fn spans() -> impl Strategy<Value = Span> {
    prop_oneof![
        Just(Span::Ever),
        windows().prop_map(Span::In),
        (moments(), moments()).prop_map(|(from, to)| Span::Between { from, to }),
        moments().prop_map(Span::Before),
        moments().prop_map(Span::After),
        moments().prop_map(Span::Since),
        moments().prop_map(Span::Until),
        durations(1).prop_map(Span::First),
    ]
}

fn operators() -> impl Strategy<Value = Operator> {
    select(Operator::ALL.to_vec())
}

fn equalities() -> impl Strategy<Value = Operator> {
    select(vec![Operator::Equal, Operator::NotEqual])
}

/// A test that fits a type.
fn tests(kind: Type) -> BoxedStrategy<Test> {
    let compare = |value: BoxedStrategy<Literal>, operators: BoxedStrategy<Operator>| {
        (operators, value).prop_map(|(operator, value)| Test::Compare { operator, value })
    };
    let listed = |value: BoxedStrategy<Literal>| vec(value, 0..12).prop_map(Test::In);
    let between = |value: BoxedStrategy<Literal>| {
        (value.clone(), value).prop_map(|(from, to)| Test::Between { from, to })
    };
    let fitting = match kind {
        Type::Text | Type::List => {
            let text = texts().prop_map(Literal::Text).boxed();
            prop_oneof![
                compare(text.clone(), equalities().boxed()),
                listed(text),
                texts().prop_map(Test::Contains),
                vec(texts(), 0..3).prop_map(Test::ContainsAny),
                vec(texts(), 0..3).prop_map(Test::ContainsAll),
                texts().prop_map(Test::StartsWith),
                texts().prop_map(Test::EndsWith),
            ]
            .boxed()
        }
        Type::Number | Type::Count | Type::Float => {
            let number = numbers().prop_map(Literal::Number).boxed();
            prop_oneof![compare(number.clone(), operators().boxed()), listed(number.clone()), between(number)]
                .boxed()
        }
        Type::Day => {
            let day = moments().prop_map(Literal::Day).boxed();
            prop_oneof![
                compare(day.clone(), operators().boxed()),
                listed(day.clone()),
                between(day),
                windows().prop_map(Test::Window)
            ]
            .boxed()
        }
        Type::Flag => compare(any::<bool>().prop_map(Literal::Flag).boxed(), equalities().boxed()).boxed(),
    };
    prop_oneof![1 => Just(Test::Set), 8 => fitting].boxed()
}

fn named(names: &[(&str, Type)]) -> BoxedStrategy<Expression> {
    let names: Vec<(String, Type)> = names.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
    select(names)
        .prop_flat_map(|(name, kind)| {
            tests(kind).prop_map(move |test| Expression::Value(Named { name: name.clone(), test }))
        })
        .boxed()
}

fn anniversaries(of: &'static str) -> impl Strategy<Value = Expression> {
    let near = prop_oneof![
        durations(0).prop_map(Near::Within),
        windows().prop_map(Near::In),
        (moments(), moments()).prop_map(|(from, to)| Near::Between { from, to }),
    ];
    near.prop_map(move |near| Expression::Anniversary(Anniversary { of: of.to_owned(), near }))
}

/// Groups of conditions, each of two or more.
fn grouped(leaf: BoxedStrategy<Expression>, depth: u32) -> BoxedStrategy<Expression> {
    leaf.prop_recursive(depth, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(Expression::And),
            vec(inner.clone(), 2..4).prop_map(Expression::Or),
            inner.prop_map(|inner| Expression::Not(Box::new(inner))),
        ]
    })
    .boxed()
}

fn facts() -> BoxedStrategy<Facts> {
    facts_filtered(0.6)
}

/// Facts of which a part has a filter.
fn facts_filtered(part: f64) -> BoxedStrategy<Facts> {
    let leaf = prop_oneof![8 => named(&FIELDS), 1 => anniversaries("due"), 1 => Just(Expression::Everyone)];
    let filter = grouped(leaf.boxed(), 2);
    (select(vec!["order", "touch"]), option::weighted(part, filter))
        .prop_map(|(kind, filter)| Facts { kind: kind.to_owned(), filter: filter.map(Box::new) })
        .boxed()
}

fn asked() -> impl Strategy<Value = Asked> {
    let field = || select(vec!["amount", "items", "share"]).prop_map(str::to_owned);
    let any_field = select(FIELDS.map(|(name, _)| name).to_vec()).prop_map(str::to_owned);
    let measure = prop_oneof![
        3 => Just(Measure::Count),
        2 => field().prop_map(Measure::Sum),
        2 => field().prop_map(Measure::Average),
        2 => any_field.prop_map(Measure::Distinct),
        1 => field().prop_map(Measure::Min),
        1 => field().prop_map(Measure::Max),
    ];
    let amount = prop_oneof![
        (operators(), numbers()).prop_map(|(operator, value)| Amount::Compare { operator, value }),
        (numbers(), numbers()).prop_map(|(from, to)| Amount::Between { from, to }),
    ];
    prop_oneof![
        1 => Just(Asked::default()),
        5 => (measure, amount).prop_map(|(measure, is)| Asked::Measure { measure, is }),
        3 => select(vec![Asked::ForTheFirstTime, Asked::ForTheLastTime, Asked::AsTheFirst, Asked::AsTheLast]),
    ]
}

fn steps() -> impl Strategy<Value = Step> {
    (any::<bool>(), facts_filtered(0.2), durations(0)).prop_map(|(not, facts, within)| Step {
        not,
        facts,
        within,
    })
}

/// A single condition on facts.
pub fn on_facts() -> BoxedStrategy<Expression> {
    prop_oneof![
        4 => (facts(), asked(), spans()).prop_map(|(facts, asked, span)| Expression::Did(Did { facts, asked, span })),
        2 => (facts_filtered(0.2), vec(steps(), 1..4), spans())
            .prop_map(|(start, then, span)| Expression::Sequence(Sequence { start, then, span })),
        1 => (facts(), durations(1)).prop_map(|(facts, pause)| Expression::Stopped(Stopped { facts, pause })),
        1 => (facts(), durations(1), option::of(durations(1)))
            .prop_map(|(facts, pause, within)| Expression::Restarted(Restarted { facts, pause, within })),
        1 => (facts(), durations(1), 1u32..5)
            .prop_map(|(facts, every, times)| Expression::Regularly(Regularly { facts, every, times })),
    ]
    .boxed()
}

/// Names of customers that made-up conditions use.
pub const NAMES: [(&str, Type); 8] = [
    ("city", Type::Text),
    ("revenue", Type::Number),
    ("orders", Type::Count),
    ("share", Type::Float),
    ("last_order_at", Type::Day),
    ("birthday", Type::Day),
    ("asleep", Type::Flag),
    ("likes", Type::List),
];

/// A tree that the vocabulary knows all names of.
pub fn trees() -> BoxedStrategy<Expression> {
    let weight = grouped(named(&[("weight", Type::Float)]), 1);
    let tags = (select(vec!["pram", "toys"]), option::of(weight)).prop_map(|(tag, filter)| {
        Expression::Tag(Tagged { tag: tag.to_owned(), filter: filter.map(Box::new) })
    });
    let consents = select(vec!["email", "sms"])
        .prop_map(|channel| Expression::Consent(Channel { channel: channel.to_owned() }));
    let leaf = prop_oneof![
        8 => named(&NAMES),
        2 => anniversaries("birthday"),
        1 => tags,
        1 => consents,
        1 => Just(Expression::Everyone),
        8 => on_facts(),
    ];
    grouped(leaf.boxed(), 3)
}

/// Any name, any text: what printing has to quote.
pub fn odd_trees() -> impl Strategy<Value = Expression> {
    let name = || {
        prop_oneof![
            "\\PC{1,8}",
            select(vec!["and", "Not", "in", "Birthday", "город", "a.b", "a."]).prop_map(str::to_owned)
        ]
    };
    let test = (name(), "\\PC{0,6}").prop_map(|(name, text)| {
        Expression::Value(Named {
            name,
            test: Test::Compare { operator: Operator::Equal, value: Literal::Text(text) },
        })
    });
    let did = (name(), name()).prop_map(|(kind, field)| {
        let is = Amount::Compare { operator: Operator::Less, value: Decimal(12_345) };
        let asked = Asked::Measure { measure: Measure::Sum(field), is };
        Expression::Did(Did { facts: Facts { kind, filter: None }, asked, span: Span::Ever })
    });
    let of = name()
        .prop_map(|of| Expression::Anniversary(Anniversary { of, near: Near::Within(Duration::days(7)) }));
    let consent = name().prop_map(|channel| Expression::Consent(Channel { channel }));
    prop_oneof![test, did, of, consent]
}
