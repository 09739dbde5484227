//! `dolka demo`, `imports`, `undo`, `compact`, `fields`, `presets`: the base itself.

use super::End;
use super::arguments::{Arguments, Demo, Shape};
use super::progress::watch;
use super::table::Results;
use crate::base::Base;
use crate::clock;
use crate::jobs::compact::{self, Compacted};
use crate::jobs::deals::plan;
use crate::jobs::demo::{Size, fill, write_files};
use crate::jobs::ledger;
use crate::jobs::report::{Request, of_base};
use crate::jobs::segment::asked;
use anyhow::{Context, Result};
use engine::import::{fields, presets};
use engine::staging::FileOptions;
use jiff::Timestamp;
use model::base::FactKind;
use serde_json::json;

/// Percent of the sample shop's rows that may be bad: none is.
const MAX_REJECTS_PERCENT: f64 = 0.0;

pub(super) fn demo(arguments: &Arguments, command: &Demo) -> Result<End> {
    let zone = clock::machine_zone();
    let size = Size {
        seed: command.seed,
        customers: command.customers,
        orders: command.orders,
        last_day: command.last_day.unwrap_or_else(|| clock::today(&zone)),
    };
    let threads = arguments.threads();
    let watch = watch(arguments.quiet);
    if let Some(folder) = &command.files {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
        write_files(&size, folder, threads, watch.as_ref())?;
        drop(watch);
        println!("products.csv, customers.csv and orders.csv: {}", folder.display());
        return Ok(End::Done);
    }
    let options = FileOptions {
        max_rejects_percent: MAX_REJECTS_PERCENT,
        region: "LV".to_owned(),
        ..FileOptions::default()
    };
    let mut base = Base::open(&arguments.place(None))?;
    for imported in fill(&mut base, &size, &options, threads, watch.as_ref())? {
        let (kind, counts) = (imported.staged.kind.name(), imported.staged.counts);
        if !arguments.quiet {
            eprintln!(
                "{kind}: {} rows, {} imported, {} unchanged",
                counts.rows, counts.imported, counts.unchanged
            );
        }
    }
    let request = Request {
        options: &options,
        asked: asked(&[], &[])?,
        plan: plan(&[])?,
        as_of: None,
        zone,
        name: Some("Sample shop".to_owned()),
        threads,
    };
    let reported = of_base(&base, request, watch.as_ref())?;
    drop(watch);
    super::report::finish(arguments, &reported, &command.out, command.lang)
}

pub(super) fn imports(arguments: &Arguments) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let moment =
        |micros: i64| Timestamp::from_microsecond(micros).map_or_else(|_| String::new(), |at| at.to_string());
    let columns = &[
        "import",
        "at",
        "kind",
        "file",
        "rows",
        "imported",
        "rejected",
        "set_aside",
        "unchanged",
        "sealed",
        "undone",
    ];
    let imports = ledger::imports(&base)?.into_iter().map(|entry| {
        let names: Vec<&str> = entry.inputs.iter().map(|input| input.name.as_str()).collect();
        let row = vec![
            json!(entry.import),
            json!(moment(entry.committed_at)),
            json!(entry.kind.name()),
            json!(names.join(", ")),
            json!(entry.counts.rows),
            json!(entry.counts.imported),
            json!(entry.counts.rejected),
            json!(entry.counts.set_aside),
            json!(entry.counts.unchanged),
            json!(entry.sealed),
            json!(entry.undone_at.map(moment)),
        ];
        (entry.committed_at, row)
    });
    // Who was linked with whom changes results too, so it stands among the imports.
    let steps = ledger::steps(&base)?.into_iter().map(|step| {
        let kind = if step.linked > 0 { "links" } else { "unlinks" };
        let (at, step_name) = (json!(moment(step.at)), format!("step {}", step.step));
        let mut row =
            vec![json!(null), at, json!(kind), json!(step_name), json!(step.linked + step.unlinked)];
        row.resize(columns.len() - 1, json!(null));
        row.push(json!(step.undone_at.map(moment)));
        (step.at, row)
    });
    let mut rows: Vec<_> = imports.chain(steps).collect();
    rows.sort_by_key(|(at, _)| *at);
    let rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
    Results { columns, rows }.print(arguments.format)?;
    Ok(End::Done)
}

pub(super) fn undo(arguments: &Arguments, import: i64) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let entry = ledger::undo(&base, import)?;
    println!("import {import} ({}, {} rows) is undone", entry.kind.name(), entry.counts.imported);
    Ok(End::Done)
}

pub(super) fn compact(arguments: &Arguments, forget: bool) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let watch = watch(arguments.quiet);
    let compacted = compact::compact(&base, forget, arguments.threads(), watch.as_ref())?;
    drop(watch);
    let Compacted { merged, deleted: (deleted, bytes), sealed } = &compacted;
    if arguments.format == Shape::Json {
        let merged: Vec<_> = merged
            .iter()
            .map(|(kind, old, new)| json!({ "kind": kind.name(), "files_before": old, "files": new }))
            .collect();
        println!("{}", json!({ "merged": merged, "deleted": deleted, "bytes": bytes, "sealed": sealed }));
        return Ok(End::Done);
    }
    for (kind, old, new) in merged {
        println!("{}: {old} files merged into {new}", kind.name());
    }
    if merged.is_empty() {
        println!("nothing to merge: the files of each kind are of one import");
    }
    if *deleted > 0 {
        println!("{deleted} old files deleted, {bytes} bytes freed");
    }
    if !sealed.is_empty() {
        let sealed: Vec<String> = sealed.iter().map(ToString::to_string).collect();
        println!("imports that can no longer be undone: {}", sealed.join(", "));
    } else if !forget && !merged.is_empty() {
        println!("every import can still be undone; the old files go with `dolka compact --forget`");
    }
    Ok(End::Done)
}

pub(super) fn fields(arguments: &Arguments) -> Result<End> {
    let rows = FactKind::ALL.into_iter().flat_map(|kind| {
        let row =
            move |field: &fields::Field| vec![json!(kind.name()), json!(field.name), json!(field.meaning)];
        fields::fields(kind).map(row)
    });
    Results { columns: &["kind", "field", "meaning"], rows: rows.collect() }.print(arguments.format)?;
    Ok(End::Done)
}

pub(super) fn presets(arguments: &Arguments) -> Result<End> {
    let shipped = presets::shipped().iter().map(|preset| {
        vec![json!(preset.id), json!(preset.kind.name()), json!(preset.system), json!("shipped")]
    });
    let mut rows: Vec<_> = shipped.collect();
    if let Ok(base) = Base::open_existing(&arguments.place(None)) {
        for preset in super::import::saved_presets(&base)? {
            rows.push(vec![
                json!(preset.id),
                json!(preset.kind.name()),
                json!(preset.system),
                json!("saved"),
            ]);
        }
    }
    Results { columns: &["preset", "kind", "system", "from"], rows }.print(arguments.format)?;
    Ok(End::Done)
}
