//! The arithmetic of LTV: exact fractions, rounded once.

use model::money::divide_half_even;
use model::quantiles::ValueCounts;

/// A month has 30.4375 days: 487 / 16.
const MONTH_DAYS: (i128, i128) = (487, 16);

/// A number of months as a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    pub numerator: i64,
    pub denominator: i64,
}

impl Lifetime {
    /// The mean lifetime of some customers in months, at least one; one where there are none.
    pub(super) fn estimated(days: i128, customers: i128) -> Lifetime {
        let (numerator, denominator) = (days * MONTH_DAYS.1, customers * MONTH_DAYS.0);
        if numerator <= denominator {
            return Lifetime { numerator: 1, denominator: 1 };
        }
        // Beyond i64 both would have to be astronomical; halving keeps the ratio then.
        let (mut n, mut d) = (numerator, denominator);
        while n > i128::from(i64::MAX) {
            (n, d) = (n / 2, (d / 2).max(1));
        }
        Lifetime { numerator: n as i64, denominator: d as i64 }
    }

    pub(super) fn months(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

/// Months since the first order, at least one, for people to read.
pub(super) fn months(age_days: i32) -> f64 {
    (f64::from(age_days) * MONTH_DAYS.1 as f64 / MONTH_DAYS.0 as f64).max(1.0)
}

/// LTV in 1/10 000: average order × orders per month × lifetime.
///
/// The number of orders cancels out, so it is money × lifetime / months since the first order, in
/// whole numbers and rounded half to even once, at the end.
pub fn ltv(money: i64, age_days: i32, lifetime: Lifetime) -> i64 {
    let months = (i128::from(age_days) * MONTH_DAYS.1).max(MONTH_DAYS.0);
    let top = i128::from(money) * i128::from(lifetime.numerator);
    let bottom = i128::from(lifetime.denominator) * months;
    let value = match top.checked_mul(MONTH_DAYS.0) {
        Some(top) => divide_half_even(top, bottom),
        None => divide_half_even(top, bottom).saturating_mul(MONTH_DAYS.0),
    };
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

/// The value at rank ceil(share · n) in descending order; the share is in 1/10 000 of a percent.
pub(super) fn from_rank(values: &ValueCounts, share: i64) -> Option<i64> {
    let total = values.total();
    let rank = (u128::from(total) * share as u128).div_ceil(1_000_000) as u64;
    values.at_rank((total + 1).checked_sub(rank.max(1))?)
}

/// What may be spent to win one customer of a tier: a third of its median LTV, nothing where that
/// is negative. Members are `(LTV, customers)`, ascending.
pub(super) fn cap(members: &[(i64, u64)]) -> Option<i64> {
    let total: u64 = members.iter().map(|(_, count)| count).sum();
    let at_rank = |rank: u64| {
        let mut seen = 0;
        members.iter().find_map(|&(value, count)| {
            seen += count;
            (seen >= rank).then_some(i128::from(value))
        })
    };
    let middle = at_rank(total.div_ceil(2).max(1))? + at_rank(total / 2 + 1)?;
    Some(i64::try_from(divide_half_even(middle, 6).max(0)).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_the_least() {
        let year = Lifetime { numerator: 12, denominator: 1 };
        assert_eq!(ltv(1_000_000, 0, year), 12_000_000);
        assert_eq!(ltv(1_000_000, 30, year), 12_000_000);
        // 31 days are 31 · 16 / 487 months.
        assert_eq!(ltv(1_000_000, 31, year), 11_782_258);
        assert_eq!(ltv(-1_000_000, 487, year), -750_000);
        assert_eq!(ltv(i64::MAX, 0, Lifetime { numerator: i64::MAX, denominator: 1 }), i64::MAX);
    }

    #[test]
    fn halves_go_to_even() {
        // 16 months old: 487 days. 8 · 1 / 16 is a half.
        let month = Lifetime { numerator: 1, denominator: 1 };
        assert_eq!([8, 24, 40, -8].map(|money| ltv(money, 487, month)), [0, 2, 2, 0]);
    }

    #[test]
    fn lifetime_is_at_least_a_month() {
        assert_eq!(Lifetime::estimated(0, 0).months(), 1.0);
        assert_eq!(Lifetime::estimated(60, 2).months(), 1.0);
        assert_eq!(Lifetime::estimated(974, 2).months(), 16.0);
    }

    #[test]
    fn ranks_from_the_top_and_ties() {
        let values = ValueCounts::of((1..=20).collect());
        assert_eq!(from_rank(&values, 100_000), Some(19));
        assert_eq!(from_rank(&values, 500_000), Some(11));
        // Rank ceil(0.1 · 21) is 3.
        assert_eq!(from_rank(&ValueCounts::of((1..=21).collect()), 100_000), Some(19));
        assert_eq!(from_rank(&ValueCounts::default(), 100_000), None);
    }

    #[test]
    fn caps_are_a_third_of_the_median() {
        assert_eq!(cap(&[(30, 1), (60, 1)]), Some(15));
        assert_eq!(cap(&[(30, 3), (60, 1)]), Some(10));
        assert_eq!(cap(&[(-30, 1)]), Some(0));
        assert_eq!(cap(&[]), None);
    }
}
