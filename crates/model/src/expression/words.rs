//! The words of the language of rules.

use super::token::{begins_word, continues_word};

/// Words that begin or join conditions: a name that is one of them stands in backticks.
pub const RESERVED: [&str; 16] = [
    "and",
    "or",
    "not",
    "did",
    "everyone",
    "sequence",
    "then",
    "where",
    "stopped",
    "restarted",
    "regularly",
    "in",
    "has",
    "consent",
    "anniversary",
    "birthday",
];

/// Words that may follow a name.
pub(super) const TESTS: [&str; 17] = [
    "is", "in", "not", "between", "contains", "starts", "ends", "before", "after", "since", "until", "on",
    "more", "less", "at", "does", "within",
];

/// Whether a name may stand without backticks.
pub fn is_bare(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(begins_word)
        && letters.all(continues_word)
        && !name.ends_with('.')
        && !RESERVED.iter().any(|word| word.eq_ignore_ascii_case(name))
}
