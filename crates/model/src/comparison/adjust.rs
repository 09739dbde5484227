//! Many differences looked at at once.

/// p-values adjusted by Holm's step-down (1979), in their order: with all of them below a limit, the
/// chance of any false one among them is below it, whatever they have to do with each other.
pub fn holm(values: &[f64]) -> Vec<f64> {
    let mut places: Vec<usize> = (0..values.len()).collect();
    places.sort_by(|&one, &two| values[one].total_cmp(&values[two]));
    let (mut adjusted, mut least) = (vec![1.0; values.len()], 0.0_f64);
    for (rank, &place) in places.iter().enumerate() {
        least = least.max(values[place] * (values.len() - rank) as f64).min(1.0);
        adjusted[place] = least;
    }
    adjusted
}
