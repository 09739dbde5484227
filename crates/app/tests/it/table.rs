//! A table of text cells, read from CSV without any of the program's code.

use std::collections::BTreeMap;

/// A header and rows of cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads CSV with commas, quotes doubled inside quoted cells.
    pub fn of_csv(text: &str) -> Table {
        let mut rows = Vec::new();
        let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if quoted && letters.peek() == Some(&'"') => {
                    letters.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !quoted => {}
                '\n' if !quoted => {
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                other => cell.push(other),
            }
        }
        if !cell.is_empty() || !row.is_empty() {
            row.push(cell);
            rows.push(row);
        }
        let header: Vec<String> = rows.remove(0);
        for row in &rows {
            assert_eq!(row.len(), header.len(), "a row that does not fit the header: {row:?}");
        }
        Table { header, rows }
    }

    /// Where a column stands.
    pub fn column(&self, name: &str) -> usize {
        let found = self.header.iter().position(|header| header == name);
        found.unwrap_or_else(|| panic!("there is no column `{name}` in {:?}", self.header))
    }

    /// The rows by the cell of their first column; no two may share it.
    pub fn by_first(&self) -> BTreeMap<&str, &[String]> {
        let rows: BTreeMap<&str, &[String]> =
            self.rows.iter().map(|row| (row[0].as_str(), row.as_slice())).collect();
        assert_eq!(rows.len(), self.rows.len(), "two rows have the same id");
        rows
    }

    /// How many rows have each value of a column.
    pub fn counts(&self, column: &str) -> BTreeMap<&str, u64> {
        let at = self.column(column);
        let mut counts = BTreeMap::new();
        for row in &self.rows {
            *counts.entry(row[at].as_str()).or_default() += 1;
        }
        counts
    }
}
