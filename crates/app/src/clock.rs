//! The only place that asks the machine what time it is and where it stands.

#![expect(clippy::disallowed_methods, reason = "this is the clock that others are kept away from")]

use jiff::Timestamp;
use jiff::tz::TimeZone;
use model::calendar::Day;
use std::time::{Duration, Instant};

/// Now, microseconds since 1970 UTC.
pub fn now() -> i64 {
    Timestamp::now().as_microsecond()
}

/// Today in a time zone; in UTC where there is no such zone.
pub fn today(zone: &str) -> Day {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Day::from_date(Timestamp::now().to_zoned(zone).date())
}

/// The machine's time zone by its IANA name; UTC where it has none.
pub fn machine_zone() -> String {
    TimeZone::system().iana_name().unwrap_or("UTC").to_owned()
}

/// Measures how long something takes.
pub struct Stopwatch(Instant);

impl Stopwatch {
    pub fn start() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
