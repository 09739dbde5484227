//! What is predicted of every customer.

use super::fitted::Predictor;
use super::holdout::Afterwards;
use super::sample::{Basis, Purchases, money_of};
use crate::facts::schema;
use crate::features::{Features, Question};
use crate::progress::Watch;
use arrow_array::builder::{Date32Builder, Decimal64Builder, Float64Builder};
use arrow_array::{Array, ArrayRef, Decimal64Array, Float64Array, Int64Array};
use model::calendar::{AsOf, Day};
use model::money::Money;
use model::parallel;
use model::prediction::forecast::{Forecast, Horizon, forecast};
use model::prediction::history::{Histories, Past, weeks};
use model::prediction::holdout::rules::RECENT_DAYS;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Days of the twelve months that the expected value is of.
pub const VALUE_DAYS: u32 = 365;
/// Histories of one piece of work: a small shop has some thousands, and all threads shall work on them.
const CHUNK_HISTORIES: usize = 256;

/// Columns of predictions, in order, with what each means.
pub const COLUMNS: &[(&str, &str)] = &[
    ("p_alive", "Probability that the customer has not left for good; not the probability of an order."),
    ("p_order", "Probability of at least one order in the horizon: will buy."),
    ("expected_orders", "Expected days with an order in the horizon."),
    ("expected_value", "Expected money of the next 365 days, discounted; on margin or revenue."),
    ("order_value", "Expected money of one order."),
    ("next_order_at", "Day by which an order is as likely as not; empty if that is over ten years away."),
    ("rule_orders", "Beside the model: days with an order in the last 182 days, scaled to the horizon."),
    ("actual_orders", "With a holdout: days with an order in the horizon."),
    ("actual_value", "With a holdout: money in the horizon."),
];

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
fn orders_ahead(predictor: &Predictor, past: &Past, ahead: &Ahead) -> Forecast {
    let mut found = forecast(&predictor.orders, past, &ahead.year);
    if ahead.days != VALUE_DAYS {
        let process = predictor.orders.process();
        found.any_order = process.any_order(past, weeks(ahead.days));
        found.orders = process.orders(past, weeks(ahead.days));
    }
    found
}

fn valued(predictor: &Predictor, ahead: &Forecast, repeats: u32, mean: f64) -> Prediction {
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

/// The predictions of the customers of one bucket; `None` for those without an order.
pub fn predict_bucket(
    predictor: &Predictor,
    ahead: &Ahead,
    features: &Features,
    basis: Basis,
) -> Vec<Option<Prediction>> {
    let purchases = Purchases::new(features, basis);
    let all: Vec<_> = (0..features.len()).map(|row| purchases.history(row)).collect();
    // Customers with one history share what is costly.
    let histories = Histories::new(all.iter().flatten().copied());
    let forecasts = histories.map(1, |history| orders_ahead(predictor, &history.past(), ahead));
    let prediction = |(row, history): (usize, &Option<_>)| {
        let history = (*history)?;
        let forecast = forecasts[histories.position(history)?];
        Some(valued(predictor, &forecast, history.repeats, purchases.mean(row)))
    };
    all.iter().enumerate().map(prediction).collect()
}

/// The prediction of the customer in one row; `None` without an order.
pub fn predict_row(
    predictor: &Predictor,
    ahead: &Ahead,
    features: &Features,
    basis: Basis,
    row: usize,
) -> Option<Prediction> {
    let purchases = Purchases::new(features, basis);
    let history = purchases.history(row)?;
    let forecast = orders_ahead(predictor, &history.past(), ahead);
    Some(valued(predictor, &forecast, history.repeats, purchases.mean(row)))
}

/// A table of predictions per bucket, columns as in [`COLUMNS`], then the features they were made
/// from; the last two columns only with a holdout. The same on any number of threads.
pub struct Predicted {
    pub tables: Vec<Features>,
    /// Expected orders of all customers in the horizon.
    pub orders: f64,
    /// Expected value of all customers.
    pub value: Money,
}

impl Predicted {
    /// The probability that each customer with an order has not left for good.
    pub fn alive(&self) -> impl Iterator<Item = f64> {
        let columns = self.tables.iter().filter_map(|table| table.column("p_alive"));
        let numbers = columns.filter_map(|column| column.as_any().downcast_ref::<Float64Array>());
        numbers.flat_map(|array| array.iter().flatten())
    }
}

/// Predicts every customer of a base. `histories` are those the model was fitted on.
pub fn predict(
    predictor: &Predictor,
    histories: &Histories,
    ahead: &Ahead,
    (features, basis, as_of): (&[Features], Basis, AsOf),
    afterwards: Option<&[Afterwards]>,
    threads: usize,
    watch: &dyn Watch,
) -> Predicted {
    let rows = histories.rows();
    let done = AtomicUsize::new(0);
    let pieces = rows.len().div_ceil(CHUNK_HISTORIES);
    let forecasts: Vec<Vec<Forecast>> = parallel::in_order(pieces, threads, |piece| {
        let chunk = &rows[piece * CHUNK_HISTORIES..rows.len().min((piece + 1) * CHUNK_HISTORIES)];
        let found = chunk.iter().map(|row| orders_ahead(predictor, &row.history.past(), ahead)).collect();
        watch.advance("predict", done.fetch_add(1, Ordering::Relaxed) as u64 + 1, pieces as u64);
        found
    });
    let orders =
        forecasts.iter().flatten().zip(rows).map(|(one, row)| one.orders * row.customers as f64).sum();
    let buckets = parallel::in_order(features.len(), threads, |bucket| {
        let (features, purchases) = (&features[bucket], Purchases::new(&features[bucket], basis));
        let predictions = (0..features.len()).map(|row| {
            let history = purchases.history(row)?;
            let place = histories.position(history)?;
            let forecast = &forecasts[place / CHUNK_HISTORIES][place % CHUNK_HISTORIES];
            Some(valued(predictor, forecast, history.repeats, purchases.mean(row)))
        });
        let mut columns = Columns::default();
        predictions.for_each(|prediction| columns.push(prediction.as_ref(), as_of.0));
        let value = columns.value;
        (columns.finish(features, ahead, basis, afterwards.map(|all| &all[bucket])), value)
    });
    let value = Money(buckets.iter().map(|(_, value)| value).sum());
    Predicted { tables: buckets.into_iter().map(|(table, _)| table).collect(), orders, value }
}

/// The columns of one bucket while they are filled.
#[derive(Default)]
struct Columns {
    alive: Float64Builder,
    any_order: Float64Builder,
    orders: Float64Builder,
    values: Decimal64Builder,
    order_values: Decimal64Builder,
    next: Date32Builder,
    /// Sum of `values`.
    value: i64,
}

impl Columns {
    fn push(&mut self, prediction: Option<&Prediction>, as_of: Day) {
        self.alive.append_option(prediction.map(|one| one.alive));
        self.any_order.append_option(prediction.map(|one| one.any_order));
        self.orders.append_option(prediction.map(|one| one.orders));
        self.values.append_option(prediction.map(|one| one.value.0));
        self.order_values.append_option(prediction.map(|one| one.order_value.0));
        let next = prediction.and_then(|one| one.next_order_days).map(|days| as_of.plus(days as i32).0);
        self.next.append_option(next);
        self.value += prediction.map_or(0, |one| one.value.0);
    }

    fn finish(
        mut self,
        features: &Features,
        ahead: &Ahead,
        basis: Basis,
        afterwards: Option<&Afterwards>,
    ) -> Features {
        let money = |array: Decimal64Array| Arc::new(array.with_data_type(schema::exact())) as ArrayRef;
        let scale = f64::from(ahead.days) / f64::from(RECENT_DAYS);
        let (known, recent) = (features.counts("age_days"), features.counts("order_days_182"));
        let scaled = |(days, age): (Option<i64>, Option<i64>)| age.and(days).map(|days| days as f64 * scale);
        let rule: Float64Array = recent.iter().zip(known.iter()).map(scaled).collect();
        let mut arrays: Vec<ArrayRef> = vec![
            Arc::new(self.alive.finish()),
            Arc::new(self.any_order.finish()),
            Arc::new(self.orders.finish()),
            money(self.values.finish()),
            money(self.order_values.finish()),
            Arc::new(self.next.finish()),
            Arc::new(rule),
        ];
        if let Some(afterwards) = afterwards {
            let days = afterwards.days.iter().zip(known.iter());
            arrays.push(Arc::new(
                days.map(|(&days, age)| age.map(|_| i64::from(days))).collect::<Int64Array>(),
            ));
            let value = afterwards.money.iter().zip(known.iter());
            arrays.push(money(value.map(|(&money, age)| age.map(|_| money)).collect()));
        }
        let mut columns: Vec<(&'static str, ArrayRef)> =
            COLUMNS.iter().map(|&(name, _)| name).zip(arrays).collect();
        for name in ["gaps", "order_span_days", "age_days", basis.repeat_feature()] {
            columns.extend(features.columns().iter().find(|(known, _)| *known == name).cloned());
        }
        Features::new(features.customer_ids().clone(), columns)
    }
}

/// Asks for what [`predict`] looks at, besides what models are fitted on.
pub fn ask(question: &mut Question) {
    super::sample::ask(question);
    question.need("order_days_182");
}
