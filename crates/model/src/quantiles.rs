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

/// A range of values up to so many times as wide as they are many is counted in a table.
const TABLE_WIDTH_MAX: u64 = 4;
/// Bits that one round of sorting looks at.
const DIGIT_BITS: u32 = 11;
/// Values of many sets that are merged at a time.
const PIECE_VALUES: usize = 1 << 14;
/// Values that are looked at to foresee where a piece ends.
const SAMPLES_PER_PIECE: usize = 64;
/// Most rounds of sorting; wider ranges are left to the standard library.
const DIGITS_MAX: u32 = 4;

impl ValueCounts {
    /// No values.
    pub const fn new() -> ValueCounts {
        ValueCounts { values: Vec::new(), counts: Vec::new() }
    }

    /// Counts the values of a list in any order.
    pub fn of(mut list: Vec<i64>) -> ValueCounts {
        let (Some(&low), Some(&high)) = (list.iter().min(), list.iter().max()) else {
            return ValueCounts::new();
        };
        let width = high.abs_diff(low);
        if width / TABLE_WIDTH_MAX < list.len() as u64 {
            return ValueCounts::tabled(low, width, list.into_iter().map(|value| (value, 1)));
        }
        sort(&mut list, low, width, |&value| value);
        let mut counted = ValueCounts::new();
        counted.values.reserve(list.len());
        counted.counts.reserve(list.len());
        list.into_iter().for_each(|value| counted.push(value, 1));
        counted.shrunk()
    }

    /// Adds up many sets at once, as the buckets of a base give them.
    pub fn merge_all(sets: &[&ValueCounts]) -> ValueCounts {
        if let [only] = sets {
            return (*only).clone();
        }
        let ends = |set: &&ValueCounts| Some((*set.values.first()?, *set.values.last()?));
        let ends = sets.iter().filter_map(ends).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        let Some((low, high)) = ends else { return ValueCounts::new() };
        let all = || sets.iter().flat_map(|set| set.iter());
        let (width, length) = (high.abs_diff(low), sets.iter().map(|set| set.values.len()).sum());
        if width / TABLE_WIDTH_MAX < length as u64 {
            return ValueCounts::tabled(low, width, all());
        }
        ValueCounts::merge_pieces(sets, length, PIECE_VALUES)
    }

    /// Merges sets of `length` values in all, about `piece` values at a time: what is sorted one by
    /// one stays in the processor's cache.
    fn merge_pieces(sets: &[&ValueCounts], length: usize, piece: usize) -> ValueCounts {
        let mut merged = ValueCounts::new();
        merged.values.reserve(length);
        merged.counts.reserve(length);
        let mut starts = vec![0; sets.len()];
        let mut pairs: Vec<(i64, u64)> = Vec::new();
        for end in piece_ends(sets, length, piece).into_iter().map(Some).chain([None]) {
            pairs.clear();
            for (set, start) in sets.iter().zip(&mut starts) {
                let rest = &set.values[*start..];
                let count = end.map_or(rest.len(), |end| rest.partition_point(|&value| value <= end));
                let place = *start..*start + count;
                pairs
                    .extend(set.values[place.clone()].iter().copied().zip(set.counts[place].iter().copied()));
                *start += count;
            }
            let value = |&(value, _): &(i64, u64)| value;
            if let (Some(low), Some(high)) = (pairs.iter().map(value).min(), pairs.iter().map(value).max()) {
                sort(&mut pairs, low, high.abs_diff(low), value);
            }
            pairs.iter().for_each(|&(value, count)| merged.push(value, count));
        }
        merged.shrunk()
    }

    /// Counts values from `low` to `low + width` in a table.
    fn tabled(low: i64, width: u64, pairs: impl Iterator<Item = (i64, u64)>) -> ValueCounts {
        let mut table = vec![0_u64; width as usize + 1];
        pairs.for_each(|(value, count)| table[value.abs_diff(low) as usize] += count);
        let mut counted = ValueCounts::new();
        let occurring = (0..).zip(table).filter(|&(_, count)| count > 0);
        occurring.for_each(|(offset, count)| counted.push(low + offset, count));
        counted.shrunk()
    }

    /// Without the room that was kept for values that turned out to be equal: sets are held for long.
    fn shrunk(mut self) -> ValueCounts {
        self.values.shrink_to_fit();
        self.counts.shrink_to_fit();
        self
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
        self.at_ranks(std::iter::once(rank)).pop()
    }

    /// The values at ranks that rise, in one walk; those of ranks outside of 1 to `total` are left out.
    fn at_ranks(&self, ranks: impl Iterator<Item = u64>) -> Vec<i64> {
        let mut ranks = ranks.skip_while(|&rank| rank == 0).peekable();
        let (mut found, mut seen) = (Vec::new(), 0);
        for (value, count) in self.iter() {
            seen += count;
            while ranks.next_if(|&rank| rank <= seen).is_some() {
                found.push(value);
            }
            if ranks.peek().is_none() {
                break;
            }
        }
        found
    }

    /// The cuts between `groups` groups: cut `j` is the value at rank `ceil(j·n / groups)`.
    ///
    /// A value is in the lowest group whose cut is not below it, see [`group_of`]. Empty without
    /// values.
    pub fn cuts(&self, groups: u32) -> Vec<i64> {
        let total = u128::from(self.total());
        let ranks = (1..groups).map(|j| (u128::from(j) * total).div_ceil(u128::from(groups)) as u64);
        self.at_ranks(ranks)
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

/// Values that cut sets of `length` values in all into pieces of about `piece`.
fn piece_ends(sets: &[&ValueCounts], length: usize, piece: usize) -> Vec<i64> {
    let step = piece.div_ceil(SAMPLES_PER_PIECE);
    let mut samples: Vec<i64> = Vec::with_capacity(length / step + sets.len());
    sets.iter().for_each(|set| samples.extend(set.values.iter().skip(step - 1).step_by(step)));
    samples.sort_unstable();
    samples.into_iter().skip(piece / step - 1).step_by(piece / step).collect()
}

/// Sorts by keys from `low` to `low + width` digit by digit, the least digit first.
fn sort<T: Copy + Default>(list: &mut Vec<T>, low: i64, width: u64, key: impl Fn(&T) -> i64) {
    const SIZE: usize = 1 << DIGIT_BITS;
    let digits = (u64::BITS - width.leading_zeros()).div_ceil(DIGIT_BITS);
    if list.len() < SIZE || digits > DIGITS_MAX {
        list.sort_unstable_by_key(key);
        return;
    }
    let mut sorted = vec![T::default(); list.len()];
    for digit in 0..digits {
        let of = |one: &T| (key(one).abs_diff(low) >> (digit * DIGIT_BITS)) as usize % SIZE;
        let mut places = [0; SIZE];
        list.iter().for_each(|one| places[of(one)] += 1);
        let mut next = 0;
        for place in &mut places {
            next += std::mem::replace(place, next);
        }
        for one in list.iter() {
            let place = &mut places[of(one)];
            sorted[*place] = *one;
            *place += 1;
        }
        std::mem::swap(list, &mut sorted);
    }
}

/// The group of a value among ascending cuts, from 0: the lowest whose cut is not below it.
#[inline]
pub fn group_of(value: i64, cuts: &[i64]) -> usize {
    // Cuts are few: comparing with all is faster than searching.
    cuts.iter().map(|&cut| usize::from(cut < value)).sum()
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
        /// Few and many, near and far: each way of counting.
        #[test]
        fn counting_is_sorting(
            list in prop::collection::vec((any::<i64>(), 0..64_u32).prop_map(|(n, bits)| n >> bits), 0..90),
            more in 0..3_000_i64,
            step in 1..1_000_000_000_i64,
        ) {
            let spread = (0..more).map(|place| place * 7 % more * step - 5);
            let pairs =
                [(list.clone(), vec![]), (list, spread.clone().collect()), (spread.collect(), vec![0])];
            for (a, b) in pairs {
                let mut sorted: Vec<i64> = a.iter().chain(&b).copied().collect();
                let together = ValueCounts::of(sorted.clone());
                sorted.sort_unstable();
                let again =
                    together.iter().flat_map(|(value, count)| std::iter::repeat_n(value, count as usize));
                prop_assert_eq!(again.collect::<Vec<_>>(), sorted);
                let (a, b) = (ValueCounts::of(a), ValueCounts::of(b));
                prop_assert!(a.values.is_sorted_by(|low, high| low < high));
                let count = a.values.len() + b.values.len();
                prop_assert_eq!(ValueCounts::merge_pieces(&[&a, &b], count, 3), together.clone());
                prop_assert_eq!(ValueCounts::merge_all(&[&a, &b]), together);
            }
        }

        #[test]
        fn merging_is_counting_together(
            a in prop::collection::vec(-5i64..20, 0..40),
            b in prop::collection::vec(-5i64..20, 0..40),
        ) {
            let together = ValueCounts::of(a.iter().chain(&b).copied().collect());
            prop_assert_eq!(ValueCounts::merge_all(&[&ValueCounts::of(a), &ValueCounts::of(b)]), together);
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
