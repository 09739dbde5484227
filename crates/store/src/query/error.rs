//! Why a query of another database gives no rows.

/// A query that was refused or broke off; whoever takes the rows has to throw away what came so far.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The server or file is not there, or the connection broke.
    #[error("cannot reach `{place}`: {cause}; check host, port and path, and that the server runs")]
    Unreachable { place: String, cause: String },
    #[error("`{place}` does not answer within {seconds} s; check the server, or ask for less at a time")]
    TimedOut { place: String, seconds: u64 },
    #[error(
        "`{place}` refuses the login: {cause}; check user and password (in the address, PGPASSWORD or \
         ~/.pgpass, MYSQL_PWD) and that the user may read"
    )]
    Login { place: String, cause: String },
    #[error("`{place}`: {cause}; name a database that is there after the host: postgres://host/database")]
    NoDatabase { place: String, cause: String },
    /// `known` are the tables and views of the database, sorted.
    #[error("`{place}` has no table that the query names: {cause}")]
    NoTable { place: String, cause: String, table: String, known: Vec<String> },
    #[error("only queries that read are run; write one `SELECT …`, `WITH … SELECT …` or `VALUES …`: {cause}")]
    NotReading { cause: String },
    #[error("`{place}` refuses the query: {cause}; correct it and run it again")]
    Refused { place: String, cause: String },
    #[error("the column `{column}` {reason}")]
    Column { column: String, reason: String },
    /// Whoever takes the rows cannot.
    #[error("cannot keep the rows: {0}; free some disk space and import again")]
    Sink(#[from] std::io::Error),
}

impl QueryError {
    /// The error of a column that holds bytes.
    pub(super) fn bytes(column: &str) -> QueryError {
        let reason = "holds bytes, which are no text; leave it out of the query, or turn it into text there";
        QueryError::Column { column: column.to_owned(), reason: reason.to_owned() }
    }

    /// What a broken connection or a driver's error means.
    pub(super) fn of_driver(place: &str, error: &sqlx::Error) -> QueryError {
        let (place, cause) = (place.to_owned(), said(error));
        match error {
            sqlx::Error::Database(_) => QueryError::Refused { place, cause },
            _ => QueryError::Unreachable { place, cause },
        }
    }
}

/// What a database says itself, without the driver's words around it.
pub(super) fn said(error: &sqlx::Error) -> String {
    error.as_database_error().map_or_else(|| error.to_string(), |inner| inner.message().to_owned())
}
