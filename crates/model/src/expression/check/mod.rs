//! Whether a rule makes sense: its names are known, its operators fit, it can hold.

mod mistake;
mod value;
mod never;

pub use self::mistake::{Checked, Doubt, Mistake, Problem, Warning};

use self::never::contradiction;
use super::days::{DURATION_UNITS_MAX, Duration, Moment, Window};
use super::near::nearest;
use super::place::{At, Part};
use super::tree::{
    Amount, Asked, DEPTH_MAX, Did, Expression, Facts, Measure, Near, PARTS_MAX, PERIODS_MAX, Sequence, Span,
};
use super::value::Type;
use super::vocabulary::{Scope, Vocabulary};

/// Looks through a rule with the names that it may use.
pub fn check(expression: &Expression, vocabulary: &Vocabulary) -> Checked {
    let mut checker = Checker { vocabulary, found: Checked::default(), number: 0 };
    if expression.depth() > DEPTH_MAX {
        checker.mistake(0, Part::Whole, Mistake::Depth { max: DEPTH_MAX });
    } else if expression.parts() > PARTS_MAX {
        checker.mistake(0, Part::Whole, Mistake::Parts { max: PARTS_MAX });
    } else {
        checker.condition(expression, Scope::Customer);
    }
    checker.found
}

/// The state of one look through a rule.
struct Checker<'a> {
    vocabulary: &'a Vocabulary,
    found: Checked,
    /// Number of the next condition.
    number: usize,
}

impl Checker<'_> {
    fn mistake(&mut self, condition: usize, part: Part, mistake: Mistake) {
        self.found.problems.push(Problem { at: At { condition, part }, mistake });
    }

    fn doubt(&mut self, condition: usize, part: Part, doubt: Doubt) {
        self.found.warnings.push(Warning { at: At { condition, part }, doubt });
    }

    fn condition(&mut self, expression: &Expression, scope: Scope<'_>) {
        let own = self.number;
        self.number += 1;
        match expression {
            Expression::Everyone => {}
            Expression::And(parts) | Expression::Or(parts) => {
                if let Expression::And(parts) = expression
                    && let Some(name) = contradiction(parts, self.vocabulary.names(scope))
                {
                    self.doubt(own, Part::Whole, Doubt::Contradiction { name });
                }
                parts.iter().for_each(|part| self.condition(part, scope));
            }
            Expression::Not(inner) => self.condition(inner, scope),
            Expression::Value(named) => value::named(self, own, named, scope),
            Expression::Anniversary(anniversary) => {
                if let Some(kind) = self.name(own, &anniversary.of, scope)
                    && kind != Type::Day
                {
                    let name = anniversary.of.clone();
                    self.mistake(own, Part::Name, Mistake::NotADay { name, kind: kind.name() });
                }
                self.near(own, anniversary.near);
            }
            _ if scope != Scope::Customer => {
                self.mistake(own, Part::Whole, Mistake::InsideFilter);
                // Conditions inside have numbers too.
                self.number += expression.conditions() - 1;
            }
            Expression::Tag(tagged) => {
                self.tag(own, &tagged.tag);
                if let Some(filter) = &tagged.filter {
                    self.condition(filter, Scope::Tag);
                }
            }
            Expression::Consent(channel) => {
                let known = &self.vocabulary.channels;
                if !known.contains(&channel.channel) {
                    let near = nearest(&channel.channel, known.iter().map(String::as_str)).map(str::to_owned);
                    let mistake = Mistake::UnknownChannel { channel: channel.channel.clone(), near };
                    self.mistake(own, Part::Name, mistake);
                }
            }
            Expression::Did(did) => self.did(own, did),
            Expression::Sequence(sequence) => self.sequence(own, sequence),
            Expression::Stopped(stopped) => {
                self.duration(own, 0, stopped.pause, 1);
                self.facts(own, 0, &stopped.facts);
            }
            Expression::Restarted(restarted) => {
                self.duration(own, 0, restarted.pause, 1);
                restarted.within.into_iter().for_each(|within| self.duration(own, 1, within, 1));
                self.facts(own, 0, &restarted.facts);
            }
            Expression::Regularly(regularly) => {
                self.duration(own, 0, regularly.every, 1);
                if !(1..=PERIODS_MAX).contains(&regularly.times) {
                    self.mistake(own, Part::Whole, Mistake::Periods { max: PERIODS_MAX });
                }
                self.facts(own, 0, &regularly.facts);
            }
        }
    }

    /// The type of a name; an unknown one is a mistake.
    fn name(&mut self, own: usize, name: &str, scope: Scope<'_>) -> Option<Type> {
        let names = self.vocabulary.names(scope);
        if let Some(kind) = names.get(name) {
            return Some(*kind);
        }
        // Of a kind that is unknown no field is known, which has been said.
        if let Scope::Fact(kind) = scope
            && !self.vocabulary.facts.contains_key(kind)
        {
            return None;
        }
        let near = nearest(name, names.keys().map(String::as_str)).map(str::to_owned);
        let mistake = match scope {
            Scope::Customer => {
                let mut kinds = self.vocabulary.facts.iter();
                let kind = kinds.find(|(_, fields)| fields.contains_key(name)).map(|(kind, _)| kind.clone());
                Mistake::UnknownName { name: name.to_owned(), near, field_of: kind }
            }
            Scope::Fact(kind) => {
                Mistake::UnknownField { field: name.to_owned(), kind: kind.to_owned(), near }
            }
            Scope::Tag => Mistake::UnknownField { field: name.to_owned(), kind: "tag".to_owned(), near },
        };
        self.mistake(own, Part::Name, mistake);
        None
    }

    fn tag(&mut self, own: usize, tag: &str) {
        let Some(known) = &self.vocabulary.tags else { return };
        if !known.iter().any(|known| known.to_lowercase() == tag.trim().to_lowercase()) {
            let near = nearest(tag, known.iter().map(String::as_str)).map(str::to_owned);
            self.doubt(own, Part::Name, Doubt::UnknownTag { tag: tag.to_owned(), near });
        }
    }

    fn facts(&mut self, own: usize, step: usize, facts: &Facts) {
        let known = &self.vocabulary.facts;
        if !known.contains_key(&facts.kind) {
            let near = nearest(&facts.kind, known.keys().map(String::as_str)).map(str::to_owned);
            self.mistake(own, Part::Kind(step), Mistake::UnknownKind { kind: facts.kind.clone(), near });
        }
        if let Some(filter) = &facts.filter {
            self.condition(filter, Scope::Fact(&facts.kind));
        }
    }

    fn did(&mut self, own: usize, did: &Did) {
        if let Asked::Measure { measure, is } = &did.asked {
            self.measure(own, measure, &did.facts.kind);
            if let Amount::Between { from, to } = is
                && from > to
            {
                self.doubt(own, Part::Whole, Doubt::Reversed { from: from.to_string(), to: to.to_string() });
            }
        }
        self.span(own, did.span);
        self.facts(own, 0, &did.facts);
    }

    fn measure(&mut self, own: usize, measure: &Measure, kind: &str) {
        let (field, word) = match measure {
            Measure::Count => return,
            Measure::Sum(field) => (field, "sum"),
            Measure::Average(field) => (field, "average"),
            Measure::Min(field) => (field, "min"),
            Measure::Max(field) => (field, "max"),
            Measure::Distinct(field) => (field, "distinct"),
        };
        let Some(fields) = self.vocabulary.facts.get(kind) else { return };
        match fields.get(field) {
            None => {
                let near = nearest(field, fields.keys().map(String::as_str)).map(str::to_owned);
                let mistake = Mistake::UnknownField { field: field.clone(), kind: kind.to_owned(), near };
                self.mistake(own, Part::Field, mistake);
            }
            Some(found) if word != "distinct" && !found.is_number() => {
                let mistake = Mistake::NotANumber { measure: word, field: field.clone(), kind: found.name() };
                self.mistake(own, Part::Field, mistake);
            }
            Some(_) => {}
        }
    }

    fn sequence(&mut self, own: usize, sequence: &Sequence) {
        if sequence.then.is_empty() {
            self.mistake(own, Part::Whole, Mistake::OneStep);
        }
        self.span(own, sequence.span);
        self.facts(own, 0, &sequence.start);
        for (number, step) in sequence.then.iter().enumerate() {
            self.duration(own, number + 1, step.within, 0);
            self.facts(own, number + 1, &step.facts);
        }
    }

    fn span(&mut self, own: usize, span: Span) {
        match span {
            Span::Ever => {}
            Span::In(window) => {
                if let Window::Next(_) = window {
                    self.doubt(own, Part::Span(0), Doubt::Future);
                }
                self.window(own, Part::Span(0), window);
            }
            Span::Between { from, to } => self.between(own, Part::Span(0), from, to),
            Span::Before(moment) | Span::After(moment) | Span::Since(moment) | Span::Until(moment) => {
                self.moment(own, Part::Span(0), moment);
                let from = match span {
                    Span::After(moment) | Span::Since(moment) => Some(moment),
                    _ => None,
                };
                if matches!(from, Some(Moment::Ahead(length)) if length.count > 0) {
                    self.doubt(own, Part::Span(0), Doubt::Future);
                }
            }
            Span::First(duration) => self.duration(own, 0, duration, 1),
        }
    }

    fn near(&mut self, own: usize, near: Near) {
        match near {
            Near::Within(duration) => self.duration(own, 0, duration, 0),
            Near::In(window) => self.window(own, Part::Span(0), window),
            Near::Between { from, to } => self.between(own, Part::Span(0), from, to),
        }
    }

    fn between(&mut self, own: usize, part: Part, from: Moment, to: Moment) {
        self.moment(own, part, from);
        self.moment(own, part, to);
        if from.is_after(to) {
            self.doubt(own, part, Doubt::Reversed { from: from.to_string(), to: to.to_string() });
        }
    }

    fn window(&mut self, own: usize, part: Part, window: Window) {
        if let Window::Last(duration) | Window::Next(duration) = window
            && !(1..=DURATION_UNITS_MAX).contains(&duration.count)
        {
            self.mistake(own, part, Mistake::Duration { from: 1, to: DURATION_UNITS_MAX });
        }
    }

    fn moment(&mut self, own: usize, part: Part, moment: Moment) {
        if let Moment::Ago(duration) | Moment::Ahead(duration) = moment
            && duration.count > DURATION_UNITS_MAX
        {
            self.mistake(own, part, Mistake::Duration { from: 0, to: DURATION_UNITS_MAX });
        }
    }

    fn duration(&mut self, own: usize, number: usize, duration: Duration, least: u32) {
        if !(least..=DURATION_UNITS_MAX).contains(&duration.count) {
            let mistake = Mistake::Duration { from: least, to: DURATION_UNITS_MAX };
            self.mistake(own, Part::Span(number), mistake);
        }
    }
}
