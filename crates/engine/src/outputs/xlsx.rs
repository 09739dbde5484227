//! XLSX: one sheet with a bold header that stays in view and filters.
//!
//! Text is always a text cell; nothing in the file is a formula. Excel keeps 15 digits of a
//! number, so an exact value with more of them is written as text.

use super::cells::{Cell, Column};
use super::{Failure, Sink, TableWriter};
use arrow_array::RecordBatch;
use arrow_schema::Schema;
use model::calendar::Day;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

/// Rows of a sheet, the header included; Excel's own limit.
const ROWS_MAX: u32 = 1_048_576;
/// Columns of a sheet; Excel's own limit.
const COLUMNS_MAX: usize = 16_384;
/// Characters of a cell, counted in UTF-16 as Excel does; its own limit.
const CELL_CHARACTERS_MAX: usize = 32_767;
/// Digits that Excel keeps of a number.
const EXACT_MAX: u64 = 999_999_999_999_999;
/// Widest a column is made, in characters.
const WIDTH_MAX: usize = 60;
/// Room for the button of the filter, in characters.
const BUTTON_WIDTH: usize = 4;
/// Days from Excel's day 0 to 1970-01-01. Excel believes in a 1900-02-29, so the number is right
/// from [`FIRST_DAY`] on.
pub(super) const SERIAL_OF_1970: i32 = 25_569;
/// 1900-03-01.
pub(super) const FIRST_DAY: Day = Day(-25_508);
/// 9999-12-31, Excel's last day.
pub(super) const LAST_DAY: Day = Day(2_932_896);

/// How the panic of the writer begins when its temporary file cannot be written.
const WRITE_PANIC: &str = "Couldn't write to xml file";

struct XlsxTable<'w> {
    sink: Sink<'w>,
    workbook: Workbook,
    formats: Formats,
    /// Widest text of each column so far, in characters.
    widths: Vec<usize>,
    /// Rows written, the header included.
    rows: u32,
}

struct Formats {
    count: Format,
    exact: Format,
    day: Format,
}

/// An XLSX table with its header written. Rows wait in a temporary file, in `folder` or where the
/// system keeps such files, until the sheet can be packed.
pub(super) fn table<'w>(
    sink: Sink<'w>,
    schema: &Schema,
    folder: Option<&Path>,
) -> Result<Box<dyn TableWriter + 'w>, Failure> {
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    if names.len() > COLUMNS_MAX {
        return Err(Failure::TooLarge(format!(
            "an XLSX sheet has at most {COLUMNS_MAX} columns, the table has {}; write .csv or .parquet",
            names.len()
        )));
    }
    let mut workbook = Workbook::new();
    workbook.set_properties(&created()?);
    if let Some(folder) = folder {
        workbook.set_tempdir(folder)?;
    }
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    let bold = Format::new().set_bold();
    for (place, name) in names.iter().enumerate() {
        write_text(sheet, 0, place as u16, name, Some(&bold))?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let formats = Formats {
        count: Format::new().set_num_format("#,##0"),
        exact: Format::new().set_num_format("#,##0.00##"),
        day: Format::new().set_num_format("yyyy-mm-dd"),
    };
    let widths = names.iter().map(|name| name.chars().count() + BUTTON_WIDTH).collect();
    Ok(Box::new(XlsxTable { sink, workbook, formats, widths, rows: 1 }))
}

impl TableWriter for XlsxTable<'_> {
    fn write(&mut self, batch: &RecordBatch, _threads: usize) -> Result<(), Failure> {
        unwound(|| self.add(batch))
    }

    fn finish(mut self: Box<Self>) -> Result<(), Failure> {
        unwound(|| self.pack())
    }
}

impl XlsxTable<'_> {
    fn add(&mut self, batch: &RecordBatch) -> Result<(), Failure> {
        if batch.num_rows() as u64 + u64::from(self.rows) > u64::from(ROWS_MAX) {
            return Err(Failure::TooLarge(format!(
                "an XLSX sheet has room for {} rows below its header and the table has more; \
                 write .csv or .parquet",
                ROWS_MAX - 1
            )));
        }
        let sheet = self.workbook.worksheet_from_index(0)?;
        let mut spelled = String::new();
        let columns = Column::all(batch);
        for row in 0..batch.num_rows() {
            for (place, column) in columns.iter().enumerate() {
                let cell = column.cell(row);
                spelled.clear();
                cell.spell(&mut spelled);
                let width = spelled.chars().take(WIDTH_MAX).count() + 1;
                self.widths[place] = self.widths[place].max(width);
                write_cell(sheet, self.rows + row as u32, place as u16, cell, &spelled, &self.formats)?;
            }
        }
        self.rows += batch.num_rows() as u32;
        Ok(())
    }

    fn pack(&mut self) -> Result<(), Failure> {
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (place, width) in self.widths.iter().enumerate() {
            sheet.set_column_width(place as u16, (*width).min(WIDTH_MAX) as f64)?;
        }
        sheet.autofilter(0, 0, self.rows - 1, self.widths.len() as u16 - 1)?;
        self.workbook.save_to_writer(&mut self.sink)?;
        Ok(self.sink.flush()?)
    }
}

/// The writer panics where its temporary file cannot be written, which is a full disk and no fault
/// of the program: that one panic is made an error. What it leaves half done is never used again.
fn unwound(work: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| match panic.downcast_ref::<String>() {
        Some(says) if says.starts_with(WRITE_PANIC) => {
            let full = says.contains("StorageFull");
            let kind = if full { io::ErrorKind::StorageFull } else { io::ErrorKind::Other };
            let reason = "the rows of the sheet do not go into a temporary file";
            Err(Failure::Io(io::Error::new(kind, reason)))
        }
        _ => resume_unwind(panic),
    })
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    place: u16,
    cell: Cell<'_>,
    spelled: &str,
    formats: &Formats,
) -> Result<(), Failure> {
    match cell {
        Cell::Missing => {}
        Cell::Count(count) if count.unsigned_abs() <= EXACT_MAX => {
            sheet.write_number_with_format(row, place, count as f64, &formats.count)?;
        }
        Cell::Exact(money) if money.0.unsigned_abs() <= EXACT_MAX => {
            sheet.write_number_with_format(row, place, money.to_f64(), &formats.exact)?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, place, number)?;
        }
        Cell::Day(day) if (FIRST_DAY..=LAST_DAY).contains(&day) => {
            sheet.write_number_with_format(row, place, f64::from(day.0 + SERIAL_OF_1970), &formats.day)?;
        }
        Cell::Truth(truth) => {
            sheet.write_boolean(row, place, truth)?;
        }
        Cell::Text(_) | Cell::Count(_) | Cell::Exact(_) | Cell::Day(_) => {
            write_text(sheet, row, place, spelled, None)?;
        }
    }
    Ok(())
}

/// The writer would put in the time of day; the same table must be the same file.
pub(super) fn created() -> Result<DocProperties, Failure> {
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_creation_datetime(&created))
}

pub(super) fn write_text(
    sheet: &mut Worksheet,
    row: u32,
    place: u16,
    text: &str,
    format: Option<&Format>,
) -> Result<(), Failure> {
    // Only text that is long in bytes can be long in characters.
    if text.len() > CELL_CHARACTERS_MAX && text.encode_utf16().count() > CELL_CHARACTERS_MAX {
        return Err(Failure::TooLarge(format!(
            "an XLSX cell holds at most {CELL_CHARACTERS_MAX} characters and row {} has a longer one; \
             write .csv or .parquet",
            row + 1
        )));
    }
    match format {
        Some(format) => sheet.write_string_with_format(row, place, text, format)?,
        None => sheet.write_string(row, place, text)?,
    };
    Ok(())
}

impl From<XlsxError> for Failure {
    fn from(error: XlsxError) -> Failure {
        match error {
            XlsxError::IoError(io) => Failure::Io(io),
            other => Failure::of(&other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::panic_any;

    #[test]
    fn only_the_panic_of_a_full_disk_is_an_error() {
        let says = format!("{WRITE_PANIC}: Os {{ code: 28, kind: StorageFull }}");
        let failure = unwound(|| panic_any(says)).expect_err("a full disk");
        assert!(matches!(failure, Failure::Io(error) if error.kind() == io::ErrorKind::StorageFull));
        assert!(catch_unwind(|| unwound(|| panic_any("a mistake".to_owned()))).is_err());
        assert!(unwound(|| Ok(())).is_ok());
    }
}
