//! Which orders an import may hold, in little memory: a Bloom filter of their hashes.

use std::sync::atomic::{AtomicU64, Ordering};

/// Bits of a filter: 16 MiB. Twelve million orders set a sixth of them, so that one in forty others is
/// taken for one of them.
const BITS: usize = 1 << 27;

/// A set of hashes that may say yes to one it does not have, and never no to one it has.
pub struct Filter(Vec<AtomicU64>);

impl Default for Filter {
    fn default() -> Filter {
        Filter((0..BITS / 64).map(|_| AtomicU64::new(0)).collect())
    }
}

impl Filter {
    /// Adds a hash; any thread may.
    pub fn add(&self, hash: u64) {
        for bit in places(hash) {
            self.0[bit / 64].fetch_or(1 << (bit % 64), Ordering::Relaxed);
        }
    }

    pub fn may_have(&self, hash: u64) -> bool {
        places(hash).into_iter().all(|bit| self.0[bit / 64].load(Ordering::Relaxed) >> (bit % 64) & 1 == 1)
    }
}

/// The bits of a hash: its two ends.
fn places(hash: u64) -> [usize; 2] {
    [hash as usize % BITS, (hash >> (u64::BITS - BITS.ilog2())) as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_never_missed() {
        let filter = Filter::default();
        let hash = |number: u64| twox_hash::XxHash3_64::oneshot(&number.to_le_bytes());
        (0..10_000).for_each(|number| filter.add(hash(number)));
        assert!((0..10_000).all(|number| filter.may_have(hash(number))));
        let wrongly = (10_000..20_000).filter(|&number| filter.may_have(hash(number))).count();
        assert!(wrongly < 10, "{wrongly} of 10 000");
    }
}
