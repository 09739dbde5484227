//! Reads the text of settings into values, with an error that says what would do.

use super::contract::{About, SettingError, Settings};
use crate::import::names::did_you_mean;
use model::money::{Money, SCALE};
use std::ops::RangeInclusive;

/// The settings of one segmentation while they are read.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    about: &'static About,
    settings: &'a Settings,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(about: &'static About, settings: &'a Settings) -> Reader<'a> {
        Reader { about, settings }
    }

    pub(crate) fn text(self, name: &str) -> &'a str {
        self.settings.text(name)
    }

    /// The error that a setting cannot be used for this reason.
    pub(crate) fn refuse(self, name: &str, reason: impl Into<String>) -> SettingError {
        SettingError {
            segmentation: self.about.name,
            setting: name.to_owned(),
            value: self.text(name).to_owned(),
            reason: reason.into(),
        }
    }

    /// One of a few words.
    pub(crate) fn choice<T: Copy>(self, name: &str, options: &[(&str, T)]) -> Result<T, SettingError> {
        let found = options.iter().find(|(word, _)| word.eq_ignore_ascii_case(self.text(name)));
        found.map(|&(_, value)| value).ok_or_else(|| {
            let words: Vec<&str> = options.iter().map(|&(word, _)| word).collect();
            let near = did_you_mean(self.text(name), words.iter().copied());
            self.refuse(name, format!("must be one of {}{near}", words.join(", ")))
        })
    }

    /// A whole number in a range.
    pub(crate) fn whole(self, name: &str, range: RangeInclusive<u32>) -> Result<u32, SettingError> {
        let number = self.text(name).parse().ok().filter(|number| range.contains(number));
        number.ok_or_else(|| {
            self.refuse(name, format!("must be a whole number from {} to {}", range.start(), range.end()))
        })
    }

    /// Two decimals in 1/10 000, the first smaller than the second, separated by a comma.
    pub(crate) fn rising_pair(self, name: &str) -> Result<[i64; 2], SettingError> {
        let pair = decimals(self.text(name)).filter(|list| list.len() == 2 && list[0] < list[1]);
        pair.map(|list| [list[0], list[1]])
            .ok_or_else(|| self.refuse(name, "must be two rising numbers such as `10, 100`"))
    }

    /// A decimal above zero in 1/10 000, at most `max` units.
    pub(crate) fn decimal(self, name: &str, max: i64) -> Result<i64, SettingError> {
        let value = decimal(self.text(name)).filter(|&value| value > 0 && value <= max * SCALE);
        value.ok_or_else(|| self.refuse(name, format!("must be a number above 0, at most {max}")))
    }
}

/// A plain decimal that is not negative, in 1/10 000: `12`, `0.5`, `1000.25`.
pub(crate) fn decimal(text: &str) -> Option<i64> {
    Money::parse(text).map(|sum| sum.0)
}

/// Decimals separated by commas; `None` if one of them is none.
pub(crate) fn decimals(text: &str) -> Option<Vec<i64>> {
    text.split(',').map(decimal).collect()
}

/// A time such as `3 hours`, `30 days`, `6 months` in days, at least one: facts are kept by days.
pub(crate) fn duration_days(text: &str) -> Option<i32> {
    let (number, unit) = text.trim().split_once(' ')?;
    let number: i32 = number.parse().ok().filter(|number| (1..=100_000).contains(number))?;
    let days = match unit.trim().trim_end_matches('s') {
        "hour" => 1 + (number - 1) / 24,
        "day" => number,
        "week" => number * 7,
        "month" => (f64::from(number) * MONTH_DAYS).round() as i32,
        "year" => (f64::from(number) * MONTH_DAYS * 12.0).round() as i32,
        _ => return None,
    };
    Some(days)
}

/// Days of a month, on average.
const MONTH_DAYS: f64 = 30.4375;

/// A whole number and its noun: `1 order`, `3 orders`.
pub(crate) fn counted(count: i64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_days() {
        for (text, days) in [
            ("1 hour", 1),
            ("24 hours", 1),
            ("25 hours", 2),
            ("60 days", 60),
            ("2 weeks", 14),
            ("6 months", 183),
            ("1 year", 365),
        ] {
            assert_eq!(duration_days(text), Some(days), "{text}");
        }
        for text in ["", "days", "0 days", "-1 days", "3 moons", "3"] {
            assert_eq!(duration_days(text), None, "{text}");
        }
    }

    #[test]
    fn decimals_are_exact() {
        assert_eq!(decimal("12"), Some(120_000));
        assert_eq!(decimal(" 0.05 "), Some(500));
        assert_eq!(decimal("1000.2501"), Some(10_002_501));
        for bad in ["", "-1", "1e3", "1.23456", ".", "1,5", "99999999999999999999", "+1"] {
            assert_eq!(decimal(bad), None, "{bad}");
        }
        assert_eq!(decimals("10, 25"), Some(vec![100_000, 250_000]));
        assert_eq!(decimals("10,"), None);
    }
}
