//! The value of the next twelve months of every distinct history of a base, found once for all buckets.

use super::ahead::Ahead;
use super::fitted::Predictor;
use super::sample::money_of;
use model::money::Money;
use model::prediction::forecast::discounted_orders;
use model::prediction::history::{Histories, History};

/// Expected orders of the next twelve months, discounted, by history.
///
/// Holds 32 bytes per distinct history.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectations {
    predictor: Predictor,
    histories: Histories,
    /// In the order of the histories' rows.
    orders: Vec<f64>,
}

impl Expectations {
    /// What a model says of the histories of a base; the same on any number of threads.
    pub fn of(predictor: Predictor, ahead: &Ahead, histories: Histories, threads: usize) -> Expectations {
        let of = |history: &History| discounted_orders(&predictor.orders, &history.past(), ahead.year());
        let orders = histories.map(threads, of);
        Expectations { predictor, histories, orders }
    }

    /// The money expected of a customer with a history and a mean value of repeat days, as
    /// [`predict_row`](super::predict_row) says it; `None` where the base has no such history.
    pub fn value(&self, history: History, mean: f64) -> Option<Money> {
        let orders = self.orders[self.histories.position(history)?];
        Some(money_of(orders * self.predictor.order_value(history.repeats, mean)))
    }
}
