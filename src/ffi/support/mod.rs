//! The machinery under every export: status codes, the last error, the panic boundary, and the only
//! places where raw pointers become references.

pub mod busy;
pub mod callback;
pub mod guard;
pub mod handle;
pub mod last_error;
pub mod options;
pub mod overlap;
pub mod status;
pub mod views;

pub use guard::{guard, guard_or};
pub use status::scic_status;
