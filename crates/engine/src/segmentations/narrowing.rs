//! Cuts in two rounds: bins of values say in which bin a cut lies, then the values of these bins where.
//!
//! Counting every value of a large base takes longer than the rest of a fit, and is as long to send
//! from machine to machine as a column; bins are a few hundred numbers a bucket.

use model::histogram::{Bin, Histogram};
use model::quantiles::ValueCounts;
use serde::{Deserialize, Serialize};

/// Bins of all values, and which of them have to be looked into before values can be cut.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Narrowing {
    histogram: Histogram,
    wanted: Vec<Bin>,
}

impl Narrowing {
    /// Bins of which those are wanted that a cut lies in, ascending or descending.
    pub fn new(histogram: Histogram, cuts: impl IntoIterator<Item = Bin>) -> Narrowing {
        let mut wanted: Vec<Bin> = cuts.into_iter().filter(|bin| !bin.is_one_value()).collect();
        wanted.dedup();
        Narrowing { histogram, wanted }
    }

    /// Ready to gather the values that are wanted of a bucket; `None` where the bins tell where the cuts are.
    pub fn gather(&self) -> Option<Gathered<'_>> {
        (!self.wanted.is_empty()).then(|| Gathered { wanted: &self.wanted, values: Vec::new() })
    }

    /// The bins, with a bin for every value where a cut lies; `values` are those gathered of all buckets.
    pub fn settled(&self, values: &ValueCounts) -> Histogram {
        let mut histogram = self.histogram.clone();
        histogram.refine(values);
        histogram
    }
}

/// The values of a bucket that are in the bins looked into.
#[derive(Clone, Debug)]
pub struct Gathered<'a> {
    wanted: &'a [Bin],
    values: Vec<i64>,
}

impl Gathered<'_> {
    /// Keeps a value that is wanted.
    #[inline]
    pub fn add(&mut self, value: i64) {
        // They are few: comparing with all is faster than to stop at one.
        if self.wanted.iter().fold(false, |wanted, bin| wanted | bin.holds(value)) {
            self.values.push(value);
        }
    }

    pub fn finish(self) -> ValueCounts {
        ValueCounts::of(self.values)
    }
}
