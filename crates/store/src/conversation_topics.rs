//! Topics of conversations that people set by hand.

use crate::error::Result;
use crate::store::Store;
use std::collections::BTreeMap;

impl Store {
    /// Sets the topics of a conversation, in order of weight, in place of those set before. Without
    /// any, words speak again.
    pub async fn set_conversation_topics(
        &self,
        source: &str,
        id: &str,
        topics: &[String],
        at: i64,
    ) -> Result<()> {
        let mut transaction = self.database.begin().await?;
        let delete = "DELETE FROM conversation_topics WHERE source = $1 AND event_id = $2";
        transaction.execute(delete, &[source.into(), id.into()]).await?;
        let insert = "INSERT INTO conversation_topics (source, event_id, topic, place, set_at)
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (source, event_id, topic) DO NOTHING";
        for (place, topic) in (0_i64..).zip(topics) {
            let values = [source.into(), id.into(), topic.into(), place.into(), at.into()];
            transaction.execute(insert, &values).await?;
        }
        transaction.commit().await
    }

    /// All topics set by hand, by source and id of the conversation.
    pub async fn conversation_topics(&self) -> Result<BTreeMap<(String, String), Vec<String>>> {
        let select = "SELECT source, event_id, topic FROM conversation_topics
            ORDER BY source, event_id, place";
        let mut topics: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for row in &self.database.fetch(select, &[]).await? {
            topics.entry((row.text(0)?, row.text(1)?)).or_default().push(row.text(2)?);
        }
        Ok(topics)
    }
}
