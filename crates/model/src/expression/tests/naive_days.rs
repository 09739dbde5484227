//! Days of rules reckoned by hand.

use crate::calendar::{AsOf, Day};
use crate::expression::days::{CalendarPeriod, Duration, Moment, Unit, Window};
use jiff::civil::Date;

pub fn ago(duration: Duration, day: Day) -> Day {
    shifted(duration, day, -1)
}

pub fn ahead(duration: Duration, day: Day) -> Day {
    shifted(duration, day, 1)
}

pub fn shifted(duration: Duration, day: Day, sign: i32) -> Day {
    let count = duration.count as i32 * sign;
    let months = match duration.unit {
        Unit::Days => return Day(day.0 + count),
        Unit::Weeks => return Day(day.0 + count * 7),
        Unit::Months => count,
        Unit::Years => count * 12,
    };
    let date = day.date();
    let month = i32::from(date.year()) * 12 + i32::from(date.month()) - 1 + months;
    let (year, month) = (month.div_euclid(12) as i16, (month.rem_euclid(12) + 1) as i8);
    (0..4).find_map(|short| Date::new(year, month, date.day() - short).ok()).map(Day::from_date).unwrap()
}

pub fn moment(moment: Moment, as_of: AsOf) -> Day {
    match moment {
        Moment::On(day) => day,
        Moment::Ago(duration) => ago(duration, as_of.0),
        Moment::Ahead(duration) => ahead(duration, as_of.0),
    }
}

/// First and last day.
pub fn window_days(window: Window, as_of: AsOf) -> (Day, Day) {
    let today = as_of.0;
    match window {
        Window::Last(duration) => (Day(ago(duration, today).0 + 1), today),
        Window::Next(duration) => (Day(today.0 + 1), ahead(duration, today)),
        Window::This(period) => around(period, today),
        Window::Previous(period) => around(period, Day(around(period, today).0.0 - 1)),
    }
}

/// Going day by day to where the period changes.
pub fn around(period: CalendarPeriod, day: Day) -> (Day, Day) {
    let number = |day: Day| {
        let date = day.date();
        match period {
            CalendarPeriod::Week => i64::from(day.0 + 3).div_euclid(7),
            CalendarPeriod::Month => i64::from(date.year()) * 12 + i64::from(date.month()),
            CalendarPeriod::Quarter => i64::from(date.year()) * 4 + i64::from((date.month() - 1) / 3),
            CalendarPeriod::Year => i64::from(date.year()),
        }
    };
    let (mut first, mut last) = (day, day);
    while number(Day(first.0 - 1)) == number(day) {
        first = Day(first.0 - 1);
    }
    while number(Day(last.0 + 1)) == number(day) {
        last = Day(last.0 + 1);
    }
    (first, last)
}
