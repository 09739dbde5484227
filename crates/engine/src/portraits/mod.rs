//! Portraits of segments: what is special about them, their habits, and a customer to think of.
//!
//! Everything here is counted; words are made of it elsewhere, and say nothing that is not in it.

mod special;
mod habits;
mod medoid;
mod portrait;

pub use habits::{HOURS, Habits, MONTHS, WEEKDAYS, habits};
pub use medoid::{MEDOID_ROWS_MAX, Typical, typical};
pub use portrait::{Portrait, Portraits, portraits};
pub use special::{Special, special};

#[cfg(test)]
mod tests;
