//! The ledger: imports enter the base and leave it, each in one transaction.

use crate::base::{lock, raise_version, set_currency};
use crate::compactions;
use crate::contacts;
use crate::database::{Row, Transaction, Value, json};
use crate::error::{Error, Result};
use crate::manifest;
use crate::personal;
use crate::store::Store;
use model::base::{ContactPieces, FactKind, LedgerEntry, PersonalPieces, StagedImport};

/// An import that was taken out of the base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    pub entry: LedgerEntry,
    /// Files that are in the base no more, sorted; they may be deleted now.
    pub paths: Vec<String>,
}

impl Store {
    /// Puts a staged import into the base. When this returns, it is there whole and for good.
    ///
    /// Committing the same key again returns the entry of the first time, even if that was undone
    /// meanwhile; `Unknown` is answered by committing again or by [`Store::import_by_key`].
    ///
    /// Errors: `Stale` if the base changed since `based_on` or has another currency by now;
    /// `Invalid` if the key belongs to another import or a path is in the manifest already.
    pub async fn commit(&self, staged: &StagedImport, at: i64) -> Result<LedgerEntry> {
        self.commit_with(staged, &mut || Ok(Vec::new()), &mut || Ok(Vec::new()), at).await
    }

    /// The same for an import of rows that say something personal: of customers, who then have
    /// contacts, or of events. Both come in pieces and are kept in the same transaction; a commit
    /// that is repeated needs the pieces from the first on.
    ///
    /// Errors: those of [`Store::commit`]; `Invalid` also if a piece cannot be read or kept.
    pub async fn commit_with(
        &self,
        staged: &StagedImport,
        contacts: &mut ContactPieces<'_>,
        personal: &mut PersonalPieces<'_>,
        at: i64,
    ) -> Result<LedgerEntry> {
        let mut transaction = self.database.begin().await?;
        let base = lock(&mut transaction).await?;
        let first = transaction.fetch(SELECT_BY_KEY, &[(&staged.key).into()]).await?;
        if let Some(row) = first.first() {
            return same_import(read(row)?, staged);
        }
        if staged.based_on.is_some_and(|version| version != base.version) {
            let cause = "other imports came or went since this one was compared with it".into();
            return Err(Error::Stale { cause });
        }
        let entry = append(&mut transaction, staged, at).await?;
        match (&staged.currency, &base.currency) {
            (Some(new), None) => set_currency(&mut transaction, Some(new), Some(entry.import)).await?,
            (Some(new), Some(kept)) if new != kept => {
                let cause = format!("its currency is `{kept}`, not `{new}`");
                return Err(Error::Stale { cause });
            }
            _ => {}
        }
        for file in &staged.files {
            manifest::list(&mut transaction, entry.import, None, file).await?;
        }
        contacts::insert(&mut transaction, entry.import, contacts).await?;
        personal::insert(&mut transaction, &entry, personal).await?;
        raise_version(&mut transaction).await?;
        transaction.commit().await?;
        Ok(entry)
    }

    /// All imports, oldest first, those that were undone among them.
    pub async fn imports(&self) -> Result<Vec<LedgerEntry>> {
        self.database.fetch(SELECT_ALL, &[]).await?.iter().map(read).collect()
    }

    pub async fn import(&self, number: i64) -> Result<LedgerEntry> {
        let rows = self.database.fetch(SELECT_BY_NUMBER, &[number.into()]).await?;
        rows.first().map(read).unwrap_or_else(|| Err(not_found(number)))
    }

    /// The import that was committed with this key, if it was.
    pub async fn import_by_key(&self, key: &str) -> Result<Option<LedgerEntry>> {
        let rows = self.database.fetch(SELECT_BY_KEY, &[key.into()]).await?;
        rows.first().map(read).transpose()
    }

    /// Takes an import, any, out of the base, as if it had never come: its files leave the
    /// manifest, what it overwrote in contacts shows again, compactions that took up its files
    /// are taken apart. Its entry stays in the ledger, with the moment of the undo.
    ///
    /// Errors: `NotFound`, `AlreadyUndone`, `Sealed`.
    pub async fn undo(&self, number: i64, at: i64) -> Result<Undone> {
        let mut transaction = self.database.begin().await?;
        let base = lock(&mut transaction).await?;
        let rows = transaction.fetch(SELECT_BY_NUMBER, &[number.into()]).await?;
        let row = rows.first().ok_or_else(|| not_found(number))?;
        let mut entry = read(row)?;
        if entry.undone_at.is_some() {
            return Err(Error::AlreadyUndone { import: number });
        }
        if row.integer(SEALED)? != 0 {
            return Err(Error::Sealed { import: number });
        }
        let paths = compactions::take_out(&mut transaction, number, at).await?;
        contacts::remove(&mut transaction, number).await?;
        personal::remove(&mut transaction, number).await?;
        if base.currency_import.is_some() && !has_money(&mut transaction).await? {
            set_currency(&mut transaction, None, None).await?;
        }
        let update = "UPDATE imports SET undone_at = $1 WHERE import = $2";
        transaction.execute(update, &[at.into(), number.into()]).await?;
        raise_version(&mut transaction).await?;
        transaction.commit().await?;
        entry.undone_at = Some(at);
        Ok(Undone { entry, paths })
    }
}

const SELECT_ALL: &str =
    "SELECT import, committed_at, undone_at, kind, source, inputs, counts, detected, sealed
    FROM imports ORDER BY import";
const SELECT_BY_NUMBER: &str =
    "SELECT import, committed_at, undone_at, kind, source, inputs, counts, detected, sealed
    FROM imports WHERE import = $1";
const SELECT_BY_KEY: &str =
    "SELECT import, committed_at, undone_at, kind, source, inputs, counts, detected, sealed
    FROM imports WHERE key = $1";
/// Column of the selects above that says whether an import is sealed.
const SEALED: usize = 8;

fn read(row: &Row) -> Result<LedgerEntry> {
    let kind = row.text(3)?;
    Ok(LedgerEntry {
        import: row.integer(0)?,
        committed_at: row.integer(1)?,
        undone_at: row.optional_integer(2)?,
        kind: FactKind::from_name(&kind)
            .ok_or_else(|| Error::Corrupt { cause: format!("`{kind}` is no kind of fact") })?,
        source: row.text(4)?,
        inputs: row.json(5)?,
        counts: row.json(6)?,
        detected: row.text(7)?,
        sealed: row.integer(SEALED)? != 0,
    })
}

/// Appends to the ledger with the next number.
async fn append(transaction: &mut Transaction, staged: &StagedImport, at: i64) -> Result<LedgerEntry> {
    let insert = "INSERT INTO imports (import, key, committed_at, kind, source, inputs, counts, detected)
        SELECT COALESCE(MAX(import), 0) + 1, $1, $2, $3, $4, $5, $6, $7 FROM imports
        RETURNING import";
    let (inputs, counts) = (json(&staged.inputs)?, json(&staged.counts)?);
    let values: [Value<'_>; 7] = [
        (&staged.key).into(),
        at.into(),
        staged.kind.name().into(),
        (&staged.source).into(),
        (&inputs).into(),
        (&counts).into(),
        (&staged.detected).into(),
    ];
    let rows = transaction.fetch(insert, &values).await?;
    let row = rows.first().ok_or_else(|| Error::Corrupt { cause: "the ledger took no entry".into() })?;
    Ok(LedgerEntry {
        import: row.integer(0)?,
        committed_at: at,
        undone_at: None,
        kind: staged.kind,
        source: staged.source.clone(),
        inputs: staged.inputs.clone(),
        counts: staged.counts,
        detected: staged.detected.clone(),
        sealed: false,
    })
}

/// The first entry, if the key was given to the same import twice and not to two imports.
fn same_import(entry: LedgerEntry, staged: &StagedImport) -> Result<LedgerEntry> {
    if (entry.kind, &entry.source, &entry.inputs) == (staged.kind, &staged.source, &staged.inputs) {
        return Ok(entry);
    }
    let cause = format!("key `{}` belongs to import `{}`, which has other inputs", staged.key, entry.import);
    Err(Error::Invalid { cause })
}

async fn has_money(transaction: &mut Transaction) -> Result<bool> {
    let select = "SELECT 1 FROM files WHERE superseded_by IS NULL AND currencies <> '[]' LIMIT 1";
    Ok(!transaction.fetch(select, &[]).await?.is_empty())
}

fn not_found(number: i64) -> Error {
    Error::NotFound { what: "import", name: number.to_string() }
}
