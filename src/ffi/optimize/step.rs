//! Stepping a minimizer from outside.

use super::types::*;
use crate::error::Error;
use crate::ffi::support::callback::{Flow, flow};
use crate::ffi::support::options;
use crate::ffi::support::scic_status::{self, SCIC_OK};
use crate::ffi::support::{guard, handle};
use crate::machine::{Told, Want};

/// Reads a callback's answer.
#[inline]
pub(super) fn told(code: i32) -> Told {
    match flow(code) {
        Ok(Flow::Continue) => Told::Ok,
        Ok(Flow::Stop) => Told::Stop,
        Ok(Flow::Reject) => Told::Reject,
        Err(_) => Told::Abort(code),
    }
}

/// Asks what is to be evaluated next.
///
/// Evaluate the objective at every point, in any order, on any thread, write the answers to the places
/// given, and call scic_minimizer_tell(). Asking again before that gives the same points; answers that
/// were written stay. While minimizing with differences all points of a gradient come in one block, and
/// the first one is the point itself.
///
/// ```c
/// scic_ask ask = {.struct_size = sizeof ask};
/// while (scic_minimizer_ask(m, &ask) == SCIC_OK && ask.turn == SCIC_TURN_EVAL) {
///   for (size_t k = 0; k < ask.n_points; k++) ask.f[k] = value(ask.x + k * ask.n);
///   scic_minimizer_tell(m, SCIC_CB_CONTINUE, NULL);
/// }
/// ```
///
/// @param minimizer  The minimizer.
/// @param ask        Receives the points; its struct_size must be set.
/// @return SCIC_OK, also when there is nothing to evaluate any more (`ask` says so); SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT for a wrong struct_size; SCIC_INVALID_STATE if another
///         call is using the minimizer, from inside its callbacks for example.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_minimizer_ask(
    minimizer: *mut scic_minimizer,
    ask: *mut scic_ask,
) -> scic_status {
    guard(|| {
        // SAFETY: by contract the handle is live.
        let busy = unsafe { handle::borrow(minimizer.cast_const(), "minimizer")? };
        if ask.is_null() {
            return Err(Error::NullPointer { name: "ask" });
        }
        // SAFETY: ask has the size that it says.
        unsafe { options::check_out(ask)? };
        // SAFETY: it has all fields that there are, as there never was a smaller scic_ask.
        let out = unsafe { &mut *ask };
        let mut minimizer = busy.enter()?;
        out.n = minimizer.n();
        // Field by field: this is called for every evaluation.
        match minimizer.ask() {
            Some(ask) => {
                let gradient = ask.want == Want::ValueAndGradient;
                out.n_points = ask.f.len();
                out.x = ask.x.as_ptr();
                out.f = ask.f.as_mut_ptr();
                out.grad = if gradient { ask.grad.as_mut_ptr() } else { std::ptr::null_mut() };
                out.turn = SCIC_TURN_EVAL;
                out.want = if gradient { SCIC_WANT_F | SCIC_WANT_GRADIENT } else { SCIC_WANT_F };
            }
            None => {
                out.n_points = 0;
                out.x = std::ptr::null();
                out.f = std::ptr::null_mut();
                out.grad = std::ptr::null_mut();
                out.turn = SCIC_TURN_DONE;
                out.want = 0;
            }
        }
        Ok(SCIC_OK)
    })
}

/// Tells that the answers to the last scic_minimizer_ask() are in place, and moves on.
///
/// @param minimizer  The minimizer.
/// @param code       SCIC_CB_CONTINUE: go on. SCIC_CB_REJECT: the (first) point is outside the objective's
///                   domain; it counts as one evaluation. SCIC_CB_STOP: stop with the best point so far.
///                   Any other code: something went wrong, end now. Values that were written count towards
///                   the best point even then.
/// @param turn       Receives what is next: SCIC_TURN_EVAL; SCIC_TURN_ITERATE, an iteration has just
///                   ended, look at info and iterate if you like, then ask again (where that may say that
///                   it is done); or SCIC_TURN_DONE. NULL if not wanted.
/// @return SCIC_OK, also when it is done: scic_minimizer_info() says why. SCIC_NULL_POINTER;
///         SCIC_INVALID_STATE if nothing was asked or another call is using the minimizer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_minimizer_tell(
    minimizer: *mut scic_minimizer,
    code: i32,
    turn: *mut scic_turn,
) -> scic_status {
    guard(|| {
        // SAFETY: by contract the handle is live.
        let busy = unsafe { handle::borrow(minimizer.cast_const(), "minimizer")? };
        let next = busy.enter()?.tell(told(code))?;
        // SAFETY: NULL, or valid for writing.
        if let Some(turn) = unsafe { turn.as_mut() } {
            *turn = turn_code(next);
        }
        Ok(SCIC_OK)
    })
}
