//! How evenly something is spread over periods.

/// The coefficient of variation: population standard deviation over mean.
///
/// Zero periods count. `None` without values or where the mean is zero or less.
pub fn coefficient_of_variation(values: &[f64]) -> Option<f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    if values.is_empty() || mean <= 0.0 {
        return None;
    }
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    Some((squares / count).sqrt() / mean)
}

/// The same of several at once, to the same digits: of each column of `values`, the last `known` ones.
///
/// Panics if more are known than there are.
pub fn coefficients_of_variation<const COLUMNS: usize>(
    values: &[[f64; COLUMNS]],
    known: &[usize; COLUMNS],
) -> [Option<f64>; COLUMNS] {
    let counts = known.map(|known| known as f64);
    // Places are numbers like the values: processors compare those side by side.
    let skipped = known.map(|known| (values.len() - known) as f64);
    let (mut sums, mut squares) = ([0.0; COLUMNS], [0.0; COLUMNS]);
    // What is not known adds nothing. Sums of all columns grow side by side, each in the same order as if
    // it were alone.
    for (place, row) in values.iter().enumerate() {
        let place = place as f64;
        for ((sum, &skipped), &value) in sums.iter_mut().zip(&skipped).zip(row) {
            *sum += if place >= skipped { value } else { 0.0 };
        }
    }
    let means: [f64; COLUMNS] = std::array::from_fn(|column| sums[column] / counts[column]);
    for (place, row) in values.iter().enumerate() {
        let place = place as f64;
        for (((sum, &skipped), &value), &mean) in squares.iter_mut().zip(&skipped).zip(row).zip(&means) {
            let far = (if place >= skipped { value } else { mean }) - mean;
            *sum += far * far;
        }
    }
    let ratios: [f64; COLUMNS] =
        std::array::from_fn(|column| (squares[column] / counts[column]).sqrt() / means[column]);
    std::array::from_fn(|column| (known[column] > 0 && means[column] > 0.0).then_some(ratios[column]))
}

/// Index of each period: its total over the mean of all. A period whose index would be zero or less
/// cannot be divided by and gets 1; so do all where the mean is zero or less.
pub fn season_indexes(totals: &[i128]) -> Vec<f64> {
    let sum: i128 = totals.iter().sum();
    let index = |&total: &i128| {
        if total > 0 && sum > 0 { total as f64 * totals.len() as f64 / sum as f64 } else { 1.0 }
    };
    totals.iter().map(index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn season_is_each_period_over_the_mean() {
        assert_eq!(season_indexes(&[50, 100, 150]), [0.5, 1.0, 1.5]);
        assert_eq!(season_indexes(&[0, 100]), [1.0, 2.0]);
        assert_eq!(season_indexes(&[-5, 2]), [1.0, 1.0]);
    }

    proptest! {
        #[test]
        fn several_at_once_are_each_alone(
            values in prop::collection::vec(prop::array::uniform3(-5_000_000..90_000_000_i64), 0..30),
            known in prop::array::uniform3(any::<prop::sample::Index>()),
        ) {
            let known = known.map(|known| known.index(values.len() + 1));
            let numbers: Vec<[f64; 3]> =
                values.iter().map(|row| row.map(|value| value as f64 / 3.0)).collect();
            let together = coefficients_of_variation(&numbers, &known);
            for column in 0..3 {
                let own: Vec<f64> = numbers.iter().map(|row| row[column]).collect();
                let alone = coefficient_of_variation(&own[own.len() - known[column]..]);
                prop_assert_eq!(together[column].map(f64::to_bits), alone.map(f64::to_bits));
            }
        }
    }

    #[test]
    fn known_values() {
        assert_eq!(coefficient_of_variation(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]), Some(0.4));
        assert_eq!(coefficient_of_variation(&[1.0, -1.0]), None);
        assert_eq!(coefficient_of_variation(&[]), None);
    }
}
