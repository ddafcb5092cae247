//! The BFGS method.
//!
//! Algorithm 6.1 of J. Nocedal, S. J. Wright: Numerical Optimization, 2nd edition, Springer 2006. The
//! first inverse Hessian is the identity and the first step is scaled by the gradient, steps satisfy
//! the strong Wolfe conditions with c1 = 1e-4 and c2 = 0.9 (the search of Moré and Thuente, then that of
//! Nocedal and Wright where it gives up), and tests are SciPy's.

use super::kernels::{self, BfgsUpdate};
use super::line_search::{Rules, Search, Verdict};
use super::wolfe::Zoom;
use crate::array::{checked_size, try_filled, try_with_capacity};
use crate::error::Result;
use crate::machine::{Ask, Machine, Point, Progress, Stop, Told, Turn, Want};
use crate::simd::dispatch;

const C1: f64 = 1e-4;
const C2: f64 = 0.9;
const RULES: Rules = Rules { ftol: C1, gtol: C2, xtol: 1e-14, stpmin: 1e-100, stpmax: 1e100 };
/// Evaluations that the first line search may use.
const MAX_TRIES: u32 = 100;

/// The options of [`Bfgs`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BfgsOptions {
    /// Largest component of the gradient at convergence.
    pub gtol: f64,
    /// Relative length of the last step at convergence.
    pub xrtol: f64,
    /// Iterations.
    pub maxiter: u64,
}

impl Default for BfgsOptions {
    fn default() -> Self {
        BfgsOptions { gtol: 1e-5, xrtol: 0.0, maxiter: u64::MAX }
    }
}

#[derive(Clone, Copy, Debug)]
enum Phase {
    /// The starting point is being evaluated.
    Start,
    /// Between iterations.
    Iterated,
    MoreThuente(Search),
    Zoom(Zoom),
    Done(Stop),
}

/// The machine.
#[derive(Debug)]
pub struct Bfgs {
    options: BfgsOptions,
    phase: Phase,
    x: Vec<f64>,
    g: Vec<f64>,
    f: f64,
    old_f: f64,
    /// What is asked for, and the answers.
    trial_x: Vec<f64>,
    trial_g: Vec<f64>,
    trial_f: [f64; 1],
    direction: Vec<f64>,
    slope: f64,
    first_step: f64,
    /// Evaluations of this line search, and whether some were outside the domain.
    tries: u32,
    walled: bool,
    /// The inverse Hessian, row after row.
    h: Vec<f64>,
    s: Vec<f64>,
    y: Vec<f64>,
    hy: Vec<f64>,
    /// The best point where it is not the iterate.
    better_x: Vec<f64>,
    better_f: f64,
    gradient_norm: f64,
    step: f64,
    nit: u64,
}

impl Bfgs {
    /// A search from `x0`.
    pub fn new(x0: &[f64], options: BfgsOptions) -> Result<Self> {
        let n = x0.len();
        let vector = || try_filled(n, 0.0);
        let copy = || -> Result<Vec<f64>> {
            let mut v = try_with_capacity(n)?;
            v.extend_from_slice(x0);
            Ok(v)
        };
        let mut machine = Bfgs {
            options,
            phase: Phase::Start,
            x: copy()?,
            g: vector()?,
            f: f64::INFINITY,
            old_f: f64::INFINITY,
            trial_x: copy()?,
            trial_g: vector()?,
            trial_f: [f64::NAN],
            direction: vector()?,
            slope: 0.0,
            first_step: 1.0,
            tries: 0,
            walled: false,
            h: try_filled(checked_size(n, n)?, 0.0)?,
            s: vector()?,
            y: vector()?,
            hy: vector()?,
            better_x: vector()?,
            better_f: f64::INFINITY,
            gradient_norm: f64::NAN,
            step: f64::NAN,
            nit: 0,
        };
        machine.trial_g[0] = f64::NAN;
        machine.forget();
        Ok(machine)
    }

    /// Sets the inverse Hessian to the identity.
    fn forget(&mut self) {
        self.h.fill(0.0);
        self.h.iter_mut().step_by(self.x.len() + 1).for_each(|d| *d = 1.0);
    }

    /// Tests for convergence and begins the next line search; the direction is there.
    fn advance(&mut self) {
        let stop = if self.gradient_norm <= self.options.gtol {
            Some(Stop::Gtol)
        } else if self.nit > 0 && self.step_is_small() {
            Some(Stop::Xtol)
        } else if self.nit >= self.options.maxiter {
            Some(Stop::MaxIter)
        } else {
            None
        };
        if let Some(stop) = stop {
            self.phase = Phase::Done(stop);
            return;
        }
        if self.nit > 0 {
            self.update();
        } else {
            self.steepest_descent();
        }
        self.slope = kernels::dot(&self.g, &self.direction);
        if !(self.slope < 0.0 && self.slope.is_finite()) {
            // The inverse Hessian has lost its meaning: start anew.
            self.forget();
            self.steepest_descent();
            self.slope = kernels::dot(&self.g, &self.direction);
        }
        let guess = 1.01 * 2.0 * (self.f - self.old_f) / self.slope;
        self.first_step = if (0.0..1.0).contains(&guess) { guess } else { 1.0 };
        self.tries = 0;
        self.walled = false;
        match Search::start(self.f, self.slope, self.first_step, RULES) {
            Some(search) => self.attempt(search.step(), Phase::MoreThuente(search)),
            None => self.zoom(),
        }
    }

    fn steepest_descent(&mut self) {
        self.direction.iter_mut().zip(&self.g).for_each(|(d, &g)| *d = -g);
    }

    fn step_is_small(&self) -> bool {
        let norm = |v: &[f64]| kernels::dot(v, v).sqrt();
        let xrtol = self.options.xrtol;
        norm(&self.s) <= xrtol * (xrtol + norm(&self.x))
    }

    /// Takes the last step into the inverse Hessian and makes the next direction.
    fn update(&mut self) {
        let curvature = kernels::dot(&self.y, &self.s);
        kernels::mat_vec(&self.h, &self.y, &mut self.hy);
        let rho = 1.0 / curvature;
        if !(curvature > 0.0 && rho.is_finite()) {
            // No curvature that a positive definite matrix could have.
            kernels::mat_vec(&self.h, &self.g, &mut self.direction);
            self.direction.iter_mut().for_each(|d| *d = -*d);
            return;
        }
        dispatch(BfgsUpdate {
            h: &mut self.h,
            s: &self.s,
            u: &self.hy,
            rho,
            yhy: kernels::dot(&self.y, &self.hy),
            g: &self.g,
            d: &mut self.direction,
        });
    }

    fn attempt(&mut self, step: f64, phase: Phase) {
        kernels::step(&self.x, step, &self.direction, &mut self.trial_x);
        self.trial_f = [f64::NAN];
        self.trial_g[0] = f64::NAN;
        self.phase = phase;
    }

    /// Begins the second line search.
    fn zoom(&mut self) {
        match Zoom::start(self.f, self.slope, self.first_step, C1, C2) {
            Some(zoom) => self.attempt(zoom.step(), Phase::Zoom(zoom)),
            None => self.phase = Phase::Done(Stop::PrecisionLoss),
        }
    }

    /// Keeps the trial point if it is better than all before it.
    fn observe(&mut self, told: Told) {
        let f = self.trial_f[0];
        if told == Told::Reject || f.is_nan() {
            self.trial_f[0] = f64::INFINITY;
        } else if f < self.f && f < self.better_f {
            self.better_f = f;
            self.better_x.copy_from_slice(&self.trial_x);
        }
    }

    /// Makes the trial point the iterate.
    fn accept(&mut self, gradient_norm: f64, step: f64) -> Turn {
        for (((s, y), &d), (&g, &old)) in self
            .s
            .iter_mut()
            .zip(&mut self.y)
            .zip(&self.direction)
            .zip(self.trial_g.iter().zip(&self.g))
        {
            *s = step * d;
            *y = g - old;
        }
        self.step = kernels::max_norm(&self.s);
        self.old_f = self.f;
        self.become_iterate(gradient_norm);
        self.nit += 1;
        self.phase = Phase::Iterated;
        Turn::Iterate
    }

    fn become_iterate(&mut self, gradient_norm: f64) {
        std::mem::swap(&mut self.x, &mut self.trial_x);
        std::mem::swap(&mut self.g, &mut self.trial_g);
        let old_f = std::mem::replace(&mut self.f, self.trial_f[0]);
        self.gradient_norm = gradient_norm;
        if self.f <= self.better_f.min(old_f) {
            self.better_f = f64::INFINITY;
        } else if old_f < self.better_f {
            // A function that answers differently each time, or a value that rounding made: the point
            // left behind, which is in trial_x now, was better.
            self.better_f = old_f;
            self.better_x.copy_from_slice(&self.trial_x);
        }
    }

    fn judge_start(&mut self) -> Turn {
        let slope = kernels::slope(&self.trial_g, &self.trial_g);
        self.become_iterate(slope.gradient_max);
        if !(self.f.is_finite() && all_finite(&self.g)) {
            self.phase = Phase::Done(Stop::Rejected);
            return self.turn();
        }
        self.old_f = self.f + slope.along.sqrt() / 2.0;
        self.advance();
        self.turn()
    }

    fn judge_step(&mut self, phase: Phase) -> Turn {
        self.tries += 1;
        let f = self.trial_f[0];
        let slope = kernels::slope(&self.trial_g, &self.direction);
        let inside = f.is_finite() && slope.along.is_finite();
        self.walled |= !inside;
        match phase {
            Phase::MoreThuente(mut search) => {
                let verdict = if inside { search.tell(f, slope.along) } else { search.reject() };
                match verdict {
                    Verdict::Converged => return self.accept(slope.gradient_max, search.step()),
                    Verdict::Try(step) if self.tries < MAX_TRIES => {
                        self.attempt(step, Phase::MoreThuente(search));
                    }
                    // At the edge of the domain the conditions cannot be met; a descent is welcome.
                    Verdict::Stuck if inside && self.walled && f < self.f => {
                        return self.accept(slope.gradient_max, search.step());
                    }
                    _ => self.zoom(),
                }
            }
            Phase::Zoom(mut zoom) => {
                let verdict = if inside {
                    zoom.tell(f, slope.along)
                } else {
                    zoom.tell(f64::INFINITY, f64::INFINITY)
                };
                match verdict {
                    Verdict::Converged => return self.accept(slope.gradient_max, zoom.step()),
                    Verdict::Try(step) => self.attempt(step, Phase::Zoom(zoom)),
                    Verdict::Stuck => self.phase = Phase::Done(Stop::PrecisionLoss),
                }
            }
            _ => {}
        }
        self.turn()
    }
}

fn all_finite(v: &[f64]) -> bool {
    v.iter().all(|v| v.is_finite())
}

impl Machine for Bfgs {
    fn turn(&self) -> Turn {
        match self.phase {
            Phase::Done(stop) => Turn::Done(stop),
            Phase::Iterated => Turn::Iterate,
            _ => Turn::Eval,
        }
    }

    fn ask(&mut self) -> Option<Ask<'_>> {
        if let Phase::Iterated = self.phase {
            self.advance();
        }
        if let Phase::Done(_) = self.phase {
            return None;
        }
        Some(Ask {
            want: Want::ValueAndGradient,
            n: self.x.len(),
            x: &self.trial_x,
            f: &mut self.trial_f,
            grad: &mut self.trial_g,
            divisible: false,
            first_matters: false,
        })
    }

    fn tell(&mut self, told: Told) -> Turn {
        if self.turn() != Turn::Eval {
            return self.turn();
        }
        self.observe(told);
        match (told, self.phase) {
            (Told::Stop, _) => self.halt(Stop::Callback),
            (Told::Abort(_), _) => self.halt(Stop::CallbackError),
            (_, Phase::Start) => return self.judge_start(),
            (_, phase) => return self.judge_step(phase),
        }
        self.turn()
    }

    fn halt(&mut self, stop: Stop) {
        if !matches!(self.phase, Phase::Done(_)) {
            self.phase = Phase::Done(stop);
        }
    }

    fn progress(&self) -> Progress {
        Progress { gradient_norm: self.gradient_norm, step: self.step, nit: self.nit }
    }

    fn best(&self) -> Point<'_> {
        if self.better_f < self.f {
            Point { x: &self.better_x, f: self.better_f }
        } else {
            self.iterate()
        }
    }

    fn iterate(&self) -> Point<'_> {
        Point { x: &self.x, f: self.f }
    }
}
