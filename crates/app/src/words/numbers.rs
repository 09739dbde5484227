//! Numbers, shares and money as each language writes them.
//!
//! Russian and Latvian `1 234,56` with no-break spaces, Catalan `1.234,56`, English `1,234.56`.

use super::language::Language;
use model::money::{Money, SCALE, divide_half_even};

/// Keeps a number and what belongs to it on one line.
pub const NO_BREAK_SPACE: char = '\u{a0}';
/// The sign of negative numbers; a hyphen would be too short.
const MINUS: char = '−';

fn grouping(language: Language) -> char {
    match language {
        Language::En => ',',
        Language::Ca => '.',
        Language::Ru | Language::Lv => NO_BREAK_SPACE,
    }
}

fn decimal_mark(language: Language) -> char {
    if language == Language::En { '.' } else { ',' }
}

/// A whole number with grouped digits.
pub fn whole(language: Language, number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    if number < 0 {
        text.push(MINUS);
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(grouping(language));
        }
        text.push(digit);
    }
    text
}

/// A count with grouped digits.
pub fn count(language: Language, number: u64) -> String {
    whole(language, i64::try_from(number).unwrap_or(i64::MAX))
}

/// A number with a fixed number of decimal places, at most six.
pub fn decimal(language: Language, number: f64, places: u32) -> String {
    let places = places.min(6);
    let scaled = (number * 10f64.powi(places as i32)).round();
    fixed(language, scaled as i128, places)
}

/// `number / 10^places`, every place shown.
fn fixed(language: Language, number: i128, places: u32) -> String {
    let unit = 10i128.pow(places);
    let magnitude = number.abs();
    let units = i64::try_from(magnitude / unit).unwrap_or(i64::MAX);
    let mut text = String::new();
    if number < 0 {
        text.push(MINUS);
    }
    text.push_str(&whole(language, units));
    if places > 0 {
        text.push(decimal_mark(language));
        text.push_str(&format!("{:0width$}", magnitude % unit, width = places as usize));
    }
    text
}

/// A share of one with one decimal place: `12.3%`, `12,3 %`; tiny ones as `<0.1%`.
pub fn percent(language: Language, share: f64) -> String {
    percent_with(language, share, 1)
}

/// A share of one in whole per cent: `12%`, `12 %`; tiny ones as `<1%`.
pub fn percent_whole(language: Language, share: f64) -> String {
    percent_with(language, share, 0)
}

fn percent_with(language: Language, share: f64, places: u32) -> String {
    let smallest = 0.01 / 10f64.powi(places as i32);
    let (below, shown) = if share > 0.0 && share < smallest { ("<", smallest) } else { ("", share) };
    let number = decimal(language, shown * 100.0, places);
    let space = if language == Language::En { String::new() } else { NO_BREAK_SPACE.to_string() };
    format!("{below}{number}{space}%")
}

/// Money with two decimal places and the currency's sign: `£1,234.50`, `1 234,50 £`.
pub fn money(language: Language, sum: Money, currency: &str) -> String {
    let cents = divide_half_even(i128::from(sum.0), i128::from(SCALE / 100));
    with_sign(language, &fixed(language, cents, 2), currency)
}

/// Money in whole units from 100 units on, otherwise with two places: for headlines and cells.
pub fn money_round(language: Language, sum: Money, currency: &str) -> String {
    if sum.0.unsigned_abs() < Money::units(100).0.unsigned_abs() && sum.0 % SCALE != 0 {
        return money(language, sum, currency);
    }
    let units = divide_half_even(i128::from(sum.0), i128::from(SCALE));
    with_sign(language, &fixed(language, units, 0), currency)
}

/// Money in few characters: `£1.2M`, `1,2 млн £`; for the axes of charts.
pub fn money_short(language: Language, sum: Money, currency: &str) -> String {
    let (thousand, million, billion) = match language {
        Language::En => ("k", "M", "B"),
        Language::Ru => ("тыс.", "млн", "млрд"),
        Language::Ca => ("", "M", ""),
        Language::Lv => ("tūkst.", "milj.", "mljrd."),
    };
    let units = sum.to_f64();
    let steps = [(1e9, billion), (1e6, million), (1e3, thousand)];
    // What would round up to a thousand of a step takes the next one: not `1000k` but `1M`.
    let step = steps.into_iter().find(|(size, name)| !name.is_empty() && units.abs() >= size * 0.9995);
    let Some((size, name)) = step else {
        return money_round(language, sum, currency);
    };
    let scaled = units / size;
    let places = u32::from(scaled.abs() < 100.0 && (scaled * 10.0).round() % 10.0 != 0.0);
    let number = decimal(language, scaled, places);
    let space = if language == Language::En { String::new() } else { NO_BREAK_SPACE.to_string() };
    with_sign(language, &format!("{number}{space}{name}"), currency)
}

/// Puts the currency's sign where the language has it.
fn with_sign(language: Language, number: &str, currency: &str) -> String {
    let sign = currency_sign(currency);
    if sign.is_empty() {
        return number.to_owned();
    }
    if language != Language::En {
        return format!("{number}{NO_BREAK_SPACE}{sign}");
    }
    let space = if sign.ends_with(char::is_alphabetic) { NO_BREAK_SPACE.to_string() } else { String::new() };
    match number.strip_prefix(MINUS) {
        Some(magnitude) => format!("{MINUS}{sign}{space}{magnitude}"),
        None => format!("{sign}{space}{number}"),
    }
}

/// The sign of a currency; its ISO code where it has none that everybody knows.
pub fn currency_sign(currency: &str) -> &str {
    match currency {
        "EUR" => "€",
        "GBP" => "£",
        "USD" => "$",
        "RUB" => "₽",
        "UAH" => "₴",
        "KZT" => "₸",
        "PLN" => "zł",
        "BYN" => "Br",
        other => other,
    }
}
