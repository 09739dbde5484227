//! What rules make of single facts, and the names that they may use.

use crate::base::Base;
use crate::shop::{Bought, BoughtLine, Happened, Shop, found, moment};
use engine::facts::OrderLine;
use engine::facts::events::EventRow;
use engine::features::{FEATURES, Question, compute};
use engine::progress::Unwatched;
use engine::segmentations::rules::count::{count, without_each};
use engine::segmentations::rules::names;
use engine::segmentations::rules::trace::trace;
use engine::segmentations::{SEGMENTATIONS, tally};
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use model::expression::check::check;
use model::expression::parse::parse;
use model::money::Money;

const TODAY: i32 = 20_000;

fn order(customer: &'static str, id: &str, day: i32, time: i64, category: &'static str) -> Bought {
    let line = BoughtLine { category: Some(category), channel: Some("web"), quantity: Some(2), amount: 10 };
    Bought { customer, id: id.to_owned(), day, time, lines: vec![line] }
}

fn touch(customer: &'static str, id: &str, day: i32, time: i64, kind: &'static str) -> Happened {
    let texts = vec![("touch", kind)];
    let id = id.to_owned();
    Happened { customer, id, day, time, kind: FactKind::Touches, texts, numbers: Vec::new(), more: None }
}

/// Whom each condition holds for.
fn holds(shop: &Shop, cases: &[(&str, &[&str])]) {
    for imports in 1..3 {
        let base = shop.base(imports, 0);
        let facts = shop.facts(&base);
        for (text, expected) in cases {
            let found = found(&facts, text, TODAY, 2);
            assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), *expected, "{text}");
        }
    }
}

#[test]
fn of_two_orders_of_a_day_the_first_is_the_earlier_whichever_import_brought_it() {
    let (tea, toys) = (order("a", "o1", TODAY, 0, "tea"), order("a", "o2", TODAY, 2, "toys"));
    let cases: &[(&str, &[&str])] = &[
        ("did order where category = \"tea\" as the first", &["a"]),
        ("did order where category = \"toys\" as the last", &["a"]),
        (
            "sequence order where category = \"tea\" then order where category = \"toys\" within 0 days",
            &["a"],
        ),
        ("sequence order where category = \"toys\" then order within 0 days", &[]),
    ];
    for orders in [vec![tea.clone(), toys.clone()], vec![toys, tea]] {
        holds(&Shop { orders, ..Shop::default() }, cases);
    }
}

#[test]
fn kinds_meet_by_the_moment() {
    let shop = Shop {
        orders: vec![
            order("a", "o1", TODAY - 3, 2, "tea"),
            order("b", "o2", TODAY - 3, 1, "tea"),
            order("c", "o3", TODAY - 3, 3, "tea"),
        ],
        events: vec![
            touch("a", "t1", TODAY - 3, 2, "cart"),
            touch("b", "t2", TODAY - 3, 2, "cart"),
            touch("c", "t3", TODAY - 5, 0, "cart"),
            touch("d", "t4", TODAY - 5, 0, "cart"),
        ],
        ..Shop::default()
    };
    let cart = "touch where touch = \"cart\"";
    holds(
        &shop,
        &[
            (&format!("sequence {cart} then order within 2 days"), &["a", "c"]),
            (&format!("sequence {cart} then order within 1 day"), &["a"]),
            (&format!("sequence {cart} then not order within 3 days"), &["b", "d"]),
            (&format!("did {cart} and did not order"), &["d"]),
            ("did touch in the last 4 days", &["a", "b"]),
        ],
    );
}

#[test]
fn habits_stop_begin_again_and_go_on() {
    let days = |customer: &'static str, days: &[i32]| -> Vec<Bought> {
        let each = days.iter().map(|ago| order(customer, &format!("{customer}{ago}"), TODAY - ago, 0, "tea"));
        each.collect()
    };
    let orders = [
        days("again", &[100, 5]),
        days("gone", &[100, 61]),
        days("new", &[5]),
        days("steady", &[75, 45, 15]),
    ];
    holds(
        &Shop { orders: orders.concat(), ..Shop::default() },
        &[
            ("stopped order for 60 days", &["gone"]),
            ("restarted order after 60 days within the last 30 days", &["again"]),
            ("regularly order every 30 days times 3", &["steady"]),
            ("did order for the first time in the last 30 days", &["new"]),
            ("did order for the last time before 60 days ago", &["gone"]),
            ("did order exactly 2 times in the first 96 days", &["again", "gone"]),
            ("did order average(amount) between 10 and 10", &["again", "gone", "new", "steady"]),
        ],
    );
}

#[test]
fn what_the_state_knows_and_files_say_is_asked_by_name() {
    // The day is 2024-10-04.
    let attributes = vec![
        ("a", "birthday", "1991-10-07".to_owned()),
        ("a", "consent_email", "yes".to_owned()),
        ("a", "loyalty card", "GOLD".to_owned()),
        ("b", "consent_email", "no".to_owned()),
        ("b", "tags", "lamb, VIP".to_owned()),
    ];
    let orders = vec![order("a", "o1", TODAY, 0, "tea"), order("b", "o2", TODAY, 0, "tea")];
    holds(
        &Shop { orders, attributes, ..Shop::default() },
        &[
            ("birthday in the next 7 days", &["a"]),
            ("birthday within 2 days", &[]),
            ("consent email", &["a"]),
            ("not consent email", &["b"]),
            ("consent_email is set", &["a", "b"]),
            ("consent sms", &[]),
            ("has tag \"vip\"", &["b"]),
            ("`loyalty card` = \"gold\"", &["a"]),
            ("customer_id in (\"b\", \"x\")", &["b"]),
        ],
    );
}

#[test]
fn a_deal_without_a_day_was_always_there() {
    let deal = EventRow { customer_id: Some("a"), id: Some("d"), ..EventRow::default() };
    let mut base = Base::new();
    base.import_events(FactKind::Deals, &[deal], 1);
    let found = |text| !found(&base.facts(), text, TODAY, 1).is_empty();
    assert!(found("did deal") && found("did deal where day is not set") && found("stopped deal for 1 year"));
    assert!(!found("did deal in the last 100 years") && !found("did deal since 1900-01-01"));
}

#[test]
fn fields_of_lines_reach_rules() {
    let line = |amount: i64| OrderLine {
        customer_id: Some("a"),
        order_id: Some("1"),
        ordered_at: moment(TODAY, 1),
        day: Day(TODAY),
        product_id: Some("p1"),
        product: Some("Green tea"),
        brand: Some("Leaf"),
        promo_code: Some("SPRING"),
        amount: Money::units(amount),
        cost: Some(Money::units(3)),
        discount: Some(Money::units(1)),
        ..OrderLine::default()
    };
    let mut base = Base::new();
    base.import([line(10), line(-4)]);
    for text in [
        "did order where (product = \"green tea\" and product_id = \"p1\" and brand starts with \"le\")",
        "did order where (promo_code = \"spring\" and lines = 2)",
        "did order where (amount = 6 and cost = 6 and discount = 2 and quantity is not set)",
        "did line where (promo_code = \"SPRING\" and cost = 3 and discount = 1) exactly 2 times",
        "did line where is_return = true sum(amount) = -4",
        "did line where day on today min(amount) = -4",
        "did not return",
    ] {
        assert!(!found(&base.facts(), text, TODAY, 1).is_empty(), "{text}");
    }
}

#[test]
fn every_name_of_the_vocabulary_can_be_asked() {
    let attributes = ["city".to_owned()];
    let mut texts: Vec<String> = FEATURES.iter().map(|feature| format!("{} is set", feature.name)).collect();
    for one in SEGMENTATIONS.iter().filter(|one| one.asks_for().is_none()) {
        texts.extend(one.about().columns.iter().map(|(column, _)| format!("{column} is set")));
    }
    texts.extend(["city = \"Riga\"", "birthday is set", "consent sms", "email is set"].map(str::to_owned));
    texts.push("did touch where more.note = \"x\"".to_owned());
    for text in texts {
        let parsed = parse(&text).unwrap();
        let words =
            names::vocabulary(&[&parsed.expression], &attributes, &[], &[], AsOf(Day(TODAY))).unwrap();
        assert_eq!(check(&parsed.expression, &words).problems, [], "{text}");
    }
}

#[test]
fn wrong_names_are_told_with_the_nearest() {
    for (text, expected) in [
        ("revenu > 5", "did you mean `revenue`?"),
        ("rfm_name = \"champion\"", "did you mean `champions`?"),
        ("did ordr", "did you mean `order`?"),
        ("did touch where chanel = \"x\"", "did you mean `channel`?"),
        ("consent emial", "did you mean `email`?"),
        ("age > 5 and age = \"old\"", "compare it with a number"),
        ("did order where more.note = \"x\"", "`order` has no field `more.note`"),
        ("has tag \"vip\"", "nobody has the tag"),
    ] {
        let parsed = parse(text).unwrap();
        let attributes = ["age".to_owned()];
        let words =
            names::vocabulary(&[&parsed.expression], &attributes, &[], &[], AsOf(Day(TODAY))).unwrap();
        let found = check(&parsed.expression, &words);
        let said = format!("{:?} {:?}", found.problems, found.warnings);
        let plain: Vec<String> = found
            .problems
            .iter()
            .map(ToString::to_string)
            .chain(found.warnings.iter().map(ToString::to_string))
            .collect();
        assert!(plain.iter().any(|one| one.contains(expected)), "{text}: {said}");
    }
}

#[test]
fn counts_say_what_each_condition_costs() {
    let orders = vec![
        order("a", "o1", TODAY, 0, "tea"),
        order("a", "o2", TODAY, 1, "toys"),
        order("b", "o3", TODAY, 0, "tea"),
        order("c", "o4", TODAY - 50, 0, "toys"),
    ];
    let shop = Shop { orders, ..Shop::default() };
    let base = shop.base(2, 1);
    let text = "orders >= 2 and did order where category = \"toys\" in the last 30 days";
    let whole = parse(text).unwrap().expression;
    let mut question = Question::new(AsOf(Day(TODAY)));
    names::need(&whole, &mut question);
    tally::ask(&mut question);
    let features = compute(&base.facts(), &question, 2, &Unwatched).unwrap();
    let left_out = without_each(&whole);
    let mut all = vec![whole.clone(), parse("did order where category = \"tea\"").unwrap().expression];
    all.extend(left_out.iter().map(|(_, rest)| rest.clone()));
    let (sums, base_sums) = count(&all, &question, &features, &[], 2).unwrap();
    let customers: Vec<u64> = sums.iter().map(|sums| sums.customers).collect();
    assert_eq!(
        (customers, base_sums.customers),
        (vec![1, 0, 1, 1], 3),
        "what was not asked holds for nobody"
    );
    assert_eq!((sums[0].revenue, base_sums.revenue), (200_000, 400_000));

    let row =
        |features: &engine::features::Features| features.customer_ids().iter().position(|id| id == Some("c"));
    let (place, row) = features.iter().enumerate().find_map(|(at, one)| Some((at, row(one)?))).unwrap();
    let traced = trace(&[whole], &base.facts(), &question, &features[place], &[], row).unwrap();
    assert_eq!(
        traced[0].to_string().lines().map(str::trim_end).collect::<Vec<_>>(),
        [
            format!("no   {}", traced[0].text).as_str(),
            "no     orders >= 2  (1)",
            format!("no     {}  (0)", traced[0].inside[1].text).as_str(),
        ]
    );
}
