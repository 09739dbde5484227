//! What events say that is personal: texts of conversations, numbers, people inside companies.
//!
//! Every value stays with the import that brought it, as contacts do, and the newest import's is the
//! current one. An event is known by its kind, its source and its id.

use crate::contacts::CUSTOMER_ID_BYTES_MAX;
use crate::database::{Kind, Transaction, Value};
use crate::error::{Error, Result};
use crate::store::Store;
use model::base::{FactKind, LedgerEntry, Personal, PersonalField, PersonalPieces};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};

/// Rows of one `INSERT`; SQLite takes at most 32 766 parameters, eight to a row here.
const ROWS_MAX: usize = 500;
/// Columns of a row.
const COLUMNS: usize = 8;
/// Event ids looked up by one statement.
const LOOKUP_IDS_MAX: usize = 5_000;

impl Store {
    /// The current value of a field for each of these events that has one, by id. The ids are of
    /// one source.
    pub async fn personal(
        &self,
        kind: FactKind,
        source: &str,
        field: PersonalField,
        ids: &[String],
    ) -> Result<BTreeMap<String, String>> {
        let select = match self.database.kind() {
            Kind::Sqlite => {
                "SELECT event_id, value FROM personal
                WHERE kind = $1 AND source = $2 AND field = $3
                    AND event_id IN (SELECT value FROM json_each($4)) ORDER BY import"
            }
            Kind::Postgres => {
                "SELECT event_id, value FROM personal
                WHERE kind = $1 AND source = $2 AND field = $3 AND event_id = ANY($4) ORDER BY import"
            }
        };
        let mut current = BTreeMap::new();
        // In the order of the primary key, so that every page of it is read once.
        let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        ids.sort_unstable();
        for chunk in ids.chunks(LOOKUP_IDS_MAX) {
            let values = [kind.name().into(), source.into(), field.name().into(), chunk.into()];
            for row in &self.database.fetch(select, &values).await? {
                current.insert(row.text(0)?, row.text(1)?);
            }
        }
        Ok(current)
    }

    /// Source and id of the events whose field is, or once was, exactly `value`. Reads all of the
    /// table: for a person who looks for something, not for a loop.
    pub async fn find_personal(
        &self,
        kind: FactKind,
        field: PersonalField,
        value: &str,
    ) -> Result<BTreeSet<(String, String)>> {
        let select = "SELECT source, event_id FROM personal WHERE kind = $1 AND field = $2 AND value = $3";
        let values = [kind.name().into(), field.name().into(), value.into()];
        let rows = self.database.fetch(select, &values).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
    }
}

/// Keeps all pieces under an import.
pub(crate) async fn insert(
    transaction: &mut Transaction,
    entry: &LedgerEntry,
    pieces: &mut PersonalPieces<'_>,
) -> Result<()> {
    loop {
        let piece = pieces().map_err(|cause| Error::Invalid { cause })?;
        if piece.is_empty() {
            return Ok(());
        }
        let rows: Vec<Row<'_>> = piece.iter().flat_map(rows_of).collect();
        rows.iter().try_for_each(check)?;
        for chunk in rows.chunks(ROWS_MAX) {
            insert_rows(transaction, entry, chunk).await?;
        }
    }
}

/// An event, a field of it, and its value.
type Row<'a> = (&'a Personal, PersonalField, &'a str);

fn rows_of(personal: &Personal) -> impl Iterator<Item = Row<'_>> {
    personal.values.iter().map(move |(field, value)| (personal, *field, value.as_str()))
}

/// PostgreSQL keeps every character but zero and indexes ids of some length, so neither database is
/// asked for more.
fn check((personal, field, value): &Row<'_>) -> Result<()> {
    let id = &personal.id;
    if id.len() > CUSTOMER_ID_BYTES_MAX {
        let cause = format!("an id has {} bytes, more than {CUSTOMER_ID_BYTES_MAX}", id.len());
        return Err(Error::Invalid { cause });
    }
    let texts = [id, *value, personal.customer_id.as_deref().unwrap_or_default()];
    if texts.iter().any(|text| text.contains('\0')) {
        let cause = format!("`{}` of `{id}` has a zero character", field.name());
        return Err(Error::Invalid { cause });
    }
    Ok(())
}

/// Many rows a statement. On PostgreSQL the parameters must have numbers; SQLite would look each up
/// by its name.
async fn insert_rows(transaction: &mut Transaction, entry: &LedgerEntry, rows: &[Row<'_>]) -> Result<()> {
    let place = |row: usize| match transaction.kind() {
        Kind::Sqlite => "(?,?,?,?,?,?,?,?)".to_owned(),
        Kind::Postgres => {
            let numbers: Vec<String> =
                (1..=COLUMNS).map(|column| format!("${}", row * COLUMNS + column)).collect();
            format!("({})", numbers.join(","))
        }
    };
    let places: Vec<String> = (0..rows.len()).map(place).collect();
    let statement = format!(
        "INSERT INTO personal (kind, source, event_id, field, import, customer_id, day, value) VALUES {}",
        places.join(",")
    );
    let mut values: Vec<Value<'_>> = Vec::with_capacity(COLUMNS * rows.len());
    for (personal, field, value) in rows {
        values.extend([
            entry.kind.name().into(),
            (&entry.source).into(),
            (&personal.id).into(),
            field.name().into(),
            entry.import.into(),
            personal.customer_id.as_deref().into(),
            personal.day.map(|day| i64::from(day.0)).into(),
            (*value).into(),
        ]);
    }
    // Nothing in the statement but its own places.
    transaction.execute(AssertSqlSafe(statement), &values).await?;
    Ok(())
}

/// Removes what an import brought, as with contacts without an index by import.
pub(crate) async fn remove(transaction: &mut Transaction, import: i64) -> Result<()> {
    transaction.execute("DELETE FROM personal WHERE import = $1", &[import.into()]).await?;
    Ok(())
}
