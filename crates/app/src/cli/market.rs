//! `dolka market`: the base beside the market or a competitor.

use super::End;
use super::arguments::{Arguments, Moment, SettingsArguments, Shape};
use super::help::examples;
use super::needs::{chance, tenths};
use super::progress::watch;
use super::segment::{note, percent};
use super::table::Results;
use crate::base::Base;
use crate::jobs::market::{Beside, Market as Found, Request, market as find};
use crate::words::market::{criterion as said_of_criterion, place, spot as said_of_spot};
use crate::words::{Language, Words};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use engine::market::{AttributeDifference, Cut, Spot, Spotting, ValueDifference};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[derive(Args, Debug)]
pub struct Market {
    /// A population, as `dolka population` lists them; none: all.
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// Only customers for whom this condition holds; see docs/rules.md.
    #[arg(long, value_name = "CONDITION")]
    pub within: Option<String>,
    /// Only customers of one segment, such as rfm=champions.
    #[arg(long, value_name = "NAME=SEGMENT", conflicts_with = "within")]
    pub segment: Option<String>,
    /// People of the whole market: penetration is customers among these.
    #[arg(long, value_name = "PEOPLE")]
    pub size: Option<u64>,
    /// A white spot has at least this percent of the population.
    #[arg(long, value_name = "PERCENT", default_value_t = Spotting::default().share_min * 100.0)]
    pub spot_share: f64,
    /// A white spot has at most this penetration index; 100 is the usual one.
    #[arg(long, value_name = "INDEX", default_value_t = Spotting::default().index_max)]
    pub spot_index: f64,
    /// Show one part only; CSV has one part, differences unless another is named.
    #[arg(long, value_enum)]
    pub part: Option<Part>,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
}

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Shares value by value.
    Differences,
    /// The attributes that set the base apart, as a rule.
    Criteria,
    /// Where the population has people and the base few customers.
    Spots,
}

pub(super) fn market(arguments: &Arguments, command: &Market) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let within = match &command.segment {
        Some(text) => Some(in_segment(text)?),
        None => command.within.clone(),
    };
    let spotting = Spotting {
        share_min: command.spot_share / 100.0,
        index_max: command.spot_index,
        ..Spotting::default()
    };
    let request = Request {
        name: command.name.as_deref(),
        within: within.as_deref(),
        spotting,
        settings: &command.settings.set,
        as_of: command.moment.as_of,
        threads: arguments.threads(),
    };
    let watch = watch(arguments.quiet);
    let found = find(&base, request, watch.as_ref())?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}, {} customers looked at", found.as_of, found.customers);
    }
    found.notices.iter().for_each(|notice| note(arguments, Some(notice)));
    found.besides.iter().for_each(|beside| notes(arguments, beside));
    match arguments.format {
        Shape::Table => print(&found, command)?,
        Shape::Csv => part(&found, command, command.part.unwrap_or(Part::Differences)).print(Shape::Csv)?,
        Shape::Json => {
            println!("{}", serde_json::to_string_pretty(&document(&found, command.size))?);
        }
    }
    Ok(End::Done)
}

/// The condition of a segment out of `rfm=champions`.
fn in_segment(text: &str) -> Result<String> {
    match text.split_once('=').map(|(of, name)| (of.trim(), name.trim())) {
        Some((of, name)) if !of.is_empty() && !name.is_empty() => {
            Ok(format!("in segment {of} \"{}\"", name.replace('"', "\"\"")))
        }
        _ => bail!("`--segment {text}` should read NAME=SEGMENT, such as rfm=champions"),
    }
}

/// What cannot be seen in the tables.
fn notes(arguments: &Arguments, beside: &Beside) {
    let population = &beside.population;
    let said = |text: String| note(arguments, Some(&text));
    for one in beside.differences.iter().filter(|one| one.customers == 0) {
        said(format!("{population}: no customer has `{}`; {} people have", one.attribute, one.people));
    }
    if !beside.only_here.is_empty() {
        said(format!("{population} says nothing of: {}", beside.only_here.join(", ")));
    }
    if !beside.addressed.is_empty() {
        said("addressed_by_typed holds what people noted of competitors, not data".to_owned());
    }
    for one in &beside.unmatched {
        if let Some((attribute, value)) = &one.addresses {
            let (number, who) = (one.note, &one.competitor);
            said(format!(
                "{population}: note {number} on {who} addresses {attribute} = {value}, which neither side has"
            ));
        }
    }
}

/// Every part of every population, with what it says.
fn print(found: &Found, command: &Market) -> Result<()> {
    let words = Words::new(Language::En);
    let wanted = |part: Part| command.part.is_none_or(|one| one == part);
    let mut is_first = true;
    let mut gap = || {
        if !std::mem::take(&mut is_first) {
            println!();
        }
    };
    for beside in &found.besides {
        let population = [("population", beside.population.as_str().into())];
        if wanted(Part::Differences) {
            gap();
            print_some(DIFFERENCES, &SHORT, differences(beside, command.size))?;
        }
        if wanted(Part::Criteria) {
            gap();
            match &beside.apart.rule {
                None => println!("{}", words.fill("market-same", &population)),
                Some(rule) => {
                    print_some(CRITERIA, &CRITERIA[1..], criteria(beside))?;
                    println!("\nas a rule: {rule}");
                }
            }
        }
        if wanted(Part::Spots) {
            gap();
            if beside.spots.found.is_empty() {
                println!("{}", words.fill("spots-none", &population));
            } else {
                print_some(SPOTS, &SPOTS[1..], spots(beside, command.size, &words))?;
            }
        }
    }
    Ok(())
}

/// The columns that a terminal has room for, without those that say nothing in any row.
fn print_some(columns: &[&str], wanted: &[&str], mut rows: Vec<Vec<Value>>) -> Result<()> {
    let says = |place: &usize| rows.iter().any(|row| !row[*place].is_null());
    let kept: Vec<usize> =
        (0..columns.len()).filter(|&place| wanted.contains(&columns[place])).filter(says).collect();
    for row in &mut rows {
        *row = kept.iter().map(|&place| row[place].take()).collect();
    }
    let columns: Vec<&str> = kept.iter().map(|&place| columns[place]).collect();
    Results { columns: &columns, rows }.print(Shape::Table)
}

/// One part of all populations.
fn part(found: &Found, command: &Market, part: Part) -> Results<'static> {
    let words = Words::new(Language::En);
    let each = found.besides.iter();
    let (columns, rows): (&[&str], Vec<Vec<Value>>) = match part {
        Part::Differences => (DIFFERENCES, each.flat_map(|one| differences(one, command.size)).collect()),
        Part::Criteria => (CRITERIA, each.flat_map(criteria).collect()),
        Part::Spots => (SPOTS, each.flat_map(|one| spots(one, command.size, &words)).collect()),
    };
    Results { columns, rows }
}

const DIFFERENCES: &[&str] = &[
    "population",
    "attribute",
    "v",
    "v_p",
    "value",
    "customers",
    "customers_%",
    "people",
    "people_%",
    "points",
    "points_low",
    "points_high",
    "index",
    "index_low",
    "index_high",
    "p",
    "only",
    "penetration_%",
    "addressed_by_typed",
];
/// What a terminal has room for.
const SHORT: [&str; 12] = [
    "attribute",
    "v",
    "value",
    "customers_%",
    "people_%",
    "points",
    "index",
    "index_low",
    "index_high",
    "p",
    "only",
    "addressed_by_typed",
];

fn differences(beside: &Beside, size: Option<u64>) -> Vec<Vec<Value>> {
    let of = |one: &AttributeDifference, value: &ValueDifference| {
        let points = |end: fn(&model::criteria::Interval) -> f64| {
            value.difference.as_ref().map_or(Value::Null, |known| tenths(end(known) * 100.0))
        };
        let index = |end: fn(&model::criteria::Interval) -> f64| {
            value.index.as_ref().map_or(Value::Null, |index| json!(end(index).round() as i64))
        };
        vec![
            json!(beside.population),
            json!(one.attribute),
            if one.customers > 0 { json!((one.v * 1000.0).round() / 1000.0) } else { Value::Null },
            if one.customers > 0 { chance(one.p) } else { Value::Null },
            json!(value.value),
            json!(value.customers),
            percent(value.customers as f64, one.customers as f64),
            json!(value.people),
            percent(value.people as f64, one.people as f64),
            points(|known| known.value),
            points(|known| known.low),
            points(|known| known.high),
            index(|index| index.value),
            index(|index| index.low),
            index(|index| index.high),
            value.p.map_or(Value::Null, chance),
            only(one, value),
            penetration(value.customers, value.people, one.people, size),
            names(&beside.addressed_by(&[(one.aspect, value.group)])),
        ]
    };
    let each = beside.differences.iter();
    each.flat_map(|one| one.values.iter().map(move |value| of(one, value))).collect()
}

/// Which side alone has a value.
fn only(one: &AttributeDifference, value: &ValueDifference) -> Value {
    match (value.customers, value.people) {
        _ if one.customers == 0 || one.people == 0 => Value::Null,
        (0, _) => json!("there"),
        (_, 0) => json!("here"),
        _ => Value::Null,
    }
}

/// Customers in percent of the people of a market of this size who have a value.
fn penetration(customers: u64, people: u64, known: u64, size: Option<u64>) -> Value {
    let Some(size) = size else { return Value::Null };
    let there = size as f64 * people as f64 / known.max(1) as f64;
    if there > 0.0 { json!((customers as f64 / there * 1e5).round() / 1e3) } else { Value::Null }
}

fn names(competitors: &BTreeSet<&str>) -> Value {
    let all: Vec<&str> = competitors.iter().copied().collect();
    if all.is_empty() { Value::Null } else { json!(all.join("; ")) }
}

const CRITERIA: &[&str] = &["population", "attribute", "v", "p", "values", "customers_%", "people_%", "rule"];
/// What stands for all criteria together.
const ALL: &str = "(all)";

fn criteria(beside: &Beside) -> Vec<Vec<Value>> {
    let apart = &beside.apart;
    let share = |(with, known): (u64, u64)| percent(with as f64, known as f64);
    let mut rows: Vec<Vec<Value>> = apart
        .criteria
        .iter()
        .map(|one| {
            vec![
                json!(beside.population),
                json!(one.attribute),
                json!((one.v * 1000.0).round() / 1000.0),
                chance(one.p),
                json!(one.values.join(", ")),
                share(one.customers),
                share(one.people),
                json!(one.rule),
            ]
        })
        .collect();
    if let Some(rule) = apart.rule.as_ref().filter(|_| apart.criteria.len() > 1) {
        let (nothing, people) = (Value::Null, apart.people.map_or(Value::Null, share));
        rows.push(vec![
            json!(beside.population),
            json!(ALL),
            nothing.clone(),
            nothing.clone(),
            nothing,
            share(apart.customers),
            people,
            json!(rule),
        ]);
    }
    rows
}

const SPOTS: &[&str] = &[
    "population",
    "where",
    "people_%",
    "customers",
    "expected",
    "missing",
    "index",
    "index_low",
    "index_high",
    "p",
    "penetration_%",
    "rule",
    "addressed_by_typed",
];

fn spots(beside: &Beside, size: Option<u64>, words: &Words) -> Vec<Vec<Value>> {
    let row = |spot: &Spot| {
        vec![
            json!(beside.population),
            json!(place(words, spot)),
            percent(spot.share(), 1.0),
            json!(spot.customers),
            json!(spot.expected.round() as i64),
            json!(spot.missing().round() as i64),
            json!(spot.index.value.round() as i64),
            json!(spot.index.low.round() as i64),
            json!(spot.index.high.round() as i64),
            chance(spot.p),
            penetration(spot.customers, spot.people, spot.people_known, size),
            json!(spot.rule),
            names(&beside.spot_addressed_by(spot)),
        ]
    };
    beside.spots.found.iter().map(row).collect()
}

fn document(found: &Found, size: Option<u64>) -> Value {
    let words = Words::new(Language::En);
    let each = found.besides.iter().map(|beside| of_beside(beside, size, &words));
    json!({
        "as_of": found.as_of.to_string(),
        "customers": found.customers,
        "populations": each.collect::<Vec<_>>(),
    })
}

fn of_beside(beside: &Beside, size: Option<u64>, words: &Words) -> Value {
    let population = &beside.population;
    let named = |columns: &[&str], row: Vec<Value>| -> Value {
        let pairs = columns.iter().map(|name| (*name).to_owned()).zip(row).skip(1);
        Value::Object(pairs.collect())
    };
    let cut = |cut: &Cut| match cut {
        Cut::None => "values",
        Cut::Bands(_) => "bands of the population",
        Cut::Quantiles(_) => "fifths of the customers",
    };
    let attributes = beside.differences.iter().map(|one| {
        json!({
            "attribute": one.attribute,
            "known_here": one.is_known_here,
            "customers": one.customers,
            "people": one.people,
            "cut": cut(&one.cut),
            "v": one.v,
            "p": one.p,
            "only_here": one.only_here().map(|value| &value.value).collect::<Vec<_>>(),
            "only_there": one.only_there().map(|value| &value.value).collect::<Vec<_>>(),
        })
    });
    let values = differences(beside, size).into_iter().map(|row| named(DIFFERENCES, row));
    let criteria = beside.apart.criteria.iter().map(|one| {
        json!({
            "attribute": one.attribute, "v": one.v, "p": one.p, "values": one.values, "rule": one.rule,
            "customers": one.customers, "people": one.people,
            "says": said_of_criterion(words, population, one),
        })
    });
    let spots = spots(beside, size, words).into_iter().zip(&beside.spots.found).map(|(row, spot)| {
        let mut one = named(SPOTS, row);
        one["says"] = json!(said_of_spot(words, population, spot));
        one
    });
    json!({
        "population": population,
        "attributes": attributes.collect::<Vec<_>>(),
        "only_here": beside.only_here,
        "values": values.collect::<Vec<_>>(),
        "criteria": criteria.collect::<Vec<_>>(),
        "rule": beside.apart.rule,
        "rule_customers": beside.apart.customers,
        "rule_people": beside.apart.people,
        "white_spots_looked_at": beside.spots.looked_at,
        "white_spots": spots.collect::<Vec<_>>(),
    })
}

/// What help says below the options.
pub(super) fn more_help() -> String {
    let examples = examples(&[
        ("dolka import market.csv --kind population --population market", "First, people to compare with"),
        ("dolka market", "How customers differ, what sets them apart, and where they are missing"),
        ("dolka market market --segment rfm=champions", "Whom the best customers stand out among"),
        (
            "dolka market Rival --part spots --size 400000",
            "Where a competitor has customers and you have few",
        ),
        ("dolka market market --within 'revenue > 500' --format json", "For a program"),
        ("dolka count 'city = \"Riga\" and age >= 30'", "A rule from the criteria, counted"),
    ]);
    format!(
        "`v` is Cramér's V with both sides weighing the same, 0 where they are alike; `index` is 100 where \
         shares are the same; `p` is adjusted over all values. Criteria are attributes with a V of 0.1 or \
         more that is no chance. White spots are values, and pairs that the population tells together, with \
         at least 30 customers expected at the usual penetration, and far fewer found.\n\n{examples}"
    )
}
