//! The nearest centre of rows, several rows at a time.

use super::matrix::Matrix;
use super::partition::Label;

/// Rows that are looked at together: as many as keep the registers of any 64-bit processor full.
const BLOCK: usize = 8;
/// Part of a distance by which 32-bit arithmetic may be wrong, per column and for the root, times two.
const ROUNDING: f32 = 4.0 * f32::EPSILON;

/// For each row of a block its nearest centre, and by how much it is surely nearer than the second
/// nearest: by more than any distance where there is no other.
pub(super) struct Nearest {
    pub label: [u32; BLOCK],
    pub margin: [f32; BLOCK],
}

/// Finds the nearest of `centres` (row by row) for the rows of `values`, each of `width`, at `places`, and
/// gives some of these at a time to `found`.
pub(super) fn each(
    width: usize,
    values: &[f32],
    places: &[u32],
    centres: &[f32],
    found: impl FnMut(&[u32], &Nearest),
) {
    // Nearly all rows have few columns: where their number is known beforehand, nothing counts them.
    match width {
        1 => turned(&mut [[0.0; BLOCK]; 1], values, places, centres, found),
        2 => turned(&mut [[0.0; BLOCK]; 2], values, places, centres, found),
        3 => turned(&mut [[0.0; BLOCK]; 3], values, places, centres, found),
        4 => turned(&mut [[0.0; BLOCK]; 4], values, places, centres, found),
        _ => turned(&mut vec![[0.0; BLOCK]; width], values, places, centres, found),
    }
}

/// The same with room for a block of rows turned on their side, so that one instruction works on the same
/// column of several.
#[inline(always)]
fn turned(
    columns: &mut [[f32; BLOCK]],
    values: &[f32],
    places: &[u32],
    centres: &[f32],
    mut found: impl FnMut(&[u32], &Nearest),
) {
    let width = columns.len();
    for group in places.chunks(BLOCK) {
        for (lane, &place) in group.iter().enumerate() {
            let row = &values[place as usize * width..][..width];
            columns.iter_mut().zip(row).for_each(|(column, &value)| column[lane] = value);
        }
        found(group, &nearest(columns, centres));
    }
}

#[inline(always)]
fn nearest(columns: &[[f32; BLOCK]], centres: &[f32]) -> Nearest {
    let mut label = [0; BLOCK];
    let (mut best, mut second) = ([f32::INFINITY; BLOCK], [f32::INFINITY; BLOCK]);
    for (centre, number) in centres.chunks_exact(columns.len()).zip(0..) {
        let mut squares = [0.0; BLOCK];
        for (column, &at) in columns.iter().zip(centre) {
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
    let slack = ROUNDING * (columns.len() + 2) as f32;
    let mut margin = [f32::MAX; BLOCK];
    for lane in 0..BLOCK {
        let sure = second[lane].sqrt() * (1.0 - slack) - best[lane].sqrt() * (1.0 + slack);
        margin[lane] = if second[lane] < f32::INFINITY { sure } else { f32::MAX };
    }
    Nearest { label, margin }
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
    each(rows.columns(), rows.values(), &places, &centres, |places, nearest| {
        let found = places.iter().zip(nearest.label);
        found.for_each(|(&place, label)| labels[place as usize] = label as Label);
    });
    labels
}
