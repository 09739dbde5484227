//! Where centres begin: k-means++ with several tries per centre, and new places for empty clusters.

use crate::random::Random;

/// Tries per centre beyond which more do not pay: two and the natural logarithm of the clusters, as
/// Arthur and Vassilvitskii (2007) propose.
fn tries(k: usize) -> usize {
    2 + (k as f64).ln() as usize
}

/// Draws `k` of `count` rows as first centres: each with a chance in proportion to its dissimilarity
/// from those drawn before, the best of some tries. Fewer where no row differs from those drawn.
///
/// `dissimilarity` is between rows: zero where they are alike, for k-means the square of the distance.
pub(super) fn seeds(
    count: usize,
    k: usize,
    random: &mut Random,
    dissimilarity: impl Fn(usize, usize) -> f64,
) -> Vec<usize> {
    let mut chosen = vec![random.below(count)];
    let mut nearest: Vec<f64> = (0..count).map(|row| dissimilarity(row, chosen[0])).collect();
    while chosen.len() < k {
        let total: f64 = nearest.iter().sum();
        if total <= 0.0 {
            break;
        }
        let mut best: Option<(f64, usize, Vec<f64>)> = None;
        for _ in 0..tries(k) {
            let candidate = draw(&nearest, random.unit() * total);
            let nearer: Vec<f64> = nearest
                .iter()
                .enumerate()
                .map(|(row, &old)| lower(old, dissimilarity(row, candidate)))
                .collect();
            let left = nearer.iter().sum();
            if best.as_ref().is_none_or(|(least, ..)| left < *least) {
                best = Some((left, candidate, nearer));
            }
        }
        let Some((_, candidate, nearer)) = best else { break };
        chosen.push(candidate);
        nearest = nearer;
    }
    chosen
}

/// The row at which the running sum of weights passes `target`; one of positive weight.
fn draw(weights: &[f64], target: f64) -> usize {
    let mut sum = 0.0;
    let passed = weights.iter().position(|&weight| {
        sum += weight;
        weight > 0.0 && sum > target
    });
    // The target may lie in the last digit of the sum.
    passed.or_else(|| weights.iter().rposition(|&weight| weight > 0.0)).unwrap_or_default()
}

fn lower(one: f64, other: f64) -> f64 {
    if other < one { other } else { one }
}

/// Rows that become the centres of `wanted` empty clusters: each the farthest from the centres there
/// are, of equally far ones the first. Fewer where every row lies on a centre.
///
/// `to_centre` is each row's dissimilarity to its own centre.
pub(super) fn farthest(
    mut to_centre: Vec<f64>,
    wanted: usize,
    dissimilarity: impl Fn(usize, usize) -> f64,
) -> Vec<usize> {
    let mut found = Vec::with_capacity(wanted);
    while found.len() < wanted {
        let first = to_centre
            .iter()
            .enumerate()
            .fold((0, 0.0), |far, (row, &distance)| if distance > far.1 { (row, distance) } else { far });
        if first.1 <= 0.0 {
            break;
        }
        found.push(first.0);
        for (row, distance) in to_centre.iter_mut().enumerate() {
            *distance = lower(*distance, dissimilarity(row, first.0));
        }
    }
    found
}
