//! Tables for people and programs: CSV, XLSX, Parquet, JSON.
//!
//! A table is a schema and record batches of it. What a cell looks like is settled once, in
//! `cells`; a format decides only how to write it down. A file appears under its name when it is
//! whole and on disk, or not at all.
//!
//! | column type | CSV | XLSX | Parquet | JSON |
//! |---|---|---|---|---|
//! | `Utf8`, `Dictionary(Int32, Utf8)` | text, formulas guarded | text | as is | string |
//! | `Int64` | digits | number | as is | number |
//! | `Decimal64(_, 4)` | exact decimal | number, text over 15 digits | as is | exact decimal |
//! | `Float64` | shortest that reads back the same | number | as is | the same as in CSV |
//! | `Date32` | `2011-12-09` | day | as is | `"2011-12-09"` |
//! | `Boolean` | `true`, `false` | boolean | as is | `true`, `false` |
//! | null | empty; an empty text is `""` | blank | null | `null` |
//!
//! A float that is no number (NaN, infinite) is a null everywhere but in Parquet.

mod cells;
mod csv;
mod xlsx;
mod parquet;
mod json;
mod replacement;
mod workbook;
pub mod customers;
#[cfg(test)]
mod tests;

pub use csv::{CsvOptions, unguarded};
pub use workbook::{Sheet, Value, write_workbook};

pub use arrow_array::RecordBatch;
use arrow_schema::{Schema, SchemaRef};
use replacement::Replacement;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Bytes gathered before they are given to the system.
const BUFFER_BYTES: usize = 256 * 1024;

/// A kind of file a table can be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
    Parquet,
    /// One array of objects, an object per line.
    Json,
    /// An object per line and nothing else.
    JsonLines,
}

impl Format {
    /// Every format, with its name, which is also the ending of its files.
    pub const ALL: &'static [(&'static str, Format)] = &[
        ("csv", Format::Csv),
        ("xlsx", Format::Xlsx),
        ("parquet", Format::Parquet),
        ("json", Format::Json),
        ("jsonl", Format::JsonLines),
        ("ndjson", Format::JsonLines),
    ];

    /// The format with this name, in any case.
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|&(_, format)| format)
    }

    /// The format that the ending of a file's name says.
    ///
    /// # Errors
    /// [`OutputError::UnknownFormat`], which lists the endings there are.
    pub fn from_path(path: &Path) -> Result<Format, OutputError> {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.and_then(Format::from_name).ok_or_else(|| OutputError::UnknownFormat {
            path: path.display().to_string(),
            known: Format::ALL.iter().map(|(name, _)| format!(".{name}")).collect::<Vec<_>>().join(", "),
        })
    }

    /// Whether it is text that a terminal can show; the others belong in a file or a pipe.
    pub fn is_text(self) -> bool {
        matches!(self, Format::Csv | Format::Json | Format::JsonLines)
    }
}

/// Why a table was not written. What stood under the file's name before is still there.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// Whoever read the pipe has closed it: a normal end, as after `head`. The program stops
    /// quietly and with success.
    #[error("the reader of `{target}` closed it before the end")]
    ReaderLeft { target: String },
    /// The place cannot be written: no such folder, no permission, no space.
    #[error("cannot write `{target}`: {source}; free some space or choose another place")]
    Write { target: String, source: io::Error },
    /// The table does not fit the format.
    #[error("`{target}` cannot hold the table: {reason}")]
    TooLarge { target: String, reason: String },
    /// The ending of the file names no format.
    #[error("`{path}` does not say its format: end its name in one of {known}")]
    UnknownFormat { path: String, known: String },
    /// The CSV options contradict each other.
    #[error("csv options: {reason}")]
    Options { reason: String },
    /// A column that no format takes, or a batch that is not of the table's schema.
    #[error("column `{column}`: {reason}")]
    Column { column: String, reason: String },
}

/// What goes wrong inside a format, which does not know where it writes to.
#[derive(Debug)]
enum Failure {
    Io(io::Error),
    TooLarge(String),
}

impl Failure {
    fn at(self, target: &str) -> OutputError {
        let target = target.to_owned();
        match self {
            Failure::Io(source) if source.kind() == io::ErrorKind::BrokenPipe => {
                OutputError::ReaderLeft { target }
            }
            Failure::Io(source) => OutputError::Write { target, source },
            Failure::TooLarge(reason) => OutputError::TooLarge { target, reason },
        }
    }

    /// The error of a library that wraps the system's own.
    fn of(error: &(dyn std::error::Error + 'static)) -> Failure {
        let mut cause = Some(error);
        while let Some(inner) = cause {
            if let Some(io) = inner.downcast_ref::<io::Error>() {
                return Failure::Io(io::Error::new(io.kind(), io.to_string()));
            }
            cause = inner.source();
        }
        Failure::Io(io::Error::other(error.to_string()))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Io(error)
    }
}

/// Where bytes go.
type Sink<'w> = BufWriter<Box<dyn Write + Send + 'w>>;

/// A format at work. The header is written when it is made.
trait TableWriter {
    /// Adds rows; a format that can share out the work does so on at most `threads` threads.
    fn write(&mut self, batch: &RecordBatch, threads: usize) -> Result<(), Failure>;
    /// Writes what is held back and flushes.
    fn finish(self: Box<Self>) -> Result<(), Failure>;
}

/// A table that is being written. Dropped before [`Output::finish`], it leaves no file behind.
pub struct Output<'w> {
    table: Box<dyn TableWriter + 'w>,
    schema: SchemaRef,
    target: String,
    replacement: Option<Replacement>,
    rows: u64,
    threads: usize,
}

impl<'w> Output<'w> {
    /// Begins a file beside `path`, which takes that name in [`Output::finish`].
    ///
    /// What exists and is no regular file (a pipe, `/dev/stdout`) is written to as it is.
    ///
    /// # Errors
    /// Columns or options that cannot be written; a place that cannot be written to.
    pub fn to_file(
        path: &Path,
        format: Format,
        schema: SchemaRef,
        options: &CsvOptions,
    ) -> Result<Output<'static>, OutputError> {
        check(format, &schema, options)?;
        let target = path.display().to_string();
        let begun = Replacement::begin(path).map_err(|error| Failure::Io(error).at(&target))?;
        Output::begin(Box::new(begun.0), target, format, schema, options, begun.1)
    }

    /// Writes to a stream, such as standard output; `target` names it in errors.
    ///
    /// # Errors
    /// Columns or options that cannot be written; what the stream says.
    pub fn to_stream(
        stream: impl Write + Send + 'w,
        target: &str,
        format: Format,
        schema: SchemaRef,
        options: &CsvOptions,
    ) -> Result<Output<'w>, OutputError> {
        check(format, &schema, options)?;
        Output::begin(Box::new(stream), target.to_owned(), format, schema, options, None)
    }

    fn begin(
        stream: Box<dyn Write + Send + 'w>,
        target: String,
        format: Format,
        schema: SchemaRef,
        options: &CsvOptions,
        replacement: Option<Replacement>,
    ) -> Result<Output<'w>, OutputError> {
        let sink = BufWriter::with_capacity(BUFFER_BYTES, stream);
        let table: Result<Box<dyn TableWriter + 'w>, Failure> = match format {
            Format::Csv => csv::table(sink, &schema, options),
            Format::Xlsx => xlsx::table(sink, &schema, replacement.as_ref().map(Replacement::folder)),
            Format::Parquet => parquet::table(sink, &schema),
            Format::Json => json::table(sink, &schema, json::Shape::Array),
            Format::JsonLines => json::table(sink, &schema, json::Shape::Lines),
        };
        let table = table.map_err(|failure| failure.at(&target))?;
        Ok(Output { table, schema, target, replacement, rows: 0, threads: 1 })
    }

    /// Lets formats that can share out the work use so many threads; what is written is the same.
    #[must_use]
    pub fn on_threads(mut self, threads: usize) -> Output<'w> {
        self.threads = threads;
        self
    }

    /// Adds the rows of a batch.
    ///
    /// # Errors
    /// A batch of another schema; more than the format holds; what the file or stream says.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), OutputError> {
        cells::check_batch(&self.schema, batch)?;
        self.table.write(batch, self.threads).map_err(|failure| failure.at(&self.target))?;
        self.rows += batch.num_rows() as u64;
        Ok(())
    }

    /// Ends the table, makes sure it is on disk and gives the file its name. Returns the number
    /// of rows written, the header not counted.
    ///
    /// # Errors
    /// What the file or stream says; then the file's name stands for what it stood for before.
    pub fn finish(self) -> Result<u64, OutputError> {
        self.table.finish().map_err(|failure| failure.at(&self.target))?;
        if let Some(replacement) = self.replacement {
            replacement.commit().map_err(|error| Failure::Io(error).at(&self.target))?;
        }
        Ok(self.rows)
    }
}

/// Writes a whole table to a file; returns its number of rows.
///
/// # Errors
/// As of [`Output::to_file`], [`Output::write`] and [`Output::finish`].
pub fn write_file(
    path: &Path,
    format: Format,
    schema: &SchemaRef,
    batches: impl IntoIterator<Item = RecordBatch>,
    options: &CsvOptions,
) -> Result<u64, OutputError> {
    let mut output = Output::to_file(path, format, schema.clone(), options)?;
    for batch in batches {
        output.write(&batch)?;
    }
    output.finish()
}

/// Writes a whole table to a stream; returns its number of rows.
///
/// # Errors
/// As of [`Output::to_stream`], [`Output::write`] and [`Output::finish`].
pub fn write_stream(
    stream: impl Write + Send,
    target: &str,
    format: Format,
    schema: &SchemaRef,
    batches: impl IntoIterator<Item = RecordBatch>,
    options: &CsvOptions,
) -> Result<u64, OutputError> {
    let mut output = Output::to_stream(stream, target, format, schema.clone(), options)?;
    for batch in batches {
        output.write(&batch)?;
    }
    output.finish()
}

fn check(format: Format, schema: &Schema, options: &CsvOptions) -> Result<(), OutputError> {
    if format == Format::Csv {
        options.check()?;
    }
    cells::check_schema(schema)
}
