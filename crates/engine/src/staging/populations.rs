//! Populations to one fact file: only those that say something new.

use super::{Staged, StagingError, Target};
use crate::facts::populations::{COMBINATIONS_MAX, Combination, Population};
use crate::facts::set::FactSet;
use crate::facts::write::{Contents, FactWriter};
use crate::facts::{columns, schema};
use crate::import::clean::{PopulationSink, RowRefused};
use model::base::FactKind;
use std::collections::BTreeMap;

/// Populations by name, equal people counted together.
#[derive(Clone, Debug, Default)]
pub struct ArrivedPopulations {
    by_name: BTreeMap<String, (Population, u64)>,
    combinations: usize,
}

impl PopulationSink for ArrivedPopulations {
    fn people(&mut self, name: &str, combination: Combination, count: i64) -> Result<(), RowRefused> {
        let (population, rows) = self.by_name.entry(name.to_owned()).or_default();
        match population.counts.get_mut(&combination) {
            Some(known) => *known = known.checked_add(count).ok_or(RowRefused::TooLarge)?,
            None if self.combinations >= COMBINATIONS_MAX => {
                return Err(RowRefused::TooMany { most: COMBINATIONS_MAX });
            }
            None => {
                self.combinations += 1;
                population.counts.insert(combination, count);
            }
        }
        *rows += 1;
        Ok(())
    }
}

/// Compares populations with the base and writes what is new.
///
/// # Errors
/// The disk refuses, or there would be more than are held.
pub fn stage_populations(
    arrived: &ArrivedPopulations,
    facts: &FactSet,
    target: Target<'_>,
) -> Result<Staged, StagingError> {
    let mut staged = Staged::default();
    let mut rows = Vec::new();
    for (name, (population, count)) in &arrived.by_name {
        let known = facts.populations.get(name);
        let renewed = known.cloned().map(|mut known| {
            known.renew(population.clone());
            known
        });
        if known.is_some() && renewed.as_ref() == known {
            staged.unchanged += count;
            continue;
        }
        staged.imported += count;
        *if known.is_some() { &mut staged.replaced } else { &mut staged.new } += 1;
        rows.extend(population.counts.iter().map(|(values, &count)| (name.as_str(), &values[..], count)));
    }
    if facts.populations.rows().count() + rows.len() > COMBINATIONS_MAX {
        return Err(StagingError::TooMany { what: "combinations of a population", most: COMBINATIONS_MAX });
    }
    let schema = schema::population();
    let mut writer =
        FactWriter::create(target.base, FactKind::Population, target.name, schema, target.durability)?;
    writer.write(0, &columns::population(rows.into_iter())?)?;
    staged.files.extend(writer.finish(Contents::default())?);
    Ok(staged)
}
