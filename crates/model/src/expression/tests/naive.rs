//! The words of the documentation, followed one by one: all facts in a list, looked through anew
//! for every condition.

use super::customers::{Customer, Done};
use super::naive_days::{ago, ahead, moment, window_days};
use crate::calendar::{AsOf, Day};
use crate::expression::days::{Duration, Unit};
use crate::expression::tree::*;
use crate::expression::value::Owned;
use std::collections::BTreeMap;

/// Names of a customer, a fact or a tag.
type Names<'a> = &'a BTreeMap<String, Owned>;

pub fn holds(expression: &Expression, customer: &Customer, as_of: AsOf) -> bool {
    match expression {
        Expression::And(parts) => !parts.iter().any(|part| !holds(part, customer, as_of)),
        Expression::Or(parts) => parts.iter().any(|part| holds(part, customer, as_of)),
        Expression::Not(inner) => !holds(inner, customer, as_of),
        Expression::Did(asked) => did(asked, customer, as_of),
        Expression::Sequence(asked) => sequence(asked, customer, as_of),
        Expression::Stopped(asked) => {
            let days = days(&passing(&asked.facts, customer, as_of));
            days.last().is_some_and(|last| *last <= ago(asked.pause, as_of.0))
        }
        Expression::Restarted(asked) => {
            let days = days(&passing(&asked.facts, customer, as_of));
            days.windows(2).any(|two| {
                let recent = asked.within.is_none_or(|within| two[1] > ago(within, as_of.0));
                recent && two[1] >= ahead(asked.pause, two[0])
            })
        }
        Expression::Regularly(asked) => {
            let days = days(&passing(&asked.facts, customer, as_of));
            let back = |times: u32| {
                ago(Duration { count: asked.every.count * times, unit: asked.every.unit }, as_of.0)
            };
            (0..asked.times).all(|period| {
                days.iter().any(|day| *day > back(period + 1) && (period == 0 || *day <= back(period)))
            })
        }
        Expression::Tag(tagged) => match customer.tags.get(&tagged.tag) {
            None => false,
            Some(weight) => {
                let weight = weight.map_or(Owned::Missing, Owned::Float);
                let fields = BTreeMap::from([("weight".to_owned(), weight)]);
                tagged.filter.as_ref().is_none_or(|filter| on_names(filter, &fields, as_of))
            }
        },
        Expression::Consent(channel) => customer.consents.contains(&channel.channel),
        other => on_names(other, &customer.values, as_of),
    }
}

/// A condition on named values alone.
fn on_names(expression: &Expression, names: Names<'_>, as_of: AsOf) -> bool {
    match expression {
        Expression::Everyone => true,
        Expression::And(parts) => parts.iter().all(|part| on_names(part, names, as_of)),
        Expression::Or(parts) => parts.iter().any(|part| on_names(part, names, as_of)),
        Expression::Not(inner) => !on_names(inner, names, as_of),
        Expression::Value(named) => passes(&named.test, there(names, &named.name), as_of),
        Expression::Anniversary(asked) => {
            let Some(Owned::Day(own)) = there(names, &asked.of) else { return false };
            let (first, last) = match asked.near {
                Near::Within(duration) => (as_of.0, ahead(duration, as_of.0)),
                Near::In(window) => window_days(window, as_of),
                Near::Between { from, to } => (moment(from, as_of), moment(to, as_of)),
            };
            (1..200).any(|years| {
                let day = ahead(Duration { count: years, unit: Unit::Years }, *own);
                first <= day && day <= last
            })
        }
        other => panic!("{other} is no condition on names"),
    }
}

/// The value of a name; not a number and a list of nothing are missing.
fn there<'a>(names: Names<'a>, name: &str) -> Option<&'a Owned> {
    match names.get(name) {
        None | Some(Owned::Missing) => None,
        Some(Owned::Float(number)) if number.is_nan() => None,
        Some(Owned::List(texts)) if texts.is_empty() => None,
        value => value,
    }
}

fn small(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

fn has_part(text: &str, part: &str) -> bool {
    let (text, part) = (small(text), small(part));
    (0..=text.len()).any(|start| text[start..].starts_with(&part))
}

fn any_text(value: &Owned, passes: impl Fn(&str) -> bool) -> bool {
    match value {
        Owned::Text(text) => passes(text),
        Owned::List(texts) => texts.iter().any(|text| passes(text)),
        _ => false,
    }
}

fn passes(test: &Test, value: Option<&Owned>, as_of: AsOf) -> bool {
    let Some(value) = value else {
        return matches!(test, Test::Compare { operator: Operator::NotEqual, .. });
    };
    let contains = |part: &str| match value {
        Owned::Text(text) => has_part(text, part),
        list => any_text(list, |text| small(text) == small(part)),
    };
    match test {
        Test::Set => true,
        Test::Compare { operator: Operator::NotEqual, value: other } => !equal(value, other, as_of),
        Test::Compare { operator: Operator::Equal, value: other } => equal(value, other, as_of),
        Test::Compare { operator, value: other } => {
            order(value, other, as_of).is_some_and(|order| operator.passes(order))
        }
        Test::Between { from, to } => {
            order(value, from, as_of).is_some_and(|order| order.is_ge())
                && order(value, to, as_of).is_some_and(|order| order.is_le())
        }
        Test::In(others) => others.iter().any(|other| equal(value, other, as_of)),
        Test::Contains(part) => contains(part),
        Test::ContainsAny(parts) => parts.iter().any(|part| contains(part)),
        Test::ContainsAll(parts) => parts.iter().all(|part| contains(part)),
        Test::StartsWith(part) => any_text(value, |text| small(text).starts_with(&small(part))),
        Test::EndsWith(part) => any_text(value, |text| small(text).ends_with(&small(part))),
        Test::Window(window) => {
            let (first, last) = window_days(*window, as_of);
            matches!(value, Owned::Day(day) if first <= *day && *day <= last)
        }
    }
}

fn equal(value: &Owned, other: &Literal, as_of: AsOf) -> bool {
    match other {
        Literal::Text(other) => any_text(value, |text| small(text) == small(other)),
        Literal::Flag(other) => *value == Owned::Flag(*other),
        other => order(value, other, as_of).is_some_and(|order| order.is_eq()),
    }
}

/// Numbers in the tests are quarters, which floats hold exactly.
fn float(value: &Owned) -> Option<f64> {
    match value {
        Owned::Number(number) => Some(number.0 as f64 / 10_000.0),
        Owned::Count(count) => Some(*count as f64),
        Owned::Float(number) => Some(*number),
        _ => None,
    }
}

fn order(value: &Owned, other: &Literal, as_of: AsOf) -> Option<std::cmp::Ordering> {
    match (value, other) {
        (Owned::Day(day), Literal::Day(other)) => Some(day.cmp(&moment(*other, as_of))),
        (value, Literal::Number(other)) => float(value)?.partial_cmp(&(other.0 as f64 / 10_000.0)),
        _ => None,
    }
}

fn of_kind<'a>(kind: &str, customer: &'a Customer, as_of: AsOf) -> Vec<&'a Done> {
    customer.facts.iter().filter(|fact| fact.kind == kind && fact.day() <= as_of.0).collect()
}

fn filtered(facts: &Facts, done: &Done, as_of: AsOf) -> bool {
    facts.filter.as_ref().is_none_or(|filter| on_names(filter, &done.fields, as_of))
}

fn passing<'a>(facts: &Facts, customer: &'a Customer, as_of: AsOf) -> Vec<&'a Done> {
    of_kind(&facts.kind, customer, as_of).into_iter().filter(|done| filtered(facts, done, as_of)).collect()
}

fn days(facts: &[&Done]) -> Vec<Day> {
    facts.iter().map(|fact| fact.day()).collect()
}

fn in_span(span: Span, kind: &str, day: Day, customer: &Customer, as_of: AsOf) -> bool {
    match span {
        Span::Ever => true,
        Span::In(window) => {
            let (first, last) = window_days(window, as_of);
            first <= day && day <= last
        }
        Span::Between { from, to } => moment(from, as_of) <= day && day <= moment(to, as_of),
        Span::Before(other) => day < moment(other, as_of),
        Span::After(other) => day > moment(other, as_of),
        Span::Since(other) => day >= moment(other, as_of),
        Span::Until(other) => day <= moment(other, as_of),
        Span::First(duration) => {
            let first = of_kind(kind, customer, as_of)[0].day();
            first <= day && day < ahead(duration, first)
        }
    }
}

fn did(asked: &Did, customer: &Customer, as_of: AsOf) -> bool {
    let kind = &asked.facts.kind;
    let counts = |fact: &&Done| in_span(asked.span, kind, fact.day(), customer, as_of);
    let all = of_kind(kind, customer, as_of);
    let passing = passing(&asked.facts, customer, as_of);
    let (measure, is) = match &asked.asked {
        Asked::ForTheFirstTime => return passing.first().is_some_and(counts),
        Asked::ForTheLastTime => return passing.last().is_some_and(counts),
        Asked::AsTheFirst => {
            return all.first().is_some_and(|fact| filtered(&asked.facts, fact, as_of) && counts(fact));
        }
        Asked::AsTheLast => {
            return all.last().is_some_and(|fact| filtered(&asked.facts, fact, as_of) && counts(fact));
        }
        Asked::Measure { measure, is } => (measure, is),
    };
    let counted: Vec<&Done> = passing.into_iter().filter(counts).collect();
    let there = |field: &String| {
        counted.iter().filter_map(|fact| there(&fact.fields, field)).cloned().collect::<Vec<Owned>>()
    };
    let numbers = |field: &String| there(field).iter().filter_map(float).collect::<Vec<f64>>();
    // Numbers are quarters: a sum times four is whole, and a mean is compared as a sum.
    let (number, over) = match measure {
        Measure::Count => (Some(counted.len() as f64), 1),
        Measure::Sum(field) => (Some(numbers(field).iter().sum()), 1),
        Measure::Average(field) => {
            let numbers = numbers(field);
            (Some(numbers.iter().sum()).filter(|_: &f64| !numbers.is_empty()), numbers.len())
        }
        Measure::Distinct(field) => (Some(distinct(&there(field)) as f64), 1),
        Measure::Min(field) => (numbers(field).into_iter().reduce(f64::min), 1),
        Measure::Max(field) => (numbers(field).into_iter().reduce(f64::max), 1),
    };
    let compared = |bound: crate::expression::decimal::Decimal| {
        number.and_then(|number| number.partial_cmp(&(bound.0 as f64 / 10_000.0 * over as f64)))
    };
    match is {
        Amount::Compare { operator: Operator::NotEqual, value } => {
            compared(*value).is_none_or(|order| order.is_ne())
        }
        Amount::Compare { operator, value } => compared(*value).is_some_and(|order| operator.passes(order)),
        Amount::Between { from, to } => {
            compared(*from).is_some_and(|order| order.is_ge())
                && compared(*to).is_some_and(|order| order.is_le())
        }
    }
}

fn distinct(values: &[Owned]) -> usize {
    let mut seen: Vec<String> = Vec::new();
    for value in values {
        let shown = match value {
            Owned::List(texts) => texts.iter().map(|text| small(text).into_iter().collect()).collect(),
            Owned::Text(text) => vec![small(text).into_iter().collect()],
            number => vec![float(number).map_or(format!("{number:?}"), |number| format!("{}", number + 0.0))],
        };
        for shown in shown {
            if !seen.contains(&shown) {
                seen.push(shown);
            }
        }
    }
    seen.len()
}

/// Every chain of facts is tried.
fn sequence(asked: &Sequence, customer: &Customer, as_of: AsOf) -> bool {
    let starts = passing(&asked.start, customer, as_of);
    starts.into_iter().any(|start| {
        in_span(asked.span, &asked.start.kind, start.day(), customer, as_of)
            && goes_on(start, &asked.then, customer, as_of)
    })
}

fn goes_on(from: &Done, then: &[Step], customer: &Customer, as_of: AsOf) -> bool {
    let Some((step, rest)) = then.split_first() else { return true };
    let last = ahead(step.within, from.day());
    let follows = |done: &&Done| {
        let after = if done.kind == from.kind {
            // Later in the list, which is in order.
            std::ptr::from_ref(*done) > std::ptr::from_ref(from)
        } else {
            done.moment >= from.moment
        };
        after && done.day() <= last
    };
    let mut following = passing(&step.facts, customer, as_of).into_iter().filter(follows);
    if step.not {
        last <= as_of.0 && following.next().is_none() && goes_on(from, rest, customer, as_of)
    } else {
        following.any(|next| goes_on(next, rest, customer, as_of))
    }
}
