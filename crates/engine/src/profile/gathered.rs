//! One walk over the customers that were cut: means and counts of each segment.

use super::division::Division;
use super::measures::{MEASURES, Measure, Numbers, TEXTS};
use crate::features::Features;
use crate::segmentations::Codes;
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef};
use model::comparison::{Moments, Table};
use model::parallel;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Values of an attribute that are told apart; rarer ones are one together.
pub const VALUES_SHOWN_MAX: usize = 12;
/// An attribute with more values than this is a name or a number of its own.
const VALUES_MAX: usize = 10_000;
/// Of those who have a value, this many percent must have one of the commonest: else it is a name too.
const COMMON_PERCENT_MIN: u64 = 20;

/// What segments are like.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// The measures that the base has, and of each its moments by segment, on the scale of the measure.
    pub scaled: Vec<(Measure, Vec<Moments>)>,
    /// The same in units.
    pub plain: Vec<(Measure, Vec<Moments>)>,
    /// Text features and attributes.
    pub texts: Vec<TextTable>,
}

/// How often the values of a text occur in each segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextTable {
    /// Name of a feature or attribute.
    pub name: String,
    /// The commonest values, commonest first; ties by name.
    pub values: Vec<String>,
    /// By segment, then by value, the rarer ones together last. Who has none is not counted.
    pub counts: Vec<Vec<u64>>,
}

impl TextTable {
    /// Customers of a segment of whom the text is known.
    pub fn known(&self, segment: usize) -> u64 {
        self.counts[segment].iter().sum()
    }

    /// The counts of some segments, to be compared.
    pub fn compared(&self, segments: &[usize]) -> Table {
        let cells = segments.iter().flat_map(|&segment| self.counts[segment].iter().copied());
        Table::new(cells.collect(), self.values.len() + 1)
    }
}

impl Profile {
    /// The moments of a measure in units, by segment.
    pub fn of(&self, feature: &str) -> Option<&[Moments]> {
        self.plain.iter().find(|(measure, _)| measure.feature == feature).map(|(_, of)| of.as_slice())
    }
}

/// Looks through the customers of a division; what was not asked for is left out. Buckets are put
/// together in their order, so the result is the same on any number of threads.
pub fn profile(division: &Division<'_>, threads: usize) -> Profile {
    let features = division.features();
    let segments = division.names().len();
    let has = |name: &str| features.first().is_some_and(|bucket| bucket.column(name).is_some());
    let measures: Vec<Measure> = MEASURES.iter().copied().filter(|measure| has(measure.feature)).collect();
    let buckets = parallel::in_order(features.len(), threads, |bucket| {
        moments(&features[bucket], division.codes(bucket), &measures, segments)
    });
    let mut all = vec![vec![[Moments::default(); 2]; segments]; measures.len()];
    for bucket in &buckets {
        for (sum, own) in all.iter_mut().flatten().flatten().zip(bucket.iter().flatten().flatten()) {
            sum.add(own);
        }
    }
    // A measure that nobody has tells nothing.
    let mut profile = Profile::default();
    for (measure, of) in measures.into_iter().zip(all) {
        if of.iter().any(|[scaled, _]| scaled.count > 0) {
            profile.scaled.push((measure, of.iter().map(|[scaled, _]| *scaled).collect()));
            profile.plain.push((measure, of.iter().map(|[_, plain]| *plain).collect()));
        }
    }
    let attributes = features.first().map_or(&[][..], Features::attributes).iter();
    let names: Vec<&str> =
        TEXTS.into_iter().filter(|name| has(name)).chain(attributes.map(|(name, _)| name.as_str())).collect();
    let tables = parallel::in_order(names.len(), threads, |place| text_table(division, names[place]));
    profile.texts = tables.into_iter().flatten().collect();
    profile
}

/// Scaled and plain moments of one bucket, by measure and segment.
fn moments(
    bucket: &Features,
    codes: &Codes,
    measures: &[Measure],
    segments: usize,
) -> Vec<Vec<[Moments; 2]>> {
    let of = |measure: &Measure| {
        let mut found = vec![[Moments::default(); 2]; segments];
        let Some(numbers) = Numbers::of(bucket, measure.feature) else { return found };
        for (row, code) in codes.iter().enumerate() {
            if let Some(value) = numbers.get(row) {
                let [scaled, plain] = &mut found[usize::from(code)];
                scaled.push(measure.scale.of(value));
                plain.push(value);
            }
        }
        found
    };
    measures.iter().map(of).collect()
}

/// The table of one text; `None` where nobody has it or too many values differ.
fn text_table(division: &Division<'_>, name: &str) -> Option<TextTable> {
    let segments = division.names().len();
    let mut counts: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (place, bucket) in division.features().iter().enumerate() {
        let Some(column) = bucket.column(name).or_else(|| bucket.attribute_column(name)) else { continue };
        for (value, own) in counted(column, division.codes(place), segments) {
            let sums = counts.entry(value.to_owned()).or_insert_with(|| vec![0; segments]);
            sums.iter_mut().zip(own).for_each(|(sum, count)| *sum += count);
        }
        if counts.len() > VALUES_MAX {
            return None;
        }
    }
    let mut ordered: Vec<(String, Vec<u64>)> = counts.into_iter().collect();
    // Sorting is stable: of equally common values the first by name.
    ordered.sort_by_key(|(_, counts)| Reverse(counts.iter().sum::<u64>()));
    let rare = ordered.split_off(ordered.len().min(VALUES_SHOWN_MAX));
    let by_segment = |segment: usize| {
        let others = rare.iter().map(|(_, counts)| counts[segment]).sum();
        ordered.iter().map(|(_, counts)| counts[segment]).chain([others]).collect()
    };
    let table = TextTable {
        name: name.to_owned(),
        counts: (0..segments).map(by_segment).collect(),
        values: ordered.into_iter().map(|(value, _)| value).collect(),
    };
    let known: u64 = table.counts.iter().flatten().sum();
    let rare: u64 = table.counts.iter().filter_map(|counts| counts.last()).sum();
    ((known - rare) * 100 >= known * COMMON_PERCENT_MIN && known > 0).then_some(table)
}

/// How often each value of a column occurs in each segment.
fn counted<'a>(column: &'a ArrayRef, codes: &Codes, segments: usize) -> Vec<(&'a str, Vec<u64>)> {
    let column = column.as_dictionary::<Int32Type>();
    let values = column.values().as_string::<i32>();
    let mut counts = vec![vec![0; segments]; values.len()];
    for (key, code) in column.keys().iter().zip(codes.iter()) {
        if let Some(key) = key {
            counts[key as usize][usize::from(code)] += 1;
        }
    }
    values.iter().flatten().zip(counts).filter(|(_, own)| own.iter().any(|&count| count > 0)).collect()
}
