//! Exact numbers out of text: money, prices, quantities.
//!
//! What a mark in a number means is a fact about its column, so a cell is read in the column's
//! [`NumberForm`]. A cell that says by itself what its marks mean (`1.234,56`, `1 234,50`) is
//! read whatever grouping the form names; a cell such as `1,234` is read only where the form
//! says what the comma is.
//!
//! Programs that print floats write `1e5` or `2.5e-05`, which is exact, and it is accepted.
//! Spreadsheets write `1.23457E+11` where they have rounded digits away, so `E+` with more zeros
//! to add than the cell shows is refused as [`codes::EXCEL_SCI`](super::error::codes::EXCEL_SCI).

mod quick;
mod written;
mod evidence;

#[cfg(test)]
mod tests;

use super::error::{CellError, codes, quoted};
use super::text::trimmed;
pub use evidence::{NumberEvidence, NumberGuess};
use model::money::{DECIMALS, SCALE};
use serde::{Deserialize, Serialize};
use written::{Fault, Layout, Mark, Written};

/// How the numbers of one column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NumberForm {
    /// Decimal mark: `.` or `,`.
    pub decimal: char,
    /// Mark between thousands: `.`, `,`, `'` for all apostrophes, a space for all spaces; `None`
    /// where none was seen.
    pub grouping: Option<char>,
}

/// One number as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exact {
    /// In 1/10 000.
    pub value: i64,
    /// ISO code of the currency sign or word in the cell.
    pub currency: Option<&'static str>,
    /// Whether digits other than zero were cut off behind the fourth decimal, half to even.
    pub rounded: bool,
}

/// Reads a cell as an exact number in the form of its column.
///
/// A minus may stand before or after the digits or the currency, and parentheses mean it too.
///
/// # Errors
/// `E_NUMBER` where the cell is no number or not one in this form, `E_RANGE` where it is too
/// large, `E_EXCEL_SCI` where a spreadsheet has rounded its digits away.
#[inline]
pub fn parse_exact(cell: &str, form: &NumberForm) -> Result<Exact, CellError> {
    match quick::plain(cell.as_bytes(), form.decimal) {
        Some(value) => Ok(Exact { value, currency: None, rounded: false }),
        None => parse_written(cell, form),
    }
}

/// A number in whatever way it may be written.
fn parse_written(cell: &str, form: &NumberForm) -> Result<Exact, CellError> {
    let written = Written::of(trimmed(cell)).map_err(|fault| refused(cell, fault))?;
    let decimal = decimal_of(&written, form).ok_or_else(|| unfit(cell, &written, form))?;
    if written.is_rounded_by_spreadsheet() {
        return Err(CellError::new(
            codes::EXCEL_SCI,
            format!("{} is shortened by a spreadsheet: its last digits are lost", quoted(cell)),
            "format the column as a number without exponents and export it again",
        ));
    }
    let (value, rounded) = value_of(&written, decimal).ok_or_else(|| {
        CellError::new(
            codes::RANGE,
            format!("{} is larger than a number can be here", quoted(cell)),
            "numbers go up to 922 337 203 685 477; check the cell for digits that do not belong to it",
        )
    })?;
    Ok(Exact { value, currency: written.currency, rounded })
}

/// Where the decimals begin, if the number fits the form: `Some(None)` for whole numbers.
fn decimal_of(written: &Written<'_>, form: &NumberForm) -> Option<Option<usize>> {
    let is_decimal = |mark: Mark| mark.as_char() == form.decimal;
    match written.layout {
        Layout::Plain => Some(None),
        Layout::Grouped(mark) => (!is_decimal(mark)).then_some(None),
        Layout::Decimal { mark, at, .. } => is_decimal(mark).then_some(Some(at)),
        Layout::Lone { mark, at } if is_decimal(mark) => Some(Some(at)),
        Layout::Lone { mark, .. } => (form.grouping == Some(mark.as_char())).then_some(None),
    }
}

/// The value in ten-thousandths and whether it was rounded; `None` where it does not fit.
fn value_of(written: &Written<'_>, decimal: Option<usize>) -> Option<(i64, bool)> {
    let (whole, fraction) = match decimal {
        Some(at) => (&written.digits[..at], &written.digits[at..]),
        None => (written.digits, ""),
    };
    let count = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() as i64;
    let point = count(whole) + i64::from(written.exponent.map_or(0, |exponent| exponent.power));
    let total = count(whole) + count(fraction);
    // Everything before this place is kept, everything behind it decides the rounding.
    let kept = point + i64::from(DECIMALS);
    let (mut value, mut first_cut, mut rest_cut) = (0u64, 0, false);
    let digits = written.digits.bytes().filter(u8::is_ascii_digit).map(|byte| u64::from(byte - b'0'));
    for (place, digit) in digits.enumerate() {
        let place = place as i64;
        if place < kept {
            value = value.checked_mul(10)?.checked_add(digit)?;
        } else if place == kept {
            first_cut = digit;
        } else {
            rest_cut |= digit != 0;
        }
    }
    for _ in total..kept {
        if value == 0 {
            break;
        }
        value = value.checked_mul(10)?;
    }
    let above_half = first_cut > 5 || (first_cut == 5 && (rest_cut || value % 2 == 1));
    value = value.checked_add(u64::from(above_half))?;
    let signed = if written.negative { -i128::from(value) } else { i128::from(value) };
    Some((i64::try_from(signed).ok()?, first_cut != 0 || rest_cut))
}

fn refused(cell: &str, fault: Fault) -> CellError {
    let (reason, suggestion) = match fault {
        Fault::NotNumber => {
            ("is not a number", "write digits with one decimal mark, or leave the cell empty")
        }
        Fault::Percent => ("is a share and not a sum", "write the sum itself, or map another column"),
        Fault::Signs => ("has more than one sign", "write one minus before the number"),
        Fault::Currencies => ("names two currencies", "keep one currency in the cell"),
    };
    CellError::new(codes::NUMBER, format!("{} {reason}", quoted(cell)), suggestion)
}

/// Why a number does not fit its column's form, with both readings spelt out.
fn unfit(cell: &str, written: &Written<'_>, form: &NumberForm) -> CellError {
    let decimal = form.decimal;
    let plain = |at: Option<usize>| written.plainly(at, decimal);
    let suggestion = match written.layout {
        Layout::Lone { at, .. } => {
            format!("write {} or {}, whichever is meant", plain(None), plain(Some(at)))
        }
        Layout::Decimal { at, .. } => format!("write {} if that is meant", plain(Some(at))),
        _ => format!("write {} if that is meant", plain(None)),
    };
    CellError::new(
        codes::NUMBER,
        format!("{} does not fit its column, where decimals stand after `{decimal}`", quoted(cell)),
        suggestion,
    )
}

/// The scale of [`Exact::value`].
const _: () = assert!(SCALE == 10i64.pow(DECIMALS));
