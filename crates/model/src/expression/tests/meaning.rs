//! What conditions mean: missing values, letters, exact numbers, the words for facts.

use super::customers::{Customer, ask, holds, number, text};
use crate::calendar::{AsOf, Day};
use crate::expression::missing::WHEN_MISSING;
use crate::expression::parse::parse;
use crate::expression::plan::Plan;
use crate::expression::value::Owned;

#[test]
fn missing_values_as_the_table_says() {
    // Of the facts that there are, none is of the kind that the examples ask for.
    let nobody = Customer::default().done("touch", "2026-05-01", &[]);
    for line in WHEN_MISSING {
        assert_eq!(
            holds(line.example, &nobody, "2026-05-20"),
            line.holds,
            "{}: {}",
            line.operator,
            line.meaning
        );
        assert!(line.meaning.ends_with('.'), "{}", line.operator);
    }
    // A field that no fact has is as missing as facts are.
    let bare = Customer::default().done("order", "2026-05-01", &[]);
    for (rule, expected) in [
        ("did order sum(amount) = 0", true),
        ("did order average(amount) < 5", false),
        ("did order average(amount) != 5", true),
        ("did order distinct(amount) = 0", true),
        ("did order where amount < 5", false),
        ("did order where amount != 5", true),
        ("did order where amount is not set", true),
    ] {
        assert_eq!(holds(rule, &bare, "2026-05-20"), expected, "{rule}");
    }
}

#[test]
fn numbers_that_are_none_and_empty_lists_are_missing() {
    let customer = Customer::default()
        .set("share", Owned::Float(f64::NAN))
        .set("likes", Owned::List(Vec::new()))
        .set("city", text(""));
    for (rule, expected) in [
        ("share is set", false),
        ("share != 1", true),
        ("likes is set", false),
        ("likes contains all of (\"a\")", false),
        ("city is set", true),
        ("city = \"\"", true),
        ("city contains \"\"", true),
    ] {
        assert_eq!(holds(rule, &customer, "2026-05-20"), expected, "{rule}");
    }
}

#[test]
fn letters_and_lists() {
    let likes = Owned::List(vec!["Toys".into(), "Prams".into()]);
    let customer = Customer::default().set("city", text("Rīga centrs")).set("likes", likes);
    let yes = [
        "city = \"RĪGA CENTRS\"",
        "city starts with \"rĪ\"",
        "city ends with \"TRS\"",
        "city contains \"a C\"",
        "city contains any of (\"zz\", \"centr\")",
        "city contains all of (\"rī\", \"centr\")",
        "city in (\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"rīga CENTRS\")",
        "likes = \"toys\"",
        "likes contains \"toys\"",
        "likes not contains \"toy\"",
        "likes contains all of (\"toys\", \"prams\")",
        "likes in (\"prams\", \"cots\")",
        "likes starts with \"pr\"",
    ];
    for rule in yes {
        assert!(holds(rule, &customer, "2026-05-20"), "{rule}");
    }
    for rule in [
        "likes contains all of (\"toys\", \"cots\")",
        "likes != \"toys\"",
        "city in (\"Rīga\")",
        "city = \"Riga centrs\"",
    ] {
        assert!(!holds(rule, &customer, "2026-05-20"), "{rule}");
    }
}

#[test]
fn money_is_compared_exactly() {
    // 0.1 + 0.2, and an average of a third.
    let customer = Customer::default()
        .set("orders", Owned::Count(i64::MAX))
        .done("order", "2026-01-01", &[("amount", number("0.1"))])
        .done("order", "2026-01-02", &[("amount", number("0.2"))])
        .done("order", "2026-01-03", &[("amount", number("0.1"))]);
    for (rule, expected) in [
        ("did order sum(amount) = 0.3 until 2026-01-02", true),
        ("did order average(amount) > 0.1333", true),
        ("did order average(amount) < 0.1334", true),
        ("did order average(amount) = 0.1333", false),
        ("did order average(amount) = 0.15 until 2026-01-02", true),
        ("did order distinct(amount) = 2", true),
        ("did order max(amount) between 0.2 and 0.2", true),
        ("did order min(amount) <= 0.1", true),
        ("orders > 922337203685477.5807", true),
    ] {
        assert_eq!(holds(rule, &customer, "2026-05-20"), expected, "{rule}");
    }
}

#[test]
fn zero_is_one_value() {
    let customer = Customer::default().done("order", "2026-01-01", &[("share", Owned::Float(0.0))]).done(
        "order",
        "2026-01-02",
        &[("share", Owned::Float(-0.0))],
    );
    assert!(holds("did order distinct(share) = 1", &customer, "2026-05-20"));
}

#[test]
fn first_and_last() {
    let order =
        |customer: Customer, day, category| customer.done("order", day, &[("category", text(category))]);
    let customer = order(Customer::default(), "2026-01-01", "books");
    let customer = order(order(customer, "2026-02-01", "toys"), "2026-05-01", "toys");
    for (rule, expected) in [
        ("did order where category = \"books\" as the first", true),
        ("did order where category = \"toys\" as the first", false),
        ("did order where category = \"toys\" as the last", true),
        ("did order where category = \"books\" as the last", false),
        ("did order where category = \"toys\" as the last in the last 30 days", true),
        ("did order where category = \"toys\" as the last in the last 10 days", false),
        ("did order where category = \"toys\" for the first time in the last 30 days", false),
        ("did order where category = \"toys\" for the first time since 2026-02-01", true),
        ("did order where category = \"books\" for the last time before 2026-02-01", true),
        ("did order where category = \"toys\" for the last time before 2026-05-01", false),
    ] {
        assert_eq!(holds(rule, &customer, "2026-05-20"), expected, "{rule}");
    }
}

#[test]
fn a_state_is_used_for_one_customer_after_another() {
    let rules = [
        "did order sum(amount) > 5",
        "sequence order then order within 9 days",
        "did order distinct(amount) > 1",
        "did order as the last",
        "regularly order every 30 days times 5",
        "did order max(amount) > 5",
    ];
    let trees: Vec<_> = rules.iter().map(|rule| parse(rule).unwrap().expression).collect();
    let plan = Plan::new(&trees, AsOf(Day::from_date("2026-05-20".parse().unwrap()))).unwrap();
    let mut state = plan.state();
    let mut rich = Customer::default();
    for day in ["2026-01-05", "2026-02-05", "2026-03-05", "2026-04-05", "2026-05-05", "2026-05-06"] {
        rich = rich.done("order", day, &[("amount", number(&day[9..]))]);
    }
    let all = |customer: &Customer, state: &mut _| {
        ask(&plan, state, customer, true, |state, row| {
            (0..plan.len()).map(|number| plan.holds(number, state, row)).collect::<Vec<bool>>()
        })
    };
    for _ in 0..2 {
        assert_eq!(all(&rich, &mut state), [true; 6]);
        assert_eq!(all(&Customer::default(), &mut state), [false; 6]);
    }
}

#[test]
fn a_trace_says_what_was_met() {
    let customer = Customer::default()
        .set("revenue", number("120"))
        .done("order", "2026-05-01", &[("amount", number("40"))])
        .done("order", "2026-05-11", &[("amount", number("80"))]);
    let tree = parse(
        "(revenue >= 100 or city = \"Riga\") and did order average(amount) > 70 and not stopped order for 60 days",
    )
    .unwrap()
    .expression;
    let plan =
        Plan::new(std::slice::from_ref(&tree), AsOf(Day::from_date("2026-05-20".parse().unwrap()))).unwrap();
    let trace = ask(&plan, &mut plan.state(), &customer, true, |state, row| plan.trace(0, &tree, state, row))
        .unwrap();
    let text = trace.to_string();
    let expected = "\
no   (revenue >= 100 or city = \"Riga\") and did order average(amount) > 70 and not stopped order for 60 days
yes    revenue >= 100 or city = \"Riga\"
yes      revenue >= 100  (120)
no       city = \"Riga\"  (missing)
no     did order average(amount) > 70  (60)
yes    not stopped order for 60 days
no       stopped order for 60 days  (2026-05-11)";
    assert_eq!(text, expected);
    assert_eq!(trace.inside[1].condition, 4);
}
