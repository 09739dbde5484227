//! k-prototypes (Huang, 1998): clusters of rows that have categories beside numbers.

use super::ClusteringError;
use super::kmeans::by_coordinates;
use super::matrix::{Matrix, squared, squared_between};
use super::partition::{Clusterable, Label, Partition, Settings, check_clusters};
use super::sampling::stream;
use super::seeding::{farthest, seeds};
use crate::parallel::in_order;

/// The code of a category that is not known. It is no mismatch with any category and does not count
/// for the category of a cluster; who wants *unknown* to be a value of its own gives it another code.
pub const MISSING: u32 = u32::MAX;
/// Highest code of a category: counts are kept per cluster and code.
const CODE_MAX: u32 = 4_095;
/// Rows of one piece of work. Fixed, so that sums are the same on any number of threads.
const CHUNK_ROWS: usize = 1 << 13;

/// Rows of numbers and of codes of categories.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixed {
    numbers: Matrix,
    /// How many categories each row has.
    columns: usize,
    codes: Vec<u32>,
    gamma: f64,
    /// Where the counts of each column of codes begin, and their end.
    places: Vec<usize>,
}

/// The middle of a cluster: means of numbers, the most frequent category of each column.
#[derive(Clone, Debug, PartialEq)]
pub struct Prototype {
    pub means: Vec<f64>,
    /// Of equally frequent categories the one of the lowest code; [`MISSING`] where none is known.
    pub modes: Vec<u32>,
}

impl Mixed {
    /// Rows of numbers, each with `codes.len() / rows` codes, row by row.
    ///
    /// `gamma` is what a mismatch weighs against a squared difference of numbers. `None` takes half
    /// the mean of the columns' population standard deviations (as `kmodes` does), or 0.5 where all
    /// numbers are equal.
    ///
    /// # Errors
    /// Where codes do not fill the rows, one is too high, or gamma is negative or not a number.
    pub fn new(numbers: Matrix, codes: Vec<u32>, gamma: Option<f64>) -> Result<Mixed, ClusteringError> {
        let columns = codes.len() / numbers.rows();
        if !codes.len().is_multiple_of(numbers.rows()) {
            return Err(ClusteringError::Shape { values: codes.len(), columns });
        }
        if let Some(place) = codes.iter().position(|&code| code > CODE_MAX && code != MISSING) {
            let (row, column) = (place / columns, place % columns);
            return Err(ClusteringError::TooManyCategories { row, column, code: codes[place] });
        }
        let gamma = gamma.unwrap_or_else(|| default_gamma(&numbers));
        if !(gamma >= 0.0 && gamma.is_finite()) {
            return Err(ClusteringError::Weight { given: gamma });
        }
        let mut places = vec![0];
        for column in 0..columns {
            let known = codes[column..].iter().step_by(columns).filter(|&&code| code != MISSING);
            places.push(places[column] + known.max().map_or(0, |&code| code as usize + 1));
        }
        Ok(Mixed { numbers, columns, codes, gamma, places })
    }

    /// What a mismatch weighs.
    pub fn gamma(&self) -> f64 {
        self.gamma
    }

    fn codes(&self, row: usize) -> &[u32] {
        &self.codes[row * self.columns..(row + 1) * self.columns]
    }

    fn mismatches(&self, row: usize, codes: &[u32]) -> f64 {
        let differ = |(&a, &b): (&u32, &u32)| a != b && a != MISSING && b != MISSING;
        self.codes(row).iter().zip(codes).filter(|&pair| differ(pair)).count() as f64
    }

    fn to_prototype(&self, row: usize, prototype: &Prototype) -> f64 {
        squared(self.numbers.row(row), &prototype.means) + self.gamma * self.mismatches(row, &prototype.modes)
    }

    fn between(&self, one: usize, other: usize) -> f64 {
        let numbers = squared_between(self.numbers.row(one), self.numbers.row(other));
        numbers + self.gamma * self.mismatches(one, self.codes(other))
    }

    fn prototype(&self, row: usize) -> Prototype {
        let means = self.numbers.row(row).iter().map(|&value| f64::from(value)).collect();
        Prototype { means, modes: self.codes(row).to_vec() }
    }

    /// The nearest prototype of a row, of equally near ones the first, and how far it is.
    fn nearest(&self, row: usize, prototypes: &[Prototype]) -> (Label, f64) {
        let far = |(label, prototype)| (label, self.to_prototype(row, prototype));
        let nearer = |best: (Label, f64), next: (Label, f64)| if next.1 < best.1 { next } else { best };
        (0..).zip(prototypes).map(far).reduce(nearer).unwrap_or((0, 0.0))
    }
}

fn default_gamma(numbers: &Matrix) -> f64 {
    let deviation = |column: usize| {
        let values = || (0..numbers.rows()).map(|row| f64::from(numbers.row(row)[column]));
        let mean = values().sum::<f64>() / numbers.rows() as f64;
        (values().map(|value| (value - mean).powi(2)).sum::<f64>() / numbers.rows() as f64).sqrt()
    };
    let mean = (0..numbers.columns()).map(deviation).sum::<f64>() / numbers.columns() as f64;
    if mean > 0.0 { 0.5 * mean } else { 0.5 }
}

/// Groups rows around `k` prototypes: the sum of squared differences of numbers and gamma times the
/// mismatches of categories, as small as the best of some restarts makes it.
///
/// # Errors
/// Where `k` is not from 1 to [`CLUSTERS_MAX`](super::CLUSTERS_MAX).
pub fn kprototypes(
    rows: &Mixed,
    k: usize,
    settings: &Settings,
) -> Result<Partition<Prototype>, ClusteringError> {
    check_clusters(k)?;
    let mut best: Option<Partition<Prototype>> = None;
    for restart in 0..settings.restarts.max(1) {
        let mut random = stream(settings.seed, 1 + u64::from(restart));
        let first = seeds(rows.count(), k, &mut random, |to, all| {
            all.iter_mut().enumerate().for_each(|(row, one)| *one = rows.between(row, to));
        });
        let found = converge(rows, first.into_iter().map(|row| rows.prototype(row)).collect(), settings);
        if best.as_ref().is_none_or(|best| found.inertia < best.inertia) {
            best = Some(found);
        }
    }
    let best = best.expect("at least one restart is made");
    Ok(best.ordered(|a, b| by_coordinates(&a.means, &b.means).then_with(|| a.modes.cmp(&b.modes))))
}

/// What adds up to a prototype.
#[derive(Clone)]
struct Sums {
    rows: usize,
    numbers: Vec<f64>,
    /// How often each code of each column occurs.
    codes: Vec<u32>,
}

impl Sums {
    fn none(rows: &Mixed) -> Sums {
        let codes = vec![0; rows.places[rows.columns]];
        Sums { rows: 0, numbers: vec![0.0; rows.numbers.columns()], codes }
    }

    fn add(&mut self, rows: &Mixed, row: usize) {
        self.rows += 1;
        let numbers = rows.numbers.row(row);
        self.numbers.iter_mut().zip(numbers).for_each(|(sum, &value)| *sum += f64::from(value));
        for (&code, &place) in rows.codes(row).iter().zip(&rows.places) {
            if code != MISSING {
                self.codes[place + code as usize] += 1;
            }
        }
    }

    fn merge(&mut self, other: &Sums) {
        self.rows += other.rows;
        self.numbers.iter_mut().zip(&other.numbers).for_each(|(sum, part)| *sum += part);
        self.codes.iter_mut().zip(&other.codes).for_each(|(sum, part)| *sum += part);
    }

    fn prototype(&self, rows: &Mixed) -> Prototype {
        let mode = |bounds: &[usize]| {
            let counts = &self.codes[bounds[0]..bounds[1]];
            let top = counts.iter().max().copied().unwrap_or_default();
            let first = counts.iter().zip(0..).find(|&(&count, _)| count == top && count > 0);
            first.map_or(MISSING, |(_, code)| code)
        };
        let means = self.numbers.iter().map(|sum| sum / self.rows as f64).collect();
        Prototype { means, modes: rows.places.windows(2).map(mode).collect() }
    }
}

/// Assigns rows and moves prototypes until no row changes its cluster or rounds are at their limit.
fn converge(rows: &Mixed, mut prototypes: Vec<Prototype>, settings: &Settings) -> Partition<Prototype> {
    let mut labels = Vec::new();
    let (mut iterations, mut converged) = (0, false);
    loop {
        let assigned = assign(rows, &prototypes, settings.threads);
        converged |= assigned.0 == labels;
        labels = assigned.0;
        if converged || iterations >= settings.iterations_max {
            break;
        }
        iterations += 1;
        let sums = added(rows, &labels, prototypes.len(), settings.threads);
        let mut empty = Vec::new();
        for (cluster, (prototype, sums)) in prototypes.iter_mut().zip(&sums).enumerate() {
            if sums.rows > 0 { *prototype = sums.prototype(rows) } else { empty.push(cluster) }
        }
        if !empty.is_empty() {
            let far = |row: usize| rows.to_prototype(row, &prototypes[usize::from(labels[row])]);
            let to_centre = (0..rows.count()).map(far).collect();
            let found = farthest(to_centre, empty.len(), |one, other| rows.between(one, other));
            empty.iter().zip(found).for_each(|(&cluster, row)| prototypes[cluster] = rows.prototype(row));
        }
    }
    let mut sizes = vec![0; prototypes.len()];
    labels.iter().for_each(|&label| sizes[usize::from(label)] += 1);
    let inertia = assign(rows, &prototypes, settings.threads).1;
    Partition { labels, centres: prototypes, sizes, inertia, iterations, converged }
}

fn chunk(rows: &Mixed, piece: usize) -> std::ops::Range<usize> {
    piece * CHUNK_ROWS..rows.count().min((piece + 1) * CHUNK_ROWS)
}

/// The nearest prototype of every row, and the sum of how far they are.
fn assign(rows: &Mixed, prototypes: &[Prototype], threads: usize) -> (Vec<Label>, f64) {
    let pieces = in_order(rows.count().div_ceil(CHUNK_ROWS), threads, |piece| {
        let found: Vec<(Label, f64)> = chunk(rows, piece).map(|row| rows.nearest(row, prototypes)).collect();
        let sum = found.iter().map(|&(_, far)| far).sum::<f64>();
        (found.into_iter().map(|(label, _)| label).collect::<Vec<_>>(), sum)
    });
    let sum = pieces.iter().map(|piece| piece.1).sum();
    (pieces.into_iter().flat_map(|piece| piece.0).collect(), sum)
}

fn added(rows: &Mixed, labels: &[Label], clusters: usize, threads: usize) -> Vec<Sums> {
    let pieces = in_order(rows.count().div_ceil(CHUNK_ROWS), threads, |piece| {
        let mut sums = vec![Sums::none(rows); clusters];
        chunk(rows, piece).for_each(|row| sums[usize::from(labels[row])].add(rows, row));
        sums
    });
    let mut all = vec![Sums::none(rows); clusters];
    pieces.iter().for_each(|piece| all.iter_mut().zip(piece).for_each(|(sums, part)| sums.merge(part)));
    all
}

impl Clusterable for Mixed {
    type Centre = Prototype;

    fn count(&self) -> usize {
        self.numbers.rows()
    }

    fn drawn(&self, places: &[u32]) -> Mixed {
        let codes = places.iter().flat_map(|&place| self.codes(place as usize)).copied().collect();
        // A sample is compared as the whole is: gamma and the room for codes stay.
        let (numbers, places) = (self.numbers.subset(places), self.places.clone());
        Mixed { numbers, columns: self.columns, codes, gamma: self.gamma, places }
    }

    fn cluster(&self, k: usize, settings: &Settings) -> Result<Partition<Prototype>, ClusteringError> {
        kprototypes(self, k, settings)
    }

    fn assign(&self, centres: &[Prototype]) -> Vec<Label> {
        assign(self, centres, 1).0
    }

    fn distances(&self, row: usize) -> Vec<f64> {
        (0..self.count()).map(|other| self.between(row, other).sqrt()).collect()
    }

    fn separation(&self, _labels: &[Label]) -> (Option<f64>, Option<f64>) {
        // Both are defined by means, which categories have not.
        (None, None)
    }
}
