//! Features of when and how often: days of orders, gaps, counts.

use super::{Accumulator, Asked, Column, YEAR_DAYS, again, asks_any, asks_twice, median};
use crate::scan::{Customer, Need};
use arrow_array::ArrayRef;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use model::calendar::Day;

/// Gaps between order days from which on they are the customer's own cycle.
const GAPS_MIN: usize = 3;

pub struct OrderDays {
    as_of: Day,
    window_from: Option<Day>,
    /// Features of the window are those of all history.
    no_window: bool,
    first: Column<Date32Type>,
    last: Column<Date32Type>,
    recency: Column<Int64Type>,
    orders: Column<Int64Type>,
    returns: Column<Int64Type>,
    order_days: Column<Int64Type>,
    gaps: Column<Int64Type>,
    median_gap: Column<Float64Type>,
    cycle: Column<Float64Type>,
    orders_365: Column<Int64Type>,
    window_orders: Column<Int64Type>,
    looks_at_gaps: bool,
    gap_days: Vec<i32>,
}

impl Accumulator for OrderDays {
    const FEATURES: &'static [&'static str] = &[
        "first_order_at",
        "last_order_at",
        "recency_days",
        "orders",
        "returns",
        "order_days",
        "gaps",
        "median_gap_days",
        "cycle_days",
        "orders_365",
        "window_orders",
    ];

    fn new(question: &Asked<'_>) -> Option<OrderDays> {
        let no_window = asks_twice(question, "window_orders", "orders");
        asks_any(question, Self::FEATURES).then(|| OrderDays {
            as_of: question.as_of.0,
            window_from: question.window_from,
            first: Column::new(question, "first_order_at"),
            last: Column::new(question, "last_order_at"),
            recency: Column::new(question, "recency_days"),
            orders: Column::new(question, "orders"),
            returns: Column::new(question, "returns"),
            order_days: Column::new(question, "order_days"),
            gaps: Column::new(question, "gaps"),
            median_gap: Column::new(question, "median_gap_days"),
            cycle: Column::new(question, "cycle_days"),
            orders_365: Column::new(question, "orders_365"),
            window_orders: Column::new(question, "window_orders").unless(no_window),
            no_window,
            looks_at_gaps: asks_any(question, &["order_days", "gaps", "median_gap_days", "cycle_days"]),
            gap_days: Vec::new(),
        })
    }

    fn need(&self) -> Need {
        Need::default()
    }

    fn add(&mut self, customer: &Customer<'_>) {
        let orders = || customer.orders.iter().filter(|order| !order.is_return);
        let count = customer.totals.orders;
        let last = customer.totals.days.map(|(_, last)| last);
        self.first.push(customer.totals.days.map(|(first, _)| first.0));
        self.last.push(last.map(|day| day.0));
        self.recency.push(last.map(|day| i64::from(self.as_of.since(day))));
        self.orders.push(count as i64);
        self.returns.push((customer.orders.len() - count) as i64);
        if self.looks_at_gaps {
            self.add_gaps(orders().map(|order| order.day));
        }
        let since = |from: Day| orders().filter(|order| order.day >= from).count() as i64;
        if self.orders_365.asked() {
            self.orders_365.push(since(self.as_of.plus(-YEAR_DAYS)));
        }
        self.window_orders.push(self.window_from.map_or(count as i64, since));
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        let all = self.orders.end();
        let window =
            if self.no_window { again("window_orders", all.as_ref()) } else { self.window_orders.end() };
        [
            self.first.end(),
            self.last.end(),
            self.recency.end(),
            all,
            self.returns.end(),
            self.order_days.end(),
            self.gaps.end(),
            self.median_gap.end(),
            self.cycle.end(),
            self.orders_365.end(),
            window,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl OrderDays {
    fn add_gaps(&mut self, days: impl Iterator<Item = Day>) {
        let bought = put_gaps(days, &mut self.gap_days);
        let gaps = self.gap_days.len();
        let middle = middle(&mut self.gap_days);
        self.order_days.push(if bought { gaps as i64 + 1 } else { 0 });
        self.gaps.push(gaps as i64);
        self.median_gap.push(middle);
        self.cycle.push(middle.filter(|_| gaps >= GAPS_MIN));
    }
}

/// Puts the days between different days, which come in order, in place of what is there; whether
/// there was any day.
fn put_gaps(mut days: impl Iterator<Item = Day>, gaps: &mut Vec<i32>) -> bool {
    gaps.clear();
    let mut previous = days.next();
    let any = previous.is_some();
    for day in days {
        if let Some(earlier) = previous.filter(|&earlier| earlier != day) {
            gaps.push(day.since(earlier));
        }
        previous = Some(day);
    }
    any
}

fn middle(gaps: &mut [i32]) -> Option<f64> {
    median(gaps).map(|(low, high)| f64::from(low + high) / 2.0)
}

/// The median of the days between different days, which come in order; `None` for fewer than two.
pub fn median_gap(days: impl Iterator<Item = Day>) -> Option<f64> {
    let mut gaps = Vec::new();
    put_gaps(days, &mut gaps);
    middle(&mut gaps)
}
