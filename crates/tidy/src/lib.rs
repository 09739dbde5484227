//! The house rules, as tests: `cargo test -p dolka-tidy` says which file breaks which rule.
//!
//! A rule is a function from the files of the repository to the places that break it. A rule whose
//! subject does not exist yet finds nothing, and starts to bite when it does.

pub mod files;
pub mod form;
pub mod worlds;
pub mod order;
pub mod docs;
#[cfg(test)]
mod tests;

use files::File;

/// A rule: what it says, and how to find what breaks it. A finding begins with its file.
pub type Rule = (&'static str, fn(&[File]) -> Vec<String>);

/// Every rule.
pub const RULES: &[Rule] = &[
    ("a source file opens with `//!`", form::introduction),
    ("one idea per file: at most 500 lines", form::length),
    ("a line of shipped Rust has at most 110 columns", form::columns),
    ("nothing is left unfinished", form::unfinished),
    ("names say what a thing is", form::names),
    ("no path of one machine", form::machine_paths),
    ("a foreign world has one crate that knows it", worlds::foreign),
    ("crates point one way", worlds::arrows),
    ("the model is arithmetic", worlds::pure_model),
    ("the clock is read in one place", worlds::clock),
    ("the environment is read in one place", worlds::environment),
    ("a module uses those above it", order::modules),
    ("every page is linked", docs::linked),
    ("the map of the code is short", docs::short_map),
    ("every segmentation is in the docs", docs::segmentations),
];
