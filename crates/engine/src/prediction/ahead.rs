//! What is expected of customers in a time ahead, worked out once per distinct history.

use super::fitted::Predictor;
use super::sample::{Basis, Purchases, money_of};
use crate::features::Features;
use crate::progress::Watch;
use arrow_array::ArrayRef;
use arrow_array::builder::Float64Builder;
use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use model::money::Money;
use model::parallel;
use model::prediction::forecast::{Forecast, Horizon, expected, forecast};
use model::prediction::history::{Histories, History, Past, weeks};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The column of the probability that a customer has not left for good.
const ALIVE: &str = "p_alive";
/// Days of the twelve months that the expected value is of.
pub const VALUE_DAYS: u32 = 365;
/// Histories of one piece of work: a small shop has some thousands, and all threads shall work on them.
const CHUNK_HISTORIES: usize = 256;

/// What time ahead is asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahead {
    /// Days of the horizon of orders.
    pub days: u32,
    /// The next twelve months, in which value is discounted.
    year: Horizon,
}

impl Ahead {
    /// A horizon in days, at least one, and a discount per year such as 0.1.
    pub fn new(days: u32, yearly_discount: f64) -> Ahead {
        Ahead { days: days.max(1), year: Horizon::new(VALUE_DAYS, yearly_discount) }
    }

    /// The next twelve months.
    pub(super) fn year(&self) -> &Horizon {
        &self.year
    }
}

/// What is expected of one customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    pub alive: f64,
    /// Probability of at least one order in the horizon.
    pub any_order: f64,
    /// Expected orders in the horizon.
    pub orders: f64,
    /// Expected orders of the next twelve months, discounted.
    pub discounted_orders: f64,
    /// Money expected of the next twelve months, discounted.
    pub value: Money,
    /// Money expected of one order.
    pub order_value: Money,
    pub next_order_days: Option<u32>,
}

/// What the orders of customers with one history are expected to be; value comes on top.
pub(super) fn orders_ahead(predictor: &Predictor, past: &Past, ahead: &Ahead) -> Forecast {
    let mut found = forecast(&predictor.orders, past, &ahead.year);
    if ahead.days != VALUE_DAYS {
        let process = predictor.orders.process();
        found.any_order = process.any_order(past, weeks(ahead.days));
        found.orders = process.orders(past, weeks(ahead.days));
    }
    found
}

/// The prediction of a customer, given what the orders of the history are expected to be.
pub(super) fn valued(predictor: &Predictor, ahead: &Forecast, repeats: u32, mean: f64) -> Prediction {
    let order_value = predictor.order_value(repeats, mean);
    Prediction {
        alive: ahead.alive,
        any_order: ahead.any_order,
        orders: ahead.orders,
        discounted_orders: ahead.discounted_orders,
        value: money_of(ahead.discounted_orders * order_value),
        order_value: money_of(order_value),
        next_order_days: ahead.next_order_days,
    }
}

/// What is predicted of a base as a whole: what [`super::Predicted`] adds up to, without its tables.
#[derive(Clone, Debug, Default)]
pub struct Outlook {
    /// The probability `p_alive` that each customer has not left for good, bucket by bucket; nothing for who
    /// has never ordered.
    pub alive: Vec<Features>,
    /// Expected orders of all customers in the horizon.
    pub orders: f64,
    /// Expected value of all customers.
    pub value: Money,
}

impl Outlook {
    /// The probability of each customer with an order.
    pub fn each_alive(&self) -> impl Iterator<Item = f64> {
        let columns = self.alive.iter().filter_map(|bucket| bucket.column(ALIVE));
        columns.flat_map(|column| column.as_primitive::<Float64Type>().iter().flatten())
    }
}

/// As [`super::predict`], of the base as a whole.
pub fn outlook(
    predictor: &Predictor,
    histories: &Histories,
    ahead: &Ahead,
    (features, basis): (&[Features], Basis),
    threads: usize,
    watch: &dyn Watch,
) -> Outlook {
    let of = |past: &Past| {
        let mut found = expected(&predictor.orders, past, &ahead.year);
        if ahead.days != VALUE_DAYS {
            found.orders = predictor.orders.process().orders(past, weeks(ahead.days));
        }
        found
    };
    let all = ByHistory::new(histories, threads, watch, &of);
    let buckets = parallel::in_order(features.len(), threads, |bucket| {
        let purchases = Purchases::new(&features[bucket], basis);
        let (mut alive, mut value) = (Float64Builder::with_capacity(features[bucket].len()), 0);
        for row in 0..features[bucket].len() {
            let known = purchases.history(row).and_then(|history| Some((history, all.get(history)?)));
            alive.append_option(known.map(|(_, one)| one.alive));
            let Some((history, one)) = known else { continue };
            let order_value = predictor.order_value(history.repeats, purchases.mean(row));
            value += money_of(one.discounted_orders * order_value).0;
        }
        let ids = features[bucket].customer_ids().clone();
        (Features::new(ids, vec![(ALIVE, Arc::new(alive.finish()) as ArrayRef)]), value)
    });
    let value = Money(buckets.iter().map(|(_, value)| value).sum());
    let alive = buckets.into_iter().map(|(alive, _)| alive).collect();
    Outlook { alive, orders: all.sum(|one| one.orders), value }
}

/// Something worked out for each distinct history, some of them at a time.
pub(super) struct ByHistory<'a, T> {
    histories: &'a Histories,
    pieces: Vec<Vec<T>>,
}

impl<'a, T: Send> ByHistory<'a, T> {
    pub(super) fn new(
        histories: &'a Histories,
        threads: usize,
        watch: &dyn Watch,
        of: &(impl Fn(&Past) -> T + Sync),
    ) -> ByHistory<'a, T> {
        let rows = histories.rows();
        let done = AtomicUsize::new(0);
        let pieces = rows.len().div_ceil(CHUNK_HISTORIES);
        let pieces = parallel::in_order(pieces, threads, |piece| {
            let chunk = &rows[piece * CHUNK_HISTORIES..rows.len().min((piece + 1) * CHUNK_HISTORIES)];
            let found = chunk.iter().map(|row| of(&row.history.past())).collect();
            watch.advance("predict", done.fetch_add(1, Ordering::Relaxed) as u64 + 1, pieces as u64);
            found
        });
        ByHistory { histories, pieces }
    }

    /// What was worked out for a history of the base.
    pub(super) fn get(&self, history: History) -> Option<&T> {
        let place = self.histories.position(history)?;
        Some(&self.pieces[place / CHUNK_HISTORIES][place % CHUNK_HISTORIES])
    }

    /// Adds up a number over all customers.
    pub(super) fn sum(&self, of: impl Fn(&T) -> f64) -> f64 {
        let each = self.pieces.iter().flatten().zip(self.histories.rows());
        each.map(|(one, row)| of(one) * row.customers as f64).sum()
    }
}
