//! Two sides, which may be of very different size: a segment beside the other customers, a base of thousands
//! beside a market of millions.

use super::table::Table;
use crate::criteria::Margins;

/// Up to so many rows chance is worked out exactly whatever it costs.
const EXACT_MAX: u64 = 10_000;
/// With fewer expected in any cell, chance is worked out exactly: Pearson's test leans on many.
const EXPECTED_MIN: f64 = 25.0;
/// A value is told apart where this many of either side would have it if both were alike.
pub const V_TESTED_MIN: f64 = 5.0;

/// Counts by value of two sides with values that are too rare to tell apart put together: those of which
/// the smaller side would have fewer than [`V_TESTED_MIN`] if both were alike. Which these are depends on
/// both sides together, so that no side's luck chooses. The rest stands last where there is any.
pub fn merged(one: &[u64], two: &[u64]) -> (Vec<u64>, Vec<u64>) {
    let (n, m) = (one.iter().sum::<u64>(), two.iter().sum::<u64>());
    let smaller = n.min(m) as f64 / (n + m).max(1) as f64;
    let (mut kept, mut rest) = ((Vec::new(), Vec::new()), (0, 0));
    for (&own, &other) in one.iter().zip(two) {
        if (own + other) as f64 * smaller >= V_TESTED_MIN {
            kept.0.push(own);
            kept.1.push(other);
        } else {
            rest = (rest.0 + own, rest.1 + other);
        }
    }
    if rest != (0, 0) {
        kept.0.push(rest.0);
        kept.1.push(rest.1);
    }
    kept
}

/// How closely a value belongs to a side: Cramér's V of the two sides' shares as if both were equally
/// many, V² = Σ (p − q)² / (2 (p + q)), less what chance alone adds on average, (k − 1) (1/n + 1/m) / 4
/// for k values. 0 where the shares are the same, 1 where no value occurs on both sides.
///
/// The V of the counts themselves would only tell how unequal the sides are: beside a million people,
/// no four thousand customers can have a V above 0.07.
pub fn balanced_v(one: &[u64], two: &[u64]) -> f64 {
    let (n, m) = (one.iter().sum::<u64>() as f64, two.iter().sum::<u64>() as f64);
    if n == 0.0 || m == 0.0 {
        return 0.0;
    }
    let (mut square, mut values) = (0.0, 0.0);
    for (&own, &other) in one.iter().zip(two).filter(|(own, other)| **own + **other > 0) {
        let (p, q) = (own as f64 / n, other as f64 / m);
        square += (p - q) * (p - q) / (2.0 * (p + q));
        values += 1.0;
    }
    let by_chance = (values - 1.0) * (1.0 / n + 1.0 / m) / 4.0;
    (square - by_chance).clamp(0.0, 1.0).sqrt()
}

/// The chance of two shares so different where there is no difference, two-sided: Fisher's exact test for
/// few rows or small cells, Pearson's for many. 1 where a side has nobody.
pub fn shares_chance(count: u64, of: u64, other: u64, other_of: u64) -> f64 {
    let (rows, positives) = (of + other_of, count + other);
    if of == 0 || other_of == 0 {
        return 1.0;
    }
    let least = of.min(other_of) as f64 * positives.min(rows - positives) as f64 / rows as f64;
    if rows <= EXACT_MAX || least < EXPECTED_MIN {
        return Margins { rows, positives, covered: of }.as_unlikely(count);
    }
    Table::new(vec![count, of - count, other, other_of - other], 2).chance()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn v_of_equal_sides_is_that_of_the_table() {
        // 60 of 100 beside 40 of 100: χ² = 8, V² = 0.04; corrected less 1/200.
        let v = balanced_v(&[60, 40], &[40, 60]);
        assert!((v * v - (0.04 - 0.005)).abs() < 1e-12, "{v}");
        // Shares decide, not how many there are.
        let many = balanced_v(&[60, 40], &[400_000, 600_000]);
        assert!((many - v).abs() < 0.01, "{many} {v}");
        assert!(Table::new(vec![60, 40, 400_000, 600_000], 2).cramers_v() < 0.01);
        assert!((balanced_v(&[500, 0], &[0, 500]) - 1.0).abs() < 0.01);
        assert_eq!(balanced_v(&[3, 7], &[30, 70]), 0.0);
        assert_eq!(balanced_v(&[], &[]), 0.0);
    }

    #[test]
    fn chance_alone_makes_no_v_on_average() {
        let mut random = Random::new(7);
        let mut squares = 0.0;
        for _ in 0..2_000 {
            let mut draw = |count: usize| {
                let mut counts = [0_u64; 6];
                (0..count).for_each(|_| counts[random.below(6)] += 1);
                counts
            };
            let (one, two) = (draw(60), draw(400));
            let square: f64 = one
                .iter()
                .zip(&two)
                .map(|(&a, &b)| (a as f64 / 60.0, b as f64 / 400.0))
                .map(|(p, q)| (p - q).powi(2) / (2.0 * (p + q)))
                .sum();
            squares += square - 5.0 * (1.0 / 60.0 + 1.0 / 400.0) / 4.0;
        }
        let mean = squares / 2_000.0;
        assert!(mean.abs() < 0.0015, "{mean}");
    }

    #[test]
    fn rare_values_are_put_together() {
        let (one, two) = merged(&[50, 1, 0, 49], &[500, 3, 2, 495]);
        assert_eq!((one, two), (vec![50, 49, 1], vec![500, 495, 5]));
        assert_eq!(merged(&[50, 50], &[5, 5]), (vec![50, 50], vec![5, 5]));
    }

    #[test]
    fn chance_is_the_same_where_both_tests_hold() {
        let exact = Margins { rows: 12_000, positives: 2_400, covered: 4_000 }.as_unlikely(840);
        let quick = shares_chance(840, 4_000, 1_560, 8_000);
        assert!((exact - quick).abs() < 0.005, "{exact} {quick}");
        assert_eq!(shares_chance(0, 0, 5, 10), 1.0);
        // Nobody of a thousand where the market has one in two: no chance.
        assert!(shares_chance(0, 1_000, 500_000, 1_000_000) < 1e-200);
    }
}
