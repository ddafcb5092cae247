//! `<scic/common.h>`: what all of SciC shares: statuses, the last error, matrix views, callback answers,
//! the thread budget, versions.
//!
//! Functions that can fail return a scic_status: 0 is success, a positive number comes with a usable
//! result, a negative one is an error, after which outputs are as they were and a message says what was
//! wrong with which argument. Nothing is ever printed, and no call ends the process.
//!
//! ```c
//! #include <scic/common.h>
//! #include <stdio.h>
//!
//! int main(void) {
//!   char message[256];
//!   printf("SciC %s\n", scic_version());
//!   if (scic_set_num_threads(0) < 0) {
//!     scic_last_error_message(message, sizeof message, NULL);
//!     printf("refused: %s\n", message); // refused: n is 0, must be 1 to 1024
//!   }
//!   return scic_abi_version() == SCIC_ABI_VERSION ? 0 : 1;
//! }
//! ```

use std::ffi::c_char;

use super::support::status::{self, scic_status, scic_status::*};
use super::support::{guard, guard_or, last_error, views};
use crate::error::Error;
use crate::threads;

/// Major version of this header.
pub const SCIC_VERSION_MAJOR: i32 = 0;
/// Minor version of this header.
pub const SCIC_VERSION_MINOR: i32 = 1;
/// Patch version of this header.
pub const SCIC_VERSION_PATCH: i32 = 0;
/// Version of the binary interface of this header; see scic_abi_version().
pub const SCIC_ABI_VERSION: i32 = 1;

/// Returns the version of the library, for example "0.1.0".
///
/// The text is static. Safe from any thread; cannot fail.
#[unsafe(no_mangle)]
pub extern "C" fn scic_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// Returns the version of the library's binary interface.
///
/// A program that was built with a header of another SCIC_ABI_VERSION must not use the library: bindings
/// check this once, when they load it. Safe from any thread; cannot fail.
#[unsafe(no_mangle)]
pub extern "C" fn scic_abi_version() -> i32 {
    SCIC_ABI_VERSION
}

/// Returns the name of a status, for example "SCIC_SHAPE_MISMATCH".
///
/// @param status  Any number.
/// @return A static text; "SCIC_UNKNOWN_STATUS" for a number that is no status. Safe from any thread.
#[unsafe(no_mangle)]
pub extern "C" fn scic_status_name(status: i32) -> *const c_char {
    let known = status::ALL.iter().find(|(s, _)| *s as i32 == status);
    known.map_or(c"SCIC_UNKNOWN_STATUS", |(_, name)| name).as_ptr()
}

/// Copies the message of the last error on the calling thread.
///
/// The message is one line of UTF-8 that names the argument and the offending value. It is set by every
/// call that returns a negative status, and only by these: read it right after such a call, on the same
/// thread, before any other call of the library. It does not say which function failed: the caller
/// knows.
///
/// @param buf     Receives the message and a terminating NUL, cut to `cap` bytes if it is longer.
///                May be NULL if `cap` is 0.
/// @param cap     Size of `buf` in bytes.
/// @param needed  Receives the size in bytes of the whole message with its NUL. NULL if not wanted.
/// @return SCIC_OK; SCIC_INSUFFICIENT_SPACE if the message was cut; SCIC_NULL_POINTER. A failure of this
///         function leaves the message as it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_last_error_message(
    buf: *mut c_char,
    cap: usize,
    needed: *mut usize,
) -> scic_status {
    guard_or(SCIC_PANIC, || {
        // SAFETY: the caller gives cap bytes.
        let Ok(buf) = (unsafe { views::slice_mut(buf.cast::<u8>(), cap, "buf") }) else {
            return SCIC_NULL_POINTER;
        };
        last_error::with_message(|message| {
            // SAFETY: NULL, or valid for writing.
            if let Some(needed) = unsafe { needed.as_mut() } {
                *needed = message.len() + 1;
            }
            if cap > message.len() {
                buf[..message.len()].copy_from_slice(message.as_bytes());
                buf[message.len()] = 0;
                return SCIC_OK;
            }
            if cap > 0 {
                let cut = message.floor_char_boundary(cap - 1);
                buf[..cut].copy_from_slice(&message.as_bytes()[..cut]);
                buf[cut] = 0;
            }
            SCIC_INSUFFICIENT_SPACE
        })
    })
}

/// Returns the code that a callback returned when it last made a call on this thread fail with
/// SCIC_CALLBACK_ERROR; 0 if none did. Cannot fail.
#[unsafe(no_mangle)]
pub extern "C" fn scic_last_callback_code() -> i32 {
    last_error::callback_code()
}

/// Sets how many threads a call may use, the caller's own included.
///
/// The budget holds for the whole process, for calls that begin afterwards. It is 1 at first, or what the
/// environment variable SCIC_NUM_THREADS says. Threads are started when a call first has work for them;
/// small problems always stay on the caller's thread. Results do not depend on the budget.
/// Safe from any thread.
///
/// @param n  1 to 1024.
/// @return SCIC_OK, or SCIC_INVALID_ARGUMENT.
#[unsafe(no_mangle)]
pub extern "C" fn scic_set_num_threads(n: usize) -> scic_status {
    guard(|| threads::set_num_threads(n).map(|()| SCIC_OK))
}

/// Returns how many threads a call may use: see scic_set_num_threads(). Safe from any thread; cannot fail.
#[unsafe(no_mangle)]
pub extern "C" fn scic_num_threads() -> usize {
    guard_or(1, threads::num_threads)
}

/// Raises an internal error on purpose, for a host that wants to know whether it would be contained.
///
/// A defect of the library never crosses its boundary: it ends the call with SCIC_PANIC and a message. A
/// process that replaces the system's unwinder can break this; calling this function once at start tells.
///
/// @return SCIC_PANIC, with a last error message that begins with "internal error". It never returns if
///         containment is broken.
#[unsafe(no_mangle)]
pub extern "C" fn scic_check_panic_containment() -> scic_status {
    guard(|| -> Result<scic_status, Error> { panic!("raised on purpose") })
}
