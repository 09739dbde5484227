//! One file opened as a table, whatever its format.

use std::io::{Read, Seek};
use std::path::Path;
use std::sync::Arc;

use super::compression::{ByteStream, Compression};
use super::delimited::{self, Blocks, Piece, TextBlock, TextStream};
use super::encoding::{self, Decoder};
use super::error::SourceError;
use super::file::{HashedFile, InputFile, Origin};
use super::options::{Detected, Format, OpenOptions};
use super::rows::RowBlock;

/// A file whose rows can be read.
pub struct Table {
    detected: Detected,
    header: Vec<String>,
    sample: RowBlock,
    origin: Origin,
    reading: Reading,
}

enum Reading {
    Delimited(Box<Blocks>),
}

/// Some rows as they were read, not yet split into cells. May be sent to any thread.
pub struct RawBlock(Raw);

enum Raw {
    Text(TextBlock),
    Ready(RowBlock),
}

/// Opens a file: tells its compression, format, encoding and dialect from its first bytes, and
/// reads its header and a sample of its rows.
///
/// To read a file twice, open it twice.
///
/// # Errors
/// Where no table can be had from the file; the text names the file and what to do.
pub fn open(path: &Path, options: &OpenOptions) -> Result<Table, SourceError> {
    let (origin, mut file) = Origin::open(path)?;
    if origin.bytes == 0 {
        return Err(origin.empty());
    }
    let mut start = Vec::new();
    Read::take(&mut file, 8).read_to_end(&mut start).map_err(|cause| origin.unreadable(cause))?;
    file.rewind().map_err(|cause| origin.unreadable(cause))?;
    let compression = Compression::detect(&start, &origin.shown());
    let mut bytes = ByteStream::new(HashedFile::new(file), compression, origin.clone())?;
    let mut start = Vec::new();
    let ended = bytes.fill(&mut start, encoding::SAMPLE_BYTES)?;
    open_text(bytes, start, ended, compression, options)
}

fn open_text(
    bytes: ByteStream,
    start: Vec<u8>,
    ended: bool,
    compression: Compression,
    options: &OpenOptions,
) -> Result<Table, SourceError> {
    let origin = bytes.origin().clone();
    let found = match &options.encoding {
        Some(name) => {
            let encoding = encoding::named(name).ok_or_else(|| {
                origin.option(format!("`{name}` is no encoding that is known; try `utf-8`"))
            })?;
            encoding::as_said(encoding, &start)
        }
        None => encoding::detect(&start),
    };
    let mut decoder = Decoder::needed(found.encoding);
    let start = start[found.mark_bytes..].to_vec();
    let start = match &mut decoder {
        Some(decoder) => {
            let mut text = Vec::new();
            decoder.decode(&start, &mut text, ended);
            text
        }
        None => start,
    };
    let mut detected = Detected::plain(Format::Delimited, compression.name());
    detected.encoding = found.encoding.name().to_owned();
    detected.encoding_sure = found.sure;
    detected.warnings.extend(found.warning.clone());
    let stream = TextStream { bytes, decoder };
    let opened = delimited::open(stream, start, ended, &found, options, &mut detected)?;
    Ok(Table {
        detected,
        header: opened.header,
        sample: opened.sample,
        origin,
        reading: Reading::Delimited(Box::new(opened.blocks)),
    })
}

impl Table {
    /// How the file is read.
    pub fn detected(&self) -> &Detected {
        &self.detected
    }

    /// Names of the columns, cleaned of what cannot be seen. Duplicates and empty names are kept.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The first data rows, at most a thousand. They come again in the blocks.
    pub fn sample(&self) -> &RowBlock {
        &self.sample
    }

    /// The next rows, from the first data row on; `None` at the end.
    ///
    /// Cheap: reads, decompresses and finds where a record ends. [`RawBlock::rows`] does the rest.
    ///
    /// # Errors
    /// Where the file breaks off, is a bomb, or cannot be read on.
    pub fn next_block(&mut self) -> Result<Option<RawBlock>, SourceError> {
        match &mut self.reading {
            Reading::Delimited(blocks) => Ok(blocks.next()?.map(|piece| match piece {
                Piece::Text(block) => RawBlock(Raw::Text(block)),
                Piece::Bad(block) => RawBlock(Raw::Ready(block)),
            })),
        }
    }

    /// Bytes of the file read so far, as it lies on disk.
    pub fn read_bytes(&self) -> u64 {
        match &self.reading {
            Reading::Delimited(blocks) => blocks.read_bytes(),
        }
    }

    /// Size of the file on disk.
    pub fn total_bytes(&self) -> u64 {
        self.origin.bytes
    }

    /// Reads what is left and gives the file's name, size and hash. All blocks taken must have been
    /// split by then, or their warnings are missing.
    ///
    /// # Errors
    /// Where the file changed since it was opened.
    pub fn finish(self) -> Result<InputFile, SourceError> {
        match self.reading {
            Reading::Delimited(blocks) => {
                let notes = Arc::clone(&blocks.dialect().notes);
                self.origin.finish(blocks.into_bytes().into_file(), notes.warnings())
            }
        }
    }
}

impl RawBlock {
    /// Splits the block into rows of cells.
    pub fn rows(self) -> RowBlock {
        match self.0 {
            Raw::Text(block) => block.rows(),
            Raw::Ready(block) => block,
        }
    }
}
