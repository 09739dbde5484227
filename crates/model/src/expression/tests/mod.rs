//! Tests of the language of rules.

mod parsing;
