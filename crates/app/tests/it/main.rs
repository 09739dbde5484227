//! The program from outside, in one test binary.

mod base;
mod gather;
mod docs;
mod docs_examples;
mod docs_of_deals;
#[cfg(target_os = "linux")]
mod faults;
mod html;
mod identity;
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
mod populations;
mod predict;
mod regions;
mod effort;
mod moves;
mod conversations;
mod companies;
mod report;
mod deals;
mod criteria;
mod databases;
mod rules;
mod insights;
mod rules_page;
