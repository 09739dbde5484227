//! The arithmetic of value for effort: exact, rounded only to be shown.

use model::money::{Money, SCALE, divide_half_even};
use serde::{Deserialize, Serialize};

/// What an exact cost is in, per 1/10 000 of money: effort, hours and the price of an hour each have
/// four decimals.
const FINE: i128 = SCALE as i128 * SCALE as i128;
/// Decimals of an influence, as steps of one.
const STEPS: f64 = 10_000.0;

/// What an hour of effort is, and what it costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// Hours of one unit of effort, in 1/10 000.
    pub hours_per_unit: i64,
    /// Money of an hour in 1/10 000; `None`: nobody has said it.
    pub hour_cost: Option<i64>,
}

/// What some customers cost and bring in the last 365 days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returns {
    pub customers: u64,
    /// Those of them whose effort is known: the rest of this is of them.
    pub known: u64,
    /// As deals and touches give it, in 1/10 000.
    pub effort: i128,
    /// Margin or revenue in 1/10 000.
    pub money: i128,
}

/// How effort is repaid; their places are label codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repaid {
    /// Brings its cost twice or more: ROI of 1 or more.
    Pays,
    /// Brings its cost, and less than twice: ROI from 0 to 1.
    Thin,
    /// Costs more than it brings: ROI below 0.
    Drain,
}

impl Rates {
    /// Hours of some effort, in 1/10 000.
    pub fn hours(&self, effort: i128) -> i128 {
        divide_half_even(effort * i128::from(self.hours_per_unit), i128::from(SCALE))
    }

    /// The exact cost of some effort; `None` where the price of an hour is not known.
    fn fine_cost(&self, effort: i128) -> Option<i128> {
        Some(effort * i128::from(self.hours_per_unit) * i128::from(self.hour_cost?))
    }

    /// The cost of some effort, in 1/10 000.
    pub fn cost(&self, effort: i128) -> Option<i128> {
        self.fine_cost(effort).map(|cost| divide_half_even(cost, FINE))
    }

    /// (Money − cost) / cost; `None` where the cost is not known or nothing. Cut off after four
    /// decimals, not rounded, so that what is short of a limit never reads as the limit.
    pub fn roi(&self, money: i128, effort: i128) -> Option<f64> {
        let cost = self.fine_cost(effort).filter(|&cost| cost > 0)?;
        Some(((money * FINE - cost) * i128::from(SCALE)).div_euclid(cost) as f64 / SCALE as f64)
    }

    /// How effort is repaid; `None` as for [`Rates::roi`].
    pub fn repaid(&self, money: i128, effort: i128) -> Option<Repaid> {
        let cost = self.fine_cost(effort).filter(|&cost| cost > 0)?;
        let money = money * FINE;
        Some(match money {
            _ if money >= 2 * cost => Repaid::Pays,
            _ if money >= cost => Repaid::Thin,
            _ => Repaid::Drain,
        })
    }
}

impl Returns {
    /// Adds what others cost and bring.
    pub fn add(&mut self, other: &Returns) {
        self.customers += other.customers;
        self.known += other.known;
        self.effort += other.effort;
        self.money += other.money;
    }
}

/// A sum as money; one that does not fit is the largest.
pub fn money(sum: i128) -> Money {
    Money(i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX }))
}

/// How far somebody's word carries: decimal logarithms of followers and of referrals, each plus one,
/// added up; `None` where neither is known.
pub fn influence(followers: Option<f64>, referrals: Option<f64>) -> Option<f64> {
    let logarithm = |count: f64| (count + 1.0).log10();
    let parts = [followers, referrals].into_iter().flatten().map(logarithm);
    parts.reduce(|a, b| a + b).map(rounded)
}

/// A count as people write it: `1200`, `1 200`, `1,200`; `None` where it is none.
pub fn count(text: &str) -> Option<f64> {
    let digits: String =
        text.chars().filter(|letter| !letter.is_whitespace() && !",'’_".contains(*letter)).collect();
    digits.parse::<f64>().ok().filter(|count| count.is_finite() && *count >= 0.0)
}

fn rounded(value: f64) -> f64 {
    // No minus zero on a page.
    (value * STEPS).round() / STEPS + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half an hour a point, 30 an hour: a point costs 15.
    const POINTS: Rates = Rates { hours_per_unit: 5_000, hour_cost: Some(300_000) };

    #[test]
    fn a_point_costs_its_part_of_an_hour() {
        assert_eq!(POINTS.hours(30_000), 15_000);
        assert_eq!(POINTS.cost(30_000), Some(450_000));
        assert_eq!(POINTS.roi(900_000, 30_000), Some(1.0));
        assert_eq!(POINTS.roi(0, 30_000), Some(-1.0));
        assert_eq!(POINTS.roi(899_999, 30_000), Some(0.9999));
        assert_eq!(POINTS.roi(449_999, 30_000), Some(-0.0001));
        assert_eq!(POINTS.roi(1, 0), None);
        assert_eq!(Rates { hour_cost: None, ..POINTS }.roi(1, 1), None);
    }

    #[test]
    fn limits_are_exact() {
        // A third of a point costs 4.9995: what lies between two ten-thousandths still counts.
        let repaid = |money| POINTS.repaid(money, 3_333);
        assert_eq!(POINTS.cost(3_333), Some(49_995));
        assert_eq!([49_994, 49_995, 99_989, 99_990].map(repaid), {
            [Repaid::Drain, Repaid::Thin, Repaid::Thin, Repaid::Pays].map(Some)
        });
        let odd = Rates { hours_per_unit: 3_333, hour_cost: Some(10_001) };
        assert_eq!(odd.cost(1), Some(0));
        assert_eq!(odd.repaid(0, 1), Some(Repaid::Drain));
        // A cost of 0.000100000001 is more than 0.0001, and twice of it more than 0.0002.
        let fine = Rates { hours_per_unit: 1, hour_cost: Some(5_882_353) };
        assert_eq!([1, 2, 3].map(|money| fine.repaid(money, 17)), {
            [Repaid::Drain, Repaid::Thin, Repaid::Pays].map(Some)
        });
    }

    #[test]
    fn influence_is_on_a_log_scale() {
        assert_eq!(influence(Some(999.0), None), Some(3.0));
        assert_eq!(influence(Some(99.0), Some(9.0)), Some(3.0));
        assert_eq!(influence(Some(0.0), Some(0.0)), Some(0.0));
        assert_eq!(influence(None, None), None);
        assert_eq!(["1 200", "1,200", "12'000", " 7 "].map(count), [1200.0, 1200.0, 12000.0, 7.0].map(Some));
        assert_eq!(["", "many", "-5", "inf"].map(count), [None; 4]);
    }
}
