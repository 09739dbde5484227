//! `dolka needs`: what segments buy far less often than customers like theirs.

use super::End;
use super::arguments::{Arguments, Moment, SettingsArguments, Shape};
use super::help::examples;
use super::progress::watch;
use super::segment::{chosen, note, percent};
use super::table::Results;
use crate::base::Base;
use crate::jobs::needs::{Found, Request, needs as find};
use crate::jobs::segment::asked;
use crate::words::market::need as said;
use crate::words::{Language, Words};
use anyhow::Result;
use clap::Args;
use engine::market::{Need, SEGMENT_MIN, WANTED_MIN};
use serde_json::{Value, json};
use std::path::PathBuf;

/// The segmentation that is looked at unless another is named.
const USUAL: &str = "rfm";
/// Smallest chance that is shown as a number.
const P_SHOWN_MIN: f64 = 1e-4;

const COLUMNS: &[&str] = &[
    "segment",
    "category",
    "customers",
    "buyers",
    "expected",
    "missing",
    "index",
    "buyers_%",
    "expected_%",
    "points_low",
    "points_high",
    "p",
];

#[derive(Args, Debug)]
pub struct NeedsOf {
    /// The segmentation.
    #[arg(value_name = "NAME", default_value = USUAL)]
    pub name: String,
    /// Look at the segments of the rules in this file: `dolka needs rules --rules FILE`.
    #[arg(long, value_name = "FILE.toml")]
    pub rules: Option<PathBuf>,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
}

pub(super) fn needs(arguments: &Arguments, command: &NeedsOf) -> Result<End> {
    let names = std::slice::from_ref(&command.name);
    let (names, settings) = chosen(names, command.rules.as_deref(), &command.settings.set)?;
    let base = Base::open_existing(&arguments.place(None))?;
    let request = Request {
        asked: asked(&names, &settings)?,
        as_of: command.moment.as_of,
        threads: arguments.threads(),
    };
    let watch = watch(arguments.quiet);
    let found = find(&base, request, watch.as_ref())?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", found.cut.as_of);
        eprintln!("{}", looked_at(&found));
    }
    note(arguments, found.cut.notice.as_deref());
    found.cut.odd.iter().for_each(|odd| note(arguments, Some(odd)));
    if arguments.format == Shape::Json {
        println!("{}", serde_json::to_string_pretty(&document(&found))?);
    } else if found.needs.found.is_empty() && arguments.format == Shape::Table {
        println!("{}", Words::new(Language::En).say("needs-none"));
    } else {
        let rows = found.needs.found.iter().map(|need| row(&found, need)).collect();
        Results { columns: COLUMNS, rows }.print(arguments.format)?;
    }
    Ok(End::Done)
}

/// What was looked at, so that an empty answer says something.
fn looked_at(found: &Found) -> String {
    let segments = found.needs.compared.iter().filter(|customers| **customers >= SEGMENT_MIN).count();
    format!(
        "looked at {} pairs of a segment ({segments} with {SEGMENT_MIN} customers or more who have likes) \
         and a category (of {}, with {WANTED_MIN} buyers or more expected)",
        found.needs.looked_at, found.categories
    )
}

fn row(found: &Found, need: &Need) -> Vec<Value> {
    let of = need.customers as f64;
    vec![
        json!(found.names[need.segment]),
        json!(need.category),
        json!(need.customers),
        json!(need.buyers),
        tenths(need.expected),
        tenths(need.missing()),
        json!(need.index().round() as i64),
        percent(need.buyers as f64, of),
        percent(need.expected, of),
        tenths(need.gap.low * 100.0),
        tenths(need.gap.high * 100.0),
        chance(need.p),
    ]
}

fn document(found: &Found) -> Value {
    let words = Words::new(Language::En);
    let needs = found.needs.found.iter().map(|need| {
        let name = &found.names[need.segment];
        json!({
            "segment": name,
            "category": need.category,
            "customers": need.customers,
            "buyers": need.buyers,
            "expected": need.expected,
            "missing": need.missing(),
            "index": need.index(),
            "gap": need.gap,
            "p": need.p,
            "says": said(&words, found.segmentation, name, need),
        })
    });
    let compared = found.names.iter().zip(&found.needs.compared).filter(|(_, customers)| **customers > 0);
    let compared: Vec<Value> =
        compared.map(|(name, customers)| json!({ "segment": name, "customers": customers })).collect();
    json!({
        "segmentation": found.segmentation,
        "as_of": found.cut.as_of.to_string(),
        "looked_at": found.needs.looked_at,
        "compared": compared,
        "needs": needs.collect::<Vec<_>>(),
    })
}

/// To one decimal; adding nought turns −0 to 0.
pub(super) fn tenths(number: f64) -> Value {
    json!((number * 10.0).round() / 10.0 + 0.0)
}

/// A chance for people: very small ones are only said to be so.
pub(super) fn chance(p: f64) -> Value {
    json!(if p < P_SHOWN_MIN { format!("<{P_SHOWN_MIN}") } else { format!("{p:.4}") })
}

/// What help says below the options.
pub(super) fn more_help() -> String {
    let examples = examples(&[
        ("dolka needs", "What the segments of RFM do not buy from you"),
        ("dolka needs rules --rules mine.toml", "Your own segments"),
        ("dolka needs stage --format json", "For a program, each with a sentence"),
    ]);
    format!(
        "A category is shown where at most two thirds of the buyers expected have bought it in the last 365 \
         days. Expected is what customers of the other segments with as many orders in that time bought, so \
         that who orders less is not blamed; chance is adjusted over all that was looked at. Segments cut by \
         money buy dear goods less by definition; see docs/market.md.\n\n{examples}"
    )
}
