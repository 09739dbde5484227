//! Letters from numbers, the same for customers and for products.

use model::histogram::{Bin, Histogram};

/// Fewest periods since the first purchase for a letter of variation.
pub const PERIODS_KNOWN_MIN: i64 = 3;
/// Whole of a share: limits of ABC are in 1/10 000 of a percent.
const WHOLE: u128 = 100 * model::money::SCALE as u128;

/// The lowest values of A and of B. Empty (`None`) where nobody has money above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AbcCuts {
    pub a_from: i64,
    pub b_from: i64,
}

/// Fits ABC: a value is A while the share of strictly larger ones in the total of the positive is
/// below the first limit, B while below the second. Limits are in 1/10 000 of a percent. Exact.
///
/// Gives the bins that the lowest values of A and of B are in, which are these values where the bins
/// are one value. `None` where nothing is above zero.
pub fn abc_bins(values: &Histogram, limits: [i64; 2]) -> Option<[Bin; 2]> {
    let positive = || values.bins().iter().rev().take_while(|bin| bin.least > 0);
    let total: u128 = positive().map(|bin| bin.sum.unsigned_abs()).sum();
    // Whole totals of strictly larger values that are below a limit are below this.
    let ends = limits.map(|limit| (u128::from(limit.unsigned_abs()) * total).div_ceil(WHOLE));
    let mut larger = 0;
    let mut found = [None; 2];
    for bin in positive() {
        for (found, end) in found.iter_mut().zip(ends) {
            if larger < end {
                *found = Some(*bin);
            }
        }
        larger += bin.sum.unsigned_abs();
    }
    let [a, b] = found;
    a.zip(b).map(|(a, b)| [a, b])
}

/// The letter of a value: 0 is A, 1 is B, 2 is C.
pub fn abc(value: i64, cuts: Option<AbcCuts>) -> usize {
    // Added up rather than branched on: which letter comes cannot be foreseen.
    cuts.map_or(2, |cuts| 2 - usize::from(value >= cuts.a_from) - usize::from(value >= cuts.b_from))
}

/// The variation of who has none: more than any limit.
pub const NO_VARIATION: f64 = f64::INFINITY;

/// The letter of a variation: 0 is X, 1 is Y, 2 is Z, 3 is N (too new to say). Limits are shares,
/// inclusive on the better side; a mean of zero or less has no variation and is Z.
pub fn xyz(variation: f64, periods_known: i64, limits: [f64; 2]) -> usize {
    let letter = usize::from(variation > limits[0]) + usize::from(variation > limits[1]);
    if periods_known < PERIODS_KNOWN_MIN { 3 } else { letter }
}

/// Variation as a whole number that sorts the same way, so that it can be counted exactly. It is
/// never negative, and floats of one sign sort like their bits.
pub(super) fn variation_key(variation: f64) -> i64 {
    variation.max(0.0).to_bits() as i64
}

/// The variation of a key.
pub(super) fn key_variation(key: i64) -> f64 {
    f64::from_bits(key as u64)
}

/// The Pareto curve: share of customers against share of the money above zero, largest first, in at
/// most `points` points from (0, 0) to (1, 1), the denser the nearer to the start, where the curve
/// is steep. The values of a bin are one straight piece.
pub fn pareto(values: &Histogram, points: usize) -> Vec<(f64, f64)> {
    let customers = values.total();
    let total: i128 = values.bins().iter().map(|bin| bin.sum.max(0)).sum();
    if total == 0 {
        return Vec::new();
    }
    let steps = points.saturating_sub(2).max(1) as u128;
    let mut curve = vec![(0.0, 0.0)];
    let (mut seen, mut money, mut next) = (0u64, 0i128, 0u64);
    for bin in values.bins().iter().rev() {
        seen += bin.count;
        money += bin.sum.max(0);
        // Looked at only where the next point lies: a division for every value would cost more than
        // the rest of the pass.
        if seen >= next && seen < customers {
            let step = (u128::from(seen) * steps * steps / u128::from(customers)).isqrt();
            if step > 0 {
                curve.push((seen as f64 / customers as f64, money as f64 / total as f64));
            }
            next = ((step + 1) * (step + 1) * u128::from(customers)).div_ceil(steps * steps) as u64;
        }
    }
    curve.push((1.0, 1.0));
    curve
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::quantiles::ValueCounts;
    use proptest::prelude::*;

    const LIMITS: [i64; 2] = [800_000, 950_000];

    fn counted(values: Vec<i64>) -> Histogram {
        Histogram::from(&ValueCounts::of(values))
    }

    fn cuts(values: Vec<i64>) -> Option<AbcCuts> {
        abc_bins(&counted(values), LIMITS).map(|[a, b]| AbcCuts { a_from: a.least, b_from: b.least })
    }

    #[test]
    fn shares_of_strictly_more() {
        // 80 of 100 lie above the value 15, which is therefore B; 95 above 5, which is C.
        let found = cuts(vec![80, 15, 5, 0, -7]);
        assert_eq!(found, Some(AbcCuts { a_from: 80, b_from: 15 }));
        assert_eq!([80, 15, 5, 0, -7].map(|value| abc(value, found)), [0, 1, 2, 2, 2]);
        // One less than 80 % above: still A.
        assert_eq!(cuts(vec![79, 16, 5]), Some(AbcCuts { a_from: 16, b_from: 16 }));
        assert_eq!(abc(1, cuts(vec![0, -1])), 2);
    }

    #[test]
    fn largest_sums_do_not_overflow() {
        let found = cuts(vec![i64::MAX, i64::MAX, 1]);
        assert_eq!(found, Some(AbcCuts { a_from: i64::MAX, b_from: i64::MAX }));
    }

    proptest! {
        /// A cut that is narrowed down is where it is when every value is counted; and the curve of the
        /// bins runs through points of the curve of the values.
        #[test]
        fn bins_lose_nothing(
            values in prop::collection::vec((any::<i32>(), 0..32_u32), 0..90),
            limits in (1..1_000_000_i64, 1..=1_000_000_i64).prop_map(|(a, b)| [a.min(b), a.max(b)]),
        ) {
            let values: Vec<i64> = values.into_iter().map(|(value, bits)| i64::from(value >> bits)).collect();
            let mut histogram = Histogram::of(values.iter().copied());
            let wide = abc_bins(&histogram, limits);
            let within = values.iter().copied().filter(|&v| wide.iter().flatten().any(|bin| bin.holds(v)));
            histogram.refine(&ValueCounts::of(within.collect()));
            let exact = counted(values);
            prop_assert_eq!(abc_bins(&histogram, limits), abc_bins(&exact, limits));
            let all = pareto(&exact, 1_000_000);
            prop_assert!(pareto(&histogram, 1_000_000).iter().all(|point| all.contains(point)));
        }
    }

    #[test]
    fn variation_limits_are_inclusive() {
        let limits = [0.1, 0.25];
        assert_eq!(xyz(0.1, 12, limits), 0);
        assert_eq!(xyz(0.1000001, 12, limits), 1);
        assert_eq!(xyz(0.25, 3, limits), 1);
        assert_eq!(xyz(0.2500001, 12, limits), 2);
        assert_eq!(xyz(NO_VARIATION, 12, limits), 2);
        assert_eq!(xyz(0.0, 2, limits), 3);
        assert!(variation_key(0.1) < variation_key(0.2) && variation_key(0.2) < variation_key(15.0));
        assert_eq!(key_variation(variation_key(0.3)), 0.3);
    }

    #[test]
    fn pareto_rises_to_one() {
        let curve = pareto(&counted(vec![60, 20, 20, 0]), 200);
        assert_eq!(curve, [(0.0, 0.0), (0.25, 0.6), (0.75, 1.0), (1.0, 1.0)]);
        let long = pareto(&counted((1..=5000).collect()), 200);
        assert!(long.len() <= 200 && long.len() > 150, "{}", long.len());
        assert!(long.is_sorted());
        assert!(pareto(&counted(vec![0, -3]), 200).is_empty());
    }
}
