//! How far those are who have never bought, and why some have turned away.

use super::{Accumulator, Asked, TextColumn, asks_any};
use crate::facts::Events;
use crate::facts::events::deal::{Outcome, closed, outcome};
use crate::facts::events::touch::{CHOOSING, OURS};
use crate::import::topics::List;
use crate::scan::{Customer, Need};
use arrow_array::{Array, ArrayRef};
use model::calendar::{AsOf, Day};
use std::ops::Range;

/// Days in which a cart, a request for a price or a conversation shows that somebody is choosing;
/// after them, with nothing more, that we have lost touch.
const CHOOSING_DAYS: i32 = 30;
/// Contacts without an answer after which somebody is not interested.
const UNANSWERED_MIN: usize = 3;
/// What stands for the reason where a choice came to nothing without a word.
pub const LOST_TOUCH: &str = "lost_touch";

pub struct Prospects {
    as_of: AsOf,
    stage: TextColumn,
    reason: TextColumn,
}

impl Accumulator for Prospects {
    const FEATURES: &'static [&'static str] = &["prospect_stage", "refusal_reason"];

    fn new(question: &Asked<'_>) -> Option<Prospects> {
        asks_any(question, Self::FEATURES).then(|| Prospects {
            as_of: question.as_of,
            stage: TextColumn::new(question, "prospect_stage"),
            reason: TextColumn::new(question, "refusal_reason"),
        })
    }

    fn need(&self) -> Need {
        Need { events: true, ..Need::default() }
    }

    fn add(&mut self, customer: &Customer<'_>) {
        let bought = customer.orders.iter().any(|order| !order.is_return);
        let (stage, reason) = if bought { (None, None) } else { self.of(customer) };
        self.stage.push(stage);
        self.reason.push(reason);
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        [self.stage.end(), self.reason.end()].into_iter().flatten().collect()
    }
}

impl Prospects {
    /// The stage of somebody without an order, the first that holds, and why they refused.
    fn of<'a>(&self, customer: &Customer<'a>) -> (Option<&'static str>, Option<&'a str>) {
        let events = &customer.events;
        let deals = events.deals.as_ref().filter(|(_, rows)| !rows.is_empty());
        let touches = events.touches.as_ref().filter(|(_, rows)| !rows.is_empty());
        let leads = events.leads.as_ref().filter(|(_, rows)| !rows.is_empty());
        let outcomes = |wanted: Outcome| {
            deals.is_some_and(|(deals, rows)| {
                rows.clone().any(|row| outcome(deals, row, self.as_of) == wanted)
            })
        };
        if outcomes(Outcome::Won) {
            // A won deal is a purchase; how many there are is a feature of its own.
            return (None, None);
        }
        let choice = touches.and_then(|(touches, rows)| last_of(touches, rows.clone(), &CHOOSING));
        let lately = |day: Day| self.as_of.0.since(day) < CHOOSING_DAYS;
        if outcomes(Outcome::Open) || choice.is_some_and(lately) {
            return (Some("choosing"), None);
        }
        if let Some((deals, rows)) = deals {
            return (Some("refused"), loss_reason(deals, rows.clone()));
        }
        if let (Some(choice), Some((touches, rows))) = (choice, touches)
            && !rows
                .clone()
                .any(|row| touches.day(row).is_some_and(|day| day > choice) && is_theirs(touches, row))
        {
            return (Some("refused"), Some(LOST_TOUCH));
        }
        if touches.is_some_and(|(touches, rows)| is_uninterested(touches, rows.clone()))
            || leads.is_some_and(|(leads, rows)| {
                rows.clone().any(|row| text(leads, "status", row) == Some("mistake"))
            })
        {
            return (Some("uninterested"), None);
        }
        let anything = leads.is_some() || touches.is_some();
        (anything.then_some("lead"), None)
    }
}

fn text<'a>(events: &'a Events, column: &str, row: usize) -> Option<&'a str> {
    let texts = events.texts(column);
    texts.is_valid(row).then(|| texts.value(row))
}

/// The day of the last touch of some kinds.
fn last_of(touches: &Events, rows: Range<usize>, kinds: &[&str]) -> Option<Day> {
    let of_kind = |row: &usize| text(touches, "touch", *row).is_some_and(|kind| kinds.contains(&kind));
    rows.rev().find(of_kind).and_then(|row| touches.day(row))
}

/// Whether a touch is something the customer did.
fn is_theirs(touches: &Events, row: usize) -> bool {
    let ours = text(touches, "touch", row).is_some_and(|kind| OURS.contains(&kind));
    !ours && !is_unanswered(touches, row)
}

/// Whether it is a contact that we sought and that nobody answered.
fn is_unanswered(touches: &Events, row: usize) -> bool {
    let result = text(touches, "result", row).map(str::to_lowercase);
    let no_answer =
        result.is_some_and(|result| List::Unanswered.words().iter().any(|word| result.contains(word)));
    match text(touches, "touch", row) {
        Some("message_out") => true,
        Some("call") => no_answer,
        _ => false,
    }
}

/// Marked as a mistake, or not answering: the last contacts were all ours.
fn is_uninterested(touches: &Events, rows: Range<usize>) -> bool {
    let mistake = |row: usize| text(touches, "touch", row) == Some("mistake");
    let silent = rows.clone().rev().take_while(|&row| !is_theirs(touches, row));
    let unanswered = silent.filter(|&row| is_unanswered(touches, row)).count();
    rows.clone().any(mistake) || unanswered >= UNANSWERED_MIN
}

/// Why the deal that was lost last was lost.
fn loss_reason(deals: &Events, rows: Range<usize>) -> Option<&str> {
    let last = rows.max_by_key(|&row| (closed(deals, row).or(deals.day(row)), row))?;
    text(deals, "loss_reason", last)
}
