//! Conditions on what was done.

use super::super::error::SyntaxError;
use super::super::near::nearest;
use super::super::place::{Marks, Part};
use super::super::token::Token;
use super::super::tree::{
    Amount, Asked, Did, Expression, Facts, Measure, Operator, PERIODS_MAX, Regularly, Restarted, Sequence,
    Step, Stopped,
};
use super::cursor::Cursor;
use super::days::{duration, length, span};
use super::{Read, filter, negation};
use crate::expression::decimal::Decimal;

const MEASURES: [&str; 6] = ["count", "sum", "average", "distinct", "min", "max"];
/// Words that may follow the facts of `did`.
const AFTER_FACTS: [&str; 19] = [
    "where", "count", "sum", "average", "distinct", "min", "max", "at", "exactly", "for", "as", "in",
    "between", "before", "after", "since", "until", "and", "or",
];

/// A kind of facts and its filter.
fn facts(cursor: &mut Cursor<'_>, marks: &mut Marks, step: usize) -> Result<Facts, SyntaxError> {
    let (kind, place) = cursor.name("a kind of facts, such as order or touch")?;
    marks.parts.push((Part::Kind(step), place));
    let filter = filter(cursor, "where", marks)?;
    Ok(Facts { kind, filter })
}

/// `did …` and `did not …`.
pub(super) fn did(cursor: &mut Cursor<'_>) -> Read {
    let start = cursor.advance();
    let negated = cursor.take(&["not"]);
    let mut marks = Marks::default();
    let facts = facts(cursor, &mut marks, 0)?;
    let (mut asked, mut when) = (None, None);
    loop {
        let at = cursor.place();
        if when.is_none()
            && let Some(found) = span(cursor)?
        {
            when = Some(found);
            marks.parts.push((Part::Span(0), at.to(cursor.last())));
        } else if asked.is_none()
            && let Some(found) = self::asked(cursor, &mut marks)?
        {
            asked = Some(found);
        } else {
            break;
        }
    }
    if let Token::Word(word) = cursor.token()
        && !["and", "or", "then"].iter().any(|word| cursor.word_ahead(0, word))
    {
        let meant = nearest(word, AFTER_FACTS);
        let hint = meant.map_or("; conditions on facts stand after `where`".to_owned(), |word| {
            format!("; did you mean `{word}`?")
        });
        return Err(cursor.fault("how often or when", hint));
    }
    marks.whole = start.to(cursor.last());
    let whole = marks.whole;
    let did = Did { facts, asked: asked.unwrap_or_default(), span: when.unwrap_or_default() };
    let condition = (Expression::Did(did), marks);
    Ok(if negated { negation(condition, whole) } else { condition })
}

/// What is asked of the facts; `None` where nothing is said.
fn asked(cursor: &mut Cursor<'_>, marks: &mut Marks) -> Result<Option<Asked>, SyntaxError> {
    let orders: [(&[&str], Asked); 4] = [
        (&["for", "the", "first", "time"], Asked::ForTheFirstTime),
        (&["for", "the", "last", "time"], Asked::ForTheLastTime),
        (&["as", "the", "first"], Asked::AsTheFirst),
        (&["as", "the", "last"], Asked::AsTheLast),
    ];
    for (words, asked) in orders {
        if cursor.take(words) {
            return Ok(Some(asked));
        }
    }
    let times: [(&[&str], Operator); 3] = [
        (&["at", "least"], Operator::GreaterOrEqual),
        (&["at", "most"], Operator::LessOrEqual),
        (&["exactly"], Operator::Equal),
    ];
    for (words, operator) in times {
        if cursor.take(words) {
            let value = Decimal::whole(i64::from(cursor.count(0, u32::MAX)?)).unwrap_or_default();
            if !cursor.take(&["time"]) {
                cursor.need("times")?;
            }
            return Ok(Some(Asked::Measure {
                measure: Measure::Count,
                is: Amount::Compare { operator, value },
            }));
        }
    }
    let Some(word) = MEASURES.into_iter().find(|word| cursor.word_ahead(0, word)) else { return Ok(None) };
    cursor.advance();
    let measure = if word == "count" { Measure::Count } else { measure(cursor, word, marks)? };
    Ok(Some(Asked::Measure { measure, is: amount(cursor)? }))
}

fn measure(cursor: &mut Cursor<'_>, word: &str, marks: &mut Marks) -> Result<Measure, SyntaxError> {
    cursor.need_sign("(")?;
    let (field, place) = cursor.name("a field of the facts")?;
    marks.parts.push((Part::Field, place));
    cursor.need_sign(")")?;
    Ok(match word {
        "sum" => Measure::Sum(field),
        "average" => Measure::Average(field),
        "distinct" => Measure::Distinct(field),
        "min" => Measure::Min(field),
        _ => Measure::Max(field),
    })
}

fn amount(cursor: &mut Cursor<'_>) -> Result<Amount, SyntaxError> {
    if cursor.take(&["between"]) {
        let (from, _) = cursor.number()?;
        cursor.need("and")?;
        let (to, _) = cursor.number()?;
        return Ok(Amount::Between { from, to });
    }
    let found = Operator::ALL.into_iter().find(|operator| *cursor.token() == Token::Sign(operator.symbol()));
    let Some(operator) = found else {
        return Err(cursor.expected("a comparison such as `>= 2`, or `between 2 and 5`"));
    };
    cursor.advance();
    let (value, _) = cursor.number()?;
    Ok(Amount::Compare { operator, value })
}

pub(super) fn sequence(cursor: &mut Cursor<'_>) -> Read {
    let start = cursor.advance();
    let mut marks = Marks::default();
    let first = facts(cursor, &mut marks, 0)?;
    let mut then = Vec::new();
    while cursor.take(&["then"]) {
        let not = cursor.take(&["not"]);
        let facts = facts(cursor, &mut marks, then.len() + 1)?;
        cursor.need("within")?;
        let at = cursor.place();
        let within = duration(cursor, 0)?;
        marks.parts.push((Part::Span(then.len() + 1), at.to(cursor.last())));
        then.push(Step { not, facts, within });
    }
    if then.is_empty() {
        return Err(cursor.expected_among("`then` and the next step", &["then"]));
    }
    let at = cursor.place();
    let span = span(cursor)?.unwrap_or_default();
    if !span.is_ever() {
        marks.parts.push((Part::Span(0), at.to(cursor.last())));
    }
    marks.whole = start.to(cursor.last());
    Ok((Expression::Sequence(Sequence { start: first, then, span }), marks))
}

pub(super) fn stopped(cursor: &mut Cursor<'_>) -> Read {
    let start = cursor.advance();
    let mut marks = Marks::default();
    let facts = facts(cursor, &mut marks, 0)?;
    cursor.need("for")?;
    let pause = length(cursor)?;
    marks.whole = start.to(cursor.last());
    Ok((Expression::Stopped(Stopped { facts, pause }), marks))
}

pub(super) fn restarted(cursor: &mut Cursor<'_>) -> Read {
    let start = cursor.advance();
    let mut marks = Marks::default();
    let facts = facts(cursor, &mut marks, 0)?;
    cursor.need("after")?;
    let pause = length(cursor)?;
    let recent = cursor.take(&["within", "the", "last"]) || cursor.take(&["in", "the", "last"]);
    let within = if recent { Some(length(cursor)?) } else { None };
    marks.whole = start.to(cursor.last());
    Ok((Expression::Restarted(Restarted { facts, pause, within }), marks))
}

pub(super) fn regularly(cursor: &mut Cursor<'_>) -> Read {
    let start = cursor.advance();
    let mut marks = Marks::default();
    let facts = facts(cursor, &mut marks, 0)?;
    cursor.need("every")?;
    let every = length(cursor)?;
    cursor.need("times")?;
    let times = cursor.count(1, PERIODS_MAX)?;
    marks.whole = start.to(cursor.last());
    Ok((Expression::Regularly(Regularly { facts, every, times }), marks))
}
