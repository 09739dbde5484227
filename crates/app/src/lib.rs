//! The program `dolka`: what it says, shows and does. Modules stand in the order of use; each uses
//! only those above it.

pub mod clock;
pub mod config;
pub mod words;
pub mod base;
pub mod report;
pub mod jobs;
pub mod cli;
