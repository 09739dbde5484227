//! From trees to a plan.

use super::gather::{FactTest, Gather, Step, When};
use super::test::CompiledTest;
use super::{Kind, Node, Plan, Source};
use crate::calendar::{AsOf, Day};
use crate::expression::days::{Moment, Range};
use crate::expression::tree::{
    DEPTH_MAX, Expression, Facts, Near, PARTS_MAX, PERIODS_MAX, Regularly, Sequence, Span,
};

/// Why expressions cannot be made ready.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    #[error("more than {max} levels of conditions; split the rule in two")]
    Depth { max: usize },
    #[error("more than {max} conditions and values; split the rule in two")]
    Parts { max: usize },
    #[error("a condition on facts stands inside a filter; put it beside, joined by `and`")]
    InsideFilter,
}

impl Plan {
    /// Makes expressions ready as of a moment. Names are not looked up here: see
    /// [`crate::expression::check`].
    ///
    /// # Errors
    /// Trees that are too deep or too large, conditions on facts or tags inside a filter.
    pub fn new(expressions: &[Expression], as_of: AsOf) -> Result<Plan, PlanError> {
        let mut plan =
            Plan { as_of, roots: Vec::new(), sources: Vec::new(), kinds: Vec::new(), tests: Vec::new() };
        for expression in expressions {
            if expression.depth() > DEPTH_MAX {
                return Err(PlanError::Depth { max: DEPTH_MAX });
            }
            if expression.parts() > PARTS_MAX {
                return Err(PlanError::Parts { max: PARTS_MAX });
            }
            let root = plan.compile(expression, &Names::Customer)?;
            plan.roots.push(root);
        }
        Ok(plan)
    }

    fn compile(&mut self, expression: &Expression, names: &Names<'_>) -> Result<Node, PlanError> {
        let as_of = self.as_of;
        Ok(match expression {
            Expression::Everyone => Node::Everyone,
            Expression::And(parts) => Node::And(self.compile_all(parts, names)?),
            Expression::Or(parts) => Node::Or(self.compile_all(parts, names)?),
            Expression::Not(inner) => Node::Not(Box::new(self.compile(inner, names)?)),
            Expression::Value(named) => {
                let slot = self.slot(&named.name, names);
                Node::Value { slot, test: CompiledTest::new(&named.test, as_of) }
            }
            Expression::Anniversary(anniversary) => {
                let slot = self.slot(&anniversary.of, names);
                Node::Anniversary { slot, range: near_range(anniversary.near, as_of) }
            }
            _ if *names != Names::Customer => return Err(PlanError::InsideFilter),
            Expression::Tag(tagged) => {
                let slot = self.source(Source::Tag(tagged.tag.clone()));
                let names = Names::Tag(&tagged.tag);
                let filter = tagged.filter.as_ref().map(|filter| self.compile(filter, &names)).transpose()?;
                Node::Given { slot, filter: filter.map(Box::new) }
            }
            Expression::Consent(channel) => {
                Node::Given { slot: self.source(Source::Consent(channel.channel.clone())), filter: None }
            }
            facts => Node::Facts(self.facts(facts)?),
        })
    }

    fn compile_all(&mut self, parts: &[Expression], names: &Names<'_>) -> Result<Vec<Node>, PlanError> {
        parts.iter().map(|part| self.compile(part, names)).collect()
    }

    /// The slot of a name.
    fn slot(&mut self, name: &str, names: &Names<'_>) -> usize {
        match names {
            Names::Customer => self.source(Source::Value(name.to_owned())),
            Names::Tag(tag) => {
                self.source(Source::TagField { tag: (*tag).to_owned(), field: name.to_owned() })
            }
            Names::Fact(kind) => {
                let fields = &mut self.kinds[*kind].fields;
                position(fields, name.to_owned())
            }
        }
    }

    fn source(&mut self, source: Source) -> usize {
        position(&mut self.sources, source)
    }

    /// The number of a kind of facts.
    fn kind(&mut self, name: &str) -> usize {
        self.kinds.iter().position(|kind| kind.name == name).unwrap_or_else(|| {
            self.kinds.push(Kind { name: name.to_owned(), fields: Vec::new(), tests: Vec::new() });
            self.kinds.len() - 1
        })
    }

    /// The number of a condition on facts; equal ones share one.
    fn facts(&mut self, expression: &Expression) -> Result<usize, PlanError> {
        if let Some(known) = self.tests.iter().position(|test| test.expression == *expression) {
            return Ok(known);
        }
        let (gather, steps) = match expression {
            Expression::Did(did) => {
                let step = self.step(&did.facts)?;
                let gather = Gather::asked(&did.asked, self.when(did.span), |field| {
                    position(&mut self.kinds[step.kind].fields, field.to_owned())
                });
                (gather, vec![step])
            }
            Expression::Sequence(sequence) => self.sequence(sequence)?,
            Expression::Stopped(stopped) => {
                let last = stopped.pause.before(self.as_of.0);
                (Gather::Stopped { last }, vec![self.step(&stopped.facts)?])
            }
            Expression::Restarted(restarted) => {
                let window = restarted
                    .within
                    .map_or(Span::Ever, |within| Span::In(crate::expression::days::Window::Last(within)));
                let range = span_range(window, self.as_of);
                (Gather::Restarted { pause: restarted.pause, range }, vec![self.step(&restarted.facts)?])
            }
            Expression::Regularly(regularly) => {
                (self.regularly(regularly), vec![self.step(&regularly.facts)?])
            }
            _ => return Err(PlanError::InsideFilter),
        };
        let number = self.tests.len();
        for step in &steps {
            let tests = &mut self.kinds[step.kind].tests;
            if tests.last() != Some(&number) {
                tests.push(number);
            }
        }
        self.tests.push(FactTest { expression: expression.clone(), gather, steps });
        Ok(number)
    }

    fn step(&mut self, facts: &Facts) -> Result<Step, PlanError> {
        let kind = self.kind(&facts.kind);
        let names = Names::Fact(kind);
        let filter = facts.filter.as_ref().map(|filter| self.compile(filter, &names)).transpose()?;
        Ok(Step { kind, filter })
    }

    fn sequence(&mut self, sequence: &Sequence) -> Result<(Gather, Vec<Step>), PlanError> {
        let mut steps = vec![self.step(&sequence.start)?];
        for step in &sequence.then {
            steps.push(self.step(&step.facts)?);
        }
        let then = sequence.then.iter().map(|step| (step.not, step.within)).collect();
        Ok((Gather::Sequence { then, when: self.when(sequence.span) }, steps))
    }

    fn regularly(&self, regularly: &Regularly) -> Gather {
        let times = regularly.times.min(PERIODS_MAX);
        let starts = (1..=times).map(|number| regularly.every.times(number).before(self.as_of.0));
        Gather::Regularly { starts: starts.collect() }
    }

    fn when(&self, span: Span) -> When {
        match span {
            Span::First(duration) => When::First(duration),
            span => When::In(span_range(span, self.as_of)),
        }
    }
}

/// Whose names a condition uses.
#[derive(PartialEq)]
enum Names<'a> {
    Customer,
    Tag(&'a str),
    Fact(usize),
}

/// The position of a value in a list that it is put in if it is not there.
fn position<T: PartialEq>(list: &mut Vec<T>, value: T) -> usize {
    list.iter().position(|known| *known == value).unwrap_or_else(|| {
        list.push(value);
        list.len() - 1
    })
}

/// The days of a span; those counted from a customer's own first fact are not known yet.
fn span_range(span: Span, as_of: AsOf) -> Range {
    let day = |moment: Moment| moment.day(as_of);
    let (first, last) = (Day(i32::MIN), Day(i32::MAX));
    match span {
        Span::Ever | Span::First(_) => Range::EVER,
        Span::In(window) => window.range(as_of),
        Span::Between { from, to } => Range { from: day(from), to: day(to) },
        Span::Before(moment) => Range { from: first, to: day(moment).plus(-1) },
        Span::After(moment) => Range { from: day(moment).plus(1), to: last },
        Span::Since(moment) => Range { from: day(moment), to: last },
        Span::Until(moment) => Range { from: first, to: day(moment) },
    }
}

fn near_range(near: Near, as_of: AsOf) -> Range {
    match near {
        Near::Within(duration) => Range { from: as_of.0, to: duration.after(as_of.0) },
        Near::In(window) => window.range(as_of),
        Near::Between { from, to } => Range { from: from.day(as_of), to: to.day(as_of) },
    }
}
