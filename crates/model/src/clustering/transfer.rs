//! Single rows moved to other clusters where Lloyd's rounds have come to rest.
//!
//! A row that leaves a cluster takes its part of the centre along, which Lloyd's rounds do not see. What
//! is at rest here (Hartigan and Wong, 1979) is at rest there as well, but not the other way about:
//! with few rows, or many that are equal, sums of squares become smaller and depend less on luck.

use super::matrix::{Matrix, squared};
use super::partition::Partition;

/// Most passes over all rows.
const PASSES_MAX: usize = 50;
/// A move must lower the sum of squares by this part of the row's own share, or rounding could move
/// rows for ever.
const GAIN_MIN: f64 = 1e-9;

/// Moves rows, in their order, while each move lowers the sum of squares.
pub(super) fn settle(rows: &Matrix, mut partition: Partition<Vec<f64>>) -> Partition<Vec<f64>> {
    let mut moves = 0;
    for _ in 0..PASSES_MAX {
        let before = moves;
        for row in 0..rows.rows() {
            let values = rows.row(row);
            let from = usize::from(partition.labels[row]);
            let size = partition.sizes[from] as f64;
            // A row that is alone lies on its centre.
            if size <= 1.0 {
                continue;
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
            if best.1 != from {
                transfer(&mut partition, row, values, best.1);
                moves += 1;
            }
        }
        if moves == before {
            break;
        }
    }
    if moves > 0 { measured(rows, partition) } else { partition }
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
