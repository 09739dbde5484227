//! Places to one fact file: only those that say something new.

use super::{Staged, StagingError, Target};
use crate::facts::regions::{PLACES_MAX, PlaceKey};
use crate::facts::set::FactSet;
use crate::facts::write::{Contents, FactWriter};
use crate::facts::{PlaceRow, columns, schema};
use crate::import::clean::{Place as At, RegionSink, RowRefused};
use model::base::FactKind;
use std::collections::BTreeMap;

/// A place as a file says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct ArrivedPlace {
    names: [Option<String>; 6],
    attributes: BTreeMap<String, String>,
    rows: u64,
    /// Line of its first row.
    line: u64,
}

/// Places by key, each as its first row says it.
#[derive(Clone, Debug, Default)]
pub struct ArrivedRegions(BTreeMap<PlaceKey, ArrivedPlace>);

impl RegionSink for ArrivedRegions {
    fn place(&mut self, row: &PlaceRow<'_>, at: At) -> Result<(), RowRefused> {
        let key = PlaceKey::of(row);
        let attributes: BTreeMap<String, String> =
            row.attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        if let Some(known) = self.0.get_mut(&key) {
            if known.attributes != attributes {
                return Err(RowRefused::Twice { line: known.line });
            }
            known.rows += 1;
            return Ok(());
        }
        if self.0.len() >= PLACES_MAX {
            return Err(RowRefused::TooMany { most: PLACES_MAX });
        }
        let names = row.names.map(|name| name.map(str::to_owned));
        self.0.insert(key, ArrivedPlace { names, attributes, rows: 1, line: at.line });
        Ok(())
    }
}

/// Compares places with the base and writes what is new.
///
/// # Errors
/// The disk refuses, or there would be more places than are held.
pub fn stage_regions(
    arrived: &ArrivedRegions,
    facts: &FactSet,
    target: Target<'_>,
) -> Result<Staged, StagingError> {
    let mut staged = Staged::default();
    let mut rows = Vec::new();
    for (key, place) in &arrived.0 {
        let known = facts.regions.get(key);
        let same = |(name, value): (&String, &String)| {
            known.is_some_and(|known| known.attributes.get(name) == Some(value))
        };
        if place.attributes.iter().all(same) {
            staged.unchanged += place.rows;
            continue;
        }
        staged.imported += place.rows;
        *if known.is_some() { &mut staged.replaced } else { &mut staged.new } += 1;
        rows.push(PlaceRow {
            names: place.names.each_ref().map(Option::as_deref),
            attributes: place
                .attributes
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect(),
        });
    }
    if facts.regions.len() as u64 + staged.new > PLACES_MAX as u64 {
        return Err(StagingError::TooMany { what: "places", most: PLACES_MAX });
    }
    let schema = schema::regions();
    let mut writer =
        FactWriter::create(target.base, FactKind::Regions, target.name, schema, target.durability)?;
    writer.write(0, &columns::regions(rows.into_iter())?)?;
    staged.files.extend(writer.finish(Contents::default())?);
    Ok(staged)
}
