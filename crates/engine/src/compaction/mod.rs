//! The fact files of many imports as one sorted set: the same facts, read without merging.
//!
//! Of every order only the newest version is written, and none of one that was taken back. What is
//! written is in the base only when a transaction lists it in place of the old files.

mod orders;

use crate::facts::FactSet;
use crate::facts::bucket::{ANONYMOUS, BUCKETS};
use crate::facts::events;
use crate::facts::events::columns::EventColumns;
use crate::facts::write::{Contents, FactWriter};
use crate::facts::{columns, schema};
use crate::progress::Watch;
use crate::staging::{StagingError, Target};
use arrow_schema::DataType;
use model::base::{FactFile, FactKind, ListedFile};
use std::collections::BTreeSet;

/// The files of one kind, merged.
#[derive(Clone, Debug)]
pub struct Merged {
    pub kind: FactKind,
    /// Paths of the files whose facts these are.
    pub old: Vec<String>,
    /// The newest import among them: the age of the merged rows.
    pub import: i64,
    pub new: Vec<FactFile>,
}

/// Merges the files of every kind that several imports wrote. Kinds that one import wrote, and
/// kinds of which nothing would be left, stay as they are.
///
/// # Errors
/// A file cannot be read or the disk refuses; unlisted files may be left for the sweep.
pub fn compact(
    facts: &FactSet,
    listed: &[ListedFile],
    target: Target<'_>,
    watch: &dyn Watch,
) -> Result<Vec<Merged>, StagingError> {
    let mut merged = Vec::new();
    for kind in FactKind::ALL {
        let own: Vec<&ListedFile> = listed.iter().filter(|listed| listed.file.kind == kind).collect();
        let imports: BTreeSet<i64> = own.iter().map(|listed| listed.import).collect();
        let Some(&import) = imports.last().filter(|_| imports.len() > 1) else { continue };
        let contents = contents(&own);
        let new = match kind {
            FactKind::Orders => orders::merge_orders(facts, &contents, rows(&own), target, watch)?,
            FactKind::Customers => merge_customers(facts, contents, target)?,
            FactKind::Products | FactKind::Regions | FactKind::Population => {
                merge_whole(kind, facts, contents, target)?
            }
            FactKind::Deals | FactKind::Leads | FactKind::Touches | FactKind::Contacts => {
                merge_events(kind, facts, contents, target)?
            }
        };
        if !new.is_empty() {
            let old = own.iter().map(|listed| listed.file.path.clone()).collect();
            merged.push(Merged { kind, old, import, new });
        }
    }
    Ok(merged)
}

/// What the merged files say of themselves. Days and currencies are those of the old files, also
/// where an order that was the first or last one has been taken back: the day that the base stands
/// for must not change with the way its files are cut.
fn contents(old: &[&ListedFile]) -> Contents {
    let days = || old.iter().filter_map(|listed| listed.file.days);
    let first = days().map(|(first, _)| first).min();
    let last = days().map(|(_, last)| last).max();
    Contents {
        days: first.zip(last),
        currencies: old.iter().flat_map(|listed| listed.file.currencies.iter().cloned()).collect(),
        replaces: false,
        free_returns: false,
    }
}

fn rows(old: &[&ListedFile]) -> u64 {
    old.iter().map(|listed| listed.file.rows).sum()
}

fn merge_customers(
    facts: &FactSet,
    contents: Contents,
    target: Target<'_>,
) -> Result<Vec<FactFile>, StagingError> {
    let schema = schema::customers(&DataType::Utf8);
    let mut writer =
        FactWriter::create(target.base, FactKind::Customers, target.name, schema, target.durability)?;
    for bucket in 0..BUCKETS {
        writer.write(bucket, &columns::customers(facts.own_attributes(bucket)?.iter())?)?;
    }
    Ok(writer.finish(contents)?.into_iter().collect())
}

/// Small tables, which are held whole.
fn merge_whole(
    kind: FactKind,
    facts: &FactSet,
    contents: Contents,
    target: Target<'_>,
) -> Result<Vec<FactFile>, StagingError> {
    let (schema, batch) = match kind {
        FactKind::Regions => (schema::regions(), columns::regions(facts.regions.rows())?),
        FactKind::Population => (schema::population(), columns::population(facts.populations.rows())?),
        _ => (schema::products(), columns::products(facts.products.rows())?),
    };
    let mut writer = FactWriter::create(target.base, kind, target.name, schema, target.durability)?;
    writer.write(0, &batch)?;
    Ok(writer.finish(contents)?.into_iter().collect())
}

fn merge_events(
    kind: FactKind,
    facts: &FactSet,
    contents: Contents,
    target: Target<'_>,
) -> Result<Vec<FactFile>, StagingError> {
    let mut writer =
        FactWriter::create(target.base, kind, target.name, events::schema(kind), target.durability)?;
    let mut columns = EventColumns::new(kind);
    for bucket in 0..=ANONYMOUS {
        let events = facts.events(kind, bucket)?;
        for row in 0..events.len() {
            columns.push(&events.row(row), events.id(row), events.source(row), false);
        }
        writer.write(bucket, &columns.finish()?)?;
    }
    Ok(writer.finish(contents)?.into_iter().collect())
}
