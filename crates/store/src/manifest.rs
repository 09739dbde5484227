//! The manifest: which files are the base.

use crate::base::lock;
use crate::database::{Row, Transaction, Value, json};
use crate::error::{Error, Result};
use crate::store::Store;
use model::base::{FactFile, FactKind, ListedFile};
use model::calendar::Day;

/// The whole manifest at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    pub version: i64,
    /// By kind, import and path.
    pub files: Vec<ListedFile>,
}

impl Store {
    /// The listed files of a kind, by import and path.
    pub async fn files(&self, kind: FactKind) -> Result<Vec<ListedFile>> {
        let select =
            "SELECT kind, import, path, rows, bytes, sha256, first_day, last_day, currencies, replaces
            FROM files WHERE superseded_by IS NULL AND kind = $1 ORDER BY import, path";
        self.database.fetch(select, &[kind.name().into()]).await?.iter().map(|row| read(row, 0)).collect()
    }

    /// A number that is higher after every commit and every undo. Compaction leaves it, since it
    /// changes no fact: what was computed from the same version holds.
    pub async fn version(&self) -> Result<i64> {
        let rows = self.database.fetch("SELECT version FROM base WHERE id = 1", &[]).await?;
        rows.first().ok_or_else(base_is_gone)?.integer(0)
    }

    /// The listed files of all kinds and the version they make, of one and the same moment.
    pub async fn manifest(&self) -> Result<Manifest> {
        let select = "SELECT base.version, kind, import, path, rows, bytes, sha256, first_day, last_day,
                currencies, replaces
            FROM base LEFT JOIN files ON superseded_by IS NULL WHERE id = 1 ORDER BY kind, import, path";
        let rows = self.database.fetch(select, &[]).await?;
        let version = rows.first().ok_or_else(base_is_gone)?.integer(0)?;
        let mut files = Vec::with_capacity(rows.len());
        for row in &rows {
            if row.optional_text(1)?.is_some() {
                files.push(read(row, 1)?);
            }
        }
        Ok(Manifest { version, files })
    }

    /// Paths that must not be swept, sorted: the listed files, and those that a compaction
    /// superseded and an undo may bring back.
    ///
    /// Waits for a commit under way: a server may still be keeping what a program asked for that is
    /// dead by now, and its files must not be taken for leftovers.
    ///
    /// Errors: `Busy` if that takes too long.
    pub async fn all_paths(&self) -> Result<Vec<String>> {
        let mut transaction = self.database.begin().await?;
        lock(&mut transaction).await?;
        let rows = transaction.fetch("SELECT path FROM files ORDER BY path", &[]).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }
}

/// Lists a file. `made_by` is the compaction that wrote it, if one did.
pub(crate) async fn list(
    transaction: &mut Transaction,
    import: i64,
    made_by: Option<i64>,
    file: &FactFile,
) -> Result<()> {
    let taken = transaction.fetch("SELECT 1 FROM files WHERE path = $1", &[(&file.path).into()]).await?;
    if !taken.is_empty() {
        let cause =
            format!("file `{}` is in the manifest already; give every file a path of its own", file.path);
        return Err(Error::Invalid { cause });
    }
    let insert = "INSERT INTO files (path, import, made_by, kind, rows, bytes, sha256, first_day, last_day,
            currencies, replaces)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let currencies = json(&file.currencies)?;
    let values: [Value<'_>; 11] = [
        (&file.path).into(),
        import.into(),
        made_by.into(),
        file.kind.name().into(),
        integer(file.rows)?.into(),
        integer(file.bytes)?.into(),
        (&file.sha256).into(),
        file.days.map(|(first, _)| i64::from(first.0)).into(),
        file.days.map(|(_, last)| i64::from(last.0)).into(),
        (&currencies).into(),
        i64::from(file.replaces).into(),
    ];
    transaction.execute(insert, &values).await?;
    Ok(())
}

/// Reads a row whose column `at` is the kind; the rest follow in the order of the selects above.
fn read(row: &Row, at: usize) -> Result<ListedFile> {
    let kind = row.text(at)?;
    let kind = FactKind::from_name(&kind)
        .ok_or_else(|| Error::Corrupt { cause: format!("`{kind}` is no kind of fact") })?;
    let file = FactFile {
        kind,
        path: row.text(at + 2)?,
        rows: count(row.integer(at + 3)?)?,
        bytes: count(row.integer(at + 4)?)?,
        sha256: row.text(at + 5)?,
        days: match (row.optional_integer(at + 6)?, row.optional_integer(at + 7)?) {
            (Some(first), Some(last)) => Some((day(first)?, day(last)?)),
            _ => None,
        },
        currencies: row.json(at + 8)?,
        replaces: row.integer(at + 9)? != 0,
    };
    Ok(ListedFile { import: row.integer(at + 1)?, file })
}

fn integer(count: u64) -> Result<i64> {
    i64::try_from(count).map_err(|_| Error::Invalid { cause: format!("`{count}` is too large") })
}

fn count(integer: i64) -> Result<u64> {
    u64::try_from(integer).map_err(|_| Error::Corrupt { cause: format!("`{integer}` is no count") })
}

fn day(integer: i64) -> Result<Day> {
    let day = i32::try_from(integer);
    day.map(Day).map_err(|_| Error::Corrupt { cause: format!("`{integer}` is no day") })
}

fn base_is_gone() -> Error {
    Error::Corrupt { cause: "the row of the base is gone".into() }
}
