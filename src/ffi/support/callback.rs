//! Callbacks of the caller.
//!
//! A callback is a C function and a `void *` that we keep as it came. The pair is neither `Send` nor
//! `Sync` by construction, so that handing it to a worker thread does not compile: callbacks run on the
//! thread that called in.
//!
//! ```compile_fail
//! fn send<T: Send>() {}
//! send::<scic::ffi::support::callback::UserData>();
//! ```

use std::ffi::c_void;

use crate::error::{Error, Result};

/// The callback is content: go on.
pub const SCIC_CB_CONTINUE: i32 = 0;
/// Stop with the best result so far: the function answers SCIC_STOPPED_BY_CALLBACK.
pub const SCIC_CB_STOP: i32 = 1;
/// Objective functions only: the point is outside the function's domain. The solver tries a point
/// nearer to the last good one.
pub const SCIC_CB_REJECT: i32 = 2;

/// The `void *` that goes with a callback.
#[derive(Clone, Copy, Debug)]
pub struct UserData(pub *mut c_void);

/// What a callback's answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Go on.
    Continue,
    /// Stop with the best result so far.
    Stop,
    /// The point is outside the domain.
    Reject,
}

/// Reads a callback's answer; any code that has no meaning aborts.
#[inline]
pub fn flow(code: i32) -> Result<Flow> {
    match code {
        SCIC_CB_CONTINUE => Ok(Flow::Continue),
        SCIC_CB_STOP => Ok(Flow::Stop),
        SCIC_CB_REJECT => Ok(Flow::Reject),
        code => Err(Error::Callback { code }),
    }
}
