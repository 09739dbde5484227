//! Places in the text of a rule, and pointing at them.

use std::fmt;

/// Bytes of a text, from the first to before the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub start: usize,
    pub end: usize,
}

impl Place {
    /// From the beginning of this place to the end of another.
    pub fn to(self, last: Place) -> Place {
        Place { start: self.start, end: last.end.max(self.end) }
    }

    /// Line and column of its beginning.
    pub fn position(self, text: &str) -> Position {
        let before = upto(text, self.start);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Position { line, column }
    }

    /// A message with the line that it is about, and carets under the place.
    ///
    /// ```text
    /// expected a value, found the end
    ///   |
    /// 1 | revenue >=
    ///   |           ^
    /// ```
    pub fn point(self, text: &str, message: &str) -> String {
        let Position { line, column } = self.position(text);
        let shown = text.split('\n').nth(line - 1).unwrap_or_default().replace(['\t', '\r'], " ");
        let letters = text.get(self.start..self.end.min(text.len())).unwrap_or_default();
        let marked = letters.split('\n').next().unwrap_or_default().chars().count().max(1);
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        let before = " ".repeat(column - 1);
        let carets = "^".repeat(marked);
        format!("{message}\n{margin} |\n{number} | {shown}\n{margin} | {before}{carets}")
    }
}

/// The text before a byte; a byte inside a letter counts as its beginning.
fn upto(text: &str, byte: usize) -> &str {
    let mut end = byte.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Where a place begins: both count from 1, the column in letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// What of a condition a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The whole condition.
    Whole,
    /// The name of a value, a tag or a channel.
    Name,
    /// The operator of a test.
    Operator,
    /// The so-many-th value on the right, from 0.
    Value(usize),
    /// The kind of facts of the so-many-th step, from 0.
    Kind(usize),
    /// The field of a measure.
    Field,
    /// The days that count, or the so-many-th duration.
    Span(usize),
}

/// A part of a condition of a tree. Conditions are numbered from 0 in the order of the text: a
/// condition, then those inside it, filters included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    pub condition: usize,
    pub part: Part,
}

/// Where the parts of one condition stand in the text, and of those inside it.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    pub whole: Place,
    pub parts: Vec<(Part, Place)>,
    pub inside: Vec<Marks>,
}

/// Where each condition stands, by its number.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(Vec<(Place, Vec<(Part, Place)>)>);

impl Places {
    pub fn new(marks: Marks) -> Places {
        let mut places = Places::default();
        places.number(marks);
        places
    }

    fn number(&mut self, marks: Marks) {
        self.0.push((marks.whole, marks.parts));
        for inside in marks.inside {
            self.number(inside);
        }
    }

    /// Where a part stands; the whole condition where the part was not written.
    pub fn of(&self, at: At) -> Place {
        let Some((whole, parts)) = self.0.get(at.condition) else { return Place::default() };
        parts.iter().find(|(part, _)| *part == at.part).map_or(*whole, |(_, place)| *place)
    }
}
