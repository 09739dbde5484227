//! The program from outside, in one test binary.

mod base;
mod gather;
mod docs;
#[cfg(target_os = "linux")]
mod faults;
mod html;
mod program;
mod table;
mod plain;
mod golden;
mod bad_input;
mod meaning;
mod containers;
mod ledger;
mod outputs;
mod report;
