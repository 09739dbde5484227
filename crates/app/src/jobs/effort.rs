//! Value for effort: who costs more than they bring, and what segments and channels repay.

use super::segment::{self, Cut};
use crate::base::Base;
use anyhow::{Result, bail};
use engine::facts::FactSet;
use engine::features::Features;
use engine::import::names::did_you_mean;
use engine::progress::Watch;
use engine::segmentations::effort::{Rates, Returns, Served, by_channel, by_segment, rates, served};
use engine::segmentations::{Fit, SEGMENTATIONS, Settings};
use model::calendar::{AsOf, Day};
use model::money::divide_half_even;

/// The segmentation that knows effort.
pub const EFFORT: &str = "effort";
/// What stands for the channel of service in place of a column.
pub const CHANNEL: &str = "channel";

/// A base with effort held against what it brings.
pub struct Weighed {
    pub cut: Cut,
    pub rates: Rates,
}

/// A customer who costs more than they bring, without influence.
pub struct Drain {
    pub customer: String,
    pub served: Served,
}

/// What a channel repays.
pub struct ChannelRow {
    /// `None`: contacts that name no channel.
    pub channel: Option<String>,
    pub contacts: u64,
    pub returns: Returns,
    /// Effort of as many contacts in the channel with the least effort per contact.
    pub cheapest_effort: i128,
}

impl Weighed {
    fn fit(&self) -> &Fit {
        &self.cut.outcome.fits[0]
    }

    /// What there is to say of it.
    pub fn notes(&self) -> &[String] {
        &self.fit().notes
    }
}

/// Holds effort against what it brings, for the segments of a column too where one is named.
///
/// # Errors
/// A column that no segmentation gives, a setting that cannot be used, an hour without a cost.
pub fn weigh(
    facts: &FactSet,
    by: Option<&str>,
    settings: &[String],
    as_of: Option<Day>,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Weighed> {
    let mut names = vec![EFFORT.to_owned()];
    if let Some(column) = by.filter(|&column| column != CHANNEL) {
        names.push(giving(column)?.to_owned());
    }
    let asked = segment::asked(&names, settings)?;
    let moment = segment::moment(facts, as_of)?;
    let cut = segment::cut(facts, asked, &[], moment, threads, watch)?;
    let rates = rates(&cut.asked[0].settings);
    if rates.hour_cost.is_none() {
        bail!(
            "what an hour costs is not set: say it with `--set effort.hour_cost=25`, in the base's currency"
        );
    }
    Ok(Weighed { cut, rates })
}

/// The segmentation that gives a column.
fn giving(column: &str) -> Result<&'static str> {
    let mut abouts = SEGMENTATIONS.iter().map(|one| one.about());
    let found = abouts.find(|about| about.columns.iter().any(|(name, _)| *name == column));
    if let Some(about) = found {
        return Ok(about.name);
    }
    let named: Vec<&str> = SEGMENTATIONS.iter().map(|one| one.about().named_by).collect();
    let near = did_you_mean(column, named.iter().copied().chain([CHANNEL]));
    bail!("no segmentation gives a column `{column}`; there are {}, and {CHANNEL}{near}", named.join(", "))
}

/// Customers who cost more than they bring and have no influence, those who cost the most first.
pub fn drains(base: &Base, weighed: &Weighed) -> Result<Vec<Drain>> {
    let cut = &weighed.cut;
    let originals = segment::originals(base, &cut.features)?;
    let shown = |id: &str| originals.get(id).map_or(id, String::as_str).to_owned();
    Ok(drains_of(&cut.asked[0].settings, weighed.fit(), cut.as_of, &cut.features, shown))
}

/// The same of features that were asked for with these settings. `shown` gives the id that is shown.
pub fn drains_of(
    settings: &Settings,
    fit: &Fit,
    as_of: AsOf,
    features: &[Features],
    shown: impl Fn(&str) -> String,
) -> Vec<Drain> {
    let rates = rates(settings);
    let mut found = Vec::new();
    for bucket in features {
        for row in 0..bucket.len() {
            let served = served(settings, fit, as_of, bucket, row);
            if served.is_lost_effort {
                found.push(Drain { customer: shown(bucket.customer_ids().value(row)), served });
            }
        }
    }
    let loss = |drain: &Drain| {
        let cost = drain.served.effort.and_then(|effort| rates.cost(i128::from(effort)));
        i128::from(drain.served.money) - cost.unwrap_or_default()
    };
    found.sort_by(|a, b| loss(a).cmp(&loss(b)).then_with(|| a.customer.cmp(&b.customer)));
    found
}

/// What the segments of a column repay, in the column's order.
///
/// # Errors
/// A column of numbers.
pub fn segments(weighed: &Weighed, column: &str) -> Result<Vec<(String, Returns)>> {
    let cut = &weighed.cut;
    let settings = &cut.asked[0].settings;
    Ok(by_segment(settings, weighed.fit(), &cut.features, &cut.outcome.labels, column)?)
}

/// What the channels of service repay, by name, those without one first.
///
/// # Errors
/// A fact file cannot be read.
pub fn channels(facts: &FactSet, weighed: &Weighed, threads: usize) -> Result<Vec<ChannelRow>> {
    let found = by_channel(facts, weighed.fit(), weighed.cut.as_of, threads)?;
    // The least effort per contact, as a fraction, so that equal ones are equal.
    let per_contact = found.values().map(|one| (one.returns.effort, i128::from(one.contacts)));
    let least = per_contact.min_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1))).unwrap_or((0, 1));
    let row = |(channel, one): (Option<String>, engine::segmentations::effort::Channel)| ChannelRow {
        channel,
        contacts: one.contacts,
        cheapest_effort: divide_half_even(i128::from(one.contacts) * least.0, least.1),
        returns: one.returns,
    };
    Ok(found.into_iter().map(row).collect())
}
