//! One cell of text to a value: words, numbers, dates, ids, contacts.

use jiff::civil::{Date, DateTime};
use model::calendar::Day;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellError {
    pub code: &'static str,
    pub reason: String,
    pub suggestion: String,
}

fn error(code: &'static str, reason: String) -> CellError {
    CellError { code, reason, suggestion: "correct the cell".into() }
}

pub fn is_null(cell: &str) -> bool {
    let cell = cell.trim();
    matches!(cell, "" | "-" | "--" | "—" | "0000-00-00" | "нет" | "NA" | "nav")
        || ["null", "none", "n/a", "#n/a", "не указано", "не закрыта"].contains(&cell.to_lowercase().as_str())
}

pub fn is_null_id(cell: &str) -> bool {
    is_null(cell) || cell.trim() == "0"
}

pub fn truth(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "1" | "y" | "yes" | "true" | "да" | "sí" | "si" | "jā" | "✓" => Some(true),
        "0" | "n" | "no" | "false" | "нет" | "nē" => Some(false),
        _ => None,
    }
}

#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberForm {
    pub decimal: char,
    pub grouping: Option<char>,
}

#[derive(Clone, Debug, Default)]
pub struct NumberEvidence {
    comma: [u64; 2],
    dot: [u64; 2],
    space: bool,
    both: Option<char>,
    plain: u64,
    unsure: Option<String>,
    bad: Option<String>,
    bad_count: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberGuess {
    Sure(NumberForm),
    Assumed(NumberForm),
    Ambiguous { example: String },
    NotNumbers { example: String },
}

impl NumberEvidence {
    pub fn new() -> NumberEvidence {
        NumberEvidence::default()
    }

    pub fn see(&mut self, cell: &str) {
        if is_null(cell) {
            return;
        }
        let text: String = cell.chars().filter(|c| c.is_ascii_digit() || ".,".contains(*c)).collect();
        let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
        if !text.contains(|c: char| c.is_ascii_digit()) || letters > 4 {
            self.bad_count += 1;
            self.bad.get_or_insert_with(|| cell.to_owned());
            return;
        }
        let inner: Vec<char> = cell.trim().chars().collect();
        self.space |= inner.windows(3).any(|w| {
            w[0].is_ascii_digit() && w[2].is_ascii_digit() && matches!(w[1], ' ' | '\u{a0}' | '\u{202f}')
        });
        let tail = |sep: char| text.rfind(sep).map(|at| text.len() - at - 1);
        match (tail(','), tail('.')) {
            (None, None) => self.plain += 1,
            (Some(c), Some(d)) => self.both = Some(if c < d { ',' } else { '.' }),
            (Some(3), None) => {
                self.comma[0] += 1;
                self.unsure.get_or_insert_with(|| cell.to_owned());
            }
            (None, Some(3)) => {
                self.dot[0] += 1;
                self.unsure.get_or_insert_with(|| cell.to_owned());
            }
            (Some(_), None) => self.comma[1] += 1,
            (None, Some(_)) => self.dot[1] += 1,
        }
    }

    pub fn finish(&self) -> NumberGuess {
        let space = self.space.then_some(' ');
        if let Some(example) = &self.bad
            && self.bad_count * 2 > self.plain + self.comma[0] + self.comma[1] + self.dot[0] + self.dot[1]
        {
            return NumberGuess::NotNumbers { example: example.clone() };
        }
        if let Some(decimal) = self.both {
            return NumberGuess::Sure(NumberForm {
                decimal,
                grouping: Some(if decimal == ',' { '.' } else { ',' }),
            });
        }
        if self.comma[1] > 0 {
            return NumberGuess::Sure(NumberForm { decimal: ',', grouping: space });
        }
        if self.dot[1] > 0 {
            return NumberGuess::Sure(NumberForm { decimal: '.', grouping: space.or(Some(',')) });
        }
        match &self.unsure {
            Some(example) => NumberGuess::Ambiguous { example: example.clone() },
            None => NumberGuess::Assumed(NumberForm { decimal: '.', grouping: space }),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    pub value: i64,
    pub currency: Option<&'static str>,
    pub rounded: bool,
}

pub fn parse_exact(cell: &str, form: &NumberForm) -> Result<Exact, CellError> {
    let bad = || error("E_NUMBER", format!("`{cell}` is not a number"));
    let (mut digits, mut places, mut after, mut any) = (0i64, 0u32, false, false);
    let mut negative = cell.contains('(') && cell.contains(')');
    let mut sign = String::new();
    for c in cell.trim().chars() {
        match c {
            '0'..='9' => {
                any = true;
                if places < 4 {
                    digits = digits
                        .checked_mul(10)
                        .and_then(|d| d.checked_add(i64::from(c as u8 - b'0')))
                        .ok_or_else(bad)?;
                    places += u32::from(after);
                }
            }
            c if c == form.decimal && any && !after => after = true,
            c if Some(c) == form.grouping => {}
            ' ' | '\u{a0}' | '\u{202f}' | '(' | ')' => {}
            '-' | '−' => negative = true,
            '.' | ',' if any => return Err(bad()),
            c if c.is_alphabetic() || !c.is_ascii() || c == '$' => sign.push(c),
            _ => return Err(bad()),
        }
    }
    let currency = if sign.is_empty() { None } else { Some(currency_code(&sign).ok_or_else(bad)?) };
    if !any {
        return Err(bad());
    }
    let value = digits.checked_mul(10i64.pow(4 - places)).ok_or_else(bad)?;
    Ok(Exact { value: if negative { -value } else { value }, currency, rounded: false })
}

pub fn currency_code(text: &str) -> Option<&'static str> {
    Some(match text.trim().to_lowercase().as_str() {
        "rub" | "российский рубль" | "руб" | "руб." | "₽" | "643" => "RUB",
        "eur" | "евро" | "eiro" | "€" => "EUR",
        "usd" | "доллар сша" | "$" => "USD",
        "gbp" | "£" => "GBP",
        _ => return None,
    })
}

#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    YearFirst,
    DayFirst,
    MonthFirst,
}

#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateKind {
    Text,
    UnixSeconds,
    ExcelSerial,
}

#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct DateForm {
    pub order: DateOrder,
    pub kind: DateKind,
}

#[derive(Clone, Debug, Default)]
pub struct DateEvidence {
    seen: [u64; 4],
    unsure: Option<String>,
    bad: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateGuess {
    Sure(DateForm),
    Assumed(DateForm),
    Ambiguous { example: String },
    NotDates { example: String },
}

fn numbers(cell: &str) -> Vec<i64> {
    cell.split(|c: char| !c.is_ascii_digit())
        .filter(|p| !p.is_empty())
        .filter_map(|p| p.parse().ok())
        .collect()
}

fn month_word(cell: &str) -> Option<i64> {
    let words = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = cell.to_lowercase();
    words.iter().position(|w| lower.contains(w)).map(|m| m as i64 + 1)
}

impl DateEvidence {
    pub fn new() -> DateEvidence {
        DateEvidence::default()
    }

    pub fn see(&mut self, cell: &str) {
        if is_null(cell) {
            return;
        }
        let n = numbers(cell);
        if n.len() < 3 && month_word(cell).is_none() || cell.len() > 40 || n.len() < 2 {
            self.bad.get_or_insert_with(|| cell.to_owned());
            self.seen[3] += 1;
        } else if n[0] > 31 || month_word(cell).is_some() {
            self.seen[0] += 1;
        } else if n[0] > 12 {
            self.seen[1] += 1;
        } else if n[1] > 12 {
            self.seen[2] += 1;
        } else {
            self.unsure.get_or_insert_with(|| cell.to_owned());
        }
    }

    pub fn finish(&self, language: Option<Language>) -> DateGuess {
        let form = |order| DateForm { order, kind: DateKind::Text };
        let good = self.seen[0] + self.seen[1] + self.seen[2];
        if good + u64::from(self.unsure.is_some()) == 0 || self.seen[3] > 2 * good + 2 {
            return DateGuess::NotDates { example: self.bad.clone().unwrap_or_default() };
        }
        if self.seen[2] > 0 {
            return DateGuess::Sure(form(DateOrder::MonthFirst));
        }
        if self.seen[1] > 0 {
            return DateGuess::Sure(form(DateOrder::DayFirst));
        }
        match (&self.unsure, language) {
            (None, _) => DateGuess::Sure(form(DateOrder::YearFirst)),
            (Some(example), None | Some(Language::En)) => DateGuess::Ambiguous { example: example.clone() },
            (Some(_), Some(_)) => DateGuess::Assumed(form(DateOrder::DayFirst)),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Zone(jiff::tz::TimeZone, String);

impl Zone {
    pub fn get(name: &str) -> Result<Zone, CellError> {
        let iana = if name == "Pacific Time (US & Canada)" { "America/Los_Angeles" } else { name };
        let zone =
            jiff::tz::TimeZone::get(iana).map_err(|_| error("E_ZONE", format!("no time zone `{name}`")))?;
        Ok(Zone(zone, name.to_owned()))
    }

    pub fn utc() -> Zone {
        Zone(jiff::tz::TimeZone::UTC, "UTC".into())
    }

    pub fn name(&self) -> &str {
        &self.1
    }

    pub fn moment(&self, local: DateTime) -> Moment {
        let at = self.0.to_timestamp(local).map_or(0, |t| t.as_microsecond());
        Moment { at, day: Day::from_date(local.date()), has_time: true, shifted: false }
    }

    pub fn day_of(&self, micros: i64) -> Day {
        let stamp = jiff::Timestamp::from_microsecond(micros).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        Day::from_date(self.0.to_datetime(stamp).date())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: i64,
    pub day: Day,
    pub has_time: bool,
    pub shifted: bool,
}

pub fn parse_moment(cell: &str, form: &DateForm, zone: &Zone) -> Result<Moment, CellError> {
    let bad = || error("E_DATE", format!("`{cell}` is not a date"));
    let mut n = numbers(cell);
    if let Some(month) = month_word(cell) {
        n.insert(0, month);
        if n.len() > 2 {
            n.swap(0, 2);
            n.swap(1, 2);
        }
    }
    if n.len() < 3 {
        return Err(bad());
    }
    let (mut y, m, d) = match (n[0] > 31, form.order) {
        (true, _) | (_, DateOrder::YearFirst) => (n[0], n[1], n[2]),
        (_, DateOrder::DayFirst) => (n[2], n[1], n[0]),
        (_, DateOrder::MonthFirst) => (n[2], n[0], n[1]),
    };
    if y < 100 {
        y += 2000;
    }
    let date = Date::new(y as i16, m as i8, d as i8).map_err(|_| bad())?;
    if y < 1990 {
        return Err(error("N_OLD_DATE", format!("`{cell}` is too long ago")));
    }
    let get = |i: usize| n.get(i).copied().unwrap_or(0) as i8;
    let pm = cell.to_lowercase().contains("pm") && get(3) < 12;
    let hour = get(3) + if pm { 12 } else { 0 };
    let local = date.at(hour, get(4), get(5), 0);
    let mut moment = zone.moment(local);
    moment.has_time = n.len() > 3;
    if let Some(at) = cell.rfind(" +").or_else(|| cell.rfind(" -")).filter(|&at| at > 10) {
        let hours: i64 = cell[at + 1..at + 4].parse().map_err(|_| bad())?;
        let utc = Zone::utc().moment(local).at - hours * 3_600_000_000;
        moment.at = utc;
        moment.day = zone.day_of(utc);
    }
    Ok(moment)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    En,
    Ru,
    Ca,
    Es,
    Lv,
}

pub fn clean_id(cell: &str) -> Result<Cow<'_, str>, CellError> {
    let cell = cell.trim().trim_start_matches('\'');
    if cell.contains("E+") {
        return Err(error("E_EXCEL_SCI", format!("`{cell}` was damaged by a spreadsheet")));
    }
    Ok(Cow::Borrowed(cell))
}

pub struct Email {
    pub typed: String,
    pub key: String,
}

pub fn email(cell: &str) -> Result<Email, CellError> {
    let typed = cell.trim();
    let parts =
        typed.split_once('@').filter(|(a, b)| !a.is_empty() && b.contains('.') && !typed.contains(' '));
    if parts.is_none() {
        return Err(error("E_EMAIL", format!("`{cell}` is not an e-mail address")));
    }
    let (local, domain) = parts.unwrap_or_default();
    Ok(Email { typed: format!("{local}@{}", domain.to_lowercase()), key: typed.to_lowercase() })
}

pub struct Phone {
    pub e164: String,
    pub extension: Option<String>,
}

pub fn phone(cell: &str, region: &str) -> Result<Vec<Phone>, CellError> {
    let one = |part: &str| {
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        let e164 = match digits.strip_prefix('8').filter(|_| digits.len() == 11 && region == "RU") {
            Some(rest) => format!("+7{rest}"),
            None if digits.len() == 8 && region == "LV" => format!("+371{digits}"),
            None => format!("+{digits}"),
        };
        if e164.len() < 11 || digits.len() > 15 {
            return Err(error("E_PHONE", format!("`{part}` is not a phone number")));
        }
        Ok(Phone { e164, extension: None })
    };
    cell.split([',', ';']).map(one).collect()
}
