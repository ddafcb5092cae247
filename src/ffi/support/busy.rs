//! Handles that need exclusive use, and that user code may meet again from inside a callback.
//!
//! A [`Busy`] value is idle, entered, or lent out to a callback. Entering a value that is in use answers
//! SCIC_INVALID_STATE instead of aliasing it. While a callback runs nothing of the value is borrowed, so
//! read-only accessors work there, and freeing is put off until the outer call is over.

use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::error::{Error, Result};

const IDLE: u8 = 0;
const ENTERED: u8 = 1;
const LENT: u8 = 2;
const DOOMED: u8 = 4; // flag: free when the outer call ends

/// A value that one call at a time may use.
#[derive(Debug)]
pub struct Busy<T> {
    state: AtomicU8,
    value: UnsafeCell<T>,
}

// SAFETY: the state admits one user at a time.
unsafe impl<T: Send> Sync for Busy<T> {}

const IN_USE: Error =
    Error::InvalidState { reason: "the handle is in use by a call that has not returned" };

impl<T> Busy<T> {
    /// An idle value.
    pub fn new(value: T) -> Self {
        Busy { state: AtomicU8::new(IDLE), value: UnsafeCell::new(value) }
    }

    fn take(&self, from: u8) -> Option<Entered<'_, T>> {
        self.state
            .compare_exchange(from, ENTERED | (from & DOOMED), Ordering::Acquire, Ordering::Relaxed)
            .ok()
            .map(|_| Entered { busy: self, back: from })
    }

    /// Enters an idle value for exclusive use.
    #[inline]
    pub fn enter(&self) -> Result<Entered<'_, T>> {
        self.take(IDLE).ok_or(IN_USE)
    }

    /// Enters a value to read: an idle one, or one whose driver is inside a callback.
    pub fn read(&self) -> Result<Entered<'_, T>> {
        self.take(IDLE)
            .or_else(|| self.take(LENT))
            .or_else(|| self.take(LENT | DOOMED))
            .ok_or(IN_USE)
    }

    /// Whether the value may be dropped now. If not, whoever uses it is told to do it.
    pub fn doom(&self) -> bool {
        self.state.fetch_or(DOOMED, Ordering::AcqRel) == IDLE
    }
}

/// Exclusive use of a [`Busy`] value, until dropped.
#[derive(Debug)]
pub struct Entered<'a, T> {
    busy: &'a Busy<T>,
    back: u8,
}

impl<T> Entered<'_, T> {
    /// Calls user code while nothing of the value is borrowed.
    #[inline]
    pub fn lend<R>(&mut self, user_code: impl FnOnce() -> R) -> R {
        let state = &self.busy.state;
        // Plain stores: only this thread moves an entered state on, except for the DOOMED flag, which
        // nobody else sets before LENT is visible.
        let doomed = state.load(Ordering::Relaxed) & DOOMED;
        state.store(LENT | doomed, Ordering::Release);
        let r = user_code();
        let doomed = state.load(Ordering::Relaxed) & DOOMED;
        state.store(ENTERED | doomed, Ordering::Release);
        r
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
        self.busy.state.store(self.back | doomed, Ordering::Release);
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
            assert_eq!(*b.read().unwrap(), 2);
            assert_eq!(*b.read().unwrap(), 2);
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
