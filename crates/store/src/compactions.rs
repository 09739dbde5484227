//! Compaction: fewer, larger files with the same facts.
//!
//! The files that a compaction replaces are not dropped: they stay in the manifest as superseded
//! and on disk, so that an undo is exact after any number of compactions. Undoing an import takes
//! apart every compaction that took up one of its files, directly or through another compaction:
//! what those wrote goes, what they superseded is listed again, without the undone import's own
//! files. The price is disk: superseded files stay until [`Store::forget`], which also seals the
//! imports whose own files it gives up.

use crate::base::lock;
use crate::database::Transaction;
use crate::error::{Error, Result};
use crate::manifest;
use crate::store::Store;
use model::base::FactFile;
use std::collections::BTreeSet;

impl Store {
    /// Lists `new` files, which are on disk and durable, in place of `old` ones with the same
    /// facts. Each new file names the import whose age its rows have: one of those of the old
    /// files. Returns the number of the compaction.
    ///
    /// Errors: `Stale` if an old file is no longer listed; `Invalid` if there is no old file, one
    /// is named twice, or a new one has an import or kind that no old one has, or a taken path.
    pub async fn replace(&self, old: &[String], new: &[(i64, FactFile)], at: i64) -> Result<i64> {
        if old.is_empty() {
            return Err(Error::Invalid { cause: "a compaction of no files".into() });
        }
        let mut transaction = self.database.begin().await?;
        lock(&mut transaction).await?;
        let insert = "INSERT INTO compactions (compaction, compacted_at)
            SELECT COALESCE(MAX(compaction), 0) + 1, $1 FROM compactions RETURNING compaction";
        let rows = transaction.fetch(insert, &[at.into()]).await?;
        let row = rows.first().ok_or_else(|| Error::Corrupt { cause: "no compaction was written".into() })?;
        let compaction = row.integer(0)?;
        let origins = supersede(&mut transaction, compaction, old).await?;
        for (import, file) in new {
            if !origins.contains(&(*import, file.kind.name().to_owned())) {
                let cause = format!("no old file is of import `{import}` and kind `{}`", file.kind.name());
                return Err(Error::Invalid { cause });
            }
            manifest::list(&mut transaction, *import, Some(compaction), file).await?;
        }
        transaction.commit().await?;
        Ok(compaction)
    }

    /// Gives up the superseded files of compactions made before a moment, and of all compactions
    /// before the first that is younger. Returns their paths, sorted; they may be deleted now.
    /// Imports whose own files are among them can no longer be undone.
    pub async fn forget(&self, before: i64) -> Result<Vec<String>> {
        let mut transaction = self.database.begin().await?;
        lock(&mut transaction).await?;
        // By number and not by moment, since a clock can go back: a chain of compactions may lose
        // its older end only.
        let select = "SELECT COALESCE(
            (SELECT MIN(compaction) - 1 FROM compactions WHERE compacted_at >= $1),
            (SELECT MAX(compaction) FROM compactions), 0)";
        let rows = transaction.fetch(select, &[before.into()]).await?;
        let last = rows.first().map_or(Ok(0), |row| row.integer(0))?;
        let seal = "UPDATE imports SET sealed = 1 WHERE import IN
            (SELECT import FROM files WHERE made_by IS NULL AND superseded_by <= $1)";
        transaction.execute(seal, &[last.into()]).await?;
        let delete = "DELETE FROM files WHERE superseded_by <= $1 RETURNING path";
        let mut paths = BTreeSet::new();
        for row in transaction.fetch(delete, &[last.into()]).await? {
            paths.insert(row.text(0)?);
        }
        transaction.commit().await?;
        Ok(paths.into_iter().collect())
    }
}

/// Marks listed files as superseded; the imports and kinds they are of.
async fn supersede(
    transaction: &mut Transaction,
    compaction: i64,
    old: &[String],
) -> Result<BTreeSet<(i64, String)>> {
    let update = "UPDATE files SET superseded_by = $1 WHERE path = $2 AND superseded_by IS NULL
        RETURNING import, kind";
    let mut origins = BTreeSet::new();
    let mut named = BTreeSet::new();
    for path in old {
        if !named.insert(path) {
            return Err(Error::Invalid { cause: format!("file `{path}` is named twice") });
        }
        let rows = transaction.fetch(update, &[compaction.into(), path.into()]).await?;
        let Some(row) = rows.first() else {
            return Err(Error::Stale { cause: format!("file `{path}` is no longer listed") });
        };
        origins.insert((row.integer(0)?, row.text(1)?));
    }
    Ok(origins)
}

/// Takes the files of an import out of the manifest, and apart the compactions that took them up.
/// Returns the paths that left, sorted.
pub(crate) async fn take_out(transaction: &mut Transaction, import: i64, at: i64) -> Result<Vec<String>> {
    let select = "WITH RECURSIVE touched (compaction) AS (
            SELECT superseded_by FROM files
                WHERE import = $1 AND made_by IS NULL AND superseded_by IS NOT NULL
            UNION
            SELECT files.superseded_by FROM files JOIN touched ON files.made_by = touched.compaction
                WHERE files.superseded_by IS NOT NULL)
        SELECT compaction FROM touched ORDER BY compaction DESC";
    let mut paths = BTreeSet::new();
    for row in transaction.fetch(select, &[import.into()]).await? {
        let compaction = row.integer(0)?;
        let delete = "DELETE FROM files WHERE made_by = $1 RETURNING path";
        for row in transaction.fetch(delete, &[compaction.into()]).await? {
            paths.insert(row.text(0)?);
        }
        let restore = "UPDATE files SET superseded_by = NULL WHERE superseded_by = $1";
        transaction.execute(restore, &[compaction.into()]).await?;
        let update = "UPDATE compactions SET undone_at = $1 WHERE compaction = $2";
        transaction.execute(update, &[at.into(), compaction.into()]).await?;
    }
    let delete = "DELETE FROM files WHERE import = $1 AND made_by IS NULL RETURNING path";
    for row in transaction.fetch(delete, &[import.into()]).await? {
        paths.insert(row.text(0)?);
    }
    Ok(paths.into_iter().collect())
}
