//! Deals, leads and touches: a customer, a moment, and the values of the kind.

use super::calls;
use super::draft::{self, optional, optional_moment};
use super::groups::is_full;
use super::orders::{Customer, customer, place, warn_of_two_scripts};
use super::people::Person;
use super::personal;
use super::plan::{EventValue, Plan};
use super::report::{Refusal, Report, is_header, is_total};
use super::view::View;
use super::{Cleaner, EventSink};
use crate::facts::OrderLine;
use crate::facts::events::found::{BETWEEN, kept};
use crate::facts::events::{EventRow, Value, columns_of};
use crate::import::cells;
use crate::import::names::words;
use crate::import::problem::cell_error;
use crate::import::synonyms::{Word, is_word, touch_of};
use crate::sources::{Row, RowBlock};
use model::base::{FactKind, PersonalField};
use model::calendar::Day;
use model::money::Money;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Cleans a block of event rows.
pub(super) fn clean(cleaner: &mut Cleaner, kind: FactKind, block: &RowBlock, sink: &mut impl EventSink) {
    let plan = cleaner.plan.clone();
    for row in block.iter() {
        if is_header(&plan, row) {
            cleaner.report.aside("header");
        } else if is_footer(&plan, row) {
            cleaner.report.aside("footer");
        } else if plan.leaves_out(row) {
            cleaner.report.aside("other");
        } else if plan.group {
            hold(cleaner, &plan, kind, row, sink);
        } else if kind == FactKind::Contacts && is_of_nobody(&plan, row) {
            cleaner.report.aside("other");
        } else if let Err(refusal) = one(cleaner, &plan, kind, &View::plain(row), None, sink) {
            cleaner.report.refused(&plan, row, refusal);
        }
    }
}

/// Whether a table is so wide that a row with a single cell is none of it.
pub(super) fn has_footers(plan: &Plan) -> bool {
    /// Columns from which on that is so.
    const COLUMNS_MIN: usize = 4;
    plan.header.len() >= COLUMNS_MIN
}

/// Whether a row is a line below the table: a report's name, filters, a copyright.
fn is_footer(plan: &Plan, row: Row<'_>) -> bool {
    let mut filled = row.cells().filter(|cell| !cell.trim().is_empty());
    let (Some(cell), None) = (filled.next(), filled.next()) else { return false };
    let reaches = cells::email(cell).is_ok() || cells::phone(cell, &plan.region).is_ok();
    has_footers(plan) && !reaches
}

/// Whether a person has no company: then they are a customer of their own, and no contact of one.
fn is_of_nobody(plan: &Plan, row: Row<'_>) -> bool {
    let company = plan.customer.id.map(|index| row.cell(index).trim()).unwrap_or_default();
    cells::is_null_id(company) && row.cells().any(|cell| !cell.trim().is_empty())
}

/// Keeps the rows of one event until the next begins.
fn hold(cleaner: &mut Cleaner, plan: &Plan, kind: FactKind, row: Row<'_>, sink: &mut impl EventSink) {
    let id = plan.event.id.map(|index| row.cell(index).trim()).unwrap_or_default();
    let goes_on = !cells::is_null_id(id) && id == cleaner.held.id;
    if !cleaner.held.rows.is_empty() && (!goes_on || is_full(cleaner, row)) {
        flush(cleaner, kind, sink);
    }
    id.clone_into(&mut cleaner.held.id);
    cleaner.held.push(row);
}

/// Gives out the event that was held back: what its first row says, with the sum of all rows and
/// the goods of all rows.
pub(super) fn flush(cleaner: &mut Cleaner, kind: FactKind, sink: &mut impl EventSink) {
    let plan = cleaner.plan.clone();
    let rows = std::mem::take(&mut cleaner.held).rows;
    let mut whole = Whole::default();
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows.iter() {
        let view = View::plain(row);
        match draft::number(&plan, &view, plan.order.amount, &mut cleaner.report) {
            Ok(amount) => {
                whole.add(amount.map(|amount| amount.value), view.text(plan.product.name));
                kept.push(row);
            }
            Err(refusal) => cleaner.report.refused(&plan, row, refusal),
        }
    }
    let Some((&first, rest)) = kept.split_first() else { return };
    match one(cleaner, &plan, kind, &View::plain(first), Some(&whole), sink) {
        Ok(anonymous) => rest.iter().for_each(|_| cleaner.report.given(false, anonymous)),
        Err(refusal) => {
            for &row in &kept {
                let error = refusal.error.clone();
                cleaner.report.refused(&plan, row, Refusal { column: refusal.column, error });
            }
        }
    }
}

/// What the rows of one event say together.
#[derive(Default)]
struct Whole {
    amount: Option<i64>,
    goods: Vec<String>,
    /// The goods one after another.
    product: String,
}

impl Whole {
    fn add(&mut self, amount: Option<i64>, product: Option<&str>) {
        self.amount = amount.map(|amount| amount.saturating_add(self.amount.unwrap_or(0))).or(self.amount);
        if let Some(product) = product.filter(|name| !self.goods.iter().any(|known| known == name)) {
            self.goods.push(product.to_owned());
            self.product = self.goods.join(", ");
        }
    }
}

/// Reads a row and gives out its event; says whether nobody is known to it.
fn one(
    cleaner: &mut Cleaner,
    plan: &Plan,
    kind: FactKind,
    view: &View<'_>,
    whole: Option<&Whole>,
    sink: &mut impl EventSink,
) -> Result<bool, Refusal> {
    let Cleaner { keys, people, memory, report, .. } = cleaner;
    let columns = &plan.event;
    let dated = plan.order.at.as_ref().is_some_and(|(index, _)| view.text(Some(*index)).is_some());
    // A deal or lead without a date was always there; something that happened has a moment.
    let at = if dated || kind == FactKind::Touches {
        let moment = draft::moment(plan, view, memory, None)?;
        Some((moment.at, moment.day))
    } else {
        None
    };
    let mut id = draft::id(view, columns.id)?;
    if let (true, Some(own), Some((_, day))) = (plan.yearly, &id, at) {
        id = Some(format!("{}-{own}", day.date().year()).into());
    }
    let digests = keys.digests.clone();
    let outside = calls::outside(plan, view, keys);
    let customer = customer(plan, view, keys)?;
    if at.is_none() && customer.is_none() && (id.is_none() || is_total(view.row)) {
        return Err(Refusal::missing(columns.id.or(plan.customer.id), "id, date or customer"));
    }
    if let Some(customer) = customer.as_ref().filter(|_| kind != FactKind::Contacts) {
        let at = at.map_or(0, |(at, _)| at);
        let person = Person { id: customer.id(), key: customer.key(), at, phone: outside };
        people.collect(plan, view, &person, true, report);
        warn_of_two_scripts(plan, view, customer, report);
    }
    let mut values = Values { plan, kind, view, list: Vec::with_capacity(columns.values.len()) };
    values.read(report)?;
    if let Some(whole) = whole {
        values.of_rows(whole);
    }
    values.understand(at)?;
    let personal = personal::of(plan, view, kind, outside, values.take_answer());
    if let (FactKind::Contacts, None, Some(company)) = (kind, &id, &customer) {
        id = personal::id_of_person(company.id(), &personal, &digests).map(Cow::Owned);
    }
    let found = values.topics(&personal);
    let row = EventRow {
        customer_id: customer.as_ref().map(Customer::id),
        id: id.as_deref(),
        at,
        updated_at: optional_moment(plan, view, &plan.order.updated_at, report),
        values: values.list,
        more: personal::with_digest(more(plan, view), &personal, kind, &digests),
        personal,
        found: found.into(),
    };
    sink.event(row, place(view.row));
    report.given(false, customer.is_none());
    Ok(customer.is_none())
}

/// What a row says besides the fields of its kind, as JSON with its keys in order.
fn more(plan: &Plan, view: &View<'_>) -> String {
    let said = plan.event.more.iter().filter_map(|(index, name)| Some((name, view.text(Some(*index))?)));
    let said: BTreeMap<&String, &str> = said.collect();
    kept(&said)
}

/// The values of one row while they are read.
struct Values<'a, 'v> {
    plan: &'a Plan,
    kind: FactKind,
    view: &'v View<'a>,
    list: Vec<Value<'a>>,
}

impl<'a> Values<'a, '_> {
    fn place(&self, name: &str) -> Option<usize> {
        columns_of(self.kind).iter().position(|column| column.name == name)
    }

    fn get(&self, name: &str) -> Value<'a> {
        self.place(name).map_or(Value::Nothing, |place| self.list[place])
    }

    fn text(&self, name: &str) -> Option<&'a str> {
        match self.get(name) {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    fn set(&mut self, name: &str, value: Value<'a>) {
        if let Some(place) = self.place(name) {
            self.list[place] = value;
        }
    }

    /// The cells as they stand. Money must be readable; other numbers and days are left out with a
    /// warning where they are not.
    fn read(&mut self, report: &mut Report) -> Result<(), Refusal> {
        let (plan, view) = (self.plan, self.view);
        for (column, value) in columns_of(self.kind).iter().zip(&plan.event.values) {
            let read = match value {
                EventValue::Nothing => Value::Nothing,
                EventValue::Fixed(text) => Value::Text(text),
                EventValue::Text(indexes) => indexes
                    .iter()
                    .find_map(|&index| view.text(Some(index)))
                    .map_or(Value::Nothing, Value::Text),
                EventValue::Number(column_number) if column.name == "amount" => {
                    let amount = draft::number(plan, view, *column_number, report)?;
                    amount.map_or(Value::Nothing, |amount| Value::Number(amount.value))
                }
                EventValue::Number(column_number) => {
                    optional(plan, view, *column_number, report).map_or(Value::Nothing, Value::Number)
                }
                EventValue::Day(date) => optional_moment(plan, view, date, report)
                    .map_or(Value::Nothing, |at| Value::Number(i64::from(plan.zone.day_of(at).0))),
            };
            self.list.push(read);
        }
        Ok(())
    }

    /// The answer of a survey; one in the customer's own words is taken out, since it may say anything.
    fn take_answer(&mut self) -> Option<&'a str> {
        if self.kind != FactKind::Touches || self.text("touch") != Some("survey") {
            return None;
        }
        let answer = self.text("value")?;
        if personal::is_free_text(answer) {
            self.set("value", Value::Nothing);
        }
        Some(answer)
    }

    /// The topics of the row's text, where it says none itself.
    fn topics(&self, personal: &personal::Found<'_>) -> String {
        if self.kind != FactKind::Touches || self.text("topic").is_some() {
            return String::new();
        }
        let text = personal.iter().find(|(field, _)| *field == PersonalField::Text);
        text.map(|(_, text)| self.plan.topics.of_text(text).join(BETWEEN)).unwrap_or_default()
    }

    /// What all rows of the event say together.
    fn of_rows(&mut self, whole: &'a Whole) {
        self.set("amount", whole.amount.map_or(Value::Nothing, Value::Number));
        if !whole.product.is_empty() {
            self.set("product", Value::Text(&whole.product));
        }
    }

    /// What the system's own words stand for.
    fn of_system(&mut self) {
        let plan = self.plan;
        for (place, value) in self.list.iter_mut().enumerate() {
            let of_place = || plan.event.words.iter().filter(move |word| word.place == place);
            if let (Value::Text(cell), Some(_)) = (*value, of_place().next()) {
                let said = words(&cell.to_lowercase());
                if let Some(word) = of_place().find(|word| word.cell == "*" || word.cell == said) {
                    *value = Value::Text(&word.meaning);
                }
            }
        }
    }

    /// What the times of a call say, and who of ours called.
    fn call(&mut self, began: Option<i64>) {
        let times = calls::times(self.plan, self.view, began);
        if let (Some(answered), Value::Nothing) = (times.answered, self.get("result")) {
            self.set("result", Value::Text(if answered { "answered" } else { "missed" }));
        }
        if let (Some(duration), Value::Nothing) = (times.duration, self.get("duration")) {
            self.set("duration", Value::Number(duration));
        }
        if let (Some(extension), Value::Nothing) =
            (self.view.text(self.plan.customer.caller_extension), self.get("employee"))
        {
            self.set("employee", Value::Text(extension));
        }
    }

    /// Words of the file as the words that facts have: what kind of touch, how a deal ended.
    fn understand(&mut self, at: Option<(i64, Day)>) -> Result<(), Refusal> {
        self.of_system();
        if self.kind == FactKind::Touches {
            self.call(at.map(|(at, _)| at));
        }
        if let Some(touch) = self.text("touch") {
            // A kind that is not known stays under its own name.
            self.set("touch", Value::Text(touch_of(touch).unwrap_or(touch)));
        }
        for name in ["custom_terms", "terms_refused"] {
            if let Some(cell) = self.text(name) {
                let yes = cells::truth(cell).unwrap_or(true);
                self.set(name, Value::Text(if yes { "yes" } else { "no" }));
            }
        }
        if self.kind == FactKind::Deals {
            self.outcome();
            self.margin();
        }
        self.money(at.map(|(_, day)| day))
    }

    /// Whether a deal is won, lost or open: by its outcome, else by its stage.
    fn outcome(&mut self) {
        let said = [self.text("outcome"), self.text("stage")].into_iter().flatten();
        let outcome = said.filter_map(|cell| {
            // HubSpot writes the pipeline behind the stage: `Closed Won (Sales Pipeline)`.
            let cell = cell.split_once(" (").map_or(cell, |(stage, _)| stage);
            let words = [(Word::Won, "won"), (Word::Lost, "lost"), (Word::Open, "open")];
            words.into_iter().find(|(word, _)| is_word(*word, cell)).map(|(_, outcome)| outcome)
        });
        let outcome = outcome.into_iter().next().unwrap_or("open");
        self.set("outcome", Value::Text(outcome));
        if outcome == "open" {
            // The day on which an open deal is expected to close is no fact.
            self.set("closed_at", Value::Nothing);
        }
    }

    /// Where the file has the cost and not the margin.
    fn margin(&mut self) {
        let plan = self.plan;
        let cost = optional(plan, self.view, plan.order.cost, &mut Report::default());
        if let (Value::Nothing, Value::Number(amount), Some(cost)) =
            (self.get("margin"), self.get("amount"), cost)
        {
            self.set("margin", Value::Number(amount.saturating_sub(cost)));
        }
    }

    /// The currency's code, and money in that of the base where rates are given.
    fn money(&mut self, day: Option<Day>) -> Result<(), Refusal> {
        let currency = match self.text("currency") {
            Some(name) => Some(cells::currency_code(name).ok_or_else(|| Refusal {
                column: None,
                error: cell_error("E_CURRENCY", format!("`{name}` is no currency")),
            })?),
            None => self.plan.currency.as_deref(),
        };
        let has_money = matches!(self.get("amount"), Value::Number(_));
        self.set("currency", currency.filter(|_| has_money).map_or(Value::Nothing, Value::Text));
        let (Some(conversion), Some(day), true) = (&self.plan.conversion, day, has_money) else {
            return Ok(());
        };
        for name in ["amount", "margin", "discount"] {
            if let Value::Number(number) = self.get(name) {
                let line = OrderLine { amount: Money(number), currency, day, ..OrderLine::default() };
                let turned =
                    conversion.of(&line).map_err(|error| draft::unconverted(self.plan, &error))?.amount.0;
                self.set(name, Value::Number(turned));
            }
        }
        self.set("currency", Value::Text(conversion.to()));
        Ok(())
    }
}
