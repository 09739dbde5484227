//! One row of an order file read into a line, before it is known whose it is.

use super::documents;
use super::plan::{DateColumn, NumberColumn, Plan};
use super::report::{Refusal, Report};
use super::view::View;
use crate::facts::OrderLine;
use crate::import::cells::{self, CellError, Exact, Moment, NumberForm, Zone, parse_exact, parse_moment};
use crate::import::names::words;
use crate::import::problem::cell_error;
use crate::import::rates::Unconverted;
use crate::import::synonyms::{Word, is_word};
use model::money::Money;
use std::borrow::Cow;
use std::collections::HashMap;

/// Different words of status and type columns that are remembered.
const WORDS_MAX: usize = 1_000;

/// What is remembered from row to row to be quick; it never changes what comes out.
#[derive(Clone, Default)]
pub(super) struct Memory {
    statuses: HashMap<String, bool>,
    kinds: HashMap<String, bool>,
    currencies: HashMap<String, Option<&'static str>>,
    zone: Option<(String, Zone)>,
    /// Date and time put together.
    joined: String,
}

/// A line with ids that may have had to be cleaned.
pub(super) struct Draft<'a> {
    pub line: OrderLine<'a>,
    pub order_id: Option<Cow<'a, str>>,
    pub product_id: Option<Cow<'a, str>>,
    /// Whether the row has a sum of its own, or only its order has.
    pub has_sum: bool,
}

impl Draft<'_> {
    /// The line of a customer.
    pub(super) fn of<'b>(&'b self, customer_id: Option<&'b str>) -> OrderLine<'b> {
        OrderLine {
            customer_id,
            order_id: self.order_id.as_deref(),
            product_id: self.product_id.as_deref(),
            ..self.line
        }
    }
}

/// Reads a row.
pub(super) fn read<'a>(
    plan: &'a Plan,
    view: &View<'a>,
    memory: &mut Memory,
    report: &mut Report,
) -> Result<Draft<'a>, Refusal> {
    let columns = &plan.order;
    let document = view.text(columns.document).map(documents::parts);
    let moment = moment(plan, view, memory, document.and_then(|(_, date)| date))?;
    if moment.shifted {
        let error = cell_error("W_SHIFTED", "the clock skipped this time and it was moved on".to_owned());
        report.warned(plan, view.row, columns.at.as_ref().map(|at| at.0), error);
    }
    let mut order_id = id(view, columns.id)?;
    if order_id.is_none() {
        order_id = document.and_then(|(number, _)| number).map(Cow::Borrowed);
    }
    let product_id = id(view, plan.product.id)?;
    let mut line = OrderLine {
        ordered_at: moment.at,
        day: moment.day,
        product: view.text(plan.product.name),
        category: view.text(plan.product.category),
        brand: view.text(plan.product.brand),
        channel: view.text(columns.channel),
        promo_code: view.text(columns.promo_code),
        updated_at: optional_moment(plan, view, &columns.updated_at, report),
        cancelled: is_cancelled(plan, view, memory),
        ..OrderLine::default()
    };
    let (has_sum, sign) = sums(plan, view, &mut line, report)?;
    line.currency = currency(plan, view, memory, sign)?;
    if line.amount.0 >= 0 && is_return(plan, view, memory) {
        line.amount.0 = -line.amount.0;
        line.quantity = line.quantity.map(|quantity| -quantity.abs());
        line.cost = line.cost.map(|cost| Money(-cost.0.abs()));
    }
    if let Some(conversion) = &plan.conversion {
        conversion.of(&line).map_err(|error| unconverted(plan, &error))?;
    }
    Ok(Draft { line, order_id, product_id, has_sum })
}

pub(super) fn unconverted(plan: &Plan, error: &Unconverted) -> Refusal {
    let error = match error {
        Unconverted::NoRate { currency, day } => {
            cell_error("E_RATE", format!("there is no rate of {currency} on {day} or before"))
        }
        Unconverted::TooLarge => {
            cell_error("E_RANGE", "the sum is too large in the currency of the base".to_owned())
        }
    };
    Refusal { column: plan.order.currency, error }
}

/// Amount, quantity, cost and discount; whether the row has a sum of its own, and the currency
/// that stands in the cell of the sum.
fn sums<'a>(
    plan: &Plan,
    view: &View<'a>,
    line: &mut OrderLine<'a>,
    report: &mut Report,
) -> Result<(bool, Option<&'static str>), Refusal> {
    let columns = &plan.order;
    let amount = number(plan, view, columns.amount, report)?;
    let price = if amount.is_none() { number(plan, view, columns.price, report)? } else { None };
    line.quantity = match price {
        Some(_) => number(plan, view, columns.quantity, report)?.map(|quantity| quantity.value),
        None => optional(plan, view, columns.quantity, report),
    };
    let mut discount = optional(plan, view, columns.discount, report).map(i64::abs);
    if discount.is_none() {
        discount = discount_of_units(plan, view, price.map(|price| price.value), line.quantity, report);
    }
    let by_price = price.zip(line.quantity);
    let (sum, currency, has_sum) = match (amount, by_price) {
        (Some(amount), _) => (amount.value, amount.currency, true),
        (None, Some((price, quantity))) => {
            let sum = Money(price.value).times(quantity).ok_or_else(|| too_large(columns.price))?;
            // A discount makes a sale smaller and what is paid back for a return, too.
            let off = discount.unwrap_or(0) * if quantity < 0 { -1 } else { 1 };
            (sum.0.saturating_sub(off), price.currency, true)
        }
        (None, None) => {
            let total = if plan.whole_orders || plan.group {
                number(plan, view, columns.total, report)?
            } else {
                None
            };
            let Some(total) = total else {
                let wanted = columns.amount.or(columns.total).or(columns.price).map(|column| column.0);
                return Err(Refusal::missing(wanted, "amount"));
            };
            let refunded = optional(plan, view, columns.refunded, report).map_or(0, i64::abs);
            line.quantity = optional(plan, view, columns.items_count, report).or(line.quantity);
            (total.value.saturating_sub(refunded), total.currency, false)
        }
    };
    line.amount = Money(sum);
    line.discount = discount.map(Money);
    if !has_sum {
        line.discount = line
            .discount
            .or(optional(plan, view, columns.order_discount, report).map(|off| Money(off.abs())));
    }
    line.cost = match optional(plan, view, columns.cost, report) {
        Some(cost) => Some(Money(cost)),
        None => optional(plan, view, columns.unit_cost, report)
            .zip(line.quantity)
            .and_then(|(cost, quantity)| Money(cost).times(quantity)),
    };
    Ok((has_sum, currency))
}

/// What was let off on a line where the file says so by the unit, or in percent of the price.
fn discount_of_units(
    plan: &Plan,
    view: &View<'_>,
    price: Option<i64>,
    quantity: Option<i64>,
    report: &mut Report,
) -> Option<i64> {
    /// A hundred percent in 1/10 000.
    const WHOLE: i128 = 1_000_000;
    let columns = &plan.order;
    let quantity = quantity?.abs();
    if let Some(off) = optional(plan, view, columns.unit_discount, report) {
        return Some(Money(off.abs()).times(quantity)?.0);
    }
    let percent = optional(plan, view, columns.discount_percent, report)?;
    let sum = Money(price?).times(quantity)?.0;
    i64::try_from(i128::from(sum.abs()) * i128::from(percent.abs()) / WHOLE).ok()
}

fn too_large(column: NumberColumn) -> Refusal {
    let error = cell_error("E_RANGE", "the sum is too large".to_owned());
    Refusal { column: column.map(|column| column.0), error }
}

/// Parts of a unit in which some systems write money.
const HUNDREDTHS: i64 = 100;

/// A number that the row needs; `None` where the cell says nothing.
pub(super) fn number(
    plan: &Plan,
    view: &View<'_>,
    column: NumberColumn,
    report: &mut Report,
) -> Result<Option<Exact>, Refusal> {
    let Some((index, form)) = column else { return Ok(None) };
    let Some(cell) = view.text(Some(index)) else { return Ok(None) };
    let Exact { value, currency, rounded } = parse_exact(cell, &form).map_err(Refusal::at(index))?;
    let in_cents = plan.cents.get(index) == Some(&true);
    if rounded {
        let error = cell_error("W_ROUNDED", format!("`{cell}` has more than four decimals and was rounded"));
        report.warned(plan, view.row, Some(index), error);
    }
    let value = if in_cents { value / HUNDREDTHS } else { value };
    Ok(Some(Exact { value, currency, rounded }))
}

/// A number that the row can do without: one that cannot be read is left out with a warning.
pub(super) fn optional(
    plan: &Plan,
    view: &View<'_>,
    column: NumberColumn,
    report: &mut Report,
) -> Option<i64> {
    match number(plan, view, column, report) {
        Ok(exact) => exact.map(|exact| exact.value),
        Err(refusal) => {
            let error = CellError { code: "W_NUMBER", ..refusal.error };
            report.warned(plan, view.row, refusal.column, error);
            None
        }
    }
}

/// When it was ordered: a date; date, time and zone in columns of their own; or out of a document.
pub(super) fn moment(
    plan: &Plan,
    view: &View<'_>,
    memory: &mut Memory,
    of_document: Option<&str>,
) -> Result<Moment, Refusal> {
    let columns = &plan.order;
    let column = columns.at.as_ref().map(|at| at.0).or(columns.document);
    let own = columns.at.as_ref().and_then(|(index, form)| Some((view.text(Some(*index))?, form)));
    let Some((cell, form)) = own.or(of_document.zip(columns.document_date.as_ref())) else {
        return Err(Refusal::missing(column, "date"));
    };
    let refused = |error: CellError| {
        // A date that stands for no date is as good as none, and an order needs one.
        let code = if error.code == "N_OLD_DATE" { "E_DATE" } else { error.code };
        Refusal { column, error: CellError { code, ..error } }
    };
    let zone = match view.text(columns.zone) {
        Some(name) => {
            memory.look_up_zone(name).map_err(|error| Refusal { column: columns.zone, error })?;
            memory.zone.as_ref().map(|(_, zone)| zone)
        }
        None => plan.file_zone.as_ref(),
    };
    let joined = &mut memory.joined;
    let text = match view.text(columns.time) {
        Some(time) => {
            joined.clear();
            joined.extend([cell, " ", time]);
            joined.as_str()
        }
        None => cell,
    };
    let moment = match zone {
        None => parse_moment(text, form, &plan.zone).map_err(refused)?,
        Some(zone) => {
            let moment = parse_moment(text, form, zone).map_err(refused)?;
            if moment.has_time {
                Moment { day: plan.zone.day_of(moment.at), ..moment }
            } else {
                // A day without a time is that day wherever it was written.
                parse_moment(text, form, &plan.zone).map_err(refused)?
            }
        }
    };
    if plan.newest_day.is_some_and(|newest| moment.day > newest) {
        return Err(Refusal {
            column,
            error: cell_error("E_FUTURE", format!("`{text}` lies in the future")),
        });
    }
    Ok(moment)
}

/// A moment that the row can do without.
pub(super) fn optional_moment(
    plan: &Plan,
    view: &View<'_>,
    column: &DateColumn,
    report: &mut Report,
) -> Option<i64> {
    let (index, form) = column.as_ref()?;
    let cell = view.text(Some(*index))?;
    match parse_moment(cell, form, plan.file_zone.as_ref().unwrap_or(&plan.zone)) {
        Ok(moment) => Some(moment.at),
        Err(error) => {
            let code = if error.code == "N_OLD_DATE" { error.code } else { "W_DATE" };
            report.warned(plan, view.row, Some(*index), CellError { code, ..error });
            None
        }
    }
}

/// An id, cleaned; `None` where the cell says nothing.
pub(super) fn id<'a>(view: &View<'a>, column: Option<usize>) -> Result<Option<Cow<'a, str>>, Refusal> {
    let Some(index) = column else { return Ok(None) };
    let cell = cells::text::trimmed(view.cell(index));
    if cells::is_null_id(cell) {
        return Ok(None);
    }
    match cells::clean_id(cell) {
        Ok(id) if id.is_empty() => Ok(None),
        Ok(id) => Ok(Some(id)),
        Err(error) => Err(Refusal::at(index)(error)),
    }
}

fn currency<'a>(
    plan: &'a Plan,
    view: &View<'_>,
    memory: &mut Memory,
    sign: Option<&'static str>,
) -> Result<Option<&'a str>, Refusal> {
    match view.text(plan.order.currency) {
        Some(name) => memory.currency(name).map(Some).ok_or_else(|| Refusal {
            column: plan.order.currency,
            error: cell_error("E_CURRENCY", format!("`{name}` is no currency")),
        }),
        None => Ok(sign.or(plan.currency.as_deref())),
    }
}

fn is_cancelled(plan: &Plan, view: &View<'_>, memory: &mut Memory) -> bool {
    // Some systems write a date there and some yes or no.
    if view.text(plan.order.cancelled_at).is_some_and(|cell| cells::truth(cell) != Some(false)) {
        return true;
    }
    // The words are looked at as they stand: `0` can mean that an order is not valid.
    let status = plan.order.status.map(|index| view.cell(index).trim()).filter(|cell| !cell.is_empty());
    status.is_some_and(|status| memory.cancelled(plan, status))
}

fn is_return(plan: &Plan, view: &View<'_>, memory: &mut Memory) -> bool {
    view.text(plan.order.kind)
        .is_some_and(|kind| remembered(&mut memory.kinds, kind, |kind| is_word(Word::Returned, kind)))
}

impl Memory {
    fn cancelled(&mut self, plan: &Plan, status: &str) -> bool {
        remembered(&mut self.statuses, status, |status| {
            is_word(Word::Cancelled, status)
                || plan.cancelled.contains(&words(&status.to_lowercase()))
                // Where the file says how much was paid back, a refund is money, not a cancellation.
                || (plan.order.refunded.is_none() && is_word(Word::Refunded, status))
        })
    }

    fn currency(&mut self, name: &str) -> Option<&'static str> {
        remembered(&mut self.currencies, name, cells::currency_code)
    }

    /// Makes the zone the remembered one.
    fn look_up_zone(&mut self, name: &str) -> Result<(), CellError> {
        if self.zone.as_ref().is_none_or(|(known, _)| known != name) {
            self.zone = Some((name.to_owned(), Zone::get(name)?));
        }
        Ok(())
    }
}

/// What a word means, looked up once.
fn remembered<T: Copy>(known: &mut HashMap<String, T>, word: &str, meaning: impl Fn(&str) -> T) -> T {
    if let Some(&meaning) = known.get(word) {
        return meaning;
    }
    if known.len() >= WORDS_MAX {
        known.clear();
    }
    let found = meaning(word);
    known.insert(word.to_owned(), found);
    found
}

/// The form in which numbers inside the cells of an order's items are written: by programs.
pub(super) const ITEM_NUMBERS: NumberForm = NumberForm { decimal: '.', grouping: None };
