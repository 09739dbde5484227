//! Features of deals, leads and touches: how many, the last one, where the customer came from, what
//! it cost us.

use super::{Accumulator, Asked, Column, TextColumn, YEAR_DAYS, asks_any};
use crate::facts::Events;
use crate::facts::events::deal::{Outcome, outcome};
use crate::scan::{Customer, Need};
use arrow_array::types::{Date32Type, Decimal64Type, Int64Type};
use arrow_array::{Array, ArrayRef};
use model::calendar::AsOf;
use std::ops::Range;

pub struct Dealings {
    as_of: AsOf,
    deals: Column<Int64Type>,
    won: Column<Int64Type>,
    won_365: Column<Int64Type>,
    open: Column<Int64Type>,
    leads: Column<Int64Type>,
    touches: Column<Int64Type>,
    last_touch: Column<Date32Type>,
    first_source: TextColumn,
    first_channel: TextColumn,
    effort: Column<Decimal64Type>,
}

impl Accumulator for Dealings {
    const FEATURES: &'static [&'static str] = &[
        "deals",
        "won_deals",
        "won_deals_365",
        "open_deals",
        "leads",
        "touches",
        "last_touch_at",
        "first_source",
        "first_channel",
        "effort_365",
    ];

    fn new(question: &Asked<'_>) -> Option<Dealings> {
        asks_any(question, Self::FEATURES).then(|| Dealings {
            as_of: question.as_of,
            deals: Column::new(question, "deals"),
            won: Column::new(question, "won_deals"),
            won_365: Column::new(question, "won_deals_365"),
            open: Column::new(question, "open_deals"),
            leads: Column::new(question, "leads"),
            touches: Column::new(question, "touches"),
            last_touch: Column::new(question, "last_touch_at"),
            first_source: TextColumn::new(question, "first_source"),
            first_channel: TextColumn::new(question, "first_channel"),
            effort: Column::new(question, "effort_365"),
        })
    }

    fn need(&self) -> Need {
        let says = self.first_source.asked() || self.first_channel.asked() || self.effort.asked();
        Need { events: says || self.asks_outcomes(), ..Need::default() }
    }

    fn add(&mut self, customer: &Customer<'_>) {
        let events = &customer.events;
        self.add_deals(events.deals.as_ref());
        let count =
            |of: &Option<(&Events, Range<usize>)>| of.as_ref().map_or(0, |(_, rows)| rows.len() as i64);
        self.leads.push(count(&events.leads));
        self.touches.push(count(&events.touches));
        let last = events.touches.as_ref().and_then(|(touches, rows)| touches.day(rows.clone().next_back()?));
        self.last_touch.push(last.map(|day| day.0));
        if self.first_source.asked() {
            self.first_source.push(events.first_said("lead_source", self.as_of.0));
        }
        if self.first_channel.asked() {
            self.first_channel.push(events.first_said("channel", self.as_of.0));
        }
        if self.effort.asked() {
            let of = [&events.deals, &events.touches].into_iter().flatten();
            let all = of.map(|(events, rows)| self.effort_of(events, rows.clone()));
            self.effort.push(all.flatten().reduce(i64::saturating_add));
        }
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        [
            self.deals.end(),
            self.won.end(),
            self.won_365.end(),
            self.open.end(),
            self.leads.end(),
            self.touches.end(),
            self.last_touch.end(),
            self.first_source.end(),
            self.first_channel.end(),
            self.effort.end(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Dealings {
    fn asks_outcomes(&self) -> bool {
        self.won.asked() || self.won_365.asked() || self.open.asked()
    }

    fn add_deals(&mut self, deals: Option<&(&Events, Range<usize>)>) {
        let (mut won, mut won_365, mut open) = (0, 0, 0);
        self.deals.push(deals.map_or(0, |(_, rows)| rows.len() as i64));
        if let Some((deals, rows)) = deals.filter(|_| self.asks_outcomes()) {
            let year_ago = self.as_of.0.plus(-YEAR_DAYS);
            for row in rows.clone() {
                match outcome(deals, row, self.as_of) {
                    Outcome::Open => open += 1,
                    Outcome::Lost => {}
                    Outcome::Won => {
                        won += 1;
                        let day = crate::facts::events::deal::closed(deals, row).or(deals.day(row));
                        won_365 += i64::from(day.is_some_and(|day| day >= year_ago));
                    }
                }
            }
        }
        self.won.push(won);
        self.won_365.push(won_365);
        self.open.push(open);
    }

    /// Effort of the last year; `None` where none is known.
    fn effort_of(&self, events: &Events, rows: Range<usize>) -> Option<i64> {
        let effort = events.exact("effort");
        let year_ago = self.as_of.0.plus(-YEAR_DAYS);
        let lately = rows.filter(|&row| events.day(row).is_some_and(|day| day >= year_ago));
        lately.filter(|&row| effort.is_valid(row)).map(|row| effort.value(row)).reduce(i64::saturating_add)
    }
}
