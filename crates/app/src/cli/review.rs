//! `dolka review` and `dolka reviews`: what has changed since the last look.

use super::End;
use super::arguments::{Arguments, Moment, SettingsArguments, Shape};
use super::help::examples;
use super::progress::watch;
use super::segment::{chosen, note, percent, whole_money};
use super::table::Results;
use crate::base::Base;
use crate::jobs::review::{Request, Reviewed, forget, review as made, reviews as kept};
use crate::jobs::segment::asked;
use anyhow::Result;
use clap::Args;
use engine::moves::{Change, Compared, Found};
use engine::segmentations::{SettingError, Settings, find};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::path::PathBuf;
use store::Review;

#[derive(Args, Debug)]
pub struct ReviewOf {
    /// A segmentation, as `dolka help segment` lists them.
    pub name: String,
    /// An alert stands where a segment has lost more than this percentage of its customers.
    #[arg(long, value_name = "PERCENT", default_value_t = 20.0, value_parser = percentage)]
    pub shrinks: f64,
    /// Compare and print, and keep nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Cut by the rules in this file; see docs/rules.md.
    #[arg(long, value_name = "FILE.toml")]
    pub rules: Option<PathBuf>,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
}

#[derive(Args, Debug)]
pub struct Reviews {
    /// A segmentation; none: all.
    pub name: Option<String>,
    /// Forget the review with this number.
    #[arg(long, value_name = "REVIEW", conflicts_with = "name")]
    pub forget: Option<i64>,
}

fn percentage(text: &str) -> Result<f64, String> {
    let number: f64 = text.trim_end_matches('%').parse().map_err(|_| format!("`{text}` is no percentage"))?;
    if (0.0..=100.0).contains(&number) { Ok(number) } else { Err(format!("`{text}` is not from 0 to 100")) }
}

pub(super) fn help() -> String {
    let examples = examples(&[
        ("dolka review rfm", "Keep how large segments are, and compare with the last time"),
        ("dolka review stage --shrinks 10 --dry-run", "Look closer and keep nothing"),
        ("dolka review rfm --as-of 2026-06-30", "A review of a past day, made up for"),
        ("dolka review rfm --quiet --format json || mail -s 'segments' us@example.com", "From a timetable"),
    ]);
    format!(
        "It is compared with the newest review of an earlier day with the same settings. An alert stands, \
         and the program ends with 3, where the sizes have drifted (population stability index above 0.25), \
         a segment has shrunk or has nobody left; who is left over is not watched. One review of a \
         segmentation, day and settings is kept: making it again replaces it.\n\n{examples}"
    )
}

pub(super) fn list_help() -> String {
    examples(&[
        ("dolka reviews rfm", "The reviews of RFM, oldest first"),
        ("dolka reviews --forget 3", "Forget the third: it is compared with no more"),
    ])
}

pub(super) fn review(arguments: &Arguments, command: &ReviewOf) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let (names, settings) =
        chosen(std::slice::from_ref(&command.name), command.rules.as_deref(), &command.settings.set)?;
    let request = Request {
        name: &command.name,
        asked: asked(&names, &settings)?,
        as_of: command.moment.as_of,
        shrinks: command.shrinks / 100.0,
        keep: !command.dry_run,
    };
    let watch = watch(arguments.quiet);
    let reviewed = made(&base, request, arguments.threads(), watch.as_ref())?;
    drop(watch);
    reviewed.notices.iter().for_each(|notice| note(arguments, Some(notice)));
    match arguments.format {
        Shape::Json => println!("{:#}", document(&reviewed)?),
        shape => {
            if shape == Shape::Table {
                println!("{}\n", sentence(&reviewed));
            }
            sizes(&reviewed)?.print(shape)?;
            if shape == Shape::Table {
                findings(&reviewed);
            }
        }
    }
    Ok(if reviewed.has_alert() { End::LookAt } else { End::Done })
}

pub(super) fn reviews(arguments: &Arguments, command: &Reviews) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    if let Some(review) = command.forget {
        forget(&base, review)?;
        if !arguments.quiet {
            eprintln!("review {review} is forgotten");
        }
        return Ok(End::Done);
    }
    let row = |review: &Review| {
        let alerts = serde_json::from_str::<Vec<Value>>(&review.findings).unwrap_or_default();
        let alerts = alerts.iter().filter(|one| one["alert"] == json!(true)).count();
        vec![
            json!(review.review),
            json!(review.segmentation),
            json!(review.as_of.to_string()),
            json!(made_at(review)),
            json!(review.customers),
            json!(review.segments.iter().filter(|one| one.customers > 0).count()),
            json!(alerts),
            json!(own_settings(review)),
        ]
    };
    let columns =
        &["review", "segmentation", "as_of", "made_at", "customers", "segments", "alerts", "settings"];
    let rows = kept(&base, command.name.as_deref())?.iter().map(row).collect();
    Results { columns, rows }.print(arguments.format)?;
    Ok(End::Done)
}

fn made_at(review: &Review) -> String {
    Timestamp::from_microsecond(review.made_at).map(|at| at.strftime("%F %T").to_string()).unwrap_or_default()
}

/// The settings that are not as usual; a file of rules is only named.
fn own_settings(review: &Review) -> String {
    let usual = |key: &str| -> Option<String> {
        let (name, setting) = key.split_once('.')?;
        let defaults: Result<Settings, SettingError> = Settings::new(find(name)?.about(), []);
        Some(defaults.ok()?.text(setting).to_owned())
    };
    let own = review.settings.iter().filter(|(key, value)| usual(key).as_deref() != Some(value.as_str()));
    let said = own.map(|(key, value)| match value.contains('\n') {
        true => format!("{key}=…"),
        false => format!("{key}={value}"),
    });
    said.collect::<Vec<_>>().join("; ")
}

fn sentence(reviewed: &Reviewed) -> String {
    let review = &reviewed.review;
    let kept = if review.review == 0 { "not kept".to_owned() } else { format!("review {}", review.review) };
    let now =
        format!("{} as of {}, {} customers ({kept})", review.segmentation, review.as_of, review.customers);
    match &reviewed.last {
        None => format!("{now}: the first with these settings, so there is nothing to compare with yet."),
        Some((last, Compared { index, .. })) => {
            let index = index.map_or("unknown".to_owned(), |index| format!("{index:.3}"));
            format!("{now}; compared with {} (review {}): stability index {index}.", last.as_of, last.review)
        }
    }
}

/// One row per segment that has or had customers.
fn sizes(reviewed: &Reviewed) -> Result<Results<'static>> {
    let review = &reviewed.review;
    let changes = reviewed.last.as_ref().map_or(&[][..], |(_, compared)| &compared.changes);
    let before = |name: &str| changes.iter().find(|change| change.segment == name);
    let mut rows = Vec::new();
    for one in &review.segments {
        let change = before(&one.segment);
        if one.customers == 0 && change.is_none() {
            continue;
        }
        rows.push(row(
            &one.segment,
            one.customers,
            review.customers,
            whole_money(one.revenue.into())?,
            change,
        ));
    }
    // Segments that the method has no more.
    let gone = |change: &&Change| review.segments.iter().all(|one| one.segment != change.segment);
    for change in changes.iter().filter(gone) {
        rows.push(row(&change.segment, 0, review.customers, json!(0), Some(change)));
    }
    let columns =
        &["segment", "customers", "share_%", "revenue", "customers_before", "share_before_%", "change_%"];
    Ok(Results { columns, rows })
}

fn row(segment: &str, customers: u64, of: u64, revenue: Value, change: Option<&Change>) -> Vec<Value> {
    let then = change.map(|change| change.customers_before);
    let grown = then.map_or(Value::Null, |then| percent(customers as f64 - then as f64, then as f64));
    vec![
        json!(segment),
        json!(customers),
        percent(customers as f64, of as f64),
        revenue,
        json!(then),
        change.map_or(Value::Null, |change| percent(change.share_before, 1.0)),
        grown,
    ]
}

fn findings(reviewed: &Reviewed) {
    let found = reviewed.last.as_ref().map_or(&[][..], |(_, compared)| &compared.found);
    if !found.is_empty() {
        println!();
    }
    found.iter().for_each(|one| println!("{}", said(one)));
}

fn said(found: &Found) -> String {
    let segment = found.segment.as_deref().unwrap_or_default();
    let (before, now) = (found.before, found.now);
    let customers =
        |count: f64| if count == 1.0 { "1 customer".to_owned() } else { format!("{count} customers") };
    match found.kind {
        "drifted" => format!(
            "alert: the sizes have drifted: the stability index is {now:.3}, above {before}; what was \
             decided by the old sizes may no longer hold"
        ),
        "shrunk" => format!(
            "alert: `{segment}` has shrunk from {before} to {}; `dolka moves` shows where they went",
            customers(now)
        ),
        "emptied" => format!("alert: `{segment}` has nobody left of {}", customers(before)),
        _ => format!("`{segment}` is new: {}", customers(now)),
    }
}

fn document(reviewed: &Reviewed) -> Result<Value> {
    let review = &reviewed.review;
    let changes = reviewed.last.as_ref().map_or(&[][..], |(_, compared)| &compared.changes);
    let mut segments = Vec::new();
    for one in &review.segments {
        let change = changes.iter().find(|change| change.segment == one.segment);
        segments.push(json!({
            "segment": one.segment,
            "customers": one.customers,
            "share": one.customers as f64 / review.customers.max(1) as f64,
            "revenue": whole_money(one.revenue.into())?,
            "customers_before": change.map(|change| change.customers_before),
            "share_before": change.map(|change| change.share_before),
        }));
    }
    let gone =
        changes.iter().filter(|change| review.segments.iter().all(|one| one.segment != change.segment));
    segments.extend(gone.map(|change| {
        json!({
            "segment": change.segment,
            "customers": 0,
            "share": 0.0,
            "revenue": 0,
            "customers_before": change.customers_before,
            "share_before": change.share_before,
        })
    }));
    let last = reviewed.last.as_ref();
    Ok(json!({
        "review": Some(review.review).filter(|number| *number > 0),
        "segmentation": review.segmentation,
        "as_of": review.as_of.to_string(),
        "customers": review.customers,
        "settings": review.settings,
        "compared_with": last.map(|(last, _)| {
            json!({ "review": last.review, "as_of": last.as_of.to_string() })
        }),
        "stability_index": last.and_then(|(_, compared)| compared.index),
        "segments": segments,
        "findings": last.map_or(&[][..], |(_, compared)| &compared.found),
        "alert": reviewed.has_alert(),
    }))
}
