//! CSV after RFC 4180, except that lines end in a line feed alone, as Unix tools expect.
//!
//! Text that a spreadsheet would run as a formula gets an apostrophe in front (CWE-1236). That
//! holds for the header and for columns of text, not for numbers: `-5.00` in a column of money
//! stays a number. A lone `-`, which many people write for nothing, stays as it is, for no
//! spreadsheet computes it.

use super::cells::{Cell, Column};
use super::{Failure, OutputError, Sink, TableWriter};
use arrow_array::RecordBatch;
use arrow_schema::Schema;
use std::io::Write;

/// What spreadsheets take for the beginning of a formula, the full-width forms included, which
/// Excel folds to the plain ones in East Asian locales.
const FORMULA_SIGNS: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// How a CSV file is written.
///
/// The default is for programs: commas, a decimal point, no byte order mark, in files as in
/// pipes. A person who opens the file in Excel is better served by XLSX, or by
/// [`CsvOptions::for_spreadsheet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CsvOptions {
    /// Between the cells: `,`, `;`, a tab or `|`.
    pub delimiter: char,
    /// Decimal mark of money, quantities and floats: `.` or `,`.
    pub decimal: char,
    /// Whether a UTF-8 byte order mark stands first; Excel reads other letters than English ones
    /// wrongly without it.
    pub bom: bool,
}

impl Default for CsvOptions {
    fn default() -> CsvOptions {
        CsvOptions { delimiter: ',', decimal: '.', bom: false }
    }
}

impl CsvOptions {
    /// What Excel opens right by a double click: with a byte order mark, and with semicolons where
    /// the reader's language writes a decimal comma.
    pub fn for_spreadsheet(decimal: char) -> CsvOptions {
        CsvOptions { delimiter: if decimal == ',' { ';' } else { ',' }, decimal, bom: true }
    }

    pub(super) fn check(&self) -> Result<(), OutputError> {
        let refused = |reason: &str| Err(OutputError::Options { reason: reason.to_owned() });
        if !matches!(self.delimiter, ',' | ';' | '\t' | '|') {
            return refused("the delimiter must be a comma, a semicolon, a tab or `|`");
        }
        if !matches!(self.decimal, '.' | ',') {
            return refused("the decimal mark must be `.` or `,`");
        }
        if self.delimiter == self.decimal {
            return refused(
                "the delimiter and the decimal mark are both a comma: choose another delimiter, such as `;`",
            );
        }
        Ok(())
    }
}

/// Text as it was before the apostrophe against formulas was put in front of it.
///
/// Exact: the writer also marks text that looks as if it had been marked already.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        _ => cell,
    }
}

fn needs_guard(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    if text.starts_with(['\t', '\r', '\n', '\0']) {
        return true;
    }
    let bare = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'));
    bare.starts_with(FORMULA_SIGNS) && bare != "-"
}

struct CsvTable<'w> {
    sink: Sink<'w>,
    options: CsvOptions,
    /// The line being put together.
    line: String,
}

/// A CSV table with its header written.
pub(super) fn table<'w>(
    mut sink: Sink<'w>,
    schema: &Schema,
    options: &CsvOptions,
) -> Result<Box<dyn TableWriter + 'w>, Failure> {
    let mut line = String::new();
    if options.bom {
        line.push('\u{feff}');
    }
    for (place, field) in schema.fields().iter().enumerate() {
        if place > 0 {
            line.push(options.delimiter);
        }
        push_text(field.name(), options.delimiter, &mut line);
    }
    line.push('\n');
    sink.write_all(line.as_bytes())?;
    Ok(Box::new(CsvTable { sink, options: *options, line }))
}

impl TableWriter for CsvTable<'_> {
    fn write(&mut self, batch: &RecordBatch, _threads: usize) -> Result<(), Failure> {
        let columns = Column::all(batch);
        for row in 0..batch.num_rows() {
            self.line.clear();
            for (place, column) in columns.iter().enumerate() {
                if place > 0 {
                    self.line.push(self.options.delimiter);
                }
                self.push(column.cell(row));
            }
            // A blank line would be skipped by most readers.
            if self.line.is_empty() {
                self.line.push_str("\"\"");
            }
            self.line.push('\n');
            self.sink.write_all(self.line.as_bytes())?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), Failure> {
        Ok(self.sink.flush()?)
    }
}

impl CsvTable<'_> {
    fn push(&mut self, cell: Cell<'_>) {
        let start = self.line.len();
        match cell {
            Cell::Text(text) => push_text(text, self.options.delimiter, &mut self.line),
            Cell::Exact(_) | Cell::Number(_) if self.options.decimal == ',' => {
                cell.spell(&mut self.line);
                if let Some(point) = self.line[start..].find('.') {
                    self.line.replace_range(start + point..=start + point, ",");
                }
            }
            _ => cell.spell(&mut self.line),
        }
    }
}

/// Adds text, guarded and quoted where it must be. Empty text is quoted, so that it can be told
/// from a missing value.
fn push_text(text: &str, delimiter: char, line: &mut String) {
    let guarded = needs_guard(text);
    let quoted = text.is_empty()
        || text.bytes().any(|byte| byte == delimiter as u8 || matches!(byte, b'"' | b'\n' | b'\r'));
    if quoted {
        line.push('"');
    }
    if guarded {
        line.push('\'');
    }
    if quoted {
        for (place, part) in text.split('"').enumerate() {
            if place > 0 {
                line.push_str("\"\"");
            }
            line.push_str(part);
        }
        line.push('"');
    } else {
        line.push_str(text);
    }
}
