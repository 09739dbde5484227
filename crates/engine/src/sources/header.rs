//! Finding the header row below titles and parameters, and cleaning its names.

use std::collections::{BTreeMap, BTreeSet};

/// Rows among which the header is looked for; reports of 1C have up to a dozen rows above it.
pub(super) const HEADER_ROWS_SEEN: usize = 60;
/// Share of the rows that must be as wide as the table is taken to be, as one in so many.
const WIDE_ROWS_ONE_IN: usize = 5;

/// A row as the search for the header sees it.
pub(super) struct Candidate<'a> {
    pub cells: Vec<&'a str>,
}

/// What the first rows say about the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Header {
    /// The row of this index is the header.
    At(usize),
    /// Data starts at the row of this index, without a header.
    Missing(usize),
}

/// Looks for the header among the first rows of a table.
///
/// The header is the first row that fills most of the table's width with names. Narrower rows
/// above it are titles and parameters; a wide row of values above it means that there is none.
pub(super) fn find(rows: &[Candidate<'_>]) -> Header {
    let width = usual_width(rows);
    let enough = if width <= 2 { width } else { (width * 3).div_ceil(5) };
    for (index, row) in rows.iter().take(HEADER_ROWS_SEEN).enumerate() {
        let filled: Vec<&str> = row.cells.iter().copied().filter(|cell| !cell.trim().is_empty()).collect();
        if filled.is_empty() || filled.len() < enough {
            continue;
        }
        let values = filled.iter().filter(|cell| is_value(cell)).count();
        let below = rows.get(index + 1).map_or(0, |next| in_series(&next.cells));
        let values = if below == 0 { values.saturating_sub(in_series(&filled)) } else { values };
        // A name may well be a year or hold a number: a header may have some of these.
        if values * 4 <= filled.len() {
            return Header::At(index);
        }
        if has_names_soon(rows, index, enough) {
            continue;
        }
        return Header::Missing(index);
    }
    Header::Missing(0)
}

/// The width that a good part of the rows reaches, counted in cells that hold something.
fn usual_width(rows: &[Candidate<'_>]) -> usize {
    let mut widths: Vec<usize> = rows.iter().map(|row| filled(row)).filter(|width| *width > 0).collect();
    widths.sort_unstable_by(|one, other| other.cmp(one));
    widths.get(widths.len() / WIDE_ROWS_ONE_IN).copied().unwrap_or(0)
}

fn filled(row: &Candidate<'_>) -> usize {
    row.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// Parameter rows of narrow reports (`Period: | 01.01.2026`) are as wide as the table itself; they
/// differ from data in that a row made of names alone follows soon.
fn has_names_soon(rows: &[Candidate<'_>], index: usize, enough: usize) -> bool {
    if enough > 3 {
        return false;
    }
    let soon = rows.iter().skip(index + 1).take(10);
    let wider = |row: &&Candidate<'_>| filled(row) > filled(&rows[index]);
    soon.filter(wider).any(|row| row.cells.iter().all(|cell| !cell.trim().is_empty() && !is_value(cell)))
}

/// How many cells look like values and are names in a series: letters before a number, `q1` beside `q2`.
fn in_series(cells: &[&str]) -> usize {
    let mut series: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for cell in cells.iter().map(|cell| cell.trim()).filter(|cell| is_value(cell)) {
        let (letters, number) = cell.split_at(cell.trim_end_matches(|end: char| end.is_ascii_digit()).len());
        let is_name =
            letters.chars().any(char::is_alphabetic) && !letters.contains(|one: char| one.is_ascii_digit());
        if is_name && !number.is_empty() {
            series.entry(letters).or_default().insert(number);
        }
    }
    series.values().map(BTreeSet::len).filter(|names| *names > 1).sum()
}

/// Whether a cell looks like a value rather than a name: mostly digits, an address, a link.
pub(super) fn is_value(cell: &str) -> bool {
    let cell = cell.trim();
    if cell.contains('@') || cell.starts_with("http://") || cell.starts_with("https://") {
        return true;
    }
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let letters = cell.chars().filter(|character| character.is_alphabetic()).count();
    digits > 0 && digits >= letters
}

/// A name as it is compared and shown: trimmed, without marks that cannot be seen.
pub(super) fn clean_name(name: &str) -> String {
    let seen = |character: &char| {
        !matches!(*character,
            '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\0')
    };
    let name: String = name.chars().filter(seen).collect();
    // Names broken over lines in a sheet are one name; other inner blanks are left as they are.
    let lines: Vec<&str> = name.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

/// Names for a table without a header.
pub(super) fn numbered(columns: usize) -> Vec<String> {
    (1..=columns).map(|number| format!("column {number}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rows: &[&str]) -> Header {
        let rows: Vec<Candidate<'_>> =
            rows.iter().map(|row| Candidate { cells: row.split(',').collect() }).collect();
        find(&rows)
    }

    #[test]
    fn numbered_questions_are_names_where_no_such_series_follows() {
        assert_eq!(found(&["id,q1,q2,q3", "c1,yes,no,yes", "c2,no,no,yes"]), Header::At(0));
        assert_eq!(found(&["q1,q2", "1,0", "0,0"]), Header::At(0));
        assert_eq!(found(&["в1,в2,в3", "5,4,1"]), Header::At(0));
        // Ids of several kinds, and codes of one kind in every row, are data.
        assert_eq!(found(&["o1,c1,p1,12", "o2,c1,p2,15"]), Header::Missing(0));
        assert_eq!(found(&["a1,a2,a7", "a4,a1,a2"]), Header::Missing(0));
    }
}
