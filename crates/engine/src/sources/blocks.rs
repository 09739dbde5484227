//! The text of a file in pieces that end where a record ends.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use memchr::memchr2;

use super::compression::ByteStream;
use super::encoding::{Decoder, Offsets};
use super::error::SourceError;
use super::options::BLOCK_BYTES;
use super::rows::BadRow;

/// A record that is longer rejects itself: memory stays bounded whatever the file.
pub const RECORD_BYTES_MAX: usize = 16 << 20;
/// Encoded bytes decoded at once.
const DECODE_BYTES: usize = 1 << 20;

impl Coding {
    /// The coding of text that came from a file in this encoding.
    pub(super) fn of(encoding: &'static Encoding) -> Coding {
        let single_byte = encoding != UTF_8 && Decoder::needed(encoding).is_none();
        Coding { encoding: single_byte.then_some(encoding), offsets: Decoder::offsets(encoding) }
    }

    /// A piece of text, decoded; bytes that mean nothing are replaced.
    pub(super) fn text<'t>(&self, raw: &'t [u8]) -> Cow<'t, str> {
        match self.encoding {
            Some(encoding) => encoding.decode_without_bom_handling(raw).0,
            None => String::from_utf8_lossy(raw),
        }
    }
}

/// A file's text in UTF-8, or in a single-byte encoding in which rows can be cut as well.
pub(super) struct TextStream {
    pub bytes: ByteStream,
    pub decoder: Option<Decoder>,
}

impl TextStream {
    /// Adds text until `text` has at least `wanted` bytes; `true` at the end of the file.
    pub(super) fn fill(&mut self, text: &mut Vec<u8>, wanted: usize) -> Result<bool, SourceError> {
        let missing = wanted.saturating_sub(text.len());
        let Some(decoder) = &mut self.decoder else {
            return self.bytes.fill(text, missing);
        };
        let mut encoded = Vec::new();
        while text.len() < wanted {
            encoded.clear();
            let end = self.bytes.fill(&mut encoded, DECODE_BYTES.min(missing.max(1)))?;
            decoder.decode(&encoded, text, end);
            if end {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Bytes of a bad row kept to show it.
const RAW_BYTES_MAX: usize = 4 << 10;

/// Finds where the last record that is surely whole ends, counted from the start of the text, which
/// is where a record begins; the flag says that no text follows. `None` where no record is whole.
pub(super) type Border = Box<dyn Fn(&[u8], bool) -> Option<usize> + Send>;

/// What the sequential reader gives to whoever splits rows.
pub(super) enum Piece {
    /// Whole records.
    Text(Cut),
    /// A record that was too long to be held.
    Bad(BadRow),
}

/// Whole records and where they begin in the file.
#[derive(Debug)]
pub(super) struct Cut {
    pub text: Vec<u8>,
    pub line: u64,
    pub byte: u64,
}

/// How text leads back to the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coding {
    /// The single-byte encoding the text is still in; `None` where it is UTF-8.
    pub encoding: Option<&'static Encoding>,
    pub offsets: Offsets,
}

/// Cuts text into blocks, one after another.
pub(super) struct Blocks {
    stream: TextStream,
    /// Text read and not yet given; begins where a record begins.
    buffer: Vec<u8>,
    ended: bool,
    line: u64,
    byte: u64,
    block_bytes: usize,
    coding: Coding,
    border: Border,
}

impl Blocks {
    /// `buffer` is the text already read, beginning with the first data row, which stands at
    /// `line` and `byte` of the file; `ended` says that nothing follows it.
    pub(super) fn new(
        stream: TextStream,
        buffer: Vec<u8>,
        ended: bool,
        (line, byte): (u64, u64),
        block_bytes: usize,
        coding: Coding,
        border: Border,
    ) -> Blocks {
        let wished = if block_bytes == 0 { BLOCK_BYTES } else { block_bytes };
        let block_bytes = wished.min(RECORD_BYTES_MAX);
        Blocks { stream, buffer, ended, line, byte, block_bytes, coding, border }
    }

    pub(super) fn read_bytes(&self) -> u64 {
        self.stream.bytes.read_bytes()
    }

    pub(super) fn into_bytes(self) -> ByteStream {
        self.stream.bytes
    }

    /// The next records, as many as a block should hold; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece>, SourceError> {
        let mut wanted = self.block_bytes;
        loop {
            if !self.ended && self.buffer.len() < wanted {
                self.ended = self.stream.fill(&mut self.buffer, wanted)?;
            }
            let scope = self.buffer.len().min(wanted);
            let last = self.ended && scope == self.buffer.len();
            if last && scope == 0 {
                return Ok(None);
            }
            if let Some(end) = (self.border)(&self.buffer[..scope], last) {
                return Ok(Some(Piece::Text(self.cut(end))));
            }
            if wanted >= RECORD_BYTES_MAX {
                return self.skip_record().map(|bad| Some(Piece::Bad(bad)));
            }
            wanted = (wanted * 2).min(RECORD_BYTES_MAX);
        }
    }

    fn cut(&mut self, end: usize) -> Cut {
        // A little more than is read: cells whose doubled quotes were made single follow the text.
        let room = self.block_bytes + self.block_bytes / 8;
        let mut rest = Vec::with_capacity(room.max(self.buffer.len() - end));
        rest.extend_from_slice(&self.buffer[end..]);
        self.buffer.truncate(end);
        let text = std::mem::replace(&mut self.buffer, rest);
        let (line, byte) = (self.line, self.byte);
        self.line += line_breaks(&text);
        self.byte += self.coding.offsets.file_bytes(&text);
        Cut { text, line, byte }
    }

    /// Throws away the line that has no end within the limit.
    fn skip_record(&mut self) -> Result<BadRow, SourceError> {
        let bad = BadRow {
            line: self.line,
            byte: self.byte,
            code: "E_FIELD_TOO_LONG",
            reason: format!("the row is longer than {} MiB", RECORD_BYTES_MAX >> 20),
            raw: shown(&self.buffer, self.coding.encoding),
            lone: false,
        };
        loop {
            if let Some(at) = memchr2(b'\n', b'\r', &self.buffer) {
                if self.buffer.len() == at + 1 && !self.ended {
                    self.ended = self.stream.fill(&mut self.buffer, at + 2)?;
                }
                let both = self.buffer[at] == b'\r' && self.buffer.get(at + 1) == Some(&b'\n');
                self.cut(at + 1 + usize::from(both));
                return Ok(bad);
            }
            if self.ended {
                self.buffer.clear();
                return Ok(bad);
            }
            self.byte += self.coding.offsets.file_bytes(&self.buffer);
            self.buffer.clear();
            self.ended = self.stream.fill(&mut self.buffer, self.block_bytes.max(DECODE_BYTES))?;
        }
    }
}

/// Line breaks in a piece of text; a carriage return and a line feed are one.
pub(super) fn line_breaks(text: &[u8]) -> u64 {
    /// Bytes that are looked at together, and how many such there can be before a count overflows.
    const LANES: usize = 32;
    const ROUNDS: usize = u8::MAX as usize;
    // A carriage return that a line feed follows is only the first half of a break.
    let ends = |(&byte, &next): (&u8, &u8)| (byte == b'\n') | ((byte == b'\r') & (next != b'\n'));
    let Some((last, before)) = text.split_last() else { return 0 };
    let mut count = u64::from(ends((last, &0)));
    let pieces = before.chunks(LANES * ROUNDS).zip(text[1..].chunks(LANES * ROUNDS));
    for (bytes, nexts) in pieces {
        let mut found = [0_u8; LANES];
        let ((bytes, byte_rest), (nexts, next_rest)) =
            (bytes.as_chunks::<LANES>(), nexts.as_chunks::<LANES>());
        for (bytes, nexts) in bytes.iter().zip(nexts) {
            let lanes = found.iter_mut().zip(bytes.iter().zip(nexts));
            lanes.for_each(|(found, pair)| *found += u8::from(ends(pair)));
        }
        count += found.iter().map(|&found| u64::from(found)).sum::<u64>();
        count += byte_rest.iter().zip(next_rest).filter(|&pair| ends(pair)).count() as u64;
    }
    count
}

/// Where the last line of a piece of text ends, 0 if none does; a carriage return at the very end
/// counts only if something other than a line feed is known to follow.
pub(super) fn last_line_end(text: &[u8], followed: bool) -> usize {
    let known = if followed { text } else { text.strip_suffix(b"\r").unwrap_or(text) };
    memchr::memrchr2(b'\n', b'\r', known).map_or(0, |at| at + 1)
}

/// A row as it stands in the file, shortened, without its line break.
pub(super) fn shown(record: &[u8], encoding: Option<&'static Encoding>) -> String {
    let cut = &record[..record.len().min(RAW_BYTES_MAX)];
    let text = match encoding {
        Some(encoding) => encoding.decode_without_bom_handling(cut).0,
        None => String::from_utf8_lossy(cut),
    };
    text.trim_end_matches(['\n', '\r']).to_owned()
}

/// Where text that follows a mark of so many bytes begins.
pub(super) fn file_byte(mark_bytes: usize, text_before: &[u8], offsets: Offsets) -> u64 {
    mark_bytes as u64 + offsets.file_bytes(text_before)
}

#[cfg(test)]
mod tests {
    use super::{last_line_end, line_breaks};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn breaks_are_counted_as_one_by_one(
            seed in proptest::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), Just(b'a')], 0..90),
            times in prop_oneof![Just(1_usize), Just(300)],
        ) {
            let text = seed.repeat(times);
            let is_break = |at: usize| {
                text[at] == b'\n' || (text[at] == b'\r' && text.get(at + 1) != Some(&b'\n'))
            };
            let expected = (0..text.len()).filter(|&at| is_break(at)).count() as u64;
            prop_assert_eq!(line_breaks(&text), expected);
        }

        #[test]
        fn the_last_line_ends_where_a_break_is_known_to(
            text in proptest::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), Just(b'a')], 0..9),
            followed: bool,
        ) {
            let ends = |at: &usize| match (text[*at], text.get(*at + 1)) {
                (b'\n', _) => true,
                (b'\r', next) => next.map_or(followed, |&next| next != b'\n'),
                _ => false,
            };
            let expected = (0..text.len()).rev().find(ends).map_or(0, |at| at + 1);
            prop_assert_eq!(last_line_end(&text, followed), expected);
        }
    }
}
