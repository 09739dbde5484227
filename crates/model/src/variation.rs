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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(coefficient_of_variation(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]), Some(0.4));
        assert_eq!(coefficient_of_variation(&[1.0, -1.0]), None);
        assert_eq!(coefficient_of_variation(&[]), None);
    }
}
