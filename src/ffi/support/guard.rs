//! The boundary that no panic crosses.
//!
//! Every export is one call of [`guard`]. Inside it a panic is caught, its text and place become the
//! last error, and nothing is printed: the panic hook, which belongs to this library's own copy of the
//! Rust runtime, is silent while a guard is open on the thread and as it was everywhere else.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use super::last_error;
use super::status::scic_status;
use crate::error::Result;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static PANIC_TEXT: RefCell<String> = const { RefCell::new(String::new()) };
}

fn install_hook() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let outer = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if DEPTH.get() == 0 {
                return outer(info);
            }
            let what = info.payload_as_str().unwrap_or("unknown");
            let place = info.location().map(|l| format!(" at {}:{}", l.file(), l.line()));
            PANIC_TEXT.set(format!("internal error: {what}{}", place.unwrap_or_default()));
        }));
    });
}

struct Depth;
impl Depth {
    fn enter() -> Self {
        DEPTH.set(DEPTH.get() + 1);
        Depth
    }
}
impl Drop for Depth {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}

/// Runs the body of an export and turns what comes out of it into a status. The body says
/// `Ok(SCIC_OK)` or a positive status; an error sets the thread's last error.
#[inline]
pub fn guard(body: impl FnOnce() -> Result<scic_status>) -> scic_status {
    match contained(body) {
        Some(Ok(status)) => status,
        Some(Err(error)) => {
            last_error::set(&error);
            scic_status::from(&error)
        }
        None => scic_status::SCIC_PANIC,
    }
}

/// Runs the body of an export that returns a plain value; `otherwise` is the answer after a panic.
#[inline]
pub fn guard_or<R>(otherwise: R, body: impl FnOnce() -> R) -> R {
    contained(body).unwrap_or(otherwise)
}

#[inline]
fn contained<R>(body: impl FnOnce() -> R) -> Option<R> {
    install_hook();
    let _depth = Depth::enter();
    match panic::catch_unwind(AssertUnwindSafe(body)) {
        Ok(r) => Some(r),
        Err(payload) => {
            // Dropping a payload may run foreign code that panics again; strings, as ours are, do not.
            if !payload.is::<&'static str>() && !payload.is::<String>() {
                std::mem::forget(payload);
            }
            let text = PANIC_TEXT.take();
            last_error::set_text(if text.is_empty() {
                "internal error: a worker panicked".to_owned()
            } else {
                text
            });
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use scic_status::*;

    #[test]
    fn panics_and_errors_become_statuses() {
        assert_eq!(guard(|| Ok(SCIC_OK)), SCIC_OK);
        assert_eq!(guard(|| Err(Error::NullPointer { name: "x" })), SCIC_NULL_POINTER);
        last_error::with_message(|m| assert_eq!(m, "x is NULL"));
        assert_eq!(guard(|| panic!("ouch")), SCIC_PANIC);
        last_error::with_message(|m| assert!(m.starts_with("internal error: ouch at src")));
        assert_eq!(guard_or(7, || panic!("again")), 7);
    }
}
