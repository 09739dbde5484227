//! The canonical text of a tree: it reads back to the same tree.

use super::token::NAME_QUOTE;
use super::tree::{
    Amount, Anniversary, Asked, Did, Expression, Facts, Literal, Measure, Named, Near, Sequence, Span, Test,
};
use super::words::is_bare;
use std::fmt::{self, Display};

/// The text of a tree. It reads back to the same tree where every `and` and `or` has two conditions
/// or more; one of a single condition is that condition.
pub fn text(expression: &Expression) -> String {
    expression.to_string()
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expression::Everyone => f.write_str("everyone"),
            Expression::And(parts) => join(f, parts, " and ", "everyone"),
            Expression::Or(parts) => join(f, parts, " or ", "not everyone"),
            Expression::Not(inner) => not(f, inner),
            Expression::Value(named) => value(f, named, false),
            Expression::Anniversary(anniversary) => write_anniversary(f, anniversary),
            Expression::Did(did) => write_did(f, did, "did"),
            Expression::Sequence(sequence) => write_sequence(f, sequence),
            Expression::Stopped(stopped) => write!(f, "stopped {} for {}", stopped.facts, stopped.pause),
            Expression::Restarted(restarted) => {
                write!(f, "restarted {} after {}", restarted.facts, restarted.pause)?;
                restarted.within.map_or(Ok(()), |within| write!(f, " within the last {within}"))
            }
            Expression::Regularly(regularly) => {
                write!(f, "regularly {} every {} times {}", regularly.facts, regularly.every, regularly.times)
            }
            Expression::Tag(tagged) => {
                write!(f, "has tag {}", Quoted(&tagged.tag))?;
                tagged.filter.as_ref().map_or(Ok(()), |filter| write!(f, " with {}", Part(filter)))
            }
            Expression::Consent(channel) => write!(f, "consent {}", Name(&channel.channel)),
        }
    }
}

/// Several conditions; a single one stands for itself, none for what they mean together.
fn join(f: &mut fmt::Formatter<'_>, parts: &[Expression], word: &str, none: &str) -> fmt::Result {
    match parts {
        [] => f.write_str(none),
        [one] => one.fmt(f),
        parts => {
            for (number, part) in parts.iter().enumerate() {
                let word = if number == 0 { "" } else { word };
                write!(f, "{word}{}", Part(part))?;
            }
            Ok(())
        }
    }
}

fn not(f: &mut fmt::Formatter<'_>, inner: &Expression) -> fmt::Result {
    match single(inner) {
        Expression::Did(did) => write_did(f, did, "did not"),
        Expression::Value(named) if !matches!(named.test, Test::Compare { .. }) => value(f, named, true),
        inner => write!(f, "not {}", Part(inner)),
    }
}

/// The condition that stands for a group of one.
fn single(expression: &Expression) -> &Expression {
    match expression {
        Expression::And(parts) | Expression::Or(parts) if parts.len() == 1 => single(&parts[0]),
        other => other,
    }
}

/// A condition inside another: groups stand in brackets.
struct Part<'a>(&'a Expression);

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match single(self.0) {
            group @ (Expression::And(parts) | Expression::Or(parts)) if !parts.is_empty() => {
                write!(f, "({group})")
            }
            other => other.fmt(f),
        }
    }
}

/// A name, in backticks where it would read as something else.
struct Name<'a>(&'a str);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_bare(self.0) { f.write_str(self.0) } else { quote(f, self.0, NAME_QUOTE) }
    }
}

/// A text in double quotes.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        quote(f, self.0, '"')
    }
}

/// A quote inside is written twice.
fn quote(f: &mut fmt::Formatter<'_>, text: &str, mark: char) -> fmt::Result {
    let doubled = [mark, mark].iter().collect::<String>();
    write!(f, "{mark}{}{mark}", text.replace(mark, &doubled))
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Literal::Text(text) => Quoted(text).fmt(f),
            Literal::Number(number) => number.fmt(f),
            Literal::Day(moment) => moment.fmt(f),
            Literal::Flag(flag) => flag.fmt(f),
        }
    }
}

fn list<'a, T: fmt::Display>(values: impl Iterator<Item = T> + 'a) -> String {
    let values: Vec<String> = values.map(|value| value.to_string()).collect();
    format!("({})", values.join(", "))
}

fn value(f: &mut fmt::Formatter<'_>, named: &Named, negated: bool) -> fmt::Result {
    let not = if negated { "not " } else { "" };
    write!(f, "{} ", Name(&named.name))?;
    match &named.test {
        Test::Set => write!(f, "is {not}set"),
        Test::Compare { operator, value } => write!(f, "{} {value}", operator.symbol()),
        Test::Between { from, to } => write!(f, "{not}between {from} and {to}"),
        Test::In(values) => write!(f, "{not}in {}", list(values.iter())),
        Test::Contains(text) => write!(f, "{not}contains {}", Quoted(text)),
        Test::ContainsAny(texts) => {
            write!(f, "{not}contains any of {}", list(texts.iter().map(|text| Quoted(text))))
        }
        Test::ContainsAll(texts) => {
            write!(f, "{not}contains all of {}", list(texts.iter().map(|text| Quoted(text))))
        }
        Test::StartsWith(text) => write!(f, "{not}starts with {}", Quoted(text)),
        Test::EndsWith(text) => write!(f, "{not}ends with {}", Quoted(text)),
        Test::Window(window) => write!(f, "{not}{window}"),
    }
}

fn write_anniversary(f: &mut fmt::Formatter<'_>, anniversary: &Anniversary) -> fmt::Result {
    // After `of` the word is a name and nothing else.
    let of = &anniversary.of;
    if of.eq_ignore_ascii_case("birthday") {
        write!(f, "anniversary of {of} ")?;
    } else {
        write!(f, "anniversary of {} ", Name(of))?;
    }
    match anniversary.near {
        Near::Within(duration) => write!(f, "within {duration}"),
        Near::In(window) => window.fmt(f),
        Near::Between { from, to } => write!(f, "between {from} and {to}"),
    }
}

impl fmt::Display for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Name(&self.kind).fmt(f)?;
        self.filter.as_ref().map_or(Ok(()), |filter| write!(f, " where {}", Part(filter)))
    }
}

impl fmt::Display for Span {
    /// As it stands after what was done; nothing for any time.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Span::Ever => Ok(()),
            Span::In(window) => window.fmt(f),
            Span::Between { from, to } => write!(f, "between {from} and {to}"),
            Span::Before(day) => write!(f, "before {day}"),
            Span::After(day) => write!(f, "after {day}"),
            Span::Since(day) => write!(f, "since {day}"),
            Span::Until(day) => write!(f, "until {day}"),
            Span::First(duration) => write!(f, "in the first {duration}"),
        }
    }
}

fn write_did(f: &mut fmt::Formatter<'_>, did: &Did, word: &str) -> fmt::Result {
    write!(f, "{word} {}", did.facts)?;
    match &did.asked {
        asked if *asked == Asked::default() => {}
        Asked::Measure { measure, is } => write!(f, " {measure} {is}")?,
        Asked::ForTheFirstTime => f.write_str(" for the first time")?,
        Asked::ForTheLastTime => f.write_str(" for the last time")?,
        Asked::AsTheFirst => f.write_str(" as the first")?,
        Asked::AsTheLast => f.write_str(" as the last")?,
    }
    if did.span.is_ever() { Ok(()) } else { write!(f, " {}", did.span) }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Measure::Count => f.write_str("count"),
            Measure::Sum(field) => write!(f, "sum({})", Name(field)),
            Measure::Average(field) => write!(f, "average({})", Name(field)),
            Measure::Distinct(field) => write!(f, "distinct({})", Name(field)),
            Measure::Min(field) => write!(f, "min({})", Name(field)),
            Measure::Max(field) => write!(f, "max({})", Name(field)),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::Compare { operator, value } => write!(f, "{} {value}", operator.symbol()),
            Amount::Between { from, to } => write!(f, "between {from} and {to}"),
        }
    }
}

fn write_sequence(f: &mut fmt::Formatter<'_>, sequence: &Sequence) -> fmt::Result {
    write!(f, "sequence {}", sequence.start)?;
    for step in &sequence.then {
        let not = if step.not { "not " } else { "" };
        write!(f, " then {not}{} within {}", step.facts, step.within)?;
    }
    if sequence.span.is_ever() { Ok(()) } else { write!(f, " {}", sequence.span) }
}
