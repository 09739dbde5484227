//! What happened with one customer between two moments.

use crate::facts::bucket::bucket_of;
use crate::facts::events::deal::{Outcome, closed, outcome};
use crate::facts::{Events, FactError, FactSet};
use crate::scan::{Customer, Need, visit_customers};
use arrow_array::Array;
use model::calendar::{AsOf, Day};
use model::money::Money;
use std::ops::Range;

/// A fact of a customer that may have moved it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Happening {
    pub day: Day,
    /// `order`, `return`, `deal opened`, `deal won`, `deal lost`, `lead`, `touch`.
    pub what: &'static str,
    /// What it is called: the kind of a touch, the id of a deal.
    pub name: Option<String>,
    pub amount: Option<Money>,
}

/// The orders, returns, deals, leads and touches of a customer after the end of one day and up to the end
/// of another, oldest first. A deal is told when it was opened and when it was closed.
///
/// # Errors
/// A fact file cannot be read.
pub fn happened(
    facts: &FactSet,
    customer_id: &str,
    after: Day,
    until: Day,
) -> Result<Vec<Happening>, FactError> {
    let mut found = Vec::new();
    let mut each = |customer: &Customer<'_>| {
        if customer.id == customer_id {
            gather(customer, AsOf(until), &mut found);
        }
    };
    visit_customers(facts, bucket_of(customer_id), AsOf(until), Need::default(), &mut each)?;
    found.retain(|one| one.day > after && one.day <= until);
    found.sort();
    Ok(found)
}

fn gather(customer: &Customer<'_>, until: AsOf, found: &mut Vec<Happening>) {
    found.extend(customer.orders.iter().map(|order| Happening {
        day: order.day,
        what: if order.is_return { "return" } else { "order" },
        name: None,
        amount: Some(Money(order.amount)),
    }));
    if let Some((deals, rows)) = &customer.events.deals {
        rows.clone().for_each(|row| deal(deals, row, until, found));
    }
    let others = [("lead", &customer.events.leads, None), ("touch", &customer.events.touches, Some("touch"))];
    for (what, events, kind) in others {
        if let Some((events, rows)) = events {
            found.extend(dated(events, rows.clone()).map(|(row, day)| Happening {
                day,
                what,
                name: kind.and_then(|kind| said(events, kind, row)),
                amount: None,
            }));
        }
    }
}

fn deal(deals: &Events, row: usize, until: AsOf, found: &mut Vec<Happening>) {
    let amounts = deals.exact("amount");
    let amount = amounts.is_valid(row).then(|| Money(amounts.value(row)));
    let mut tell = |day: Option<Day>, what| {
        let name = Some(deals.id(row).to_owned());
        found.extend(day.map(|day| Happening { day, what, name, amount }));
    };
    let opened = deals.day(row);
    tell(opened, "deal opened");
    let ended = match outcome(deals, row, until) {
        Outcome::Won => "deal won",
        Outcome::Lost => "deal lost",
        Outcome::Open => return,
    };
    tell(closed(deals, row).or(opened), ended);
}

/// The rows of events that have a day, with it.
fn dated(events: &Events, rows: Range<usize>) -> impl Iterator<Item = (usize, Day)> {
    rows.filter_map(|row| Some((row, events.day(row)?)))
}

fn said(events: &Events, column: &str, row: usize) -> Option<String> {
    let texts = events.texts(column);
    texts.is_valid(row).then(|| texts.value(row).to_owned())
}
