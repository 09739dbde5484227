//! PostgreSQL: a schema of a database, named by a URL.
//!
//! Another schema than the default is chosen as usual:
//! `postgres://host/name?options=-c%20search_path%3Dshop`. The schema must exist.

use super::{CONNECTIONS_MAX, Row, Value, WAIT_MAX};
use crate::error::{Error, Result};
use sqlx::postgres::{PgArguments, PgConnectOptions, PgPoolOptions, PgRow};
use sqlx::{ConnectOptions, Connection, PgPool, Postgres, SqlStr};

/// `remote_apply` and `on` wait for the disk, and so do the settings between them only in part.
const COMMIT_WAITS_FOR_DISK: &str = "SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')";

pub(super) async fn open(url: &str) -> Result<PgPool> {
    let options: PgConnectOptions = url.parse().map_err(|error| Error::from_sqlx(&error))?;
    let options = options.disable_statement_logging();
    let unreachable = |error: sqlx::Error| match Error::from_sqlx(&error) {
        Error::Unreachable { cause } => {
            let (host, port) = (options.get_host(), options.get_port());
            Error::Unreachable { cause: format!("PostgreSQL at `{host}:{port}`: {cause}") }
        }
        other => other,
    };
    // A pool would try a closed door again and again; one connection says at once what is wrong.
    let first = options.connect().await.map_err(unreachable)?;
    first.close().await.map_err(unreachable)?;
    PgPoolOptions::new()
        .max_connections(CONNECTIONS_MAX)
        .acquire_timeout(WAIT_MAX)
        .after_connect(|connection, _| {
            Box::pin(async move {
                sqlx::query(COMMIT_WAITS_FOR_DISK).execute(&mut *connection).await?;
                sqlx::query("SELECT set_config('lock_timeout', $1, false)")
                    .bind(WAIT_MAX.as_millis().to_string())
                    .execute(&mut *connection)
                    .await?;
                Ok(())
            })
        })
        .connect_with(options.clone())
        .await
        .map_err(unreachable)
}

pub(super) fn query<'q>(sql: SqlStr, values: &[Value<'_>]) -> sqlx::query::Query<'q, Postgres, PgArguments> {
    let mut query = sqlx::query(sql);
    for value in values {
        query = match value {
            Value::Text(text) => query.bind(*text),
            Value::Integer(integer) => query.bind(*integer),
            Value::Texts(texts) => query.bind(*texts),
        };
    }
    query
}

pub(super) fn rows(rows: Vec<PgRow>) -> Vec<Row> {
    rows.into_iter().map(Row::Postgres).collect()
}
