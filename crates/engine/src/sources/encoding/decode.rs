//! Turning bytes of an encoding into UTF-8, a piece at a time.

use encoding_rs::{Decoder as Foreign, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// What stands in the output for bytes that mean nothing: never part of UTF-8, so the row that
/// holds it is found by the same check as in a UTF-8 file.
pub(in crate::sources) const MEANINGLESS: u8 = 0xff;

/// How text leads back to bytes of the decompressed file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sources) enum Offsets {
    /// The text is the file's bytes.
    Same,
    /// Two bytes for each UTF-16 unit.
    Wide,
}

impl Offsets {
    /// How many bytes of the file a piece of text came from.
    pub(in crate::sources) fn file_bytes(self, text: &[u8]) -> u64 {
        match self {
            Offsets::Same => text.len() as u64,
            Offsets::Wide => {
                let units = |byte: u8| match byte {
                    0x80..0xc0 => 0,
                    0xf0..=0xfe => 2,
                    _ => 1,
                };
                2 * text.iter().map(|byte| units(*byte)).sum::<u64>()
            }
        }
    }
}

/// Decodes what cannot be cut into rows before it is decoded: UTF-16 and multi-byte encodings.
pub(in crate::sources) struct Decoder {
    foreign: Foreign,
}

impl Decoder {
    /// `None` where rows can be cut from the bytes as they are: UTF-8 and single-byte encodings.
    pub(in crate::sources) fn needed(encoding: &'static Encoding) -> Option<Decoder> {
        if encoding == UTF_8 || encoding.is_single_byte() {
            return None;
        }
        Some(Decoder { foreign: encoding.new_decoder_without_bom_handling() })
    }

    /// How offsets in the decoded text lead back to the file. For East Asian encodings they are
    /// offsets in the text as UTF-8.
    pub(in crate::sources) fn offsets(encoding: &'static Encoding) -> Offsets {
        if encoding == UTF_16LE || encoding == UTF_16BE { Offsets::Wide } else { Offsets::Same }
    }

    /// Adds the text of some bytes to `text`; `last` says that no more follow.
    pub(in crate::sources) fn decode(&mut self, mut bytes: &[u8], text: &mut Vec<u8>, last: bool) {
        loop {
            let end = text.len();
            let room = self.foreign.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0);
            text.resize(end + room.max(16), 0);
            let (result, read, written) =
                self.foreign.decode_to_utf8_without_replacement(bytes, &mut text[end..], last);
            text.truncate(end + written);
            bytes = &bytes[read..];
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => text.push(MEANINGLESS),
            }
        }
    }
}
