//! `dolka competitor`: what people noted of competitors.

use super::End;
use super::arguments::{Arguments, day};
use super::help::examples;
use super::table::Results;
use crate::base::Base;
use crate::jobs::competitor::{Noted, add, forget, notes};
use anyhow::Result;
use clap::{Args, Subcommand};
use model::calendar::Day;
use serde_json::{Value, json};

#[derive(Args, Debug)]
pub struct Competitor {
    #[command(subcommand)]
    pub command: Verb,
}

#[derive(Subcommand, Debug)]
pub enum Verb {
    /// Keep a note: whom their advertising addresses, where and when it was seen, what it says.
    #[command(after_long_help = add_help())]
    Add(Add),
    /// List the notes.
    List {
        /// Of one competitor only.
        #[arg(value_name = "NAME")]
        name: Option<String>,
    },
    /// Take a note away.
    Forget {
        /// Its number, as `dolka competitor list` shows it.
        #[arg(value_name = "NUMBER")]
        note: i64,
    },
}

#[derive(Args, Debug)]
pub struct Add {
    /// Name of the competitor.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Whom their advertising addresses.
    #[arg(long, value_name = "ATTRIBUTE=VALUE")]
    pub addresses: Option<String>,
    /// Source or channel in which it was seen, such as VK.
    #[arg(long, value_name = "WHERE")]
    pub seen_in: Option<String>,
    /// Day on which it was seen.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub seen_on: Option<Day>,
    /// What it says, or anything else worth keeping.
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
}

pub(super) fn competitor(arguments: &Arguments, command: &Competitor) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    match &command.command {
        Verb::Add(given) => {
            let _lock = base.lock()?;
            let noted = Noted {
                competitor: given.name.clone(),
                addresses: given.addresses.clone(),
                seen_in: given.seen_in.clone(),
                seen_on: given.seen_on,
                text: given.text.clone(),
            };
            let number = add(&base, &noted)?;
            if !arguments.quiet {
                println!("note {number} on {}", given.name.trim());
            }
        }
        Verb::List { name } => list(arguments, &base, name.as_deref())?,
        Verb::Forget { note } => {
            let _lock = base.lock()?;
            forget(&base, *note)?;
        }
    }
    Ok(End::Done)
}

fn list(arguments: &Arguments, base: &Base, name: Option<&str>) -> Result<()> {
    let rows = notes(base, name)?.into_iter().map(|note| {
        let (attribute, value) = note.addresses.unzip();
        vec![
            json!(note.note),
            json!(note.competitor),
            json!(attribute),
            json!(value),
            json!(note.seen_in),
            note.seen_on.map_or(Value::Null, |day| json!(day.to_string())),
            json!(note.text),
        ]
    });
    let columns = &["note", "competitor", "attribute", "value", "seen_in", "seen_on", "text"];
    Results { columns, rows: rows.collect() }.print(arguments.format)
}

fn add_help() -> String {
    examples(&[
        (
            "dolka competitor add Rival --addresses gender=F --seen-in VK --seen-on 2026-11-03",
            "Their advertising in VK speaks to women",
        ),
        (
            "dolka competitor add Rival --text 'Free delivery from the second order'",
            "Something that fits no column",
        ),
    ])
}

/// What help says below the verbs.
pub(super) fn more_help() -> String {
    let examples = examples(&[
        (
            "dolka competitor add Rival --addresses city=Riga --seen-in metro --seen-on 2026-11-03",
            "What you saw: whom it addresses, where, when",
        ),
        ("dolka competitor list Rival", "What is known of one"),
        ("dolka competitor forget 3", "It was a mistake"),
        (
            "dolka import rival.csv --kind population --population Rival",
            "Their customers as rows or counts: another population",
        ),
    ]);
    format!(
        "Notes are typed, not worked out from data. `dolka market` shows them beside the values they \
         address, under `addressed_by_typed`.\n\n{examples}"
    )
}
