//! Features of how large a typical order is.

use super::{Accumulator, Asked, Column, asks_any, median};
use crate::scan::{Customer, Need};
use arrow_array::types::Decimal64Type;
use arrow_array::{Array, ArrayRef};
use model::money::divide_half_even;

pub struct OrderSizes {
    median_order: Column<Decimal64Type>,
    median_quantity: Column<Decimal64Type>,
    sizes: Vec<i64>,
}

impl Accumulator for OrderSizes {
    const FEATURES: &'static [&'static str] = &["median_order", "median_quantity"];

    fn new(question: &Asked<'_>) -> Option<OrderSizes> {
        asks_any(question, Self::FEATURES).then(|| OrderSizes {
            median_order: Column::new(question, "median_order"),
            median_quantity: Column::new(question, "median_quantity"),
            sizes: Vec::new(),
        })
    }

    fn need(&self) -> Need {
        Need { quantity: self.median_quantity.asked(), ..Need::default() }
    }

    fn add(&mut self, customer: &Customer<'_>) {
        let orders = || customer.orders.iter().filter(|order| !order.is_return);
        if self.median_order.asked() {
            self.sizes.clear();
            self.sizes.extend(orders().map(|order| order.amount));
            self.median_order.push(middle(&mut self.sizes));
        }
        if self.median_quantity.asked() {
            self.sizes.clear();
            if let Some(quantities) = &customer.lines.quantities {
                let known = |rows: std::ops::Range<usize>| {
                    let valid = rows.filter(|&row| quantities.is_valid(row));
                    valid.map(|row| quantities.value(row)).reduce(|a, b| a + b)
                };
                self.sizes.extend(orders().filter_map(|order| known(order.rows.clone())));
            }
            self.median_quantity.push(middle(&mut self.sizes));
        }
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        [self.median_order.end(), self.median_quantity.end()].into_iter().flatten().collect()
    }
}

/// The median, rounded half to even where two middle values have none between them.
fn middle(sizes: &mut [i64]) -> Option<i64> {
    median(sizes).map(|(low, high)| divide_half_even(i128::from(low) + i128::from(high), 2) as i64)
}
