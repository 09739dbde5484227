//! Tags that people set on customers by hand.

use crate::database::Row;
use crate::error::{Error, Result};
use crate::store::Store;
use model::calendar::Day;

/// A tag set by hand: it wins over what facts say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub customer_id: String,
    pub tag: String,
    /// Whether the customer has it, or has it not.
    pub holds: bool,
    /// Last day on which the word counts; `None`: until it is taken back.
    pub until: Option<Day>,
    /// Microseconds since 1970 UTC.
    pub set_at: i64,
}

impl Store {
    /// Sets a tag; what was said of it before is replaced.
    pub async fn set_tag(&self, tag: &Tag) -> Result<()> {
        let upsert = "INSERT INTO tags (customer_id, tag, holds, until_day, set_at)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (customer_id, tag) DO UPDATE SET
            holds = excluded.holds, until_day = excluded.until_day, set_at = excluded.set_at";
        let values = [
            tag.customer_id.as_str().into(),
            tag.tag.as_str().into(),
            i64::from(tag.holds).into(),
            tag.until.map(|day| i64::from(day.0)).into(),
            tag.set_at.into(),
        ];
        let mut transaction = self.database.begin().await?;
        transaction.execute(upsert, &values).await?;
        transaction.commit().await
    }

    /// Takes back what was said of a tag: facts alone speak again.
    pub async fn forget_tag(&self, customer_id: &str, tag: &str) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        let delete = "DELETE FROM tags WHERE customer_id = $1 AND tag = $2";
        if transaction.execute(delete, &[customer_id.into(), tag.into()]).await? == 0 {
            return Err(Error::NotFound { what: "tag", name: tag.into() });
        }
        transaction.commit().await
    }

    /// All tags, by customer and name.
    pub async fn tags(&self) -> Result<Vec<Tag>> {
        let select = "SELECT customer_id, tag, holds, until_day, set_at FROM tags ORDER BY customer_id, tag";
        self.database.fetch(select, &[]).await?.iter().map(read).collect()
    }
}

fn read(row: &Row) -> Result<Tag> {
    Ok(Tag {
        customer_id: row.text(0)?,
        tag: row.text(1)?,
        holds: row.integer(2)? != 0,
        until: row.optional_integer(3)?.map(|day| Day(day as i32)),
        set_at: row.integer(4)?,
    })
}
