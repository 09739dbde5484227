//! Rules made ready for a base of any size: names become slots, days become dates, and every
//! condition on facts becomes a counter that is fed one fact at a time.
//!
//! ```text
//! let plan = Plan::new(&expressions, as_of)?;
//! let mut state = plan.state();
//! for each customer {
//!     state.clear();
//!     for each fact of a kind of plan.kinds(), in the order in which they happened
//!         state.push(&plan, &fact);
//!     plan.holds(number, &state, &row)
//! }
//! ```
//!
//! Facts of one kind come in the order in which they happened; different kinds may come one after
//! another or mixed. What is held for a customer is a few numbers per condition; only sequences keep
//! the moments of facts that pass their filters, and `distinct` the different values.

mod test;
mod sequence;
mod gather;
mod compile;
mod state;
mod explain;

pub use self::compile::PlanError;
pub use self::state::{Fact, State};

use self::gather::FactTest;
use self::test::CompiledTest;
use super::days::Range;
use super::tree::Expression;
use super::value::{Row, Value};
use crate::calendar::AsOf;

/// Expressions made ready as of a moment.
#[derive(Clone, Debug)]
pub struct Plan {
    as_of: AsOf,
    roots: Vec<Node>,
    sources: Vec<Source>,
    kinds: Vec<Kind>,
    tests: Vec<FactTest>,
}

/// Where the value of a slot of a customer comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A named value.
    Value(String),
    /// Whether the customer has a tag: a flag, or missing for no.
    Tag(String),
    /// What is known of a tag on the customer; missing without the tag.
    TagField { tag: String, field: String },
    /// Whether the customer has agreed to a channel: a flag, or missing for no.
    Consent(String),
}

/// A kind of facts that is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name in the vocabulary.
    pub name: String,
    /// The fields that are needed, in the order of their slots.
    pub fields: Vec<String>,
    /// The conditions that are fed with its facts.
    tests: Vec<usize>,
}

/// A condition, ready.
#[derive(Clone, Debug)]
enum Node {
    Everyone,
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Value {
        slot: usize,
        test: CompiledTest,
    },
    Anniversary {
        slot: usize,
        range: Range,
    },
    Facts(usize),
    /// A flag that is given: a consent, or a tag with what is asked of it.
    Given {
        slot: usize,
        filter: Option<Box<Node>>,
    },
}

impl Plan {
    /// The moment that it was made for.
    pub fn as_of(&self) -> AsOf {
        self.as_of
    }

    /// How many expressions there are.
    pub fn len(&self) -> usize {
        self.roots.len()
    }

    pub fn is_empty(&self) -> bool {
        self.roots.is_empty()
    }

    /// What a row of a customer has to answer, in the order of the slots.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The facts that are needed, in the order of their numbers.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The state of a customer without facts.
    pub fn state(&self) -> State {
        State::new(self)
    }

    /// The conditions on facts in the order of their numbers, each once. Another plan of just these
    /// can be fed with facts, and this one asked later with what became of them: see
    /// [`Plan::holds_given`].
    pub fn fact_conditions(&self) -> impl ExactSizeIterator<Item = &Expression> {
        self.tests.iter().map(|test| &test.expression)
    }

    /// Whether an expression, numbered from 0, holds for a customer. One that is not there holds
    /// for nobody.
    pub fn holds(&self, expression: usize, state: &State, row: &dyn Row) -> bool {
        self.holds_given(expression, &|test| state.holds(self, test), row)
    }

    /// The same where it is known from elsewhere whether each condition on facts holds, by its
    /// number.
    pub fn holds_given(&self, expression: usize, facts: &dyn Fn(usize) -> bool, row: &dyn Row) -> bool {
        self.roots.get(expression).is_some_and(|root| self.node(root, facts, row))
    }

    /// The first expression that holds for a customer.
    pub fn first(&self, state: &State, row: &dyn Row) -> Option<usize> {
        self.first_given(&|test| state.holds(self, test), row)
    }

    /// The same where it is known from elsewhere whether each condition on facts holds.
    pub fn first_given(&self, facts: &dyn Fn(usize) -> bool, row: &dyn Row) -> Option<usize> {
        (0..self.roots.len()).find(|&expression| self.holds_given(expression, facts, row))
    }

    /// Whether a condition holds. A filter has no conditions on facts.
    fn node(&self, node: &Node, facts: &dyn Fn(usize) -> bool, row: &dyn Row) -> bool {
        match node {
            Node::Everyone => true,
            Node::And(parts) => parts.iter().all(|part| self.node(part, facts, row)),
            Node::Or(parts) => parts.iter().any(|part| self.node(part, facts, row)),
            Node::Not(inner) => !self.node(inner, facts, row),
            Node::Value { slot, test } => test.passes(row.value(*slot)),
            Node::Anniversary { slot, range } => {
                row.value(*slot).day().is_some_and(|day| range.anniversary(day).is_some())
            }
            Node::Facts(number) => facts(*number),
            Node::Given { slot, filter } => {
                row.value(*slot) == Value::Flag(true)
                    && filter.as_ref().is_none_or(|filter| self.node(filter, facts, row))
            }
        }
    }
}
