//! Days and stretches of days as rules name them: absolute, or counted from the as-of day.
//!
//! A month back from a day is the same day of the month before, or that month's last day where it
//! is shorter: one month before 31 March is 28 or 29 February. A year is twelve months.

use crate::calendar::{AsOf, Day};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A unit that durations are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

impl Unit {
    pub const ALL: [Unit; 4] = [Unit::Days, Unit::Weeks, Unit::Months, Unit::Years];

    /// The word for several.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Days => "days",
            Unit::Weeks => "weeks",
            Unit::Months => "months",
            Unit::Years => "years",
        }
    }
}

/// The most units of a duration.
pub const DURATION_UNITS_MAX: u32 = 100_000;

/// A length of time: `30 days`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duration {
    pub count: u32,
    pub unit: Unit,
}

impl Duration {
    pub const fn days(count: u32) -> Duration {
        Duration { count, unit: Unit::Days }
    }

    /// The day this long before a day.
    pub fn before(self, day: Day) -> Day {
        self.shift(day, -1)
    }

    /// The day this long after a day.
    pub fn after(self, day: Day) -> Day {
        self.shift(day, 1)
    }

    /// The same unit, counted more often.
    pub fn times(self, factor: u32) -> Duration {
        Duration { count: self.count.saturating_mul(factor), unit: self.unit }
    }

    fn shift(self, day: Day, sign: i32) -> Day {
        let count = i32::try_from(self.count).unwrap_or(i32::MAX).saturating_mul(sign);
        match self.unit {
            Unit::Days => day.plus(count),
            Unit::Weeks => day.plus(count.saturating_mul(7)),
            Unit::Months => plus_months(day, count),
            Unit::Years => plus_months(day, count.saturating_mul(12)),
        }
    }
}

/// The day `months` calendar months later (earlier when negative), or the month's last day where
/// it is shorter. Years outside −9999…9999 stop at the ends.
pub fn plus_months(day: Day, months: i32) -> Day {
    let span = jiff::Span::new().try_months(months);
    let moved = span.and_then(|span| day.date().checked_add(span));
    Day::from_date(moved.unwrap_or(if months < 0 { jiff::civil::Date::MIN } else { jiff::civil::Date::MAX }))
}

impl fmt::Display for Duration {
    /// `30 days`, `1 month`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.unit.name();
        let word = if self.count == 1 { &name[..name.len() - 1] } else { name };
        write!(f, "{} {word}", self.count)
    }
}

/// One day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// A date: `2026-01-31`.
    #[serde(with = "iso")]
    On(Day),
    /// So long before the as-of day: `30 days ago`; of length 0 it is the as-of day, `today`.
    Ago(Duration),
    /// So long after the as-of day: `30 days from today`.
    Ahead(Duration),
}

impl Moment {
    /// The as-of day.
    pub const TODAY: Moment = Moment::Ago(Duration::days(0));

    /// The day that is meant as of a moment.
    pub fn day(self, as_of: AsOf) -> Day {
        match self {
            Moment::On(day) => day,
            Moment::Ago(duration) => duration.before(as_of.0),
            Moment::Ahead(duration) => duration.after(as_of.0),
        }
    }

    /// How long after the as-of day it is, in days or in months, where that is so on every day.
    pub(super) fn distance(self) -> Option<(i64, Unit)> {
        let (duration, sign) = match self {
            Moment::On(_) => return None,
            Moment::Ago(duration) => (duration, -1),
            Moment::Ahead(duration) => (duration, 1),
        };
        let (factor, unit) = match duration.unit {
            Unit::Days => (1, Unit::Days),
            Unit::Weeks => (7, Unit::Days),
            Unit::Months => (1, Unit::Months),
            Unit::Years => (12, Unit::Months),
        };
        Some((i64::from(duration.count) * factor * sign, unit))
    }

    /// Whether it comes after another day whatever the as-of day is.
    pub(super) fn is_after(self, other: Moment) -> bool {
        match (self, other) {
            (Moment::On(own), Moment::On(other)) => own > other,
            _ => match (self.distance(), other.distance()) {
                (Some((own, unit)), Some((other, other_unit))) => {
                    (unit == other_unit && own > other) || (own > 0 && other < 0)
                }
                _ => false,
            },
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Moment::On(day) => day.fmt(f),
            Moment::Ago(Duration { count: 0, unit: Unit::Days }) => f.write_str("today"),
            Moment::Ago(duration) => write!(f, "{duration} ago"),
            Moment::Ahead(duration) => write!(f, "{duration} from today"),
        }
    }
}

/// A date in files: `"2026-01-31"`.
mod iso {
    use crate::calendar::Day;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(day: &Day, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Day, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse()
            .map(Day::from_date)
            .map_err(|_| D::Error::custom(format!("`{text}` is no date like 2026-01-31")))
    }
}

/// A period of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CalendarPeriod {
    /// Monday to Sunday.
    Week,
    Month,
    Quarter,
    Year,
}

impl CalendarPeriod {
    pub const ALL: [CalendarPeriod; 4] =
        [CalendarPeriod::Week, CalendarPeriod::Month, CalendarPeriod::Quarter, CalendarPeriod::Year];

    pub fn name(self) -> &'static str {
        match self {
            CalendarPeriod::Week => "week",
            CalendarPeriod::Month => "month",
            CalendarPeriod::Quarter => "quarter",
            CalendarPeriod::Year => "year",
        }
    }

    /// First and last day of the period that a day lies in.
    fn around(self, day: Day) -> Range {
        let date = day.date();
        let (month, months) = match self {
            CalendarPeriod::Week => {
                let monday = day.plus(-(day.0.saturating_add(3).rem_euclid(7)));
                return Range { from: monday, to: monday.plus(6) };
            }
            CalendarPeriod::Month => (date.month(), 1),
            CalendarPeriod::Quarter => ((date.month() - 1) / 3 * 3 + 1, 3),
            CalendarPeriod::Year => (1, 12),
        };
        let first = Day::from_date(jiff::civil::Date::constant(date.year(), month, 1));
        Range { from: first, to: plus_months(first, months).plus(-1) }
    }
}

/// A stretch of days around the as-of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// `in the last 30 days`: the days after *30 days ago*, up to and with the as-of day.
    Last(Duration),
    /// `in the next 14 days`: the days after the as-of day, up to and with *14 days from today*.
    Next(Duration),
    /// `in this month`: the whole calendar period that the as-of day lies in.
    This(CalendarPeriod),
    /// `in the previous month`: the whole calendar period before that.
    Previous(CalendarPeriod),
}

impl Window {
    /// First and last day that are meant as of a moment.
    pub fn range(self, as_of: AsOf) -> Range {
        match self {
            Window::Last(duration) => Range { from: duration.before(as_of.0).plus(1), to: as_of.0 },
            Window::Next(duration) => Range { from: as_of.0.plus(1), to: duration.after(as_of.0) },
            Window::This(period) => period.around(as_of.0),
            Window::Previous(period) => period.around(period.around(as_of.0).from.plus(-1)),
        }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Window::Last(duration) => write!(f, "in the last {duration}"),
            Window::Next(duration) => write!(f, "in the next {duration}"),
            Window::This(period) => write!(f, "in this {}", period.name()),
            Window::Previous(period) => write!(f, "in the previous {}", period.name()),
        }
    }
}

/// Days from the first to the last, both included; none where the last is before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub from: Day,
    pub to: Day,
}

impl Range {
    /// Every day.
    pub const EVER: Range = Range { from: Day(i32::MIN), to: Day(i32::MAX) };

    pub fn holds(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// The first anniversary of a day that lies in the range: the same day of a later year, 28
    /// February for 29 February where the year has none. The day itself is no anniversary.
    pub fn anniversary(self, of: Day) -> Option<Day> {
        // A range that has no end in sight would be asked year by year.
        let born = i32::from(of.date().year());
        let (first, last) = (i32::from(self.from.date().year()), i32::from(self.to.date().year()));
        let start = first.max(born + 1);
        (start..=last.min(start + 1))
            .map(|year| plus_months(of, (year - born) * 12))
            .find(|&day| self.holds(day))
    }
}
