//! The program from outside, in one test binary.

mod html;
mod program;
mod table;
mod plain;
mod golden;
mod report;
