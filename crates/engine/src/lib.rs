//! From files to segments: reads what people have, keeps it as facts, and cuts the base.
//!
//! Modules stand in the order of the flow; each uses only those above it.

// Bases of tests from outside serve tests inside as well.
#[cfg(test)]
extern crate self as engine;

pub mod progress;
pub mod sources;
pub mod facts;
pub mod import;
pub mod staging;
pub mod scan;
pub mod identity;
pub mod compaction;
pub mod features;
pub mod prediction;
pub mod interests;
pub mod segmentations;
pub mod profile;
pub mod checks;
pub mod targets;
pub mod conversion;
pub mod moves;
pub mod overview;
pub mod portraits;
pub mod criteria;
pub mod market;
pub mod deals;
pub mod contrast;
pub mod conversations;
pub mod committee;
pub mod groups;
pub mod outputs;
pub mod demo;
