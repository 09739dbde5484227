//! What is around a condition: each part left out, each limit a step tighter or looser.
//!
//! A step goes to the next decile of the value that the limit is on, among the customers of the base who
//! have it: deciles are values at the ranks `ceil(k·n / 10)` for k from 1 to 9.

use super::count::without_each;
use super::row::Bucket;
use crate::features::{Features, Question};
use crate::segmentations::contract::LabelColumn;
use model::expression::decimal::Decimal;
use model::expression::plan::{Plan, PlanError, Source};
use model::expression::tree::{Expression, Literal, Named, Operator, Test};
use model::expression::value::{Row, Value};
use model::money::SCALE;
use model::parallel;
use model::quantiles::ValueCounts;
use std::collections::{BTreeMap, BTreeSet};

/// Parts that the customers are put into by a value.
const PARTS: u32 = 10;

/// What is different from the condition as it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    LeftOut,
    /// Fewer customers, or as many.
    Tighter,
    /// More customers, or as many.
    Looser,
}

impl Change {
    /// A name for outputs.
    pub const fn name(self) -> &'static str {
        match self {
            Change::LeftOut => "left_out",
            Change::Tighter => "tighter",
            Change::Looser => "looser",
        }
    }

    const fn turned(self) -> Change {
        match self {
            Change::LeftOut => Change::LeftOut,
            Change::Tighter => Change::Looser,
            Change::Looser => Change::Tighter,
        }
    }
}

/// A condition with one of its parts changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Varied {
    pub change: Change,
    /// The part as it was asked.
    pub part: Expression,
    /// The part as it is now; `None`: it is left out.
    pub becomes: Option<Expression>,
    /// The whole condition.
    pub expression: Expression,
}

/// The deciles of values, by name.
pub type Deciles = BTreeMap<String, Vec<Decimal>>;

/// The values on which a condition has limits: numbers of the customer, not of facts.
pub fn limited(expression: &Expression) -> BTreeSet<String> {
    match expression {
        Expression::Value(named) if !limits(&named.test).is_empty() => [named.name.clone()].into(),
        Expression::And(_) | Expression::Or(_) | Expression::Not(_) => {
            expression.children().into_iter().flat_map(limited).collect()
        }
        _ => BTreeSet::new(),
    }
}

/// The deciles of the values on which a condition has limits. `features` and `labels` are parallel.
///
/// # Errors
/// An expression that is too deep or too large.
pub fn deciles(
    expression: &Expression,
    question: &Question,
    features: &[Features],
    labels: &[Vec<LabelColumn>],
    threads: usize,
) -> Result<Deciles, PlanError> {
    let expressions = std::slice::from_ref(expression);
    let plan = Plan::new(expressions, question.as_of)?;
    let slots: Vec<(usize, &String)> = plan
        .sources()
        .iter()
        .enumerate()
        .filter_map(|(slot, source)| match source {
            Source::Value(name) => Some((slot, name)),
            _ => None,
        })
        .collect();
    let wanted = limited(expression);
    let slots: Vec<(usize, &String)> = slots.into_iter().filter(|(_, name)| wanted.contains(*name)).collect();
    let counted = parallel::in_order(features.len(), threads, |place| {
        let labels: Vec<&LabelColumn> = labels.get(place).into_iter().flatten().collect();
        let bucket = Bucket::new(&plan, expressions, question, &features[place], &labels);
        let of = |slot: usize| {
            let rows = 0..features[place].len();
            ValueCounts::of(rows.filter_map(|row| number(bucket.customer(row).value(slot))).collect())
        };
        slots.iter().map(|(slot, _)| of(*slot)).collect::<Vec<_>>()
    });
    let all = slots.iter().enumerate().map(|(place, (_, name))| {
        let sets: Vec<&ValueCounts> = counted.iter().map(|bucket| &bucket[place]).collect();
        let cuts = ValueCounts::merge_all(&sets).cuts(PARTS).into_iter().map(Decimal);
        ((*name).clone(), cuts.collect())
    });
    Ok(all.collect())
}

/// A value in 1/10 000; a ratio to the nearest.
fn number(value: Value<'_>) -> Option<i64> {
    match value {
        Value::Number(number) => Some(number.0),
        Value::Count(count) => Decimal::whole(count).map(|number| number.0),
        Value::Float(number) if number.is_finite() => Some((number * SCALE as f64).round() as i64),
        _ => None,
    }
}

/// Every variation of a condition: parts of an `and` left out in turn, then limits in the order of the text,
/// each tighter and looser where there is a decile beyond it.
pub fn around(expression: &Expression, deciles: &Deciles) -> Vec<Varied> {
    let left_out = without_each(expression).into_iter();
    let left_out = left_out.map(|(part, expression)| Varied {
        change: Change::LeftOut,
        part,
        becomes: None,
        expression,
    });
    left_out.chain(stepped(expression, deciles)).collect()
}

fn stepped(expression: &Expression, deciles: &Deciles) -> Vec<Varied> {
    let within = |parts: &[Expression], join: fn(Vec<Expression>) -> Expression| {
        let each = parts.iter().enumerate().flat_map(|(place, part)| {
            stepped(part, deciles).into_iter().map(move |one| {
                let mut changed = parts.to_vec();
                changed[place] = one.expression;
                Varied { expression: join(changed), ..one }
            })
        });
        each.collect()
    };
    match expression {
        Expression::And(parts) => within(parts, Expression::And),
        Expression::Or(parts) => within(parts, Expression::Or),
        Expression::Not(inner) => stepped(inner, deciles)
            .into_iter()
            .map(|one| Varied {
                change: one.change.turned(),
                expression: Expression::Not(Box::new(one.expression)),
                ..one
            })
            .collect(),
        Expression::Value(named) => steps(named, deciles.get(&named.name).map_or(&[], Vec::as_slice)),
        _ => Vec::new(),
    }
}

/// A limit of a test: whether the test holds from there upwards, and the test with another one.
struct Limit {
    at: Decimal,
    upwards: bool,
    with: Box<dyn Fn(Decimal) -> Test>,
}

fn limits(test: &Test) -> Vec<Limit> {
    match test {
        Test::Compare { operator, value: Literal::Number(limit) } if operator.is_order() => {
            let operator = *operator;
            let upwards = matches!(operator, Operator::Greater | Operator::GreaterOrEqual);
            let with = move |limit| Test::Compare { operator, value: Literal::Number(limit) };
            vec![Limit { at: *limit, upwards, with: Box::new(with) }]
        }
        &Test::Between { from: Literal::Number(from), to: Literal::Number(to) } => {
            let between = |from, to| Test::Between { from: Literal::Number(from), to: Literal::Number(to) };
            vec![
                Limit { at: from, upwards: true, with: Box::new(move |from| between(from, to)) },
                Limit { at: to, upwards: false, with: Box::new(move |to| between(from, to)) },
            ]
        }
        _ => Vec::new(),
    }
}

fn steps(named: &Named, deciles: &[Decimal]) -> Vec<Varied> {
    let asked = Expression::Value(named.clone());
    let mut found = Vec::new();
    for Limit { at, upwards, with } in limits(&named.test) {
        let above = deciles.iter().find(|decile| **decile > at);
        let below = deciles.iter().rev().find(|decile| **decile < at);
        let (tighter, looser) = if upwards { (above, below) } else { (below, above) };
        for (change, to) in [(Change::Tighter, tighter), (Change::Looser, looser)] {
            let Some(test) = to.map(|to| with(*to)).filter(can_hold) else { continue };
            let part = Expression::Value(Named { name: named.name.clone(), test });
            found.push(Varied { change, part: asked.clone(), becomes: Some(part.clone()), expression: part });
        }
    }
    found
}

/// Whether a test is not empty by its limits alone.
fn can_hold(test: &Test) -> bool {
    match test {
        Test::Between { from: Literal::Number(from), to: Literal::Number(to) } => from <= to,
        _ => true,
    }
}
