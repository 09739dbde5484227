//! From a block of text to rows of cells; runs on any thread.

use std::ops::Range;
use std::sync::Arc;

use encoding_rs::Encoding;
use memchr::memchr;

use super::super::blocks::{Coding, Cut, line_breaks, shown};
use super::super::notes::Notes;
use super::super::rows::{BadRow, RowBlock, RowPlace};
use super::grammar::{Cell, Ended, Grammar, Separator};
use super::marks::Marks;

/// A longer cell rejects its row.
pub const FIELD_BYTES_MAX: usize = 1 << 20;

/// All that is needed to read a file's rows, the same for every block.
#[derive(Debug)]
pub(in crate::sources) struct Dialect {
    pub grammar: Grammar,
    /// Cells of a row: as many as the header has.
    pub columns: usize,
    /// Rows of fewer cells than this are rejected; from here on the missing ones are empty.
    pub columns_min: usize,
    pub coding: Coding,
    pub notes: Arc<Notes>,
}

/// Whole records, to be split.
#[derive(Debug)]
pub(in crate::sources) struct TextBlock {
    pub cut: Cut,
    pub dialect: Arc<Dialect>,
}

impl TextBlock {
    /// Splits the records into cells and sets aside those that cannot be.
    pub(in crate::sources) fn rows(self) -> RowBlock {
        let Cut { text, line, byte } = self.cut;
        let place = Place { at: 0, line, byte };
        match self.dialect.coding.encoding {
            Some(encoding) if !text.is_ascii() => {
                let mut split = Split::new(&text, &self.dialect, None);
                split.all(place);
                let Split { cells, rows, bad, unquoted, .. } = split;
                decoded([&text, &unquoted], encoding, &cells, rows, bad)
            }
            _ => {
                let (mut text, wrong) = checked(text);
                let mut split = Split::new(text.as_bytes(), &self.dialect, wrong.as_ref());
                split.all(place);
                let Split { cells, rows, bad, unquoted, .. } = split;
                // Pieces of valid text between quotes are valid.
                text.push_str(&String::from_utf8_lossy(&unquoted));
                RowBlock::from_text(text, cells, rows, bad)
            }
        }
    }
}

/// Bytes of a block that are no UTF-8.
struct Wrong {
    /// Where they stand, in order.
    at: Vec<usize>,
    /// The text before they were replaced.
    text: Vec<u8>,
}

/// Text with a question mark for each byte that is no UTF-8, and those bytes.
fn checked(text: Vec<u8>) -> (String, Option<Wrong>) {
    let text = match String::from_utf8(text) {
        Ok(text) => return (text, None),
        Err(error) => error.into_bytes(),
    };
    let mut at = Vec::new();
    let mut mended = String::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        mended.push_str(chunk.valid());
        for _ in chunk.invalid() {
            at.push(mended.len());
            mended.push('?');
        }
    }
    (mended, Some(Wrong { at, text }))
}

#[derive(Clone, Copy)]
struct Place {
    at: usize,
    line: u64,
    byte: u64,
}

struct Split<'a> {
    text: &'a [u8],
    dialect: &'a Dialect,
    wrong: Option<&'a Wrong>,
    nuls: bool,
    cells: Vec<Range<u32>>,
    rows: Vec<RowPlace>,
    bad: Vec<BadRow>,
    /// Text of cells whose doubled quotes were made single; it will follow the block's text.
    unquoted: Vec<u8>,
    /// Room for the cells of a row with quotes.
    found: Vec<Cell>,
    /// Rows with quotes where none should be.
    tolerated: u64,
}

impl<'a> Split<'a> {
    fn new(text: &'a [u8], dialect: &'a Dialect, wrong: Option<&'a Wrong>) -> Split<'a> {
        Split {
            text,
            dialect,
            wrong,
            nuls: memchr(0, text).is_some(),
            cells: Vec::with_capacity(text.len() / 8),
            rows: Vec::with_capacity(text.len() / 64),
            bad: Vec::new(),
            unquoted: Vec::new(),
            found: Vec::new(),
            tolerated: 0,
        }
    }

    fn all(&mut self, mut place: Place) {
        let text = self.text;
        while place.at < text.len() {
            if let Separator::Byte(separator) = self.dialect.grammar.separator {
                let quote = memchr(self.dialect.grammar.quote, &text[place.at..]);
                let until = quote.map_or(text.len(), |quote| place.at + quote);
                place = self.without_quotes(place, until, separator);
                place = self.plainly_quoted(place, separator);
            }
            if place.at < text.len() {
                place = self.with_quotes(place);
            }
        }
        if self.tolerated > 0 {
            self.dialect.notes.add_tolerated(self.tolerated);
        }
    }

    /// The rows before the one in which the first quote stands, at `until`: nothing but separators and line
    /// breaks has a meaning in them. Gives where the next row begins.
    fn without_quotes(&mut self, mut place: Place, until: usize, separator: u8) -> Place {
        let text = self.text;
        let mut first = self.cells.len();
        let mut start = place.at;
        let begin = place.at;
        for at in Marks::new([separator, b'\n', b'\r'], &text[begin..until]) {
            let at = begin + at;
            let byte = text[at];
            if byte == b'\n' && at == place.at && at > 0 && text[at - 1] == b'\r' {
                // The second half of a line break: it belongs to the row before.
                place.byte += self.dialect.coding.offsets.file_bytes(b"\n");
                start = at + 1;
                place.at = start;
                continue;
            }
            self.cells.push(start as u32..at as u32);
            start = at + 1;
            if byte != separator {
                self.row(place, start, first);
                place.byte += self.dialect.coding.offsets.file_bytes(&text[place.at..start]);
                place.line += 1;
                place.at = start;
                first = self.cells.len();
            }
        }
        if until < text.len() {
            self.cells.truncate(first);
        } else if place.at < text.len() {
            self.cells.push(start as u32..text.len() as u32);
            self.row(place, text.len(), first);
            place.at = text.len();
        }
        place
    }

    /// Rows in which every quote opens or closes a cell of one line, as nearly all do. Gives where the first
    /// row begins that is otherwise.
    fn plainly_quoted(&mut self, mut place: Place, separator: u8) -> Place {
        let (text, quote) = (self.text, self.dialect.grammar.quote);
        let begin = place.at;
        let (mut first, mut start) = (self.cells.len(), begin);
        let mut marks = Marks::new([separator, quote, b'\n', b'\r'], &text[begin..]).map(|at| begin + at);
        while let Some(mut at) = marks.next() {
            let mut cell = start..at;
            if text[at] == quote {
                if at != start {
                    break;
                }
                let Some(close) = marks.by_ref().find(|&close| text[close] != separator) else { break };
                let Some(next) = marks.next() else { break };
                if text[close] != quote || next != close + 1 || text[next] == quote {
                    break;
                }
                (cell, at) = (start + 1..close, next);
            }
            self.cells.push(cell.start as u32..cell.end as u32);
            start = at + 1;
            if text[at] != separator {
                if text[at] == b'\r' && text.get(start) == Some(&b'\n') {
                    marks.next();
                    start += 1;
                }
                self.row(place, start, first);
                place.byte += self.dialect.coding.offsets.file_bytes(&text[place.at..start]);
                place.line += 1;
                place.at = start;
                first = self.cells.len();
            }
        }
        self.cells.truncate(first);
        place
    }

    /// One row, whatever stands in it. Gives where the next one begins.
    fn with_quotes(&mut self, place: Place) -> Place {
        let text = self.text;
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        let (end, lines) = match self.dialect.grammar.record(text, place.at, true, &mut found) {
            Ended::Whole { end, lines, tolerated } => {
                self.tolerated += u64::from(tolerated);
                let first = self.cells.len();
                found.iter().for_each(|cell| self.cell(cell));
                self.row(place, end, first);
                (end, lines)
            }
            Ended::Quote { end, reason } => {
                self.reject(place, end, "E_QUOTE", reason.to_owned());
                (end, 1)
            }
            // Does not happen where the text is said to be the last.
            Ended::Unfinished => (text.len(), 1),
        };
        self.found = found;
        let byte = place.byte + self.dialect.coding.offsets.file_bytes(&text[place.at..end]);
        Place { at: end, line: place.line + lines, byte }
    }

    fn cell(&mut self, cell: &Cell) {
        if !cell.doubled {
            return self.cells.push(cell.place.start as u32..cell.place.end as u32);
        }
        let start = self.text.len() + self.unquoted.len();
        unquote(&self.text[cell.place.clone()], self.dialect.grammar.quote, &mut self.unquoted);
        self.cells.push(start as u32..(self.text.len() + self.unquoted.len()) as u32);
    }

    /// Keeps a row, whose cells are the newest from `first` on, or takes them back.
    fn row(&mut self, place: Place, end: usize, first: usize) {
        let columns = self.dialect.columns;
        let count = self.cells.len() - first;
        let filled = self.cells[first..].iter().any(|cell| !cell.is_empty());
        if !filled || (count == 1 && self.text[place.at..end].iter().all(u8::is_ascii_whitespace)) {
            return self.cells.truncate(first);
        }
        let fault = self.fault(place, end, first).or_else(|| {
            let surplus = self.cells[first..].iter().skip(columns).any(|cell| !cell.is_empty());
            (count < self.dialect.columns_min || surplus)
                .then(|| ("E_COLUMNS", format!("{count} cells where the header has {columns}")))
        });
        if let Some((code, reason)) = fault {
            self.cells.truncate(first);
            self.reject(place, end, code, reason);
            if let Some(bad) = self.bad.last_mut() {
                bad.lone = count == 1;
            }
            return;
        }
        self.cells.truncate(first + count.min(columns));
        let cells = first as u32..self.cells.len() as u32;
        self.rows.push(RowPlace { cells, line: place.line, byte: place.byte });
    }

    /// What is wrong with the bytes of a row.
    fn fault(&self, place: Place, end: usize, first: usize) -> Option<(&'static str, String)> {
        let record = &self.text[place.at..end];
        if let Some(wrong) = self.wrong {
            let next = wrong.at.partition_point(|at| *at < place.at);
            if let Some(at) = wrong.at.get(next).copied().filter(|at| *at < end) {
                let before = &self.text[place.at..at];
                let line = place.line + line_breaks(before);
                let byte = place.byte + self.dialect.coding.offsets.file_bytes(before);
                let reason = format!(
                    "byte 0x{:02X} at line {line}, byte {byte} of the file is not in its encoding; \
                     repair it or name the encoding",
                    wrong.text[at]
                );
                return Some(("E_ENCODING", reason));
            }
        }
        if self.nuls
            && let Some(at) = memchr(0, record)
        {
            return Some(("E_NUL", format!("a NUL character at byte {at} of the row; remove it")));
        }
        if record.len() > FIELD_BYTES_MAX {
            let long = |cell: &Range<u32>| cell.len() > FIELD_BYTES_MAX;
            let column = self.cells[first..].iter().position(long)? + 1;
            let reason = format!("cell {column} is longer than {} KiB", FIELD_BYTES_MAX >> 10);
            return Some(("E_FIELD_TOO_LONG", reason));
        }
        None
    }

    fn reject(&mut self, place: Place, end: usize, code: &'static str, reason: String) {
        let text = self.wrong.map_or(self.text, |wrong| &wrong.text);
        let raw = shown(&text[place.at..end], self.dialect.coding.encoding);
        self.bad.push(BadRow { line: place.line, byte: place.byte, code, reason, raw, lone: false });
    }
}

fn unquote(cell: &[u8], quote: u8, into: &mut Vec<u8>) {
    let mut rest = cell;
    while let Some(at) = memchr(quote, rest) {
        into.extend_from_slice(&rest[..=at]);
        let twice = rest.get(at + 1) == Some(&quote);
        rest = &rest[at + 1 + usize::from(twice)..];
    }
    into.extend_from_slice(rest);
}

/// Text of a single-byte encoding, cell by cell: characters outside ASCII grow.
/// Cells lie in two pieces of text, of which the second follows the first.
fn decoded(
    [text, unquoted]: [&[u8]; 2],
    encoding: &'static Encoding,
    cells: &[Range<u32>],
    rows: Vec<RowPlace>,
    mut bad: Vec<BadRow>,
) -> RowBlock {
    let mut into = String::with_capacity(text.len() * 3 / 2);
    let mut places = Vec::with_capacity(cells.len());
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows {
        let first = places.len() as u32;
        let mut wrong = None;
        for cell in &cells[row.cells.start as usize..row.cells.end as usize] {
            let (start, end) = (cell.start as usize, cell.end as usize);
            let bytes = match start.checked_sub(text.len()) {
                Some(start) if !cell.is_empty() => &unquoted[start..end - text.len()],
                _ => &text[start.min(text.len())..end.min(text.len())],
            };
            let start = into.len() as u32;
            match std::str::from_utf8(bytes) {
                Ok(ascii) if bytes.is_ascii() => into.push_str(ascii),
                _ => match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
                    Some(text) => into.push_str(&text),
                    None => wrong = Some(bytes),
                },
            }
            places.push(start..into.len() as u32);
        }
        match wrong {
            None => kept.push(RowPlace { cells: first..places.len() as u32, ..row }),
            Some(bytes) => {
                places.truncate(first as usize);
                let name = encoding.name();
                let reason = format!(
                    "a byte that means nothing in {name} in the row at line {}, byte {}; name the encoding",
                    row.line, row.byte
                );
                let raw = shown(bytes, Some(encoding));
                bad.push(BadRow {
                    line: row.line,
                    byte: row.byte,
                    code: "E_ENCODING",
                    reason,
                    raw,
                    lone: false,
                });
            }
        }
    }
    bad.sort_by_key(|bad| bad.line);
    RowBlock::from_text(into, places, kept, bad)
}

#[cfg(test)]
mod tests {
    use super::super::super::encoding::Offsets;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_split_quickly_are_split_as_all_rows_are(
            pieces in proptest::collection::vec(prop_oneof![
                4 => Just("a"), 3 => Just(","), 2 => Just("\n"), 1 => Just("\r"), 2 => Just("\""),
                3 => Just(",\"a,\","), 3 => Just("\"\"\r\n\"b\","),
            ], 0..80),
            tolerant: bool,
        ) {
            let text = pieces.concat().into_bytes();
            let dialect = Dialect {
                grammar: Grammar { separator: Separator::Byte(b','), quote: b'"', tolerant },
                columns: 3,
                columns_min: 1,
                coding: Coding { encoding: None, offsets: Offsets::Same },
                notes: Arc::default(),
            };
            let start = Place { at: 0, line: 1, byte: 0 };
            let mut split = Split::new(&text, &dialect, None);
            split.all(start);
            let mut row_by_row = Split::new(&text, &dialect, None);
            let mut place = start;
            while place.at < text.len() {
                place = row_by_row.with_quotes(place);
            }
            let rows = |split: &Split<'_>| -> Vec<(u64, u64, Vec<Range<u32>>)> {
                let places = |row: &RowPlace| row.cells.start as usize..row.cells.end as usize;
                let cells = |row: &RowPlace| split.cells[places(row)].to_vec();
                split.rows.iter().map(|row| (row.line, row.byte, cells(row))).collect()
            };
            prop_assert_eq!(rows(&split), rows(&row_by_row));
            prop_assert_eq!(split.bad, row_by_row.bad);
            prop_assert_eq!(split.unquoted, row_by_row.unquoted);
        }
    }
}
