//! `dolka explain`: why a customer is in its segments.

use super::End;
use super::arguments::{Arguments, Explain};
use super::progress::watch;
use super::segment::chosen;
use super::table::Results;
use crate::base::Base;
use crate::jobs::explain::{explain as explain_customer, explain_condition};
use crate::jobs::segment::asked;
use anyhow::Result;

pub(super) fn explain(arguments: &Arguments, command: &Explain) -> Result<End> {
    let base = Base::open_existing(&arguments.place(None))?;
    let watch = watch(arguments.quiet);
    let (customer, as_of) = (&command.customer, command.moment.as_of);
    let (cut, explained) = if let Some(condition) = &command.rule {
        let settings = &command.settings.set;
        explain_condition(&base, customer, condition, settings, as_of, arguments.threads(), watch.as_ref())?
    } else {
        let (names, settings) = chosen(&command.names, command.rules.as_deref(), &command.settings.set)?;
        let asked = asked(&names, &settings)?;
        explain_customer(&base, customer, asked, as_of, arguments.threads(), watch.as_ref())?
    };
    drop(watch);
    if !arguments.quiet {
        eprintln!("as of the end of {}", cut.as_of);
    }
    super::segment::note(arguments, cut.notice.as_deref());
    cut.odd.iter().for_each(|odd| super::segment::note(arguments, Some(odd)));
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
