//! k-means: clusters around means, the sum of squared distances as small as can be found.

use super::ClusteringError;
use super::columns::Columns;
use super::lloyd::converge;
use super::matrix::{Matrix, squared_between};
use super::nearest::assign;
use super::partition::{Clusterable, Label, Partition, Settings, check_clusters};
use super::runs::Runs;
use super::sampling::{sample_places, stream};
use super::seeding::seeds;
use super::separation::{calinski_harabasz, davies_bouldin};
use super::transfer::settle;
use crate::parallel::in_order;
use crate::random::Random;
use std::cmp::Ordering;

/// Rows on which first centres are drawn and restarts compete; where there are more, only the best
/// restart's centres go on to all of them.
const COMPETING_ROWS_MAX: usize = 1 << 16;

/// Rows that the swaps of one restart may look at in all: with more rows fewer swaps are tried.
const SWAPPED_ROWS_MAX: usize = 1 << 16;

/// Groups rows around `k` means: restarts from k-means++ seeds compete (on a sample where there are
/// many rows), and the one of the least inertia, the earlier of equals, is brought to its end.
///
/// # Errors
/// Where `k` is not from 1 to [`CLUSTERS_MAX`](super::CLUSTERS_MAX).
pub fn kmeans(rows: &Matrix, k: usize, settings: &Settings) -> Result<Partition<Vec<f64>>, ClusteringError> {
    check_clusters(k)?;
    let whole = rows.rows() <= COMPETING_ROWS_MAX;
    let places = sample_places(rows.rows(), COMPETING_ROWS_MAX, &mut stream(settings.seed, 0));
    let sample = if whole { None } else { Some(rows.subset(&places)) };
    let competing = sample.as_ref().unwrap_or(rows);
    let (columns, runs) = (Columns::of(competing), Runs::of(competing));
    let alone = Settings { threads: 1, ..*settings };
    let tried = in_order(settings.restarts.max(1) as usize, settings.threads, |restart| {
        let mut random = stream(settings.seed, 1 + restart as u64);
        let first = seeds(competing.rows(), k, &mut random, |row, squares| {
            let values = competing.row(row).iter().map(|&value| f64::from(value));
            columns.squares(0..competing.rows(), values, squares);
        });
        let centres: Vec<Vec<f64>> = first.into_iter().map(|row| centre(competing.row(row))).collect();
        let found = converge(&runs, &centres, &alone);
        // Of many rows one alone weighs nothing.
        if whole { swapped(rows, &runs, settle(&runs, found), &mut random, &alone) } else { found.0 }
    });
    let best = tried.into_iter().reduce(|best, next| if next.inertia < best.inertia { next } else { best });
    let best = best.expect("at least one restart is made");
    let found = if whole { best } else { converge(&Runs::apart(rows), &best.centres, settings).0 };
    Ok(found.ordered(|a, b| by_coordinates(a, b)))
}

/// Takes a random centre away and puts one on a random row, as often as asked; what lowers the inertia
/// stays (Fränti and Kivijärvi, 2000). It finds the way out of places where restarts all end.
fn swapped(
    rows: &Matrix,
    runs: &Runs<'_>,
    mut best: Partition<Vec<f64>>,
    random: &mut Random,
    settings: &Settings,
) -> Partition<Vec<f64>> {
    for _ in 0..(settings.swaps as usize).min(SWAPPED_ROWS_MAX / rows.rows()) {
        let mut centres = best.centres.clone();
        let cluster = random.below(centres.len());
        centres[cluster] = centre(rows.row(random.below(rows.rows())));
        let next = settle(runs, converge(runs, &centres, settings));
        if next.inertia < best.inertia {
            best = next;
        }
    }
    best
}

/// Groups rows around means, beginning with these centres.
///
/// # Errors
/// Where their number is not from 1 to [`CLUSTERS_MAX`](super::CLUSTERS_MAX), one has another number of
/// columns than the rows, or a value is not a number.
pub fn kmeans_from(
    rows: &Matrix,
    centres: &[Vec<f64>],
    settings: &Settings,
) -> Result<Partition<Vec<f64>>, ClusteringError> {
    check_clusters(centres.len())?;
    if let Some(odd) = centres.iter().find(|centre| centre.len() != rows.columns()) {
        return Err(ClusteringError::Shape { values: odd.len(), columns: rows.columns() });
    }
    // The same limits as for rows.
    Matrix::new(rows.columns(), centres.iter().flatten().map(|&value| value as f32).collect())?;
    Ok(converge(&Runs::apart(rows), centres, settings).0.ordered(|a, b| by_coordinates(a, b)))
}

fn centre(row: &[f32]) -> Vec<f64> {
    row.iter().map(|&value| f64::from(value)).collect()
}

/// The order of centres in which the first coordinate that differs decides.
pub(super) fn by_coordinates(one: &[f64], other: &[f64]) -> Ordering {
    let pairs = one.iter().zip(other).map(|(a, b)| a.total_cmp(b));
    pairs.fold(Ordering::Equal, Ordering::then)
}

impl Clusterable for Matrix {
    type Centre = Vec<f64>;

    fn count(&self) -> usize {
        self.rows()
    }

    fn drawn(&self, places: &[u32]) -> Matrix {
        self.subset(places)
    }

    fn cluster(&self, k: usize, settings: &Settings) -> Result<Partition<Vec<f64>>, ClusteringError> {
        kmeans(self, k, settings)
    }

    fn assign(&self, centres: &[Vec<f64>]) -> Vec<Label> {
        assign(self, centres)
    }

    fn distances(&self, row: usize) -> Vec<f64> {
        let own = self.row(row);
        self.values().chunks_exact(own.len()).map(|other| squared_between(own, other).sqrt()).collect()
    }

    fn separation(&self, labels: &[Label]) -> (Option<f64>, Option<f64>) {
        (calinski_harabasz(self, labels), davies_bouldin(self, labels))
    }
}
