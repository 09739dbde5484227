//! The best question to split customers by.

use super::rules::Condition;
use super::{Feature, Ground};

/// Part of the best gain that a round threshold must keep.
const GAIN_KEPT: f64 = 0.97;
/// Significant decimal digits after which a number is no longer made rounder.
const DIGITS_MAX: i32 = 6;
/// A gain below this part of the impurity is rounding, not a gain.
const GAIN_MIN: f64 = 1e-9;

/// A question with what it gains.
pub(super) struct Split {
    pub condition: Condition,
    gain: f64,
}

/// The question that lowers the Gini impurity the most with enough customers on both sides; of equal
/// ones that of the first feature, then of the lowest value. `None` where none helps.
pub(super) fn best_split(ground: &Ground<'_>, places: &[u32], counts: &[usize]) -> Option<Split> {
    let mut best: Option<Split> = None;
    for (number, feature) in ground.features.iter().enumerate() {
        let found = match feature {
            Feature::Number(values) => by_number(ground, number, values, places, counts),
            Feature::Category(codes) => by_category(ground, number, codes, places, counts),
        };
        if let Some(found) = found
            && best.as_ref().is_none_or(|best| found.gain > best.gain)
        {
            best = Some(found);
        }
    }
    best
}

/// Customers times Gini impurity: what is left to explain.
fn impurity(counts: &[usize]) -> f64 {
    let total: usize = counts.iter().sum();
    let squares: f64 = counts.iter().map(|&count| (count as f64).powi(2)).sum();
    if total == 0 { 0.0 } else { total as f64 - squares / total as f64 }
}

/// How much less is left after a split into `part` and the rest of `whole`; `None` where that is
/// nothing or a side has too few customers.
fn gain(part: &[usize], whole: &[usize], leaf_min: usize) -> Option<f64> {
    let rest: Vec<usize> = whole.iter().zip(part).map(|(all, some)| all - some).collect();
    if part.iter().sum::<usize>() < leaf_min || rest.iter().sum::<usize>() < leaf_min {
        return None;
    }
    let before = impurity(whole);
    let gain = before - impurity(part) - impurity(&rest);
    (gain > before * GAIN_MIN).then_some(gain)
}

/// Values ascending, each with the label of its customer.
type Ascending = Vec<(f64, usize)>;

fn by_number(
    ground: &Ground<'_>,
    feature: usize,
    values: &[f64],
    places: &[u32],
    counts: &[usize],
) -> Option<Split> {
    let pair = |&place: &u32| (values[place as usize], usize::from(ground.labels[place as usize]));
    let mut ascending: Ascending = places.iter().map(pair).collect();
    ascending.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut below = vec![0; counts.len()];
    let mut best: Option<(f64, usize)> = None;
    for end in 1..ascending.len() {
        below[ascending[end - 1].1] += 1;
        if ascending[end - 1].0 < ascending[end].0
            && let Some(gain) = gain(&below, counts, ground.leaf_min)
            && best.is_none_or(|(most, _)| gain > most)
        {
            best = Some((gain, end));
        }
    }
    let (most, end) = best?;
    let value = threshold(ascending[end - 1].0, ascending[end].0, |value| {
        let end = ascending.partition_point(|pair| pair.0 < value);
        let mut below = vec![0; counts.len()];
        ascending[..end].iter().for_each(|pair| below[pair.1] += 1);
        gain(&below, counts, ground.leaf_min).is_some_and(|gain| gain >= GAIN_KEPT * most)
    });
    Some(Split { condition: Condition::AtLeast { feature, value }, gain: most })
}

/// The roundest number that splits about as well as any from above `low` to `high`, as `good` says:
/// the coarsest step of 1, 2 or 5 times a power of ten with a multiple that is good.
fn threshold(low: f64, high: f64, good: impl Fn(f64) -> bool) -> f64 {
    let most = low.abs().max(high.abs());
    let top = most.log10().ceil() as i32;
    for exponent in (top - DIGITS_MAX..=top).rev() {
        for leading in [5.0, 2.0, 1.0] {
            // Negative powers are not exact, so one divides by the positive.
            let multiple = |times: f64| match exponent {
                0.. => times * leading * 10_f64.powi(exponent),
                _ => times * leading / 10_f64.powi(-exponent),
            };
            let step = multiple(1.0);
            let candidates = [(high / step).floor(), (low / step).floor(), (high / step).ceil()];
            let found = candidates.into_iter().map(multiple).find(|&value| good(value));
            if let Some(value) = found {
                // No minus zero in a sentence.
                return value + 0.0;
            }
        }
    }
    high
}

fn by_category(
    ground: &Ground<'_>,
    feature: usize,
    codes: &[u32],
    places: &[u32],
    counts: &[usize],
) -> Option<Split> {
    let pair = |&place: &u32| (codes[place as usize], usize::from(ground.labels[place as usize]));
    let mut ascending: Vec<(u32, usize)> = places.iter().map(pair).collect();
    ascending.sort_unstable();
    let mut best: Option<Split> = None;
    for group in ascending.chunk_by(|a, b| a.0 == b.0) {
        let mut inside = vec![0; counts.len()];
        group.iter().for_each(|pair| inside[pair.1] += 1);
        if let Some(gain) = gain(&inside, counts, ground.leaf_min)
            && best.as_ref().is_none_or(|best| gain > best.gain)
        {
            best = Some(Split { condition: Condition::Is { feature, code: group[0].0 }, gain });
        }
    }
    best
}
