//! Going through a condition with the values that it meets.

use super::{Node, Plan, State};
use crate::expression::trace::{Found, Trace};
use crate::expression::tree::Expression;
use crate::expression::value::Row;

impl Plan {
    /// Traces an expression of the plan for a customer: `expression` is the one that the plan was
    /// made of at that number. `None` where there is no such, or it is another.
    pub fn trace(
        &self,
        number: usize,
        expression: &Expression,
        state: &State,
        row: &dyn Row,
    ) -> Option<Trace> {
        self.explain(self.roots.get(number)?, expression, 0, Some(state), row)
    }

    fn explain(
        &self,
        node: &Node,
        expression: &Expression,
        condition: usize,
        state: Option<&State>,
        row: &dyn Row,
    ) -> Option<Trace> {
        let mut inside = Vec::new();
        let mut next = condition + 1;
        for (part, inner) in pairs(node, expression)? {
            inside.push(self.explain(part, inner, next, state, row)?);
            next += inner.conditions();
        }
        let found = match node {
            Node::Everyone | Node::And(_) | Node::Or(_) | Node::Not(_) => Found::Group,
            Node::Value { slot, .. } | Node::Anniversary { slot, .. } | Node::Given { slot, .. } => {
                Found::Value(row.value(*slot).to_owned())
            }
            Node::Facts(test) => {
                let state = state?;
                Found::Facts { measured: state.measured(self, *test), day: state.day(self, *test) }
            }
        };
        let held = self.node(node, &|test| state.is_some_and(|state| state.holds(self, test)), row);
        Some(Trace { condition, text: expression.to_string(), held, found, inside })
    }
}

/// The conditions inside one, as nodes and as trees; `None` where they do not belong together.
fn pairs<'a>(node: &'a Node, expression: &'a Expression) -> Option<Vec<(&'a Node, &'a Expression)>> {
    match (node, expression) {
        (Node::And(nodes), Expression::And(parts)) | (Node::Or(nodes), Expression::Or(parts)) => {
            (nodes.len() == parts.len()).then(|| nodes.iter().zip(parts).collect())
        }
        (Node::Not(node), Expression::Not(inner)) => Some(vec![(node, inner)]),
        (Node::Given { filter: Some(node), .. }, Expression::Tag(tagged)) => {
            Some(vec![(node, tagged.filter.as_deref()?)])
        }
        (Node::Everyone, Expression::Everyone)
        | (Node::Value { .. }, Expression::Value(_))
        | (Node::Anniversary { .. }, Expression::Anniversary(_))
        | (Node::Given { filter: None, .. }, Expression::Tag(_) | Expression::Consent(_)) => Some(Vec::new()),
        (
            Node::Facts(_),
            Expression::Did(_)
            | Expression::Sequence(_)
            | Expression::Stopped(_)
            | Expression::Restarted(_)
            | Expression::Regularly(_),
        ) => Some(Vec::new()),
        _ => None,
    }
}
