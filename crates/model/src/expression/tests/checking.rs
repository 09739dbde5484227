//! What is said of rules that make no sense, and where.

use super::trees::vocabulary;
use crate::expression::check::check;
use crate::expression::parse::{Parsed, parse};
use crate::expression::rules::RuleFile;

/// Everything that is said of a rule, with its columns.
fn said(text: &str) -> Vec<String> {
    let parsed = parse(text).unwrap_or_else(|error| panic!("{}", error.point(text)));
    let checked = check(&parsed.expression, &vocabulary());
    let column = |at| parsed.place(at).position(text).column;
    let problems = checked.problems.iter().map(|problem| format!("{} {problem}", column(problem.at)));
    problems
        .chain(checked.warnings.iter().map(|warning| format!("{} ? {warning}", column(warning.at))))
        .collect()
}

/// Rules, and what is said of them with the columns; `?` marks a doubt.
const SAID: &[(&str, &str)] = &[
    ("revenue > 5 and city = 'Riga' and did order where amount > 5", ""),
    ("revenu > 5", "1 there is no `revenu`; did you mean `revenue`?"),
    (
        "city > 5",
        "6 `>` does not go with `city`, which is a text; use `=`, `!=`, `in`, `contains`, `starts with`, `ends with` or `is set`",
    ),
    (
        "city > 'a'",
        "6 `>` does not go with `city`, which is a text; use `=`, `!=`, `in`, `contains`, `starts with`, `ends with` or `is set`",
    ),
    (
        "city between 'a' and 'b'",
        "6 `between` does not go with `city`, which is a text; use `=`, `!=`, `in`, `contains`, `starts with`, `ends with` or `is set`",
    ),
    ("city = 5", "8 `city` is a text; compare it with a text, not with 5"),
    ("revenue = 'x'", "11 `revenue` is a number; compare it with a number, not with \"x\""),
    (
        "revenue contains 'x'",
        "9 `contains` does not go with `revenue`, which is a number; use `=`, `!=`, `<`, `<=`, `>`, `>=`, `between`, `in` or `is set`",
    ),
    ("revenue = 2026-01-01", "11 `revenue` is a number; compare it with a number, not with 2026-01-01"),
    ("last_order_at = 5", "17 `last_order_at` is a day; compare it with a day, not with 5"),
    (
        "last_order_at contains '2026'",
        "15 `contains` does not go with `last_order_at`, which is a day; use `before`, `after`, `on`, `between`, `in the last`, `more than … ago` or `is set`",
    ),
    (
        "asleep > true",
        "8 `>` does not go with `asleep`, which is true or false; use `= true`, `= false` or `is set`",
    ),
    ("asleep = 'yes'", "10 `asleep` is true or false; compare it with true or false, not with \"yes\""),
    ("likes = 5", "9 `likes` is a list of texts; compare it with a text, not with 5"),
    (
        "likes < 5",
        "7 `<` does not go with `likes`, which is a list of texts; use `contains`, `contains any of`, `contains all of`, `=`, `in` or `is set`",
    ),
    (
        "revenue in the last 30 days",
        "9 `in the last` does not go with `revenue`, which is a number; use `=`, `!=`, `<`, `<=`, `>`, `>=`, `between`, `in` or `is set`",
    ),
    ("anniversary of city within 7 days", "16 `city` is a text; only a day has an anniversary"),
    ("did ordr", "5 there is no kind of facts `ordr`; did you mean `order`?"),
    ("did order where amuont > 5", "17 `order` has no field `amuont`; did you mean `amount`?"),
    (
        "did order where category = 'a' and amount > 5",
        "36 there is no `amount`; it is a field of `order`: of several conditions after `where`, write them all in brackets",
    ),
    ("did order sum(category) > 5", "15 `sum` needs a number, and `category` is a text"),
    ("did order sum(ammount) > 5", "15 `order` has no field `ammount`; did you mean `amount`?"),
    (
        "did order where did touch",
        "17 a condition on facts, tags or consents stands inside a filter; put it beside, joined by `and`",
    ),
    (
        "did order where has tag 'pram' with weight > 1 and revnue > 5",
        "17 a condition on facts, tags or consents stands inside a filter; put it beside, joined by `and`\n52 there is no `revnue`; did you mean `revenue`?",
    ),
    ("has tag 'prm'", "9 ? nobody has the tag \"prm\"; did you mean `pram`?"),
    ("has tag 'pram' with wieght > 1", "21 `tag` has no field `wieght`; did you mean `weight`?"),
    ("consent emial", "9 there is no channel `emial`; did you mean `email`?"),
    ("orders = 2.5", "10 ? this never holds: `orders` is a whole number"),
    ("orders in (1, 2.5, 'x')", "20 `orders` is a number; compare it with a number, not with \"x\""),
    ("rfm_name = 'champoins'", "12 ? `rfm_name` is never \"champoins\"; did you mean `champions`?"),
    ("rfm_name in ('lost', 'Loyal', 'best')", "31 ? `rfm_name` is never \"best\""),
    ("revenue > 5 and revenue < 3", "1 ? this never holds: its conditions on `revenue` exclude each other"),
    ("revenue > 5 and revenue < 5.0001", ""),
    ("revenue >= 5 and revenue < 5", "1 ? this never holds: its conditions on `revenue` exclude each other"),
    ("revenue between 5 and 3", "1 ? nothing lies between: 5 comes after 3"),
    (
        "not revenue is set and revenue != 5 and revenue > 1",
        "1 ? this never holds: its conditions on `revenue` exclude each other",
    ),
    (
        "last_order_at before 2026-01-01 and last_order_at after 2026-01-01",
        "1 ? this never holds: its conditions on `last_order_at` exclude each other",
    ),
    (
        "last_order_at in the last 30 days and last_order_at more than 30 days ago",
        "1 ? this never holds: its conditions on `last_order_at` exclude each other",
    ),
    ("last_order_at between today and yesterday", "1 ? nothing lies between: today comes after 1 day ago"),
    ("city = 'a' and city = 'b'", "1 ? this never holds: its conditions on `city` exclude each other"),
    (
        "city = 'a' and (orders > 1 and city != 'A')",
        "1 ? this never holds: its conditions on `city` exclude each other",
    ),
    (
        "city in ('a', 'b') and city not in ('b', 'A')",
        "1 ? this never holds: its conditions on `city` exclude each other",
    ),
    ("likes = 'a' and likes = 'b'", ""),
    (
        "asleep = true and not asleep != false",
        "1 ? this never holds: its conditions on `asleep` exclude each other",
    ),
    ("city in ()", "1 ? this never holds: the list is empty"),
    ("city contains any of ()", "1 ? this never holds: the list is empty"),
    ("did order in the next 3 days", "11 ? nothing that was done lies in the future"),
    ("did order since tomorrow", "11 ? nothing that was done lies in the future"),
    (
        "did order between 2026-02-01 and 2026-01-01",
        "11 ? nothing lies between: 2026-02-01 comes after 2026-01-01",
    ),
    ("did order count between 5 and 3", "1 ? nothing lies between: 5 comes after 3"),
    (
        "did order where (amount > 5 and amount < 4)",
        "17 ? this never holds: its conditions on `amount` exclude each other",
    ),
    (
        "sequence ordr then touch where kin = 'x' within 3 days",
        "10 there is no kind of facts `ordr`; did you mean `order`?\n32 `touch` has no field `kin`",
    ),
];

#[test]
fn mistakes_and_doubts() {
    for (text, expected) in SAID {
        assert_eq!(said(text).join("\n"), *expected, "{text}");
    }
}

#[test]
fn places_in_a_tree_are_those_in_its_text() {
    let tree = parse("city = 'a' or (did order where not amuont > 5 and consent emial)").unwrap().expression;
    let parsed = Parsed::from_tree(&tree).unwrap();
    let checked = check(&parsed.expression, &vocabulary());
    let places: Vec<&str> = checked
        .problems
        .iter()
        .map(|problem| &parsed.text[parsed.place(problem.at).start..parsed.place(problem.at).end])
        .collect();
    assert_eq!(places, ["amuont", "emial"]);
    assert_eq!(
        parsed.point(checked.problems[0].at, &checked.problems[0]),
        "`order` has no field `amuont`; did you mean `amount`?\n  |\n1 | \
         city = \"a\" or (did order where not amuont > 5 and consent emial)\n  |                                    ^^^^^^"
    );
}

#[test]
fn rules_of_a_file() {
    let file: RuleFile = toml::from_str(
        r#"
        [[rule]]
        name = "big"
        when = "revenue >= 1000 and orders > 3"
        [[rule]]
        name = "near"
        when = { value = { name = "city", test = { in = [{ text = "Riga" }] } } }
        [[rule]]
        name = "buyers"
        when = { did = { facts = { kind = "order", where = { value = { name = "amount", test = { compare = { operator = ">", value = { number = 9.95 } } } } } } } }
        "#,
    )
    .unwrap();
    let rules = file.read().unwrap();
    assert_eq!(rules.names(), ["big", "near", "buyers", "rest"]);
    assert_eq!(rules.rules[1].when.text, "city in (\"Riga\")");
    assert_eq!(rules.rules[2].when.text, "did order where amount > 9.95");
    assert!(rules.check(&vocabulary()).iter().all(|checked| checked.problems.is_empty()));
    assert!(rules.never_win().is_empty());
    assert_eq!((rules.name(Some(2)), rules.name(None)), ("buyers", "rest"));
}

fn errors(toml: &str) -> Vec<String> {
    let file: RuleFile = toml::from_str(toml).unwrap();
    file.read().unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn files_that_are_refused() {
    let toml = "rest = \" Big \"\n\
        [[rule]]\nname = \"big\"\nwhen = \"revenue >\"\n\
        [[rule]]\nname = \"BIG\"\nwhen = \"everyone\"\n\
        [[rule]]\nname = \" \"\nwhen = \"everyone\"\n";
    assert_eq!(
        errors(toml),
        [
            "rule `big`: line 1, column 10: expected a value, found the end",
            "two rules are called `BIG`; give one another name",
            "rule 3 has no name; give it one",
            "the remainder is called `Big`, as a rule is; give it another name with `rest`",
        ]
    );
    assert_eq!(errors("rest = \"\""), ["the remainder has no name; give it one with `rest`"]);
    let wrong = "[[rule]]\nname = \"a\"\nwhen = { value = { nam = \"x\" } }";
    let message = toml::from_str::<RuleFile>(wrong).unwrap_err().to_string();
    assert!(message.contains("unknown field `nam`, expected `name` or `test`"), "{message}");
}

#[test]
fn rules_that_never_win() {
    let rule = |name: &str, when: &str| format!("[[rule]]\nname = \"{name}\"\nwhen = '''{when}'''\n");
    let rules = [
        ("a", "revenue > 100"),
        ("b", "revenue > 50"),
        ("c", "revenue >= 100.01 and city = \"Riga\""),
        ("d", "revenue > 50"),
        ("e", "revenue = 60 or revenue between 70 and 80"),
        ("f", "city in (\"Riga\", \"Cēsis\")"),
        ("g", "city = \"Riga\""),
        ("h", "revenue >= 50"),
        ("i", "did order"),
        ("j", "orders is set and did order"),
        ("k", "everyone"),
        ("l", "orders != 5"),
    ];
    let toml: String = rules.iter().map(|(name, when)| rule(name, when)).collect();
    let file: RuleFile = toml::from_str(&toml).unwrap();
    let found = file.read().unwrap().never_win();
    let pairs: Vec<String> = found.iter().map(|never| format!("{} {}", never.rule, never.earlier)).collect();
    assert_eq!(pairs, ["c a", "d b", "e b", "g f", "j i", "l k"]);
    assert_eq!(found[0].to_string(), "`c` never wins: whoever it holds for is in `a` before; move it up");
}
