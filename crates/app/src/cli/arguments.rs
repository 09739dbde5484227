//! What may be typed after `dolka`.

use crate::base::{Place, region_of};
use crate::clock;
use crate::words::Language;
use anyhow::{Result, bail};
use clap::{Args, Parser, Subcommand, ValueEnum};
use engine::import::cells::{self, DateOrder};
use engine::import::mapping::MapOptions;
use engine::sources::OpenOptions;
use engine::staging::FileOptions;
use model::base::FactKind;
use model::calendar::Day;
use std::path::PathBuf;

/// Take a customer base apart into segments: RFM, ABC–XYZ, lifetime value, purchase stages.
///
/// The shortest way from an export to a picture:
///
///     dolka report orders.csv
#[derive(Parser, Debug)]
#[command(name = "dolka", version, arg_required_else_help = true, verbatim_doc_comment)]
pub struct Arguments {
    /// Folder of the base.
    #[arg(long, global = true, env = "DOLKA_BASE", default_value = "dolka-base", value_name = "DIR")]
    pub base: PathBuf,
    /// Where the state is kept, such as postgres://user@host/database [default: a file in the base].
    #[arg(long, global = true, env = "DOLKA_STATE", value_name = "URL", hide_env_values = true)]
    pub state: Option<String>,
    /// How results are printed.
    #[arg(long, global = true, value_enum, default_value_t = Shape::Table)]
    pub format: Shape,
    /// Threads to work on [default: all].
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,
    /// Say nothing but results and errors.
    #[arg(long, short, global = true)]
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
    Report(Report),
    /// Fill the base with a sample shop made from a seed, and write its report.
    Demo(Demo),
    /// Bring files into the base.
    Import(Import),
    /// List what was imported.
    Imports,
    /// Take an import back: the base is as if it had never come.
    Undo {
        /// Number of the import, as `dolka imports` lists it.
        import: i64,
    },
    /// Cut the base into segments.
    Segment(Segment),
    /// One row per customer with every feature.
    Features(Features),
    /// Why a customer is in its segments: values, cuts, dates.
    Explain(Explain),
    /// The fields that columns can be mapped to.
    Fields,
    /// The systems whose exports are known.
    Presets,
}

#[derive(Args, Debug)]
pub struct Report {
    /// Exports of orders, customers or products; none: report on the base.
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
    /// Exports of orders, customers or products: CSV, TSV, XLSX, XLS, ODS, Parquet, JSON lines; also gzip and zstd.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Show what would happen and change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Keep how the columns were read under a name, to be used with `--preset NAME`.
    #[arg(long, value_name = "NAME")]
    pub save_preset: Option<String>,
    #[command(flatten)]
    pub reading: Reading,
}

/// How files are read, where detection should be overridden.
#[derive(Args, Debug)]
pub struct Reading {
    /// What the files hold: orders, customers, products.
    #[arg(long, value_parser = kind, help_heading = "Reading files")]
    pub kind: Option<FactKind>,
    /// System the files come from; `dolka presets` lists them.
    #[arg(long, value_name = "NAME", help_heading = "Reading files")]
    pub preset: Option<String>,
    /// Use a column as a field: customer_id=Client, order_id=#3; `dolka fields` lists the fields.
    #[arg(long, value_name = "FIELD=HEADER", value_delimiter = ',', help_heading = "Reading files")]
    pub map: Vec<String>,
    /// Text encoding: utf-8, cp1251, cp1257, cp1252, latin1, utf-16le.
    #[arg(long, value_name = "NAME", help_heading = "Reading files")]
    pub encoding: Option<String>,
    /// Separator of cells: `,` `;` `|` or `tab`.
    #[arg(long, value_name = "CHAR", help_heading = "Reading files")]
    pub delimiter: Option<String>,
    /// Line of the header, from 1; 0: there is none.
    #[arg(long, value_name = "N", help_heading = "Reading files")]
    pub header_row: Option<u64>,
    /// Sheet of a workbook.
    #[arg(long, value_name = "NAME", help_heading = "Reading files")]
    pub sheet: Option<String>,
    /// Decimal mark of numbers: `.` or `,`.
    #[arg(long, value_name = "CHAR", help_heading = "Reading files")]
    pub decimal: Option<char>,
    /// What comes first in dates: day, month, year.
    #[arg(long, value_name = "WHAT", value_parser = date_order, help_heading = "Reading files")]
    pub date_order: Option<DateOrder>,
    /// Read `"OOO "Romashka" Ltd"` as one cell instead of rejecting the row.
    #[arg(long, help_heading = "Reading files")]
    pub tolerant_quotes: bool,
    /// Language of the file, for dates that could be read in two ways: en, ru, ca, es, lv.
    #[arg(long, value_name = "LANG", value_parser = file_language, help_heading = "Reading files")]
    pub file_language: Option<cells::Language>,
    /// Currency of money that names none, such as EUR.
    #[arg(long, value_name = "CODE", help_heading = "Reading files")]
    pub currency: Option<String>,
    /// Name of the shop or system the ids come from: ids are unique within it.
    #[arg(long, value_name = "NAME", help_heading = "Reading files")]
    pub source: Option<String>,
    /// Time zone in which days are counted, such as Europe/Riga; a base keeps its first.
    #[arg(long, value_name = "ZONE", help_heading = "Reading files")]
    pub zone: Option<String>,
    /// Time zone of the file's times, where it is another one.
    #[arg(long, value_name = "ZONE", help_heading = "Reading files")]
    pub file_zone: Option<String>,
    /// Country of phone numbers that name none, such as LV.
    #[arg(long, value_name = "CODE", help_heading = "Reading files")]
    pub region: Option<String>,
    /// Where rejected rows go.
    #[arg(long, value_name = "FILE", help_heading = "Reading files")]
    pub rejects: Option<PathBuf>,
    /// Percent of rows that may be bad before a file is refused whole.
    #[arg(long, value_name = "PERCENT", default_value_t = 50.0, help_heading = "Reading files")]
    pub max_rejects: f64,
    /// Take orders of days to come.
    #[arg(long, help_heading = "Reading files")]
    pub allow_future: bool,
    /// Take orders of nobody where no column says who bought.
    #[arg(long, help_heading = "Reading files")]
    pub allow_anonymous: bool,
}

#[derive(Args, Debug)]
pub struct Segment {
    /// Segmentations: rfm, abc_xyz, ltv, stage, volume; none: all.
    pub names: Vec<String>,
    /// Cut customers or products.
    #[arg(long, value_enum, default_value_t = Of::Customers)]
    pub of: Of,
    /// Write one row per customer: .csv, .xlsx, .parquet, .json, .jsonl.
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Print how long each part took as one line of JSON to standard error.
    #[arg(long)]
    pub timings: bool,
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
    /// Features; none: all.
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
pub struct Explain {
    /// Customer id, e-mail or phone.
    pub customer: String,
    /// Segmentations; none: all.
    pub names: Vec<String>,
    #[command(flatten)]
    pub moment: Moment,
    #[command(flatten)]
    pub settings: SettingsArguments,
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

impl Reading {
    /// The options of the engine.
    pub fn options(&self) -> Result<FileOptions> {
        let mut map = Vec::new();
        for pair in &self.map {
            let Some((field, header)) = pair.split_once('=') else {
                bail!("`--map {pair}` should read FIELD=HEADER, such as customer_id=Client");
            };
            map.push((field.trim().to_owned(), header.trim().to_owned()));
        }
        let delimiter = match self.delimiter.as_deref() {
            None => None,
            Some("tab" | "\\t" | "\t") => Some(b'\t'),
            Some("space" | " ") => Some(b' '),
            Some(text) if text.len() == 1 => text.bytes().next(),
            Some(text) => bail!("`--delimiter {text}` should be one character, or `tab`"),
        };
        Ok(FileOptions {
            open: OpenOptions {
                encoding: self.encoding.clone(),
                delimiter,
                header_row: self.header_row,
                sheet: self.sheet.clone(),
                tolerant_quotes: self.tolerant_quotes,
                ..OpenOptions::default()
            },
            map: MapOptions {
                kind: self.kind,
                preset: self.preset.clone(),
                map,
                date_order: self.date_order,
                decimal: self.decimal,
                zone: self.file_zone.clone(),
                currency: self.currency.clone(),
                source: self.source.clone(),
                language: self.file_language,
                allow_future: self.allow_future,
                allow_anonymous: self.allow_anonymous,
                presets: Vec::new(),
            },
            max_rejects_percent: self.max_rejects,
            region: self.region.clone().unwrap_or_else(|| region_of(&self.zone()).to_owned()),
        })
    }

    /// The zone asked for, or the machine's.
    pub fn zone(&self) -> String {
        self.zone.clone().unwrap_or_else(clock::machine_zone)
    }
}

fn day(text: &str) -> Result<Day, String> {
    let date = text.parse().map_err(|_| format!("`{text}` is no date; write it like 2026-11-22"))?;
    Ok(Day::from_date(date))
}

fn kind(text: &str) -> Result<FactKind, String> {
    FactKind::from_name(text).ok_or_else(|| "there are orders, customers, products".to_owned())
}

fn date_order(text: &str) -> Result<DateOrder, String> {
    match text {
        "day" => Ok(DateOrder::DayFirst),
        "month" => Ok(DateOrder::MonthFirst),
        "year" => Ok(DateOrder::YearFirst),
        _ => Err("day, month or year comes first".to_owned()),
    }
}

fn file_language(text: &str) -> Result<cells::Language, String> {
    cells::Language::from_code(text).ok_or_else(|| "there are en, ru, ca, es, lv".to_owned())
}
