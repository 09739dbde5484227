//! A JSON document as programs hand it out: an object around one list of records, and lists in the
//! records. The list is read record by record, whatever the size of the document.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::super::notes::Notes;
use super::super::records::{Again, Cells, Columns, Place, Record, TooLarge, say};
use super::super::rows::RowBlock;
use super::{OBJECT_DEPTH_MAX, element, no_object, string_end, value_text};

/// Names under which a document keeps its records.
const LISTS_OF_RECORDS: [&str; 10] =
    ["orders", "rows", "data", "results", "records", "value", "customers", "contacts", "deals", "leads"];
/// Paths under which a record keeps its lines: each becomes a row. Other lists of objects are
/// joined in their cells.
const LISTS_OF_LINES: [&str; 7] =
    ["items", "positions", "positions.rows", "line_items", "lines", "products", "order_items"];

/// Where the records of a document begin: behind the bracket of the first list of objects that has
/// one of the customary names. `None` where the text is an object to each line.
pub(super) fn list_of_records(start: &[u8]) -> Option<usize> {
    let blank = start.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    if start.get(blank) != Some(&b'{') {
        return None;
    }
    let first = element(start, blank, false);
    if first.is_some_and(|object| start[object.end..].trim_ascii_start().first() == Some(&b'{')) {
        return None;
    }
    let (mut at, mut depth) = (blank, 0_usize);
    while let Some(&byte) = start.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return None,
            b'}' | b']' => depth -= 1,
            b'"' => {
                let end = string_end(start, at + 1)?;
                let is_list = LISTS_OF_RECORDS.iter().any(|name| name.as_bytes() == &start[at + 1..end]);
                at = end;
                if let (true, 1, Some(inside)) = (is_list, depth, opens_list(start, end + 1)) {
                    return Some(inside);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The place behind `: [` where objects follow, or nothing at all.
fn opens_list(text: &[u8], from: usize) -> Option<usize> {
    let rest = text[from..].trim_ascii_start().strip_prefix(b":")?;
    let inside = rest.trim_ascii_start().strip_prefix(b"[")?;
    let follows = inside.trim_ascii_start().first();
    matches!(follows, Some(b'{' | b']')).then(|| text.len() - inside.len())
}

/// Whether the list ends here.
pub(super) fn is_end(text: &[u8]) -> bool {
    text.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != b',') == Some(&b']')
}

/// Reads a record and adds its rows to a block; else a reason code and the reason.
pub(super) fn rows(
    object: &str,
    columns: &Columns,
    notes: &Notes,
    block: &mut RowBlock,
    (line, byte): (u64, u64),
) -> Result<(), (&'static str, String)> {
    let mut place = |name: &str| {
        let column = columns.get(name);
        if column.is_none() {
            notes.add_later_name(name);
        }
        column
    };
    let record = record(object, &mut place).map_err(|error| ("E_JSON", no_object(&error, line)))?;
    record.rows(block, columns.names.len(), (line, byte), object.len()).map_err(|TooLarge| {
        ("E_FIELD_TOO_LONG", "the record has more lines and columns than any real one".to_owned())
    })
}

/// A record, flattened.
pub(super) fn record(object: &str, place: &mut Place<'_>) -> Result<Record, serde_json::Error> {
    let mut record = Record::default();
    let mut walk = Walk { place, again: Again::First, lines: Some(&mut record.lines) };
    walk.object(object, "", 0, &mut record.own)?;
    Ok(record)
}

/// A way through the objects of a record.
struct Walk<'w, 'p> {
    place: &'w mut Place<'p>,
    again: Again,
    /// Where lines go; `None` within a list, or once they were found.
    lines: Option<&'w mut Vec<Cells>>,
}

impl Walk<'_, '_> {
    fn object(
        &mut self,
        object: &str,
        prefix: &str,
        depth: usize,
        cells: &mut Cells,
    ) -> Result<(), serde_json::Error> {
        let mut deserializer = serde_json::Deserializer::from_str(object);
        Entries { walk: self, prefix, depth, cells }.deserialize(&mut deserializer)?;
        deserializer.end()
    }

    fn value(
        &mut self,
        path: String,
        value: &str,
        depth: usize,
        cells: &mut Cells,
    ) -> Result<(), serde_json::Error> {
        let deeper = depth + 1 < OBJECT_DEPTH_MAX;
        if value.starts_with('{') && deeper {
            return self.object(value, &path, depth + 1, cells);
        }
        if value.starts_with('[') && deeper {
            let items: Vec<&RawValue> = serde_json::from_str(value)?;
            if items.iter().any(|item| item.get().starts_with('{')) {
                return self.list(&path, &items, depth, cells);
            }
        }
        let text = value_text(value);
        if text.is_empty() {
            return Ok(());
        }
        if let Some(column) = (self.place)(&path) {
            say(cells, column, &text, self.again);
        }
        Ok(())
    }

    fn list(
        &mut self,
        path: &str,
        items: &[&RawValue],
        depth: usize,
        cells: &mut Cells,
    ) -> Result<(), serde_json::Error> {
        let inside = format!("{path}[]");
        let objects = items.iter().map(|item| item.get()).filter(|item| item.starts_with('{'));
        let is_lines = LISTS_OF_LINES.contains(&path);
        let lines = if is_lines { self.lines.take() } else { None };
        let mut within = Walk { place: &mut *self.place, again: Again::Joined, lines: None };
        match lines {
            Some(lines) => {
                for object in objects {
                    let mut line = Cells::new();
                    within.object(object, &inside, depth + 1, &mut line)?;
                    lines.push(line);
                }
            }
            None => {
                for object in objects {
                    within.object(object, &inside, depth + 1, cells)?;
                }
            }
        }
        Ok(())
    }
}

/// The entries of an object on their way into cells.
struct Entries<'e, 'w, 'p> {
    walk: &'e mut Walk<'w, 'p>,
    prefix: &'e str,
    depth: usize,
    cells: &'e mut Cells,
}

impl<'de> DeserializeSeed<'de> for Entries<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let value: &'de RawValue = map.next_value()?;
            let path = match self.prefix {
                "" => key,
                // Objects under numbers are a list that is written as an object.
                prefix if key.bytes().all(|byte| byte.is_ascii_digit()) => format!("{prefix}[]"),
                prefix => format!("{prefix}.{key}"),
            };
            self.walk.value(path, value.get(), self.depth, self.cells).map_err(serde::de::Error::custom)?;
        }
        Ok(())
    }
}
