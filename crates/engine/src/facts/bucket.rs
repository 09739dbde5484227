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

/// Parts that lines without a customer are dealt with in, one after another: a shop's till writes
/// more of them than any bucket holds.
pub const ANONYMOUS_PARTS: usize = 16;

/// What an order can be found by whoever its customer is: a hash of its id. Rows without an order id
/// are told by their moment.
pub fn order_hash(order_id: Option<&str>, ordered_at: i64) -> u64 {
    match order_id {
        Some(order_id) => XxHash3_64::oneshot(order_id.as_bytes()),
        None => XxHash3_64::oneshot(&ordered_at.to_le_bytes()),
    }
}

/// The part of an anonymous order with this [`order_hash`].
pub fn anonymous_part_of(order_hash: u64) -> usize {
    (order_hash >> (u64::BITS - ANONYMOUS_PARTS.ilog2())) as usize
}
