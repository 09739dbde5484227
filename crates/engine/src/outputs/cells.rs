//! What a cell of a table is, whatever the format, and how it is spelled.

use super::OutputError;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal64Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{
    Array, BooleanArray, Date32Array, Decimal64Array, Float64Array, Int32Array, Int64Array, RecordBatch,
    StringArray,
};
use arrow_schema::{DataType, Schema};
use model::calendar::Day;
use model::money::{DECIMALS, Money};
use std::fmt::Write;

/// One value of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    Missing,
    Text(&'a str),
    Count(i64),
    /// Money or a quantity.
    Exact(Money),
    /// Always finite.
    Number(f64),
    Day(Day),
    Truth(bool),
}

/// A column of a batch, its type settled once.
pub(super) enum Column<'a> {
    Text(&'a StringArray),
    Coded { keys: &'a Int32Array, words: &'a StringArray },
    Count(&'a Int64Array),
    Exact(&'a Decimal64Array),
    Number(&'a Float64Array),
    Day(&'a Date32Array),
    Truth(&'a BooleanArray),
}

impl<'a> Column<'a> {
    /// The columns of a batch that [`check_batch`] has passed.
    pub(super) fn all(batch: &'a RecordBatch) -> Vec<Column<'a>> {
        batch.columns().iter().map(|array| Column::of(array.as_ref())).collect()
    }

    fn of(array: &'a dyn Array) -> Column<'a> {
        match array.data_type() {
            DataType::Int64 => Column::Count(array.as_primitive::<Int64Type>()),
            DataType::Decimal64(..) => Column::Exact(array.as_primitive::<Decimal64Type>()),
            DataType::Float64 => Column::Number(array.as_primitive::<Float64Type>()),
            DataType::Date32 => Column::Day(array.as_primitive::<Date32Type>()),
            DataType::Boolean => Column::Truth(array.as_boolean()),
            DataType::Dictionary(..) => {
                let coded = array.as_dictionary::<Int32Type>();
                Column::Coded { keys: coded.keys(), words: coded.values().as_string() }
            }
            _ => Column::Text(array.as_string()),
        }
    }

    pub(super) fn cell(&self, row: usize) -> Cell<'a> {
        match self {
            Column::Text(array) if array.is_valid(row) => Cell::Text(array.value(row)),
            Column::Coded { keys, words } if keys.is_valid(row) => {
                let word = keys.value(row) as usize;
                if words.is_valid(word) { Cell::Text(words.value(word)) } else { Cell::Missing }
            }
            Column::Count(array) if array.is_valid(row) => Cell::Count(array.value(row)),
            Column::Exact(array) if array.is_valid(row) => Cell::Exact(Money(array.value(row))),
            Column::Number(array) if array.is_valid(row) && array.value(row).is_finite() => {
                Cell::Number(array.value(row))
            }
            Column::Day(array) if array.is_valid(row) => Cell::Day(Day(array.value(row))),
            Column::Truth(array) if array.is_valid(row) => Cell::Truth(array.value(row)),
            _ => Cell::Missing,
        }
    }
}

impl Cell<'_> {
    /// Adds the plain spelling of anything but text: no grouping, a decimal point, ISO days.
    pub(super) fn spell(&self, out: &mut String) {
        // Writing to a string cannot fail.
        let _ = match self {
            Cell::Missing => Ok(()),
            Cell::Text(text) => out.write_str(text),
            Cell::Count(count) => write!(out, "{count}"),
            Cell::Exact(money) => write!(out, "{money}"),
            Cell::Number(number) => spell_number(*number, out),
            Cell::Day(day) => write!(out, "{day}"),
            Cell::Truth(truth) => write!(out, "{truth}"),
        };
    }
}

/// The shortest digits that read back as the same float. Very large and very small ones get an
/// exponent: `1e300` is 301 digits otherwise.
fn spell_number(number: f64, out: &mut String) -> std::fmt::Result {
    let plain = number == 0.0 || (1e-5..1e16).contains(&number.abs());
    if plain { write!(out, "{number}") } else { write!(out, "{number:e}") }
}

/// Holds a table's columns to the types that every format writes.
pub(super) fn check_schema(schema: &Schema) -> Result<(), OutputError> {
    let wrong = |column: &str, reason: String| OutputError::Column { column: column.to_owned(), reason };
    if schema.fields().is_empty() {
        return Err(wrong("", "a table needs at least one column".to_owned()));
    }
    for (place, field) in schema.fields().iter().enumerate() {
        if schema.fields()[..place].iter().any(|earlier| earlier.name() == field.name()) {
            return Err(wrong(field.name(), "two columns have this name".to_owned()));
        }
        let known = match field.data_type() {
            DataType::Utf8 | DataType::Int64 | DataType::Float64 | DataType::Date32 | DataType::Boolean => {
                true
            }
            DataType::Decimal64(_, scale) => u32::try_from(*scale) == Ok(DECIMALS),
            DataType::Dictionary(key, value) => **key == DataType::Int32 && **value == DataType::Utf8,
            _ => false,
        };
        if !known {
            return Err(wrong(field.name(), format!("no output has the type {}", field.data_type())));
        }
    }
    Ok(())
}

/// Holds a batch to the names and types of the table; nullability and metadata may differ.
pub(super) fn check_batch(schema: &Schema, batch: &RecordBatch) -> Result<(), OutputError> {
    let given = batch.schema_ref().fields();
    for (place, field) in schema.fields().iter().enumerate() {
        let same = given
            .get(place)
            .is_some_and(|other| other.name() == field.name() && other.data_type() == field.data_type());
        if !same {
            let reason = "a batch has another name or type in this place".to_owned();
            return Err(OutputError::Column { column: field.name().clone(), reason });
        }
    }
    match given.get(schema.fields().len()) {
        Some(extra) => Err(OutputError::Column {
            column: extra.name().clone(),
            reason: "a batch has this column, the table does not".to_owned(),
        }),
        None => Ok(()),
    }
}
