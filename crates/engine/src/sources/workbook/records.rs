//! How many cells the sheets of an XLS file unfold to, gaps included.

use super::compound::{number, number_16};
use super::repeats::WHOLE_CELLS_MAX;

const SHEET: u16 = 0x0085;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;
const DIMENSIONS: u16 = 0x0200;
/// Records that begin with the row and column of a cell.
const CELLS: [u16; 9] = [0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x027e, 0x00bd, 0x00d6, 0x00fd];
/// Several numbers in a row: ends with the last column.
const NUMBERS: u16 = 0x00bd;

/// Whether the sheets of a workbook stream fit together into the limit.
pub(super) fn fit(stream: &[u8]) -> bool {
    // A reader starts at the places that the workbook names, which need not be record borders.
    let mut places = vec![0];
    for (kind, data) in records(stream, 0) {
        if kind == SHEET
            && let Some(place) = number(data, 0)
        {
            places.push(place as usize);
        }
    }
    places.dedup();
    let mut total = 0_u64;
    // The first place reads on through all sheets; those named count their own.
    for place in places {
        let mut area = Area::default();
        // Sheets may hold charts, which begin and end as they do.
        let mut begun = 0_u32;
        for (kind, data) in records(stream, place) {
            if kind == BEGIN && place == 0 {
                area = Area::default();
            }
            if kind == DIMENSIONS && dimensions(data) > WHOLE_CELLS_MAX {
                return false;
            }
            if CELLS.contains(&kind) {
                area.add(kind, data);
            }
            if area.cells() > WHOLE_CELLS_MAX {
                return false;
            }
            begun += u32::from(kind == BEGIN);
            if kind == END && place > 0 {
                if begun <= 1 {
                    break;
                }
                begun -= 1;
            }
        }
        if place > 0 {
            total = total.saturating_add(area.cells());
        }
    }
    total <= WHOLE_CELLS_MAX
}

#[derive(Default)]
struct Area {
    /// First and last row, first and last column.
    edges: Option<[u64; 4]>,
}

impl Area {
    fn add(&mut self, kind: u16, data: &[u8]) {
        let (Some(row), Some(column)) = (number_16(data, 0), number_16(data, 2)) else { return };
        let last = if kind == NUMBERS && data.len() >= 2 { number_16(data, data.len() - 2) } else { None };
        let (row, first, last) = (u64::from(row), u64::from(column), u64::from(last.unwrap_or(column)));
        let [top, bottom, left, right] = self.edges.unwrap_or([row, row, first, first]);
        self.edges = Some([top.min(row), bottom.max(row), left.min(first), right.max(first).max(last)]);
    }

    fn cells(&self) -> u64 {
        self.edges.map_or(0, |[top, bottom, left, right]| (bottom - top + 1) * (right - left + 1))
    }
}

/// The size that a sheet says it has; readers make room for it beforehand.
fn dimensions(data: &[u8]) -> u64 {
    let edges = match data.len() {
        10 => [0, 2, 4, 6].map(|at| number_16(data, at).map(u32::from)),
        14 | 16 => [
            number(data, 0),
            number(data, 4),
            number_16(data, 8).map(u32::from),
            number_16(data, 10).map(u32::from),
        ],
        _ => return 0,
    };
    let [Some(top), Some(bottom), Some(left), Some(right)] = edges else { return 0 };
    // Both ends are given as the row and column after the last.
    if bottom == 0 || right == 0 {
        return 0;
    }
    if top > bottom {
        return u64::MAX;
    }
    let left = if left > 0xff || right < left { 0 } else { left };
    u64::from(bottom - top).saturating_mul(u64::from(right - left))
}

/// Kind and data of each record from a place on.
fn records(stream: &[u8], from: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = from;
    std::iter::from_fn(move || {
        let kind = number_16(stream, at)?;
        let length = usize::from(number_16(stream, at.checked_add(2)?)?);
        let data = stream.get(at + 4..at + 4 + length)?;
        at += 4 + length;
        Some((kind, data))
    })
}
