//! Exact money and quantities: whole numbers of ten-thousandths.
//!
//! A sum of money is an `i64` count of 1/10 000 of a currency unit, so adding is exact and gives
//! the same digits in any order and on any number of threads. The range is ±922 trillion units.

use std::fmt;

/// Ten-thousandths in one unit: four decimal places.
pub const SCALE: i64 = 10_000;
/// Decimal places kept.
pub const DECIMALS: u32 = 4;

/// A sum of money in 1/10 000 of the currency's unit.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Money(pub i64);

impl Money {
    pub const ZERO: Money = Money(0);

    /// A whole number of currency units.
    pub const fn units(units: i64) -> Money {
        Money(units * SCALE)
    }

    /// A plain decimal that is not negative, with four places at most: `12`, `0.5`, `1000.25`.
    pub fn parse(text: &str) -> Option<Money> {
        let (units, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if units.is_empty() || !plain(units) || !plain(rest) || rest.len() > DECIMALS as usize {
            return None;
        }
        let fraction: i64 = format!("{rest:0<4}").parse().ok()?;
        units.parse::<i64>().ok()?.checked_mul(SCALE)?.checked_add(fraction).map(Money)
    }

    /// The value as a float, for shares and charts; never added up.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / SCALE as f64
    }

    /// `price × quantity`, both in ten-thousandths, rounded half to even.
    ///
    /// `None` when the product does not fit.
    pub fn times(self, quantity: i64) -> Option<Money> {
        let product = i128::from(self.0) * i128::from(quantity);
        i64::try_from(divide_half_even(product, i128::from(SCALE))).ok().map(Money)
    }

    /// This sum divided among `count`, rounded half to even. `None` for a count of zero.
    pub fn divided_by(self, count: i64) -> Option<Money> {
        (count != 0).then(|| {
            let quotient = divide_half_even(i128::from(self.0), i128::from(count));
            Money(i64::try_from(quotient).unwrap_or(i64::MAX))
        })
    }
}

impl fmt::Display for Money {
    /// Plain decimal with at least two places and no grouping: `1234.50`, `0.0425`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let magnitude = self.0.unsigned_abs();
        let (units, rest) = (magnitude / SCALE as u64, magnitude % SCALE as u64);
        if rest.is_multiple_of(100) {
            write!(f, "{sign}{units}.{:02}", rest / 100)
        } else {
            let digits = format!("{rest:04}");
            write!(f, "{sign}{units}.{}", digits.trim_end_matches('0'))
        }
    }
}

/// `numerator / denominator` rounded to the nearest whole number, halves to the even one.
///
/// The denominator must not be zero.
pub fn divide_half_even(numerator: i128, denominator: i128) -> i128 {
    let (mut quotient, mut rest) = (numerator / denominator, numerator % denominator);
    if rest < 0 {
        rest = -rest;
    }
    let size = denominator.abs();
    let away = if (numerator < 0) == (denominator < 0) { 1 } else { -1 };
    let twice = rest * 2;
    if twice > size || (twice == size && quotient % 2 != 0) {
        quotient += away;
    }
    quotient
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shown_plainly() {
        assert_eq!(Money(12_345_000).to_string(), "1234.50");
        assert_eq!(Money(425).to_string(), "0.0425");
        assert_eq!(Money(-10_000).to_string(), "-1.00");
        assert_eq!(Money(1_230).to_string(), "0.123");
    }

    #[test]
    fn halves_go_to_even() {
        assert_eq!([5, 15, 25, -5, -15, 14, 16].map(|n| divide_half_even(n, 10)), [0, 2, 2, 0, -2, 1, 2]);
        assert_eq!(divide_half_even(15, -10), -2);
    }

    proptest! {
        #[test]
        fn rounding_is_nearest(n in -1_000_000i128..1_000_000, d in 1i128..1000) {
            let q = divide_half_even(n, d);
            prop_assert!((q * d - n).abs() * 2 <= d);
        }
    }
}
