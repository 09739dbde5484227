//! Going through the tokens of a text.

use super::super::decimal::Decimal;
use super::super::error::{Fault, SyntaxError};
use super::super::near::nearest;
use super::super::place::Place;
use super::super::token::{QUOTES, Token, fault, tokens};
use crate::money::SCALE;

/// A place among the tokens of a text.
pub(super) struct Cursor<'a> {
    text: &'a str,
    tokens: Vec<(Token, Place)>,
    at: usize,
    /// Levels of brackets, `not` and filters that are open.
    pub depth: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str) -> Result<Cursor<'a>, SyntaxError> {
        Ok(Cursor { text, tokens: tokens(text)?, at: 0, depth: 0 })
    }

    /// The token so many further on.
    pub fn ahead(&self, by: usize) -> &Token {
        &self.tokens[(self.at + by).min(self.tokens.len() - 1)].0
    }

    pub fn token(&self) -> &Token {
        self.ahead(0)
    }

    /// Where the next token stands.
    pub fn place(&self) -> Place {
        self.tokens[self.at].1
    }

    /// Where the last token that was taken stands.
    pub fn last(&self) -> Place {
        self.tokens[self.at.saturating_sub(1)].1
    }

    /// Takes the next token; the end is never passed.
    pub fn advance(&mut self) -> Place {
        let place = self.place();
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        place
    }

    pub fn word_ahead(&self, by: usize, word: &str) -> bool {
        matches!(self.ahead(by), Token::Word(found) if found.eq_ignore_ascii_case(word))
    }

    /// Whether these words come next.
    pub fn words_ahead(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(by, word)| self.word_ahead(by, word))
    }

    /// Takes these words if they come next.
    pub fn take(&mut self, words: &[&str]) -> bool {
        let here = self.words_ahead(words);
        if here {
            self.at += words.len();
        }
        here
    }

    pub fn take_sign(&mut self, sign: &str) -> bool {
        let here = matches!(self.token(), Token::Sign(found) if *found == sign);
        if here {
            self.advance();
        }
        here
    }

    pub fn need(&mut self, word: &str) -> Result<(), SyntaxError> {
        if self.take(&[word]) { Ok(()) } else { Err(self.expected_among(&format!("`{word}`"), &[word])) }
    }

    pub fn need_sign(&mut self, sign: &str) -> Result<(), SyntaxError> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.expected(&format!("`{sign}`"))) }
    }

    /// A name of a value, a kind of facts, a field or a channel.
    pub fn name(&mut self, expected: &str) -> Result<(String, Place), SyntaxError> {
        match self.token() {
            Token::Word(name) | Token::Name(name) => {
                let name = name.clone();
                Ok((name, self.advance()))
            }
            Token::Text(text) => {
                let hint = format!("; names stand without quotes or in backticks: `{text}`");
                Err(self.fault(expected, hint))
            }
            _ => Err(self.expected(expected)),
        }
    }

    pub fn quoted(&mut self, expected: &str) -> Result<(String, Place), SyntaxError> {
        match self.token() {
            Token::Text(text) => {
                let text = text.clone();
                Ok((text, self.advance()))
            }
            Token::Word(word) | Token::Name(word) => {
                let hint = format!("; texts stand in quotes: \"{word}\"");
                Err(self.fault(expected, hint))
            }
            _ => Err(self.expected(expected)),
        }
    }

    pub fn number(&mut self) -> Result<(Decimal, Place), SyntaxError> {
        match *self.token() {
            Token::Number(number) => Ok((number, self.advance())),
            _ => Err(self.expected("a number")),
        }
    }

    /// A whole number within bounds.
    pub fn count(&mut self, from: u32, to: u32) -> Result<u32, SyntaxError> {
        let Token::Number(number) = *self.token() else {
            return Err(self.expected("a whole number"));
        };
        let whole = (number.0 % SCALE == 0).then(|| u32::try_from(number.0 / SCALE).ok()).flatten();
        match whole.filter(|whole| (from..=to).contains(whole)) {
            Some(whole) => {
                self.advance();
                Ok(whole)
            }
            None => Err(self.wrong(Fault::Count { found: number.to_string(), from, to })),
        }
    }

    /// An error at the next token.
    pub fn expected(&self, expected: &str) -> SyntaxError {
        self.fault(expected, String::new())
    }

    /// An error at the next token that suggests one of some words where one is near.
    pub fn expected_among(&self, expected: &str, words: &[&str]) -> SyntaxError {
        let near = match self.token() {
            Token::Word(word) => nearest(word, words.iter().copied()),
            _ => None,
        };
        self.fault(expected, near.map(|word| format!("; did you mean `{word}`?")).unwrap_or_default())
    }

    pub fn fault(&self, expected: &str, hint: String) -> SyntaxError {
        let found = match self.token() {
            Token::End => "the end".to_owned(),
            Token::Text(_) => self.written(),
            _ => format!("`{}`", self.written()),
        };
        self.wrong(Fault::Expected { expected: expected.to_owned(), found, hint })
    }

    pub fn wrong(&self, wrong: Fault) -> SyntaxError {
        let Place { start, end } = self.place();
        fault(self.text, start, end, wrong)
    }

    pub fn wrong_at(&self, place: Place, wrong: Fault) -> SyntaxError {
        fault(self.text, place.start, place.end, wrong)
    }

    /// The next token as it is written, shortened.
    fn written(&self) -> String {
        /// Letters that are shown of a token.
        const SHOWN_LETTERS: usize = 40;
        let Place { start, end } = self.place();
        let written = &self.text[start..end];
        if written.chars().count() <= SHOWN_LETTERS {
            return written.to_owned();
        }
        let close = written.chars().next().and_then(|open| QUOTES.into_iter().find(|quote| quote.0 == open));
        let kept: String = written.chars().take(SHOWN_LETTERS).collect();
        format!("{kept}…{}", close.map(|quote| quote.1.to_string()).unwrap_or_default())
    }
}
