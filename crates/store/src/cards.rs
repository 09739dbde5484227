//! What people write of segments: a text for each part of a segment's card.

use crate::database::Row;
use crate::error::{Error, Result};
use crate::store::Store;

/// One part of the card of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub segmentation: String,
    pub segment: String,
    pub part: String,
    pub text: String,
    /// Microseconds since 1970 UTC.
    pub changed_at: i64,
}

impl Store {
    /// Writes a part; what stood there before is replaced.
    pub async fn set_card(&self, card: &Card) -> Result<()> {
        let upsert = "INSERT INTO cards (segmentation, segment, part, text, changed_at)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (segmentation, segment, part) DO UPDATE SET
            text = excluded.text, changed_at = excluded.changed_at";
        let values = [
            card.segmentation.as_str().into(),
            card.segment.as_str().into(),
            card.part.as_str().into(),
            card.text.as_str().into(),
            card.changed_at.into(),
        ];
        let mut transaction = self.database.begin().await?;
        transaction.execute(upsert, &values).await?;
        transaction.commit().await
    }

    /// Takes a part away.
    ///
    /// Errors: `NotFound` if nobody has written it.
    pub async fn forget_card(&self, segmentation: &str, segment: &str, part: &str) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        let delete = "DELETE FROM cards WHERE segmentation = $1 AND segment = $2 AND part = $3";
        let values = [segmentation.into(), segment.into(), part.into()];
        if transaction.execute(delete, &values).await? == 0 {
            return Err(Error::NotFound { what: "part of the card", name: format!("{segment}: {part}") });
        }
        transaction.commit().await
    }

    /// All that was written of the segments of a segmentation, by segment and part.
    pub async fn cards(&self, segmentation: &str) -> Result<Vec<Card>> {
        let select = "SELECT segmentation, segment, part, text, changed_at FROM cards
            WHERE segmentation = $1 ORDER BY segment, part";
        self.database.fetch(select, &[segmentation.into()]).await?.iter().map(read).collect()
    }
}

fn read(row: &Row) -> Result<Card> {
    Ok(Card {
        segmentation: row.text(0)?,
        segment: row.text(1)?,
        part: row.text(2)?,
        text: row.text(3)?,
        changed_at: row.integer(4)?,
    })
}
