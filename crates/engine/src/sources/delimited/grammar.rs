//! How one record of delimited text is split into cells.
//!
//! One function, [`Grammar::record`], decides where a record ends, so that whoever cuts a file
//! into blocks and whoever splits the blocks into rows can never disagree.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memchr3};

use super::super::blocks::{last_line_end, line_breaks};
use super::marks::Marks;

/// A record with a quoted line break may be at most this long: an unterminated quote must not eat
/// the file.
pub const QUOTED_RECORD_BYTES_MAX: usize = 64 << 10;
/// A record may have at most this many lines.
pub const QUOTED_RECORD_LINES_MAX: u32 = 100;

/// What stands between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sources) enum Separator {
    /// One byte.
    Byte(u8),
    /// Any number of spaces and tabs; such runs at the ends of a line mean nothing.
    Spaces,
    /// Nothing: the table has one column.
    None,
}

/// The rules by which records are split.
#[derive(Clone, Copy, Debug)]
pub(in crate::sources) struct Grammar {
    pub separator: Separator,
    pub quote: u8,
    /// Whether quotes inside quoted cells are read as they stand.
    pub tolerant: bool,
}

/// A cell within the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sources) struct Cell {
    pub place: Range<usize>,
    /// The cell has doubled quotes, each of which stands for one.
    pub doubled: bool,
}

/// How a record ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sources) enum Ended {
    /// After its line break, or with the text.
    Whole { end: usize, lines: u64, tolerated: bool },
    /// Its quotes make no sense; reading goes on at the next line.
    Quote { end: usize, reason: &'static str },
    /// The text ends before the record is known to.
    Unfinished,
}

pub(in crate::sources) const UNCLOSED: &str =
    "a quote opens a cell and is not closed in time; close it or double it";
pub(in crate::sources) const STRAY: &str =
    "text follows a closing quote; double the quotes inside the cell, or read with tolerant quotes";

enum Quoted {
    Closed { inner: Range<usize>, doubled: bool, next: usize },
    Wrong,
    Unfinished,
}

impl Grammar {
    /// Splits the record that starts at `from`; `last` says that no text follows `text`.
    /// On anything but [`Ended::Whole`] the cells given so far mean nothing.
    pub(in crate::sources) fn record(
        &self,
        text: &[u8],
        from: usize,
        last: bool,
        cells: &mut Vec<Cell>,
    ) -> Ended {
        let given = cells.len();
        let mut at = from;
        let mut lines = 1;
        loop {
            if self.separator == Separator::Spaces {
                at = skip_blanks(text, at);
                let ends = text.get(at).is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
                if ends && cells.len() > given {
                    return finish(text, at, last, lines);
                }
            }
            let stop;
            if text.get(at) == Some(&self.quote) {
                match self.quoted(text, from, at, last, &mut lines) {
                    Quoted::Closed { inner, doubled, next } => {
                        cells.push(Cell { place: inner, doubled });
                        stop = (next < text.len()).then_some(next);
                    }
                    Quoted::Wrong => return self.without_quotes(text, from, last, cells, given),
                    Quoted::Unfinished => return Ended::Unfinished,
                }
            } else {
                stop = self.plain_end(&text[at..]).map(|length| at + length);
                if stop.is_none() && !last {
                    return Ended::Unfinished;
                }
                cells.push(Cell { place: at..stop.unwrap_or(text.len()), doubled: false });
            }
            let Some(stop) = stop else {
                return if last {
                    Ended::Whole { end: text.len(), lines, tolerated: false }
                } else {
                    Ended::Unfinished
                };
            };
            if matches!(text[stop], b'\n' | b'\r') {
                return finish(text, stop, last, lines);
            }
            at = stop + 1;
        }
    }

    /// Where the last record that is surely whole ends, counted from 0; `None` if none is.
    pub(in crate::sources) fn border(&self, text: &[u8], last: bool) -> Option<usize> {
        if last {
            return (!text.is_empty()).then_some(text.len());
        }
        let mut border = 0;
        let mut cells = Vec::new();
        loop {
            let quote = memchr(self.quote, &text[border..]).map(|at| border + at);
            // Without a quote every line break ends a record.
            let plain = &text[border..quote.unwrap_or(text.len())];
            border += last_line_end(plain, quote.is_some());
            if quote.is_none() {
                return (border > 0).then_some(border);
            }
            border = self.plainly_quoted(text, border);
            cells.clear();
            match self.record(text, border, last, &mut cells) {
                Ended::Whole { end, .. } | Ended::Quote { end, .. } => border = end,
                Ended::Unfinished => return (border > 0).then_some(border),
            }
        }
    }

    /// Where the rows end that begin at `from` and in which every quote opens or closes a cell of one line,
    /// as nearly all do: their ends are seen without splitting them.
    fn plainly_quoted(&self, text: &[u8], from: usize) -> usize {
        let Separator::Byte(separator) = self.separator else { return from };
        if separator == self.quote {
            return from;
        }
        let mut end = from;
        let mut marks = Marks::new([self.quote, b'\n', b'\r'], &text[from..]).map(|at| from + at);
        while let Some(at) = marks.next() {
            if text[at] != self.quote {
                match (text[at], text.get(at + 1)) {
                    // A line feed may follow.
                    (b'\r', None) => break,
                    (b'\r', Some(b'\n')) => end = marks.next().unwrap_or(at) + 1,
                    _ => end = at + 1,
                }
                continue;
            }
            let opens = at == end || text[at - 1] == separator;
            let Some(close) = marks.next().filter(|&close| opens && text[close] == self.quote) else { break };
            let ends = |&next: &u8| next == separator || matches!(next, b'\n' | b'\r');
            if !text.get(close + 1).is_some_and(ends) {
                break;
            }
        }
        end
    }

    /// Whether a byte separates cells.
    pub(super) fn separates(&self, byte: u8) -> bool {
        match self.separator {
            Separator::Byte(separator) => byte == separator,
            Separator::Spaces => matches!(byte, b' ' | b'\t'),
            Separator::None => false,
        }
    }

    fn plain_end(&self, text: &[u8]) -> Option<usize> {
        match self.separator {
            Separator::Byte(separator) => memchr3(separator, b'\n', b'\r', text),
            Separator::Spaces => text.iter().position(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')),
            Separator::None => memchr2(b'\n', b'\r', text),
        }
    }

    fn quoted(&self, text: &[u8], from: usize, open: usize, last: bool, lines: &mut u64) -> Quoted {
        let mut at = open + 1;
        let mut doubled = false;
        loop {
            let found = memchr(self.quote, &text[at..]);
            let end = found.map_or(text.len(), |length| at + length);
            *lines += line_breaks(&text[at..end]);
            let too_long = *lines > 1 && end - from > QUOTED_RECORD_BYTES_MAX;
            if too_long || *lines > u64::from(QUOTED_RECORD_LINES_MAX) {
                return Quoted::Wrong;
            }
            if found.is_none() {
                return if last { Quoted::Wrong } else { Quoted::Unfinished };
            }
            if text.get(end + 1) == Some(&self.quote) {
                doubled = true;
                at = end + 2;
                continue;
            }
            let next = match text.get(end + 1) {
                Some(b' ') if !self.separates(b' ') => skip_blanks_but(text, end + 1, self.separator),
                _ => end + 1,
            };
            return match text.get(next) {
                None if !last => Quoted::Unfinished,
                Some(byte) if !matches!(byte, b'\n' | b'\r') && !self.separates(*byte) => Quoted::Wrong,
                _ => Quoted::Closed { inner: open + 1..end, doubled, next },
            };
        }
    }

    /// A record whose quotes make no sense is its first line and nothing more.
    fn without_quotes(
        &self,
        text: &[u8],
        from: usize,
        last: bool,
        cells: &mut Vec<Cell>,
        given: usize,
    ) -> Ended {
        cells.truncate(given);
        let Some(line) = memchr2(b'\n', b'\r', &text[from..]) else {
            if !last {
                return Ended::Unfinished;
            }
            return self.tolerated(text, from..text.len(), text.len(), cells);
        };
        match finish(text, from + line, last, 1) {
            Ended::Whole { end, .. } => self.tolerated(text, from..from + line, end, cells),
            other => other,
        }
    }

    fn tolerated(&self, text: &[u8], line: Range<usize>, end: usize, cells: &mut Vec<Cell>) -> Ended {
        if self.tolerant && self.line_with_loose_quotes(text, line.clone(), cells) {
            return Ended::Whole { end, lines: 1, tolerated: true };
        }
        // The reason may only depend on the line itself, wherever the text around it is cut.
        let mut closed = Vec::new();
        let strict = Grammar { tolerant: false, ..*self };
        let stray = strict.line_with_loose_quotes(text, line, &mut closed);
        Ended::Quote { end, reason: if stray { STRAY } else { UNCLOSED } }
    }

    /// Splits one line, taking a quote as closing only where a separator or the end follows.
    fn line_with_loose_quotes(&self, text: &[u8], line: Range<usize>, cells: &mut Vec<Cell>) -> bool {
        let given = cells.len();
        let line_text = &text[..line.end];
        let mut at = line.start;
        loop {
            if self.separator == Separator::Spaces {
                at = skip_blanks(line_text, at);
            }
            let stop = if line_text.get(at) == Some(&self.quote) {
                let Some(close) = self.loose_close(line_text, at + 1) else {
                    cells.truncate(given);
                    return false;
                };
                let doubled = memchr(self.quote, &line_text[at + 1..close]).is_some();
                cells.push(Cell { place: at + 1..close, doubled });
                skip_blanks_but(line_text, close + 1, self.separator)
            } else {
                let stop = self.plain_end(&line_text[at..]).map_or(line.end, |length| at + length);
                cells.push(Cell { place: at..stop, doubled: false });
                stop
            };
            if stop >= line.end {
                return true;
            }
            at = stop + 1;
        }
    }

    /// The first quote after which a separator or the end of the line follows.
    fn loose_close(&self, line: &[u8], from: usize) -> Option<usize> {
        memchr_iter(self.quote, &line[from..]).map(|at| from + at).find(|quote| {
            let next = skip_blanks_but(line, quote + 1, self.separator);
            line.get(next).is_none_or(|byte| self.separates(*byte))
        })
    }
}

/// Ends a record at a line break, of which a carriage return may be only the first half.
fn finish(text: &[u8], stop: usize, last: bool, lines: u64) -> Ended {
    let end = match (text.get(stop), text.get(stop + 1)) {
        (Some(b'\r'), Some(b'\n')) => stop + 2,
        (Some(b'\r'), None) if !last => return Ended::Unfinished,
        (None, _) if !last => return Ended::Unfinished,
        (None, _) => stop,
        _ => stop + 1,
    };
    Ended::Whole { end, lines, tolerated: false }
}

fn skip_blanks(text: &[u8], from: usize) -> usize {
    let blanks = text[from.min(text.len())..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    from + blanks
}

/// Skips spaces that do not separate cells.
fn skip_blanks_but(text: &[u8], from: usize, separator: Separator) -> usize {
    if separator == Separator::Spaces {
        return from;
    }
    let spaces = text[from.min(text.len())..].iter().take_while(|byte| **byte == b' ').count();
    from + spaces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_border_is_where_records_end_one_by_one(
            pieces in proptest::collection::vec(prop_oneof![
                4 => Just("a"), 3 => Just(","), 2 => Just("\n"), 1 => Just("\r"), 2 => Just("\""),
                3 => Just(",\"a,\","), 3 => Just("\"\"\r\n\"b\","), 1 => Just(" "),
            ], 0..80),
            separator in prop_oneof![
                Just(Separator::Byte(b',')), Just(Separator::Byte(b'"')), Just(Separator::Spaces),
            ],
            tolerant: bool,
        ) {
            let text = pieces.concat().into_bytes();
            let grammar = Grammar { separator, quote: b'"', tolerant };
            let mut border = 0;
            let mut cells = Vec::new();
            while border < text.len()
                && let Ended::Whole { end, .. } | Ended::Quote { end, .. } =
                    grammar.record(&text, border, false, &mut cells)
            {
                border = end;
            }
            // A record that is nothing but a line break is passed over with those before it.
            prop_assert_eq!(grammar.border(&text, false), (border > 0).then_some(border));
        }
    }
}
