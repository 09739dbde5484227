//! Lloyd's rounds: rows go to the nearest centre, centres to the mean of their rows, until no row moves.
//!
//! Most rows need not be looked at again. When a row is compared with all centres, its *margin* is kept:
//! how much nearer the nearest centre is than the second nearest. While the row's own centre and the
//! fastest other one have moved less than that together, the row cannot change its cluster. This is
//! Hamerly's bound (2010) with both of its bounds in one number, which also holds still: instead of
//! every row's margin shrinking, each cluster's sum of moves grows.

use super::matrix::{Matrix, squared, squared_between};
use super::nearest::{Block, rounded};
use super::partition::{Label, Partition, Settings};
use super::seeding::farthest;
use crate::parallel::in_order;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Rows of one piece of work. Fixed, so that sums are the same on any number of threads.
const CHUNK_ROWS: usize = 1 << 13;

/// Some rows with what is known of them between rounds.
struct Chunk<'a> {
    values: &'a [f32],
    labels: &'a mut [Label],
    /// The sum of moves of the row's cluster at which the row must be looked at again.
    due: &'a mut [f32],
}

/// What the rows of a chunk change in sums and counts of clusters.
struct Moved {
    sums: Vec<f64>,
    counts: Vec<i64>,
    rows: usize,
}

/// Centres and what adds up to them.
struct Centres {
    columns: usize,
    /// Sum of the rows of each cluster.
    sums: Vec<f64>,
    counts: Vec<i64>,
    at: Vec<f64>,
    /// `at` as rows are: what rows are compared with, and what moves are measured on.
    rounded: Vec<f32>,
    /// Per cluster, how far its centre and the fastest other have moved together up to now.
    spent: Vec<f64>,
}

/// Moves centres until no row changes its cluster, the last moves are within the tolerance, or rounds
/// are at their limit. Clusters keep the order of the centres given; an empty one is moved to the row
/// farthest from its centre, and stays empty only where every row lies on a centre.
pub(super) fn converge(rows: &Matrix, centres: &[Vec<f64>], settings: &Settings) -> Partition<Vec<f64>> {
    let count = rows.rows();
    let (mut labels, mut due) = (vec![0; count], vec![f32::NEG_INFINITY; count]);
    let mut state = Centres::new(rows.columns(), centres);
    let limit = if settings.tolerance > 0.0 { settings.tolerance * mean_variance(rows) } else { 0.0 };
    let (mut iterations, mut converged) = (0, false);
    while !converged && iterations < settings.iterations_max {
        let changed = round(rows, &mut labels, &mut due, &mut state, iterations == 0, settings.threads);
        iterations += 1;
        if changed == 0 && state.counts.iter().all(|&count| count > 0) {
            converged = true;
            break;
        }
        let moved = state.follow(rows, &labels);
        // Empty clusters that found no row, and nothing else that could move.
        converged = moved == 0.0 || moved <= limit;
    }
    // Where rounds ended early, labels are those of the last centres.
    round(rows, &mut labels, &mut due, &mut state, iterations == 0, settings.threads);
    finished(rows, labels, &state, iterations, converged, settings.threads)
}

/// Assigns all rows that may have changed their cluster; how many have.
fn round(
    rows: &Matrix,
    labels: &mut [Label],
    due: &mut [f32],
    state: &mut Centres,
    first: bool,
    threads: usize,
) -> usize {
    let chunks: Vec<Mutex<Chunk<'_>>> = rows
        .values()
        .chunks(CHUNK_ROWS * rows.columns())
        .zip(labels.chunks_mut(CHUNK_ROWS).zip(due.chunks_mut(CHUNK_ROWS)))
        .map(|(values, (labels, due))| Mutex::new(Chunk { values, labels, due }))
        .collect();
    // Rounded up, so that a row is rather looked at in vain.
    let spent: Vec<f32> = state.spent.iter().map(|&sum| (sum as f32).next_up()).collect();
    let moved = in_order(chunks.len(), threads, |piece| {
        locked(&chunks[piece]).assign(&state.rounded, state.columns, &spent, first)
    });
    for piece in &moved {
        state.sums.iter_mut().zip(&piece.sums).for_each(|(sum, change)| *sum += change);
        state.counts.iter_mut().zip(&piece.counts).for_each(|(count, change)| *count += change);
    }
    moved.iter().map(|piece| piece.rows).sum()
}

fn locked<'a, 'b>(chunk: &'a Mutex<Chunk<'b>>) -> MutexGuard<'a, Chunk<'b>> {
    chunk.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Chunk<'_> {
    /// Compares rows that are due with all centres. At `first` no row is in a cluster yet.
    fn assign(&mut self, centres: &[f32], columns: usize, spent: &[f32], first: bool) -> Moved {
        let clusters = spent.len();
        let mut moved = Moved { sums: vec![0.0; clusters * columns], counts: vec![0; clusters], rows: 0 };
        let places: Vec<u32> = if first {
            (0..self.labels.len() as u32).collect()
        } else {
            due_places(self.labels, self.due, spent)
        };
        Block::new(columns).each(self.values, &places, centres, |row, label, margin| {
            let to = usize::from(label);
            self.due[row] = (spent[to] + margin).next_down();
            let from = usize::from(self.labels[row]);
            if first || from != to {
                self.labels[row] = label;
                let values = &self.values[row * columns..][..columns];
                moved.add(to, values, 1.0);
                if !first {
                    moved.add(from, values, -1.0);
                }
                moved.rows += 1;
            }
        });
        moved
    }
}

/// Places of the rows whose margin may be used up.
fn due_places(labels: &[Label], due: &[f32], spent: &[f32]) -> Vec<u32> {
    // Written without a branch: the place is always noted, and kept only if it is due.
    let mut places = vec![0; labels.len()];
    let mut found = 0;
    for (place, (&label, &due)) in (0..).zip(labels.iter().zip(due)) {
        places[found] = place;
        found += usize::from(due <= spent[usize::from(label)]);
    }
    places.truncate(found);
    places
}

impl Moved {
    fn add(&mut self, cluster: usize, values: &[f32], sign: f64) {
        let sums = &mut self.sums[cluster * values.len()..][..values.len()];
        sums.iter_mut().zip(values).for_each(|(sum, &value)| *sum += sign * f64::from(value));
        self.counts[cluster] += sign as i64;
    }
}

impl Centres {
    fn new(columns: usize, centres: &[Vec<f64>]) -> Centres {
        let at = centres.concat();
        let rounded = rounded(&at);
        let clusters = centres.len();
        let (sums, counts, spent) = (vec![0.0; at.len()], vec![0; clusters], vec![0.0; clusters]);
        Centres { columns, sums, counts, at, rounded, spent }
    }

    /// Moves every centre to the mean of its rows, an empty cluster's to a far row; the sum of the
    /// squares of the moves.
    fn follow(&mut self, rows: &Matrix, labels: &[Label]) -> f64 {
        let mut empty = Vec::new();
        for (cluster, &count) in self.counts.iter().enumerate() {
            let place = cluster * self.columns..(cluster + 1) * self.columns;
            if count > 0 {
                let means = self.sums[place.clone()].iter().map(|sum| sum / count as f64);
                self.at[place].iter_mut().zip(means).for_each(|(at, mean)| *at = mean);
            } else {
                empty.push(cluster);
            }
        }
        if !empty.is_empty() {
            let centre = |row: usize| &self.at[usize::from(labels[row]) * self.columns..][..self.columns];
            let to_centre = (0..rows.rows()).map(|row| squared(rows.row(row), centre(row))).collect();
            let between = |one, other| squared_between(rows.row(one), rows.row(other));
            for (cluster, row) in empty.iter().zip(farthest(to_centre, empty.len(), between)) {
                let values = rows.row(row).iter().map(|&value| f64::from(value));
                self.at[cluster * self.columns..].iter_mut().zip(values).for_each(|(at, v)| *at = v);
            }
        }
        self.spend()
    }

    /// Adds the moves of the centres to what margins have to stand; the sum of their squares.
    fn spend(&mut self) -> f64 {
        let next = rounded(&self.at);
        let pairs = self.rounded.chunks_exact(self.columns).zip(next.chunks_exact(self.columns));
        let squares: Vec<f64> = pairs.map(|(old, new)| squared_between(old, new)).collect();
        let moves: Vec<f64> = squares.iter().map(|square| square.sqrt()).collect();
        for (cluster, spent) in self.spent.iter_mut().enumerate() {
            let others = moves.iter().enumerate().filter(|&(other, _)| other != cluster);
            *spent += moves[cluster] + others.map(|(_, &length)| length).fold(0.0, f64::max);
        }
        self.rounded = next;
        squares.iter().sum()
    }
}

/// The partition with exact means: sums that were carried from round to round are made anew.
fn finished(
    rows: &Matrix,
    labels: Vec<Label>,
    state: &Centres,
    iterations: u32,
    converged: bool,
    threads: usize,
) -> Partition<Vec<f64>> {
    let (columns, clusters) = (state.columns, state.counts.len());
    let pieces = rows.rows().div_ceil(CHUNK_ROWS);
    let places = |piece: usize| piece * CHUNK_ROWS..rows.rows().min((piece + 1) * CHUNK_ROWS);
    let added = in_order(pieces, threads, |piece| {
        let mut all = Moved { sums: vec![0.0; clusters * columns], counts: vec![0; clusters], rows: 0 };
        places(piece).for_each(|row| all.add(usize::from(labels[row]), rows.row(row), 1.0));
        all
    });
    let (mut sums, mut sizes) = (vec![0.0; clusters * columns], vec![0_usize; clusters]);
    for piece in &added {
        sums.iter_mut().zip(&piece.sums).for_each(|(sum, part)| *sum += part);
        sizes.iter_mut().zip(&piece.counts).for_each(|(size, &part)| *size += part as usize);
    }
    let mean = |(sums, &size): (&[f64], &usize)| sums.iter().map(|sum| sum / size.max(1) as f64).collect();
    let centres: Vec<Vec<f64>> = sums.chunks_exact(columns).zip(&sizes).map(mean).collect();
    let inertias = in_order(pieces, threads, |piece| {
        places(piece).map(|row| squared(rows.row(row), &centres[usize::from(labels[row])])).sum::<f64>()
    });
    let inertia = inertias.into_iter().sum();
    Partition { labels, centres, sizes, inertia, iterations, converged }
}

/// The mean over columns of their population variance: the unit of the tolerance.
fn mean_variance(rows: &Matrix) -> f64 {
    let (count, columns) = (rows.rows() as f64, rows.columns());
    let mut means = vec![0.0; columns];
    let all = || rows.values().chunks_exact(columns);
    all().for_each(|row| means.iter_mut().zip(row).for_each(|(sum, &value)| *sum += f64::from(value)));
    means.iter_mut().for_each(|sum| *sum /= count);
    all().map(|row| squared(row, &means)).sum::<f64>() / count / columns as f64
}
