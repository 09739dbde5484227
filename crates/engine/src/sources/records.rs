//! Documents: records with lists in them, flattened to rows.
//!
//! An order with its goods becomes a row per line of goods, in which everything the order itself
//! says is repeated. What a row says is known by its path in the document.

use std::collections::{BTreeMap, HashMap};

use super::rows::RowBlock;

/// Columns that a document may give.
pub const DOCUMENT_COLUMNS_MAX: usize = 1_000;
/// Rows that one record may give; more than any real order has lines.
pub const RECORD_ROWS_MAX: usize = 10_000;
/// Cells that one record may give for each of its bytes: real ones give less than one.
const CELLS_PER_BYTE_MAX: usize = 8;
/// Cells that any record may give.
const CELLS_FREE: usize = 1 << 16;
/// Bytes of values that are joined in one cell.
const JOINED_BYTES_MAX: usize = 4 << 10;

/// The columns of a document, by their paths.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Columns {
    /// Adds a column that is new, while there is room.
    pub(super) fn grow(&mut self, name: &str) -> Option<usize> {
        if let Some(&place) = self.places.get(name) {
            return Some(place);
        }
        if self.names.len() >= DOCUMENT_COLUMNS_MAX {
            return None;
        }
        let place = self.names.len();
        self.places.insert(name.to_owned(), place);
        self.names.push(name.to_owned());
        Some(place)
    }

    pub(super) fn get(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }
}

/// Which column a path is; `None`: it is left out.
pub(super) type Place<'p> = dyn FnMut(&str) -> Option<usize> + 'p;

/// What is said of one thing, by column.
pub(super) type Cells = BTreeMap<usize, String>;

/// One record of a document.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// What it says itself.
    pub own: Cells,
    /// What its lines say.
    pub lines: Vec<Cells>,
}

/// What happens where a cell is said again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// The first word counts.
    First,
    /// Values stand one after another: phones of a customer.
    Joined,
}

/// Says something of a thing, unless it is empty.
pub(super) fn say(cells: &mut Cells, column: usize, value: &str, again: Again) {
    if value.is_empty() {
        return;
    }
    let said = cells.entry(column).or_default();
    if said.is_empty() {
        said.push_str(value);
    } else if again == Again::Joined && said.len() + value.len() < JOINED_BYTES_MAX {
        said.push_str(", ");
        said.push_str(value);
    }
}

/// Why a record gives no rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

impl Record {
    /// Adds the record's rows to a block. `bytes` is its length in the file.
    pub(super) fn rows(
        &self,
        block: &mut RowBlock,
        width: usize,
        (line, byte): (u64, u64),
        bytes: usize,
    ) -> Result<(), TooLarge> {
        let rows = self.lines.len().max(1);
        let cells = rows.saturating_mul(width);
        if rows > RECORD_ROWS_MAX || cells > CELLS_FREE.saturating_add(bytes * CELLS_PER_BYTE_MAX) {
            return Err(TooLarge);
        }
        if self.lines.is_empty() {
            block.push_shared(width, &self.own, std::slice::from_ref(&Cells::new()), (line, byte));
        } else {
            block.push_shared(width, &self.own, &self.lines, (line, byte));
        }
        Ok(())
    }
}
