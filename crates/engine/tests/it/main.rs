//! The engine from outside: facts in, features and segments out, held against slow and plain
//! versions of the same.

mod base;
mod corpora;
mod events;
mod facts;
mod groups;
mod identity;
mod interests;
mod moves;
mod naive;
mod overlaps;
mod overview;
mod rules;
mod shop;
mod signs;
#[path = "../../../../fuzz/src/lib.rs"]
mod provoke;
