//! `dolka targets --criteria`: segments by knock-out criteria and weighted ratings.

use super::End;
use super::arguments::{Arguments, Shape};
use super::progress::watch;
use super::segment::note;
use super::table::Results;
use super::targets::{Targets, reachable};
use crate::base::Base;
use crate::jobs::evaluation::{Request, Weighed, evaluate};
use crate::report::evaluation::file;
use anyhow::{Context, Result, anyhow};
use engine::segmentations::run::Asked;
use engine::targets::{Axis, Evaluated, Plan, Rated};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

pub(super) fn evaluation(
    arguments: &Arguments,
    command: &Targets,
    base: &Base,
    asked: Vec<Asked>,
    criteria: Option<&Path>,
) -> Result<End> {
    let plan = match criteria {
        None => Plan::default(),
        Some(path) => {
            let shown = path.display();
            let text = fs::read_to_string(path).with_context(|| format!("cannot read `{shown}`"))?;
            Plan::read(&text).map_err(|error| anyhow!("`{shown}`: {error}"))?
        }
    };
    let request = Request {
        asked,
        plan,
        draws: command.draws,
        seed: command.seed,
        as_of: command.moment.as_of,
        threads: arguments.threads(),
    };
    let watch = watch(arguments.quiet);
    let found = evaluate(base, request, watch.as_ref())?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", found.cut.as_of);
        eprintln!("reachable: {}", reachable(&found.reach));
    }
    note(arguments, found.cut.notice.as_deref());
    found.cut.odd.iter().chain(&found.notices).for_each(|one| note(arguments, Some(one)));
    let left_out = &found.evaluation.left_out;
    if !left_out.is_empty() {
        let said =
            format!("nothing is known of {}: the weight goes to the other criteria", left_out.join(", "));
        note(arguments, Some(&said));
    }
    match arguments.format {
        Shape::Json => println!("{}", serde_json::to_string_pretty(&document(&found))?),
        shape => table(&found).print(shape)?,
    }
    if let Some(path) = &command.plot {
        let drawn = file(&found.evaluation, found.of, command.lang);
        fs::write(path, drawn).with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(End::Done)
}

/// To two decimals.
fn rounded(value: f64) -> Value {
    json!((value * 100.0).round() / 100.0)
}

fn value(axis: &Axis) -> Value {
    axis.value.map_or(Value::Null, rounded)
}

/// One row per segment.
fn table(found: &Weighed) -> Results<'static> {
    let row = |one: &Evaluated| {
        vec![
            json!(one.name),
            json!(one.customers),
            value(&one.attractiveness),
            value(&one.competitiveness),
            json!(one.bubble.round()),
            json!(one.knocked_out.join(", ")),
            json!(one.unknown.join(", ")),
        ]
    };
    let columns = &["segment", "customers", "to_us", "to_them", "bubble", "knocked_out_by", "not_known"];
    Results { columns, rows: found.evaluation.segments.iter().map(row).collect() }
}

fn document(found: &Weighed) -> Value {
    let rated = |one: &Rated| {
        json!({
            "criterion": one.criterion,
            "weight": rounded(one.weight),
            "figure": one.figure,
            "rating": rounded(one.rating),
            "from": one.origin.name(),
        })
    };
    let ratings = |axis: &Axis| axis.ratings.iter().map(rated).collect::<Vec<_>>();
    let segment = |one: &Evaluated| {
        json!({
            "segment": one.name,
            "customers": one.customers,
            "y": one.attractiveness.value,
            "x": one.competitiveness.value,
            "bubble": one.bubble,
            "knocked_out_by": one.knocked_out,
            "not_known": one.unknown,
            "attractiveness": ratings(&one.attractiveness),
            "competitiveness": ratings(&one.competitiveness),
        })
    };
    let mut all = Map::new();
    all.insert("segmentation".to_owned(), json!(found.of));
    all.insert("as_of".to_owned(), json!(found.cut.as_of.to_string()));
    all.insert("left_out".to_owned(), json!(found.evaluation.left_out));
    let segments: Vec<Value> = found.evaluation.segments.iter().map(segment).collect();
    all.insert("segments".to_owned(), json!(segments));
    Value::Object(all)
}
