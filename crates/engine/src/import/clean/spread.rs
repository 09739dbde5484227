//! A sum spread over lines in proportion, to the last digit.

/// Ten-thousandths in a cent: sums of whole cents are spread in whole cents.
const CENT: i64 = 100;

/// Shares of `total` in proportion to `weights`, which add up to it exactly.
///
/// Every share is rounded down, and what is left over goes, one smallest unit each, to the lines
/// with the largest remainders, of equal ones to the earlier (Hamilton's method). Negative weights
/// count as none; without any weight the first line takes all.
pub(super) fn spread(total: i64, weights: &[i64]) -> Vec<i64> {
    let mut shares = vec![0; weights.len()];
    let sum: i128 = weights.iter().map(|&weight| i128::from(weight.max(0))).sum();
    if sum == 0 {
        if let Some(first) = shares.first_mut() {
            *first = total;
        }
        return shares;
    }
    let unit = if total % CENT == 0 { CENT } else { 1 };
    let units = i128::from(total.unsigned_abs()) / i128::from(unit);
    let sign = total.signum() * unit;
    let mut left = units;
    let mut remainders: Vec<(i128, usize)> = Vec::with_capacity(weights.len());
    for (index, &weight) in weights.iter().enumerate() {
        let exact = units * i128::from(weight.max(0));
        let share = exact / sum;
        // A share is no larger than the total, so it fits.
        shares[index] = share as i64 * sign;
        left -= share;
        remainders.push((exact % sum, index));
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for &(_, index) in remainders.iter().take(left as usize) {
        shares[index] += sign;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_shares() {
        assert_eq!(spread(100_000, &[10, 10, 10]), [33_400, 33_300, 33_300]);
        assert_eq!(spread(100_000, &[0, 10]), [0, 100_000]);
        assert_eq!(spread(-100_000, &[2, 1]), [-66_700, -33_300]);
        assert_eq!(spread(5, &[0, 0]), [5, 0]);
        assert_eq!(spread(5, &[]), [0; 0]);
    }

    proptest! {
        #[test]
        fn adds_up_and_is_near_proportion(
            total in 0i64..10_000_000,
            weights in prop::collection::vec(1i64..1_000_000, 1..9),
        ) {
            let shares = spread(total, &weights);
            prop_assert_eq!(shares.iter().sum::<i64>(), total);
            let sum: i64 = weights.iter().sum();
            for (share, weight) in shares.iter().zip(&weights) {
                let exact = total as f64 * *weight as f64 / sum as f64;
                prop_assert!((*share as f64 - exact).abs() <= CENT as f64);
            }
        }
    }
}
