//! What a base keeps from its first day: its time zone, its secret key, its currency.

use crate::database::{Row, Transaction};
use crate::error::{Error, Result};
use crate::store::Store;
use model::base::BaseSettings;

impl Store {
    /// The settings of the base. The first call makes them from `defaults`; every later one, from
    /// whatever program, returns those and does not look at its own.
    ///
    /// A `digest_key` of zeros means that one is to be drawn.
    pub async fn settings(&self, defaults: &BaseSettings) -> Result<BaseSettings> {
        if let Some(kept) = read(&self.database.fetch(SELECT, &[]).await?)? {
            return Ok(kept);
        }
        let mut key = defaults.digest_key;
        if key == [0; 32] {
            getrandom::fill(&mut key).map_err(|error| Error::Unreachable {
                cause: format!("the system gives no random bytes: {error}"),
            })?;
        }
        let key = hex(&key);
        let mut transaction = self.database.begin().await?;
        // Of two first calls the second touches no row and reads what the first made.
        let update = "UPDATE base SET zone = $1, digest_key = $2, currency = COALESCE(currency, $3)
            WHERE id = 1 AND zone IS NULL";
        let values = [(&defaults.zone).into(), (&key).into(), defaults.currency.as_deref().into()];
        transaction.execute(update, &values).await?;
        let kept = read(&transaction.fetch(SELECT, &[]).await?)?;
        transaction.commit().await?;
        kept.ok_or_else(|| Error::Corrupt { cause: "the row of the base's settings is gone".into() })
    }
}

const SELECT: &str = "SELECT zone, digest_key, currency FROM base WHERE id = 1";

fn read(rows: &[Row]) -> Result<Option<BaseSettings>> {
    let Some(row) = rows.first() else { return Ok(None) };
    let Some(zone) = row.optional_text(0)? else { return Ok(None) };
    let digest_key = from_hex(&row.text(1)?)
        .ok_or_else(|| Error::Corrupt { cause: "the digest key does not read as 32 bytes".into() })?;
    Ok(Some(BaseSettings { zone, currency: row.optional_text(2)?, digest_key }))
}

/// What a transaction that changes the base sees of it, with every other such transaction waiting
/// behind it: that is how imports get numbers without gaps.
pub(crate) struct LockedBase {
    pub(crate) version: i64,
    pub(crate) currency: Option<String>,
    /// The import that settled the currency; `None` where people did.
    pub(crate) currency_import: Option<i64>,
}

pub(crate) async fn lock(transaction: &mut Transaction) -> Result<LockedBase> {
    let update = "UPDATE base SET version = version WHERE id = 1
        RETURNING version, currency, currency_import";
    let rows = transaction.fetch(update, &[]).await?;
    let row = rows.first().ok_or_else(|| Error::Corrupt { cause: "the row of the base is gone".into() })?;
    Ok(LockedBase {
        version: row.integer(0)?,
        currency: row.optional_text(1)?,
        currency_import: row.optional_integer(2)?,
    })
}

pub(crate) async fn set_currency(
    transaction: &mut Transaction,
    currency: Option<&str>,
    import: Option<i64>,
) -> Result<()> {
    let update = "UPDATE base SET currency = $1, currency_import = $2 WHERE id = 1";
    transaction.execute(update, &[currency.into(), import.into()]).await?;
    Ok(())
}

/// Says that the facts changed.
pub(crate) async fn raise_version(transaction: &mut Transaction) -> Result<()> {
    transaction.execute("UPDATE base SET version = version + 1 WHERE id = 1", &[]).await?;
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 2 * bytes.len() {
        return None;
    }
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(bytes)
}
