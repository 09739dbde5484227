//! What segments of any segmentation, and channels of service, cost and bring.

use super::Plan;
use super::value::Returns;
use crate::facts::bucket::BUCKETS;
use crate::facts::set::FactError;
use crate::facts::{Events, FactSet};
use crate::features::{Features, YEAR_DAYS, margin};
use crate::scan::{Customer, Need, visit_customers};
use crate::segmentations::basis;
use crate::segmentations::contract::{Fit, LabelColumn, Settings};
use crate::segmentations::tally::{TallyError, find, segment_names, segment_place};
use arrow_array::Array;
use model::calendar::{AsOf, Day};
use model::money::divide_half_even;
use model::parallel;
use std::collections::BTreeMap;
use std::ops::Range;

/// What the segments of a label column cost and bring, those with customers, in the column's order.
/// `features` and `labels` are parallel.
///
/// # Errors
/// A column that is not there or holds no segments.
pub fn by_segment(
    settings: &Settings,
    fit: &Fit,
    features: &[Features],
    labels: &[Vec<LabelColumn>],
    by: &str,
) -> Result<Vec<(String, Returns)>, TallyError> {
    let plan = Plan::checked(settings);
    let mut names = Vec::new();
    let mut found: BTreeMap<u16, Returns> = BTreeMap::new();
    for (bucket, columns) in features.iter().zip(labels) {
        let segments = find(by, columns)?;
        if names.is_empty() {
            names = segment_names(segments);
        }
        let serving = super::Serving::new(&plan, fit, bucket);
        for row in 0..bucket.len() {
            let effort = serving.effort(row);
            let one = Returns {
                customers: 1,
                known: u64::from(effort.is_some()),
                effort: i128::from(effort.unwrap_or(0)),
                money: effort.map_or(0, |_| i128::from(serving.money(row))),
            };
            found.entry(segment_place(segments, row)).or_default().add(&one);
        }
    }
    Ok(found.into_iter().map(|(place, sums)| (names[usize::from(place)].clone(), sums)).collect())
}

/// What a channel of service costs and brings in the last 365 days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channel {
    /// Deals and touches whose effort is known.
    pub contacts: u64,
    /// Customers, their effort, and the part of their money that the effort in this channel is of all
    /// their effort.
    pub returns: Returns,
}

/// Channels of service by name; `None`: contacts that say no channel.
pub type Channels = BTreeMap<Option<String>, Channel>;

/// What the channels cost and bring in which customers were served.
///
/// # Errors
/// A fact file cannot be read.
pub fn by_channel(facts: &FactSet, fit: &Fit, as_of: AsOf, threads: usize) -> Result<Channels, FactError> {
    let on_margin = basis::on_margin(fit);
    let need = Need { cost: on_margin, events: true, ..Need::default() };
    let from = as_of.0.plus(-YEAR_DAYS);
    let buckets = parallel::in_order(BUCKETS, threads, |bucket| {
        let mut channels = Channels::new();
        visit_customers(facts, bucket, as_of, need, &mut |customer| {
            add(customer, from, on_margin, &mut channels);
        })?;
        Ok(channels)
    });
    let mut all = Channels::new();
    for channels in buckets {
        for (name, one) in channels? {
            let sum = all.entry(name).or_default();
            sum.contacts += one.contacts;
            sum.returns.add(&one.returns);
        }
    }
    Ok(all)
}

/// Adds a customer to the channels they were served in.
fn add(customer: &Customer<'_>, from: Day, on_margin: bool, channels: &mut Channels) {
    let mut own: BTreeMap<Option<&str>, (u64, i128)> = BTreeMap::new();
    for (events, rows) in [&customer.events.deals, &customer.events.touches].into_iter().flatten() {
        gather(events, rows.clone(), from, &mut own);
    }
    let effort: i128 = own.values().map(|(_, effort)| effort).sum();
    if effort <= 0 {
        return;
    }
    let lately = customer.orders.iter().filter(|order| order.day >= from);
    let money: i64 = match on_margin {
        true => lately.filter_map(|order| margin(customer, order.rows.clone())).sum(),
        false => lately.map(|order| order.amount).sum(),
    };
    // Parts are differences of rounded sums, so that they add up to the whole.
    let (mut seen, mut given) = (0, 0);
    for (name, (contacts, part)) in own {
        seen += part;
        let up_to = divide_half_even(i128::from(money) * seen, effort);
        let sum = channels.entry(name.map(str::to_owned)).or_default();
        sum.contacts += contacts;
        sum.returns.add(&Returns { customers: 1, known: 1, effort: part, money: up_to - given });
        given = up_to;
    }
}

/// Contacts with effort and their effort by channel.
fn gather<'a>(
    events: &'a Events,
    rows: Range<usize>,
    from: Day,
    own: &mut BTreeMap<Option<&'a str>, (u64, i128)>,
) {
    let (effort, channels) = (events.exact("effort"), events.texts("channel"));
    for row in rows.filter(|&row| effort.is_valid(row) && effort.value(row) > 0) {
        if events.day(row).is_some_and(|day| day >= from) {
            let name = channels.is_valid(row).then(|| channels.value(row));
            let sum = own.entry(name).or_default();
            sum.0 += 1;
            sum.1 += i128::from(effort.value(row));
        }
    }
}
