//! What the first order was like: known of everybody who has ever bought, whatever came later.

use super::{Accumulator, Asked, Column, TextColumn, asks_any};
use crate::scan::{Customer, Need, Order, Texts};
use arrow_array::ArrayRef;
use arrow_array::types::Decimal64Type;
use std::collections::BTreeMap;

pub struct FirstOrder {
    amount: Column<Decimal64Type>,
    channel: TextColumn,
    category: TextColumn,
    brand: TextColumn,
}

impl Accumulator for FirstOrder {
    const FEATURES: &'static [&'static str] =
        &["first_order_amount", "first_order_channel", "first_order_category", "first_order_brand"];

    fn new(question: &Asked<'_>) -> Option<FirstOrder> {
        asks_any(question, Self::FEATURES).then(|| FirstOrder {
            amount: Column::new(question, "first_order_amount"),
            channel: TextColumn::new(question, "first_order_channel"),
            category: TextColumn::new(question, "first_order_category"),
            brand: TextColumn::new(question, "first_order_brand"),
        })
    }

    fn need(&self) -> Need {
        Need {
            channel: self.channel.asked(),
            category: self.category.asked(),
            brand: self.brand.asked(),
            // Of several orders of a day the first.
            moment: true,
            ..Need::default()
        }
    }

    fn add(&mut self, customer: &Customer<'_>) {
        let lines = customer.lines;
        let first = customer.orders.iter().find(|order| !order.is_return);
        self.amount.push(first.map(|order| order.amount));
        self.channel.push(first.and_then(|order| opening(lines.channels.as_ref(), order)));
        self.category.push(first.and_then(|order| heaviest(lines.categories.as_ref(), customer, order)));
        self.brand.push(first.and_then(|order| heaviest(lines.brands.as_ref(), customer, order)));
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        [self.amount.end(), self.channel.end(), self.category.end(), self.brand.end()]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// The text of the first line of an order that has one.
pub fn opening<'a>(texts: Option<&'a Texts>, order: &Order) -> Option<&'a str> {
    let texts = texts?;
    texts.text(order.first_named(texts)?)
}

/// The text with the most money among the lines of an order; ties go to the first by name.
pub fn heaviest<'a>(texts: Option<&'a Texts>, customer: &Customer<'_>, order: &Order) -> Option<&'a str> {
    let texts = texts?;
    let mut money: BTreeMap<&str, i64> = BTreeMap::new();
    for row in order.rows.clone() {
        if let Some(name) = texts.text(row) {
            let sum = money.entry(name).or_default();
            *sum = sum.saturating_add(customer.lines.amounts()[row]);
        }
    }
    // Of equal ones `max_by_key` would take the last.
    money.into_iter().rev().max_by_key(|&(_, sum)| sum).map(|(name, _)| name)
}
