//! One file opened as a table, whatever its format.

use std::io::{Read, Seek};
use std::path::Path;
use std::sync::Arc;

use super::blocks::{Blocks, Piece, TextStream};
use super::compression::{ByteStream, Compression};
use super::delimited::{self, Dialect, TextBlock};
use super::encoding::{self, Decoder};
use super::error::SourceError;
use super::file::{HashedFile, InputFile, Origin};
use super::json::{self, JsonBlock, Shape};
use super::notes::Notes;
use super::options::{Detected, Format, OpenOptions};
use super::parquet::{self, Batch, Batches};
use super::rows::RowBlock;
use super::workbook;
use super::xml;

/// First bytes that tell compression and format.
const MAGIC_BYTES: u64 = 8;

/// A file whose rows can be read.
pub struct Table {
    detected: Detected,
    header: Vec<String>,
    sample: RowBlock,
    origin: Origin,
    reading: Reading,
}

enum Reading {
    Delimited { blocks: Box<Blocks>, dialect: Arc<Dialect> },
    Json { blocks: Box<Blocks>, shape: Arc<Shape> },
    Xml { records: Box<xml::Records> },
    Workbook { bytes: Box<ByteStream>, rest: std::vec::IntoIter<RowBlock>, blocks: usize },
    Parquet { bytes: Box<ByteStream>, batches: Box<Batches> },
}

/// Some rows as they were read, not yet split into cells. May be sent to any thread.
pub struct RawBlock(Raw);

enum Raw {
    Text(TextBlock),
    Json(JsonBlock),
    Batch(Batch),
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
    let (origin, mut file) = Origin::open(path, options.name.as_deref())?;
    if origin.bytes == 0 {
        return Err(origin.empty());
    }
    let mut magic = Vec::new();
    Read::take(&mut file, MAGIC_BYTES).read_to_end(&mut magic).map_err(|cause| origin.unreadable(cause))?;
    file.rewind().map_err(|cause| origin.unreadable(cause))?;
    let compression = Compression::detect(&magic, &origin.shown());
    let mut bytes = ByteStream::new(HashedFile::new(file, !options.undigested), compression, origin.clone())?;
    let mut start = Vec::new();
    let ended = bytes.fill(&mut start, encoding::SAMPLE_BYTES)?;
    let format = options.format.or_else(|| by_magic(&start));
    match format {
        Some(Format::Workbook | Format::Parquet) if compression != Compression::Plain => {
            Err(origin.unsupported("it is compressed once more around its format; unpack it first"))
        }
        Some(Format::Workbook) => open_workbook(origin, bytes, &start, options),
        Some(Format::Parquet) => open_parquet(origin, bytes),
        _ => open_text(bytes, start, ended, compression, options),
    }
}

/// How workbooks begin: a zip archive, an empty one, a container of the old kind.
const WORKBOOKS: [&[u8]; 3] =
    [b"PK\x03\x04", b"PK\x05\x06", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]];

/// The formats that their first bytes give away.
fn by_magic(start: &[u8]) -> Option<Format> {
    if start.starts_with(b"PAR1") || start.starts_with(b"PARE") {
        Some(Format::Parquet)
    } else {
        WORKBOOKS.iter().any(|magic| start.starts_with(magic)).then_some(Format::Workbook)
    }
}

fn open_workbook(
    origin: Origin,
    bytes: ByteStream,
    start: &[u8],
    options: &OpenOptions,
) -> Result<Table, SourceError> {
    let mut detected = Detected::plain(Format::Workbook, None);
    let opened = workbook::open(&origin, start, options, &mut detected)?;
    let blocks = opened.blocks.len();
    let rest = opened.blocks.into_iter();
    let reading = Reading::Workbook { bytes: Box::new(bytes), rest, blocks };
    Ok(Table { detected, header: opened.header, sample: opened.sample, origin, reading })
}

fn open_parquet(origin: Origin, bytes: ByteStream) -> Result<Table, SourceError> {
    let mut detected = Detected::plain(Format::Parquet, None);
    let opened = parquet::open(&origin, &mut detected)?;
    let reading = Reading::Parquet { bytes: Box::new(bytes), batches: Box::new(opened.batches) };
    Ok(Table { detected, header: opened.header, sample: opened.sample, origin, reading })
}

/// Formats that are known and not read, by how their text begins.
const FOREIGN: [(&str, &str); 5] = [
    ("%PDF", "it is a PDF; export the data itself as CSV or XLSX"),
    ("{\\rtf", "it is a text document; export the data as CSV or XLSX"),
    ("<!doctype html", "it is a web page, whatever its name says; open it in a spreadsheet, save it as XLSX"),
    ("<html", "it is a web page, whatever its name says; open it in a spreadsheet and save it as XLSX"),
    ("<table", "it is a web page, whatever its name says; open it in a spreadsheet and save it as XLSX"),
];

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
    let is_xml = match options.format {
        Some(format) => format == Format::Xml,
        None => xml::is_xml(&start, &found),
    };
    if is_xml {
        let mut detected = Detected::plain(Format::Xml, compression.name());
        let opened = xml::open(bytes, start, ended, &found, options.encoding.is_some())?;
        opened.encoding.name().clone_into(&mut detected.encoding);
        let reading = Reading::Xml { records: Box::new(opened.records) };
        return Ok(Table { detected, header: opened.header, sample: opened.sample, origin, reading });
    }
    let mut decoder = Decoder::needed(found.encoding);
    let mut start = start[found.mark_bytes..].to_vec();
    if let Some(decoder) = &mut decoder {
        let encoded = std::mem::take(&mut start);
        decoder.decode(&encoded, &mut start, ended);
    }
    let begins = start.trim_ascii_start();
    for (sign, reason) in FOREIGN {
        if begins.get(..sign.len()).is_some_and(|first| first.eq_ignore_ascii_case(sign.as_bytes())) {
            return Err(origin.unsupported(reason));
        }
    }
    if begins.is_empty() && ended {
        return Err(origin.empty());
    }
    let stream = TextStream { bytes, decoder };
    let json = match options.format {
        Some(format) => format == Format::JsonLines,
        None => json::is_json(&start),
    };
    let format = if json { Format::JsonLines } else { Format::Delimited };
    let mut detected = Detected::plain(format, compression.name());
    detected.encoding = found.encoding.name().to_owned();
    detected.encoding_sure = found.sure;
    detected.warnings.extend(found.warning.clone());
    if json {
        let opened = json::open(stream, start, ended, &found, options)?;
        let reading = Reading::Json { blocks: Box::new(opened.blocks), shape: opened.shape };
        return Ok(Table { detected, header: opened.header, sample: opened.sample, origin, reading });
    }
    let opened = delimited::open(stream, start, ended, &found, options, &mut detected)?;
    let reading = Reading::Delimited { blocks: Box::new(opened.blocks), dialect: opened.dialect };
    Ok(Table { detected, header: opened.header, sample: opened.sample, origin, reading })
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
        let piece = match &mut self.reading {
            Reading::Delimited { blocks, .. } => blocks.next()?,
            Reading::Json { blocks, shape } => {
                let piece = blocks.next()?;
                if piece.is_none() && !shape.is_whole() {
                    return Err(self.origin.damaged("it ends before the list of its records does"));
                }
                piece
            }
            Reading::Xml { records } => {
                return Ok(records.next_block()?.map(|block| RawBlock(Raw::Ready(block))));
            }
            Reading::Workbook { rest, .. } => {
                return Ok(rest.next().map(|block| RawBlock(Raw::Ready(block))));
            }
            Reading::Parquet { batches, .. } => {
                return Ok(batches.next()?.map(|batch| RawBlock(Raw::Batch(batch))));
            }
        };
        Ok(piece.map(|piece| RawBlock(self.reading.raw(piece))))
    }

    /// Bytes of the file read so far, as it lies on disk.
    pub fn read_bytes(&self) -> u64 {
        match &self.reading {
            Reading::Delimited { blocks, .. } | Reading::Json { blocks, .. } => blocks.read_bytes(),
            Reading::Xml { records } => records.read_bytes(),
            Reading::Workbook { rest, blocks, .. } => {
                let given = (blocks - rest.len()) as u64;
                self.origin.bytes * given / (*blocks).max(1) as u64
            }
            Reading::Parquet { batches, .. } => batches.read_bytes(),
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
        let nothing = Arc::new(Notes::default());
        let (bytes, notes) = match self.reading {
            Reading::Delimited { blocks, dialect } => (blocks.into_bytes(), Arc::clone(&dialect.notes)),
            Reading::Json { blocks, shape } => (blocks.into_bytes(), Arc::clone(&shape.notes)),
            Reading::Xml { records } => {
                let notes = Arc::clone(&records.notes);
                (records.into_bytes(), notes)
            }
            Reading::Workbook { bytes, .. } | Reading::Parquet { bytes, .. } => (*bytes, nothing),
        };
        self.origin.finish(bytes.into_file(), notes.warnings())
    }
}

impl Reading {
    fn raw(&self, piece: Piece) -> Raw {
        let cut = match piece {
            Piece::Text(cut) => cut,
            Piece::Bad(bad) => return Raw::Ready(RowBlock::of_bad(bad)),
        };
        match self {
            Reading::Json { shape, .. } => Raw::Json(JsonBlock { cut, shape: Arc::clone(shape) }),
            Reading::Delimited { dialect, .. } => Raw::Text(TextBlock { cut, dialect: Arc::clone(dialect) }),
            // Formats that are not text come in pieces of their own.
            Reading::Xml { .. } | Reading::Workbook { .. } | Reading::Parquet { .. } => {
                Raw::Ready(RowBlock::default())
            }
        }
    }
}

impl RawBlock {
    /// Splits the block into rows of cells.
    pub fn rows(self) -> RowBlock {
        match self.0 {
            Raw::Text(block) => block.rows(),
            Raw::Json(block) => block.rows(),
            Raw::Batch(batch) => batch.rows(),
            Raw::Ready(block) => block,
        }
    }
}
