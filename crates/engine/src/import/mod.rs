//! From rows of text to facts: detect, map, clean, reject with a reason.

pub mod cells;
