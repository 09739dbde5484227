//! Moves as tables: a matrix for people, long rows for programs.

use crate::cli::arguments::Shape;
use crate::cli::segment::{percent, whole_money};
use crate::cli::table::Results;
use crate::jobs::moves::{Followed, Way};
use anyhow::Result;
use engine::moves::{Counted, Happening, Moves, NOT_YET_KNOWN};
use engine::segmentations::MovedTo;
use serde_json::{Value, json};
use std::io::{self, Write};

/// What happened is told so many times between two days.
const HAPPENINGS_MAX: usize = 20;

const ROWS: &[&str] =
    &["from_date", "to_date", "from", "to", "customers", "share_of_from", "share_of_base", "revenue"];
const WANTED: &[&str] =
    &["from_date", "to_date", "move", "wanted", "from", "to", "could", "did", "share_%", "low_%", "high_%"];

/// A share, to six decimals.
fn share(part: u64, of: u64) -> Value {
    if of == 0 { Value::Null } else { json!((part as f64 / of as f64 * 1e6).round() / 1e6) }
}

/// One row per pair of segments that somebody went between, or stayed in.
pub(super) fn rows(followed: &Followed) -> Result<Results<'static>> {
    let start = followed.steps.first().map_or(0, Moves::known_before);
    let mut rows = Vec::new();
    for step in &followed.steps {
        let sizes = step.from_sizes();
        for one in step.iter() {
            let from = step.from_names.iter().position(|name| name == one.from).map_or(0, |at| sizes[at]);
            rows.push(vec![
                json!(step.from.to_string()),
                json!(step.to.to_string()),
                json!(one.from),
                json!(one.to),
                json!(one.moved.customers),
                share(one.moved.customers, from),
                share(one.moved.customers, start),
                whole_money(one.moved.revenue)?,
            ]);
        }
    }
    Ok(Results { columns: ROWS, rows })
}

/// One row per move that is wanted, or not.
pub(super) fn wanted(followed: &Followed) -> Results<'static> {
    let of = |(step, counted): (&Moves, &Vec<Counted>)| {
        let row = |one: &Counted| {
            let percents = [one.share.value, one.share.low, one.share.high];
            let dates = [step.from, step.to].map(|day| json!(day.to_string()));
            let to = match one.about.to {
                MovedTo::Segments(to) => to.join(" "),
                MovedTo::Flag(column, held) => format!("{column} = {held}"),
            };
            let about = [
                json!(one.about.name),
                json!(one.about.wanted),
                json!(one.about.from.join(" ")),
                json!(to),
                json!(one.could),
                json!(one.did),
            ];
            let shares = percents.map(|share| json!((share * 1000.0).round() / 10.0));
            dates.into_iter().chain(about).chain(shares).collect::<Vec<_>>()
        };
        counted.iter().map(row).collect::<Vec<_>>()
    };
    Results { columns: WANTED, rows: followed.steps.iter().zip(&followed.wanted).flat_map(of).collect() }
}

/// For people: of every step what it comes to, the matrix in three ways, and the wanted moves.
pub(super) fn print(followed: &Followed, only_wanted: bool) -> Result<()> {
    let start = followed.steps.first().map_or(0, Moves::known_before);
    for (place, (step, counted)) in followed.steps.iter().zip(&followed.wanted).enumerate() {
        if place > 0 {
            println!();
        }
        println!("{}", sentence(step));
        if !only_wanted {
            matrices(step, start)?;
        }
        moves_wanted(counted)?;
    }
    Ok(())
}

fn sentence(step: &Moves) -> String {
    let came = step.to_sizes().iter().sum::<u64>() - step.known_before();
    format!(
        "{} to {}: {} customers, {came} more came; {} changed their segment.\n",
        step.from,
        step.to,
        step.known_before(),
        step.changed()
    )
}

/// The names of a step that have customers at either moment, in the order of the method.
fn names(step: &Moves) -> Vec<&str> {
    let sized = |names: &'_ [String], sizes: Vec<u64>| -> Vec<String> {
        names.iter().zip(sizes).filter(|(_, size)| *size > 0).map(|(name, _)| name.clone()).collect()
    };
    let (before, after) =
        (sized(&step.from_names, step.from_sizes()), sized(&step.to_names, step.to_sizes()));
    let has = |name: &&String| before.contains(name) || after.contains(name);
    let mut names: Vec<&str> = step.to_names.iter().filter(has).map(String::as_str).collect();
    // Names that only the earlier moment has come after the others, who came since last of all.
    let only_before = step.from_names.iter().filter(has).map(String::as_str);
    let missing: Vec<&str> = only_before.filter(|name| !names.contains(name)).collect();
    names.extend(missing);
    names
}

fn matrices(step: &Moves, start: u64) -> Result<()> {
    let names = names(step);
    let place = |all: &[String], name: &str| all.iter().position(|known| known == name);
    let cell = |from: &str, to: &str| match (place(&step.from_names, from), place(&step.to_names, to)) {
        (Some(from), Some(to)) => step.cell(from, to).customers,
        _ => 0,
    };
    let sizes = step.from_sizes();
    let of_row = |from: &str| place(&step.from_names, from).map_or(0, |at| sizes[at]);
    // Columns have numbers for names: those of the rows.
    let ends: Vec<&str> = names.iter().copied().filter(|name| *name != NOT_YET_KNOWN).collect();
    let numbers: Vec<String> = (1..=ends.len()).map(|number| number.to_string()).collect();
    let columns = |title: &'static str| -> Vec<&str> {
        [title].into_iter().chain(numbers.iter().map(String::as_str)).chain(["all"]).collect()
    };
    let label = |(at, name): (usize, &str)| match name {
        NOT_YET_KNOWN => format!("– {name}"),
        _ => format!("{} {name}", at + 1),
    };
    let counted = |count: u64| if count == 0 { Value::Null } else { json!(count) };
    let sizes_now = step.to_sizes();
    let now = |to: &str| place(&step.to_names, to).map_or(0, |at| sizes_now[at]);
    let all: u64 = sizes_now.iter().sum();
    let matrix = |title: &'static str, show: &dyn Fn(u64, Option<&str>) -> Value| {
        let row = |(at, from): (usize, &&str)| {
            let cells = ends.iter().map(|to| show(cell(from, to), Some(from)));
            let whole = show(of_row(from), Some(from));
            [json!(label((at, from)))].into_iter().chain(cells).chain([whole]).collect()
        };
        let sums = ends.iter().map(|to| show(now(to), None)).chain([show(all, None)]);
        let last: Vec<Value> = [json!("all")].into_iter().chain(sums).collect();
        let rows = names.iter().enumerate().map(row).chain([last]).collect();
        Results { columns: &columns(title), rows }.print(Shape::Table)?;
        Ok::<(), anyhow::Error>(writeln!(io::stdout())?)
    };
    let of = |count: u64, of: u64| if count == 0 { Value::Null } else { percent(count as f64, of as f64) };
    matrix("customers", &|count, _| counted(count))?;
    matrix("% of the row", &|count, from| of(count, from.map_or(all, of_row)))?;
    matrix("% of the start", &|count, _| of(count, start))?;
    Ok(())
}

fn moves_wanted(counted: &[Counted]) -> Result<()> {
    if counted.is_empty() {
        return Ok(());
    }
    let row = |one: &Counted| {
        let percents = [one.share.value, one.share.low, one.share.high];
        let figures = [json!(one.could), json!(one.did)].into_iter();
        let kind = if one.about.wanted { "wanted" } else { "unwanted" };
        let shares = percents.map(|share| json!((share * 1000.0).round() / 10.0));
        [json!(kind), json!(one.about.name)].into_iter().chain(figures).chain(shares).collect()
    };
    let columns = &["moves", "", "could", "did", "share_%", "from_%", "to_%"];
    Results { columns, rows: counted.iter().map(row).collect() }.print(Shape::Table)
}

/// One customer: where it stood and why, and what happened between.
pub(super) fn way(way: &Way) -> Results<'static> {
    let mut rows = Vec::new();
    for (place, stand) in way.stands.iter().enumerate() {
        let day = json!(stand.day.to_string());
        let reasons = stand
            .reasons
            .iter()
            .map(|reason| vec![day.clone(), json!(reason.part), json!(reason.value), json!(reason.rule)]);
        rows.extend(reasons);
        if stand.reasons.is_empty() {
            rows.push(vec![day, json!(stand.segment), json!(""), json!("no fact up to this day")]);
        }
        if let Some(between) = way.between.get(place) {
            for one in between.iter().take(HAPPENINGS_MAX) {
                rows.push(happening(one));
            }
            if let Some(more) = between.len().checked_sub(HAPPENINGS_MAX).filter(|more| *more > 0) {
                rows.push(vec![Value::Null, json!(format!("and {more} more")), Value::Null, Value::Null]);
            }
        }
    }
    Results { columns: &["date", "what", "value", "why"], rows }
}

fn happening(one: &Happening) -> Vec<Value> {
    let what = match &one.name {
        Some(name) => format!("{} {name}", one.what),
        None => one.what.to_owned(),
    };
    let amount = one.amount.map(|amount| amount.to_string());
    vec![json!(one.day.to_string()), json!(what), json!(amount), json!("happened")]
}
