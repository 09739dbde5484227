//! Cuts of a set of values into groups, the same whatever the order of the values.
//!
//! Equal values always fall in the same group, which the usual `NTILE` and rank-first scripts do
//! not grant.

use serde::{Deserialize, Serialize};

/// How often each value occurs: a set of values in the form that adds up across buckets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueCounts {
    /// Distinct values, ascending.
    values: Vec<i64>,
    /// How often each occurs; same length as `values`.
    counts: Vec<u64>,
}

impl ValueCounts {
    /// Counts the values of a list in any order.
    pub fn of(mut list: Vec<i64>) -> ValueCounts {
        list.sort_unstable();
        let mut counted = ValueCounts::default();
        for value in list {
            counted.push(value, 1);
        }
        counted
    }

    /// Adds up many sets at once, as the buckets of a base give them.
    pub fn merge_all(sets: Vec<ValueCounts>) -> ValueCounts {
        let mut pairs: Vec<(i64, u64)> = Vec::with_capacity(sets.iter().map(|set| set.values.len()).sum());
        for set in &sets {
            pairs.extend(set.iter());
        }
        drop(sets);
        pairs.sort_unstable_by_key(|&(value, _)| value);
        let mut merged = ValueCounts::default();
        for (value, count) in pairs {
            merged.push(value, count);
        }
        merged
    }

    /// `(value, count)` ascending by value.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (i64, u64)> + '_ {
        self.values.iter().copied().zip(self.counts.iter().copied())
    }

    /// How many values in all.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value at a rank, from 1 to `total`, ascending; `None` outside.
    pub fn at_rank(&self, rank: u64) -> Option<i64> {
        if rank == 0 {
            return None;
        }
        let mut seen = 0;
        self.iter().find_map(|(value, count)| {
            seen += count;
            (seen >= rank).then_some(value)
        })
    }

    /// The cuts between `groups` groups: cut `j` is the value at rank `ceil(j·n / groups)`.
    ///
    /// A value is in the lowest group whose cut is not below it, see [`group_of`]. Empty without
    /// values.
    pub fn cuts(&self, groups: u32) -> Vec<i64> {
        let total = u128::from(self.total());
        (1..groups)
            .filter_map(|j| self.at_rank((u128::from(j) * total).div_ceil(u128::from(groups)) as u64))
            .collect()
    }

    /// The median; the mean of the two middle values where their number is even.
    pub fn median(&self) -> Option<f64> {
        let total = self.total();
        let low = self.at_rank(total.div_ceil(2))?;
        let high = self.at_rank(total / 2 + 1)?;
        Some((low as f64 + high as f64) / 2.0)
    }

    fn push(&mut self, value: i64, count: u64) {
        match (self.values.last(), self.counts.last_mut()) {
            (Some(&last), Some(tally)) if last == value => *tally += count,
            _ => {
                self.values.push(value);
                self.counts.push(count);
            }
        }
    }
}

/// The group of a value among ascending cuts, from 0: the lowest whose cut is not below it.
pub fn group_of(value: i64, cuts: &[i64]) -> usize {
    cuts.partition_point(|&cut| cut < value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn terciles_of_ties() {
        let counted = ValueCounts::of(vec![1, 1, 1, 1, 2, 9]);
        assert_eq!(counted.cuts(3), [1, 1]);
        assert_eq!([1, 2, 9].map(|v| group_of(v, &[1, 1])), [0, 2, 2]);
        assert_eq!(ValueCounts::of(vec![4, 1, 3]).median(), Some(3.0));
        assert_eq!(ValueCounts::of(vec![4, 1, 3, 2]).median(), Some(2.5));
        assert_eq!(ValueCounts::default().cuts(3), Vec::<i64>::new());
    }

    proptest! {
        #[test]
        fn merging_is_counting_together(
            a in prop::collection::vec(-5i64..20, 0..40),
            b in prop::collection::vec(-5i64..20, 0..40),
        ) {
            let together = ValueCounts::of(a.iter().chain(&b).copied().collect());
            prop_assert_eq!(ValueCounts::merge_all(vec![ValueCounts::of(a), ValueCounts::of(b)]), together);
        }

        #[test]
        fn cuts_are_ranks_of_the_sorted_list(
            mut list in prop::collection::vec(-50i64..50, 1..60),
            groups in 2u32..10,
        ) {
            let cuts = ValueCounts::of(list.clone()).cuts(groups);
            list.sort_unstable();
            for (j, cut) in (1..).zip(&cuts) {
                let rank = (j * list.len()).div_ceil(groups as usize);
                prop_assert_eq!(*cut, list[rank - 1]);
            }
        }
    }
}
