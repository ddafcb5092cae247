//! The vector loops of the quasi-Newton methods, compiled for each instruction set.

use crate::simd::{Kernel, Simd, dispatch};

/// Lanes that sums are kept in.
pub(super) const LANES: usize = 8;

#[inline(always)]
fn fold(lanes: [f64; LANES]) -> f64 {
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (b + f)) + ((c + g) + (d + h))
}

#[inline(always)]
fn fold_max(lanes: [f64; LANES]) -> f64 {
    lanes.into_iter().fold(0.0, |m, v| if v > m { v } else { m })
}

struct Dot<'a>(&'a [f64], &'a [f64]);

impl Kernel for Dot<'_> {
    type Output = f64;
    #[inline(always)]
    fn run<S: Simd>(self) -> f64 {
        let ((a, a_tail), (b, b_tail)) = (self.0.as_chunks::<LANES>(), self.1.as_chunks::<LANES>());
        let mut sum = [0.0; LANES];
        for (a, b) in a.iter().zip(b) {
            for l in 0..LANES {
                sum[l] = S::mul_add(a[l], b[l], sum[l]);
            }
        }
        let mut tail = 0.0;
        for (&a, &b) in a_tail.iter().zip(b_tail) {
            tail = S::mul_add(a, b, tail);
        }
        fold(sum) + tail
    }
}

/// `a · b`.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    dispatch(Dot(a, b))
}

/// What a line search and the convergence tests want to know of a gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slope {
    /// `g · d`; not finite if any component of the gradient is not.
    pub along: f64,
    /// Largest component of the gradient.
    pub gradient_max: f64,
}

struct SlopeOf<'a> {
    g: &'a [f64],
    d: &'a [f64],
}

impl Kernel for SlopeOf<'_> {
    type Output = Slope;
    #[inline(always)]
    fn run<S: Simd>(self) -> Slope {
        let ((g, g_tail), (d, d_tail)) = (self.g.as_chunks::<LANES>(), self.d.as_chunks::<LANES>());
        let mut sum = [0.0; LANES];
        let mut max = [0.0; LANES];
        for (g, d) in g.iter().zip(d) {
            for l in 0..LANES {
                sum[l] = S::mul_add(g[l], d[l], sum[l]);
                let m = g[l].abs();
                max[l] = if m > max[l] { m } else { max[l] };
            }
        }
        let mut slope = Slope { along: fold(sum), gradient_max: fold_max(max) };
        for (&g, &d) in g_tail.iter().zip(d_tail) {
            slope.along = S::mul_add(g, d, slope.along);
            slope.gradient_max =
                if g.abs() > slope.gradient_max { g.abs() } else { slope.gradient_max };
        }
        slope
    }
}

/// The slope of a function with gradient `g` along `d`.
pub(super) fn slope(g: &[f64], d: &[f64]) -> Slope {
    dispatch(SlopeOf { g, d })
}

/// The largest component.
pub(super) fn max_norm(v: &[f64]) -> f64 {
    slope(v, v).gradient_max
}

struct Step<'a> {
    x: &'a [f64],
    t: f64,
    d: &'a [f64],
    out: &'a mut [f64],
}

impl Kernel for Step<'_> {
    type Output = ();
    #[inline(always)]
    fn run<S: Simd>(self) {
        for ((out, &x), &d) in self.out.iter_mut().zip(self.x).zip(self.d) {
            *out = S::mul_add(self.t, d, x);
        }
    }
}

/// `out = x + t d`.
pub(super) fn step(x: &[f64], t: f64, d: &[f64], out: &mut [f64]) {
    dispatch(Step { x, t, d, out });
}

struct MatVec<'a> {
    a: &'a [f64],
    v: &'a [f64],
    out: &'a mut [f64],
}

impl Kernel for MatVec<'_> {
    type Output = ();
    #[inline(always)]
    fn run<S: Simd>(self) {
        for (out, row) in self.out.iter_mut().zip(self.a.chunks_exact(self.v.len())) {
            *out = Dot(row, self.v).run::<S>();
        }
    }
}

/// `out = A v` for a square matrix stored row after row.
pub(super) fn mat_vec(a: &[f64], v: &[f64], out: &mut [f64]) {
    dispatch(MatVec { a, v, out });
}

/// The BFGS update of an inverse Hessian, and the next direction in the same sweep.
pub(super) struct BfgsUpdate<'a> {
    /// The inverse Hessian, row after row.
    pub h: &'a mut [f64],
    /// The last step.
    pub s: &'a [f64],
    /// H y, for the change y of the gradient.
    pub u: &'a [f64],
    /// 1 / (y · s).
    pub rho: f64,
    /// y · H y.
    pub yhy: f64,
    /// The gradient.
    pub g: &'a [f64],
    /// Receives −H g with the new H.
    pub d: &'a mut [f64],
}

impl Kernel for BfgsUpdate<'_> {
    type Output = ();
    #[inline(always)]
    fn run<S: Simd>(self) {
        let BfgsUpdate { h, s, u, rho, yhy, g, d } = self;
        let n = s.len();
        let c = rho * (1.0 + rho * yhy);
        for (i, row) in h.chunks_exact_mut(n).enumerate() {
            // H + (c s s' - rho (s u' + u s')), row i.
            let a = -rho * s[i];
            let b = c * s[i] - rho * u[i];
            let mut sum = [0.0; LANES];
            let (row, row_tail) = row.as_chunks_mut::<LANES>();
            let whole = row.len() * LANES;
            let chunks = row
                .iter_mut()
                .zip(s.as_chunks::<LANES>().0)
                .zip(u.as_chunks::<LANES>().0)
                .zip(g.as_chunks::<LANES>().0);
            for (((h, s), u), g) in chunks {
                for l in 0..LANES {
                    h[l] = S::mul_add(b, s[l], S::mul_add(a, u[l], h[l]));
                    sum[l] = S::mul_add(h[l], g[l], sum[l]);
                }
            }
            let mut total = fold(sum);
            for (k, h) in row_tail.iter_mut().enumerate() {
                let j = whole + k;
                *h = S::mul_add(b, s[j], S::mul_add(a, u[j], *h));
                total = S::mul_add(*h, g[j], total);
            }
            d[i] = -total;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loops_with_and_without_tails() {
        for n in [1, 7, 8, 9, 40] {
            let a: Vec<f64> = (0..n).map(|i| i as f64 - 3.0).collect();
            let b: Vec<f64> = (0..n).map(|i| (i * i) as f64).collect();
            let want: f64 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
            assert_eq!(dot(&a, &b), want);
            let s = slope(&a, &b);
            assert_eq!((s.along, s.gradient_max), (want, 3.0_f64.max(n as f64 - 4.0)));
            let mut out = vec![0.0; n];
            step(&a, 2.0, &b, &mut out);
            assert_eq!(out[n - 1], a[n - 1] + 2.0 * b[n - 1]);
            let mut m = vec![0.0; n * n];
            m.iter_mut().step_by(n + 1).for_each(|d| *d = 2.0);
            mat_vec(&m, &a, &mut out);
            assert_eq!(out[n - 1], 2.0 * a[n - 1]);
        }
        assert!(slope(&[1.0, f64::NAN], &[0.0, 0.0]).along.is_nan());
    }

    #[test]
    fn the_update_satisfies_the_secant_equation() {
        let n = 11;
        let s: Vec<f64> = (0..n).map(|i| 1.0 + i as f64).collect();
        let y: Vec<f64> = (0..n).map(|i| 2.0 + ((i * 7) % 5) as f64).collect();
        let mut h = vec![0.0; n * n];
        h.iter_mut().step_by(n + 1).for_each(|d| *d = 1.0);
        let (mut d, mut hy) = (vec![0.0; n], vec![0.0; n]);
        let (rho, yhy) = (1.0 / dot(&s, &y), dot(&y, &y));
        dispatch(BfgsUpdate { h: &mut h, s: &s, u: &y, rho, yhy, g: &y, d: &mut d });
        mat_vec(&h, &y, &mut hy);
        for i in 0..n {
            assert!((hy[i] - s[i]).abs() < 1e-13 * s[i].abs(), "H y = s");
            assert!((d[i] + s[i]).abs() < 1e-13 * s[i].abs(), "and the direction uses the new H");
        }
    }
}
