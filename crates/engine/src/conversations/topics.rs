//! What customers ask, like and dislike: conversations and customers by topic and month.

use super::{By, Conversation};
use crate::facts::FactSet;
use crate::facts::bucket::ANONYMOUS;
use crate::facts::events::deal::{Outcome, outcome};
use crate::facts::set::FactError;
use crate::import::topics::{Says, Topics};
use arrow_array::Array;
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use std::collections::{BTreeMap, BTreeSet};

/// Months of the trend, the last one that of the newest conversation.
pub const TREND_MONTHS: usize = 6;

/// What is counted of one topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Conversations in which it is the main topic or another one.
    pub conversations: u64,
    /// Of these, those whose topics a person has set.
    pub by_hand: u64,
    pub customers: BTreeSet<String>,
    /// Conversations by month, counted from the year 0.
    pub months: BTreeMap<i32, u64>,
}

/// Conversations by topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub topics: BTreeMap<String, Tally>,
    pub conversations: u64,
    /// Those with a topic.
    pub told: u64,
    newest: Option<Day>,
}

impl Summary {
    /// Adds a conversation.
    pub fn add(&mut self, one: &Conversation) {
        self.conversations += 1;
        self.told += u64::from(!one.topics.is_empty());
        self.newest = self.newest.max(Some(one.day));
        for topic in &one.topics {
            let tally = self.topics.entry(topic.clone()).or_default();
            tally.conversations += 1;
            tally.by_hand += u64::from(one.by == Some(By::Hand));
            tally.customers.extend(one.customer_id.clone());
            *tally.months.entry(month(one.day)).or_default() += 1;
        }
    }

    /// Conversations of a topic in each of the last months, the oldest first.
    pub fn trend(&self, topic: &str) -> [u64; TREND_MONTHS] {
        let mut trend = [0; TREND_MONTHS];
        let (Some(newest), Some(tally)) = (self.newest, self.topics.get(topic)) else { return trend };
        for (place, count) in trend.iter_mut().enumerate() {
            let month = month(newest) - (TREND_MONTHS - 1 - place) as i32;
            *count = tally.months.get(&month).copied().unwrap_or(0);
        }
        trend
    }

    /// What customers do by speaking of a topic; `None` for one that the list does not know.
    pub fn says(topics: &Topics, topic: &str) -> Option<Says> {
        topics.get(topic).map(|topic| topic.says)
    }
}

fn month(day: Day) -> i32 {
    let date = day.date();
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

/// Lost deals and leads by the topics of their reason, by the same words.
///
/// # Errors
/// A file of the base cannot be read.
pub fn refusals(facts: &FactSet, topics: &Topics, as_of: AsOf) -> Result<BTreeMap<String, u64>, FactError> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for kind in [FactKind::Deals, FactKind::Leads] {
        if !facts.has_events(kind) {
            continue;
        }
        for bucket in 0..=ANONYMOUS {
            let events = facts.events(kind, bucket)?;
            let reasons = events.texts("loss_reason");
            for row in (0..events.len()).filter(|&row| reasons.is_valid(row)) {
                let lost = kind == FactKind::Leads || outcome(&events, row, as_of) == Outcome::Lost;
                if lost && events.day(row).is_none_or(|day| day <= as_of.0) {
                    for topic in topics.of_text(reasons.value(row)) {
                        *counts.entry(topic.to_owned()).or_default() += 1;
                    }
                }
            }
        }
    }
    Ok(counts)
}
