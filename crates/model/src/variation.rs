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

    #[test]
    fn season_is_each_period_over_the_mean() {
        assert_eq!(season_indexes(&[50, 100, 150]), [0.5, 1.0, 1.5]);
        assert_eq!(season_indexes(&[0, 100]), [1.0, 2.0]);
        assert_eq!(season_indexes(&[-5, 2]), [1.0, 1.0]);
    }

    #[test]
    fn known_values() {
        assert_eq!(coefficient_of_variation(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]), Some(0.4));
        assert_eq!(coefficient_of_variation(&[1.0, -1.0]), None);
        assert_eq!(coefficient_of_variation(&[]), None);
    }
}
