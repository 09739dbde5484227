//! Column mappings that people saved under a name.

use crate::database::Row;
use crate::error::{Error, Result};
use crate::store::Store;

/// A saved mapping; its text is the engine's affair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    pub name: String,
    pub mapping: String,
    /// Microseconds since 1970 UTC.
    pub saved_at: i64,
}

impl Store {
    /// Saves a mapping; one of the same name is replaced.
    pub async fn save_mapping(&self, name: &str, mapping: &str, at: i64) -> Result<()> {
        let upsert = "INSERT INTO mappings (name, mapping, saved_at) VALUES ($1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping, saved_at = excluded.saved_at";
        let mut transaction = self.database.begin().await?;
        transaction.execute(upsert, &[name.into(), mapping.into(), at.into()]).await?;
        transaction.commit().await
    }

    /// All mappings, by name.
    pub async fn mappings(&self) -> Result<Vec<Mapping>> {
        let select = "SELECT name, mapping, saved_at FROM mappings ORDER BY name";
        self.database.fetch(select, &[]).await?.iter().map(read).collect()
    }

    pub async fn mapping(&self, name: &str) -> Result<Mapping> {
        let select = "SELECT name, mapping, saved_at FROM mappings WHERE name = $1";
        let rows = self.database.fetch(select, &[name.into()]).await?;
        rows.first().map(read).unwrap_or_else(|| Err(not_found(name)))
    }

    pub async fn delete_mapping(&self, name: &str) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        if transaction.execute("DELETE FROM mappings WHERE name = $1", &[name.into()]).await? == 0 {
            return Err(not_found(name));
        }
        transaction.commit().await
    }
}

fn read(row: &Row) -> Result<Mapping> {
    Ok(Mapping { name: row.text(0)?, mapping: row.text(1)?, saved_at: row.integer(2)? })
}

fn not_found(name: &str) -> Error {
    Error::NotFound { what: "mapping", name: name.into() }
}
