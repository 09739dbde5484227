//! Features of how money is spread over periods: what ABC and XYZ look at.

use super::{Accumulator, Column, asks_any};
use crate::features::question::{Measure, Question};
use crate::scan::{Customer, Need, Order};
use arrow_array::types::{Decimal64Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef};
use model::calendar::{Day, PeriodWindow};
use model::money::SCALE;
use model::variation::coefficient_of_variation;

pub struct Periods {
    calendar: PeriodCalendar,
    abc_measure: Measure,
    xyz_measure: Measure,
    season: Option<Vec<f64>>,
    revenue: Column<Decimal64Type>,
    measure: Column<Decimal64Type>,
    known: Column<Int64Type>,
    cv: Column<Float64Type>,
    sums: Vec<i64>,
    numbers: Vec<f64>,
}

impl Accumulator for Periods {
    const FEATURES: &'static [&'static str] =
        &["periods_revenue", "periods_measure", "periods_known", "revenue_cv"];

    fn new(question: &Question) -> Option<Periods> {
        asks_any(question, Self::FEATURES).then(|| Periods {
            calendar: PeriodCalendar::new(question.periods),
            abc_measure: question.abc_measure,
            xyz_measure: question.xyz_measure,
            season: question.season.clone(),
            revenue: Column::new(question, "periods_revenue"),
            measure: Column::new(question, "periods_measure"),
            known: Column::new(question, "periods_known"),
            cv: Column::new(question, "revenue_cv"),
            sums: vec![0; question.periods.count as usize],
            numbers: Vec::new(),
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
        if self.known.asked() || self.cv.asked() {
            let first = customer.orders.iter().find(|order| !order.is_return).map(|order| order.day);
            let known = first.map_or(0, |day| self.calendar.periods_since(day));
            self.known.push(known as i64);
            if self.cv.asked() {
                let cv = self.variation(customer, known);
                self.cv.push(cv);
            }
        }
        if self.revenue.asked() || (self.measure.asked() && self.abc_measure == Measure::Revenue) {
            let revenue = self.total(customer, Measure::Revenue);
            self.revenue.push(revenue);
            if self.abc_measure == Measure::Revenue {
                self.measure.push(revenue);
            }
        }
        if self.measure.asked() && self.abc_measure != Measure::Revenue {
            let total = self.total(customer, self.abc_measure);
            self.measure.push(total);
        }
    }

    fn finish(self) -> Vec<(&'static str, ArrayRef)> {
        [self.revenue.end(), self.measure.end(), self.known.end(), self.cv.end()]
            .into_iter()
            .flatten()
            .collect()
    }
}

impl Periods {
    fn total(&self, customer: &Customer<'_>, measure: Measure) -> i64 {
        if self.cv.asked() && measure == self.xyz_measure {
            // The variation of the same customer has just been worked out of the same sums.
            return self.sums.iter().sum();
        }
        let inside = customer.orders.iter().filter(|order| self.calendar.position(order.day).is_some());
        inside.map(|order| value(customer, order, measure)).sum()
    }

    fn variation(&mut self, customer: &Customer<'_>, known: usize) -> Option<f64> {
        self.sums.fill(0);
        // Orders rise by day: what lies before the window is not looked at.
        for order in customer.orders.iter().rev().take_while(|order| order.day >= self.calendar.first) {
            if let Some(position) = self.calendar.position(order.day) {
                self.sums[position] += value(customer, order, self.xyz_measure);
            }
        }
        let skipped = self.sums.len() - known;
        self.numbers.clear();
        self.numbers.extend(self.sums[skipped..].iter().map(|&sum| sum as f64));
        if let Some(season) = &self.season {
            for (number, index) in self.numbers.iter_mut().zip(&season[skipped..]) {
                *number = if *index > 0.0 { *number / index } else { *number };
            }
        }
        coefficient_of_variation(&self.numbers)
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
    positions: Vec<u16>,
}

impl PeriodCalendar {
    pub fn new(window: PeriodWindow) -> PeriodCalendar {
        let first = window.first_day();
        let days = 0..=window.last_day().since(first);
        let positions = days.filter_map(|day| window.position(first.plus(day))).map(|at| at as u16).collect();
        PeriodCalendar { first, positions }
    }

    /// Periods of the window from the one that a day lies in.
    pub fn periods_since(&self, day: Day) -> usize {
        let count = self.positions.last().map_or(0, |&last| usize::from(last) + 1);
        if day < self.first { count } else { self.position(day).map_or(0, |position| count - position) }
    }

    /// As [`PeriodWindow::position`].
    pub fn position(&self, day: Day) -> Option<usize> {
        let offset = usize::try_from(day.since(self.first)).ok()?;
        self.positions.get(offset).map(|&position| usize::from(position))
    }
}
