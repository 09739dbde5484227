//! Clusters: hand-worked cases, an independent slow Lloyd, threads, planted groups and noise.

mod figures;
mod groups;
mod limits;
mod number;
mod prototypes;
mod scales;

use super::{Label, Matrix};
use crate::random::Random;

/// Rows around these centres in turn, evenly within `spread` on each side: the rows and the group of
/// each.
fn planted(centres: &[&[f64]], count: usize, spread: f64, seed: u64) -> (Matrix, Vec<Label>) {
    let mut random = Random::new(seed);
    let mut values = Vec::new();
    for row in 0..count {
        let centre = centres[row % centres.len()];
        values.extend(centre.iter().map(|at| (at + (random.unit() * 2.0 - 1.0) * spread) as f32));
    }
    let labels = (0..count).map(|row| (row % centres.len()) as Label).collect();
    (Matrix::new(centres[0].len(), values).unwrap(), labels)
}

/// Rows without groups: every value the sum of twelve even ones, which is near to normal.
fn noise(columns: usize, count: usize, seed: u64) -> Matrix {
    let mut random = Random::new(seed);
    let mut normal = || ((0..12).map(|_| random.unit()).sum::<f64>() - 6.0) as f32;
    Matrix::new(columns, (0..columns * count).map(|_| normal()).collect()).unwrap()
}
