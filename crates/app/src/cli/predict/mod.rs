//! `dolka predict`: models and how they did on the terminal or as JSON, one row per customer in a file.

mod json;
mod sentences;
mod tables;
pub(super) mod typed;

use super::End;
use super::arguments::{Arguments, Predict, Shape};
use super::progress::watch;
use super::segment::{note, to_file, to_stdout};
use crate::base::Base;
use crate::clock::Stopwatch;
use crate::jobs::predict::{Outcome, Request, predict as predict_customers};
use crate::jobs::segment::originals;
use anyhow::{Context, Result};
use clap::ValueEnum;
use engine::outputs::customers::CustomerTable;
use serde_json::{Map, Value, json};

/// The unit of time that parameters are told in. Fits are in weeks whatever is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TimeUnit {
    Day,
    Week,
    Month,
}

impl TimeUnit {
    fn days(self) -> f64 {
        match self {
            TimeUnit::Day => 1.0,
            TimeUnit::Week => 7.0,
            TimeUnit::Month => 30.4375,
        }
    }

    /// So many of it are a week.
    fn per_week(self) -> f64 {
        TimeUnit::Week.days() / self.days()
    }

    fn name(self) -> &'static str {
        match self {
            TimeUnit::Day => "day",
            TimeUnit::Week => "week",
            TimeUnit::Month => "month",
        }
    }

    /// A parameter in this unit: α and β are times, the others have no unit.
    fn parameter(self, name: &str, value: f64) -> f64 {
        if matches!(name, "alpha" | "beta") { value * self.per_week() } else { value }
    }

    /// A log-likelihood in this unit: every repeat order adds the logarithm of a density over time.
    fn log_likelihood(self, in_weeks: f64, repeats: u64) -> f64 {
        if self == TimeUnit::Week { in_weeks } else { in_weeks - repeats as f64 * self.per_week().ln() }
    }
}

pub(super) fn predict(arguments: &Arguments, command: &Predict) -> Result<End> {
    let total = Stopwatch::start();
    let base = Base::open_existing(&arguments.place(None))?;
    let request = Request {
        models: command.models.clone(),
        as_of: command.moment.as_of,
        holdout: command.holdout,
        horizon: command.horizon,
        discount: command.discount,
    };
    let watch = watch(arguments.quiet);
    let outcome = predict_customers(&base, &request, arguments.threads(), watch.as_ref())?;
    drop(watch);
    say(arguments, command, &outcome);
    let rows = || -> Result<CustomerTable> {
        let tables = &outcome.predicted.tables;
        let names: Vec<&str> = tables
            .first()
            .map_or(Vec::new(), |table| table.columns().iter().map(|(name, _)| *name).collect());
        let originals = originals(&base, tables)?;
        let table = CustomerTable::new("customer_id", tables, &[], &names, &originals);
        Ok(table.context("cannot put the table together")?.on_threads(arguments.threads()))
    };
    if let Some(path) = &command.out {
        to_file(arguments, &rows()?, path, &command.csv)?;
    }
    match (arguments.format, &command.out) {
        (Shape::Table, _) => tables::print(&outcome, command.unit)?,
        (Shape::Json, _) => json::print(&outcome, command.unit, command.discount)?,
        (Shape::Csv, None) => to_stdout(&rows()?, Shape::Csv, &command.csv)?,
        (Shape::Csv, Some(_)) => {}
    }
    if command.timings {
        let seconds = &outcome.seconds;
        let fits: Map<String, Value> =
            seconds.fits.iter().map(|&(name, seconds)| (name.to_owned(), json!(seconds))).collect();
        let timings = json!({
            "scan_s": seconds.scan,
            "fit_s": fits,
            "check_s": seconds.check,
            "predict_s": seconds.predict,
            "total_s": total.elapsed().as_secs_f64(),
        });
        eprintln!("{timings}");
    }
    Ok(End::Done)
}

fn say(arguments: &Arguments, command: &Predict, outcome: &Outcome) {
    if arguments.quiet {
        return;
    }
    eprintln!("as of the end of {}; horizon {} days", outcome.moment, outcome.horizon_days);
    note(arguments, outcome.notice.as_deref());
    let asked_for_one = command.models.len() == 1;
    sentences::of(outcome, asked_for_one).iter().for_each(|sentence| eprintln!("{sentence}"));
}
