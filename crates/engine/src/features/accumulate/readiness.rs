//! How ready a customer is to buy: the step of Ben Hunt's ladder, by touches since the last order.

use super::{Accumulator, Asked, Column, asks_any};
use crate::facts::Events;
use crate::facts::events::deal::{Outcome, outcome};
use crate::facts::events::touch::STEP_OF_OTHERS;
use crate::features::question::Ladder;
use crate::scan::{Customer, Need};
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef};
use model::calendar::{AsOf, Day};

/// Who buys now.
pub const BUYING: i64 = 5;
/// Who has an open deal.
const OPEN_DEAL: i64 = 4;
/// Who shows nothing.
const INDIFFERENT: i64 = 1;

pub struct Readiness {
    as_of: AsOf,
    ladder: Ladder,
    step: Column<Int64Type>,
}

impl Accumulator for Readiness {
    const FEATURES: &'static [&'static str] = &["readiness_step"];

    fn new(question: &Asked<'_>) -> Option<Readiness> {
        asks_any(question, Self::FEATURES).then(|| Readiness {
            as_of: question.as_of,
            ladder: question.ladder.clone(),
            step: Column::new(question, "readiness_step"),
        })
    }

    fn need(&self) -> Need {
        let category = !self.ladder.replacement_of.is_empty();
        Need { category, events: true, ..Need::default() }
    }

    fn add(&mut self, customer: &Customer<'_>) {
        let last = customer.orders.iter().rfind(|order| !order.is_return);
        let step = match last {
            Some(order) if self.as_of.0.since(order.day) < self.ladder.buying_days => BUYING,
            _ => self.by_touches(customer, last.map(|order| order.day)),
        };
        self.step.push(step);
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        self.step.end().into_iter().collect()
    }
}

impl Readiness {
    /// The highest step of what happened since the last order, as far as it still counts.
    fn by_touches(&self, customer: &Customer<'_>, last_order: Option<Day>) -> i64 {
        let settled = self.settled_until(customer);
        let counts =
            |day: Day| last_order.is_none_or(|last| day > last) && settled.is_none_or(|until| day > until);
        let mut step = INDIFFERENT;
        if let Some((touches, rows)) = &customer.events.touches {
            for row in rows.clone() {
                let Some(day) = touches.day(row) else { continue };
                if counts(day) && self.as_of.0.since(day) < self.window(touches, row) {
                    step = step.max(self.step_of(touches, row));
                }
            }
        }
        if let Some((deals, rows)) = &customer.events.deals {
            let open = |row: usize| outcome(deals, row, self.as_of) == Outcome::Open;
            if rows.clone().any(open) {
                step = step.max(OPEN_DEAL);
            }
        }
        step
    }

    fn step_of(&self, touches: &Events, row: usize) -> i64 {
        let kinds = touches.texts("touch");
        let step = kinds.is_valid(row).then(|| self.ladder.steps.get(kinds.value(row))).flatten();
        i64::from(step.copied().unwrap_or(STEP_OF_OTHERS))
    }

    /// Days that a touch counts for: those of its category, where that has days of its own.
    fn window(&self, touches: &Events, row: usize) -> i32 {
        let categories = touches.texts("category");
        let own =
            categories.is_valid(row).then(|| self.ladder.window_of.get(categories.value(row))).flatten();
        own.copied().unwrap_or(self.ladder.window_days)
    }

    /// The day until which goods that last keep a customer from being ready: half their time of
    /// replacement after they were bought. Touches until then are about something else.
    fn settled_until(&self, customer: &Customer<'_>) -> Option<Day> {
        let categories = customer.lines.categories.as_ref()?;
        let bought = customer.orders.iter().filter(|order| !order.is_return);
        let until = bought.flat_map(|order| {
            let lines = order.rows.clone().filter(|&row| customer.lines.amounts()[row] >= 0);
            lines.filter_map(|row| {
                let days = self.ladder.replacement_of.get(categories.text(row)?)?;
                Some(order.day.plus(days / 2))
            })
        });
        until.max()
    }
}
