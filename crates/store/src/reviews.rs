//! Reviews of segmentations: how large segments were as of a day, and what was odd about them.

use crate::base::lock;
use crate::database::{Row, json};
use crate::error::{Error, Result};
use crate::store::Store;
use model::calendar::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A review that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Its number, from 1; what was given when it was added is not looked at.
    pub review: i64,
    pub segmentation: String,
    /// The day whose end was looked at.
    pub as_of: Day,
    /// Microseconds since 1970 UTC.
    pub made_at: i64,
    /// All settings that the labels came from, as `rfm.groups`: with them the same facts give them again.
    pub settings: BTreeMap<String, String>,
    /// Customers of the base.
    pub customers: u64,
    /// In the order of the method, those without customers too.
    pub segments: Vec<ReviewedSegment>,
    /// What was found, as JSON.
    pub findings: String,
}

/// A segment at a review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewedSegment {
    pub segment: String,
    pub customers: u64,
    /// Net money in 1/10 000.
    pub revenue: i64,
}

const SELECT_ALL: &str =
    "SELECT review, segmentation, as_of, made_at, settings, customers, segments, findings
    FROM reviews ORDER BY segmentation, as_of, review";
const SELECT_OF: &str = "SELECT review, segmentation, as_of, made_at, settings, customers, segments, findings
    FROM reviews WHERE segmentation = $1 ORDER BY as_of, review";

impl Store {
    /// Keeps a review; gives its number. One of the same segmentation, day and settings is replaced and
    /// hands its number on.
    pub async fn add_review(&self, review: &Review) -> Result<i64> {
        let settings = json(&review.settings)?;
        let mut transaction = self.database.begin().await?;
        // Whoever adds another waits, so that no number is given twice.
        lock(&mut transaction).await?;
        let delete = "DELETE FROM reviews WHERE segmentation = $1 AND as_of = $2 AND settings = $3
            RETURNING review";
        let as_of = i64::from(review.as_of.0);
        let same = [review.segmentation.as_str().into(), as_of.into(), settings.as_str().into()];
        let replaced = transaction.fetch(delete, &same).await?;
        let number = match replaced.first() {
            Some(row) => row.integer(0)?,
            None => {
                let next = "SELECT COALESCE(MAX(review), 0) + 1 FROM reviews";
                transaction.fetch(next, &[]).await?.first().map_or(Ok(1), |row| row.integer(0))?
            }
        };
        let insert = "INSERT INTO reviews
            (review, segmentation, as_of, made_at, settings, customers, segments, findings)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let segments = json(&review.segments)?;
        let values = [
            number.into(),
            review.segmentation.as_str().into(),
            as_of.into(),
            review.made_at.into(),
            settings.as_str().into(),
            i64::try_from(review.customers).unwrap_or(i64::MAX).into(),
            segments.as_str().into(),
            review.findings.as_str().into(),
        ];
        transaction.execute(insert, &values).await?;
        transaction.commit().await?;
        Ok(number)
    }

    /// The reviews of a segmentation, or of all, by segmentation and day, oldest first.
    pub async fn reviews(&self, segmentation: Option<&str>) -> Result<Vec<Review>> {
        let rows = match segmentation {
            None => self.database.fetch(SELECT_ALL, &[]).await?,
            Some(name) => self.database.fetch(SELECT_OF, &[name.into()]).await?,
        };
        rows.iter().map(read).collect()
    }

    /// The newest review of a segmentation as of a day before this one; with `settings` only of those
    /// with the same: sizes of other cuts are no measure.
    pub async fn last_review(
        &self,
        segmentation: &str,
        before: Day,
        settings: Option<&BTreeMap<String, String>>,
    ) -> Result<Option<Review>> {
        let mut reviews = self.reviews(Some(segmentation)).await?;
        let fits = |review: &Review| {
            review.as_of < before && settings.is_none_or(|settings| *settings == review.settings)
        };
        reviews.retain(fits);
        Ok(reviews.pop())
    }

    /// Forgets a review.
    ///
    /// Errors: `NotFound` if there is no such one.
    pub async fn forget_review(&self, review: i64) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        let delete = "DELETE FROM reviews WHERE review = $1";
        if transaction.execute(delete, &[review.into()]).await? == 0 {
            return Err(Error::NotFound { what: "review", name: review.to_string() });
        }
        transaction.commit().await
    }
}

fn read(row: &Row) -> Result<Review> {
    Ok(Review {
        review: row.integer(0)?,
        segmentation: row.text(1)?,
        as_of: Day(row.integer(2)? as i32),
        made_at: row.integer(3)?,
        settings: row.json(4)?,
        customers: row.integer(5)? as u64,
        segments: row.json(6)?,
        findings: row.text(7)?,
    })
}
