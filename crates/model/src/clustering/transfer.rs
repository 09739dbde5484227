//! Single rows moved to other clusters where Lloyd's rounds have come to rest.
//!
//! A row that leaves a cluster takes its part of the centre along, which Lloyd's rounds do not see. What
//! is at rest here (Hartigan and Wong, 1979) is at rest there as well, but not the other way about:
//! with few rows, or many that are equal, sums of squares become smaller and depend less on luck.
//!
//! Most rows stay. Several at a time are looked at with a little to spare, and only one that may move
//! is worked out exactly.

use super::columns::Columns;
use super::matrix::{Matrix, squared};
use super::partition::Partition;
use std::ops::Range;

/// Most passes over all rows.
const PASSES_MAX: usize = 50;
/// A move must lower the sum of squares by this part of the row's own share, or rounding could move
/// rows for ever.
const GAIN_MIN: f64 = 1e-9;
/// Rows that are looked at together.
const BLOCK: usize = 64;
/// Part by which a look at several rows lets more pass than may move: far above rounding.
const SLACK: f64 = 1e-12;

/// Moves rows, in their order, while each move lowers the sum of squares.
pub(super) fn settle(
    rows: &Matrix,
    columns: &Columns,
    mut partition: Partition<Vec<f64>>,
) -> Partition<Vec<f64>> {
    let mut moves = 0;
    let mut look = Look::new(partition.centres.len());
    for _ in 0..PASSES_MAX {
        let before = moves;
        let mut row = 0;
        while row < rows.rows() {
            let block = row..rows.rows().min(row + BLOCK);
            row = block.end;
            for place in look.may_move(columns, &partition, block) {
                if let Some(to) = better(rows, &partition, place) {
                    transfer(&mut partition, place, rows.row(place), to);
                    moves += 1;
                    // Two centres have moved: the rows after this one are looked at again.
                    row = place + 1;
                    break;
                }
            }
        }
        if moves == before {
            break;
        }
    }
    if moves > 0 { measured(rows, partition) } else { partition }
}

/// Room for a look at a block of rows.
struct Look {
    /// Per cluster, the rows' squares of distances from its centre.
    squares: Vec<[f64; BLOCK]>,
    limits: [f64; BLOCK],
    least: [f64; BLOCK],
}

impl Look {
    fn new(clusters: usize) -> Look {
        Look { squares: vec![[0.0; BLOCK]; clusters], limits: [0.0; BLOCK], least: [0.0; BLOCK] }
    }

    /// Rows of a block that may be better off elsewhere: all that are, and hardly any besides.
    fn may_move<'a>(
        &'a mut self,
        columns: &Columns,
        partition: &Partition<Vec<f64>>,
        block: Range<usize>,
    ) -> impl Iterator<Item = usize> + use<'a> {
        let (first, count) = (block.start, block.len());
        for (squares, centre) in self.squares.iter_mut().zip(&partition.centres) {
            columns.squares(block.clone(), centre.iter().copied(), &mut squares[..count]);
        }
        for (place, label) in partition.labels[block].iter().enumerate() {
            let own = usize::from(*label);
            let size = partition.sizes[own] as f64;
            // A row that is alone lies on its centre.
            let left = if size > 1.0 { size / (size - 1.0) } else { 0.0 };
            self.limits[place] = self.squares[own][place] * left * (1.0 - GAIN_MIN) * (1.0 + SLACK);
            self.squares[own][place] = f64::INFINITY;
        }
        self.least = [f64::INFINITY; BLOCK];
        for (squares, &size) in self.squares.iter().zip(&partition.sizes) {
            let joined = size as f64 / (size as f64 + 1.0);
            for (least, square) in self.least.iter_mut().zip(squares) {
                let cost = square * joined;
                *least = if cost < *least { cost } else { *least };
            }
        }
        let pairs = self.least.iter().zip(&self.limits).take(count);
        pairs.zip(first..).filter(|((least, limit), _)| least < limit).map(|(_, row)| row)
    }
}

/// The cluster that a row is better off in; `None` where that is its own.
fn better(rows: &Matrix, partition: &Partition<Vec<f64>>, row: usize) -> Option<usize> {
    let values = rows.row(row);
    let from = usize::from(partition.labels[row]);
    let size = partition.sizes[from] as f64;
    if size <= 1.0 {
        return None;
    }
    let gain = squared(values, &partition.centres[from]) * size / (size - 1.0) * (1.0 - GAIN_MIN);
    let mut best = (gain, from);
    for (to, centre) in partition.centres.iter().enumerate().filter(|&(to, _)| to != from) {
        let size = partition.sizes[to] as f64;
        let cost = squared(values, centre) * size / (size + 1.0);
        if cost < best.0 {
            best = (cost, to);
        }
    }
    (best.1 != from).then_some(best.1)
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
fn measured(rows: &Matrix, mut partition: Partition<Vec<f64>>) -> Partition<Vec<f64>> {
    partition.centres.iter_mut().for_each(|centre| centre.fill(0.0));
    for (row, &label) in partition.labels.iter().enumerate() {
        let centre = &mut partition.centres[usize::from(label)];
        centre.iter_mut().zip(rows.row(row)).for_each(|(sum, &value)| *sum += f64::from(value));
    }
    for (centre, &size) in partition.centres.iter_mut().zip(&partition.sizes) {
        centre.iter_mut().for_each(|sum| *sum /= size.max(1) as f64);
    }
    let labels = partition.labels.iter().enumerate();
    partition.inertia =
        labels.map(|(row, &label)| squared(rows.row(row), &partition.centres[usize::from(label)])).sum();
    partition
}
