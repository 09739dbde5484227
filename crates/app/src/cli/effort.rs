//! `dolka effort` and `dolka priority`: what effort brings, and who comes first.

use super::End;
use super::arguments::{Arguments, Moment, SettingsArguments};
use super::progress::watch;
use super::table::Results;
use crate::base::Base;
use crate::jobs::effort::{CHANNEL, Weighed, channels, drains, segments, weigh};
use crate::jobs::priority::priority as ranked;
use anyhow::Result;
use clap::Args;
use engine::facts::FactSet;
use engine::segmentations::effort::{Rates, money};
use model::money::SCALE;
use serde_json::{Value, json};

#[derive(Args, Debug)]
pub struct Effort {
    /// Add up by the segments of this column of any segmentation, or by `channel` of service; none:
    /// list customers who cost more than they bring and have no influence.
    #[arg(long, value_name = "COLUMN")]
    pub by: Option<String>,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
}

#[derive(Args, Debug)]
pub struct Priority {
    /// Customer ids, e-mails or phones, two or more.
    #[arg(value_name = "CUSTOMER", num_args = 2.., required = true)]
    pub customers: Vec<String>,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
}

pub(super) fn effort(arguments: &Arguments, command: &Effort) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let (facts, _) = base.facts()?;
    let watch = watch(arguments.quiet);
    let weighed = weigh(
        &facts,
        command.by.as_deref(),
        &command.settings.set,
        command.moment.as_of,
        arguments.threads(),
        watch.as_ref(),
    )?;
    drop(watch);
    said(arguments, &weighed);
    let results = match command.by.as_deref() {
        None => of_drains(&base, &weighed)?,
        Some(CHANNEL) => of_channels(&facts, &weighed, arguments.threads())?,
        Some(column) => of_segments(&weighed, column)?,
    };
    results.print(arguments.format)?;
    Ok(End::Done)
}

fn said(arguments: &Arguments, weighed: &Weighed) {
    if !arguments.quiet {
        eprintln!("as of the end of {}", weighed.cut.as_of);
        weighed.notes().iter().for_each(|note| eprintln!("effort: {note}"));
    }
    super::segment::note(arguments, weighed.cut.notice.as_deref());
}

/// An exact sum as a number of JSON.
fn amount(sum: i128) -> Value {
    serde_json::from_str(&money(sum).to_string()).unwrap_or_default()
}

/// Money, hours, cost and ROI.
fn repaid(rates: &Rates, brought: i128, effort: i128) -> [Value; 4] {
    let cost = rates.cost(effort).map_or(Value::Null, amount);
    [amount(brought), hours(rates.hours(effort)), cost, json!(rates.roi(brought, effort))]
}

/// Hours in 1/10 000 without needless decimals.
fn hours(sum: i128) -> Value {
    if sum % i128::from(SCALE) == 0 { json!((sum / i128::from(SCALE)) as i64) } else { amount(sum) }
}

fn of_drains(base: &Base, weighed: &Weighed) -> Result<Results<'static>> {
    let rows = drains(base, weighed)?.into_iter().map(|drain| {
        let effort = i128::from(drain.served.effort.unwrap_or_default());
        let [brought, hours, cost, roi] = repaid(&weighed.rates, i128::from(drain.served.money), effort);
        vec![json!(drain.customer), brought, hours, cost, roi, json!(drain.served.influence)]
    });
    let columns = &["customer_id", "money", "effort_hours", "effort_cost", "roi", "influence"];
    Ok(Results { columns, rows: rows.collect() })
}

fn of_segments(weighed: &Weighed, column: &str) -> Result<Results<'static>> {
    let rows = segments(weighed, column)?.into_iter().map(|(name, sums)| {
        let [brought, hours, cost, roi] = repaid(&weighed.rates, sums.money, sums.effort);
        vec![json!(name), json!(sums.customers), json!(sums.known), brought, hours, cost, roi]
    });
    let columns = &["segment", "customers", "effort_known", "money", "effort_hours", "effort_cost", "roi"];
    Ok(Results { columns, rows: rows.collect() })
}

fn of_channels(facts: &FactSet, weighed: &Weighed, threads: usize) -> Result<Results<'static>> {
    let rates = &weighed.rates;
    let rows = channels(facts, weighed, threads)?.into_iter().map(|row| {
        let [brought, hours, cost, roi] = repaid(rates, row.returns.money, row.returns.effort);
        let [_, _, cheapest_cost, cheapest_roi] = repaid(rates, row.returns.money, row.cheapest_effort);
        vec![
            json!(row.channel.as_deref().unwrap_or("(none)")),
            json!(row.returns.customers),
            json!(row.contacts),
            brought,
            hours,
            cost,
            roi,
            cheapest_cost,
            cheapest_roi,
        ]
    });
    let columns = &[
        "channel",
        "customers",
        "contacts",
        "money",
        "effort_hours",
        "effort_cost",
        "roi",
        "cheapest_cost",
        "cheapest_roi",
    ];
    Ok(Results { columns, rows: rows.collect() })
}

pub(super) fn priority(arguments: &Arguments, command: &Priority) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let watch = watch(arguments.quiet);
    let (cut, ranked) = ranked(
        &base,
        &command.customers,
        &command.settings.set,
        command.moment.as_of,
        arguments.threads(),
        watch.as_ref(),
    )?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", cut.as_of);
    }
    super::segment::note(arguments, cut.notice.as_deref());
    let rows = (1..).zip(ranked).map(|(place, one): (u64, _)| {
        let expected = one.served.expected.map_or(Value::Null, |sum| amount(i128::from(sum)));
        vec![json!(place), json!(one.customer), expected, json!(one.served.influence), json!(one.why)]
    });
    let columns = &["place", "customer_id", "expected_365", "influence", "why"];
    Results { columns, rows: rows.collect() }.print(arguments.format)?;
    Ok(End::Done)
}
