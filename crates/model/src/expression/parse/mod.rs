//! From the text of a rule to its tree.
//!
//! `not` binds tighter than `and`, `and` tighter than `or`; brackets go first. Keywords may be
//! written in capital or small letters. A filter after `where` or `with` is one condition, or
//! several in brackets: what stands after it belongs to the rule again.

mod cursor;
mod days;
mod value;
mod facts;

use self::cursor::Cursor;
use super::error::{Fault, SyntaxError};
use super::place::{At, Marks, Part, Place, Places};
use super::print;
use super::token::Token;
use super::tree::{Channel, DEPTH_MAX, Expression, PARTS_MAX, Tagged};
use std::fmt;

/// The most bytes of the text of one rule.
pub const TEXT_BYTES_MAX: usize = 256 * 1024;

/// A rule that was read, and where each part of it stands in its text.
#[derive(Clone, Debug)]
pub struct Parsed {
    pub expression: Expression,
    /// The text as it was given.
    pub text: String,
    places: Places,
}

impl Parsed {
    /// Where a part of a condition stands.
    pub fn place(&self, at: At) -> Place {
        self.places.of(at)
    }

    /// A message about a part of a condition with its line, and carets under the place.
    pub fn point(&self, at: At, message: &impl fmt::Display) -> String {
        self.place(at).point(&self.text, &message.to_string())
    }

    /// A rule that came as a tree, with its canonical text.
    ///
    /// # Errors
    /// A tree that is deeper or larger than a text may be.
    pub fn from_tree(expression: &Expression) -> Result<Parsed, SyntaxError> {
        // Before printing, which would go as deep as the tree does.
        let at_start = |fault| super::token::fault("", 0, 0, fault);
        if expression.depth() > DEPTH_MAX {
            return Err(at_start(Fault::Depth { max: DEPTH_MAX }));
        }
        parse(&print::text(expression))
    }
}

/// Reads the text of a rule.
///
/// # Errors
/// What is wrong first, where, what was expected there and what may have been meant.
pub fn parse(text: &str) -> Result<Parsed, SyntaxError> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(super::token::fault(text, 0, 0, Fault::Length { max: TEXT_BYTES_MAX }));
    }
    let mut cursor = Cursor::new(text)?;
    let (expression, marks) = either(&mut cursor)?;
    if *cursor.token() != Token::End {
        return Err(cursor.expected_among("`and`, `or` or the end", &["and", "or"]));
    }
    if expression.depth() > DEPTH_MAX {
        return Err(cursor.wrong_at(marks.whole, Fault::Depth { max: DEPTH_MAX }));
    }
    if expression.parts() > PARTS_MAX {
        return Err(cursor.wrong_at(marks.whole, Fault::Parts { max: PARTS_MAX }));
    }
    Ok(Parsed { expression, text: text.to_owned(), places: Places::new(marks) })
}

/// What reading a condition gives.
type Read = Result<(Expression, Marks), SyntaxError>;

/// Conditions joined by `or`.
fn either(cursor: &mut Cursor<'_>) -> Read {
    joined(cursor, "or", all, Expression::Or)
}

/// Conditions joined by `and`.
fn all(cursor: &mut Cursor<'_>) -> Read {
    joined(cursor, "and", negated, Expression::And)
}

fn joined(
    cursor: &mut Cursor<'_>,
    word: &str,
    part: fn(&mut Cursor<'_>) -> Read,
    group: fn(Vec<Expression>) -> Expression,
) -> Read {
    let (first, marks) = part(cursor)?;
    if !cursor.word_ahead(0, word) {
        return Ok((first, marks));
    }
    let (mut parts, mut inside) = (vec![first], vec![marks]);
    while cursor.take(&[word]) {
        let (next, marks) = part(cursor)?;
        parts.push(next);
        inside.push(marks);
    }
    let whole = inside[0].whole.to(cursor.last());
    Ok((group(parts), Marks { whole, parts: Vec::new(), inside }))
}

fn negated(cursor: &mut Cursor<'_>) -> Read {
    let start = cursor.place();
    if !cursor.take(&["not"]) {
        return condition(cursor);
    }
    let inner = deeper(cursor, negated)?;
    Ok(negation(inner, start.to(cursor.last())))
}

/// The opposite of a condition.
fn negation((inner, marks): (Expression, Marks), whole: Place) -> (Expression, Marks) {
    (Expression::Not(Box::new(inner)), Marks { whole, parts: Vec::new(), inside: vec![marks] })
}

/// Reads one level further down, where there may be one.
fn deeper(cursor: &mut Cursor<'_>, read: fn(&mut Cursor<'_>) -> Read) -> Read {
    if cursor.depth >= DEPTH_MAX {
        return Err(cursor.wrong(Fault::Depth { max: DEPTH_MAX }));
    }
    cursor.depth += 1;
    let found = read(cursor);
    cursor.depth -= 1;
    found
}

/// One condition, or several in brackets.
fn condition(cursor: &mut Cursor<'_>) -> Read {
    let start = cursor.place();
    if cursor.take_sign("(") {
        let (expression, mut marks) = deeper(cursor, either)?;
        if !cursor.take_sign(")") {
            return Err(cursor.expected("`and`, `or` or `)`"));
        }
        marks.whole = start.to(cursor.last());
        return Ok((expression, marks));
    }
    let Token::Word(word) = cursor.token() else {
        if let Token::Name(_) = cursor.token() {
            return value::named(cursor);
        }
        return Err(cursor.fault("a condition", hint(cursor.token())));
    };
    match word.to_ascii_lowercase().as_str() {
        "everyone" => {
            let whole = cursor.advance();
            Ok((Expression::Everyone, Marks { whole, ..Marks::default() }))
        }
        "did" => facts::did(cursor),
        "sequence" => facts::sequence(cursor),
        "stopped" => facts::stopped(cursor),
        "restarted" => facts::restarted(cursor),
        "regularly" => facts::regularly(cursor),
        "has" => tag(cursor),
        "consent" => consent(cursor),
        "anniversary" | "birthday" => value::anniversary(cursor),
        "in" if cursor.take(&["in", "segment"]) => value::segment(cursor, start),
        "in" | "and" | "or" | "then" | "where" => Err(cursor.expected("a condition")),
        _ => value::named(cursor),
    }
}

/// What may have been meant where no condition begins.
fn hint(token: &Token) -> String {
    match token {
        Token::Text(_) => "; a name stands without quotes or in backticks".to_owned(),
        Token::Number(_) | Token::Day(_) => "; the name comes first: revenue >= 100".to_owned(),
        _ => String::new(),
    }
}

/// The condition after `where` or `with`: one, or several in brackets.
fn filter(
    cursor: &mut Cursor<'_>,
    word: &str,
    marks: &mut Marks,
) -> Result<Option<Box<Expression>>, SyntaxError> {
    if !cursor.take(&[word]) {
        return Ok(None);
    }
    let (filter, inside) = deeper(cursor, negated)?;
    marks.inside.push(inside);
    Ok(Some(Box::new(filter)))
}

fn tag(cursor: &mut Cursor<'_>) -> Read {
    let start = cursor.advance();
    cursor.need("tag")?;
    let (tag, place) = cursor.quoted("a tag in quotes")?;
    let mut marks = Marks { parts: vec![(Part::Name, place)], ..Marks::default() };
    let filter = filter(cursor, "with", &mut marks)?;
    marks.whole = start.to(cursor.last());
    Ok((Expression::Tag(Tagged { tag, filter }), marks))
}

fn consent(cursor: &mut Cursor<'_>) -> Read {
    let start = cursor.advance();
    let (channel, place) = cursor.name("a channel: consent email")?;
    let marks = Marks { whole: start.to(place), parts: vec![(Part::Name, place)], inside: Vec::new() };
    Ok((Expression::Consent(Channel { channel }), marks))
}
