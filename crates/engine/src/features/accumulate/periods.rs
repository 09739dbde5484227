//! Features of how money is spread over periods: what ABC and XYZ look at.

use super::{Accumulator, Asked, Column, asks_any};
use crate::features::question::Measure;
use crate::scan::{Customer, Need, Order};
use arrow_array::types::{Decimal64Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef};
use model::calendar::{Day, PeriodWindow};
use model::money::SCALE;
use model::variation::coefficients_of_variation;

pub struct Periods {
    calendar: PeriodCalendar,
    abc_measure: Measure,
    xyz_measure: Measure,
    season: Option<Vec<f64>>,
    revenue: Column<Decimal64Type>,
    measure: Column<Decimal64Type>,
    known: Column<Int64Type>,
    cv: Column<Float64Type>,
    block: Block,
}

/// Customers whose variation is worked out together.
const BLOCK: usize = 64;

/// Sums of customers whose variation is yet to be worked out: a chain of additions for one customer
/// takes as long as those of several side by side.
struct Block {
    /// Per period, and at last for what lies outside of the window, a sum for each customer.
    sums: Vec<[i64; BLOCK]>,
    /// Periods that each is known for.
    known: [usize; BLOCK],
    /// The place of each among all customers.
    places: [usize; BLOCK],
    customers: usize,
    numbers: Vec<[f64; BLOCK]>,
}

impl Accumulator for Periods {
    const FEATURES: &'static [&'static str] =
        &["periods_revenue", "periods_measure", "periods_known", "revenue_cv"];

    fn new(question: &Asked<'_>) -> Option<Periods> {
        asks_any(question, Self::FEATURES).then(|| Periods {
            calendar: PeriodCalendar::new(question.periods),
            abc_measure: question.abc_measure,
            xyz_measure: question.xyz_measure,
            season: question.season.clone(),
            revenue: Column::new(question, "periods_revenue"),
            measure: Column::new(question, "periods_measure"),
            known: Column::new(question, "periods_known"),
            cv: Column::new(question, "revenue_cv"),
            block: Block {
                sums: vec![[0; BLOCK]; question.periods.count as usize + 1],
                known: [0; BLOCK],
                places: [0; BLOCK],
                customers: 0,
                numbers: Vec::new(),
            },
        })
    }

    fn need(&self) -> Need {
        let of = |measure: Measure| {
            (self.measure.asked() && self.abc_measure == measure)
                || (self.cv.asked() && self.xyz_measure == measure)
        };
        Need { cost: of(Measure::Margin), quantity: of(Measure::Quantity), ..Need::default() }
    }

    fn add(&mut self, customer: &Customer<'_>) {
        let mut varied = None;
        if self.known.asked() || self.cv.asked() {
            let first = customer.totals.days.map(|(first, _)| first);
            let known = first.map_or(0, |day| self.calendar.periods_since(day));
            self.known.push(known as i64);
            if self.cv.asked() {
                varied = Some(self.vary(customer, known));
            }
        }
        let total = |measure| match varied {
            // The variation has just been prepared of the same sums.
            Some(sum) if measure == self.xyz_measure => sum,
            _ => self.total(customer, measure),
        };
        let revenue = self.revenue.asked() || (self.measure.asked() && self.abc_measure == Measure::Revenue);
        let revenue = revenue.then(|| total(Measure::Revenue));
        let measured = match self.abc_measure {
            Measure::Revenue => revenue,
            measure => self.measure.asked().then(|| total(measure)),
        };
        if let Some(revenue) = revenue {
            self.revenue.push(revenue);
        }
        if let Some(measured) = measured {
            self.measure.push(measured);
        }
    }

    fn finish(mut self) -> Vec<(&'static str, ArrayRef)> {
        self.end_block();
        [self.revenue.end(), self.measure.end(), self.known.end(), self.cv.end()]
            .into_iter()
            .flatten()
            .collect()
    }
}

impl Periods {
    fn total(&self, customer: &Customer<'_>, measure: Measure) -> i64 {
        let inside = customer.orders.iter().filter(|order| self.calendar.position(order.day).is_some());
        inside.map(|order| value(customer, order, measure)).sum()
    }

    /// Puts a customer known for some periods into the block, and returns the sum of the window.
    fn vary(&mut self, customer: &Customer<'_>, known: usize) -> i64 {
        let from = self.calendar.first;
        if customer.orders.last().is_none_or(|last| last.day < from) {
            // Nothing varies in the window of who came no more.
            self.cv.push(None);
            return 0;
        }
        let (calendar, place) = (&self.calendar, self.block.customers);
        let sums = &mut self.block.sums[..];
        let mut sum = 0;
        // Which orders lie in the window cannot be foreseen, so all are added up.
        let mut add = |day: Day, value: i64| {
            let period = calendar.place(day);
            sums[period][place] += value;
            sum += if period < calendar.count { value } else { 0 };
        };
        match self.xyz_measure {
            Measure::Revenue => customer.orders.iter().for_each(|order| add(order.day, order.amount)),
            measure => {
                let recent = customer.orders.iter().filter(|order| order.day >= from);
                recent.for_each(|order| add(order.day, value(customer, order, measure)));
            }
        }
        self.block.known[place] = known;
        self.block.places[place] = self.cv.len();
        self.cv.push(0.0);
        self.block.customers += 1;
        if self.block.customers == BLOCK {
            self.end_block();
        }
        sum
    }

    /// Works out the variation of all in the block, and empties it.
    fn end_block(&mut self) {
        let Block { sums, known, places, customers, numbers } = &mut self.block;
        let periods = sums.len() - 1;
        numbers.clear();
        numbers.extend(sums[..periods].iter().map(|period| period.map(|sum| sum as f64)));
        for (period, index) in numbers.iter_mut().zip(self.season.iter().flatten()) {
            if *index > 0.0 {
                period.iter_mut().for_each(|number| *number /= index);
            }
        }
        let variations = coefficients_of_variation(numbers, known);
        for (&place, variation) in places.iter().zip(variations).take(*customers) {
            self.cv.put(place, variation);
        }
        sums.iter_mut().for_each(|period| period.fill(0));
        *customers = 0;
    }
}

/// What an order counts for, in 1/10 000.
pub fn value(customer: &Customer<'_>, order: &Order, measure: Measure) -> i64 {
    let lines = customer.lines;
    match measure {
        Measure::Revenue => order.amount,
        Measure::Orders => i64::from(!order.is_return) * SCALE,
        Measure::Margin => lines.costs.as_ref().map_or(0, |costs| {
            let costed = order.rows.clone().filter(|&row| costs.is_valid(row));
            costed.map(|row| lines.amounts()[row] - costs.value(row)).sum()
        }),
        Measure::Quantity => lines.quantities.as_ref().map_or(0, |quantities| {
            order.rows.clone().filter(|&row| quantities.is_valid(row)).map(|row| quantities.value(row)).sum()
        }),
    }
}

/// The period of each day of a window, looked up instead of computed for every order.
pub struct PeriodCalendar {
    first: Day,
    /// Periods of the window.
    count: usize,
    /// The period of each day, and at last their number, for what lies outside of the window.
    positions: Vec<u16>,
}

impl PeriodCalendar {
    pub fn new(window: PeriodWindow) -> PeriodCalendar {
        let first = window.first_day();
        let days = 0..=window.last_day().since(first);
        let positions = days.filter_map(|day| window.position(first.plus(day))).map(|at| at as u16);
        let positions = positions.chain([window.count as u16]).collect();
        PeriodCalendar { first, count: window.count as usize, positions }
    }

    /// Periods of the window from the one that a day lies in.
    pub fn periods_since(&self, day: Day) -> usize {
        if day < self.first { self.count } else { self.count - self.place(day) }
    }

    /// As [`PeriodWindow::position`].
    pub fn position(&self, day: Day) -> Option<usize> {
        Some(self.place(day)).filter(|&place| place < self.count)
    }

    /// The period of a day, or the number of periods where it lies outside; found without a branch.
    fn place(&self, day: Day) -> usize {
        // Days before the window become large numbers.
        let offset = day.0.wrapping_sub(self.first.0).cast_unsigned() as usize;
        usize::from(self.positions[offset.min(self.positions.len() - 1)])
    }
}
