//! The text of a document in UTF-8, read piece by piece, with the line and column it is read to.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding};

use super::super::compression::ByteStream;
use super::super::error::SourceError;

/// Encoded bytes decoded at once.
const DECODE_BYTES: usize = 256 << 10;

pub(super) struct Text {
    bytes: ByteStream,
    decoder: Decoder,
    /// Bytes that were read before the decoder was known.
    start: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    ended: bool,
    line: u64,
    column: u64,
    given: u64,
    /// How much may be given before somebody allows more.
    limit: u64,
    /// Why reading failed: readers know only errors of input and output.
    failure: Option<SourceError>,
}

impl Text {
    pub(super) fn new(bytes: ByteStream, start: Vec<u8>, ended: bool, encoding: &'static Encoding) -> Text {
        Text {
            bytes,
            decoder: encoding.new_decoder_without_bom_handling(),
            start,
            text: Vec::new(),
            at: 0,
            ended,
            line: 1,
            column: 1,
            given: 0,
            limit: u64::MAX,
            failure: None,
        }
    }

    /// Line that is read next, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Line and column up to which the text was read, for people.
    pub(super) fn place(&self) -> String {
        format!("line {}, column {}", self.line, self.column)
    }

    /// Bytes of text given so far.
    pub(super) fn given(&self) -> u64 {
        self.given
    }

    /// Lets so many bytes more be read.
    pub(super) fn allow(&mut self, bytes: usize) {
        self.limit = self.given.saturating_add(bytes as u64);
    }

    pub(super) fn take_failure(&mut self) -> Option<SourceError> {
        self.failure.take()
    }

    pub(super) fn bytes(&self) -> &ByteStream {
        &self.bytes
    }

    pub(super) fn into_bytes(self) -> ByteStream {
        self.bytes
    }

    fn decode(&mut self) -> Result<(), SourceError> {
        if self.given > self.limit {
            let reason = format!("a record before {} is longer than any real one", self.place());
            return Err(self.bytes.origin().too_large(reason));
        }
        (self.at, self.text) = (0, Vec::new());
        while self.text.is_empty() && !(self.ended && self.start.is_empty()) {
            let mut encoded = std::mem::take(&mut self.start);
            if encoded.is_empty() {
                self.ended = self.bytes.fill(&mut encoded, DECODE_BYTES)?;
            }
            let room = self.decoder.max_utf8_buffer_length_without_replacement(encoded.len());
            self.text.resize(room.unwrap_or(0).max(16), 0);
            let (result, _, written) =
                self.decoder.decode_to_utf8_without_replacement(&encoded, &mut self.text, self.ended);
            self.text.truncate(written);
            if let DecoderResult::Malformed(..) = result {
                let line = self.line + memchr::memchr_iter(b'\n', &self.text).count() as u64;
                let name = self.decoder.encoding().name();
                let reason = format!("at line {line} there are bytes that are not {name}");
                return Err(self
                    .bytes
                    .origin()
                    .damaged(format!("{reason}; name its encoding with --encoding")));
            }
        }
        Ok(())
    }
}

impl Read for Text {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Text {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.text.len()
            && let Err(failure) = self.decode()
        {
            self.failure = Some(failure);
            return Err(io::Error::other("the text cannot be read on"));
        }
        Ok(&self.text[self.at..])
    }

    fn consume(&mut self, count: usize) {
        let read = &self.text[self.at..self.at + count];
        self.line += memchr::memchr_iter(b'\n', read).count() as u64;
        let characters =
            |text: &[u8]| text.iter().filter(|byte| !(0x80..0xc0).contains(*byte)).count() as u64;
        self.column = match memchr::memrchr(b'\n', read) {
            Some(at) => 1 + characters(&read[at + 1..]),
            None => self.column + characters(read),
        };
        self.at += count;
        self.given += count as u64;
    }
}
