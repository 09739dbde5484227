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
/// `dissimilarities` writes those of all rows from one: zero where they are alike, for k-means the
/// square of the distance.
pub(super) fn seeds(
    count: usize,
    k: usize,
    random: &mut Random,
    dissimilarities: impl Fn(usize, &mut [f64]),
) -> Vec<usize> {
    let mut chosen = vec![random.below(count)];
    let mut nearest = vec![0.0; count];
    dissimilarities(chosen[0], &mut nearest);
    let mut nearer = vec![vec![0.0; count]; tries(k)];
    let mut running = Vec::with_capacity(count);
    while chosen.len() < k {
        running.clear();
        running.extend(nearest.iter().scan(0.0, |sum, &weight| {
            *sum += weight;
            Some(*sum)
        }));
        let total = running[count - 1];
        if total <= 0.0 {
            break;
        }
        let candidates: Vec<usize> =
            nearer.iter().map(|_| draw(&nearest, &running, random.unit() * total)).collect();
        for (nearer, &candidate) in nearer.iter_mut().zip(&candidates) {
            dissimilarities(candidate, nearer);
            nearer.iter_mut().zip(&nearest).for_each(|(new, &old)| *new = lower(old, *new));
        }
        let left = sums(&nearer);
        // Of equals the first.
        let best = (1..left.len()).fold(0, |best, next| if left[next] < left[best] { next } else { best });
        chosen.push(candidates[best]);
        std::mem::swap(&mut nearest, &mut nearer[best]);
    }
    chosen
}

/// The row at which the running sum of weights passes `target`; one of positive weight.
fn draw(weights: &[f64], running: &[f64], target: f64) -> usize {
    let passed = running.partition_point(|&sum| sum <= target);
    // The target may lie in the last digit of the sum.
    if passed < weights.len() {
        passed
    } else {
        weights.iter().rposition(|&weight| weight > 0.0).unwrap_or_default()
    }
}

/// The sum of each list, all as long as each other: several at a time, as an addition has to wait for
/// the one before.
fn sums(lists: &[Vec<f64>]) -> Vec<f64> {
    let mut all = Vec::with_capacity(lists.len());
    for four in lists.chunks(4) {
        let list = |place: usize| four[place.min(four.len() - 1)].iter();
        let mut sums = [0.0; 4];
        for (((a, b), c), d) in list(0).zip(list(1)).zip(list(2)).zip(list(3)) {
            sums[0] += a;
            sums[1] += b;
            sums[2] += c;
            sums[3] += d;
        }
        all.extend(&sums[..four.len()]);
    }
    all
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
