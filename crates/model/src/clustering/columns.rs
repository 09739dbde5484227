//! Rows turned on their side: one instruction works on the same column of several rows.

use super::matrix::Matrix;
use std::ops::Range;

/// A matrix column by column.
pub(super) struct Columns {
    rows: usize,
    values: Vec<f32>,
}

impl Columns {
    pub fn of(matrix: &Matrix) -> Columns {
        let (rows, columns) = (matrix.rows(), matrix.columns());
        let column = |column: usize| matrix.values()[column..].iter().step_by(columns).copied();
        Columns { rows, values: (0..columns).flat_map(column).collect() }
    }

    /// The squares of the distances of some rows from a centre, in place of what is there: each the same
    /// sum, in the same order, as that of one row alone.
    pub fn squares(&self, rows: Range<usize>, centre: impl Iterator<Item = f64>, squares: &mut [f64]) {
        squares.fill(0.0);
        for (column, at) in self.values.chunks_exact(self.rows).zip(centre) {
            for (sum, &value) in squares.iter_mut().zip(&column[rows.clone()]) {
                let difference = f64::from(value) - at;
                *sum += difference * difference;
            }
        }
    }
}
