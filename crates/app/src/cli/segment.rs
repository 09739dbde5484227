//! `dolka segment` and `dolka features`: a summary on the terminal, one row per customer in a file.

use super::End;
use super::arguments::{Arguments, CsvArguments, Features, Of, Segment, Shape};
use super::progress::watch;
use super::table::Results;
use crate::base::Base;
use crate::clock::Stopwatch;
use crate::jobs::rules::{prepare, text_of};
use crate::jobs::segment::{Cut, asked, cut, cut_products, moment, originals};
use crate::report::Analysis;
use anyhow::{Context, Result, bail};
use engine::features::{FEATURES, Features as Bucket, need};
use engine::import::names::did_you_mean;
use engine::outputs::customers::CustomerTable;
use engine::outputs::{CsvOptions, Format};
use engine::scan::decode_only;
use engine::segmentations::Tally;
use engine::segmentations::run::{Asked, Outcome};
use model::money::Money;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

pub(super) fn segment(arguments: &Arguments, command: &Segment) -> Result<End> {
    let total = Stopwatch::start();
    let (mut names, settings) = chosen(&command.names, command.rules.as_deref(), &command.settings.set)?;
    if command.names.is_empty() && command.of == Of::Products {
        names = vec!["abc_xyz".to_owned()];
    }
    let features = known_features(&command.features)?;
    if command.of == Of::Products && !features.is_empty() {
        bail!("`--features` adds features of customers, and products were asked for");
    }
    let base = Base::open_existing(&arguments.place(None))?;
    let asked = asked(&names, &settings)?;
    let open = Stopwatch::start();
    let (mut facts, _) = base.facts()?;
    let open = open.elapsed().as_secs_f64();
    let moment = moment(&facts, command.moment.as_of)?;
    let watch = watch(arguments.quiet);
    let odd = prepare(&base, &mut facts, &asked, moment, arguments.threads(), watch.as_ref())?;
    let cut = match command.of {
        Of::Customers => cut(&facts, asked, &features, moment, arguments.threads(), watch.as_ref())?,
        Of::Products => cut_products(&facts, asked, moment)?,
    };
    drop(watch);
    notes(arguments, &cut);
    odd.iter().for_each(|odd| note(arguments, Some(odd)));
    let write = Stopwatch::start();
    let (id_name, originals) = match command.of {
        Of::Customers => ("customer_id", originals(&base, &cut.features)?),
        Of::Products => ("product_id", BTreeMap::new()),
    };
    let rows = || Ok::<_, anyhow::Error>(cut.table(id_name, &originals)?.on_threads(arguments.threads()));
    match (&command.out, arguments.format) {
        (Some(path), _) => {
            to_file(arguments, &rows()?, path, &command.csv)?;
            if !arguments.quiet {
                print_segments(arguments, &cut.asked, &cut.features, &cut.outcome)?;
            }
        }
        (None, Shape::Table) => print_segments(arguments, &cut.asked, &cut.features, &cut.outcome)?,
        (None, shape) => to_stdout(&rows()?, shape, &command.csv)?,
    }
    if command.timings {
        let mut timings = json!({
            "open_s": open,
            "scan_s": cut.seconds.scan,
            "fit_s": cut.seconds.fit,
            "label_s": cut.seconds.label,
            "write_s": write.elapsed().as_secs_f64(),
            "total_s": total.elapsed().as_secs_f64(),
        });
        if command.time_decoding {
            let decode = Stopwatch::start();
            decode_only(&facts, need(&cut.question), arguments.threads())?;
            timings["decode_s"] = json!(decode.elapsed().as_secs_f64());
        }
        eprintln!("{timings}");
    }
    Ok(End::Done)
}

pub(super) fn features(arguments: &Arguments, command: &Features) -> Result<End> {
    let names = if command.names.is_empty() {
        FEATURES.iter().map(|feature| feature.name).collect()
    } else {
        known_features(&command.names)?
    };
    let base = Base::open_existing(&arguments.place(None))?;
    let (facts, _) = base.facts()?;
    let moment = moment(&facts, command.moment.as_of)?;
    let watch = watch(arguments.quiet);
    let cut = cut(&facts, Vec::new(), &names, moment, arguments.threads(), watch.as_ref())?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", cut.as_of);
    }
    note(arguments, cut.notice.as_deref());
    let originals = originals(&base, &cut.features)?;
    let table = CustomerTable::new("customer_id", &cut.features, &cut.outcome.labels, &names, &originals)
        .context("cannot put the table together")?
        .on_threads(arguments.threads());
    match &command.out {
        Some(path) => to_file(arguments, &table, path, &command.csv)?,
        None => to_stdout(&table, arguments.format, &command.csv)?,
    }
    Ok(End::Done)
}

/// The segmentations that were named, or all, with their settings; a file of rules adds `rules`.
pub(super) fn chosen(
    names: &[String],
    rules: Option<&Path>,
    settings: &[String],
) -> Result<(Vec<String>, Vec<String>)> {
    let mut names = names.to_vec();
    let mut settings = settings.to_vec();
    if let Some(path) = rules {
        settings.push(format!("rules.rules={}", text_of(path)?));
        names.extend((!names.iter().any(|name| name == "rules")).then(|| "rules".to_owned()));
    }
    Ok((names, settings))
}

/// Names of features as they were typed, each of them known.
fn known_features(names: &[String]) -> Result<Vec<&str>> {
    let known: Vec<&str> = FEATURES.iter().map(|feature| feature.name).collect();
    if let Some(wrong) = names.iter().find(|name| !known.contains(&name.as_str())) {
        let near = did_you_mean(wrong, known.iter().copied());
        bail!("there is no feature `{wrong}`; there are {}{near}", known.join(", "));
    }
    Ok(names.iter().map(String::as_str).collect())
}

/// The segments of an analysis, after what is to be known of it.
pub(super) fn summary(arguments: &Arguments, analysis: &Analysis) -> Result<()> {
    if !arguments.quiet {
        eprintln!("as of the end of {}", analysis.as_of);
    }
    print_segments(arguments, &analysis.asked, &analysis.features, &analysis.outcome)
}

/// Says what there is to say, unless nothing shall be said.
pub(super) fn note(arguments: &Arguments, notice: Option<&str>) {
    if let Some(text) = notice.filter(|_| !arguments.quiet) {
        eprintln!("note: {text}");
    }
}

fn notes(arguments: &Arguments, cut: &Cut) {
    if arguments.quiet {
        return;
    }
    eprintln!("as of the end of {}", cut.as_of);
    note(arguments, cut.notice.as_deref());
    for (one, fit) in cut.asked.iter().zip(&cut.outcome.fits) {
        fit.notes.iter().for_each(|note| eprintln!("{}: {note}", one.segmentation.about().name));
    }
}

/// One row per segment of the column that names segments.
fn print_segments(
    arguments: &Arguments,
    asked: &[Asked],
    features: &[Bucket],
    outcome: &Outcome,
) -> Result<()> {
    let mut rows = Vec::new();
    for one in asked {
        let about = one.segmentation.about();
        let column = about.named_by;
        let tally = Tally::of(&[column], features, &outcome.labels)?;
        let whole = tally.whole();
        for (names, sums) in tally.iter() {
            rows.push(vec![
                json!(column),
                json!(names.join(" ")),
                json!(sums.customers),
                percent(sums.customers as f64, whole.customers as f64),
                json!(sums.orders.to_string().parse::<i64>().unwrap_or(i64::MAX)),
                whole_money(sums.revenue)?,
                percent(sums.revenue as f64, whole.revenue as f64),
            ]);
        }
    }
    let columns = &["segmentation", "segment", "customers", "customers_%", "orders", "revenue", "revenue_%"];
    Results { columns, rows }.print(arguments.format)
}

/// A share in percent; nothing of nothing.
pub(super) fn percent(part: f64, of: f64) -> Value {
    if of > 0.0 { json!((part / of * 1000.0).round() / 10.0) } else { Value::Null }
}

/// Money, exact, given in 1/10 000.
pub(super) fn whole_money(ten_thousandths: i128) -> Result<Value> {
    let money = Money(i64::try_from(ten_thousandths).unwrap_or(i64::MAX));
    Ok(serde_json::from_str(&money.to_string())?)
}

pub(super) fn csv_options(csv: &CsvArguments) -> CsvOptions {
    CsvOptions { delimiter: csv.csv_delimiter, decimal: csv.csv_decimal, bom: csv.csv_bom }
}

pub(super) fn to_file(
    arguments: &Arguments,
    table: &CustomerTable,
    path: &Path,
    csv: &CsvArguments,
) -> Result<()> {
    let rows = table.to_file(path, Format::from_path(path)?, &csv_options(csv))?;
    if !arguments.quiet {
        eprintln!("{rows} rows: {}", path.display());
    }
    Ok(())
}

pub(super) fn to_stdout(table: &CustomerTable, shape: Shape, csv: &CsvArguments) -> Result<()> {
    let format = if shape == Shape::Json { Format::Json } else { Format::Csv };
    table.to_stream(std::io::stdout(), "standard output", format, &csv_options(csv))?;
    Ok(())
}
