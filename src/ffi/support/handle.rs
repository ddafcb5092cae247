//! Opaque handles: boxed Rust values behind C types that say nothing.
//!
//! A C type `scic_x` is declared as `#[repr(C)] pub struct scic_x { _private: [u8; 0] }` and tied to the
//! Rust type it stands for by [`Handle`]. Handles whose methods are all `const` in C hold immutable
//! values and may be shared by threads; others hold a [`super::busy::Busy`].

use crate::error::{Error, Result};

/// Ties an opaque C type to the Rust type behind it.
pub trait Handle {
    /// What a pointer to the C type really points to.
    type Target;
}

/// Moves a value behind a new handle and writes the handle to `out`.
///
/// # Safety
/// `out` is NULL or valid for writing.
pub unsafe fn give<H: Handle>(out: *mut *mut H, value: H::Target) -> Result<()> {
    if out.is_null() {
        return Err(Error::NullPointer { name: "out" });
    }
    let raw = Box::into_raw(Box::new(value)).cast::<H>();
    // SAFETY: out is valid by contract and not NULL.
    unsafe { out.write(raw) };
    Ok(())
}

/// Refuses a NULL `out` before work is done for it.
pub fn check_out<T>(out: *mut T) -> Result<()> {
    if out.is_null() { Err(Error::NullPointer { name: "out" }) } else { Ok(()) }
}

/// The value behind a handle.
///
/// # Safety
/// `handle` is NULL or came from [`give`] and was not freed; it outlives the reference.
pub unsafe fn borrow<'a, H: Handle>(handle: *const H, name: &'static str) -> Result<&'a H::Target> {
    // SAFETY: by contract a non-NULL handle points to a live Target.
    unsafe { handle.cast::<H::Target>().as_ref() }.ok_or(Error::NullPointer { name })
}

/// Frees a handle; NULL is fine.
///
/// # Safety
/// `handle` is NULL or came from [`give`] and was not freed before.
pub unsafe fn free<H: Handle>(handle: *mut H) {
    if !handle.is_null() {
        // SAFETY: by contract this is the box that give() made, and nobody uses it any more.
        super::guard_or((), || drop(unsafe { Box::from_raw(handle.cast::<H::Target>()) }));
    }
}
