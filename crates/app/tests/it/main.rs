//! The program from outside, in one test binary.

mod docs;
mod html;
mod report;
