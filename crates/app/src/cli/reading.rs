//! How files are read, as it may be typed after `dolka report` and `dolka import`.

use crate::base::region_of;
use crate::clock;
use anyhow::{Result, bail};
use clap::Args;
use engine::import::cells::{self, DateOrder};
use engine::import::mapping::MapOptions;
use engine::import::rates::Rates;
use engine::import::topics::Topics;
use engine::sources::OpenOptions;
use engine::staging::FileOptions;
use model::base::FactKind;
use std::path::PathBuf;
use std::sync::Arc;

/// How files are read, where detection should be overridden.
#[derive(Args, Debug)]
pub struct Reading {
    /// What the files hold: orders, customers, products, deals, leads, touches, contacts, regions,
    /// population.
    #[arg(long, value_parser = kind, help_heading = "Reading files")]
    pub kind: Option<FactKind>,
    /// System the files come from; `dolka presets` lists them.
    #[arg(long, value_name = "NAME", help_heading = "Reading files")]
    pub preset: Option<String>,
    /// Use a column as a field: customer_id=Client, order_id=#3; `dolka fields` lists the fields.
    #[arg(long, value_name = "FIELD=HEADER", value_delimiter = ',', help_heading = "Reading files")]
    pub map: Vec<String>,
    /// Say the same of every row: touch=call, lead_source=fair.
    #[arg(long, value_name = "FIELD=TEXT", help_heading = "Reading files")]
    pub fill: Vec<String>,
    /// Name of the population that the file tells of: the same as `--fill population_name=NAME`.
    #[arg(long, value_name = "NAME", help_heading = "Reading files")]
    pub population: Option<String>,
    /// Text encoding: utf-8, cp1251, cp1257, cp1252, latin1, utf-16le.
    #[arg(long, value_name = "NAME", help_heading = "Reading files")]
    pub encoding: Option<String>,
    /// Separator of cells: `,` `;` `|` or `tab`.
    #[arg(long, value_name = "CHAR", help_heading = "Reading files")]
    pub delimiter: Option<String>,
    /// Line of the header, from 1; 0: there is none.
    #[arg(long, value_name = "N", help_heading = "Reading files")]
    pub header_row: Option<u64>,
    /// Sheet of a workbook [default: the first visible one with cells].
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
    /// Rates by day, to turn money into the base's currency: columns date, currency, rate.
    #[arg(long, value_name = "FILE", help_heading = "Reading files")]
    pub rates: Option<PathBuf>,
    /// Topics to find in texts of conversations, in place of those that come with the program.
    #[arg(long, value_name = "FILE.toml", help_heading = "Reading files")]
    pub topics: Option<PathBuf>,
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
    /// Where rejected rows go [default: beside the page; of an import: `rejects` in the base].
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

impl Reading {
    /// The options of the engine.
    pub fn options(&self) -> Result<FileOptions> {
        let map = pairs("--map", &self.map, "FIELD=HEADER, such as customer_id=Client")?;
        let mut fill = pairs("--fill", &self.fill, "FIELD=TEXT, such as touch=call")?;
        fill.extend(self.population.iter().map(|name| ("population_name".to_owned(), name.clone())));
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
                fill,
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
            rates: self.rates.as_deref().map(Rates::read).transpose()?.map(Arc::new),
            topics: self.topics.as_deref().map(Topics::read).transpose()?.map(Arc::new),
            region: self.region.clone().unwrap_or_else(|| region_of(&self.zone()).to_owned()),
        })
    }

    /// The zone asked for, or the machine's.
    pub fn zone(&self) -> String {
        self.zone.clone().unwrap_or_else(clock::machine_zone)
    }
}

/// Pairs as a flag takes them, one or several times.
fn pairs(flag: &str, given: &[String], form: &str) -> Result<Vec<(String, String)>> {
    let split = |pair: &String| match pair.split_once('=') {
        Some((name, value)) => Ok((name.trim().to_owned(), value.trim().to_owned())),
        None => bail!("`{flag} {pair}` should read {form}"),
    };
    given.iter().map(split).collect()
}

fn kind(text: &str) -> Result<FactKind, String> {
    let names = || FactKind::ALL.map(FactKind::name).join(", ");
    FactKind::from_name(text).ok_or_else(|| format!("there are {}", names()))
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
