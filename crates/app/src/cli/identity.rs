//! `dolka identity`: who is one person under several ids.

use super::End;
use super::arguments::{Arguments, Shape};
use super::table::Results;
use crate::base::Base;
use crate::jobs::identity::{self, Done};
use anyhow::Result;
use clap::{Args, Subcommand};
use engine::identity::masked;
use jiff::Timestamp;
use model::identity::{Doubt, Entry, PointKind};
use serde_json::{Value, json};
use std::collections::HashMap;

#[derive(Args, Debug)]
pub struct Identity {
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// What is done with links; nothing: list them.
#[derive(Subcommand, Debug)]
pub enum Verb {
    /// Show which ids share an e-mail or a phone and would be linked, and which not and why.
    Find,
    /// Make several ids one person.
    Link {
        /// Customer ids, e-mails or phones; the first is the main one.
        #[arg(value_name = "CUSTOMER", required_unless_present = "found")]
        customers: Vec<String>,
        /// Link all that `dolka identity find` shows.
        #[arg(long, conflicts_with = "customers")]
        found: bool,
    },
    /// Make ids persons of their own again; they are not found again.
    Unlink {
        /// Customer ids.
        #[arg(value_name = "ID", required = true)]
        customers: Vec<String>,
    },
    /// Take back all links and unlinks of a step, as if it had never been.
    Undo {
        /// Number of the step, as `dolka identity history` lists it.
        step: i64,
    },
    /// List every link and unlink there ever was.
    History,
}

pub(super) fn identity(arguments: &Arguments, command: &Identity) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    match &command.verb {
        None => list(arguments, &base)?,
        Some(Verb::Find) => find(arguments, &base)?,
        Some(Verb::Link { found: true, .. }) => done(arguments, "linked", &identity::link_found(&base)?),
        Some(Verb::Link { customers, .. }) => done(arguments, "linked", &identity::link(&base, customers)?),
        Some(Verb::Unlink { customers }) => done(arguments, "unlinked", &identity::unlink(&base, customers)?),
        Some(Verb::Undo { step }) => {
            let ids = identity::undo(&base, *step)?;
            if arguments.format == Shape::Json {
                println!("{}", json!({ "undone": step, "ids": ids }));
            } else {
                println!("step {step} ({ids} ids) is undone");
            }
        }
        Some(Verb::History) => history(arguments, &base)?,
    }
    Ok(End::Done)
}

/// After an import: says that some ids look like one person.
pub(super) fn notice(base: &Base) -> Result<()> {
    let ids = identity::glance(base)?;
    if ids > 0 {
        eprintln!(
            "note: customers who share an e-mail or a phone with another: {ids}; see `dolka identity find`"
        );
    }
    Ok(())
}

fn done(arguments: &Arguments, what: &str, done: &Done) {
    let persons = done.links.persons().count();
    if arguments.format == Shape::Json {
        println!("{}", json!({ "step": done.step, "ids": done.ids, "persons": persons }));
        return;
    }
    match done.step {
        Some(step) => println!("step {step}: ids {what}: {}; persons of several ids: {persons}", done.ids),
        None => println!("nothing new; persons of several ids: {persons}"),
    }
}

fn list(arguments: &Arguments, base: &Base) -> Result<()> {
    let links = base.links()?;
    let mut last: HashMap<String, Entry> = HashMap::new();
    for entry in identity::history(base)?.into_iter().filter(Entry::holds) {
        last.insert(entry.said.customer_id.clone(), entry);
    }
    let rows = links.pairs().map(|(alias, main)| {
        let said = last.get(alias).filter(|entry| entry.said.main_id.is_some());
        let why = said.map(|entry| entry.said.why.name());
        vec![json!(main), json!(alias), json!(why), json!(said.map(|entry| moment(entry.at)))]
    });
    let rows: Vec<_> = rows.collect();
    if !arguments.quiet {
        eprintln!("persons of several ids: {}; aliases: {}", links.persons().count(), rows.len());
    }
    Results { columns: &["main_id", "customer_id", "why", "linked_at"], rows }.print(arguments.format)
}

fn find(arguments: &Arguments, base: &Base) -> Result<()> {
    let found = identity::find(base)?.found;
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for one in &found.proposals {
        let (why, point) = (one.link.why.name(), contact(&one.point));
        rows.push(vec![json!("link"), json!(one.main_id), json!(one.link.customer_id), json!(why), point]);
    }
    for one in &found.conflicts {
        let why = match one.doubt {
            Doubt::Birthdays => "birthdays differ",
            Doubt::Unlinked => "unlinked by hand",
            Doubt::TooMany => "too many ids",
        };
        let point = one.point.as_ref().map_or(json!(null), contact);
        rows.push(vec![
            json!("conflict"),
            json!(null),
            json!(one.customer_ids.join(", ")),
            json!(why),
            point,
        ]);
    }
    for (kind, value, ids) in &found.shared {
        let why = format!("{} of {ids} ids", kind.why().name());
        let point = json!(masked(*kind, value));
        rows.push(vec![json!("left out"), json!(null), json!(null), json!(why), point]);
    }
    if !arguments.quiet {
        eprintln!(
            "ids to link: {}; conflicts: {}; contacts of too many ids: {}",
            found.proposals.len(),
            found.conflicts.len(),
            found.shared.len()
        );
    }
    Results { columns: &["what", "main_id", "customer_id", "why", "contact"], rows }.print(arguments.format)
}

fn contact((kind, value): &(PointKind, String)) -> Value {
    json!(masked(*kind, value))
}

fn history(arguments: &Arguments, base: &Base) -> Result<()> {
    let rows = identity::history(base)?.into_iter().map(|entry| {
        let what = if entry.said.main_id.is_some() { "link" } else { "unlink" };
        let holds = entry.holds();
        vec![
            json!(entry.step),
            json!(moment(entry.at)),
            json!(what),
            json!(entry.said.customer_id),
            json!(entry.said.main_id),
            json!(entry.said.why.name()),
            json!(entry.undone_at.map(moment)),
            json!(holds),
        ]
    });
    let columns = &["step", "at", "what", "customer_id", "main_id", "why", "undone", "holds"];
    Results { columns, rows: rows.collect() }.print(arguments.format)
}

fn moment(micros: i64) -> String {
    Timestamp::from_microsecond(micros).map_or_else(|_| String::new(), |at| at.to_string())
}
