//! Repeat orders of a base week by week: what a model expects beside what happened.

use crate::prediction::history::Past;
use crate::prediction::history::weeks;
use crate::prediction::models::FittedOrders;
use serde::Serialize;
use std::collections::BTreeMap;

/// The state at the end of a week.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Week {
    /// Days from the base's first day to the end of the week.
    pub days: u32,
    /// Repeat orders up to then.
    pub actual: u64,
    /// What the model expects of customers known only by their first day.
    pub expected: f64,
}

/// Cumulative repeat orders at the end of each of so many weeks.
///
/// `first_days` counts customers by the day of their first order, `repeat_days` repeat orders by
/// day, both in days from the base's first day.
pub fn cumulative(
    model: &FittedOrders,
    first_days: &BTreeMap<u32, u64>,
    repeat_days: &BTreeMap<u32, u64>,
    count: u32,
) -> Vec<Week> {
    // A new customer's expectation by age in days, each computed once.
    let ages = first_days.keys().next().map_or(0, |first| (count * 7).saturating_sub(*first));
    let expected: Vec<f64> = (0..=ages).map(|age| model.process().orders(&Past::NEW, weeks(age))).collect();
    let at = |week: u32| {
        let days = week * 7;
        let known = first_days.range(..days);
        // A first day's customers are a day old at the end of the next one.
        let expected = known.map(|(&first, &new)| new as f64 * expected[(days - 1 - first) as usize]).sum();
        Week { days, actual: repeat_days.range(..days).map(|(_, &orders)| orders).sum(), expected }
    };
    (1..=count).map(at).collect()
}
