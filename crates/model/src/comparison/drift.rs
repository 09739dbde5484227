//! How much the sizes of segments have changed.

/// Above this a division has changed somewhat (the credit industry's usual reading, Siddiqi 2006).
pub const SHIFTED: f64 = 0.1;
/// Above this it has drifted: what was decided by the old sizes may no longer hold.
pub const DRIFTED: f64 = 0.25;
/// Customers that are added to every segment, so that an empty one gives a large but finite index.
const CONTINUITY: f64 = 0.5;

/// The population stability index between two sets of sizes of the same segments, in the same order:
/// Σ (new share − old share) · ln(new share / old share). `None` where either has no customers.
pub fn stability_index(before: &[u64], after: &[u64]) -> Option<f64> {
    let total = |sizes: &[u64]| sizes.iter().sum::<u64>();
    if total(before) == 0 || total(after) == 0 {
        return None;
    }
    // Segments that never had anybody say nothing.
    let known: Vec<(f64, f64)> = before
        .iter()
        .zip(after)
        .filter(|&(&old, &new)| old + new > 0)
        .map(|(&old, &new)| (old as f64 + CONTINUITY, new as f64 + CONTINUITY))
        .collect();
    let sums = known.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
    let part = |&(old, new): &(f64, f64)| {
        let (old, new) = (old / sums.0, new / sums.1);
        (new - old) * (new / old).ln()
    };
    Some(known.iter().map(part).sum())
}
