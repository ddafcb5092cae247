//! The iteration as a whole.

use std::ops::ControlFlow;

use super::extract::{Extracted, extract};
use super::krylov::Krylov;
use super::options::{Options, Progress, Stop, TruncatedSvd};
use super::ritz::Ritz;
use super::side::Side;
use crate::array::{checked_size, try_filled};
use crate::error::{Error, Result};
use crate::linalg::scaling;
use crate::linalg::tall::{Panel, Random};
use crate::sparse::linalg::LinearOperator;

/// Is told how far the iteration has come each time the basis is full, and once after a direct solution;
/// may stop it, or abort it with an error.
pub type Callback<'a> = dyn FnMut(&Progress) -> Result<ControlFlow<()>> + 'a;

/// The `k` largest singular triplets of an operator.
///
/// `v0` is a start vector for the smaller side of the operator; the rest of the start block is random. The
/// elements of the operator should be of moderate size: squares of them are formed.
pub fn svds_operator(
    operator: &dyn LinearOperator,
    k: usize,
    v0: Option<&[f64]>,
    options: &Options,
    callback: Option<&mut Callback<'_>>,
) -> Result<TruncatedSvd> {
    let (block, basis) = options.sizes(k, operator.shape())?;
    let side = Side::new(operator);
    if let Some(v0) = v0 {
        check_start(v0, side.cols())?;
    }
    let mut nothing = |_: &Progress| Ok(ControlFlow::Continue(()));
    let callback = callback.unwrap_or(&mut nothing);
    let tol = options.tol.max(Options::smallest_tol(side.rows(), side.cols()));
    let random = Random::new(options.seed);
    let max_restarts = options.max_restarts;
    let problem = Problem { side, k, tol, basis, max_restarts, v0, random, callback };
    match block {
        1 => problem.solve::<1>(),
        2 => problem.solve::<2>(),
        4 => problem.solve::<4>(),
        16 => problem.solve::<16>(),
        _ => problem.solve::<8>(),
    }
}

/// Steps from a random block after which a copy of a wanted singular value would have shown.
const CONFIRMING: usize = 8;

fn check_start(v0: &[f64], len: usize) -> Result<()> {
    if v0.len() != len {
        return Err(Error::shape(
            "v0",
            format_args!("min(rows, cols) = {len} long"),
            format_args!("{} long", v0.len()),
        ));
    }
    if let Some(i) = v0.iter().position(|x| !x.is_finite()) {
        return Err(Error::invalid("v0", format_args!("holds {} at {i}", v0[i])));
    }
    if v0.iter().all(|&x| x == 0.0) {
        return Err(Error::invalid("v0", "is zero"));
    }
    Ok(())
}

struct Problem<'a, 'c> {
    side: Side<'a>,
    k: usize,
    tol: f64,
    /// Vectors in a full basis.
    basis: usize,
    max_restarts: usize,
    v0: Option<&'a [f64]>,
    random: Random,
    callback: &'a mut Callback<'c>,
}

impl Problem<'_, '_> {
    fn solve<const W: usize>(mut self) -> Result<TruncatedSvd> {
        let cols = self.side.cols();
        // The bases take a block more than the full basis.
        if self.basis.saturating_add(W) > cols {
            return self.direct::<W>();
        }
        let full = self.basis / W;
        // Triplets that are kept in a restart: the wanted ones, and a part of the others for speed.
        let wanted = self.k.div_ceil(W);
        let keep = wanted + (full - wanted) / 3;
        let keep = keep.clamp(wanted, full - 1);
        let trusted = (0.01 * self.tol).clamp(1e-14, 1e-11);
        let mut krylov = Krylov::<W>::new(self.start()?, trusted, self.random.clone())?;

        let mut restarts = 0;
        // The values of an extraction that some steps from a random block are to confirm, and their number.
        let mut doubted: Option<Vec<f64>> = None;
        let mut steps = 0;
        loop {
            let begin = krylov.panels();
            let ritz = self.cycle(&mut krylov, full, wanted, doubted.is_some())?;
            steps += krylov.panels() - begin;
            let (residual, converged) = ritz.progress(self.k, self.tol);
            let flow = self.report(restarts, converged, residual)?;
            let last = restarts == self.max_restarts;
            let done = converged == self.k && (doubted.is_none() || steps >= CONFIRMING);
            if !done && flow.is_continue() && !last {
                let (p, s, q) = ritz.leading(keep * W)?;
                krylov.restart(&p, s, &q)?;
                restarts += 1;
                continue;
            }
            let e = self.extract(&mut krylov, &ritz, wanted)?;
            let confirmed = self.converged(&e) == self.k;
            let stop = if flow.is_break() {
                Stop::Callback
            } else if confirmed && (last || !self.may_miss_copies::<W>(&e.s, doubted.as_deref())) {
                Stop::Converged
            } else if last {
                Stop::MaxRestarts
            } else {
                (restarts, steps) = (restarts + 1, 0);
                doubted = confirmed.then(|| e.s.clone());
                self.resume(&mut krylov, e, confirmed)?;
                continue;
            };
            return self.finish(&e, stop, restarts);
        }
    }

    /// Lets the bases grow until they are full, or until the wanted triplets have converged.
    fn cycle<const W: usize>(
        &mut self,
        krylov: &mut Krylov<W>,
        full: usize,
        wanted: usize,
        to_the_end: bool,
    ) -> Result<Ritz> {
        let begin = krylov.panels().max(wanted);
        // A decomposition of the projected matrix costs something too: it is tried when the residuals,
        // extrapolated geometrically, should have arrived.
        let mut next = begin + (full - begin).div_ceil(2);
        let mut before: Option<(usize, f64)> = None;
        loop {
            krylov.step(&mut self.side)?;
            let p = krylov.panels();
            if p >= full {
                return Ritz::new(krylov);
            }
            if p < next || to_the_end {
                continue;
            }
            let ritz = Ritz::new(krylov)?;
            let (residual, converged) = ritz.progress(self.k, self.tol);
            if converged == self.k {
                return Ok(ritz);
            }
            next = match before {
                Some((q, r)) if r > residual => {
                    let rate = (r / residual).ln() / (p - q) as f64;
                    p + ((residual / self.tol).ln() / rate).ceil().clamp(1.0, full as f64) as usize
                }
                _ => p + (full - p).div_ceil(2),
            };
            before = Some((p, residual));
        }
    }

    fn report(
        &mut self,
        restart: usize,
        converged: usize,
        residual: f64,
    ) -> Result<ControlFlow<()>> {
        let matvecs = self.side.matvecs;
        (self.callback)(&Progress { restart, converged, k: self.k, residual, matvecs })
    }

    fn start<const W: usize>(&mut self) -> Result<Panel<W>> {
        let mut start = Panel::zeros(self.side.cols())?;
        (0..W).for_each(|c| self.random.fill(&mut start, c));
        if let Some(v0) = self.v0 {
            let exponent = scaling::exponent(scaling::max_abs(v0)).unwrap_or(0);
            for (row, &x) in start.rows_mut().iter_mut().zip(v0) {
                row[0] = scaling::times_power(x, -exponent);
            }
        }
        Ok(start)
    }

    fn extract<const W: usize>(
        &mut self,
        krylov: &mut Krylov<W>,
        ritz: &Ritz,
        wanted: usize,
    ) -> Result<Extracted<W>> {
        let n = (wanted * W).min(ritz.s.len());
        let mut v = krylov.take_right();
        crate::linalg::tall::rotate(&mut v, &ritz.q.leading_cols(n)?)?;
        v.truncate(wanted);
        extract(&mut self.side, v, n, self.k, &mut self.random)
    }

    /// How many triplets meet the tolerance.
    fn converged<const W: usize>(&self, e: &Extracted<W>) -> usize {
        e.residuals[..self.k].iter().filter(|&&r| r <= self.tol * e.s[0]).count()
    }

    /// Whether there may be more copies of a singular value than a block of `W` vectors finds: a cluster of
    /// `W` above the smallest of the wanted ones. Not where a cycle from a random block confirmed them.
    fn may_miss_copies<const W: usize>(&self, s: &[f64], confirmed: Option<&[f64]>) -> bool {
        let same = |a: f64, b: f64, tol: f64| (a - b).abs() <= tol * s[0];
        if confirmed.is_some_and(|old| (0..self.k).all(|i| same(old[i], s[i], 10.0 * self.tol))) {
            return false;
        }
        let (s, tol) = (&s[..self.k], self.tol.max(1e-8));
        s.windows(W).any(|w| same(w[0], w[W - 1], tol) && !same(w[W - 1], s[self.k - 1], tol))
    }

    /// Goes on from extracted triplets: from what is left of the products with them, or from a random block
    /// where that confirmed them.
    fn resume<const W: usize>(
        &self,
        krylov: &mut Krylov<W>,
        e: Extracted<W>,
        confirmed: bool,
    ) -> Result<()> {
        let mut start = None;
        if !confirmed {
            let mut order: Vec<usize> = (0..e.residuals.len()).collect();
            let met = |i: usize| e.residuals[i] <= self.tol * e.s[0];
            order.sort_by(|&i, &j| {
                let first = (i >= self.k || met(i)).cmp(&(j >= self.k || met(j)));
                first.then(e.residuals[j].total_cmp(&e.residuals[i]))
            });
            let mut panel = Panel::<W>::zeros(self.side.cols())?;
            for (c, &i) in order[..W].iter().enumerate() {
                let from = e.remainder[i / W].rows();
                panel.rows_mut().iter_mut().zip(from).for_each(|(to, from)| to[c] = from[i % W]);
            }
            start = Some(panel);
        }
        krylov.resume(e.u, e.v, &e.s, start)
    }

    /// All singular triplets, from the whole space.
    fn direct<const W: usize>(mut self) -> Result<TruncatedSvd> {
        let cols = self.side.cols();
        let mut v = Vec::new();
        for p in 0..cols.div_ceil(W) {
            let mut panel = Panel::<W>::zeros(cols)?;
            (0..W.min(cols - p * W)).for_each(|c| panel.rows_mut()[p * W + c][c] = 1.0);
            v.push(panel);
        }
        let e = extract(&mut self.side, v, cols, self.k, &mut self.random)?;
        let converged = self.converged(&e);
        let worst = e.residuals[..self.k].iter().copied().fold(0.0, f64::max);
        let relative = if worst > 0.0 { worst / e.s[0] } else { 0.0 };
        let stop = match self.report(0, converged, relative)? {
            ControlFlow::Break(()) => Stop::Callback,
            ControlFlow::Continue(()) => Stop::Converged,
        };
        self.finish(&e, stop, 0)
    }

    /// The wanted triplets, in order and with their signs.
    fn finish<const W: usize>(
        &self,
        e: &Extracted<W>,
        stop: Stop,
        restarts: usize,
    ) -> Result<TruncatedSvd> {
        let k = self.k;
        let (short, long) = (self.side.cols(), self.side.rows());
        let (left, right, rows, cols) = if self.side.transposed {
            (&e.v, &e.u, short, long)
        } else {
            (&e.u, &e.v, long, short)
        };
        let signs: Vec<f64> = (0..k).map(|i| sign(&right[i / W], i % W)).collect();
        let mut u = try_filled(checked_size(rows, k)?, 0.0)?;
        for (r, row) in u.chunks_exact_mut(k).enumerate() {
            for (i, x) in row.iter_mut().enumerate() {
                *x = signs[i] * left[i / W].rows()[r][i % W];
            }
        }
        let mut vt = try_filled(checked_size(k, cols)?, 0.0)?;
        for (i, row) in vt.chunks_exact_mut(cols).enumerate() {
            for (x, from) in row.iter_mut().zip(right[i / W].rows()) {
                *x = signs[i] * from[i % W];
            }
        }
        Ok(TruncatedSvd {
            u,
            s: e.s[..k].to_vec(),
            vt,
            residuals: e.residuals[..k].to_vec(),
            converged: self.converged(e),
            stop,
            restarts,
            matvecs: self.side.matvecs,
        })
    }
}

/// The sign of the largest component, the first of them.
fn sign<const W: usize>(panel: &Panel<W>, c: usize) -> f64 {
    let mut largest = 0.0f64;
    for row in panel.rows() {
        if row[c].abs() > largest.abs() {
            largest = row[c];
        }
    }
    if largest < 0.0 { -1.0 } else { 1.0 }
}
