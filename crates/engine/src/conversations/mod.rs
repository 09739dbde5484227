//! Conversations: touches in which something was said, with what facts know of them. Their texts and
//! numbers are personal and come from the state.

mod table;
mod topics;

pub use table::{COLUMNS, Listed, table};
pub use topics::{Summary, TREND_MONTHS, Tally, refusals};

use crate::facts::FactSet;
use crate::facts::events::found::{BETWEEN, FOUND, TEXT, said};
use crate::facts::set::FactError;
use crate::facts::{Events, bucket};
use crate::import::names::{fold, words};
use arrow_array::Array;
use model::base::FactKind;
use model::calendar::Day;
use std::collections::BTreeSet;

/// The kinds of touch that are conversations even where no text is known.
pub const KINDS: [&str; 7] =
    ["call", "message_in", "message_out", "conversation", "survey", "ticket", "note"];

/// A part of the base's conversations: that of one bucket of customers, or of nobody.
pub const PARTS: usize = bucket::ANONYMOUS + 1;

/// How the topics of a conversation are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// A person has said so.
    Hand,
    /// Its file has.
    File,
    /// The words of its text tell.
    Words,
}

impl By {
    pub fn name(self) -> &'static str {
        match self {
            By::Hand => "hand",
            By::File => "file",
            By::Words => "words",
        }
    }
}

/// A conversation as facts know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    pub source: String,
    pub id: String,
    pub customer_id: Option<String>,
    /// Microseconds since 1970 UTC.
    pub at: i64,
    pub day: Day,
    /// Kind of touch.
    pub touch: String,
    pub channel: Option<String>,
    pub employee: Option<String>,
    /// Seconds in 1/10 000.
    pub duration: Option<i64>,
    pub result: Option<String>,
    /// The main one first.
    pub topics: Vec<String>,
    /// How the topics are known; `None` where there are none.
    pub by: Option<By>,
    /// Whether the state has its text.
    pub has_text: bool,
}

/// What conversations are looked for. Only the text and the number are asked elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// First and last day.
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// Longer or shorter than so many seconds in 1/10 000; those of unknown length are neither.
    pub longer: Option<i64>,
    pub shorter: Option<i64>,
    /// Words of the employee's name, all of them.
    pub employee: Option<String>,
    /// Ids of the customer.
    pub customers: Option<BTreeSet<String>>,
    pub channel: Option<String>,
    /// Kind of touch.
    pub touch: Option<String>,
}

impl Wanted {
    fn admits(&self, one: &Conversation) -> bool {
        let long = |limit: i64, above: bool| {
            one.duration.is_some_and(|duration| if above { duration > limit } else { duration < limit })
        };
        self.from.is_none_or(|day| one.day >= day)
            && self.to.is_none_or(|day| one.day <= day)
            && self.longer.is_none_or(|limit| long(limit, true))
            && self.shorter.is_none_or(|limit| long(limit, false))
            && self.employee.as_ref().is_none_or(|name| has_words(one.employee.as_deref(), name))
            && self.channel.as_ref().is_none_or(|name| one.channel.as_deref().map(fold) == Some(fold(name)))
            && self.touch.as_ref().is_none_or(|name| one.touch == *name)
            && self
                .customers
                .as_ref()
                .is_none_or(|ids| one.customer_id.as_ref().is_some_and(|customer| ids.contains(customer)))
    }
}

/// Whether all words that are wanted stand in a name.
fn has_words(name: Option<&str>, wanted: &str) -> bool {
    let Some(name) = name.map(words) else { return false };
    words(wanted).split(' ').all(|wanted| name.split(' ').any(|word| word == wanted))
}

/// The conversations of a part of the base that are wanted, in the order of the facts.
///
/// # Errors
/// A file of the base cannot be read.
pub fn of_part(facts: &FactSet, part: usize, wanted: &Wanted) -> Result<Vec<Conversation>, FactError> {
    let touches = facts.events(FactKind::Touches, part)?;
    let all = (0..touches.len()).filter_map(|row| conversation(&touches, row));
    Ok(all.filter(|one| wanted.admits(one)).collect())
}

/// A touch as a conversation, if it is one.
fn conversation(touches: &Events, row: usize) -> Option<Conversation> {
    let text = |column: &str| {
        let texts = touches.texts(column);
        texts.is_valid(row).then(|| texts.value(row).to_owned())
    };
    let more = said(touches.more(row));
    let has_text = more.contains_key(TEXT);
    let touch = text("touch").unwrap_or_default();
    if !has_text && !KINDS.contains(&touch.as_str()) {
        return None;
    }
    let duration = touches.exact("duration");
    let (topics, by) = match (more.get(FOUND), text("topic")) {
        (Some(found), _) => (found.split(BETWEEN).map(str::to_owned).collect(), Some(By::Words)),
        (None, Some(said)) => (vec![said], Some(By::File)),
        (None, None) => (Vec::new(), None),
    };
    Some(Conversation {
        source: touches.source(row).to_owned(),
        id: touches.id(row).to_owned(),
        customer_id: touches.customer(row).map(str::to_owned),
        at: touches.at(row)?,
        day: touches.day(row)?,
        touch,
        channel: text("channel"),
        employee: text("employee"),
        duration: duration.is_valid(row).then(|| duration.value(row)),
        result: text("result"),
        topics,
        by,
        has_text,
    })
}
