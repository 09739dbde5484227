//! Exact numbers as people write them: whole ten-thousandths.

use crate::money::{DECIMALS, Money, SCALE};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A number in 1/10 000, as money is: `19.99` is exactly 19.99, so that comparing is exact.
///
/// It is written as a text (`"19.99"`) in JSON and TOML, and read from a text or a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(pub i64);

impl Decimal {
    /// A whole number; `None` when it does not fit.
    pub fn whole(number: i64) -> Option<Decimal> {
        number.checked_mul(SCALE).map(Decimal)
    }

    /// The nearest float.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / SCALE as f64
    }
}

impl From<Money> for Decimal {
    fn from(money: Money) -> Decimal {
        Decimal(money.0)
    }
}

impl fmt::Display for Decimal {
    /// Plain, without trailing zeros: `1000`, `19.99`, `-0.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        let (units, rest) = (magnitude / SCALE as u64, magnitude % SCALE as u64);
        if rest == 0 {
            return write!(f, "{sign}{units}");
        }
        let digits = format!("{rest:04}");
        write!(f, "{sign}{units}.{}", digits.trim_end_matches('0'))
    }
}

/// Why a text is no exact number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    #[error("a number is written in digits, with a point before the decimals")]
    NotANumber,
    #[error("a number has at most four decimals")]
    TooFine,
    #[error("the number is too large: at most 922 trillion")]
    TooLarge,
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Decimal, DecimalError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (units, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !all_digits(units) || !all_digits(decimals) {
            return Err(DecimalError::NotANumber);
        }
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > DECIMALS as usize {
            return Err(DecimalError::TooFine);
        }
        let mut magnitude: i128 = 0;
        for digit in units.bytes() {
            magnitude = magnitude.saturating_mul(10).saturating_add(i128::from(digit - b'0'));
        }
        let mut rest: i128 = 0;
        for place in 0..DECIMALS as usize {
            rest = rest * 10 + decimals.as_bytes().get(place).map_or(0, |digit| i128::from(digit - b'0'));
        }
        let magnitude = magnitude.saturating_mul(i128::from(SCALE)).saturating_add(rest);
        let signed = if negative { -magnitude } else { magnitude };
        i64::try_from(signed).map(Decimal).map_err(|_| DecimalError::TooLarge)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        deserializer.deserialize_any(Written)
    }
}

/// Reads a number however a file writes it.
struct Written;

impl Visitor<'_> for Written {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number with at most four decimals")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Decimal, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Decimal, E> {
        Decimal::whole(number).ok_or_else(|| E::custom(DecimalError::TooLarge))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Decimal, E> {
        let whole = i64::try_from(number).ok().and_then(Decimal::whole);
        whole.ok_or_else(|| E::custom(DecimalError::TooLarge))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Decimal, E> {
        // The shortest text of a float is what was written, up to fifteen digits.
        format!("{number}").parse().map_err(E::custom)
    }
}
