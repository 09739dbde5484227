//! Which segments to reach: how large they are and what they promise, and with a budget, which of them
//! bring the most for it.

mod potential;
mod reached;
mod choice;
mod plan;
mod measured;
mod criteria;

pub use choice::{Choice, Offer, Verdict, choose};
pub use criteria::{Axis, Evaluated, Evaluation, Origin, Rated, evaluate};
pub use measured::{Known, Measured, measured};
pub use plan::{
    Bubble, CRITERIA, Criterion, KNOCK_OUTS, Limits, Plan, PlanError, RATING_MAX, Scale, WEIGHTS_SUM,
};
pub use potential::{Potential, Reach, potentials};
pub use reached::{Reached, reached};

#[cfg(test)]
mod tests;
