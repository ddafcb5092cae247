//! The thread budget and the one private pool.
//!
//! Nothing happens at load and no thread starts before the host asks for more than one: the budget is 1
//! until [`set_num_threads`] or `SCIC_NUM_THREADS` raises it. The pool belongs to the library (never
//! rayon's global one), is made on first use, and is made anew in a forked child, where the parent's
//! threads do not exist.
//!
//! Work is cut into parts by its size, never by the number of threads, so results do not depend on it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::error::{Error, Result};

/// The largest budget that is accepted.
pub const MAX_THREADS: usize = 1024;

// 0: not asked for yet, the environment decides.
static BUDGET: AtomicUsize = AtomicUsize::new(0);

/// The number of threads that a call may use, the caller's included.
pub fn num_threads() -> usize {
    match BUDGET.load(Ordering::Relaxed) {
        0 => {
            let n = std::env::var("SCIC_NUM_THREADS")
                .ok()
                .and_then(|s| s.trim().parse::<usize>().ok())
                .filter(|n| (1..=MAX_THREADS).contains(n))
                .unwrap_or(1);
            // A budget set meanwhile by another thread wins.
            let _ = BUDGET.compare_exchange(0, n, Ordering::Relaxed, Ordering::Relaxed);
            BUDGET.load(Ordering::Relaxed)
        }
        n => n,
    }
}

/// Sets the number of threads that calls from now on may use.
pub fn set_num_threads(n: usize) -> Result<()> {
    if !(1..=MAX_THREADS).contains(&n) {
        return Err(Error::invalid("n", format_args!("is {n}, must be 1 to {MAX_THREADS}")));
    }
    BUDGET.store(n, Ordering::Relaxed);
    Ok(())
}

struct Pool {
    pid: u32,
    threads: usize,
    pool: rayon::ThreadPool,
}

/// The pool of this process for the present budget; None where the work should stay on this thread.
fn pool() -> Option<Arc<Pool>> {
    static POOL: Mutex<Option<Arc<Pool>>> = Mutex::new(None);
    let threads = num_threads();
    // Work that is already on one of our threads stays there: rayon would otherwise wait across pools.
    if threads == 1 || rayon::current_thread_index().is_some() {
        return None;
    }
    // A fork can leave the lock held for ever in the child; then work stays on the calling thread.
    let mut slot = (0..10_000).find_map(|spin| {
        if spin > 100 {
            std::thread::yield_now();
        }
        POOL.try_lock().ok()
    })?;
    let pid = std::process::id();
    if let Some(old) = slot.take() {
        if old.pid == pid && old.threads == threads {
            *slot = Some(Arc::clone(&old));
            return Some(old);
        }
        if old.pid != pid {
            // The threads are the parent's: joining them would wait for ever.
            std::mem::forget(old);
        }
    }
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|i| format!("scic-{i}"))
        .build()
        .ok()?;
    let made = Arc::new(Pool { pid, threads, pool });
    *slot = Some(Arc::clone(&made));
    Some(made)
}

/// Calls `f` on every part, in parallel when the budget allows and `worthwhile` says that the work
/// outweighs waking the threads (some 50 µs).
pub fn for_each<P, F>(parts: Vec<P>, worthwhile: bool, f: F)
where
    P: Send,
    F: Fn(P) + Send + Sync,
{
    match pool().filter(|_| worthwhile && parts.len() > 1) {
        Some(p) => p.pool.install(|| parts.into_par_iter().with_max_len(1).for_each(&f)),
        None => parts.into_iter().for_each(f),
    }
}

/// Maps every part, in order, under the same rules as [`for_each`].
pub fn map<P, R, F>(parts: Vec<P>, worthwhile: bool, f: F) -> Vec<R>
where
    P: Send,
    R: Send,
    F: Fn(P) -> R + Send + Sync,
{
    match pool().filter(|_| worthwhile && parts.len() > 1) {
        Some(p) => p.pool.install(|| parts.into_par_iter().with_max_len(1).map(&f).collect()),
        None => parts.into_iter().map(f).collect(),
    }
}

/// Runs both closures, in parallel under the same rules as [`for_each`].
pub fn join<A, B, RA, RB>(worthwhile: bool, a: A, b: B) -> (RA, RB)
where
    A: FnOnce() -> RA + Send,
    B: FnOnce() -> RB + Send,
    RA: Send,
    RB: Send,
{
    if worthwhile && rayon::current_thread_index().is_some() {
        return rayon::join(a, b);
    }
    match pool().filter(|_| worthwhile) {
        Some(p) => p.pool.install(|| rayon::join(a, b)),
        None => (a(), b()),
    }
}

/// Half-open ranges of at most `grain` that cover `0..len`.
pub fn ranges(len: usize, grain: usize) -> Vec<std::ops::Range<usize>> {
    let grain = grain.max(1);
    (0..len.div_ceil(grain)).map(|i| i * grain..((i + 1) * grain).min(len)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_all_done_once() {
        set_num_threads(2).unwrap();
        let mut y = vec![0usize; 1000];
        for_each(y.chunks_mut(7).enumerate().collect(), true, |(i, c)| c.fill(i));
        assert!(y.iter().enumerate().all(|(k, &v)| v == k / 7));
        let sums = map(ranges(1000, 7), true, |r| y[r].iter().sum::<usize>());
        assert_eq!(sums.iter().sum::<usize>(), y.iter().sum());
        assert_eq!(join(true, || 1, || 2), (1, 2));
        set_num_threads(1).unwrap();
        assert!(set_num_threads(0).is_err());
    }
}
