//! The program from outside, in one test binary.

mod html;
mod program;
mod table;
mod case;
mod plain;
mod golden;
mod bad_input;
mod containers;
mod meaning;
mod ledger;
mod outputs;
mod report;
