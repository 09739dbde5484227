//! Delimited text: CSV, TSV and their kin, however they were written.

mod marks;
mod grammar;
mod split;
mod survey;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};

pub(super) use grammar::Separator;
pub(super) use split::{Dialect, TextBlock};

pub use grammar::{QUOTED_RECORD_BYTES_MAX, QUOTED_RECORD_LINES_MAX};
pub use split::FIELD_BYTES_MAX;

use super::blocks::{Blocks, Coding, Cut, TextStream, file_byte, line_breaks};
use super::encoding::{Decoder, Found};
use super::error::SourceError;
use super::file::Origin;
use super::header::{self, Header};
use super::notes::Notes;
use super::options::{Detected, OpenOptions};
use super::rows::RowBlock;
use grammar::Grammar;
use survey::{Record, Survey};

/// A delimited file, opened: what it is, its header, and its rows to come.
pub(super) struct Opened {
    pub header: Vec<String>,
    pub sample: RowBlock,
    pub blocks: Blocks,
    pub dialect: Arc<Dialect>,
}

/// Data rows in the sample.
pub(super) const SAMPLE_ROWS: usize = 1_000;

/// Finds out the dialect from `start`, the decoded beginning of the file without its mark; `ended`
/// says that it is the whole file. Fills in `detected`.
pub(super) fn open(
    stream: TextStream,
    start: Vec<u8>,
    ended: bool,
    encoding: &Found,
    options: &OpenOptions,
    detected: &mut Detected,
) -> Result<Opened, SourceError> {
    let origin = stream.bytes.origin().clone();
    let quote = options.quote.unwrap_or(b'"');
    let (skipped, said) = separator_line(&start);
    let wished = options.delimiter.map(separator_of).or(said);
    let mut survey = survey::survey(&start[skipped..], ended, quote, wished);
    choose_header(&mut survey, &start[skipped..], skipped > 0, options, &origin)?;
    if survey.records.is_empty() {
        return Err(if ended {
            origin.empty()
        } else {
            origin.unsupported("no line ends in its first part; it is not delimited text")
        });
    }
    let columns = Columns::of(&survey, &start[skipped..], encoding.encoding);
    describe(&survey, &columns, skipped > 0, detected);
    let coding = Coding::of(encoding.encoding);
    let dialect = Arc::new(Dialect {
        grammar: Grammar { tolerant: options.tolerant_quotes, ..survey.grammar },
        columns: columns.names.len(),
        columns_min: columns.min,
        coding,
        notes: Arc::new(Notes::default()),
    });
    let (from, line) = data_start(&survey, &start[skipped..], skipped);
    let byte = file_byte(encoding.mark_bytes, &start[..from], coding.offsets);
    let sample_end = survey.data().last().map_or(from, |record| skipped + record.end).max(from);
    // The sampled rows come once more in the blocks: their findings must not be counted twice.
    let uncounted = Dialect { notes: Arc::new(Notes::default()), ..*dialect };
    let cut = Cut { text: start[from..sample_end].to_vec(), line, byte };
    let sample = TextBlock { cut, dialect: Arc::new(uncounted) }.rows().first(SAMPLE_ROWS);
    let buffer = start[from..].to_vec();
    let grammar = dialect.grammar;
    let border = Box::new(move |text: &[u8], last| grammar.border(text, last));
    let blocks = Blocks::new(stream, buffer, ended, (line, byte), options.block_bytes, coding, border);
    Ok(Opened { header: columns.names, sample, blocks, dialect })
}

/// The line `sep=;` that Excel writes and obeys: its length, and the separator it names.
fn separator_line(start: &[u8]) -> (usize, Option<Separator>) {
    let bare = start.strip_prefix(b"\"").unwrap_or(start);
    let Some((name, rest)) = bare.split_at_checked(5) else { return (0, None) };
    if !name[..4].eq_ignore_ascii_case(b"sep=") {
        return (0, None);
    }
    let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
    let end = match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r', ..] => 1,
        _ => return (0, None),
    };
    (start.len() - rest.len() + end, Some(separator_of(name[4])))
}

fn separator_of(byte: u8) -> Separator {
    if byte == b' ' { Separator::Spaces } else { Separator::Byte(byte) }
}

/// Puts the header where the user says it is.
fn choose_header(
    survey: &mut Survey,
    text: &[u8],
    after_separator_line: bool,
    options: &OpenOptions,
    origin: &Origin,
) -> Result<(), SourceError> {
    let Some(wished) = options.header_row else { return Ok(()) };
    if wished == 0 {
        survey.header = Header::Missing(0);
        return Ok(());
    }
    let line = wished - u64::from(after_separator_line && wished > 1);
    let Some(index) = survey.records.iter().position(|record| record.line >= line) else {
        let reason = format!("`header_row` {wished} lies beyond the {} bytes looked at", text.len());
        return Err(origin.option(reason));
    };
    survey.header = Header::At(index);
    Ok(())
}

/// The columns of the table.
struct Columns {
    names: Vec<String>,
    /// Rows with fewer cells are rejected.
    min: usize,
    /// A last column was dropped because every line ends with a separator.
    phantom: bool,
}

impl Columns {
    fn of(survey: &Survey, text: &[u8], encoding: &'static Encoding) -> Columns {
        let rows = survey.data();
        let mut names = match survey.header {
            Header::At(index) => names(&survey.records[index], text, encoding, survey.grammar.quote),
            Header::Missing(_) => header::numbered(survey.usual),
        };
        let ends_empty = |record: &&Record| {
            record.cells.len() >= survey.usual
                && record.cells.last().is_some_and(|cell| cell.place.is_empty())
        };
        let empty_ends = rows.iter().filter(ends_empty).count();
        // A footer or a damaged row must not bring the phantom back.
        let mostly = !rows.is_empty() && empty_ends * 100 >= rows.len() * 95;
        let named = matches!(survey.header, Header::At(_));
        let phantom = if named && names.last().is_some_and(String::is_empty) {
            rows.is_empty() || mostly
        } else {
            // The rows have one cell more than the header, always empty; or there is no header.
            mostly && (survey.usual == names.len() + 1 || !named)
        };
        if phantom && names.len() == survey.usual && names.len() > 1 {
            names.pop();
        }
        let min = if rows.is_empty() { names.len() } else { names.len().min(survey.usual) };
        Columns { names, min, phantom }
    }
}

fn names(record: &Record, text: &[u8], encoding: &'static Encoding, quote: u8) -> Vec<String> {
    let encoding = if Decoder::needed(encoding).is_some() { UTF_8 } else { encoding };
    let name = |cell: &grammar::Cell| {
        let name = encoding.decode_without_bom_handling(&text[cell.place.clone()]).0;
        let quote = char::from(quote).to_string();
        let name = if cell.doubled { name.replace(&quote.repeat(2), &quote) } else { name.into_owned() };
        header::clean_name(&name)
    };
    record.cells.iter().map(name).collect()
}

/// Where the first data row begins in the text, and its line.
fn data_start(survey: &Survey, text: &[u8], skipped: usize) -> (usize, u64) {
    let first_line = if skipped > 0 { 2 } else { 1 };
    match survey.header {
        Header::At(index) => {
            let header = &survey.records[index];
            let breaks = line_breaks(&text[..header.end]);
            (skipped + header.end, first_line + breaks)
        }
        Header::Missing(index) => match survey.records.get(index) {
            Some(record) => (skipped + record.start, first_line + record.line - 1),
            None => (skipped, first_line),
        },
    }
}

fn describe(survey: &Survey, columns: &Columns, separator_line: bool, detected: &mut Detected) {
    detected.delimiter = match survey.grammar.separator {
        Separator::Byte(byte) => Some(char::from(byte)),
        Separator::Spaces => Some(' '),
        Separator::None => None,
    };
    detected.quote = Some(char::from(survey.grammar.quote)).filter(|quote| *quote != '\0');
    detected.trailing_delimiter = columns.phantom;
    if let Header::At(index) = survey.header {
        detected.header_row = Some(survey.records[index].line + u64::from(separator_line));
    } else {
        detected.warnings.push("no header row was found; columns are numbered".to_owned());
    }
    let kinds = survey.line_ends.iter().filter(|used| **used).count();
    if kinds > 1 {
        detected.warnings.push("lines end in different ways (LF, CRLF, CR mixed)".to_owned());
    }
    let broken = survey.records.iter().filter(|record| record.cells.is_empty()).count();
    if broken > 0 {
        detected.warnings.push(format!(
            "{broken} of the first {} rows have quotes that make no sense; tolerant quotes may read them",
            survey.records.len()
        ));
    }
}
