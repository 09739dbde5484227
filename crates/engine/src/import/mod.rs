//! From rows of text to facts: detect, map, clean, reject with a reason.

pub mod cells;
pub mod clean;
pub mod fields;
pub mod mapping;
pub mod names;
pub mod presets;
pub mod problem;
pub mod rejects;
pub mod synonyms;

#[cfg(test)]
mod exports;
