//! Trees written and read again, and texts that nobody would write.

use super::trees::{odd_trees, trees};
use crate::expression::parse::parse;
use crate::expression::rules::{RuleFile, When, WrittenRule};
use crate::expression::tree::Expression;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Pieces of the language, to make texts that nearly are rules.
const PIECES: [&str; 60] = [
    "did",
    "not",
    "and",
    "or",
    "order",
    "where",
    "(",
    ")",
    "revenue",
    ">=",
    "100",
    "in",
    "the",
    "last",
    "30",
    "days",
    "count",
    "sum",
    "(amount)",
    "between",
    "2026-01-31",
    "ago",
    "sequence",
    "then",
    "within",
    "7",
    "stopped",
    "for",
    "restarted",
    "after",
    "regularly",
    "every",
    "times",
    "3",
    "has",
    "tag",
    "\"x\"",
    "with",
    "consent",
    "is",
    "set",
    "contains",
    "any",
    "of",
    "starts",
    "birthday",
    "anniversary",
    "today",
    ",",
    "`a b`",
    "«ж»",
    "-1.5",
    "10%",
    "2026-02-30",
    "as",
    "first",
    "time",
    "at",
    "least",
    "month",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn text_reads_back(expression in prop_oneof![3 => trees(), 1 => odd_trees()]) {
        let text = expression.to_string();
        let parsed = parse(&text).unwrap_or_else(|error| panic!("{}", error.point(&text)));
        prop_assert_eq!(&parsed.expression, &expression, "{}", text);
    }

    #[test]
    fn capital_keywords_read_the_same(expression in trees()) {
        // Quoted texts are told apart by letters nowhere, and names here are in small letters.
        let text = expression.to_string();
        let keywords = ["and", "or", "not", "did", "in", "the", "last", "where", "between", "then", "within", "ago"];
        let spaced: Vec<String> = text
            .split(' ')
            .map(|word| if keywords.contains(&word) { word.to_uppercase() } else { word.to_owned() })
            .collect();
        prop_assert_eq!(parse(&spaced.join(" \n\t")).unwrap().expression, expression);
    }

    #[test]
    fn json_and_toml_read_back(expression in trees()) {
        let json = serde_json::to_string(&expression).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Expression>(&json).unwrap(), &expression, "{}", json);
        let file = RuleFile {
            rest: "others".into(),
            rules: vec![
                WrittenRule { name: "text".into(), when: When::Text(expression.to_string()) },
                WrittenRule { name: "tree".into(), when: When::Tree(expression.clone()) },
            ],
        };
        let toml = toml::to_string(&file).unwrap();
        let read: RuleFile = toml::from_str(&toml).unwrap();
        let rules = read.read().unwrap();
        prop_assert_eq!(&rules.rules[0].when.expression, &expression);
        prop_assert_eq!(&rules.rules[1].when.expression, &expression);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,40}") {
        let _ = parse(&text).map_err(|error| error.point(&text));
    }

    #[test]
    fn no_near_rule_panics(pieces in vec(select(PIECES.to_vec()), 0..25)) {
        let text = pieces.join(" ");
        match parse(&text) {
            Err(error) => prop_assert!(!error.point(&text).is_empty()),
            Ok(parsed) => {
                let canonical = parsed.expression.to_string();
                prop_assert_eq!(parse(&canonical).unwrap().expression, parsed.expression, "{}", text);
            }
        }
    }

    #[test]
    fn no_broken_rule_panics(expression in trees(), cut in 0usize..200, put in "\\PC{0,3}") {
        let text = expression.to_string();
        let at = text.char_indices().map(|(at, _)| at).nth(cut).unwrap_or(text.len());
        let broken = format!("{}{put}{}", &text[..at], text[at..].chars().skip(2).collect::<String>());
        let _ = parse(&broken).map_err(|error| error.point(&broken));
    }
}
