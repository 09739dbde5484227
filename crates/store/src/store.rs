//! The state, opened.

use crate::database::Database;
use crate::error::Result;
use crate::migrations;

/// The state of one base. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub struct Store {
    pub(crate) database: Database,
}

impl Store {
    /// Opens the state at `postgres://…`, `sqlite:path` or a plain path, makes it if there is
    /// none, and brings it up to date.
    ///
    /// Errors: `Unreachable`, `Unsuitable` (an old SQLite), `Newer`, `Corrupt`, `Busy`, `Full`.
    pub async fn open(place: &str) -> Result<Store> {
        let database = Database::open(place).await?;
        migrations::apply(&database).await?;
        Ok(Store { database })
    }

    /// Waits for calls under way and closes every connection. Not needed for safety.
    pub async fn close(&self) {
        self.database.close().await;
    }
}
