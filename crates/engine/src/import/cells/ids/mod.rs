//! Ids out of text: kept as they are, digit by digit, without what nobody sees.

#[cfg(test)]
mod tests;

use super::error::{CellError, codes, quoted};
use super::text::{is_apostrophe, is_invisible, trimmed};
use std::borrow::Cow;

/// The id in a cell as text: trimmed, without the apostrophe that spreadsheets put before it and
/// without invisible characters; spaces inside, leading zeros and `.0` stay.
///
/// `1e5` is an id like any other; `9.12346E+10` is what a spreadsheet leaves of a long one.
///
/// # Errors
/// `E_EXCEL_SCI` for such a remainder, `E_NUL` for a NUL character, which databases cannot keep.
pub fn clean_id(cell: &str) -> Result<Cow<'_, str>, CellError> {
    let id = trimmed(cell);
    // Most ids: nothing in them can be wrong.
    if id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Ok(Cow::Borrowed(id));
    }
    // Before the apostrophe there is nothing, behind it the whole id.
    let id = id.strip_prefix('\'').map_or(id, |rest| if rest.is_empty() { id } else { trimmed(rest) });
    if id.is_ascii() {
        return checked(id).map(Cow::Borrowed);
    }
    if !id.contains(is_invisible) {
        return checked(id).map(Cow::Borrowed);
    }
    let visible: String = id.chars().filter(|&c| !is_invisible(c)).collect();
    checked(&visible)?;
    Ok(Cow::Owned(visible))
}

fn checked(id: &str) -> Result<&str, CellError> {
    if id.contains('\0') {
        return Err(CellError::new(
            codes::NUL,
            format!("{} has a NUL character inside", quoted(id)),
            "remove the NUL character; the file may be damaged or in another encoding",
        ));
    }
    if is_spreadsheet_remainder(id) {
        return Err(CellError::new(
            codes::EXCEL_SCI,
            format!("{} is shortened by a spreadsheet: its last digits are lost", quoted(id)),
            "format the column as text and export it again from where the ids come from",
        ));
    }
    Ok(id)
}

/// `9.12346E+10`: one digit, decimals behind a point or comma or none, `E+`, two or three digits.
pub(super) fn is_spreadsheet_remainder(text: &str) -> bool {
    // Searching for one byte is several times quicker than for two.
    if !text.as_bytes().contains(&b'E') {
        return false;
    }
    let Some((digits, power)) = text.split_once("E+") else { return false };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa = match digits.as_bytes() {
        [first, rest @ ..] if first.is_ascii_digit() => rest,
        _ => return false,
    };
    let decimals_fit = match mantissa {
        [] => true,
        [b'.' | b',', decimals @ ..] => {
            !decimals.is_empty() && decimals.iter().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    };
    decimals_fit && (2..=3).contains(&power.len()) && all_digits(power)
}

/// Whether a word has both Cyrillic and Latin letters: `АВC` with a Latin C looks like another
/// id and is not equal to it. Words are cut at whatever is neither letter nor digit.
pub fn mixed_script(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let (mut cyrillic, mut latin) = (false, false);
    for c in text.chars() {
        if is_cyrillic(c) {
            cyrillic = true;
        } else if is_latin(c) {
            latin = true;
        } else if !c.is_alphanumeric() && !is_invisible(c) && !is_apostrophe(c) {
            (cyrillic, latin) = (false, false);
        }
        if cyrillic && latin {
            return true;
        }
    }
    false
}

fn is_cyrillic(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, '\u{400}'..='\u{52F}' | '\u{1C80}'..='\u{1C8F}' | '\u{A640}'..='\u{A69F}')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (c.is_alphabetic()
            && matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{2C60}'..='\u{2C7F}'))
}
