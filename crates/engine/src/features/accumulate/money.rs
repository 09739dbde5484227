//! Features of how much: exact sums of money and quantities.

use super::{Accumulator, Asked, Column, YEAR_DAYS, again, asks_any, asks_twice};
use crate::scan::{Customer, Lines, Need};
use arrow_array::types::Decimal64Type;
use arrow_array::{Array, ArrayRef};
use model::calendar::Day;
use model::money::Money;
use std::ops::Range;

pub struct MoneySums {
    year_from: Day,
    window_from: Option<Day>,
    /// Features of the window are those of all history.
    no_window: bool,
    revenue: Column<Decimal64Type>,
    margin: Column<Decimal64Type>,
    /// Kept from the first customer on in whom it is not the revenue: mostly all costs are known.
    costed_revenue: Column<Decimal64Type>,
    is_all_costed: bool,
    average_order: Column<Decimal64Type>,
    quantity: Column<Decimal64Type>,
    window_revenue: Column<Decimal64Type>,
    revenue_365: Column<Decimal64Type>,
    margin_365: Column<Decimal64Type>,
}

impl Accumulator for MoneySums {
    const FEATURES: &'static [&'static str] = &[
        "revenue",
        "margin",
        "costed_revenue",
        "average_order",
        "quantity",
        "window_revenue",
        "revenue_365",
        "margin_365",
    ];

    fn new(question: &Asked<'_>) -> Option<MoneySums> {
        let no_window = asks_twice(question, "window_revenue", "revenue");
        asks_any(question, Self::FEATURES).then(|| MoneySums {
            year_from: question.as_of.0.plus(-YEAR_DAYS),
            window_from: question.window_from,
            revenue: Column::new(question, "revenue"),
            margin: Column::new(question, "margin"),
            costed_revenue: Column::new(question, "costed_revenue"),
            is_all_costed: asks_any(question, &["revenue"]) && asks_any(question, &["costed_revenue"]),
            average_order: Column::new(question, "average_order"),
            quantity: Column::new(question, "quantity"),
            window_revenue: Column::new(question, "window_revenue").unless(no_window),
            no_window,
            revenue_365: Column::new(question, "revenue_365"),
            margin_365: Column::new(question, "margin_365"),
        })
    }

    fn need(&self) -> Need {
        Need {
            cost: self.margin.asked() || self.costed_revenue.asked() || self.margin_365.asked(),
            quantity: self.quantity.asked(),
            ..Need::default()
        }
    }

    fn add(&mut self, customer: &Customer<'_>) {
        let revenue = customer.totals.amount;
        self.revenue.push(revenue);
        if self.margin.asked() || self.costed_revenue.asked() {
            let (costed, cost, lines) = costed(customer.lines, customer.rows.clone(), revenue);
            self.margin.push((lines > 0).then_some(costed - cost));
            if self.is_all_costed && costed != revenue {
                self.is_all_costed = false;
                self.costed_revenue.begin_as(&self.revenue);
            }
            if !self.is_all_costed {
                self.costed_revenue.push(costed);
            }
        }
        if self.average_order.asked() {
            let orders = customer.totals.orders as i64;
            self.average_order.push(Money(revenue).divided_by(orders).map(|money| money.0));
        }
        if self.quantity.asked() {
            self.quantity.push(quantity(customer));
        }
        if self.window_revenue.asked() {
            let inside = |from: Day| {
                let orders = customer.orders.iter().filter(|order| order.day >= from);
                orders.map(|order| order.amount).sum()
            };
            self.window_revenue.push(self.window_from.map_or(revenue, inside));
        }
        let lately = || customer.orders.iter().filter(|order| order.day >= self.year_from);
        if self.revenue_365.asked() {
            self.revenue_365.push(lately().map(|order| order.amount).sum::<i64>());
        }
        if self.margin_365.asked() {
            let margins = lately().filter_map(|order| margin(customer, order.rows.clone()));
            self.margin_365.push(margins.reduce(|a, b| a + b));
        }
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        let all = self.revenue.end();
        let window =
            if self.no_window { again("window_revenue", all.as_ref()) } else { self.window_revenue.end() };
        let costed = if self.is_all_costed {
            again("costed_revenue", all.as_ref())
        } else {
            self.costed_revenue.end()
        };
        [
            all,
            self.margin.end(),
            costed,
            self.average_order.end(),
            self.quantity.end(),
            window,
            self.revenue_365.end(),
            self.margin_365.end(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Net money less cost of the lines whose cost is known; `None` if none is.
pub fn margin(customer: &Customer<'_>, rows: Range<usize>) -> Option<i64> {
    let costs = customer.lines.costs.as_ref()?;
    let known = rows.filter(|&row| costs.is_valid(row));
    known.map(|row| customer.lines.amounts()[row] - costs.value(row)).reduce(|a, b| a + b)
}

/// Net money and cost of those lines among some whose cost is known, and their number; `revenue` is
/// the money of all of them.
pub fn costed(lines: &Lines, rows: Range<usize>, revenue: i64) -> (i64, i64, usize) {
    let Some(costs) = &lines.costs else { return (0, 0, 0) };
    let amounts = &lines.amounts()[rows.clone()];
    let values = &costs.values()[rows.clone()];
    if costs.null_count() == 0 {
        return (revenue, values.iter().sum(), rows.len());
    }
    let (mut costed, mut cost, mut lines) = (0, 0, 0);
    for (row, (amount, value)) in rows.zip(amounts.iter().zip(values)) {
        if costs.is_valid(row) {
            costed += amount;
            cost += value;
            lines += 1;
        }
    }
    (costed, cost, lines)
}

/// Units of the lines that say how many; `None` if none does.
fn quantity(customer: &Customer<'_>) -> Option<i64> {
    let quantities = customer.lines.quantities.as_ref()?;
    let rows = customer.rows.clone();
    rows.filter(|&row| quantities.is_valid(row)).map(|row| quantities.value(row)).reduce(|a, b| a + b)
}
