//! Telling the separator and the header of delimited text from its first rows.

use std::collections::BTreeMap;

use super::super::header::{self, Candidate, Header};
use super::grammar::{Cell, Ended, Grammar, Separator};

/// Records looked at.
const RECORDS_MAX: usize = 1_000;
/// Separators in the order in which they are preferred where all else is equal.
const SEPARATORS: [u8; 4] = [b'\t', b';', b'|', b','];
/// What a plausible header adds to the share of rows of the usual width.
const HEADER_BONUS: f64 = 0.4;
/// What each column adds, up to [`COLUMNS_COUNTED`] of them: more cells explain more of the text.
const COLUMN_BONUS: f64 = 0.01;
const COLUMNS_COUNTED: usize = 20;
/// A comma also stands in numbers, which the other separators do not.
const COMMA_PENALTY: f64 = 0.05;
/// Runs of spaces separate cells only where nearly all rows agree.
const SPACES_SHARE_MIN: f64 = 0.95;

/// A record of the sample.
#[derive(Clone, Debug)]
pub(in crate::sources) struct Record {
    pub line: u64,
    pub start: usize,
    pub end: usize,
    /// Empty where quotes make no sense.
    pub cells: Vec<Cell>,
}

/// The sample as one grammar reads it.
#[derive(Clone, Debug)]
pub(in crate::sources) struct Survey {
    pub grammar: Grammar,
    /// Records with something in them.
    pub records: Vec<Record>,
    pub header: Header,
    /// Cells of most rows.
    pub usual: usize,
    /// Share of the rows that have as many.
    share: f64,
    /// Kinds of line ends: line feed, both, carriage return.
    pub line_ends: [bool; 3],
}

/// Reads the sample in the way that explains it best.
pub(in crate::sources) fn survey(text: &[u8], last: bool, quote: u8, separator: Option<Separator>) -> Survey {
    let read = |separator| Survey::read(text, last, Grammar { separator, quote, tolerant: false });
    if let Some(separator) = separator {
        return read(separator);
    }
    let mut best: Option<(f64, Survey)> = None;
    for byte in SEPARATORS {
        let survey = read(Separator::Byte(byte));
        if survey.usual < 2 {
            continue;
        }
        let penalty = if byte == b',' { COMMA_PENALTY } else { 0.0 };
        let score = survey.score() - penalty;
        if best.as_ref().is_none_or(|(highest, _)| score > *highest) {
            best = Some((score, survey));
        }
    }
    if best.as_ref().is_none_or(|(score, _)| *score < 0.5) {
        let spaced = read(Separator::Spaces);
        if spaced.is_table_of_spaces(text) {
            return spaced;
        }
    }
    match best {
        Some((_, survey)) => survey,
        None => read(Separator::None),
    }
}

impl Survey {
    fn read(text: &[u8], last: bool, grammar: Grammar) -> Survey {
        let mut records = Vec::new();
        let mut line_ends = [false; 3];
        let (mut at, mut line) = (0, 1);
        while at < text.len() && records.len() < RECORDS_MAX {
            let mut cells = Vec::new();
            let (end, lines) = match grammar.record(text, at, last, &mut cells) {
                Ended::Whole { end, lines, .. } => (end, lines),
                Ended::Quote { end, .. } => {
                    cells.clear();
                    (end, 1)
                }
                Ended::Unfinished => break,
            };
            match &text[at..end] {
                [.., b'\r', b'\n'] => line_ends[1] = true,
                [.., b'\n'] => line_ends[0] = true,
                [.., b'\r'] => line_ends[2] = true,
                _ => {}
            }
            if text[at..end].iter().any(|byte| !byte.is_ascii_whitespace() && !grammar.separates(*byte)) {
                records.push(Record { line, start: at, end, cells });
            }
            at = end;
            line += lines;
        }
        let (usual, share) = usual_count(&records);
        let candidates: Vec<Candidate<'_>> =
            records.iter().map(|record| Candidate { cells: texts(text, record) }).collect();
        let header = header::find(&candidates);
        Survey { grammar, records, header, usual, share, line_ends }
    }

    fn score(&self) -> f64 {
        let bonus = if self.header_cells() * 5 >= self.usual * 3 { HEADER_BONUS } else { 0.0 };
        self.share + bonus + COLUMN_BONUS * self.usual.min(COLUMNS_COUNTED) as f64
    }

    fn header_cells(&self) -> usize {
        match self.header {
            Header::At(index) => self.records[index].cells.len(),
            Header::Missing(_) => 0,
        }
    }

    /// Rows of numbers, under a header of as many words if any; anything less is text with spaces.
    fn is_table_of_spaces(&self, text: &[u8]) -> bool {
        let data = self.data();
        let valued = |record: &&Record| {
            let cells = texts(text, record);
            let values = cells.iter().filter(|cell| header::is_value(cell)).count();
            match self.header {
                Header::At(_) => values > 0,
                Header::Missing(_) => values == cells.len(),
            }
        };
        // Without a header two values in a row may be one date with its time.
        let wide = match self.header {
            Header::At(_) => self.usual >= 2 && self.header_cells() == self.usual,
            Header::Missing(_) => self.usual >= 3,
        };
        let agreeing = data.iter().filter(valued).count();
        wide && !data.is_empty()
            && self.share >= SPACES_SHARE_MIN
            && agreeing as f64 >= SPACES_SHARE_MIN * data.len() as f64
    }

    /// The data rows: those below the header, or all from where data starts.
    pub(in crate::sources) fn data(&self) -> &[Record] {
        match self.header {
            Header::At(index) => &self.records[index + 1..],
            Header::Missing(index) => self.records.get(index..).unwrap_or_default(),
        }
    }
}

/// The commonest number of cells from two on, and the share of rows that have it.
fn usual_count(records: &[Record]) -> (usize, f64) {
    let mut counts = BTreeMap::new();
    for record in records {
        *counts.entry(record.cells.len()).or_insert(0_usize) += 1;
    }
    let commonest =
        counts.iter().filter(|(cells, _)| **cells > 1).max_by_key(|(cells, rows)| (**rows, **cells));
    match commonest {
        Some((cells, rows)) => (*cells, *rows as f64 / records.len() as f64),
        None => (usize::from(!records.is_empty()), 0.0),
    }
}

/// The cells of a record as text; bytes that are not UTF-8 make no difference here.
pub(in crate::sources) fn texts<'a>(text: &'a [u8], record: &Record) -> Vec<&'a str> {
    let cell = |cell: &Cell| {
        let bytes = &text[cell.place.clone()];
        match std::str::from_utf8(bytes) {
            Ok(text) => text,
            // Letters of a single-byte encoding: any letter tells as much.
            Err(_) if bytes.iter().any(u8::is_ascii_digit) => {
                let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
                if digits * 2 >= bytes.len() { "0" } else { "x" }
            }
            Err(_) => "x",
        }
    };
    record.cells.iter().map(cell).collect()
}
