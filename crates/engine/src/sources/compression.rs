//! The bytes of a file with compression undone, streaming, and bombs refused.

use std::io::{self, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::error::SourceError;
use super::file::{HashedFile, Origin};

/// How many times larger than on disk a file may become. Text of sales compresses 5 to 50 times.
pub const RATIO_MAX: u64 = 250;
/// Below this many decompressed bytes the ratio is not looked at: small files cannot hurt.
pub const RATIO_FREE_BYTES: u64 = 64 << 20;
/// zstd frames may ask for a window of at most 2 to this power: 128 MiB.
const ZSTD_WINDOW_LOG_MAX: u32 = 27;
/// Compressed bytes read at once.
const READ_BYTES: usize = 256 << 10;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    Plain,
    Gzip,
    Zstd,
}

impl Compression {
    /// What the first bytes say; the file's name decides only where they say nothing.
    pub(super) fn detect(start: &[u8], name: &str) -> Compression {
        let name = name.to_ascii_lowercase();
        // Every zstd frame starts with this number; skippable frames are recognised by name.
        if start.starts_with(&[0x1f, 0x8b]) {
            Compression::Gzip
        } else if start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
            || (name.ends_with(".zst") && start.get(1..4) == Some(&[0x2a, 0x4d, 0x18]))
        {
            Compression::Zstd
        } else {
            Compression::Plain
        }
    }

    /// Name for people.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Compression::Plain => None,
            Compression::Gzip => Some("gzip"),
            Compression::Zstd => Some("zstd"),
        }
    }
}

enum Layers {
    Plain(HashedFile),
    Gzip(Box<MultiGzDecoder<BufReader<HashedFile>>>),
    Zstd(Box<zstd::stream::read::Decoder<'static, BufReader<HashedFile>>>),
}

/// A file's decompressed bytes.
pub(super) struct ByteStream {
    layers: Layers,
    origin: Origin,
    given: u64,
}

impl ByteStream {
    /// Starts at the beginning of the file.
    pub(super) fn new(
        file: HashedFile,
        compression: Compression,
        origin: Origin,
    ) -> Result<ByteStream, SourceError> {
        let layers = match compression {
            Compression::Plain => Layers::Plain(file),
            Compression::Gzip => {
                let buffered = BufReader::with_capacity(READ_BYTES, file);
                Layers::Gzip(Box::new(MultiGzDecoder::new(buffered)))
            }
            Compression::Zstd => {
                let buffered = BufReader::with_capacity(READ_BYTES, file);
                let mut decoder = zstd::stream::read::Decoder::with_buffer(buffered)
                    .map_err(|cause| origin.unreadable(cause))?;
                decoder.window_log_max(ZSTD_WINDOW_LOG_MAX).map_err(|cause| origin.unreadable(cause))?;
                Layers::Zstd(Box::new(decoder))
            }
        };
        Ok(ByteStream { layers, origin, given: 0 })
    }

    /// The file these bytes come from.
    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Bytes read from disk so far.
    pub(super) fn read_bytes(&self) -> u64 {
        match &self.layers {
            Layers::Plain(file) => file.count(),
            Layers::Gzip(decoder) => decoder.get_ref().get_ref().count(),
            Layers::Zstd(decoder) => decoder.get_ref().get_ref().count(),
        }
    }

    /// The file under the layers.
    pub(super) fn into_file(self) -> HashedFile {
        match self.layers {
            Layers::Plain(file) => file,
            Layers::Gzip(decoder) => decoder.into_inner().into_inner(),
            Layers::Zstd(decoder) => decoder.finish().into_inner(),
        }
    }

    /// Adds up to `wanted` bytes to `buffer`, fewer only at the end; `true` at the end.
    pub(super) fn fill(&mut self, buffer: &mut Vec<u8>, wanted: usize) -> Result<bool, SourceError> {
        if let Layers::Plain(file) = &mut self.layers {
            let read = file.fill(buffer, wanted).map_err(|cause| self.read_error(cause))?;
            self.given += read as u64;
            return Ok(read < wanted);
        }
        let mut end = buffer.len();
        let full = end + wanted;
        buffer.resize(full, 0);
        while end < full {
            let count = self.read(&mut buffer[end..])?;
            if count == 0 {
                buffer.truncate(end);
                return Ok(true);
            }
            end += count;
        }
        Ok(false)
    }

    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, SourceError> {
        let read = match &mut self.layers {
            Layers::Plain(file) => file.read(buffer),
            Layers::Gzip(decoder) => decoder.read(buffer),
            Layers::Zstd(decoder) => decoder.read(buffer),
        };
        let count = read.map_err(|cause| self.read_error(cause))?;
        self.given += count as u64;
        let compressed = !matches!(self.layers, Layers::Plain(_));
        let allowed = self.read_bytes().saturating_mul(RATIO_MAX);
        if compressed && self.given > RATIO_FREE_BYTES && self.given > allowed {
            let reason = format!("it grows more than {RATIO_MAX} times when decompressed");
            return Err(self.origin.too_large(reason));
        }
        Ok(count)
    }

    fn read_error(&self, cause: io::Error) -> SourceError {
        let what = match self.layers {
            Layers::Plain(_) => return self.origin.unreadable(cause),
            Layers::Gzip(_) => "gzip",
            Layers::Zstd(_) => "zstd",
        };
        match cause.kind() {
            io::ErrorKind::UnexpectedEof => {
                self.origin.damaged(format!("its {what} data breaks off before the end"))
            }
            _ => self.origin.damaged(format!("its {what} data cannot be decompressed ({cause})")),
        }
    }
}
