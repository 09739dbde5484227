//! Which ids are one person: the record of links and unlinks.
//!
//! Nothing here is edited but the moment at which a step was undone, so who was whom at any time can
//! be told. What the record amounts to, `model::identity` works out.

use crate::base::{lock, raise_version};
use crate::database::{Kind, Row, Transaction, Value};
use crate::error::{Error, Result};
use crate::store::Store;
use model::base::ContactField;
use model::identity::{Entry, NewEntry, Why};
use sqlx::AssertSqlSafe;

/// Entries of one `INSERT`, of eight parameters each.
const ROWS_MAX: usize = 500;
/// Parameters of an entry.
const COLUMNS: usize = 8;

/// A contact as an import brought it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    pub customer_id: String,
    pub field: ContactField,
    pub import: i64,
    pub value: String,
}

impl Store {
    /// Writes down what was said at a moment as one step; its number. `based_on` is the version of
    /// the base that it was found in, if it was found.
    ///
    /// Errors: `Stale` if the base changed since; `Invalid` if nothing is said, or an id has a zero
    /// character.
    pub async fn add_links(&self, said: &[NewEntry], based_on: Option<i64>, at: i64) -> Result<i64> {
        let ids = said.iter().flat_map(|one| std::iter::once(&one.customer_id).chain(&one.main_id));
        if said.is_empty() || ids.clone().any(|id| id.contains('\0')) {
            return Err(Error::Invalid {
                cause: "a step without links, or a zero character in an id".into(),
            });
        }
        let mut transaction = self.database.begin().await?;
        let base = lock(&mut transaction).await?;
        if based_on.is_some_and(|version| version != base.version) {
            let cause = "imports or links came or went since these were found".into();
            return Err(Error::Stale { cause });
        }
        let last = "SELECT COALESCE(MAX(entry), 0), COALESCE(MAX(step), 0) FROM links";
        let rows = transaction.fetch(last, &[]).await?;
        let row = rows.first().ok_or_else(|| Error::Corrupt { cause: "no row of sums".into() })?;
        let (entry, step) = (row.integer(0)? + 1, row.integer(1)? + 1);
        insert(&mut transaction, said, entry, step, at).await?;
        raise_version(&mut transaction).await?;
        transaction.commit().await?;
        Ok(step)
    }

    /// Takes a step back, any: what it said counts no more, as if it had never been said.
    ///
    /// Errors: `NotFound`; `Invalid` if it is undone already.
    pub async fn undo_links(&self, step: i64, at: i64) -> Result<u64> {
        let mut transaction = self.database.begin().await?;
        lock(&mut transaction).await?;
        let update = "UPDATE links SET undone_at = $1 WHERE step = $2 AND undone_at IS NULL";
        let entries = transaction.execute(update, &[at.into(), step.into()]).await?;
        if entries == 0 {
            let select = "SELECT 1 FROM links WHERE step = $1 LIMIT 1";
            return Err(match transaction.fetch(select, &[step.into()]).await?.first() {
                Some(_) => Error::Invalid { cause: format!("step `{step}` is undone already") },
                None => Error::NotFound { what: "step of links", name: step.to_string() },
            });
        }
        raise_version(&mut transaction).await?;
        transaction.commit().await?;
        Ok(entries)
    }

    /// The whole record, oldest first.
    pub async fn links(&self) -> Result<Vec<Entry>> {
        let select = "SELECT step, at, customer_id, main_id, why, import, main_import, undone_at,
                (SELECT COUNT(*) FROM imports WHERE imports.undone_at IS NOT NULL
                    AND imports.import IN (links.import, links.main_import))
            FROM links ORDER BY entry";
        self.database.fetch(select, &[]).await?.iter().map(read).collect()
    }

    /// A page of e-mails, phones and keys that ever were contacts, by customer, field and import: at
    /// most `limit` or one customer more, from the first customer after `after` on.
    pub async fn contact_points(&self, after: Option<&str>, limit: i64) -> Result<Vec<Brought>> {
        let select = "SELECT customer_id, field, import, value FROM contacts
            WHERE customer_id > $1 AND field IN ('email', 'phone', 'key')
                AND customer_id <= COALESCE((SELECT customer_id FROM contacts WHERE customer_id > $1
                    AND field IN ('email', 'phone', 'key')
                    ORDER BY customer_id LIMIT 1 OFFSET $2), customer_id)
            ORDER BY customer_id, field, import";
        let values = [after.unwrap_or_default().into(), limit.into()];
        self.database.fetch(select, &values).await?.iter().map(brought).collect()
    }

    /// Whether at most so many contacts are kept, of all fields.
    pub async fn has_few_contacts(&self, most: i64) -> Result<bool> {
        let select = "SELECT 1 FROM contacts LIMIT 1 OFFSET $1";
        Ok(self.database.fetch(select, &[most.into()]).await?.is_empty())
    }
}

async fn insert(
    transaction: &mut Transaction,
    said: &[NewEntry],
    first: i64,
    step: i64,
    at: i64,
) -> Result<()> {
    let mut entry = first;
    for chunk in said.chunks(ROWS_MAX) {
        let row = |place: usize| match transaction.kind() {
            // Parameters with numbers would cost SQLite a walk through their names.
            Kind::Sqlite => "(?,?,?,?,?,?,?,?)".to_owned(),
            Kind::Postgres => {
                let numbers = (1..=COLUMNS).map(|column| format!("${}", place * COLUMNS + column));
                format!("({})", numbers.collect::<Vec<_>>().join(","))
            }
        };
        let places: Vec<String> = (0..chunk.len()).map(row).collect();
        let statement = format!(
            "INSERT INTO links (entry, step, at, customer_id, main_id, why, import, main_import) VALUES {}",
            places.join(",")
        );
        let mut values: Vec<Value<'_>> = Vec::with_capacity(COLUMNS * chunk.len());
        for one in chunk {
            let (import, main_import) = one.rests_on.unzip();
            values.extend([entry.into(), step.into(), at.into(), (&one.customer_id).into()]);
            values.extend([one.main_id.as_deref().into(), one.why.name().into()]);
            values.extend([import.into(), main_import.into()]);
            entry += 1;
        }
        // Nothing in the statement but places of parameters.
        transaction.execute(AssertSqlSafe(statement), &values).await?;
    }
    Ok(())
}

fn read(row: &Row) -> Result<Entry> {
    let why = row.text(4)?;
    let said = NewEntry {
        customer_id: row.text(2)?,
        main_id: row.optional_text(3)?,
        why: Why::from_name(&why)
            .ok_or_else(|| Error::Corrupt { cause: format!("`{why}` is no reason of a link") })?,
        rests_on: row.optional_integer(5)?.zip(row.optional_integer(6)?),
    };
    Ok(Entry {
        step: row.integer(0)?,
        at: row.integer(1)?,
        said,
        undone_at: row.optional_integer(7)?,
        unfounded: row.integer(8)? > 0,
    })
}

fn brought(row: &Row) -> Result<Brought> {
    let field = row.text(1)?;
    let unknown = || Error::Corrupt { cause: format!("`{field}` is no field of a contact") };
    Ok(Brought {
        customer_id: row.text(0)?,
        field: ContactField::from_name(&field).ok_or_else(unknown)?,
        import: row.integer(2)?,
        value: row.text(3)?,
    })
}
