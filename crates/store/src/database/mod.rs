//! The two databases behind one face: concrete pools, statements with `$N` in the SQL that both
//! understand, typed parameters. Where a statement must differ, it asks which database it is on.

mod postgres;
mod sqlite;
mod values;

#[cfg(test)]
mod tests;

pub(crate) use values::{Row, Value, json};

use crate::error::{Error, Result};
use sqlx::{PgPool, Postgres, SqlSafeStr, SqlStr, Sqlite, SqlitePool};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long a call waits for a connection or a lock before it is told that the state is busy.
pub(crate) const WAIT_MAX: Duration = Duration::from_secs(30);
/// Connections that read at a time (on PostgreSQL: that read or write).
pub(crate) const CONNECTIONS_MAX: u32 = 8;

#[derive(Clone)]
pub(crate) struct Database {
    pools: Pools,
    poisoned: Poison,
}

#[derive(Clone)]
enum Pools {
    /// SQLite has one writer at a time, so one connection writes and its pool is the queue.
    Sqlite {
        write: SqlitePool,
        read: SqlitePool,
        folder: Arc<Path>,
    },
    Postgres(PgPool),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

impl Database {
    /// Opens `postgres://…`, `postgresql://…`, `sqlite:path` or a plain path.
    pub(crate) async fn open(place: &str) -> Result<Database> {
        let pools = if place.starts_with("postgres://") || place.starts_with("postgresql://") {
            Pools::Postgres(postgres::open(place).await?)
        } else {
            let (write, read) = sqlite::open(place).await?;
            Pools::Sqlite { write, read, folder: sqlite::folder(place) }
        };
        Ok(Database { pools, poisoned: Poison::default() })
    }

    pub(crate) fn kind(&self) -> Kind {
        match self.pools {
            Pools::Sqlite { .. } => Kind::Sqlite,
            Pools::Postgres(_) => Kind::Postgres,
        }
    }

    /// Rows of one reading statement, which sees one state of the database.
    pub(crate) async fn fetch(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>> {
        self.poisoned.check()?;
        let sql = sql.into_sql_str();
        let rows = match &self.pools {
            Pools::Sqlite { read, .. } => sqlite::query(sql, values).fetch_all(read).await.map(sqlite::rows),
            Pools::Postgres(pool) => postgres::query(sql, values).fetch_all(pool).await.map(postgres::rows),
        };
        rows.map_err(|error| self.poisoned.judge(&error))
    }

    /// Begins a transaction that writes.
    pub(crate) async fn begin(&self) -> Result<Transaction> {
        self.poisoned.check()?;
        let open = match &self.pools {
            // Takes the lock at once: a transaction that reads first and writes later can be
            // refused half-way.
            Pools::Sqlite { write, folder, .. } => {
                let begun = write.begin_with("BEGIN IMMEDIATE").await;
                begun.map(|open| OpenTransaction::Sqlite(open, Arc::clone(folder)))
            }
            Pools::Postgres(pool) => pool.begin().await.map(OpenTransaction::Postgres),
        };
        let open = open.map_err(|error| self.poisoned.judge(&error))?;
        Ok(Transaction { open, poisoned: self.poisoned.clone() })
    }

    pub(crate) async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { write, read, .. } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}

/// A transaction that writes; dropped without `commit`, it never was.
pub(crate) struct Transaction {
    open: OpenTransaction,
    poisoned: Poison,
}

enum OpenTransaction {
    /// With the folder the state is in.
    Sqlite(sqlx::Transaction<'static, Sqlite>, Arc<Path>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Transaction {
    pub(crate) fn kind(&self) -> Kind {
        match self.open {
            OpenTransaction::Sqlite(..) => Kind::Sqlite,
            OpenTransaction::Postgres(_) => Kind::Postgres,
        }
    }

    /// Runs a statement; the number of rows it touched.
    pub(crate) async fn execute(&mut self, sql: impl SqlSafeStr, values: &[Value<'_>]) -> Result<u64> {
        let sql: SqlStr = sql.into_sql_str();
        let touched = match &mut self.open {
            OpenTransaction::Sqlite(open, _) => {
                sqlite::query(sql, values).execute(&mut **open).await.map(|done| done.rows_affected())
            }
            OpenTransaction::Postgres(open) => {
                postgres::query(sql, values).execute(&mut **open).await.map(|done| done.rows_affected())
            }
        };
        touched.map_err(|error| self.poisoned.judge(&error))
    }

    /// Rows of a statement that reads, or that writes and returns what it wrote.
    pub(crate) async fn fetch(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<Vec<Row>> {
        let sql = sql.into_sql_str();
        let rows = match &mut self.open {
            OpenTransaction::Sqlite(open, _) => {
                sqlite::query(sql, values).fetch_all(&mut **open).await.map(sqlite::rows)
            }
            OpenTransaction::Postgres(open) => {
                postgres::query(sql, values).fetch_all(&mut **open).await.map(postgres::rows)
            }
        };
        rows.map_err(|error| self.poisoned.judge(&error))
    }

    /// Runs several statements without parameters.
    pub(crate) async fn run_script(&mut self, script: &'static str) -> Result<()> {
        let done = match &mut self.open {
            OpenTransaction::Sqlite(open, _) => sqlx::raw_sql(script).execute(&mut **open).await.map(drop),
            OpenTransaction::Postgres(open) => sqlx::raw_sql(script).execute(&mut **open).await.map(drop),
        };
        done.map_err(|error| self.poisoned.judge(&error))
    }

    /// Keeps the change; when this returns `Ok`, it is on disk.
    pub(crate) async fn commit(self) -> Result<()> {
        let mut folder = None;
        let done = match self.open {
            OpenTransaction::Sqlite(open, place) => {
                folder = Some(place);
                open.commit().await
            }
            OpenTransaction::Postgres(open) => open.commit().await,
        };
        done.map_err(|error| {
            self.poisoned.judge(&error);
            Error::from_commit(&error)
        })?;
        // SQLite syncs the folder of a new log too, but takes no notice when that fails.
        if let Some(folder) = folder
            && let Err(error) = sqlite::sync(&folder)
        {
            self.poisoned.set();
            return Err(Error::Unknown { cause: format!("`{}`: {error}", folder.display()) });
        }
        Ok(())
    }
}

/// Remembers that the disk or the file failed once: from then on nothing is acknowledged.
#[derive(Clone, Default)]
struct Poison(Arc<AtomicBool>);

impl Poison {
    fn check(&self) -> Result<()> {
        if self.0.load(Ordering::Acquire) {
            let cause = "an earlier call failed to write or read it".into();
            return Err(Error::Corrupt { cause });
        }
        Ok(())
    }

    fn judge(&self, error: &sqlx::Error) -> Error {
        if Error::poisons(error) {
            self.set();
        }
        Error::from_sqlx(error)
    }

    fn set(&self) {
        self.0.store(true, Ordering::Release);
    }
}
