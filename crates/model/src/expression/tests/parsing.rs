//! Texts and what they are read as.

use crate::expression::parse::parse;

fn canonical(text: &str) -> String {
    parse(text).unwrap_or_else(|error| panic!("{}", error.point(text))).expression.to_string()
}

/// Texts, and their canonical form.
const WRITTEN: &[(&str, &str)] = &[
    // Precedence: not, then and, then or.
    ("a = 1 or b = 2 and not c = 3", "a = 1 or (b = 2 and not c = 3)"),
    ("(a = 1 or b = 2) and c = 3", "(a = 1 or b = 2) and c = 3"),
    ("((a = 1))", "a = 1"),
    ("not (a = 1 and b = 2)", "not (a = 1 and b = 2)"),
    ("NOT not Everyone", "not not everyone"),
    // Values.
    ("a == 1.50", "a = 1.5"),
    ("a <> 1 and b ≠ 2 and c ≥ -0.0001 and d ≤ 4", "a != 1 and b != 2 and c >= -0.0001 and d <= 4"),
    ("discount_share > 12.5%", "discount_share > 0.125"),
    ("x > 5%", "x > 0.05"),
    ("city = 'Rīga'", "city = \"Rīga\""),
    (
        "city = «Рига» or city = “Riga” or city = „Riga“",
        "city = \"Рига\" or city = \"Riga\" or city = \"Riga\"",
    ),
    ("a = \"say \"\"yes\"\"\" and b = 'it''s'", "a = \"say \"\"yes\"\"\" and b = \"it's\""),
    ("город is \"Рига\" and `store type` is not 'web'", "город = \"Рига\" and `store type` != \"web\""),
    ("asleep is true or asleep = NO", "asleep = true or asleep = false"),
    ("a between 1 and 2 and b not between 3 and 4", "a between 1 and 2 and b not between 3 and 4"),
    ("city in ('a', 'b') or city not in [1]", "city in (\"a\", \"b\") or city not in (1)"),
    (
        "name does not contain 'x' or name not contains any of ('a','b')",
        "name not contains \"x\" or name not contains any of (\"a\", \"b\")",
    ),
    ("likes contains all of ('a')", "likes contains all of (\"a\")"),
    (
        "phone starts with '+371' and not email ends with '.lv'",
        "phone starts with \"+371\" and email not ends with \".lv\"",
    ),
    (
        "a is set and b is not set and c is empty and d is not missing",
        "a is set and b is not set and c is not set and d is set",
    ),
    ("in segment rfm_name 'champions'", "rfm_name = \"champions\""),
    ("in segment rfm_name in ('loyal','lost')", "rfm_name in (\"loyal\", \"lost\")"),
    // Days.
    ("d before 2026-01-31 and d on or after 2025-12-31", "d < 2026-01-31 and d >= 2025-12-31"),
    ("d since yesterday or d on tomorrow", "d >= 1 day ago or d = 1 day from today"),
    ("d more than 6 months ago", "d < 6 months ago"),
    ("d less than 1 year ago", "d in the last 1 year"),
    ("d at least 2 weeks ago", "d <= 2 weeks ago"),
    (
        "d in the last month and d not in the next 14 days",
        "d in the last 1 month and d not in the next 14 days",
    ),
    ("d in this quarter or d in the previous week", "d in this quarter or d in the previous week"),
    ("d between 60 days ago and today", "d between 60 days ago and today"),
    ("birthday within 7 days", "anniversary of birthday within 7 days"),
    ("birthday today", "anniversary of birthday between today and today"),
    ("birthday < 1990-01-01", "`birthday` < 1990-01-01"),
    ("`birthday` in the last 10 years", "`birthday` in the last 10 years"),
    (
        "anniversary of first_order_at in the next 2 weeks",
        "anniversary of first_order_at in the next 2 weeks",
    ),
    // Facts.
    (
        "did order where category = \"Toys\" count >= 2 in the last 90 days",
        "did order where category = \"Toys\" count >= 2 in the last 90 days",
    ),
    (
        "not did touch where kind = \"cart\" in the last 30 days",
        "did not touch where kind = \"cart\" in the last 30 days",
    ),
    ("did order sum(amount) > 5000 in the last year", "did order sum(amount) > 5000 in the last 1 year"),
    ("did order in the last 30 days at least 2 times", "did order count >= 2 in the last 30 days"),
    ("did order exactly 1 time ever", "did order count = 1"),
    ("did order at least 1 time", "did order"),
    ("did not order since 2026-01-01 and revenue > 5", "did not order since 2026-01-01 and revenue > 5"),
    ("did order on 2026-01-01", "did order between 2026-01-01 and 2026-01-01"),
    (
        "did order where (category = 'a' and amount > 5) average(amount) between 5 and 10 and x = 1",
        "did order where (category = \"a\" and amount > 5) average(amount) between 5 and 10 and x = 1",
    ),
    (
        "did order where not category = 'a' in the first 30 days",
        "did order where not category = \"a\" in the first 30 days",
    ),
    (
        "did order where due in the last 3 days in the last 9 days",
        "did order where due in the last 3 days in the last 9 days",
    ),
    (
        "did order where category = 'Toys' for the first time in the last 30 days",
        "did order where category = \"Toys\" for the first time in the last 30 days",
    ),
    ("did deal where outcome = 'lost' as the last", "did deal where outcome = \"lost\" as the last"),
    (
        "sequence touch where kind = \"cart\" then order within 7 days",
        "sequence touch where kind = \"cart\" then order within 7 days",
    ),
    (
        "sequence touch then not order within 3 days then touch within 1 month in the last 90 days",
        "sequence touch then not order within 3 days then touch within 1 month in the last 90 days",
    ),
    ("stopped order where amount > 5 for 60 days", "stopped order where amount > 5 for 60 days"),
    (
        "restarted order after 60 days in the last 30 days",
        "restarted order after 60 days within the last 30 days",
    ),
    ("regularly order every month times 3", "regularly order every 1 month times 3"),
    (
        "has tag \"x\" with weight >= 0.8 and consent email",
        "has tag \"x\" with weight >= 0.8 and consent email",
    ),
];

#[test]
fn read_and_written() {
    for (text, expected) in WRITTEN {
        assert_eq!(canonical(text), *expected, "{text}");
        assert_eq!(canonical(expected), *expected, "{expected}");
    }
}
