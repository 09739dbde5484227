//! Segments by criteria: who is knocked out, how attractive the others are to us, and we to them. The
//! segment evaluation plot (Dolnicar, Grün and Leisch 2018, step 8; `decisionMatrix` of the R package `MSA`)
//! as plain values.

use super::measured::Measured;
use super::plan::{Bubble, CRITERIA, KNOCK_OUTS, Plan, PlanError, RATING_MAX, Scale, WEIGHTS_SUM};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The rating of a figure that is not known, or that is the same everywhere: neither for nor against.
const MIDDLE: f64 = RATING_MAX / 2.0;

/// Where a rating comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// From the segment's figure among the others'.
    Data,
    /// Somebody said so.
    Typed,
    /// The figure is not known of this segment, so it stands in the middle.
    Unknown,
}

impl Origin {
    /// A name for outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Origin::Data => "data",
            Origin::Typed => "typed",
            Origin::Unknown => "unknown",
        }
    }
}

/// A segment rated by one criterion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rated {
    pub criterion: String,
    /// Of 100; more than was asked for where criteria fell away of which nothing is known.
    pub weight: f64,
    /// As the criterion measures it; `None` where it is not known or not measured.
    pub figure: Option<f64>,
    /// From 0 to 10.
    pub rating: f64,
    pub origin: Origin,
}

/// One side of the plot.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// The weighted mean of the ratings, from 0 to 10; `None` where nothing is known of any criterion.
    pub value: Option<f64>,
    pub ratings: Vec<Rated>,
}

/// A segment in the plot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evaluated {
    pub name: String,
    pub customers: u64,
    /// What it is knocked out by, in the order of [`KNOCK_OUTS`].
    pub knocked_out: Vec<String>,
    /// Knock-out criteria that count and of which nothing is known.
    pub unknown: Vec<String>,
    /// What we are worth to it: the x axis.
    pub competitiveness: Axis,
    /// What it is worth to us: the y axis.
    pub attractiveness: Axis,
    /// What the area of its bubble is: units of money, or customers. Not below 0.
    pub bubble: f64,
}

/// Segments by criteria.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Those that are not knocked out first, then the more attractive, then those we are more attractive to.
    pub segments: Vec<Evaluated>,
    /// Criteria that nothing is known of, of each axis; their weights went to the others.
    pub left_out: Vec<String>,
}

/// Rates segments. A figure is rated among the segments that are not knocked out (all where all are): on the
/// linear scale from 0 at the lowest to 10 at the highest, on that of ranks by the share of the others that
/// are below, equal ones by half; those knocked out are put on the same scale, cut off at its ends. Where all
/// figures are equal, or one is not known, it is 5. A criterion of which nothing is known at all falls away,
/// and its weight goes to the others in proportion.
///
/// # Errors
/// A plan that says something of segments that are not there, or lacks ratings that only people can give.
pub fn evaluate(plan: &Plan, segments: &[Measured]) -> Result<Evaluation, PlanError> {
    let names: Vec<&str> = segments.iter().map(|one| one.name.as_str()).collect();
    plan.fits(&names)?;
    let mut left_out = Vec::new();
    let verdicts: Vec<_> = segments.iter().map(|one| verdict(plan, one)).collect();
    let all_out = verdicts.iter().all(|(knocked_out, _)| !knocked_out.is_empty());
    let scales: Vec<bool> =
        verdicts.iter().map(|(knocked_out, _)| all_out || knocked_out.is_empty()).collect();
    let attractiveness = axis(plan, &plan.attractiveness, segments, &scales, &mut left_out);
    let competitiveness = axis(plan, &plan.competitiveness, segments, &scales, &mut left_out);
    let each = segments.iter().zip(verdicts).zip(attractiveness.into_iter().zip(competitiveness));
    let evaluated =
        each.map(|((one, (knocked_out, unknown)), (attractiveness, competitiveness))| Evaluated {
            name: one.name.clone(),
            customers: one.customers,
            knocked_out,
            unknown,
            competitiveness,
            attractiveness,
            bubble: match plan.bubble {
                Bubble::Customers => one.customers as f64,
                Bubble::Revenue => one.figures.get("revenue").copied().unwrap_or(0.0).max(0.0),
            },
        });
    let mut evaluated: Vec<Evaluated> = evaluated.collect();
    let place = |axis: &Axis| axis.value.unwrap_or(MIDDLE);
    evaluated.sort_by(|a, b| {
        let out = a.knocked_out.is_empty().cmp(&b.knocked_out.is_empty()).reverse();
        let (up, right) = (
            place(&b.attractiveness).total_cmp(&place(&a.attractiveness)),
            place(&b.competitiveness).total_cmp(&place(&a.competitiveness)),
        );
        out.then(up).then(right).then_with(|| a.name.cmp(&b.name))
    });
    Ok(Evaluation { segments: evaluated, left_out })
}

/// What a segment is knocked out by, and what is not known of it.
fn verdict(plan: &Plan, segment: &Measured) -> (Vec<String>, Vec<String>) {
    let counted =
        KNOCK_OUTS.iter().map(|one| one.name).filter(|name| !plan.knock_out.without.contains(*name));
    let holds = |name: &str| match name {
        "matches_strengths" => plan.strengths.get(&segment.name).copied(),
        other => segment.holds.get(other).copied(),
    };
    let said: Vec<(&'static str, Option<bool>)> = counted.map(|name| (name, holds(name))).collect();
    let those = |wanted: Option<bool>| {
        said.iter().filter(|(_, holds)| *holds == wanted).map(|(name, _)| (*name).to_owned()).collect()
    };
    (those(Some(false)), those(None))
}

/// The ratings of every segment on an axis.
fn axis(
    plan: &Plan,
    weights: &BTreeMap<String, f64>,
    segments: &[Measured],
    scales: &[bool],
    left_out: &mut Vec<String>,
) -> Vec<Axis> {
    let typed = |segment: &Measured, name: &str| plan.ratings.get(&segment.name)?.get(name).copied();
    let place = |name: &str| CRITERIA.iter().position(|one| one.name == name).unwrap_or(CRITERIA.len());
    let mut names: Vec<&String> = weights.keys().collect();
    names.sort_by_key(|name| (place(name), (*name).clone()));
    let is_known = |name: &&String| {
        segments.iter().any(|one| one.figures.contains_key(name.as_str()) || typed(one, name).is_some())
    };
    let (known, unknown): (Vec<&String>, Vec<&String>) = names.into_iter().partition(is_known);
    left_out.extend(unknown.into_iter().cloned());
    let sum: f64 = known.iter().map(|name| weights[*name]).sum();
    let rated = |segment: &Measured, name: &String| {
        let figure = segment.figures.get(name.as_str()).copied();
        let (rating, origin) = match (typed(segment, name), figure) {
            (Some(rating), _) => (rating, Origin::Typed),
            (None, Some(figure)) => (rating(plan.scale, figure, name, segments, scales), Origin::Data),
            (None, None) => (MIDDLE, Origin::Unknown),
        };
        Rated { criterion: name.clone(), weight: weights[name] * WEIGHTS_SUM / sum, figure, rating, origin }
    };
    let of = |segment: &Measured| {
        let ratings: Vec<Rated> = known.iter().map(|name| rated(segment, name)).collect();
        let value = ratings.iter().map(|one| one.weight * one.rating).sum::<f64>() / WEIGHTS_SUM;
        Axis { value: (!ratings.is_empty()).then_some(value), ratings }
    };
    segments.iter().map(of).collect()
}

/// The rating of a figure among those of the segments that make the scale.
fn rating(scale: Scale, figure: f64, name: &str, segments: &[Measured], scales: &[bool]) -> f64 {
    let makers = segments.iter().zip(scales).filter(|(_, makes)| **makes);
    let all: Vec<f64> = makers.filter_map(|(one, _)| one.figures.get(name).copied()).collect();
    let (low, high) =
        all.iter().fold((f64::MAX, f64::MIN), |(low, high), &one| (low.min(one), high.max(one)));
    if all.is_empty() || low == high {
        return match figure {
            _ if all.is_empty() => MIDDLE,
            less if less < low => 0.0,
            more if more > high => RATING_MAX,
            _ => MIDDLE,
        };
    }
    match scale {
        Scale::Linear => ((figure - low) / (high - low)).clamp(0.0, 1.0) * RATING_MAX,
        Scale::Rank => {
            let below = all.iter().filter(|&&other| other < figure).count() as f64;
            let equal = all.iter().filter(|&&other| other == figure).count() as f64;
            // One that is on the scale itself is not one of the others.
            let (ties, others) =
                if equal > 0.0 { (equal - 1.0, all.len() as f64 - 1.0) } else { (0.0, all.len() as f64) };
            (below + ties / 2.0) / others * RATING_MAX
        }
    }
}
