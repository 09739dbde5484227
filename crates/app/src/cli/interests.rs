//! `dolka interests` and `dolka tag`.

use super::End;
use super::arguments::{Arguments, CsvArguments, Moment, day};
use super::progress::watch;
use super::segment::csv_options;
use super::table::Results;
use crate::base::Base;
use crate::jobs::interests::{Said, Wanted, tag as set_tag, tagged};
use anyhow::{Result, bail};
use clap::Args;
use engine::interests::Of;
use engine::outputs::Format;
use model::calendar::Day;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub struct InterestsOf {
    /// Interests in brands instead of categories.
    #[arg(long)]
    pub brands: bool,
    /// List the customers to tell of something new in this category or brand, the strongest interest first.
    #[arg(long, value_name = "NAME")]
    pub tell: Option<String>,
    /// List which categories the same customers buy.
    #[arg(long, conflicts_with = "tell")]
    pub relations: bool,
    /// Days after which a purchase weighs half.
    #[arg(long, value_name = "DAYS", default_value_t = 180)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..))]
    pub half_life: u16,
    /// Weight from which a tag holds.
    #[arg(long, value_name = "WEIGHT", default_value_t = 0.5)]
    pub threshold: f64,
    /// No tags by relation: only what was bought itself.
    #[arg(long)]
    pub no_relations: bool,
    /// A category of which one has enough until it is replaced, with the days until then: kitchens=3650.
    #[arg(long, value_name = "CATEGORY=DAYS")]
    pub satisfied: Vec<String>,
    /// Write one row per customer and one column per category: .csv, .xlsx, .parquet, .json.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub csv: CsvArguments,
    #[command(flatten)]
    pub moment: Moment,
}

#[derive(Args, Debug)]
pub struct Tagging {
    /// The customer: id, e-mail or phone.
    pub customer: String,
    /// The category.
    pub tag: String,
    /// The customer has it not, whatever was bought.
    #[arg(long, conflicts_with = "forget")]
    pub off: bool,
    /// Take back what was said by hand.
    #[arg(long)]
    pub forget: bool,
    /// The last day on which this counts.
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with = "forget")]
    pub until: Option<Day>,
}

pub(super) fn interests(arguments: &Arguments, command: &InterestsOf) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let wanted = Wanted {
        as_of: command.moment.as_of,
        of: if command.brands { Of::Brand } else { Of::Category },
        half_life_days: f64::from(command.half_life),
        threshold: command.threshold,
        related: !command.no_relations,
        satisfied: satisfied(&command.satisfied)?,
    };
    let watch = watch(arguments.quiet);
    let tagged = tagged(&base, wanted, arguments.threads(), watch.as_ref())?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", tagged.as_of);
        if tagged.interests.left_out > 0 {
            eprintln!("{} of the rarest are left out", tagged.interests.left_out);
        }
    }
    if let Some(category) = &command.tell {
        let whom = tagged.interests.whom_to_tell(tagged.place(category)?);
        let rows = whom.into_iter().map(|(id, tag)| {
            let from = tag.from.map(|place| tagged.interests.categories[place as usize].clone());
            vec![json!(tagged.shown(id)), json!(rounded(tag.weight)), json!(tag.why), json!(from)]
        });
        Results { columns: &["customer_id", "weight", "why", "from"], rows: rows.collect() }
            .print(arguments.format)?;
        return Ok(End::Done);
    }
    if let Some(path) = &command.out {
        let rows = tagged.to_file(path, Format::from_path(path)?, &csv_options(&command.csv))?;
        if !arguments.quiet {
            eprintln!("{}: {rows} customers", path.display());
        }
    }
    if command.relations {
        let relations = tagged.interests.relations.iter().map(|one| {
            let numbers = [one.confidence, one.bound, one.lift].map(|number| json!(rounded(number)));
            [json!(one.from), json!(one.to), json!(one.both)].into_iter().chain(numbers).collect()
        });
        let columns = &["from", "to", "customers", "confidence", "bound", "lift"];
        Results { columns, rows: relations.collect() }.print(arguments.format)?;
        return Ok(End::Done);
    }
    let rows = tagged.interests.categories.iter().zip(tagged.interests.counts()).map(|(category, count)| {
        let [hand, own, related] = count.by_why;
        vec![json!(category), json!(hand + own + related), json!(own), json!(related), json!(hand)]
    });
    Results {
        columns: &["interest", "customers", "by_purchases", "by_relation", "by_hand"],
        rows: rows.collect(),
    }
    .print(arguments.format)?;
    Ok(End::Done)
}

pub(super) fn tag(arguments: &Arguments, command: &Tagging) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let _lock = base.lock()?;
    let said =
        if command.forget { Said::Forget } else { Said::Holds { holds: !command.off, until: command.until } };
    let id = set_tag(&base, &command.customer, &command.tag, said)?;
    if !arguments.quiet {
        let what = match said {
            Said::Forget => "is left to what was bought",
            Said::Holds { holds: true, .. } => "holds",
            Said::Holds { .. } => "does not hold",
        };
        println!("{id}: `{}` {what}", command.tag);
    }
    Ok(End::Done)
}

/// Categories and days out of `kitchens=3650` texts.
fn satisfied(given: &[String]) -> Result<BTreeMap<String, i32>> {
    let pair = |text: &String| match text.rsplit_once('=').map(|(name, days)| (name, days.parse::<i32>())) {
        Some((name, Ok(days))) if days > 0 => Ok((name.trim().to_owned(), days)),
        _ => bail!("`--satisfied {text}` should read CATEGORY=DAYS, such as kitchens=3650"),
    };
    given.iter().map(pair).collect()
}

/// To four decimals: a weight is no exact number.
fn rounded(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}
