//! L-BFGS-B: the limited-memory BFGS method with bounds.
//!
//! R. H. Byrd, P. Lu, J. Nocedal, C. Zhu: A limited memory algorithm for bound constrained optimization. SIAM
//! Journal on Scientific Computing 16 (1995), 1190-1208, with the subspace step of version 3.0 (Morales
//! and Nocedal 2011). Iterations, line search and tests are those of the authors' code, which SciPy
//! uses; without bounds the direction comes from the inverse Hessian ([`direct`]) instead.

mod cauchy;
mod direct;
mod history;
mod middle;
mod steps;
mod subspace;
#[cfg(test)]
mod tests;

use self::cauchy::Cauchy;
use self::direct::Direct;
use self::history::{Combine, History, Newest, Pair, Products, vector};
use self::middle::Middle;
use self::subspace::{Place, Subspace};
use super::kernels;
use super::line_search::{Rules, Search, Verdict};
use crate::array::{checked_size, try_filled};
use crate::error::Result;
use crate::machine::{Ask, Machine, Point, Progress, Stop, Told, Turn, Want};
use crate::optimize::bounds::Bounds;

/// The longest step of a line search.
const STEP_MAX: f64 = 1e10;

/// The options of [`Lbfgsb`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LbfgsbOptions {
    /// Relative decrease of the value at convergence, of max(|f|, |previous f|, 1).
    pub ftol: f64,
    /// Largest component of the projected gradient at convergence.
    pub gtol: f64,
    /// Pairs that are kept.
    pub history: usize,
    /// Evaluations in a line search.
    pub maxls: u64,
    /// Iterations.
    pub maxiter: u64,
}

impl Default for LbfgsbOptions {
    fn default() -> Self {
        LbfgsbOptions {
            ftol: 2.220446049250313e-9,
            gtol: 1e-5,
            history: 10,
            maxls: 20,
            maxiter: u64::MAX,
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Phase {
    /// The starting point is being evaluated.
    Start,
    /// Between iterations.
    Iterated,
    Search(Search),
    Done(Stop),
}

/// How directions are made.
#[derive(Debug)]
enum Model {
    Free(Direct),
    Bounded(Box<Bounded>),
}

/// What is there for bounds.
#[derive(Debug)]
struct Bounded {
    lower: Vec<f64>,
    upper: Vec<f64>,
    /// Whether every variable has both bounds.
    boxed: bool,
    middle: Middle,
    cauchy: Cauchy,
    subspace: Subspace,
    /// The Cauchy point, then the minimiser of the model.
    z: Vec<f64>,
}

/// The machine. All vectors are padded, see [`history`].
#[derive(Debug)]
pub struct Lbfgsb {
    n: usize,
    options: LbfgsbOptions,
    phase: Phase,
    x: Vec<f64>,
    g: Vec<f64>,
    f: f64,
    /// What is asked for, and the answers. After an iteration: the point before and its gradient.
    trial_x: Vec<f64>,
    trial_g: Vec<f64>,
    trial_f: [f64; 1],
    old_f: f64,
    d: Vec<f64>,
    /// The largest component of `d`.
    d_max: f64,
    /// g · d at the start and at the end of the line search, and its step.
    slope_start: f64,
    slope_end: f64,
    length: f64,
    tries: u64,
    history: History,
    model: Model,
    products: Vec<Products>,
    coefficients: Vec<f64>,
    /// The best point where it is not the iterate.
    better_x: Vec<f64>,
    better_f: f64,
    gradient_norm: f64,
    step: f64,
    nit: u64,
}

impl Lbfgsb {
    /// A search from `x0`, which is inside the bounds.
    pub fn new(x0: &[f64], bounds: Option<Bounds>, options: LbfgsbOptions) -> Result<Self> {
        let (n, m) = (x0.len(), options.history);
        let model = match bounds.filter(|b| !b.is_free()) {
            None => Model::Free(Direct::new(m)?),
            Some(bounds) => Model::Bounded(Box::new(Bounded::new(&bounds, m)?)),
        };
        let start = || -> Result<Vec<f64>> {
            let mut v = vector(n)?;
            v[..n].copy_from_slice(x0);
            Ok(v)
        };
        let mut machine = Lbfgsb {
            n,
            options,
            phase: Phase::Start,
            x: start()?,
            g: vector(n)?,
            f: f64::INFINITY,
            trial_x: start()?,
            trial_g: vector(n)?,
            trial_f: [f64::NAN],
            old_f: f64::INFINITY,
            d: vector(n)?,
            d_max: 0.0,
            slope_start: 0.0,
            slope_end: 0.0,
            length: 0.0,
            tries: 0,
            history: History::new(n, m)?,
            model,
            products: try_filled(m, Products::default())?,
            coefficients: try_filled(checked_size(m, 2)?, 0.0)?,
            better_x: vector(n)?,
            better_f: f64::INFINITY,
            gradient_norm: f64::NAN,
            step: f64::NAN,
            nit: 0,
        };
        machine.trial_g[0] = f64::NAN;
        Ok(machine)
    }

    /// Forgets all pairs.
    fn reset(&mut self) {
        self.history.clear();
        match &mut self.model {
            Model::Free(direct) => direct.clear(),
            Model::Bounded(bounded) => {
                bounded.middle.clear();
                bounded.subspace.clear();
            }
        }
    }

    /// Tests for convergence, takes the last step into the model and begins the next line search.
    fn advance(&mut self) {
        if let Some(stop) = self.converged() {
            self.phase = Phase::Done(stop);
            return;
        }
        // Curvature that rounding may have made is not taken.
        let sy = (self.slope_end - self.slope_start) * self.length;
        let keep = self.nit > 0 && sy > f64::EPSILON * -self.slope_start * self.length;
        self.begin(keep.then_some(sy));
    }

    fn converged(&self) -> Option<Stop> {
        if self.gradient_norm <= self.options.gtol {
            return Some(Stop::Gtol);
        }
        let scale = self.old_f.abs().max(self.f.abs()).max(1.0);
        if self.nit > 0 && self.old_f - self.f <= self.options.ftol * scale {
            return Some(Stop::Ftol);
        }
        (self.nit >= self.options.maxiter).then_some(Stop::MaxIter)
    }

    /// Begins a line search; `sy` is s · y of a step that is to be taken into the model.
    fn begin(&mut self, mut sy: Option<f64>) {
        loop {
            let made = match &mut self.model {
                Model::Free(_) => self.free_direction(sy),
                Model::Bounded(_) => self.bounded_direction(sy),
            };
            if let Some((slope, longest)) = made
                && slope < 0.0
                && let Some(search) = self.search(slope, longest)
            {
                self.tries = 0;
                self.slope_start = slope;
                if search.step() == 1.0 {
                    self.try_full_step();
                    self.phase = Phase::Search(search);
                } else {
                    self.attempt(search);
                }
                return;
            }
            if self.history.len() == 0 {
                self.phase = Phase::Done(Stop::PrecisionLoss);
                return;
            }
            // The pairs make no sense together: start anew with steepest descent.
            self.reset();
            sy = None;
        }
    }

    fn search(&self, slope: f64, longest: f64) -> Option<Search> {
        let boxed = matches!(&self.model, Model::Bounded(b) if b.boxed);
        let first =
            if self.nit == 0 && !boxed { 1.0 / kernels::dot(&self.d, &self.d).sqrt() } else { 1.0 };
        let rules = Rules { ftol: 1e-3, gtol: 0.9, xtol: 0.1, stpmin: 0.0, stpmax: longest };
        Search::start(self.f, slope, first.min(longest), rules)
    }

    /// Makes direction and trial point without bounds. Returns slope and longest step.
    fn free_direction(&mut self, sy: Option<f64>) -> Option<(f64, f64)> {
        let Model::Free(direct) = &mut self.model else { return None };
        if sy.is_some() {
            let pair = Pair { t: self.length, d: &self.d, g: &self.g, g_old: &self.trial_g };
            self.history.push(pair, Newest::Y, &self.g, &mut self.products);
            direct.push(&self.products[..self.history.len()]);
        } else {
            self.history.multiply(&self.g, &mut self.products);
        }
        let len = self.history.len();
        let gamma = if len > 0 { direct.solve(&self.products[..len]) } else { 1.0 };
        let to = Combine {
            coefficients: &mut self.coefficients,
            g: &self.g,
            x: &self.x,
            d: &mut self.d,
            next: &mut self.trial_x,
        };
        let (slope, d_max) = self.history.combine(-gamma, &direct.a, &direct.b, to);
        self.d_max = d_max;
        Some((slope, STEP_MAX))
    }

    /// Makes direction and trial point with bounds. Returns slope and longest step; None where the
    /// pairs are inconsistent.
    fn bounded_direction(&mut self, sy: Option<f64>) -> Option<(f64, f64)> {
        let Model::Bounded(b) = &mut self.model else { return None };
        let (x, g) = (&self.x, &self.g);
        b.cauchy.look(x, g, &b.lower, &b.upper);
        if let Some(sy) = sy {
            if self.history.is_full() {
                b.subspace.forget_oldest();
            }
            let pair = Pair { t: self.length, d: &self.d, g, g_old: &self.trial_g };
            let yy = self.history.push(pair, Newest::S, &b.cauchy.d, &mut self.products);
            let products = &self.products;
            let (ss, ys) = (|k: usize| products[k].su, |k: usize| products[k].yu);
            if !b.middle.push(self.history.len(), ss, ys, sy, yy) {
                return None;
            }
        } else {
            self.history.multiply(&b.cauchy.d, &mut self.products);
        }
        let (len, theta) = (b.middle.len, b.middle.theta);
        let p = b.cauchy.products();
        for k in 0..len {
            p[k] = self.products[k].yv;
            p[len + k] = theta * self.products[k].sv;
        }
        let bounds = (&b.lower[..], &b.upper[..]);
        if !b.cauchy.walk(&b.middle, &self.history, x, bounds, &mut b.z) {
            return None;
        }
        if len > 0 && b.cauchy.free[..self.n].contains(&1.0) {
            let place = Place {
                x,
                g,
                lower: &b.lower,
                upper: &b.upper,
                free: &b.cauchy.free,
                c: &b.cauchy.c,
            };
            if !b.subspace.minimise(&b.middle, &mut self.history, place, &mut b.z) {
                return None;
            }
        }
        let step = steps::towards(&b.z, x, g, bounds, &mut self.d);
        self.d_max = step.d_max;
        // Before the first pair the direction has no scale: it goes as far as the Cauchy point at most.
        let longest = if self.nit == 0 { 1.0 } else { step.longest.min(STEP_MAX) };
        Some((step.slope, longest))
    }

    /// Prepares the evaluation at step 1.
    fn try_full_step(&mut self) {
        if let Model::Bounded(b) = &self.model {
            self.trial_x.copy_from_slice(&b.z);
        }
        self.clear_answers();
    }

    fn attempt(&mut self, search: Search) {
        let step = search.step();
        match &self.model {
            Model::Bounded(b) if step == 1.0 => self.trial_x.copy_from_slice(&b.z),
            Model::Bounded(b) => {
                let bounds = (&b.lower[..], &b.upper[..]);
                steps::bounded_step(&self.x, step, &self.d, bounds, &mut self.trial_x);
            }
            Model::Free(_) => kernels::step(&self.x, step, &self.d, &mut self.trial_x),
        }
        self.clear_answers();
        self.phase = Phase::Search(search);
    }

    fn clear_answers(&mut self) {
        self.trial_f = [f64::NAN];
        self.trial_g[0] = f64::NAN;
    }

    fn judge_start(&mut self) -> Turn {
        let slope = kernels::slope(&self.trial_g, &self.trial_g);
        self.become_iterate();
        self.gradient_norm = self.projected(slope.gradient_max);
        if !(self.f.is_finite() && self.g.iter().all(|g| g.is_finite())) {
            self.phase = Phase::Done(Stop::Rejected);
        } else {
            self.advance();
        }
        self.turn()
    }

    fn judge_step(&mut self, mut search: Search) -> Turn {
        self.tries += 1;
        let f = self.trial_f[0];
        let slope = kernels::slope(&self.trial_g, &self.d);
        let inside = f.is_finite() && slope.along.is_finite();
        let verdict = if inside { search.tell(f, slope.along) } else { search.reject() };
        if !inside || matches!(verdict, Verdict::Try(_)) {
            self.keep_if_better();
        }
        match verdict {
            Verdict::Try(_) if self.tries < self.options.maxls => self.attempt(search),
            Verdict::Converged | Verdict::Stuck if inside => {
                self.length = search.step();
                self.slope_end = slope.along;
                self.old_f = self.f;
                self.step = self.length * self.d_max;
                self.become_iterate();
                self.gradient_norm = self.projected(slope.gradient_max);
                self.nit += 1;
                self.phase = Phase::Iterated;
            }
            _ if self.history.len() == 0 => self.phase = Phase::Done(Stop::PrecisionLoss),
            _ => {
                self.reset();
                self.begin(None);
            }
        }
        self.turn()
    }

    /// The largest component of the projected gradient at the iterate.
    fn projected(&self, gradient_max: f64) -> f64 {
        match &self.model {
            Model::Free(_) => gradient_max,
            Model::Bounded(b) => {
                steps::projected_gradient_max(&self.x, &self.g, (&b.lower, &b.upper))
            }
        }
    }

    fn become_iterate(&mut self) {
        std::mem::swap(&mut self.x, &mut self.trial_x);
        std::mem::swap(&mut self.g, &mut self.trial_g);
        let old_f = std::mem::replace(&mut self.f, self.trial_f[0]);
        if self.f <= self.better_f.min(old_f) {
            self.better_f = f64::INFINITY;
        } else if old_f < self.better_f {
            // A function that answers differently each time, or a value that rounding made: the point
            // left behind, which is in trial_x now, was better.
            self.better_f = old_f;
            self.better_x.copy_from_slice(&self.trial_x);
        }
    }

    /// Cleans the answer.
    fn observe(&mut self, told: Told) {
        let f = self.trial_f[0];
        if told == Told::Reject || f.is_nan() {
            self.trial_f[0] = f64::INFINITY;
        }
    }

    /// Keeps a trial point that is better than all before it but does not become the iterate.
    fn keep_if_better(&mut self) {
        let f = self.trial_f[0];
        if f < self.f && f < self.better_f {
            self.better_f = f;
            self.better_x.copy_from_slice(&self.trial_x);
        }
    }
}

impl Bounded {
    fn new(bounds: &Bounds, capacity: usize) -> Result<Self> {
        let n = bounds.lower().len();
        let side = |given: &[f64], padding: f64| -> Result<Vec<f64>> {
            let mut v = vector(n)?;
            v[..n].copy_from_slice(given);
            v[n..].fill(padding);
            Ok(v)
        };
        let finite = |v: &[f64]| v.iter().all(|v| v.is_finite());
        Ok(Bounded {
            lower: side(bounds.lower(), f64::NEG_INFINITY)?,
            upper: side(bounds.upper(), f64::INFINITY)?,
            boxed: finite(bounds.lower()) && finite(bounds.upper()),
            middle: Middle::new(capacity)?,
            cauchy: Cauchy::new(n, capacity)?,
            subspace: Subspace::new(n, capacity)?,
            z: vector(n)?,
        })
    }
}

impl Machine for Lbfgsb {
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
            n: self.n,
            x: &self.trial_x[..self.n],
            f: &mut self.trial_f,
            grad: &mut self.trial_g[..self.n],
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
            (Told::Stop | Told::Abort(_), _) => {
                self.keep_if_better();
                let aborted = told != Told::Stop;
                self.halt(if aborted { Stop::CallbackError } else { Stop::Callback });
            }
            (_, Phase::Start) => return self.judge_start(),
            (_, Phase::Search(search)) => return self.judge_step(search),
            (_, Phase::Iterated | Phase::Done(_)) => {}
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
            Point { x: &self.better_x[..self.n], f: self.better_f }
        } else {
            self.iterate()
        }
    }

    fn iterate(&self) -> Point<'_> {
        Point { x: &self.x[..self.n], f: self.f }
    }
}
