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

/// Does two pieces of work, the second on a thread of its own where they are to go side by side: pieces that
/// each leave threads idle at times fill each other's gaps.
pub fn both<A, B: Send>(
    side_by_side: bool,
    one: impl FnOnce() -> A,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    if !side_by_side {
        return (one(), other());
    }
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let one = one();
        (one, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

#[cfg(test)]
mod tests {
    use super::{both, in_order};

    #[test]
    fn two_pieces_give_the_same_side_by_side() {
        for side_by_side in [false, true] {
            assert_eq!(both(side_by_side, || 1, || "two"), (1, "two"));
        }
    }

    #[test]
    fn results_stand_in_order_on_any_number_of_threads() {
        for threads in [0, 1, 2, 9] {
            assert_eq!(in_order(100, threads, |piece| piece * 2), (0..200).step_by(2).collect::<Vec<_>>());
        }
        assert!(in_order(0, 4, |piece| piece).is_empty());
    }
}
