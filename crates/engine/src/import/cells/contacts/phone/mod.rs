//! Phone numbers in E.164, by rules and without a table of every range in use.

mod plans;

#[cfg(test)]
mod tests;

use super::super::error::{CellError, codes, quoted};
use super::super::ids::is_spreadsheet_remainder;
use super::super::text::{is_blank, is_invisible, is_minus, trimmed};
use plans::{Plan, is_international};

/// A number that can be called.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phone {
    /// With a plus and the country code: `+79123456789`.
    pub e164: String,
    /// Digits to dial when someone has answered.
    pub extension: Option<String>,
}

/// Marks between several numbers in a cell.
const SEPARATORS: [char; 5] = [',', ';', '/', '\n', '|'];

/// Words between several numbers in a cell.
const AND_WORDS: &[&str] = &["и", "или", "and", "or", "y", "o", "i", "un", "vai"];

/// Words before an extension.
const EXTENSION_WORDS: &[&str] = &[
    "доб",
    "добавочный",
    "доп",
    "вн",
    "внутр",
    "внутренний",
    "ext",
    "extension",
    "x",
    "х",
    "extn",
    "anexo",
    "iekš",
];

/// Words before a number that say what it is.
const LABELS: &[&str] = &[
    "тел",
    "телефон",
    "т",
    "моб",
    "мобильный",
    "м",
    "раб",
    "дом",
    "сот",
    "tel",
    "telefon",
    "telèfon",
    "teléfono",
    "phone",
    "mob",
    "mobile",
    "mòbil",
    "móvil",
    "tālr",
    "tālrunis",
];

/// Digits of an extension at most.
const EXTENSION_DIGITS: usize = 8;

/// Digits kept of one number; more belong to no number.
const DIGITS_MAX: usize = 24;

/// The numbers in a cell, the first being the main one; `region` (ISO 3166-1: `RU`, `LV`, `ES`)
/// is where a number without a country code is dialled.
///
/// # Errors
/// `E_PHONE` where a part of the cell is no number that can be called, also where digits are
/// missing; `E_EXCEL_SCI` where a spreadsheet has rounded its digits away.
pub fn phone(cell: &str, region: &str) -> Result<Vec<Phone>, CellError> {
    let text = trimmed(cell);
    let text = text.strip_prefix('\'').unwrap_or(text);
    if is_spreadsheet_remainder(text) {
        return Err(CellError::new(
            codes::EXCEL_SCI,
            format!("{} is shortened by a spreadsheet: its last digits are lost", quoted(cell)),
            "format the column as text and export it again from where the numbers come from",
        ));
    }
    let mut found: Vec<Phone> = Vec::new();
    for part in text.split(SEPARATORS).map(trimmed).filter(|part| !part.is_empty()) {
        if let (Some(extension), Some(last)) = (lone_extension(part), found.last_mut())
            && last.extension.is_none()
        {
            last.extension = Some(extension.to_owned());
            continue;
        }
        let numbers = numbers_of(part, region).ok_or_else(|| refused(cell))?;
        for number in numbers {
            if !found.contains(&number) {
                found.push(number);
            }
        }
    }
    if found.is_empty() { Err(refused(cell)) } else { Ok(found) }
}

/// One number, or two with a space or a word between them.
fn numbers_of(part: &str, region: &str) -> Option<Vec<Phone>> {
    if let Some(number) = number(part, region) {
        return Some(vec![number]);
    }
    let mut two: Option<Vec<Phone>> = None;
    for (at, _) in part.char_indices().filter(|&(_, c)| is_blank(c)) {
        let (left, right) = (trimmed(&part[..at]), without_and(trimmed(&part[at..])));
        let (Some(left), Some(right)) = (number(left, region), number(right, region)) else { continue };
        let both = vec![left, right];
        // Where a cell can be cut in two ways, nobody knows which is right.
        if two.as_ref().is_some_and(|known| *known != both) {
            return None;
        }
        two = Some(both);
    }
    two
}

fn without_and(text: &str) -> &str {
    match text.split_once(is_blank) {
        Some((word, rest)) if AND_WORDS.contains(&word.to_lowercase().as_str()) => trimmed(rest),
        _ => text,
    }
}

/// The digits of `доб. 12` standing alone.
fn lone_extension(part: &str) -> Option<&str> {
    let (word, rest) = leading_word(part)?;
    EXTENSION_WORDS.contains(&word.as_str()).then(|| extension_digits(rest)).flatten()
}

/// A word in lower case at the beginning and what stands behind it.
fn leading_word(text: &str) -> Option<(String, &str)> {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    (end > 0).then(|| (text[..end].to_lowercase(), &text[end..]))
}

/// Digits behind an extension word, with a point or colon between.
fn extension_digits(rest: &str) -> Option<&str> {
    let digits = rest.trim_matches(|c: char| is_blank(c) || matches!(c, '.' | ':' | '№' | '#' | ')'));
    let is_extension =
        (1..=EXTENSION_DIGITS).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_extension.then_some(digits)
}

/// One number with its extension.
fn number(part: &str, region: &str) -> Option<Phone> {
    let part = match leading_word(part) {
        Some((label, rest)) if LABELS.contains(&label.as_str()) => {
            rest.trim_start_matches(|c: char| is_blank(c) || matches!(c, '.' | ':'))
        }
        _ => part,
    };
    let (number, extension) = match part.find(|c: char| c.is_alphabetic() || c == '#') {
        None => (part, None),
        Some(at) => {
            let (number, behind) = (&part[..at], &part[at..]);
            let digits = match leading_word(behind) {
                Some((word, rest)) if EXTENSION_WORDS.contains(&word.as_str()) => rest,
                Some(_) => return None,
                None => behind,
            };
            (number.trim_end_matches([' ', '(']), Some(extension_digits(digits)?.to_owned()))
        }
    };
    Some(Phone { e164: e164(number, region)?, extension })
}

/// The international number of digits and the marks people put between them.
fn e164(text: &str, region: &str) -> Option<String> {
    // `79123456789.0` is what programs make of a number without a plus.
    let text =
        text.strip_suffix(".0").filter(|rest| rest.bytes().all(|b| b.is_ascii_digit())).unwrap_or(text);
    let (mut digits, mut plus) = (String::with_capacity(DIGITS_MAX), false);
    for c in text.chars() {
        match c {
            '0'..='9' if digits.len() < DIGITS_MAX => digits.push(c),
            '+' if digits.is_empty() && !plus => plus = true,
            '(' | ')' | '.' => {}
            c if is_minus(c) || is_blank(c) || is_invisible(c) => {}
            _ => return None,
        }
    }
    if plus {
        // `+7 (8 912) …` and `+8 912 …` are mistakes that nobody can mend for certain.
        return is_international(&digits).then(|| format!("+{digits}"));
    }
    let plan = Plan::of_region(region);
    if let Some(number) = plan.and_then(|plan| plan.international(&digits)) {
        return Some(number);
    }
    // Prefixes of calls abroad: 00 in most of the world, 8~10 in Russia and Kazakhstan.
    let is_eight_ten = plan.is_some_and(|plan| plan.country_code == "7");
    let abroad = digits.strip_prefix("00").or_else(|| digits.strip_prefix("810").filter(|_| is_eight_ten));
    abroad.filter(|digits| is_international(digits)).map(|digits| format!("+{digits}"))
}

fn refused(cell: &str) -> CellError {
    CellError::new(
        codes::PHONE,
        format!("{} is not a phone number that can be called", quoted(cell)),
        "write it with a plus and the country code: +371 20000000, +7 912 345-67-89",
    )
}
