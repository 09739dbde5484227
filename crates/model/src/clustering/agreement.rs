//! How far two groupings of the same customers agree.

use super::partition::Label;

/// How many customers are in each pair of clusters of two groupings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contingency {
    /// Cells, one row per cluster of the first grouping.
    cells: Vec<u64>,
    /// Sizes of the clusters of the first grouping.
    pub first: Vec<u64>,
    /// Sizes of the clusters of the second grouping.
    pub second: Vec<u64>,
}

impl Contingency {
    /// Counts pairs of labels of the same customers.
    pub fn of(pairs: impl Iterator<Item = (Label, Label)> + Clone) -> Contingency {
        let sizes = pairs.clone().fold((0, 0), |(first, second), (a, b)| {
            (first.max(usize::from(a) + 1), second.max(usize::from(b) + 1))
        });
        let mut cells = vec![0; sizes.0 * sizes.1];
        pairs.for_each(|(a, b)| cells[usize::from(a) * sizes.1 + usize::from(b)] += 1);
        let (mut first, mut second) = (vec![0; sizes.0], vec![0; sizes.1]);
        for (place, &count) in cells.iter().enumerate() {
            first[place / sizes.1] += count;
            second[place % sizes.1] += count;
        }
        Contingency { cells, first, second }
    }

    /// How many customers are in both clusters.
    pub fn both(&self, first: usize, second: usize) -> u64 {
        self.cells[first * self.second.len() + second]
    }

    /// For a cluster of the first grouping the highest Jaccard index with one of the second; 0 where
    /// it has no customers.
    pub fn best_jaccard(&self, first: usize) -> f64 {
        let size = self.first.get(first).copied().unwrap_or_default();
        let index = |second: usize| {
            let both = self.both(first, second);
            both as f64 / (size + self.second[second] - both) as f64
        };
        if size == 0 { 0.0 } else { (0..self.second.len()).map(index).fold(0.0, f64::max) }
    }

    /// The Rand index corrected for chance (Hubert and Arabie, 1985): 1 for equal groupings, about 0
    /// for unrelated ones. Two groupings that are both one cluster, or both all single customers, are
    /// equal. 1 for fewer than two customers.
    pub fn adjusted_rand(&self) -> f64 {
        let pairs = |count: &u64| *count as f64 * (*count as f64 - 1.0) / 2.0;
        let total: u64 = self.first.iter().sum();
        if total < 2 {
            return 1.0;
        }
        let both: f64 = self.cells.iter().map(pairs).sum();
        let (first, second): (f64, f64) =
            (self.first.iter().map(pairs).sum(), self.second.iter().map(pairs).sum());
        let expected = first * second / pairs(&total);
        let most = (first + second) / 2.0;
        if most == expected { 1.0 } else { (both - expected) / (most - expected) }
    }
}

/// The Jaccard index of two sets, given as who is in them: those in both over those in either. Two
/// empty sets are equal: 1.
pub fn jaccard(one: &[bool], other: &[bool]) -> f64 {
    let count =
        |holds: fn(bool, bool) -> bool| one.iter().zip(other).filter(|&(&a, &b)| holds(a, b)).count() as f64;
    let either = count(|a, b| a || b);
    if either == 0.0 { 1.0 } else { count(|a, b| a && b) / either }
}

/// The Rand index of two groupings of the same customers, corrected for chance.
pub fn adjusted_rand(one: &[Label], other: &[Label]) -> f64 {
    Contingency::of(one.iter().copied().zip(other.iter().copied())).adjusted_rand()
}
