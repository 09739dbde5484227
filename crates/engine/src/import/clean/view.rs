//! A row with what other rows of the file add to it.

use super::headings::Carried;
use crate::import::cells::{self, text::trimmed};
use crate::sources::Row;

/// A row as it is to be understood: empty cells may take their value from other rows.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub row: Row<'a>,
    pub above: Above<'a>,
}

/// Where empty cells take their value from.
#[derive(Clone, Copy)]
pub(super) enum Above<'a> {
    Nothing,
    /// From the first row of the order, in the columns that belong to the order.
    First(Row<'a>, &'a [bool]),
    Carried(&'a Carried),
}

impl<'a> View<'a> {
    pub(super) fn plain(row: Row<'a>) -> View<'a> {
        View { row, above: Above::Nothing }
    }

    /// The text of a cell, its value from above where it is empty.
    #[inline]
    pub(super) fn cell(&self, index: usize) -> &'a str {
        let own = self.row.cell(index);
        match self.above {
            Above::Nothing => own,
            Above::First(first, of_order) => {
                if own.trim().is_empty() && of_order.get(index) == Some(&true) {
                    first.cell(index)
                } else {
                    own
                }
            }
            Above::Carried(carried) => {
                if own.trim().is_empty() {
                    carried.value(index).unwrap_or(own)
                } else {
                    own
                }
            }
        }
    }

    /// The text of an attribute, without the apostrophe by which spreadsheets keep digits as they are.
    pub(super) fn attribute(&self, column: usize) -> Option<&'a str> {
        let text = self.text(Some(column))?;
        let digits = text.strip_prefix('\'').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        Some(digits.unwrap_or(text))
    }

    /// The trimmed text of a column's cell; `None` without the column or where it says nothing.
    #[inline]
    pub(super) fn text(&self, column: Option<usize>) -> Option<&'a str> {
        let cell = trimmed(self.cell(column?));
        if cells::is_null(cell) { None } else { Some(cell) }
    }
}
