//! Holidays that people buy for, by country, and the day they fall on in a year.

use crate::calendar::Day;
use jiff::civil::{Date, Weekday};

/// When a holiday is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// Month and day.
    On(i8, i8),
    /// Days after Easter Sunday of the Gregorian calendar.
    AfterEaster(i32),
    /// Days after Easter Sunday of the Julian calendar, as Orthodox churches keep it.
    AfterOrthodoxEaster(i32),
    /// The nth weekday of a month, from the end where negative.
    Nth(i8, Weekday, i8),
    /// The day after the fourth Thursday of November.
    BlackFriday,
}

/// A holiday by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    pub name: String,
    when: When,
}

use When::{AfterEaster, AfterOrthodoxEaster, BlackFriday, Nth, On};

const NEW_YEAR: (&str, When) = ("New Year", On(1, 1));
const VALENTINE: (&str, When) = ("Valentine's Day", On(2, 14));
const WOMEN: (&str, When) = ("Women's Day", On(3, 8));
const EASTER: (&str, When) = ("Easter", AfterEaster(0));
const MOTHERS_MAY: (&str, When) = ("Mother's Day", Nth(5, Weekday::Sunday, 2));
const CHILDREN: (&str, When) = ("Children's Day", On(6, 1));
const SCHOOL: (&str, When) = ("Back to school", On(9, 1));
const HALLOWEEN: (&str, When) = ("Halloween", On(10, 31));
const BLACK_FRIDAY: (&str, When) = ("Black Friday", BlackFriday);
const CHRISTMAS: (&str, When) = ("Christmas", On(12, 25));

/// The holidays of each country; the first list is for everywhere else.
const COUNTRIES: &[(&str, &[(&str, When)])] = &[
    ("", &[NEW_YEAR, VALENTINE, WOMEN, EASTER, BLACK_FRIDAY, CHRISTMAS]),
    (
        "LV",
        &[
            NEW_YEAR,
            VALENTINE,
            WOMEN,
            EASTER,
            MOTHERS_MAY,
            ("Līgo", On(6, 23)),
            SCHOOL,
            ("Lāčplēsis Day", On(11, 11)),
            ("Proclamation Day", On(11, 18)),
            BLACK_FRIDAY,
            CHRISTMAS,
        ],
    ),
    (
        "ES",
        &[
            ("Epiphany", On(1, 6)),
            VALENTINE,
            ("Father's Day", On(3, 19)),
            EASTER,
            ("Sant Jordi", On(4, 23)),
            ("Mother's Day", Nth(5, Weekday::Sunday, 1)),
            ("Sant Joan", On(6, 24)),
            SCHOOL,
            ("All Saints", On(11, 1)),
            BLACK_FRIDAY,
            CHRISTMAS,
        ],
    ),
    (
        "RU",
        &[
            NEW_YEAR,
            ("Christmas", On(1, 7)),
            VALENTINE,
            ("Defender's Day", On(2, 23)),
            WOMEN,
            ("Easter", AfterOrthodoxEaster(0)),
            ("Victory Day", On(5, 9)),
            CHILDREN,
            SCHOOL,
            ("Teacher's Day", On(10, 5)),
            BLACK_FRIDAY,
        ],
    ),
    (
        "US",
        &[
            VALENTINE,
            EASTER,
            MOTHERS_MAY,
            ("Father's Day", Nth(6, Weekday::Sunday, 3)),
            ("Independence Day", On(7, 4)),
            ("Labor Day", Nth(9, Weekday::Monday, 1)),
            HALLOWEEN,
            ("Thanksgiving", Nth(11, Weekday::Thursday, 4)),
            CHRISTMAS,
        ],
    ),
    (
        "GB",
        &[
            NEW_YEAR,
            VALENTINE,
            ("Mothering Sunday", AfterEaster(-21)),
            EASTER,
            ("Father's Day", Nth(6, Weekday::Sunday, 3)),
            HALLOWEEN,
            ("Bonfire Night", On(11, 5)),
            BLACK_FRIDAY,
            CHRISTMAS,
        ],
    ),
];

/// The countries that have lists of their own.
pub fn countries() -> impl Iterator<Item = &'static str> {
    COUNTRIES.iter().map(|(code, _)| *code).filter(|code| !code.is_empty())
}

/// The holidays of a country by its code; `None` if it has no list. An empty code gives those that
/// are kept nearly everywhere.
pub fn of_country(code: &str) -> Option<Vec<Holiday>> {
    let (_, list) = COUNTRIES.iter().find(|(known, _)| known.eq_ignore_ascii_case(code))?;
    Some(list.iter().map(|&(name, when)| Holiday { name: name.to_owned(), when }).collect())
}

impl Holiday {
    /// A holiday of the user's own, the same day every year; `None` if there is no such day.
    pub fn on(name: &str, month: i8, day: i8) -> Option<Holiday> {
        // A leap year has every day that some year has.
        Date::new(2024, month, day).ok()?;
        Some(Holiday { name: name.to_owned(), when: On(month, day) })
    }

    /// The day it falls on in a year; `None` where the year has no such day, as 29 February.
    pub fn in_year(&self, year: i16) -> Option<Day> {
        let date = match self.when {
            On(month, day) => Date::new(year, month, day).ok()?,
            AfterEaster(days) => return Some(easter(year)?.plus(days)),
            AfterOrthodoxEaster(days) => return Some(orthodox_easter(year)?.plus(days)),
            Nth(month, weekday, nth) => {
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?
            }
            BlackFriday => {
                let november = Date::new(year, 11, 1).ok()?;
                november.nth_weekday_of_month(4, Weekday::Thursday).ok()?.tomorrow().ok()?
            }
        };
        Some(Day::from_date(date))
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Day> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let (month, day) = ((h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    Date::new(year, month as i8, day as i8).ok().map(Day::from_date)
}

/// Easter Sunday of the Julian calendar (Meeus), as a Gregorian day.
fn orthodox_easter(year: i16) -> Option<Day> {
    let y = i32::from(year);
    let (a, b, c) = (y % 4, y % 7, y % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let (month, day) = ((d + e + 114) / 31, (d + e + 114) % 31 + 1);
    // By so many days the Julian calendar is behind.
    let behind = y / 100 - y / 400 - 2;
    let julian = Date::new(year, month as i8, day as i8).ok()?;
    Some(Day::from_date(julian).plus(behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(country: &str, name: &str, year: i16) -> String {
        let holidays = of_country(country).unwrap();
        let holiday = holidays.iter().find(|holiday| holiday.name == name).unwrap();
        holiday.in_year(year).unwrap().to_string()
    }

    #[test]
    fn holidays_fall_where_calendars_say() {
        for (year, western, orthodox) in [
            (1997, "1997-03-30", "1997-04-27"),
            (2000, "2000-04-23", "2000-04-30"),
            (2024, "2024-03-31", "2024-05-05"),
            (2025, "2025-04-20", "2025-04-20"),
            (2026, "2026-04-05", "2026-04-12"),
            (2038, "2038-04-25", "2038-04-25"),
        ] {
            assert_eq!(day_of("LV", "Easter", year), western);
            assert_eq!(day_of("RU", "Easter", year), orthodox);
        }
        assert_eq!(day_of("US", "Thanksgiving", 2026), "2026-11-26");
        assert_eq!(day_of("LV", "Black Friday", 2026), "2026-11-27");
        // November that begins with a Friday: the day after the fourth Thursday is the fifth Friday.
        assert_eq!(day_of("", "Black Friday", 2019), "2019-11-29");
        assert_eq!(day_of("GB", "Mothering Sunday", 2026), "2026-03-15");
        assert_eq!(day_of("ES", "Mother's Day", 2026), "2026-05-03");
    }

    #[test]
    fn every_country_has_holidays_of_different_names() {
        for code in countries().chain([""]) {
            let holidays = of_country(code).unwrap();
            let mut names: Vec<_> = holidays.iter().map(|holiday| &holiday.name).collect();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), holidays.len(), "{code}");
        }
        assert_eq!(of_country("XX"), None);
        assert_eq!(of_country("lv"), of_country("LV"));
    }

    #[test]
    fn own_holidays_are_days_that_exist() {
        assert_eq!(
            Holiday::on("shop's birthday", 5, 20).unwrap().in_year(2026).unwrap().to_string(),
            "2026-05-20"
        );
        assert!(Holiday::on("never", 2, 30).is_none());
        assert_eq!(Holiday::on("leap", 2, 29).unwrap().in_year(2025), None);
    }
}
