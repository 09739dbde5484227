//! `dolka attributes`: what the base knows of its customers, in groups.

use super::End;
use super::arguments::{Arguments, Moment, Shape};
use super::progress::watch;
use super::table::Results;
use crate::base::Base;
use crate::jobs::attributes::{attributes as list, put};
use anyhow::Result;
use clap::Args;
use engine::groups::Entry;
use serde_json::{Value, json};

#[derive(Args, Debug)]
pub struct Attributes {
    /// Put an attribute into a group from now on, whatever its name tells; nothing behind the mark: let
    /// the name tell again.
    #[arg(long = "group", value_name = "ATTRIBUTE=GROUP")]
    pub groups: Vec<String>,
    /// The customers are companies: list what is missing for the five nests.
    #[arg(long)]
    pub companies: bool,
    #[command(flatten)]
    pub moment: Moment,
}

const COLUMNS: &[&str] = &["group", "nest", "name", "from", "known_percent", "distinct", "commonest", "get"];

pub(super) fn attributes(arguments: &Arguments, command: &Attributes) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    if !command.groups.is_empty() {
        let _lock = base.lock()?;
        put(&base, &command.groups)?;
    }
    let progress = watch(arguments.quiet);
    let (as_of, listing) =
        list(&base, command.companies, command.moment.as_of, arguments.threads(), progress.as_ref())?;
    drop(progress);
    if !arguments.quiet {
        eprintln!("as of the end of {as_of}, of {} customers", listing.customers);
    }
    let percent = |known: u64| {
        let of = listing.customers.max(1) as f64;
        json!((known as f64 / of * 1000.0).round() / 10.0)
    };
    let entries = listing.entries.iter().map(|entry| {
        vec![
            json!(entry.group.name()),
            json!(entry.nest.map(|nest| nest.name())),
            json!(entry.name),
            json!(if entry.by_hand {
                format!("{}, group by hand", entry.kind.name())
            } else {
                entry.kind.name().to_owned()
            }),
            percent(entry.known),
            json!(entry.distinct),
            values(entry, arguments.format),
            Value::Null,
        ]
    });
    let missing = listing.missing.iter().map(|one| {
        let (group, nest) = (json!(one.group.name()), json!(one.nest.name()));
        let nothing = Value::Null;
        vec![
            group,
            nest,
            json!(one.name),
            json!("missing"),
            json!(0),
            nothing.clone(),
            nothing,
            json!(one.get),
        ]
    });
    Results { columns: COLUMNS, rows: entries.chain(missing).collect() }.print(arguments.format)?;
    Ok(End::Done)
}

/// The commonest values with their customers, or the median of numbers.
fn values(entry: &Entry, shape: Shape) -> Value {
    if let Some(median) = &entry.median {
        return match shape {
            Shape::Json => json!({ "median": median }),
            _ => json!(format!("median {median}")),
        };
    }
    let one = |(value, count): &(String, u64)| format!("{value} ({count})");
    match shape {
        Shape::Json => {
            json!(
                entry
                    .commonest
                    .iter()
                    .map(|(value, count)| json!({ "value": value, "customers": count }))
                    .collect::<Vec<_>>()
            )
        }
        _ => json!(entry.commonest.iter().map(one).collect::<Vec<_>>().join(", ")),
    }
}
