//! The types of minimisation.

use std::ffi::{c_char, c_void};

use crate::error::{Error, Result};
use crate::ffi::support::busy::Busy;
use crate::ffi::support::handle::Handle;
use crate::ffi::support::options::Options as COptions;
use crate::ffi::support::scic_status::{self, *};
use crate::machine::{Stop, Termination, Turn};
use crate::optimize::{Gradient, Method, Minimizer, Options, Scheme};

/// A method of minimisation: one of the SCIC_MINIMIZE_ constants.
pub type scic_minimize_method = i32;
/// The downhill simplex method of Nelder and Mead: needs no gradients, takes bounds. For few variables.
pub const SCIC_MINIMIZE_NELDER_MEAD: scic_minimize_method = 0;
/// The BFGS method: needs gradients and memory for a matrix of n x n. No bounds.
pub const SCIC_MINIMIZE_BFGS: scic_minimize_method = 1;
/// The limited-memory BFGS method L-BFGS-B: needs gradients, takes bounds. For any number of variables.
pub const SCIC_MINIMIZE_LBFGSB: scic_minimize_method = 2;

/// Where gradients come from: one of the SCIC_JAC_ constants.
pub type scic_jac = i32;
/// From the caller (the default).
pub const SCIC_JAC_USER: scic_jac = 0;
/// From forward or backward differences: n more evaluations for each gradient. Where their error ends
/// the search too early (a line search fails), the method begins anew from the best point with
/// SCIC_JAC_3_POINT, which takes memory anew; not if `rel_step` is set.
pub const SCIC_JAC_2_POINT: scic_jac = 1;
/// From central differences, one-sided at bounds: 2 n more evaluations for each gradient.
pub const SCIC_JAC_3_POINT: scic_jac = 2;

/// What a minimizer waits for: one of the SCIC_TURN_ constants.
pub type scic_turn = i32;
/// Points to be evaluated.
pub const SCIC_TURN_EVAL: scic_turn = 0;
/// An iteration has just ended. Look at it if you like; the next scic_minimizer_ask() goes on.
pub const SCIC_TURN_ITERATE: scic_turn = 1;
/// Nothing any more; scic_minimizer_info() says why.
pub const SCIC_TURN_DONE: scic_turn = 2;

/// Wanted at a point: the value.
pub const SCIC_WANT_F: i32 = 1;
/// Wanted at a point: the gradient.
pub const SCIC_WANT_GRADIENT: i32 = 2;

/// Not ended yet.
pub const SCIC_STOP_RUNNING: i32 = 0;
/// The (projected) gradient is small enough.
pub const SCIC_STOP_GTOL: i32 = 1;
/// The function does not decrease any more.
pub const SCIC_STOP_FTOL: i32 = 2;
/// The variables do not move any more; for Nelder-Mead, the simplex is small and flat enough.
pub const SCIC_STOP_XTOL: i32 = 3;
/// The target value is reached.
pub const SCIC_STOP_TARGET: i32 = 4;
/// The iteration limit is reached.
pub const SCIC_STOP_MAXITER: i32 = 5;
/// The limit on evaluations is reached.
pub const SCIC_STOP_MAXFEV: i32 = 6;
/// The time limit is reached.
pub const SCIC_STOP_TIME_LIMIT: i32 = 7;
/// A callback asked to stop.
pub const SCIC_STOP_CALLBACK: i32 = 8;
/// A callback returned an error code.
pub const SCIC_STOP_CALLBACK_ERROR: i32 = 9;
/// Rounding errors, or gradients that do not fit the function, prevent further progress.
pub const SCIC_STOP_PRECISION_LOSS: i32 = 10;
/// The objective or its gradient is not finite at the starting point, or the point was rejected.
pub const SCIC_STOP_REJECTED: i32 = 11;

/// A minimisation in progress. It needs exclusive use: a call on a minimizer that is in use by another
/// one answers SCIC_INVALID_STATE. From inside a callback, functions that take it as const work, and
/// freeing it is put off until the call that runs it returns.
#[repr(C)]
pub struct scic_minimizer {
    _private: [u8; 0],
}

impl Handle for scic_minimizer {
    type Target = Busy<Minimizer>;
}

/// An objective function: computes its value at a point, and its gradient if that is wanted.
///
/// A value that is NaN or infinite counts as worse than any other (-inf as better).
///
/// @param x          The point, n values.
/// @param n          Number of variables.
/// @param f          Receives the value.
/// @param grad       Receives the gradient, n values; NULL where it is not wanted.
/// @param user_data  What was passed with the function.
/// @return SCIC_CB_CONTINUE; SCIC_CB_REJECT if x is outside the function's domain (the method tries again
///         nearer to the last good point); SCIC_CB_STOP to stop with the best result so far (a value that
///         was written counts); any other code aborts and is kept, see scic_last_callback_code(). Use
///         negative ones.
pub type scic_objective = Option<
    unsafe extern "C" fn(
        x: *const f64,
        n: usize,
        f: *mut f64,
        grad: *mut f64,
        user_data: *mut c_void,
    ) -> i32,
>;

/// A function that is called after every iteration.
///
/// @param minimizer  The minimizer, to be read with the functions that take it as const.
/// @param user_data  What was passed with the function.
/// @return SCIC_CB_CONTINUE; SCIC_CB_STOP to stop with the best result so far; any other code aborts and
///         is kept, see scic_last_callback_code(). Use negative ones.
pub type scic_minimize_callback =
    Option<unsafe extern "C" fn(minimizer: *const scic_minimizer, user_data: *mut c_void) -> i32>;

/// What can be chosen for a minimisation. Fill it with scic_minimize_options_init(), then set fields. A
/// field that the method does not use must keep its default.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct scic_minimize_options {
    /// Size of this struct.
    pub struct_size: usize,
    /// L-BFGS-B: relative decrease of the value at convergence (2.22e-9). Nelder-Mead: absolute
    /// difference of the values in the simplex (1e-4). NaN = the default. BFGS: not used.
    pub ftol: f64,
    /// BFGS and L-BFGS-B: largest component of the (projected) gradient at convergence (1e-5). NaN = the
    /// default. Nelder-Mead: not used.
    pub gtol: f64,
    /// Nelder-Mead: size of the simplex at convergence (1e-4). BFGS: length of the last step, relative
    /// to x (0). NaN = the default. L-BFGS-B: not used.
    pub xtol: f64,
    /// Stop as soon as a value is as low as this; -inf (the default) is only reached by an objective
    /// that returns it.
    pub f_target: f64,
    /// Seconds from scic_minimizer_new(); inf by default.
    pub time_limit: f64,
    /// Relative step of difference gradients. NaN = sqrt(eps) for 2, cbrt(eps) for 3 points. With
    /// SCIC_JAC_USER: not used.
    pub rel_step: f64,
    /// Limit on iterations. 0 = the default: Nelder-Mead 200 n (none if maxfev is set), BFGS 200 n,
    /// L-BFGS-B 15000.
    pub maxiter: i64,
    /// Limit on evaluations, those for differences included; it is never exceeded. 0 = the default:
    /// Nelder-Mead 200 n (none if maxiter is set), BFGS none, L-BFGS-B 15000.
    pub maxfev: i64,
    /// L-BFGS-B: number of corrections that are kept, 0 = 10. Others: not used.
    pub history: i64,
    /// L-BFGS-B: evaluations in a line search, 0 = 20. Others: not used.
    pub maxls: i64,
    /// Where gradients come from. Nelder-Mead: must stay 0.
    pub jac: scic_jac,
    /// Nelder-Mead: 1 = parameters by dimension (Gao and Han 2012), better for many variables. Others:
    /// must stay 0.
    pub adaptive: i32,
}

// SAFETY: repr(C), numbers only, without padding (eight-byte fields, then two of four bytes).
unsafe impl COptions for scic_minimize_options {
    const FIRST_SIZE: usize = size_of::<Self>();
    fn defaults() -> Self {
        scic_minimize_options {
            struct_size: size_of::<Self>(),
            ftol: f64::NAN,
            gtol: f64::NAN,
            xtol: f64::NAN,
            f_target: f64::NEG_INFINITY,
            time_limit: f64::INFINITY,
            rel_step: f64::NAN,
            maxiter: 0,
            maxfev: 0,
            history: 0,
            maxls: 0,
            jac: SCIC_JAC_USER,
            adaptive: 0,
        }
    }
}

/// How a minimisation stands.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct scic_minimize_info {
    /// Size of this struct, set by the caller.
    pub struct_size: usize,
    /// Value at the best point; inf as long as there is none.
    pub f: f64,
    /// Largest component of the (projected) gradient at the current iterate; NaN for Nelder-Mead.
    pub gradient_norm: f64,
    /// Largest component of the last step; for Nelder-Mead the size of the simplex. NaN before the first.
    pub step: f64,
    /// Finished iterations.
    pub nit: i64,
    /// Evaluated values, those for differences included.
    pub nfev: i64,
    /// Evaluated gradients, each one by differences counted as one.
    pub njev: i64,
    /// The scic_status that scic_minimizer_run() returned or would return; SCIC_OK while it runs.
    pub status: i32,
    /// Why it ended: a SCIC_STOP_ constant.
    pub stop: i32,
}

// SAFETY: repr(C), numbers only, without padding (eight-byte fields, then two of four bytes).
unsafe impl COptions for scic_minimize_info {
    const FIRST_SIZE: usize = size_of::<Self>();
    const NAME: &'static str = "info";
    fn defaults() -> Self {
        info_of(None)
    }
}

/// What scic_minimizer_ask() wants evaluated. The pointers belong to the minimizer and are valid until
/// the next call on it that does not take it as const.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct scic_ask {
    /// Size of this struct, set by the caller.
    pub struct_size: usize,
    /// Number of points.
    pub n_points: usize,
    /// Number of variables.
    pub n: usize,
    /// The points, n_points x n, row after row.
    pub x: *const f64,
    /// Where n_points values go. NaN beforehand, which counts as worse than any other value.
    pub f: *mut f64,
    /// Where n_points gradients of n go, row after row; NULL if they are not wanted.
    pub grad: *mut f64,
    /// SCIC_TURN_EVAL; or SCIC_TURN_DONE, when there is nothing to evaluate any more.
    pub turn: i32,
    /// SCIC_WANT_F, with SCIC_WANT_GRADIENT if gradients are wanted too.
    pub want: i32,
}

// SAFETY: repr(C), sizes, pointers and numbers, without padding (eight-byte fields, then two of four
// bytes; on 32-bit machines all are of four bytes); pointers may be any bytes.
unsafe impl COptions for scic_ask {
    const FIRST_SIZE: usize = size_of::<Self>();
    const NAME: &'static str = "ask";
    fn defaults() -> Self {
        scic_ask {
            struct_size: size_of::<Self>(),
            n_points: 0,
            n: 0,
            x: std::ptr::null(),
            f: std::ptr::null_mut(),
            grad: std::ptr::null_mut(),
            turn: SCIC_TURN_DONE,
            want: 0,
        }
    }
}

/// Fills options with their defaults.
///
/// @param options      The struct to fill.
/// @param struct_size  sizeof *options.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT for a size that cannot be.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_minimize_options_init(
    options: *mut scic_minimize_options,
    struct_size: usize,
) -> scic_status {
    crate::ffi::support::guard(|| {
        // SAFETY: the caller gives struct_size bytes.
        unsafe { crate::ffi::support::options::init(options, struct_size) }.map(|()| SCIC_OK)
    })
}

/// Returns a sentence about why a minimisation ended, for example "the gradient tolerance is met".
///
/// @param stop  Any number.
/// @return A static text; "unknown" for a number that is no stop reason. Safe from any thread.
#[unsafe(no_mangle)]
pub extern "C" fn scic_stop_name(stop: i32) -> *const c_char {
    let text = match stop {
        SCIC_STOP_RUNNING => c"it has not ended",
        SCIC_STOP_GTOL => c"the gradient tolerance is met",
        SCIC_STOP_FTOL => c"the function value tolerance is met",
        SCIC_STOP_XTOL => c"the tolerance on the variables is met",
        SCIC_STOP_TARGET => c"the target value is reached",
        SCIC_STOP_MAXITER => c"the iteration limit is reached",
        SCIC_STOP_MAXFEV => c"the limit on function evaluations is reached",
        SCIC_STOP_TIME_LIMIT => c"the time limit is reached",
        SCIC_STOP_CALLBACK => c"a callback asked to stop",
        SCIC_STOP_CALLBACK_ERROR => c"a callback returned an error code",
        SCIC_STOP_PRECISION_LOSS => {
            c"rounding errors, or a gradient that does not fit the function, prevent progress"
        }
        SCIC_STOP_REJECTED => c"the objective or its gradient is not finite at the starting point",
        _ => c"unknown",
    };
    text.as_ptr()
}

pub(super) fn method_of(method: scic_minimize_method) -> Result<Method> {
    match method {
        SCIC_MINIMIZE_NELDER_MEAD => Ok(Method::NelderMead),
        SCIC_MINIMIZE_BFGS => Ok(Method::Bfgs),
        SCIC_MINIMIZE_LBFGSB => Ok(Method::Lbfgsb),
        other => Err(Error::invalid(
            "method",
            format_args!("is {other}, not one of the SCIC_MINIMIZE_ constants"),
        )),
    }
}

fn count(name: &str, value: i64) -> Result<Option<u64>> {
    match u64::try_from(value) {
        Ok(0) => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(_) => Err(Error::invalid(
            "options",
            format_args!("sets {name} to {value}, must not be negative"),
        )),
    }
}

impl scic_minimize_options {
    pub(super) fn to_options(self) -> Result<Options> {
        let given = |value: f64| (!value.is_nan()).then_some(value);
        let history = count("history", self.history)?;
        Ok(Options {
            termination: Termination {
                ftol: given(self.ftol),
                gtol: given(self.gtol),
                xtol: given(self.xtol),
                f_target: self.f_target,
                time_limit: self.time_limit,
                maxiter: count("maxiter", self.maxiter)?,
                maxfev: count("maxfev", self.maxfev)?,
            },
            gradient: match self.jac {
                SCIC_JAC_USER => Gradient::User,
                SCIC_JAC_2_POINT => Gradient::Differences(Scheme::TwoPoint),
                SCIC_JAC_3_POINT => Gradient::Differences(Scheme::ThreePoint),
                other => {
                    return Err(Error::invalid(
                        "options",
                        format_args!("sets jac to {other}, not one of the SCIC_JAC_ constants"),
                    ));
                }
            },
            rel_step: given(self.rel_step),
            history: history.map(|h| usize::try_from(h).unwrap_or(usize::MAX)),
            maxls: count("maxls", self.maxls)?,
            adaptive: match self.adaptive {
                0 => false,
                1 => true,
                other => {
                    return Err(Error::invalid(
                        "options",
                        format_args!("sets adaptive to {other}, must be 0 or 1"),
                    ));
                }
            },
        })
    }
}

fn stop_code(stop: Option<Stop>) -> i32 {
    match stop {
        None => SCIC_STOP_RUNNING,
        Some(Stop::Gtol) => SCIC_STOP_GTOL,
        Some(Stop::Ftol) => SCIC_STOP_FTOL,
        Some(Stop::Xtol) => SCIC_STOP_XTOL,
        Some(Stop::Target) => SCIC_STOP_TARGET,
        Some(Stop::MaxIter) => SCIC_STOP_MAXITER,
        Some(Stop::MaxFev) => SCIC_STOP_MAXFEV,
        Some(Stop::TimeLimit) => SCIC_STOP_TIME_LIMIT,
        Some(Stop::Callback) => SCIC_STOP_CALLBACK,
        Some(Stop::CallbackError) => SCIC_STOP_CALLBACK_ERROR,
        Some(Stop::PrecisionLoss) => SCIC_STOP_PRECISION_LOSS,
        Some(Stop::Rejected) => SCIC_STOP_REJECTED,
    }
}

/// What a run that ended answers.
pub(super) fn outcome(minimizer: &Minimizer) -> Result<scic_status> {
    match minimizer.turn() {
        Turn::Eval | Turn::Iterate => Ok(SCIC_OK),
        Turn::Done(Stop::Gtol | Stop::Ftol | Stop::Xtol | Stop::Target) => Ok(SCIC_OK),
        Turn::Done(Stop::MaxIter) => Ok(SCIC_MAXITER),
        Turn::Done(Stop::MaxFev) => Ok(SCIC_MAXFEV),
        Turn::Done(Stop::TimeLimit) => Ok(SCIC_TIME_LIMIT),
        Turn::Done(Stop::Callback) => Ok(SCIC_STOPPED_BY_CALLBACK),
        Turn::Done(Stop::PrecisionLoss) => Ok(SCIC_PRECISION_LOSS),
        Turn::Done(Stop::CallbackError) => Err(Error::Callback { code: minimizer.abort_code() }),
        Turn::Done(Stop::Rejected) => Err(Error::NotConverged {
            reason: "objective or its gradient is not finite at x0, or x0 was rejected".to_owned(),
        }),
    }
}

pub(super) fn turn_code(turn: Turn) -> scic_turn {
    match turn {
        Turn::Eval => SCIC_TURN_EVAL,
        Turn::Iterate => SCIC_TURN_ITERATE,
        Turn::Done(_) => SCIC_TURN_DONE,
    }
}

pub(super) fn info_of(minimizer: Option<&Minimizer>) -> scic_minimize_info {
    let info = minimizer.map(Minimizer::info);
    let number = |v: Option<u64>| v.map_or(0, |v| i64::try_from(v).unwrap_or(i64::MAX));
    let status = minimizer.map_or(SCIC_OK, |m| match outcome(m) {
        Ok(status) => status,
        Err(error) => scic_status::from(&error),
    });
    scic_minimize_info {
        struct_size: size_of::<scic_minimize_info>(),
        f: info.map_or(f64::INFINITY, |i| i.f),
        gradient_norm: info.map_or(f64::NAN, |i| i.gradient_norm),
        step: info.map_or(f64::NAN, |i| i.step),
        nit: number(info.map(|i| i.nit)),
        nfev: number(info.map(|i| i.nfev)),
        njev: number(info.map(|i| i.njev)),
        status: status as i32,
        stop: stop_code(info.and_then(|i| i.stop)),
    }
}
