//! The customers of a bucket as rows: which side each is on, and what was known of it before that was
//! decided.

use super::target::Kind;
use crate::criteria::leaks::tells_customer;
use crate::criteria::{Table, Why};
use crate::deals::Class;
use crate::facts::events::deal::{Outcome, closed, outcome};
use crate::facts::set::FactError;
use crate::facts::{Attributes, FactSet};
use crate::features::{heaviest, opening};
use crate::scan::{Customer, Need, visit_customers};
use model::calendar::{AsOf, Day};
use model::money::Money;
use std::collections::BTreeMap;
use std::ops::Range;

/// What decides of a bucket's customers which side they are on, where facts of one customer do not.
pub(super) struct Sides<'a> {
    pub kind: Kind,
    pub as_of: AsOf,
    /// Of `HighLtv`: whether each customer of the bucket is in the highest tier, in order of id.
    pub vip: &'a [bool],
    /// Of `ADeals`: the customers of the deals looked at, with their best class.
    pub classes: &'a BTreeMap<String, Class>,
    /// Of `Repeat`: who first ordered after this day may still come back and is not compared.
    pub came_by: Option<Day>,
    /// Attributes that shall be left out.
    pub without: &'a [String],
}

/// Which rows are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Those that are compared.
    Compared,
    /// Those outside the target, compared or not, with their ids.
    Outside,
}

/// The wanted customers of a bucket.
#[derive(Default)]
pub(super) struct Rows {
    pub table: Table,
    /// Whether each is in the target; `None`: it is not compared.
    pub sides: Vec<Option<bool>>,
    /// Only of those outside the target.
    pub ids: Vec<String>,
    /// Customers who came too lately to be compared.
    pub too_recent: u64,
    pub left_out: BTreeMap<String, Why>,
}

/// The wanted customers of a bucket, in order of id.
///
/// # Errors
/// A fact file cannot be read.
pub(super) fn rows(
    facts: &FactSet,
    bucket: usize,
    sides: &Sides<'_>,
    wanted: Wanted,
) -> Result<Rows, FactError> {
    let attributes = if facts.has_attributes() { facts.attributes(bucket)? } else { Attributes::default() };
    let of_orders = sides.kind.is_of_orders();
    // Of several orders of a day the first.
    let of_first = Need { channel: of_orders, category: of_orders, brand: of_orders, ..Need::default() };
    let need = Need { moment: of_orders, events: true, ..of_first };
    let mut rows = Rows::default();
    let (mut place, mut number) = (0, 0);
    visit_customers(facts, bucket, sides.as_of, need, &mut |customer| {
        let own = stretch(&attributes, &mut place, customer.id);
        let side = sides.of(customer, number);
        number += 1;
        rows.too_recent += u64::from(sides.is_too_recent(customer));
        let is_wanted = match wanted {
            Wanted::Compared => side.is_some(),
            Wanted::Outside => side != Some(true),
        };
        if !is_wanted {
            return;
        }
        for row in own.map(|row| attributes.row(row)) {
            rows.attribute(row.attribute, row.value, sides.without);
        }
        sides.known(customer, &mut rows);
        rows.table.end_row();
        rows.sides.push(side);
        if wanted == Wanted::Outside {
            rows.ids.push(customer.id.to_owned());
        }
    })?;
    Ok(rows)
}

/// The attributes of a customer; customers come in order of id.
fn stretch(attributes: &Attributes, place: &mut usize, id: &str) -> Range<usize> {
    let customer = |place: usize| (place < attributes.len()).then(|| attributes.row(place).customer_id);
    while customer(*place).is_some_and(|other| other < id) {
        *place += 1;
    }
    let from = *place;
    while customer(*place) == Some(id) {
        *place += 1;
    }
    from..*place
}

impl Rows {
    fn attribute(&mut self, name: &str, value: Option<&str>, without: &[String]) {
        let Some(value) = value.filter(|_| !name.is_empty()) else { return };
        let why = if without.iter().any(|unwanted| unwanted == name) {
            Why::Asked
        } else if tells_customer(name) {
            Why::Named
        } else {
            self.table.set(name, value);
            return;
        };
        self.left_out.insert(name.to_owned(), why);
    }

    /// Something that facts say, unless it shall be left out.
    fn fact(&mut self, name: &str, value: Option<&str>, without: &[String]) {
        let Some(value) = value else { return };
        if without.iter().any(|unwanted| unwanted == name) {
            self.left_out.insert(name.to_owned(), Why::Asked);
        } else {
            self.table.set(name, value);
        }
    }
}

impl Sides<'_> {
    /// Which side a customer is on; `number` is its place in the bucket.
    fn of(&self, customer: &Customer<'_>, number: usize) -> Option<bool> {
        let orders = || customer.orders.iter().filter(|order| !order.is_return).count();
        match self.kind {
            Kind::Buyers => Some(orders() > 0 || self.first_won(customer).is_some()),
            Kind::Repeat if self.is_too_recent(customer) => None,
            Kind::Repeat => Some(orders()).filter(|&orders| orders > 0).map(|orders| orders > 1),
            Kind::HighLtv => (orders() > 0).then(|| self.vip.get(number).copied().unwrap_or(false)),
            Kind::Won => self.first_closed(customer).map(|_| self.first_won(customer).is_some()),
            Kind::ADeals => match self.classes.get(customer.id) {
                None | Some(Class::Unclear) => None,
                Some(class) => Some(*class == Class::A),
            },
        }
    }

    fn is_too_recent(&self, customer: &Customer<'_>) -> bool {
        let first = customer.orders.iter().find(|order| !order.is_return);
        first.is_some_and(|order| self.came_by.is_some_and(|day| order.day > day))
    }

    /// Says what was known of a customer before it was decided.
    fn known(&self, customer: &Customer<'_>, rows: &mut Rows) {
        let first = customer.orders.iter().find(|order| !order.is_return);
        let until = if self.kind.is_of_deals() {
            self.first_closed(customer).flatten()
        } else {
            let won = self.first_won(customer).flatten();
            let days = [first.map(|order| order.day), won.filter(|_| self.kind == Kind::Buyers)];
            days.into_iter().flatten().min()
        };
        let until = until.unwrap_or(self.as_of.0);
        let without = self.without;
        rows.fact("first_source", customer.events.first_said("lead_source", until), without);
        if !self.kind.is_of_orders() {
            rows.fact("first_channel", customer.events.first_said("channel", until), without);
            return;
        }
        let Some(order) = first else { return };
        let lines = customer.lines;
        rows.fact("first_order_channel", opening(lines.channels.as_ref(), order), without);
        rows.fact("first_order_category", heaviest(lines.categories.as_ref(), customer, order), without);
        rows.fact("first_order_brand", heaviest(lines.brands.as_ref(), customer, order), without);
        if self.kind == Kind::Repeat {
            rows.fact("first_order_amount", Some(&Money(order.amount).to_string()), without);
        }
    }

    /// Whether there is a won deal: the day of closing of the first that was won, where it has one.
    fn first_won(&self, customer: &Customer<'_>) -> Option<Option<Day>> {
        let (deals, rows) = customer.events.deals.as_ref()?;
        let won = rows.clone().filter(|&row| outcome(deals, row, self.as_of) == Outcome::Won);
        won.map(|row| closed(deals, row).or(deals.day(row))).min()
    }

    /// Whether there is a closed deal: the day on which the first of them was opened, where it has one.
    fn first_closed(&self, customer: &Customer<'_>) -> Option<Option<Day>> {
        let (deals, rows) = customer.events.deals.as_ref()?;
        let closed = rows.clone().filter(|&row| outcome(deals, row, self.as_of) != Outcome::Open);
        closed.map(|row| deals.day(row)).min()
    }
}
