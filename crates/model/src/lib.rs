//! The words and the arithmetic of a customer base, and nothing else.
//!
//! No input or output, no clock, no randomness: a moment, a time zone or a seed is an argument.
//! Modules stand in the order of the flow; each uses only those above it.

pub mod parallel;
pub mod random;
pub mod calendar;
pub mod holidays;
pub mod money;
pub mod bands;
pub mod quantiles;
pub mod histogram;
pub mod variation;
pub mod criteria;
pub mod prediction;
pub mod comparison;
pub mod expression;
pub mod clustering;
pub mod base;
pub mod identity;
