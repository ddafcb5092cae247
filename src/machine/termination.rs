//! When a solver should end.

use crate::error::{Error, Result};

/// When a solver should end: one struct for all of them. A tolerance that is None is the method's
/// default; each method documents the tolerances it has and refuses the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Termination {
    /// Relative or absolute decrease of the function, by method.
    pub ftol: Option<f64>,
    /// Largest component of the (projected) gradient.
    pub gtol: Option<f64>,
    /// Relative or absolute change of the variables, by method.
    pub xtol: Option<f64>,
    /// Ends as soon as a value is as low as this.
    pub f_target: f64,
    /// Seconds from construction.
    pub time_limit: f64,
    /// Iterations.
    pub maxiter: Option<u64>,
    /// Function evaluations, those for difference gradients included.
    pub maxfev: Option<u64>,
}

impl Default for Termination {
    /// The method's tolerances, and no target or time limit.
    fn default() -> Self {
        Termination {
            ftol: None,
            gtol: None,
            xtol: None,
            f_target: f64::NEG_INFINITY,
            time_limit: f64::INFINITY,
            maxiter: None,
            maxfev: None,
        }
    }
}

impl Termination {
    /// Refuses values that mean nothing.
    pub fn check(&self) -> Result<()> {
        for (name, tol) in [("ftol", self.ftol), ("gtol", self.gtol), ("xtol", self.xtol)] {
            if let Some(tol) = tol
                && !(tol >= 0.0 && tol.is_finite())
            {
                return Err(Error::invalid(
                    "options",
                    format_args!("sets {name} to {tol}, must be finite and not negative"),
                ));
            }
        }
        if self.f_target.is_nan() {
            return Err(Error::invalid("options", "sets f_target to NaN"));
        }
        if self.time_limit.is_nan() || self.time_limit < 0.0 {
            return Err(Error::invalid(
                "options",
                format_args!("sets time_limit to {}, must not be negative", self.time_limit),
            ));
        }
        Ok(())
    }
}
