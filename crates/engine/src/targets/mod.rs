//! Which segments to reach: how large they are and what they promise, and with a budget, which of them
//! bring the most for it.

mod potential;
mod reached;
mod choice;

pub use choice::{Choice, Offer, Verdict, choose};
pub use potential::{Potential, Reach, potentials};
pub use reached::{Reached, reached};

#[cfg(test)]
mod tests;
