//! `dolka explain`: why a customer is in its segments.

use super::End;
use super::arguments::{Arguments, Explain};
use super::progress::watch;
use super::table::Results;
use crate::base::Base;
use crate::jobs::explain::explain as explain_customer;
use crate::jobs::segment::asked;
use anyhow::Result;

pub(super) fn explain(arguments: &Arguments, command: &Explain) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let asked = asked(&command.names, &command.settings.set)?;
    let watch = watch(arguments.quiet);
    let (cut, explained) = explain_customer(
        &base,
        &command.customer,
        asked,
        command.moment.as_of,
        arguments.threads(),
        watch.as_ref(),
    )?;
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", cut.as_of);
    }
    super::segment::note(arguments, cut.notice.as_deref());
    let rows = explained.iter().flat_map(|one| {
        let part = |reason: &engine::segmentations::Reason| {
            [one.segmentation, &reason.part, &reason.value, &reason.rule].map(Into::into).to_vec()
        };
        one.reasons.iter().map(part)
    });
    Results { columns: &["segmentation", "part", "value", "rule"], rows: rows.collect() }
        .print(arguments.format)?;
    Ok(End::Done)
}
