//! Orders, returns and order lines as facts of rules.

use super::kinds::{LINE, ORDER, RETURN};
use crate::scan::{Customer, Lines, Need, Order, Texts};
use arrow_array::{Array, Decimal64Array};
use model::calendar::Day;
use model::expression::decimal::Decimal;
use model::expression::plan::{Fact, Kind, Plan, State};
use model::expression::value::Value;

/// What is made of the lines of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Made {
    Orders,
    Returns,
    Lines,
}

/// A field that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Day,
    Amount,
    Quantity,
    Cost,
    Discount,
    Count,
    ProductId,
    Product,
    Category,
    Brand,
    Channel,
    PromoCode,
    IsReturn,
    /// No such one.
    None,
}

/// A kind of facts that come from order lines.
#[derive(Clone, Debug)]
pub(super) struct LineFacts {
    /// Its number in the plan.
    kind: usize,
    made: Made,
    fields: Vec<Field>,
}

impl LineFacts {
    /// Ready to read the fields that a plan asks for; `None` for events.
    pub fn new(number: usize, kind: &Kind) -> Option<LineFacts> {
        let made = match kind.name.as_str() {
            ORDER => Made::Orders,
            RETURN => Made::Returns,
            LINE => Made::Lines,
            _ => return None,
        };
        let field = |name: &String| match name.as_str() {
            "day" => Field::Day,
            "amount" => Field::Amount,
            "quantity" => Field::Quantity,
            "cost" => Field::Cost,
            "discount" => Field::Discount,
            "lines" => Field::Count,
            "product_id" => Field::ProductId,
            "product" => Field::Product,
            "category" => Field::Category,
            "brand" => Field::Brand,
            "channel" => Field::Channel,
            "promo_code" => Field::PromoCode,
            "is_return" => Field::IsReturn,
            _ => Field::None,
        };
        Some(LineFacts { kind: number, made, fields: kind.fields.iter().map(field).collect() })
    }

    /// Columns it reads.
    pub fn need(&self) -> Need {
        let has = |field: Field| self.fields.contains(&field);
        Need {
            cost: has(Field::Cost),
            discount: has(Field::Discount),
            // A free line that came back is known by its quantity.
            quantity: has(Field::Quantity) || has(Field::IsReturn),
            category: has(Field::Category),
            brand: has(Field::Brand),
            channel: has(Field::Channel),
            product: has(Field::Product) || has(Field::ProductId),
            promo_code: has(Field::PromoCode),
            moment: false,
            events: false,
        }
    }

    /// Pushes the facts of a customer, oldest first.
    pub fn feed(&self, plan: &Plan, state: &mut State, customer: &Customer<'_>) {
        let mut values = Vec::with_capacity(self.fields.len());
        let mut push = |values: &[Value<'_>], row: usize, day: Day| {
            let moment = customer.lines.moments.as_ref().map_or(0, |moments| moments.value(row));
            state.push(plan, &Fact { kind: self.kind, moment, day, fields: values });
        };
        if self.made == Made::Lines {
            for order in customer.orders {
                for row in order.rows.clone() {
                    values.clear();
                    values
                        .extend(self.fields.iter().map(|&field| of_line(field, customer.lines, row, order)));
                    push(&values, row, order.day);
                }
            }
            return;
        }
        for order in customer.orders.iter().filter(|order| order.is_return == (self.made == Made::Returns)) {
            let lists: Vec<Vec<&str>> =
                self.fields.iter().map(|&field| texts_of(field, customer.lines, order)).collect();
            let each = self.fields.iter().zip(&lists);
            let values: Vec<Value<'_>> =
                each.map(|(&field, list)| of_order(field, customer.lines, order, list)).collect();
            push(&values, order.rows.start, order.day);
        }
    }
}

/// The column of a field that is a text.
fn texts(field: Field, lines: &Lines) -> Option<&Texts> {
    match field {
        Field::ProductId => lines.product_ids.as_ref(),
        Field::Product => lines.products.as_ref(),
        Field::Category => lines.categories.as_ref(),
        Field::Brand => lines.brands.as_ref(),
        Field::Channel => lines.channels.as_ref(),
        Field::PromoCode => lines.promo_codes.as_ref(),
        _ => None,
    }
}

/// The column of a field that is a number and may be missing.
fn numbers(field: Field, lines: &Lines) -> Option<&Decimal64Array> {
    match field {
        Field::Quantity => lines.quantities.as_ref(),
        Field::Cost => lines.costs.as_ref(),
        Field::Discount => lines.discounts.as_ref(),
        _ => None,
    }
}

fn number(field: Field, lines: &Lines, row: usize) -> Option<i64> {
    numbers(field, lines).filter(|column| column.is_valid(row)).map(|column| column.value(row))
}

fn of_line<'a>(field: Field, lines: &'a Lines, row: usize, order: &Order) -> Value<'a> {
    match field {
        Field::Day => Value::Day(order.day),
        Field::Amount => Value::Number(Decimal(lines.amounts()[row])),
        Field::Quantity | Field::Cost | Field::Discount => {
            number(field, lines, row).map_or(Value::Missing, |number| Value::Number(Decimal(number)))
        }
        Field::IsReturn => {
            let amount = lines.amounts()[row];
            let back = amount == 0 && number(Field::Quantity, lines, row).is_some_and(|units| units < 0);
            Value::Flag(amount < 0 || back)
        }
        Field::Count | Field::None => Value::Missing,
        field => texts(field, lines).and_then(|column| column.text(row)).map_or(Value::Missing, Value::Text),
    }
}

/// The different texts of the lines of an order, in their order.
fn texts_of<'a>(field: Field, lines: &'a Lines, order: &Order) -> Vec<&'a str> {
    let Some(column) = texts(field, lines) else { return Vec::new() };
    let mut found: Vec<&str> = Vec::new();
    for text in order.rows.clone().filter_map(|row| column.text(row)) {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

fn of_order<'a>(field: Field, lines: &Lines, order: &Order, texts: &'a [&'a str]) -> Value<'a> {
    match field {
        Field::Day => Value::Day(order.day),
        Field::Amount => Value::Number(Decimal(order.amount)),
        Field::Quantity | Field::Cost | Field::Discount => {
            // Of the lines that say it; missing if none does.
            let known = order.rows.clone().filter_map(|row| number(field, lines, row));
            let sum = known.reduce(i64::saturating_add);
            sum.map_or(Value::Missing, |sum| Value::Number(Decimal(sum)))
        }
        Field::Count => Value::Count(order.rows.len() as i64),
        Field::IsReturn | Field::None => Value::Missing,
        _ => Value::List(texts),
    }
}
