//! Workbooks of spreadsheet programs: XLSX, XLSB, XLS, ODS.

mod cells;
mod compound;
mod repeats;
mod records;
mod bombs;
mod sheet;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::BufReader;

use calamine::{Ods, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx, open_workbook_from_rs};

pub use bombs::{ENTRIES_MAX, UNPACKED_BYTES_MAX};
pub use repeats::WHOLE_CELLS_MAX;
pub use sheet::{SHEET_BLANKS_PER_CELL_MAX, SHEET_BYTES_MAX};

use super::error::SourceError;
use super::file::Origin;
use super::guard::guarded;
use super::header::{self, Candidate, Header};
use super::options::{Detected, OpenOptions};
use super::rows::RowBlock;
use sheet::{Sheet, SheetBuilder};

/// Rows of the sample, and the least in the first block so that it can be taken from there.
const SAMPLE_ROWS: usize = 1_000;

/// A sheet, read whole: sheets have at most a million rows.
pub(super) struct Opened {
    pub header: Vec<String>,
    pub sample: RowBlock,
    pub blocks: Vec<RowBlock>,
}

type Source = BufReader<File>;

enum Workbook {
    Xlsx(Box<Xlsx<Source>>),
    Xlsb(Box<Xlsb<Source>>),
    Xls(Box<Xls<Source>>),
    Ods(Box<Ods<Source>>),
}

/// Opens a workbook and reads one of its sheets.
pub(super) fn open(
    origin: &Origin,
    start: &[u8],
    options: &OpenOptions,
    detected: &mut Detected,
) -> Result<Opened, SourceError> {
    let kind = bombs::check(origin, start)?;
    let source = || -> Result<Source, SourceError> {
        Ok(BufReader::new(File::open(origin.path()).map_err(|cause| origin.unreadable(cause))?))
    };
    let broken = |cause: &dyn std::fmt::Display| origin.damaged(format!("it is no workbook ({cause})"));
    let mut workbook = guarded(origin, "workbook", || {
        Ok(match kind {
            bombs::Kind::Xlsx => {
                Workbook::Xlsx(Box::new(open_workbook_from_rs(source()?).map_err(|cause| broken(&cause))?))
            }
            bombs::Kind::Xlsb => {
                Workbook::Xlsb(Box::new(open_workbook_from_rs(source()?).map_err(|cause| broken(&cause))?))
            }
            bombs::Kind::Xls => {
                Workbook::Xls(Box::new(open_workbook_from_rs(source()?).map_err(|cause| broken(&cause))?))
            }
            bombs::Kind::Ods => {
                Workbook::Ods(Box::new(open_workbook_from_rs(source()?).map_err(|cause| broken(&cause))?))
            }
        })
    })?;
    let (name, sheet) = guarded(origin, "workbook", || choose(&mut workbook, origin, options, detected))?;
    detected.sheet = Some(name);
    table(sheet, origin, options, detected)
}

/// Reads the sheet that was asked for, or the first visible one that holds anything.
fn choose(
    workbook: &mut Workbook,
    origin: &Origin,
    options: &OpenOptions,
    detected: &mut Detected,
) -> Result<(String, Sheet), SourceError> {
    let sheets = match workbook {
        Workbook::Xlsx(book) => book.sheets_metadata(),
        Workbook::Xlsb(book) => book.sheets_metadata(),
        Workbook::Xls(book) => book.sheets_metadata(),
        Workbook::Ods(book) => book.sheets_metadata(),
    };
    let of_cells: Vec<_> = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    let visible: Vec<String> = of_cells
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let hidden = of_cells.len() - visible.len();
    if hidden > 0 {
        detected.warnings.push(format!("{hidden} hidden sheets were passed over"));
    }
    let wished = match &options.sheet {
        None => visible.clone(),
        Some(wished) => {
            let found = of_cells.iter().find(|sheet| sheet.name.trim() == wished.trim());
            let Some(found) = found else {
                let names = visible.join("`, `");
                return Err(origin.option(format!("it has no sheet `{wished}`; it has `{names}`")));
            };
            vec![found.name.clone()]
        }
    };
    for name in wished {
        let sheet = workbook.read(&name, origin)?;
        if !sheet.is_empty() {
            detected.other_sheets = visible.into_iter().filter(|other| *other != name).collect();
            return Ok((name, sheet));
        }
    }
    Err(origin.empty())
}

impl Workbook {
    fn read(&mut self, name: &str, origin: &Origin) -> Result<Sheet, SourceError> {
        let broken =
            |cause: &dyn std::fmt::Display| origin.damaged(format!("its sheet `{name}` is broken ({cause})"));
        let mut builder = SheetBuilder::new(name, origin);
        match self {
            Workbook::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(name).map_err(|cause| broken(&cause))?;
                while let Some(cell) =
                    cells.next_cell_with_formula_metadata().map_err(|cause| broken(&cause))?
                {
                    let (row, column) = cell.pos;
                    builder.cell(row, column, cells::text(&cell.value, cell.formula.is_some()))?;
                }
            }
            Workbook::Xlsb(book) => {
                let mut cells = book.worksheet_cells_reader(name).map_err(|cause| broken(&cause))?;
                while let Some(cell) = cells.next_cell().map_err(|cause| broken(&cause))? {
                    let (row, column) = cell.get_position();
                    builder.cell(row, column, cells::text(cell.get_value(), false))?;
                }
            }
            Workbook::Xls(book) => {
                let range = book.worksheet_range(name).map_err(|cause| broken(&cause))?;
                builder.range(&range)?;
            }
            Workbook::Ods(book) => {
                let range = book.worksheet_range(name).map_err(|cause| broken(&cause))?;
                builder.range(&range)?;
            }
        }
        Ok(builder.finish())
    }
}

/// Finds the header of a sheet and drops what stands above the data.
fn table(
    mut sheet: Sheet,
    origin: &Origin,
    options: &OpenOptions,
    detected: &mut Detected,
) -> Result<Opened, SourceError> {
    let first = &sheet.blocks[0];
    let rows: Vec<_> = first.iter().take(SAMPLE_ROWS).collect();
    let found = match options.header_row {
        Some(0) => Header::Missing(0),
        Some(line) => match rows.iter().position(|row| row.line() >= line) {
            Some(index) => Header::At(index),
            None => return Err(origin.option(format!("`header_row` {line} lies below the first rows"))),
        },
        None => {
            let candidates: Vec<_> =
                rows.iter().map(|row| Candidate { cells: row.cells().collect() }).collect();
            header::find(&candidates)
        }
    };
    let (header, data_line) = match found {
        Header::At(index) => {
            let row = rows[index];
            detected.header_row = Some(row.line());
            let mut names: Vec<String> = row.cells().map(header::clean_name).collect();
            names.resize(names.len().max(sheet.width), String::new());
            (names, row.line() + 1)
        }
        Header::Missing(index) => {
            detected.warnings.push("no header row was found; columns are numbered".to_owned());
            (header::numbered(sheet.width), rows.get(index).map_or(1, |row| row.line()))
        }
    };
    sheet.blocks[0] = first.since_line(data_line);
    let sample = sheet.blocks[0].first(SAMPLE_ROWS);
    Ok(Opened { header, sample, blocks: sheet.blocks })
}
