//! `dolka card`: what is said and offered to a segment, and how.

use super::End;
use super::arguments::{Arguments, Moment, SettingsArguments, Shape};
use super::help::examples;
use super::progress::watch;
use super::segment::{chosen, note};
use super::table::Results;
use crate::base::Base;
use crate::jobs::cards::{deal, write};
use crate::jobs::portrait::Request;
use crate::jobs::segment::asked;
use crate::words::cards::{Card as Shown, Part};
use crate::words::findings::segment;
use crate::words::{Language, Words};
use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct Card {
    /// The segmentation.
    #[arg(value_name = "SEGMENTATION")]
    pub name: String,
    /// A segment of it; none: show all that have customers.
    #[arg(value_name = "SEGMENT")]
    pub segment: Option<String>,
    #[command(flatten)]
    pub parts: Parts,
    #[command(flatten)]
    pub notes: Notes,
    /// Take away what was written of a part, so that a suggestion stands there again; may be repeated.
    #[arg(long, value_name = "PART", requires = "segment")]
    pub forget: Vec<String>,
    /// The language of headings and suggestions.
    #[arg(long, value_name = "en|ru|ca|lv", default_value = "en")]
    pub lang: Language,
    /// Cards of the segments of the rules in this file: `dolka card rules --rules FILE`.
    #[arg(long, value_name = "FILE.toml")]
    pub rules: Option<PathBuf>,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
}

/// The parts of a card.
#[derive(Args, Debug)]
#[command(next_help_heading = "Parts of the card")]
pub struct Parts {
    /// What they are told.
    #[arg(long, value_name = "TEXT", requires = "segment")]
    pub message: Option<String>,
    /// What they are offered, and at what price.
    #[arg(long, value_name = "TEXT", requires = "segment")]
    pub offer: Option<String>,
    /// Where it is sold to them, and by what they are reached.
    #[arg(long, value_name = "TEXT", requires = "segment")]
    pub channel: Option<String>,
    /// How much service they get.
    #[arg(long, value_name = "TEXT", requires = "segment")]
    pub service: Option<String>,
    /// The one action that is wanted of them; `dolka check` calls a segment without one idle.
    #[arg(long, value_name = "TEXT", requires = "segment")]
    pub action: Option<String>,
}

/// What people know of the persona, and data do not.
#[derive(Args, Debug)]
#[command(next_help_heading = "Notes of the persona, always marked as not from data")]
pub struct Notes {
    /// What they are afraid of.
    #[arg(long, value_name = "TEXT", requires = "segment")]
    pub fears: Option<String>,
    /// What they wish for.
    #[arg(long, value_name = "TEXT", requires = "segment")]
    pub wishes: Option<String>,
    /// What they talk of.
    #[arg(long, value_name = "TEXT", requires = "segment")]
    pub themes: Option<String>,
    /// Pictures that speak to them.
    #[arg(long, value_name = "TEXT", requires = "segment")]
    pub pictures: Option<String>,
}

impl Card {
    /// What was typed of each part.
    fn texts(&self) -> Vec<(&'static str, String)> {
        let (parts, notes) = (&self.parts, &self.notes);
        let all = [
            ("message", &parts.message),
            ("offer", &parts.offer),
            ("channel", &parts.channel),
            ("service", &parts.service),
            ("action", &parts.action),
            ("fears", &notes.fears),
            ("wishes", &notes.wishes),
            ("themes", &notes.themes),
            ("pictures", &notes.pictures),
        ];
        all.into_iter().filter_map(|(part, text)| Some((part, text.clone()?))).collect()
    }
}

pub(super) fn card(arguments: &Arguments, command: &Card) -> Result<End> {
    let names = std::slice::from_ref(&command.name);
    let (names, settings) = chosen(names, command.rules.as_deref(), &command.settings.set)?;
    let base = Base::open_existing(&arguments.place(None))?;
    let (asked, texts) = (asked(&names, &settings)?, command.texts());
    let watch = watch(arguments.quiet);
    if let Some(part) = texts.iter().find(|(part, _)| command.forget.iter().any(|forget| forget == part)) {
        bail!("`--{0}` and `--forget {0}` cannot both be meant", part.0);
    }
    if let Some(segment) =
        command.segment.as_ref().filter(|_| !texts.is_empty() || !command.forget.is_empty())
    {
        let threads = arguments.threads();
        write(&base, asked, segment, &texts, &command.forget, threads, watch.as_ref())?;
        drop(watch);
        if !arguments.quiet {
            let list = |names: Vec<&str>| names.join(", ");
            let written = list(texts.iter().map(|(part, _)| *part).collect());
            let forgotten = list(command.forget.iter().map(String::as_str).collect());
            let done = [("written", written), ("forgotten", forgotten)];
            for (what, parts) in done.iter().filter(|(_, parts)| !parts.is_empty()) {
                eprintln!("card of `{segment}`: {parts} {what}");
            }
        }
        return Ok(End::Done);
    }
    let request = Request {
        asked,
        segments: command.segment.clone().into_iter().collect(),
        as_of: command.moment.as_of,
        threads: arguments.threads(),
    };
    let dealt = deal(&base, request, watch.as_ref())?;
    drop(watch);
    let cut = &dealt.drawn.cut;
    if !arguments.quiet {
        eprintln!("as of the end of {}", cut.as_of);
    }
    note(arguments, cut.notice.as_deref());
    cut.odd.iter().for_each(|odd| note(arguments, Some(odd)));
    let words = Words::new(command.lang);
    let cards = dealt.cards(&words, base.settings.currency.as_deref().unwrap_or_default());
    let of = dealt.drawn.portraits.of.as_str();
    match arguments.format {
        Shape::Table => print(of, &cards, &words),
        Shape::Csv => rows(of, &cards).print(Shape::Csv)?,
        Shape::Json => {
            let all: Vec<Value> = cards.iter().map(|card| document(of, card, &words)).collect();
            println!("{}", serde_json::to_string_pretty(&all)?);
        }
    }
    Ok(End::Done)
}

/// Each card as a person reads it, every text with where it comes from.
fn print(of: &str, cards: &[Shown], words: &Words) {
    let said = |key: &str| words.say(key);
    for (place, card) in cards.iter().enumerate() {
        let gap = if place > 0 { "\n" } else { "" };
        println!("{gap}{}\n", segment(words, of, &card.segment));
        let width = card.parts.iter().chain(&card.notes).map(|part| part.heading.chars().count()).max();
        let line = |part: &Part, from: String| {
            let space = " ".repeat(width.unwrap_or(0) - part.heading.chars().count());
            println!("  {}{space}  {} [{from}]", part.heading, part.text);
        };
        for part in &card.parts {
            line(part, said(if part.typed { "card-typed" } else { "card-suggested" }));
        }
        card.notes.iter().for_each(|note| line(note, said("card-not-from-data")));
    }
}

/// Where the text of a part comes from, for programs.
fn origin(part: &Part, is_note: bool) -> &'static str {
    match (is_note, part.typed) {
        (true, _) => "not_from_data",
        (false, true) => "typed",
        (false, false) => "suggested",
    }
}

/// One row per part.
fn rows(of: &str, cards: &[Shown]) -> Results<'static> {
    let row = |card: &Shown, part: &Part, is_note: bool| {
        let from = origin(part, is_note);
        vec![json!(of), json!(card.segment), json!(part.part), json!(from), json!(part.text)]
    };
    let rows = cards.iter().flat_map(|card| {
        let parts = card.parts.iter().map(move |part| row(card, part, false));
        parts.chain(card.notes.iter().map(move |note| row(card, note, true)))
    });
    Results { columns: &["segmentation", "segment", "part", "from", "text"], rows: rows.collect() }
}

fn document(of: &str, card: &Shown, words: &Words) -> Value {
    let part = |part: &Part, is_note: bool| {
        json!({
            "part": part.part,
            "heading": part.heading,
            "from": origin(part, is_note),
            "text": part.text,
        })
    };
    json!({
        "segmentation": of,
        "segment": card.segment,
        "shown": segment(words, of, &card.segment),
        "parts": card.parts.iter().map(|one| part(one, false)).collect::<Vec<_>>(),
        "notes": card.notes.iter().map(|one| part(one, true)).collect::<Vec<_>>(),
    })
}

/// What help says below the options.
pub(super) fn more_help() -> String {
    let examples = examples(&[
        ("dolka card rfm", "The cards of all segments, with suggestions"),
        (
            "dolka card rfm champions --message 'Thank you, Anna' --action 'Bring a friend'",
            "Write two parts of one",
        ),
        ("dolka card rfm champions --fears 'That it does not come in time'", "A note of the persona"),
        ("dolka card rfm champions --forget message", "Let the suggestion stand there again"),
        ("dolka card rules regulars --rules mine.toml --lang ru", "Of your own segments, in Russian"),
    ]);
    format!(
        "Parts: message, offer, channel, service, action. Where nobody wrote, a suggestion stands, put \
         together from the data by the rules in docs/cards.md and marked as one. Notes (fears, wishes, \
         themes, pictures) are never suggested.\n\n{examples}"
    )
}
