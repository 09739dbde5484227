//! What the segments of a division are like: means of features and values of attributes, segment by
//! segment. Checks, portraits and targets all start here.

mod division;
mod measures;
mod gathered;
mod survey;

pub use division::{Division, DivisionError, LEFT_OVER, Segment};
pub use gathered::{Profile, TextTable, VALUES_SHOWN_MAX, profile};
pub use measures::{MEASURES, Measure, Numbers, Scale, TEXTS, ask};
pub use survey::{COMPARED_MAX, RARE_PERCENT, Surveyed, survey};

#[cfg(test)]
mod tests;
