//! Gradients by finite differences, as an adapter machine.
//!
//! [`Differences`] stands around a machine that asks for values and gradients and turns every such wish
//! into one block of points that want values only, so a caller who evaluates blocks in parallel has
//! parallel differences.
//!
//! The step of variable i is `h = r max(|x_i|, s_i)` with `r = ε^(1/2)` (two points) or `ε^(1/3)` (three
//! points; see W. H. Press et al., Numerical Recipes, §5.7). The scale `s_i` follows the variable: it is
//! the largest magnitude the variable had lately, at most 1 and at least the smaller of 1 and `|x0_i|`.
//! A parameter of the size 1e-8 therefore gets a step of the size 1e-16, where a fixed scale of 1 would
//! step over all of its range; a variable that starts at 0 has the scale 1, or the width of its bounds
//! if that is less. Where a step at the starting point changes nothing at all the scale was too small
//! and 1 is tried instead.
//!
//! Steps are exactly representable, points never leave the bounds (a step changes its side, or shrinks
//! where neither side has room), and where the function is not finite at a point the other side is tried
//! in a second block. Variables whose bounds are equal have gradient 0 and cost nothing.

use crate::array::{checked_size, try_filled, try_with_capacity};
use crate::error::{Error, Result};
use crate::machine::{Ask, Machine, Point, Progress, Stop, Told, Turn, Want};
use crate::optimize::bounds::Bounds;

/// Which differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Forward or backward: n + 1 points, error O(h).
    TwoPoint,
    /// Central, or one-sided at a bound: 2n + 1 points, error O(h²).
    ThreePoint,
}

/// The points around x for one variable.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stencil {
    /// The variable cannot move.
    Fixed,
    /// x + h.
    OneSided(f64),
    /// x − h and x + h.
    Central(f64),
    /// x + h and x + 2h.
    OneSided3(f64),
}

impl Stencil {
    fn offsets(self) -> ([f64; 2], usize) {
        match self {
            Stencil::Fixed => ([0.0; 2], 0),
            Stencil::OneSided(h) => ([h, 0.0], 1),
            Stencil::Central(h) => ([-h, h], 2),
            Stencil::OneSided3(h) => ([h, 2.0 * h], 2),
        }
    }

    fn len(self) -> usize {
        self.offsets().1
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nothing of ours is being evaluated.
    Idle,
    /// The point and all its neighbours.
    Block,
    /// Neighbours once more, for variables where the first ones said nothing.
    Again,
}

/// A machine whose gradients come from differences.
#[derive(Debug)]
pub struct Differences<M> {
    inner: M,
    scheme: Scheme,
    rel_step: f64,
    bounds: Option<Bounds>,
    n: usize,
    phase: Phase,
    /// Lower limit of the scale, and the running scale itself.
    floor: Vec<f64>,
    scale: Vec<f64>,
    stencils: Vec<Stencil>,
    /// The block: its points, row after row, and the answers.
    points: Vec<f64>,
    answers: Vec<f64>,
    rows: usize,
    /// Variables of a second block, value at the point, and the gradient so far.
    again: Vec<usize>,
    base: f64,
    grad: Vec<f64>,
    first: bool,
}

impl<M: Machine> Differences<M> {
    /// Differences for `inner`, which starts at `x0`, inside `bounds`. `rel_step` is r; None for the
    /// scheme's default.
    pub fn new(
        inner: M,
        x0: &[f64],
        bounds: Option<Bounds>,
        scheme: Scheme,
        rel_step: Option<f64>,
    ) -> Result<Self> {
        let n = x0.len();
        let rel_step = match (rel_step, scheme) {
            (Some(r), _) if !(r > 0.0 && r < 1.0) => {
                return Err(Error::invalid(
                    "options",
                    format_args!("sets rel_step to {r}, must be between 0 and 1"),
                ));
            }
            (Some(r), _) => r,
            (None, Scheme::TwoPoint) => f64::EPSILON.sqrt(),
            (None, Scheme::ThreePoint) => f64::EPSILON.cbrt(),
        };
        let width = |i: usize| bounds.as_ref().map_or(1.0, |b| b.upper()[i] - b.lower()[i]);
        let mut floor = try_with_capacity(n)?;
        floor.extend(x0.iter().enumerate().map(|(i, &x)| {
            let scale = if x != 0.0 { x.abs() } else { width(i) };
            scale.min(1.0)
        }));
        let per_variable = if scheme == Scheme::TwoPoint { 1 } else { 2 };
        let rows = checked_size(n, per_variable)?.saturating_add(1);
        let mut again = try_with_capacity(n)?;
        again.clear();
        Ok(Differences {
            inner,
            scheme,
            rel_step,
            bounds,
            n,
            phase: Phase::Idle,
            scale: try_filled(n, 0.0)?,
            floor,
            stencils: try_filled(n, Stencil::Fixed)?,
            points: try_filled(checked_size(rows, n)?, 0.0)?,
            answers: try_filled(rows, f64::NAN)?,
            rows: 0,
            again,
            base: f64::NAN,
            grad: try_filled(n, 0.0)?,
            first: true,
        })
    }

    /// Room for a step from `x` to the left and to the right.
    fn room(&self, i: usize, x: f64) -> (f64, f64) {
        match &self.bounds {
            Some(b) => (x - b.lower()[i], b.upper()[i] - x),
            None => (f64::INFINITY, f64::INFINITY),
        }
    }

    /// The points for variable i around `x` with a step of about `h`.
    fn stencil(&self, i: usize, x: f64, h: f64) -> Stencil {
        let (left, right) = self.room(i, x);
        let widest = left.max(right);
        if widest <= 0.0 {
            return Stencil::Fixed;
        }
        // The sum must differ from x, and be finite.
        let h = h.max(2.0 * (x.abs().next_up() - x.abs()));
        let side = |h: f64| if right >= h || right >= left { 1.0 } else { -1.0 };
        match self.scheme {
            Scheme::TwoPoint => {
                let h = h.min(widest);
                Stencil::OneSided(side(h) * h)
            }
            Scheme::ThreePoint if left >= h && right >= h => Stencil::Central(h),
            Scheme::ThreePoint => {
                let h = h.min(0.5 * widest);
                Stencil::OneSided3(side(2.0 * h) * h)
            }
        }
    }

    /// Makes the block for the point that the inner machine asks for.
    fn prepare(&mut self) {
        let Some(ask) = self.inner.ask() else { return };
        self.points[..self.n].copy_from_slice(ask.x);
        self.rows = 1;
        for i in 0..self.n {
            let x = self.points[i];
            let running = x.abs().max(0.5 * self.scale[i]);
            self.scale[i] = running;
            let scale = running.min(1.0).max(self.floor[i]);
            self.stencils[i] = self.stencil(i, x, self.rel_step * x.abs().max(scale));
            self.add_rows(i);
        }
        self.answers[..self.rows].fill(f64::NAN);
        self.phase = Phase::Block;
    }

    fn add_rows(&mut self, i: usize) {
        let n = self.n;
        let (offsets, count) = self.stencils[i].offsets();
        for offset in &offsets[..count] {
            let at = self.rows * n;
            self.points.copy_within(..n, at);
            let mut x = self.points[i] + offset;
            if let Some(b) = &self.bounds {
                x = x.max(b.lower()[i]).min(b.upper()[i]);
            }
            self.points[at + i] = x;
            self.rows += 1;
        }
    }

    /// The derivative by variable i from the answers that start at `row`. NaN where they are not finite.
    fn derivative(&self, i: usize, row: usize) -> f64 {
        let x = self.points[i];
        let f = |k: usize| self.answers[row + k];
        let h = |k: usize| self.points[(row + k) * self.n + i] - x;
        let d = match self.stencils[i] {
            Stencil::Fixed => 0.0,
            Stencil::OneSided(_) => (f(0) - self.base) / h(0),
            Stencil::Central(_) => (f(1) - f(0)) / (h(1) - h(0)),
            Stencil::OneSided3(_) => {
                // The parabola through three points, its slope at the first.
                let (a, b) = (h(0), h(1));
                let (fa, fb) = ((f(0) - self.base) / a, (f(1) - self.base) / b);
                (fa * b - fb * a) / (b - a)
            }
        };
        if d.is_finite() { d } else { f64::NAN }
    }

    /// Whether no neighbour that was evaluated differs in value.
    fn is_flat(&self, i: usize, row: usize) -> bool {
        (0..self.stencils[i].len()).all(|k| self.answers[row + k] == self.base)
    }

    /// Another set of points where the first was outside the domain.
    fn other_side(&self, i: usize, row: usize) -> Stencil {
        let (left, right) = self.room(i, self.points[i]);
        let fits = |h: f64| if h < 0.0 { -h <= left } else { h <= right };
        match self.stencils[i] {
            Stencil::OneSided(h) if fits(-h) => Stencil::OneSided(-h),
            Stencil::OneSided(h) => Stencil::OneSided(h / 64.0),
            Stencil::OneSided3(h) if fits(-2.0 * h) => Stencil::OneSided3(-h),
            Stencil::OneSided3(h) => Stencil::OneSided3(h / 64.0),
            Stencil::Central(h) => {
                let h = if self.answers[row].is_finite() { -h } else { h };
                Stencil::OneSided3(if fits(2.0 * h) { h } else { 0.5 * h })
            }
            Stencil::Fixed => Stencil::Fixed,
        }
    }

    /// Reads the first block; whether a second one is needed.
    fn read_block(&mut self) -> bool {
        self.base = self.answers[0];
        self.again.clear();
        let mut row = 1;
        for i in 0..self.n {
            self.grad[i] = self.derivative(i, row);
            let next = row + self.stencils[i].len();
            if self.grad[i].is_nan() {
                self.stencils[i] = self.other_side(i, row);
                self.again.push(i);
            } else if self.first && self.floor[i] < 1.0 && next > row && self.is_flat(i, row) {
                // A scale this small says nothing.
                let (left, right) = self.room(i, self.points[i]);
                self.floor[i] = (left + right).min(1.0);
                self.stencils[i] = self.stencil(i, self.points[i], self.rel_step * self.floor[i]);
                self.again.push(i);
            }
            row = next;
        }
        self.first = false;
        if self.again.is_empty() {
            return false;
        }
        // The point itself stays the first row; it is not evaluated again.
        self.rows = 1;
        for k in 0..self.again.len() {
            self.add_rows(self.again[k]);
        }
        self.answers[..self.rows].fill(f64::NAN);
        true
    }

    fn read_again(&mut self) {
        let mut row = 1;
        for k in 0..self.again.len() {
            let i = self.again[k];
            self.grad[i] = self.derivative(i, row);
            row += self.stencils[i].len();
        }
    }

    /// Passes value and gradient on.
    fn pass(&mut self, f: f64, told: Told) -> Turn {
        self.phase = Phase::Idle;
        if let Some(ask) = self.inner.ask() {
            ask.f[0] = f;
            ask.grad.copy_from_slice(&self.grad);
        }
        self.inner.tell(told)
    }
}

impl<M: Machine> Machine for Differences<M> {
    fn turn(&self) -> Turn {
        self.inner.turn()
    }

    fn ask(&mut self) -> Option<Ask<'_>> {
        if self.phase == Phase::Idle {
            self.prepare();
        }
        if self.phase == Phase::Idle {
            return None;
        }
        let first = usize::from(self.phase == Phase::Again);
        Some(Ask {
            want: Want::Value,
            n: self.n,
            x: &self.points[first * self.n..self.rows * self.n],
            f: &mut self.answers[first..self.rows],
            grad: &mut [],
            divisible: false,
            first_matters: first == 0,
        })
    }

    fn tell(&mut self, told: Told) -> Turn {
        match (self.phase, told) {
            (Phase::Idle, _) => return self.turn(),
            (Phase::Block, Told::Ok) if self.answers[0].is_finite() => {
                if self.read_block() {
                    self.phase = Phase::Again;
                    return Turn::Eval;
                }
            }
            (Phase::Again, Told::Ok) => self.read_again(),
            (Phase::Block, _) => {
                self.grad[0] = f64::NAN;
                return self.pass(self.answers[0], told);
            }
            (Phase::Again, Told::Reject) => self.grad[self.again[0]] = f64::NAN,
            (Phase::Again, Told::Stop | Told::Abort(_)) => return self.pass(self.base, told),
        }
        self.pass(self.base, Told::Ok)
    }

    fn halt(&mut self, stop: Stop) {
        self.phase = Phase::Idle;
        self.inner.halt(stop);
    }

    fn progress(&self) -> Progress {
        self.inner.progress()
    }

    fn best(&self) -> Point<'_> {
        self.inner.best()
    }

    fn iterate(&self) -> Point<'_> {
        self.inner.iterate()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A machine that asks for one gradient at `x` and is done.
    struct Once {
        x: Vec<f64>,
        f: [f64; 1],
        grad: Vec<f64>,
        told: Option<Told>,
    }

    impl Machine for Once {
        fn turn(&self) -> Turn {
            if self.told.is_some() { Turn::Done(Stop::Callback) } else { Turn::Eval }
        }
        fn ask(&mut self) -> Option<Ask<'_>> {
            self.told.is_none().then_some(Ask {
                want: Want::ValueAndGradient,
                n: self.x.len(),
                x: &self.x,
                f: &mut self.f,
                grad: &mut self.grad,
                divisible: false,
                first_matters: false,
            })
        }
        fn tell(&mut self, told: Told) -> Turn {
            self.told = Some(told);
            self.turn()
        }
        fn halt(&mut self, _: Stop) {}
        fn progress(&self) -> Progress {
            Progress { gradient_norm: 0.0, step: 0.0, nit: 0 }
        }
        fn best(&self) -> Point<'_> {
            self.iterate()
        }
        fn iterate(&self) -> Point<'_> {
            Point { x: &self.x, f: self.f[0] }
        }
    }

    /// The gradient of `f` at `x`, and the sizes of the blocks that were asked for.
    fn gradient(
        scheme: Scheme,
        x: &[f64],
        bounds: Option<Bounds>,
        mut f: impl FnMut(&[f64]) -> f64,
    ) -> (Vec<f64>, Vec<usize>) {
        let n = x.len();
        let once = Once { x: x.to_vec(), f: [0.0], grad: vec![f64::NAN; n], told: None };
        let mut machine = Differences::new(once, x, bounds.clone(), scheme, None).unwrap();
        let mut blocks = Vec::new();
        while let Some(ask) = machine.ask() {
            blocks.push(ask.f.len());
            for (x, out) in ask.x.chunks_exact(n).zip(ask.f) {
                if let Some(b) = &bounds {
                    let sides = b.lower().iter().zip(b.upper());
                    assert!(x.iter().zip(sides).all(|(x, (l, u))| x >= l && x <= u));
                }
                *out = f(x);
            }
            machine.tell(Told::Ok);
        }
        (machine.inner.grad, blocks)
    }

    fn close(got: &[f64], want: &[f64], rtol: f64) {
        for (g, w) in got.iter().zip(want) {
            assert!((g - w).abs() <= rtol * w.abs().max(1.0), "{got:?} is not {want:?}");
        }
    }

    #[test]
    fn as_exact_as_the_scheme_allows() {
        let f = |x: &[f64]| x[0].sin() + x[1].exp() * x[0];
        let x = [0.7, -1.3];
        let want = [0.7_f64.cos() + (-1.3_f64).exp(), 0.7 * (-1.3_f64).exp()];
        let (g, blocks) = gradient(Scheme::TwoPoint, &x, None, f);
        close(&g, &want, 5e-8);
        assert_eq!(blocks, [3]);
        let (g, blocks) = gradient(Scheme::ThreePoint, &x, None, f);
        close(&g, &want, 2e-10);
        assert_eq!(blocks, [5]);
    }

    #[test]
    fn small_variables_get_small_steps() {
        // Steps of the size 1.5e-8 would leave the range where the sine is one.
        for scheme in [Scheme::TwoPoint, Scheme::ThreePoint] {
            let (g, _) = gradient(scheme, &[3e-8], None, |x| 1e-8 * (1e8 * x[0]).sin());
            close(&g, &[3.0_f64.cos()], 1e-6);
        }
        // A variable at 0 has no scale; one that is 0 but for noise has none either.
        for x in [0.0, 1e-300] {
            let (g, blocks) = gradient(Scheme::TwoPoint, &[x], None, |x| (2.0 + x[0]).ln());
            close(&g, &[0.5], 5e-8);
            assert_eq!(blocks.len(), if x == 0.0 { 1 } else { 2 });
        }
    }

    #[test]
    fn bounds_are_never_left() {
        let inf = f64::INFINITY;
        let f = |x: &[f64]| x[0] * x[0] + 3.0 * x[1] * x[1] + x[2] * x[3];
        // At the upper bound, at the lower one, between two that are close, and fixed.
        let x = [2.0, -1.0, 1.0, 4.0];
        let lower = [-inf, -1.0, 1.0 - 1e-12, 4.0];
        let upper = [2.0, inf, 1.0 + 1e-12, 4.0];
        let bounds = || Some(Bounds::new(4, Some(&lower), Some(&upper)).unwrap());
        let want = [4.0, -6.0, 4.0, 0.0];
        let (g, blocks) = gradient(Scheme::TwoPoint, &x, bounds(), f);
        close(&g[..2], &want[..2], 1e-7);
        close(&g[2..], &want[2..], 1e-2); // the step is 1e-12
        assert_eq!(blocks, [4], "the fixed variable costs nothing");
        let (g, blocks) = gradient(Scheme::ThreePoint, &x, bounds(), f);
        close(&g[..2], &want[..2], 1e-9);
        close(&g[2..], &want[2..], 1e-2);
        assert_eq!(blocks, [7]);
    }

    #[test]
    fn the_other_side_is_tried_at_the_edge_of_the_domain() {
        let f = |x: &[f64]| if x[0] > 1.0 || x[1] < 2.0 { f64::NAN } else { x[0] * x[0] + x[1] };
        let x = [1.0, 2.0];
        let (g, blocks) = gradient(Scheme::TwoPoint, &x, None, f);
        close(&g, &[2.0, 1.0], 1e-7);
        assert_eq!(blocks, [3, 1]);
        let (g, blocks) = gradient(Scheme::ThreePoint, &x, None, f);
        close(&g, &[2.0, 1.0], 1e-9);
        assert_eq!(blocks, [5, 4]);
        let (g, _) =
            gradient(Scheme::TwoPoint, &[0.5], None, |x| if x[0] == 0.5 { 1.0 } else { f64::NAN });
        assert!(g[0].is_nan(), "an isolated point has no gradient");
    }
}
