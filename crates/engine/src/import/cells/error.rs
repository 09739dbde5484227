//! Why a cell could not be read, and what to do about it.

/// A cell that cannot be read as what its column holds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}; {suggestion}")]
pub struct CellError {
    /// Stable code of the reason, as listed in [`codes`].
    pub code: &'static str,
    /// What is wrong, with the cell in backticks.
    pub reason: String,
    /// What would repair it.
    pub suggestion: String,
}

impl CellError {
    pub(super) fn new(code: &'static str, reason: String, suggestion: impl Into<String>) -> CellError {
        CellError { code, reason, suggestion: suggestion.into() }
    }
}

/// Every code a [`CellError`] can carry.
pub mod codes {
    /// Not a number, or not one in the form of its column.
    pub const NUMBER: &str = "E_NUMBER";
    /// A number that is larger than money and quantities can be.
    pub const RANGE: &str = "E_RANGE";
    /// Not a date, not a day of the calendar, or not in the order of its column.
    pub const DATE: &str = "E_DATE";
    /// A date that stands for "no date": before 1990, 01.01.1900, 0000-00-00.
    pub const OLD_DATE: &str = "N_OLD_DATE";
    /// Digits that a spreadsheet has rounded away: `9.12346E+10`.
    pub const EXCEL_SCI: &str = "E_EXCEL_SCI";
    /// A NUL character inside a cell.
    pub const NUL: &str = "E_NUL";
    /// Not an e-mail address.
    pub const EMAIL: &str = "E_EMAIL";
    /// Not a phone number that can be called.
    pub const PHONE: &str = "E_PHONE";
    /// A time zone nobody knows.
    pub const ZONE: &str = "E_ZONE";
}

/// The cell as it is quoted in a reason: short enough to read.
pub(super) fn quoted(cell: &str) -> String {
    /// Characters of a cell that a reason repeats.
    const QUOTED_CHARS: usize = 60;
    let mut shown: String = cell.chars().take(QUOTED_CHARS).map(plain).collect();
    if cell.chars().nth(QUOTED_CHARS).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

fn plain(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}
