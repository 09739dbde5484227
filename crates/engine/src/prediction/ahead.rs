//! What is expected of customers in a time ahead, worked out once per distinct history.

use super::fitted::Predictor;
use super::sample::{Basis, Purchases, money_of};
use crate::features::Features;
use crate::progress::Watch;
use model::money::Money;
use model::parallel;
use model::prediction::forecast::{Forecast, Horizon, forecast};
use model::prediction::history::{Histories, Past, weeks};
use std::sync::atomic::{AtomicUsize, Ordering};

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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlook {
    /// The probability that each customer with an order has not left for good, bucket by bucket.
    pub alive: Vec<Vec<f64>>,
    /// Expected orders of all customers in the horizon.
    pub orders: f64,
    /// Expected value of all customers.
    pub value: Money,
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
    let forecasts = Forecasts::new(predictor, histories, ahead, threads, watch);
    let buckets = parallel::in_order(features.len(), threads, |bucket| {
        let (mut alive, mut value) = (Vec::with_capacity(features[bucket].len()), 0);
        forecasts.each(&features[bucket], basis, &mut |prediction| {
            alive.extend(prediction.map(|one| one.alive));
            value += prediction.map_or(0, |one| one.value.0);
        });
        (alive, value)
    });
    let value = Money(buckets.iter().map(|(_, value)| value).sum());
    let alive = buckets.into_iter().map(|(alive, _)| alive).collect();
    Outlook { alive, orders: forecasts.orders(), value }
}

/// What the orders of each distinct history are expected to be, some of them at a time.
pub(super) struct Forecasts<'a> {
    predictor: &'a Predictor,
    histories: &'a Histories,
    pieces: Vec<Vec<Forecast>>,
}

impl<'a> Forecasts<'a> {
    pub(super) fn new(
        predictor: &'a Predictor,
        histories: &'a Histories,
        ahead: &Ahead,
        threads: usize,
        watch: &dyn Watch,
    ) -> Forecasts<'a> {
        let rows = histories.rows();
        let done = AtomicUsize::new(0);
        let pieces = rows.len().div_ceil(CHUNK_HISTORIES);
        let pieces = parallel::in_order(pieces, threads, |piece| {
            let chunk = &rows[piece * CHUNK_HISTORIES..rows.len().min((piece + 1) * CHUNK_HISTORIES)];
            let found = chunk.iter().map(|row| orders_ahead(predictor, &row.history.past(), ahead)).collect();
            watch.advance("predict", done.fetch_add(1, Ordering::Relaxed) as u64 + 1, pieces as u64);
            found
        });
        Forecasts { predictor, histories, pieces }
    }

    /// Expected orders of all customers in the horizon.
    pub(super) fn orders(&self) -> f64 {
        let each = self.pieces.iter().flatten().zip(self.histories.rows());
        each.map(|(one, row)| one.orders * row.customers as f64).sum()
    }

    /// The prediction of every customer of a bucket in turn; `None` without an order.
    pub(super) fn each(&self, features: &Features, basis: Basis, visit: &mut dyn FnMut(Option<Prediction>)) {
        let purchases = Purchases::new(features, basis);
        for row in 0..features.len() {
            let of = |row| {
                let history = purchases.history(row)?;
                let place = self.histories.position(history)?;
                let forecast = &self.pieces[place / CHUNK_HISTORIES][place % CHUNK_HISTORIES];
                Some(valued(self.predictor, forecast, history.repeats, purchases.mean(row)))
            };
            visit(of(row));
        }
    }
}
