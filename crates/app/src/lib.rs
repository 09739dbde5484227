//! The program `dolka`: what it says, shows and does. Modules stand in the order of use; each uses
//! only those above it.

pub mod words;

pub mod report;
