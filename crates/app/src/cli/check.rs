//! `dolka check`: is a segmentation good enough to act by?

use super::End;
use super::arguments::{Arguments, Moment, SettingsArguments, Shape};
use super::help;
use super::progress::watch;
use super::segment::{chosen, note, percent, whole_money};
use super::table::Results;
use crate::base::Base;
use crate::jobs::check::{Checked, Judgement, Request, check as judge};
use crate::jobs::segment::asked;
use crate::words::findings::{said, segment};
use crate::words::{Language, Words};
use anyhow::Result;
use clap::Args;
use engine::checks::{Figure, Finding};
use model::clustering::{DRAWS, Stability};
use model::money::Money;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Seed of the draws unless another is given.
pub(super) const SEED: u64 = 1;

#[derive(Args, Debug)]
pub struct Check {
    /// Segmentations; none: all that have something to say of the base.
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Check the segments of the rules in this file; see docs/rules.md.
    #[arg(long, value_name = "FILE.toml")]
    pub rules: Option<PathBuf>,
    /// What it costs to reach one customer, in the base's currency.
    #[arg(long, value_name = "MONEY", value_parser = money)]
    pub cost: Option<Money>,
    /// Hold spend against the lowest fifth of a population too; its attribute is `revenue`, `spend` or
    /// `amount` unless you name it.
    #[arg(long, value_name = "NAME[:ATTRIBUTE]")]
    pub market: Option<String>,
    /// How often customers are drawn anew to see which segments come back; 0: not at all.
    #[arg(long, value_name = "N", default_value_t = DRAWS)]
    pub draws: usize,
    /// The same seed draws the same customers.
    #[arg(long, value_name = "N", default_value_t = SEED)]
    pub seed: u64,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
}

/// A sum of money as it is typed.
pub(super) fn money(text: &str) -> Result<Money, String> {
    Money::parse(text).ok_or_else(|| format!("`{text}` is no sum of money; write it like 0.35"))
}

pub(super) fn check(arguments: &Arguments, command: &Check) -> Result<End> {
    let (names, settings) = chosen(&command.names, command.rules.as_deref(), &command.settings.set)?;
    let base = Base::open_existing(&arguments.place(None))?;
    let request = Request {
        asked: asked(&names, &settings)?,
        as_of: command.moment.as_of,
        contact_cost: command.cost,
        market: command.market.clone(),
        draws: command.draws,
        seed: command.seed,
        threads: arguments.threads(),
    };
    let watch = watch(arguments.quiet);
    let checked = judge(&base, request, watch.as_ref())?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", checked.cut.as_of);
    }
    note(arguments, checked.cut.notice.as_deref());
    checked.cut.odd.iter().for_each(|odd| note(arguments, Some(odd)));
    let words = Words::new(Language::En);
    let currency = base.settings.currency.as_deref().unwrap_or_default();
    match arguments.format {
        Shape::Table => print(&checked, &words, currency)?,
        Shape::Csv => rows(&checked, &words, currency).print(Shape::Csv)?,
        Shape::Json => {
            let all: Vec<Value> = checked
                .judgements
                .iter()
                .map(|one| document(one, &checked, &words, currency))
                .collect::<Result<_>>()?;
            println!("{}", serde_json::to_string_pretty(&all)?);
        }
    }
    let found = checked.judgements.iter().any(|one| !one.findings.is_empty());
    Ok(if found { End::LookAt } else { End::Done })
}

/// Each segmentation with its segments, and below them what was found.
fn print(checked: &Checked, words: &Words, currency: &str) -> Result<()> {
    for judgement in &checked.judgements {
        let name = judgement.segmentation;
        let rows = judgement.segments.iter().map(|one| {
            let stability = one.stability.map_or(Value::Null, |mean| json!(rounded(mean)));
            Ok(vec![
                json!(name),
                json!(one.name),
                json!(one.sums.customers),
                percent(one.sums.customers as f64, judgement.customers as f64),
                whole_money(one.sums.revenue)?,
                stability,
                json!(one.stability.map_or("", |mean| meaning(mean, judgement.fixed))),
            ])
        });
        let columns =
            &["segmentation", "segment", "customers", "customers_%", "revenue", "stability", "meaning"];
        Results { columns, rows: rows.collect::<Result<_>>()? }.print(Shape::Table)?;
        println!();
        if judgement.findings.is_empty() {
            println!("{name}: nothing found.");
        }
        for finding in &judgement.findings {
            let said = said(words, currency, name, finding);
            println!("{}: {}\n    {}", finding.check, said.sentence, said.advice);
        }
        println!();
    }
    Ok(())
}

/// One row per finding.
fn rows(checked: &Checked, words: &Words, currency: &str) -> Results<'static> {
    let row = |name: &str, finding: &Finding| {
        let said = said(words, currency, name, finding);
        let segments = finding.segments.join(";");
        vec![json!(name), json!(finding.check), json!(segments), json!(said.sentence), json!(said.advice)]
    };
    let each = checked.judgements.iter();
    let rows = each.flat_map(|one| one.findings.iter().map(move |finding| row(one.segmentation, finding)));
    Results { columns: &["segmentation", "check", "segments", "says", "do"], rows: rows.collect() }
}

fn document(judgement: &Judgement, checked: &Checked, words: &Words, currency: &str) -> Result<Value> {
    let name = judgement.segmentation;
    let segments = judgement.segments.iter().map(|one| {
        Ok(json!({
            "name": one.name,
            "shown": segment(words, name, &one.name),
            "customers": one.sums.customers,
            "share": one.sums.customers as f64 / judgement.customers.max(1) as f64,
            "revenue": whole_money(one.sums.revenue)?,
            "margin": whole_money(one.sums.margin)?,
            "stability": one.stability,
        }))
    });
    let findings = judgement.findings.iter().map(|finding| {
        let said = said(words, currency, name, finding);
        let figures: serde_json::Map<String, Value> =
            finding.figures.iter().map(|(name, value)| ((*name).to_owned(), figure(value))).collect();
        json!({
            "check": finding.check,
            "kind": finding.kind,
            "segments": finding.segments,
            "figures": figures,
            "says": said.sentence,
            "do": said.advice,
        })
    });
    Ok(json!({
        "segmentation": name,
        "as_of": checked.cut.as_of.to_string(),
        "customers": judgement.customers,
        "segments": segments.collect::<Result<Vec<_>>>()?,
        "findings": findings.collect::<Vec<_>>(),
    }))
}

/// A figure for a program: money exact, days as dates.
fn figure(value: &Figure) -> Value {
    match value {
        Figure::Money(sum) => whole_money(*sum).unwrap_or_default(),
        Figure::Day(day) => json!(day.to_string()),
        other => json!(other),
    }
}

/// What a mean Jaccard index says.
fn meaning(mean: f64, fixed: bool) -> &'static str {
    match Stability::of(mean) {
        _ if fixed => "fixed",
        Stability::HighlyStable => "highly stable",
        Stability::Valid => "valid",
        Stability::Doubtful => "doubtful",
        Stability::Unstable | Stability::Dissolved => "unstable",
    }
}

fn rounded(mean: f64) -> f64 {
    (mean * 1000.0).round() / 1000.0
}

/// What help says of the checks.
pub(super) fn more_help() -> String {
    let examples = help::examples(&[
        ("dolka check rfm", "What is wrong with RFM on this base"),
        ("dolka check --rules mine.toml --cost 0.35", "Your own segments, and whether they pay"),
        ("dolka check stage --market survey:spend", "Who has less to spend than the people of a survey"),
        ("dolka check --format json", "Every segmentation, for a program"),
    ]);
    let checks: String = engine::checks::CHECKS
        .iter()
        .map(|check| format!("\n  {:<10} {}", check.name, check.finds))
        .collect();
    format!("{examples}\n\nSomething is found when:{checks}\n\nExit code 3 when anything is found.")
}
