//! How far groups of customers differ, how sure that is, and how much a division has changed.
//!
//! Effects first: with enough customers every difference is significant and most are too small to
//! matter, so what is judged is the size of a difference ([`cohens_d`], [`Table::cramers_v`]), and chance
//! only keeps small samples honest ([`welch`], [`Table::chance`], [`holm`]).

mod tails;
mod moments;
mod table;
mod sides;
mod adjust;
mod drift;

pub use adjust::holm;
pub use drift::{DRIFTED, SHIFTED, stability_index};
pub use moments::{Moments, cohens_d, mean_interval, welch};
pub use sides::{V_TESTED_MIN, balanced_v, merged, shares_chance};
pub use table::Table;
pub use tails::{chi_square, normal, student};

/// From this difference in standard deviations on, two groups differ (Cohen's "small", 1988).
pub const D_MIN: f64 = 0.2;
/// From this association on, two groups differ in an attribute (Cohen's "small" for V).
pub const V_MIN: f64 = 0.1;
/// Below this adjusted p-value a difference is not taken for chance.
pub const P_MAX: f64 = 0.05;

#[cfg(test)]
mod tests;
