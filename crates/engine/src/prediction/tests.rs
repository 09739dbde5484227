//! Samples add up, and what is predicted does not depend on how a base is spread.

use super::{
    Ahead, Basis, Expectations, Purchases, Sample, USUAL_MODELS, fit_best, predict, predict_bucket,
    predict_row,
};
use crate::features::{Features, Question};
use crate::progress::Unwatched;
use arrow_array::{Array, ArrayRef, Decimal64Array, Float64Array, Int64Array, StringArray};
use model::calendar::{AsOf, Day};
use model::prediction::history::History;
use model::prediction::models::OrderModel;
use model::random::Random;
use proptest::prelude::*;
use std::sync::Arc;

/// A customer: repeat days, span, age in days, and money of the repeat days in 1/10 000.
type Known = Option<(u32, u32, u32, i64)>;

fn customer() -> impl Strategy<Value = Known> {
    let bought =
        (0..6_u32, 1..300_u32, 0..200_u32, -50_000..900_000_i64).prop_map(|(repeats, span, more, money)| {
            let span = if repeats == 0 { 0 } else { span.max(repeats) };
            Some((repeats, span, span + more, money))
        });
    prop_oneof![1 => Just(None), 9 => bought]
}

fn money(values: Vec<Option<i64>>) -> ArrayRef {
    Arc::new(Decimal64Array::from(values).with_precision_and_scale(18, 4).expect("in range"))
}

/// A count out of what is known of a customer.
type Count<'a> = &'a dyn Fn(&(u32, u32, u32, i64)) -> i64;

/// Some customers as the features of a bucket.
fn bucket(customers: &[(usize, Known)]) -> Features {
    let count = |of: Count<'_>| -> ArrayRef {
        Arc::new(customers.iter().map(|(_, one)| one.as_ref().map(of)).collect::<Int64Array>())
    };
    let ids: StringArray = customers.iter().map(|(id, _)| Some(format!("{id:05}"))).collect();
    let repeat = |one: &Known| one.filter(|one| one.0 > 0);
    let gaps: Int64Array = customers.iter().map(|(_, one)| Some(one.map_or(0, |one| one.0.into()))).collect();
    let ln_gaps = customers.iter().map(|(_, one)| one.map(|one| f64::from(one.0) * 0.3));
    let repeat_money: Vec<_> = customers.iter().map(|(_, one)| repeat(one).map(|one| one.3)).collect();
    let zero = vec![Some(0); customers.len()];
    Features::new(
        ids,
        vec![
            ("gaps", Arc::new(gaps) as ArrayRef),
            ("order_span_days", count(&|one| one.1.into())),
            ("age_days", count(&|one| one.2.into())),
            ("order_days_182", count(&|one| i64::from(one.0 + 1))),
            ("ln_gap_weeks", Arc::new(ln_gaps.collect::<Float64Array>())),
            ("revenue", money(zero.clone())),
            ("costed_revenue", money(zero)),
            ("repeat_revenue", money(repeat_money.clone())),
            ("repeat_margin", money(repeat_money)),
        ],
    )
}

fn spread(customers: &[Known], buckets: usize) -> Vec<Features> {
    let numbered: Vec<(usize, Known)> = customers.iter().copied().enumerate().collect();
    let of = |bucket: usize| numbered.iter().copied().skip(bucket).step_by(buckets).collect::<Vec<_>>();
    (0..buckets).map(|at| bucket(&of(at))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn samples_add_up(customers in proptest::collection::vec(customer(), 0..80), buckets in 1..9_usize) {
        let whole = Sample::of_all(&spread(&customers, 1), Basis::Revenue, 1);
        let parts = Sample::of_all(&spread(&customers, buckets), Basis::Revenue, 2);
        prop_assert_eq!(&whole, &parts);
        let mut expected: Vec<History> = customers
            .iter()
            .flatten()
            .map(|&(repeats, last, age, _)| History { repeats, last, age })
            .collect();
        expected.sort_unstable();
        let found = whole.histories();
        let found = found.rows().iter().flat_map(|row| std::iter::repeat_n(row.history, row.customers as usize));
        prop_assert_eq!(found.collect::<Vec<_>>(), expected);
        let spending = customers.iter().flatten().filter(|one| one.0 > 0 && one.3 > 0).count();
        prop_assert_eq!(whole.spenders().len(), spending);
        let text = serde_json::to_string(&whole).expect("plain values");
        prop_assert_eq!(serde_json::from_str::<Sample>(&text).expect("read back"), whole);
    }

    #[test]
    fn predictions_do_not_depend_on_buckets(
        customers in proptest::collection::vec(customer(), 1..60),
        buckets in 1..9_usize,
        days in 1..800_u32,
    ) {
        prop_assume!(customers.iter().flatten().any(|one| one.0 > 0));
        let ahead = Ahead::new(days, 0.1);
        let rows = |buckets: usize, threads: usize| {
            let features = spread(&customers, buckets);
            let sample = Sample::of_all(&features, Basis::Revenue, threads);
            let histories = sample.histories();
            let fitted = fit_best(USUAL_MODELS, &sample, &sample.histories(), Basis::Revenue, 1).expect("a fit");
            let predictor = fitted.predictor();
            let shared = Expectations::of(predictor, &ahead, sample.histories(), threads);
            let of_base = (&features[..], Basis::Revenue, AsOf(Day(20_000)));
            let found = predict(&predictor, &histories, &ahead, of_base, None, threads, &Unwatched);
            let mut rows: Vec<(String, String)> = Vec::new();
            for (table, bucket) in found.tables.iter().zip(&features) {
                let alone = predict_bucket(&predictor, &ahead, bucket, Basis::Revenue);
                let purchases = Purchases::new(bucket, Basis::Revenue);
                for (row, one) in alone.iter().enumerate() {
                    assert_eq!(*one, predict_row(&predictor, &ahead, bucket, Basis::Revenue, row));
                    assert_eq!(one.map(|one| one.value.0), table.exact("expected_value").get(row));
                    let history = purchases.history(row);
                    let value = history.and_then(|history| shared.value(history, purchases.mean(row)));
                    assert_eq!(value, one.map(|one| one.value));
                    let digits = table.columns().iter().map(|(_, column)| format!("{:?}", column.slice(row, 1)));
                    rows.push((table.customer_ids().value(row).to_owned(), digits.collect()));
                }
            }
            rows.sort();
            (rows, found.value, format!("{:?}", fitted.orders.parameters))
        };
        prop_assert_eq!(rows(1, 1), rows(buckets, 3));
    }
}

#[test]
fn ask_names_what_is_read() {
    let mut question = Question::new(AsOf(Day(0)));
    super::ask(&mut question);
    let known = bucket(&[(0, None)]);
    for name in &question.features {
        assert!(known.column(name).is_some(), "`{name}` is asked for and not given by the tests");
    }
    assert_eq!(question.features.len(), known.columns().len());
}

#[test]
fn discounts_and_horizons_do_what_they_say() {
    let mut random = Random::new(5);
    let customers: Vec<Known> = (0..400)
        .map(|_| {
            let repeats = (random.below(5)) as u32;
            let span = if repeats == 0 { 0 } else { 20 + random.below(300) as u32 };
            Some((repeats, span, span + random.below(200) as u32, i64::from(repeats) * 250_000))
        })
        .collect();
    let features = spread(&customers, 1);
    let sample = Sample::of_all(&features, Basis::Revenue, 1);
    let histories = sample.histories();
    let fitted =
        fit_best(&[OrderModel::ParetoNbd], &sample, &sample.histories(), Basis::Revenue, 2).expect("a fit");
    let predictor = fitted.predictor();
    let ask = |days: u32, discount: f64| {
        let base = (&features[..], Basis::Revenue, AsOf(Day(0)));
        predict(&predictor, &histories, &Ahead::new(days, discount), base, None, 1, &Unwatched)
    };
    let (half, year, dear) = (ask(182, 0.1), ask(365, 0.1), ask(365, 1.0));
    assert!(
        half.orders < year.orders && half.value == year.value,
        "value is of a year, whatever the horizon"
    );
    assert!(dear.value < year.value && dear.orders == year.orders);
    let undiscounted = predict_bucket(&predictor, &Ahead::new(365, 0.0), &features[0], Basis::Revenue);
    for one in undiscounted.into_iter().flatten() {
        assert!((one.discounted_orders / one.orders - 1.0).abs() < 1e-9);
        assert!(one.any_order <= one.alive && one.any_order <= one.orders);
    }
}

/// Money is margin from 95 % of net revenue with a cost on.
#[test]
fn nineteen_twentieths_of_the_costs_are_enough() {
    assert_eq!(Basis::of_totals(10_000, 9_500), Basis::Margin);
    assert_eq!(Basis::of_totals(10_000, 9_499), Basis::Revenue);
    assert_eq!(Basis::of_totals(0, 0), Basis::Revenue);
}
