//! What a customer has bought of which category, and when.

use super::{Of, Question};
use crate::facts::events::deal::{Outcome, closed, outcome};
use crate::scan::Customer;
use arrow_array::Array;
use model::calendar::Day;

/// A category in a purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Purchase<'a> {
    pub category: &'a str,
    /// The purchase: a category bought twice in one order is one purchase of it.
    pub number: usize,
    pub day: Day,
}

/// The purchases of a customer: orders, line by line, and deals that were won.
pub(super) fn each<'a>(question: &Question, customer: &'a Customer<'_>, visit: &mut dyn FnMut(Purchase<'a>)) {
    if let Some(texts) = question.texts(customer) {
        for (number, order) in customer.orders.iter().enumerate().filter(|(_, order)| !order.is_return) {
            for row in order.rows.clone().filter(|&row| customer.lines.amounts()[row] >= 0) {
                if let Some(category) = texts.text(row) {
                    visit(Purchase { category, number, day: order.day });
                }
            }
        }
    }
    if let (Some((deals, rows)), Of::Category) = (&customer.events.deals, question.of) {
        let categories = deals.texts("category");
        for row in rows.clone().filter(|&row| outcome(deals, row, question.as_of) == Outcome::Won) {
            let day = closed(deals, row).or(deals.day(row));
            if let Some(day) = day.filter(|_| categories.is_valid(row)) {
                visit(Purchase { category: categories.value(row), number: customer.orders.len() + row, day });
            }
        }
    }
}
