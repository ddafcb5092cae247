//! Making, reading and freeing minimizers.

use super::types::*;
use crate::error::{Error, Result};
use crate::ffi::support::busy::Busy;
use crate::ffi::support::scic_status::{self, SCIC_OK};
use crate::ffi::support::{guard, guard_or, handle, options, views};
use crate::machine::Point;
use crate::optimize::{Bounds, Minimizer};

/// Checks the arguments of a minimisation and makes it.
///
/// # Safety
/// As for scic_minimizer_new().
pub(super) unsafe fn make(
    method: scic_minimize_method,
    x0: *const f64,
    n: usize,
    lower: *const f64,
    upper: *const f64,
    options: *const scic_minimize_options,
) -> Result<Minimizer> {
    let method = method_of(method)?;
    // SAFETY: x0 has n values, lower and upper too unless they are NULL, and options has the size that
    // it says; by contract.
    let (x0, lower, upper, options) = unsafe {
        (
            views::slice(x0, n, "x0")?,
            views::optional_slice(lower, n, "lower")?,
            views::optional_slice(upper, n, "upper")?,
            options::read(options)?.to_options()?,
        )
    };
    let bounds = match (lower, upper) {
        (None, None) => None,
        _ => Some(Bounds::new(n, lower, upper)?),
    };
    Minimizer::new(method, x0, bounds.as_ref(), &options)
}

/// Begins a minimisation.
///
/// Nothing is evaluated yet: hand the minimizer to scic_minimizer_run(), or step it yourself with
/// scic_minimizer_ask() and scic_minimizer_tell(). All its memory is allocated here: about 25 n doubles
/// for L-BFGS-B (with 10 corrections), n * n for BFGS, 2 n * n for Nelder-Mead; difference gradients take
/// n * n more, or 2 n * n with 3 points, as all their points are asked for at once.
///
/// The methods: Nelder and Mead 1965; BFGS as in Nocedal and Wright, Numerical Optimization, algorithm
/// 6.1; L-BFGS-B of Byrd, Lu, Nocedal and Zhu 1995 with the changes of Morales and Nocedal 2011. Defaults
/// and tests are those of scipy.optimize.minimize. Difference gradients take steps by the scale of each
/// variable and stay inside the bounds.
///
/// @param method   A SCIC_MINIMIZE_ constant.
/// @param x0       Starting point, n finite values. It is clipped into the bounds.
/// @param n        Number of variables, at least 1.
/// @param lower    Lower bounds, n values, -inf where there is none; NULL for no lower bounds. Equal
///                 bounds fix a variable.
/// @param upper    Upper bounds, n values, inf where there is none; NULL for no upper bounds. BFGS takes no
///                 bounds: both must be NULL.
/// @param options  What else can be chosen; NULL for the defaults.
/// @param out      Receives the minimizer, to be freed with scic_minimizer_free().
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT for an unknown method, n = 0, values that are
///         not finite, bounds that are NaN or exclude each other, or options that the method does not use;
///         SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_minimizer_new(
    method: scic_minimize_method,
    x0: *const f64,
    n: usize,
    lower: *const f64,
    upper: *const f64,
    options: *const scic_minimize_options,
    out: *mut *mut scic_minimizer,
) -> scic_status {
    guard(|| {
        handle::check_out(out)?;
        // SAFETY: by contract.
        let minimizer = unsafe { make(method, x0, n, lower, upper, options)? };
        // SAFETY: out is valid for writing.
        unsafe { handle::give(out, Busy::new(minimizer)) }.map(|()| SCIC_OK)
    })
}

/// Frees a minimizer. From inside a callback of its own run this is put off until the run returns.
///
/// @param minimizer  The minimizer; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_minimizer_free(minimizer: *mut scic_minimizer) {
    guard_or((), || {
        // SAFETY: by contract the handle is live.
        if let Ok(busy) = unsafe { handle::borrow(minimizer.cast_const(), "minimizer") }
            && busy.doom()
        {
            // SAFETY: nobody uses it, and the caller gives it up.
            unsafe { handle::free(minimizer) };
        }
    });
}

/// Tells how a minimisation stands. May be called from inside its callbacks.
///
/// @param minimizer  The minimizer.
/// @param info       Receives the state; its struct_size must be set.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT for a wrong struct_size; SCIC_INVALID_STATE if
///         another call is using the minimizer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_minimizer_info(
    minimizer: *const scic_minimizer,
    info: *mut scic_minimize_info,
) -> scic_status {
    guard(|| {
        // SAFETY: by contract the handle is live.
        let busy = unsafe { handle::borrow(minimizer, "minimizer")? };
        if info.is_null() {
            return Err(Error::NullPointer { name: "info" });
        }
        let value = {
            let minimizer = busy.read()?;
            info_of(Some(&minimizer))
        };
        // SAFETY: info has the size that it says.
        unsafe { options::write(info, value) }.map(|()| SCIC_OK)
    })
}

/// Copies a point to the caller.
///
/// # Safety
/// `x` is NULL or has room for `n` values, `f` is NULL or valid for writing.
pub(super) unsafe fn copy_point(
    point: Point<'_>,
    x: *mut f64,
    n: usize,
    f: *mut f64,
) -> Result<scic_status> {
    // SAFETY: by contract.
    if let Some(x) = unsafe { views::optional_slice_mut(x, n, "x")? } {
        if n != point.x.len() {
            return Err(Error::shape("n", point.x.len(), n));
        }
        x.copy_from_slice(point.x);
    }
    // SAFETY: by contract.
    if let Some(f) = unsafe { f.as_mut() } {
        *f = point.f;
    }
    Ok(SCIC_OK)
}

/// Copies the best point that was evaluated so far; the starting point, with f = inf, before that. May be
/// called from inside the minimizer's callbacks.
///
/// @param minimizer  The minimizer.
/// @param x          Receives n values; NULL if not wanted.
/// @param n          Number of variables; ignored if x is NULL.
/// @param f          Receives the value at x; NULL if not wanted.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH for a wrong n; SCIC_INVALID_STATE if another call
///         is using the minimizer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_minimizer_best(
    minimizer: *const scic_minimizer,
    x: *mut f64,
    n: usize,
    f: *mut f64,
) -> scic_status {
    guard(|| {
        // SAFETY: by contract the handle is live.
        let busy = unsafe { handle::borrow(minimizer, "minimizer")? };
        let minimizer = busy.read()?;
        // SAFETY: by contract.
        unsafe { copy_point(minimizer.best(), x, n, f) }
    })
}

/// Copies the current iterate, which need not be the best point. May be called from inside the
/// minimizer's callbacks.
///
/// @param minimizer  The minimizer.
/// @param x          Receives n values; NULL if not wanted.
/// @param n          Number of variables; ignored if x is NULL.
/// @param f          Receives the value at x; NULL if not wanted.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH for a wrong n; SCIC_INVALID_STATE if another call
///         is using the minimizer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_minimizer_iterate(
    minimizer: *const scic_minimizer,
    x: *mut f64,
    n: usize,
    f: *mut f64,
) -> scic_status {
    guard(|| {
        // SAFETY: by contract the handle is live.
        let busy = unsafe { handle::borrow(minimizer, "minimizer")? };
        let minimizer = busy.read()?;
        // SAFETY: by contract.
        unsafe { copy_point(minimizer.iterate(), x, n, f) }
    })
}
