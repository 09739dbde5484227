//! By which criteria target segments are chosen, and how much each weighs: read from a file, or as usual.
//!
//! Dolnicar, Grün and Leisch, *Market Segmentation Analysis* (2018), steps 2 and 8: knock-out criteria are
//! not negotiable, criteria of attractiveness are graded and share 100 points.

use crate::import::names::did_you_mean;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The best rating; the worst is 0.
pub const RATING_MAX: f64 = 10.0;
/// What the weights of an axis add up to.
pub const WEIGHTS_SUM: f64 = 100.0;
/// Weights may be written with decimals, and miss the sum by so much.
const SUM_SLACK: f64 = 0.01;

/// Something that segments are rated or judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Criterion {
    pub name: &'static str,
    pub meaning: &'static str,
}

const fn criterion(name: &'static str, meaning: &'static str) -> Criterion {
    Criterion { name, meaning }
}

/// What is graded from data; more is better in all of them. Any other name is rated by people.
pub const CRITERIA: &[Criterion] = &[
    criterion("size", "customers"),
    criterion("revenue", "net money of the last 365 days"),
    criterion("growth", "that money beside what the same customers brought in the 365 days before, less one"),
    criterion(
        "margin",
        "margin as a share of the money of the lines whose cost is known; known where these are at least \
         95 % of all money of the base",
    ),
    criterion("order_value", "what one order leaves on average"),
    criterion("ltv", "the mean value over a lifetime"),
    criterion("reach", "the share of customers who can be reached; unknown where no contact or consent is"),
    criterion("repeat", "the share of customers with two orders or more, among those with one"),
    criterion("alive", "the mean probability that a customer with an order has not left for good"),
    criterion(
        "priority",
        "the money expected of one customer in the next 12 months, by which `dolka priority` serves",
    ),
];

/// What knocks a segment out unless it holds, in the order of outputs.
pub const KNOCK_OUTS: &[Criterion] = &[
    criterion("large_enough", "30 customers and 1 % of the base, or more"),
    criterion(
        "homogeneous",
        "customers differ among themselves no more than in the base: the variance of a measure in the \
         segment beside that in the base, on average over the measures, is 1 at most",
    ),
    criterion("stable", "comes back when customers are drawn anew: mean Jaccard index of 0.6 or more"),
    criterion("distinct", "no other segment is alike, as `dolka check` finds it"),
    criterion(
        "identifiable",
        "an attribute tells its customers from the others: Cramér’s V of 0.1 or more, adjusted p below 0.05",
    ),
    criterion("reachable", "10 % of the customers, or more, can be reached"),
    criterion("matches_strengths", "fits what we are good at: said by people under `[strengths]`"),
];

/// The usual weights: what segments are worth to us, and what we are worth to them.
const ATTRACTIVENESS: [(&str, f64); 6] =
    [("size", 20.0), ("revenue", 25.0), ("growth", 15.0), ("margin", 10.0), ("ltv", 20.0), ("reach", 10.0)];
const COMPETITIVENESS: [(&str, f64); 3] = [("repeat", 40.0), ("alive", 40.0), ("priority", 20.0)];

/// How figures become ratings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// In even steps from the lowest figure to the highest.
    #[default]
    Linear,
    /// By the place among the segments.
    Rank,
}

/// What the area of a bubble is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bubble {
    /// Net money of the last 365 days.
    #[default]
    Revenue,
    Customers,
}

/// What a segment must have not to be knocked out.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Criteria that knock nobody out.
    pub without: BTreeSet<String>,
    pub customers_min: u64,
    /// Percent of the base.
    pub share_min: f64,
    /// Mean variance in the segment beside that in the base.
    pub spread_max: f64,
    /// Mean Jaccard index.
    pub stability_min: f64,
    /// Percent of the customers.
    pub reachable_min: f64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            without: BTreeSet::new(),
            customers_min: crate::checks::CUSTOMERS_MIN,
            share_min: 1.0,
            spread_max: 1.0,
            stability_min: 0.6,
            reachable_min: 10.0,
        }
    }
}

/// The criteria with all that people say of segments.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Plan {
    pub scale: Scale,
    pub bubble: Bubble,
    pub knock_out: Limits,
    /// Weights by criterion.
    pub attractiveness: BTreeMap<String, f64>,
    pub competitiveness: BTreeMap<String, f64>,
    /// Whether a segment matches what we are good at.
    pub strengths: BTreeMap<String, bool>,
    /// Ratings by segment and criterion, in place of those from data.
    pub ratings: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Default for Plan {
    fn default() -> Plan {
        let weights =
            |all: &[(&str, f64)]| all.iter().map(|&(name, weight)| (name.to_owned(), weight)).collect();
        Plan {
            scale: Scale::default(),
            bubble: Bubble::default(),
            knock_out: Limits::default(),
            attractiveness: weights(&ATTRACTIVENESS),
            competitiveness: weights(&COMPETITIVENESS),
            strengths: BTreeMap::new(),
            ratings: BTreeMap::new(),
        }
    }
}

/// Why criteria cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PlanError {
    #[error("{0}")]
    Toml(String),
    #[error("the weights of `{axis}` add up to {sum}; share out 100")]
    Sum { axis: &'static str, sum: f64 },
    #[error("the weight of `{criterion}` is {weight}; give it more than 0 and at most 100")]
    Weight { criterion: String, weight: f64 },
    #[error("the rating of `{criterion}` of `{segment}` is {rating}; rate from 0 to 10")]
    Rating { segment: String, criterion: String, rating: f64 },
    #[error("`{criterion}` is rated and weighs nothing; give it a weight, or leave the rating out{near}")]
    Weightless { criterion: String, near: String },
    #[error("there is no knock-out criterion `{name}`; there are {all}{near}")]
    KnockOut { name: String, all: String, near: String },
    #[error("there is no segment `{name}` to judge; there are {all}{near}")]
    Segment { name: String, all: String, near: String },
    #[error(
        "`{criterion}` is not graded from data, and {segments} lack a rating; rate each under \
         `[ratings.SEGMENT]`, or weigh {all}{near}"
    )]
    Unrated { criterion: String, segments: String, all: String, near: String },
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn known() -> impl Iterator<Item = &'static str> {
    CRITERIA.iter().map(|one| one.name)
}

impl Plan {
    /// Reads a file of criteria; what it leaves out is as usual.
    ///
    /// # Errors
    /// Text that is no such file; weights, ratings or names that cannot be meant.
    pub fn read(text: &str) -> Result<Plan, PlanError> {
        let plan: Plan = toml::from_str(text).map_err(|error| PlanError::Toml(error.to_string()))?;
        plan.weights("attractiveness", &plan.attractiveness)?;
        plan.weights("competitiveness", &plan.competitiveness)?;
        let names = || KNOCK_OUTS.iter().map(|one| one.name);
        if let Some(wrong) = plan.knock_out.without.iter().find(|name| names().all(|known| known != *name)) {
            let near = did_you_mean(wrong, names());
            return Err(PlanError::KnockOut { name: wrong.clone(), all: listed(names()), near });
        }
        let weighed = || plan.attractiveness.keys().chain(plan.competitiveness.keys()).map(String::as_str);
        for (segment, ratings) in &plan.ratings {
            for (criterion, &rating) in ratings {
                if !(0.0..=RATING_MAX).contains(&rating) {
                    let (segment, criterion) = (segment.clone(), criterion.clone());
                    return Err(PlanError::Rating { segment, criterion, rating });
                }
                if weighed().all(|name| name != criterion) {
                    let near = did_you_mean(criterion, weighed());
                    return Err(PlanError::Weightless { criterion: criterion.clone(), near });
                }
            }
        }
        Ok(plan)
    }

    fn weights(&self, axis: &'static str, weights: &BTreeMap<String, f64>) -> Result<(), PlanError> {
        let fits = |weight: f64| weight > 0.0 && weight <= WEIGHTS_SUM;
        if let Some((name, &weight)) = weights.iter().find(|&(_, &weight)| !fits(weight)) {
            return Err(PlanError::Weight { criterion: name.clone(), weight });
        }
        let sum: f64 = weights.values().sum();
        if (sum - WEIGHTS_SUM).abs() > SUM_SLACK {
            return Err(PlanError::Sum { axis, sum });
        }
        Ok(())
    }

    /// Whether a criterion is weighed on either axis.
    pub fn weighs(&self, criterion: &str) -> bool {
        self.attractiveness.contains_key(criterion) || self.competitiveness.contains_key(criterion)
    }

    /// Whether what people say fits segments with these names.
    ///
    /// # Errors
    /// A segment that is not there; one without a rating that only people can give.
    pub fn fits(&self, segments: &[&str]) -> Result<(), PlanError> {
        let said = self.ratings.keys().chain(self.strengths.keys());
        if let Some(wrong) = said.into_iter().find(|name| !segments.contains(&name.as_str())) {
            let (all, near) =
                (listed(segments.iter().copied()), did_you_mean(wrong, segments.iter().copied()));
            return Err(PlanError::Segment { name: wrong.clone(), all, near });
        }
        let weighed = self.attractiveness.keys().chain(self.competitiveness.keys());
        for criterion in weighed.filter(|name| known().all(|known| known != *name)) {
            let rated = |segment: &&&str| {
                self.ratings.get(**segment).is_some_and(|ratings| ratings.contains_key(criterion))
            };
            let unrated = listed(segments.iter().filter(|one| !rated(one)).copied());
            if !unrated.is_empty() {
                return Err(PlanError::Unrated {
                    criterion: criterion.clone(),
                    segments: unrated,
                    all: listed(known()),
                    near: did_you_mean(criterion, known()),
                });
            }
        }
        Ok(())
    }
}
