//! `dolka targets`: which segments to reach.

use super::End;
use super::arguments::{Arguments, Moment, SettingsArguments};
use super::check::{SEED, money};
use super::help::examples;
use super::progress::watch;
use super::segment::{chosen, note, percent, whole_money};
use super::table::Results;
use crate::base::Base;
use crate::jobs::effort::EFFORT;
use crate::jobs::segment::asked;
use crate::jobs::targets::{Request, Targets as Found, targets as find};
use crate::words::Language;
use anyhow::{Result, bail};
use clap::Args;
use engine::targets::{CRITERIA, Choice, KNOCK_OUTS, Offer, Potential, Reach, Reached};
use model::clustering::DRAWS;
use model::money::Money;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The segmentation that is sized up unless another is named.
const USUAL: &str = "rfm";
/// Segmentations that segments are sized up by beside their own, which may be set too.
const BESIDE: [&str; 2] = ["ltv", EFFORT];

#[derive(Args, Debug)]
pub struct Targets {
    /// The segmentation.
    #[arg(value_name = "NAME", default_value = USUAL)]
    pub name: String,
    /// Size up the segments of the rules in this file: `dolka targets rules --rules FILE`.
    #[arg(long, value_name = "FILE.toml")]
    pub rules: Option<PathBuf>,
    /// What may be spent [default: whatever pays].
    #[arg(long, value_name = "MONEY", value_parser = money, requires = "cost")]
    pub budget: Option<Money>,
    /// What it costs to reach one customer.
    #[arg(long, value_name = "MONEY", value_parser = money, requires = "response")]
    pub cost: Option<Money>,
    /// Percent of those reached who order because of it; `SEGMENT=PERCENT` for one segment; may be
    /// repeated.
    #[arg(long, value_name = "PERCENT", requires = "cost")]
    pub response: Vec<String>,
    /// Judge by criteria: who is knocked out, how attractive the others are to us, and we to them; by
    /// those in the file, else by the usual ones. Write it after the name.
    #[arg(long, value_name = "FILE.toml", num_args = 0..=1)]
    #[arg(conflicts_with_all = ["cost", "budget", "response"])]
    pub criteria: Option<Option<PathBuf>>,
    /// With `--criteria`: draw the segment evaluation plot.
    #[arg(long, value_name = "FILE.svg", requires = "criteria")]
    pub plot: Option<PathBuf>,
    /// The language of the plot.
    #[arg(long, value_name = "en|ru|ca|lv", default_value = "en")]
    pub lang: Language,
    /// With `--criteria`: how often customers are drawn anew to see which segments come back; 0: not at
    /// all.
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

pub(super) fn targets(arguments: &Arguments, command: &Targets) -> Result<End> {
    let names = std::slice::from_ref(&command.name);
    let (mut names, settings) = chosen(names, command.rules.as_deref(), &command.settings.set)?;
    let is_set = |name: &str| settings.iter().any(|text| text.split('.').next() == Some(name));
    for name in BESIDE {
        if is_set(name) && names.iter().all(|other| other != name) {
            names.push(name.to_owned());
        }
    }
    let base = Base::open_existing(&arguments.place(None))?;
    if let Some(file) = &command.criteria {
        let asked = asked(&names, &settings)?;
        return super::evaluation::evaluation(arguments, command, &base, asked, file.as_deref());
    }
    let offer = command.cost.map(|cost| offer(command, cost)).transpose()?;
    let request = Request {
        asked: asked(&names, &settings)?,
        offer,
        as_of: command.moment.as_of,
        threads: arguments.threads(),
    };
    let watch = watch(arguments.quiet);
    let found = find(&base, request, watch.as_ref())?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", found.cut.as_of);
        eprintln!("reachable: {}", reachable(&found.reach));
    }
    note(arguments, found.cut.notice.as_deref());
    found.cut.odd.iter().for_each(|odd| note(arguments, Some(odd)));
    let results = if found.choices.is_empty() { sizes(&found)? } else { choices(&found)? };
    results.print(arguments.format)?;
    Ok(End::Done)
}

/// Reads what is offered; a response without a name is of all segments.
fn offer(command: &Targets, contact_cost: Money) -> Result<Offer> {
    let mut offer = Offer { budget: command.budget, contact_cost, ..Offer::default() };
    if contact_cost == Money::ZERO {
        bail!("`--cost 0`: a contact that costs nothing needs no budget; say what one costs, such as 0.05");
    }
    for text in &command.response {
        let (name, number) =
            text.rsplit_once('=').map_or((None, text.as_str()), |(name, number)| (Some(name), number));
        let part = number.trim().trim_end_matches('%').parse::<f64>().ok();
        let Some(part) = part.filter(|part| (0.0..=100.0).contains(part)).map(|part| part / 100.0) else {
            bail!("`--response {text}` should be percent from 0 to 100, such as 2.5 or champions=8");
        };
        match name {
            Some(name) => _ = offer.responses.insert(name.trim().to_owned(), part),
            None => offer.response = part,
        }
    }
    Ok(offer)
}

pub(super) fn reachable(reach: &Reach) -> String {
    match reach {
        Reach::Everybody => "everybody, as no e-mail, phone or consent is known".to_owned(),
        Reach::Contact(names) => format!("who has one of {}, as no consent is known", names.join(", ")),
        Reach::Consent(names) => format!("who has given one of {}", names.join(", ")),
    }
}

/// How many of a segment can be reached by what: `email 5, sms 2`; nothing where that is not known.
fn ways(reached: &BTreeMap<String, Reached>, segment: &str) -> Value {
    let by = reached.get(segment).map_or(&[][..], |reached| &reached.by);
    let way = |(name, count): &(String, u64)| format!("{} {count}", name.trim_start_matches("consent_"));
    if by.is_empty() { Value::Null } else { json!(by.iter().map(way).collect::<Vec<_>>().join(", ")) }
}

/// Size and promise of each segment.
fn sizes(found: &Found) -> Result<Results<'static>> {
    let columns = &[
        "segment",
        "customers",
        "reachable",
        "reachable_by",
        "returning_%",
        "orders_year",
        "revenue_year",
        "growth_%",
        "order_value",
        "revenue",
        "average_ltv",
    ];
    let row = |one: &Potential| {
        let customers = one.sums.customers;
        Ok(vec![
            json!(one.name),
            json!(customers),
            json!(one.reachable),
            ways(&found.reached, &one.name),
            percent(one.returning as f64, customers as f64),
            json!(i64::try_from(one.orders_year).unwrap_or(i64::MAX)),
            whole_money(one.revenue_year)?,
            one.growth().map_or(Value::Null, |growth| percent(growth, 1.0)),
            one.order_value.map_or(Ok(Value::Null), exact)?,
            whole_money(one.sums.revenue)?,
            one.average_ltv().map_or(Ok(Value::Null), exact)?,
        ])
    };
    Ok(Results { columns, rows: found.potentials.iter().map(row).collect::<Result<_>>()? })
}

/// Which segments to reach, best first, and a line for all that are.
fn choices(found: &Found) -> Result<Results<'static>> {
    let columns =
        &["segment", "verdict", "reach", "of", "cost", "orders", "brings", "left", "left_per_contact"];
    let reachable =
        |name: &str| found.potentials.iter().find(|one| one.name == name).map_or(0, |one| one.reachable);
    let row = |one: &Choice| {
        Ok(vec![
            json!(one.name),
            json!(one.verdict.name()),
            json!(one.reached),
            json!(reachable(&one.name)),
            exact(one.cost)?,
            json!(rounded(one.orders, 10.0)),
            json!(rounded(one.brought, 100.0)),
            json!(rounded(one.net(), 100.0)),
            json!(rounded(one.net_per_contact, 10_000.0)),
        ])
    };
    let mut rows = found.choices.iter().map(row).collect::<Result<Vec<_>>>()?;
    let sum = |of: fn(&Choice) -> f64| found.choices.iter().map(of).sum::<f64>();
    let cost = found.choices.iter().map(|one| one.cost.0).sum();
    rows.push(vec![
        json!("(all)"),
        Value::Null,
        json!(found.choices.iter().map(|one| one.reached).sum::<u64>()),
        json!(found.choices.iter().map(|one| reachable(&one.name)).sum::<u64>()),
        exact(Money(cost))?,
        json!(rounded(sum(|one| one.orders), 10.0)),
        json!(rounded(sum(|one| one.brought), 100.0)),
        json!(rounded(sum(Choice::net), 100.0)),
        Value::Null,
    ]);
    Ok(Results { columns, rows })
}

fn exact(sum: Money) -> Result<Value> {
    whole_money(i128::from(sum.0))
}

fn rounded(value: f64, steps: f64) -> f64 {
    (value * steps).round() / steps
}

/// What help says below the options.
pub(super) fn more_help() -> String {
    let examples = examples(&[
        ("dolka targets", "Size, growth, order value and lifetime value of every segment of RFM"),
        ("dolka targets rfm --budget 500 --cost 0.35 --response 2", "Whom to write to for 500"),
        (
            "dolka targets --cost 0.35 --response 1 --response champions=8",
            "Whoever pays, with a response of their own for champions",
        ),
        ("dolka targets rules --rules mine.toml --cost 2 --response 3", "Your own segments"),
        ("dolka targets rfm --criteria", "Which to choose, by knock-out criteria and weighted ratings"),
        (
            "dolka targets rfm --criteria criteria.toml --plot plot.svg",
            "By criteria of your own, with the segment evaluation plot",
        ),
    ]);
    let listed = |all: &[engine::targets::Criterion]| -> String {
        all.iter().map(|one| format!("\n  {:<17} {}", one.name, one.meaning)).collect()
    };
    let (graded, knock_out) = (listed(CRITERIA), listed(KNOCK_OUTS));
    format!(
        "{examples}\n\n\
         Each contact costs the same, so the most for the budget comes from the segments whose contact \
         brings the most: response × what an order leaves (margin where at least 95 % of net money \
         has a cost).\n\n\
         Verdicts: reach; reach_part, the budget ends here; no_budget, others bring more for it; \
         does_not_pay, a contact costs more than it brings; nobody_to_reach, no consent or contact.\n\n\
         Criteria that are graded from data, each from 0 to 10 among the segments:{graded}\n\n\
         A segment is knocked out unless:{knock_out}"
    )
}
