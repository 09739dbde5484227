//! What is expected of one customer in the time ahead.

use super::history::{DAYS_PER_WEEK, Histories, History, Past, weeks};
use super::models::{FittedOrders, OrderProcess};
use serde::{Deserialize, Serialize};

/// Days in a mean year.
const DAYS_PER_YEAR: f64 = 365.25;
/// How far ahead a next order is looked for.
pub const NEXT_ORDER_DAYS_MAX: u32 = 3653;
/// Times at which expectations are computed for discounting; between them they are interpolated.
const NODES_MAX: usize = 12;

/// A time ahead with a discount, prepared once for all customers.
///
/// The discounted orders are Σ δⁱ (E(tᵢ) − E(tᵢ₋₁)) over weeks, E being the expected orders and δ
/// a week's discount; a week's orders count at its end, the last week may be a part of one. Summed
/// by parts this is a weighted sum of E over the weeks; its weights are moved to a dozen Chebyshev
/// nodes in √t, which gives the sum over all weeks to about six digits or better.
#[derive(Clone, Debug, PartialEq)]
pub struct Horizon {
    days: u32,
    /// Weeks ahead at which orders are expected, ascending; the last one is the end.
    weeks: Vec<f64>,
    /// What the orders by each of them weigh.
    weights: Vec<f64>,
}

impl Horizon {
    /// A horizon in days with a discount per year, such as 0.1 for 10 %.
    pub fn new(days: u32, yearly_discount: f64) -> Horizon {
        let end = weeks(days);
        let weekly = (1.0 + yearly_discount).powf(-DAYS_PER_WEEK / DAYS_PER_YEAR);
        let last = days.div_ceil(7);
        let moments: Vec<(f64, f64)> = (1..=last)
            .map(|week| {
                let discount = weekly.powf(f64::from(week));
                let kept = if week == last { discount } else { discount * (1.0 - weekly) };
                (f64::from(week).min(end), kept)
            })
            .collect();
        let nodes = if moments.len() <= NODES_MAX { moments } else { gathered(&moments, end) };
        let (weeks, weights) = nodes.into_iter().unzip();
        Horizon { days, weeks, weights }
    }

    /// Days of the horizon.
    pub fn days(&self) -> u32 {
        self.days
    }
}

/// Moves weights at many times to Chebyshev nodes, exact for polynomials in √t that are 0 at 0.
fn gathered(moments: &[(f64, f64)], end: f64) -> Vec<(f64, f64)> {
    let node = |j: usize| 0.5 - 0.5 * (std::f64::consts::PI * j as f64 / NODES_MAX as f64).cos();
    // Barycentric weights of Chebyshev points of the second kind.
    let barycentric = |j: usize| {
        let sign = if j.is_multiple_of(2) { 1.0 } else { -1.0 };
        if j == 0 || j == NODES_MAX { 0.5 * sign } else { sign }
    };
    let mut weights = [0.0; NODES_MAX + 1];
    for &(week, weight) in moments {
        let y = (week / end).sqrt();
        if let Some(hit) = (0..=NODES_MAX).find(|&j| (y - node(j)).abs() < 1e-14) {
            weights[hit] += weight;
            continue;
        }
        let shares: Vec<f64> = (0..=NODES_MAX).map(|j| barycentric(j) / (y - node(j))).collect();
        let total: f64 = shares.iter().sum();
        for (sum, share) in weights.iter_mut().zip(&shares) {
            *sum += weight * share / total;
        }
    }
    // At time 0 nothing is expected yet.
    (1..=NODES_MAX).map(|j| (end * node(j) * node(j), weights[j])).collect()
}

/// What is expected of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// Probability that the customer has not left for good.
    pub alive: f64,
    /// Probability of at least one order in the horizon: *will buy*.
    pub any_order: f64,
    /// Expected orders in the horizon.
    pub orders: f64,
    /// The same, discounted.
    pub discounted_orders: f64,
    /// Days to the next order, see [`next_order_days`].
    pub next_order_days: Option<u32>,
}

/// The part of a forecast that bases are told by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// As [`Forecast`] has them.
    pub alive: f64,
    pub orders: f64,
    pub discounted_orders: f64,
}

/// A customer's forecast.
pub fn forecast(model: &FittedOrders, past: &Past, horizon: &Horizon) -> Forecast {
    let process = model.process();
    let Expected { alive, orders, discounted_orders } = expected(model, past, horizon);
    Forecast {
        alive,
        any_order: alive * process.any_order_if_active(past, weeks(horizon.days)),
        orders,
        discounted_orders,
        next_order_days: next_order_days(process, past),
    }
}

/// What is expected of a customer, to the same digit, without looking for the next order.
pub fn expected(model: &FittedOrders, past: &Past, horizon: &Horizon) -> Expected {
    let process = model.process();
    let alive = process.alive(past);
    let orders = process.orders_if_active_at(past, &horizon.weeks);
    Expected {
        alive,
        orders: alive * orders.last().copied().unwrap_or(0.0),
        discounted_orders: alive * discounted_if_active(&orders, horizon),
    }
}

/// [`Forecast::discounted_orders`] alone, to the same digit: a small part of the work of all.
pub fn discounted_orders(model: &FittedOrders, past: &Past, horizon: &Horizon) -> f64 {
    let process = model.process();
    process.alive(past) * discounted_if_active(&process.orders_if_active_at(past, &horizon.weeks), horizon)
}

fn discounted_if_active(orders: &[f64], horizon: &Horizon) -> f64 {
    orders.iter().zip(&horizon.weights).map(|(orders, weight)| orders * weight).sum()
}

/// Forecasts for every distinct history, in the order of [`Histories::rows`].
pub fn forecasts(
    model: &FittedOrders,
    histories: &Histories,
    horizon: &Horizon,
    threads: usize,
) -> Vec<Forecast> {
    histories.map(threads, |history: &History| forecast(model, &history.past(), horizon))
}

/// The median of the days to the next order, a customer who may have left counting as one whose
/// next order is infinitely far: the first day by whose end an order is at least as likely as not.
///
/// `None` where even in ten years an order is less likely than not. (An expected day would be
/// infinite for everybody who may have left, or else be silent about that chance.)
pub fn next_order_days(process: &dyn OrderProcess, past: &Past) -> Option<u32> {
    let alive = process.alive(past);
    let reached = |days: u32| alive * process.any_order_if_active(past, weeks(days)) >= 0.5;
    // Most who will not order are told without looking ten years ahead.
    if alive < 0.5 || !reached(NEXT_ORDER_DAYS_MAX) {
        return None;
    }
    let (mut before, mut after) = (0, NEXT_ORDER_DAYS_MAX);
    let mut step = 7;
    while before + step < after {
        if reached(before + step) {
            after = before + step;
            break;
        }
        before += step;
        step *= 2;
    }
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        if reached(middle) { after = middle } else { before = middle }
    }
    Some(after)
}
