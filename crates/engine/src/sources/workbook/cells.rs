//! The value of a sheet's cell as text.

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime};

/// Significant digits of a number in a sheet; what lies behind them is noise of binary fractions.
const SIGNIFICANT_DIGITS: usize = 15;
const MILLISECONDS_PER_DAY: f64 = 86_400_000.0;

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum CellText {
    Text(String),
    /// Nothing can be read from the cell; the text says why.
    Wrong(String),
}

/// The text of a cell; `formula` says that it is computed, and must then have a value.
pub(super) fn text(value: &DataRef<'_>, formula: bool) -> CellText {
    match value {
        DataRef::Empty if formula => CellText::Wrong(
            "a formula without a value; open the file, let it compute, and save it".to_owned(),
        ),
        DataRef::Empty => CellText::Text(String::new()),
        DataRef::Int(number) => CellText::Text(number.to_string()),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) => CellText::Text(text.clone()),
        DataRef::SharedString(text) => CellText::Text((*text).to_owned()),
        DataRef::Bool(value) => CellText::Text(value.to_string()),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => CellText::Text(text.clone()),
        // A lookup that found nothing is a missing value, which the import knows by this word.
        DataRef::Error(CellErrorType::NA) => CellText::Text("#N/A".to_owned()),
        DataRef::Error(error) => CellText::Wrong(format!("the error {error}; mend the formula")),
    }
}

/// The text of a cell of a format that is read whole.
pub(super) fn owned_text(value: &Data) -> CellText {
    match value {
        Data::Empty => CellText::Text(String::new()),
        Data::Int(number) => CellText::Text(number.to_string()),
        Data::Float(number) => number_text(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            CellText::Text(text.clone())
        }
        Data::Bool(value) => CellText::Text(value.to_string()),
        Data::DateTime(moment) => moment_text(moment),
        Data::Error(error) => text(&DataRef::Error(error.clone()), false),
    }
}

/// The shortest decimal text; whole numbers, which may be ids, without a fraction.
fn number_text(number: f64) -> CellText {
    if !number.is_finite() {
        return CellText::Wrong("a number that is not finite".to_owned());
    }
    let rounded = if number.fract() == 0.0 {
        number
    } else {
        format!("{number:.*e}", SIGNIFICANT_DIGITS - 1).parse().unwrap_or(number)
    };
    // Negative zero would show its sign.
    CellText::Text((rounded + 0.0).to_string())
}

/// ISO date, date and time, time of day, or hours of a duration.
fn moment_text(moment: &ExcelDateTime) -> CellText {
    let value = moment.as_f64();
    let milliseconds = (value * MILLISECONDS_PER_DAY).round();
    if !(0.0..=3.0e14).contains(&milliseconds) {
        return CellText::Wrong(format!("a date out of range ({value})"));
    }
    let milliseconds = milliseconds as u64;
    let time = |milliseconds: u64| {
        let (seconds, rest) = (milliseconds / 1000, milliseconds % 1000);
        let fraction = if rest == 0 { String::new() } else { format!(".{rest:03}") };
        format!("{:02}:{:02}:{:02}{fraction}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    };
    let of_day = milliseconds % 86_400_000;
    if moment.is_duration() || value < 1.0 {
        return CellText::Text(time(milliseconds));
    }
    // The day comes from the rounded moment: 23:59:59.9999 belongs to the next one.
    let days = (milliseconds / 86_400_000) as f64;
    let is_1904 = moment_is_1904(moment);
    let kind = calamine::ExcelDateTimeType::DateTime;
    let (year, month, day, ..) = ExcelDateTime::new(days, kind, is_1904).to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    CellText::Text(if of_day == 0 { date } else { format!("{date} {}", time(of_day)) })
}

/// The epoch is not told by the value itself, but a day far from both epochs is.
fn moment_is_1904(moment: &ExcelDateTime) -> bool {
    let kind = calamine::ExcelDateTimeType::DateTime;
    moment.to_ymd_hms_milli() == ExcelDateTime::new(moment.as_f64(), kind, true).to_ymd_hms_milli()
}
