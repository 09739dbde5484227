//! Lloyd's rounds: rows go to the nearest centre, centres to the mean of their rows, until no row moves.
//!
//! Most rows need not be looked at again. When a row is compared with all centres, its *margin* is kept:
//! how much nearer the nearest centre is than the second nearest. While the row's own centre and the
//! fastest other one have moved less than that together, the row cannot change its cluster. This is
//! Hamerly's bound (2010) with both of its bounds in one number, which also holds still: instead of
//! every row's margin shrinking, each cluster's sum of moves grows.

use super::matrix::{Matrix, squared, squared_between};
use super::nearest::{each, rounded};
use super::partition::{Label, Partition, Settings};
use super::runs::Runs;
use super::seeding::farthest;
use crate::parallel::in_order;
use std::iter::repeat_n;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Rows that are ruled out together.
const LANES: usize = 16;

/// What is known of rows between rounds.
struct Standing {
    labels: Vec<Label>,
    /// The sum of moves of the row's cluster at which the row must be looked at again.
    due: Vec<f32>,
    /// The same by the moves of the cluster that moved most: never later, and one number for all clusters.
    early: Vec<f32>,
}

/// Some rows with what is known of them.
struct Chunk<'a> {
    rows: &'a Runs<'a>,
    first: usize,
    labels: &'a mut [Label],
    due: &'a mut [f32],
    early: &'a mut [f32],
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
    /// The most that a round has added to any of them, added up.
    passed: f64,
}

/// What is known of rows where rounds have come to rest, besides their clusters; once of equal rows that
/// follow each other.
pub(super) struct Rest {
    /// How far each row is from its centre.
    pub own: Vec<f64>,
    /// How much farther at least every other centre is; below zero where that is not known.
    pub margins: Vec<f64>,
}

/// What margins have to stand up to now. Rounded up, so that a row is rather looked at in vain.
struct Spent {
    by_cluster: Vec<f32>,
    most: f32,
}

/// Moves centres until no row changes its cluster, the last moves are within the tolerance, or rounds
/// are at their limit. Clusters keep the order of the centres given; an empty one is moved to the row
/// farthest from its centre, and stays empty only where every row lies on a centre.
pub(super) fn converge(
    runs: &Runs<'_>,
    centres: &[Vec<f64>],
    settings: &Settings,
) -> (Partition<Vec<f64>>, Rest) {
    let (rows, count) = (runs.rows(), runs.rows().rows());
    let never = || vec![f32::NEG_INFINITY; count];
    let mut known = Standing { labels: vec![0; count], due: never(), early: never() };
    let mut state = Centres::new(rows.columns(), centres);
    let limit = if settings.tolerance > 0.0 { settings.tolerance * mean_variance(runs) } else { 0.0 };
    let (mut iterations, mut converged) = (0, false);
    while !converged && iterations < settings.iterations_max {
        let changed = round(runs, &mut known, &mut state, iterations == 0, settings.threads);
        iterations += 1;
        if changed == 0 && state.counts.iter().all(|&count| count > 0) {
            converged = true;
            break;
        }
        let moved = state.follow(rows, &known.labels);
        // Empty clusters that found no row, and nothing else that could move.
        converged = moved == 0.0 || moved <= limit;
    }
    // Where rounds ended early, labels are those of the last centres.
    round(runs, &mut known, &mut state, iterations == 0, settings.threads);
    finished(runs, known, &state, (iterations, converged), settings.threads)
}

/// Assigns all rows that may have changed their cluster; how many have.
fn round(rows: &Runs<'_>, known: &mut Standing, state: &mut Centres, first: bool, threads: usize) -> usize {
    let Standing { labels, due, early } = known;
    let mut rest = (&mut labels[..], &mut due[..], &mut early[..]);
    let chunk = |places: Range<usize>| {
        let (labels, due, early) = std::mem::take(&mut rest);
        let (labels, more_labels) = labels.split_at_mut(places.len());
        let (due, more_due) = due.split_at_mut(places.len());
        let (early, more_early) = early.split_at_mut(places.len());
        rest = (more_labels, more_due, more_early);
        Mutex::new(Chunk { rows, first: places.start, labels, due, early })
    };
    let chunks: Vec<Mutex<Chunk<'_>>> = rows.chunks().map(chunk).collect();
    let up = |sum: f64| (sum as f32).next_up();
    let spent =
        Spent { by_cluster: state.spent.iter().map(|&sum| up(sum)).collect(), most: up(state.passed) };
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
    fn assign(&mut self, centres: &[f32], columns: usize, spent: &Spent, first: bool) -> Moved {
        let clusters = spent.by_cluster.len();
        let mut moved = Moved { sums: vec![0.0; clusters * columns], counts: vec![0; clusters], rows: 0 };
        let places: Vec<u32> =
            if first { (0..self.labels.len() as u32).collect() } else { self.due_places(spent) };
        let all = self.rows.rows().values();
        let own = &all[self.first * columns..][..self.labels.len() * columns];
        each(columns, own, &places, centres, |places, nearest| {
            let early = nearest.margin.map(|margin| lowered(spent.most + margin));
            for (lane, row) in places.iter().map(|&place| place as usize).enumerate() {
                let to = nearest.label[lane] as usize;
                self.due[row] = lowered(spent.by_cluster[to] + nearest.margin[lane]);
                self.early[row] = early[lane];
                let from = usize::from(self.labels[row]);
                if first || from != to {
                    self.labels[row] = to as Label;
                    let values = &own[row * columns..][..columns];
                    let times = self.rows.times(self.first + row);
                    moved.add(to, values, 1.0, times);
                    if !first {
                        moved.add(from, values, -1.0, times);
                    }
                    moved.rows += 1;
                }
            }
        });
        moved
    }

    /// Places of the rows whose margin may be used up.
    fn due_places(&self, spent: &Spent) -> Vec<u32> {
        let mut places = vec![0; self.labels.len()];
        let mut found = 0;
        let groups = self.early.chunks(LANES).zip(self.labels.chunks(LANES)).zip(self.due.chunks(LANES));
        for (first, ((early, labels), due)) in (0..).step_by(LANES).zip(groups) {
            // One comparison for several rows: after some rounds hardly a group has a row that is due.
            if let Ok(early) = <&[f32; LANES]>::try_from(early)
                && !early.iter().fold(false, |any, &early| any | (early <= spent.most))
            {
                continue;
            }
            // Written without a branch: the place is always noted, and kept only if it is due.
            for (place, (&label, &due)) in (first..).zip(labels.iter().zip(due)) {
                places[found] = place;
                found += usize::from(due <= spent.by_cluster[usize::from(label)]);
            }
        }
        places.truncate(found);
        places
    }
}

/// A sum less what it may have been rounded up by: by the last digit at least, without a look at its bits.
fn lowered(sum: f32) -> f32 {
    sum - sum.abs() * f32::EPSILON
}

impl Moved {
    /// Adds a row as often as it stands there, one after another as if each stood by itself.
    fn add(&mut self, cluster: usize, values: &[f32], sign: f64, times: u32) {
        let sums = &mut self.sums[cluster * values.len()..][..values.len()];
        for _ in 0..times {
            sums.iter_mut().zip(values).for_each(|(sum, &value)| *sum += sign * f64::from(value));
        }
        self.counts[cluster] += sign as i64 * i64::from(times);
    }
}

impl Centres {
    fn new(columns: usize, centres: &[Vec<f64>]) -> Centres {
        let at = centres.concat();
        let rounded = rounded(&at);
        let clusters = centres.len();
        let (sums, counts, spent) = (vec![0.0; at.len()], vec![0; clusters], vec![0.0; clusters]);
        Centres { columns, sums, counts, at, rounded, spent, passed: 0.0 }
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

    /// What is left of the margins of rows where centres are now at `last`.
    fn margins(&self, known: &Standing, last: &[Vec<f64>]) -> Vec<f64> {
        let pairs = self.rounded.chunks_exact(self.columns).zip(last);
        let moved = pairs.map(|(at, last)| squared(at, last).sqrt()).fold(0.0, f64::max);
        let left =
            |(&due, &label): (&f32, &Label)| f64::from(due) - self.spent[usize::from(label)] - 2.0 * moved;
        known.due.iter().zip(&known.labels).map(left).collect()
    }

    /// Adds the moves of the centres to what margins have to stand; the sum of their squares.
    fn spend(&mut self) -> f64 {
        let next = rounded(&self.at);
        let pairs = self.rounded.chunks_exact(self.columns).zip(next.chunks_exact(self.columns));
        let squares: Vec<f64> = pairs.map(|(old, new)| squared_between(old, new)).collect();
        let moves: Vec<f64> = squares.iter().map(|square| square.sqrt()).collect();
        let mut most: f64 = 0.0;
        for (cluster, spent) in self.spent.iter_mut().enumerate() {
            let others = moves.iter().enumerate().filter(|&(other, _)| other != cluster);
            let together = moves[cluster] + others.map(|(_, &length)| length).fold(0.0, f64::max);
            *spent += together;
            most = most.max(together);
        }
        self.passed += most;
        self.rounded = next;
        squares.iter().sum()
    }
}

/// The partition with exact means: sums that were carried from round to round are made anew.
fn finished(
    runs: &Runs<'_>,
    known: Standing,
    state: &Centres,
    (iterations, converged): (u32, bool),
    threads: usize,
) -> (Partition<Vec<f64>>, Rest) {
    let (columns, clusters) = (state.columns, state.counts.len());
    let (rows, chunks): (_, Vec<Range<usize>>) = (runs.rows(), runs.chunks().collect());
    let labels = &known.labels;
    let places = |piece: usize| chunks[piece].clone();
    let pieces = chunks.len();
    let added = in_order(pieces, threads, |piece| {
        let mut all = Moved { sums: vec![0.0; clusters * columns], counts: vec![0; clusters], rows: 0 };
        let add = |row: usize| all.add(usize::from(labels[row]), rows.row(row), 1.0, runs.times(row));
        places(piece).for_each(add);
        all
    });
    let (mut sums, mut sizes) = (vec![0.0; clusters * columns], vec![0_usize; clusters]);
    for piece in &added {
        sums.iter_mut().zip(&piece.sums).for_each(|(sum, part)| *sum += part);
        sizes.iter_mut().zip(&piece.counts).for_each(|(size, &part)| *size += part as usize);
    }
    let mean = |(sums, &size): (&[f64], &usize)| sums.iter().map(|sum| sum / size.max(1) as f64).collect();
    let centres: Vec<Vec<f64>> = sums.chunks_exact(columns).zip(&sizes).map(mean).collect();
    let squares = in_order(pieces, threads, |piece| -> Vec<f64> {
        places(piece).map(|row| squared(rows.row(row), &centres[usize::from(labels[row])])).collect()
    });
    let inertias = squares.iter().zip(&chunks).map(|(squares, places)| {
        let mut sum = 0.0;
        for (&square, row) in squares.iter().zip(places.clone()) {
            (0..runs.times(row)).for_each(|_| sum += square);
        }
        sum
    });
    let inertia = inertias.sum();
    let mut own = Vec::with_capacity(rows.rows());
    squares.iter().for_each(|squares| own.extend(squares.iter().map(|square| square.sqrt())));
    let margins = state.margins(&known, &centres);
    let labels = runs.spread(known.labels);
    (Partition { labels, centres, sizes, inertia, iterations, converged }, Rest { own, margins })
}

/// The mean over columns of their population variance: the unit of the tolerance.
fn mean_variance(runs: &Runs<'_>) -> f64 {
    let (rows, columns) = (runs.rows(), runs.rows().columns());
    let mut means = vec![0.0; columns];
    let all = || (0..rows.rows()).flat_map(|row| repeat_n(rows.row(row), runs.times(row) as usize));
    let count = all().count() as f64;
    all().for_each(|row| means.iter_mut().zip(row).for_each(|(sum, &value)| *sum += f64::from(value)));
    means.iter_mut().for_each(|sum| *sum /= count);
    all().map(|row| squared(row, &means)).sum::<f64>() / count / columns as f64
}
