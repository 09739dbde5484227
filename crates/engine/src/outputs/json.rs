//! JSON: an object per row, as one array or one object per line.
//!
//! Money is a number with all its digits (`1234.50`). A reader that turns it into a float rounds
//! it, one that keeps decimals does not.

use super::cells::{Cell, Column};
use super::{Failure, Sink, TableWriter};
use arrow_array::RecordBatch;
use arrow_schema::Schema;
use std::io::Write;

/// How the objects are held together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Array,
    Lines,
}

struct JsonTable<'w> {
    sink: Sink<'w>,
    shape: Shape,
    /// The names of the columns, quoted and escaped, each with its colon.
    keys: Vec<String>,
    line: String,
    empty: bool,
}

/// A JSON table, begun.
pub(super) fn table<'w>(
    mut sink: Sink<'w>,
    schema: &Schema,
    shape: Shape,
) -> Result<Box<dyn TableWriter + 'w>, Failure> {
    if shape == Shape::Array {
        sink.write_all(b"[")?;
    }
    let keys = schema.fields().iter().map(|field| {
        let mut key = String::new();
        push_string(field.name(), &mut key);
        key + ":"
    });
    Ok(Box::new(JsonTable { keys: keys.collect(), sink, shape, line: String::new(), empty: true }))
}

impl TableWriter for JsonTable<'_> {
    fn write(&mut self, batch: &RecordBatch, _threads: usize) -> Result<(), Failure> {
        let columns = Column::all(batch);
        for row in 0..batch.num_rows() {
            self.line.clear();
            match (self.shape, self.empty) {
                (Shape::Lines, _) => {}
                (Shape::Array, true) => self.line.push('\n'),
                (Shape::Array, false) => self.line.push_str(",\n"),
            }
            self.empty = false;
            let mut open = '{';
            for (key, column) in self.keys.iter().zip(&columns) {
                self.line.push(open);
                self.line.push_str(key);
                push_cell(column.cell(row), &mut self.line);
                open = ',';
            }
            self.line.push('}');
            if self.shape == Shape::Lines {
                self.line.push('\n');
            }
            self.sink.write_all(self.line.as_bytes())?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), Failure> {
        if self.shape == Shape::Array {
            self.sink.write_all(b"\n]\n")?;
        }
        Ok(self.sink.flush()?)
    }
}

fn push_cell(cell: Cell<'_>, line: &mut String) {
    match cell {
        Cell::Missing => line.push_str("null"),
        Cell::Text(text) => push_string(text, line),
        Cell::Day(_) => {
            line.push('"');
            cell.spell(line);
            line.push('"');
        }
        _ => cell.spell(line),
    }
}

fn push_string(text: &str, line: &mut String) {
    line.push('"');
    for c in text.chars() {
        match c {
            '"' => line.push_str("\\\""),
            '\\' => line.push_str("\\\\"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\t' => line.push_str("\\t"),
            // The two line separators are escaped as well: JavaScript reads them as line ends.
            c if c < ' ' || matches!(c, '\u{2028}' | '\u{2029}') => {
                line.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => line.push(c),
        }
    }
    line.push('"');
}
