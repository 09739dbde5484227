//! Tests of the language of rules.

mod trees;
mod customers;
mod naive;
mod parsing;
mod roundtrip;
mod agreement;
