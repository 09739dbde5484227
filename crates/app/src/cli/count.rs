//! `dolka count`: how many customers a condition holds for.

use super::End;
use super::arguments::{Arguments, Count};
use super::progress::watch;
use super::segment::{note, percent, whole_money};
use super::table::Results;
use crate::base::Base;
use crate::jobs::around::{Whose, around as look_around};
use crate::jobs::count::count as count_customers;
use crate::jobs::rules::text_of;
use anyhow::Result;
use engine::segmentations::rules::around::{Change, Varied};
use engine::segmentations::tally::Sums;
use serde_json::{Value, json};

pub(super) fn count(arguments: &Arguments, command: &Count) -> Result<End> {
    if command.around || command.rules.is_some() {
        return around(arguments, command);
    }
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

/// The condition or rule as asked, then with one part changed at a time.
fn around(arguments: &Arguments, command: &Count) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let file = command.rules.as_deref().map(text_of).transpose()?;
    let whose = match &file {
        Some(file) => Whose::Rule { file, name: &command.condition },
        None => Whose::Condition(&command.condition),
    };
    let watch = watch(arguments.quiet);
    let (settings, threads) = (&command.settings.set, arguments.threads());
    let found = look_around(&base, whose, settings, command.moment.as_of, threads, watch.as_ref())?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", found.as_of);
    }
    found.notices.iter().for_each(|notice| note(arguments, Some(notice)));
    let (whole, asked) = (&found.whole, &found.found.1);
    let row = |change: &str, part: String, becomes: Option<String>, sums: &Sums| -> Result<Vec<Value>> {
        Ok(vec![
            json!(change),
            json!(part),
            json!(becomes),
            json!(sums.customers),
            percent(sums.customers as f64, whole.customers as f64),
            json!(sums.customers as i64 - asked.customers as i64),
            json!(i64::try_from(sums.orders).unwrap_or(i64::MAX)),
            whole_money(sums.revenue)?,
            percent(sums.revenue as f64, whole.revenue as f64),
            whole_money(sums.revenue - asked.revenue)?,
        ])
    };
    let mut rows = vec![row("as_asked", found.found.0.to_string(), None, asked)?];
    let wanted = |varied: &Varied| command.around || varied.change == Change::LeftOut;
    for (one, sums) in found.varied.iter().filter(|(varied, _)| wanted(varied)) {
        let becomes = one.becomes.as_ref().map(ToString::to_string);
        rows.push(row(one.change.name(), one.part.to_string(), becomes, sums)?);
    }
    let columns = &[
        "change",
        "condition",
        "becomes",
        "customers",
        "customers_%",
        "more_customers",
        "orders",
        "revenue",
        "revenue_%",
        "more_revenue",
    ];
    Results { columns, rows }.print(arguments.format)?;
    Ok(End::Done)
}
