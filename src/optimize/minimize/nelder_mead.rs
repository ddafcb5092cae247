//! The downhill simplex method of Nelder and Mead.
//!
//! J. A. Nelder, R. Mead: A simplex method for function minimization. The Computer Journal 7 (1965),
//! 308-313. The parameters by dimension are those of F. Gao, L. Han: Implementing the Nelder-Mead simplex
//! algorithm with adaptive parameters. Computational Optimization and Applications 51 (2012), 259-277.
//!
//! Starting simplex, order of operations, comparisons and tests are SciPy's, so that the iterates are
//! the same numbers. Bounds are kept by clipping every new vertex.

use crate::array::{checked_size, try_filled, try_with_capacity};
use crate::error::Result;
use crate::machine::{Ask, Machine, Point, Progress, Stop, Told, Turn, Want};
use crate::optimize::bounds::Bounds;

/// The options of [`NelderMead`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NelderMeadOptions {
    /// Largest distance of a vertex from the best one, by component, at convergence.
    pub xatol: f64,
    /// Largest difference of a vertex' value from the best one at convergence.
    pub fatol: f64,
    /// Whether the parameters depend on the dimension (Gao and Han).
    pub adaptive: bool,
    /// Iterations.
    pub maxiter: u64,
}

impl Default for NelderMeadOptions {
    fn default() -> Self {
        NelderMeadOptions { xatol: 1e-4, fatol: 1e-4, adaptive: false, maxiter: u64::MAX }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    /// The first simplex is being evaluated.
    Start,
    /// Between iterations.
    Iterated,
    Reflect,
    /// With the value at the reflected point.
    Expand(f64),
    ContractOutside(f64),
    ContractInside,
    Shrink,
    Done(Stop),
}

/// The machine.
#[derive(Debug)]
pub struct NelderMead {
    n: usize,
    options: NelderMeadOptions,
    bounds: Option<Bounds>,
    rho: f64,
    chi: f64,
    psi: f64,
    sigma: f64,
    phase: Phase,
    /// Vertices, one row each, and their values; `order` sorts them by value.
    vertices: Vec<f64>,
    values: Vec<f64>,
    order: Vec<usize>,
    centroid: Vec<f64>,
    /// The reflected point, while an expansion is evaluated.
    reflected: Vec<f64>,
    /// What is asked for, and the answers.
    points: Vec<f64>,
    answers: Vec<f64>,
    asked: usize,
    best_x: Vec<f64>,
    best_f: f64,
    size: f64,
    nit: u64,
}

impl NelderMead {
    /// A search from `x0`, which is inside the bounds.
    pub fn new(x0: &[f64], bounds: Option<Bounds>, options: NelderMeadOptions) -> Result<Self> {
        let n = x0.len();
        let dim = n as f64;
        let (rho, chi, psi, sigma) = if options.adaptive {
            (1.0, 1.0 + 2.0 / dim, 0.75 - 1.0 / (2.0 * dim), 1.0 - 1.0 / dim)
        } else {
            (1.0, 2.0, 0.5, 0.5)
        };
        let rows = n + 1;
        let mut order = try_with_capacity(rows)?;
        order.extend(0..rows);
        let mut best_x = try_with_capacity(n)?;
        best_x.extend_from_slice(x0);
        let mut machine = NelderMead {
            n,
            options,
            bounds,
            rho,
            chi,
            psi,
            sigma,
            phase: Phase::Start,
            vertices: try_filled(checked_size(rows, n)?, 0.0)?,
            values: try_filled(rows, f64::INFINITY)?,
            order,
            centroid: try_filled(n, 0.0)?,
            reflected: try_filled(n, 0.0)?,
            points: try_filled(checked_size(rows, n)?, 0.0)?,
            answers: try_filled(rows, f64::NAN)?,
            asked: rows,
            best_x,
            best_f: f64::INFINITY,
            size: f64::NAN,
            nit: 0,
        };
        machine.first_simplex(x0);
        Ok(machine)
    }

    /// The starting point, and from it one step of 5 % along every axis (0.00025 where it is 0). A step
    /// across an upper bound is reflected to the inside.
    fn first_simplex(&mut self, x0: &[f64]) {
        for (k, row) in self.points.chunks_exact_mut(self.n).enumerate() {
            row.copy_from_slice(x0);
            if k > 0 {
                let y = &mut row[k - 1];
                *y = if *y != 0.0 { (1.0 + 0.05) * *y } else { 0.00025 };
            }
            if let Some(bounds) = &self.bounds {
                for (y, &u) in row.iter_mut().zip(bounds.upper()) {
                    if *y > u {
                        *y = 2.0 * u - *y;
                    }
                }
                bounds.clip(row);
            }
        }
        self.vertices.copy_from_slice(&self.points);
    }

    fn vertex(&self, rank: usize) -> &[f64] {
        let row = self.order[rank];
        &self.vertices[row * self.n..][..self.n]
    }

    fn value(&self, rank: usize) -> f64 {
        self.values[self.order[rank]]
    }

    /// Asks for `a * centroid + b * worst vertex`.
    fn propose(&mut self, a: f64, b: f64, phase: Phase) {
        let worst = self.order[self.n] * self.n;
        let worst = &self.vertices[worst..worst + self.n];
        let point = &mut self.points[..self.n];
        for ((p, &c), &w) in point.iter_mut().zip(&self.centroid).zip(worst) {
            *p = a * c + b * w;
        }
        if let Some(bounds) = &self.bounds {
            bounds.clip(point);
        }
        self.ask_for(1, phase);
    }

    fn ask_for(&mut self, points: usize, phase: Phase) {
        self.answers[..points].fill(f64::NAN);
        self.asked = points;
        self.phase = phase;
    }

    /// Replaces the worst vertex by the point asked for last, or by the reflected point.
    fn accept(&mut self, f: f64, reflected: bool) {
        let row = self.order[self.n];
        let from = if reflected { &self.reflected[..] } else { &self.points[..self.n] };
        self.vertices[row * self.n..][..self.n].copy_from_slice(from);
        self.values[row] = f;
        // Behind its equals, as a stable sort has it.
        let mut rank = self.n;
        while rank > 0 && self.values[self.order[rank - 1]] > f {
            self.order[rank] = self.order[rank - 1];
            rank -= 1;
        }
        self.order[rank] = row;
    }

    fn sort(&mut self) {
        let values = &self.values;
        // By insertion: stable, in place, and the block is nearly sorted or small.
        for i in 1..self.order.len() {
            let row = self.order[i];
            let mut j = i;
            while j > 0 && values[self.order[j - 1]] > values[row] {
                self.order[j] = self.order[j - 1];
                j -= 1;
            }
            self.order[j] = row;
        }
    }

    fn iterated(&mut self) -> Turn {
        self.nit += 1;
        self.phase = Phase::Iterated;
        Turn::Iterate
    }

    /// Tests for convergence and begins the next iteration.
    fn advance(&mut self) {
        let mut size = 0.0_f64;
        let mut spread = 0.0_f64;
        let (best, f0) = (self.vertex(0), self.value(0));
        for rank in 1..=self.n {
            for (&v, &b) in self.vertex(rank).iter().zip(best) {
                size = size.max((v - b).abs());
            }
            spread = spread.max((f0 - self.value(rank)).abs());
        }
        self.size = size;
        if size <= self.options.xatol && spread <= self.options.fatol {
            self.phase = Phase::Done(Stop::Xtol);
            return;
        }
        if self.nit >= self.options.maxiter {
            self.phase = Phase::Done(Stop::MaxIter);
            return;
        }
        self.centroid.fill(0.0);
        for rank in 0..self.n {
            let row = self.order[rank] * self.n;
            for (c, &v) in self.centroid.iter_mut().zip(&self.vertices[row..row + self.n]) {
                *c += v;
            }
        }
        let n = self.n as f64;
        self.centroid.iter_mut().for_each(|c| *c /= n);
        self.propose(1.0 + self.rho, -self.rho, Phase::Reflect);
    }

    /// Cleans the answers and keeps the best point.
    fn harvest(&mut self, told: Told) {
        if told == Told::Reject {
            self.answers[0] = f64::INFINITY;
        }
        for (k, f) in self.answers[..self.asked].iter_mut().enumerate() {
            if f.is_nan() {
                *f = f64::INFINITY;
            }
            if *f < self.best_f {
                self.best_f = *f;
                self.best_x.copy_from_slice(&self.points[k * self.n..][..self.n]);
            }
        }
    }

    fn shrink(&mut self) -> Turn {
        let best = self.order[0] * self.n;
        for rank in 1..=self.n {
            let row = self.order[rank] * self.n;
            for j in 0..self.n {
                let b = self.vertices[best + j];
                let v = b + self.sigma * (self.vertices[row + j] - b);
                self.points[(rank - 1) * self.n + j] = v;
            }
            if let Some(bounds) = &self.bounds {
                bounds.clip(&mut self.points[(rank - 1) * self.n..][..self.n]);
            }
        }
        self.ask_for(self.n, Phase::Shrink);
        Turn::Eval
    }

    fn judge(&mut self, phase: Phase) -> Turn {
        let f = self.answers[0];
        let (rho, chi, psi) = (self.rho, self.chi, self.psi);
        match phase {
            Phase::Start => {
                self.values.copy_from_slice(&self.answers);
                self.sort();
                if self.value(0) == f64::INFINITY {
                    self.phase = Phase::Done(Stop::Rejected);
                    return self.turn();
                }
                self.advance();
                self.turn()
            }
            Phase::Reflect if f < self.value(0) => {
                self.reflected.copy_from_slice(&self.points[..self.n]);
                self.propose(1.0 + rho * chi, -(rho * chi), Phase::Expand(f));
                Turn::Eval
            }
            Phase::Reflect if f < self.value(self.n - 1) => {
                self.accept(f, false);
                self.iterated()
            }
            Phase::Reflect if f < self.value(self.n) => {
                self.propose(1.0 + psi * rho, -(psi * rho), Phase::ContractOutside(f));
                Turn::Eval
            }
            Phase::Reflect => {
                self.propose(1.0 - psi, psi, Phase::ContractInside);
                Turn::Eval
            }
            Phase::Expand(reflected) => {
                if f < reflected {
                    self.accept(f, false);
                } else {
                    self.accept(reflected, true);
                }
                self.iterated()
            }
            Phase::ContractOutside(reflected) if f <= reflected => {
                self.accept(f, false);
                self.iterated()
            }
            Phase::ContractInside if f < self.value(self.n) => {
                self.accept(f, false);
                self.iterated()
            }
            Phase::ContractOutside(_) | Phase::ContractInside => self.shrink(),
            Phase::Shrink => {
                for rank in 1..=self.n {
                    let row = self.order[rank];
                    let from = (rank - 1) * self.n;
                    self.vertices[row * self.n..][..self.n]
                        .copy_from_slice(&self.points[from..from + self.n]);
                    self.values[row] = self.answers[rank - 1];
                }
                self.sort();
                self.iterated()
            }
            Phase::Iterated | Phase::Done(_) => self.turn(),
        }
    }
}

impl Machine for NelderMead {
    fn turn(&self) -> Turn {
        match self.phase {
            Phase::Done(stop) => Turn::Done(stop),
            Phase::Iterated => Turn::Iterate,
            _ => Turn::Eval,
        }
    }

    fn ask(&mut self) -> Option<Ask<'_>> {
        if self.phase == Phase::Iterated {
            self.advance();
        }
        if let Phase::Done(_) = self.phase {
            return None;
        }
        Some(Ask {
            want: Want::Value,
            n: self.n,
            x: &self.points[..self.asked * self.n],
            f: &mut self.answers[..self.asked],
            grad: &mut [],
            divisible: true,
            first_matters: false,
        })
    }

    fn tell(&mut self, told: Told) -> Turn {
        if self.turn() != Turn::Eval {
            return self.turn();
        }
        self.harvest(told);
        match told {
            Told::Ok | Told::Reject => self.judge(self.phase),
            Told::Stop => {
                self.halt(Stop::Callback);
                self.turn()
            }
            Told::Abort(_) => {
                self.halt(Stop::CallbackError);
                self.turn()
            }
        }
    }

    fn halt(&mut self, stop: Stop) {
        if !matches!(self.phase, Phase::Done(_)) {
            self.phase = Phase::Done(stop);
        }
    }

    fn progress(&self) -> Progress {
        Progress { gradient_norm: f64::NAN, step: self.size, nit: self.nit }
    }

    fn best(&self) -> Point<'_> {
        Point { x: &self.best_x, f: self.best_f }
    }

    fn iterate(&self) -> Point<'_> {
        Point { x: self.vertex(0), f: self.value(0) }
    }
}
