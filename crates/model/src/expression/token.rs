//! The text of a rule cut into words, names, texts, numbers, days and signs.

use super::decimal::Decimal;
use super::error::{Fault, SyntaxError};
use super::place::Place;
use crate::calendar::Day;

/// What stands at a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A bare word: a keyword or a name.
    Word(String),
    /// A name in backticks.
    Name(String),
    Text(String),
    Number(Decimal),
    Day(Day),
    Sign(&'static str),
    End,
}

/// Signs, longer ones first, and how they are meant.
const SIGNS: [(&str, &str); 16] = [
    ("<=", "<="),
    (">=", ">="),
    ("!=", "!="),
    ("<>", "!="),
    ("==", "="),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("=", "="),
    ("<", "<"),
    (">", ">"),
    ("(", "("),
    (")", ")"),
    (",", ","),
    ("[", "("),
    ("]", ")"),
];

/// Quotes: the opening one and the closing one, which is written twice inside.
pub(super) const QUOTES: [(char, char); 5] = [('"', '"'), ('\'', '\''), ('«', '»'), ('“', '”'), ('„', '“')];
pub(super) const NAME_QUOTE: char = '`';

/// Whether a bare word may begin with, or go on with, a letter.
pub(super) fn begins_word(letter: char) -> bool {
    letter.is_alphabetic() || letter == '_'
}

pub(super) fn continues_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '.'
}

/// All tokens of a text with their places; the last is the end.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Place)>, SyntaxError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        if letter.is_whitespace() || letter == '\u{feff}' {
            at += letter.len_utf8();
            continue;
        }
        let (token, end) = token(text, at, letter)?;
        found.push((token, Place { start: at, end }));
        at = end;
    }
    found.push((Token::End, Place { start: text.len(), end: text.len() }));
    Ok(found)
}

fn token(text: &str, at: usize, letter: char) -> Result<(Token, usize), SyntaxError> {
    let rest = &text[at..];
    if letter == NAME_QUOTE {
        let (name, end) = quoted(text, at, NAME_QUOTE, NAME_QUOTE)?;
        if name.is_empty() {
            return Err(fault(text, at, end, Fault::EmptyName));
        }
        return Ok((Token::Name(name), end));
    }
    if let Some((open, close)) = QUOTES.into_iter().find(|(open, _)| *open == letter) {
        let (inside, end) = quoted(text, at, open, close)?;
        return Ok((Token::Text(inside), end));
    }
    if begins_word(letter) {
        let length = rest.find(|next| !continues_word(next)).unwrap_or(rest.len());
        let word = rest[..length].trim_end_matches('.');
        return Ok((Token::Word(word.to_owned()), at + word.len()));
    }
    if letter.is_ascii_digit() || (letter == '-' && rest[1..].starts_with(|next: char| next.is_ascii_digit()))
    {
        return number(text, at);
    }
    if let Some((sign, meant)) = SIGNS.into_iter().find(|(sign, _)| rest.starts_with(sign)) {
        return Ok((Token::Sign(meant), at + sign.len()));
    }
    Err(fault(text, at, at + letter.len_utf8(), Fault::Letter(letter)))
}

/// What stands between quotes, and where the closing one ends.
fn quoted(text: &str, at: usize, open: char, close: char) -> Result<(String, usize), SyntaxError> {
    let mut inside = String::new();
    let mut letters = text[at..].char_indices().skip(1).peekable();
    while let Some((offset, letter)) = letters.next() {
        if letter != close {
            inside.push(letter);
        } else if letters.peek().is_some_and(|(_, next)| *next == close) {
            inside.push(close);
            letters.next();
        } else {
            return Ok((inside, at + offset + close.len_utf8()));
        }
    }
    Err(fault(text, at, at + open.len_utf8(), Fault::Unclosed(open, close)))
}

/// A number, a number of per cent, or a day.
fn number(text: &str, at: usize) -> Result<(Token, usize), SyntaxError> {
    let rest = &text[at..];
    let digits = |from: usize| rest[from..].bytes().take_while(u8::is_ascii_digit).count();
    let sign = usize::from(rest.starts_with('-'));
    let mut length = sign + digits(sign);
    if sign == 0 && length == 4 && rest[length..].starts_with('-') && digits(length + 1) > 0 {
        while rest[length..].starts_with('-') && digits(length + 1) > 0 {
            length += 1 + digits(length + 1);
        }
        let written = &rest[..length];
        let day = written.parse().map(|date| Token::Day(Day::from_date(date)));
        let end = at + length;
        return day.map(|day| (day, end)).map_err(|_| fault(text, at, end, Fault::Day(written.to_owned())));
    }
    if rest[length..].starts_with('.') && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
    }
    let written = &rest[..length];
    let wrong = |error, length| {
        fault(text, at, at + length, Fault::Number { text: rest[..length].to_owned(), error })
    };
    if rest[length..].starts_with('%') {
        let hundredth = hundredth(written);
        let number = hundredth.parse().map_err(|error| wrong(error, length + 1))?;
        return Ok((Token::Number(number), at + length + 1));
    }
    let number = written.parse().map_err(|error| wrong(error, length))?;
    Ok((Token::Number(number), at + length))
}

/// The digits of a hundredth of a number: `12.5` becomes `0.125`.
fn hundredth(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (units, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let units = format!("{units:0>3}");
    let (whole, shifted) = units.split_at(units.len() - 2);
    format!("{sign}{whole}.{shifted}{decimals}")
}

pub(super) fn fault(text: &str, start: usize, end: usize, fault: Fault) -> SyntaxError {
    let place = Place { start, end };
    SyntaxError { place, position: place.position(text), fault }
}
