//! From files to segments: reads what people have, keeps it as facts, and cuts the base.
//!
//! Modules stand in the order of the flow; each uses only those above it.

pub mod demo;
pub mod facts;
pub mod features;
pub mod import;
pub mod outputs;
pub mod overview;
pub mod parallel;
pub mod progress;
pub mod scan;
pub mod segmentations;
pub mod sources;
pub mod staging;
