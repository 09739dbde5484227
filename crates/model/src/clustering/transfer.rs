//! Single rows moved to other clusters where Lloyd's rounds have come to rest.
//!
//! A row that leaves a cluster takes its part of the centre along, which Lloyd's rounds do not see. What
//! is at rest here (Hartigan and Wong, 1979) is at rest there as well, but not the other way about:
//! with few rows, or many that are equal, sums of squares become smaller and depend less on luck.
//!
//! Most rows stay, and most of them need not be looked at: Lloyd's rounds know how much farther other
//! centres are at least, and centres hardly move here.

use super::lloyd::Rest;
use super::matrix::squared;
use super::partition::Partition;
use super::runs::Runs;
use std::ops::Range;

/// Most passes over all rows.
const PASSES_MAX: usize = 50;
/// A move must lower the sum of squares by this part of the row's own share, or rounding could move
/// rows for ever.
const GAIN_MIN: f64 = 1e-9;
/// Part by which a distance is held to be longer than it is: far above rounding.
const SLACK: f64 = 1e-9;

/// Moves rows, in their order, while each move lowers the sum of squares.
pub(super) fn settle(
    runs: &Runs<'_>,
    (mut partition, rest): (Partition<Vec<f64>>, Rest),
) -> Partition<Vec<f64>> {
    let mut bounds = Bounds::new(rest, &partition.sizes);
    let mut moves = 0;
    for _ in 0..PASSES_MAX {
        let before = moves;
        let mut next = 0;
        for run in 0..runs.rows().rows() {
            let first = next;
            next += runs.times(run) as usize;
            if bounds.rules_out(run, usize::from(partition.labels[first])) {
                continue;
            }
            moves += moved(runs.rows().row(run), first..next, run, &mut partition, &mut bounds);
        }
        if moves == before {
            break;
        }
    }
    if moves > 0 { measured(runs, partition) } else { partition }
}

/// Moves those of some equal rows that are better off elsewhere; how many were.
fn moved(
    values: &[f32],
    rows: Range<usize>,
    run: usize,
    partition: &mut Partition<Vec<f64>>,
    bounds: &mut Bounds,
) -> usize {
    let mut moves = 0;
    let mut stays = None;
    for row in rows {
        let from = partition.labels[row];
        // What holds of one holds of its equals in the same cluster.
        if stays == Some(from) {
            continue;
        }
        let look = Look::at(values, partition, usize::from(from));
        if look.to == usize::from(from) {
            stays = Some(from);
            bounds.renew(run, &look);
            continue;
        }
        transfer(partition, row, values, look.to);
        bounds.follow(run, &look, &partition.sizes, (usize::from(from), look.to));
        stays = None;
        moves += 1;
    }
    moves
}

/// What lets rows stay without a look at all centres, after Hamerly (2010).
struct Bounds {
    /// How far a row is from its centre at most, and from every other at least, but for what centres have
    /// moved since. Infinite where equal rows may be in several clusters.
    own: Vec<f64>,
    other: Vec<f64>,
    /// How far any centre has moved at most.
    moved: f64,
    /// Per cluster, how many times farther than its own centre another must be to hold a row back.
    ratios: Vec<f64>,
}

impl Bounds {
    fn new(rest: Rest, sizes: &[usize]) -> Bounds {
        let other = rest.own.iter().zip(&rest.margins).map(|(own, margin)| own + margin).collect();
        Bounds { own: rest.own, other, moved: 0.0, ratios: ratios(sizes) }
    }

    /// Whether a row is surely not better off in any other cluster.
    fn rules_out(&self, run: usize, cluster: usize) -> bool {
        (self.own[run] + self.moved) * self.ratios[cluster] * (1.0 + SLACK) <= self.other[run] - self.moved
    }

    /// A row was looked at and stays.
    fn renew(&mut self, run: usize, look: &Look) {
        if self.own[run] < f64::INFINITY {
            self.own[run] = look.own.sqrt() - self.moved;
            self.other[run] = look.other.sqrt() + self.moved;
        }
    }

    /// A row went from one cluster to another, and their centres after it.
    fn follow(&mut self, run: usize, look: &Look, sizes: &[usize], (from, to): (usize, usize)) {
        self.own[run] = f64::INFINITY;
        let moves = [look.own.sqrt() / sizes[from] as f64, look.joined.sqrt() / sizes[to] as f64];
        self.moved += moves[0].max(moves[1]) * (1.0 + SLACK);
        self.ratios = ratios(sizes);
    }
}

/// For each cluster the most by which another may be farther and still be better.
fn ratios(sizes: &[usize]) -> Vec<f64> {
    let joined = sizes.iter().map(|&size| joined(size)).fold(1.0, f64::min);
    sizes.iter().map(|&size| (left(size) / joined).sqrt()).collect()
}

/// What a row's square counts for in the cluster it may leave; nothing where it is alone, on its centre.
fn left(size: usize) -> f64 {
    if size > 1 { size as f64 / (size as f64 - 1.0) } else { 0.0 }
}

/// What a row's square counts for in the cluster it may join.
fn joined(size: usize) -> f64 {
    size as f64 / (size as f64 + 1.0)
}

/// A row beside all centres.
struct Look {
    /// The squares of its distances from its own centre, the nearest other, and that of `to`.
    own: f64,
    other: f64,
    joined: f64,
    /// The cluster that it is best off in.
    to: usize,
}

impl Look {
    fn at(values: &[f32], partition: &Partition<Vec<f64>>, from: usize) -> Look {
        let own = squared(values, &partition.centres[from]);
        let size = partition.sizes[from] as f64;
        // A row that is alone lies on its centre.
        let gain = if size > 1.0 { own * size / (size - 1.0) * (1.0 - GAIN_MIN) } else { 0.0 };
        let mut look = Look { own, other: f64::INFINITY, joined: own, to: from };
        let mut least = gain;
        for (to, centre) in partition.centres.iter().enumerate().filter(|&(to, _)| to != from) {
            let square = squared(values, centre);
            let size = partition.sizes[to] as f64;
            let cost = square * size / (size + 1.0);
            look.other = look.other.min(square);
            if cost < least {
                (least, look.joined, look.to) = (cost, square, to);
            }
        }
        look
    }
}

fn transfer(partition: &mut Partition<Vec<f64>>, row: usize, values: &[f32], to: usize) {
    let from = usize::from(partition.labels[row]);
    partition.sizes[from] -= 1;
    partition.sizes[to] += 1;
    let (left, joined) = (partition.sizes[from] as f64, partition.sizes[to] as f64);
    for (centre, &value) in partition.centres[from].iter_mut().zip(values) {
        *centre -= (f64::from(value) - *centre) / left;
    }
    for (centre, &value) in partition.centres[to].iter_mut().zip(values) {
        *centre += (f64::from(value) - *centre) / joined;
    }
    partition.labels[row] = to as u16;
}

/// Means and inertia made anew, free of what rounding has added up to.
fn measured(runs: &Runs<'_>, mut partition: Partition<Vec<f64>>) -> Partition<Vec<f64>> {
    let rows = runs.rows();
    partition.centres.iter_mut().for_each(|centre| centre.fill(0.0));
    let mut labels = &partition.labels[..];
    for row in 0..rows.rows() {
        let own;
        (own, labels) = labels.split_at(runs.times(row) as usize);
        for &label in own {
            let centre = &mut partition.centres[usize::from(label)];
            centre.iter_mut().zip(rows.row(row)).for_each(|(sum, &value)| *sum += f64::from(value));
        }
    }
    for (centre, &size) in partition.centres.iter_mut().zip(&partition.sizes) {
        centre.iter_mut().for_each(|sum| *sum /= size.max(1) as f64);
    }
    let mut labels = &partition.labels[..];
    partition.inertia = 0.0;
    for row in 0..rows.rows() {
        let own;
        (own, labels) = labels.split_at(runs.times(row) as usize);
        for equal in own.chunk_by(|a, b| a == b) {
            let square = squared(rows.row(row), &partition.centres[usize::from(equal[0])]);
            equal.iter().for_each(|_| partition.inertia += square);
        }
    }
    partition
}

#[cfg(test)]
mod tests {
    use super::super::lloyd::converge;
    use super::super::matrix::Matrix;
    use super::super::partition::Settings;
    use super::*;
    use crate::random::Random;

    /// Every row beside every centre, one after another.
    fn settle_slowly(runs: &Runs<'_>, mut partition: Partition<Vec<f64>>) -> Partition<Vec<f64>> {
        let mut moves = 0;
        for _ in 0..PASSES_MAX {
            let before = moves;
            let mut row = 0;
            for run in 0..runs.rows().rows() {
                let values = runs.rows().row(run);
                for _ in 0..runs.times(run) {
                    let from = usize::from(partition.labels[row]);
                    let look = Look::at(values, &partition, from);
                    if look.to != from {
                        transfer(&mut partition, row, values, look.to);
                        moves += 1;
                    }
                    row += 1;
                }
            }
            if moves == before {
                break;
            }
        }
        if moves > 0 { measured(runs, partition) } else { partition }
    }

    #[test]
    fn rows_that_are_not_looked_at_would_have_stayed() {
        let mut random = Random::new(7);
        let mut changed = 0;
        for case in 0..300_usize {
            let (count, columns, clusters) = (2 + random.below(90), 1 + case % 3, 1 + case % 6);
            let mut values: Vec<f32> = Vec::new();
            for row in 0..count {
                // Every third row once more, and steps so coarse that much is equally far.
                match row % 3 {
                    2 => values.extend_from_within(values.len() - columns..),
                    _ => values.extend((0..columns).map(|_| random.below(9) as f32 / 2.0)),
                }
            }
            let rows = Matrix::new(columns, values).unwrap();
            let centres: Vec<Vec<f64>> = (0..clusters)
                .map(|_| rows.row(random.below(count)).iter().map(|&value| f64::from(value)).collect())
                .collect();
            for iterations_max in [1, 300] {
                let settings = Settings { iterations_max, ..Settings::default() };
                let runs = Runs::of(&rows);
                let found = converge(&runs, &centres, &settings);
                let expected = settle_slowly(&runs, found.0.clone());
                changed += usize::from(expected.labels != found.0.labels);
                assert_eq!(settle(&runs, found), expected, "{case}");
            }
        }
        assert!(changed > 20, "{changed}");
    }
}
