//! Which bucket a customer's facts lie in. A bucket is the unit of parallel work.

use twox_hash::XxHash3_64;

/// Buckets of identified customers in every base. A power of two; part of the format on disk.
pub const BUCKETS: usize = 64;

/// The bucket of lines without a customer: after all others, read for totals only.
pub const ANONYMOUS: usize = BUCKETS;

/// The bucket of a customer, the same in every base and on every machine.
pub fn bucket_of(customer_id: &str) -> usize {
    (XxHash3_64::oneshot(customer_id.as_bytes()) >> (u64::BITS - BUCKETS.ilog2())) as usize
}
