//! One row per customer: what the segmentations look at.

mod accumulate;
mod compute;
pub mod list;
pub mod question;
pub mod table;

pub use compute::{compute, compute_bucket, period_totals, season_indexes};
pub use list::{FEATURES, Feature, Unit};
pub use question::{Measure, Question};
pub use table::{Features, Values};
