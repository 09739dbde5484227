//! Features of repeat orders: what the models of prediction know of a customer.
//!
//! Orders of one day are one purchase. The first day with an order is how a customer came, the days
//! with an order after it are the repeat days.

use super::{Accumulator, Asked, Column, asks_any, money::costed};
use crate::scan::{Customer, Need, Order};
use arrow_array::ArrayRef;
use arrow_array::types::{Decimal64Type, Float64Type, Int64Type};
use model::calendar::Day;
use model::prediction::history::weeks;
use model::prediction::holdout::rules::RECENT_DAYS;

pub struct Repeats {
    as_of: Day,
    span: Column<Int64Type>,
    age: Column<Int64Type>,
    recent: Column<Int64Type>,
    ln_gaps: Column<Float64Type>,
    revenue: Column<Decimal64Type>,
    margin: Column<Decimal64Type>,
}

impl Accumulator for Repeats {
    const FEATURES: &'static [&'static str] =
        &["order_span_days", "age_days", "order_days_182", "ln_gap_weeks", "repeat_revenue", "repeat_margin"];

    fn new(question: &Asked<'_>) -> Option<Repeats> {
        asks_any(question, Self::FEATURES).then(|| Repeats {
            as_of: question.as_of.0,
            span: Column::new(question, "order_span_days"),
            age: Column::new(question, "age_days"),
            recent: Column::new(question, "order_days_182"),
            ln_gaps: Column::new(question, "ln_gap_weeks"),
            revenue: Column::new(question, "repeat_revenue"),
            margin: Column::new(question, "repeat_margin"),
        })
    }

    fn need(&self) -> Need {
        Need { cost: self.margin.asked(), ..Need::default() }
    }

    fn add(&mut self, customer: &Customer<'_>) {
        let ends = purchase_days(customer.orders).next().zip(purchase_days(customer.orders).last());
        self.span.push(ends.map(|(first, last)| i64::from(last.since(first))));
        self.age.push(ends.map(|(first, _)| i64::from(self.as_of.since(first))));
        if self.recent.asked() {
            let since = self.as_of.plus(1 - RECENT_DAYS as i32);
            let recent = purchase_days(customer.orders).filter(|&day| day >= since).count();
            self.recent.push(recent as i64);
        }
        if self.ln_gaps.asked() {
            self.ln_gaps.push(ends.map(|_| ln_gap_weeks(customer.orders)));
        }
        if self.revenue.asked() || self.margin.asked() {
            self.add_money(customer);
        }
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        [
            self.span.end(),
            self.age.end(),
            self.recent.end(),
            self.ln_gaps.end(),
            self.revenue.end(),
            self.margin.end(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Repeats {
    fn add_money(&mut self, customer: &Customer<'_>) {
        let second = purchase_days(customer.orders).nth(1);
        let place = second.and_then(|day| customer.orders.iter().position(|order| order.day >= day));
        let Some(place) = place else {
            self.revenue.push(None);
            self.margin.push(None);
            return;
        };
        let orders = &customer.orders[place..];
        let revenue = orders.iter().map(|order| order.amount).sum();
        self.revenue.push(revenue);
        if self.margin.asked() {
            let rows = orders[0].rows.start..customer.rows.end;
            let (costed, cost, lines) = costed(customer.lines, rows, revenue);
            self.margin.push((lines > 0).then_some(costed - cost));
        }
    }
}

/// The different days with an order, oldest first; returns are no orders.
fn purchase_days(orders: &[Order]) -> impl Iterator<Item = Day> {
    let mut previous = None;
    orders.iter().filter(|order| !order.is_return).filter_map(move |order| {
        let is_new = previous != Some(order.day);
        previous = Some(order.day);
        is_new.then_some(order.day)
    })
}

/// The sum of ln(weeks) between each day with an order and the next.
fn ln_gap_weeks(orders: &[Order]) -> f64 {
    let days = || purchase_days(orders);
    // A product would overflow, and a sum of as many logarithms is as exact as they are.
    days().zip(days().skip(1)).map(|(one, next)| weeks(next.since(one).unsigned_abs()).ln()).sum()
}
