//! `dolka conversations`: search, topics, topics by hand.

use super::End;
use super::arguments::{Arguments, Shape, day};
use super::help;
use super::progress::watch;
use super::segment::csv_options;
use super::table::Results;
use crate::base::Base;
use crate::jobs::conversations::{self as job, Search};
use anyhow::{Context, Result, anyhow};
use clap::{Args, Subcommand};
use engine::conversations::{COLUMNS, Listed, Wanted};
use engine::import::phrases::Query;
use engine::import::topics::Topics;
use engine::outputs::Format;
use model::calendar::Day;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Conversations {
    #[command(flatten)]
    pub which: Which,
    /// List so many of the newest; the others are counted.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// Write all that are found, with their whole texts: .csv, .xlsx, .parquet, .json, .jsonl.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub csv: super::arguments::CsvArguments,
    #[command(subcommand)]
    pub of: Option<Of>,
}

/// What conversations are looked for.
#[derive(Args, Debug)]
pub struct Which {
    /// First day.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<Day>,
    /// Last day.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<Day>,
    /// Longer than so many seconds.
    #[arg(long, value_name = "SECONDS")]
    pub longer: Option<u32>,
    /// Shorter than so many seconds.
    #[arg(long, value_name = "SECONDS")]
    pub shorter: Option<u32>,
    /// Employee, by any words of the name.
    #[arg(long, value_name = "NAME")]
    pub employee: Option<String>,
    /// Number of the other side.
    #[arg(long, value_name = "PHONE")]
    pub number: Option<String>,
    /// Customer id, e-mail or phone.
    #[arg(long, value_name = "CUSTOMER")]
    pub customer: Option<String>,
    /// Channel, such as phone or chat.
    #[arg(long, value_name = "NAME")]
    pub channel: Option<String>,
    /// Kind of touch: call, message_in, message_out, conversation, survey, ticket, note, …
    #[arg(long, value_name = "KIND")]
    pub touch: Option<String>,
    /// Words that must all be there; "…" a phrase, word* a beginning, -word what must not be there.
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    pub words: Option<String>,
    /// Topic, such as price.
    #[arg(long, value_name = "NAME")]
    pub topic: Option<String>,
    /// Find the topics of this file in the texts, in place of those found at import.
    #[arg(long, value_name = "FILE.toml")]
    pub topics: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
pub enum Of {
    /// What customers ask, like and dislike: conversations and customers by topic and month.
    #[command(after_long_help = help::conversation_topics())]
    Topics(Which),
    /// Say by hand what a conversation is about.
    #[command(after_long_help = help::conversation_tag())]
    Tag {
        /// Id of the conversation, as it is listed.
        id: String,
        /// What it is about, the main topic first; none, with `--forget`.
        #[arg(value_name = "TOPIC", required_unless_present = "forget")]
        topics: Vec<String>,
        /// System the id comes from, where several have it.
        #[arg(long, value_name = "NAME")]
        source: Option<String>,
        /// Let its file or its words speak again.
        #[arg(long, conflicts_with = "topics")]
        forget: bool,
    },
}

/// Seconds in the units of facts.
const SCALE: i64 = 10_000;

impl Which {
    fn search(&self) -> Result<Search> {
        let words = self.words.as_deref().map(Query::read).transpose();
        let seconds = |seconds: Option<u32>| seconds.map(|seconds| i64::from(seconds) * SCALE);
        Ok(Search {
            wanted: Wanted {
                from: self.from,
                to: self.to,
                longer: seconds(self.longer),
                shorter: seconds(self.shorter),
                employee: self.employee.clone(),
                customers: None,
                channel: self.channel.clone(),
                touch: self.touch.clone(),
            },
            customer: self.customer.clone(),
            number: self.number.clone(),
            words: words.map_err(|error| anyhow!(crate::jobs::rules::WrongUsage(error.to_string())))?,
            topic: self.topic.clone(),
            topics: self.topics.as_deref().map(Topics::read).transpose().context("`--topics`")?.map(Arc::new),
        })
    }
}

pub(super) fn conversations(arguments: &Arguments, command: &Conversations) -> Result<End> {
    match &command.of {
        None => search(arguments, command),
        Some(Of::Topics(which)) => topics(arguments, which),
        Some(Of::Tag { id, topics, source, .. }) => tag(arguments, id, source.as_deref(), topics),
    }
}

fn search(arguments: &Arguments, command: &Conversations) -> Result<End> {
    let search = command.which.search()?;
    let base = Base::open_existing(&arguments.place(None))?;
    let progress = watch(arguments.quiet);
    let limit = command.out.is_none().then_some(command.limit);
    let mut found = job::search(&base, search, limit, progress.as_ref())?;
    drop(progress);
    if let Some(path) = &command.out {
        let rows = job::to_file(&found, path, Format::from_path(path)?, &csv_options(&command.csv))?;
        if !arguments.quiet {
            eprintln!("{}: {rows} conversations", path.display());
        }
        found.listed.truncate(command.limit);
    }
    let rows: Vec<Vec<Value>> = found.listed.iter().map(row).collect();
    let more = found.total - rows.len() as u64;
    Results { columns: COLUMNS, rows }.print(arguments.format)?;
    if more > 0 && !arguments.quiet {
        eprintln!("and {more} more; list them with `--limit`, or write all with `--out FILE`");
    }
    Ok(End::Done)
}

/// A conversation in the order of [`COLUMNS`].
fn row(one: &Listed) -> Vec<Value> {
    let talk = &one.conversation;
    let topics = (!talk.topics.is_empty()).then(|| talk.topics.join(", "));
    vec![
        json!(one.at),
        json!(talk.source),
        json!(talk.id),
        json!(one.customer),
        json!(talk.touch),
        json!(talk.channel),
        json!(talk.employee),
        json!(one.number),
        json!(talk.seconds()),
        json!(talk.result),
        json!(topics),
        json!(talk.by.map(|by| by.name())),
        json!(one.snippet),
    ]
}

fn topics(arguments: &Arguments, which: &Which) -> Result<End> {
    let search = which.search()?;
    let base = Base::open_existing(&arguments.place(None))?;
    let progress = watch(arguments.quiet);
    let topical = job::topics(&base, search, progress.as_ref())?;
    drop(progress);
    let summary = &topical.summary;
    if !arguments.quiet {
        eprintln!("{} conversations, {} of them with a topic", summary.conversations, summary.told);
    }
    let rows = topical.topics.iter().map(|(name, says)| {
        let tally = summary.topics.get(name);
        let trend = summary.trend(name);
        let months = match arguments.format {
            Shape::Json => json!(trend),
            _ => json!(trend.map(|count| count.to_string()).join(" ")),
        };
        vec![
            json!(name),
            json!(says.map(|says| says.name())),
            json!(tally.map_or(0, |tally| tally.conversations)),
            json!(tally.map_or(0, |tally| tally.customers.len())),
            json!(tally.map_or(0, |tally| tally.by_hand)),
            months,
            json!(topical.refusals.get(name).copied().unwrap_or(0)),
        ]
    });
    let columns =
        &["topic", "customers_do", "conversations", "customers", "by_hand", "last_months", "refusals"];
    Results { columns, rows: rows.collect() }.print(arguments.format)?;
    Ok(End::Done)
}

fn tag(arguments: &Arguments, id: &str, source: Option<&str>, topics: &[String]) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let _lock = base.lock()?;
    let source = job::tag(&base, id, source, topics)?;
    if !arguments.quiet {
        match topics {
            [] => println!("{source} {id}: left to its file or its words"),
            topics => println!("{source} {id}: about {}", topics.join(", ")),
        }
    }
    Ok(End::Done)
}
