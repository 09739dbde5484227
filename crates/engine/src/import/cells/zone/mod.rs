//! Time zones: from local time to the instant and the day, fast.
//!
//! Rules come from the copy of the tz database inside the program and never from the machine, so
//! the same file gives the same days everywhere.

mod aliases;
mod track;

#[cfg(test)]
mod tests;

pub use aliases::zone_alias;

use super::error::{CellError, codes, quoted};
use super::text::{is_minus, trimmed};
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};
use model::calendar::Day;
use std::sync::{Arc, LazyLock};
use track::Segments;

/// Microseconds in a second and in a day.
pub(super) const SECOND_MICROS: i64 = 1_000_000;
pub(super) const DAY_MICROS: i64 = 86_400 * SECOND_MICROS;

/// Offsets from UTC beyond this many hours are refused.
pub(super) const OFFSET_HOURS_MAX: i32 = 15;

/// A time zone with its offsets worked out for 1970 to 2100. Cloning is cheap, and one zone is
/// used from many threads.
#[derive(Clone, Debug)]
pub struct Zone(Arc<Rules>);

#[derive(Debug)]
struct Rules {
    name: String,
    /// For instants outside the table.
    zone: TimeZone,
    table: Segments,
}

/// An instant and the day it fell on in the base's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Microseconds since 1970 UTC.
    pub at: i64,
    /// Day in the base's zone.
    pub day: Day,
    /// Whether the cell told the time; otherwise the day begins at `at`.
    pub has_time: bool,
    /// Whether the local time does not exist, because clocks were put forward over it, and was
    /// moved forward by as much.
    pub shifted: bool,
}

static TZDB: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

impl Zone {
    /// The zone with an IANA name (`Europe/Riga`), a name as in [`zone_alias`], or a fixed offset
    /// (`+03:00`, `UTC+3`).
    ///
    /// # Errors
    /// `E_ZONE` for a name nobody knows.
    pub fn get(name: &str) -> Result<Zone, CellError> {
        let name = trimmed(name);
        if name.is_empty() || matches!(name, "UTC" | "GMT" | "Z") {
            return if name.is_empty() { Err(unknown(name)) } else { Ok(Zone::utc()) };
        }
        if let Some(seconds) = fixed_offset(name) {
            let zone = jiff::tz::Offset::from_seconds(seconds).map_err(|_| unknown(name))?.to_time_zone();
            return Ok(Zone::new(name, zone));
        }
        let zone = TZDB.get(name).or_else(|error| zone_alias(name).map_or(Err(error), |iana| TZDB.get(iana)));
        let zone = zone.map_err(|_| unknown(name))?;
        let iana = zone.iana_name().unwrap_or(name).to_owned();
        Ok(Zone::new(&iana, zone))
    }

    /// Coordinated universal time.
    pub fn utc() -> Zone {
        Zone::new("UTC", TimeZone::UTC)
    }

    fn new(name: &str, zone: TimeZone) -> Zone {
        let table = Segments::of(&zone);
        Zone(Arc::new(Rules { name: name.to_owned(), zone, table }))
    }

    /// The IANA name, or the fixed offset as it was given.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The instant of a local time in this zone. A time that clocks skipped is moved forward and
    /// flagged; of a time that came twice it is the first.
    pub fn moment(&self, local: DateTime) -> Moment {
        let date = local.date();
        let day = day_number(i32::from(date.year()), date.month() as u8, date.day() as u8);
        let time = local.time();
        let seconds =
            i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
        let micros = seconds * SECOND_MICROS + i64::from(time.subsec_nanosecond()) / 1000;
        self.place(day, Some(micros))
    }

    /// The day of an instant (microseconds since 1970 UTC) in this zone.
    pub fn day_of(&self, micros: i64) -> Day {
        let local = micros.saturating_add(self.offset_at(micros));
        let day = local.div_euclid(DAY_MICROS);
        Day(i32::try_from(day).unwrap_or(if day < 0 { i32::MIN } else { i32::MAX }))
    }

    /// The hour of an instant (microseconds since 1970 UTC) in this zone, 0 to 23.
    pub fn hour_of(&self, micros: i64) -> u8 {
        let local = micros.saturating_add(self.offset_at(micros));
        (local.rem_euclid(DAY_MICROS) / (3600 * SECOND_MICROS)) as u8
    }

    /// The moment of a local day (since 1970, of a year up to 9999) and the microseconds into it.
    pub(super) fn place(&self, day: i32, time: Option<i64>) -> Moment {
        let local = i64::from(day) * DAY_MICROS + time.unwrap_or(0);
        let (at, skipped) = self.0.table.instant_of(local).unwrap_or_else(|| self.instant_of_slowly(local));
        if !skipped {
            return Moment { at, day: Day(day), has_time: time.is_some(), shifted: false };
        }
        let moved = self.day_of(at);
        // A day that begins at one o'clock is still that day: only a told time is moved.
        Moment { at, day: moved, has_time: time.is_some(), shifted: time.is_some() || moved != Day(day) }
    }

    /// The moment of an instant that was told with its offset.
    pub(super) fn instant(&self, at: i64) -> Moment {
        Moment { at, day: self.day_of(at), has_time: true, shifted: false }
    }

    fn offset_at(&self, micros: i64) -> i64 {
        self.0.table.offset_at(micros).unwrap_or_else(|| {
            let at = Timestamp::from_microsecond(micros);
            let seconds = at.map_or(0, |at| self.0.zone.to_offset(at).seconds());
            i64::from(seconds) * SECOND_MICROS
        })
    }

    /// As [`Segments::instant_of`], for times outside the table.
    fn instant_of_slowly(&self, local: i64) -> (i64, bool) {
        let civil = DateTime::from_parts(Date::constant(1970, 1, 1), jiff::civil::Time::midnight())
            .checked_add(SignedDuration::from_micros(local));
        let Ok(civil) = civil else { return (local, false) };
        let found = self.0.zone.to_ambiguous_timestamp(civil);
        let skipped = matches!(found.offset(), AmbiguousOffset::Gap { .. });
        (found.compatible().map_or(local, Timestamp::as_microsecond), skipped)
    }
}

fn unknown(name: &str) -> CellError {
    CellError::new(
        codes::ZONE,
        format!("{} is not a time zone", quoted(name)),
        "name it as in the tz database: Europe/Riga, America/New_York",
    )
}

/// Seconds east of UTC of `+03:00`, `-0530`, `UTC+3`.
fn fixed_offset(name: &str) -> Option<i32> {
    let text = name.strip_prefix("UTC").or_else(|| name.strip_prefix("GMT")).unwrap_or(name);
    let mut rest = text.chars();
    let east = match rest.next()? {
        '+' => 1,
        c if is_minus(c) => -1,
        _ => return None,
    };
    let (seconds, rest) = offset_digits(rest.as_str())?;
    rest.is_empty().then_some(east * seconds)
}

/// Seconds of an offset without its sign (`03:00`, `0300`, `03`, `3`) and what stands behind it.
pub(super) fn offset_digits(text: &str) -> Option<(i32, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let count = digits(text);
    let number: i32 = text.get(..count).filter(|_| (1..=4).contains(&count))?.parse().ok()?;
    let (mut hours, mut minutes, mut rest) = (number, 0, &text[count..]);
    match (count, rest.strip_prefix(':')) {
        (1 | 2, Some(behind)) if digits(behind) == 2 => {
            minutes = behind[..2].parse().ok()?;
            rest = &behind[2..];
        }
        (1 | 2, _) => {}
        (4, _) => (hours, minutes) = (number / 100, number % 100),
        _ => return None,
    }
    (hours <= OFFSET_HOURS_MAX && minutes < 60).then_some((hours * 3600 + minutes * 60, rest))
}

/// Days from 1970-01-01 to a date of the Gregorian calendar, which is not checked.
///
/// Method: <https://howardhinnant.github.io/date_algorithms.html#days_from_civil>
pub(super) fn day_number(year: i32, month: u8, day: u8) -> i32 {
    let (month, day) = (i32::from(month), i32::from(day));
    // The year begins in March, so that the leap day is its last.
    let year = year - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}
