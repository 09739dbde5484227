//! Faults of SQLite that cannot be made from outside.

use super::Database;
use crate::error::Error;

fn run(test: impl AsyncFn(Database)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("state.db").display().to_string();
    runtime.block_on(async { test(Database::open(&place).await.unwrap()).await });
}

async fn write(database: &Database, sql: &'static str) -> Result<(), Error> {
    let mut transaction = database.begin().await?;
    transaction.fetch(sql, &[]).await?;
    transaction.commit().await
}

const FILL: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
    INSERT INTO t SELECT hex(randomblob(500)) FROM n";

#[test]
fn a_full_disk_is_said_and_room_makes_it_good() {
    run(async |database| {
        write(&database, "CREATE TABLE t (x TEXT)").await.unwrap();
        // SQLite gives the same error when the file may not grow as when the disk is full.
        write(&database, "PRAGMA max_page_count = 20").await.unwrap();
        for _ in 0..2 {
            let full = write(&database, FILL).await;
            assert!(matches!(full, Err(Error::Full { .. })), "{full:?}");
        }
        let rows = database.fetch("SELECT COUNT(*) FROM t", &[]).await.unwrap();
        assert_eq!(rows[0].integer(0).unwrap(), 0);
        write(&database, "PRAGMA max_page_count = 100000").await.unwrap();
        write(&database, FILL).await.unwrap();
        let rows = database.fetch("SELECT COUNT(*) FROM t", &[]).await.unwrap();
        assert_eq!(rows[0].integer(0).unwrap(), 500);
    });
}

#[test]
fn after_damage_nothing_is_acknowledged() {
    run(async |database| {
        write(&database, "CREATE TABLE t (x TEXT)").await.unwrap();
        assert!(!Error::poisons(&sqlx::Error::PoolTimedOut));
        database.poisoned.judge(&sqlx::Error::WorkerCrashed);
        for result in [write(&database, FILL).await, database.fetch("SELECT 1", &[]).await.map(drop)] {
            assert!(matches!(result, Err(Error::Corrupt { .. })), "{result:?}");
        }
    });
}

#[test]
fn a_transaction_that_is_dropped_never_was() {
    run(async |database| {
        write(&database, "CREATE TABLE t (x TEXT)").await.unwrap();
        let mut transaction = database.begin().await.unwrap();
        transaction.execute(FILL, &[]).await.unwrap();
        drop(transaction);
        write(&database, "INSERT INTO t VALUES ('after')").await.unwrap();
        let rows = database.fetch("SELECT COUNT(*) FROM t", &[]).await.unwrap();
        assert_eq!(rows[0].integer(0).unwrap(), 1);
    });
}

#[test]
fn readers_cannot_write() {
    run(async |database| {
        write(&database, "CREATE TABLE t (x TEXT)").await.unwrap();
        let refused = database.fetch("INSERT INTO t VALUES ('x') RETURNING x", &[]).await;
        assert!(matches!(refused, Err(Error::Unreachable { .. })), "{refused:?}");
    });
}
