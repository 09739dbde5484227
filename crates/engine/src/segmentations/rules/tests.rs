//! What is around a condition, against a slow way to count it.

use super::around::{Change, around, deciles};
use super::count::count;
use super::names;
use crate::features::{Features, Question};
use crate::segmentations::tally;
use crate::segmentations::tests::table::{Table, day};
use model::calendar::AsOf;
use model::expression::parse::parse;
use proptest::prelude::*;

/// Orders, money in whole units, days since the last order; some have none.
type Customer = (u8, i32, Option<u8>);

/// The nine deciles by sorting all values.
fn slowly(mut values: Vec<i64>) -> Vec<i64> {
    values.sort_unstable();
    let rank = |k: usize| (k * values.len()).div_ceil(10);
    (1..10).filter(|_| !values.is_empty()).map(|k| values[rank(k) - 1]).collect()
}

/// The condition of the test in plain code; `days` are where it holds, both ends included.
fn holds(customer: &Customer, orders: i64, money: i64, days: (i64, i64)) -> bool {
    let is_in = |value: i64| value >= days.0 && value <= days.1;
    i64::from(customer.0) >= orders
        && (i64::from(customer.1) < money || !customer.2.is_some_and(|value| is_in(value.into())))
}

fn bucketed(rows: &[Customer], question: &Question) -> Vec<Features> {
    let header = ["customer", "orders", "revenue", "recency_days"].map(str::to_owned).to_vec();
    let row = |(number, row): (usize, &Customer)| {
        let days = row.2.map_or(String::new(), |days| days.to_string());
        vec![format!("c{number:03}"), row.0.to_string(), row.1.to_string(), days]
    };
    let table = Table { header, rows: rows.iter().enumerate().map(row).collect(), order_amounts: Vec::new() };
    (0..3).map(|bucket| table.bucket(question, bucket, 3)).collect()
}

proptest! {
    #[test]
    fn steps_are_those_of_a_slow_count(
        rows in prop::collection::vec((0..8_u8, -20..200_i32, prop::option::of(0..60_u8)), 1..60),
        orders in 0..9_i64,
        money in -30..220_i64,
        from in 0..60_i64,
        long in 0..40_i64,
    ) {
        let to = from + long;
        let text =
            format!("orders >= {orders} and (revenue < {money} or not recency_days between {from} and {to})");
        let expression = parse(&text).unwrap().expression;
        let mut question = Question::new(AsOf(day("2026-11-22")));
        tally::ask(&mut question);
        names::need(&expression, &mut question);
        let features = bucketed(&rows, &question);
        let steps = deciles(&expression, &question, &features, &[], 2).unwrap();
        let varied = around(&expression, &steps);
        let all: Vec<_> =
            std::iter::once(expression.clone()).chain(varied.iter().map(|one| one.expression.clone())).collect();
        let (sums, _) = count(&all, &question, &features, &[], 2).unwrap();
        let number = |of: &dyn Fn(&Customer) -> bool| rows.iter().filter(|row| of(row)).count() as u64;
        let asked = number(&|row| holds(row, orders, money, (from, to)));
        prop_assert_eq!(sums[0].customers, asked);

        let cuts = [
            slowly(rows.iter().map(|row| row.0.into()).collect()),
            slowly(rows.iter().map(|row| row.1.into()).collect()),
            slowly(rows.iter().filter_map(|row| row.2.map(i64::from)).collect()),
        ];
        let above = |of: usize, limit: i64| cuts[of].iter().copied().filter(|&cut| cut > limit).min();
        let below = |of: usize, limit: i64| cuts[of].iter().copied().filter(|&cut| cut < limit).max();
        let days = |days: (i64, i64)| (days.0 <= days.1).then(|| number(&|row| holds(row, orders, money, days)));
        let of_orders = |orders| number(&|row| holds(row, orders, money, (from, to)));
        let of_money = |money| number(&|row| holds(row, orders, money, (from, to)));
        let (tighter, looser) = (Change::Tighter, Change::Looser);
        let expected: Vec<(Change, u64)> = [
            Some((Change::LeftOut, number(&|row| holds(row, i64::MIN, money, (from, to))))),
            Some((Change::LeftOut, number(&|row| i64::from(row.0) >= orders))),
            above(0, orders).map(|step| (tighter, of_orders(step))),
            below(0, orders).map(|step| (looser, of_orders(step))),
            below(1, money).map(|step| (tighter, of_money(step))),
            above(1, money).map(|step| (looser, of_money(step))),
            // Behind `not` a narrower range lets more through.
            above(2, from).and_then(|step| Some((looser, days((step, to))?))),
            below(2, from).and_then(|step| Some((tighter, days((step, to))?))),
            below(2, to).and_then(|step| Some((looser, days((from, step))?))),
            above(2, to).and_then(|step| Some((tighter, days((from, step))?))),
        ].into_iter().flatten().collect();
        let found: Vec<(Change, u64)> =
            varied.iter().zip(&sums[1..]).map(|(one, sums)| (one.change, sums.customers)).collect();
        prop_assert_eq!(&found, &expected, "{}", text);
        for (change, customers) in found {
            let fits = if change == tighter { customers <= asked } else { customers >= asked };
            prop_assert!(fits, "{change:?} {customers} {asked}");
        }
    }
}

#[test]
fn only_limits_on_numbers_of_customers_are_moved() {
    let texts = |text: &str| -> Vec<String> {
        let expression = parse(text).unwrap().expression;
        let name = |decile| model::expression::decimal::Decimal::whole(decile).unwrap();
        let steps = ["orders", "age", "amount"].map(|of| (of.to_owned(), vec![name(2), name(4), name(4)]));
        let said = around(&expression, &steps.into_iter().collect()).into_iter().map(|one| {
            let becomes = one.becomes.map_or("–".to_owned(), |part| part.to_string());
            format!("{} {} {becomes}", one.change.name(), one.part)
        });
        said.collect()
    };
    assert_eq!(
        texts("orders > 2 and city = \"Riga\""),
        ["left_out orders > 2 –", "left_out city = \"Riga\" –", "tighter orders > 2 orders > 4",]
    );
    assert_eq!(texts("age <= 3"), ["tighter age <= 3 age <= 2", "looser age <= 3 age <= 4"]);
    assert_eq!(texts("orders = 3"), [""; 0]);
    assert_eq!(texts("did order where amount > 3"), [""; 0]);
    assert_eq!(texts("not orders < 3"), ["looser orders < 3 orders < 2", "tighter orders < 3 orders < 4"]);
}
