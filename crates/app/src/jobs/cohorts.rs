//! Customers by the period of their first order.

use super::segment::moment;
use crate::base::Base;
use anyhow::Result;
use engine::overview::{Cohort, cohorts as gathered};
use engine::progress::Watch;
use model::calendar::{AsOf, Day, Period};

/// Cohorts as of a moment.
pub struct Cohorts {
    pub as_of: AsOf,
    pub period: Period,
    /// Oldest first.
    pub cohorts: Vec<Cohort>,
}

/// Follows those who first ordered in each period.
///
/// # Errors
/// A base without facts, or one that cannot be read.
pub fn cohorts(
    base: &Base,
    period: Period,
    as_of: Option<Day>,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Cohorts> {
    let (facts, _) = base.facts()?;
    let as_of = moment(&facts, as_of)?;
    Ok(Cohorts { as_of, period, cohorts: gathered(&facts, as_of, period, threads, watch)? })
}

impl Cohorts {
    /// The first day of the period that a cohort is `age` periods old in, and whether it is over.
    pub fn at(&self, cohort: &Cohort, age: usize) -> (Day, bool) {
        let number = self.period.of(cohort.first_day) + i32::try_from(age).unwrap_or(i32::MAX / 2);
        (self.period.first_day(number), self.period.last_day(number) <= self.as_of.0)
    }
}
