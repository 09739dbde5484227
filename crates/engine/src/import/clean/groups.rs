//! Orders whose rows stand together: cells of the order are filled on its first row only, and its
//! discount and refund are spread on its lines.

use super::draft::{self, Draft};
use super::orders::{Customer, customer, place, refund};
use super::people::Person;
use super::plan::Plan;
use super::report::Refusal;
use super::spread::spread;
use super::view::{Above, View};
use super::{Cleaner, OrderSink};
use crate::import::cells;
use crate::import::problem::cell_error;
use crate::sources::{Row, RowBlock};
use model::money::Money;

/// Rows of one order that are held until the next begins; more than any real order has.
const ORDER_ROWS_MAX: usize = 10_000;

/// The rows of the order that is still coming.
#[derive(Clone, Default)]
pub(super) struct Held {
    pub rows: RowBlock,
    pub id: String,
}

impl Held {
    pub(super) fn push(&mut self, row: Row<'_>) {
        self.rows.push_row(row.line(), row.byte());
        row.cells().for_each(|cell| self.rows.push_cell(cell));
    }
}

/// Holds rows back until their order is whole.
pub(super) fn clean(cleaner: &mut Cleaner, block: &RowBlock, sink: &mut impl OrderSink) {
    let plan = cleaner.plan.clone();
    for row in block.iter() {
        if plan.leaves_out(row) {
            cleaner.report.aside("other");
            continue;
        }
        if !cleaner.held.rows.is_empty() && (begins(&plan, row, &cleaner.held.id) || is_full(cleaner, row)) {
            flush(cleaner, sink);
        }
        if cleaner.held.rows.is_empty() {
            cleaner.held.id = plan.order.id.map(|index| row.cell(index).to_owned()).unwrap_or_default();
        }
        cleaner.held.push(row);
    }
}

/// Whether a row begins a new order: it has another id, or no id and a date of its own.
fn begins(plan: &Plan, row: Row<'_>, current: &str) -> bool {
    let filled = |index: &usize| !cells::is_null(row.cell(*index));
    match plan.order.id.filter(filled) {
        Some(index) => row.cell(index) != current,
        None => plan.order.at.as_ref().map(|at| at.0).filter(filled).is_some(),
    }
}

pub(super) fn is_full(cleaner: &mut Cleaner, row: Row<'_>) -> bool {
    let full = cleaner.held.rows.len() >= ORDER_ROWS_MAX;
    if full {
        let reason = format!("an order has more than {ORDER_ROWS_MAX} rows and was cut");
        let column = cleaner.plan.order.id;
        cleaner.report.warned(&cleaner.plan, row, column, cell_error("W_LONG_ORDER", reason));
    }
    full
}

/// Gives out the order that was held back.
pub(super) fn flush(cleaner: &mut Cleaner, sink: &mut impl OrderSink) {
    let plan = cleaner.plan.clone();
    let Held { rows, .. } = std::mem::take(&mut cleaner.held);
    if rows.is_empty() {
        return;
    }
    let first = rows.row(0);
    let Cleaner { keys, people, memory, report, .. } = cleaner;
    let mut drafts: Vec<(View<'_>, Draft<'_>)> = Vec::with_capacity(rows.len());
    for row in rows.iter() {
        let view = View { row, above: Above::First(first, &plan.order.of_order) };
        match draft::read(&plan, &view, memory, report) {
            Ok(draft) => drafts.push((view, draft)),
            Err(refusal) => report.refused(&plan, row, refusal),
        }
    }
    // A sum of the whole order counts once, and only where no line has one.
    let by_lines = drafts.iter().any(|(_, draft)| draft.has_sum);
    let mut kept = Vec::with_capacity(drafts.len());
    for (view, draft) in drafts {
        if draft.has_sum == by_lines && (by_lines || kept.is_empty()) {
            kept.push((view, draft));
        } else {
            let column = plan.order.amount.or(plan.order.price).map(|column| column.0);
            report.refused(&plan, view.row, Refusal::missing(column, "amount"));
        }
    }
    if by_lines {
        discount(&plan, first, &mut kept, report);
    }
    for (index, (view, draft)) in kept.iter().enumerate() {
        let customer = match customer(&plan, view, keys) {
            Ok(customer) => customer,
            Err(refusal) => {
                report.refused(&plan, view.row, refusal);
                continue;
            }
        };
        let id = customer.as_ref().map(Customer::id);
        if let Some(customer) = &customer {
            let person =
                Person { id: customer.id(), key: customer.key(), at: draft.line.ordered_at, phone: None };
            people.collect(&plan, view, &person, true, report);
        }
        sink.line(draft.of(id), place(view.row));
        if by_lines && index + 1 == kept.len() {
            refund(&plan, view, draft, id, place(view.row), report, sink);
        }
        report.given(draft.line.cancelled, id.is_none());
    }
}

/// Spreads the order's discount on its lines, unless the order's own sum of goods says that the
/// lines are net of it.
fn discount(
    plan: &Plan,
    first: Row<'_>,
    lines: &mut [(View<'_>, Draft<'_>)],
    report: &mut super::report::Report,
) {
    let view = View::plain(first);
    let off = draft::optional(plan, &view, plan.order.order_discount, report).map_or(0, i64::abs);
    let sum: i64 = lines.iter().map(|(_, draft)| draft.line.amount.0).sum();
    let subtotal = draft::optional(plan, &view, plan.order.subtotal, report);
    if off == 0 || subtotal == Some(sum) {
        return;
    }
    let weights: Vec<i64> = lines.iter().map(|(_, draft)| draft.line.amount.0).collect();
    for ((_, draft), share) in lines.iter_mut().zip(spread(off, &weights)) {
        let line = &mut draft.line;
        line.amount.0 -= share;
        line.discount = Some(Money(line.discount.unwrap_or_default().0 + share));
    }
}
