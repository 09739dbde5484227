//! Why rules hold for one customer, or do not: each condition with the value that it met.

use super::row::Bucket;
use crate::facts::FactSet;
use crate::facts::bucket::bucket_of;
use crate::facts::set::FactError;
use crate::features::conditions::Feed;
use crate::features::{Features, Question};
use crate::scan::visit_customers;
use crate::segmentations::contract::LabelColumn;
use model::expression::plan::Plan;
use model::expression::trace::Trace;
use model::expression::tree::Expression;

/// Traces expressions for the customer in a row of a bucket: the facts of that bucket are read anew,
/// because features only say whether a condition on facts holds.
///
/// # Errors
/// A fact file cannot be read; expressions that are too deep or too large.
pub fn trace(
    expressions: &[Expression],
    facts: &FactSet,
    question: &Question,
    features: &Features,
    labels: &[LabelColumn],
    row: usize,
) -> Result<Vec<Trace>, FactError> {
    let plan =
        Plan::new(expressions, question.as_of).map_err(|error| FactError::Conditions(error.to_string()))?;
    let feed = Feed::new(&plan);
    let mut state = plan.state();
    let id = features.customer_ids().value(row);
    visit_customers(facts, bucket_of(id), question.as_of, feed.need(), &mut |customer| {
        if customer.id == id {
            feed.feed(&plan, &mut state, customer);
        }
    })?;
    let labels: Vec<&LabelColumn> = labels.iter().collect();
    let bucket = Bucket::new(&plan, expressions, question, features, &labels);
    let customer = bucket.customer(row);
    let each = expressions.iter().enumerate();
    Ok(each.filter_map(|(number, one)| plan.trace(number, one, &state, &customer)).collect())
}
