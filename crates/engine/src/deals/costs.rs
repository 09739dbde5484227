//! Classes summed up: how many deals, how much effort, what they bring and cost.

use super::class::Class;
use super::judge::Judged;
use super::settings::Plan;
use crate::facts::events::deal::Outcome;
use model::money::{Money, SCALE, divide_half_even};
use model::quantiles::ValueCounts;
use serde::Serialize;

/// One class, or all together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sum {
    /// `None`: all deals.
    pub class: Option<Class>,
    pub deals: u64,
    /// Share of the deals looked at.
    pub deals_share: f64,
    /// Share of won deals.
    pub conversion: Option<f64>,
    /// Mean of known amounts that are not zero, in 1/10 000.
    pub average_deal: Option<i64>,
    /// Median of days to close.
    pub cycle_days: Option<f64>,
    /// Hours of work in 1/10 000, over the deals whose effort is known.
    pub hours: Option<i64>,
    /// Deals whose effort is known.
    pub effort_known: u64,
    /// Share of all hours.
    pub hours_share: Option<f64>,
    /// What the hours cost, in 1/10 000, where the cost of an hour is set.
    pub cost: Option<i64>,
    /// Cost per deal whose effort is known, in 1/10 000.
    pub cost_per_deal: Option<i64>,
}

/// Every class and, last, all deals together.
pub fn sums(judged: &[Judged], plan: &Plan) -> Vec<Sum> {
    let all = sum(None, judged.iter(), judged.len(), None, plan);
    let each = Class::ALL.map(|class| {
        let own = judged.iter().filter(|one| one.class == class);
        sum(Some(class), own, judged.len(), all.hours, plan)
    });
    each.into_iter().chain([all.clone()]).collect()
}

fn sum<'a>(
    class: Option<Class>,
    judged: impl Iterator<Item = &'a Judged>,
    of: usize,
    all_hours: Option<i64>,
    plan: &Plan,
) -> Sum {
    let own: Vec<&Judged> = judged.collect();
    let deals = own.len() as u64;
    let won = own.iter().filter(|one| one.deal.outcome == Outcome::Won).count();
    let amounts: Vec<i64> =
        own.iter().filter_map(|one| one.deal.amount).filter(|&amount| amount != 0).collect();
    let total: i128 = amounts.iter().map(|&amount| i128::from(amount)).sum();
    let days = ValueCounts::of(own.iter().filter_map(|one| one.deal.days_to_close()).collect());
    let effort: Vec<i64> = own.iter().filter_map(|one| one.deal.effort).collect();
    let hours = (!effort.is_empty()).then(|| {
        let units: i128 = effort.iter().map(|&effort| i128::from(effort)).sum();
        narrow(divide_half_even(units * i128::from(plan.hours_per_unit), i128::from(SCALE)))
    });
    let cost = hours.zip(plan.hour_cost).and_then(|(hours, cost)| Some(Money(cost).times(hours)?.0));
    let share = |part: i64, whole: i64| (whole > 0).then(|| part as f64 / whole as f64);
    Sum {
        class,
        deals,
        deals_share: if of == 0 { 0.0 } else { deals as f64 / of as f64 },
        conversion: (deals > 0).then(|| won as f64 / deals as f64),
        average_deal: (!amounts.is_empty()).then(|| narrow(divide_half_even(total, amounts.len() as i128))),
        cycle_days: days.median().map(|days| days / SCALE as f64),
        hours,
        effort_known: effort.len() as u64,
        hours_share: hours.and_then(|hours| share(hours, all_hours.unwrap_or(hours))),
        cost,
        cost_per_deal: cost
            .and_then(|cost| Some(Money(cost).divided_by(i64::try_from(effort.len()).ok()?)?.0)),
    }
}

fn narrow(number: i128) -> i64 {
    i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
}
