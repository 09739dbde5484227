//! Word of how far long work is, for whoever shows it.

/// Somebody who watches long work. Called from any thread, often: must be cheap.
pub trait Watch: Sync {
    /// `done` of `total` in the unit of the phase (bytes read, rows written, buckets scanned).
    fn advance(&self, phase: &'static str, done: u64, total: u64);
}

/// Nobody watches.
pub struct Unwatched;

impl Watch for Unwatched {
    fn advance(&self, _phase: &'static str, _done: u64, _total: u64) {}
}
