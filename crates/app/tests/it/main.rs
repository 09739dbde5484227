//! The program from outside, in one test binary.

mod base;
mod gather;
mod docs;
#[cfg(target_os = "linux")]
mod faults;
mod html;
mod program;
mod table;
mod case;
mod plain;
mod golden;
mod bad_input;
mod containers;
mod meaning;
mod quirks;
mod ledger;
mod compaction;
mod outputs;
mod effort;
mod report;
