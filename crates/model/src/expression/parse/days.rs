//! Days, durations and windows in the text of a rule.

use super::super::days::{CalendarPeriod, DURATION_UNITS_MAX, Duration, Moment, Unit, Window};
use super::super::error::SyntaxError;
use super::super::token::Token;
use super::super::tree::Span;
use super::cursor::Cursor;

/// The unit that a word means, one or several of it.
pub(super) fn unit(token: &Token) -> Option<Unit> {
    let Token::Word(word) = token else { return None };
    let word = word.to_ascii_lowercase();
    Unit::ALL.into_iter().find(|unit| word == unit.name() || word == unit.name()[..unit.name().len() - 1])
}

/// `30 days`; at least so many.
pub(super) fn duration(cursor: &mut Cursor<'_>, least: u32) -> Result<Duration, SyntaxError> {
    let count = cursor.count(least, DURATION_UNITS_MAX)?;
    let Some(unit) = unit(cursor.token()) else {
        let words = Unit::ALL.map(Unit::name);
        return Err(cursor.expected_among("days, weeks, months or years", &words));
    };
    cursor.advance();
    Ok(Duration { count, unit })
}

/// `30 days`, or `month` for one of them.
fn duration_or_unit(cursor: &mut Cursor<'_>) -> Result<Duration, SyntaxError> {
    match unit(cursor.token()) {
        Some(unit) => {
            cursor.advance();
            Ok(Duration { count: 1, unit })
        }
        None => duration(cursor, 1),
    }
}

/// Whether a day is written here, in one way or another.
pub(super) fn is_moment(cursor: &Cursor<'_>) -> bool {
    match cursor.token() {
        Token::Day(_) => true,
        Token::Number(_) => unit(cursor.ahead(1)).is_some(),
        _ => ["today", "yesterday", "tomorrow"].iter().any(|word| cursor.word_ahead(0, word)),
    }
}

/// A date, `today`, `yesterday`, `tomorrow`, `30 days ago`, `30 days from today`.
pub(super) fn moment(cursor: &mut Cursor<'_>) -> Result<Moment, SyntaxError> {
    if let Token::Day(day) = *cursor.token() {
        cursor.advance();
        return Ok(Moment::On(day));
    }
    let one = Duration::days(1);
    for (word, moment) in
        [("today", Moment::TODAY), ("yesterday", Moment::Ago(one)), ("tomorrow", Moment::Ahead(one))]
    {
        if cursor.take(&[word]) {
            return Ok(moment);
        }
    }
    if !matches!(cursor.token(), Token::Number(_)) {
        return Err(cursor.expected("a day: 2026-01-31, `today` or `30 days ago`"));
    }
    let duration = duration(cursor, 0)?;
    if cursor.take(&["ago"]) {
        return Ok(Moment::Ago(duration));
    }
    if cursor.take(&["from", "today"]) || cursor.take(&["from", "now"]) {
        return Ok(Moment::Ahead(duration));
    }
    Err(cursor.expected_among("`ago` or `from today`", &["ago", "from today"]))
}

/// Whether a window begins here; a list after `in` is none.
pub(super) fn is_window(cursor: &Cursor<'_>) -> bool {
    cursor.word_ahead(0, "in") && ["the", "this", "previous"].iter().any(|word| cursor.word_ahead(1, word))
}

/// `in the last 30 days`, `in the next 14 days`, `in this month`, `in the previous month`.
pub(super) fn window(cursor: &mut Cursor<'_>) -> Result<Window, SyntaxError> {
    cursor.need("in")?;
    cursor.take(&["the"]);
    if cursor.take(&["last"]) {
        return Ok(Window::Last(duration_or_unit(cursor)?));
    }
    if cursor.take(&["next"]) {
        return Ok(Window::Next(duration_or_unit(cursor)?));
    }
    if cursor.take(&["this"]) {
        return Ok(Window::This(period(cursor)?));
    }
    if cursor.take(&["previous"]) {
        return Ok(Window::Previous(period(cursor)?));
    }
    Err(cursor.expected_among("`last`, `next` or `previous`", &["last", "next", "previous"]))
}

fn period(cursor: &mut Cursor<'_>) -> Result<CalendarPeriod, SyntaxError> {
    let words = CalendarPeriod::ALL.map(CalendarPeriod::name);
    match CalendarPeriod::ALL.into_iter().find(|period| cursor.word_ahead(0, period.name())) {
        Some(period) => {
            cursor.advance();
            Ok(period)
        }
        None => Err(cursor.expected_among("week, month, quarter or year", &words)),
    }
}

/// When facts happened; `None` where nothing is said.
pub(super) fn span(cursor: &mut Cursor<'_>) -> Result<Option<Span>, SyntaxError> {
    if cursor.words_ahead(&["in", "the", "first"]) {
        cursor.take(&["in", "the", "first"]);
        return Ok(Some(Span::First(duration_or_unit(cursor)?)));
    }
    if is_window(cursor) {
        return Ok(Some(Span::In(window(cursor)?)));
    }
    if cursor.take(&["within", "the", "last"]) {
        return Ok(Some(Span::In(Window::Last(duration_or_unit(cursor)?))));
    }
    if cursor.take(&["between"]) {
        let from = moment(cursor)?;
        cursor.need("and")?;
        return Ok(Some(Span::Between { from, to: moment(cursor)? }));
    }
    if cursor.take(&["ever"]) {
        return Ok(Some(Span::Ever));
    }
    if cursor.take(&["on"]) {
        let day = moment(cursor)?;
        return Ok(Some(Span::Between { from: day, to: day }));
    }
    for (word, span) in [
        ("before", Span::Before as fn(Moment) -> Span),
        ("after", Span::After),
        ("since", Span::Since),
        ("until", Span::Until),
    ] {
        if cursor.take(&[word]) {
            return Ok(Some(span(moment(cursor)?)));
        }
    }
    Ok(None)
}

/// `30 days`, or `month` for one of them, after words that say what for.
pub(super) fn length(cursor: &mut Cursor<'_>) -> Result<Duration, SyntaxError> {
    duration_or_unit(cursor)
}
