//! Conditions on a named value.

use super::super::days::{Moment, Window};
use super::super::error::SyntaxError;
use super::super::place::{Marks, Part, Place};
use super::super::token::Token;
use super::super::tree::{Anniversary, Expression, Literal, Named, Near, Operator, Test};
use super::super::words::{RESERVED, TESTS};
use super::cursor::Cursor;
use super::days::{duration, is_moment, is_window, length, moment, window};
use super::{Read, negation};

/// A test that was read: whether it is negated, what it is, and where its values stand.
struct Asked {
    negated: bool,
    test: Test,
    values: Vec<Place>,
}

impl Asked {
    fn new(test: Test, values: Vec<Place>) -> Asked {
        Asked { negated: false, test, values }
    }
}

/// A name and what is asked of it.
pub(super) fn named(cursor: &mut Cursor<'_>) -> Read {
    let start = cursor.place();
    from_name(cursor, start)
}

/// The same after `in segment`, where `=` may be left out.
pub(super) fn segment(cursor: &mut Cursor<'_>, start: Place) -> Read {
    if let Token::Text(_) = cursor.ahead(1) {
        let (name, place) = cursor.name("the name of a segmentation's column")?;
        let (text, value) = cursor.quoted("a segment in quotes")?;
        let test = Test::Compare { operator: Operator::Equal, value: Literal::Text(text) };
        let parts = vec![(Part::Name, place), (Part::Operator, value), (Part::Value(0), value)];
        let marks = Marks { whole: start.to(value), parts, inside: Vec::new() };
        return Ok((Expression::Value(Named { name, test }), marks));
    }
    from_name(cursor, start)
}

fn from_name(cursor: &mut Cursor<'_>, start: Place) -> Read {
    let (name, place) = cursor.name("a name")?;
    let operator = cursor.place();
    let read = test(cursor, &name)?;
    let end = cursor.last();
    // The words of the operator, up to where its values begin.
    let first_value = read.values.first().map_or(end.end, |value| value.start);
    let operator = Place { start: operator.start, end: first_value.max(operator.end) };
    let mut parts = vec![(Part::Name, place), (Part::Operator, operator)];
    parts.extend(read.values.into_iter().enumerate().map(|(number, place)| (Part::Value(number), place)));
    let marks = Marks { whole: start.to(end), parts, inside: Vec::new() };
    let condition = (Expression::Value(Named { name, test: read.test }), marks);
    Ok(if read.negated { negation(condition, start.to(end)) } else { condition })
}

fn test(cursor: &mut Cursor<'_>, name: &str) -> Result<Asked, SyntaxError> {
    if let Token::Sign(sign) = *cursor.token()
        && let Some(operator) = Operator::ALL.into_iter().find(|operator| operator.symbol() == sign)
    {
        cursor.advance();
        return compare(cursor, operator);
    }
    if cursor.take(&["is"]) {
        return is(cursor);
    }
    let negated = cursor.take(&["not"]) || cursor.take(&["does", "not"]);
    let mut read = match plain(cursor)? {
        Some(read) => read,
        None if negated => return Err(unknown(cursor, name, true)),
        None => match day_words(cursor)? {
            Some(read) => read,
            None => return Err(unknown(cursor, name, false)),
        },
    };
    read.negated = negated;
    Ok(read)
}

/// What may stand after `not` too.
fn plain(cursor: &mut Cursor<'_>) -> Result<Option<Asked>, SyntaxError> {
    if is_window(cursor) {
        let start = cursor.place();
        let test = Test::Window(window(cursor)?);
        return Ok(Some(Asked::new(test, vec![start.to(cursor.last())])));
    }
    if cursor.take(&["in"]) {
        let (values, places) = list(cursor, literal)?;
        return Ok(Some(Asked::new(Test::In(values), places)));
    }
    if cursor.take(&["between"]) {
        let (from, first) = literal(cursor)?;
        cursor.need("and")?;
        let (to, second) = literal(cursor)?;
        return Ok(Some(Asked::new(Test::Between { from, to }, vec![first, second])));
    }
    if cursor.take(&["contains"]) || cursor.take(&["contain"]) {
        for (words, test) in [
            (["any", "of"], Test::ContainsAny as fn(Vec<String>) -> Test),
            (["all", "of"], Test::ContainsAll),
        ] {
            if cursor.take(&words) {
                let (texts, places) = list(cursor, |cursor| cursor.quoted("a text in quotes"))?;
                return Ok(Some(Asked::new(test(texts), places)));
            }
        }
        return text(cursor, Test::Contains).map(Some);
    }
    for (words, test) in [
        (["starts", "with"], Test::StartsWith as fn(String) -> Test),
        (["start", "with"], Test::StartsWith),
        (["ends", "with"], Test::EndsWith),
        (["end", "with"], Test::EndsWith),
    ] {
        if cursor.take(&words) {
            return text(cursor, test).map(Some);
        }
    }
    Ok(None)
}

/// Comparisons of days in words.
fn day_words(cursor: &mut Cursor<'_>) -> Result<Option<Asked>, SyntaxError> {
    let comparisons: [(&[&str], Operator); 7] = [
        (&["on", "or", "before"], Operator::LessOrEqual),
        (&["on", "or", "after"], Operator::GreaterOrEqual),
        (&["on"], Operator::Equal),
        (&["before"], Operator::Less),
        (&["after"], Operator::Greater),
        (&["since"], Operator::GreaterOrEqual),
        (&["until"], Operator::LessOrEqual),
    ];
    for (words, operator) in comparisons {
        if cursor.take(words) {
            let start = cursor.place();
            let value = Literal::Day(moment(cursor)?);
            let place = start.to(cursor.last());
            return Ok(Some(Asked::new(Test::Compare { operator, value }, vec![place])));
        }
    }
    for (words, operator) in [
        (["more", "than"], Some(Operator::Less)),
        (["at", "least"], Some(Operator::LessOrEqual)),
        (["less", "than"], None),
    ] {
        if !cursor.take(&words) {
            continue;
        }
        let start = cursor.place();
        let length = duration(cursor, 1)?;
        cursor.need("ago")?;
        let place = start.to(cursor.last());
        let test = match operator {
            Some(operator) => Test::Compare { operator, value: Literal::Day(Moment::Ago(length)) },
            None => Test::Window(Window::Last(length)),
        };
        return Ok(Some(Asked::new(test, vec![place])));
    }
    Ok(None)
}

/// An error where a test of a name should stand.
fn unknown(cursor: &Cursor<'_>, name: &str, negated: bool) -> SyntaxError {
    if cursor.word_ahead(0, "within") {
        let hint = format!("; `{name} in the next 7 days`, or `anniversary of {name} within 7 days`");
        return cursor.fault("`in the last` or `in the next`", hint);
    }
    if negated && let Token::Sign(_) = cursor.token() {
        return cursor
            .fault("`in`, `between` or `contains` after `not`", "; the opposite of `=` is `!=`".to_owned());
    }
    let expected = format!("a comparison after `{name}`, such as `=` or `>=`");
    cursor.expected_among(&expected, &TESTS)
}

/// What follows `is`.
fn is(cursor: &mut Cursor<'_>) -> Result<Asked, SyntaxError> {
    let negated = cursor.take(&["not"]);
    if cursor.take(&["set"]) {
        return Ok(Asked { negated, test: Test::Set, values: Vec::new() });
    }
    if cursor.take(&["empty"]) || cursor.take(&["missing"]) || cursor.take(&["null"]) {
        return Ok(Asked { negated: !negated, test: Test::Set, values: Vec::new() });
    }
    compare(cursor, if negated { Operator::NotEqual } else { Operator::Equal })
}

fn compare(cursor: &mut Cursor<'_>, operator: Operator) -> Result<Asked, SyntaxError> {
    let (value, place) = literal(cursor)?;
    Ok(Asked::new(Test::Compare { operator, value }, vec![place]))
}

fn text(cursor: &mut Cursor<'_>, test: fn(String) -> Test) -> Result<Asked, SyntaxError> {
    let (text, place) = cursor.quoted("a text in quotes")?;
    Ok(Asked::new(test(text), vec![place]))
}

/// Values in brackets, parted by commas.
fn list<T>(
    cursor: &mut Cursor<'_>,
    read: fn(&mut Cursor<'_>) -> Result<(T, Place), SyntaxError>,
) -> Result<(Vec<T>, Vec<Place>), SyntaxError> {
    cursor.need_sign("(")?;
    let (mut values, mut places) = (Vec::new(), Vec::new());
    if cursor.take_sign(")") {
        return Ok((values, places));
    }
    loop {
        let (value, place) = read(cursor)?;
        values.push(value);
        places.push(place);
        if cursor.take_sign(")") {
            return Ok((values, places));
        }
        if !cursor.take_sign(",") {
            return Err(cursor.expected("`,` or `)`"));
        }
    }
}

/// A value: a text in quotes, a number, a day, `true` or `false`.
fn literal(cursor: &mut Cursor<'_>) -> Result<(Literal, Place), SyntaxError> {
    let start = cursor.place();
    let value = if is_moment(cursor) {
        Literal::Day(moment(cursor)?)
    } else if cursor.take(&["true"]) || cursor.take(&["yes"]) {
        Literal::Flag(true)
    } else if cursor.take(&["false"]) || cursor.take(&["no"]) {
        Literal::Flag(false)
    } else {
        match cursor.token() {
            Token::Number(number) => {
                let number = Literal::Number(*number);
                cursor.advance();
                number
            }
            Token::Text(_) => Literal::Text(cursor.quoted("a value")?.0),
            Token::Word(word) if RESERVED.contains(&word.as_str()) => return Err(cursor.expected("a value")),
            Token::Word(word) | Token::Name(word) => {
                let hint = format!("; texts stand in quotes: \"{word}\"");
                return Err(cursor.fault("a value", hint));
            }
            _ => return Err(cursor.expected("a value")),
        }
    };
    Ok((value, start.to(cursor.last())))
}

/// `anniversary of NAME …` and `birthday …`; `birthday` with any other test is a name.
pub(super) fn anniversary(cursor: &mut Cursor<'_>) -> Read {
    let start = cursor.place();
    let (of, place) = if cursor.word_ahead(0, "birthday") {
        let near = ["within", "in", "today"].iter().any(|word| cursor.word_ahead(1, word))
            && !matches!(cursor.ahead(2), Token::Sign(_));
        if !near {
            return from_name(cursor, start);
        }
        ("birthday".to_owned(), cursor.advance())
    } else {
        cursor.advance();
        cursor.need("of")?;
        cursor.name("the name of a day")?
    };
    let window_start = cursor.place();
    let near = near(cursor)?;
    let end = cursor.last();
    let parts = vec![(Part::Name, place), (Part::Span(0), window_start.to(end))];
    let marks = Marks { whole: start.to(end), parts, inside: Vec::new() };
    Ok((Expression::Anniversary(Anniversary { of, near }), marks))
}

fn near(cursor: &mut Cursor<'_>) -> Result<Near, SyntaxError> {
    if cursor.take(&["within", "the", "next"]) {
        return Ok(Near::In(Window::Next(length(cursor)?)));
    }
    if cursor.take(&["within", "the", "last"]) {
        return Ok(Near::In(Window::Last(length(cursor)?)));
    }
    if cursor.take(&["within"]) {
        return Ok(Near::Within(duration(cursor, 0)?));
    }
    if is_window(cursor) {
        return Ok(Near::In(window(cursor)?));
    }
    if cursor.take(&["between"]) {
        let from = moment(cursor)?;
        cursor.need("and")?;
        return Ok(Near::Between { from, to: moment(cursor)? });
    }
    if cursor.take(&["on"]) || is_moment(cursor) {
        let day = moment(cursor)?;
        return Ok(Near::Between { from: day, to: day });
    }
    Err(cursor
        .expected_among("`within 7 days` or `in the next 7 days`", &["within", "in", "between", "today"]))
}
