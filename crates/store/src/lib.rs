//! The state of a base: settings, the ledger of imports, the manifest of fact files, contacts,
//! links of ids and saved mappings, in SQLite or PostgreSQL.
//!
//! A fact file is in the base when a transaction here says so. Nothing is acknowledged before it
//! is durable: when a function that writes returns `Ok`, a crash or a power cut cannot undo it.
//! Moments are arguments, as microseconds since 1970 UTC; the one thing drawn here is the secret
//! key of a new base.
//!
//! Modules stand in the order of the flow; each uses only those above it.

mod error;

mod database;
mod migrations;

mod store;

mod base;
mod compactions;
mod contacts;
mod personal;
mod imports;
mod links;
mod manifest;
mod mappings;
mod tags;
mod conversation_topics;
mod attribute_groups;
mod reviews;
mod cards;
mod competitors;

pub mod query;

pub use cards::Card;
pub use competitors::CompetitorNote;
pub use contacts::CUSTOMER_ID_BYTES_MAX;
pub use error::{Error, Result};
pub use imports::Undone;
pub use links::Brought;
pub use manifest::Manifest;
pub use mappings::Mapping;
pub use reviews::{Review, ReviewedSegment};
pub use store::Store;
pub use tags::Tag;
