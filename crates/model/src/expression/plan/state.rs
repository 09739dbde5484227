//! What is known of one customer's facts while they are read.

use super::Plan;
use super::gather::{FactTest, Gather, Gathered, Pick};
use super::sequence::{Happened, completed};
use crate::calendar::Day;
use crate::expression::value::{Measured, Row, Value};

/// A fact of a customer.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    /// Number of its kind in `Plan::kinds`.
    pub kind: usize,
    /// When it happened, in any unit that all facts share.
    pub moment: i64,
    /// The day in the base's zone; of two facts the later one is not on an earlier day.
    pub day: Day,
    /// Its fields in the order of the kind's `fields`.
    pub fields: &'a [Value<'a>],
}

/// What is known of one customer's facts.
#[derive(Clone, Debug)]
pub struct State {
    gathered: Vec<Gathered>,
    /// Of each kind the day of the first fact, and how many there were.
    kinds: Vec<(Option<Day>, u32)>,
    clean: bool,
}

impl State {
    pub(super) fn new(plan: &Plan) -> State {
        let gathered = plan.tests.iter().map(|test| test.gather.nothing(test.steps.len())).collect();
        State { gathered, kinds: vec![(None, 0); plan.kinds.len()], clean: true }
    }

    /// Forgets the facts: the next ones are another customer's.
    pub fn clear(&mut self) {
        if self.clean {
            return;
        }
        self.gathered.iter_mut().for_each(Gathered::clear);
        self.kinds.fill((None, 0));
        self.clean = true;
    }

    /// Takes a fact. Facts of one kind come in the order in which they happened; one after the as-of
    /// day, or of a kind that the plan does not have, does not count.
    pub fn push(&mut self, plan: &Plan, fact: &Fact<'_>) {
        let Some(kind) = plan.kinds.get(fact.kind) else { return };
        if fact.day > plan.as_of.0 {
            return;
        }
        self.clean = false;
        let (first, number) = &mut self.kinds[fact.kind];
        let first = *first.get_or_insert(fact.day);
        *number = number.saturating_add(1);
        let number = *number;
        for &test in &kind.tests {
            take(plan, &plan.tests[test], &mut self.gathered[test], fact, (first, number));
        }
    }

    /// Whether a condition on facts holds.
    pub(super) fn holds(&self, plan: &Plan, test: usize) -> bool {
        let (gathered, gather) = (&self.gathered[test], &plan.tests[test].gather);
        match (gather, gathered) {
            (
                Gather::Count { is, .. }
                | Gather::Sum { is, .. }
                | Gather::Distinct { is, .. }
                | Gather::Extreme { is, .. },
                gathered,
            ) => gathered.measured(gather).is_some_and(|measured| measured.passes(*is)),
            (Gather::Pick { .. } | Gather::Restarted { .. }, Gathered::Picked { holds, .. }) => *holds,
            (Gather::Stopped { last: limit }, Gathered::Picked { last, .. }) => {
                last.is_some_and(|last| last <= *limit)
            }
            (Gather::Sequence { .. }, _) => self.completed(plan, test).is_some(),
            (Gather::Regularly { starts }, Gathered::Periods(periods)) => {
                periods.count_ones() as usize == starts.len()
            }
            _ => false,
        }
    }

    /// The number that a condition compares, where it compares one.
    pub(super) fn measured(&self, plan: &Plan, test: usize) -> Option<Measured> {
        match (&plan.tests[test].gather, &self.gathered[test]) {
            (Gather::Regularly { .. }, Gathered::Periods(periods)) => {
                Some(Measured::count(u64::from(periods.count_ones())))
            }
            (gather, gathered) => gathered.measured(gather),
        }
    }

    /// The day that a condition hangs on, where there is one.
    pub(super) fn day(&self, plan: &Plan, test: usize) -> Option<Day> {
        match (&plan.tests[test].gather, &self.gathered[test]) {
            (Gather::Sequence { .. }, _) => self.completed(plan, test),
            (Gather::Stopped { .. }, Gathered::Picked { last, .. }) => *last,
            (_, Gathered::Picked { day, .. }) => *day,
            _ => None,
        }
    }

    fn completed(&self, plan: &Plan, test: usize) -> Option<Day> {
        let FactTest { gather: Gather::Sequence { then, when }, steps, .. } = &plan.tests[test] else {
            return None;
        };
        let Gathered::Moments(moments) = &self.gathered[test] else { return None };
        let first = self.kinds[steps[0].kind].0?;
        let starts = moments[0].facts.iter().copied().filter(|fact| when.holds(fact.day, first));
        completed(starts, &moments[1..], then, plan.as_of)
    }
}

impl Gathered {
    fn clear(&mut self) {
        match self {
            Gathered::Number { exact, float, inexact, count } => {
                (*exact, *float, *inexact, *count) = (0, 0.0, false, 0);
            }
            Gathered::Different(known) => known.clear(),
            Gathered::Extreme(kept) => *kept = None,
            Gathered::Picked { last, seen, day, holds } => {
                (*last, *seen, *day, *holds) = (None, false, None, false)
            }
            Gathered::Moments(steps) => steps.iter_mut().for_each(|step| step.facts.clear()),
            Gathered::Periods(periods) => *periods = 0,
        }
    }
}

/// Takes a fact for one condition. `first` is the day of the first fact of its kind, `number` how
/// many there have been with this one.
fn take(plan: &Plan, test: &FactTest, gathered: &mut Gathered, fact: &Fact<'_>, (first, number): (Day, u32)) {
    let passes = |step: usize| {
        let step = &test.steps[step];
        step.kind == fact.kind
            && step.filter.as_ref().is_none_or(|filter| plan.node(filter, &|_| false, &fact.fields))
    };
    match &test.gather {
        Gather::Sequence { .. } => {
            let Gathered::Moments(moments) = gathered else { return };
            let happened = Happened { moment: fact.moment, day: fact.day, kind: fact.kind, number };
            for (step, moments) in moments.iter_mut().enumerate() {
                if passes(step) {
                    moments.facts.push(happened);
                }
            }
        }
        Gather::Pick { pick, when } => {
            let counts = when.holds(fact.day, first);
            pick_fact(*pick, gathered, fact.day, passes(0), counts);
        }
        gather if passes(0) => take_one(gather, gathered, fact, first),
        _ => {}
    }
}

/// Takes a fact that passes the filter.
fn take_one(gather: &Gather, gathered: &mut Gathered, fact: &Fact<'_>, first: Day) {
    let value = |slot: usize| fact.fields.value(slot);
    match gather {
        Gather::Count { when, .. } if when.holds(fact.day, first) => gathered.add(Value::Count(1)),
        Gather::Sum { slot, when, .. } if when.holds(fact.day, first) => gathered.add(value(*slot)),
        Gather::Distinct { slot, when, .. } if when.holds(fact.day, first) => {
            gathered.tell_apart(value(*slot))
        }
        Gather::Extreme { slot, keep, when, .. } if when.holds(fact.day, first) => {
            gathered.keep(value(*slot), *keep);
        }
        Gather::Stopped { .. } => {
            let Gathered::Picked { last, .. } = gathered else { return };
            *last = Some(fact.day);
        }
        Gather::Restarted { pause, range } => {
            let Gathered::Picked { last, day, holds, .. } = gathered else { return };
            if range.holds(fact.day) && last.is_some_and(|last| pause.after(last) <= fact.day) {
                (*day, *holds) = (Some(fact.day), true);
            }
            *last = Some(fact.day);
        }
        Gather::Regularly { starts } => {
            let Gathered::Periods(periods) = gathered else { return };
            // Starts go back in time, and a period holds the days after its start.
            if let Some(period) = starts.iter().position(|start| *start < fact.day) {
                *periods |= 1 << period;
            }
        }
        _ => {}
    }
}

/// Looks whether a fact is the one that is asked for.
fn pick_fact(pick: Pick, gathered: &mut Gathered, own: Day, passes: bool, counts: bool) {
    let Gathered::Picked { last, seen, day, holds } = gathered else { return };
    let is_it = match pick {
        Pick::FirstTime => passes && last.is_none(),
        Pick::LastTime => passes,
        Pick::First => !*seen,
        Pick::Last => true,
    };
    if is_it {
        *holds = passes && counts;
        *day = Some(own);
    }
    if passes {
        *last = Some(own);
    }
    *seen = true;
}
