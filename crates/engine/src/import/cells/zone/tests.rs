//! The table against the tz database itself.

use super::*;
use proptest::prelude::*;

fn local(text: &str) -> DateTime {
    text.parse().unwrap()
}

fn instant(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().as_microsecond()
}

fn day(text: &str) -> Day {
    Day::from_date(text.parse().unwrap())
}

#[test]
fn moments_of_local_times() {
    for (zone, time, at, shifted) in [
        ("Europe/Riga", "2026-11-22T08:26", "2026-11-22T06:26Z", false),
        ("Europe/Riga", "2026-07-01T00:00", "2026-06-30T21:00Z", false),
        // Clocks go forward at 03:00 and back at 04:00.
        ("Europe/Riga", "2026-03-29T02:59:59", "2026-03-29T00:59:59Z", false),
        ("Europe/Riga", "2026-03-29T03:00", "2026-03-29T01:00Z", true),
        ("Europe/Riga", "2026-03-29T03:30", "2026-03-29T01:30Z", true),
        ("Europe/Riga", "2026-03-29T04:00", "2026-03-29T01:00Z", false),
        ("Europe/Riga", "2026-10-25T02:59", "2026-10-24T23:59Z", false),
        ("Europe/Riga", "2026-10-25T03:30", "2026-10-25T00:30Z", false),
        ("Europe/Riga", "2026-10-25T04:00", "2026-10-25T02:00Z", false),
        ("America/New_York", "2026-03-08T02:30", "2026-03-08T07:30Z", true),
        ("Europe/Moscow", "2012-06-01T12:00", "2012-06-01T08:00Z", false),
        ("Asia/Kathmandu", "2026-01-01T05:45", "2026-01-01T00:00Z", false),
        ("+03:00", "2026-01-01T03:00", "2026-01-01T00:00Z", false),
        ("UTC-5", "2026-01-01T03:00", "2026-01-01T08:00Z", false),
        ("Pacific Time (US & Canada)", "2026-01-01T00:00", "2026-01-01T08:00Z", false),
        ("UTC", "1955-01-01T00:00", "1955-01-01T00:00Z", false),
        ("Europe/Riga", "2150-07-01T12:00", "2150-07-01T09:00Z", false),
    ] {
        let moment = Zone::get(zone).unwrap().moment(local(time));
        assert_eq!((moment.at, moment.shifted), (instant(at), shifted), "{zone} {time}");
        assert_eq!(moment.day, day(&time[..10]));
        assert!(moment.has_time);
    }
}

#[test]
fn days_that_begin_late_or_never() {
    // Midnight did not exist in Beirut on this day, the day did.
    let moment = Zone::get("Asia/Beirut").unwrap().place(day("2022-03-27").0, None);
    assert_eq!(
        (moment.at, moment.day, moment.shifted),
        (instant("2022-03-26T22:00Z"), day("2022-03-27"), false)
    );
    // Samoa went over the date line and skipped this day.
    let moment = Zone::get("Pacific/Apia").unwrap().place(day("2011-12-30").0, None);
    assert_eq!((moment.day, moment.shifted), (day("2011-12-31"), true));
}

#[test]
fn names() {
    assert_eq!(Zone::get("Europe/Riga").unwrap().name(), "Europe/Riga");
    assert_eq!(Zone::get("europe/riga").unwrap().name(), "Europe/Riga");
    assert_eq!(Zone::get("(GMT+03:00) Moscow").unwrap().name(), "Europe/Moscow");
    assert_eq!(Zone::utc().name(), "UTC");
    for name in ["", "Mars/Base", "+25:00", "UTC+", "+3:7"] {
        assert_eq!(Zone::get(name).unwrap_err().code, codes::ZONE, "{name:?}");
    }
    for (alias, iana) in [
        ("Pacific Time (US & Canada)", Some("America/Los_Angeles")),
        ("(GMT-08:00) Pacific Time (US & Canada)", Some("America/Los_Angeles")),
        ("St. Petersburg", Some("Europe/Moscow")),
        ("(GMT+02:00) Riga", Some("Europe/Riga")),
        ("Atlantis", None),
        ("(GMT", None),
    ] {
        assert_eq!(zone_alias(alias), iana);
    }
}

/// Compares the table with the database at an instant and at a local time.
fn agree(zone: &Zone, micros: i64) {
    let at = Timestamp::from_microsecond(micros).unwrap();
    let rules = &zone.0.zone;
    let shown = rules.to_datetime(at);
    assert_eq!(zone.day_of(micros), Day::from_date(shown.date()), "{} {at}", zone.name());
    let civil = TimeZone::UTC.to_datetime(at);
    let truth = rules.to_ambiguous_timestamp(civil);
    let skipped = matches!(truth.offset(), AmbiguousOffset::Gap { .. });
    let want = truth.compatible().unwrap().as_microsecond();
    let found = zone.moment(civil);
    assert_eq!((found.at, found.shifted), (want, skipped), "{} {civil}", zone.name());
    assert_eq!(found.day, zone.day_of(want), "{} {civil}", zone.name());
}

#[test]
fn every_zone_agrees_around_its_changes() {
    let steps = [-86_400, -7_201, -3_600, -1_800, -1, 0, 1, 1_799, 3_599, 3_600, 7_200, 86_399];
    let (mut zones, mut changes) = (0, 0);
    for name in TZDB.available() {
        let zone = Zone::get(name.as_str()).unwrap();
        // Many names are links to few sets of rules: a sample of years is enough for each.
        let years = [1970, 1985, 1999, 2011, 2026, 2098];
        let from =
            |year: i16| Timestamp::from_second(i64::from(day_number(year.into(), 1, 1)) * 86_400).unwrap();
        for year in years {
            let rules = zone.0.zone.clone();
            for change in rules.following(from(year)).take_while(|change| change.timestamp() < from(year + 2))
            {
                let at = change.timestamp().as_microsecond();
                let offset = i64::from(change.offset().seconds());
                for step in steps {
                    agree(&zone, at + step * SECOND_MICROS);
                    agree(&zone, at + (offset + step) * SECOND_MICROS);
                }
                changes += 1;
            }
        }
        zones += 1;
    }
    assert!(zones > 400 && changes > 1_000, "{zones} zones, {changes} changes");
}

#[test]
fn four_zones_agree_all_the_time() {
    /// Six hours and a bit, so that every hour of the day comes by.
    const STEP: i64 = 22_447 * SECOND_MICROS;
    for name in ["Europe/Riga", "Europe/Moscow", "America/New_York", "Asia/Kathmandu"] {
        let zone = Zone::get(name).unwrap();
        let mut at = -SECOND_MICROS * 86_400 * 3_000;
        while at < 4_110_000_000 * SECOND_MICROS {
            agree(&zone, at);
            at += STEP;
        }
    }
}

proptest! {
    #[test]
    fn day_numbers(year in -4000i16..9999, month in 1i8..=12, day in 1i8..=28) {
        let date = jiff::civil::date(year, month, day);
        prop_assert_eq!(day_number(year.into(), month as u8, day as u8), Day::from_date(date).0);
    }

    #[test]
    fn any_instant_has_a_day(micros in any::<i64>(), days in -4_371_587i32..=2_932_896) {
        let zone = Zone::get("Europe/Riga").unwrap();
        zone.day_of(micros);
        zone.place(days, Some(0));
    }
}
