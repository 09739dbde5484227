//! Which sources each customer has.

use super::Attribution;
use crate::facts::FactSet;
use crate::facts::bucket::BUCKETS;
use crate::facts::events::deal::{Outcome, closed, outcome};
use crate::facts::set::FactError;
use crate::features::{Features, opening};
use crate::scan::{Customer, Need, visit_customers};
use crate::segmentations::contract::{LabelColumn, Labels};
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use model::calendar::{AsOf, Day};
use model::parallel;
use std::collections::HashMap;

/// Different sources of one customer that share them evenly; of more, the first so many.
pub(super) const SHARED_MAX: usize = 16;

/// A column of events that names a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// `lead_source` of deals, leads and touches.
    Source,
    /// `channel` of deals, leads and touches; of who has none, that of the first order.
    Channel,
}

/// The sources of the customers of one bucket, in order of its rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mentions {
    /// Different sources, in order of first mention.
    pub names: Vec<String>,
    /// Where each customer's places begin; one more than there are customers.
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Mentions {
    fn new() -> Mentions {
        Mentions { names: Vec::new(), starts: vec![0], places: Vec::new() }
    }

    #[cfg(test)]
    pub(super) fn made(names: Vec<String>, of: impl Iterator<Item = Vec<u32>>) -> Mentions {
        let mut mentions = Mentions { names, ..Mentions::new() };
        of.for_each(|places| {
            mentions.places.extend(places);
            mentions.starts.push(mentions.places.len() as u32);
        });
        mentions
    }

    /// The places among the names of a customer's sources; none: unknown.
    pub fn of(&self, row: usize) -> &[u32] {
        &self.places[self.starts[row] as usize..self.starts[row + 1] as usize]
    }
}

/// Puts mentions together.
struct Builder {
    mentions: Mentions,
    known: HashMap<String, u32>,
}

impl Builder {
    fn new() -> Builder {
        Builder { mentions: Mentions::new(), known: HashMap::new() }
    }

    /// Adds the next customer with the sources that count.
    fn push<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        for name in names {
            let next = self.mentions.names.len() as u32;
            let place = self.known.get(name).copied().unwrap_or(next);
            if place == next {
                self.known.insert(name.to_owned(), next);
                self.mentions.names.push(name.to_owned());
            }
            self.mentions.places.push(place);
        }
        self.mentions.starts.push(self.mentions.places.len() as u32);
    }
}

/// The sources that events name, bucket by bucket, of customers in the order of features computed as of
/// the same moment.
///
/// # Errors
/// A fact file cannot be read.
pub fn event_mentions(
    facts: &FactSet,
    by: By,
    attribution: Attribution,
    as_of: AsOf,
    threads: usize,
) -> Result<Vec<Mentions>, FactError> {
    facts.name_visitors(as_of, threads)?;
    let buckets = parallel::in_order(BUCKETS, threads, |bucket| {
        let mut builder = Builder::new();
        let channel = by == By::Channel;
        let need = Need { channel, moment: channel, events: true, ..Need::default() };
        visit_customers(facts, bucket, as_of, need, &mut |customer| {
            builder.push(sources(customer, by, attribution, as_of));
        })?;
        Ok(builder.mentions)
    });
    buckets.into_iter().collect()
}

/// The sources of a customer that count.
fn sources<'a>(customer: &Customer<'a>, by: By, attribution: Attribution, as_of: AsOf) -> Vec<&'a str> {
    let column = if by == By::Source { "lead_source" } else { "channel" };
    let bought = first_purchase(customer, as_of).unwrap_or(as_of.0);
    let mut said = customer.events.said(column, bought);
    if by == By::Channel && said.is_empty() {
        let first = customer.orders.iter().find(|order| !order.is_return);
        let channel = first.and_then(|order| opening(customer.lines.channels.as_ref(), order));
        said.extend(channel);
    }
    match attribution {
        Attribution::First => said.truncate(1),
        Attribution::Last => said = said.pop().into_iter().collect(),
        Attribution::Even => {
            let mut different: Vec<&str> = Vec::new();
            said.iter().for_each(|name| {
                if !different.contains(name) && different.len() < SHARED_MAX {
                    different.push(name);
                }
            });
            said = different;
        }
    }
    said
}

/// The day of the first order or won deal.
fn first_purchase(customer: &Customer<'_>, as_of: AsOf) -> Option<Day> {
    let order = customer.orders.iter().find(|order| !order.is_return).map(|order| order.day);
    let deals = customer.events.deals.as_ref();
    let won = deals.and_then(|(deals, rows)| {
        let won = rows.clone().filter(|&row| outcome(deals, row, as_of) == Outcome::Won);
        won.filter_map(|row| closed(deals, row).or(deals.day(row))).min()
    });
    order.into_iter().chain(won).min()
}

/// The values of a column as sources, one for each customer: a text feature, an attribute or the
/// segments of a label column. `None` where there is no such column, or it has no texts.
pub fn column_mentions(
    features: &[Features],
    labels: &[Vec<LabelColumn>],
    name: &str,
) -> Option<Vec<Mentions>> {
    let buckets = features.iter().enumerate().map(|(place, bucket)| {
        let mut builder = Builder::new();
        if let Some(column) = bucket.column(name).or_else(|| bucket.attribute_column(name)) {
            let column = column.as_dictionary_opt::<Int32Type>()?;
            let values = column.values().as_string::<i32>();
            column.keys().iter().for_each(|key| builder.push(key.map(|key| values.value(key as usize))));
            return Some(builder.mentions);
        }
        let column = labels.get(place)?.iter().find(|column| column.name == name)?;
        let Labels::Names { names, codes } = &column.labels else { return None };
        codes.iter().for_each(|code| builder.push(names.get(usize::from(code)).map(String::as_str)));
        Some(builder.mentions)
    });
    buckets.collect()
}
