//! All segmentations held to what they promise: golden cases, their own docs, and slow versions
//! written from the words of the methods.

mod about;
mod cells;
mod golden;
mod properties;
mod settings;
mod slow;
pub(crate) mod table;
mod travel;
