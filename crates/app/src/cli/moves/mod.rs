//! `dolka moves`: who moved where between two days, and why.

mod tables;

use super::End;
use super::arguments::{Arguments, CsvArguments, SettingsArguments, Shape, day};
use super::help::examples;
use super::progress::watch;
use super::segment::{chosen, csv_options, note};
use crate::base::Base;
use crate::jobs::moves::{Days, Followed, USUAL_DAYS, follow, to_file, way};
use crate::jobs::segment::asked;
use anyhow::Result;
use clap::Args;
use engine::moves::NOT_YET_KNOWN;
use engine::outputs::{Format, write_stream};
use engine::segmentations::Asked;
use model::calendar::Day;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct MovesOf {
    /// A segmentation, as `dolka help segment` lists them.
    pub name: String,
    /// The earlier day [default: 90 days before, or half the history where that is shorter].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<Day>,
    /// The later day [default: the day of the newest order].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<Day>,
    /// A day between the two; may be repeated.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub also: Vec<Day>,
    /// One customer, by id, e-mail or phone: segments with their reasons, and what happened between.
    #[arg(long, value_name = "CUSTOMER", conflicts_with_all = ["out", "moved_from", "moved_to", "wanted"])]
    pub of: Option<String>,
    /// Count the moves that are wanted, and those that are not, instead.
    #[arg(long, conflicts_with_all = ["moved_from", "moved_to"])]
    pub wanted: bool,
    /// Write one row per customer with the segment at every day: .csv, .xlsx, .parquet, .json.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// List only customers who were in this segment at the first day.
    #[arg(long, value_name = "SEGMENT")]
    pub moved_from: Option<String>,
    /// List only customers who are in this segment at the last day.
    #[arg(long, value_name = "SEGMENT")]
    pub moved_to: Option<String>,
    /// Cut by the rules in this file; see docs/rules.md.
    #[arg(long, value_name = "FILE.toml")]
    pub rules: Option<PathBuf>,
    #[command(flatten)]
    pub settings: SettingsArguments,
    #[command(flatten)]
    pub csv: CsvArguments,
}

pub(super) fn help() -> String {
    let examples = examples(&[
        ("dolka moves stage", "The last quarter"),
        ("dolka moves rfm --from 2026-01-01 --to 2026-06-30 --also 2026-03-31", "Two steps"),
        ("dolka moves stage --wanted", "How many came back, became regular, fell asleep"),
        ("dolka moves stage --of anna@example.com", "Why one customer moved"),
        (
            "dolka moves rfm --moved-from champions --moved-to cooling_regulars --out call.xlsx",
            "Whom to call",
        ),
    ]);
    format!(
        "Both days are worked out from the facts, so nothing has to have run then. Without `--from` it is \
         {USUAL_DAYS} days before `--to`. Rows are where customers were, columns where they are; \
         `{NOT_YET_KNOWN}` are those that the base did not know yet. `%` of the row is of those who were in \
         the segment; `%` of the start is of all who were known at the first day. Money is what they brought \
         up to the later day.\n\n{examples}"
    )
}

pub(super) fn moves(arguments: &Arguments, command: &MovesOf) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let (names, settings) =
        chosen(std::slice::from_ref(&command.name), command.rules.as_deref(), &command.settings.set)?;
    let asked = asked(&names, &settings)?;
    let days = Days { from: command.from, to: command.to, also: command.also.clone() };
    if let Some(customer) = &command.of {
        return of_one(arguments, command, &base, &asked, &days, customer);
    }
    let watch = watch(arguments.quiet);
    let followed = follow(&base, &command.name, &asked, &days, arguments.threads(), watch.as_ref())?;
    drop(watch);
    notes(arguments, &followed);
    let (from, to) = (command.moved_from.as_deref(), command.moved_to.as_deref());
    if command.out.is_some() || from.is_some() || to.is_some() {
        let rows = followed.customers(&base, from, to)?;
        let options = csv_options(&command.csv);
        let Some(path) = &command.out else {
            let format = if arguments.format == Shape::Json { Format::Json } else { Format::Csv };
            let schema = rows.schema();
            write_stream(std::io::stdout(), "standard output", format, &schema, [rows], &options)?;
            return Ok(End::Done);
        };
        let count = to_file(rows, path, &options)?;
        if !arguments.quiet {
            eprintln!("{count} rows: {}", path.display());
        }
        return Ok(End::Done);
    }
    match arguments.format {
        Shape::Table => tables::print(&followed, command.wanted)?,
        shape if command.wanted => tables::wanted(&followed).print(shape)?,
        shape => tables::rows(&followed)?.print(shape)?,
    }
    Ok(End::Done)
}

fn of_one(
    arguments: &Arguments,
    command: &MovesOf,
    base: &Base,
    asked: &[Asked],
    days: &Days,
    customer: &str,
) -> Result<End> {
    let watch = watch(arguments.quiet);
    let way = way(base, customer, &command.name, asked, days, arguments.threads(), watch.as_ref())?;
    drop(watch);
    way.notices.iter().for_each(|notice| note(arguments, Some(notice)));
    tables::way(&way).print(arguments.format)?;
    Ok(End::Done)
}

fn notes(arguments: &Arguments, followed: &Followed) {
    if !arguments.quiet {
        let days = followed.states.iter().map(|state| state.as_of.to_string());
        eprintln!("as of the ends of {}", days.collect::<Vec<_>>().join(", "));
    }
    followed.notices.iter().for_each(|notice| note(arguments, Some(notice)));
}
