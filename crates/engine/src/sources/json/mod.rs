//! JSON: one object a line, or one array of objects.

mod document;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::{memchr2, memchr3};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::blocks::{Blocks, Coding, Cut, TextStream, file_byte, last_line_end, line_breaks, shown};
use super::encoding::Found;
use super::error::SourceError;
use super::notes::Notes;
use super::options::OpenOptions;
use super::records::Columns;
use super::rows::{BadRow, RowBlock};

/// Objects in objects become columns with joined names down to this depth; deeper ones stay JSON.
pub const OBJECT_DEPTH_MAX: usize = 8;
/// Columns a table may get from its sample's keys.
pub const KEYS_MAX: usize = 10_000;
/// Objects of the sample.
const SAMPLE_ROWS: usize = 1_000;

/// How objects become rows, the same for every block.
#[derive(Debug)]
pub(super) struct Shape {
    columns: HashMap<String, usize>,
    array: bool,
    /// The columns of a document whose list of records stands inside an object.
    document: Option<Columns>,
    /// Whether that list's end was read.
    closed: AtomicBool,
    coding: Coding,
    pub notes: Arc<Notes>,
}

/// A JSON file, opened.
pub(super) struct Opened {
    pub header: Vec<String>,
    pub sample: RowBlock,
    pub blocks: Blocks,
    pub shape: Arc<Shape>,
}

/// Whether text is JSON with an object to each row.
pub(super) fn is_json(start: &[u8]) -> bool {
    let start = start.trim_ascii_start();
    match start.first() {
        Some(b'[') => start[1..].trim_ascii_start().first() == Some(&b'{'),
        Some(b'{') if document::list_of_records(start).is_some() => true,
        Some(b'{') => {
            let line = &start[..memchr2(b'\n', b'\r', start).unwrap_or(start.len())];
            std::str::from_utf8(line).is_ok_and(|line| fields(line).is_ok())
        }
        _ => false,
    }
}

/// Finds the columns among the keys of the first objects.
pub(super) fn open(
    stream: TextStream,
    start: Vec<u8>,
    ended: bool,
    encoding: &Found,
    options: &OpenOptions,
) -> Result<Opened, SourceError> {
    let origin = stream.bytes.origin().clone();
    let coding = Coding::of(encoding.encoding);
    let blank = start.len() - start.trim_ascii_start().len();
    let list = document::list_of_records(&start);
    let array = start.get(blank) == Some(&b'[') || list.is_some();
    let from = list.unwrap_or(if array { blank + 1 } else { 0 });
    let mut shape = Shape {
        columns: HashMap::new(),
        array,
        document: list.map(|_| Columns::default()),
        closed: AtomicBool::new(false),
        coding,
        notes: Arc::new(Notes::default()),
    };
    let mut header = Vec::new();
    let text = &start[from..];
    let mut at = 0;
    let mut sampled = 0;
    while sampled < SAMPLE_ROWS
        && let Some(record) = shape.record(text, at, ended)
    {
        at = record.end;
        sampled += 1;
        let raw = &text[record.start..record.end];
        if let Some(columns) = &mut shape.document {
            // What cannot be read is told of with its row.
            let _ = document::record(&coding.text(raw), &mut |name| columns.grow(name));
            continue;
        }
        let Ok(line) = std::str::from_utf8(raw) else { continue };
        for (name, _) in fields(line).unwrap_or_default() {
            if !shape.columns.contains_key(&name) && header.len() < KEYS_MAX {
                shape.columns.insert(name.clone(), header.len());
                header.push(name);
            }
        }
    }
    if let Some(columns) = &shape.document {
        header.clone_from(&columns.names);
    }
    if sampled == 0 && (ended || (list.is_some() && document::is_end(text))) {
        return Err(origin.empty());
    }
    if header.is_empty() {
        return Err(origin.unsupported("no JSON object was found in its first part"));
    }
    let line = 1 + line_breaks(&start[..from]);
    let byte = file_byte(encoding.mark_bytes, &start[..from], coding.offsets);
    let shape = Arc::new(shape);
    let cut = Cut { text: text[..at].to_vec(), line, byte };
    let sample = JsonBlock { cut, shape: Arc::clone(&shape) }.rows();
    let buffer = text.to_vec();
    let scan = Arc::clone(&shape);
    let border = Box::new(move |text: &[u8], last| scan.border(text, last));
    let blocks = Blocks::new(stream, buffer, ended, (line, byte), options.block_bytes, coding, border);
    Ok(Opened { header, sample, blocks, shape })
}

/// Some objects as text, to be read.
#[derive(Debug)]
pub(super) struct JsonBlock {
    pub cut: Cut,
    pub shape: Arc<Shape>,
}

impl JsonBlock {
    /// Reads the objects into rows.
    pub(super) fn rows(self) -> RowBlock {
        let Cut { text, line, byte } = self.cut;
        let shape = &self.shape;
        let mut block = RowBlock::default();
        let (mut counted, mut line, mut byte) = (0, line, byte);
        let mut at = 0;
        while let Some(record) = shape.record(&text, at, true) {
            line += line_breaks(&text[counted..record.start]);
            byte += shape.coding.offsets.file_bytes(&text[counted..record.start]);
            counted = record.start;
            at = record.end;
            let raw = &text[record.start..record.end];
            let decoded = match shape.coding.encoding {
                Some(encoding) => Ok(encoding.decode_without_bom_handling(raw).0),
                None => std::str::from_utf8(raw).map(Cow::Borrowed),
            };
            let reject = |block: &mut RowBlock, code, reason| {
                let raw = shown(raw, shape.coding.encoding);
                block.bad.push(BadRow { line, byte, code, reason, raw, lone: false });
            };
            let object = match &decoded {
                Ok(object) => object,
                Err(error) => {
                    let at = byte + error.valid_up_to() as u64;
                    reject(
                        &mut block,
                        "E_ENCODING",
                        format!("byte {at} at line {line} is not UTF-8; repair it"),
                    );
                    continue;
                }
            };
            if memchr::memchr(0, object.as_bytes()).is_some() {
                reject(&mut block, "E_NUL", "a NUL character in the row; remove it".to_owned());
                continue;
            }
            let place = (line, byte);
            if let Some(columns) = &shape.document {
                match document::rows(object, columns, &shape.notes, &mut block, place) {
                    Ok(()) => {}
                    Err((code, reason)) => reject(&mut block, code, reason),
                }
                continue;
            }
            match fields(object) {
                Ok(found) => {
                    let mut cells = vec![Cow::Borrowed(""); shape.columns.len()];
                    for (name, value) in found {
                        match shape.columns.get(&name) {
                            Some(column) => cells[*column] = value,
                            None => shape.notes.add_later_name(&name),
                        }
                    }
                    block.push_row(line, byte);
                    cells.iter().for_each(|cell| block.push_cell(cell));
                }
                Err(error) => reject(&mut block, "E_JSON", no_object(&error, line)),
            }
        }
        block
    }
}

/// Why a record is no object, with its place in the file; columns of a record that begins inside
/// a line count from its first character.
fn no_object(error: &serde_json::Error, line: u64) -> String {
    let said = error.to_string();
    let said = said.rsplit_once(" at line ").map_or(&*said, |(said, _)| said);
    let at = line + (error.line() as u64).saturating_sub(1);
    format!("it is no JSON object: {said} at line {at}, character {}", error.column())
}

struct Record {
    start: usize,
    end: usize,
}

impl Shape {
    /// The record at or after a place; `None` where none is whole. Blanks around it are left out.
    fn record(&self, text: &[u8], from: usize, last: bool) -> Option<Record> {
        if self.document.is_some() && document::is_end(&text[from..]) {
            return None;
        }
        if self.array { element(text, from, last) } else { line(text, from, last) }
    }

    /// Whether all of a document's list was there.
    pub(super) fn is_whole(&self) -> bool {
        self.document.is_none() || self.closed.load(Ordering::Relaxed)
    }

    fn border(&self, text: &[u8], last: bool) -> Option<usize> {
        if self.document.is_some() {
            return self.border_of_list(text, last);
        }
        if last {
            return (!text.is_empty()).then_some(text.len());
        }
        if !self.array {
            let end = last_line_end(text, false);
            return (end > 0).then_some(end);
        }
        let mut border = None;
        while let Some(record) = element(text, border.unwrap_or(0), false) {
            border = Some(record.end);
        }
        border
    }
}

impl Shape {
    /// The border in a document's list. What follows the list is read to its end in one piece, and
    /// gives no rows.
    fn border_of_list(&self, text: &[u8], last: bool) -> Option<usize> {
        let mut border = 0;
        while let Some(record) = self.record(text, border, last) {
            border = record.end;
        }
        if document::is_end(&text[border..]) {
            self.closed.store(true, Ordering::Relaxed);
        }
        if last {
            return (!text.is_empty()).then_some(text.len());
        }
        (border > 0).then_some(border)
    }
}

fn line(text: &[u8], from: usize, last: bool) -> Option<Record> {
    let start = from + text[from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    if start >= text.len() {
        return None;
    }
    match memchr2(b'\n', b'\r', &text[start..]) {
        Some(length) => Some(Record { start, end: start + length }),
        None => last.then_some(Record { start, end: text.len() }),
    }
}

/// An element of an array: an object as far as its closing brace, anything else as far as a comma.
fn element(text: &[u8], from: usize, last: bool) -> Option<Record> {
    let between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b']');
    let start = from + text[from..].iter().take_while(|byte| between(byte)).count();
    if start >= text.len() {
        return None;
    }
    let mut depth = 0_usize;
    let mut at = start;
    if text[start] != b'{' {
        return match memchr3(b',', b'\n', b']', &text[start..]) {
            Some(length) => Some(Record { start, end: start + length }),
            None => last.then_some(Record { start, end: text.len() }),
        };
    }
    while let Some(length) = memchr3(b'"', b'{', b'}', &text[at..]) {
        at += length;
        match text[at] {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => match string_end(text, at + 1) {
                Some(end) => at = end,
                None => break,
            },
        }
        at += 1;
        if depth == 0 {
            return Some(Record { start, end: at });
        }
    }
    last.then_some(Record { start, end: text.len() })
}

/// The quote that closes a string.
fn string_end(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr2(b'"', b'\\', text.get(at..)?)?;
        if text[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

/// The names and texts of an object, in order; objects within it joined by dots.
fn fields(object: &str) -> Result<Vec<(String, Cow<'_, str>)>, serde_json::Error> {
    let mut found = Vec::new();
    collect(object, "", 0, &mut found)?;
    Ok(found)
}

fn collect<'a>(
    object: &'a str,
    prefix: &str,
    depth: usize,
    found: &mut Vec<(String, Cow<'a, str>)>,
) -> Result<(), serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(object);
    Fields { prefix, depth, found }.deserialize(&mut deserializer)?;
    deserializer.end()
}

struct Fields<'a, 'f> {
    prefix: &'f str,
    depth: usize,
    found: &'f mut Vec<(String, Cow<'a, str>)>,
}

impl<'de> DeserializeSeed<'de> for Fields<'de, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields<'de, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let value: &'de RawValue = map.next_value()?;
            let name = if self.prefix.is_empty() { key } else { format!("{}.{key}", self.prefix) };
            let value = value.get();
            if value.starts_with('{') && self.depth + 1 < OBJECT_DEPTH_MAX {
                collect(value, &name, self.depth + 1, self.found).map_err(serde::de::Error::custom)?;
            } else {
                self.found.push((name, value_text(value)));
            }
        }
        Ok(())
    }
}

/// A value as text: numbers exactly as they are written, nothing for null.
fn value_text(value: &str) -> Cow<'_, str> {
    match value.as_bytes().first() {
        Some(b'"') => match serde_json::from_str::<&str>(value) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => serde_json::from_str::<String>(value).map_or(Cow::Borrowed(value), Cow::Owned),
        },
        Some(b'n') => Cow::Borrowed(""),
        Some(b'[') => {
            let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(value) else {
                return Cow::Borrowed(value);
            };
            if items.iter().any(|item| item.get().starts_with(['[', '{'])) {
                return Cow::Borrowed(value);
            }
            let texts: Vec<_> = items.iter().map(|item| value_text(item.get())).collect();
            Cow::Owned(texts.join(", "))
        }
        _ => Cow::Borrowed(value),
    }
}
