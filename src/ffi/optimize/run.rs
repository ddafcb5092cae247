//! Running a minimizer with callbacks.

use std::ffi::c_void;

use super::handle::{copy_point, make};
use super::step::told;
use super::types::*;
use crate::error::{Error, Result};
use crate::ffi::support::busy::{Busy, Entered};
use crate::ffi::support::callback::UserData;
use crate::ffi::support::scic_status;
use crate::ffi::support::{guard, handle, options};
use crate::machine::{Told, Turn, Want};
use crate::optimize::Minimizer;

/// The caller's functions.
struct Callbacks {
    objective: unsafe extern "C" fn(*const f64, usize, *mut f64, *mut f64, *mut c_void) -> i32,
    callback: scic_minimize_callback,
    user_data: UserData,
}

impl Callbacks {
    fn new(
        objective: scic_objective,
        callback: scic_minimize_callback,
        user_data: *mut c_void,
    ) -> Result<Self> {
        let objective = objective.ok_or(Error::NullPointer { name: "objective" })?;
        Ok(Callbacks { objective, callback, user_data: UserData(user_data) })
    }
}

/// Evaluates what is asked for. None when it is done.
fn evaluate(minimizer: &mut Entered<'_, Minimizer>, callbacks: &Callbacks) -> Option<Told> {
    let ask = minimizer.ask()?;
    let (points, n, first_matters) = (ask.f.len(), ask.n, ask.first_matters);
    let gradient = ask.want == Want::ValueAndGradient;
    let (x, f, grad) = (ask.x.as_ptr(), ask.f.as_mut_ptr(), ask.grad.as_mut_ptr());
    for k in 0..points {
        // The buffers are the machine's own and stay where they are, as nobody can enter it while it is
        // lent; readers do not touch the answers.
        let f = f.wrapping_add(k);
        let code = minimizer.lend(|| {
            let x = x.wrapping_add(k * n);
            let grad = if gradient { grad.wrapping_add(k * n) } else { std::ptr::null_mut() };
            // SAFETY: x has n values, f one, grad n or is NULL; the rest is the caller's word.
            unsafe { (callbacks.objective)(x, n, f, grad, callbacks.user_data.0) }
        });
        let told = told(code);
        if let Told::Stop | Told::Ok = told {
            // SAFETY: f is the machine's buffer.
            let worthless = first_matters && k == 0 && !unsafe { *f < f64::INFINITY };
            match told {
                Told::Ok if worthless => return Some(Told::Reject),
                Told::Ok => continue,
                _ => return Some(told),
            }
        }
        if told == Told::Reject && first_matters && k == 0 {
            return Some(told);
        }
        // SAFETY: f is the machine's buffer.
        unsafe { *f = f64::NAN };
        if told != Told::Reject {
            return Some(told);
        }
    }
    Some(Told::Ok)
}

/// The loop over ask and tell.
fn drive(
    minimizer: &mut Entered<'_, Minimizer>,
    address: *const scic_minimizer,
    callbacks: &Callbacks,
) -> Result<()> {
    while let Some(answer) = evaluate(minimizer, callbacks) {
        match minimizer.tell(answer)? {
            Turn::Eval => {}
            Turn::Done(_) => break,
            Turn::Iterate => {
                if let Some(callback) = callbacks.callback {
                    let code = minimizer.lend(|| {
                        // SAFETY: the handle is live; the rest is the caller's word.
                        unsafe { callback(address, callbacks.user_data.0) }
                    });
                    match told(code) {
                        Told::Ok => {}
                        Told::Stop => minimizer.halt(Told::Stop),
                        // There is nothing to reject here.
                        Told::Reject | Told::Abort(_) => minimizer.halt(Told::Abort(code)),
                    }
                }
            }
        }
    }
    Ok(())
}

/// Runs a minimizer to its end.
///
/// The objective is called on this thread. A minimizer that has been stepped goes on from where it is; one
/// that is done stays done and answers the same again.
///
/// @param minimizer  The minimizer.
/// @param objective  The function to minimize.
/// @param callback   Called after every iteration; NULL if not wanted.
/// @param user_data  Passed to both functions as it is.
/// @return SCIC_OK if a tolerance or the target is met; SCIC_MAXITER, SCIC_MAXFEV, SCIC_TIME_LIMIT,
///         SCIC_STOPPED_BY_CALLBACK or SCIC_PRECISION_LOSS with the best point so far; SCIC_CALLBACK_ERROR
///         if a callback returned a code of its own (the best point so far can be read; see
///         scic_last_callback_code()); SCIC_NOT_CONVERGED if the objective is not finite at the starting
///         point; SCIC_NULL_POINTER; SCIC_INVALID_STATE if another call is using the minimizer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_minimizer_run(
    minimizer: *mut scic_minimizer,
    objective: scic_objective,
    callback: scic_minimize_callback,
    user_data: *mut c_void,
) -> scic_status {
    guard(|| {
        // SAFETY: by contract the handle is live.
        let busy = unsafe { handle::borrow(minimizer.cast_const(), "minimizer")? };
        let callbacks = Callbacks::new(objective, callback, user_data)?;
        let mut entered = busy.enter()?;
        let result = drive(&mut entered, minimizer, &callbacks).and_then(|()| outcome(&entered));
        let doomed = entered.is_doomed();
        drop(entered);
        if doomed {
            // SAFETY: a callback freed it; nobody else may use it any more.
            unsafe { handle::free(minimizer) };
        }
        result
    })
}

/// Minimizes a function: scic_minimizer_new(), scic_minimizer_run(), scic_minimizer_best() and
/// scic_minimizer_info() in one call.
///
/// ```c
/// static int32_t parabola(const double *x, size_t n, double *f, double *grad, void *data) {
///   *f = (x[0] - 1) * (x[0] - 1);
///   grad[0] = 2 * (x[0] - 1);
///   return SCIC_CB_CONTINUE;
/// }
/// double x0 = 5, x, f;
/// scic_minimize(SCIC_MINIMIZE_LBFGSB, parabola, NULL, NULL, &x0, 1, NULL, NULL, NULL, &x, &f, NULL);
/// ```
///
/// @param method     A SCIC_MINIMIZE_ constant.
/// @param objective  The function to minimize.
/// @param callback   Called after every iteration with a minimizer that is alive during the call only;
///                   NULL if not wanted.
/// @param user_data  Passed to both functions as it is.
/// @param x0         Starting point, n finite values. It is clipped into the bounds.
/// @param n          Number of variables, at least 1.
/// @param lower      Lower bounds, n values, -inf where there is none; NULL for no lower bounds.
/// @param upper      Upper bounds, n values, inf where there is none; NULL for no upper bounds.
/// @param options    What else can be chosen; NULL for the defaults.
/// @param x          Receives the best point, n values; may be x0.
/// @param f          Receives the value at x; NULL if not wanted.
/// @param info       Receives how it went; its struct_size must be set. NULL if not wanted.
/// @return As scic_minimizer_new() and scic_minimizer_run(). Outputs are written with SCIC_OK, with every
///         positive status and with SCIC_CALLBACK_ERROR; with SCIC_NOT_CONVERGED only `info`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_minimize(
    method: scic_minimize_method,
    objective: scic_objective,
    callback: scic_minimize_callback,
    user_data: *mut c_void,
    x0: *const f64,
    n: usize,
    lower: *const f64,
    upper: *const f64,
    options: *const scic_minimize_options,
    x: *mut f64,
    f: *mut f64,
    info: *mut scic_minimize_info,
) -> scic_status {
    guard(|| {
        let callbacks = Callbacks::new(objective, callback, user_data)?;
        if x.is_null() {
            return Err(Error::NullPointer { name: "x" });
        }
        // SAFETY: info is NULL or has the size that it says.
        unsafe { options::check_out(info)? };
        // SAFETY: by contract.
        let busy = Busy::new(unsafe { make(method, x0, n, lower, upper, options)? });
        let mut entered = busy.enter()?;
        let address = (&raw const busy).cast::<scic_minimizer>();
        drive(&mut entered, address, &callbacks)?;
        let result = outcome(&entered);
        // SAFETY: as above.
        unsafe { options::write(info, info_of(Some(&entered)))? };
        if let Ok(_) | Err(Error::Callback { .. }) = result {
            // SAFETY: x has room for n values, f is NULL or valid for writing.
            unsafe { copy_point(entered.best(), x, n, f)? };
        }
        result
    })
}
