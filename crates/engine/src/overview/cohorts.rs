//! Customers by the period of their first order, followed from period to period.

use super::Cohort;
use crate::facts::FactSet;
use crate::facts::bucket::BUCKETS;
use crate::facts::set::FactError;
use crate::progress::Watch;
use crate::scan::{Need, Order, visit_customers};
use hashbrown::HashMap;
use model::calendar::{AsOf, Day, Period};
use model::money::Money;
use model::parallel;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Longest history whose periods are worked out beforehand, in days.
const DAYS_MAX: i32 = 36_525;

/// The cohorts of a base as of a moment, oldest first. The same on any number of threads.
///
/// # Errors
/// A fact file cannot be read.
pub fn cohorts(
    facts: &FactSet,
    as_of: AsOf,
    period: Period,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Vec<Cohort>, FactError> {
    let calendar = Calendar::of(facts, period);
    let done = AtomicUsize::new(0);
    let buckets = parallel::in_order(BUCKETS, threads, |bucket| {
        let mut own = Cohorts::default();
        visit_customers(facts, bucket, as_of, Need::default(), &mut |customer| {
            let mut life = Life::default();
            for order in customer.orders {
                life.order(order, calendar.number(order.day), &mut own);
            }
        })?;
        watch.advance("cohorts", done.fetch_add(1, Ordering::Relaxed) as u64 + 1, BUCKETS as u64);
        Ok(own)
    });
    let mut all = Cohorts::default();
    for own in buckets {
        all.add(own?);
    }
    Ok(all.finish(period, as_of))
}

/// The period of each day of a base's history: going over the calendar for every order is slow.
pub(super) struct Calendar {
    period: Period,
    first: Day,
    numbers: Vec<i32>,
}

impl Calendar {
    pub(super) fn of(facts: &FactSet, period: Period) -> Calendar {
        let (first, last) = facts.first_day().zip(facts.newest_day()).unwrap_or_default();
        let last = last.min(first.plus(DAYS_MAX));
        Calendar { period, first, numbers: (first.0..=last.0).map(|day| period.of(Day(day))).collect() }
    }

    /// The number of the period that a day lies in.
    pub(super) fn number(&self, day: Day) -> i32 {
        let known = usize::try_from(day.since(self.first)).ok().and_then(|place| self.numbers.get(place));
        known.copied().unwrap_or_else(|| self.period.of(day))
    }
}

/// Cohorts as they are gathered. Everything is exact, so the order of adding does not matter.
#[derive(Default)]
pub(super) struct Cohorts {
    sizes: HashMap<i32, u64>,
    /// By numbers of the cohort's period and of that of activity: customers, net money.
    cells: HashMap<(i32, i32), (u64, i64)>,
}

/// One customer's way through its orders, oldest first.
#[derive(Default)]
pub(super) struct Life {
    cohort: Option<i32>,
    active: Option<i32>,
}

impl Life {
    /// The next order or return, in this period; says whether it is the first order of the period.
    pub(super) fn order(&mut self, order: &Order, number: i32, cohorts: &mut Cohorts) -> bool {
        let mut first_of_period = false;
        if !order.is_return {
            let cohort = *self.cohort.get_or_insert_with(|| {
                *cohorts.sizes.entry(number).or_default() += 1;
                number
            });
            if self.active != Some(number) {
                self.active = Some(number);
                first_of_period = true;
                cohorts.cells.entry((cohort, number)).or_default().0 += 1;
            }
        }
        if let Some(cohort) = self.cohort {
            cohorts.cells.entry((cohort, number)).or_default().1 += order.amount;
        }
        first_of_period
    }
}

impl Cohorts {
    pub(super) fn add(&mut self, other: Cohorts) {
        for (place, (customers, money)) in other.cells {
            let own = self.cells.entry(place).or_default();
            *own = (own.0 + customers, own.1 + money);
        }
        for (number, customers) in other.sizes {
            *self.sizes.entry(number).or_default() += customers;
        }
    }

    pub(super) fn finish(self, period: Period, as_of: AsOf) -> Vec<Cohort> {
        let last = period.of(as_of.0);
        let mut sizes: Vec<(i32, u64)> = self.sizes.into_iter().collect();
        sizes.sort_unstable();
        let cohort = |(cohort, customers): (i32, u64)| {
            let of = |number: i32| self.cells.get(&(cohort, number)).copied().unwrap_or_default();
            let ages = (cohort..=last).map(of).map(|(active, money)| (active, Money(money))).collect();
            Cohort { first_day: period.first_day(cohort), customers, ages }
        };
        sizes.into_iter().map(cohort).collect()
    }
}
