//! Dates in every form people and programs write them.

use super::*;
use crate::import::cells::language::Language;
use jiff::civil::DateTime;
use proptest::prelude::*;

const DAY_FIRST: DateForm = DateForm { order: DateOrder::DayFirst, kind: DateKind::Text };
const MONTH_FIRST: DateForm = DateForm { order: DateOrder::MonthFirst, kind: DateKind::Text };
const YEAR_FIRST: DateForm = DateForm { order: DateOrder::YearFirst, kind: DateKind::Text };

fn counted(kind: DateKind) -> DateForm {
    DateForm { order: DateOrder::YearFirst, kind }
}

fn riga() -> Zone {
    Zone::get("Europe/Riga").unwrap()
}

/// Local time in Riga, as `2026-11-22T13:32:57`, or the day alone.
fn read(cell: &str, form: &DateForm) -> Result<String, CellError> {
    let moment = parse_moment(cell, form, &riga())?;
    let at = jiff::Timestamp::from_microsecond(moment.at).unwrap();
    let local = jiff::tz::TimeZone::get("Europe/Riga").unwrap().to_datetime(at);
    assert_eq!(Day::from_date(local.date()), moment.day, "{cell}");
    Ok(if moment.has_time { local.to_string() } else { local.date().to_string() })
}

#[test]
fn cells_that_are_read() {
    for (cell, form, want) in [
        ("2010-12-01 08:26:00", YEAR_FIRST, "2010-12-01T08:26:00"),
        ("2010-12-01 8:26", YEAR_FIRST, "2010-12-01T08:26:00"),
        ("2010-12-01", DAY_FIRST, "2010-12-01"),
        ("2010/12/01", DAY_FIRST, "2010-12-01"),
        ("2026-11-22T13:32:57", MONTH_FIRST, "2026-11-22T13:32:57"),
        ("2026-11-22T11:32:57Z", YEAR_FIRST, "2026-11-22T13:32:57"),
        ("2026-11-22t11:32:57.25z", YEAR_FIRST, "2026-11-22T13:32:57.25"),
        ("2026-11-22 11:32:57 UTC", YEAR_FIRST, "2026-11-22T13:32:57"),
        ("2026-11-22 14:32:57 +0300", YEAR_FIRST, "2026-11-22T13:32:57"),
        ("2026-11-22 06:32:57 -0500", YEAR_FIRST, "2026-11-22T13:32:57"),
        ("2026-11-22T06:32:57-05:00[America/New_York]", YEAR_FIRST, "2026-11-22T13:32:57"),
        ("2026-11-22T14:32:57+03", YEAR_FIRST, "2026-11-22T13:32:57"),
        ("2026-11-22 13:32:57.123", YEAR_FIRST, "2026-11-22T13:32:57.123"),
        ("2026-11-22 13:32:57,123456789", YEAR_FIRST, "2026-11-22T13:32:57.123456"),
        ("2026.11.22.", YEAR_FIRST, "2026-11-22"),
        ("2026.11.22. 13:32", YEAR_FIRST, "2026-11-22T13:32:00"),
        ("20261122", YEAR_FIRST, "2026-11-22"),
        ("20261122T133257", YEAR_FIRST, "2026-11-22T13:32:57"),
        ("20261122T1132Z", YEAR_FIRST, "2026-11-22T13:32:00"),
        ("20261122133257", YEAR_FIRST, "2026-11-22T13:32:57"),
        ("20261122 13:32", YEAR_FIRST, "2026-11-22T13:32:00"),
        ("22.11.2026", DAY_FIRST, "2026-11-22"),
        ("22.11.2026 13:32:57", DAY_FIRST, "2026-11-22T13:32:57"),
        ("01.12.2010 8:26", DAY_FIRST, "2010-12-01T08:26:00"),
        ("1.2.2010", DAY_FIRST, "2010-02-01"),
        ("22/11/2026", DAY_FIRST, "2026-11-22"),
        ("22/11/2026 13:32:57", DAY_FIRST, "2026-11-22T13:32:57"),
        ("22-11-2026", DAY_FIRST, "2026-11-22"),
        ("22.11.26", DAY_FIRST, "2026-11-22"),
        ("3/4/99", DAY_FIRST, "1999-04-03"),
        ("13:32 22.11.2026", DAY_FIRST, "2026-11-22T13:32:00"),
        ("11/22/2026 13:32", MONTH_FIRST, "2026-11-22T13:32:00"),
        ("11/22/26", MONTH_FIRST, "2026-11-22"),
        ("1/2/2026", MONTH_FIRST, "2026-01-02"),
        ("11/22/2026 1:32 PM", MONTH_FIRST, "2026-11-22T13:32:00"),
        ("11/22/26, 1:32\u{202F}PM", MONTH_FIRST, "2026-11-22T13:32:00"),
        ("11/22/2026 12:05 a.m.", MONTH_FIRST, "2026-11-22T00:05:00"),
        ("11/22/2026 12:05 p. m.", MONTH_FIRST, "2026-11-22T12:05:00"),
        ("Nov 22, 2026 01:32:57 PM", YEAR_FIRST, "2026-11-22T13:32:57"),
        ("November 22nd, 2026 at 1:32 pm", YEAR_FIRST, "2026-11-22T13:32:00"),
        ("Sun, 22 Nov 2026 11:32:57 GMT", YEAR_FIRST, "2026-11-22T13:32:57"),
        ("Sun Nov 22 2026 14:32:57 GMT+0300", YEAR_FIRST, "2026-11-22T13:32:57"),
        ("22-Nov-26", YEAR_FIRST, "2026-11-22"),
        ("22 ноября 2026 г.", YEAR_FIRST, "2026-11-22"),
        ("22 НОЯБРЯ 2026 года в 13:32", YEAR_FIRST, "2026-11-22T13:32:00"),
        ("вс, 22 нояб. 2026", YEAR_FIRST, "2026-11-22"),
        ("5 de març de 2026", YEAR_FIRST, "2026-03-05"),
        ("5 d’abril del 2026 a les 8:26", YEAR_FIRST, "2026-04-05T08:26:00"),
        ("5 de septiembre de 2026", YEAR_FIRST, "2026-09-05"),
        ("2026. gada 22. novembris", YEAR_FIRST, "2026-11-22"),
        ("2026. gada 5. jūlijā plkst. 8:26", YEAR_FIRST, "2026-07-05T08:26:00"),
        (" 22.11.2026 ", DAY_FIRST, "2026-11-22"),
        ("\u{FEFF}2026-11-22", DAY_FIRST, "2026-11-22"),
        ("2026-11-22 23:59:60", YEAR_FIRST, "2026-11-22T23:59:59"),
        ("2024-02-29", YEAR_FIRST, "2024-02-29"),
        // The year-first order says nothing of the others, but these settle themselves.
        ("22/11/2026", YEAR_FIRST, "2026-11-22"),
        ("11/22/2026", YEAR_FIRST, "2026-11-22"),
        ("5/5/2026", YEAR_FIRST, "2026-05-05"),
        ("26-11-22", YEAR_FIRST, "2026-11-22"),
    ] {
        assert_eq!(read(cell, &form).as_deref(), Ok(want), "{cell:?} in {form:?}");
    }
}

#[test]
fn counted_moments_that_are_read() {
    for (cell, form, want) in [
        ("1800000000", counted(DateKind::UnixSeconds), "2027-01-15T10:00:00"),
        ("1800000000.5", counted(DateKind::UnixSeconds), "2027-01-15T10:00:00.5"),
        ("1800000000123", counted(DateKind::UnixMillis), "2027-01-15T10:00:00.123"),
        ("1800000000123456", counted(DateKind::UnixMicros), "2027-01-15T10:00:00.123456"),
        ("45000", counted(DateKind::ExcelSerial), "2023-03-15"),
        ("45000.5", counted(DateKind::ExcelSerial), "2023-03-15T12:00:00"),
        ("45000,75", counted(DateKind::ExcelSerial), "2023-03-15T18:00:00"),
        ("44562.3472222222", counted(DateKind::ExcelSerial), "2022-01-01T08:20:00"),
        ("44561.999999999999", counted(DateKind::ExcelSerial), "2022-01-01T00:00:00"),
    ] {
        assert_eq!(read(cell, &form).as_deref(), Ok(want), "{cell:?} in {form:?}");
    }
}

#[test]
fn cells_that_are_refused() {
    let serial = counted(DateKind::ExcelSerial);
    let unix = counted(DateKind::UnixSeconds);
    for (cell, form, code) in [
        ("", DAY_FIRST, codes::DATE),
        ("soon", DAY_FIRST, codes::DATE),
        ("30.02.2026", DAY_FIRST, codes::DATE),
        ("2026-02-30", DAY_FIRST, codes::DATE),
        ("2023-02-29", DAY_FIRST, codes::DATE),
        ("2026-13-01", DAY_FIRST, codes::DATE),
        ("2026-22-11", DAY_FIRST, codes::DATE),
        ("00.11.2026", DAY_FIRST, codes::DATE),
        ("31 April 2026", DAY_FIRST, codes::DATE),
        ("11/22/2026", DAY_FIRST, codes::DATE),
        ("22/11/2026", MONTH_FIRST, codes::DATE),
        ("03/04/2026", YEAR_FIRST, codes::DATE),
        ("26/11/22", YEAR_FIRST, codes::DATE),
        ("22112026", DAY_FIRST, codes::DATE),
        ("45000", DAY_FIRST, codes::DATE),
        ("1800000000", DAY_FIRST, codes::DATE),
        ("22.11", DAY_FIRST, codes::DATE),
        ("November 2026", DAY_FIRST, codes::DATE),
        ("8:26", DAY_FIRST, codes::DATE),
        ("22.11.2026 24:00", DAY_FIRST, codes::DATE),
        ("22.11.2026 8:60", DAY_FIRST, codes::DATE),
        ("22.11.2026 13:00 am", DAY_FIRST, codes::DATE),
        ("22.11.2026 10:00-12:00", DAY_FIRST, codes::DATE),
        ("2026-11-22 10:00 MSK", DAY_FIRST, codes::DATE),
        ("2026-11-22 10:00 +25:00", DAY_FIRST, codes::DATE),
        ("22.11.226", DAY_FIRST, codes::DATE),
        ("1.2.3.4", DAY_FIRST, codes::DATE),
        ("+7 912 345", DAY_FIRST, codes::DATE),
        ("22.11.2026", unix, codes::DATE),
        ("soon", serial, codes::DATE),
        ("99999999999999999999", unix, codes::DATE),
        ("99999999999999999999", serial, codes::DATE),
        ("9999999", serial, codes::DATE),
        ("01.01.1900", DAY_FIRST, codes::OLD_DATE),
        ("1900-01-01", DAY_FIRST, codes::OLD_DATE),
        ("0000-00-00", YEAR_FIRST, codes::OLD_DATE),
        ("0000-00-00 00:00:00", YEAR_FIRST, codes::OLD_DATE),
        ("01.01.0001", DAY_FIRST, codes::OLD_DATE),
        ("31.12.1989 23:59", DAY_FIRST, codes::OLD_DATE),
        ("01.01.70", DAY_FIRST, codes::OLD_DATE),
        ("0", unix, codes::OLD_DATE),
        ("1", serial, codes::OLD_DATE),
    ] {
        let error = parse_moment(cell, &form, &riga()).unwrap_err();
        assert_eq!(error.code, code, "{cell:?} in {form:?}: {error}");
        assert!(!error.suggestion.is_empty());
    }
    let error = parse_moment("30.02.2026", &DAY_FIRST, &riga()).unwrap_err();
    assert_eq!(error.suggestion, "correct the day: 2026-02 has days 1 to 28");
}

#[test]
fn skipped_and_repeated_hours() {
    let read = |cell| parse_moment(cell, &DAY_FIRST, &riga()).unwrap();
    let skipped = read("29.03.2026 03:30");
    assert!(skipped.shifted);
    assert_eq!(skipped.at, read("29.03.2026 04:30").at);
    let twice = read("25.10.2026 03:30");
    assert_eq!(twice.at, read("2026-10-25T00:30Z").at);
    assert!(!twice.shifted);
    // An offset in the cell leaves nothing to move.
    assert!(!read("2026-03-29T03:30:00+02:00").shifted);
}

#[test]
fn an_offset_may_change_the_day() {
    let moment = parse_moment("2026-11-22T23:30:00Z", &YEAR_FIRST, &riga()).unwrap();
    assert_eq!(moment.day.to_string(), "2026-11-23");
}

#[test]
fn birthdays() {
    for (cell, want) in [("31.12.1961", "1961-12-31"), ("1 мая 1945 г.", "1945-05-01")] {
        assert_eq!(parse_date(cell, &DAY_FIRST).unwrap().to_string(), want);
    }
    assert_eq!(parse_date("00.00.0000", &DAY_FIRST).unwrap_err().code, codes::OLD_DATE);
    assert_eq!(parse_date("31.11.1961", &DAY_FIRST).unwrap_err().code, codes::DATE);
}

fn guess(cells: &[&str], language: Option<Language>) -> DateGuess {
    let mut evidence = DateEvidence::new();
    cells.iter().for_each(|cell| evidence.see(cell));
    evidence.finish(language)
}

#[test]
fn what_columns_prove() {
    let ambiguous = |example: &str| DateGuess::Ambiguous { example: example.to_owned() };
    let not_dates = |example: &str| DateGuess::NotDates { example: example.to_owned() };
    let kind = |kind| DateGuess::Sure(counted(kind));
    let (en, ru) = (Some(Language::En), Some(Language::Ru));
    for (cells, language, want) in [
        (&["03/04/2024", "22/11/2026"][..], en, DateGuess::Sure(DAY_FIRST)),
        (&["03/04/2024", "11/22/2026"], ru, DateGuess::Sure(MONTH_FIRST)),
        (&["03/04/2024"], ru, DateGuess::Assumed(DAY_FIRST)),
        (&["03/04/2024"], Some(Language::Ca), DateGuess::Assumed(DAY_FIRST)),
        (&["03/04/2024"], Some(Language::Es), DateGuess::Assumed(DAY_FIRST)),
        (&["03/04/2024"], Some(Language::Lv), DateGuess::Assumed(DAY_FIRST)),
        (&["03/04/2024", "2024-04-03"], en, ambiguous("03/04/2024")),
        (&["3/4/24", "12/11/2024"], None, ambiguous("3/4/24")),
        (&["05/05/2024"], en, DateGuess::Assumed(YEAR_FIRST)),
        (&["05/05/2024"], ru, DateGuess::Assumed(DAY_FIRST)),
        (&["2024-04-03", "22 ноября 2026 г."], en, DateGuess::Sure(YEAR_FIRST)),
        (&["20261122", "20240403"], en, DateGuess::Sure(YEAR_FIRST)),
        (&["20261122", "20269999"], en, DateGuess::Sure(YEAR_FIRST)),
        (&["20269999", "12345678"], en, not_dates("12345678")),
        (&["22/11/2026", "11/22/2026"], en, ambiguous("22/11/2026 · 11/22/2026")),
        (&["26-11-22"], ru, DateGuess::Assumed(DAY_FIRST)),
        (&["26-11-22"], en, ambiguous("26-11-22")),
        (&["26-11-22", "87-01-02"], en, DateGuess::Sure(YEAR_FIRST)),
        (&["11-22-26"], en, DateGuess::Sure(MONTH_FIRST)),
        (&["22.11.26"], en, DateGuess::Sure(DAY_FIRST)),
        (&["45000", "45001.5"], en, kind(DateKind::ExcelSerial)),
        (&["45000", "45001.5", "Итого"], en, kind(DateKind::ExcelSerial)),
        (&["45000", "22.11.2026"], en, DateGuess::Sure(DAY_FIRST)),
        (&["45000", "300"], en, not_dates("300")),
        (&["1800000000", "1700000000", "0"], en, kind(DateKind::UnixSeconds)),
        (&["1800000000123"], en, kind(DateKind::UnixMillis)),
        (&["1800000000123456"], en, kind(DateKind::UnixMicros)),
        (&["1800000000", "1800000000123"], en, not_dates("1800000000")),
        (&["2026-11-22", "не закрыта", "Total"], en, DateGuess::Sure(YEAR_FIRST)),
        (&["Riga", "Ogre", "2026-11-22"], en, not_dates("Ogre")),
        (&["12.50", "7"], en, not_dates("7")),
        (&["0000-00-00", "2026-11-22"], en, DateGuess::Sure(YEAR_FIRST)),
        (&["01.01.1900", "22.11.2026"], en, DateGuess::Sure(DAY_FIRST)),
        (&[], ru, DateGuess::Assumed(DAY_FIRST)),
        (&["", "NULL"], en, DateGuess::Assumed(YEAR_FIRST)),
    ] {
        assert_eq!(guess(cells, language), want, "{cells:?} in {language:?}");
    }
}

#[test]
fn few_mistakes_do_not_change_a_column() {
    let mut cells = vec!["22/11/2026"; 9];
    cells.push("11/22/2026");
    assert_eq!(guess(&cells, None), DateGuess::Sure(DAY_FIRST));
    cells.truncate(5);
    cells.push("11/22/2026");
    assert!(matches!(guess(&cells, None), DateGuess::Ambiguous { .. }));
}

/// Layouts in jiff's notation, the form they are read in, and whether they tell seconds.
const LAYOUTS: &[(&str, DateForm, u32)] = &[
    ("%Y-%m-%d %H:%M:%S", YEAR_FIRST, 1),
    ("%Y-%m-%dT%H:%M:%S", DAY_FIRST, 1),
    ("%Y-%m-%dT%H:%M:%S%.6f", DAY_FIRST, 1),
    ("%Y-%m-%d %H:%M", MONTH_FIRST, 60),
    ("%Y-%m-%d", MONTH_FIRST, 86_400),
    ("%Y.%m.%d.", DAY_FIRST, 86_400),
    ("%Y/%m/%d %H:%M:%S", YEAR_FIRST, 1),
    ("%Y%m%d", YEAR_FIRST, 86_400),
    ("%Y%m%d%H%M%S", YEAR_FIRST, 1),
    ("%Y%m%dT%H%M%S", YEAR_FIRST, 1),
    ("%d.%m.%Y %H:%M:%S", DAY_FIRST, 1),
    ("%d.%m.%Y", DAY_FIRST, 86_400),
    ("%-d.%-m.%Y %-H:%M", DAY_FIRST, 60),
    ("%d/%m/%Y %H:%M:%S", DAY_FIRST, 1),
    ("%d-%m-%Y", DAY_FIRST, 86_400),
    ("%d.%m.%y", DAY_FIRST, 86_400),
    ("%m/%d/%Y %H:%M", MONTH_FIRST, 60),
    ("%m/%d/%Y", MONTH_FIRST, 86_400),
    ("%m/%d/%y", MONTH_FIRST, 86_400),
    ("%-m/%-d/%Y %-I:%M:%S %p", MONTH_FIRST, 1),
    ("%b %e, %Y %I:%M:%S %p", YEAR_FIRST, 1),
    ("%a, %d %b %Y %H:%M:%S", DAY_FIRST, 1),
    ("%d-%b-%Y", DAY_FIRST, 86_400),
    ("%A, %B %d, %Y at %I:%M %p", YEAR_FIRST, 60),
    ("%s", DateForm { order: DateOrder::YearFirst, kind: DateKind::UnixSeconds }, 1),
];

proptest! {
    #[test]
    fn any_moment_comes_back(seconds in 1_000_000_000i64..3_000_000_000) {
        let zone = riga();
        for &(layout, form, unit) in LAYOUTS {
            let cut = seconds - seconds.rem_euclid(i64::from(unit));
            let zoned = jiff::Timestamp::from_second(cut).unwrap().to_zoned(jiff::tz::TimeZone::UTC);
            let civil: DateTime = zoned.datetime();
            let text = if layout == "%s" { cut.to_string() } else { civil.strftime(layout).to_string() };
            let found = parse_moment(&text, &form, &zone);
            let want = if layout == "%s" {
                let at = cut * SECOND_MICROS;
                Moment { at, day: zone.day_of(at), has_time: true, shifted: false }
            } else {
                let moment = zone.moment(civil);
                let has_time = unit < 86_400;
                Moment { has_time, shifted: moment.shifted && has_time, ..moment }
            };
            prop_assert_eq!(found, Ok(want), "{}", text);
            let offset = format!("{} +05:45", civil.strftime("%Y-%m-%d %H:%M:%S"));
            let at = (cut - (5 * 60 + 45) * 60) * SECOND_MICROS;
            prop_assert_eq!(parse_moment(&offset, &form, &zone).map(|moment| moment.at).ok(),
                (form.kind == DateKind::Text).then_some(at));
        }
    }

    #[test]
    fn a_column_reads_as_it_was_written(days in prop::collection::vec(10_000i32..20_000, 1..30)) {
        let layouts = [("%d.%m.%Y", Language::Ru), ("%m/%d/%Y", Language::En), ("%Y%m%d", Language::Lv)];
        for (layout, language) in layouts {
            let cells: Vec<String> =
                days.iter().map(|&day| Day(day).date().strftime(layout).to_string()).collect();
            let mut evidence = DateEvidence::new();
            cells.iter().for_each(|cell| evidence.see(cell));
            let form = match evidence.finish(Some(language)) {
                DateGuess::Sure(form) | DateGuess::Assumed(form) => form,
                DateGuess::Ambiguous { .. } => continue,
                DateGuess::NotDates { example } => panic!("{example}"),
            };
            for (cell, &day) in cells.iter().zip(&days) {
                prop_assert_eq!(parse_moment(cell, &form, &riga()).map(|moment| moment.day), Ok(Day(day)));
            }
        }
    }

    #[test]
    fn quick_and_slow_agree(
        date in "[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}",
        time in "([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?",
    ) {
        let cell = date + &time;
        for order in [DateOrder::YearFirst, DateOrder::DayFirst, DateOrder::MonthFirst] {
            if let Some(quick) = quick::local(cell.as_bytes(), order) {
                prop_assert_eq!(local(&cell, order, FIRST_YEAR), Ok(quick));
            }
        }
    }

    #[test]
    fn nothing_panics(cell in "\\PC*", marks in "([0-9]{1,17}|[-+.,:/ TZ'\\[\\]]|am|pm|GMT|ноя|de|a){0,9}") {
        for cell in [&cell, &marks] {
            for form in [DAY_FIRST, MONTH_FIRST, YEAR_FIRST, counted(DateKind::ExcelSerial),
                counted(DateKind::UnixSeconds), counted(DateKind::UnixMillis),
                counted(DateKind::UnixMicros)] {
                if let Ok(moment) = parse_moment(cell, &form, &riga()) {
                    prop_assert_eq!(moment.day, riga().day_of(moment.at), "{}", cell);
                }
                let _ = parse_date(cell, &form);
            }
            DateEvidence::new().see(cell);
        }
    }

    #[test]
    fn order_does_not_matter(
        cells in prop::collection::vec(
            "[0-3]?[0-9][./-][0-3]?[0-9][./-](20)?[0-9]{2}|[0-9]{5}|20[0-9]{6}|0|[a-z]{2}", 0..30),
        cut in 0usize..30,
    ) {
        let see = |cells: &[String]| {
            let mut evidence = DateEvidence::new();
            cells.iter().for_each(|cell| evidence.see(cell));
            evidence
        };
        let forward = see(&cells);
        let mut backward = cells.clone();
        backward.reverse();
        prop_assert_eq!(&see(&backward), &forward);
        let (left, right) = cells.split_at(cut.min(cells.len()));
        let mut merged = see(right);
        merged.merge(&see(left));
        prop_assert_eq!(&merged, &forward);
    }
}
