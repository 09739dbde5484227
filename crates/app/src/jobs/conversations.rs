//! Conversations: searched by what facts and the state know of them, what they are about, and topics
//! set by hand.

use super::explain::ids_of;
use super::segment::originals_of;
use crate::base::{Base, region_of};
use crate::clock;
use anyhow::{Context, Result, bail};
use engine::conversations::{By, Conversation, Listed, PARTS, Summary, Wanted, of_part, refusals, table};
use engine::facts::FactSet;
use engine::import::cells;
use engine::import::phrases::{Query, snippet};
use engine::import::topics::{Says, Topics};
use engine::outputs::{CsvOptions, Format, Output};
use engine::progress::Watch;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::base::{FactKind, PersonalField};
use model::calendar::{AsOf, Day};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// What is looked for.
#[derive(Default)]
pub struct Search {
    pub wanted: Wanted,
    /// Customer as the user names them.
    pub customer: Option<String>,
    /// Number as the user types it.
    pub number: Option<String>,
    pub words: Option<Query>,
    pub topic: Option<String>,
    /// Topics to find anew in texts whose files say none; none: those found when they were imported.
    pub topics: Option<Arc<Topics>>,
}

/// The newest conversations that were found.
pub struct Found {
    /// Newest first.
    pub listed: Vec<Listed>,
    /// How many there are in all.
    pub total: u64,
}

/// Looks through all conversations of a base, part by part, and keeps the newest `limit`; without a
/// limit all that are found. Texts are read only where words or topics are looked for in them, and for
/// what is listed.
///
/// # Errors
/// The base cannot be read; a customer or number that cannot be meant.
pub fn search(base: &Base, search: Search, limit: Option<usize>, watch: &dyn Watch) -> Result<Found> {
    let (facts, _) = base.facts()?;
    let look = Look::new(base, &facts, search)?;
    let mut found: Vec<(Conversation, Vec<Range<usize>>)> = Vec::new();
    let mut total = 0;
    look.each(watch, &mut |one, places| {
        total += 1;
        found.push((one, places));
        if limit.is_some_and(|limit| found.len() > 2 * limit.max(SORTED_MIN)) {
            newest_first(&mut found, limit);
        }
    })?;
    newest_first(&mut found, limit);
    Ok(Found { listed: listed(base, found)?, total })
}

/// Conversations held before those that are too many are let go.
const SORTED_MIN: usize = 1_000;

fn newest_first(found: &mut Vec<(Conversation, Vec<Range<usize>>)>, limit: Option<usize>) {
    let key = |one: &Conversation| (Reverse(one.at), one.source.clone(), one.id.clone());
    found.sort_by_cached_key(|(one, _)| key(one));
    found.truncate(limit.unwrap_or(usize::MAX));
}

/// A search, ready.
struct Look<'a> {
    base: &'a Base,
    facts: &'a FactSet,
    search: Search,
    /// Source and id of the conversations with the number that is looked for.
    with_number: Option<BTreeSet<(String, String)>>,
    by_hand: BTreeMap<(String, String), Vec<String>>,
}

impl<'a> Look<'a> {
    fn new(base: &'a Base, facts: &'a FactSet, mut search: Search) -> Result<Look<'a>> {
        if let Some(customer) = &search.customer {
            search.wanted.customers = Some(ids_of(base, customer)?.into_iter().collect());
        }
        let with_number = match &search.number {
            None => None,
            Some(typed) => {
                let number = number(base, typed)?;
                Some(base.wait(base.store.find_personal(
                    FactKind::Touches,
                    PersonalField::Number,
                    &number,
                ))?)
            }
        };
        let by_hand = base.wait(base.store.conversation_topics())?;
        Ok(Look { base, facts, search, with_number, by_hand })
    }

    /// Gives every conversation that is found, with the places of the words that were found in it.
    fn each(&self, watch: &dyn Watch, found: &mut dyn FnMut(Conversation, Vec<Range<usize>>)) -> Result<()> {
        let reads = self.search.words.is_some() || self.search.topics.is_some();
        for part in 0..PARTS {
            let mut all = of_part(self.facts, part, &self.search.wanted)?;
            if let Some(with_number) = &self.with_number {
                all.retain(|one| with_number.contains(&(one.source.clone(), one.id.clone())));
            }
            for chunk in all.chunks(TEXTS_MAX) {
                let texts = if reads { texts(self.base, chunk)? } else { BTreeMap::new() };
                for one in chunk {
                    let text = texts.get(&(one.source.clone(), one.id.clone())).map(String::as_str);
                    if let Some(places) = self.places(text) {
                        let one = self.with_topics(one.clone(), text);
                        if self.search.topic.as_ref().is_none_or(|topic| one.topics.contains(topic)) {
                            found(one, places);
                        }
                    }
                }
            }
            watch.advance("search", part as u64 + 1, PARTS as u64);
        }
        Ok(())
    }

    fn places(&self, text: Option<&str>) -> Option<Vec<Range<usize>>> {
        match &self.search.words {
            None => Some(Vec::new()),
            Some(query) => query.found(text?),
        }
    }

    /// A conversation with the topics that count: set by hand, else of its file, else of its words.
    fn with_topics(&self, mut one: Conversation, text: Option<&str>) -> Conversation {
        if let Some(topics) = self.by_hand.get(&(one.source.clone(), one.id.clone())) {
            one.topics.clone_from(topics);
            one.by = Some(By::Hand);
        } else if let (Some(topics), true) = (&self.search.topics, one.by != Some(By::File)) {
            one.topics = text
                .map(|text| topics.of_text(text))
                .unwrap_or_default()
                .into_iter()
                .map(str::to_owned)
                .collect();
            one.by = (!one.topics.is_empty()).then_some(By::Words);
        }
        one
    }
}

/// Texts held at a time while they are looked through.
const TEXTS_MAX: usize = 5_000;

/// A number in the form in which the state keeps it.
fn number(base: &Base, typed: &str) -> Result<String> {
    let region = region_of(&base.settings.zone);
    let found = cells::phone(typed, region).ok().and_then(|found| found.into_iter().next());
    found.map(|phone| phone.e164).with_context(|| {
        format!("`{typed}` is no phone number; write it with its country, such as +37120000000")
    })
}

type OfState = BTreeMap<(String, String), String>;

/// A personal field of some conversations, by source and id.
fn of_state(
    base: &Base,
    all: &mut dyn Iterator<Item = &Conversation>,
    field: PersonalField,
) -> Result<OfState> {
    let mut by_source: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for one in all {
        by_source.entry(&one.source).or_default().push(one.id.clone());
    }
    let mut values = BTreeMap::new();
    for (source, ids) in by_source {
        let found = base.wait(base.store.personal(FactKind::Touches, source, field, &ids))?;
        values.extend(found.into_iter().map(|(id, value)| ((source.to_owned(), id), value)));
    }
    Ok(values)
}

fn texts(base: &Base, all: &[Conversation]) -> Result<OfState> {
    of_state(base, &mut all.iter().filter(|one| one.has_text), PersonalField::Text)
}

/// A moment in a zone, to the minute.
fn local(at: i64, zone: &TimeZone) -> String {
    let at = Timestamp::from_microsecond(at).map(|at| at.to_zoned(zone.clone()));
    at.map_or_else(|_| String::new(), |at| at.strftime("%Y-%m-%d %H:%M").to_string())
}

/// What was found with what the state knows of it.
fn listed(base: &Base, found: Vec<(Conversation, Vec<Range<usize>>)>) -> Result<Vec<Listed>> {
    let with_text = &mut found.iter().map(|(one, _)| one).filter(|one| one.has_text);
    let mut texts = of_state(base, with_text, PersonalField::Text)?;
    let mut numbers = of_state(base, &mut found.iter().map(|(one, _)| one), PersonalField::Number)?;
    let ids = found.iter().filter_map(|(one, _)| one.customer_id.as_deref()).collect();
    let originals = originals_of(base, ids)?;
    let zone = TimeZone::get(&base.settings.zone).unwrap_or(TimeZone::UTC);
    let listed = found.into_iter().map(|(conversation, places)| {
        let key = (conversation.source.clone(), conversation.id.clone());
        let text = texts.remove(&key);
        let shown = |id: &String| originals.get(id).unwrap_or(id).clone();
        Listed {
            at: local(conversation.at, &zone),
            customer: conversation.customer_id.as_ref().map(shown),
            number: numbers.remove(&key),
            snippet: text.as_ref().map(|text| snippet(text, &places)),
            text,
            conversation,
        }
    });
    Ok(listed.collect())
}

/// Writes conversations with their whole texts to a file; the number of rows.
///
/// # Errors
/// The file cannot be written.
pub fn to_file(found: &Found, path: &Path, format: Format, csv: &CsvOptions) -> Result<u64> {
    let batch = table(&found.listed)?;
    let mut output = Output::to_file(path, format, batch.schema(), csv)?;
    output.write(&batch)?;
    Ok(output.finish()?)
}

/// What customers ask, like and dislike.
pub struct Topical {
    pub summary: Summary,
    /// Topics by weight, with what customers do by speaking of them.
    pub topics: Vec<(String, Option<Says>)>,
    /// Lost deals and leads whose reason speaks of the topic.
    pub refusals: BTreeMap<String, u64>,
}

/// Adds conversations up by topic.
///
/// # Errors
/// Those of [`search`].
pub fn topics(base: &Base, search: Search, watch: &dyn Watch) -> Result<Topical> {
    let (facts, _) = base.facts()?;
    let list = search.topics.clone().unwrap_or_else(Topics::shipped);
    let last = search.wanted.to.unwrap_or(Day(i32::MAX));
    let look = Look::new(base, &facts, search)?;
    let mut summary = Summary::default();
    look.each(watch, &mut |one, _| summary.add(&one))?;
    let refusals = refusals(&facts, &list, AsOf(last))?;
    let mut names: Vec<String> = summary.topics.keys().chain(refusals.keys()).cloned().collect();
    names.sort();
    names.dedup();
    let weight = |name: &String| summary.topics.get(name).map_or(0, |tally| tally.conversations);
    names.sort_by_key(|name| Reverse(weight(name)));
    let topics = names.into_iter().map(|name| (name.clone(), Summary::says(&list, &name))).collect();
    Ok(Topical { summary, topics, refusals })
}

/// Sets the topics of a conversation by hand, or with none leaves it to its words again. Gives its
/// source.
///
/// # Errors
/// There is no such conversation, or there are several under one id.
pub fn tag(base: &Base, id: &str, source: Option<&str>, topics: &[String]) -> Result<String> {
    if let Some(topic) = topics.iter().find(|topic| topic.trim().is_empty() || topic.contains(',')) {
        bail!("`{topic}` is no name of a topic: it is empty or has a comma; name each topic by itself");
    }
    let (facts, _) = base.facts()?;
    let mut sources: BTreeSet<String> = BTreeSet::new();
    for part in 0..PARTS {
        let all = of_part(&facts, part, &Wanted::default())?;
        sources.extend(all.into_iter().filter(|one| one.id == id).map(|one| one.source));
    }
    sources.retain(|known| source.is_none_or(|wanted| wanted == known));
    let mut known = sources.into_iter();
    match (known.next(), known.next()) {
        (None, _) => {
            bail!("there is no conversation `{id}`; `dolka conversations` lists them with their ids")
        }
        (Some(one), Some(other)) => {
            bail!("`{id}` is a conversation of `{one}` and of `{other}`; say which with `--source`")
        }
        (Some(source), None) => {
            base.wait(base.store.set_conversation_topics(&source, id, topics, clock::now()))?;
            Ok(source)
        }
    }
}
