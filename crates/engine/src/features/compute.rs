//! From facts to features: one pass per bucket, buckets in parallel.

use super::accumulate::{Accumulator, Favourites, MoneySums, OrderDays, OrderSizes, Periods, Shares};
use super::list::FEATURES;
use super::question::Question;
use super::table::Features;
use crate::facts::FactSet;
use crate::facts::bucket::BUCKETS;
use crate::facts::set::FactError;
use crate::progress::Watch;
use crate::scan::{Customer, Need, visit_customers};
use arrow_array::ArrayRef;
use arrow_array::builder::StringBuilder;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The features of all customers known as of the question's moment, bucket by bucket, each sorted
/// by customer id. The same on any number of threads.
///
/// # Errors
/// A fact file cannot be read.
pub fn compute(
    facts: &FactSet,
    question: &Question,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Vec<Features>, FactError> {
    let next = AtomicUsize::new(0);
    let done: Vec<Mutex<Option<Result<Features, FactError>>>> =
        (0..BUCKETS).map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, BUCKETS) {
            scope.spawn(|| {
                loop {
                    let bucket = next.fetch_add(1, Ordering::Relaxed);
                    if bucket >= BUCKETS {
                        break;
                    }
                    let features = compute_bucket(facts, bucket, question);
                    *done[bucket].lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(features);
                    watch.advance("scan", bucket as u64 + 1, BUCKETS as u64);
                }
            });
        }
    });
    done.into_iter()
        .filter_map(|slot| slot.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner))
        .collect()
}

/// The features of one bucket's customers.
///
/// # Errors
/// A fact file cannot be read.
pub fn compute_bucket(facts: &FactSet, bucket: usize, question: &Question) -> Result<Features, FactError> {
    let mut orders = OrderDays::new(question);
    let mut money = MoneySums::new(question);
    let mut sizes = OrderSizes::new(question);
    let mut periods = Periods::new(question);
    let mut shares = Shares::new(question);
    let mut favourites = Favourites::new(question);
    let need = [
        orders.as_ref().map(Accumulator::need),
        money.as_ref().map(Accumulator::need),
        sizes.as_ref().map(Accumulator::need),
        periods.as_ref().map(Accumulator::need),
        shares.as_ref().map(Accumulator::need),
        favourites.as_ref().map(Accumulator::need),
    ]
    .into_iter()
    .flatten()
    .fold(Need::default(), Need::and);
    let mut ids = StringBuilder::new();
    visit_customers(facts, bucket, question.as_of, need, &mut |customer: &Customer<'_>| {
        ids.append_value(customer.id);
        add(&mut orders, customer);
        add(&mut money, customer);
        add(&mut sizes, customer);
        add(&mut periods, customer);
        add(&mut shares, customer);
        add(&mut favourites, customer);
    })?;
    let mut columns: Vec<(&'static str, ArrayRef)> = Vec::new();
    columns.extend(orders.map(Accumulator::finish).into_iter().flatten());
    columns.extend(money.map(Accumulator::finish).into_iter().flatten());
    columns.extend(sizes.map(Accumulator::finish).into_iter().flatten());
    columns.extend(periods.map(Accumulator::finish).into_iter().flatten());
    columns.extend(shares.map(Accumulator::finish).into_iter().flatten());
    columns.extend(favourites.map(Accumulator::finish).into_iter().flatten());
    let place = |name: &str| FEATURES.iter().position(|feature| feature.name == name);
    columns.sort_by_key(|(name, _)| place(name));
    Ok(Features::new(ids.finish(), columns))
}

fn add<A: Accumulator>(accumulator: &mut Option<A>, customer: &Customer<'_>) {
    if let Some(accumulator) = accumulator {
        accumulator.add(customer);
    }
}
