//! What sets some customers apart from others: buyers from leads, repeat from one-time, high lifetime
//! value from the rest. It helps to choose what to segment by.
//!
//! Each [`Target`] says who is compared with whom and what was known of them before it was decided.
//! One pass per bucket makes a table of attributes ([`rows`]); what is found gives customers outside
//! the target points ([`lookalike`]).

pub mod target;
mod rows;
pub mod compare;
pub mod lookalike;
#[cfg(test)]
mod tests;

pub use compare::{Asked, Compared, compare};
pub use lookalike::{Alike, alike, table};
pub use target::{TARGETS, Target};

/// How customers are compared and criteria judged, in Markdown.
pub const METHOD: &str = include_str!("method.md");
