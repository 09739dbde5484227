//! Tests of the language of rules.

mod trees;
mod customers;
mod naive_days;
mod naive;
mod parsing;
mod faults;
mod roundtrip;
mod dates;
mod meaning;
mod checking;
mod agreement;
