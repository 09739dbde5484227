//! Blocks of rows with text cells: the one form that every format is read into.

use std::ops::Range;

/// Some consecutive rows of a table, their cells as UTF-8 text.
#[derive(Clone, Debug, Default)]
pub struct RowBlock {
    /// The cells' text, one after another (gaps allowed).
    text: String,
    /// Where each cell lies in `text`.
    cells: Vec<Range<u32>>,
    /// Where each row's cells lie in `cells`, and where the row came from.
    rows: Vec<RowPlace>,
    /// Rows that could not be read as cells at all.
    pub bad: Vec<BadRow>,
}

#[derive(Clone, Debug)]
struct RowPlace {
    cells: Range<u32>,
    line: u64,
    byte: u64,
}

/// One row, borrowed from its block.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    block: &'a RowBlock,
    place: &'a RowPlace,
}

/// A row that could not be split into cells: wrong bytes, too long, an open quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Line where it began, from 1. For workbooks the row number of the sheet.
    pub line: u64,
    /// Byte where it began in the decompressed file, from 0; 0 where the format has none.
    pub byte: u64,
    /// Reason code, such as `E_ENCODING`.
    pub code: &'static str,
    /// What is wrong, for people.
    pub reason: String,
    /// The row as it stands in the file, shortened.
    pub raw: String,
}

impl RowBlock {
    /// Opens a row; cells are then added with [`RowBlock::push_cell`].
    pub fn push_row(&mut self, line: u64, byte: u64) {
        let at = self.cells.len() as u32;
        self.rows.push(RowPlace { cells: at..at, line, byte });
    }

    /// Adds a cell to the newest row.
    pub fn push_cell(&mut self, text: &str) {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        self.cells.push(start..self.text.len() as u32);
        if let Some(row) = self.rows.last_mut() {
            row.cells.end += 1;
        }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn row(&self, index: usize) -> Row<'_> {
        Row { block: self, place: &self.rows[index] }
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.rows.iter().map(|place| Row { block: self, place })
    }
}

impl<'a> Row<'a> {
    /// Line where the row began, from 1.
    pub fn line(self) -> u64 {
        self.place.line
    }

    /// Byte where the row began in the decompressed file.
    pub fn byte(self) -> u64 {
        self.place.byte
    }

    /// How many cells the row has.
    pub fn len(self) -> usize {
        self.place.cells.len()
    }

    pub fn is_empty(self) -> bool {
        self.place.cells.is_empty()
    }

    /// The text of a cell; empty where the row is shorter.
    pub fn cell(self, index: usize) -> &'a str {
        if index >= self.len() {
            return "";
        }
        let place = &self.block.cells[self.place.cells.start as usize + index];
        &self.block.text[place.start as usize..place.end as usize]
    }

    pub fn cells(self) -> impl ExactSizeIterator<Item = &'a str> {
        (0..self.len()).map(move |index| self.cell(index))
    }
}
