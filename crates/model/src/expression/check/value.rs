//! Whether a test fits the type of what it tests.

use super::{Checker, Doubt, Mistake};
use crate::expression::days::Moment;
use crate::expression::near::nearest;
use crate::expression::place::Part;
use crate::expression::tree::{Literal, Named, Operator, Test};
use crate::expression::value::Type;
use crate::expression::vocabulary::Scope;
use crate::money::SCALE;

/// The tests that go with each type, in words.
fn allowed(kind: Type) -> &'static str {
    match kind {
        Type::Text => "`=`, `!=`, `in`, `contains`, `starts with`, `ends with` or `is set`",
        Type::List => "`contains`, `contains any of`, `contains all of`, `=`, `in` or `is set`",
        Type::Number | Type::Count | Type::Float => {
            "`=`, `!=`, `<`, `<=`, `>`, `>=`, `between`, `in` or `is set`"
        }
        Type::Day => "`before`, `after`, `on`, `between`, `in the last`, `more than … ago` or `is set`",
        Type::Flag => "`= true`, `= false` or `is set`",
    }
}

/// Looks at a test of a named value.
pub(super) fn named(checker: &mut Checker<'_>, own: usize, named: &Named, scope: Scope<'_>) {
    let Some(kind) = checker.name(own, &named.name, scope) else { return };
    if let Some(operator) = unfit(&named.test, kind) {
        let mistake = Mistake::Operator {
            name: named.name.clone(),
            kind: kind.name(),
            operator,
            allowed: allowed(kind),
        };
        checker.mistake(own, Part::Operator, mistake);
        return;
    }
    match &named.test {
        Test::Set => {}
        Test::Compare { operator, value } => {
            literal(checker, own, 0, named, kind, value);
            if *operator == Operator::Equal && kind == Type::Count && is_broken(value) {
                checker.doubt(own, Part::Value(0), Doubt::NotWhole { name: named.name.clone() });
            }
            if scope == Scope::Customer {
                label(checker, own, 0, named, value);
            }
        }
        Test::Between { from, to } => {
            literal(checker, own, 0, named, kind, from);
            literal(checker, own, 1, named, kind, to);
            if is_reversed(from, to) {
                let doubt = Doubt::Reversed { from: from.to_string(), to: to.to_string() };
                checker.doubt(own, Part::Whole, doubt);
            }
        }
        Test::In(values) => {
            empty(checker, own, values.is_empty());
            for (number, value) in values.iter().enumerate() {
                literal(checker, own, number, named, kind, value);
                if scope == Scope::Customer {
                    label(checker, own, number, named, value);
                }
            }
        }
        Test::ContainsAny(texts) => empty(checker, own, texts.is_empty()),
        Test::ContainsAll(_) | Test::Contains(_) | Test::StartsWith(_) | Test::EndsWith(_) => {}
        Test::Window(window) => checker.window(own, Part::Value(0), *window),
    }
}

/// The operator of a test that does not go with a type.
fn unfit(test: &Test, kind: Type) -> Option<&'static str> {
    let (operator, fits) = match test {
        Test::Set => ("is set", true),
        Test::Compare { operator, .. } => {
            (operator.symbol(), !operator.is_order() || kind.is_number() || kind == Type::Day)
        }
        Test::Between { .. } => ("between", kind.is_number() || kind == Type::Day),
        Test::In(_) => ("in", true),
        Test::Contains(_) => ("contains", kind.is_text()),
        Test::ContainsAny(_) => ("contains any of", kind.is_text()),
        Test::ContainsAll(_) => ("contains all of", kind.is_text()),
        Test::StartsWith(_) => ("starts with", kind.is_text()),
        Test::EndsWith(_) => ("ends with", kind.is_text()),
        Test::Window(_) => ("in the last", kind == Type::Day),
    };
    (!fits).then_some(operator)
}

/// Whether a value is of the type that it is compared with.
fn literal(checker: &mut Checker<'_>, own: usize, number: usize, named: &Named, kind: Type, value: &Literal) {
    let fits = match value {
        Literal::Text(_) => kind.is_text(),
        Literal::Number(_) => kind.is_number(),
        Literal::Day(moment) => {
            checker.moment(own, Part::Value(number), *moment);
            kind == Type::Day
        }
        Literal::Flag(_) => kind == Type::Flag,
    };
    if !fits {
        let wanted = if kind == Type::List { Type::Text } else { kind };
        let (name, found) = (named.name.clone(), value.to_string());
        let mistake = Mistake::Value { name, kind: kind.name(), wanted: wanted.name(), found };
        checker.mistake(own, Part::Value(number), mistake);
    }
}

fn empty(checker: &mut Checker<'_>, own: usize, is_empty: bool) {
    if is_empty {
        checker.doubt(own, Part::Whole, Doubt::EmptyList);
    }
}

/// Whether a text is one of the labels that a name may have.
fn label(checker: &mut Checker<'_>, own: usize, number: usize, named: &Named, value: &Literal) {
    let (Literal::Text(text), Some(labels)) = (value, checker.vocabulary.labels.get(&named.name)) else {
        return;
    };
    let small = text.to_lowercase();
    if !labels.iter().any(|label| label.to_lowercase() == small) {
        let near = nearest(text, labels.iter().map(String::as_str)).map(str::to_owned);
        let doubt = Doubt::UnknownLabel { name: named.name.clone(), label: text.clone(), near };
        checker.doubt(own, Part::Value(number), doubt);
    }
}

/// Whether it is a number that no whole number is equal to.
fn is_broken(value: &Literal) -> bool {
    matches!(value, Literal::Number(number) if number.0 % SCALE != 0)
}

/// Whether nothing lies between two values, whatever the as-of day.
fn is_reversed(from: &Literal, to: &Literal) -> bool {
    match (from, to) {
        (Literal::Number(from), Literal::Number(to)) => from > to,
        (Literal::Day(from), Literal::Day(to)) => Moment::is_after(*from, *to),
        _ => false,
    }
}
