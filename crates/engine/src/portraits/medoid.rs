//! The customer to think of: the one nearest to the middle of a segment, and what is usual there.

use crate::profile::{Division, MEASURES, Measure, Numbers, Profile};
use model::random::Random;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Customers of a segment that are looked at for the one in the middle; of more a sample is.
pub const MEDOID_ROWS_MAX: usize = 20_000;

/// Squared distances that are closer to each other than this are equal.
const NEARER: f64 = 1e-9;

/// What is usual in a segment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Typical {
    /// Id of the customer nearest to the middle; `None` where nobody is in the segment.
    pub customer_id: Option<String>,
    /// The medians of the measures, of those who have them, in units.
    pub medians: BTreeMap<String, f64>,
    /// The commonest value of each text and its share of those of whom it is known.
    pub commonest: BTreeMap<String, (String, f64)>,
}

/// The typical customer of every segment, in the order of the names. The middle is the mean of each
/// measure on its scale; who lacks a measure is in the middle of it. Ties go to the first id.
pub fn typical(division: &Division<'_>, profile: &Profile, seed: u64) -> Vec<Typical> {
    let sizes = division.sizes();
    let rows = rows_looked_at(division, &sizes, seed);
    let each = rows.iter().enumerate().map(|(segment, rows)| {
        let commonest = profile.texts.iter().filter_map(|table| {
            let (counts, known) = (&table.counts[segment], table.known(segment));
            // Of equally common values the first, which is the commonest of the base.
            let (place, &count) =
                counts[..table.values.len()].iter().enumerate().rev().max_by_key(|(_, count)| **count)?;
            (count > 0)
                .then(|| (table.name.clone(), (table.values[place].clone(), count as f64 / known as f64)))
        });
        Typical {
            customer_id: nearest(division, profile, segment, rows),
            medians: medians(division, rows),
            commonest: commonest.collect(),
        }
    });
    each.collect()
}

/// The (bucket, row) of customers of each segment, some of them where there are too many.
fn rows_looked_at(division: &Division<'_>, sizes: &[u64], seed: u64) -> Vec<Vec<(usize, usize)>> {
    let mut random = Random::new(seed);
    let mut left: Vec<u64> = sizes.to_vec();
    let mut wanted: Vec<u64> = sizes.iter().map(|&size| size.min(MEDOID_ROWS_MAX as u64)).collect();
    let mut rows: Vec<Vec<(usize, usize)>> = vec![Vec::new(); sizes.len()];
    for bucket in 0..division.features().len() {
        for (row, code) in division.codes(bucket).iter().enumerate() {
            let segment = usize::from(code);
            // Each customer as likely as the others: Knuth's selection sampling.
            let chosen = wanted[segment] == left[segment]
                || (random.below(left[segment] as usize) as u64) < wanted[segment];
            if chosen {
                wanted[segment] -= 1;
                rows[segment].push((bucket, row));
            }
            left[segment] -= 1;
        }
    }
    rows
}

/// The measures that the base has, as columns of each bucket.
fn columns<'a>(division: &Division<'a>) -> Vec<Vec<(Measure, Numbers<'a>)>> {
    let of = |bucket| {
        let all =
            MEASURES.iter().filter_map(|measure| Some((*measure, Numbers::of(bucket, measure.feature)?)));
        all.collect()
    };
    division.features().iter().map(of).collect()
}

fn nearest(
    division: &Division<'_>,
    profile: &Profile,
    segment: usize,
    rows: &[(usize, usize)],
) -> Option<String> {
    let columns = columns(division);
    // A measure counts by how far customers of the whole base lie apart in it.
    let scales: BTreeMap<&str, (f64, f64)> = profile
        .scaled
        .iter()
        .filter_map(|(measure, of)| {
            let mut all = model::comparison::Moments::default();
            of.iter().for_each(|one| all.add(one));
            let spread = all.variance().filter(|&variance| variance > 0.0)?;
            (of[segment].count > 0).then_some((measure.feature, (of[segment].mean, spread)))
        })
        .collect();
    let distance = |&(bucket, row): &(usize, usize)| -> f64 {
        let parts = columns[bucket].iter().filter_map(|(measure, numbers)| {
            let (mean, spread) = scales.get(measure.feature)?;
            Some((measure.scale.of(numbers.get(row)?) - mean).powi(2) / spread)
        });
        // Means of other buckets differ in the last digit; who is as near is as near.
        (parts.sum::<f64>() / NEARER).round()
    };
    let id = |&(bucket, row): &(usize, usize)| division.features()[bucket].customer_ids().value(row);
    let nearest = rows.iter().map(|place| (distance(place), id(place)));
    nearest.min_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1))).map(|(_, id)| id.to_owned())
}

fn medians(division: &Division<'_>, rows: &[(usize, usize)]) -> BTreeMap<String, f64> {
    let columns = columns(division);
    let of = |(place, measure): (usize, &Measure)| {
        let value = |&(bucket, row): &(usize, usize)| columns[bucket].get(place)?.1.get(row);
        let mut values: Vec<f64> = rows.iter().filter_map(value).collect();
        values.sort_unstable_by(f64::total_cmp);
        let middle = values.len() / 2;
        let median = match values.len() {
            0 => return None,
            odd if odd % 2 == 1 => values[middle],
            _ => (values[middle - 1] + values[middle]) / 2.0,
        };
        Some((measure.feature.to_owned(), median))
    };
    let measures: Vec<Measure> =
        columns.first().map_or_else(Vec::new, |own| own.iter().map(|(measure, _)| *measure).collect());
    measures.iter().enumerate().filter_map(of).collect()
}
