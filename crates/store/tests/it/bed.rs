//! Where a test runs: a fresh state on each database, gone afterwards.

use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use store::Store;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

pub(crate) struct Bed {
    /// What `Store::open` takes.
    pub(crate) place: String,
    pub(crate) store: Store,
    ground: Ground,
}

enum Ground {
    Folder(TempDir),
    Schema { server: String, name: String },
}

/// Runs a test once on every database at hand.
pub(crate) fn on_each_state(test: impl AsyncFn(&Bed)) {
    runtime().block_on(async {
        test(&Bed::sqlite().await).await;
        if let Some(bed) = Bed::postgres().await {
            test(&bed).await;
        }
    });
}

pub(crate) fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

/// URL of the PostgreSQL server to test on, if there is one.
pub(crate) fn server() -> Option<String> {
    std::env::var("DOLKA_TEST_POSTGRES").ok()
}

static SCHEMAS: AtomicU32 = AtomicU32::new(0);

impl Bed {
    pub(crate) async fn sqlite() -> Bed {
        let folder = tempfile::tempdir().unwrap();
        let place = format!("sqlite:{}", folder.path().join("state.db").display());
        let store = Store::open(&place).await.unwrap();
        Bed { place, store, ground: Ground::Folder(folder) }
    }

    pub(crate) async fn postgres() -> Option<Bed> {
        let server = server()?;
        let name = format!("test_{}_{}", std::process::id(), SCHEMAS.fetch_add(1, Ordering::Relaxed));
        run(&server, format!("CREATE SCHEMA {name}")).await;
        let place = format!("{server}?options=-c%20search_path%3D{name}");
        let ground = Ground::Schema { server, name };
        let store = Store::open(&place).await.unwrap();
        Some(Bed { place, store, ground })
    }

    /// The folder of an SQLite state.
    pub(crate) fn folder(&self) -> &Path {
        match &self.ground {
            Ground::Folder(folder) => folder.path(),
            Ground::Schema { name, .. } => panic!("schema `{name}` has no folder"),
        }
    }

    /// All rows of the tables that say what the base is, as text, sorted. The ledger and the
    /// version are not among them: they remember what was undone.
    pub(crate) async fn dump(&self) -> Vec<String> {
        let mut rows = Vec::new();
        for table in ["files", "contacts", "mappings", "personal"] {
            rows.extend(self.table(table).await);
        }
        for row in self.rows("SELECT zone, currency, digest_key FROM base").await {
            rows.push(format!("base: {row}"));
        }
        rows
    }

    async fn table(&self, table: &str) -> Vec<String> {
        let columns = match table {
            "files" => {
                "path, import, made_by, superseded_by, kind, rows, bytes, sha256, first_day, last_day,
                currencies, replaces"
            }
            "contacts" => "customer_id, field, import, value",
            "personal" => "kind, source, event_id, field, import, customer_id, day, value",
            _ => "name, mapping, saved_at",
        };
        let rows = self.rows(&format!("SELECT {columns} FROM {table}")).await;
        rows.into_iter().map(|row| format!("{table}: {row}")).collect()
    }

    /// Rows of a query, each as one text, sorted.
    pub(crate) async fn rows(&self, query: &str) -> Vec<String> {
        let head = query.strip_prefix("SELECT ").unwrap();
        let (columns, rest) = head.split_once(" FROM ").unwrap();
        let casts: Vec<String> =
            columns.split(',').map(|name| format!("COALESCE(CAST({name} AS TEXT), '-')")).collect();
        let query = format!("SELECT {} FROM {rest}", casts.join("||' '||"));
        let mut rows: Vec<String> = match &self.ground {
            Ground::Folder(_) => {
                let mut connection = SqliteConnection::connect(&self.place).await.unwrap();
                let rows = sqlx::query(AssertSqlSafe(query)).fetch_all(&mut connection).await.unwrap();
                connection.close().await.unwrap();
                rows.iter().map(|row| row.get(0)).collect()
            }
            Ground::Schema { .. } => {
                let mut connection = PgConnection::connect(&self.place).await.unwrap();
                let rows = sqlx::query(AssertSqlSafe(query)).fetch_all(&mut connection).await.unwrap();
                rows.iter().map(|row| row.get(0)).collect()
            }
        };
        rows.sort();
        rows
    }

    /// Runs SQL past the store.
    pub(crate) async fn run(&self, sql: &str) {
        run(&self.place, sql.to_owned()).await;
    }

    /// Runs SQL past the store on a connection that is kept.
    pub(crate) async fn hold(&self, sql: &str) -> Held {
        let mut held = match &self.ground {
            Ground::Folder(_) => Held::Sqlite(SqliteConnection::connect(&self.place).await.unwrap()),
            Ground::Schema { .. } => Held::Postgres(PgConnection::connect(&self.place).await.unwrap()),
        };
        held.run(sql).await;
        held
    }

    /// SQLite's own opinion of its file; PostgreSQL keeps its files to itself.
    pub(crate) async fn assert_sound(&self) {
        if let Ground::Folder(_) = self.ground {
            let mut connection = SqliteConnection::connect(&self.place).await.unwrap();
            let verdict = sqlx::query("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
            assert_eq!(verdict.get::<String, _>(0), "ok");
        }
    }
}

/// A connection past the store.
pub(crate) enum Held {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Held {
    pub(crate) async fn run(&mut self, sql: &str) {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match self {
            Held::Sqlite(connection) => sql.execute(connection).await.map(drop).unwrap(),
            Held::Postgres(connection) => sql.execute(connection).await.map(drop).unwrap(),
        }
    }
}

impl Drop for Bed {
    fn drop(&mut self) {
        let Ground::Schema { server, name } = &self.ground else { return };
        let (server, drop) = (server.clone(), format!("DROP SCHEMA {name} CASCADE"));
        // A runtime cannot be entered from within another, so the schema is dropped by a thread
        // of its own, also when the test has failed.
        let dropped = std::thread::spawn(move || runtime().block_on(run(&server, drop))).join();
        assert!(dropped.is_ok() || std::thread::panicking(), "the schema of the test was not dropped");
    }
}

async fn run(place: &str, sql: String) {
    if place.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(place).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    } else {
        let mut connection = PgConnection::connect(place).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    }
}
