//! Options structs that may grow: `size_t struct_size` first, scalars only, fields appended.

use crate::error::{Error, Result};

/// An options struct of the C API.
///
/// # Safety
/// The type is `repr(C)`, starts with `struct_size: usize`, has no padding and consists of plain numbers,
/// so that any bytes are a valid value.
pub unsafe trait Options: Copy + 'static {
    /// The size of the struct in the first release that had it. Smaller ones are refused.
    const FIRST_SIZE: usize;
    /// What the parameter is called, for messages.
    const NAME: &'static str = "options";
    /// The defaults, with `struct_size` set.
    fn defaults() -> Self;
}

fn check_size<T: Options>(size: usize) -> Result<()> {
    if size < T::FIRST_SIZE {
        return Err(Error::invalid(
            T::NAME,
            format_args!("has struct_size {size}, at least {} is needed", T::FIRST_SIZE),
        ));
    }
    // Far beyond any struct of ours: the field was never set.
    if size > 1 << 16 {
        return Err(Error::invalid(T::NAME, format_args!("has struct_size {size}, not a size")));
    }
    Ok(())
}

/// Reads the caller's options: NULL means the defaults, fields that a caller built with an older header
/// does not have keep theirs, and fields of a newer header must be zero.
///
/// # Safety
/// `options` is NULL or points to a struct of the size that its first field says.
pub unsafe fn read<T: Options>(options: *const T) -> Result<T> {
    let mut value = T::defaults();
    if options.is_null() {
        return Ok(value);
    }
    // SAFETY: every options struct starts with its size.
    let size = unsafe { options.cast::<usize>().read_unaligned() };
    check_size::<T>(size)?;
    let known = size.min(size_of::<T>());
    let bytes = options.cast::<u8>();
    // SAFETY: the caller's struct has `size` bytes, and T takes any bytes.
    unsafe { bytes.copy_to_nonoverlapping((&raw mut value).cast(), known) };
    for i in known..size {
        // SAFETY: i is within the caller's struct.
        if unsafe { bytes.add(i).read() } != 0 {
            return Err(Error::invalid("options", "sets a field that this version does not know"));
        }
    }
    Ok(value)
}

/// Fills the caller's options struct with the defaults.
///
/// # Safety
/// `options` is NULL or valid for writing `struct_size` bytes.
pub unsafe fn init<T: Options>(options: *mut T, struct_size: usize) -> Result<()> {
    if options.is_null() {
        return Err(Error::NullPointer { name: "options" });
    }
    check_size::<T>(struct_size)?;
    let value = T::defaults();
    let known = struct_size.min(size_of::<T>());
    let bytes = options.cast::<u8>();
    // SAFETY: the caller's struct has struct_size bytes; a tail that we do not know is zeroed.
    unsafe {
        bytes.write_bytes(0, struct_size);
        bytes.copy_from_nonoverlapping((&raw const value).cast(), known);
        options.cast::<usize>().write_unaligned(struct_size);
    }
    Ok(())
}

/// Writes a result struct that starts with `struct_size`, which the caller has set: only the fields
/// that the caller's header has. NULL is fine.
///
/// # Safety
/// `out` is NULL or points to a struct of the size that its first field says; as for [`Options`], the
/// type is `repr(C)`, without padding, and starts with its size.
pub unsafe fn write<T: Options>(out: *mut T, mut value: T) -> Result<()> {
    if out.is_null() {
        return Ok(());
    }
    // SAFETY: the struct starts with its size.
    let size = unsafe { out.cast::<usize>().read_unaligned() };
    check_size::<T>(size)?;
    let known = size.min(size_of::<T>());
    // SAFETY: T starts with its size, and the caller's struct has `size` bytes.
    unsafe {
        (&raw mut value).cast::<usize>().write(size);
        out.cast::<u8>().copy_from_nonoverlapping((&raw const value).cast(), known);
    }
    Ok(())
}

/// Checks a result struct before work is done for it. NULL is fine.
///
/// # Safety
/// As for [`write`].
pub unsafe fn check_out<T: Options>(out: *const T) -> Result<()> {
    if out.is_null() {
        return Ok(());
    }
    // SAFETY: the struct starts with its size.
    check_size::<T>(unsafe { out.cast::<usize>().read_unaligned() })
}
