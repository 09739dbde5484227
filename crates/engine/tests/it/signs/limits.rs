//! Limits of features, to the day: what random days hardly ever meet.

use super::{FIRST, sofa, told, touch};
use crate::base::Base;
use crate::shop::{DAY_MICROS, Happened, Shop};
use engine::facts::OrderLine;
use engine::features::{Features, Question, compute};
use engine::progress::Unwatched;
use engine::segmentations::Fit;
use engine::segmentations::effort::by_channel;
use engine::segmentations::find;
use engine::segmentations::run::{self, Asked};
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use model::money::Money;

/// A line of an order of its own.
const LINE: OrderLine<'_> = OrderLine {
    customer_id: Some("a"),
    order_id: None,
    ordered_at: 0,
    day: Day(0),
    product_id: None,
    product: None,
    category: None,
    brand: None,
    channel: None,
    promo_code: None,
    currency: None,
    quantity: None,
    amount: Money(10_000),
    cost: None,
    discount: None,
    updated_at: None,
    cancelled: false,
};

fn on(day: i32) -> OrderLine<'static> {
    OrderLine { day: Day(day), ordered_at: i64::from(day) * DAY_MICROS, ..LINE }
}

/// The features of the one customer of some lines.
fn features_of(lines: Vec<OrderLine<'_>>, question: &Question) -> Features {
    let mut base = Base::new();
    base.import(lines);
    let buckets = compute(&base.facts(), question, 1, &Unwatched).unwrap();
    buckets.into_iter().find(|features| !features.is_empty()).unwrap()
}

fn asking(features: &[&str], as_of: i32) -> Question {
    let mut question = Question::new(AsOf(Day(as_of)));
    features.iter().for_each(|name| question.need(name));
    question
}

/// The holiday that one buys for who ordered so many days before the party of 1 May 2019.
fn occasion(lines: Vec<OrderLine<'_>>, holidays: &str) -> Option<String> {
    let given = [("by", "occasion"), ("holidays", holidays)];
    let asked = [Asked::new(find("attributes").unwrap(), given).unwrap()];
    let question = run::question(&asked, AsOf(Day(18_200))).unwrap();
    features_of(lines, &question).text("occasion", 0).map(str::to_owned)
}

#[test]
fn occasion_buyers_buy_in_the_fourteen_days_before() {
    const PARTY: i32 = 18_017;
    let before = |days: &[i32]| {
        let lines = days.iter().map(|days| on(PARTY - days)).collect();
        occasion(lines, "party 05-01").is_some()
    };
    // The holiday itself counts, the fourteenth day before it too, and one order is no habit.
    assert_eq!([before(&[0, 14]), before(&[0, 15]), before(&[0, -1])], [true, false, false]);
    assert_eq!([before(&[1, 2]), before(&[1])], [true, false]);
    // Two thirds: two of three, not three of five.
    assert_eq!([before(&[1, 2, 40]), before(&[1, 2, 3, 40, 41])], [true, false]);
    assert!(before(&[1, 2, 3, 4, 40, 41]) && !before(&[1, 2, 3, 4, 40, 41, 42]));
    // What came back is no order, and of two holidays at once the first named counts.
    let back = OrderLine { amount: Money(-10_000), ..on(PARTY - 60) };
    assert!(occasion(vec![on(PARTY), on(PARTY - 1), back, back], "party 05-01").is_some());
    let both = occasion(vec![on(PARTY), on(PARTY - 1)], "zoo 05-02, party 05-03");
    assert_eq!(both.as_deref(), Some("zoo"));
}

#[test]
fn a_cycle_of_ones_own_takes_three_gaps() {
    let cycle = |days: &[i32]| {
        let lines = days.iter().map(|day| on(FIRST + day)).collect();
        let features = features_of(lines, &asking(&["cycle_days", "median_gap_days"], FIRST + 100));
        (features.numbers("cycle_days").get(0), features.numbers("median_gap_days").get(0))
    };
    assert_eq!(cycle(&[0, 10, 31]), (None, Some(15.5)));
    assert_eq!(cycle(&[0, 10, 31, 38]), (Some(10.0), Some(10.0)));
}

/// The last 365 days begin 364 days before the moment, the last half-year 181.
#[test]
fn years_and_windows_hold_to_the_day() {
    let as_of = FIRST + 400;
    let mut question = asking(
        &["orders_365", "revenue_365", "margin_365", "order_days_182", "window_orders", "window_revenue"],
        as_of,
    );
    question.window_from = Some(Day(as_of - 29));
    let of = |days: i32| {
        let line = OrderLine { cost: Some(Money(1)), ..on(as_of - days) };
        let features = features_of(vec![line], &question);
        let count = |name: &str| features.counts(name).get(0).unwrap();
        let money = |name: &str| features.exact(name).get(0).unwrap_or(0);
        [
            count("orders_365"),
            money("revenue_365") / 10_000,
            money("margin_365") / 9_999,
            count("order_days_182"),
            count("window_orders"),
            money("window_revenue") / 10_000,
        ]
    };
    assert_eq!(of(29), [1; 6]);
    assert_eq!(of(30), [1, 1, 1, 1, 0, 0]);
    assert_eq!([of(181), of(182)], [[1, 1, 1, 1, 0, 0], [1, 1, 1, 0, 0, 0]]);
    assert_eq!([of(364), of(365)], [[1, 1, 1, 0, 0, 0], [0; 6]]);
    // What came back is no day with an order.
    let back = OrderLine { amount: Money(-10_000), ..on(as_of) };
    let features = features_of(vec![on(as_of - 1), back], &question);
    assert_eq!(features.counts("order_days_182").get(0), Some(1));
}

fn deal(day: i32, effort: i64) -> Happened {
    let numbers = vec![("effort", effort)];
    let texts = vec![("outcome", "won"), ("channel", "phone")];
    Happened { kind: FactKind::Deals, id: format!("{day} {effort}"), texts, numbers, ..touch(day, "won") }
}

#[test]
fn deals_and_effort_are_a_years() {
    let as_of = FIRST + 400;
    let of = |day: i32, bought: i32| {
        let shop = Shop { orders: vec![sofa(bought)], events: vec![deal(day, 3)], attributes: Vec::new() };
        let base = shop.base(1, 0);
        let facts = shop.facts(&base);
        let question = asking(&["won_deals_365", "effort_365"], as_of);
        let buckets = compute(&facts, &question, 1, &Unwatched).unwrap();
        let features = buckets.iter().find(|features| !features.is_empty()).unwrap();
        let channels = by_channel(&facts, &Fit::default(), AsOf(Day(as_of)), 1).unwrap();
        let money = channels.values().next().map(|one| one.returns.money / 10_000);
        (features.counts("won_deals_365").get(0), features.exact("effort_365").get(0), money)
    };
    assert_eq!(of(as_of - 364, as_of - 364), (Some(1), Some(30_000), Some(10)));
    assert_eq!(of(as_of - 365, as_of), (Some(0), None, None));
    assert_eq!(of(as_of, as_of - 365), (Some(1), Some(30_000), Some(0)));
}

/// A contact that took no effort is none of service.
#[test]
fn contacts_of_service_took_effort() {
    let events = vec![deal(FIRST, 3), deal(FIRST, 0)];
    let shop = Shop { orders: vec![sofa(FIRST)], events, attributes: Vec::new() };
    let base = shop.base(1, 0);
    let channels = by_channel(&shop.facts(&base), &Fit::default(), AsOf(Day(FIRST)), 1).unwrap();
    let contacts: Vec<u64> = channels.values().map(|one| one.contacts).collect();
    assert_eq!(contacts, [1]);
}

/// Of equal ones the first by name.
#[test]
fn equal_favourites_are_told_by_name() {
    for order in [["tea", "sofas"], ["sofas", "tea"]] {
        let lines =
            order.map(|category| OrderLine { category: Some(category), order_id: Some("o"), ..on(FIRST) });
        let question = asking(&["favourite_category", "first_order_category"], FIRST);
        let features = features_of(lines.to_vec(), &question);
        let best = ["favourite_category", "first_order_category"].map(|name| features.text(name, 0));
        assert_eq!(best, [Some("sofas"); 2]);
    }
}

/// What was free is bought all the same; what came back for nothing is not.
#[test]
fn free_lines() {
    let free = |quantity: i64| OrderLine {
        amount: Money(0),
        quantity: Some(quantity * 10_000),
        category: Some("tea"),
        discount: Some(Money::units(quantity)),
        ..on(FIRST)
    };
    let mut question = asking(&["discount_share", "return_share"], FIRST + 1);
    question.need_frequency_of("tea");
    let told = |lines: Vec<OrderLine<'_>>| {
        let features = features_of(lines, &question);
        let often = features.attribute("frequency of tea", 0).map(str::to_owned);
        (often, features.numbers("discount_share").get(0), features.numbers("return_share").get(0))
    };
    let paid = OrderLine { amount: Money::units(9), ..on(FIRST) };
    assert_eq!(told(vec![free(1), paid]), (Some("once".to_owned()), Some(0.1), Some(0.0)));
    let returned = OrderLine { discount: None, ..free(-1) };
    assert_eq!(told(vec![returned, paid]).0, None);
    // Nobody who only returned has a share.
    let back = OrderLine { amount: Money::units(-9), ..on(FIRST) };
    assert_eq!(told(vec![back]), (None, None, None));
}

#[test]
fn the_middle_of_two_orders_is_rounded_half_to_even() {
    let median = |amounts: [i64; 2]| {
        let lines = amounts.map(|amount| OrderLine { amount: Money(amount), ..on(FIRST) });
        features_of(lines.to_vec(), &asking(&["median_order"], FIRST)).exact("median_order").get(0)
    };
    assert_eq!([[10_000, 10_001], [10_001, 10_002]].map(median), [Some(10_000), Some(10_002)]);
}

#[test]
fn choosing_and_ladders_hold_to_the_day() {
    let cart = |day: i32| touch(FIRST + day, "cart");
    let stage = |days: i32| told(Vec::new(), vec![cart(0)], FIRST + days).1.unwrap();
    assert_eq!([stage(29), stage(30)], ["choosing", "refused"]);
    // Who did something more on a later day has not lost touch; on the same day nothing follows.
    let then =
        |day: i32| told(Vec::new(), vec![cart(0), touch(FIRST + day, "search")], FIRST + 30).1.unwrap();
    assert_eq!([then(0), then(1)], ["refused", "lead"]);
    // What is looked for on the day of an order was bought.
    let after = |day: i32| {
        let mut bought = sofa(FIRST);
        bought.lines[0].category = Some("tea");
        told(vec![bought], vec![touch(FIRST + day, "search")], FIRST + 30).0
    };
    assert_eq!([after(0), after(1)], [1, 3]);
    // A sofa that was free is a sofa.
    let mut free = sofa(FIRST);
    free.lines[0].amount = 0;
    assert_eq!(told(vec![free], vec![touch(FIRST + 20, "search")], FIRST + 30).0, 1);
}

/// Half of an odd time is cut off: of forty-one days twenty.
#[test]
fn half_a_replacement_time_is_whole_days() {
    let given = [("replacement", "sofas 41 days")];
    let asked = [Asked::new(find("readiness").unwrap(), given).unwrap()];
    let question = run::question(&asked, AsOf(Day(FIRST + 30))).unwrap();
    let step = |day: i32| {
        let events = vec![touch(FIRST + day, "search")];
        let shop = Shop { orders: vec![sofa(FIRST)], events, attributes: Vec::new() };
        let base = shop.base(1, 0);
        let buckets = compute(&shop.facts(&base), &question, 1, &Unwatched).unwrap();
        buckets.iter().find(|features| !features.is_empty()).unwrap().counts("readiness_step").get(0)
    };
    assert_eq!([step(20), step(21)], [Some(1), Some(3)]);
}
