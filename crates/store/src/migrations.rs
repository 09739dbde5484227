//! Steps that bring a state of any age up to what this program needs, applied when it is opened.
//!
//! A step is never edited once released: a new one follows it. All missing steps are one
//! transaction, so a state is at a step or it is not.

use crate::database::{Database, Kind};
use crate::error::{Error, Result};

struct Migration {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

/// In order; the first is step 1.
const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "state",
        sqlite: include_str!("../migrations/sqlite/0001_state.sql"),
        postgres: include_str!("../migrations/postgres/0001_state.sql"),
    },
    Migration {
        name: "tags",
        sqlite: include_str!("../migrations/sqlite/0002_tags.sql"),
        postgres: include_str!("../migrations/postgres/0002_tags.sql"),
    },
    Migration {
        name: "links",
        sqlite: include_str!("../migrations/sqlite/0003_links.sql"),
        postgres: include_str!("../migrations/postgres/0003_links.sql"),
    },
    Migration {
        name: "conversations",
        sqlite: include_str!("../migrations/sqlite/0004_conversations.sql"),
        postgres: include_str!("../migrations/postgres/0004_conversations.sql"),
    },
    Migration {
        name: "reviews",
        sqlite: include_str!("../migrations/sqlite/0005_reviews.sql"),
        postgres: include_str!("../migrations/postgres/0005_reviews.sql"),
    },
    Migration {
        name: "competitor_notes",
        sqlite: include_str!("../migrations/sqlite/0006_competitor_notes.sql"),
        postgres: include_str!("../migrations/postgres/0006_competitor_notes.sql"),
    },
];

/// Any number that only this program uses: two programs opening one new state take turns.
const POSTGRES_LOCK: i64 = 0x646f_6c6b_6100;

pub(crate) async fn apply(database: &Database) -> Result<()> {
    let mut transaction = database.begin().await?;
    if transaction.kind() == Kind::Postgres {
        transaction.fetch("SELECT pg_advisory_xact_lock($1)", &[POSTGRES_LOCK.into()]).await?;
    }
    let create =
        "CREATE TABLE IF NOT EXISTS migrations (step BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)";
    transaction.execute(create, &[]).await?;
    let rows = transaction.fetch("SELECT COALESCE(MAX(step), 0) FROM migrations", &[]).await?;
    let found = rows.first().map_or(Ok(0), |row| row.integer(0))?;
    let known = MIGRATIONS.len() as i64;
    if found > known {
        return Err(Error::Newer { found, known });
    }
    for (step, migration) in (1..).zip(MIGRATIONS) {
        if step <= found {
            continue;
        }
        let script = match transaction.kind() {
            Kind::Sqlite => migration.sqlite,
            Kind::Postgres => migration.postgres,
        };
        transaction.run_script(script).await?;
        let insert = "INSERT INTO migrations (step, name) VALUES ($1, $2)";
        transaction.execute(insert, &[step.into(), migration.name.into()]).await?;
    }
    transaction.commit().await
}
