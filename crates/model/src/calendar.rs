//! Days, periods and the moment of a question.
//!
//! A day is a calendar day in the base's time zone, counted from 1970-01-01. Time zones themselves
//! are settled when facts enter the base: every fact carries its local day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar day in the base's zone, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(pub i32);

impl Day {
    /// The day of a civil date.
    pub fn from_date(date: Date) -> Day {
        let epoch = Date::constant(1970, 1, 1);
        Day(epoch.until(date).map_or(0, |span| span.get_days()))
    }

    /// The civil date of this day; years outside −9999…9999 stop at the ends.
    pub fn date(self) -> Date {
        let epoch = Date::constant(1970, 1, 1);
        let span = jiff::Span::new().try_days(self.0);
        span.and_then(|span| epoch.checked_add(span)).unwrap_or(if self.0 < 0 {
            Date::MIN
        } else {
            Date::MAX
        })
    }

    /// The day `days` later (earlier when negative).
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// Calendar days from `earlier` to this day.
    pub fn since(self, earlier: Day) -> i32 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Day {
    /// ISO 8601: `2011-12-09`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

/// The moment a question is asked as of: the end of a day in the base's zone.
///
/// Only facts on this day or before it count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AsOf(pub Day);

impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A calendar period that facts are added up by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// Monday to Sunday.
    Week,
    /// Calendar month.
    #[default]
    Month,
    /// Calendar quarter.
    Quarter,
}

impl Period {
    /// The number of the period a day lies in: months or quarters since January 1970, weeks since
    /// the Monday 1969-12-29.
    pub fn of(self, day: Day) -> i32 {
        let months = |date: Date| (i32::from(date.year()) - 1970) * 12 + i32::from(date.month()) - 1;
        match self {
            Period::Week => (day.0 + 3).div_euclid(7),
            Period::Month => months(day.date()),
            Period::Quarter => months(day.date()).div_euclid(3),
        }
    }

    /// The first day of the period with this number.
    pub fn first_day(self, number: i32) -> Day {
        let month_start = |months: i32| {
            let year = i16::try_from(1970 + months.div_euclid(12)).unwrap_or(i16::MAX).clamp(-9999, 9999);
            let month = i8::try_from(months.rem_euclid(12) + 1).unwrap_or(1);
            Day::from_date(Date::constant(year, month, 1))
        };
        match self {
            Period::Week => Day(number * 7 - 3),
            Period::Month => month_start(number),
            Period::Quarter => month_start(number * 3),
        }
    }

    /// The last day of the period with this number.
    pub fn last_day(self, number: i32) -> Day {
        self.first_day(number + 1).plus(-1)
    }

    /// The newest period that is whole as of a moment: its last day is not after it.
    pub fn last_whole(self, as_of: AsOf) -> i32 {
        let current = self.of(as_of.0);
        if self.last_day(current) <= as_of.0 { current } else { current - 1 }
    }
}

/// The last `count` whole periods up to a moment: what ABC and XYZ are computed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PeriodWindow {
    pub period: Period,
    /// Number of the first period, see [`Period::of`].
    pub first: i32,
    /// How many periods.
    pub count: u32,
}

impl PeriodWindow {
    /// The last `count` whole periods as of a moment.
    pub fn ending(as_of: AsOf, period: Period, count: u32) -> PeriodWindow {
        let last = period.last_whole(as_of);
        PeriodWindow { period, first: last + 1 - i32::try_from(count).unwrap_or(i32::MAX), count }
    }

    /// The first day that counts.
    pub fn first_day(self) -> Day {
        self.period.first_day(self.first)
    }

    /// The last day that counts.
    pub fn last_day(self) -> Day {
        self.period.first_day(self.first + self.count as i32).plus(-1)
    }

    /// Which period of the window a day lies in, from 0; `None` outside.
    pub fn position(self, day: Day) -> Option<usize> {
        let offset = self.period.of(day) - self.first;
        usize::try_from(offset).ok().filter(|&offset| offset < self.count as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::from_date(text.parse().unwrap())
    }

    #[test]
    fn whole_periods() {
        let window = PeriodWindow::ending(AsOf(day("2011-12-09")), Period::Month, 12);
        assert_eq!(window.first_day(), day("2010-12-01"));
        assert_eq!(window.last_day(), day("2011-11-30"));
        let window = PeriodWindow::ending(AsOf(day("2011-12-31")), Period::Month, 12);
        assert_eq!(window.last_day(), day("2011-12-31"));
        let window = PeriodWindow::ending(AsOf(day("2026-11-22")), Period::Week, 2);
        assert_eq!((window.first_day(), window.last_day()), (day("2026-11-09"), day("2026-11-22")));
        let window = PeriodWindow::ending(AsOf(day("2026-11-22")), Period::Quarter, 4);
        assert_eq!((window.first_day(), window.last_day()), (day("2025-10-01"), day("2026-09-30")));
    }

    proptest! {
        #[test]
        fn every_day_lies_in_its_period(d in -30_000i32..60_000) {
            for period in [Period::Week, Period::Month, Period::Quarter] {
                let number = period.of(Day(d));
                prop_assert!(period.first_day(number).0 <= d && d <= period.last_day(number).0);
            }
            prop_assert_eq!(Day::from_date(Day(d).date()), Day(d));
        }
    }
}
