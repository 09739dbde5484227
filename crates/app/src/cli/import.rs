//! `dolka import`: what was detected, what came of each row.

use super::End;
use super::arguments::{Arguments, Import, Shape};
use super::compared::of_coverage;
use super::progress::watch;
use crate::base::Base;
use crate::clock;
use crate::jobs::import::{Imported, Request, import as import_file, reasons};
use crate::jobs::query;
use crate::jobs::regions::{Coverage, coverage};
use anyhow::{Context, Result};
use engine::import::mapping::{Form, How};
use engine::import::presets::Preset;
use engine::staging::StagedFile;
use model::base::FactKind;
use serde_json::json;
use std::collections::BTreeSet;

/// Imports of orders from which on questions take several times as long as after `dolka compact`.
const IMPORTS_APART: usize = 8;

pub(super) fn import(arguments: &Arguments, command: &Import) -> Result<End> {
    let mut options = command.reading.options()?;
    let query = command.querying.of(&command.files)?;
    // Before a base is made for files that are not there.
    for file in command.files.iter().filter(|_| query.is_none()) {
        std::fs::metadata(file).with_context(|| format!("cannot open `{}`", file.display()))?;
    }
    let mut place = arguments.place(command.reading.zone.clone());
    // A dry run changes nothing, so where there is no base it looks at an empty one that goes away.
    let nowhere = tempfile::tempdir().context("cannot make a folder for the dry run")?;
    if command.dry_run && !place.exists() {
        place.folder = nowhere.path().to_owned();
    }
    let mut base = Base::open(&place)?;
    options.map.presets = saved_presets(&base)?;
    let request = Request {
        options: &options,
        dry_run: command.dry_run,
        rejects: command.reading.rejects.as_deref(),
        threads: arguments.threads(),
    };
    let mut end = End::Done;
    let mut is_new = false;
    for file in &command.files {
        let watch = watch(arguments.quiet);
        let (imported, name) = match &query {
            Some(query) => (query::import(&mut base, query, &request, watch.as_ref())?, query.name()),
            None => (import_file(&mut base, file, &request, watch.as_ref())?, file.display().to_string()),
        };
        drop(watch);
        if imported.staged.counts.rejected > 0 {
            end = End::LookAt;
        }
        if let Some(name) = command.save_preset.as_ref().filter(|_| !command.dry_run) {
            let text = imported.staged.mapping.to_preset(name).to_toml()?;
            base.wait(base.store.save_mapping(name, &text, clock::now()))?;
        }
        is_new |= imported.number.is_some();
        let coverage = match imported.staged.kind {
            FactKind::Regions if !command.dry_run => Some(coverage(&base.facts()?.0)?),
            _ => None,
        };
        show(arguments, &name, &imported, coverage.as_ref())?;
    }
    if is_new && !arguments.quiet {
        super::identity::notice(&base)?;
        let apart = imports_apart(&base)?;
        if apart >= IMPORTS_APART {
            eprintln!(
                "orders of {apart} imports lie side by side, and every question puts them together anew; \
                 `dolka compact` does it once, and any import can still be undone"
            );
        }
    }
    Ok(end)
}

/// How many imports have orders in files of their own.
fn imports_apart(base: &Base) -> Result<usize> {
    let files = base.files()?;
    let orders = files.iter().filter(|listed| listed.file.kind == FactKind::Orders);
    Ok(orders.map(|listed| listed.import).collect::<BTreeSet<i64>>().len())
}

/// Presets that were saved in the base.
pub(super) fn saved_presets(base: &Base) -> Result<Vec<Preset>> {
    let saved = base.wait(base.store.mappings())?;
    let mut presets = Vec::new();
    for mapping in saved {
        let own = Preset::from_toml(&mapping.mapping);
        presets.extend(own.with_context(|| format!("the saved preset `{}` cannot be read", mapping.name))?);
    }
    Ok(presets)
}

fn show(arguments: &Arguments, name: &str, imported: &Imported, coverage: Option<&Coverage>) -> Result<()> {
    if !arguments.quiet {
        eprint!("{}", detected(&imported.staged));
    }
    let counts = imported.staged.counts;
    if arguments.format == Shape::Json {
        let mut line = json!({
            "import": imported.number,
            "file": name,
            "kind": imported.staged.kind,
            "rows": counts.rows,
            "imported": counts.imported,
            "rejected": counts.rejected,
            "set_aside": counts.set_aside,
            "unchanged": counts.unchanged,
            "replaced": counts.replaced,
            "new": counts.new,
            "anonymous": counts.anonymous,
            "rejects": imported.rejects.as_ref().map(|path| path.display().to_string()),
            "detected": { "file": imported.staged.detected, "mapping": imported.staged.mapping },
        });
        if let Some(coverage) = coverage {
            line["coverage"] = of_coverage(coverage);
        }
        println!("{line}");
        return Ok(());
    }
    let what = match imported.number {
        Some(number) => format!("import {number}"),
        None if counts.imported == 0 => "nothing new".to_owned(),
        None => "dry run, nothing was changed".to_owned(),
    };
    println!(
        "{name}: {what}: {} rows: {} imported, {} rejected, {} set aside, {} unchanged; {} {} new, \
         {} replaced",
        counts.rows,
        counts.imported,
        counts.rejected,
        counts.set_aside,
        counts.unchanged,
        counts.new,
        imported.staged.kind.name(),
        counts.replaced,
    );
    if let Some(coverage) = coverage.filter(|_| !arguments.quiet) {
        eprintln!("{}", coverage.sentence());
    }
    if let Some(path) = imported.rejects.as_ref().filter(|_| !arguments.quiet) {
        eprintln!("rejected rows, with what to do: {}", path.display());
        let kept = imported.staged.cleaned.problems.len() as u64;
        if kept < counts.rejected {
            eprintln!("  the first {kept} of {}; those after them were counted only", counts.rejected);
        }
        reasons(&imported.staged.cleaned.problems).iter().for_each(|line| eprintln!("{line}"));
    }
    Ok(())
}

/// What was found out of a file, for a person to check.
pub(super) fn detected(staged: &StagedFile) -> String {
    use std::fmt::Write;
    let (found, mapping) = (&staged.detected, &staged.mapping);
    let mut text = format!("{}: {}", staged.input.name, staged.kind.name());
    let mut add = |part: String| {
        let _ = write!(text, ", {part}");
    };
    if let Some(preset) = &mapping.preset {
        add(format!("preset `{preset}`"));
    }
    if let Some(compression) = found.compression {
        add(compression.to_owned());
    }
    add(format!("{}{}", found.encoding, if found.encoding_sure { "" } else { " (likely)" }));
    if let Some(delimiter) = found.delimiter {
        add(format!("cells separated by {}", shown(delimiter)));
    }
    if let Some(sheet) = &found.sheet {
        add(format!("sheet `{sheet}`"));
    }
    if let Some(row) = found.header_row.filter(|&row| row > 1) {
        add(format!("header in line {row}"));
    }
    text.push('\n');
    for column in &mapping.columns {
        let form = match &column.form {
            Form::Text => String::new(),
            Form::Number(form) => format!(", decimal mark `{}`", form.decimal),
            Form::Date(form) => {
                format!(", {}", format!("{:?}", form.order).to_lowercase().replace("first", " first"))
            }
        };
        let field = match (&column.field, column.how) {
            (Some(field), How::Attribute) => format!("attribute `{field}`"),
            (Some(field), _) => field.clone(),
            (None, _) => "not used".to_owned(),
        };
        let samples = column.samples.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(" · ");
        let _ = writeln!(text, "  {:<24} → {field}{form}   {samples}", column.header);
    }
    for warning in found.warnings.iter().chain(&staged.input.warnings).chain(&mapping.warnings) {
        let _ = writeln!(text, "  note: {warning}");
    }
    if staged.kind == FactKind::Orders && staged.currency.is_none() {
        text.push_str(
            "  note: nothing says the currency of the money; name it with `--currency`, such as EUR\n",
        );
    }
    for (code, tally) in &staged.cleaned.warnings {
        let _ = writeln!(
            text,
            "  note: {code} × {}: line {}, column `{}`: {}",
            tally.count, tally.first.line, tally.first.column, tally.first.reason
        );
    }
    text
}

fn shown(delimiter: char) -> String {
    match delimiter {
        '\t' => "tabs".to_owned(),
        ' ' => "spaces".to_owned(),
        other => format!("`{other}`"),
    }
}
