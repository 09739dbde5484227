//! Rows of an SQLite file, opened for reading only. Every value has a type of its own there,
//! whatever its column says.

use super::error::{QueryError, said};
use super::statement::{Asked, is_single};
use super::{CONNECTION_WAIT_MAX, Column, Counted, ROWS_WAIT_MAX, RowSink, distinct, unread, within};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{
    AssertSqlSafe, Column as _, ConnectOptions, Decode, Executor, Row, SqlSafeStr, Sqlite, Statement,
    TypeInfo, ValueRef,
};
use std::future::poll_fn;

const TABLES: &str = "SELECT name FROM sqlite_schema
    WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY name";

pub(super) async fn read(
    place: &str,
    path: &str,
    asked: &Asked,
    sink: &mut dyn RowSink,
) -> Result<u64, QueryError> {
    let sql = asked.sql('"')?;
    if !is_single(&sql) {
        return Err(QueryError::NotReading { cause: "a second statement follows after a `;`".to_owned() });
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .create_if_missing(false)
        .busy_timeout(CONNECTION_WAIT_MAX)
        .pragma("query_only", "1")
        .disable_statement_logging();
    // A file that is none of SQLite's is only seen to be one when something is asked of it.
    let mut connection = options.connect().await.map_err(|error| unreachable(place, &error))?;
    let statement = match (&mut connection).prepare(AssertSqlSafe(sql.clone()).into_sql_str()).await {
        Ok(statement) => statement,
        Err(error) => return Err(refused(place, asked, &error, &mut connection).await),
    };
    let mut columns: Vec<Column> = statement
        .columns()
        .iter()
        .map(|column| Column {
            name: column.name().to_owned(),
            decimals: column.type_info().name() == "REAL",
        })
        .collect();
    drop(statement);
    distinct(&columns)?;
    let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut connection);
    let mut counted = Counted { sink, rows: 0 };
    let mut told = false;
    loop {
        let next = async { poll_fn(|context| rows.as_mut().poll_next(context)).await.transpose() };
        let row = within(place, ROWS_WAIT_MAX, next, QueryError::of_driver).await?;
        // What the columns hold is known by the first row, where nothing is declared.
        if !told {
            if let Some(row) = &row {
                for (index, column) in columns.iter_mut().enumerate() {
                    let value = row.try_get_raw(index).map_err(|error| unread(&column.name, error))?;
                    column.decimals |= value.type_info().name() == "REAL";
                }
            }
            counted.sink.columns(&columns)?;
            told = true;
        }
        let Some(row) = row else { return Ok(counted.rows) };
        let cells: Result<Vec<_>, _> =
            columns.iter().enumerate().map(|(index, column)| cell(&row, index, &column.name)).collect();
        counted.row(&cells?)?;
    }
}

fn cell(row: &SqliteRow, index: usize, column: &str) -> Result<Option<String>, QueryError> {
    let value = row.try_get_raw(index).map_err(|error| unread(column, error))?;
    if value.is_null() {
        return Ok(None);
    }
    let kind = value.type_info().name().to_owned();
    let read = match kind.as_str() {
        "INTEGER" => <i64 as Decode<Sqlite>>::decode(value).map(|number| number.to_string()),
        // Rust writes the shortest digits that read as the same number, and no exponent.
        "REAL" => <f64 as Decode<Sqlite>>::decode(value).map(|number| number.to_string()),
        "BLOB" => return Err(QueryError::bytes(column)),
        _ => <String as Decode<Sqlite>>::decode(value),
    };
    read.map(Some).map_err(|error| unread(column, error))
}

fn unreachable(place: &str, error: &sqlx::Error) -> QueryError {
    QueryError::Unreachable { place: place.to_owned(), cause: said(error) }
}

/// What a refused statement means.
async fn refused(
    place: &str,
    asked: &Asked,
    error: &sqlx::Error,
    connection: &mut SqliteConnection,
) -> QueryError {
    let cause = said(error);
    let code = error.as_database_error().and_then(|inner| inner.code()).unwrap_or_default().into_owned();
    // SQLITE_CANTOPEN, SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_PERM, SQLITE_BUSY.
    if matches!(code.parse::<i64>().map(|code| code & 0xff), Ok(14 | 26 | 11 | 3 | 5)) {
        return unreachable(place, error);
    }
    if let Some((_, name)) = cause.split_once("no such table: ") {
        let known = sqlx::query(TABLES).fetch_all(connection).await.unwrap_or_default();
        let known = known.iter().filter_map(|row| row.try_get(0).ok()).collect();
        let table = asked.table().unwrap_or(name).trim_start_matches("main.").to_owned();
        return QueryError::NoTable { place: place.to_owned(), cause, table, known };
    }
    QueryError::Refused { place: place.to_owned(), cause }
}
