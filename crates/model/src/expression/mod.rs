//! Rules: conditions on a customer, as a tree, as text, and applied to facts.

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
pub mod plan;
