//! Calls: which side is the customer, how long they talked, and whether anybody answered.

use super::keys::{KeyKind, Keys};
use super::plan::{DateColumn, Plan};
use super::view::View;
use crate::import::cells::{self, parse_moment};

/// Digits that numbers inside a company have at most.
const EXTENSION_DIGITS_MAX: usize = 6;

/// The column with the number of the side that is not ours.
///
/// Where a column names the extension of ours that called, it says who called whom. Else we called
/// where the caller's number is as short as an extension. The number called is the customer's only
/// then: where a caller hides, it is one of our own lines.
pub(super) fn outside(plan: &Plan, view: &View<'_>, keys: &mut Keys) -> Option<usize> {
    let columns = &plan.customer;
    let is_ours = match columns.caller_extension {
        Some(_) => view.text(columns.caller_extension).is_some(),
        None => columns.caller.is_none() || view.text(columns.caller).is_some_and(is_extension),
    };
    let side = if is_ours { columns.called } else { columns.caller }?;
    let cell = view.cell(side).trim();
    (!cells::is_null(cell) && keys.customer(KeyKind::Phone, cell).is_some()).then_some(side)
}

fn is_extension(cell: &str) -> bool {
    cell.len() <= EXTENSION_DIGITS_MAX && cell.bytes().all(|byte| byte.is_ascii_digit())
}

/// What the times of a call say.
pub(super) struct Times {
    /// Whether it was answered; `None` where nothing says so.
    pub answered: Option<bool>,
    /// Seconds of talk in 1/10 000, or from beginning to end where nothing says when it was answered.
    pub duration: Option<i64>,
}

/// Reads when a call was answered and when it ended.
pub(super) fn times(plan: &Plan, view: &View<'_>, began: Option<i64>) -> Times {
    let moment = |column: &DateColumn| {
        let (index, form) = column.as_ref()?;
        // A zero is a date that never was, and so is no date here.
        let zone = plan.file_zone.as_ref().unwrap_or(&plan.zone);
        parse_moment(view.text(Some(*index))?, form, zone).ok().map(|moment| moment.at)
    };
    let columns = &plan.event;
    let answered = columns.answered_at.is_some().then(|| moment(&columns.answered_at));
    let from = answered.unwrap_or(began);
    let spent = from.zip(moment(&columns.ended_at)).map(|(from, to)| to.saturating_sub(from));
    /// Microseconds in 1/10 000 of a second.
    const MICROS: i64 = 100;
    Times {
        answered: answered.map(|at| at.is_some()),
        duration: spent.filter(|&micros| micros >= 0).map(|micros| micros / MICROS),
    }
}
