//! Files as people have them, read into rows of text cells that nobody has interpreted yet.
//!
//! Whatever the format, a file becomes [`RowBlock`]s: cells as UTF-8 text, each row with the line
//! and byte where it began, so that anything wrong can be pointed at.
//!
//! [`open`] tells what a file is; [`Table::next_block`] reads on, in order, on one thread;
//! [`RawBlock::rows`] splits what was read, on any thread.

pub mod rows;
mod encoding;
mod error;
mod file;
mod compression;
mod guard;
mod header;
mod notes;
mod options;
mod blocks;
mod delimited;
mod records;
mod json;
mod parquet;
#[cfg(test)]
mod testing;
mod workbook;
mod xml;
mod table;

#[cfg(test)]
mod tests;

pub use blocks::RECORD_BYTES_MAX;
pub use compression::{RATIO_FREE_BYTES, RATIO_MAX};
pub use delimited::{FIELD_BYTES_MAX, QUOTED_RECORD_BYTES_MAX, QUOTED_RECORD_LINES_MAX};
pub use error::SourceError;
pub use file::InputFile;
pub use json::{KEYS_MAX, OBJECT_DEPTH_MAX};
pub use options::{BLOCK_BYTES, Detected, Format, OpenOptions};
pub use records::{DOCUMENT_COLUMNS_MAX, RECORD_ROWS_MAX};
pub use rows::{BadRow, Row, RowBlock};
pub use table::{RawBlock, Table, open};
pub use workbook::{
    ENTRIES_MAX, SHEET_BLANKS_PER_CELL_MAX, SHEET_BYTES_MAX, UNPACKED_BYTES_MAX, WHOLE_CELLS_MAX,
};
pub use xml::{ELEMENT_DEPTH_MAX, RECORD_ELEMENTS_MAX};
