//! Days at their edges: short months, leap days, the as-of day, the turn of the year.

use super::customers::{Customer, day, holds};
use crate::calendar::Day;
use crate::expression::days::{Duration, Moment, Range, Unit, plus_months};

fn date(text: &str) -> Day {
    Day::from_date(text.parse().unwrap())
}

/// A customer with one day, asked as of another.
fn with_day(own: &str, rule: &str, as_of: &str) -> bool {
    holds(rule, &Customer::default().set("d", day(own)), as_of)
}

/// A customer with an order on a day, asked as of another.
fn with_order(own: &str, rule: &str, as_of: &str) -> bool {
    holds(rule, &Customer::default().done("order", own, &[]), as_of)
}

#[test]
fn months_end_where_the_shorter_one_does() {
    assert_eq!(plus_months(date("2026-03-31"), -1), date("2026-02-28"));
    assert_eq!(plus_months(date("2024-03-31"), -1), date("2024-02-29"));
    assert_eq!(plus_months(date("2026-01-31"), 1), date("2026-02-28"));
    assert_eq!(plus_months(date("2024-02-29"), 12), date("2025-02-28"));
    let year = Duration { count: 1, unit: Unit::Years };
    assert_eq!(year.before(date("2024-02-29")), date("2023-02-28"));
    assert_eq!(
        Duration { count: u32::MAX, unit: Unit::Years }.before(date("2024-02-29")).date().year(),
        -9999
    );
    assert_eq!(
        Moment::Ahead(Duration { count: u32::MAX, unit: Unit::Weeks }).day(crate::calendar::AsOf(Day(5))),
        Day(i32::MAX)
    );
}

#[test]
fn the_last_days_end_with_the_as_of_day() {
    for (own, last_30, earlier) in [
        ("2026-05-20", true, false),
        ("2026-05-21", false, false),
        ("2026-04-21", true, false),
        ("2026-04-20", false, false),
        ("2026-04-19", false, true),
    ] {
        assert_eq!(with_day(own, "d in the last 30 days", "2026-05-20"), last_30, "{own}");
        assert_eq!(with_order(own, "did order in the last 30 days", "2026-05-20"), last_30, "{own}");
        assert_eq!(with_day(own, "d more than 30 days ago", "2026-05-20"), earlier, "{own}");
        assert_eq!(with_order(own, "did order before 30 days ago", "2026-05-20"), earlier, "{own}");
    }
    // One month before 31 March is the end of February, which is not in the last month.
    assert!(!with_day("2026-02-28", "d in the last month", "2026-03-31"));
    assert!(with_day("2026-03-01", "d in the last month", "2026-03-31"));
    assert!(!with_day("2024-02-29", "d in the last month", "2024-03-31"));
}

#[test]
fn the_next_days_begin_tomorrow() {
    for (own, expected) in
        [("2026-05-20", false), ("2026-05-21", true), ("2026-06-03", true), ("2026-06-04", false)]
    {
        assert_eq!(with_day(own, "d in the next 14 days", "2026-05-20"), expected, "{own}");
    }
}

#[test]
fn calendar_periods_are_whole() {
    let cases = [
        ("2026-05-01", "d in this month", true),
        ("2026-05-31", "d in this month", true),
        ("2026-06-01", "d in this month", false),
        ("2026-04-30", "d in the previous month", true),
        ("2026-04-01", "d in the previous month", true),
        ("2026-03-31", "d in the previous month", false),
        ("2026-05-18", "d in this week", true),
        ("2026-05-24", "d in this week", true),
        ("2026-05-25", "d in this week", false),
        ("2026-05-17", "d in the previous week", true),
        ("2026-03-31", "d in the previous quarter", true),
        ("2026-01-01", "d in the previous quarter", true),
        ("2025-12-31", "d in the previous quarter", false),
        ("2025-01-01", "d in the previous year", true),
        ("2026-12-31", "d in this year", true),
    ];
    for (own, rule, expected) in cases {
        assert_eq!(with_day(own, rule, "2026-05-20"), expected, "{own}: {rule}");
    }
    assert!(with_day("2025-12-31", "d in the previous month", "2026-01-31"));
}

#[test]
fn anniversaries() {
    let cases = [
        // Across the turn of the year.
        ("1990-01-02", "anniversary of d within 7 days", "2025-12-28", true),
        ("1990-01-05", "anniversary of d within 7 days", "2025-12-28", false),
        ("1990-12-30", "anniversary of d in the last 7 days", "2026-01-03", true),
        // Today is within any days, and in no next ones.
        ("1990-05-20", "anniversary of d within 7 days", "2026-05-20", true),
        ("1990-05-20", "anniversary of d within 0 days", "2026-05-20", true),
        ("1990-05-20", "anniversary of d in the next 7 days", "2026-05-20", false),
        ("1990-05-20", "anniversary of d in the last 1 day", "2026-05-20", true),
        ("1990-05-27", "anniversary of d within 7 days", "2026-05-20", true),
        ("1990-05-28", "anniversary of d within 7 days", "2026-05-20", false),
        // Those born on a leap day.
        ("2000-02-29", "anniversary of d today", "2026-02-28", true),
        ("2000-02-29", "anniversary of d today", "2026-03-01", false),
        ("2000-02-29", "anniversary of d today", "2024-02-29", true),
        ("2000-02-29", "anniversary of d today", "2024-02-28", false),
        // The day itself is no anniversary, nor is one to come before it.
        ("2026-05-20", "anniversary of d today", "2026-05-20", false),
        ("2026-05-20", "anniversary of d today", "2027-05-20", true),
        ("2030-05-20", "anniversary of d today", "2026-05-20", false),
        ("1990-05-02", "anniversary of d in this month", "2026-05-20", true),
        ("1990-06-02", "anniversary of d in this month", "2026-05-20", false),
        ("1990-12-25", "anniversary of d between 2026-12-24 and 2027-01-02", "2026-05-20", true),
        ("1990-01-02", "anniversary of d between 2026-12-24 and 2027-01-02", "2026-05-20", true),
        ("1990-01-03", "anniversary of d between 2026-12-24 and 2027-01-02", "2026-05-20", false),
    ];
    for (own, rule, as_of, expected) in cases {
        assert_eq!(with_day(own, rule, as_of), expected, "{own}: {rule}, as of {as_of}");
    }
    assert_eq!(Range::EVER.anniversary(date("2000-02-29")), Some(date("2001-02-28")));
    assert_eq!(Range { from: Day(5), to: Day(4) }.anniversary(Day(-1000)), None);
}

#[test]
fn facts_after_the_as_of_day_do_not_count() {
    let customer = Customer::default().done("order", "2026-05-19", &[]).done("order", "2026-05-20", &[]);
    for (as_of, rule) in [
        ("2026-05-18", "did order count = 0"),
        ("2026-05-19", "did order count = 1"),
        ("2026-05-20", "did order count = 2"),
        ("2026-05-19", "did order until tomorrow count = 1"),
        ("2026-05-19", "did not order as the last since 2026-05-20"),
    ] {
        assert!(holds(rule, &customer, as_of), "{rule}, as of {as_of}");
    }
}

#[test]
fn pauses_are_counted_in_whole_days() {
    let customer = Customer::default()
        .done("order", "2026-01-01", &[])
        .done("order", "2026-03-02", &[])
        .done("order", "2026-03-03", &[]);
    for (rule, as_of, expected) in [
        ("stopped order for 60 days", "2026-03-01", false),
        ("stopped order for 59 days", "2026-03-01", true),
        ("stopped order for 60 days", "2026-05-01", false),
        ("stopped order for 60 days", "2026-05-02", true),
        ("restarted order after 60 days", "2026-03-02", true),
        ("restarted order after 61 days", "2026-03-02", false),
        ("restarted order after 2 months", "2026-03-02", true),
        ("restarted order after 60 days within the last 30 days", "2026-03-31", true),
        ("restarted order after 60 days within the last 30 days", "2026-04-01", false),
        ("regularly order every 30 days times 1", "2026-04-01", true),
        ("regularly order every 30 days times 1", "2026-04-02", false),
        // Months back from 31 March begin after 28 February, 31 January and 31 December.
        ("regularly order every 1 month times 1", "2026-03-31", true),
        ("regularly order every 1 month times 2", "2026-03-31", false),
        ("regularly order every 45 days times 2", "2026-03-31", true),
        ("regularly order every 45 days times 2", "2026-04-01", false),
        ("did order in the first 60 days count = 1", "2026-03-31", true),
        ("did order in the first 61 days count = 2", "2026-03-31", true),
        ("did order in the first 2 months count = 1", "2026-03-31", true),
    ] {
        assert_eq!(holds(rule, &customer, as_of), expected, "{rule}, as of {as_of}");
    }
}

#[test]
fn what_must_not_follow_is_known_when_its_time_is_over() {
    use super::customers::text;
    let cart = |customer: Customer, day| customer.done("touch", day, &[("kind", text("cart"))]);
    let rule = "sequence touch where kind = \"cart\" then not order within 3 days";
    let left = cart(Customer::default(), "2026-05-01");
    for (as_of, expected) in [("2026-05-03", false), ("2026-05-04", true)] {
        assert_eq!(holds(rule, &left, as_of), expected, "{as_of}");
    }
    for (bought, expected) in [("2026-05-01", false), ("2026-05-04", false), ("2026-05-05", true)] {
        let customer = cart(Customer::default(), "2026-05-01").done("order", bought, &[]);
        assert_eq!(holds(rule, &customer, "2026-05-20"), expected, "{bought}");
        let followed = "sequence touch where kind = \"cart\" then order within 3 days";
        assert_eq!(holds(followed, &customer, "2026-05-20"), !expected, "{bought}");
    }
    let twice = cart(cart(Customer::default(), "2026-05-01"), "2026-05-02");
    assert!(holds("sequence touch then touch within 1 day", &twice, "2026-05-20"));
    assert!(!holds("sequence touch then touch within 1 day then touch within 9 days", &twice, "2026-05-20"));
}
