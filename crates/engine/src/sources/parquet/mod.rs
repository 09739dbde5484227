//! Parquet files, every column as text.

#[cfg(test)]
mod tests;

use std::fmt::Write;
use std::fs::File;

use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float16Type,
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, Time32MillisecondType,
    Time32SecondType, Time64MicrosecondType, Time64NanosecondType, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, TimeUnit};
use jiff::Timestamp;
use jiff::tz::Offset;

use super::error::SourceError;
use super::file::Origin;
use super::guard::guarded;
use super::options::Detected;
use super::rows::RowBlock;

/// Rows decoded at once.
const BATCH_ROWS: usize = 16 << 10;
/// Rows of the sample.
const SAMPLE_ROWS: usize = 1_000;

/// A Parquet file, opened.
pub(super) struct Opened {
    pub header: Vec<String>,
    pub sample: RowBlock,
    pub batches: Batches,
}

/// The rows of a Parquet file in pieces.
pub(super) struct Batches {
    reader: ParquetRecordBatchReader,
    origin: Origin,
    /// Read for the sample and not yet given.
    first: Option<RecordBatch>,
    given: u64,
    total: u64,
}

/// Some rows, and the number of the first.
pub(super) struct Batch {
    rows: RecordBatch,
    first: u64,
}

/// Opens a Parquet file. Nested columns are left out and named in the warnings.
pub(super) fn open(origin: &Origin, detected: &mut Detected) -> Result<Opened, SourceError> {
    let file = File::open(origin.path()).map_err(|cause| origin.unreadable(cause))?;
    let broken =
        |cause: &dyn std::fmt::Display| origin.damaged(format!("it is no whole Parquet file ({cause})"));
    let (reader, header, total) = guarded(origin, "Parquet", || {
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|cause| broken(&cause))?;
        let total = builder.metadata().file_metadata().num_rows().max(0) as u64;
        let (mut kept, mut header, mut left) = (Vec::new(), Vec::new(), Vec::new());
        for (index, field) in builder.schema().fields().iter().enumerate() {
            if is_flat(field.data_type()) {
                kept.push(index);
                header.push(super::header::clean_name(field.name()));
            } else {
                left.push(field.name().clone());
            }
        }
        if !left.is_empty() {
            detected.warnings.push(format!("nested columns were left out: `{}`", left.join("`, `")));
        }
        if header.is_empty() {
            return Err(origin.unsupported("it has no column of plain values; flatten it first"));
        }
        let mask = ProjectionMask::roots(builder.parquet_schema(), kept);
        let reader = builder
            .with_projection(mask)
            .with_batch_size(BATCH_ROWS)
            .build()
            .map_err(|cause| broken(&cause))?;
        Ok((reader, header, total))
    })?;
    let mut batches = Batches { reader, origin: origin.clone(), first: None, given: 0, total };
    let Some(first) = batches.read()? else { return Err(origin.empty()) };
    let sample = Batch { rows: first.slice(0, first.num_rows().min(SAMPLE_ROWS)), first: 1 }.rows();
    batches.first = Some(first);
    Ok(Opened { header, sample, batches })
}

impl Batches {
    /// The next rows; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Batch>, SourceError> {
        let rows = match self.first.take() {
            Some(rows) => rows,
            None => match self.read()? {
                Some(rows) => rows,
                None => return Ok(None),
            },
        };
        let first = self.given + 1;
        self.given += rows.num_rows() as u64;
        Ok(Some(Batch { rows, first }))
    }

    /// Which part of the rows was given, in bytes of the whole file.
    pub(super) fn read_bytes(&self) -> u64 {
        if self.total == 0 {
            return self.origin.bytes;
        }
        let bytes = u128::from(self.origin.bytes) * u128::from(self.given.min(self.total));
        (bytes / u128::from(self.total)) as u64
    }

    fn read(&mut self) -> Result<Option<RecordBatch>, SourceError> {
        let origin = self.origin.clone();
        guarded(&origin, "Parquet", || {
            loop {
                match self.reader.next() {
                    None => return Ok(None),
                    Some(Ok(rows)) if rows.num_rows() == 0 => {}
                    Some(Ok(rows)) => return Ok(Some(rows)),
                    Some(Err(cause)) => {
                        return Err(origin.damaged(format!("its columns cannot be read ({cause})")));
                    }
                }
            }
        })
    }
}

impl Batch {
    /// The rows as text.
    pub(super) fn rows(self) -> RowBlock {
        let columns: Vec<Column<'_>> =
            self.rows.columns().iter().map(|array| column(array.as_ref())).collect();
        let mut block = RowBlock::default();
        let mut cell = String::new();
        for row in 0..self.rows.num_rows() {
            block.push_row(self.first + row as u64, 0);
            for (array, write) in self.rows.columns().iter().zip(&columns) {
                cell.clear();
                if !array.is_null(row) {
                    write(row, &mut cell);
                }
                block.push_cell(&cell);
            }
        }
        block
    }
}

/// Writes the value of a row; not called for nulls of the column itself.
type Column<'a> = Box<dyn Fn(usize, &mut String) + 'a>;

fn is_flat(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_flat(values),
        DataType::Duration(_) | DataType::Interval(_) => false,
        other => !other.is_nested(),
    }
}

fn column<'a>(array: &'a dyn Array) -> Column<'a> {
    /// A column whose values print themselves.
    macro_rules! plain {
        ($kind:ty) => {{
            let values = array.as_primitive::<$kind>();
            Box::new(move |row, cell| put(cell, format_args!("{}", values.value(row))))
        }};
    }
    macro_rules! number {
        ($kind:ty, $into:ty) => {{
            let values = array.as_primitive::<$kind>();
            Box::new(move |row, cell| {
                let value = <$into>::from(values.value(row));
                // Programs write missing numbers as NaN.
                if !value.is_nan() {
                    put(cell, format_args!("{}", value + 0.0));
                }
            })
        }};
    }
    macro_rules! decimal {
        ($kind:ty) => {{
            let values = array.as_primitive::<$kind>();
            Box::new(move |row, cell| cell.push_str(&values.value_as_string(row)))
        }};
    }
    macro_rules! text {
        ($values:expr) => {{
            let values = $values;
            Box::new(move |row, cell| cell.push_str(values.value(row)))
        }};
    }
    macro_rules! bytes {
        ($values:expr) => {{
            let values = $values;
            Box::new(move |row, cell| bytes_text(values.value(row), cell))
        }};
    }
    match array.data_type() {
        DataType::Boolean => {
            let values = array.as_boolean();
            Box::new(move |row, cell| put(cell, format_args!("{}", values.value(row))))
        }
        DataType::Int8 => plain!(Int8Type),
        DataType::Int16 => plain!(Int16Type),
        DataType::Int32 => plain!(Int32Type),
        DataType::Int64 => plain!(Int64Type),
        DataType::UInt8 => plain!(UInt8Type),
        DataType::UInt16 => plain!(UInt16Type),
        DataType::UInt32 => plain!(UInt32Type),
        DataType::UInt64 => plain!(UInt64Type),
        DataType::Float16 => number!(Float16Type, f32),
        DataType::Float32 => number!(Float32Type, f32),
        DataType::Float64 => number!(Float64Type, f64),
        DataType::Decimal32(..) => decimal!(Decimal32Type),
        DataType::Decimal64(..) => decimal!(Decimal64Type),
        DataType::Decimal128(..) => decimal!(Decimal128Type),
        DataType::Decimal256(..) => decimal!(Decimal256Type),
        DataType::Utf8 => text!(array.as_string::<i32>()),
        DataType::LargeUtf8 => text!(array.as_string::<i64>()),
        DataType::Utf8View => text!(array.as_string_view()),
        DataType::Binary => bytes!(array.as_binary::<i32>()),
        DataType::LargeBinary => bytes!(array.as_binary::<i64>()),
        DataType::BinaryView => bytes!(array.as_binary_view()),
        DataType::FixedSizeBinary(_) => bytes!(array.as_fixed_size_binary()),
        DataType::Dictionary(..) => dictionary(array),
        _ => moments(array),
    }
}

fn dictionary<'a>(array: &'a dyn Array) -> Column<'a> {
    let dictionary = array.as_any_dictionary();
    let values = dictionary.values();
    if values.is_empty() {
        return Box::new(|_, _| {});
    }
    let keys = dictionary.normalized_keys();
    let write = column(values.as_ref());
    Box::new(move |row, cell| {
        if !values.is_null(keys[row]) {
            write(keys[row], cell);
        }
    })
}

fn moments<'a>(array: &'a dyn Array) -> Column<'a> {
    macro_rules! moment {
        ($kind:ty, $unit:expr, $write:expr) => {{
            let values = array.as_primitive::<$kind>();
            Box::new(move |row, cell| $write(i128::from(values.value(row)) * $unit, cell))
        }};
    }
    const SECOND: i128 = 1_000_000_000;
    const DAY: i128 = 86_400 * SECOND;
    match array.data_type() {
        DataType::Date32 => moment!(Date32Type, DAY, date_text),
        DataType::Date64 => moment!(Date64Type, SECOND / 1000, date_text),
        DataType::Time32(TimeUnit::Second) => moment!(Time32SecondType, SECOND, time_text),
        DataType::Time32(_) => moment!(Time32MillisecondType, SECOND / 1000, time_text),
        DataType::Time64(TimeUnit::Microsecond) => moment!(Time64MicrosecondType, 1000, time_text),
        DataType::Time64(_) => moment!(Time64NanosecondType, 1, time_text),
        DataType::Timestamp(unit, zone) => {
            let write = if zone.is_some() { moment_text } else { local_text };
            match unit {
                TimeUnit::Second => moment!(TimestampSecondType, SECOND, write),
                TimeUnit::Millisecond => moment!(TimestampMillisecondType, SECOND / 1000, write),
                TimeUnit::Microsecond => moment!(TimestampMicrosecondType, 1000, write),
                TimeUnit::Nanosecond => moment!(TimestampNanosecondType, 1, write),
            }
        }
        // Other kinds are not flat and were left out.
        _ => Box::new(|_, _| {}),
    }
}

/// Writes; writing to a string cannot fail.
fn put(cell: &mut String, text: std::fmt::Arguments<'_>) {
    cell.write_fmt(text).unwrap_or_default();
}

/// Text where the bytes are text, hexadecimal otherwise.
fn bytes_text(bytes: &[u8], cell: &mut String) {
    match std::str::from_utf8(bytes) {
        Ok(text) => cell.push_str(text),
        Err(_) => bytes.iter().for_each(|byte| put(cell, format_args!("{byte:02x}"))),
    }
}

/// A moment in UTC.
fn moment_text(nanoseconds: i128, cell: &mut String) {
    dated(nanoseconds, 'T', cell);
    cell.push('Z');
}

/// A moment whose zone the file does not know.
fn local_text(nanoseconds: i128, cell: &mut String) {
    dated(nanoseconds, ' ', cell);
}

fn dated(nanoseconds: i128, between: char, cell: &mut String) {
    date_text(nanoseconds, cell);
    cell.push(between);
    time_text(nanoseconds.rem_euclid(86_400_000_000_000), cell);
}

fn date_text(nanoseconds: i128, cell: &mut String) {
    match Timestamp::from_nanosecond(nanoseconds) {
        Ok(moment) => put(cell, format_args!("{}", Offset::UTC.to_datetime(moment).date())),
        // A year that no calendar has: shown as it is, and rejected as a date later.
        Err(_) => put(cell, format_args!("{nanoseconds}")),
    }
}

fn time_text(nanoseconds: i128, cell: &mut String) {
    let seconds = nanoseconds.div_euclid(1_000_000_000);
    put(cell, format_args!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60));
    let fraction = nanoseconds.rem_euclid(1_000_000_000);
    if fraction > 0 {
        let digits = format!("{fraction:09}");
        put(cell, format_args!(".{}", digits.trim_end_matches('0')));
    }
}
