//! The middle matrix of the Hessian in compact form.
//!
//! ```text
//!   B = θ I − W M W',   W = [Y  θS],   M = [ −D    L'   ]⁻¹
//!                                          [  L  θ S'S  ]
//! ```
//!
//! with D the diagonal and L the strict lower triangle of S'Y (Byrd, Nocedal and Schnabel 1994,
//! theorem 2.3). M is never formed: with T = θ S'S + L D⁻¹ L' = J J',
//!
//! ```text
//!   T p₂ = v₂ + L D⁻¹ v₁,   D p₁ = L' p₂ − v₁.
//! ```

use crate::array::{checked_size, try_filled};
use crate::error::Result;

/// S'Y, S'S and the factor of T, by age of the pairs; matrices row after row.
#[derive(Debug)]
pub(super) struct Middle {
    stride: usize,
    pub len: usize,
    pub theta: f64,
    /// Lower triangle of S'Y, its diagonal included.
    sy: Vec<f64>,
    /// Lower triangle of S'S.
    ss: Vec<f64>,
    /// J.
    factor: Vec<f64>,
}

impl Middle {
    pub fn new(capacity: usize) -> Result<Self> {
        let square = || try_filled(checked_size(capacity, capacity)?, 0.0);
        Ok(Middle {
            stride: capacity,
            len: 0,
            theta: 1.0,
            sy: square()?,
            ss: square()?,
            factor: square()?,
        })
    }

    pub fn clear(&mut self) {
        self.len = 0;
        self.theta = 1.0;
    }

    /// The diagonal of S'Y.
    pub fn diagonal(&self, k: usize) -> f64 {
        self.sy[k * self.stride + k]
    }

    /// Takes the newest pair: for every pair k, `ss(k)` is s_k · s and `ys(k)` is y_k · s; `sy` is its
    /// own s · y and `yy` its y · y. False if T is not positive definite.
    pub fn push(
        &mut self,
        len: usize,
        ss: impl Fn(usize) -> f64,
        ys: impl Fn(usize) -> f64,
        sy: f64,
        yy: f64,
    ) -> bool {
        let m = self.stride;
        if self.len == m {
            forget_first(&mut self.sy, m);
            forget_first(&mut self.ss, m);
        }
        self.len = len;
        self.theta = yy / sy;
        let new = (len - 1) * m;
        for k in 0..len {
            self.ss[new + k] = ss(k);
            self.sy[new + k] = ys(k);
        }
        self.sy[new + len - 1] = sy;
        for i in 0..len {
            for j in 0..=i {
                let mut t = self.theta * self.ss[i * m + j];
                for k in 0..j {
                    t += self.sy[i * m + k] * self.sy[j * m + k] / self.diagonal(k);
                }
                self.factor[i * m + j] = t;
            }
        }
        cholesky(&mut self.factor, m, len)
    }

    /// `p = M v`, halves after each other.
    pub fn apply(&self, v: &[f64], p: &mut [f64]) {
        let (m, len) = (self.stride, self.len);
        let (v1, v2) = v[..2 * len].split_at(len);
        let (p1, p2) = p[..2 * len].split_at_mut(len);
        for k in 0..len {
            p1[k] = v1[k] / self.diagonal(k);
        }
        for i in 0..len {
            let row = &self.sy[i * m..][..i];
            p2[i] = v2[i] + row.iter().zip(&*p1).map(|(l, p)| l * p).sum::<f64>();
        }
        forward(&self.factor, m, p2);
        backward(&self.factor, m, p2);
        for (k, p1) in p1.iter_mut().enumerate() {
            let column = self.sy.iter().skip(k).step_by(m).take(len).skip(k + 1);
            let sum: f64 = column.zip(&p2[k + 1..]).map(|(l, p)| l * p).sum();
            *p1 = sum / self.diagonal(k) - *p1;
        }
    }
}

/// Moves a matrix with rows of `stride` up and to the left by one: its first row and column are gone.
pub(super) fn forget_first(a: &mut [f64], stride: usize) {
    if stride > 1 {
        a.copy_within(stride + 1.., 0);
    }
}

/// Replaces the lower triangle of a matrix by its Cholesky factor. False if it is not positive definite.
pub(super) fn cholesky(a: &mut [f64], stride: usize, n: usize) -> bool {
    for i in 0..n {
        for j in 0..=i {
            let mut sum = a[i * stride + j];
            for k in 0..j {
                sum -= a[i * stride + k] * a[j * stride + k];
            }
            if i > j {
                a[i * stride + j] = sum / a[j * stride + j];
            } else if sum > 0.0 && sum.is_finite() {
                a[i * stride + i] = sum.sqrt();
            } else {
                return false;
            }
        }
    }
    true
}

/// `x = L⁻¹ x`.
pub(super) fn forward(l: &[f64], stride: usize, x: &mut [f64]) {
    for i in 0..x.len() {
        let row = &l[i * stride..][..=i];
        let sum: f64 = row[..i].iter().zip(&*x).map(|(l, x)| l * x).sum();
        x[i] = (x[i] - sum) / row[i];
    }
}

/// `x = L⁻ᵀ x`.
pub(super) fn backward(l: &[f64], stride: usize, x: &mut [f64]) {
    for i in (0..x.len()).rev() {
        let row = &l[i * stride..][..=i];
        x[i] /= row[i];
        let xi = x[i];
        for (x, l) in x[..i].iter_mut().zip(row) {
            *x -= l * xi;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_matrix_is_the_inverse_it_should_be() {
        // Three pairs, with room for three, pushed four times: the first is forgotten.
        let s: [[f64; 4]; 4] = [
            [9.0, 1.0, 4.0, 2.0],
            [1.0, 0.0, 2.0, 0.5],
            [0.0, 1.0, 1.0, -1.0],
            [2.0, 1.0, 0.0, 1.0],
        ];
        let y = s.map(|s| [2.0 * s[0] + s[1], 3.0 * s[1] + s[0], 4.0 * s[2], 5.0 * s[3]]);
        let dot = |a: [f64; 4], b: [f64; 4]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let mut middle = Middle::new(3).unwrap();
        for new in 0..4_usize {
            let len = (new + 1).min(3);
            let old = new + 1 - len;
            assert!(middle.push(
                len,
                |k| dot(s[old + k], s[new]),
                |k| dot(y[old + k], s[new]),
                dot(s[new], y[new]),
                dot(y[new], y[new]),
            ));
        }
        let v = [1.0, -2.0, 3.0, 0.5, 0.25, -1.0];
        let mut p = [0.0; 6];
        middle.apply(&v, &mut p);
        for i in 0..3 {
            let lower = |i: usize, j: usize| if i > j { dot(s[1 + i], y[1 + j]) } else { 0.0 };
            let mut top = -dot(s[1 + i], y[1 + i]) * p[i];
            let mut bottom = 0.0;
            for j in 0..3 {
                top += lower(j, i) * p[3 + j];
                bottom += lower(i, j) * p[j] + middle.theta * dot(s[1 + i], s[1 + j]) * p[3 + j];
            }
            assert!((top - v[i]).abs() < 1e-13 && (bottom - v[3 + i]).abs() < 1e-13);
        }
    }

    #[test]
    fn indefinite_matrices_are_noticed() {
        let mut a = [1.0, 0.0, 2.0, 1.0];
        assert!(!cholesky(&mut a, 2, 2));
    }
}
