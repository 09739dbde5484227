//! `dolka deals`: classes with their costs, criteria, open deals with their points.

use super::End;
use super::arguments::{Arguments, DealGoal, Deals, Shape};
use super::findings;
use super::segment::{csv_options, note};
use super::table::Results;
use crate::base::Base;
use crate::jobs::deals::{Classed, Request, class, plan};
use anyhow::{Result, bail};
use engine::deals::costs::Sum;
use engine::deals::{Goal, Limit, tables};
use engine::outputs::{Format, RecordBatch, write_file, write_stream};
use model::money::Money;
use serde_json::{Value, json};
use std::io::{self, Write};

pub(super) fn deals(arguments: &Arguments, command: &Deals) -> Result<End> {
    let mut settings = command.set.clone();
    settings.extend(command.deals.map(|count| format!("deals={count}")));
    let plan = plan(&settings)?;
    let goal = match command.target {
        DealGoal::A => Goal::ClassA,
        DealGoal::Won => Goal::Won,
    };
    let base = Base::open_existing(&arguments.place(None))?;
    let request = Request {
        plan,
        goal,
        without: command.without.clone(),
        as_of: command.moment.as_of,
        threads: arguments.threads(),
    };
    let classed = class(&base, request)?;
    if !arguments.quiet {
        eprintln!("as of the end of {}", classed.as_of);
        notes(&classed).iter().for_each(|text| eprintln!("note: {text}"));
    }
    note(arguments, classed.notice.as_deref());
    match arguments.format {
        Shape::Json => print_document(&classed)?,
        Shape::Csv if command.open => print_rows(&rows(&classed, true)?, command)?,
        Shape::Csv => sums(&classed).print(Shape::Csv)?,
        Shape::Table => print(&classed, command)?,
    }
    if let Some(path) = &command.out {
        let batch = rows(&classed, command.open)?;
        let schema = batch.schema();
        let count = write_file(path, Format::from_path(path)?, &schema, [batch], &csv_options(&command.csv))?;
        if !arguments.quiet {
            eprintln!("{count} rows: {}", path.display());
        }
    }
    Ok(End::Done)
}

/// One row per deal.
fn rows(classed: &Classed, open: bool) -> Result<RecordBatch> {
    let shown = |id: &str| classed.originals.get(id).cloned().unwrap_or_else(|| id.to_owned());
    if !open {
        return Ok(tables::closed(&classed.analysis, &classed.plan, shown)?);
    }
    let scorer = classed.analysis.searched.as_ref().ok().and_then(|searched| searched.scorer.as_ref());
    match scorer {
        Some(scorer) => Ok(tables::open(&classed.analysis, scorer, shown)?),
        None => bail!("open deals have no points: nothing that the deals have in common beats chance"),
    }
}

fn print_rows(batch: &RecordBatch, command: &Deals) -> Result<()> {
    let (schema, options) = (batch.schema(), csv_options(&command.csv));
    write_stream(io::stdout(), "standard output", Format::Csv, &schema, [batch.clone()], &options)?;
    Ok(())
}

fn print(classed: &Classed, command: &Deals) -> Result<()> {
    sums(classed).print(Shape::Table)?;
    let mut out = io::stdout().lock();
    writeln!(out, "\n{}\n", limits(classed))?;
    let who = if classed.goal == Goal::Won { "won" } else { "of class A" };
    match &classed.analysis.searched {
        Ok(searched) => {
            writeln!(out, "{}", findings::sentence(searched, "deals", who))?;
            drop(out);
            findings::print(searched)?;
        }
        Err(reason) => writeln!(out, "No search: {reason}.")?,
    }
    if command.open {
        println!();
        print_open(classed)?;
    }
    Ok(())
}

fn print_open(classed: &Classed) -> Result<()> {
    let scorer = classed.analysis.searched.as_ref().ok().and_then(|searched| searched.scorer.as_ref());
    let Some(scorer) = scorer else {
        println!("{} open deals; nothing beats chance, so they have no points.", classed.analysis.open_count);
        return Ok(());
    };
    let rows = classed.analysis.open.iter().map(|one| {
        let id = one.deal.customer_id.as_deref();
        vec![
            json!(one.deal.id),
            json!(id.map(|id| classed.originals.get(id).map_or(id, String::as_str))),
            json!(one.deal.opened.map(|day| day.to_string())),
            money(one.deal.amount),
            json!((one.score.points * 100.0).round() / 100.0),
            json!((one.score.chance * 1000.0).round() / 1000.0),
            json!(tables::criteria_of(scorer, &one.score)),
        ]
    });
    let columns = &["deal_id", "customer_id", "opened_at", "amount", "points", "chance", "criteria"];
    Results { columns, rows: rows.collect() }.print(Shape::Table)
}

fn notes(classed: &Classed) -> Vec<String> {
    let analysis = &classed.analysis;
    let mut notes = Vec::new();
    if analysis.interviews {
        notes.push("no deal is closed yet: the deals that were classed by hand stand for them".to_owned());
    }
    let known = analysis.sums.last().map_or(0, |all| all.effort_known);
    let deals = analysis.judged.len() as u64;
    if known == 0 {
        notes.push("no effort is known, so nothing can be said of what the classes cost".to_owned());
    } else if known < deals {
        notes.push(format!(
            "the effort of {known} of {deals} deals is known; costs and shares are over these"
        ));
    }
    if let Ok(searched) = &analysis.searched {
        notes.extend(findings::left_out(&searched.left_out));
    }
    notes
}

/// The limits that classes were given by.
fn limits(classed: &Classed) -> String {
    let of = &classed.analysis.limits;
    let said = |name: &str, limit: Option<Limit>| {
        let limit = limit?;
        let how = if limit.set { " (set)" } else { "" };
        Some(format!("{name} {}{how}", limit.to_f64()))
    };
    let all = [
        said("days to close", of.days),
        said("questions", of.questions),
        said("discount", of.discount),
        said("margin", of.margin),
        said("effort", of.effort),
        said("a large deal from", of.large),
    ];
    let all: Vec<String> = all.into_iter().flatten().collect();
    let (deals, closed) = (classed.analysis.judged.len(), classed.analysis.all_closed);
    format!("Limits by the last {deals} of {closed} closed deals: {}.", all.join(", "))
}

/// One row per class and one for all.
fn sums(classed: &Classed) -> Results<'static> {
    let percent = |share: Option<f64>| json!(share.map(|share| (share * 1000.0).round() / 10.0));
    let row = |sum: &Sum| {
        vec![
            json!(sum.class.map_or("all", engine::deals::Class::name)),
            json!(sum.deals),
            percent(Some(sum.deals_share)),
            percent(sum.conversion),
            money(sum.average_deal),
            json!(sum.cycle_days),
            money(sum.hours),
            percent(sum.hours_share),
            money(sum.cost),
            money(sum.cost_per_deal),
        ]
    };
    let columns = &[
        "class",
        "deals",
        "deals_%",
        "conversion_%",
        "average_deal",
        "cycle_days",
        "hours",
        "hours_%",
        "cost",
        "cost_per_deal",
    ];
    Results { columns, rows: classed.analysis.sums.iter().map(row).collect() }
}

/// Money, or any number in 1/10 000, exactly.
fn money(value: Option<i64>) -> Value {
    value.map_or(Value::Null, |value| serde_json::from_str(&Money(value).to_string()).unwrap_or_default())
}

fn print_document(classed: &Classed) -> Result<()> {
    let analysis = &classed.analysis;
    let limit =
        |limit: Option<Limit>| limit.map(|l| json!({ "value": l.to_f64(), "known": l.known, "set": l.set }));
    let scorer = analysis.searched.as_ref().ok().and_then(|searched| searched.scorer.as_ref());
    let open = scorer.map(|scorer| {
        let one = |one: &engine::deals::OpenDeal| {
            json!({
                "deal_id": one.deal.id,
                "points": one.score.points,
                "chance": one.score.chance,
                "criteria": tables::criteria_of(scorer, &one.score),
            })
        };
        analysis.open.iter().map(one).collect::<Vec<_>>()
    });
    let table = sums(classed);
    let classes: Vec<Value> = table
        .rows
        .iter()
        .map(|row| table.columns.iter().map(|name| (*name).to_owned()).zip(row.iter().cloned()).collect())
        .collect();
    let document = json!({
        "as_of": classed.as_of.to_string(),
        "deals": analysis.judged.len(),
        "closed_deals": analysis.all_closed,
        "open_deals": analysis.open_count,
        "limits": {
            "days": limit(analysis.limits.days),
            "questions": limit(analysis.limits.questions),
            "discount": limit(analysis.limits.discount),
            "margin": limit(analysis.limits.margin),
            "effort": limit(analysis.limits.effort),
            "large": limit(analysis.limits.large),
        },
        "classes": classes,
        "search": match &analysis.searched {
            Ok(searched) => findings::document(searched),
            Err(reason) => json!({ "verdict": "none", "reason": reason.to_string() }),
        },
        "open": open,
    });
    println!("{}", serde_json::to_string_pretty(&document)?);
    Ok(())
}
