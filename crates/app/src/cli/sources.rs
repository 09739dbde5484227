//! `dolka sources`: where customers come from, and what it costs to win one.

use super::End;
use super::arguments::{Arguments, Moment, SettingsArguments};
use super::help::examples;
use super::progress::watch;
use super::segment::{note, percent, whole_money};
use super::table::Results;
use crate::base::Base;
use crate::jobs::sources::{Request, SOURCE, Sources as Found, costs, sources as find};
use anyhow::Result;
use clap::Args;
use engine::conversion::{Attribution, Part, Row, Whole};
use model::criteria::Interval;
use model::money::{Money, divide_half_even};
use serde_json::{Value, json};
use std::path::PathBuf;

/// How who has no source is shown.
const UNKNOWN: &str = "(unknown)";
/// How everybody is shown.
const ALL: &str = "(all)";

#[derive(Args, Debug)]
pub struct Sources {
    /// `source` or `channel`, as deals, leads and touches name them; or any text feature, attribute or
    /// column of segments, such as city, first_order_channel, rfm_name.
    #[arg(long, value_name = "COLUMN", default_value = SOURCE)]
    pub by: String,
    /// Only of those for whom this condition holds; see docs/rules.md.
    #[arg(long, value_name = "CONDITION")]
    pub within: Option<String>,
    /// Which of several sources of a customer counts: first, last (before the first purchase), even.
    #[arg(long, value_name = "WHICH", default_value = "first", value_parser = attribution)]
    pub attribution: Attribution,
    /// What a source has cost, in the base's currency; may be repeated.
    #[arg(long, value_name = "SOURCE=MONEY")]
    pub cost: Vec<String>,
    /// A file with the columns `source` and `cost`.
    #[arg(long, value_name = "FILE")]
    pub costs: Option<PathBuf>,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
}

fn attribution(text: &str) -> Result<Attribution, String> {
    let names = || Attribution::ALL.map(Attribution::name).join(", ");
    Attribution::from_name(text).ok_or_else(|| format!("`{text}` is none of {}", names()))
}

pub(super) fn sources(arguments: &Arguments, command: &Sources) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let request = Request {
        by: &command.by,
        within: command.within.as_deref(),
        attribution: command.attribution,
        costs: costs(&command.cost, command.costs.as_deref())?,
        settings: &command.settings.set,
        as_of: command.moment.as_of,
        threads: arguments.threads(),
    };
    let watch = watch(arguments.quiet);
    let found = find(&base, request, watch.as_ref())?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", found.as_of);
    }
    found.notices.iter().for_each(|notice| note(arguments, Some(notice)));
    results(&found)?.print(arguments.format)?;
    Ok(End::Done)
}

fn results(found: &Found) -> Result<Results<'static>> {
    let columns = &[
        "source",
        "people",
        "customers",
        "conversion_%",
        "from_%",
        "to_%",
        "index",
        "orders",
        "revenue",
        "margin",
        "average_ltv",
        "cost",
        "cost_per_customer",
    ];
    let mut rows = found.rows.iter().map(|row| of_source(row, found)).collect::<Result<Vec<_>>>()?;
    let whole = &found.all;
    let conversion = whole.customers.value() / whole.people.value().max(1.0);
    let interval = Interval { value: conversion, low: f64::NAN, high: f64::NAN };
    let spent = found.costs.values().map(|cost| cost.0).sum();
    let spent = (!found.costs.is_empty()).then_some(Money(spent));
    rows.push(values(ALL, whole, Some(interval), Some(100.0), spent)?);
    Ok(Results { columns, rows })
}

fn of_source(row: &Row, found: &Found) -> Result<Vec<Value>> {
    let cost = row.name.as_ref().and_then(|name| found.costs.get(name)).copied();
    values(row.name.as_deref().unwrap_or(UNKNOWN), &row.sums, row.conversion, row.index, cost)
}

fn values(
    name: &str,
    sums: &Whole,
    conversion: Option<Interval>,
    index: Option<f64>,
    cost: Option<Money>,
) -> Result<Vec<Value>> {
    let part = |value: Option<f64>| {
        value.filter(|value| value.is_finite()).map_or(Value::Null, |value| percent(value, 1.0))
    };
    let customers = sums.customers.whole();
    let per_customer = |sum: i128| match customers {
        0 => Ok(Value::Null),
        some => whole_money(divide_half_even(sum, some)),
    };
    let cost_of = |cost: Option<Money>| cost.map_or(Ok(Value::Null), |cost| whole_money(i128::from(cost.0)));
    let has_costs_of_goods = sums.costed_revenue.value() != 0.0;
    Ok(vec![
        json!(name),
        count(sums.people),
        count(sums.customers),
        part(conversion.map(|of| of.value)),
        part(conversion.map(|of| of.low)),
        part(conversion.map(|of| of.high)),
        index.map_or(Value::Null, |index| json!(index.round())),
        count(sums.orders),
        whole_money(sums.revenue.whole())?,
        if has_costs_of_goods { whole_money(sums.margin.whole())? } else { Value::Null },
        per_customer(sums.ltv.whole())?,
        cost_of(cost)?,
        cost.map_or(Ok(Value::Null), |cost| per_customer(i128::from(cost.0)))?,
    ])
}

/// A number of customers; with a decimal where several sources share some.
fn count(part: Part) -> Value {
    let value = part.value();
    if value.fract() == 0.0 { json!(value as i64) } else { json!((value * 10.0).round() / 10.0) }
}

/// What help says below the options.
pub(super) fn more_help() -> String {
    examples(&[
        ("dolka sources", "Sources as deals, leads and touches name them"),
        ("dolka sources --by city", "Conversion and money by any attribute"),
        ("dolka sources --within 'ltv_tier = \"vip\"'", "Where do the best customers learn of us?"),
        ("dolka sources --attribution even --cost 'Yandex Direct=1200'", "Shared evenly, with a cost"),
        ("dolka sources --costs costs.csv --format csv", "Costs from a file, for a program"),
    ])
}
