//! Small tables as the user wants them printed: lined up, as CSV, or as JSON.

use super::arguments::Shape;
use anyhow::Result;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ContentArrangement, Table};
use serde_json::{Map, Value};
use std::io::{self, Write};

/// A table of results: a row is one value per column.
pub(super) struct Results<'a> {
    pub(super) columns: &'a [&'a str],
    pub(super) rows: Vec<Vec<Value>>,
}

impl Results<'_> {
    /// Prints to standard output.
    pub(super) fn print(&self, shape: Shape) -> Result<()> {
        let mut out = io::stdout().lock();
        match shape {
            Shape::Table => writeln!(out, "{}", self.lined_up())?,
            Shape::Csv => self.csv(&mut out)?,
            Shape::Json => {
                let rows = self.rows.iter().map(|row| {
                    let names = self.columns.iter().map(|name| (*name).to_owned());
                    Value::Object(names.zip(row.iter().cloned()).collect::<Map<_, _>>())
                });
                serde_json::to_writer_pretty(&mut out, &rows.collect::<Vec<_>>())?;
                writeln!(out)?;
            }
        }
        Ok(out.flush()?)
    }

    fn lined_up(&self) -> Table {
        let mut table = Table::new();
        table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_header(self.columns);
        let places: Vec<usize> = (0..self.columns.len()).map(|column| self.places(column)).collect();
        for row in &self.rows {
            table.add_row(row.iter().zip(&places).map(|(value, &places)| padded(value, places)));
        }
        for (place, column) in table.column_iter_mut().enumerate() {
            let is_number = |row: &Vec<Value>| row[place].is_number() || row[place].is_null();
            if self.rows.iter().any(|row| row[place].is_number()) && self.rows.iter().all(is_number) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
    }

    /// Decimals of the number in a column that has most of them; the others are shown with as many.
    fn places(&self, column: usize) -> usize {
        let numbers = self.rows.iter().map(|row| &row[column]).filter(|value| value.is_number());
        numbers.map(|value| decimals(&value.to_string())).max().unwrap_or(0)
    }

    fn csv(&self, out: &mut impl Write) -> io::Result<()> {
        let quoted = |text: String| {
            if text.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", text.replace('"', "\"\""))
            } else {
                text
            }
        };
        writeln!(out, "{}", self.columns.join(","))?;
        for row in &self.rows {
            writeln!(out, "{}", row.iter().map(|value| quoted(text(value))).collect::<Vec<_>>().join(","))?;
        }
        Ok(())
    }
}

fn decimals(number: &str) -> usize {
    number.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// A number with so many decimals, anything else as it is.
fn padded(value: &Value, places: usize) -> String {
    let mut text = text(value);
    let own = decimals(&text);
    if value.is_number() && own < places {
        if own == 0 {
            text.push('.');
        }
        text.extend(std::iter::repeat_n('0', places - own));
    }
    text
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
