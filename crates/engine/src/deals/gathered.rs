//! The deals that are looked at: the last closed ones, and those that are open.

use super::class::Class;
use crate::facts::bucket::ANONYMOUS;
use crate::facts::events::deal::{Outcome, closed, outcome};
use crate::facts::set::FactError;
use crate::facts::{Events, FactSet};
use arrow_array::Array;
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use model::parallel;
use std::collections::BTreeMap;

/// Fields of a deal that may be conditions, with their columns.
pub const FIELDS: [&str; 7] =
    ["product", "category", "employee", "channel", "lead_source", "campaign", "pipeline"];

/// A deal as of a moment. Numbers are in 1/10 000.
#[derive(Clone, Debug, PartialEq)]
pub struct Deal {
    pub id: String,
    pub source: String,
    /// `None`: nobody is known to it.
    pub customer_id: Option<String>,
    pub bucket: usize,
    pub outcome: Outcome,
    /// Moment it was opened at, microseconds since 1970 UTC.
    pub at: Option<i64>,
    pub opened: Option<Day>,
    /// Day on which it was won or lost, where it says one.
    pub closed: Option<Day>,
    pub amount: Option<i64>,
    pub margin: Option<i64>,
    pub discount: Option<i64>,
    pub effort: Option<i64>,
    pub questions: Option<i64>,
    pub custom_terms: bool,
    pub terms_refused: bool,
    pub loss_reason: Option<String>,
    /// The class that somebody typed, as it was typed.
    pub set_class: Option<String>,
    /// What was known of it when it was opened, by attribute.
    pub attributes: BTreeMap<String, String>,
}

/// What is looked at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathered {
    /// The last closed deals, oldest first.
    pub closed: Vec<Deal>,
    /// How many deals are closed in all.
    pub all_closed: u64,
    /// Open deals, oldest first.
    pub open: Vec<Deal>,
    /// The base has no closed deal, so those that somebody classed by hand stand for them.
    pub interviews: bool,
}

impl Deal {
    /// The day that closed deals are ordered by: one without a day was closed when it was opened.
    pub fn closing_day(&self) -> Option<Day> {
        self.closed.or(self.opened)
    }

    /// Days from opening to closing, in 1/10 000, where both are known and in this order.
    pub fn days_to_close(&self) -> Option<i64> {
        let days = self.closed?.since(self.opened?);
        (days >= 0).then(|| i64::from(days) * model::money::SCALE)
    }

    /// Where it stands among closed deals: by closing day, then by opening, source and id, so that
    /// deals of one day always stand in the same order.
    fn place(&self) -> (Option<Day>, Option<i64>, &str, &str) {
        (self.closing_day(), self.at, &self.source, &self.id)
    }
}

/// The deals known as of a moment: the last `count` closed ones and all that are open, those of
/// nobody included. At most `count` closed deals per bucket are held at a time.
///
/// # Errors
/// A fact file cannot be read.
pub fn gather(facts: &FactSet, as_of: AsOf, count: usize, threads: usize) -> Result<Gathered, FactError> {
    let mut gathered = Gathered::default();
    if !facts.has_events(FactKind::Deals) {
        return Ok(gathered);
    }
    let buckets = parallel::in_order(ANONYMOUS + 1, threads, |bucket| of_bucket(facts, bucket, as_of, count));
    for bucket in buckets {
        let bucket = bucket?;
        gathered.all_closed += bucket.all_closed;
        gathered.closed.extend(bucket.closed);
        gathered.open.extend(bucket.open);
    }
    gathered.open.sort_by(|a, b| a.place().cmp(&b.place()));
    if gathered.all_closed == 0 {
        let typed = |deal: &Deal| deal.set_class.as_deref().and_then(Class::typed).is_some();
        (gathered.closed, gathered.open) = gathered.open.into_iter().partition(typed);
        gathered.interviews = !gathered.closed.is_empty();
        gathered.all_closed = gathered.closed.len() as u64;
    }
    keep_last(&mut gathered.closed, count);
    Ok(gathered)
}

fn keep_last(deals: &mut Vec<Deal>, count: usize) {
    deals.sort_by(|a, b| a.place().cmp(&b.place()));
    let first = deals.len().saturating_sub(count);
    deals.drain(..first);
}

fn of_bucket(facts: &FactSet, bucket: usize, as_of: AsOf, count: usize) -> Result<Gathered, FactError> {
    let events = facts.events(FactKind::Deals, bucket)?;
    let mut gathered = Gathered::default();
    let (mut ended, mut open) = (Vec::new(), Vec::new());
    for row in (0..events.len()).filter(|&row| events.day(row).is_none_or(|day| day <= as_of.0)) {
        match outcome(&events, row, as_of) {
            Outcome::Open => open.push(row),
            Outcome::Won | Outcome::Lost => ended.push(row),
        }
    }
    gathered.all_closed = ended.len() as u64;
    let place = |&row: &usize| {
        (closed(&events, row).or(events.day(row)), events.at(row), events.source(row), events.id(row))
    };
    ended.sort_by(|a, b| place(a).cmp(&place(b)));
    let last = ended.len().saturating_sub(count);
    gathered.closed = ended[last..].iter().map(|&row| deal(&events, row, bucket, as_of)).collect();
    gathered.open = open.into_iter().map(|row| deal(&events, row, bucket, as_of)).collect();
    Ok(gathered)
}

fn deal(events: &Events, row: usize, bucket: usize, as_of: AsOf) -> Deal {
    let text = |name: &str| {
        let texts = events.texts(name);
        texts.is_valid(row).then(|| texts.value(row).to_owned())
    };
    let exact = |name: &str| {
        let numbers = events.exact(name);
        numbers.is_valid(row).then(|| numbers.value(row))
    };
    let more: BTreeMap<String, String> = serde_json::from_str(events.more(row)).unwrap_or_default();
    let mut attributes = more;
    let fields = FIELDS.iter().filter_map(|&name| Some((name.to_owned(), text(name)?)));
    attributes.extend(fields);
    let outcome = outcome(events, row, as_of);
    Deal {
        id: events.id(row).to_owned(),
        source: events.source(row).to_owned(),
        customer_id: events.customer(row).map(str::to_owned),
        bucket,
        outcome,
        at: events.at(row),
        opened: events.day(row),
        closed: closed(events, row).filter(|_| outcome != Outcome::Open),
        amount: exact("amount"),
        margin: exact("margin"),
        discount: exact("discount"),
        effort: exact("effort"),
        questions: exact("questions"),
        custom_terms: text("custom_terms").as_deref() == Some("yes"),
        terms_refused: text("terms_refused").as_deref() == Some("yes"),
        loss_reason: text("loss_reason"),
        set_class: text("deal_class"),
        attributes,
    }
}
