//! From a block of text to rows of cells; runs on any thread.

use std::ops::Range;
use std::sync::Arc;

use encoding_rs::Encoding;
use memchr::memchr;

use super::super::encoding::Offsets;
use super::super::notes::Notes;
use super::super::rows::{BadRow, RowBlock, RowPlace};
use super::grammar::{Cell, Ended, Grammar, line_breaks};

/// A longer cell rejects its row.
pub const FIELD_BYTES_MAX: usize = 1 << 20;
/// Bytes of a bad row kept to show it.
pub(in crate::sources) const RAW_BYTES_MAX: usize = 4 << 10;

/// All that is needed to read a file's rows, the same for every block.
#[derive(Debug)]
pub(in crate::sources) struct Dialect {
    pub grammar: Grammar,
    /// Cells of a row: as many as the header has.
    pub columns: usize,
    /// Rows of fewer cells than this are rejected; from here on the missing ones are empty.
    pub columns_min: usize,
    /// The single-byte encoding of the text; `None` where it is UTF-8.
    pub encoding: Option<&'static Encoding>,
    pub offsets: Offsets,
    pub notes: Arc<Notes>,
}

/// Whole records and where they begin in the file.
#[derive(Debug)]
pub(in crate::sources) struct TextBlock {
    pub text: Vec<u8>,
    pub line: u64,
    pub byte: u64,
    pub dialect: Arc<Dialect>,
}

impl TextBlock {
    /// Splits the records into cells and sets aside those that cannot be.
    pub(in crate::sources) fn rows(self) -> RowBlock {
        let mut split = Split {
            cells: Vec::with_capacity(self.text.len() / 8),
            rows: Vec::with_capacity(self.text.len() / 64),
            bad: Vec::new(),
            unquoted: Vec::new(),
            nuls: memchr(0, &self.text).is_some(),
            dialect: &self.dialect,
        };
        let mut place = Place { at: 0, line: self.line, byte: self.byte };
        let mut found = Vec::new();
        let mut tolerated_rows = 0;
        while place.at < self.text.len() {
            found.clear();
            let ended = self.dialect.grammar.record(&self.text, place.at, true, &mut found);
            let (end, lines) = match ended {
                Ended::Whole { end, lines, tolerated } => {
                    tolerated_rows += u64::from(tolerated);
                    split.record(&self.text, &place, end, &found);
                    (end, lines)
                }
                Ended::Quote { end, reason } => {
                    split.reject(&self.text[place.at..end], &place, "E_QUOTE", reason.to_owned());
                    (end, 1)
                }
                // Does not happen where the text is said to be the last.
                Ended::Unfinished => (self.text.len(), 1),
            };
            place.byte += self.dialect.offsets.file_bytes(&self.text[place.at..end]);
            place.line += lines;
            place.at = end;
        }
        if tolerated_rows > 0 {
            self.dialect.notes.add_tolerated(tolerated_rows);
        }
        let Split { cells, rows, bad, unquoted, .. } = split;
        let mut text = self.text;
        text.extend_from_slice(&unquoted);
        match self.dialect.encoding {
            Some(encoding) if !text.is_ascii() => decoded(&text, encoding, &cells, rows, bad),
            _ => checked(text, cells, rows, bad, &self.dialect),
        }
    }
}

struct Place {
    at: usize,
    line: u64,
    byte: u64,
}

struct Split<'a> {
    cells: Vec<Range<u32>>,
    rows: Vec<RowPlace>,
    bad: Vec<BadRow>,
    /// Text of cells whose doubled quotes were made single; it will follow the block's text.
    unquoted: Vec<u8>,
    nuls: bool,
    dialect: &'a Dialect,
}

impl Split<'_> {
    fn record(&mut self, text: &[u8], place: &Place, end: usize, found: &[Cell]) {
        if found.iter().all(|cell| cell.place.is_empty()) || is_blank(text, found) {
            return;
        }
        let record = &text[place.at..end];
        if self.nuls
            && let Some(at) = memchr(0, record)
        {
            let reason = format!("a NUL character at byte {} of the row; remove it", at);
            return self.reject(record, place, "E_NUL", reason);
        }
        if record.len() > FIELD_BYTES_MAX
            && let Some(column) = found.iter().position(|cell| cell.place.len() > FIELD_BYTES_MAX)
        {
            let reason = format!("cell {} is longer than {} KiB", column + 1, FIELD_BYTES_MAX >> 10);
            return self.reject(record, place, "E_FIELD_TOO_LONG", reason);
        }
        let columns = self.dialect.columns;
        let surplus = found.get(columns..).unwrap_or_default();
        if found.len() < self.dialect.columns_min || surplus.iter().any(|cell| !cell.place.is_empty()) {
            let reason = format!("{} cells where the header has {columns}", found.len());
            return self.reject(record, place, "E_COLUMNS", reason);
        }
        let first = self.cells.len() as u32;
        for cell in &found[..found.len().min(columns)] {
            if cell.doubled {
                let start = text.len() + self.unquoted.len();
                unquote(&text[cell.place.clone()], self.dialect.grammar.quote, &mut self.unquoted);
                self.cells.push(start as u32..(text.len() + self.unquoted.len()) as u32);
            } else {
                self.cells.push(cell.place.start as u32..cell.place.end as u32);
            }
        }
        let cells = first..self.cells.len() as u32;
        self.rows.push(RowPlace { cells, line: place.line, byte: place.byte });
    }

    fn reject(&mut self, record: &[u8], place: &Place, code: &'static str, reason: String) {
        let raw = shown(record, self.dialect.encoding);
        self.bad.push(BadRow { line: place.line, byte: place.byte, code, reason, raw });
    }
}

/// A line of nothing but blanks.
fn is_blank(text: &[u8], found: &[Cell]) -> bool {
    found.len() == 1 && text[found[0].place.clone()].iter().all(|byte| matches!(byte, b' ' | b'\t'))
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

/// A row as it stands in the file, shortened, without its line break.
pub(in crate::sources) fn shown(record: &[u8], encoding: Option<&'static Encoding>) -> String {
    let cut = &record[..record.len().min(RAW_BYTES_MAX)];
    let text = match encoding {
        Some(encoding) => encoding.decode_without_bom_handling(cut).0,
        None => String::from_utf8_lossy(cut),
    };
    text.trim_end_matches(['\n', '\r']).to_owned()
}

/// UTF-8 as it is; rows with bytes that are not are set aside.
fn checked(
    text: Vec<u8>,
    cells: Vec<Range<u32>>,
    rows: Vec<RowPlace>,
    bad: Vec<BadRow>,
    dialect: &Dialect,
) -> RowBlock {
    match String::from_utf8(text) {
        Ok(text) => RowBlock::from_text(text, cells, rows, bad),
        Err(error) => without_wrong_bytes(error.into_bytes(), cells, rows, bad, dialect),
    }
}

fn without_wrong_bytes(
    mut text: Vec<u8>,
    cells: Vec<Range<u32>>,
    rows: Vec<RowPlace>,
    mut bad: Vec<BadRow>,
    dialect: &Dialect,
) -> RowBlock {
    let mut wrong = Vec::new();
    let mut at = 0;
    for chunk in text.utf8_chunks() {
        at += chunk.valid().len();
        wrong.extend(at..at + chunk.invalid().len());
        at += chunk.invalid().len();
    }
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows {
        let places = &cells[row.cells.start as usize..row.cells.end as usize];
        let hit = places.iter().find_map(|place| {
            let first = wrong.partition_point(|at| *at < place.start as usize);
            wrong.get(first).copied().filter(|at| *at < place.end as usize)
        });
        let (Some(hit), Some(first)) = (hit, places.first()) else {
            kept.push(row);
            continue;
        };
        let end = places.last().map_or(first.end, |place| place.end);
        let record = &text[first.start.min(end) as usize..first.start.max(end) as usize];
        let before = &text[(first.start as usize).min(hit)..hit];
        let line = row.line + line_breaks(before);
        let byte = row.byte + dialect.offsets.file_bytes(before);
        let reason = format!(
            "byte 0x{:02X} at line {line}, byte {byte} of the file is not in its encoding; \
             repair it or name the encoding",
            text[hit]
        );
        let raw = shown(record, None);
        bad.push(BadRow { line: row.line, byte: row.byte, code: "E_ENCODING", reason, raw });
    }
    // The rows with these bytes are gone: anything valid may stand in their place.
    wrong.iter().for_each(|at| text[*at] = b'?');
    bad.sort_by_key(|bad| bad.line);
    let text = String::from_utf8_lossy(&text).into_owned();
    RowBlock::from_text(text, cells, kept, bad)
}

/// Text of a single-byte encoding, cell by cell: characters outside ASCII grow.
fn decoded(
    text: &[u8],
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
            let bytes = &text[cell.start as usize..cell.end as usize];
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
                bad.push(BadRow { line: row.line, byte: row.byte, code: "E_ENCODING", reason, raw });
            }
        }
    }
    bad.sort_by_key(|bad| bad.line);
    RowBlock::from_text(into, places, kept, bad)
}
