//! `dolka portrait`: who is in a segment.

use super::End;
use super::arguments::{Arguments, Moment, SettingsArguments, Shape};
use super::help::examples;
use super::progress::watch;
use super::segment::{chosen, note, whole_money};
use super::table::Results;
use crate::base::Base;
use crate::jobs::portrait::{Drawn, Request, portraits};
use crate::jobs::segment::asked;
use crate::words::committee::story;
use crate::words::findings::{feature, segment};
use crate::words::portraits::Teller;
use crate::words::{Language, Words};
use anyhow::Result;
use clap::Args;
use engine::portraits::{Portrait as Of, Special};
use model::comparison::P_MAX;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Differences of a segment that a terminal shows.
const SHOWN: usize = 12;
/// The segmentation that is portrayed unless another is named.
const USUAL: &str = "rfm";

#[derive(Args, Debug)]
pub struct Portrait {
    /// The segmentation.
    #[arg(value_name = "NAME", default_value = USUAL)]
    pub name: String,
    /// Segments of it; none: all that have customers.
    #[arg(value_name = "SEGMENT")]
    pub segments: Vec<String>,
    /// Portray the segments of the rules in this file: `dolka portrait rules --rules FILE`.
    #[arg(long, value_name = "FILE.toml")]
    pub rules: Option<PathBuf>,
    /// The language that stories are told in.
    #[arg(long, value_name = "en|ru|ca|lv", default_value = "en")]
    pub lang: Language,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
}

pub(super) fn portrait(arguments: &Arguments, command: &Portrait) -> Result<End> {
    let names = std::slice::from_ref(&command.name);
    let (names, settings) = chosen(names, command.rules.as_deref(), &command.settings.set)?;
    let base = Base::open_existing(&arguments.place(None))?;
    let request = Request {
        asked: asked(&names, &settings)?,
        segments: command.segments.clone(),
        as_of: command.moment.as_of,
        threads: arguments.threads(),
    };
    let watch = watch(arguments.quiet);
    let drawn = portraits(&base, request, watch.as_ref())?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", drawn.cut.as_of);
    }
    note(arguments, drawn.cut.notice.as_deref());
    drawn.cut.odd.iter().for_each(|odd| note(arguments, Some(odd)));
    let words = Words::new(command.lang);
    let currency = base.settings.currency.as_deref().unwrap_or_default();
    let teller = Teller { words: &words, currency, groups: &drawn.groups };
    match arguments.format {
        Shape::Table => print(&drawn, &teller)?,
        Shape::Csv => rows(&drawn).print(Shape::Csv)?,
        Shape::Json => {
            let all = drawn.portraits.portraits.iter().enumerate();
            let all = all.map(|(place, one)| document(&drawn, place, one, &teller));
            println!("{}", serde_json::to_string_pretty(&all.collect::<Result<Vec<Value>>>()?)?);
        }
    }
    Ok(End::Done)
}

/// Story, Khramatrix and what is special of each segment.
fn print(drawn: &Drawn, teller: &Teller<'_>) -> Result<()> {
    let of = &drawn.portraits;
    for (place, one) in of.portraits.iter().enumerate() {
        println!("{}\n", segment(teller.words, &of.of, &one.name));
        println!("{}", teller.story(of, one).join(" "));
        if let Some(id) = &one.typical.customer_id {
            println!("{}", teller.words.fill("portrait-usual-customer", &[("id", id.as_str().into())]));
        }
        println!();
        let committee = committee(drawn, place, teller.words);
        if !committee.is_empty() {
            println!("{}: {}\n", teller.words.say("committee-title"), committee.join(" "));
        }
        let matrix = teller.khramatrix(of, one);
        let width = matrix.iter().map(|(heading, _)| heading.chars().count()).max().unwrap_or(0);
        for (heading, text) in matrix {
            println!("  {heading}{}  {text}", " ".repeat(width - heading.chars().count()));
        }
        println!();
        let sure = one.special.iter().filter(|special| special.p < P_MAX).take(SHOWN);
        let rows: Vec<Vec<Value>> = sure.map(|special| row(teller.words, special)).collect();
        if !rows.is_empty() {
            let columns = &["what", "value", "inside", "from", "to", "base", "index", "p"];
            Results { columns, rows }.print(Shape::Table)?;
            println!();
        }
    }
    Ok(())
}

/// Who decides together inside the companies of a portrait; nothing where it is not known.
fn committee(drawn: &Drawn, place: usize, words: &Words) -> Vec<String> {
    drawn.committees.get(place).map_or_else(Vec::new, |(group, chairs)| story(words, group, chairs))
}

fn row(words: &Words, special: &Special) -> Vec<Value> {
    vec![
        json!(feature(words, &special.name)),
        json!(special.value),
        rounded(special.inside),
        rounded(special.interval.0),
        rounded(special.interval.1),
        rounded(special.base),
        special.index.map_or(Value::Null, |index| json!(index.round())),
        json!(if special.p < 1e-4 { "<0.0001".to_owned() } else { format!("{:.4}", special.p) }),
    ]
}

/// Three decimals are enough to read.
fn rounded(value: f64) -> Value {
    json!((value * 1000.0).round() / 1000.0)
}

/// Every difference of every segment, one per row.
fn rows(drawn: &Drawn) -> Results<'static> {
    let of_segment = |one: &Of| {
        let name = one.name.clone();
        let row = move |special: &Special| {
            vec![
                json!(name),
                json!(special.name),
                json!(special.value),
                json!(special.inside),
                json!(special.interval.0),
                json!(special.interval.1),
                json!(special.base),
                json!(special.index),
                json!(special.size),
                json!(special.p),
                json!(special.known),
            ]
        };
        one.special.iter().map(row).collect::<Vec<_>>()
    };
    let columns =
        &["segment", "what", "value", "inside", "from", "to", "base", "index", "size", "p", "known"];
    Results { columns, rows: drawn.portraits.portraits.iter().flat_map(of_segment).collect() }
}

fn document(drawn: &Drawn, place: usize, one: &Of, teller: &Teller<'_>) -> Result<Value> {
    let of = &drawn.portraits;
    let sellers = |all: &[engine::overview::Seller]| {
        let seller = |seller: &engine::overview::Seller| {
            Ok(json!({
                "id": seller.id,
                "name": seller.name,
                "revenue": whole_money(i128::from(seller.revenue.0))?,
                "customers": seller.customers,
            }))
        };
        all.iter().map(seller).collect::<Result<Vec<Value>>>()
    };
    let matrix = teller.khramatrix(of, one).into_iter();
    let matrix: Vec<Value> =
        matrix.map(|(heading, text)| json!({ "heading": heading, "text": text })).collect();
    let commonest = one.typical.commonest.iter();
    let commonest: Vec<Value> = commonest
        .map(|(name, (value, share))| json!({ "what": name, "value": value, "share": share }))
        .collect();
    Ok(json!({
        "segmentation": of.of,
        "segment": one.name,
        "shown": segment(teller.words, &of.of, &one.name),
        "as_of": drawn.cut.as_of.to_string(),
        "customers": one.sums.customers,
        "orders": i64::try_from(one.sums.orders).unwrap_or(i64::MAX),
        "revenue": whole_money(one.sums.revenue)?,
        "persona": teller.persona(one),
        "story": teller.story(of, one),
        "committee": committee(drawn, place, teller.words),
        "khramatrix": matrix,
        "usual_customer": one.typical.customer_id,
        "medians": one.typical.medians,
        "commonest": commonest,
        "special": one.special,
        "categories": sellers(&one.habits.categories)?,
        "products": sellers(&one.habits.products)?,
        "channels": one.habits.channels,
        "weekdays": one.habits.weekdays,
        "months": one.habits.months,
        "hours": one.habits.hours,
    }))
}

/// What help says below the options.
pub(super) fn more_help() -> String {
    examples(&[
        ("dolka portrait", "Every segment of RFM"),
        ("dolka portrait rfm champions --lang ru", "One of them, told in Russian"),
        ("dolka portrait clusters --format json", "Groups that formed by themselves, for a program"),
        ("dolka portrait rules --rules mine.toml", "Your own segments"),
    ])
}
