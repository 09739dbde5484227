//! `dolka contacts` and `dolka committee`: people inside companies.

use super::End;
use super::arguments::{Arguments, Moment, SettingsArguments, Shape};
use super::progress::watch;
use super::table::Results;
use crate::base::Base;
use crate::jobs::committee::{self as job, Request, Whose};
use crate::words::committee::story;
use crate::words::{Language, Words};
use anyhow::Result;
use clap::{Args, ValueEnum};
use engine::committee::{Chair, Seat};
use engine::deals::Class;
use model::criteria::Interval;
use serde_json::{Value, json};

#[derive(Args, Debug)]
pub struct Contacts {
    /// The company: customer id, e-mail or phone.
    pub customer: String,
    #[command(flatten)]
    pub moment: Moment,
}

#[derive(Args, Debug)]
pub struct Committee {
    /// Whose committee is looked at, as a condition of the language of rules.
    #[arg(value_name = "CONDITION", default_value = "did deal where outcome = \"won\"")]
    pub of: String,
    /// Of companies with deals of this class among the last closed ones: A, B, C, D, X.
    #[arg(long, value_name = "CLASS", value_parser = class)]
    pub class: Option<Class>,
    /// Whose it is compared with.
    #[arg(long, value_name = "CONDITION", default_value = "did deal where outcome = \"open\"")]
    pub beside: String,
    /// By what people are told apart.
    #[arg(long, value_enum, default_value_t = By::Position)]
    pub by: By,
    /// List the compared companies that lack a seat which at least this percent of the others has.
    #[arg(long, value_name = "PERCENT", num_args = 0..=1, default_missing_value = "50")]
    pub missing: Option<f64>,
    /// Tell the typical committee as a story.
    #[arg(long, conflicts_with = "missing")]
    pub story: bool,
    /// The language that the story is told in.
    #[arg(long, value_name = "en|ru|ca|lv", default_value = "en")]
    pub lang: Language,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
}

/// By what people are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Position, under one name in all languages; the role where it is not known.
    Position,
    /// Role in buying.
    Role,
    /// Part in the decision.
    DecisionPart,
}

fn class(text: &str) -> Result<Class, String> {
    Class::typed(text).ok_or_else(|| "there are A, B, C, D, X".to_owned())
}

/// Numbers of facts in one.
const SCALE: f64 = 10_000.0;
/// Percent of a seat that makes it typical, where nothing else is said.
const TYPICAL_PERCENT: f64 = 50.0;

pub(super) fn contacts(arguments: &Arguments, command: &Contacts) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let rows = job::contacts(&base, &command.customer, command.moment.as_of)?.into_iter().map(|known| {
        let person = known.person;
        vec![
            json!(person.id),
            json!(known.name),
            json!(person.position),
            json!(person.role),
            json!(person.influence.map(|influence| influence as f64 / SCALE)),
            json!(person.decision_part),
            json!(person.interest),
            json!(person.work_motives),
            json!(person.personal_motives),
            json!(person.attitude),
            json!(known.email),
            json!(known.number),
        ]
    });
    let columns = &[
        "contact_id",
        "name",
        "position",
        "role",
        "influence",
        "decision_part",
        "interest",
        "work_motives",
        "personal_motives",
        "attitude",
        "email",
        "phone",
    ];
    Results { columns, rows: rows.collect() }.print(arguments.format)?;
    Ok(End::Done)
}

pub(super) fn committee(arguments: &Arguments, command: &Committee) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let seat = match command.by {
        By::Position => Seat::Position,
        By::Role => Seat::Role,
        By::DecisionPart => Seat::DecisionPart,
    };
    let request = Request {
        of: command.class.map_or(Whose::Holding(&command.of), Whose::Class),
        beside: Whose::Holding(&command.beside),
        seat,
        least: command.missing.unwrap_or(TYPICAL_PERCENT) / 100.0,
        settings: &command.settings.set,
        as_of: command.moment.as_of,
        threads: arguments.threads(),
    };
    let progress = watch(arguments.quiet);
    let found = job::committee(&base, &request, progress.as_ref())?;
    drop(progress);
    if !arguments.quiet {
        eprintln!("as of the end of {}", found.as_of);
        let said = |name: &str, group: &engine::committee::Group| {
            eprintln!(
                "{name}: people are known in {} companies, in {} nobody is",
                group.companies, group.unknown
            );
        };
        let of = command.class.map(|class| format!("deals of class {}", class.name()));
        said(of.as_deref().unwrap_or(&command.of), &found.typical);
        said(&command.beside, &found.others);
    }
    found.notices.iter().for_each(|notice| super::segment::note(arguments, Some(notice)));
    if command.story {
        let told = story(&Words::new(command.lang), &found.typical, &found.chairs);
        match arguments.format {
            Shape::Json => println!("{}", serde_json::to_string_pretty(&told)?),
            _ => told.iter().for_each(|line| println!("{line}")),
        }
        return Ok(End::Done);
    }
    if command.missing.is_some() {
        let rows = found.missing.iter().map(|(company, seats)| vec![json!(company), json!(seats.join(", "))]);
        Results { columns: &["customer_id", "missing"], rows: rows.collect() }.print(arguments.format)?;
        return Ok(End::Done);
    }
    let rows = found.chairs.iter().map(|chair| row(chair, arguments.format));
    let columns = &[
        "seat",
        "companies",
        "share",
        "low",
        "high",
        "others",
        "others_share",
        "others_low",
        "others_high",
        "missing",
        "influence",
        "work_motives",
        "personal_motives",
        "interests",
    ];
    Results { columns, rows: rows.collect() }.print(arguments.format)?;
    Ok(End::Done)
}

fn row(chair: &Chair, shape: Shape) -> Vec<Value> {
    let mut row = vec![json!(chair.seat), json!(chair.companies)];
    row.extend(shares(chair.share));
    row.push(json!(chair.others));
    row.extend(shares(chair.others_share));
    row.push(json!(chair.is_missing));
    row.push(json!(chair.influence.map(|influence| influence as f64 / SCALE)));
    for said in [&chair.work_motives, &chair.personal_motives, &chair.interests] {
        row.push(if shape == Shape::Json { json!(said) } else { json!(said.join(", ")) });
    }
    row
}

/// A share and the ends of its interval, to three decimals.
fn shares(share: Option<Interval>) -> [Value; 3] {
    let rounded = |number: f64| json!((number * 1000.0).round() / 1000.0);
    match share {
        Some(share) => [share.value, share.low, share.high].map(rounded),
        None => [Value::Null, Value::Null, Value::Null],
    }
}
