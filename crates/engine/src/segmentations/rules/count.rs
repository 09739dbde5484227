//! How many customers conditions hold for, and what they bring.

use super::row::Bucket;
use crate::features::{Features, Question};
use crate::segmentations::contract::LabelColumn;
use crate::segmentations::tally::{Sums, Tallied};
use model::expression::plan::{Plan, PlanError};
use model::expression::tree::Expression;
use model::parallel;

/// For each expression the customers it holds for, added up; last the whole base. `features` and
/// `labels` are parallel, bucket by bucket; what is added up is what [`tally::ask`] asks for.
///
/// # Errors
/// Expressions that are too deep or too large.
///
/// [`tally::ask`]: crate::segmentations::tally::ask
pub fn count(
    expressions: &[Expression],
    question: &Question,
    features: &[Features],
    labels: &[Vec<LabelColumn>],
    threads: usize,
) -> Result<(Vec<Sums>, Sums), PlanError> {
    let plan = Plan::new(expressions, question.as_of)?;
    let counted = parallel::in_order(features.len(), threads, |place| {
        let (features, labels) = (&features[place], labels.get(place).map_or(&[][..], Vec::as_slice));
        let labels: Vec<&LabelColumn> = labels.iter().collect();
        let bucket = Bucket::new(&plan, expressions, question, features, &labels);
        let tallied = Tallied::new(features);
        let (mut sums, mut whole) = (vec![Sums::default(); expressions.len()], Sums::default());
        for row in 0..features.len() {
            let one = tallied.customer(row);
            whole.add(&one);
            for (expression, sums) in sums.iter_mut().enumerate() {
                if bucket.holds(&plan, expression, row) {
                    sums.add(&one);
                }
            }
        }
        (sums, whole)
    });
    let (mut all, mut whole) = (vec![Sums::default(); expressions.len()], Sums::default());
    for (sums, base) in &counted {
        all.iter_mut().zip(sums).for_each(|(all, sums)| all.add(sums));
        whole.add(base);
    }
    Ok((all, whole))
}

/// For whom an expression holds, customer by customer of each bucket.
///
/// # Errors
/// An expression that is too deep or too large.
pub fn holds(
    expression: &Expression,
    question: &Question,
    features: &[Features],
    labels: &[Vec<LabelColumn>],
    threads: usize,
) -> Result<Vec<Vec<bool>>, PlanError> {
    let expressions = std::slice::from_ref(expression);
    let plan = Plan::new(expressions, question.as_of)?;
    Ok(parallel::in_order(features.len(), threads, |place| {
        let labels: Vec<&LabelColumn> = labels.get(place).into_iter().flatten().collect();
        let bucket = Bucket::new(&plan, expressions, question, &features[place], &labels);
        (0..features[place].len()).map(|row| bucket.holds(&plan, 0, row)).collect()
    }))
}

/// For each expression the ids of the customers it holds for, in order.
///
/// # Errors
/// Expressions that are too deep or too large.
pub fn who(
    expressions: &[Expression],
    question: &Question,
    features: &[Features],
    labels: &[Vec<LabelColumn>],
) -> Result<Vec<Vec<String>>, PlanError> {
    let plan = Plan::new(expressions, question.as_of)?;
    let mut ids = vec![Vec::new(); expressions.len()];
    for (place, features) in features.iter().enumerate() {
        let labels: Vec<&LabelColumn> = labels.get(place).into_iter().flatten().collect();
        let bucket = Bucket::new(&plan, expressions, question, features, &labels);
        for row in 0..features.len() {
            for (expression, ids) in ids.iter_mut().enumerate() {
                if bucket.holds(&plan, expression, row) {
                    ids.push(features.customer_ids().value(row).to_owned());
                }
            }
        }
    }
    ids.iter_mut().for_each(|ids| ids.sort());
    Ok(ids)
}

/// An expression joined by `and` with each of its conditions left out in turn; none where there is
/// only one condition.
pub fn without_each(expression: &Expression) -> Vec<(Expression, Expression)> {
    let Expression::And(parts) = expression else { return Vec::new() };
    let dropped = |place: usize| {
        let mut rest = parts.clone();
        let one = rest.remove(place);
        (one, Expression::And(rest))
    };
    if parts.len() < 2 { Vec::new() } else { (0..parts.len()).map(dropped).collect() }
}
