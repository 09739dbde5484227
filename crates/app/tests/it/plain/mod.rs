//! The methods once more, from their words: files are read by a few plain lines, every customer is
//! held against every other. Nothing of the program's code is used, so both must agree by being right.
//!
//! Money and quantities are whole ten-thousandths, days are counted from 1970-01-01.

pub mod read;
pub mod customer;
pub mod method;
