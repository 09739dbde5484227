//! The text of a file in pieces that end where a record ends.

use std::sync::Arc;

use memchr::memchr2;

use super::super::compression::ByteStream;
use super::super::encoding::{Decoder, Offsets};
use super::super::error::SourceError;
use super::super::rows::{BadRow, RowBlock};
use super::grammar::line_breaks;
use super::split::{Dialect, TextBlock, shown};

/// A record that is longer rejects itself: memory stays bounded whatever the file.
pub const RECORD_BYTES_MAX: usize = 16 << 20;
/// Encoded bytes decoded at once.
const DECODE_BYTES: usize = 1 << 20;

/// A file's text in UTF-8, or in a single-byte encoding in which rows can be cut as well.
pub(in crate::sources) struct TextStream {
    pub bytes: ByteStream,
    pub decoder: Option<Decoder>,
}

impl TextStream {
    /// Adds text until `text` has at least `wanted` bytes; `true` at the end of the file.
    pub(in crate::sources) fn fill(
        &mut self,
        text: &mut Vec<u8>,
        wanted: usize,
    ) -> Result<bool, SourceError> {
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

/// What the sequential reader gives to whoever splits rows.
pub(in crate::sources) enum Piece {
    /// Whole records.
    Text(TextBlock),
    /// A record that was too long to be held.
    Bad(RowBlock),
}

/// Cuts text into blocks, one after another.
pub(in crate::sources) struct Blocks {
    stream: TextStream,
    /// Text read and not yet given; begins where a record begins.
    buffer: Vec<u8>,
    ended: bool,
    line: u64,
    byte: u64,
    block_bytes: usize,
    dialect: Arc<Dialect>,
}

impl Blocks {
    /// `buffer` is the text already read, beginning with the first data row, which stands at
    /// `line` and `byte` of the file; `ended` says that nothing follows it.
    pub(in crate::sources) fn new(
        stream: TextStream,
        buffer: Vec<u8>,
        ended: bool,
        (line, byte): (u64, u64),
        block_bytes: usize,
        dialect: Arc<Dialect>,
    ) -> Blocks {
        let block_bytes = block_bytes.clamp(1, RECORD_BYTES_MAX);
        Blocks { stream, buffer, ended, line, byte, block_bytes, dialect }
    }

    pub(in crate::sources) fn dialect(&self) -> &Arc<Dialect> {
        &self.dialect
    }

    pub(in crate::sources) fn read_bytes(&self) -> u64 {
        self.stream.bytes.read_bytes()
    }

    pub(in crate::sources) fn into_bytes(self) -> ByteStream {
        self.stream.bytes
    }

    /// The next records, as many as a block should hold; `None` at the end.
    pub(in crate::sources) fn next(&mut self) -> Result<Option<Piece>, SourceError> {
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
            if let Some(end) = self.dialect.grammar.border(&self.buffer[..scope], last) {
                return Ok(Some(Piece::Text(self.cut(end))));
            }
            if wanted >= RECORD_BYTES_MAX {
                return self.skip_record().map(|bad| Some(Piece::Bad(bad)));
            }
            wanted = (wanted * 2).min(RECORD_BYTES_MAX);
        }
    }

    fn cut(&mut self, end: usize) -> TextBlock {
        let mut rest = Vec::with_capacity(self.block_bytes.max(self.buffer.len() - end));
        rest.extend_from_slice(&self.buffer[end..]);
        self.buffer.truncate(end);
        let text = std::mem::replace(&mut self.buffer, rest);
        let (line, byte) = (self.line, self.byte);
        self.line += line_breaks(&text);
        self.byte += self.dialect.offsets.file_bytes(&text);
        TextBlock { text, line, byte, dialect: Arc::clone(&self.dialect) }
    }

    /// Throws away the line that has no end within the limit.
    fn skip_record(&mut self) -> Result<RowBlock, SourceError> {
        let mut block = RowBlock::default();
        block.bad.push(BadRow {
            line: self.line,
            byte: self.byte,
            code: "E_FIELD_TOO_LONG",
            reason: format!("the row is longer than {} MiB", RECORD_BYTES_MAX >> 20),
            raw: shown(&self.buffer, self.dialect.encoding),
        });
        loop {
            if let Some(at) = memchr2(b'\n', b'\r', &self.buffer) {
                if self.buffer.len() == at + 1 && !self.ended {
                    self.ended = self.stream.fill(&mut self.buffer, at + 2)?;
                }
                let both = self.buffer[at] == b'\r' && self.buffer.get(at + 1) == Some(&b'\n');
                self.cut(at + 1 + usize::from(both));
                return Ok(block);
            }
            if self.ended {
                self.buffer.clear();
                return Ok(block);
            }
            self.byte += self.dialect.offsets.file_bytes(&self.buffer);
            self.buffer.clear();
            self.ended = self.stream.fill(&mut self.buffer, self.block_bytes.max(DECODE_BYTES))?;
        }
    }
}

/// Where text that follows a mark of so many bytes begins.
pub(in crate::sources) fn file_byte(mark_bytes: usize, text_before: &[u8], offsets: Offsets) -> u64 {
    mark_bytes as u64 + offsets.file_bytes(text_before)
}
