//! What is to be known of each customer as of a day.

use super::read::{Line, whole_months};
use std::collections::BTreeMap;

/// An order: the lines with one id.
#[derive(Clone, Debug)]
struct Order {
    at: (i64, u32),
    amount: i128,
    quantity: i128,
    /// The money of every line is negative.
    is_return: bool,
}

/// A customer. Medians are doubled where they may have a half.
#[derive(Clone, Debug, Default)]
pub struct Customer {
    pub id: String,
    pub orders: i64,
    pub returns: i64,
    pub order_days: i64,
    pub first: Option<i64>,
    pub last: Option<i64>,
    pub revenue: i128,
    pub quantity: i128,
    pub median_order_twice: Option<i128>,
    pub median_quantity_twice: Option<i128>,
    pub gaps: i64,
    pub median_gap_twice: Option<i128>,
    pub orders_365: i64,
    /// Net money of the same days, returns subtracted.
    pub revenue_365: i128,
    /// Net money in each of the last twelve whole months.
    pub months: Vec<i128>,
    /// Months of these since the one of the first purchase.
    pub known: usize,
    pub positive: i128,
    pub negative: i128,
}

impl Customer {
    /// Net money of the twelve months together.
    pub fn months_sum(&self) -> i128 {
        self.months.iter().sum()
    }
}

/// Customers in order of id, as of the end of a day.
pub fn customers(lines: &[Line], as_of: i64) -> Vec<Customer> {
    let mut by_customer: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.day <= as_of) {
        if let Some(id) = &line.customer {
            by_customer.entry(id).or_default().push(line);
        }
    }
    let spans = whole_months(as_of);
    by_customer.into_iter().map(|(id, lines)| customer(id, &lines, as_of, &spans)).collect()
}

fn customer(id: &str, lines: &[&Line], as_of: i64, spans: &[(i64, i64)]) -> Customer {
    let mut by_order: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    lines.iter().for_each(|line| by_order.entry(&line.order).or_default().push(line));
    let all: Vec<Order> = by_order.values().map(|lines| order(lines)).collect();
    let orders: Vec<&Order> = all.iter().filter(|order| !order.is_return).collect();
    let mut days: Vec<i64> = orders.iter().map(|order| order.at.0).collect();
    days.sort();
    days.dedup();
    let gaps: Vec<i128> = days.windows(2).map(|pair| i128::from(pair[1] - pair[0])).collect();
    let in_month = |span: &(i64, i64)| {
        let inside = all.iter().filter(|order| (span.0..=span.1).contains(&order.at.0));
        inside.map(|order| order.amount).sum()
    };
    let first = days.first().copied();
    Customer {
        id: id.to_owned(),
        orders: orders.len() as i64,
        returns: (all.len() - orders.len()) as i64,
        order_days: days.len() as i64,
        first,
        last: days.last().copied(),
        revenue: lines.iter().map(|line| line.amount).sum(),
        quantity: lines.iter().map(|line| line.quantity).sum(),
        median_order_twice: median_twice(orders.iter().map(|order| order.amount).collect()),
        median_quantity_twice: median_twice(orders.iter().map(|order| order.quantity).collect()),
        gaps: gaps.len() as i64,
        median_gap_twice: median_twice(gaps),
        orders_365: orders.iter().filter(|order| as_of - order.at.0 < 365).count() as i64,
        revenue_365: all.iter().filter(|order| as_of - order.at.0 < 365).map(|order| order.amount).sum(),
        months: spans.iter().map(in_month).collect(),
        known: first.map_or(0, |first| spans.iter().filter(|span| span.1 >= first).count()),
        positive: lines.iter().map(|line| line.amount.max(0)).sum(),
        negative: lines.iter().map(|line| line.amount.min(0)).sum(),
    }
}

fn order(lines: &[&Line]) -> Order {
    Order {
        at: lines.iter().map(|line| (line.day, line.time)).min().expect("an order has a line"),
        amount: lines.iter().map(|line| line.amount).sum(),
        quantity: lines.iter().map(|line| line.quantity).sum(),
        is_return: lines.iter().all(|line| line.amount < 0 || (line.amount == 0 && line.quantity < 0)),
    }
}

/// Twice the median: the two middle values together, or the middle one twice.
pub fn median_twice(mut values: Vec<i128>) -> Option<i128> {
    values.sort();
    let n = values.len();
    (n > 0).then(|| values[(n - 1) / 2] + values[n / 2])
}
