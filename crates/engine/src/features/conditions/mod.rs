//! Conditions of rules on what customers did: fed with the facts of the same scan that makes features.

pub mod kinds;
mod lines;
mod events;
mod feed;

pub use feed::Feed;
pub use kinds::{FACTS, FactAbout, fields};

use super::question::Question;
use crate::scan::{Customer, Need};
use arrow_buffer::{BooleanBuffer, BooleanBufferBuilder};
use model::expression::plan::{Plan, PlanError, State};
use model::expression::value::Value;

/// Gathers for each customer in turn which of the question's conditions on facts hold.
pub struct Conditions {
    plan: Plan,
    state: State,
    feed: Feed,
    held: Vec<BooleanBufferBuilder>,
}

impl Conditions {
    /// Ready for a question, or `None` if it asks for no condition on facts.
    ///
    /// # Errors
    /// Conditions that are none on facts or too large; whoever asks has checked them.
    pub fn new(question: &Question) -> Result<Option<Conditions>, PlanError> {
        if question.facts.is_empty() {
            return Ok(None);
        }
        let plan = Plan::new(&question.facts, question.as_of)?;
        let held = question.facts.iter().map(|_| BooleanBufferBuilder::new(0)).collect();
        Ok(Some(Conditions { state: plan.state(), feed: Feed::new(&plan), plan, held }))
    }

    /// Columns it reads.
    pub fn need(&self) -> Need {
        self.feed.need()
    }

    /// Adds one customer: one bit to each condition.
    pub fn add(&mut self, customer: &Customer<'_>) {
        self.state.clear();
        self.feed.feed(&self.plan, &mut self.state, customer);
        let nothing: &[Value<'_>] = &[];
        for (place, held) in self.held.iter_mut().enumerate() {
            held.append(self.plan.holds(place, &self.state, &nothing));
        }
    }

    /// A bit per customer for each condition, in the order of the question.
    pub fn finish(self) -> Vec<BooleanBuffer> {
        self.held.into_iter().map(|mut held| held.finish()).collect()
    }
}
