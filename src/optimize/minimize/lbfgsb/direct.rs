//! The direction without bounds: the inverse Hessian in compact form.
//!
//! R. H. Byrd, J. Nocedal, R. B. Schnabel: Representations of quasi-Newton matrices and their use in
//! limited memory methods. Mathematical Programming 63 (1994), 129-156, (3.1):
//!
//! ```text
//!   H = γ I + [S  γY] [ R⁻ᵀ (D + γ Y'Y) R⁻¹   −R⁻ᵀ ] [ S'  ]
//!                     [        −R⁻¹              0  ] [ γY' ]
//! ```
//!
//! with R the upper triangle of S'Y, D its diagonal and γ = s'y / y'y of the newest pair. All that
//! it takes of S and Y are their products with the gradient, made in the sweep that stores the newest
//! pair, and one linear combination: two sweeps in an iteration.

use super::history::Products;
use super::middle::forget_first;
use crate::array::{checked_size, try_filled};
use crate::error::Result;

/// The small matrices, by age of the pairs.
#[derive(Debug)]
pub(super) struct Direct {
    stride: usize,
    len: usize,
    /// Upper triangle of S'Y, and Y'Y, row after row.
    r: Vec<f64>,
    yy: Vec<f64>,
    /// 1 / diagonal of R.
    inverse: Vec<f64>,
    gamma: f64,
    /// Coefficients of S and Y in −H g.
    pub a: Vec<f64>,
    pub b: Vec<f64>,
}

impl Direct {
    pub fn new(capacity: usize) -> Result<Self> {
        let square = || try_filled(checked_size(capacity, capacity)?, 0.0);
        let line = || try_filled(capacity, 0.0);
        Ok(Direct {
            stride: capacity,
            len: 0,
            r: square()?,
            yy: square()?,
            inverse: line()?,
            gamma: 1.0,
            a: line()?,
            b: line()?,
        })
    }

    pub fn clear(&mut self) {
        self.len = 0;
    }

    /// Takes the newest pair: `products` with u its y.
    pub fn push(&mut self, products: &[Products]) {
        let m = self.stride;
        let full = self.len == m;
        if full {
            // The oldest row and column go.
            forget_first(&mut self.r, m);
            forget_first(&mut self.yy, m);
            self.inverse.copy_within(1.., 0);
        }
        self.len = products.len();
        let new = self.len - 1;
        for (k, p) in products.iter().enumerate() {
            self.r[k * m + new] = p.su;
            self.yy[k * m + new] = p.yu;
            self.yy[new * m + k] = p.yu;
        }
        let (sy, yy) = (products[new].su, products[new].yu);
        self.inverse[new] = 1.0 / sy;
        self.gamma = sy / yy;
    }

    /// Makes the coefficients of −H g from S'g and Y'g. Returns γ.
    pub fn solve(&mut self, products: &[Products]) -> f64 {
        let (m, len, gamma) = (self.stride, self.len, self.gamma);
        let (t, q) = (&mut self.b[..len], &mut self.a[..len]);
        // t = R⁻¹ S'g
        for k in (0..len).rev() {
            let row = &self.r[k * m..][..len];
            let mut sum = products[k].sv;
            for j in k + 1..len {
                sum -= row[j] * t[j];
            }
            t[k] = sum * self.inverse[k];
        }
        // q = D t + γ (Y'Y t − Y'g)
        for k in 0..len {
            let row = &self.yy[k * m..][..len];
            let mut sum = -products[k].yv;
            for j in 0..len {
                sum += row[j] * t[j];
            }
            q[k] = self.r[k * m + k] * t[k] + gamma * sum;
        }
        // u = R⁻ᵀ q; −H g = −γ g − S u + γ Y t
        for k in 0..len {
            q[k] *= self.inverse[k];
            let u = q[k];
            let row = &self.r[k * m..][..len];
            for j in k + 1..len {
                q[j] -= row[j] * u;
            }
        }
        q.iter_mut().for_each(|u| *u = -*u);
        t.iter_mut().for_each(|t| *t *= gamma);
        gamma
    }
}
