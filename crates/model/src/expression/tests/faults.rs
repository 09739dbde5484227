//! What is said of texts that are no rules, and where.

use crate::calendar::{AsOf, Day};
use crate::expression::error::Fault;
use crate::expression::parse::{Parsed, TEXT_BYTES_MAX, parse};
use crate::expression::plan::{Plan, PlanError};
use crate::expression::rules::{RuleFile, When, WrittenRule};
use crate::expression::tree::{DEPTH_MAX, Expression, PARTS_MAX};

/// Texts that are no rules, and what is said of them.
const FAULTS: &[(&str, &str)] = &[
    ("", "line 1, column 1: expected a condition, found the end"),
    (
        "revenue",
        "line 1, column 8: expected a comparison after `revenue`, such as `=` or `>=`, found the end",
    ),
    ("revenue >=", "line 1, column 11: expected a value, found the end"),
    ("revenue >= and", "line 1, column 12: expected a value, found `and`"),
    ("city = Riga", "line 1, column 8: expected a value, found `Riga`; texts stand in quotes: \"Riga\""),
    (
        "\"city\" = \"Riga\"",
        "line 1, column 1: expected a condition, found \"city\"; a name stands without quotes or in backticks",
    ),
    (
        "5 < revenue",
        "line 1, column 1: expected a condition, found `5`; the name comes first: revenue >= 100",
    ),
    (
        "revenue contans \"x\"",
        "line 1, column 9: expected a comparison after `revenue`, such as `=` or `>=`, found `contans`; did you mean `contains`?",
    ),
    ("revenue 5", "line 1, column 9: expected a comparison after `revenue`, such as `=` or `>=`, found `5`"),
    ("city = \"Riga", "line 1, column 8: a text that begins with `\"` has no end; close it with `\"`"),
    ("city = «Riga\"", "line 1, column 8: a text that begins with `«` has no end; close it with `»`"),
    ("`` = 1", "line 1, column 1: a name is empty; write it between the backticks"),
    ("a = 1 b = 2", "line 1, column 7: expected `and`, `or` or the end, found `b`"),
    ("a = 1 an b = 2", "line 1, column 7: expected `and`, `or` or the end, found `an`; did you mean `and`?"),
    ("(a = 1", "line 1, column 7: expected `and`, `or` or `)`, found the end"),
    ("a = 1)", "line 1, column 6: expected `and`, `or` or the end, found `)`"),
    ("a in \"x\"", "line 1, column 6: expected `(`, found \"x\""),
    ("a in (\"x\"", "line 1, column 10: expected `,` or `)`, found the end"),
    ("a in (\"x\" \"y\")", "line 1, column 11: expected `,` or `)`, found \"y\""),
    ("a between 1", "line 1, column 12: expected `and`, found the end"),
    ("a between 1 or 2", "line 1, column 13: expected `and`, found `or`"),
    ("a = 1.23456", "line 1, column 5: `1.23456` cannot be read: a number has at most four decimals"),
    (
        "a = 99999999999999999999",
        "line 1, column 5: `99999999999999999999` cannot be read: the number is too large: at most 922 trillion",
    ),
    ("a = 2026-02-30", "line 1, column 5: there is no day `2026-02-30`; days are written like 2026-01-31"),
    (
        "d in the lst 30 days",
        "line 1, column 10: expected `last`, `next` or `previous`, found `lst`; did you mean `last`?",
    ),
    (
        "d in the last 30 dayz",
        "line 1, column 18: expected days, weeks, months or years, found `dayz`; did you mean `days`?",
    ),
    ("d in the last 0 days", "line 1, column 15: expected a whole number from 1 to 100000, found `0`"),
    ("d in the last 2.5 days", "line 1, column 15: expected a whole number from 1 to 100000, found `2.5`"),
    ("d > 30 days", "line 1, column 12: expected `ago` or `from today`, found the end"),
    (
        "d within 7 days",
        "line 1, column 3: expected `in the last` or `in the next`, found `within`; `d in the next 7 days`, or `anniversary of d within 7 days`",
    ),
    ("d in previous", "line 1, column 14: expected week, month, quarter or year, found the end"),
    (
        "a not = 5",
        "line 1, column 7: expected `in`, `between` or `contains` after `not`, found `=`; the opposite of `=` is `!=`",
    ),
    ("did", "line 1, column 4: expected a kind of facts, such as order or touch, found the end"),
    ("did order where", "line 1, column 16: expected a condition, found the end"),
    (
        "did order whre category = \"x\"",
        "line 1, column 11: expected how often or when, found `whre`; did you mean `where`?",
    ),
    (
        "did order count",
        "line 1, column 16: expected a comparison such as `>= 2`, or `between 2 and 5`, found the end",
    ),
    ("did order count >= \"x\"", "line 1, column 20: expected a number, found \"x\""),
    ("did order sum amount > 5", "line 1, column 15: expected `(`, found `amount`"),
    ("did order sum(amount > 5", "line 1, column 22: expected `)`, found `>`"),
    (
        "did order category = \"x\"",
        "line 1, column 11: expected how often or when, found `category`; conditions on facts stand after `where`",
    ),
    ("did order in the last 30", "line 1, column 25: expected days, weeks, months or years, found the end"),
    ("sequence touch", "line 1, column 15: expected `then` and the next step, found the end"),
    ("sequence touch then order", "line 1, column 26: expected `within`, found the end"),
    ("stopped order 60 days", "line 1, column 15: expected `for`, found `60`"),
    ("restarted order", "line 1, column 16: expected `after`, found the end"),
    (
        "regularly order every 30 days times 0",
        "line 1, column 37: expected a whole number from 1 to 64, found `0`",
    ),
    ("regularly order every 30 days", "line 1, column 30: expected `times`, found the end"),
    ("has \"x\"", "line 1, column 5: expected `tag`, found \"x\""),
    ("has tag x", "line 1, column 9: expected a tag in quotes, found `x`; texts stand in quotes: \"x\""),
    ("consent", "line 1, column 8: expected a channel: consent email, found the end"),
    ("anniversary birthday", "line 1, column 13: expected `of`, found `birthday`"),
    (
        "anniversary of d",
        "line 1, column 17: expected `within 7 days` or `in the next 7 days`, found the end",
    ),
    ("and a = 1", "line 1, column 1: expected a condition, found `and`"),
    ("a = 1 and", "line 1, column 10: expected a condition, found the end"),
    ("not", "line 1, column 4: expected a condition, found the end"),
    (
        "a # 1",
        "line 1, column 3: `#` means nothing here; texts stand in quotes, names with blanks in backticks",
    ),
    ("a = 'x' or or b = 1", "line 1, column 12: expected a condition, found `or`"),
    (
        "Revenue >= $5",
        "line 1, column 12: `$` means nothing here; texts stand in quotes, names with blanks in backticks",
    ),
    (
        "revenue , 5",
        "line 1, column 9: expected a comparison after `revenue`, such as `=` or `>=`, found `,`",
    ),
];

#[test]
fn errors_point_into_the_text() {
    for (text, expected) in FAULTS {
        let error = parse(text).expect_err(text);
        assert_eq!(error.to_string(), *expected, "{text}");
    }
}

#[test]
fn carets_stand_under_the_place() {
    let text = "город = \"Рига\" and\n  revenue >> 5";
    let error = parse(text).unwrap_err();
    assert_eq!(error.point(text), "expected a value, found `>`\n  |\n2 |   revenue >> 5\n  |            ^");
}

#[test]
fn nesting_and_size_have_limits() {
    let deep = |levels: usize| format!("{}a = 1{}", "(".repeat(levels), ")".repeat(levels));
    assert!(parse(&deep(DEPTH_MAX)).is_ok());
    let error = parse(&deep(DEPTH_MAX + 1)).unwrap_err();
    assert_eq!(error.fault, Fault::Depth { max: DEPTH_MAX });
    assert_eq!(error.position.column, DEPTH_MAX + 2);
    let negated = format!("{}a = 1", "not ".repeat(100_000 / 4));
    assert_eq!(parse(&negated).unwrap_err().fault, Fault::Depth { max: DEPTH_MAX });
    // Brackets and their groups are levels of the tree too.
    let groups = format!("{}a = 1{}", "a = 1 or (b = 1 and (".repeat(16), "))".repeat(16));
    assert_eq!(parse(&groups).unwrap_err().fault, Fault::Depth { max: DEPTH_MAX });
    let list = format!("a in ({})", vec!["1"; PARTS_MAX].join(","));
    assert_eq!(parse(&list).unwrap_err().fault, Fault::Parts { max: PARTS_MAX });
    let long = format!("a = \"{}\"", "x".repeat(TEXT_BYTES_MAX));
    assert_eq!(parse(&long).unwrap_err().fault, Fault::Length { max: TEXT_BYTES_MAX });
}

#[test]
fn the_deepest_tree_goes_through_files() {
    let mut tree = Expression::Everyone;
    for _ in 1..DEPTH_MAX {
        tree = Expression::And(vec![tree, Expression::Everyone]);
    }
    assert_eq!(parse(&tree.to_string()).unwrap().expression, tree);
    let json = serde_json::to_string(&tree).unwrap();
    assert_eq!(serde_json::from_str::<Expression>(&json).unwrap(), tree);
    let rule = WrittenRule { name: "deep".into(), when: When::Tree(tree) };
    let file = RuleFile { rest: "rest".into(), rules: vec![rule] };
    assert_eq!(toml::from_str::<RuleFile>(&toml::to_string(&file).unwrap()).unwrap(), file);
}

#[test]
fn trees_of_files_have_the_same_limits() {
    let mut tree = Expression::Everyone;
    for _ in 0..DEPTH_MAX {
        tree = Expression::Not(Box::new(tree));
    }
    assert_eq!(Parsed::from_tree(&tree).unwrap_err().fault, Fault::Depth { max: DEPTH_MAX });
    assert_eq!(Plan::new(&[tree], AsOf(Day(0))).unwrap_err(), PlanError::Depth { max: DEPTH_MAX });
}
