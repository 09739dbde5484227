//! Which attributes of the files tell customers apart, before features are computed.

use super::gathered::VALUES_SHOWN_MAX;
use crate::facts::FactSet;
use crate::facts::bucket::BUCKETS;
use crate::facts::set::FactError;
use model::parallel;
use std::collections::BTreeMap;

/// Percent of the base below which a value is rare, as `attributes.rare` has it.
pub const RARE_PERCENT: u64 = 1;
/// Attributes that segments are compared by at most; a column of each is held in memory.
pub const COMPARED_MAX: usize = 20;
/// Of those of whom it is known, this many percent have a value that is shown.
const SHOWN_PERCENT_MIN: u64 = 80;
/// An attribute of which more percent than this have the same value tells nobody apart.
const SAME_PERCENT_MAX: u64 = 95;
/// Different values that are counted at most: more is a name or a number of its own.
const COUNTED_MAX: usize = 1_000;

/// What the files say of customers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surveyed {
    /// Every attribute with the customers of whom it is known.
    pub known: BTreeMap<String, u64>,
    /// Those that tell customers apart, best first.
    pub telling: Vec<String>,
}

impl Surveyed {
    /// The attributes that segments are compared by.
    pub fn compared(&self) -> &[String] {
        &self.telling[..self.telling.len().min(COMPARED_MAX)]
    }
}

/// How often each value of an attribute occurs; `None`: too many differ.
type Values = Option<BTreeMap<String, u64>>;

/// Looks through the attributes of all customers.
///
/// # Errors
/// A fact file cannot be read.
pub fn survey(facts: &FactSet, threads: usize) -> Result<Surveyed, FactError> {
    if !facts.has_attributes() {
        return Ok(Surveyed::default());
    }
    let buckets = parallel::in_order(BUCKETS, threads, |bucket| {
        let mut found: BTreeMap<String, (u64, Values)> = BTreeMap::new();
        let attributes = facts.attributes(bucket)?;
        for row in attributes.iter() {
            let Some(value) = row.value.filter(|_| !row.attribute.is_empty()) else { continue };
            if !found.contains_key(row.attribute) {
                found.insert(row.attribute.to_owned(), (0, Some(BTreeMap::new())));
            }
            if let Some((known, values)) = found.get_mut(row.attribute) {
                *known += 1;
                count(values, value, 1);
            }
        }
        Ok::<_, FactError>((found, attributes.customers().count() as u64))
    });
    let (mut all, mut customers): (BTreeMap<String, (u64, Values)>, u64) = (BTreeMap::new(), 0);
    for bucket in buckets {
        let (found, own) = bucket?;
        customers += own;
        for (name, (known, values)) in found {
            let of = all.entry(name).or_insert_with(|| (0, Some(BTreeMap::new())));
            of.0 += known;
            match values {
                None => of.1 = None,
                Some(values) => values.into_iter().for_each(|(value, times)| count(&mut of.1, &value, times)),
            }
        }
    }
    let mut worth: Vec<(f64, &String)> = all
        .iter()
        .filter_map(|(name, (known, values))| Some((worth(*known, values.as_ref()?, customers)?, name)))
        .collect();
    worth.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let telling = worth.into_iter().map(|(_, name)| name.clone()).collect();
    Ok(Surveyed { telling, known: all.into_iter().map(|(name, (known, _))| (name, known)).collect() })
}

fn count(values: &mut Values, value: &str, times: u64) {
    let Some(known) = values else { return };
    match known.get_mut(value) {
        Some(count) => *count += times,
        None => _ = known.insert(value.to_owned(), times),
    }
    if known.len() > COUNTED_MAX {
        *values = None;
    }
}

/// How well an attribute tells customers apart: the share of whom it is known times the share of these
/// that has not its commonest value. `None` where it has too many values, or nearly all have the same.
fn worth(known: u64, values: &BTreeMap<String, u64>, customers: u64) -> Option<f64> {
    let most = values.values().copied().max()?;
    let mut frequent: Vec<u64> =
        values.values().copied().filter(|times| times * 100 >= customers * RARE_PERCENT).collect();
    frequent.sort_unstable_by(|a, b| b.cmp(a));
    frequent.truncate(VALUES_SHOWN_MAX);
    let shown: u64 = frequent.iter().sum();
    let tells = frequent.len() > 1
        && shown * 100 >= known * SHOWN_PERCENT_MIN
        && most * 100 <= known * SAME_PERCENT_MAX;
    tells.then(|| known as f64 / customers.max(1) as f64 * (1.0 - most as f64 / known as f64))
}
