//! Moments out of text: dates and times in the forms people and programs write them.
//!
//! Which of two numbers is the day is a fact about the column ([`DateForm`]). Dates that settle
//! it by themselves are read in every column: the year first, the month by name.

mod counted;
mod months;
mod quick;
mod written;
mod evidence;

#[cfg(test)]
mod tests;

use super::error::{CellError, codes, quoted};
use super::text::trimmed;
use super::zone::{DAY_MICROS, Moment, SECOND_MICROS, Zone, day_number};
use counted::Count;
pub use evidence::{DateEvidence, DateGuess};
use jiff::civil::Date;
use model::calendar::Day;
use serde::{Deserialize, Serialize};
use written::{Triple, Written, full_year};

/// Dates before this year stand for "no date" in every system that writes them.
const FIRST_YEAR: i32 = 1990;

/// Years go up to here; systems write it for "never ends".
const LAST_YEAR: i32 = 9999;

/// Order of the parts of a date written in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// `2026-11-22`. Of day and month before the year nothing is known.
    YearFirst,
    /// `22.11.2026`
    DayFirst,
    /// `11/22/2026`
    MonthFirst,
}

/// What stands for a moment in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateKind {
    /// A date, written out in numbers or words, `20261122` too.
    Text,
    /// Seconds since 1970 UTC.
    UnixSeconds,
    /// Milliseconds since 1970 UTC.
    UnixMillis,
    /// Microseconds since 1970 UTC.
    UnixMicros,
    /// Days of the 1900 system of spreadsheets, in local time.
    ExcelSerial,
}

/// How the dates of one column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DateForm {
    pub order: DateOrder,
    pub kind: DateKind,
}

/// What a cell of text says before a zone is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Local {
    /// Days since 1970.
    day: i32,
    /// Microseconds into the day.
    time: Option<i64>,
    /// Seconds east of UTC.
    offset: Option<i32>,
}

/// Why a date is not a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    NotDate,
    /// No such month.
    Month,
    /// The month has fewer days.
    Day {
        year: i32,
        month: u8,
    },
    /// Day and month can be either way round.
    Order,
    /// The column has them the other way round.
    OtherOrder,
    /// Stands for "no date".
    Old,
    /// A number where the column has dates written out.
    Number,
}

/// Reads a cell as a moment. An offset or `Z` in the cell wins over the zone.
///
/// # Errors
/// `E_DATE` where the cell is no date, no day of the calendar, or not in the column's order;
/// `N_OLD_DATE` for dates before 1990, which stand for "no date".
pub fn parse_moment(cell: &str, form: &DateForm, zone: &Zone) -> Result<Moment, CellError> {
    let found = match form.kind {
        DateKind::Text => match quick::local(cell.as_bytes(), form.order) {
            Some(local) => Ok(local),
            None => local(trimmed(cell), form.order, FIRST_YEAR),
        },
        DateKind::ExcelSerial => serial(trimmed(cell)),
        kind => return unix(trimmed(cell), kind, zone).map_err(|fault| refused(cell, fault)),
    };
    let Local { day, time, offset } = found.map_err(|fault| refused(cell, fault))?;
    let Some(offset) = offset else { return Ok(zone.place(day, time)) };
    let at = i64::from(day) * DAY_MICROS + time.unwrap_or(0) - i64::from(offset) * SECOND_MICROS;
    Ok(zone.instant(at))
}

/// Reads a cell as a calendar day of any year from 1 on, such as a birthday; a time and an offset
/// in it are ignored.
///
/// # Errors
/// `E_DATE` as in [`parse_moment`], and for every kind but text and day numbers.
pub fn parse_date(cell: &str, form: &DateForm) -> Result<Date, CellError> {
    let found = match form.kind {
        DateKind::Text => local(trimmed(cell), form.order, 1),
        DateKind::ExcelSerial => serial(trimmed(cell)),
        _ => Err(Fault::NotDate),
    };
    found.map(|local| Day(local.day).date()).map_err(|fault| refused(cell, fault))
}

fn local(cell: &str, order: DateOrder, first_year: i32) -> Result<Local, Fault> {
    let Some(Written { triple, time, offset }) = Written::of(cell) else {
        return Err(if Count::of(cell).is_some() { Fault::Number } else { Fault::NotDate });
    };
    let day = day_in_order(triple, order, first_year)?;
    Ok(Local { day, time, offset })
}

/// The day that three parts mean in a column of this order, since 1970.
fn day_in_order(triple: Triple, order: DateOrder, first_year: i32) -> Result<i32, Fault> {
    match triple {
        Triple::Settled { year, month, day } => checked_day(year, month, day, first_year),
        Triple::Open { first, second, year } => open_day(first, second, year, order, first_year),
        Triple::Short { first, second, third, dashes } => match order {
            DateOrder::YearFirst if second > 12 => {
                open_day(first, second, full_year(third), order, first_year)
            }
            DateOrder::YearFirst if dashes => checked_day(full_year(first), second, third, first_year),
            DateOrder::YearFirst => Err(Fault::Order),
            order => open_day(first, second, full_year(third), order, first_year),
        },
    }
}

fn open_day(first: u8, second: u8, year: i32, order: DateOrder, first_year: i32) -> Result<i32, Fault> {
    if year < first_year {
        return Err(Fault::Old);
    }
    let (day, month) = match order {
        DateOrder::DayFirst => (first, second),
        DateOrder::MonthFirst => (second, first),
        DateOrder::YearFirst if first > 12 || first == second => (first, second),
        DateOrder::YearFirst if second > 12 => (second, first),
        DateOrder::YearFirst => return Err(Fault::Order),
    };
    if month > 12 && (1..=12).contains(&day) && order != DateOrder::YearFirst {
        return Err(Fault::OtherOrder);
    }
    checked_day(year, month, day, first_year)
}

fn checked_day(year: i32, month: u8, day: u8, first_year: i32) -> Result<i32, Fault> {
    if year < first_year {
        return Err(Fault::Old);
    }
    if !(1..=12).contains(&month) || year > LAST_YEAR {
        return Err(Fault::Month);
    }
    if day == 0 || day > days_in_month(year, month) {
        return Err(Fault::Day { year, month });
    }
    Ok(day_number(year, month, day))
}

fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

fn serial(cell: &str) -> Result<Local, Fault> {
    let count = Count::of(cell).ok_or(Fault::NotDate)?;
    let (day, time) = count.serial_day().ok_or(Fault::NotDate)?;
    if day < day_number(FIRST_YEAR, 1, 1) {
        return Err(Fault::Old);
    }
    if day > day_number(LAST_YEAR, 12, 31) {
        return Err(Fault::NotDate);
    }
    Ok(Local { day, time, offset: None })
}

fn unix(cell: &str, kind: DateKind, zone: &Zone) -> Result<Moment, Fault> {
    let at = Count::of(cell).and_then(|count| count.micros_since_1970(kind)).ok_or(Fault::NotDate)?;
    if at < i64::from(day_number(FIRST_YEAR, 1, 1)) * DAY_MICROS {
        return Err(Fault::Old);
    }
    if at > i64::from(day_number(LAST_YEAR, 12, 31)) * DAY_MICROS {
        return Err(Fault::NotDate);
    }
    Ok(zone.instant(at))
}

fn refused(cell: &str, fault: Fault) -> CellError {
    let cell = quoted(cell);
    let settled = "write the date as 2026-11-22, which reads one way only";
    let (reason, suggestion) = match fault {
        Fault::NotDate => (format!("{cell} is not a date"), settled.to_owned()),
        Fault::Month => (format!("{cell} has a month that does not exist"), settled.to_owned()),
        Fault::Day { year, month } => (
            format!("{cell} is not a day of the calendar"),
            format!("correct the day: {year}-{month:02} has days 1 to {}", days_in_month(year, month)),
        ),
        Fault::Order => (format!("{cell} does not tell the day from the month"), settled.to_owned()),
        Fault::OtherOrder => {
            (format!("{cell} has day and month the other way round than its column"), settled.to_owned())
        }
        Fault::Number => (
            format!("{cell} is a number in a column of dates that are written out"),
            "show the cell as a date in the spreadsheet and export it again".to_owned(),
        ),
        Fault::Old => {
            let reason = format!("{cell} is before {FIRST_YEAR} and stands for no date");
            let suggestion = "leave the cell empty, or correct the year".to_owned();
            return CellError::new(codes::OLD_DATE, reason, suggestion);
        }
    };
    CellError::new(codes::DATE, reason, suggestion)
}
