//! Rows of numbers to be grouped, one row per customer.

use super::ClusteringError;

/// The largest magnitude of a value: squares of differences still add up in 32 bits.
pub const VALUE_MAX: f32 = 1e15;

/// Rows of as many numbers each, one after another.
///
/// Values are 32-bit: after scaling a feature has fewer digits that mean anything than fit, and two
/// million customers take half the memory. Sums, centres and figures are computed in 64 bits.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    columns: usize,
    values: Vec<f32>,
}

impl Matrix {
    /// Rows of `columns` values each, in `values` row by row.
    ///
    /// # Errors
    /// Where there are no rows or columns, a last row is not whole, there are more rows than 32 bits
    /// count, or a value is not a number within [`VALUE_MAX`].
    pub fn new(columns: usize, values: Vec<f32>) -> Result<Matrix, ClusteringError> {
        if values.is_empty() {
            return Err(ClusteringError::NoRows);
        }
        if columns == 0 || !values.len().is_multiple_of(columns) {
            return Err(ClusteringError::Shape { values: values.len(), columns });
        }
        if u32::try_from(values.len() / columns).is_err() {
            return Err(ClusteringError::TooManyRows { rows: values.len() / columns });
        }
        let odd = |value: &f32| value.is_nan() || value.abs() > VALUE_MAX;
        if let Some(place) = values.iter().position(odd) {
            let (row, column) = (place / columns, place % columns);
            return Err(ClusteringError::NotANumber { row, column, value: f64::from(values[place]) });
        }
        Ok(Matrix { columns, values })
    }

    /// How many rows; at least one.
    pub fn rows(&self) -> usize {
        self.values.len() / self.columns
    }

    /// How many values are in a row; at least one.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// All values, row by row.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The values of a row.
    ///
    /// # Panics
    /// Where there is no such row.
    pub fn row(&self, row: usize) -> &[f32] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }

    /// The rows at these places, in this order; a place may stand more than once.
    ///
    /// # Panics
    /// Where there is no such row, or no place is given.
    pub fn subset(&self, places: &[u32]) -> Matrix {
        assert!(!places.is_empty(), "a matrix has at least one row");
        let mut values = Vec::with_capacity(places.len() * self.columns);
        places.iter().for_each(|&place| values.extend_from_slice(self.row(place as usize)));
        Matrix { columns: self.columns, values }
    }
}

/// The square of the distance between a row and a centre.
pub(super) fn squared(row: &[f32], centre: &[f64]) -> f64 {
    row.iter().zip(centre).map(|(&value, centre)| (f64::from(value) - centre).powi(2)).sum()
}

/// The square of the distance between two rows.
pub(super) fn squared_between(one: &[f32], other: &[f32]) -> f64 {
    one.iter().zip(other).map(|(&a, &b)| (f64::from(a) - f64::from(b)).powi(2)).sum()
}
