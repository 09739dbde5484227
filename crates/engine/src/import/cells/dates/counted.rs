//! Dates as numbers: seconds since 1970 and the day numbers of spreadsheets.

use super::super::zone::{DAY_MICROS, SECOND_MICROS};
use super::DateKind;

/// Day numbers of spreadsheets that dates of our time have: 1954 to 2119.
const SERIAL_DAYS: std::ops::RangeInclusive<u64> = 20_000..=80_000;

/// Unix seconds that dates of our time have: 2001 to 2096.
const UNIX_SECONDS: std::ops::RangeInclusive<u64> = 1_000_000_000..=4_000_000_000;

/// Day 0 of the 1900 system, counted from 1970. Its calendar has a 29 February 1900 that never
/// was, so from March 1900 on the count begins on 1899-12-30.
const SERIAL_EPOCH: i32 = -25_569;

/// Digits of a fraction that count: more than a float of today has.
const FRACTION_DIGITS: usize = 12;

/// A number without a sign, and up to twelve digits behind its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    pub whole: u64,
    /// In 1/10¹².
    fraction: u64,
    digits: usize,
    has_fraction: bool,
}

impl Count {
    /// Reads a trimmed cell of digits with at most one decimal mark.
    pub(super) fn of(cell: &str) -> Option<Count> {
        let (whole, fraction) = cell.split_once(['.', ',']).map_or((cell, None), |(w, f)| (w, Some(f)));
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(whole) || !fraction.is_none_or(is_digits) {
            return None;
        }
        let places = fraction.unwrap_or("").bytes().chain(std::iter::repeat(b'0')).take(FRACTION_DIGITS);
        let fraction_value = places.fold(0, |value, byte| value * 10 + u64::from(byte - b'0'));
        Some(Count {
            whole: whole.parse().ok()?,
            fraction: fraction_value,
            digits: whole.len(),
            has_fraction: fraction.is_some(),
        })
    }

    /// The kind of date this number looks like, if any.
    pub(super) fn kind(&self) -> Option<DateKind> {
        let seconds = |scale: u64| UNIX_SECONDS.contains(&(self.whole / scale));
        match self.digits {
            5 if SERIAL_DAYS.contains(&self.whole) => Some(DateKind::ExcelSerial),
            10 if seconds(1) => Some(DateKind::UnixSeconds),
            13 if !self.has_fraction && seconds(1_000) => Some(DateKind::UnixMillis),
            16 if !self.has_fraction && seconds(1_000_000) => Some(DateKind::UnixMicros),
            _ => None,
        }
    }

    /// Microseconds since 1970 UTC, for the kinds that count from there.
    pub(super) fn micros_since_1970(&self, kind: DateKind) -> Option<i64> {
        let scale = match kind {
            DateKind::UnixSeconds => SECOND_MICROS,
            DateKind::UnixMillis => 1_000,
            DateKind::UnixMicros => 1,
            DateKind::Text | DateKind::ExcelSerial => return None,
        };
        let whole = i64::try_from(self.whole).ok()?.checked_mul(scale)?;
        whole.checked_add(self.fraction_of(scale))
    }

    /// Local day and microseconds into it, of a day number in the 1900 system. The time is
    /// rounded to milliseconds, which is what spreadsheets keep.
    pub(super) fn serial_day(&self) -> Option<(i32, Option<i64>)> {
        const MILLI: i64 = 1_000;
        let day = i32::try_from(self.whole).ok()?.checked_add(SERIAL_EPOCH)?;
        if !self.has_fraction {
            return Some((day, None));
        }
        let time = (self.fraction_of(DAY_MICROS) + MILLI / 2) / MILLI * MILLI;
        Some(if time >= DAY_MICROS { (day.checked_add(1)?, Some(0)) } else { (day, Some(time)) })
    }

    fn fraction_of(&self, scale: i64) -> i64 {
        let parts = i128::from(self.fraction) * i128::from(scale);
        (parts / 10i128.pow(FRACTION_DIGITS as u32)) as i64
    }
}
