//! The generalised Cauchy point.
//!
//! The first local minimiser of the quadratic model along the projected steepest descent path
//! P(x − t g): algorithm CP of R. H. Byrd, P. Lu, J. Nocedal, C. Zhu: A limited memory algorithm for bound
//! constrained optimization. SIAM Journal on Scientific Computing 16 (1995), 1190-1208.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::history::{History, TILE};
use super::middle::Middle;
use crate::array::{checked_size, try_filled, try_with_capacity};
use crate::error::Result;
use crate::simd::{Kernel, Simd, dispatch};

/// A variable and the t at which it meets its bound; the least t is the greatest.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Meeting {
    t: f64,
    variable: usize,
}

impl Eq for Meeting {}

impl Ord for Meeting {
    fn cmp(&self, other: &Self) -> Ordering {
        other.t.total_cmp(&self.t).then(other.variable.cmp(&self.variable))
    }
}

impl PartialOrd for Meeting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The path P(x − t g) and its workspace. Vectors are padded, see [`super::history`].
#[derive(Debug)]
pub(super) struct Cauchy {
    /// The direction that the path starts in.
    pub d: Vec<f64>,
    /// 1 for a variable that is free at the Cauchy point, 0 for one at its bound.
    pub free: Vec<f64>,
    /// t at which each variable meets its bound.
    meets: Vec<f64>,
    heap: Vec<Meeting>,
    /// Variables that met their bound, and the bound.
    met: Vec<(usize, f64)>,
    start: Start,
    /// W'(z − x) for the Cauchy point z.
    pub c: Vec<f64>,
    p: Vec<f64>,
    row: Vec<f64>,
    v: Vec<f64>,
}

/// What the first look at the path says.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Start {
    /// −d · d.
    slope: f64,
    /// The least t at which a bound is met.
    first: f64,
    /// Whether every moving variable has a bound before it.
    bounded: bool,
}

impl Cauchy {
    pub fn new(n: usize, capacity: usize) -> Result<Self> {
        let vector = || super::history::vector(n);
        let pairs = || try_filled(checked_size(capacity, 2)?, 0.0);
        Ok(Cauchy {
            d: vector()?,
            free: vector()?,
            meets: vector()?,
            heap: try_with_capacity(n)?,
            met: try_with_capacity(n)?,
            start: Start { slope: 0.0, first: f64::INFINITY, bounded: true },
            c: pairs()?,
            p: pairs()?,
            row: pairs()?,
            v: pairs()?,
        })
    }

    /// Looks along the path: its direction, the bounds it meets, and the variables that are at theirs.
    pub fn look(&mut self, x: &[f64], g: &[f64], lower: &[f64], upper: &[f64]) {
        self.start = dispatch(Look {
            x,
            g,
            lower,
            upper,
            d: &mut self.d,
            free: &mut self.free,
            meets: &mut self.meets,
        });
    }

    /// Room for W'd, which the caller knows: first Y'd, then θ S'd.
    pub fn products(&mut self) -> &mut [f64] {
        &mut self.p
    }

    /// Walks along the path to the Cauchy point `z`. False if the model has no meaning.
    pub fn walk(
        &mut self,
        middle: &Middle,
        history: &History,
        x: &[f64],
        bounds: (&[f64], &[f64]),
        z: &mut [f64],
    ) -> bool {
        let pairs = 2 * middle.len;
        let theta = middle.theta;
        self.c[..pairs].fill(0.0);
        self.met.clear();
        let Start { slope: mut f1, first, bounded } = self.start;
        if f1 == 0.0 {
            z.copy_from_slice(x);
            return true;
        }
        middle.apply(&self.p, &mut self.v);
        let curvature = -theta * f1;
        let mut f2 = curvature - dot(&self.v[..pairs], &self.p[..pairs]);
        let mut minimum = -f1 / f2;
        let mut travelled = 0.0;
        if minimum >= first || minimum.is_nan() {
            self.gather();
            let mut heap = BinaryHeap::from(std::mem::take(&mut self.heap));
            while let Some(&Meeting { t, variable: i }) = heap.peek() {
                let dt = t - travelled;
                if minimum < dt {
                    break;
                }
                heap.pop();
                travelled = t;
                let d = std::mem::replace(&mut self.d[i], 0.0);
                self.free[i] = 0.0;
                let bound = if d > 0.0 { bounds.1[i] } else { bounds.0[i] };
                self.met.push((i, bound));
                let shift = bound - x[i];
                f1 += dt * f2 + d * d - theta * d * shift;
                f2 -= theta * d * d;
                if pairs > 0 {
                    axpy(dt, &self.p[..pairs], &mut self.c[..pairs]);
                    for k in 0..middle.len {
                        let (s, y) = history.row(i, k);
                        self.row[k] = y;
                        self.row[middle.len + k] = theta * s;
                    }
                    middle.apply(&self.row, &mut self.v);
                    let (row, v) = (&self.row[..pairs], &self.v[..pairs]);
                    f1 += d * dot(v, &self.c[..pairs]);
                    f2 += 2.0 * d * dot(v, &self.p[..pairs]) - d * d * dot(v, row);
                    axpy(-d, row, &mut self.p[..pairs]);
                }
                f2 = f2.max(f64::EPSILON * curvature);
                minimum = if heap.is_empty() && bounded { 0.0 } else { -f1 / f2 };
            }
            self.heap = heap.into_vec();
        }
        if minimum.is_nan() {
            return false;
        }
        let rest = minimum.max(0.0);
        travelled += rest;
        axpy(rest, &self.p[..pairs], &mut self.c[..pairs]);
        dispatch(Arrive { x, d: &self.d, t: travelled, lower: bounds.0, upper: bounds.1, z });
        for &(i, bound) in &self.met {
            z[i] = bound;
        }
        travelled.is_finite()
    }

    /// Lists the variables that meet a bound. The list has room for all.
    fn gather(&mut self) {
        self.heap.clear();
        let meets = self.meets.iter().enumerate().filter(|(_, t)| t.is_finite());
        self.heap.extend(meets.map(|(variable, &t)| Meeting { t, variable }));
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn axpy(a: f64, x: &[f64], y: &mut [f64]) {
    y.iter_mut().zip(x).for_each(|(y, &x)| *y += a * x);
}

struct Look<'a> {
    x: &'a [f64],
    g: &'a [f64],
    lower: &'a [f64],
    upper: &'a [f64],
    d: &'a mut [f64],
    free: &'a mut [f64],
    meets: &'a mut [f64],
}

impl Kernel for Look<'_> {
    type Output = Start;
    #[inline(always)]
    fn run<S: Simd>(self) -> Start {
        let Look { x, g, lower, upper, d, free, meets } = self;
        let mut slope = [0.0; TILE];
        let mut first = [f64::INFINITY; TILE];
        // The largest t of a moving variable: infinite if one has no bound before it.
        let mut last = [0.0; TILE];
        let inputs = x.as_chunks::<TILE>().0.iter().zip(g.as_chunks::<TILE>().0);
        let bounds = lower.as_chunks::<TILE>().0.iter().zip(upper.as_chunks::<TILE>().0);
        let out = d.as_chunks_mut::<TILE>().0.iter_mut().zip(free.as_chunks_mut::<TILE>().0);
        let out = out.zip(meets.as_chunks_mut::<TILE>().0);
        for (((x, g), (lower, upper)), ((d, free), meets)) in inputs.zip(bounds).zip(out) {
            for l in 0..TILE {
                let down = g[l] > 0.0;
                let bound = if down { lower[l] } else { upper[l] };
                let t = (x[l] - bound) / g[l];
                let inside = x[l] > lower[l] && x[l] < upper[l];
                let still = g[l] == 0.0;
                // A variable at a bound may leave it; one without gradient stays where it is.
                let moves = !still && t > 0.0;
                free[l] = if moves || (still && inside) { 1.0 } else { 0.0 };
                d[l] = if moves { -g[l] } else { 0.0 };
                meets[l] = if moves { t } else { f64::INFINITY };
                slope[l] = S::mul_add(-d[l], d[l], slope[l]);
                first[l] = if meets[l] < first[l] { meets[l] } else { first[l] };
                last[l] = if moves && t > last[l] { t } else { last[l] };
            }
        }
        Start {
            slope: slope.into_iter().sum(),
            first: first.into_iter().fold(f64::INFINITY, f64::min),
            bounded: last.into_iter().all(f64::is_finite),
        }
    }
}

struct Arrive<'a> {
    x: &'a [f64],
    d: &'a [f64],
    t: f64,
    lower: &'a [f64],
    upper: &'a [f64],
    z: &'a mut [f64],
}

impl Kernel for Arrive<'_> {
    type Output = ();
    #[inline(always)]
    fn run<S: Simd>(self) {
        let inputs = self.x.iter().zip(self.d);
        let bounds = self.lower.iter().zip(self.upper);
        for (((x, d), (l, u)), z) in inputs.zip(bounds).zip(self.z) {
            let to = S::mul_add(self.t, *d, *x);
            let to = if to < *l { *l } else { to };
            *z = if to > *u { *u } else { to };
        }
    }
}
