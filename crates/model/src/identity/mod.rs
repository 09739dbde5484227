//! Who is the same person: ids that are linked, and ids that could be.
//!
//! Links are a record of what was said, never edited: [`Links::replay`] makes of it who is whom now.
//! [`find`] looks for ids that share an e-mail or a phone, exactly and never by likeness.

mod birthday;
mod links;
mod find;

#[cfg(test)]
mod tests;

pub use find::{Conflict, Doubt, Found, GROUP_IDS_MAX, Point, PointKind, Proposal, SHARED_IDS_MAX, find};
pub use links::{Entry, Links, NewEntry, Why};
