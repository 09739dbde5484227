//! SQLite: one file beside the facts.

use super::{CONNECTIONS_MAX, Row, Value, WAIT_MAX};
use crate::error::{Error, Result};
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Row as _, SqlStr, Sqlite, SqlitePool};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Older versions can lose a committed transaction when a checkpoint meets a reset of the log.
const VERSION_MIN: [u32; 3] = [3, 51, 3];
/// Pages of the writing connection kept in memory, so that a large import is not read back from disk.
const WRITE_CACHE_KIB: i64 = 128 * 1024;
/// The log is cut back to this size after a large import was folded into the file.
const LOG_BYTES_MAX: i64 = 64 * 1024 * 1024;

/// Between two attempts at a state that another program is making.
const PAUSE: Duration = Duration::from_millis(20);

/// The pool of the one writing connection, and that of the readers.
pub(super) async fn open(place: &str) -> Result<(SqlitePool, SqlitePool)> {
    let path = path_of(place);
    if path.is_empty() || path.starts_with(":memory:") {
        let cause = format!("`{place}` is not the path of a file");
        return Err(Error::Unsuitable { cause });
    }
    let unreachable = |error: sqlx::Error| match Error::from_sqlx(&error) {
        Error::Unreachable { cause } => Error::Unreachable { cause: format!("`{path}`: {cause}") },
        Error::Corrupt { cause } => Error::Corrupt { cause: format!("`{path}`: {cause}") },
        other => other,
    };
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(WAIT_MAX)
        .pragma("mmap_size", "0")
        // On macOS a plain sync leaves data in the drive's cache; elsewhere this does nothing.
        .pragma("fullfsync", "1")
        .pragma("journal_size_limit", LOG_BYTES_MAX.to_string())
        .disable_statement_logging();
    let write = writer(options.clone().pragma("cache_size", (-WRITE_CACHE_KIB).to_string()));
    let write = write.await.map_err(unreachable)?;
    let row = sqlx::query("SELECT sqlite_version()").fetch_one(&write).await.map_err(unreachable)?;
    check_version(&row.try_get::<String, _>(0).map_err(unreachable)?)?;
    let read = SqlitePoolOptions::new()
        .max_connections(CONNECTIONS_MAX)
        .acquire_timeout(WAIT_MAX)
        .connect_lazy_with(options.create_if_missing(false).pragma("query_only", "1"));
    Ok((write, read))
}

/// Opens the writing connection. Of two programs that make one new state at once, SQLite turns the
/// second away where it turns to the log, without the wait it grants elsewhere: so the wait is here.
async fn writer(options: SqliteConnectOptions) -> sqlx::Result<SqlitePool> {
    let mut waited = Duration::ZERO;
    loop {
        let pool = SqlitePoolOptions::new().max_connections(1).acquire_timeout(WAIT_MAX);
        match pool.connect_with(options.clone()).await {
            Err(error) if waited < WAIT_MAX && matches!(Error::from_sqlx(&error), Error::Busy { .. }) => {
                tokio::time::sleep(PAUSE).await;
                waited += PAUSE;
            }
            result => return result,
        }
    }
}

fn path_of(place: &str) -> &str {
    let path = place.strip_prefix("sqlite:").unwrap_or(place);
    path.strip_prefix("//").unwrap_or(path)
}

/// The folder that the state's file and its log are in.
pub(super) fn folder(place: &str) -> Arc<Path> {
    match Path::new(path_of(place)).parent() {
        Some(parent) if !parent.as_os_str().is_empty() => Arc::from(parent),
        _ => Arc::from(Path::new(".")),
    }
}

/// Makes the names in a folder durable. Windows has no such call and needs none.
pub(super) fn sync(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn check_version(version: &str) -> Result<()> {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let found = [(); 3].map(|()| parts.next().unwrap_or(0));
    if found < VERSION_MIN {
        let [major, minor, patch] = VERSION_MIN;
        let cause = format!("SQLite `{version}` can lose data; at least {major}.{minor}.{patch} is needed");
        return Err(Error::Unsuitable { cause });
    }
    Ok(())
}

pub(super) fn query<'q>(
    sql: SqlStr,
    values: &[Value<'_>],
) -> sqlx::query::Query<'q, Sqlite, SqliteArguments> {
    let mut query = sqlx::query(sql);
    for value in values {
        query = match value {
            Value::Text(text) => query.bind(*text),
            Value::Integer(integer) => query.bind(*integer),
            Value::Texts(texts) => query.bind(serde_json::Value::from(*texts).to_string()),
        };
    }
    query
}

pub(super) fn rows(rows: Vec<SqliteRow>) -> Vec<Row> {
    rows.into_iter().map(Row::Sqlite).collect()
}

#[cfg(test)]
mod tests {
    use super::check_version;

    #[test]
    fn versions_that_lose_data_are_refused() {
        for (version, good) in [
            ("3.51.2", false),
            ("3.51.3", true),
            ("3.52.0", true),
            ("3.9.9", false),
            ("3.100.0", true),
            ("4.0", true),
            ("", false),
        ] {
            assert_eq!(check_version(version).is_ok(), good, "{version}");
        }
    }
}
