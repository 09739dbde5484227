//! Cells of a sheet, one after another, gathered into rows.

use calamine::{Data, Range};

use super::super::error::SourceError;
use super::super::file::Origin;
use super::super::rows::{BadRow, RowBlock};
use super::cells::{CellText, owned_text};

/// What one sheet may hold in memory. A million rows of thirty cells take about half of it.
pub const SHEET_BYTES_MAX: usize = 1 << 30;
/// Blank cells before a filled one that a sheet may have for each filled cell: a sheet that is
/// nearly all gaps is made to hurt.
pub const SHEET_BLANKS_PER_CELL_MAX: u64 = 32;
/// So many blank cells are always allowed.
const SHEET_BLANKS_FREE: u64 = 1_000_000;
/// Bytes in one block of rows.
const BLOCK_BYTES: usize = 4 << 20;
/// Rows in the first block, so that header and sample can be found in it.
const FIRST_BLOCK_ROWS: usize = 1_100;
/// Shown of a row that cannot be read.
const RAW_CHARACTERS_MAX: usize = 1_000;

/// A sheet's rows, blank ones left out; the first block is never missing.
pub(super) struct Sheet {
    pub blocks: Vec<RowBlock>,
    /// Cells of the widest row.
    pub width: usize,
}

impl Sheet {
    pub(super) fn is_empty(&self) -> bool {
        self.blocks.iter().all(|block| block.is_empty() && block.bad.is_empty())
    }
}

/// Takes cells in the order in which they stand in the file.
pub(super) struct SheetBuilder<'a> {
    name: &'a str,
    origin: &'a Origin,
    sheet: Sheet,
    block: RowBlock,
    held_bytes: usize,
    row: u32,
    cells: Vec<String>,
    wrong: Option<String>,
    filled: u64,
    blanks: u64,
}

impl<'a> SheetBuilder<'a> {
    pub(super) fn new(name: &'a str, origin: &'a Origin) -> SheetBuilder<'a> {
        SheetBuilder {
            name,
            origin,
            sheet: Sheet { blocks: Vec::new(), width: 0 },
            block: RowBlock::default(),
            held_bytes: 0,
            row: 0,
            cells: Vec::new(),
            wrong: None,
            filled: 0,
            blanks: 0,
        }
    }

    /// Adds a cell; row and column from 0.
    pub(super) fn cell(&mut self, row: u32, column: u32, text: CellText) -> Result<(), SourceError> {
        if row < self.row {
            let reason = format!("rows of its sheet `{}` are out of order", self.name);
            return Err(self.origin.damaged(reason));
        }
        if row > self.row {
            self.close_row()?;
            self.row = row;
        }
        let text = match text {
            CellText::Text(text) if text.trim().is_empty() => return Ok(()),
            CellText::Text(text) => text,
            CellText::Wrong(why) => {
                let place = format!("{}{}", column_letters(column), u64::from(row) + 1);
                self.wrong.get_or_insert_with(|| format!("`{}!{place}` holds {why}", self.name));
                "?".to_owned()
            }
        };
        self.filled += 1;
        let column = column as usize;
        self.blanks += (column + 1).saturating_sub(self.cells.len() + 1) as u64;
        if self.blanks > SHEET_BLANKS_FREE + self.filled * SHEET_BLANKS_PER_CELL_MAX {
            let reason = format!("nearly all of its sheet `{}` is gaps", self.name);
            return Err(self.origin.too_large(reason));
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        self.cells[column] = text;
        Ok(())
    }

    /// Adds the cells of a sheet that was read whole.
    pub(super) fn range(&mut self, range: &Range<Data>) -> Result<(), SourceError> {
        let Some((first_row, first_column)) = range.start() else { return Ok(()) };
        for (row, column, value) in range.used_cells() {
            self.cell(first_row + row as u32, first_column + column as u32, owned_text(value))?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> Sheet {
        // Limits were checked before; the last row cannot pass them by much.
        self.push_row();
        self.close_block();
        if self.sheet.blocks.is_empty() {
            self.sheet.blocks.push(RowBlock::default());
        }
        self.sheet
    }

    fn close_row(&mut self) -> Result<(), SourceError> {
        self.push_row();
        let bytes = self.block.held_bytes();
        if self.held_bytes + bytes > SHEET_BYTES_MAX {
            let reason = format!("its sheet `{}` is larger than {} MiB", self.name, SHEET_BYTES_MAX >> 20);
            return Err(self.origin.too_large(reason));
        }
        let enough = !self.sheet.blocks.is_empty() || self.block.len() >= FIRST_BLOCK_ROWS;
        if bytes >= BLOCK_BYTES && enough {
            self.held_bytes += bytes;
            self.close_block();
        }
        Ok(())
    }

    fn push_row(&mut self) {
        let line = u64::from(self.row) + 1;
        if let Some(reason) = self.wrong.take() {
            let raw = self.cells.join(";").chars().take(RAW_CHARACTERS_MAX).collect();
            self.block.bad.push(BadRow { line, byte: 0, code: "E_CELL", reason, raw, lone: false });
        } else if !self.cells.is_empty() {
            self.block.push_row(line, 0);
            self.cells.iter().for_each(|cell| self.block.push_cell(cell));
            self.sheet.width = self.sheet.width.max(self.cells.len());
        }
        self.cells.clear();
    }

    fn close_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        if !block.is_empty() || !block.bad.is_empty() {
            self.sheet.blocks.push(block);
        }
    }
}

/// The letters of a column, from 0: A, B … Z, AA.
fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}
