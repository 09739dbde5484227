//! What is wrong with a row or a cell, and the list of all reasons there are.

use super::cells::CellError;
use serde::Serialize;

/// A reason code with what it means and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    pub code: &'static str,
    pub meaning: &'static str,
    pub suggestion: &'static str,
}

/// Every reason code. Codes with `E_` reject the row, or the field where the field is a contact;
/// codes with `N_` and `W_` are warnings: the row is a fact.
pub const REASONS: &[Reason] = &[
    reason(
        "E_COLUMNS",
        "the row has more or fewer cells than the header",
        "quote cells that hold the delimiter",
    ),
    reason(
        "E_ENCODING",
        "bytes that are no text in the file's encoding",
        "save as UTF-8, or name it with --encoding",
    ),
    reason("E_FIELD_TOO_LONG", "a cell longer than any field may be", "shorten the cell"),
    reason("E_QUOTE", "a quote is opened and never closed", "double the quotes inside quoted cells"),
    reason(
        "E_CELL",
        "a cell of a workbook holds an error such as #REF!",
        "mend the formula, or enter the value",
    ),
    reason("E_JSON", "a line is no JSON object", "write one object per line"),
    reason("E_NUL", "a cell holds a NUL byte", "remove the NUL byte"),
    reason("E_MISSING", "a needed cell is empty", "fill in the cell"),
    reason("E_DATE", "a cell is no date, or no day an order can have", "write the date as 2026-11-22"),
    reason("E_FUTURE", "the order lies in the future", "correct the date, or allow it with --allow-future"),
    reason("E_NUMBER", "a cell is no number", "write the number as 1234.50"),
    reason("E_RANGE", "a number is too large to be kept exactly", "correct the number"),
    reason("E_TYPE", "a cell is not of the column's kind", "correct the cell"),
    reason("E_TOTAL", "the row is a total or a footer, not data", "remove the row"),
    reason("E_EXCEL_SCI", "a spreadsheet has rounded the id", "export again with the column as text"),
    reason("E_ID", "an id that cannot be used", "correct the id"),
    reason(
        "E_TWICE",
        "a place stands in the file twice, with different values",
        "keep the row that is right, or tell the places apart by region or country",
    ),
    reason("E_LIMIT", "a small table has more rows than are held", "leave out what is not needed"),
    reason("E_EMAIL", "a cell is no e-mail address", "correct the address"),
    reason("E_PHONE", "a cell is no phone number", "write the number as +371 20000000"),
    reason(
        "E_CURRENCY",
        "a currency that has no ISO code",
        "write the code, such as EUR; where no cell names one, say --currency EUR",
    ),
    reason(
        "E_RATE",
        "no rate of the currency on or before the day of the order",
        "add it to the file given with --rates",
    ),
    reason("E_ZONE", "a time zone that is not known", "name it like Europe/Riga"),
    reason("N_OLD_DATE", "a date before 1990 stands for no date", "leave the cell empty"),
    reason(
        "W_DATE",
        "a date that is not needed could not be read and was left out",
        "write the date as 2026-11-22",
    ),
    reason(
        "W_NUMBER",
        "a number that is not needed could not be read and was left out",
        "write it as 1234.50",
    ),
    reason("W_ROUNDED", "a number had more than four decimals and was rounded", "none needed"),
    reason("W_SHIFTED", "a time that the clock skipped in spring was moved on", "none needed"),
    reason(
        "W_MIXED_SCRIPT",
        "an id has Latin and Cyrillic letters in one word, and looks like another id",
        "type the id in one script",
    ),
    reason(
        "W_LONG_ORDER",
        "an order with very many rows was cut into pieces",
        "see whether the order ids are right",
    ),
    reason(
        "W_TOTAL_DIFFERS",
        "an order's lines do not add up to its sum: the lines count",
        "see the order in the shop",
    ),
];

const fn reason(code: &'static str, meaning: &'static str, suggestion: &'static str) -> Reason {
    Reason { code, meaning, suggestion }
}

/// The reason with this code.
pub fn reason_of(code: &str) -> Option<&'static Reason> {
    REASONS.iter().find(|reason| reason.code == code)
}

/// One thing wrong with one row, with the row, so that it can be repaired and imported again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// Line where the row began, from 1.
    pub line: u64,
    /// Byte where it began in the decompressed file.
    pub byte: u64,
    /// Header of the column; empty where the whole row is meant.
    pub column: String,
    /// One of [`REASONS`].
    pub code: &'static str,
    /// What is wrong, for people.
    pub reason: String,
    /// The cell, or the beginning of the row where it could not be split into cells.
    pub raw: String,
    pub suggestion: String,
    /// The cells of the row; empty where it could not be split.
    pub cells: Vec<String>,
}

impl Problem {
    /// Memory that the problem holds, bytes, for whoever limits it.
    pub fn held_bytes(&self) -> usize {
        let texts = [&self.column, &self.reason, &self.raw, &self.suggestion];
        let held = |text: &String| size_of::<String>() + text.len();
        size_of::<Problem>() + texts.into_iter().chain(&self.cells).map(held).sum::<usize>()
    }
}

/// A cell error with the suggestion of the list.
pub(super) fn cell_error(code: &'static str, reason: String) -> CellError {
    let suggestion = reason_of(code).map_or("", |listed| listed.suggestion);
    CellError { code, reason, suggestion: suggestion.to_owned() }
}
