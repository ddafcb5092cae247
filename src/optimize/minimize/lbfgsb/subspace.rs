//! The minimiser of the quadratic model over the variables that are free at the Cauchy point.
//!
//! The direct primal method of Byrd, Lu, Nocedal and Zhu (1995), §5.1: with Z the free variables and r the
//! negative reduced gradient there,
//!
//! ```text
//!   (Z'BZ)⁻¹ r = r/θ + Z'W K⁻¹ W'Z r / θ²,   K = [ −D − Y'ZZ'Y/θ    L_A' − R_Z' ]
//!                                                [   L_A − R_Z       θ S'AA'S  ]
//! ```
//!
//! where L_A is the strict lower triangle of S'AA'Y and R_Z the upper one of S'ZZ'Y, A being the fixed
//! variables. K is indefinite and factored as L E L' (a Cholesky factor of each half). The minimiser is
//! then projected into the bounds; where that is no descent the step is cut at the first bound instead:
//! J. L. Morales, J. Nocedal: Remark on "Algorithm 778: L-BFGS-B". ACM Transactions on Mathematical
//! Software 38 (2011), 7:1-7:4.
//!
//! The products in K are kept from iteration to iteration: the newest pair adds a row, and a variable
//! that enters or leaves the free set changes the others by its own share.

use super::history::{History, Restrict, Restricted};
use super::middle::{Middle, backward, cholesky, forget_first, forward};
use super::steps;
use crate::array::{checked_size, try_filled, try_with_capacity};
use crate::error::Result;
use crate::optimize::bounds::clip;

/// The matrix K and its workspace, by age of the pairs; matrices row after row.
#[derive(Debug)]
pub(super) struct Subspace {
    stride: usize,
    /// How many pairs, from the oldest on, the products below know.
    known: usize,
    /// Y'ZZ'Y and S'AA'S.
    yy: Vec<f64>,
    ss: Vec<f64>,
    /// s_i · y_j: over Z for i ≤ j, over A for i > j.
    sy: Vec<f64>,
    /// The free set that they belong to.
    free: Vec<f64>,
    changed: Vec<usize>,
    restricted: Vec<Restricted>,
    /// Factors: J₁, X = J₁⁻¹ (R_Z' − L_A'), J₂.
    j1: Vec<f64>,
    xt: Vec<f64>,
    j2: Vec<f64>,
    v: Vec<f64>,
    /// Coefficients of S and Y.
    a: Vec<f64>,
    b: Vec<f64>,
    coefficients: Vec<f64>,
    /// The reduced gradient, then the step.
    r: Vec<f64>,
    projected: Vec<f64>,
}

/// The place of a subspace minimisation. Vectors are padded.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub x: &'a [f64],
    pub g: &'a [f64],
    pub lower: &'a [f64],
    pub upper: &'a [f64],
    /// 1 for a free variable, 0 for a fixed one.
    pub free: &'a [f64],
    /// W'(z − x) for the Cauchy point z.
    pub c: &'a [f64],
}

impl Subspace {
    pub fn new(n: usize, capacity: usize) -> Result<Self> {
        let square = || try_filled(checked_size(capacity, capacity)?, 0.0);
        let line = || try_filled(checked_size(capacity, 2)?, 0.0);
        Ok(Subspace {
            stride: capacity,
            known: 0,
            yy: square()?,
            ss: square()?,
            sy: square()?,
            free: super::history::vector(n)?,
            changed: try_with_capacity(n)?,
            restricted: try_filled(capacity, Restricted::default())?,
            j1: square()?,
            xt: square()?,
            j2: square()?,
            v: line()?,
            a: line()?,
            b: line()?,
            coefficients: line()?,
            r: super::history::vector(n)?,
            projected: super::history::vector(n)?,
        })
    }

    pub fn clear(&mut self) {
        self.known = 0;
    }

    /// The oldest pair is about to be replaced.
    pub fn forget_oldest(&mut self) {
        if self.known > 0 {
            let m = self.stride;
            for a in [&mut self.yy, &mut self.ss, &mut self.sy] {
                forget_first(a, m);
            }
            self.known -= 1;
        }
    }

    /// Moves `z` from the Cauchy point to the minimiser. False if K is not what it should be.
    pub fn minimise(
        &mut self,
        middle: &Middle,
        history: &mut History,
        place: Place<'_>,
        z: &mut [f64],
    ) -> bool {
        let (len, theta) = (middle.len, middle.theta);
        // Coefficients of the model's gradient at z: W M W'(z − x).
        middle.apply(place.c, &mut self.v);
        for k in 0..len {
            self.b[k] = self.v[k];
            self.a[k] = theta * self.v[len + k];
        }
        self.follow(middle, history, place, z);
        if !self.factor(middle) {
            return false;
        }
        // K⁻¹ W'r
        for k in 0..len {
            self.v[k] = self.restricted[k].yr;
            self.v[len + k] = theta * self.restricted[k].sr;
        }
        self.solve(len);
        for k in 0..len {
            self.b[k] = self.v[k] / (theta * theta);
            self.a[k] = self.v[len + k] / theta;
        }
        let (a, b) = (&self.a[..len], &self.b[..len]);
        history.combine_free(1.0 / theta, a, b, &mut self.coefficients, place.free, &mut self.r);
        self.project(place, z);
        true
    }

    /// Brings the products to the present pairs and the present free set, and makes r.
    fn follow(&mut self, middle: &Middle, history: &mut History, place: Place<'_>, z: &[f64]) {
        let len = middle.len;
        self.changed.clear();
        if self.known > 0 && self.free != place.free {
            let both = self.free.iter().zip(place.free).enumerate();
            self.changed.extend(both.filter(|(_, (a, b))| a != b).map(|(i, _)| i));
        }
        // A change costs as much as some eight variables in a sweep over all pairs.
        if self.known + 1 < len || self.changed.len() > place.free.len() / 16 {
            self.known = 0;
        }
        for k in 0..self.changed.len() * usize::from(self.known > 0) {
            self.move_variable(self.changed[k], place.free, history);
        }
        self.free.copy_from_slice(place.free);
        // Where nothing is new the sweep is still what makes r.
        for new in self.known.min(len - 1)..len {
            let to = Restrict {
                coefficients: &mut self.coefficients,
                theta: middle.theta,
                free: place.free,
                x: place.x,
                z,
                g: place.g,
                r: &mut self.r,
            };
            history.restrict(&self.a[..len], &self.b[..len], new, to, &mut self.restricted);
            self.add_pair(new);
        }
        self.known = len;
    }

    fn add_pair(&mut self, new: usize) {
        let m = self.stride;
        for (k, p) in self.restricted[..=new].iter().enumerate() {
            self.yy[new * m + k] = p.yy_free;
            self.ss[new * m + k] = p.ss_fixed;
            self.sy[k * m + new] = p.sy_free;
            if k < new {
                self.sy[new * m + k] = p.ys_fixed;
            }
        }
    }

    /// Variable i enters or leaves the free set.
    fn move_variable(&mut self, i: usize, free: &[f64], history: &History) {
        let m = self.stride;
        // What enters Z leaves A.
        let sign = if free[i] == 1.0 { 1.0 } else { -1.0 };
        for p in 0..self.known {
            let (sp, yp) = history.row(i, p);
            for q in 0..=p {
                let (sq, yq) = history.row(i, q);
                self.yy[p * m + q] += sign * yp * yq;
                self.ss[p * m + q] -= sign * sp * sq;
                self.sy[q * m + p] += sign * sq * yp;
                if q < p {
                    self.sy[p * m + q] -= sign * sp * yq;
                }
            }
        }
    }

    fn factor(&mut self, middle: &Middle) -> bool {
        let (m, len, theta) = (self.stride, middle.len, middle.theta);
        for i in 0..len {
            for j in 0..=i {
                self.j1[i * m + j] = self.yy[i * m + j] / theta;
            }
            self.j1[i * m + i] += middle.diagonal(i);
        }
        if !cholesky(&mut self.j1, m, len) {
            return false;
        }
        // Row j of xt is column j of J₁⁻¹ (R_Z' − L_A').
        for j in 0..len {
            let row = &mut self.xt[j * m..][..len];
            row.copy_from_slice(&self.sy[j * m..][..len]);
            row[..j].iter_mut().for_each(|v| *v = -*v);
            forward(&self.j1, m, row);
        }
        for i in 0..len {
            for j in 0..=i {
                let (a, b) = (&self.xt[i * m..][..len], &self.xt[j * m..][..len]);
                let xx: f64 = a.iter().zip(b).map(|(a, b)| a * b).sum();
                self.j2[i * m + j] = theta * self.ss[i * m + j] + xx;
            }
        }
        cholesky(&mut self.j2, m, len)
    }

    /// `v = K⁻¹ v`.
    fn solve(&mut self, len: usize) {
        let m = self.stride;
        let (v1, v2) = self.v[..2 * len].split_at_mut(len);
        forward(&self.j1, m, v1);
        for (k, v2) in v2.iter_mut().enumerate() {
            let row = &self.xt[k * m..][..len];
            *v2 -= row.iter().zip(&*v1).map(|(x, v)| x * v).sum::<f64>();
        }
        forward(&self.j2, m, v2);
        backward(&self.j2, m, v2);
        for (k, &v2) in v2.iter().enumerate() {
            let row = &self.xt[k * m..][..len];
            v1.iter_mut().zip(row).for_each(|(v, x)| *v += x * v2);
        }
        backward(&self.j1, m, v1);
        v1.iter_mut().for_each(|v| *v = -*v);
    }

    /// Goes from `z` along the step, projected into the bounds.
    fn project(&mut self, place: Place<'_>, z: &mut [f64]) {
        let Place { x, g, lower, upper, .. } = place;
        let (cut, slope) = steps::project(z, &self.r, (x, g), (lower, upper), &mut self.projected);
        if !cut || slope <= 0.0 {
            z.copy_from_slice(&self.projected);
            return;
        }
        // No descent: cut the step at the first bound.
        let (mut alpha, mut cut) = (1.0, None);
        for i in 0..z.len() {
            let d = self.r[i];
            if d != 0.0 {
                let bound = if d < 0.0 { lower[i] } else { upper[i] };
                let t = ((bound - z[i]) / d).max(0.0);
                if t < alpha {
                    alpha = t;
                    cut = Some((i, bound));
                }
            }
        }
        for i in 0..z.len() {
            z[i] = clip(z[i] + alpha * self.r[i], lower[i], upper[i]);
        }
        if let Some((i, bound)) = cut {
            z[i] = bound;
        }
    }
}
