//! What clusters are, in the language of rules.

use crate::segmentations::centres::{Categories, Centres, ClusterRule, Scaled};
use model::clustering::tree::{Condition, Rule, Tree};
use model::expression::decimal::Decimal;
use model::expression::tree::{Expression, Literal, Named, Operator, Test};
use model::money::SCALE;

/// The rules of a tree, in the order of clusters.
pub(super) fn rules(tree: &Tree, centres: &Centres) -> Vec<ClusterRule> {
    let of = |(cluster, rules): (usize, Vec<Rule>)| {
        rules.into_iter().map(move |rule| ClusterRule {
            cluster,
            text: text(centres, &rule.conditions),
            customers: rule.customers as u64,
            correct: rule.correct as u64,
            conditions: rule.conditions,
        })
    };
    tree.rules(centres.centres.len()).into_iter().enumerate().flat_map(of).collect()
}

/// Conditions as one expression of the language of rules. It holds of the same customers, of those
/// with missing values too.
fn text(centres: &Centres, conditions: &[Condition]) -> String {
    Expression::And(conditions.iter().map(|&one| expression(centres, one)).collect()).to_string()
}

fn expression(centres: &Centres, condition: Condition) -> Expression {
    let place = condition.feature();
    match condition {
        Condition::AtLeast { value, .. } => number(centres, place, Operator::GreaterOrEqual, value),
        Condition::Below { value, .. } => number(centres, place, Operator::Less, value),
        Condition::Is { code, .. } => category(centres, place, code, Operator::Equal),
        Condition::IsNot { code, .. } => category(centres, place, code, Operator::NotEqual),
    }
}

fn test(name: &str, test: Test) -> Expression {
    Expression::Value(Named { name: name.to_owned(), test })
}

/// A bound of a number; who has none is where the median is.
fn number(centres: &Centres, place: usize, operator: Operator, bound: f64) -> Expression {
    let column = &centres.numbers[place];
    if let Some(yes) = &column.yes {
        return answer(column, yes, operator, bound);
    }
    let compared = test(&column.feature, Test::Compare { operator, value: Literal::Number(at_least(bound)) });
    let median = column.scaling.original(0.0);
    let holds = (median >= bound) == (operator == Operator::GreaterOrEqual);
    if column.missing > 0 && holds {
        let unknown = Expression::Not(Box::new(test(&column.feature, Test::Set)));
        return Expression::Or(vec![compared, unknown]);
    }
    compared
}

/// That an answer is yes, or that it is not; who has not answered is where the mean is.
fn answer(column: &Scaled, yes: &str, operator: Operator, bound: f64) -> Expression {
    let value = Literal::Text(yes.to_owned());
    let is = |operator| test(&column.feature, Test::Compare { operator, value: value.clone() });
    let known = || test(&column.feature, Test::Set);
    let with_unknown = column.missing > 0 && column.scaling.original(0.0) >= bound;
    match (operator == Operator::GreaterOrEqual, with_unknown) {
        (true, false) => is(Operator::Equal),
        (true, true) => Expression::Or(vec![is(Operator::Equal), Expression::Not(Box::new(known()))]),
        // What is missing is unequal to everything.
        (false, false) => is(Operator::NotEqual),
        (false, true) => Expression::And(vec![known(), is(Operator::NotEqual)]),
    }
}

/// The lowest exact number that is not below a bound: values are exact, so the same ones reach it.
fn at_least(bound: f64) -> Decimal {
    let near = (bound * SCALE as f64).round() as i64;
    let reaches = |number: &i64| Decimal(*number).to_f64() >= bound;
    Decimal((near.saturating_sub(1)..=near.saturating_add(1)).find(reaches).unwrap_or(near))
}

/// That an attribute has the value of a code, or not: one that is told apart, another, or none.
fn category(centres: &Centres, place: usize, code: u32, operator: Operator) -> Expression {
    let Categories { attribute, values } = &centres.categories[place - centres.numbers.len()];
    let literal = |value: &String| Literal::Text(value.clone());
    let is = match values.get(code as usize) {
        // What is missing is equal to nothing, and unequal to everything.
        Some(value) => return test(attribute, Test::Compare { operator, value: literal(value) }),
        None if code as usize == values.len() => {
            let known = test(attribute, Test::In(values.iter().map(literal).collect()));
            Expression::And(vec![test(attribute, Test::Set), Expression::Not(Box::new(known))])
        }
        None => Expression::Not(Box::new(test(attribute, Test::Set))),
    };
    if operator == Operator::Equal { is } else { Expression::Not(Box::new(is)) }
}
