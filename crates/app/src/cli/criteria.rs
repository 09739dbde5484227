//! `dolka criteria`: what sets customers apart, and a file of those who look like them.

use super::End;
use super::arguments::{Arguments, Criteria, Shape};
use super::findings;
use super::progress::watch;
use super::segment::{csv_options, note};
use crate::base::Base;
use crate::jobs::criteria::{Found, Request, search};
use anyhow::{Result, bail};
use engine::contrast::lookalike::{schema, table};
use engine::outputs::{Format, Output};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

/// Rows of an audience that are written at a time.
const BATCH_ROWS: usize = 1 << 16;

pub(super) fn criteria(arguments: &Arguments, command: &Criteria) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let request = Request {
        target: &command.target,
        without: command.without.clone(),
        settings: &command.set,
        alike: command.out.is_some(),
        as_of: command.moment.as_of,
        threads: arguments.threads(),
    };
    let watch = watch(arguments.quiet);
    let found = search(&base, request, watch.as_ref())?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", found.as_of);
        if let Ok(searched) = &found.compared.searched {
            findings::left_out(&searched.left_out).for_each(|text| eprintln!("note: {text}"));
        }
    }
    note(arguments, found.notice.as_deref());
    if let Some((customers, days)) = found.compared.too_recent {
        let text = format!(
            "not compared, as they may still come back: customers who first ordered in the last {days} days, \
             one repeat cycle ({customers})"
        );
        note(arguments, Some(&text));
    }
    print(arguments, &found)?;
    if let Some(path) = &command.out {
        let rows = write(&found, path, command)?;
        if !arguments.quiet {
            eprintln!("{rows} rows: {}", path.display());
        }
    }
    Ok(End::Done)
}

fn print(arguments: &Arguments, found: &Found) -> Result<()> {
    let (target, (inside, outside)) = (found.target, found.compared.counts);
    let searched = match &found.compared.searched {
        Ok(searched) => searched,
        Err(reason) => bail!("{inside} {}, {outside} {}: {reason}", target.who, target.others),
    };
    match arguments.format {
        Shape::Csv => findings::results(searched).print(Shape::Csv),
        Shape::Json => {
            let mut document = findings::document(searched);
            document["target"] = json!(target.name);
            document["as_of"] = json!(found.as_of.to_string());
            println!("{}", serde_json::to_string_pretty(&document)?);
            Ok(())
        }
        Shape::Table => {
            println!("{} against {}.", capital(target.who), target.others);
            println!("{}\n", findings::sentence(searched, "customers", "in the target"));
            findings::print(searched)
        }
    }
}

fn write(found: &Found, path: &Path, command: &Criteria) -> Result<u64> {
    let scorer = found.compared.searched.as_ref().ok().and_then(|searched| searched.scorer.as_ref());
    let Some((alike, scorer)) = found.alike.as_deref().zip(scorer) else {
        bail!("nothing beats chance, so nobody has points and `{}` was not written", path.display());
    };
    let format = Format::from_path(path)?;
    let mut output = Output::to_file(path, format, Arc::new(schema()), &csv_options(&command.csv))?;
    for some in alike.chunks(BATCH_ROWS) {
        output.write(&table(some, scorer, &found.originals)?)?;
    }
    Ok(output.finish()?)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}
