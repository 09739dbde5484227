//! Cleaned rows against what the base knows: new, replaced or unchanged; then durable fact files.
//!
//! Nothing staged is in the base until a transaction lists it.

pub mod customers;
pub mod orders;
pub mod products;
pub mod regions;
pub mod populations;
mod personal;
pub mod events;
mod contacts;
mod standing;
mod past;
mod sinks;
mod error;
mod gather;
mod file;

pub use contacts::{ContactsFile, ContactsReader};
pub use error::FileError;
pub use file::{FileOptions, Look, StagedFile, look, stage_file};
pub use personal::{PersonalFile, PersonalReader};
pub use sinks::PROBLEMS_MAX;

use crate::facts::set::{FactError, FactSet};
use crate::facts::write::Durability;
use model::base::{BaseSettings, FactFile};
use model::calendar::Day;
use std::path::Path;

/// Where staged files go.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// Folder of the base.
    pub base: &'a Path,
    /// Stem of the files' names, unique to the import.
    pub name: &'a str,
    pub durability: Durability,
    pub threads: usize,
}

/// The base that a file is staged for.
#[derive(Clone, Copy)]
pub struct Destination<'a> {
    pub facts: &'a FactSet,
    pub settings: &'a BaseSettings,
    /// Orders may be of this day at the latest.
    pub newest_day: Day,
    /// Folder for rows that wait; must exist.
    pub scratch: &'a Path,
    pub target: Target<'a>,
}

/// What came of the rows of one kind.
#[derive(Clone, Debug, Default)]
pub struct Staged {
    pub files: Vec<FactFile>,
    /// Rows that are now facts.
    pub imported: u64,
    /// Rows of orders, customers or products that the base has with the same content.
    pub unchanged: u64,
    /// Rows left out by rule: cancelled orders.
    pub set_aside: u64,
    /// Orders, customers or products not known before.
    pub new: u64,
    /// Those that replace an older version.
    pub replaced: u64,
    /// Orders of the base that arrived under another customer; part of `replaced`.
    pub moved: u64,
    /// Rows without a customer, part of `imported`.
    pub anonymous: u64,
    /// Rows that only repeated a whole order of the same file.
    pub repeated: u64,
    /// Orders of which the file held versions that differ; the newest counts.
    pub conflicting: u64,
}

/// Staging failed; the base is as it was.
#[derive(Debug, thiserror::Error)]
pub enum StagingError {
    #[error(transparent)]
    Facts(#[from] FactError),
    #[error("cannot keep rows while reading: {0}; free some disk space and import again")]
    Spool(#[from] std::io::Error),
    /// Small tables are held whole.
    #[error("more than {most} {what} are not held; leave out what you do not need")]
    TooMany { what: &'static str, most: usize },
    #[error("cannot write facts: {0}; nothing was imported")]
    Write(#[from] parquet::errors::ParquetError),
    #[error("cannot write facts: {0}; nothing was imported")]
    Columns(#[from] arrow_schema::ArrowError),
}

impl Staged {
    fn add(&mut self, other: Staged) {
        self.files.extend(other.files);
        self.imported += other.imported;
        self.unchanged += other.unchanged;
        self.set_aside += other.set_aside;
        self.new += other.new;
        self.replaced += other.replaced;
        self.moved += other.moved;
        self.anonymous += other.anonymous;
        self.repeated += other.repeated;
        self.conflicting += other.conflicting;
    }
}
