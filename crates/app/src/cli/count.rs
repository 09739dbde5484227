//! `dolka count`: how many customers a condition holds for.

use super::End;
use super::arguments::{Arguments, Count};
use super::progress::watch;
use super::segment::{note, percent, whole_money};
use super::table::Results;
use crate::base::Base;
use crate::jobs::count::count as count_customers;
use anyhow::Result;
use engine::segmentations::tally::Sums;
use serde_json::{Value, json};

pub(super) fn count(arguments: &Arguments, command: &Count) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let watch = watch(arguments.quiet);
    let (settings, threads) = (&command.settings.set, arguments.threads());
    let counted =
        count_customers(&base, &command.condition, settings, command.moment.as_of, threads, watch.as_ref())?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", counted.as_of);
    }
    counted.notices.iter().for_each(|notice| note(arguments, Some(notice)));
    let whole = &counted.whole;
    let row = |condition: &str, left_out: Value, sums: &Sums| -> Result<Vec<Value>> {
        Ok(vec![
            json!(condition),
            left_out,
            json!(sums.customers),
            percent(sums.customers as f64, whole.customers as f64),
            json!(i64::try_from(sums.orders).unwrap_or(i64::MAX)),
            whole_money(sums.revenue)?,
            percent(sums.revenue as f64, whole.revenue as f64),
        ])
    };
    let (text, sums) = &counted.found;
    let mut rows = vec![row(text, Value::Null, sums)?];
    for (left_out, sums) in &counted.without {
        rows.push(row("all but", json!(left_out), sums)?);
    }
    let columns = &["condition", "left_out", "customers", "customers_%", "orders", "revenue", "revenue_%"];
    Results { columns, rows }.print(arguments.format)?;
    Ok(End::Done)
}
