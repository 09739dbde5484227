//! Rules: conditions on a customer, as a tree, as text, and applied to facts.
//!
//! ```text
//! text ── parse ──▶ tree ◀── TOML, JSON, a builder
//!                    │  check     names, types, conditions that never hold
//!                    │  plan      names become slots, days become dates
//!                    ▼
//!        facts ──▶ state ──▶ holds · first · trace
//! ```

pub mod decimal;
pub mod days;
pub mod tree;
pub mod near;
pub mod place;
pub mod error;
mod token;
pub mod words;
pub mod print;
pub mod parse;
mod fold;
pub mod value;
pub mod missing;
pub mod vocabulary;
pub mod check;
pub mod trace;
pub mod plan;
mod implies;
pub mod rules;
#[cfg(test)]
mod tests;
