//! Files as people have them, read into rows of text cells that nobody has interpreted yet.
//!
//! Whatever the format, a file becomes [`RowBlock`]s: cells as UTF-8 text, each row with the line
//! and byte where it began, so that anything wrong can be pointed at.
//!
//! [`open`] tells what a file is; [`Table::next_block`] reads on, in order, on one thread;
//! [`RawBlock::rows`] splits what was read, on any thread.

pub mod rows;

mod compression;
mod delimited;
mod encoding;
mod error;
mod file;
mod header;
mod notes;
mod options;
mod table;

pub use compression::{RATIO_FREE_BYTES, RATIO_MAX};
pub use delimited::{FIELD_BYTES_MAX, QUOTED_RECORD_BYTES_MAX, QUOTED_RECORD_LINES_MAX, RECORD_BYTES_MAX};
pub use error::SourceError;
pub use file::InputFile;
pub use options::{BLOCK_BYTES, Detected, Format, OpenOptions};
pub use rows::{BadRow, Row, RowBlock};
pub use table::{RawBlock, Table, open};
