//! The market and competitors: another population beside the base, where it has customers and we have
//! few, and what segments do not buy that others like them do.

mod cut;
mod sides;
mod condition;
mod differences;
mod apart;
mod spots;
mod spend;
mod likes;
mod bought;

pub use apart::{Apart, Criterion, apart};
pub use bought::bought;
pub use cut::{Counts, Cut};
pub use differences::{AttributeDifference, ValueDifference, differences};
pub use likes::{BANDS, Bought, GAP_INDEX_MAX, Need, Needs, SEGMENT_MIN, WANTED_MIN, band, needs};
pub use sides::{Aspect, Group, Sides, ask, columns_of};
pub use spend::{SPEND_NAMES, lowest_fifth};
pub use spots::{Spot, Spots, Spotting, spots};

#[cfg(test)]
mod tests;
