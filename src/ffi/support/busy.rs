//! Handles that need exclusive use, and that user code may meet again from inside a callback.
//!
//! A [`Busy`] value is idle, entered by one call, or lent out to a callback by the call that entered it.
//! Entering a value that is in use answers SCIC_INVALID_STATE instead of aliasing it. Readers may be many
//! at a time, on an idle value or while a callback runs, when nothing of the value is borrowed; freeing it
//! there is put off until the outer call is over.

use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::error::{Error, Result};

// The state is one of these, ...
const IDLE: u32 = 0;
const ENTERED: u32 = 1;
const LENT: u32 = 2;
const USE: u32 = 3;
// ... a flag, "free it when the outer call ends", ...
const DOOMED: u32 = 4;
// ... and the number of readers, counted from here.
const READER: u32 = 8;

/// A value that one call at a time may change.
#[derive(Debug)]
pub struct Busy<T> {
    state: AtomicU32,
    value: UnsafeCell<T>,
}

// SAFETY: the state admits one user at a time, or readers alone.
unsafe impl<T: Send + Sync> Sync for Busy<T> {}

const IN_USE: Error =
    Error::InvalidState { reason: "the handle is in use by a call that has not returned" };

impl<T> Busy<T> {
    /// An idle value.
    pub fn new(value: T) -> Self {
        Busy { state: AtomicU32::new(IDLE), value: UnsafeCell::new(value) }
    }

    /// Enters an idle value for exclusive use.
    #[inline]
    pub fn enter(&self) -> Result<Entered<'_, T>> {
        self.state
            .compare_exchange(IDLE, ENTERED, Ordering::Acquire, Ordering::Relaxed)
            .map(|_| Entered { busy: self })
            .map_err(|_| IN_USE)
    }

    /// Enters a value to read: an idle one, or one whose driver is inside a callback.
    pub fn read(&self) -> Result<Reading<'_, T>> {
        let admit = |state| (state & USE != ENTERED).then_some(state + READER);
        self.state
            .fetch_update(Ordering::Acquire, Ordering::Relaxed, admit)
            .map(|_| Reading { busy: self })
            .map_err(|_| IN_USE)
    }

    /// Whether the value may be dropped now. If not, whoever uses it is told to do it.
    pub fn doom(&self) -> bool {
        self.state.fetch_or(DOOMED, Ordering::AcqRel) & USE == IDLE
    }
}

/// Exclusive use of a [`Busy`] value, until dropped.
#[derive(Debug)]
pub struct Entered<'a, T> {
    busy: &'a Busy<T>,
}

impl<T> Entered<'_, T> {
    /// Calls user code while nothing of the value is borrowed.
    #[inline]
    pub fn lend<R>(&mut self, user_code: impl FnOnce() -> R) -> R {
        let state = &self.busy.state;
        // Nobody else touches the state of an entered value, so that a plain store will do.
        let doomed = state.load(Ordering::Relaxed) & DOOMED;
        state.store(LENT | doomed, Ordering::Release);
        let r = user_code();
        loop {
            let doomed = state.load(Ordering::Acquire) & DOOMED;
            // Readers of the callback's own are done; others finish in a moment. A cheap look first:
            // the exchange is for the case that somebody reads on another thread.
            if state
                .compare_exchange_weak(
                    LENT | doomed,
                    ENTERED | doomed,
                    Ordering::Acquire,
                    Ordering::Relaxed,
                )
                .is_ok()
            {
                return r;
            }
            std::hint::spin_loop();
        }
    }

    /// Whether the handle was freed from inside a callback: the caller of [`Busy::enter`] then drops it
    /// when it is done.
    pub fn is_doomed(&self) -> bool {
        self.busy.state.load(Ordering::Relaxed) & DOOMED != 0
    }
}

impl<T> std::ops::Deref for Entered<'_, T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the state is ENTERED by this guard alone, and lend() takes &mut self.
        unsafe { &*self.busy.value.get() }
    }
}

impl<T> std::ops::DerefMut for Entered<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as for deref.
        unsafe { &mut *self.busy.value.get() }
    }
}

impl<T> Drop for Entered<'_, T> {
    #[inline]
    fn drop(&mut self) {
        let doomed = self.busy.state.load(Ordering::Relaxed) & DOOMED;
        self.busy.state.store(IDLE | doomed, Ordering::Release);
    }
}

/// A look at a [`Busy`] value, until dropped.
#[derive(Debug)]
pub struct Reading<'a, T> {
    busy: &'a Busy<T>,
}

impl<T> std::ops::Deref for Reading<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        // SAFETY: as long as there are readers the value is not entered.
        unsafe { &*self.busy.value.get() }
    }
}

impl<T> Drop for Reading<'_, T> {
    fn drop(&mut self) {
        self.busy.state.fetch_sub(READER, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_user_at_a_time_and_readers_in_callbacks() {
        let b = Busy::new(1);
        let mut e = b.enter().unwrap();
        *e = 2;
        assert!(b.enter().is_err() && b.read().is_err());
        e.lend(|| {
            assert!(b.enter().is_err());
            let (one, two) = (b.read().unwrap(), b.read().unwrap());
            assert_eq!((*one, *two), (2, 2));
        });
        drop(e);
        assert_eq!(*b.enter().unwrap(), 2);
    }

    #[test]
    fn freeing_in_a_callback_is_put_off() {
        let b = Busy::new(1);
        let mut e = b.enter().unwrap();
        e.lend(|| {
            assert!(!b.doom());
            assert_eq!(*b.read().unwrap(), 1);
        });
        assert!(e.is_doomed());
        drop(e);
        assert!(Busy::new(0).doom());
    }
}
