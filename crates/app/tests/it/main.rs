//! The program from outside, in one test binary.

mod html;
mod report;
