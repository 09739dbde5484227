//! Rows of another database: one query, read from beginning to end, that changes nothing there.
//!
//! Whatever the database, a value becomes text that says exactly what the database keeps: decimals
//! digit by digit, days and moments as ISO 8601 writes them, with `Z` where they are moments and not
//! what a clock on some wall showed. Rows stream: memory does not grow with their number.

mod address;
mod error;
mod statement;
mod mysql;
mod postgres;
mod sqlite;

pub use address::Address;
pub use error::QueryError;
pub use statement::Asked;

use std::time::Duration;

/// How long a server may take to answer a call for a connection.
const CONNECTION_WAIT_MAX: Duration = Duration::from_secs(30);
/// How long a server may take to give the first or the next rows.
const ROWS_WAIT_MAX: Duration = Duration::from_secs(15 * 60);

/// One column of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// Whether its values are numbers that may have decimals, which stand after a point.
    pub decimals: bool,
}

/// Who takes the rows.
pub trait RowSink {
    /// The columns, once, before the first row.
    ///
    /// # Errors
    /// The rows cannot be kept.
    fn columns(&mut self, columns: &[Column]) -> std::io::Result<()>;

    /// One row; `None` is NULL.
    ///
    /// # Errors
    /// The rows cannot be kept.
    fn row(&mut self, cells: &[Option<String>]) -> std::io::Result<()>;
}

/// Runs a query and hands its rows on; how many there were.
///
/// # Errors
/// See [`QueryError`]. Rows that were handed on before mean nothing then.
pub async fn read(address: &Address, asked: &Asked, sink: &mut dyn RowSink) -> Result<u64, QueryError> {
    let place = address.to_string();
    match address {
        Address::Postgres(url) => postgres::read(&place, url, asked, sink).await,
        Address::MySql(url, password) => mysql::read(&place, url, password.as_deref(), asked, sink).await,
        Address::Sqlite(path) => sqlite::read(&place, path, asked, sink).await,
    }
}

/// Waits for a server no longer than this.
async fn within<T>(
    place: &str,
    limit: Duration,
    answer: impl Future<Output = sqlx::Result<T>>,
    meaning: impl Fn(&str, &sqlx::Error) -> QueryError,
) -> Result<T, QueryError> {
    match tokio::time::timeout(limit, answer).await {
        Ok(answer) => answer.map_err(|error| meaning(place, &error)),
        Err(_) => Err(QueryError::TimedOut { place: place.to_owned(), seconds: limit.as_secs() }),
    }
}

/// Refuses an answer whose columns cannot be told apart by their names.
fn distinct(columns: &[Column]) -> Result<(), QueryError> {
    for (place, column) in columns.iter().enumerate() {
        if columns[..place].iter().any(|other| other.name == column.name) {
            let reason = "occurs twice in the answer; give each a name of its own with `AS`".to_owned();
            return Err(QueryError::Column { column: column.name.clone(), reason });
        }
    }
    if columns.is_empty() {
        return Err(QueryError::NotReading { cause: "this one gives no columns".to_owned() });
    }
    Ok(())
}

/// Rows counted on their way to whoever takes them.
struct Counted<'a> {
    sink: &'a mut dyn RowSink,
    rows: u64,
}

impl Counted<'_> {
    fn row(&mut self, cells: &[Option<String>]) -> Result<(), QueryError> {
        self.rows += 1;
        Ok(self.sink.row(cells)?)
    }
}

/// The error of a cell that does not read as what its column is said to hold.
fn unread(column: &str, cause: impl std::fmt::Display) -> QueryError {
    let reason = format!("cannot be read: {cause}; turn it into text in the query");
    QueryError::Column { column: column.to_owned(), reason }
}
