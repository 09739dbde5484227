//! What came after an earlier moment, beside what was predicted then and what simple rules say.

use super::fitted::Fitted;
use super::sample::{Basis, Purchases};
use crate::facts::FactSet;
use crate::facts::bucket::BUCKETS;
use crate::facts::set::FactError;
use crate::features::Features;
use crate::progress::Watch;
use crate::scan::{Customer, Need, Order, visit_customers};
use arrow_array::Array;
use model::calendar::{AsOf, Day};
use model::parallel;
use model::prediction::history::{Histories, History, weeks};
use model::prediction::holdout::accuracy::Pair;
use model::prediction::holdout::rules::{RECENT_DAYS, Rule};
use model::prediction::holdout::tracking::{Week, cumulative};
use model::prediction::holdout::{self, Comparison, Held, HoldoutCheck};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Days of a week, by which the base is followed.
const WEEK_DAYS: u32 = 7;

/// What the customers of a bucket did: one value per row of its features, which are of the moment
/// that the holdout begins after. Money in 1/10 000, on the basis of the base.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Afterwards {
    /// Days with an order in the holdout.
    pub days: Vec<u32>,
    /// Net money in the holdout.
    pub money: Vec<i64>,
    /// Net money up to the moment.
    past: Vec<i64>,
    /// Net money of the last half-year before it.
    recent: Vec<i64>,
    /// New customers by the day of their first order.
    first_days: BTreeMap<Day, u64>,
    /// Repeat days of these customers up to the end of the holdout, by day.
    repeat_days: BTreeMap<Day, u64>,
}

/// How a model did in a holdout.
#[derive(Clone, Debug, PartialEq)]
pub struct HoldoutReport {
    /// First and last day of the holdout.
    pub from: Day,
    pub to: Day,
    pub days: u32,
    /// Days with an order, over all customers known at the beginning.
    pub actual_orders: u64,
    pub orders: HoldoutCheck,
    /// Money, not discounted, in units of the currency.
    pub money: Comparison,
    /// Repeat orders of these customers from the base's first day to the end of the holdout.
    pub weeks: Vec<Week>,
}

/// Counts what came in the days after a moment: one pass over the facts up to their end. `features`
/// are those of the moment, bucket by bucket.
///
/// # Errors
/// A fact file cannot be read.
pub fn afterwards(
    facts: &FactSet,
    features: &[Features],
    (moment, days): (AsOf, u32),
    basis: Basis,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Vec<Afterwards>, FactError> {
    let done = AtomicUsize::new(0);
    let need = Need { cost: basis == Basis::Margin, ..Need::default() };
    let end = AsOf(moment.0.plus(days as i32));
    let buckets = parallel::in_order(features.len().min(BUCKETS), threads, |bucket| {
        let ids = features[bucket].customer_ids();
        let mut found = Afterwards::default();
        visit_customers(facts, bucket, end, need, &mut |customer| {
            // Both walks are in order of id; who is not in the features came later.
            let row = found.days.len();
            if row < ids.len() && ids.value(row) == customer.id {
                found.add(customer, moment.0, basis);
            }
        })?;
        watch.advance("holdout", done.fetch_add(1, Ordering::Relaxed) as u64 + 1, BUCKETS as u64);
        Ok(found)
    });
    buckets.into_iter().collect()
}

impl Afterwards {
    fn add(&mut self, customer: &Customer<'_>, moment: Day, basis: Basis) {
        let recent_from = moment.plus(1 - RECENT_DAYS as i32);
        let (mut past, mut recent, mut after, mut days) = (0, 0, 0, 0);
        let mut previous: Option<Day> = None;
        for order in customer.orders {
            let money = money(customer, order, basis);
            if order.day > moment {
                after += money;
            } else {
                past += money;
                recent += if order.day >= recent_from { money } else { 0 };
            }
            if order.is_return || previous == Some(order.day) {
                continue;
            }
            match previous {
                // Who first orders in the holdout was no customer whose orders were predicted.
                None if order.day > moment => break,
                None => *self.first_days.entry(order.day).or_default() += 1,
                Some(_) => *self.repeat_days.entry(order.day).or_default() += 1,
            }
            days += u32::from(order.day > moment);
            previous = Some(order.day);
        }
        self.days.push(days);
        self.money.push(after);
        self.past.push(past);
        self.recent.push(recent);
    }
}

/// Money of an order: all of it, or what is left of the lines with a known cost.
fn money(customer: &Customer<'_>, order: &Order, basis: Basis) -> i64 {
    if basis == Basis::Revenue {
        return order.amount;
    }
    let Some(costs) = &customer.lines.costs else { return 0 };
    let known = order.rows.clone().filter(|&row| costs.is_valid(row));
    known.map(|row| customer.lines.amounts()[row] - costs.value(row)).sum()
}

/// Checks a model that was fitted on the features of the moment that the holdout begins after.
/// `None` where nobody had ordered by then.
pub fn check(
    fitted: &Fitted,
    histories: &Histories,
    features: &[Features],
    afterwards: &[Afterwards],
    (moment, days): (AsOf, u32),
    threads: usize,
) -> Option<HoldoutReport> {
    let predictor = fitted.predictor();
    let each = Each { features, afterwards, basis: fitted.basis };
    // Either list is given up before the other is made: of all customers they are long.
    let held = each.held();
    let actual_orders = held.iter().map(|one| u64::from(one.actual)).sum();
    let orders = holdout::check(&predictor.orders, held, days, threads)?;
    let expected =
        histories.map(threads, |history| predictor.orders.process().orders(&history.past(), weeks(days)));
    let money = each.money(|history, mean| {
        Some(expected[histories.position(history)?] * predictor.order_value(history.repeats, mean))
    })?;
    let own: Vec<Pair> = money.iter().map(|one| one.pair(one.expected)).collect();
    let by_rule =
        |rule: Rule| money.iter().map(|one| one.pair(rule.money(one.known, one.age, days))).collect();
    let money = holdout::compare(&own, by_rule);
    let weeks = tracked(fitted, histories, afterwards, (moment, days));
    let (from, to) = (moment.0.plus(1), moment.0.plus(days as i32));
    Some(HoldoutReport { from, to, days, actual_orders, orders, money, weeks })
}

/// The customers of the moment, and what each did then.
#[derive(Clone, Copy)]
struct Each<'a> {
    features: &'a [Features],
    afterwards: &'a [Afterwards],
    basis: Basis,
}

impl<'a> Each<'a> {
    /// Those of a bucket who had ordered: row, history, mean money of a repeat day.
    fn known(self, bucket: &'a Features) -> impl Iterator<Item = (usize, History, f64)> {
        let purchases = Purchases::new(bucket, self.basis);
        (0..bucket.len()).filter_map(move |row| Some((row, purchases.history(row)?, purchases.mean(row))))
    }

    /// Room for one of each customer: a list that grows is held twice while it does.
    fn room<T>(self) -> Vec<T> {
        Vec::with_capacity(self.features.iter().map(Features::len).sum())
    }

    fn held(self) -> Vec<Held> {
        let mut all = self.room();
        for (bucket, after) in self.features.iter().zip(self.afterwards) {
            let recent = bucket.counts("order_days_182");
            all.extend(self.known(bucket).map(|(row, history, _)| {
                let recent = recent.get(row).and_then(|days| u32::try_from(days).ok()).unwrap_or(0);
                Held { history, recent, actual: after.days[row], customers: 1 }
            }));
        }
        all
    }

    /// `None` where a history has no expectation.
    fn money(self, expected: impl Fn(History, f64) -> Option<f64>) -> Option<Vec<Spent>> {
        let mut all = self.room();
        for (bucket, after) in self.features.iter().zip(self.afterwards) {
            for (row, history, mean) in self.known(bucket) {
                all.push(Spent {
                    expected: expected(history, mean)?,
                    actual: units(after.money[row]),
                    known: (units(after.past[row]), units(after.recent[row])),
                    age: history.age,
                });
            }
        }
        Some(all)
    }
}

/// A customer's money, expected and actual, in units of the currency.
struct Spent {
    expected: f64,
    actual: f64,
    /// So far, and in the last half-year.
    known: (f64, f64),
    age: u32,
}

impl Spent {
    fn pair(&self, predicted: f64) -> Pair {
        Pair { predicted, actual: self.actual, customers: 1 }
    }
}

fn units(money: i64) -> f64 {
    money as f64 / model::money::SCALE as f64
}

/// Whole weeks from the day of the base's first order to the end of the holdout.
fn tracked(
    fitted: &Fitted,
    histories: &Histories,
    afterwards: &[Afterwards],
    (moment, days): (AsOf, u32),
) -> Vec<Week> {
    let first = moment.0.plus(-(histories.age_max() as i32));
    let sum = |of: &dyn Fn(&Afterwards) -> &BTreeMap<Day, u64>| {
        let mut all: BTreeMap<u32, u64> = BTreeMap::new();
        for (day, count) in afterwards.iter().flat_map(of) {
            *all.entry(day.since(first).unsigned_abs()).or_default() += count;
        }
        all
    };
    let (first_days, repeat_days) = (sum(&|after| &after.first_days), sum(&|after| &after.repeat_days));
    let count = (histories.age_max() + 1 + days) / WEEK_DAYS;
    cumulative(&fitted.orders.model, &first_days, &repeat_days, count)
}
