//! Contacts: what is known of customers as persons.
//!
//! Every value stays with the import that brought it and the newest import's value is the current
//! one, so undoing an import brings back exactly what it had overwritten. Of consents a withdrawn one
//! counts, whichever import brought it.

use crate::database::{Kind, Transaction};
use crate::error::{Error, Result};
use crate::store::Store;
use model::base::{Contact, ContactField, ContactPieces, WITHDRAWN};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

/// Longest customer id in bytes: both databases must be able to index it.
pub const CUSTOMER_ID_BYTES_MAX: usize = 1024;
/// Rows of one `INSERT`. SQLite takes at most 32 766 parameters, four to a row here; larger
/// statements than this were no faster.
const SQLITE_ROWS_MAX: usize = 1_000;
const POSTGRES_ROWS_MAX: usize = 20_000;
/// Customer ids looked up by one statement.
const LOOKUP_IDS_MAX: usize = 10_000;

impl Store {
    /// The current contact of a customer, by field; empty where nothing is known.
    pub async fn contact(&self, customer_id: &str) -> Result<Vec<Contact>> {
        if !is_text(customer_id) {
            return Ok(Vec::new());
        }
        let select = "SELECT field, value FROM contacts WHERE customer_id = $1 ORDER BY import";
        let rows = self.database.fetch(select, &[customer_id.into()]).await?;
        let mut current = BTreeMap::new();
        for row in &rows {
            let field = field(&row.text(0)?)?;
            put(&mut current, field, field, row.text(1)?);
        }
        let contact = |(field, value)| Contact { customer_id: customer_id.to_owned(), field, value };
        Ok(current.into_iter().map(contact).collect())
    }

    /// The e-mail or phone behind each id that is a digest; other ids are not in the answer.
    pub async fn keys(&self, ids: &[String]) -> Result<BTreeMap<String, String>> {
        self.values(ContactField::Key, ids).await
    }

    /// The current value of a field for each of these customers who has one.
    pub async fn values(&self, field: ContactField, ids: &[String]) -> Result<BTreeMap<String, String>> {
        let select = match self.database.kind() {
            Kind::Sqlite => {
                "SELECT customer_id, value FROM contacts
                WHERE field = $1 AND customer_id IN (SELECT value FROM json_each($2)) ORDER BY import"
            }
            Kind::Postgres => {
                "SELECT customer_id, value FROM contacts
                WHERE field = $1 AND customer_id = ANY($2) ORDER BY import"
            }
        };
        let mut current = BTreeMap::new();
        // In the order of the primary key, so that every page of it is read once.
        let mut ids: Vec<&str> = ids.iter().map(String::as_str).filter(|id| is_text(id)).collect();
        ids.sort_unstable();
        for chunk in ids.chunks(LOOKUP_IDS_MAX) {
            let rows = self.database.fetch(select, &[field.name().into(), chunk.into()]).await?;
            for row in &rows {
                put(&mut current, row.text(0)?, field, row.text(1)?);
            }
        }
        Ok(current)
    }

    /// The current value of a field for every customer who has one, by customer.
    pub async fn every(&self, field: ContactField) -> Result<BTreeMap<String, String>> {
        let select = "SELECT customer_id, value FROM contacts WHERE field = $1 ORDER BY import";
        let mut current = BTreeMap::new();
        for row in &self.database.fetch(select, &[field.name().into()]).await? {
            put(&mut current, row.text(0)?, field, row.text(1)?);
        }
        Ok(current)
    }

    /// Customers whose current value of a field is exactly `value`, sorted. Reads all contacts:
    /// for a person who looks for someone, not for a loop.
    pub async fn find(&self, field: ContactField, value: &str) -> Result<Vec<String>> {
        if !is_text(value) {
            return Ok(Vec::new());
        }
        if field.is_consent() {
            return self.find_consent(field, value).await;
        }
        let select = "SELECT customer_id FROM contacts AS held
            WHERE field = $1 AND value = $2
                AND NOT EXISTS (SELECT 1 FROM contacts AS newer
                    WHERE newer.customer_id = held.customer_id AND newer.field = held.field
                        AND newer.import > held.import)
            ORDER BY customer_id";
        let rows = self.database.fetch(select, &[field.name().into(), value.into()]).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    async fn find_consent(&self, field: ContactField, value: &str) -> Result<Vec<String>> {
        let select = "SELECT DISTINCT customer_id FROM contacts AS held
            WHERE field = $1 AND value = $2
                AND (value = $3 OR NOT EXISTS (SELECT 1 FROM contacts AS other
                    WHERE other.customer_id = held.customer_id AND other.field = held.field
                        AND (other.value = $3 OR other.import > held.import)))
            ORDER BY customer_id";
        let values = [field.name().into(), value.into(), WITHDRAWN.into()];
        let rows = self.database.fetch(select, &values).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }
}

/// Puts a newer value in place of an older one; a withdrawn consent stays withdrawn.
fn put<K: Ord>(current: &mut BTreeMap<K, String>, key: K, field: ContactField, value: String) {
    if !current.get(&key).is_some_and(|known| field.stays(known)) {
        current.insert(key, value);
    }
}

/// The contacts of a piece in the order in which they are kept, one a customer and field: of several the
/// last counts, of consents one that is withdrawn.
///
/// Errors: `Invalid` for an id or value that no database can keep.
fn in_order(contacts: &[Contact]) -> Result<Vec<&Contact>> {
    for contact in contacts {
        let id = &contact.customer_id;
        if id.len() > CUSTOMER_ID_BYTES_MAX {
            let cause = format!("a customer id has {} bytes, more than {CUSTOMER_ID_BYTES_MAX}", id.len());
            return Err(Error::Invalid { cause });
        }
        if !is_text(id) || !is_text(&contact.value) {
            let cause = format!("`{}` of customer `{id}` has a zero character", contact.field.name());
            return Err(Error::Invalid { cause });
        }
    }
    let mut ordered: Vec<&Contact> = contacts.iter().rev().collect();
    // Stable, so that the last given comes first; rows that come in the order of the primary key
    // are appended to it and not scattered over it.
    ordered.sort_by(|a, b| {
        let key = |contact: &&Contact| (contact.field.name(), !contact.field.stays(&contact.value));
        a.customer_id.cmp(&b.customer_id).then_with(|| key(a).cmp(&key(b)))
    });
    ordered.dedup_by(|later, first| later.customer_id == first.customer_id && later.field == first.field);
    Ok(ordered)
}

/// Keeps all pieces under an import.
pub(crate) async fn insert(
    transaction: &mut Transaction,
    import: i64,
    pieces: &mut ContactPieces<'_>,
) -> Result<()> {
    loop {
        let piece = pieces().map_err(|cause| Error::Invalid { cause })?;
        if piece.is_empty() {
            return Ok(());
        }
        let contacts = in_order(&piece)?;
        match transaction.kind() {
            Kind::Sqlite => insert_sqlite(transaction, import, &contacts).await?,
            Kind::Postgres => insert_postgres(transaction, import, &contacts).await?,
        }
    }
}

/// Many rows a statement. The parameters have no numbers: to find one by its name takes SQLite a
/// walk through all names before it.
async fn insert_sqlite(transaction: &mut Transaction, import: i64, contacts: &[&Contact]) -> Result<()> {
    for chunk in contacts.chunks(SQLITE_ROWS_MAX) {
        let places = vec!["(?,?,?,?)"; chunk.len()].join(",");
        let statement = format!("INSERT INTO contacts (import, customer_id, field, value) VALUES {places}");
        let mut values = Vec::with_capacity(4 * chunk.len());
        for contact in chunk {
            let (id, field) = (&contact.customer_id, contact.field.name());
            values.extend([import.into(), id.into(), field.into(), (&contact.value).into()]);
        }
        // Nothing in the statement but its own question marks.
        transaction.execute(AssertSqlSafe(statement), &values).await?;
    }
    Ok(())
}

async fn insert_postgres(transaction: &mut Transaction, import: i64, contacts: &[&Contact]) -> Result<()> {
    let statement = "INSERT INTO contacts (import, customer_id, field, value)
        SELECT $1, * FROM unnest($2::TEXT[], $3::TEXT[], $4::TEXT[])";
    for chunk in contacts.chunks(POSTGRES_ROWS_MAX) {
        let ids: Vec<&str> = chunk.iter().map(|contact| contact.customer_id.as_str()).collect();
        let fields: Vec<&str> = chunk.iter().map(|contact| contact.field.name()).collect();
        let texts: Vec<&str> = chunk.iter().map(|contact| contact.value.as_str()).collect();
        let columns = [ids.as_slice().into(), fields.as_slice().into(), texts.as_slice().into()];
        let [ids, fields, texts] = columns;
        transaction.execute(statement, &[import.into(), ids, fields, texts]).await?;
    }
    Ok(())
}

/// Removes what an import brought. It reads all contacts: an index by import would cost every
/// import more than it saves the rare undo.
pub(crate) async fn remove(transaction: &mut Transaction, import: i64) -> Result<()> {
    transaction.execute("DELETE FROM contacts WHERE import = $1", &[import.into()]).await?;
    Ok(())
}

fn field(name: &str) -> Result<ContactField> {
    ContactField::from_name(name)
        .ok_or_else(|| Error::Corrupt { cause: format!("`{name}` is no field of a contact") })
}

/// PostgreSQL keeps every character but zero, so neither database is asked to.
fn is_text(text: &str) -> bool {
    !text.contains('\0')
}
