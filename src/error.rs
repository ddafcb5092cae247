//! The one error type of the library.
//!
//! An [`Error`] carries what its message needs and nothing else. Messages are one line, name the
//! argument as the C signature does, and show the offending value; they do not repeat what the caller
//! knows already (the function's name).

use std::fmt;

/// What can go wrong. The mapping to C status codes is in `ffi::support::status` alone.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// A pointer that must not be NULL was.
    NullPointer {
        /// The argument.
        name: &'static str,
    },
    /// A value outside its domain.
    InvalidArgument {
        /// The argument.
        name: &'static str,
        /// What is wrong with it, with the value.
        reason: String,
    },
    /// Two sizes that must agree do not.
    ShapeMismatch {
        /// The argument whose size is wrong.
        name: &'static str,
        /// What it should be.
        expected: String,
        /// What it is.
        found: String,
    },
    /// An index outside its range.
    IndexOutOfRange {
        /// The argument.
        name: &'static str,
        /// The offending index, as the caller gave it.
        index: i64,
        /// The number of valid indices.
        len: usize,
    },
    /// The caller's buffer is too small.
    InsufficientSpace {
        /// The argument.
        name: &'static str,
        /// How many elements it must hold.
        needed: usize,
        /// How many it holds.
        found: usize,
    },
    /// A matrix is singular to working precision.
    Singular {
        /// Which matrix, and where.
        reason: String,
    },
    /// A matrix that must be positive definite is not.
    NotPositiveDefinite {
        /// Which matrix, and where.
        reason: String,
    },
    /// An iteration ended without a usable result.
    NotConverged {
        /// Which iteration, and how far it came.
        reason: String,
    },
    /// The combination is known but not there yet.
    NotImplemented {
        /// What was asked for.
        what: &'static str,
    },
    /// Memory could not be had.
    OutOfMemory {
        /// How many bytes were asked for (`usize::MAX` where the number overflows).
        bytes: usize,
    },
    /// A callback asked to abort.
    Callback {
        /// The code it returned.
        code: i32,
    },
    /// The object is in a state that does not allow the call.
    InvalidState {
        /// Why not.
        reason: &'static str,
    },
}

/// Shorthand for results of this library.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An [`Error::InvalidArgument`] from a name and a formatted reason.
    #[cold]
    pub fn invalid(name: &'static str, reason: impl fmt::Display) -> Self {
        Error::InvalidArgument { name, reason: reason.to_string() }
    }

    /// An [`Error::ShapeMismatch`] from what was expected and what was found.
    #[cold]
    pub fn shape(
        name: &'static str,
        expected: impl fmt::Display,
        found: impl fmt::Display,
    ) -> Self {
        Error::ShapeMismatch { name, expected: expected.to_string(), found: found.to_string() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NullPointer { name } => write!(f, "{name} is NULL"),
            Error::InvalidArgument { name, reason } => write!(f, "{name} {reason}"),
            Error::ShapeMismatch { name, expected, found } => {
                write!(f, "{name} is {found}, expected {expected}")
            }
            Error::IndexOutOfRange { name, index, len } => {
                write!(f, "{name} holds the index {index}, outside the {len} valid ones")
            }
            Error::InsufficientSpace { name, needed, found } => {
                write!(f, "{name} has room for {found} elements, {needed} are needed")
            }
            Error::Singular { reason }
            | Error::NotPositiveDefinite { reason }
            | Error::NotConverged { reason } => f.write_str(reason),
            Error::NotImplemented { what } => write!(f, "{what} is not implemented"),
            Error::OutOfMemory { bytes } if *bytes == usize::MAX => {
                f.write_str("the size asked for overflows the address space")
            }
            Error::OutOfMemory { bytes } => write!(f, "{bytes} bytes could not be allocated"),
            Error::Callback { code } => write!(f, "the callback returned {code}"),
            Error::InvalidState { reason } => f.write_str(reason),
        }
    }
}

impl std::error::Error for Error {}
