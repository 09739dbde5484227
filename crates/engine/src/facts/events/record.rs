//! An event as bytes: how rows wait until a whole import is read, and what two versions are
//! compared by.

use super::{EventRow, Value};
use crate::facts::bytes::{put_length, put_number, put_text, take_length, take_number, take_text};
use model::base::PersonalField;
use model::calendar::Day;
use twox_hash::xxhash3_128::Hasher;

/// What an id begins with that is a hash of what the row says.
const ROW_MARK: char = '~';

const NOTHING: u8 = 0;
const TEXT: u8 = 1;
const NUMBER: u8 = 2;

/// A row that waits, read back.
#[derive(Clone, Debug)]
pub struct Waiting<'a> {
    pub row: EventRow<'a>,
    /// Line of the file it began at.
    pub line: u64,
    /// [`content_hash`] of the row.
    pub hash: u128,
}

/// Appends a row to a buffer.
pub fn put(row: &EventRow<'_>, line: u64, bytes: &mut Vec<u8>) {
    put_option(row.customer_id, bytes);
    put_option(row.id, bytes);
    put_option_number(row.updated_at, bytes);
    put_length(line, bytes);
    put_text(&row.found, bytes);
    put_length(row.personal.len() as u64, bytes);
    for (field, value) in &row.personal {
        put_length(*field as u64, bytes);
        put_text(value, bytes);
    }
    put_content(row, bytes);
}

/// Takes what [`put`] put from the front.
pub fn take<'a>(bytes: &mut &'a [u8]) -> Waiting<'a> {
    let (customer_id, id) = (take_option(bytes), take_option(bytes));
    let updated_at = take_option_number(bytes);
    let line = take_length(bytes);
    let found = take_text(bytes).into();
    let personal = (0..take_length(bytes)).map(|_| {
        let field = PersonalField::ALL[take_length(bytes) as usize % PersonalField::ALL.len()];
        (field, take_text(bytes).into())
    });
    let personal = personal.collect();
    let content = *bytes;
    let at = take_option_number(bytes).map(|at| (at, Day(take_number(bytes) as i32)));
    let values = (0..take_length(bytes)).map(|_| take_value(bytes)).collect();
    let more = take_text(bytes).to_owned();
    let hash = hash_of(&content[..content.len() - bytes.len()]);
    let row = EventRow { customer_id, id, at, updated_at, values, more, personal, found };
    Waiting { row, line, hash }
}

/// A hash of everything a row says but who, which and which version.
pub fn content_hash(row: &EventRow<'_>) -> u128 {
    let mut bytes = Vec::with_capacity(128);
    put_content(row, &mut bytes);
    hash_of(&bytes)
}

/// The id of a row without one: the hash of what it says, and how many equal ones came before. It
/// is kept in bases, so what is hashed must never change.
pub fn row_id(customer_id: Option<&str>, hash: u128, occurrence: u64) -> String {
    let mut hasher = Hasher::new();
    hasher.write(&hash.to_le_bytes());
    hasher.write(customer_id.unwrap_or_default().as_bytes());
    format!("{ROW_MARK}{:032x}.{occurrence}", hasher.finish_128())
}

fn hash_of(content: &[u8]) -> u128 {
    let mut hasher = Hasher::new();
    hasher.write(content);
    hasher.finish_128()
}

fn put_content(row: &EventRow<'_>, bytes: &mut Vec<u8>) {
    put_option_number(row.at.map(|(at, _)| at), bytes);
    if let Some((_, day)) = row.at {
        put_number(i64::from(day.0), bytes);
    }
    put_length(row.values.len() as u64, bytes);
    for value in &row.values {
        match value {
            Value::Nothing => bytes.push(NOTHING),
            Value::Text(text) => {
                bytes.push(TEXT);
                put_text(text, bytes);
            }
            Value::Number(number) => {
                bytes.push(NUMBER);
                put_number(*number, bytes);
            }
        }
    }
    put_text(&row.more, bytes);
}

fn take_value<'a>(bytes: &mut &'a [u8]) -> Value<'a> {
    match take_byte(bytes) {
        TEXT => Value::Text(take_text(bytes)),
        NUMBER => Value::Number(take_number(bytes)),
        _ => Value::Nothing,
    }
}

fn take_byte(bytes: &mut &[u8]) -> u8 {
    let Some((&first, rest)) = bytes.split_first() else { return NOTHING };
    *bytes = rest;
    first
}

fn put_option(text: Option<&str>, bytes: &mut Vec<u8>) {
    bytes.push(if text.is_some() { TEXT } else { NOTHING });
    if let Some(text) = text {
        put_text(text, bytes);
    }
}

fn take_option<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    (take_byte(bytes) == TEXT).then(|| take_text(bytes))
}

fn put_option_number(number: Option<i64>, bytes: &mut Vec<u8>) {
    bytes.push(if number.is_some() { NUMBER } else { NOTHING });
    if let Some(number) = number {
        put_number(number, bytes);
    }
}

fn take_option_number(bytes: &mut &[u8]) -> Option<i64> {
    (take_byte(bytes) == NUMBER).then(|| take_number(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row<'a>(texts: &'a [Option<String>], numbers: &[Option<i64>], at: Option<(i64, i32)>) -> EventRow<'a> {
        let texts_of = texts.iter().map(|text| text.as_deref().map_or(Value::Nothing, Value::Text));
        let numbers = numbers.iter().map(|number| number.map_or(Value::Nothing, Value::Number));
        EventRow {
            customer_id: texts.first().and_then(|text| text.as_deref()),
            id: texts.get(1).and_then(|text| text.as_deref()),
            at: at.map(|(at, day)| (at, Day(day))),
            updated_at: None,
            values: texts_of.chain(numbers).collect(),
            more: "{}".to_owned(),
            personal: Vec::new(),
            found: "".into(),
        }
    }

    proptest! {
        #[test]
        fn what_was_put_is_taken(
            texts in prop::collection::vec(prop::option::of("\\PC{0,9}"), 0..6),
            numbers in prop::collection::vec(any::<Option<i64>>(), 0..4),
            at: Option<(i64, i32)>,
            line: u64,
        ) {
            let row = EventRow {
                personal: vec![(PersonalField::Number, "+371".into()), (PersonalField::Text, "ü".into())],
                found: "price, late".into(),
                ..row(&texts, &numbers, at)
            };
            let mut buffer = Vec::new();
            put(&row, line, &mut buffer);
            let mut bytes = &buffer[..];
            let taken = take(&mut bytes);
            prop_assert!(bytes.is_empty());
            prop_assert_eq!(taken.hash, content_hash(&row));
            prop_assert_eq!((taken.row, taken.line), (row, line));
        }
    }

    #[test]
    fn ids_of_rows_never_change() {
        let texts = [Some("c1".to_owned()), None];
        let hash = content_hash(&row(&texts, &[Some(25_000)], Some((1_700_000_000_000_000, 19_675))));
        assert_eq!(row_id(Some("c1"), hash, 2), "~74d52a5196510bfaff5fd7835af78a7d.2");
    }
}
