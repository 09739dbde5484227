//! The program from outside, in one test binary.

#[cfg(target_os = "linux")]
mod faults;
mod html;
mod report;
