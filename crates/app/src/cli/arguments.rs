//! What may be typed after `dolka`.

use super::help;
use super::identity::Identity;
use super::predict::{TimeUnit, typed as prediction};
use super::query::Querying;
use super::reading::Reading;
use crate::base::Place;
use crate::jobs::predict::Span;
use crate::words::Language;
use clap::{Args, Parser, Subcommand, ValueEnum};
use model::calendar::Day;
use model::prediction::models::OrderModel;
use std::path::PathBuf;

/// Take a customer base apart into segments: RFM, ABC–XYZ, lifetime value, purchase stages.
///
/// The shortest way from an export to a picture:
///
///     dolka report orders.csv
#[derive(Parser, Debug)]
#[command(name = "dolka", version, arg_required_else_help = true, verbatim_doc_comment)]
#[command(after_long_help = help::program())]
pub struct Arguments {
    /// Folder of the base.
    #[arg(long, global = true, env = "DOLKA_BASE", hide_env_values = true)]
    #[arg(default_value = "dolka-base", value_name = "DIR", help_heading = help::EVERYWHERE)]
    pub base: PathBuf,
    /// Where the state is kept, such as postgres://user@host/database [default: a file in the base].
    #[arg(long, global = true, env = "DOLKA_STATE", hide_env_values = true)]
    #[arg(value_name = "URL", help_heading = help::EVERYWHERE)]
    pub state: Option<String>,
    /// How results are printed.
    #[arg(long, global = true, value_enum, default_value_t = Shape::Table, help_heading = help::EVERYWHERE)]
    pub format: Shape,
    /// Threads to work on [default: one per core].
    #[arg(long, global = true, value_name = "N", help_heading = help::EVERYWHERE)]
    pub threads: Option<usize>,
    /// Say nothing but results and errors.
    #[arg(long, short, global = true, help_heading = help::EVERYWHERE)]
    pub quiet: bool,
    #[command(subcommand)]
    pub command: Command,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    Table,
    Csv,
    Json,
}

/// The verbs.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// From files to a report that opens in a browser; needs no base.
    #[command(after_long_help = help::report())]
    Report(Report),
    /// Fill the base with a sample shop made from a seed, and write its report.
    #[command(after_long_help = help::demo())]
    Demo(Demo),
    /// Bring files into the base.
    #[command(after_long_help = help::import())]
    Import(Import),
    /// List what was imported.
    #[command(after_long_help = help::imports())]
    Imports,
    /// Take an import back: the base is as if it had never come.
    #[command(after_long_help = help::undo())]
    Undo {
        /// Number of the import, as `dolka imports` lists it.
        import: i64,
    },
    /// Merge the files of many imports into one sorted set: the same facts, read faster.
    #[command(after_long_help = help::compact())]
    Compact {
        /// Also delete the files that were merged; their imports can then no longer be undone.
        #[arg(long)]
        forget: bool,
    },
    /// Cut the base into segments.
    #[command(after_long_help = help::segment())]
    Segment(Segment),
    /// Who moved from segment to segment between two days, and why one customer did.
    #[command(after_long_help = super::moves::help())]
    Moves(super::moves::MovesOf),
    /// Cut the base, compare with the last review, keep this one; ends with 3 where an alert stands.
    #[command(after_long_help = super::review::help())]
    Review(super::review::ReviewOf),
    /// List the reviews that were kept.
    #[command(after_long_help = super::review::list_help())]
    Reviews(super::review::Reviews),
    /// Customers by their first order: who came back, and what they bring, period by period.
    #[command(after_long_help = super::cohorts::help())]
    Cohorts(super::cohorts::CohortsOf),
    /// Count the customers for whom a condition holds.
    #[command(after_long_help = help::count())]
    Count(Count),
    /// Is a segmentation good enough to act by? Size, money, likeness, stability, freshness.
    #[command(after_long_help = super::check::more_help())]
    Check(super::check::Check),
    /// Who is in a segment: what is special, the five W, the usual customer, a short story.
    #[command(after_long_help = super::portrait::more_help())]
    Portrait(super::portrait::Portrait),
    /// What is said and offered to a segment, where and how: suggested, written, taken away.
    #[command(after_long_help = super::card::more_help())]
    Card(super::card::Card),
    /// How large segments are and what they promise; with a budget, which of them to reach.
    #[command(after_long_help = super::targets::more_help())]
    Targets(super::targets::Targets),
    /// The base beside the market or a competitor: differences, final criteria, white spots.
    #[command(after_long_help = super::market::more_help())]
    Market(super::market::Market),
    /// Notes on competitors: whom their advertising addresses, where and when it was seen.
    #[command(after_long_help = super::competitor::more_help())]
    Competitor(super::competitor::Competitor),
    /// Hidden needs: what segments buy far less often than customers like theirs.
    #[command(after_long_help = super::needs::more_help())]
    Needs(super::needs::NeedsOf),
    /// Where customers come from: conversion, money and cost by source or any attribute.
    #[command(after_long_help = super::sources::more_help())]
    Sources(super::sources::Sources),
    /// One row per customer with every feature.
    #[command(after_long_help = help::features())]
    Features(Features),
    /// What customers are likely to want next: tags by what they bought, that fade.
    #[command(after_long_help = help::interests())]
    Interests(super::interests::InterestsOf),
    /// Say by hand that a customer has an interest, or has it not.
    #[command(after_long_help = help::tag())]
    Tag(super::interests::Tagging),
    /// Who is one person under several ids: find, link, unlink.
    #[command(after_long_help = help::identity())]
    Identity(Identity),
    /// Why a customer is in its segments: values, cuts, dates.
    #[command(after_long_help = help::explain())]
    Explain(Explain),
    /// Classes of the last closed deals, what they cost, and what the best have in common.
    #[command(after_long_help = help::deals())]
    Deals(Deals),
    /// What sets some customers apart from others, and who looks like them.
    #[command(after_long_help = help::criteria())]
    Criteria(Criteria),
    /// What customers will order and bring: who is still there, who will buy, when, for how much.
    #[command(after_long_help = help::predict())]
    Predict(Predict),
    /// Who costs more than they bring, and what segments and channels repay.
    #[command(after_long_help = help::effort())]
    Effort(super::effort::Effort),
    /// Who comes first when several ask at once, and why.
    #[command(after_long_help = help::priority())]
    Priority(super::effort::Priority),
    /// How many customers are in a place that the region table knows.
    #[command(after_long_help = help::regions())]
    Regions,
    /// Other people beside the base: market, survey, audience.
    #[command(after_long_help = help::population())]
    Population {
        /// Name of one population; none: all.
        name: Option<String>,
        /// Compare the customers known by the end of this day [default: all].
        #[arg(long, value_name = "DATE", value_parser = day)]
        as_of: Option<Day>,
    },
    /// Conversations by date, length, employee, number and words, and what they are about.
    #[command(after_long_help = help::conversations())]
    Conversations(super::conversations::Conversations),
    /// People inside a customer that is a company: role, influence, motives.
    #[command(after_long_help = help::contacts())]
    Contacts(super::committee::Contacts),
    /// The typical buying committee, and who is missing in open deals.
    #[command(after_long_help = help::committee())]
    Committee(super::committee::Committee),
    /// What the base knows of its customers, in Kotler's groups, and what is missing.
    #[command(after_long_help = help::attributes())]
    Attributes(super::attributes::Attributes),
    /// The fields that columns can be mapped to.
    #[command(after_long_help = help::fields())]
    Fields,
    /// The systems whose exports are known.
    #[command(after_long_help = help::presets())]
    Presets,
}

#[derive(Args, Debug)]
pub struct Report {
    /// Exports of orders, customers, products, deals, leads or touches; none: report on the base.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The page to write.
    #[arg(long, short, default_value = "report.html", value_name = "FILE")]
    pub out: PathBuf,
    /// Language of the page: en, ru, ca, lv.
    #[arg(long, value_name = "LANG", default_value = "en")]
    pub lang: Language,
    /// Name of the shop, as the page's title says it.
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Write everything on the page as JSON too.
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
    /// Write the tables as an Excel workbook too, each on a sheet of its own.
    #[arg(long, value_name = "FILE.xlsx")]
    pub xlsx: Option<PathBuf>,
    /// Show segments by the rules in this file too; see docs/rules.md.
    #[arg(long, value_name = "FILE")]
    pub rules: Option<PathBuf>,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Args, Debug)]
pub struct Demo {
    /// Customers of the shop.
    #[arg(long, default_value_t = 2_000, value_name = "N")]
    pub customers: u64,
    /// Orders of the shop.
    #[arg(long, default_value_t = 12_000, value_name = "N")]
    pub orders: u64,
    /// The same seed makes the same shop.
    #[arg(long, default_value_t = 1, value_name = "S")]
    pub seed: u64,
    /// Day of the newest orders [default: today].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub last_day: Option<Day>,
    /// Only write the shop's exports into this folder: products.csv, customers.csv, orders.csv.
    #[arg(long, value_name = "DIR")]
    pub files: Option<PathBuf>,
    /// The page to write.
    #[arg(long, short, default_value = "report.html", value_name = "FILE")]
    pub out: PathBuf,
    /// Language of the page: en, ru, ca, lv.
    #[arg(long, value_name = "LANG", default_value = "en")]
    pub lang: Language,
}

#[derive(Args, Debug)]
pub struct Import {
    /// Exports of orders, customers or products: CSV, TSV, XLSX, XLS, ODS, Parquet, JSON; also gzip
    /// and zstd; or the address of a database.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Show what would happen and change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Keep how the columns were read under a name, to be used with `--preset NAME`.
    #[arg(long, value_name = "NAME")]
    pub save_preset: Option<String>,
    #[command(flatten)]
    pub querying: Querying,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Args, Debug)]
pub struct Segment {
    /// Segmentations, listed below; none: all (of products: abc_xyz).
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Cut customers or products.
    #[arg(long, value_enum, default_value_t = Of::Customers)]
    pub of: Of,
    /// Cut by the rules in this file; see docs/rules.md.
    #[arg(long, value_name = "FILE.toml")]
    pub rules: Option<PathBuf>,
    /// Write one row per customer: .csv, .xlsx, .parquet, .json, .jsonl.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// More features to write beside the labels, comma-separated; `dolka features --help` lists them.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub features: Vec<String>,
    /// Print how long each part took as one line of JSON to standard error.
    #[arg(long)]
    pub timings: bool,
    /// With `--timings`: how long reading the same columns takes when nothing is done with them.
    #[arg(long, hide = true, requires = "timings")]
    pub time_decoding: bool,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
    #[command(flatten)]
    pub csv: CsvArguments,
}

/// What is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Of {
    Customers,
    Products,
}

#[derive(Args, Debug)]
pub struct Features {
    /// Features, listed below; none: all.
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Write to a file: .csv, .xlsx, .parquet, .json, .jsonl.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub csv: CsvArguments,
}

#[derive(Args, Debug)]
pub struct Predict {
    /// Models, listed below [default: the best by AIC of bg_nbd, mbg_nbd and mbg_cnbd_k].
    #[arg(long = "model", value_name = "NAME", value_delimiter = ',', value_parser = prediction::model)]
    pub models: Vec<OrderModel>,
    /// Unit of time that parameters are told in.
    #[arg(long, value_enum, default_value_t = TimeUnit::Week)]
    pub unit: TimeUnit,
    /// Fit and predict as of the end of this day, and compare with what came after it.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub holdout: Option<Day>,
    /// Time ahead in which orders are predicted, such as 39w, 90d, 12m, 1y [default: the whole holdout,
    /// else 365d].
    #[arg(long, value_name = "TIME", value_parser = prediction::span)]
    pub horizon: Option<Span>,
    /// What money is worth less a year later, in the expected value.
    #[arg(long, value_name = "PERCENT", default_value = "10%", value_parser = prediction::discount)]
    pub discount: f64,
    /// Write one row per customer: .csv, .xlsx, .parquet, .json, .jsonl.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print how long each part took as one line of JSON to standard error.
    #[arg(long)]
    pub timings: bool,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub csv: CsvArguments,
}

#[derive(Args, Debug)]
pub struct Explain {
    /// Customer id, e-mail or phone.
    pub customer: String,
    /// Segmentations; none: all.
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Explain the rules in this file: each condition with the value that it meets.
    #[arg(long, value_name = "FILE.toml")]
    pub rules: Option<PathBuf>,
    /// Explain whether this condition holds, and nothing else.
    #[arg(long, value_name = "CONDITION", conflicts_with_all = ["rules", "names"])]
    pub rule: Option<String>,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
}

#[derive(Args, Debug)]
pub struct Count {
    /// The condition, in the language of rules; see docs/rules.md. With `--rules` the name of a rule.
    pub condition: String,
    /// Move each limit on a number one step tighter and looser too, to the next decile of the value.
    #[arg(long)]
    pub around: bool,
    /// Count the customers of a rule of this file, whom no rule before it has.
    #[arg(long, value_name = "FILE.toml")]
    pub rules: Option<PathBuf>,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
}

#[derive(Args, Debug)]
pub struct Deals {
    /// How many of the last closed deals are looked at [default: 30].
    #[arg(long, value_name = "N")]
    pub deals: Option<u32>,
    /// What the search is for: deals of class A, or all that were won.
    #[arg(long, value_enum, default_value_t = DealGoal::A)]
    pub target: DealGoal,
    /// Show open deals with their points by the criteria found.
    #[arg(long)]
    pub open: bool,
    /// Attributes that shall be no condition, comma-separated.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub without: Vec<String>,
    /// Write one row per deal, with `--open` the open ones: .csv, .xlsx, .parquet, .json, .jsonl.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// A setting, such as hour_cost=20; listed below.
    #[arg(long, value_name = "SETTING=VALUE")]
    pub set: Vec<String>,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub csv: CsvArguments,
}

/// What the search over deals is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DealGoal {
    A,
    Won,
}

#[derive(Args, Debug)]
pub struct Criteria {
    /// Who is set apart: buyers, repeat, high_ltv, won, a_deals.
    #[arg(long, value_name = "NAME")]
    pub target: String,
    /// Attributes that shall be no condition, comma-separated.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub without: Vec<String>,
    /// Write customers outside the target by their points: .csv, .xlsx, .parquet, .json, .jsonl.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// A setting of `deals` or `ltv`, such as deals.deals=50 or ltv.tiers=20%,50%.
    #[arg(long, value_name = "NAME.SETTING=VALUE")]
    pub set: Vec<String>,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub csv: CsvArguments,
}

#[derive(Args, Debug)]
pub struct Moment {
    /// The moment: the end of this day [default: the day of the newest order].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
}

#[derive(Args, Debug)]
pub struct SettingsArguments {
    /// A setting of a segmentation, such as rfm.groups=5; `dolka help segment` lists them.
    #[arg(long, value_name = "NAME.SETTING=VALUE")]
    pub set: Vec<String>,
}

#[derive(Args, Debug)]
pub struct CsvArguments {
    /// Separator of CSV output.
    #[arg(long, value_name = "CHAR", default_value_t = ',', help_heading = "CSV output")]
    pub csv_delimiter: char,
    /// Decimal mark of CSV output.
    #[arg(long, value_name = "CHAR", default_value_t = '.', help_heading = "CSV output")]
    pub csv_decimal: char,
    /// Begin CSV output with a byte order mark, as Excel wants it.
    #[arg(long, help_heading = "CSV output")]
    pub csv_bom: bool,
}

impl Arguments {
    /// Where the base is; a new one counts days in `zone`.
    pub fn place(&self, zone: Option<String>) -> Place {
        Place { folder: self.base.clone(), state: self.state.clone(), zone }
    }

    /// Threads to work on.
    pub fn threads(&self) -> usize {
        self.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)).max(1)
    }
}

pub(super) fn day(text: &str) -> Result<Day, String> {
    let date = text.parse().map_err(|_| format!("`{text}` is no date; write it like 2026-11-22"))?;
    Ok(Day::from_date(date))
}
