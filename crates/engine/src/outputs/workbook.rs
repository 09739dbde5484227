//! A workbook: several small tables in one XLSX file, each on a sheet of its own.
//!
//! Text is always a text cell; nothing in the file is a formula.

use super::replacement::Replacement;
use super::xlsx::{FIRST_DAY, LAST_DAY, SERIAL_OF_1970, created, write_text};
use super::{BUFFER_BYTES, Failure, OutputError};
use model::calendar::Day;
use model::money::Money;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::io::{BufWriter, Write};
use std::path::Path;

/// Characters of a sheet's name; Excel's own limit.
const NAME_CHARACTERS_MAX: usize = 31;
/// Characters that a sheet's name cannot hold.
const NOT_IN_NAMES: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
/// Widest a column is made, in characters; what is longer is broken into lines.
const WIDTH_MAX: usize = 60;

/// One cell of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Nothing,
    Text(String),
    Count(i64),
    Money(Money),
    /// A part of 1, shown in percent.
    Share(f64),
    Number(f64),
    Day(Day),
}

/// A table on a sheet of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Shown on the sheet's tab.
    pub name: String,
    pub columns: Vec<String>,
    /// As many values as columns each.
    pub rows: Vec<Vec<Value>>,
}

/// How values look.
struct Formats {
    head: Format,
    count: Format,
    money: Format,
    share: Format,
    number: Format,
    day: Format,
    text: Format,
}

/// Writes the sheets in their order; the file has its name when it is whole and on disk.
///
/// # Errors
/// A place that cannot be written to; a text longer than a cell holds.
pub fn write_workbook(path: &Path, sheets: &[Sheet]) -> Result<(), OutputError> {
    let target = path.display().to_string();
    let written = || -> Result<(), Failure> {
        let (stream, replacement) = Replacement::begin(path)?;
        let mut sink = BufWriter::with_capacity(BUFFER_BYTES, stream);
        let mut workbook = Workbook::new();
        workbook.set_properties(&created()?);
        let formats = Formats::new();
        let mut names: Vec<String> = Vec::new();
        for sheet in sheets {
            names.push(name_of(&sheet.name, &names));
            let own = workbook.add_worksheet();
            own.set_name(names.last().map_or("", String::as_str))?;
            fill(own, sheet, &formats)?;
        }
        workbook.save_to_writer(&mut sink)?;
        sink.flush()?;
        drop(sink);
        replacement.map_or(Ok(()), |replacement| Ok(replacement.commit()?))
    };
    written().map_err(|failure| failure.at(&target))
}

impl Formats {
    fn new() -> Formats {
        Formats {
            head: Format::new().set_bold().set_text_wrap(),
            count: Format::new().set_num_format("#,##0"),
            money: Format::new().set_num_format("#,##0.00"),
            share: Format::new().set_num_format("0.0%"),
            number: Format::new().set_num_format("0.00"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            text: Format::new().set_text_wrap(),
        }
    }
}

/// A name that Excel takes and that no other sheet has, in any case of letters.
fn name_of(name: &str, taken: &[String]) -> String {
    let allowed = |letter: &char| !NOT_IN_NAMES.contains(letter) && !letter.is_control();
    let plain: String = name.chars().filter(allowed).collect();
    let plain = plain.trim().trim_matches('\'');
    let plain = if plain.is_empty() { "1" } else { plain };
    let is_taken = |name: &str| taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let cut = |room: usize| -> String {
        let mut end = 0;
        let fits = |letter: char, end: &mut usize| {
            *end += letter.len_utf16();
            *end <= room
        };
        plain.chars().take_while(|&letter| fits(letter, &mut end)).collect::<String>().trim_end().to_owned()
    };
    let mut number = 1;
    let mut found = cut(NAME_CHARACTERS_MAX);
    while is_taken(&found) {
        number += 1;
        let mark = format!(" {number}");
        found = format!("{}{mark}", cut(NAME_CHARACTERS_MAX - mark.len()));
    }
    found
}

fn fill(own: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), Failure> {
    let mut widths: Vec<usize> = Vec::new();
    for (place, name) in sheet.columns.iter().enumerate() {
        write_text(own, 0, place as u16, name, Some(&formats.head))?;
        widths.push(name.chars().count().min(WIDTH_MAX / 3));
    }
    for (row, values) in (1..).zip(&sheet.rows) {
        for (place, value) in values.iter().enumerate() {
            let width = cell(own, row, place as u16, value, formats)?;
            if let Some(widest) = widths.get_mut(place) {
                *widest = (*widest).max(width);
            }
        }
    }
    for (place, width) in widths.iter().enumerate() {
        own.set_column_width(place as u16, (width + 2).min(WIDTH_MAX) as f64)?;
    }
    own.set_freeze_panes(1, 1)?;
    if !sheet.columns.is_empty() && !sheet.rows.is_empty() {
        own.autofilter(0, 0, sheet.rows.len() as u32, sheet.columns.len() as u16 - 1)?;
    }
    Ok(())
}

/// Writes a value and says how wide it looks, in characters.
fn cell(
    own: &mut Worksheet,
    row: u32,
    place: u16,
    value: &Value,
    formats: &Formats,
) -> Result<usize, Failure> {
    let mut number = |number: f64, format: &Format| -> Result<usize, Failure> {
        own.write_number_with_format(row, place, number, format)?;
        let digits = number.abs().max(1.0).log10() as usize + 1;
        Ok(digits + digits / 3 + 3)
    };
    match value {
        Value::Nothing => Ok(0),
        Value::Count(count) => number(*count as f64, &formats.count),
        Value::Money(sum) => number(sum.to_f64(), &formats.money),
        Value::Share(share) if share.is_finite() => number(*share, &formats.share).map(|_| 7),
        Value::Number(value) if value.is_finite() => number(*value, &formats.number),
        Value::Share(_) | Value::Number(_) => Ok(0),
        Value::Day(day) if (FIRST_DAY..=LAST_DAY).contains(day) => {
            number(f64::from(day.0 + SERIAL_OF_1970), &formats.day).map(|_| 10)
        }
        Value::Day(day) => {
            write_text(own, row, place, &day.to_string(), None)?;
            Ok(10)
        }
        Value::Text(text) => {
            write_text(own, row, place, text, Some(&formats.text))?;
            Ok(text.lines().map(|line| line.chars().count()).max().unwrap_or(0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_such_as_excel_takes() {
        let mut names: Vec<String> = Vec::new();
        let long = "Lifetime value of all customers, by tier";
        for name in ["RFM: 3/3", "rfm 33", "RFM 33", "", "''", long, long, "😀".repeat(20).as_str()] {
            names.push(name_of(name, &names));
        }
        assert_eq!(&names[..3], ["RFM 33", "rfm 33 2", "RFM 33 3"]);
        assert_eq!(&names[3..5], ["1", "1 2"]);
        assert_eq!(&names[5..7], ["Lifetime value of all customers", "Lifetime value of all custome 2"]);
        assert!(names.iter().all(|name| (1..=31).contains(&name.encode_utf16().count())), "{names:?}");
    }
}
