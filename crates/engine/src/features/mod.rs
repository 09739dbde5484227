//! One row per customer: what the segmentations look at.

pub mod list;
pub mod question;
pub mod table;
pub mod conditions;
mod accumulate;
pub mod frequency;
mod ids;
mod compute;

pub use accumulate::{LOST_TOUCH, YEAR_DAYS, heaviest, margin, opening};
pub use compute::{compute, compute_bucket, need, period_totals};
pub use list::{FEATURES, Feature, Unit, find as feature_named};
pub use question::{Measure, Question};
pub use table::{Features, Values};
