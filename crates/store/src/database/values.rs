//! Values that go into statements and come out of rows, the same for both databases.

use crate::error::{Error, Result};
use sqlx::Row as _;

/// A parameter of a statement.
pub(crate) enum Value<'a> {
    Text(Option<&'a str>),
    Integer(Option<i64>),
    /// An array: `TEXT[]` on PostgreSQL, a JSON array on SQLite.
    Texts(&'a [&'a str]),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(Some(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Value::Text(Some(text))
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        Value::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(integer: i64) -> Self {
        Value::Integer(Some(integer))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(integer: Option<i64>) -> Self {
        Value::Integer(integer)
    }
}

impl<'a> From<&'a [&'a str]> for Value<'a> {
    fn from(texts: &'a [&'a str]) -> Self {
        Value::Texts(texts)
    }
}

/// A row of an answer; columns are counted from 0.
#[derive(Debug)]
pub(crate) enum Row {
    Sqlite(sqlx::sqlite::SqliteRow),
    Postgres(sqlx::postgres::PgRow),
}

impl Row {
    pub(crate) fn text(&self, column: usize) -> Result<String> {
        self.optional_text(column)?.ok_or_else(|| missing(column))
    }

    pub(crate) fn optional_text(&self, column: usize) -> Result<Option<String>> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
        .map_err(|error| Error::from_sqlx(&error))
    }

    pub(crate) fn integer(&self, column: usize) -> Result<i64> {
        self.optional_integer(column)?.ok_or_else(|| missing(column))
    }

    pub(crate) fn optional_integer(&self, column: usize) -> Result<Option<i64>> {
        match self {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        }
        .map_err(|error| Error::from_sqlx(&error))
    }

    /// A column of JSON text.
    pub(crate) fn json<T: serde::de::DeserializeOwned>(&self, column: usize) -> Result<T> {
        let text = self.text(column)?;
        serde_json::from_str(&text).map_err(|error| Error::Corrupt {
            cause: format!("column {column} of a row does not read as what was written: {error}"),
        })
    }
}

fn missing(column: usize) -> Error {
    Error::Corrupt { cause: format!("column {column} of a row has no value") }
}

/// JSON text of a value of ours.
pub(crate) fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Invalid { cause: error.to_string() })
}
