//! Deals, leads and touches as facts of rules.

use super::kinds::{MORE, event_kind};
use crate::facts::Events;
use crate::facts::events::deal::{Outcome, closed, outcome};
use crate::facts::events::{Shape, columns_of};
use crate::scan::Customer;
use arrow_array::Array;
use jiff::civil::Date;
use model::base::FactKind;
use model::calendar::{AsOf, Day};
use model::expression::decimal::Decimal;
use model::expression::plan::{Fact, Kind, Plan, State};
use model::expression::value::Value;
use std::collections::BTreeMap;

/// A field that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Field {
    Day,
    Text(&'static str),
    Exact(&'static str),
    DayOf(&'static str),
    /// A key of what the file said besides.
    More(String),
    /// No such one.
    None,
}

/// A kind of facts that are events.
#[derive(Clone, Debug)]
pub(super) struct EventFacts {
    /// Its number in the plan.
    kind: usize,
    event: FactKind,
    fields: Vec<Field>,
}

/// Columns of deals that say how they ended: nothing of that is known before.
const OF_THE_END: [&str; 3] = ["closed_at", "loss_reason", "terms_refused"];

impl EventFacts {
    /// Ready to read the fields that a plan asks for; `None` for other kinds.
    pub fn new(number: usize, kind: &Kind) -> Option<EventFacts> {
        let event = event_kind(&kind.name)?;
        let field = |name: &String| {
            if name == "day" {
                return Field::Day;
            }
            let column = columns_of(event).iter().find(|column| column.name == name);
            match (column, name.strip_prefix(MORE)) {
                (Some(column), _) => match column.shape {
                    Shape::Text => Field::Text(column.name),
                    Shape::Exact => Field::Exact(column.name),
                    Shape::Day => Field::DayOf(column.name),
                },
                (None, Some(key)) => Field::More(key.to_owned()),
                (None, None) => Field::None,
            }
        };
        Some(EventFacts { kind: number, event, fields: kind.fields.iter().map(field).collect() })
    }

    /// Pushes the facts of a customer, oldest first.
    pub fn feed(&self, plan: &Plan, state: &mut State, customer: &Customer<'_>) {
        let of = match self.event {
            FactKind::Deals => &customer.events.deals,
            FactKind::Leads => &customer.events.leads,
            FactKind::Contacts => &customer.events.contacts,
            _ => &customer.events.touches,
        };
        let Some((events, rows)) = of else { return };
        for row in rows.clone() {
            let more = self.more(events, row);
            let value = |field: &Field| self.value(field, events, row, &more, plan.as_of());
            let values: Vec<Value<'_>> = self.fields.iter().map(value).collect();
            // What was always known of comes before any day.
            let day = events.day(row).unwrap_or_else(|| Day::from_date(Date::MIN));
            let moment = events.at(row).unwrap_or(i64::MIN);
            state.push(plan, &Fact { kind: self.kind, moment, day, fields: &values });
        }
    }

    /// What the file said besides, where that is asked for.
    fn more(&self, events: &Events, row: usize) -> BTreeMap<String, String> {
        let asked = self.fields.iter().any(|field| matches!(field, Field::More(_)));
        if asked { serde_json::from_str(events.more(row)).unwrap_or_default() } else { BTreeMap::new() }
    }

    fn value<'a>(
        &self,
        field: &Field,
        events: &'a Events,
        row: usize,
        more: &'a BTreeMap<String, String>,
        as_of: AsOf,
    ) -> Value<'a> {
        let is_deal = self.event == FactKind::Deals;
        match field {
            Field::Text("outcome") if is_deal => Value::Text(match outcome(events, row, as_of) {
                Outcome::Open => "open",
                Outcome::Won => "won",
                Outcome::Lost => "lost",
            }),
            Field::Text(name) | Field::DayOf(name)
                if is_deal
                    && OF_THE_END.contains(name)
                    && closed(events, row).is_some_and(|day| day > as_of.0) =>
            {
                Value::Missing
            }
            Field::Day => events.day(row).map_or(Value::Missing, Value::Day),
            Field::Text(name) => {
                let texts = events.texts(name);
                if texts.is_valid(row) { Value::Text(texts.value(row)) } else { Value::Missing }
            }
            Field::Exact(name) => {
                let numbers = events.exact(name);
                if numbers.is_valid(row) {
                    Value::Number(Decimal(numbers.value(row)))
                } else {
                    Value::Missing
                }
            }
            Field::DayOf(name) => {
                let days = events.days(name);
                if days.is_valid(row) { Value::Day(Day(days.value(row))) } else { Value::Missing }
            }
            Field::More(key) => more.get(key).map_or(Value::Missing, |text| Value::Text(text)),
            Field::None => Value::Missing,
        }
    }
}
