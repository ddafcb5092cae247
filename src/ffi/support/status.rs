//! Status codes, and the one place where [`Error`] becomes one of them.

use std::ffi::CStr;

use crate::error::Error;

/// What a function of the library has to say about its work.
///
/// Zero is success; positive numbers come with a usable result; negative ones are errors, after which
/// outputs are as they were. Numbers are never reused; new ones may be added.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum scic_status {
    /// Success.
    SCIC_OK = 0,
    /// The iteration limit was reached; the result is the best so far.
    SCIC_MAXITER = 1,
    /// A callback asked to stop; the result is the best so far.
    SCIC_STOPPED_BY_CALLBACK = 2,
    /// The problem is badly conditioned; the result may have few correct digits.
    SCIC_ILL_CONDITIONED = 3,
    /// The constraints cannot all be met.
    SCIC_INFEASIBLE = 4,
    /// The limit on function evaluations was reached; the result is the best so far.
    SCIC_MAXFEV = 5,
    /// The time limit was reached; the result is the best so far.
    SCIC_TIME_LIMIT = 6,
    /// Rounding errors, or derivatives that do not fit the function, prevent further progress; the
    /// result is the best so far.
    SCIC_PRECISION_LOSS = 7,
    /// A pointer that must not be NULL was.
    SCIC_NULL_POINTER = -1,
    /// An argument is outside its domain.
    SCIC_INVALID_ARGUMENT = -2,
    /// Sizes that must agree do not.
    SCIC_SHAPE_MISMATCH = -3,
    /// An index is outside its range.
    SCIC_INDEX_OUT_OF_RANGE = -4,
    /// A buffer of the caller is too small.
    SCIC_INSUFFICIENT_SPACE = -5,
    /// A matrix is singular to working precision.
    SCIC_SINGULAR = -6,
    /// A matrix that must be positive definite is not.
    SCIC_NOT_POSITIVE_DEFINITE = -7,
    /// An iteration ended without a usable result.
    SCIC_NOT_CONVERGED = -8,
    /// The combination is known but not there yet.
    SCIC_NOT_IMPLEMENTED = -9,
    /// Memory could not be had, or a size overflows the address space.
    SCIC_OUT_OF_MEMORY = -10,
    /// A callback returned an error code; see scic_last_callback_code().
    SCIC_CALLBACK_ERROR = -11,
    /// The object is in a state that does not allow the call (in use, finished…).
    SCIC_INVALID_STATE = -12,
    /// Input or output failed.
    SCIC_IO = -13,
    /// A defect of the library was contained. Please report it with the message.
    SCIC_PANIC = -100,
}

use scic_status::*;

/// Every status with its C name.
pub const ALL: [(scic_status, &CStr); 22] = [
    (SCIC_OK, c"SCIC_OK"),
    (SCIC_MAXITER, c"SCIC_MAXITER"),
    (SCIC_STOPPED_BY_CALLBACK, c"SCIC_STOPPED_BY_CALLBACK"),
    (SCIC_ILL_CONDITIONED, c"SCIC_ILL_CONDITIONED"),
    (SCIC_INFEASIBLE, c"SCIC_INFEASIBLE"),
    (SCIC_MAXFEV, c"SCIC_MAXFEV"),
    (SCIC_TIME_LIMIT, c"SCIC_TIME_LIMIT"),
    (SCIC_PRECISION_LOSS, c"SCIC_PRECISION_LOSS"),
    (SCIC_NULL_POINTER, c"SCIC_NULL_POINTER"),
    (SCIC_INVALID_ARGUMENT, c"SCIC_INVALID_ARGUMENT"),
    (SCIC_SHAPE_MISMATCH, c"SCIC_SHAPE_MISMATCH"),
    (SCIC_INDEX_OUT_OF_RANGE, c"SCIC_INDEX_OUT_OF_RANGE"),
    (SCIC_INSUFFICIENT_SPACE, c"SCIC_INSUFFICIENT_SPACE"),
    (SCIC_SINGULAR, c"SCIC_SINGULAR"),
    (SCIC_NOT_POSITIVE_DEFINITE, c"SCIC_NOT_POSITIVE_DEFINITE"),
    (SCIC_NOT_CONVERGED, c"SCIC_NOT_CONVERGED"),
    (SCIC_NOT_IMPLEMENTED, c"SCIC_NOT_IMPLEMENTED"),
    (SCIC_OUT_OF_MEMORY, c"SCIC_OUT_OF_MEMORY"),
    (SCIC_CALLBACK_ERROR, c"SCIC_CALLBACK_ERROR"),
    (SCIC_INVALID_STATE, c"SCIC_INVALID_STATE"),
    (SCIC_IO, c"SCIC_IO"),
    (SCIC_PANIC, c"SCIC_PANIC"),
];

impl From<&Error> for scic_status {
    fn from(e: &Error) -> Self {
        match e {
            Error::NullPointer { .. } => SCIC_NULL_POINTER,
            Error::InvalidArgument { .. } => SCIC_INVALID_ARGUMENT,
            Error::ShapeMismatch { .. } => SCIC_SHAPE_MISMATCH,
            Error::IndexOutOfRange { .. } => SCIC_INDEX_OUT_OF_RANGE,
            Error::InsufficientSpace { .. } => SCIC_INSUFFICIENT_SPACE,
            Error::Singular { .. } => SCIC_SINGULAR,
            Error::NotPositiveDefinite { .. } => SCIC_NOT_POSITIVE_DEFINITE,
            Error::NotConverged { .. } => SCIC_NOT_CONVERGED,
            Error::NotImplemented { .. } => SCIC_NOT_IMPLEMENTED,
            Error::OutOfMemory { .. } => SCIC_OUT_OF_MEMORY,
            Error::Callback { .. } => SCIC_CALLBACK_ERROR,
            Error::InvalidState { .. } => SCIC_INVALID_STATE,
        }
    }
}
