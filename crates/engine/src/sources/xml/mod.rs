//! XML documents: CommerceML, in which 1C, Bitrix, InSales and others exchange orders and goods.
//!
//! The document is read record by record: an order of `orders.xml`, a good of `import.xml`. XML
//! that is not well-formed cannot be read on, so it ends the reading with its line and column.

mod record;
mod text;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::blocks::RECORD_BYTES_MAX;
use super::compression::ByteStream;
use super::encoding::{self, Found};
use super::error::SourceError;
use super::file::Origin;
use super::notes::Notes;
use super::records::{Columns, Record, TooLarge};
use super::rows::{BadRow, RowBlock};
use record::Node;
use text::Text;

/// Elements within elements, at most.
pub const ELEMENT_DEPTH_MAX: usize = 32;
/// Elements of one record, at most.
pub const RECORD_ELEMENTS_MAX: usize = 200_000;
/// Elements that are records; the first that occurs in a document is what it holds.
const RECORDS: [&str; 2] = ["Документ", "Товар"];
/// Records of the sample.
const SAMPLE_RECORDS: usize = 1_000;
/// Bytes of records in the sample and in a block.
const BLOCK_BYTES: usize = 4 << 20;
/// Bytes among which the declaration and the first element stand.
const PROLOG_BYTES: usize = 1 << 10;

/// Whether text is XML.
pub(super) fn is_xml(start: &[u8], found: &Found) -> bool {
    let prolog = prolog(start, found);
    let begins = prolog.trim_start();
    begins.starts_with("<?xml") || begins.starts_with("<КоммерческаяИнформация")
}

fn prolog(start: &[u8], found: &Found) -> String {
    let text = &start[found.mark_bytes..];
    found.encoding.decode_without_bom_handling(&text[..text.len().min(PROLOG_BYTES)]).0.into_owned()
}

/// The encoding that the document's declaration names.
fn declared(prolog: &str) -> Option<&'static Encoding> {
    let declaration = prolog.trim_start().strip_prefix("<?xml")?;
    let declaration = &declaration[..declaration.find("?>")?];
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    encoding::named(value[1..].split(quote).next()?)
}

/// An XML file, opened.
pub(super) struct Opened {
    pub header: Vec<String>,
    pub sample: RowBlock,
    pub encoding: &'static Encoding,
    pub records: Records,
}

/// The records of a document that are still to come.
pub(super) struct Records {
    reader: Reader<Text>,
    origin: Origin,
    buffer: Vec<u8>,
    /// Elements around the next event.
    depth: usize,
    /// The element that is a record.
    name: Option<&'static str>,
    columns: Columns,
    /// Records that were read for the sample.
    sampled: Option<RowBlock>,
    pub notes: Arc<Notes>,
}

/// One record, and where it stands.
struct Element {
    node: Node,
    /// Line it begins at, and byte in the text as UTF-8.
    place: (u64, u64),
    bytes: usize,
}

/// Reads the first records and finds the columns.
pub(super) fn open(
    bytes: ByteStream,
    start: Vec<u8>,
    ended: bool,
    found: &Found,
    said: bool,
) -> Result<Opened, SourceError> {
    let origin = bytes.origin().clone();
    let marked = found.mark_bytes > 0 || !found.encoding.is_ascii_compatible();
    let declared = declared(&prolog(&start, found)).filter(|_| !marked && !said);
    let encoding = declared.unwrap_or(found.encoding);
    let text = Text::new(bytes, start[found.mark_bytes..].to_vec(), ended, encoding);
    let mut records = Records {
        reader: Reader::from_reader(text),
        origin,
        buffer: Vec::new(),
        depth: 0,
        name: None,
        columns: Columns::default(),
        sampled: None,
        notes: Arc::new(Notes::default()),
    };
    let mut first: Vec<(Record, (u64, u64), usize)> = Vec::new();
    let mut held = 0;
    while first.len() < SAMPLE_RECORDS
        && held < BLOCK_BYTES
        && let Some(element) = records.next_element()?
    {
        held += element.bytes;
        let record = element.node.record(&mut |name| records.columns.grow(name));
        first.push((record, element.place, element.bytes));
    }
    if first.is_empty() {
        let reason =
            "it is XML without orders or goods as CommerceML has them; export the data as CSV or XLSX";
        return Err(records.origin.unsupported(reason));
    }
    let mut block = RowBlock::default();
    for (record, place, bytes) in &first {
        records.rows(record, *place, *bytes, &mut block);
    }
    let sample = block.first(SAMPLE_RECORDS);
    records.sampled = Some(block);
    Ok(Opened { header: records.columns.names.clone(), sample, encoding, records })
}

impl Records {
    /// The next rows, from the first on; `None` at the end.
    pub(super) fn next_block(&mut self) -> Result<Option<RowBlock>, SourceError> {
        if let Some(block) = self.sampled.take() {
            return Ok(Some(block));
        }
        let mut block = RowBlock::default();
        let mut held = 0;
        while held < BLOCK_BYTES
            && let Some(element) = self.next_element()?
        {
            held += element.bytes;
            let (columns, notes) = (&self.columns, &self.notes);
            let record = element.node.record(&mut |name| {
                let column = columns.get(name);
                if column.is_none() {
                    notes.add_later_name(name);
                }
                column
            });
            self.rows(&record, element.place, element.bytes, &mut block);
        }
        Ok((held > 0).then_some(block))
    }

    pub(super) fn read_bytes(&self) -> u64 {
        self.reader.get_ref().bytes().read_bytes()
    }

    pub(super) fn into_bytes(self) -> ByteStream {
        self.reader.into_inner().into_bytes()
    }

    fn rows(&self, record: &Record, (line, byte): (u64, u64), bytes: usize, block: &mut RowBlock) {
        let width = self.columns.names.len();
        if let Err(TooLarge) = record.rows(block, width, (line, byte), bytes) {
            let reason = "the record has more lines and columns than any real one".to_owned();
            let raw = self.name.unwrap_or_default().to_owned();
            block.bad.push(BadRow { line, byte, code: "E_FIELD_TOO_LONG", reason, raw, lone: false });
        }
    }

    /// The next record.
    fn next_element(&mut self) -> Result<Option<Element>, SourceError> {
        let mut within: Vec<Node> = Vec::new();
        let (mut began, mut elements) = ((0, 0), 0_usize);
        loop {
            self.buffer.clear();
            if within.is_empty() {
                self.reader.get_mut().allow(RECORD_BYTES_MAX);
                let text = self.reader.get_ref();
                began = (text.line(), text.given());
            }
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => return Err(broken(&mut self.reader, &self.origin, &error)),
            };
            match event {
                Event::Start(tag) => {
                    let name = tag.local_name();
                    self.depth += 1;
                    elements += usize::from(!within.is_empty());
                    if !within.is_empty() || is_record(&mut self.name, name.as_ref()) {
                        within.push(Node::new(name.as_ref()));
                    }
                }
                Event::Empty(tag) => {
                    elements += 1;
                    if let Some(node) = within.last_mut() {
                        node.children.push(Node::new(tag.local_name().as_ref()));
                    }
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    match (within.pop(), within.last_mut()) {
                        (Some(node), Some(parent)) => parent.children.push(node),
                        (Some(node), None) => {
                            let bytes = self.reader.get_ref().given() - began.1;
                            return Ok(Some(Element { node, place: began, bytes: bytes as usize }));
                        }
                        (None, _) => {}
                    }
                }
                Event::Text(text) => {
                    within.last_mut().into_iter().for_each(|node| node.text += &text.xml10_content())
                }
                Event::CData(text) => {
                    within.last_mut().into_iter().for_each(|node| node.text += &text.xml10_content())
                }
                Event::GeneralRef(name) => {
                    let Some(character) = character(&name) else {
                        let place = self.reader.get_ref().place();
                        let reason = format!("at {place} there is `&{};`, which is no character", &*name);
                        return Err(self.origin.damaged(reason));
                    };
                    within.last_mut().into_iter().for_each(|node| node.text.push(character));
                }
                Event::Eof if self.depth > 0 => {
                    let place = self.reader.get_ref().place();
                    return Err(self.origin.damaged(format!("it breaks off at {place}")));
                }
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
            self.limits(elements)?;
        }
    }

    fn limits(&self, elements: usize) -> Result<(), SourceError> {
        let place = || self.reader.get_ref().place();
        if self.depth > ELEMENT_DEPTH_MAX {
            let reason = format!("at {} elements are nested deeper than {ELEMENT_DEPTH_MAX}", place());
            return Err(self.origin.too_large(reason));
        }
        if elements > RECORD_ELEMENTS_MAX {
            let reason = format!("a record before {} has more than {RECORD_ELEMENTS_MAX} elements", place());
            return Err(self.origin.too_large(reason));
        }
        Ok(())
    }
}

/// Whether an element is a record; the first that could be one decides for all.
fn is_record(known: &mut Option<&'static str>, name: &str) -> bool {
    if known.is_none() {
        *known = RECORDS.into_iter().find(|record| *record == name);
    }
    *known == Some(name)
}

/// The character behind a name or number; documents define no names of their own.
fn character(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    match &**reference {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}

fn broken(reader: &mut Reader<Text>, origin: &Origin, error: &quick_xml::Error) -> SourceError {
    if let Some(failure) = reader.get_mut().take_failure() {
        return failure;
    }
    origin.damaged(format!("at {} it is no XML: {error}", reader.get_ref().place()))
}
