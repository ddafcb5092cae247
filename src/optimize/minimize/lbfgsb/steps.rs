//! Steps inside the bounds: the vector loops of the bounded method. Vectors are padded.

use super::history::TILE;
use crate::optimize::bounds::clip;
use crate::simd::{Kernel, Simd, dispatch};

fn tiles(v: &[f64]) -> &[[f64; TILE]] {
    v.as_chunks::<TILE>().0
}

fn tiles_mut(v: &mut [f64]) -> &mut [[f64; TILE]] {
    v.as_chunks_mut::<TILE>().0
}

/// Lower and upper bounds.
type Sides<'a> = (&'a [f64], &'a [f64]);

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Direction {
    /// g · d.
    pub slope: f64,
    /// The largest component.
    pub d_max: f64,
    /// How far it may be followed inside the bounds.
    pub longest: f64,
}

/// `d = z − x`.
pub(super) fn towards(
    z: &[f64],
    x: &[f64],
    g: &[f64],
    (lower, upper): Sides<'_>,
    d: &mut [f64],
) -> Direction {
    dispatch(Towards { z, x, g, lower, upper, d })
}

struct Towards<'a> {
    z: &'a [f64],
    x: &'a [f64],
    g: &'a [f64],
    lower: &'a [f64],
    upper: &'a [f64],
    d: &'a mut [f64],
}

impl Kernel for Towards<'_> {
    type Output = Direction;
    #[inline(always)]
    fn run<S: Simd>(self) -> Direction {
        let (mut slope, mut max, mut longest) = ([0.0; TILE], [0.0; TILE], [f64::INFINITY; TILE]);
        let inputs = tiles(self.z).iter().zip(tiles(self.x)).zip(tiles(self.g));
        let sides = tiles(self.lower).iter().zip(tiles(self.upper));
        for (((z, x), g), ((lower, upper), d)) in inputs.zip(sides.zip(tiles_mut(self.d))) {
            for l in 0..TILE {
                let step = z[l] - x[l];
                d[l] = step;
                slope[l] = S::mul_add(step, g[l], slope[l]);
                max[l] = if step.abs() > max[l] { step.abs() } else { max[l] };
                let bound = if step < 0.0 { lower[l] } else { upper[l] };
                let room = (bound - x[l]) / step;
                let room = if step == 0.0 { f64::INFINITY } else { room };
                longest[l] = if room < longest[l] { room } else { longest[l] };
            }
        }
        Direction {
            slope: slope.into_iter().sum(),
            d_max: max.into_iter().fold(0.0, f64::max),
            longest: longest.into_iter().fold(f64::INFINITY, f64::min),
        }
    }
}

/// `out = x + t d`, inside the bounds.
pub(super) fn bounded_step(
    x: &[f64],
    t: f64,
    d: &[f64],
    (lower, upper): Sides<'_>,
    out: &mut [f64],
) {
    dispatch(BoundedStep { x, t, d, lower, upper, out });
}

struct BoundedStep<'a> {
    x: &'a [f64],
    t: f64,
    d: &'a [f64],
    lower: &'a [f64],
    upper: &'a [f64],
    out: &'a mut [f64],
}

impl Kernel for BoundedStep<'_> {
    type Output = ();
    #[inline(always)]
    fn run<S: Simd>(self) {
        let sides = self.lower.iter().zip(self.upper);
        for (((&x, &d), (&l, &u)), out) in self.x.iter().zip(self.d).zip(sides).zip(self.out) {
            *out = clip(S::mul_add(self.t, d, x), l, u);
        }
    }
}

/// The largest component of the projected gradient: of x − P(x − g).
pub(super) fn projected_gradient_max(x: &[f64], g: &[f64], (lower, upper): Sides<'_>) -> f64 {
    dispatch(ProjectedMax { x, g, lower, upper })
}

struct ProjectedMax<'a> {
    x: &'a [f64],
    g: &'a [f64],
    lower: &'a [f64],
    upper: &'a [f64],
}

impl Kernel for ProjectedMax<'_> {
    type Output = f64;
    #[inline(always)]
    fn run<S: Simd>(self) -> f64 {
        let mut max = [0.0; TILE];
        let sides = tiles(self.lower).iter().zip(tiles(self.upper));
        for ((x, g), (lower, upper)) in tiles(self.x).iter().zip(tiles(self.g)).zip(sides) {
            for l in 0..TILE {
                let room = if g[l] < 0.0 { upper[l] - x[l] } else { x[l] - lower[l] };
                let size = g[l].abs();
                let size = if room < size { room } else { size };
                max[l] = if size > max[l] { size } else { max[l] };
            }
        }
        max.into_iter().fold(0.0, f64::max)
    }
}

/// `out = P(z + r)`. Returns whether that is cut anywhere, and (out − x) · g.
pub(super) fn project(
    z: &[f64],
    r: &[f64],
    (x, g): (&[f64], &[f64]),
    (lower, upper): Sides<'_>,
    out: &mut [f64],
) -> (bool, f64) {
    dispatch(Project { z, r, x, g, lower, upper, out })
}

struct Project<'a> {
    z: &'a [f64],
    r: &'a [f64],
    x: &'a [f64],
    g: &'a [f64],
    lower: &'a [f64],
    upper: &'a [f64],
    out: &'a mut [f64],
}

impl Kernel for Project<'_> {
    type Output = (bool, f64);
    #[inline(always)]
    fn run<S: Simd>(self) -> (bool, f64) {
        let (mut cut, mut slope) = ([0.0; TILE], [0.0; TILE]);
        let inputs = tiles(self.z).iter().zip(tiles(self.r)).zip(tiles(self.x)).zip(tiles(self.g));
        let sides = tiles(self.lower).iter().zip(tiles(self.upper));
        for ((((z, r), x), g), ((lower, upper), out)) in inputs.zip(sides.zip(tiles_mut(self.out)))
        {
            for l in 0..TILE {
                let wish = z[l] + r[l];
                let to = clip(wish, lower[l], upper[l]);
                cut[l] = if to != wish { 1.0 } else { cut[l] };
                slope[l] = S::mul_add(to - x[l], g[l], slope[l]);
                out[l] = to;
            }
        }
        (cut.contains(&1.0), slope.into_iter().sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INF: f64 = f64::INFINITY;

    #[test]
    fn directions_know_their_room() {
        let (x, z) = ([0.0; 8], [1.0, -1.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0]);
        let (lower, upper) = ([-4.0; 8], [3.0; 8]);
        let mut d = [0.0; 8];
        let got = towards(&z, &x, &[1.0; 8], (&lower, &upper), &mut d);
        assert_eq!(got, Direction { slope: 2.0, d_max: 2.0, longest: 1.5 });
        assert_eq!(d, z);
    }

    #[test]
    fn projections() {
        let (lower, upper) = ([0.0; 8], [INF, INF, 1.0, 1.0, INF, INF, INF, INF]);
        let x = [0.0, 0.5, 1.0, 0.9, 0.0, 0.0, 0.0, 0.0];
        let g = [5.0, 2.0, -7.0, -3.0, 0.0, 0.0, 0.0, 0.0];
        assert_eq!(projected_gradient_max(&x, &g, (&lower, &upper)), 0.5);
        let mut out = [0.0; 8];
        let r = [-1.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        assert_eq!(project(&x, &r, (&x, &g), (&lower, &upper), &mut out), (true, 1.0));
        assert_eq!(out[..2], [0.0, 1.0]);
        bounded_step(&x, 2.0, &r, (&lower, &upper), &mut out);
        assert_eq!(out[..2], [0.0, 1.5]);
    }
}
