//! Exports of real systems, made small: each file in `tests/exports` with what must come out of it
//! in a text beside it. `BLESS=1` rewrites the texts; a new case needs no rebuild.
//!
//! The first lines of a text may be flags, one per line: `--map field=header`, `--kind orders`,
//! `--header-row 4` (0: there is none), `--file-name NAME`, `--date-order day`, `--decimal ,`,
//! `--currency EUR`, `--fill field=text`, `--zone NAME`, `--region RU`, `--allow-anonymous`, `--allow-future`, `--preset NAME`.

use super::cells::{DateOrder, Zone};
use super::clean::{Cleaned, Cleaner, CustomerSink, EventSink, OrderSink, Place, ProductSink};
use super::mapping::{self, Form, MapOptions, Mapping};
use super::problem::reason_of;
use crate::facts::events::{EventRow, Shape, Value, columns_of};
use crate::facts::{CustomerRow, OrderLine, ProductRow};
use crate::sources::{self, RowBlock};
use model::base::{ContactField, FactKind};
use model::calendar::Day;
use model::money::Money;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A case: what is read and with which flags.
pub(super) struct Case {
    pub file_name: String,
    pub header: Vec<String>,
    pub rows: Vec<(u64, Vec<String>)>,
    pub options: MapOptions,
    region: String,
    flags: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports")
}

/// All cases of the folder by their path, in the order of their names.
pub(super) fn cases() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|e| e != "txt")).collect();
    paths.sort();
    assert!(paths.len() > 20, "the cases are gone");
    paths
}

pub(super) fn load(path: &Path) -> Case {
    let expected = std::fs::read_to_string(path.with_extension("txt")).unwrap_or_default();
    let flags: Vec<String> =
        expected.lines().take_while(|line| line.starts_with("--")).map(str::to_owned).collect();
    let mut options = MapOptions::default();
    let mut header_row = 1;
    let mut region = "LV".to_owned();
    let mut file_name = path.file_name().unwrap().to_string_lossy().into_owned();
    for flag in &flags {
        let (name, value) = flag.split_once(' ').unwrap_or((flag, ""));
        match name {
            "--map" => {
                let (field, header) = value.split_once('=').unwrap();
                options.map.push((field.to_owned(), header.to_owned()));
            }
            "--fill" => {
                let (field, text) = value.split_once('=').unwrap();
                options.fill.push((field.to_owned(), text.to_owned()));
            }
            "--kind" => options.kind = FactKind::from_name(value),
            "--preset" => options.preset = Some(value.to_owned()),
            "--header-row" => header_row = value.parse().unwrap(),
            "--file-name" => file_name = value.to_owned(),
            "--date-order" => {
                let order = if value == "day" { DateOrder::DayFirst } else { DateOrder::MonthFirst };
                options.date_order = Some(order);
            }
            "--decimal" => options.decimal = value.chars().next(),
            "--currency" => options.currency = Some(value.to_owned()),
            "--region" => region = value.to_owned(),
            "--zone" => options.zone = Some(value.to_owned()),
            "--allow-anonymous" => options.allow_anonymous = true,
            "--allow-future" => options.allow_future = true,
            other => panic!("unknown flag {other} in {}", path.display()),
        }
    }
    if path.extension().is_some_and(|extension| extension != "csv") {
        let (header, rows) = document(path);
        return Case { file_name, header, rows, options, region, flags };
    }
    let bytes = std::fs::read(path).unwrap();
    let count = |mark: u8| bytes.iter().filter(|&&byte| byte == mark).count();
    let delimiter = if count(b';') > count(b',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(&bytes[..]);
    let mut rows: Vec<(u64, Vec<String>)> = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        let line = record.position().unwrap().line();
        rows.push((line, record.iter().map(str::to_owned).collect()));
    }
    let header = if header_row == 0 {
        (1..=rows[0].1.len()).map(|number| format!("column {number}")).collect()
    } else {
        let at = rows.iter().position(|(line, _)| *line >= header_row).unwrap();
        let mut header: Vec<String> = rows[at].1.iter().map(|name| name.trim().to_owned()).collect();
        if header.last().is_some_and(String::is_empty) {
            header.pop();
        }
        rows.drain(..=at);
        header
    };
    Case { file_name, header, rows, options, region, flags }
}

/// Header and rows of a file that is no CSV, as sources read it.
fn document(path: &Path) -> (Vec<String>, Vec<(u64, Vec<String>)>) {
    let mut table = sources::open(path, &sources::OpenOptions::default()).unwrap();
    let mut rows = Vec::new();
    while let Some(block) = table.next_block().unwrap() {
        let block = block.rows();
        assert!(block.bad.is_empty(), "{}", path.display());
        rows.extend(block.iter().map(|row| (row.line(), row.cells().map(str::to_owned).collect())));
    }
    (table.header().to_vec(), rows)
}

impl Case {
    /// The rows in blocks that end after these many rows; the last takes the rest.
    pub(super) fn blocks(&self, cuts: &[usize]) -> Vec<RowBlock> {
        let mut blocks = vec![RowBlock::default()];
        for (index, (line, cells)) in self.rows.iter().enumerate() {
            if cuts.contains(&index) && index > 0 {
                blocks.push(RowBlock::default());
            }
            let block = blocks.last_mut().unwrap();
            block.push_row(*line, 0);
            cells.iter().for_each(|cell| block.push_cell(cell));
        }
        blocks
    }

    /// The mapping, settled by the whole file where the sample leaves something open.
    pub(super) fn mapping(&self) -> Result<Mapping, mapping::MappingError> {
        let sample = &self.blocks(&[])[0];
        let mut mapping = mapping::decide(&self.file_name, &self.header, sample, &self.options)?;
        if !mapping.unsettled().is_empty() {
            mapping.see(sample);
            mapping.settle()?;
        }
        Ok(mapping)
    }
}

/// Everything that comes out of a file.
pub(super) struct Out {
    kind: FactKind,
    pub facts: Vec<(Place, String)>,
    pub cleaned: Cleaned,
}

fn money(value: Option<i64>) -> String {
    value.map_or("-".to_owned(), |value| Money(value).to_string())
}

impl OrderSink for Out {
    fn line(&mut self, line: OrderLine<'_>, place: Place) {
        let text = |value: Option<&str>| value.unwrap_or("-").to_owned();
        let mut shown = vec![
            text(line.customer_id),
            text(line.order_id),
            jiff::Timestamp::from_microsecond(line.ordered_at).unwrap().to_string(),
            line.day.to_string(),
            money(line.quantity),
            line.amount.to_string(),
            text(line.currency),
            text(line.product_id),
            text(line.product),
        ];
        for (name, value) in [
            ("category", line.category.map(str::to_owned)),
            ("brand", line.brand.map(str::to_owned)),
            ("channel", line.channel.map(str::to_owned)),
            ("promo", line.promo_code.map(str::to_owned)),
            ("cost", line.cost.map(|cost| cost.to_string())),
            ("discount", line.discount.map(|discount| discount.to_string())),
            ("updated", line.updated_at.map(|at| jiff::Timestamp::from_microsecond(at).unwrap().to_string())),
            ("cancelled", line.cancelled.then(|| "yes".to_owned())),
        ] {
            shown.extend(value.map(|value| format!("{name}={value}")));
        }
        self.facts.push((place, shown.join(" | ")));
    }
}

impl CustomerSink for Out {
    fn customer(&mut self, row: CustomerRow<'_>, place: Place) {
        let mut shown =
            vec![row.customer_id.to_owned(), row.created.map_or("-".into(), |day| day.to_string())];
        shown.extend(row.attributes.iter().map(|(name, value)| format!("{name}={value}")));
        self.facts.push((place, shown.join(" | ")));
    }
}

impl ProductSink for Out {
    fn product(&mut self, row: ProductRow<'_>, place: Place) {
        let text = |value: Option<&str>| value.unwrap_or("-").to_owned();
        let cost = money(row.unit_cost.map(|cost| cost.0));
        let shown = [row.product_id.to_owned(), text(row.product), text(row.category), text(row.brand), cost];
        self.facts.push((place, shown.join(" | ")));
    }
}

impl EventSink for Out {
    fn event(&mut self, row: EventRow<'_>, place: Place) {
        let text = |value: Option<&str>| value.unwrap_or("-").to_owned();
        let at = row.at.map_or("-".to_owned(), |(at, day)| {
            format!("{} {day}", jiff::Timestamp::from_microsecond(at).unwrap())
        });
        let mut shown = vec![text(row.customer_id), text(row.id), at];
        for (column, value) in columns_of(self.kind).iter().zip(&row.values) {
            let value = match (value, column.shape) {
                (Value::Nothing, _) => continue,
                (Value::Text(text), _) => (*text).to_owned(),
                (Value::Number(number), Shape::Exact) => Money(*number).to_string(),
                (Value::Number(number), _) => Day(*number as i32).to_string(),
            };
            shown.push(format!("{}={value}", column.name));
        }
        shown.extend(
            row.updated_at.map(|at| format!("updated={}", jiff::Timestamp::from_microsecond(at).unwrap())),
        );
        shown.extend(Some(row.more).filter(|more| !more.is_empty()));
        shown.extend(row.personal.iter().map(|(field, value)| format!("<{}: {value}>", field.name())));
        shown
            .extend(Some(&row.found).filter(|found| !found.is_empty()).map(|found| format!("about {found}")));
        self.facts.push((place, shown.join(" | ")));
    }
}

/// Cleans blocks: where rows depend on one another by one cleaner in order, else by a cleaner
/// each, the last first.
pub(super) fn clean(mapping: &Mapping, region: &str, blocks: &[RowBlock]) -> Out {
    let newest = Day::from_date(jiff::civil::date(2026, 11, 23));
    let zone = Zone::get("Europe/Riga").unwrap();
    let cleaner = Cleaner::new(mapping, &zone, &[1; 32], newest, region);
    let mut out = Out { kind: mapping.kind, facts: Vec::new(), cleaned: Cleaned::default() };
    let mut one = |cleaner: &mut Cleaner, block: &RowBlock, last: bool| {
        match mapping.kind {
            FactKind::Orders => cleaner.orders(block, &mut out),
            FactKind::Customers => cleaner.customers(block, &mut out),
            FactKind::Products => cleaner.products(block, &mut out),
            kind => cleaner.events(kind, block, &mut out),
        }
        if last {
            match mapping.kind {
                event if event.is_event() => cleaner.finish_events(event, &mut out),
                _ => cleaner.finish(&mut out),
            }
        }
        let cleaned = cleaner.take();
        out.cleaned.merge(cleaned);
    };
    if cleaner.sequential() {
        let mut cleaner = cleaner;
        for (index, block) in blocks.iter().enumerate() {
            one(&mut cleaner, block, index + 1 == blocks.len());
        }
    } else {
        blocks.iter().rev().for_each(|block| one(&mut cleaner.clone(), block, true));
    }
    out.facts.sort_by_key(|(place, _)| *place);
    out.cleaned.problems.sort();
    out.cleaned.contacts.sort();
    out.cleaned.contacts.dedup();
    out.cleaned.attributes = newest_attributes(std::mem::take(&mut out.cleaned.attributes));
    out
}

/// The rule of [`super::clean::Attribute`]: of several values the newest counts.
fn newest_attributes(mut attributes: Vec<super::clean::Attribute>) -> Vec<super::clean::Attribute> {
    attributes.sort_by(|a, b| {
        (&a.customer_id, &a.name, b.at, b.line, &a.value).cmp(&(
            &b.customer_id,
            &b.name,
            a.at,
            a.line,
            &b.value,
        ))
    });
    attributes.dedup_by(|later, kept| (&later.customer_id, &later.name) == (&kept.customer_id, &kept.name));
    attributes
}

/// All that comes out, as text.
pub(super) fn shown(case: &Case) -> String {
    let mut text = String::new();
    case.flags.iter().for_each(|flag| writeln!(text, "{flag}").unwrap());
    let mapping = match case.mapping() {
        Ok(mapping) => mapping,
        Err(error) => {
            writeln!(text, "error").unwrap();
            error.findings.iter().for_each(|finding| writeln!(text, "  {finding}").unwrap());
            return text;
        }
    };
    let out = clean(&mapping, &case.region, &case.blocks(&[]));
    let mut line = format!("{} of {}", mapping.kind.name(), mapping.source);
    for (name, value) in [
        ("preset", mapping.preset.clone()),
        ("key", mapping.key.map(|key| key.field().to_owned())),
        ("group", mapping.group.then(|| "yes".to_owned())),
        ("whole_orders", mapping.whole_orders.then(|| "yes".to_owned())),
        ("language", mapping.language.map(|language| format!("{language:?}").to_lowercase())),
        ("consent", mapping.consent.map(|consent| consent.to_string())),
    ] {
        line.extend(value.map(|value| format!(", {name} {value}")));
    }
    writeln!(text, "{line}").unwrap();
    mapping.warnings.iter().for_each(|warning| writeln!(text, "look: {warning}").unwrap());
    let columns = mapping.columns.iter().filter_map(|column| {
        let form = match &column.form {
            Form::Text => String::new(),
            Form::Number(form) => format!(" {}", form.decimal),
            Form::Date(form) => format!(" {:?}", form.order),
        };
        Some(format!("  {} <- {} ({:?}){form}", column.field.as_ref()?, column.header, column.how))
    });
    section(&mut text, "columns", columns);
    section(&mut text, "facts", out.facts.iter().map(|(place, fact)| format!("  {}: {fact}", place.line)));
    let contacts = out.cleaned.contacts.iter();
    let contacts = contacts
        .map(|contact| format!("  {} {} = {}", contact.customer_id, contact.field.name(), contact.value));
    section(&mut text, "contacts", contacts);
    let attributes = out.cleaned.attributes.iter();
    section(
        &mut text,
        "attributes",
        attributes.map(|a| format!("  {} {} = {}", a.customer_id, a.name, a.value)),
    );
    let problems = out.cleaned.problems.iter();
    section(
        &mut text,
        "rejected",
        problems.map(|p| format!("  {}: {} [{}] {}", p.line, p.code, p.column, p.raw)),
    );
    let warnings = out.cleaned.warnings.iter();
    section(
        &mut text,
        "warnings",
        warnings.map(|(code, tally)| {
            let first = &tally.first;
            format!("  {code} x{} [{}] {}", tally.count, first.column, first.raw)
        }),
    );
    accounts(case, &out.cleaned, &mut text);
    readable(text, &out.cleaned)
}

/// The counts, which must add up, and whether every code is listed.
fn accounts(case: &Case, cleaned: &Cleaned, text: &mut String) {
    let codes = cleaned.problems.iter().map(|problem| problem.code).chain(cleaned.warnings.keys().copied());
    codes.for_each(|code| assert!(reason_of(code).is_some(), "{code} is not listed"));
    let counts = &cleaned.counts;
    let aside: u64 = counts.set_aside.values().sum();
    assert_eq!(counts.rows, counts.given + counts.rejected + aside, "{}", case.file_name);
    assert_eq!(counts.rejected, cleaned.problems.len() as u64);
    writeln!(
        text,
        "rows {}, given {}, rejected {}, anonymous {}, set aside {:?}",
        counts.rows, counts.given, counts.rejected, counts.anonymous, counts.set_aside
    )
    .unwrap();
}

fn section(text: &mut String, name: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        writeln!(text, "{name}\n{}", lines.join("\n")).unwrap();
    }
}

/// Digests replaced by what they are digests of.
fn readable(mut text: String, cleaned: &Cleaned) -> String {
    let keys = cleaned.contacts.iter().filter(|contact| contact.field == ContactField::Key);
    let keys: BTreeMap<&str, &str> = keys.map(|key| (key.customer_id.as_str(), key.value.as_str())).collect();
    for (id, key) in keys {
        text = text.replace(id, &format!("{}{key}", &id[..2]));
    }
    text
}

#[test]
fn every_export_comes_out_as_written() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = String::new();
    for path in cases() {
        let found = shown(&load(&path));
        let beside = path.with_extension("txt");
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        if bless {
            std::fs::write(&beside, &found).unwrap();
        } else if found != expected {
            writeln!(wrong, "{}\n--- expected\n{expected}--- found\n{found}", path.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Sources do not split such lines into cells, so the case beside the export does not show it.
#[test]
fn lines_below_a_table_are_set_aside() {
    let path = folder().join("salesforce_opportunity_report.csv");
    let mut table = sources::open(&path, &sources::OpenOptions::default()).unwrap();
    let options = MapOptions::default();
    let mapping = mapping::decide("report.csv", table.header(), table.sample(), &options).unwrap();
    let mut blocks = Vec::new();
    while let Some(block) = table.next_block().unwrap() {
        blocks.push(block.rows());
    }
    let out = clean(&mapping, "US", &blocks);
    let counts = &out.cleaned.counts;
    assert_eq!((counts.given, counts.rejected, counts.set_aside.get("footer")), (3, 1, Some(&5)));
    assert_eq!(out.cleaned.problems[0].code, "E_TOTAL");
}

#[test]
fn every_preset_has_an_export() {
    let presets: Vec<String> = cases().iter().filter_map(|path| load(path).mapping().ok()?.preset).collect();
    for preset in super::presets::shipped() {
        assert!(presets.contains(&preset.id), "no export of {}", preset.id);
    }
}

#[test]
fn cut_into_blocks_anyhow_it_is_the_same() {
    use proptest::prelude::*;
    let cases: Vec<(Case, Mapping, Out)> = cases()
        .iter()
        .filter_map(|path| {
            let case = load(path);
            let mapping = case.mapping().ok()?;
            let whole = clean(&mapping, &case.region, &case.blocks(&[]));
            Some((case, mapping, whole))
        })
        .collect();
    proptest!(ProptestConfig::with_cases(40), |(cuts in prop::collection::vec(1usize..12, 0..6))| {
        for (case, mapping, whole) in &cases {
            let cut = clean(mapping, &case.region, &case.blocks(&cuts));
            prop_assert_eq!(&cut.facts, &whole.facts, "{}", case.file_name);
            prop_assert_eq!(&cut.cleaned, &whole.cleaned, "{}", case.file_name);
        }
    });
}
