//! A minimisation to be stepped from outside.

use super::{Bfgs, Gradient, Lbfgsb, Method, NelderMead, Options};
use crate::array::try_with_capacity;
use crate::error::{Error, Result};
use crate::machine::{Ask, Budget, Machine, Point, Progress, Stop, Told, Turn, Want};
use crate::optimize::bounds::Bounds;
use crate::optimize::differences::{Differences, Scheme};

/// A minimisation as a state machine: the chosen method, with differences around it if wanted, and a
/// budget around all.
///
/// ```
/// use scic::machine::Told;
/// use scic::optimize::{Method, Minimizer, Options};
///
/// let mut m = Minimizer::new(Method::Lbfgsb, &[-1.2, 1.0], None, &Options::default())?;
/// while let Some(ask) = m.ask() {
///     let (x, y) = (ask.x[0], ask.x[1]);
///     ask.f[0] = 100.0 * (y - x * x).powi(2) + (1.0 - x).powi(2);
///     ask.grad[0] = -400.0 * x * (y - x * x) - 2.0 * (1.0 - x);
///     ask.grad[1] = 200.0 * (y - x * x);
///     m.tell(Told::Ok)?;
/// }
/// assert!(m.best().x.iter().all(|x| (x - 1.0).abs() < 1e-4));
/// # Ok::<(), scic::Error>(())
/// ```
///
/// Forward differences have errors of the order of their step, and near a minimum a line search may fail
/// for that alone. Then the method begins anew from the best point with central differences, whose error
/// is far smaller (Gill, Murray & Wright, *Practical Optimization*, §4.6), unless the caller has chosen
/// the step.
pub struct Minimizer {
    machine: Box<dyn Machine>,
    n: usize,
    differences: bool,
    /// How to go on where forward differences no longer serve.
    refine: Option<Box<Refinement>>,
    /// Where it had come, and in how many iterations, before that.
    before: Option<(Vec<f64>, f64, u64)>,
    f_target: f64,
    budget: Budget,
    /// What is being evaluated: how many points, and what is wanted there.
    asked: Option<(usize, Want)>,
    /// Why it ended, where that was not the method's own word.
    stop: Option<Stop>,
    abort_code: i32,
}

/// A minimisation from another point, with central differences.
struct Refinement {
    method: Method,
    bounds: Option<Bounds>,
    options: Options,
}

/// What is to be said of a minimisation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Info {
    /// The value at the best point.
    pub f: f64,
    /// Largest component of the (projected) gradient at the iterate; NaN where the method has none.
    pub gradient_norm: f64,
    /// Largest component of the last step; for Nelder–Mead the size of the simplex.
    pub step: f64,
    /// Finished iterations.
    pub nit: u64,
    /// Evaluated values.
    pub nfev: u64,
    /// Evaluated gradients, those by differences included.
    pub njev: u64,
    /// Why it ended; None while it runs.
    pub stop: Option<Stop>,
}

impl std::fmt::Debug for Minimizer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Minimizer").field("n", &self.n).field("info", &self.info()).finish()
    }
}

impl Minimizer {
    /// A minimisation from `x0`, which is clipped into the bounds (Nelder–Mead and L-BFGS-B have them).
    pub fn new(
        method: Method,
        x0: &[f64],
        bounds: Option<&Bounds>,
        options: &Options,
    ) -> Result<Self> {
        let n = x0.len();
        if n == 0 {
            return Err(Error::invalid("n", "is 0, there is nothing to minimise over"));
        }
        if let Some(i) = x0.iter().position(|x| !x.is_finite()) {
            return Err(Error::invalid("x0", format_args!("[{i}] is {}, not finite", x0[i])));
        }
        options.check(method)?;
        let mut start = try_with_capacity(n)?;
        start.extend_from_slice(x0);
        if let Some(bounds) = bounds {
            if method == Method::Bfgs {
                return Err(Error::invalid("method", "is BFGS, which has no bounds"));
            }
            if bounds.lower().len() != n {
                return Err(Error::shape("bounds", n, bounds.lower().len()));
            }
            bounds.clip(&mut start);
        }
        let machine = machine(method, &start, bounds, options)?;
        let two_points = options.gradient == Gradient::Differences(Scheme::TwoPoint);
        let refine = (two_points && options.rel_step.is_none()).then(|| {
            let gradient = Gradient::Differences(Scheme::ThreePoint);
            let options = Options { gradient, ..*options };
            Box::new(Refinement { method, bounds: bounds.cloned(), options })
        });
        let t = &options.termination;
        Ok(Minimizer {
            machine,
            n,
            differences: options.gradient != Gradient::User,
            refine,
            before: None,
            f_target: t.f_target,
            budget: Budget::new(options.maxfev(method, n), t.time_limit),
            asked: None,
            stop: None,
            abort_code: 0,
        })
    }

    /// Number of variables.
    pub fn n(&self) -> usize {
        self.n
    }

    /// What it waits for.
    pub fn turn(&self) -> Turn {
        match self.stop {
            Some(stop) => Turn::Done(stop),
            None => self.machine.turn(),
        }
    }

    /// The points to evaluate, the same until [`Minimizer::tell`]; None when it is done.
    #[inline]
    pub fn ask(&mut self) -> Option<Ask<'_>> {
        if self.stop.is_some() {
            return None;
        }
        let asked = self.asked;
        let mut ask = self.machine.ask()?;
        let points = match asked {
            // Asked for before: the same again.
            Some((points, _)) => points,
            None => match self.budget.admit(&ask) {
                Ok(points) => points,
                Err(stop) => {
                    self.stop = Some(stop);
                    return None;
                }
            },
        };
        self.asked = Some((points, ask.want));
        if points < ask.f.len() {
            ask = Ask { x: &ask.x[..points * self.n], f: &mut ask.f[..points], ..ask };
        }
        Some(ask)
    }

    /// Takes the answers to the last [`Minimizer::ask`] and moves on.
    ///
    /// A point that is told [`Told::Reject`] counts as one evaluation, whatever was asked. Fails if
    /// nothing was asked.
    #[inline]
    pub fn tell(&mut self, told: Told) -> Result<Turn> {
        let Some((points, want)) = self.asked.take() else {
            return Err(Error::InvalidState { reason: "nothing was asked that could be told" });
        };
        self.budget.spend(if told == Told::Reject { 1 } else { points }, want);
        if self.differences {
            self.budget.count_gradient();
        }
        if let Told::Abort(code) = told {
            self.abort_code = code;
        }
        let mut turn = self.machine.tell(told);
        if turn == Turn::Done(Stop::PrecisionLoss)
            && let Some(refinement) = self.refine.take()
        {
            self.begin_anew(*refinement)?;
            turn = self.machine.turn();
        }
        if self.machine.best().f <= self.f_target && !matches!(turn, Turn::Done(_)) {
            self.stop = Some(Stop::Target);
        }
        Ok(self.turn())
    }

    /// Goes on from the best point with another machine, within what is left of the iterations.
    fn begin_anew(&mut self, refinement: Refinement) -> Result<()> {
        let Refinement { method, bounds, mut options } = refinement;
        let nit = self.machine.progress().nit;
        let maxiter = options.maxiter(method, self.n).saturating_sub(nit);
        if maxiter == 0 {
            return Ok(());
        }
        options.termination.maxiter = Some(maxiter);
        let best = self.machine.best();
        let mut x = try_with_capacity(self.n)?;
        x.extend_from_slice(best.x);
        let f = best.f;
        self.machine = machine(method, &x, bounds.as_ref(), &options)?;
        self.before = Some((x, f, nit));
        Ok(())
    }

    /// Ends it now, with the best point so far.
    pub fn halt(&mut self, told: Told) {
        let stop = match told {
            Told::Abort(code) => {
                self.abort_code = code;
                Stop::CallbackError
            }
            _ => Stop::Callback,
        };
        if !matches!(self.turn(), Turn::Done(_)) {
            self.stop = Some(stop);
        }
        self.asked = None;
    }

    /// How it stands.
    pub fn info(&self) -> Info {
        let Progress { gradient_norm, step, nit } = self.machine.progress();
        Info {
            f: self.best().f,
            gradient_norm,
            step,
            nit: nit + self.before.as_ref().map_or(0, |before| before.2),
            nfev: self.budget.nfev(),
            njev: self.budget.njev(),
            stop: match self.turn() {
                Turn::Done(stop) => Some(stop),
                _ => None,
            },
        }
    }

    /// The code of [`Told::Abort`], if that ended it.
    pub fn abort_code(&self) -> i32 {
        self.abort_code
    }

    /// The best point that was evaluated so far; the starting point before that.
    pub fn best(&self) -> Point<'_> {
        self.not_worse_than_before(self.machine.best())
    }

    /// What a machine that has begun anew has to say, once it has evaluated anything.
    fn not_worse_than_before<'a>(&'a self, point: Point<'a>) -> Point<'a> {
        match &self.before {
            Some((x, f, _)) if point.f > *f => Point { x, f: *f },
            _ => point,
        }
    }

    /// The current iterate.
    pub fn iterate(&self) -> Point<'_> {
        self.not_worse_than_before(self.machine.iterate())
    }
}

/// The machine of a method, with differences around it where they are wanted.
fn machine(
    method: Method,
    start: &[f64],
    bounds: Option<&Bounds>,
    options: &Options,
) -> Result<Box<dyn Machine>> {
    let n = start.len();
    Ok(match method {
        Method::NelderMead => {
            Box::new(NelderMead::new(start, bounds.cloned(), options.nelder_mead(n))?)
        }
        Method::Bfgs => with_gradient(Bfgs::new(start, options.bfgs(n))?, start, bounds, options)?,
        Method::Lbfgsb => {
            let inner = Lbfgsb::new(start, bounds.cloned(), options.lbfgsb(n))?;
            with_gradient(inner, start, bounds, options)?
        }
    })
}

/// Puts differences around a machine where they are wanted.
fn with_gradient(
    inner: impl Machine + 'static,
    start: &[f64],
    bounds: Option<&Bounds>,
    options: &Options,
) -> Result<Box<dyn Machine>> {
    Ok(match options.gradient {
        Gradient::User => Box::new(inner),
        Gradient::Differences(scheme) => {
            Box::new(Differences::new(inner, start, bounds.cloned(), scheme, options.rel_step)?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rosenbrock's function from its standard start, by forward differences.
    fn run(maxfev: Option<u64>) -> Minimizer {
        let mut options =
            Options { gradient: Gradient::Differences(Scheme::TwoPoint), ..Options::default() };
        options.termination.maxfev = maxfev;
        let mut m = Minimizer::new(Method::Bfgs, &[-1.2, 1.0], None, &options).unwrap();
        while let Some(ask) = m.ask() {
            for (x, f) in ask.x.chunks_exact(2).zip(ask.f.iter_mut()) {
                *f = 100.0 * (x[1] - x[0] * x[0]).powi(2) + (1.0 - x[0]).powi(2);
            }
            m.tell(Told::Ok).unwrap();
        }
        m
    }

    #[test]
    fn central_differences_finish_what_forward_ones_cannot() {
        let m = run(None);
        assert_eq!(m.info().stop, Some(Stop::Gtol));
        assert!(m.before.is_some(), "the example shows nothing any more");
        assert!(m.best().x.iter().all(|x| (x - 1.0).abs() < 1e-5));
        assert!(m.info().nit > m.before.as_ref().unwrap().2);
    }

    #[test]
    fn a_budget_that_ends_at_the_change_keeps_the_best_point() {
        let all = run(None).info().nfev;
        for maxfev in 3..all {
            let m = run(Some(maxfev));
            assert!(m.best().f <= 24.2 && m.info().nfev <= maxfev);
            assert_eq!(m.info().f, m.best().f);
        }
    }
}
