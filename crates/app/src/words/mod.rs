//! What is said to people, in four languages: messages, numbers, dates.
//!
//! Messages are Fluent files under `i18n`, one folder per language, built into the program.

pub mod dates;
pub mod language;
pub mod numbers;
pub mod plurals;
pub mod messages;
pub mod findings;
pub mod committee;
pub mod portraits;
pub mod market;
pub mod cards;
#[cfg(test)]
mod tests;

pub use language::{Language, UnknownLanguage};
pub use messages::{Arg, Words};
