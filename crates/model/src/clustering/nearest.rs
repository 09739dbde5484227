//! The nearest centre of rows, several rows at a time.

use super::matrix::Matrix;
use super::partition::Label;

/// Rows that are looked at together: as many as keep the registers of any 64-bit processor full.
const BLOCK: usize = 8;
/// Part of a distance by which 32-bit arithmetic may be wrong, per column and for the root, times two.
const ROUNDING: f32 = 4.0 * f32::EPSILON;

/// Rows turned on their side, so that one instruction works on the same column of several.
pub(super) struct Block {
    columns: Vec<[f32; BLOCK]>,
}

/// For each row of a block its nearest centre, and by how much it is surely nearer than the second
/// nearest: infinitely where there is no other.
struct Nearest {
    label: [u32; BLOCK],
    margin: [f32; BLOCK],
}

impl Block {
    pub fn new(columns: usize) -> Block {
        Block { columns: vec![[0.0; BLOCK]; columns] }
    }

    /// Finds the nearest of `centres` (row by row) for the rows of `values` at `places`, and gives
    /// each to `found` with its label and margin.
    pub fn each(
        &mut self,
        values: &[f32],
        places: &[u32],
        centres: &[f32],
        mut found: impl FnMut(usize, Label, f32),
    ) {
        let width = self.columns.len();
        for group in places.chunks(BLOCK) {
            for (lane, &place) in group.iter().enumerate() {
                let row = &values[place as usize * width..][..width];
                self.columns.iter_mut().zip(row).for_each(|(column, &value)| column[lane] = value);
            }
            let nearest = self.nearest(centres);
            for (lane, &place) in group.iter().enumerate() {
                found(place as usize, nearest.label[lane] as Label, nearest.margin[lane]);
            }
        }
    }

    fn nearest(&self, centres: &[f32]) -> Nearest {
        let mut label = [0; BLOCK];
        let (mut best, mut second) = ([f32::INFINITY; BLOCK], [f32::INFINITY; BLOCK]);
        for (centre, number) in centres.chunks_exact(self.columns.len()).zip(0..) {
            let mut squares = [0.0; BLOCK];
            for (column, &at) in self.columns.iter().zip(centre) {
                for (sum, &value) in squares.iter_mut().zip(column) {
                    let difference = value - at;
                    *sum += difference * difference;
                }
            }
            for lane in 0..BLOCK {
                let square = squares[lane];
                // Only a nearer one replaces: of equally near ones the first stays.
                let nearer = square < best[lane];
                let behind = if square < second[lane] { square } else { second[lane] };
                second[lane] = if nearer { best[lane] } else { behind };
                best[lane] = if nearer { square } else { best[lane] };
                label[lane] = if nearer { number } else { label[lane] };
            }
        }
        let slack = ROUNDING * (self.columns.len() + 2) as f32;
        let mut margin = [f32::INFINITY; BLOCK];
        for lane in 0..BLOCK {
            let sure = second[lane].sqrt() * (1.0 - slack) - best[lane].sqrt() * (1.0 + slack);
            margin[lane] = if second[lane] < f32::INFINITY { sure } else { f32::INFINITY };
        }
        Nearest { label, margin }
    }
}

/// Centres as rows are: 32-bit, one after another.
pub(super) fn rounded(centres: &[f64]) -> Vec<f32> {
    centres.iter().map(|&value| value as f32).collect()
}

/// The nearest centre of every row; of equally near ones the first.
pub(super) fn assign(rows: &Matrix, centres: &[Vec<f64>]) -> Vec<Label> {
    let centres: Vec<f32> = centres.iter().flat_map(|centre| rounded(centre)).collect();
    let places: Vec<u32> = (0..rows.rows() as u32).collect();
    let mut labels = vec![0; rows.rows()];
    Block::new(rows.columns()).each(rows.values(), &places, &centres, |row, label, _| labels[row] = label);
    labels
}
