//! How a set of values lies, in bins as narrow as their values are small: few numbers for many values.
//!
//! Ranks and shares are found in two looks. The bins say in which of them a cut lies; the values of these
//! few bins, counted one by one, say where. What comes out is exact, as if every value had been counted.

use crate::quantiles::ValueCounts;
use serde::{Deserialize, Serialize};

/// Bins per doubling are two to the power of this: values of a bin differ by less than 1/32.
const BITS: u32 = 5;
/// Room for bins to begin with.
const FEW_BINS: i64 = 64;

/// Values that lie next to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// The smallest value that occurs.
    pub least: i64,
    /// The largest value that occurs.
    pub greatest: i64,
    /// How many values.
    pub count: u64,
    /// All values added up.
    pub sum: i128,
}

/// Bins that are not empty, ascending. Adds up across buckets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    bins: Vec<Bin>,
}

impl Bin {
    const EMPTY: Bin = Bin { least: i64::MAX, greatest: i64::MIN, count: 0, sum: 0 };

    /// A value that occurs so many times.
    pub fn of(value: i64, count: u64) -> Bin {
        Bin { least: value, greatest: value, count, sum: i128::from(value) * i128::from(count) }
    }

    /// Whether all its values are equal.
    pub const fn is_one_value(&self) -> bool {
        self.least == self.greatest
    }

    pub const fn holds(&self, value: i64) -> bool {
        self.least <= value && value <= self.greatest
    }

    #[inline]
    fn add(&mut self, other: &Bin) {
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
        self.count += other.count;
        self.sum += other.sum;
    }
}

/// Puts values into bins one by one.
#[derive(Clone, Debug, Default)]
pub struct Binning {
    /// The place of the first bin of a row of bins without gaps.
    first: i64,
    bins: Vec<Bin>,
}

impl Binning {
    /// Adds a value.
    #[inline]
    pub fn add(&mut self, value: i64) {
        self.put(&Bin { least: value, greatest: value, count: 1, sum: i128::from(value) });
    }

    #[inline]
    fn put(&mut self, part: &Bin) {
        let place = place(part.least);
        if let Some(bin) = self.bins.get_mut((place - self.first) as usize) {
            bin.add(part);
        } else {
            self.widen(place);
            self.bins[(place - self.first) as usize].add(part);
        }
    }

    /// Makes room for a place and for as many on its side as there are already.
    #[cold]
    fn widen(&mut self, place: i64) {
        let length = self.bins.len() as i64;
        let more = length.max(FEW_BINS);
        let (first, end) = if length == 0 { (place, place) } else { (self.first, self.first + length) };
        let first_then = if place < first { place - more } else { first };
        let end_then = if place >= end { place + more } else { end };
        let mut wider = vec![Bin::EMPTY; (end_then - first_then) as usize];
        wider[(first - first_then) as usize..][..self.bins.len()].copy_from_slice(&self.bins);
        (self.first, self.bins) = (first_then, wider);
    }

    /// The bins that are not empty, without the room that was kept for others.
    pub fn finish(mut self) -> Histogram {
        self.bins.retain(|bin| bin.count > 0);
        self.bins.shrink_to_fit();
        Histogram { bins: self.bins }
    }
}

impl Histogram {
    /// The bins of values in any order.
    pub fn of(values: impl IntoIterator<Item = i64>) -> Histogram {
        let mut binning = Binning::default();
        values.into_iter().for_each(|value| binning.add(value));
        binning.finish()
    }

    /// Adds up many at once, as the buckets of a base give them.
    pub fn merge_all(parts: &[&Histogram]) -> Histogram {
        let mut binning = Binning::default();
        parts.iter().flat_map(|part| &part.bins).for_each(|bin| binning.put(bin));
        binning.finish()
    }

    /// Ascending.
    pub fn bins(&self) -> &[Bin] {
        &self.bins
    }

    /// The bin that a value lies in; `None` where it lies beside or between them.
    pub fn bin_of(&self, value: i64) -> Option<Bin> {
        self.bins.iter().copied().find(|bin| bin.holds(value))
    }

    /// How many values in all.
    pub fn total(&self) -> u64 {
        self.bins.iter().map(|bin| bin.count).sum()
    }

    /// Puts values in the place of the bins that they are all the values of.
    pub fn refine(&mut self, values: &ValueCounts) {
        let mut values = values.iter().peekable();
        let mut refined = Vec::with_capacity(self.bins.len());
        for bin in &self.bins {
            let before = refined.len();
            while let Some((value, count)) = values.next_if(|&(value, _)| value <= bin.greatest) {
                refined.push(Bin::of(value, count));
            }
            if refined.len() == before {
                refined.push(*bin);
            }
        }
        self.bins = refined;
    }

    /// The bins that the cuts between `groups` groups lie in, see [`ValueCounts::cuts`]: where each is one
    /// value, that is the cut. Empty without values.
    pub fn cuts(&self, groups: u32) -> Vec<Bin> {
        let total = u128::from(self.total());
        let mut ranks =
            (1..groups).map(|j| (u128::from(j) * total).div_ceil(u128::from(groups)) as u64).peekable();
        let (mut found, mut seen) = (Vec::new(), 0);
        for bin in &self.bins {
            seen += bin.count;
            while ranks.next_if(|&rank| rank <= seen).is_some() {
                found.push(*bin);
            }
        }
        found
    }
}

impl From<&ValueCounts> for Histogram {
    /// A bin for every value.
    fn from(values: &ValueCounts) -> Histogram {
        Histogram { bins: values.iter().map(|(value, count)| Bin::of(value, count)).collect() }
    }
}

/// Which bin a value is in, ascending with the value; 0 is the bin of zero alone.
fn place(value: i64) -> i64 {
    let size = value.unsigned_abs();
    let narrow = (u64::BITS - BITS - 1).saturating_sub(size.leading_zeros());
    let place = ((u64::from(narrow) << BITS) + (size >> narrow)) as i64;
    if value < 0 { -place } else { place }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values() -> impl Strategy<Value = Vec<i64>> {
        prop::collection::vec((any::<i64>(), 0..64_u32).prop_map(|(value, bits)| value >> bits), 1..120)
    }

    proptest! {
        /// Every value is in one bin, bins do not overlap, are narrow, and say what is in them.
        #[test]
        fn bins_are_what_is_in_them(list in values()) {
            let histogram = Histogram::of(list.clone());
            prop_assert_eq!(histogram.total(), list.len() as u64);
            prop_assert!(histogram.bins().is_sorted_by(|low, high| low.greatest < high.least));
            for bin in histogram.bins() {
                let own: Vec<i64> = list.iter().copied().filter(|&value| bin.holds(value)).collect();
                prop_assert_eq!(Some(&bin.least), own.iter().min());
                prop_assert_eq!(Some(&bin.greatest), own.iter().max());
                prop_assert_eq!(bin.count, own.len() as u64);
                prop_assert_eq!(bin.sum, own.iter().map(|&value| i128::from(value)).sum::<i128>());
                let size = bin.least.unsigned_abs().min(bin.greatest.unsigned_abs());
                prop_assert!(bin.greatest.abs_diff(bin.least) <= size >> BITS);
            }
        }

        #[test]
        fn merging_is_taking_together(list in values(), split in 0..120_usize) {
            let (a, b) = list.split_at(split.min(list.len()));
            let parts = [b, a, &[]].map(|part| Histogram::of(part.to_vec()));
            prop_assert_eq!(Histogram::merge_all(&parts.each_ref()), Histogram::of(list.clone()));
        }

        /// The two looks find what counting every value finds.
        #[test]
        fn cuts_are_those_of_counted_values(list in values(), groups in 2..10_u32) {
            let mut histogram = Histogram::of(list.clone());
            let wide: Vec<Bin> = histogram.cuts(groups);
            let within = list.iter().copied().filter(|&value| wide.iter().any(|bin| bin.holds(value)));
            histogram.refine(&ValueCounts::of(within.collect()));
            let cuts = histogram.cuts(groups);
            prop_assert!(cuts.iter().all(Bin::is_one_value));
            let cuts: Vec<i64> = cuts.iter().map(|bin| bin.least).collect();
            prop_assert_eq!(cuts, ValueCounts::of(list.clone()).cuts(groups));
            prop_assert_eq!(histogram.total(), list.len() as u64);
            histogram.refine(&ValueCounts::of(list.clone()));
            prop_assert_eq!(histogram, Histogram::from(&ValueCounts::of(list)));
        }
    }

    #[test]
    fn largest_and_smallest() {
        let ends = [i64::MIN, i64::MIN + 1, -1, 0, 1, 255, 256, 257, i64::MAX];
        let histogram = Histogram::of(ends);
        let pairs: Vec<(i64, i64)> = histogram.bins().iter().map(|bin| (bin.least, bin.greatest)).collect();
        let one = |value| (value, value);
        let expected = [one(i64::MIN), one(i64::MIN + 1), one(-1), one(0), one(1), one(255), (256, 257)];
        assert_eq!(pairs, expected.into_iter().chain([one(i64::MAX)]).collect::<Vec<_>>());
    }
}
