//! The features by which segments are compared, each on the scale on which customers differ evenly.

use crate::facts::FactSet;
use crate::features::list::{self, Unit};
use crate::features::table::Values;
use crate::features::{Features, Question};
use model::base::FactKind;
use model::money::SCALE;

/// How values are put on a scale before means are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// As they are: shares and steps.
    Plain,
    /// The logarithm of one more, with the sign kept: counts, days and money, of which a few customers
    /// have a hundred times as much as most.
    Log,
}

impl Scale {
    /// A value on the scale.
    pub fn of(self, value: f64) -> f64 {
        match self {
            Scale::Plain => value,
            Scale::Log => value.signum() * value.abs().ln_1p(),
        }
    }
}

/// A feature that segments are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    pub feature: &'static str,
    pub scale: Scale,
}

const fn measure(feature: &'static str, scale: Scale) -> Measure {
    Measure { feature, scale }
}

/// Every measure, in the order in which they are shown.
pub const MEASURES: &[Measure] = &[
    measure("orders", Scale::Log),
    measure("recency_days", Scale::Log),
    measure("age_days", Scale::Log),
    measure("median_gap_days", Scale::Log),
    measure("revenue", Scale::Log),
    measure("revenue_365", Scale::Log),
    measure("margin", Scale::Log),
    measure("average_order", Scale::Log),
    measure("median_quantity", Scale::Log),
    measure("discount_share", Scale::Plain),
    measure("return_share", Scale::Plain),
    measure("won_deals", Scale::Log),
    measure("open_deals", Scale::Log),
    measure("touches", Scale::Log),
    measure("readiness_step", Scale::Plain),
    measure("online_share", Scale::Plain),
    measure("effort_365", Scale::Log),
];
/// Those that come from deals, leads and touches.
const OF_EVENTS: [&str; 5] = ["won_deals", "open_deals", "touches", "readiness_step", "effort_365"];

/// Features that are texts, compared like attributes.
pub const TEXTS: [&str; 5] =
    ["favourite_category", "favourite_brand", "favourite_channel", "first_source", "occasion"];
const TEXT_OF_EVENTS: &str = "first_source";

/// Asks for the features and the attributes that segments are compared by, as far as the base can have
/// them.
pub fn ask(facts: &FactSet, attributes: &[String], question: &mut Question) {
    let events = FactKind::EVENTS.into_iter().any(|kind| facts.has_events(kind));
    let can_have = |name: &str| events || !OF_EVENTS.contains(&name) && name != TEXT_OF_EVENTS;
    let names = MEASURES.iter().map(|measure| measure.feature).chain(TEXTS);
    names.filter(|name| can_have(name)).for_each(|name| question.need(name));
    attributes.iter().for_each(|name| question.need_attribute(name));
}

/// A column of a feature as numbers, whatever its unit.
pub enum Numbers<'a> {
    Whole(Values<'a, i64>),
    Exact(Values<'a, i64>),
    Real(Values<'a, f64>),
}

impl<'a> Numbers<'a> {
    /// `None` where the feature was not asked for or is no number.
    pub fn of(features: &'a Features, name: &str) -> Option<Numbers<'a>> {
        features.column(name)?;
        Some(match list::find(name)?.unit {
            Unit::Count => Numbers::Whole(features.counts(name)),
            Unit::Money | Unit::Quantity => Numbers::Exact(features.exact(name)),
            Unit::Number => Numbers::Real(features.numbers(name)),
            Unit::Day | Unit::Text => return None,
        })
    }

    /// The value of a row in units: days, pieces, money.
    pub fn get(&self, row: usize) -> Option<f64> {
        match self {
            Numbers::Whole(values) => values.get(row).map(|value| value as f64),
            Numbers::Exact(values) => values.get(row).map(|value| value as f64 / SCALE as f64),
            Numbers::Real(values) => values.get(row),
        }
    }
}
