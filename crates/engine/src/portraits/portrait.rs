//! A segment with all that is counted of it.

use super::habits::{Habits, habits};
use super::medoid::{Typical, typical};
use super::special::{Special, special};
use crate::facts::FactSet;
use crate::facts::set::FactError;
use crate::import::cells::Zone;
use crate::profile::{Division, profile};
use crate::progress::Watch;
use crate::segmentations::tally::Sums;
use model::calendar::AsOf;
use serde::{Deserialize, Serialize};

/// Seed of the sample in which the usual customer is looked for.
const SEED: u64 = 1;

/// One segment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Portrait {
    /// Its place among the segments of the segmentation.
    pub place: usize,
    pub name: String,
    pub sums: Sums,
    /// Everything that can be told from the other customers by, largest differences first.
    pub special: Vec<Special>,
    pub habits: Habits,
    pub typical: Typical,
    /// What the method advises to do.
    pub action: Option<String>,
}

/// The segments of a division, and the base they are part of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Portraits {
    /// The segmentation.
    pub of: String,
    pub portraits: Vec<Portrait>,
    /// All customers.
    pub whole: Sums,
    pub habits: Habits,
}

/// Draws every segment that has customers and is wanted. Takes one more pass over the facts.
///
/// # Errors
/// A fact file cannot be read.
pub fn portraits(
    facts: &FactSet,
    division: &Division<'_>,
    wanted: &dyn Fn(&str) -> bool,
    as_of: AsOf,
    zone: &Zone,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Portraits, FactError> {
    let profile = profile(division, threads);
    let (mut of_segments, of_all) = habits(facts, division, as_of, zone, threads, watch)?;
    let mut usual = typical(division, &profile, SEED);
    let sums = division.sums();
    let segments = division.segments().into_iter().filter(|one| wanted(one.name));
    let portraits = segments.map(|one| Portrait {
        place: one.place,
        name: one.name.to_owned(),
        sums: sums[one.place],
        special: special(&profile, one.place),
        habits: std::mem::take(&mut of_segments[one.place]),
        typical: std::mem::take(&mut usual[one.place]),
        action: division.about(one.name).map(|about| about.action.to_owned()),
    });
    let portraits = portraits.collect();
    let mut whole = Sums::default();
    sums.iter().for_each(|one| whole.add(one));
    Ok(Portraits { of: division.name().to_owned(), portraits, whole, habits: of_all })
}
