//! What the cells of a column say of it.

use crate::import::cells::{self, DateEvidence, DateGuess, NumberEvidence};
use crate::sources::RowBlock;

/// Cells gathered for a column whose form is open.
#[derive(Clone, Debug)]
pub(in crate::import) enum Evidence {
    Number(NumberEvidence),
    Date(DateEvidence),
}

impl Evidence {
    pub(super) fn see(&mut self, cell: &str) {
        match self {
            Evidence::Number(evidence) => evidence.see(cell),
            Evidence::Date(evidence) => evidence.see(cell),
        }
    }
}

/// What share of a column's filled cells must agree before its header is put aside.
const MOST: f64 = 0.9;

/// The filled cells of a column.
pub(super) fn filled(sample: &RowBlock, index: usize) -> impl Iterator<Item = &str> {
    sample.iter().map(move |row| row.cell(index)).filter(|cell| !cells::is_null(cell))
}

/// Whether most cells of a column hold.
fn mostly(sample: &RowBlock, index: usize, holds: impl Fn(&str) -> bool) -> bool {
    let (mut all, mut good) = (0u32, 0u32);
    for cell in filled(sample, index) {
        all += 1;
        good += u32::from(holds(cell));
    }
    all > 0 && f64::from(good) >= f64::from(all) * MOST
}

/// Whether a column holds e-mail addresses.
pub(super) fn holds_emails(sample: &RowBlock, index: usize) -> bool {
    mostly(sample, index, |cell| cell.contains('@') && cells::email(cell).is_ok())
}

/// Whether a column holds dates written as dates; plain numbers prove nothing.
pub(super) fn holds_dates(sample: &RowBlock, index: usize) -> bool {
    let plain = |cell: &str| cell.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    if !mostly(sample, index, |cell| !plain(cell) || cell.matches('.').count() == 2) {
        return false;
    }
    let mut evidence = DateEvidence::new();
    filled(sample, index).for_each(|cell| evidence.see(cell));
    !matches!(evidence.finish(None), DateGuess::NotDates { .. })
}

/// Whether a column holds codes: no blanks inside, and a digit.
pub(super) fn holds_codes(sample: &RowBlock, index: usize) -> bool {
    mostly(sample, index, |cell| {
        let cell = cell.trim();
        !cell.contains(char::is_whitespace) && cell.bytes().any(|b| b.is_ascii_digit())
    })
}
