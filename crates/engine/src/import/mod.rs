//! From rows of text to facts: detect, map, clean, reject with a reason.

pub mod cells;
pub mod names;
pub mod phrases;
pub mod topics;
pub mod fields;
pub mod synonyms;
pub mod problem;
pub mod rejects;
pub mod presets;
pub mod mapping;
pub mod rates;
pub mod clean;
#[cfg(test)]
mod tests;
