//! The methods and what can be chosen for them.

use super::{BfgsOptions, LbfgsbOptions, NelderMeadOptions};
use crate::error::{Error, Result};
use crate::machine::Termination;
use crate::optimize::differences::Scheme;

/// The methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The downhill simplex method, without gradients.
    NelderMead,
    /// The BFGS method.
    Bfgs,
    /// The limited-memory BFGS method, with bounds.
    Lbfgsb,
}

/// Where gradients come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gradient {
    /// From the caller.
    #[default]
    User,
    /// From differences.
    Differences(Scheme),
}

/// What can be chosen. None is the method's default; what a method does not use must stay so.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Options {
    /// When to end. Nelder–Mead: xtol and ftol, both absolute (1e-4). BFGS: gtol (1e-5) and xtol,
    /// relative (0). L-BFGS-B: ftol, relative (2.22e-9), and gtol (1e-5). The default limits are 200 n
    /// iterations and evaluations for Nelder–Mead (if one of them is given the other is none), 200 n
    /// iterations for BFGS, 15000 of both for L-BFGS-B.
    pub termination: Termination,
    /// Where gradients come from; Nelder–Mead needs none.
    pub gradient: Gradient,
    /// Relative step of difference gradients.
    pub rel_step: Option<f64>,
    /// L-BFGS-B: pairs of steps and gradient changes that are kept (10).
    pub history: Option<usize>,
    /// L-BFGS-B: evaluations in a line search (20).
    pub maxls: Option<u64>,
    /// Nelder–Mead: parameters by dimension.
    pub adaptive: bool,
}

impl Options {
    /// Refuses what the method does not use, and what makes no sense.
    pub(super) fn check(&self, method: Method) -> Result<()> {
        use Method::{Bfgs, Lbfgsb, NelderMead};
        self.termination.check()?;
        let t = &self.termination;
        let differences = matches!(self.gradient, Gradient::Differences(_));
        let unused: [(&str, bool, &[Method]); 8] = [
            ("ftol", t.ftol.is_some(), &[NelderMead, Lbfgsb]),
            ("gtol", t.gtol.is_some(), &[Bfgs, Lbfgsb]),
            ("xtol", t.xtol.is_some(), &[NelderMead, Bfgs]),
            ("jac", differences, &[Bfgs, Lbfgsb]),
            ("rel_step", self.rel_step.is_some(), &[Bfgs, Lbfgsb]),
            ("history", self.history.is_some(), &[Lbfgsb]),
            ("maxls", self.maxls.is_some(), &[Lbfgsb]),
            ("adaptive", self.adaptive, &[NelderMead]),
        ];
        for (name, set, users) in unused {
            if set && !users.contains(&method) {
                return Err(Error::invalid(
                    "options",
                    format_args!("sets {name}, which {} does not use", method.name()),
                ));
            }
        }
        if self.rel_step.is_some() && !differences {
            return Err(Error::invalid(
                "options",
                "sets rel_step, which is not used with the caller's gradients",
            ));
        }
        for (name, value) in
            [("history", self.history == Some(0)), ("maxls", self.maxls == Some(0))]
        {
            if value {
                return Err(Error::invalid("options", format_args!("sets {name} to 0")));
            }
        }
        Ok(())
    }

    pub(super) fn maxfev(&self, method: Method, n: usize) -> Option<u64> {
        let t = &self.termination;
        let otherwise = match method {
            Method::NelderMead if t.maxiter.is_none() => Some(200_u64.saturating_mul(n as u64)),
            Method::NelderMead | Method::Bfgs => None,
            Method::Lbfgsb => Some(15_000),
        };
        t.maxfev.or(otherwise)
    }

    pub(super) fn maxiter(&self, method: Method, n: usize) -> u64 {
        let t = &self.termination;
        let by_dimension = 200_u64.saturating_mul(n as u64);
        t.maxiter.unwrap_or(match method {
            Method::NelderMead if t.maxfev.is_some() => u64::MAX,
            Method::NelderMead | Method::Bfgs => by_dimension,
            Method::Lbfgsb => 15_000,
        })
    }

    pub(super) fn nelder_mead(&self, n: usize) -> NelderMeadOptions {
        let (t, default) = (&self.termination, NelderMeadOptions::default());
        NelderMeadOptions {
            xatol: t.xtol.unwrap_or(default.xatol),
            fatol: t.ftol.unwrap_or(default.fatol),
            adaptive: self.adaptive,
            maxiter: self.maxiter(Method::NelderMead, n),
        }
    }

    pub(super) fn bfgs(&self, n: usize) -> BfgsOptions {
        let (t, default) = (&self.termination, BfgsOptions::default());
        BfgsOptions {
            gtol: t.gtol.unwrap_or(default.gtol),
            xrtol: t.xtol.unwrap_or(default.xrtol),
            maxiter: self.maxiter(Method::Bfgs, n),
        }
    }

    pub(super) fn lbfgsb(&self, n: usize) -> LbfgsbOptions {
        let (t, default) = (&self.termination, LbfgsbOptions::default());
        LbfgsbOptions {
            ftol: t.ftol.unwrap_or(default.ftol),
            gtol: t.gtol.unwrap_or(default.gtol),
            history: self.history.unwrap_or(default.history),
            maxls: self.maxls.unwrap_or(default.maxls),
            maxiter: self.maxiter(Method::Lbfgsb, n),
        }
    }
}

impl Method {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Method::NelderMead => "Nelder-Mead",
            Method::Bfgs => "BFGS",
            Method::Lbfgsb => "L-BFGS-B",
        }
    }
}
