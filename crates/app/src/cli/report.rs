//! `dolka report`: a page in a file, and the summary of it on the terminal.

use super::End;
use super::arguments::{Arguments, Report};
use super::import::{detected, saved_presets};
use super::progress::watch;
use super::segment::chosen;
use crate::base::Base;
use crate::jobs::deals::plan;
use crate::jobs::import::reasons;
use crate::jobs::report::{Reported, Request, of_base, of_files, write};
use crate::jobs::segment::asked;
use crate::report::{render, sheets};
use crate::words::Language;
use anyhow::{Context, Result};
use engine::outputs::write_workbook;
use std::path::{Path, PathBuf};

pub(super) fn report(arguments: &Arguments, command: &Report) -> Result<End> {
    let mut options = command.reading.options()?;
    // Deals are no segmentation, and have settings all the same.
    let (of_deals, others): (Vec<String>, Vec<String>) =
        command.settings.set.iter().cloned().partition(|text| text.starts_with("deals."));
    let (_, settings) = chosen(&[], command.rules.as_deref(), &others)?;
    let request = |options| -> Result<Request<'_>> {
        Ok(Request {
            options,
            asked: asked(&[], &settings)?,
            plan: plan(&of_deals)?,
            as_of: command.moment.as_of,
            zone: command.reading.zone(),
            name: command.name.clone(),
            threads: arguments.threads(),
        })
    };
    let watch = watch(arguments.quiet);
    let reported = if command.files.is_empty() {
        let base = Base::open_existing(&arguments.place(command.reading.zone.clone()))?;
        options.map.presets = saved_presets(&base)?;
        of_base(&base, request(&options)?, watch.as_ref())?
    } else {
        let place = arguments.place(None);
        if place.exists() {
            options.map.presets = saved_presets(&Base::open_existing(&place)?)?;
        }
        let rejects = |number: usize| rejects_path(command, number);
        of_files(&command.files, rejects, request(&options)?, watch.as_ref())?
    };
    drop(watch);
    if let Some(path) = &command.data {
        let data = serde_json::to_string_pretty(&reported.data).context("cannot write the data as JSON")?;
        write(path, &data)?;
    }
    if let Some(path) = &command.xlsx {
        write_workbook(path, &sheets(&reported.data, command.lang))?;
        if !arguments.quiet {
            println!("tables: {}", path.display());
        }
    }
    finish(arguments, &reported, &command.out, command.lang)
}

/// Writes the page and prints the summary.
pub(super) fn finish(
    arguments: &Arguments,
    reported: &Reported,
    out: &Path,
    language: Language,
) -> Result<End> {
    write(out, &render(&reported.data, language))?;
    let mut end = End::Done;
    if !arguments.quiet {
        reported.files.iter().for_each(|staged| eprint!("{}", detected(staged)));
    }
    for staged in &reported.files {
        if staged.counts.rejected > 0 {
            end = End::LookAt;
        }
        if staged.counts.rejected > 0 && !arguments.quiet {
            reasons(&staged.cleaned.problems).iter().for_each(|line| eprintln!("{line}"));
        }
    }
    for path in reported.rejects.iter().filter(|_| !arguments.quiet) {
        eprintln!("rejected rows, with what to do: {}", path.display());
    }
    reported.notices.iter().for_each(|notice| super::segment::note(arguments, Some(notice)));
    if !arguments.quiet {
        super::segment::summary(arguments, &reported.analysis)?;
        println!("report: {}", out.display());
    }
    Ok(end)
}

/// Beside the page, unless said otherwise.
fn rejects_path(command: &Report, number: usize) -> PathBuf {
    let numbered = |path: &Path| match number {
        0 => path.to_owned(),
        n => path.with_extension(format!("{}.csv", n + 1)),
    };
    match &command.reading.rejects {
        Some(path) => numbered(path),
        None => numbered(&command.out.with_extension("rejects.csv")),
    }
}
