//! The engine from outside: facts in, features and segments out, held against slow and plain
//! versions of the same.

mod base;
mod facts;
mod naive;
mod overview;
