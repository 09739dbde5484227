//! Feeds the facts of a customer to the conditions of rules.

use super::events::EventFacts;
use super::lines::LineFacts;
use crate::scan::{Customer, Need};
use model::expression::plan::{Plan, State};
use model::expression::tree::{Asked, Expression};

/// Reads of a customer what the conditions of a plan ask for.
#[derive(Clone, Debug)]
pub struct Feed {
    lines: Vec<LineFacts>,
    events: Vec<EventFacts>,
    need: Need,
}

impl Feed {
    pub fn new(plan: &Plan) -> Feed {
        let numbered = || plan.kinds().iter().enumerate();
        let lines: Vec<LineFacts> =
            numbered().filter_map(|(number, kind)| LineFacts::new(number, kind)).collect();
        let events: Vec<EventFacts> =
            numbered().filter_map(|(number, kind)| EventFacts::new(number, kind)).collect();
        let moment = !lines.is_empty() && plan.fact_conditions().any(asks_order);
        let own = Need { moment, events: !events.is_empty(), ..Need::default() };
        let need = lines.iter().map(LineFacts::need).fold(own, Need::and);
        Feed { lines, events, need }
    }

    /// Columns it reads.
    pub fn need(&self) -> Need {
        self.need
    }

    /// Pushes all facts of a customer: kind by kind, each in the order in which they happened.
    pub fn feed(&self, plan: &Plan, state: &mut State, customer: &Customer<'_>) {
        self.lines.iter().for_each(|facts| facts.feed(plan, state, customer));
        self.events.iter().for_each(|facts| facts.feed(plan, state, customer));
    }
}

/// Whether it matters to a condition which of two facts of one day came first.
fn asks_order(condition: &Expression) -> bool {
    match condition {
        Expression::Sequence(_) => true,
        Expression::Did(did) => matches!(did.asked, Asked::AsTheFirst | Asked::AsTheLast),
        _ => false,
    }
}
