//! What some rows have in common: texts of rows become columns, columns conditions, and conditions
//! are searched and judged against chance ([`model::criteria`]).
//!
//! Deals ([`crate::deals`]) and customers ([`crate::contrast`]) are such rows. What is left out, and
//! why, is part of the answer: an attribute that only the outcome fills in would explain the outcome
//! perfectly and foretell nothing.

pub mod columns;
pub mod leaks;
pub mod text;
pub mod search;
#[cfg(test)]
mod tests;

pub use columns::Table;
pub use leaks::{LeftOut, Why};
pub use search::{Searched, search};
pub use text::as_rule_text;
