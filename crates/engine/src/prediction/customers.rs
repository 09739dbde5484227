//! What is predicted of every customer.

use super::ahead::{Ahead, ByHistory, Prediction, orders_ahead, valued};
use super::fitted::Predictor;
use super::holdout::Afterwards;
use super::sample::{Basis, Purchases};
use crate::facts::schema;
use crate::features::{Features, Question};
use crate::progress::Watch;
use arrow_array::builder::{Date32Builder, Decimal64Builder, Float64Builder};
use arrow_array::{ArrayRef, Decimal64Array, Float64Array, Int64Array};
use model::calendar::{AsOf, Day};
use model::money::Money;
use model::parallel;
use model::prediction::history::{Histories, Past};
use model::prediction::holdout::rules::RECENT_DAYS;
use std::sync::Arc;

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
    let forecasts =
        ByHistory::new(histories, threads, watch, &|past: &Past| orders_ahead(predictor, past, ahead));
    let buckets = parallel::in_order(features.len(), threads, |bucket| {
        let (own, purchases) = (&features[bucket], Purchases::new(&features[bucket], basis));
        let mut columns = Columns::default();
        for row in 0..own.len() {
            let of = |row| {
                let history = purchases.history(row)?;
                let forecast = forecasts.get(history)?;
                Some(valued(predictor, forecast, history.repeats, purchases.mean(row)))
            };
            columns.push(of(row).as_ref(), as_of.0);
        }
        let value = columns.value;
        (columns.finish(own, ahead, basis, afterwards.map(|all| &all[bucket])), value)
    });
    let value = Money(buckets.iter().map(|(_, value)| value).sum());
    let tables = buckets.into_iter().map(|(table, _)| table).collect();
    Predicted { tables, orders: forecasts.sum(|one| one.orders), value }
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
