//! Blocks of rows with text cells: the one form that every format is read into.

use std::collections::BTreeMap;
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

/// Where a row's cells lie among a block's cells, and where the row came from.
#[derive(Clone, Debug)]
pub(super) struct RowPlace {
    pub(super) cells: Range<u32>,
    pub(super) line: u64,
    pub(super) byte: u64,
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
    /// Whether the row is a single cell where the table has more: mostly a line below it.
    pub lone: bool,
}

impl RowBlock {
    /// A block whose cells are pieces of one text. Ranges must lie on character borders of `text`.
    pub(super) fn from_text(
        text: String,
        cells: Vec<Range<u32>>,
        rows: Vec<RowPlace>,
        bad: Vec<BadRow>,
    ) -> RowBlock {
        RowBlock { text, cells, rows, bad }
    }

    /// A block of nothing but one bad row.
    pub(super) fn of_bad(bad: BadRow) -> RowBlock {
        RowBlock { bad: vec![bad], ..RowBlock::default() }
    }

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

    /// Adds rows that share what is said of all of them: its text is kept once. The rows are told
    /// apart by their bytes, which count on from the first.
    pub(super) fn push_shared(
        &mut self,
        width: usize,
        shared: &BTreeMap<usize, String>,
        rows: &[BTreeMap<usize, String>],
        (line, byte): (u64, u64),
    ) {
        let mut places = |cells: &BTreeMap<usize, String>| -> BTreeMap<usize, Range<u32>> {
            let mut place = |text: &String| {
                let start = self.text.len() as u32;
                self.text.push_str(text);
                start..self.text.len() as u32
            };
            cells.iter().map(|(column, text)| (*column, place(text))).collect()
        };
        let shared = places(shared);
        let rows: Vec<_> = rows.iter().map(places).collect();
        for (own, byte) in rows.into_iter().zip(byte..) {
            self.push_row(line, byte);
            for column in 0..width {
                let place = own.get(&column).or(shared.get(&column));
                self.cells.push(place.cloned().unwrap_or(0..0));
            }
            if let Some(row) = self.rows.last_mut() {
                row.cells.end += width as u32;
            }
        }
    }

    /// Bytes of text and of places that the block holds, for whoever limits memory.
    pub(super) fn held_bytes(&self) -> usize {
        self.text.len() + self.cells.len() * size_of::<Range<u32>>() + self.rows.len() * size_of::<RowPlace>()
    }

    /// The first rows of the block, as a block of its own.
    pub(super) fn first(&self, rows: usize) -> RowBlock {
        let mut block = RowBlock::default();
        for row in self.iter().take(rows) {
            block.push_row(row.line(), row.byte());
            row.cells().for_each(|cell| block.push_cell(cell));
        }
        let end = self.rows.get(rows).map_or(u64::MAX, |row| row.line);
        block.bad = self.bad.iter().filter(|bad| bad.line < end).cloned().collect();
        block
    }

    /// The rows from a line of the file on, as a block of its own.
    pub(super) fn since_line(&self, line: u64) -> RowBlock {
        let start = self.rows.partition_point(|row| row.line < line);
        let bad = self.bad.iter().filter(|bad| bad.line >= line).cloned().collect();
        RowBlock { rows: self.rows[start..].to_vec(), bad, ..self.clone() }
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
