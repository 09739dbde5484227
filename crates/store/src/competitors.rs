//! What people noted of competitors: whom they address, where and when that was seen.

use crate::base::lock;
use crate::database::Row;
use crate::error::{Error, Result};
use crate::store::Store;
use model::calendar::Day;

/// One note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompetitorNote {
    /// Its number; given by the store.
    pub note: i64,
    pub competitor: String,
    /// Whom their advertising addresses: an attribute and its value.
    pub addresses: Option<(String, String)>,
    /// Source or channel.
    pub seen_in: Option<String>,
    pub seen_on: Option<Day>,
    pub text: Option<String>,
    /// Microseconds since 1970 UTC.
    pub noted_at: i64,
}

impl Store {
    /// Keeps a note under the next number, whatever number it has. Numbers of notes that were taken away
    /// are given again only where they were the last.
    pub async fn add_competitor_note(&self, note: &CompetitorNote) -> Result<i64> {
        let mut transaction = self.database.begin().await?;
        // Whoever adds another waits, so that no number is given twice.
        lock(&mut transaction).await?;
        let rows = transaction.fetch("SELECT COALESCE(MAX(note), 0) + 1 FROM competitor_notes", &[]).await?;
        let number = rows.first().map_or(Ok(1), |row| row.integer(0))?;
        let insert = "INSERT INTO competitor_notes
            (note, competitor, attribute, value, seen_in, seen_on, text, noted_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let values = [
            number.into(),
            note.competitor.as_str().into(),
            note.addresses.as_ref().map(|(attribute, _)| attribute.as_str()).into(),
            note.addresses.as_ref().map(|(_, value)| value.as_str()).into(),
            note.seen_in.as_deref().into(),
            note.seen_on.map(|day| i64::from(day.0)).into(),
            note.text.as_deref().into(),
            note.noted_at.into(),
        ];
        transaction.execute(insert, &values).await?;
        transaction.commit().await?;
        Ok(number)
    }

    /// Takes a note away.
    ///
    /// Errors: `NotFound` if there is none of this number.
    pub async fn forget_competitor_note(&self, note: i64) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        if transaction.execute("DELETE FROM competitor_notes WHERE note = $1", &[note.into()]).await? == 0 {
            return Err(Error::NotFound { what: "note of a competitor", name: note.to_string() });
        }
        transaction.commit().await
    }

    /// All notes, by competitor and number.
    pub async fn competitor_notes(&self) -> Result<Vec<CompetitorNote>> {
        let select = "SELECT note, competitor, attribute, value, seen_in, seen_on, text, noted_at
            FROM competitor_notes ORDER BY competitor, note";
        self.database.fetch(select, &[]).await?.iter().map(read).collect()
    }
}

fn read(row: &Row) -> Result<CompetitorNote> {
    Ok(CompetitorNote {
        note: row.integer(0)?,
        competitor: row.text(1)?,
        addresses: row.optional_text(2)?.zip(row.optional_text(3)?),
        seen_in: row.optional_text(4)?,
        seen_on: row.optional_integer(5)?.map(|day| Day(day as i32)),
        text: row.optional_text(6)?,
        noted_at: row.integer(7)?,
    })
}
