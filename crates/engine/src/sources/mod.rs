//! Files as people have them, read into rows of text cells that nobody has interpreted yet.
//!
//! Whatever the format, a file becomes [`RowBlock`]s: cells as UTF-8 text, each row with the line
//! and byte where it began, so that anything wrong can be pointed at.

pub mod rows;

pub use rows::{BadRow, Row, RowBlock};
