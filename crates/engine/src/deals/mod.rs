//! Classes of deals: which are worth more like them, which cost more than they bring, and what the
//! best have in common.
//!
//! The last closed deals as of a moment are looked at together ([`gathered`]): their medians are the
//! limits ([`limits`]) by which each gets its class ([`class`]). Classes are summed up ([`costs`]),
//! and what sets class A apart is searched ([`analysis`]); what is found scores deals that are open.

mod about;
pub mod class;
pub mod settings;
pub mod gathered;
pub mod limits;
mod money_words;
pub mod judge;
pub mod costs;
mod attributes;
pub mod analysis;
pub mod tables;
#[cfg(test)]
mod tests;

pub use about::ABOUT;
pub use analysis::{Analysis, Goal, OpenDeal, analyse};
pub use class::Class;
pub use gathered::{Deal, gather};
pub use judge::{Judged, Rule};
pub use limits::{Limit, Limits};
pub use settings::Plan;
