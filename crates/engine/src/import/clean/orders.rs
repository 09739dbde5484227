//! Orders whose rows stand by themselves, and what every way of reading orders shares.

use super::calls;
use super::draft::{self, Draft};
use super::items;
use super::keys::{KeyKind, Keys};
use super::people::Person;
use super::plan::Plan;
use super::report::Refusal;
use super::view::View;
use super::{Cleaner, OrderSink, Place};
use crate::import::cells;
use crate::import::problem::cell_error;
use crate::sources::{Row, RowBlock};
use model::money::Money;
use std::borrow::Cow;

/// Cleans rows that are lines, or whole orders, by themselves.
pub(super) fn clean(cleaner: &mut Cleaner, block: &RowBlock, sink: &mut impl OrderSink) {
    let plan = cleaner.plan.clone();
    for row in block.iter() {
        let view = View::plain(row);
        if plan.leaves_out(row) {
            cleaner.report.aside("other");
        } else if let Err(refusal) = one(cleaner, &plan, &view, sink) {
            cleaner.report.refused(&plan, row, refusal);
        }
    }
}

/// Reads a row and gives out its line, or the lines of its items.
pub(super) fn one(
    cleaner: &mut Cleaner,
    plan: &Plan,
    view: &View<'_>,
    sink: &mut impl OrderSink,
) -> Result<(), Refusal> {
    let Cleaner { keys, people, memory, report, .. } = cleaner;
    let draft = draft::read(plan, view, memory, report)?;
    let customer = customer(plan, view, keys)?;
    let id = customer.as_ref().map(Customer::id);
    if let Some(customer) = &customer {
        let person =
            Person { id: customer.id(), key: customer.key(), at: draft.line.ordered_at, phone: None };
        people.collect(plan, view, &person, true, report);
        warn_of_two_scripts(plan, view, customer, report);
    }
    let place = place(view.row);
    let items =
        if plan.order.items.is_empty() { Vec::new() } else { items::of_order(plan, view, &draft, report) };
    if items.is_empty() {
        sink.line(draft.of(id), place);
    }
    for item in &items {
        let mut line = draft.of(id);
        line.product_id = item.product_id.or(item.name);
        line.product = item.name;
        (line.quantity, line.amount) = (item.quantity, Money(item.amount));
        line.discount = item.discount.map(Money);
        sink.line(line, place);
    }
    if !items.is_empty() {
        refund(plan, view, &draft, id, place, report, sink);
    }
    report.given(draft.line.cancelled, id.is_none());
    Ok(())
}

/// What was paid back on an order whose lines are known: one negative line more.
pub(super) fn refund(
    plan: &Plan,
    view: &View<'_>,
    draft: &Draft<'_>,
    customer_id: Option<&str>,
    place: Place,
    report: &mut super::report::Report,
    sink: &mut impl OrderSink,
) {
    let refunded = draft::optional(plan, view, plan.order.refunded, report).map_or(0, i64::abs);
    if refunded == 0 {
        return;
    }
    let mut line = draft.of(customer_id);
    (line.product_id, line.product, line.category, line.brand) = (None, None, None, None);
    (line.quantity, line.discount, line.cost) = (None, None, None);
    line.amount = Money(-refunded);
    sink.line(line, place);
}

pub(super) fn place(row: Row<'_>) -> Place {
    Place { line: row.line(), byte: row.byte() }
}

/// Who a row's customer is.
pub(super) enum Customer<'a> {
    Id(Cow<'a, str>),
    Known(&'a super::keys::Known),
}

impl Customer<'_> {
    pub(super) fn id(&self) -> &str {
        match self {
            Customer::Id(id) => id,
            Customer::Known(known) => &known.id,
        }
    }

    /// The key behind an id that is a digest.
    pub(super) fn key(&self) -> Option<&str> {
        match self {
            Customer::Id(_) => None,
            Customer::Known(known) => Some(&known.key),
        }
    }
}

/// Says so where a customer's id mixes look-alike letters: it is a customer of its own then.
pub(super) fn warn_of_two_scripts(
    plan: &Plan,
    view: &View<'_>,
    customer: &Customer<'_>,
    report: &mut super::report::Report,
) {
    let Customer::Id(id) = customer else { return };
    if cells::mixed_script(id) {
        let reason = format!("`{id}` has Latin and Cyrillic letters in one word");
        report.warned(plan, view.row, plan.customer.id, cell_error("W_MIXED_SCRIPT", reason));
    }
}

/// The customer of a row: by id, else by e-mail, else by phone; by name only where the file has
/// nothing better. A guest without an id is thus still known by the e-mail.
pub(super) fn customer<'a>(
    plan: &Plan,
    view: &View<'a>,
    keys: &'a mut Keys,
) -> Result<Option<Customer<'a>>, Refusal> {
    let columns = &plan.customer;
    if columns.key.is_none() {
        return Ok(None);
    }
    if let Some(id) = draft::id(view, columns.id)? {
        let end = columns.until.and_then(|mark| id.find(mark)).filter(|&end| end > 0);
        return Ok(Some(Customer::Id(match end {
            Some(end) => id[..end].trim().to_owned().into(),
            None => id,
        })));
    }
    let outside = calls::outside(plan, view, keys);
    let by_key = [
        (KeyKind::Email, &columns.emails[..]),
        (KeyKind::Phone, &columns.phones[..]),
        (KeyKind::Phone, outside.as_slice()),
        (KeyKind::Name, columns.full_name.as_slice()),
    ];
    for (kind, indexes) in by_key {
        for &index in indexes {
            let cell = view.cell(index).trim();
            if !cells::is_null(cell) && keys.customer(kind, cell).is_some() {
                return Ok(keys.customer(kind, cell).map(Customer::Known));
            }
        }
    }
    Ok(None)
}
