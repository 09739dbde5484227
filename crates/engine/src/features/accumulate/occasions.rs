//! The holiday that a customer buys for, where there is one.

use super::{Accumulator, Asked, TextColumn, asks_any};
use crate::features::question::HolidayDays;
use crate::scan::{Customer, Need};
use arrow_array::ArrayRef;
use hashbrown::HashMap;

/// Days before a holiday in which an order is for it; the holiday itself counts too.
const DAYS_BEFORE: i32 = 14;
/// Orders from which a habit can be told.
const ORDERS_MIN: usize = 2;

pub struct Occasions {
    holidays: Vec<HolidayDays>,
    /// The holidays, as bits, that an order of a day may be for.
    of_day: HashMap<i32, u64>,
    occasion: TextColumn,
}

impl Accumulator for Occasions {
    const FEATURES: &'static [&'static str] = &["occasion"];

    fn new(question: &Asked<'_>) -> Option<Occasions> {
        asks_any(question, Self::FEATURES).then(|| {
            let mut of_day: HashMap<i32, u64> = HashMap::new();
            for (place, holiday) in question.holidays.iter().enumerate().take(64) {
                for day in &holiday.days {
                    let before = (0..=DAYS_BEFORE).map(|days| day.plus(-days).0);
                    before.for_each(|day| *of_day.entry(day).or_default() |= 1 << place);
                }
            }
            let occasion = TextColumn::new(question, "occasion");
            Occasions { holidays: question.holidays.clone(), of_day, occasion }
        })
    }

    fn need(&self) -> Need {
        Need::default()
    }

    fn add(&mut self, customer: &Customer<'_>) {
        let mut orders = 0;
        let mut before = [0_usize; 64];
        for order in customer.orders.iter().filter(|order| !order.is_return) {
            orders += 1;
            let mut holidays = self.of_day.get(&order.day.0).copied().unwrap_or(0);
            while holidays != 0 {
                before[holidays.trailing_zeros() as usize] += 1;
                holidays &= holidays - 1;
            }
        }
        // Two thirds or more; of several holidays the one with the most orders, then the first.
        let best = (0..self.holidays.len().min(64)).rev().max_by_key(|&place| before[place]);
        let bought_for = best.filter(|&place| orders >= ORDERS_MIN && before[place] * 3 >= orders * 2);
        self.occasion.push(bought_for.map(|place| self.holidays[place].name.as_str()));
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        self.occasion.end().into_iter().collect()
    }
}
