//! The same with the state in PostgreSQL, where `DOLKA_TEST_POSTGRES` names a server: each base has
//! a schema of its own there.

use super::bed::{Bed, Verb, finished, shop};
use super::kills::kill_at_random;
use super::strace::kills;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// Every base is imported anew here, not copied: fewer kills take as long.
const KILLS_MAX: u32 = 12;
static SCHEMAS: AtomicU32 = AtomicU32::new(0);

/// A folder and a schema that go with the test, also when it fails.
struct Ground {
    folder: TempDir,
    server: String,
    schema: String,
}

impl Ground {
    fn new(server: &str) -> Ground {
        let schema = format!("app_{}_{}", std::process::id(), SCHEMAS.fetch_add(1, Ordering::Relaxed));
        run(server, format!("CREATE SCHEMA {schema}"));
        Ground { folder: tempfile::tempdir().unwrap(), server: server.to_owned(), schema }
    }

    /// A base that waits for a verb.
    fn bed(&self, verb: Verb) -> Bed {
        let state = format!("{}?options=-c%20search_path%3D{}", self.server, self.schema);
        let bed = Bed { folder: self.folder.path().join("base"), state: Some(state) };
        shop().import_two(&bed);
        if verb != Verb::Import {
            assert_eq!(finished(shop().command(Verb::Import, &bed)).status.code(), Some(3));
        }
        bed
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        run(&self.server, format!("DROP SCHEMA {} CASCADE", self.schema));
    }
}

fn run(server: &str, sql: String) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut connection = PgConnection::connect(server).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    });
}

fn server(test: &str) -> Option<String> {
    let server = std::env::var("DOLKA_TEST_POSTGRES").ok();
    if server.is_none() {
        eprintln!("SKIPPED: {test}: DOLKA_TEST_POSTGRES names no server; see .ci/postgres");
    }
    server
}

#[test]
fn the_same_base_as_with_a_file_for_state() {
    let Some(server) = server("imports with the state in PostgreSQL") else { return };
    let ground = Ground::new(&server);
    let bed = ground.bed(Verb::Import);
    for verb in [Verb::Import, Verb::Undo] {
        shop().assert_shows_before(verb, &bed);
        let output = finished(shop().command(verb, &bed));
        shop().assert_recovers(verb, &bed, &output, "no fault");
    }
    assert!(!bed.folder.join("state.db").exists());
}

#[test]
fn killed_at_random_moments_with_the_state_elsewhere() {
    let Some(server) = server("kills with the state in PostgreSQL") else { return };
    kill_at_random(shop(), kills().min(KILLS_MAX), |verb, _number| {
        let ground = Ground::new(&server);
        (ground.bed(verb), ground)
    });
}

#[test]
fn a_server_that_is_away_is_an_error() {
    let ground = tempfile::tempdir().unwrap();
    let bed = |folder: &Path| Bed {
        folder: folder.join("base"),
        state: Some("postgres://nobody@127.0.0.1:1/none".to_owned()),
    };
    let output = finished(shop().command(Verb::Import, &bed(ground.path())));
    assert_eq!(output.status.code(), Some(1));
    let error = super::bed::text(&output.stderr);
    assert!(error.contains("cannot reach the state"), "{error}");
}
