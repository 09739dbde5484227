//! Independent pieces of work on some threads, with results in the order of the pieces.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Does pieces `0..count`, each on one of at most `threads` threads, and returns the results in
/// order: the same on any number of threads. The caller's thread works too.
pub fn in_order<T: Send>(count: usize, threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let done: Vec<Mutex<Option<T>>> = (0..count).map(|_| Mutex::new(None)).collect();
    let take = || {
        loop {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            let Some(slot) = done.get(piece) else { break };
            let result = work(piece);
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.clamp(1, count.max(1)) {
            scope.spawn(take);
        }
        take();
    });
    // A piece without a result has panicked, and so has the scope.
    done.into_iter().filter_map(|slot| slot.into_inner().unwrap_or_else(PoisonError::into_inner)).collect()
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn results_stand_in_order_on_any_number_of_threads() {
        for threads in [0, 1, 2, 9] {
            assert_eq!(in_order(100, threads, |piece| piece * 2), (0..200).step_by(2).collect::<Vec<_>>());
        }
        assert!(in_order(0, 4, |piece| piece).is_empty());
    }
}
