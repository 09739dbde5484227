//! Features of how much is let off and how much comes back.

use super::{Accumulator, Asked, Column, asks_any};
use crate::scan::{Customer, Need};
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef};

pub struct Shares {
    discount: Column<Float64Type>,
    returned: Column<Float64Type>,
}

impl Accumulator for Shares {
    const FEATURES: &'static [&'static str] = &["discount_share", "return_share"];

    fn new(question: &Asked<'_>) -> Option<Shares> {
        asks_any(question, Self::FEATURES).then(|| Shares {
            discount: Column::new(question, "discount_share"),
            returned: Column::new(question, "return_share"),
        })
    }

    fn need(&self) -> Need {
        Need { discount: self.discount.asked(), ..Need::default() }
    }

    fn add(&mut self, customer: &Customer<'_>) {
        let amounts = customer.lines.amounts();
        let (mut bought, mut returned, mut discount) = (0_i64, 0_i64, 0_i64);
        for row in customer.rows.clone() {
            if amounts[row] < 0 {
                returned -= amounts[row];
            } else {
                bought += amounts[row];
                if let Some(discounts) = customer.lines.discounts.as_ref().filter(|all| all.is_valid(row)) {
                    discount += discounts.value(row);
                }
            }
        }
        let share = |part: i64, whole: i64| (whole > 0).then(|| part as f64 / whole as f64);
        self.discount.push(share(discount, bought + discount));
        self.returned.push(share(returned, bought));
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        [self.discount.end(), self.returned.end()].into_iter().flatten().collect()
    }
}
