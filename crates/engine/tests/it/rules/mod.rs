//! Rules through a base: the right fields and days of facts reach the language.

mod plain;
mod random;
mod meaning;
