//! The last pairs of steps s and gradient changes y, and the sweeps over them.
//!
//! Everything that a limited-memory method does with its pairs is a product of S or Y with a vector, and
//! for many variables it costs what it costs to read them. So they are stored in tiles: eight variables,
//! and of these all pairs,
//!
//! ```text
//!   tile 0: s0[0..8] y0[0..8] s1[0..8] y1[0..8] …   tile 1: s0[8..16] y0[8..16] …
//! ```
//!
//! and each sweep does all that is possible while a tile is at hand. The newest pair is written in the
//! sweep that first multiplies with it.
//!
//! Vectors are padded with zeros to whole tiles ([`padded`]); products with the padding vanish.

use crate::array::{checked_size, try_filled};
use crate::error::{Error, Result};
use crate::simd::{Kernel, Simd, dispatch};

/// Variables in a tile.
pub(super) const TILE: usize = 8;
/// Tiles that are read while they stay in the first cache.
const BLOCK: usize = 16;

type Lanes = [f64; TILE];

/// The length of a vector of `n` with its padding.
pub(super) fn padded(n: usize) -> Result<usize> {
    n.checked_next_multiple_of(TILE).ok_or(Error::OutOfMemory { bytes: usize::MAX })
}

/// A vector of zeros, padded.
pub(super) fn vector(n: usize) -> Result<Vec<f64>> {
    try_filled(padded(n)?, 0.0)
}

fn tiles(v: &[f64]) -> &[Lanes] {
    v.as_chunks::<TILE>().0
}

fn tiles_mut(v: &mut [f64]) -> &mut [Lanes] {
    v.as_chunks_mut::<TILE>().0
}

#[inline(always)]
fn fold(lanes: &Lanes) -> f64 {
    let [a, b, c, d, e, f, g, h] = *lanes;
    ((a + e) + (b + f)) + ((c + g) + (d + h))
}

/// A product of one pair with two vectors u and v.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Products {
    pub su: f64,
    pub yu: f64,
    pub sv: f64,
    pub yv: f64,
}

/// Which half of the newest pair a sweep multiplies with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Newest {
    S,
    Y,
}

/// The newest pair: s = t d, y = g − g_old.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair<'a> {
    pub t: f64,
    pub d: &'a [f64],
    pub g: &'a [f64],
    pub g_old: &'a [f64],
}

/// The pairs.
#[derive(Debug)]
pub(super) struct History {
    capacity: usize,
    len: usize,
    /// Where the oldest pair is.
    head: usize,
    w: Vec<f64>,
    /// Sums in the making, six per pair.
    sums: Vec<Lanes>,
}

impl History {
    pub fn new(n: usize, capacity: usize) -> Result<Self> {
        let tile = checked_size(capacity, 2)?;
        Ok(History {
            capacity,
            len: 0,
            head: 0,
            w: try_filled(checked_size(padded(n)?, tile)?, 0.0)?,
            sums: try_filled(checked_size(capacity, 6)?, [0.0; TILE])?,
        })
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_full(&self) -> bool {
        self.len == self.capacity
    }

    pub fn clear(&mut self) {
        self.len = 0;
        self.head = 0;
    }

    /// Where the k-th oldest pair is.
    #[inline(always)]
    fn slot(&self, k: usize) -> usize {
        let slot = self.head + k;
        if slot >= self.capacity { slot - self.capacity } else { slot }
    }

    /// Component i of the k-th oldest pair, s and y.
    pub fn row(&self, i: usize, k: usize) -> (f64, f64) {
        let at = (i / TILE * self.capacity + self.slot(k)) * 2 * TILE + i % TILE;
        (self.w[at], self.w[at + TILE])
    }

    /// Adds a pair, in place of the oldest if there is no room, and multiplies all pairs with one half of
    /// it (u) and with `v`. Returns y · y; `out` is by age.
    pub fn push(&mut self, pair: Pair<'_>, newest: Newest, v: &[f64], out: &mut [Products]) -> f64 {
        if self.is_full() {
            self.head = self.slot(1);
        } else {
            self.len += 1;
        }
        let slot = self.slot(self.len - 1);
        let yy = dispatch(Push {
            w: tiles_mut(&mut self.w),
            stride: 2 * self.capacity,
            slot,
            half: usize::from(newest == Newest::Y),
            pair,
            v,
            sums: &mut self.sums[..4 * self.len],
        });
        self.read_products(out);
        yy
    }

    /// Multiplies all pairs with `v`; `out` is by age and its products with u mean nothing.
    pub fn multiply(&mut self, v: &[f64], out: &mut [Products]) {
        dispatch(Multiply {
            w: tiles(&self.w),
            stride: 2 * self.capacity,
            v,
            sums: &mut self.sums[..4 * self.len],
        });
        self.read_products(out);
    }

    fn read_products(&self, out: &mut [Products]) {
        for (k, out) in out[..self.len].iter_mut().enumerate() {
            let at = 4 * self.slot(k);
            let sums = &self.sums[at..at + 4];
            *out = Products {
                su: fold(&sums[0]),
                yu: fold(&sums[1]),
                sv: fold(&sums[2]),
                yv: fold(&sums[3]),
            };
        }
    }

    /// Scatters coefficients by age to coefficients by place, s and y in turn.
    fn place(&self, s: &[f64], y: &[f64], coefficients: &mut [f64]) {
        for k in 0..self.len {
            let slot = self.slot(k);
            coefficients[2 * slot] = s[k];
            coefficients[2 * slot + 1] = y[k];
        }
    }

    /// `d = c g + S a + Y b` and `next = x + d`. Returns g · d and the largest component of d.
    pub fn combine(&self, c: f64, a: &[f64], b: &[f64], to: Combine<'_>) -> (f64, f64) {
        self.place(a, b, to.coefficients);
        dispatch(CombineKernel {
            w: tiles(&self.w),
            stride: 2 * self.capacity,
            coefficients: &to.coefficients[..2 * self.len],
            c,
            g: to.g,
            x: to.x,
            d: to.d,
            next: to.next,
        })
    }

    /// The sweep of the subspace minimisation, see [`Restrict`]. `out` is by age.
    pub fn restrict(
        &mut self,
        a: &[f64],
        b: &[f64],
        newest: usize,
        to: Restrict<'_>,
        out: &mut [Restricted],
    ) {
        self.place(a, b, to.coefficients);
        dispatch(RestrictKernel {
            w: tiles(&self.w),
            stride: 2 * self.capacity,
            slot: self.slot(newest),
            to,
            sums: &mut self.sums[..6 * self.len],
        });
        for (k, out) in out[..self.len].iter_mut().enumerate() {
            let at = 6 * self.slot(k);
            let sums = &self.sums[at..at + 6];
            *out = Restricted {
                ss_fixed: fold(&sums[0]),
                ys_fixed: fold(&sums[1]),
                sy_free: fold(&sums[2]),
                yy_free: fold(&sums[3]),
                sr: fold(&sums[4]),
                yr: fold(&sums[5]),
            };
        }
    }

    /// `d = c r + S a + Y b` where `free`, 0 elsewhere; `d` takes the place of `r`.
    pub fn combine_free(
        &self,
        c: f64,
        a: &[f64],
        b: &[f64],
        coefficients: &mut [f64],
        free: &[f64],
        r: &mut [f64],
    ) {
        self.place(a, b, coefficients);
        dispatch(CombineFree {
            w: tiles(&self.w),
            stride: 2 * self.capacity,
            coefficients: &coefficients[..2 * self.len],
            c,
            free,
            r,
        });
    }
}

struct Push<'a> {
    w: &'a mut [Lanes],
    stride: usize,
    slot: usize,
    half: usize,
    pair: Pair<'a>,
    v: &'a [f64],
    sums: &'a mut [Lanes],
}

impl Kernel for Push<'_> {
    type Output = f64;
    #[inline(always)]
    fn run<S: Simd>(self) -> f64 {
        let Push { w, stride, slot, half, pair, v, sums } = self;
        let (d, g, g_old, v) = (tiles(pair.d), tiles(pair.g), tiles(pair.g_old), tiles(v));
        let mut yy = [0.0; TILE];
        sums.fill([0.0; TILE]);
        for (block, first) in w.chunks_mut(BLOCK * stride).zip((0..).step_by(BLOCK)) {
            for (tile, i) in block.chunks_exact_mut(stride).zip(first..) {
                let mut y = [0.0; TILE];
                for l in 0..TILE {
                    tile[2 * slot][l] = pair.t * d[i][l];
                    y[l] = g[i][l] - g_old[i][l];
                    yy[l] = S::mul_add(y[l], y[l], yy[l]);
                }
                tile[2 * slot + 1] = y;
            }
            let v = &v[first..];
            for (j, sums) in sums.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                let [mut su, mut yu, mut sv, mut yv] = *sums;
                for (tile, v) in block.chunks_exact(stride).zip(v) {
                    let (s, y, u) = (&tile[2 * j], &tile[2 * j + 1], &tile[2 * slot + half]);
                    for l in 0..TILE {
                        su[l] = S::mul_add(s[l], u[l], su[l]);
                        yu[l] = S::mul_add(y[l], u[l], yu[l]);
                        sv[l] = S::mul_add(s[l], v[l], sv[l]);
                        yv[l] = S::mul_add(y[l], v[l], yv[l]);
                    }
                }
                *sums = [su, yu, sv, yv];
            }
        }
        fold(&yy)
    }
}

struct Multiply<'a> {
    w: &'a [Lanes],
    stride: usize,
    v: &'a [f64],
    sums: &'a mut [Lanes],
}

impl Kernel for Multiply<'_> {
    type Output = ();
    #[inline(always)]
    fn run<S: Simd>(self) {
        let Multiply { w, stride, v, sums } = self;
        sums.fill([0.0; TILE]);
        for (block, v) in w.chunks(BLOCK * stride).zip(tiles(v).chunks(BLOCK)) {
            for (j, sums) in sums.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                let [_, _, mut sv, mut yv] = *sums;
                for (tile, v) in block.chunks_exact(stride).zip(v) {
                    for l in 0..TILE {
                        sv[l] = S::mul_add(tile[2 * j][l], v[l], sv[l]);
                        yv[l] = S::mul_add(tile[2 * j + 1][l], v[l], yv[l]);
                    }
                }
                (sums[2], sums[3]) = (sv, yv);
            }
        }
    }
}

/// Where [`History::combine`] reads and writes.
pub(super) struct Combine<'a> {
    pub coefficients: &'a mut [f64],
    pub g: &'a [f64],
    pub x: &'a [f64],
    pub d: &'a mut [f64],
    pub next: &'a mut [f64],
}

struct CombineKernel<'a> {
    w: &'a [Lanes],
    stride: usize,
    coefficients: &'a [f64],
    c: f64,
    g: &'a [f64],
    x: &'a [f64],
    d: &'a mut [f64],
    next: &'a mut [f64],
}

/// The linear combination of the vectors in a tile.
#[inline(always)]
fn combination<S: Simd>(start: Lanes, tile: &[Lanes], coefficients: &[f64]) -> Lanes {
    // Two sums, as one would wait for itself.
    let mut even = start;
    let mut odd = [0.0; TILE];
    for (w, c) in tile.as_chunks::<2>().0.iter().zip(coefficients.as_chunks::<2>().0) {
        for l in 0..TILE {
            even[l] = S::mul_add(c[0], w[0][l], even[l]);
            odd[l] = S::mul_add(c[1], w[1][l], odd[l]);
        }
    }
    for l in 0..TILE {
        even[l] += odd[l];
    }
    even
}

impl Kernel for CombineKernel<'_> {
    type Output = (f64, f64);
    #[inline(always)]
    fn run<S: Simd>(self) -> (f64, f64) {
        let (mut gd, mut max) = ([0.0; TILE], [0.0; TILE]);
        let out = tiles_mut(self.d).iter_mut().zip(tiles_mut(self.next));
        let inputs = tiles(self.g).iter().zip(tiles(self.x));
        let rows = self.w.chunks_exact(self.stride);
        for ((tile, (g, x)), (d, next)) in rows.zip(inputs).zip(out) {
            let sum = combination::<S>(g.map(|g| self.c * g), tile, self.coefficients);
            for l in 0..TILE {
                gd[l] = S::mul_add(sum[l], g[l], gd[l]);
                max[l] = if sum[l].abs() > max[l] { sum[l].abs() } else { max[l] };
                next[l] = x[l] + sum[l];
            }
            *d = sum;
        }
        (fold(&gd), max.into_iter().fold(0.0, |m, v| if v > m { v } else { m }))
    }
}

/// Where [`History::restrict`] reads and writes. With Z the free variables and A the others it makes
///
/// `r = Z'(−θ (z − x) − g + Y a + S b)`, the reduced gradient at the Cauchy point z (0 in A),
///
/// and the products of all pairs with r, with the newest s in A and with the newest y in Z.
pub(super) struct Restrict<'a> {
    pub coefficients: &'a mut [f64],
    pub theta: f64,
    /// 1 for a free variable, 0 for a fixed one.
    pub free: &'a [f64],
    pub x: &'a [f64],
    pub z: &'a [f64],
    pub g: &'a [f64],
    pub r: &'a mut [f64],
}

/// What [`History::restrict`] says of one pair (s, y), with the newest pair (s⁺, y⁺).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Restricted {
    /// s · s⁺ over the fixed variables.
    pub ss_fixed: f64,
    /// y · s⁺ over the fixed variables.
    pub ys_fixed: f64,
    /// s · y⁺ over the free variables.
    pub sy_free: f64,
    /// y · y⁺ over the free variables.
    pub yy_free: f64,
    /// s · r.
    pub sr: f64,
    /// y · r.
    pub yr: f64,
}

struct RestrictKernel<'a> {
    w: &'a [Lanes],
    stride: usize,
    slot: usize,
    to: Restrict<'a>,
    sums: &'a mut [Lanes],
}

impl Kernel for RestrictKernel<'_> {
    type Output = ();
    #[inline(always)]
    fn run<S: Simd>(self) {
        let RestrictKernel { w, stride, slot, to, sums } = self;
        let (free, x, z, g) = (tiles(to.free), tiles(to.x), tiles(to.z), tiles(to.g));
        let pairs = sums.len() / 6;
        let coefficients = &to.coefficients[..2 * pairs];
        sums.fill([0.0; TILE]);
        let blocks = w.chunks(BLOCK * stride).zip(tiles_mut(to.r).chunks_mut(BLOCK));
        for ((block, r), first) in blocks.zip((0..).step_by(BLOCK)) {
            for ((tile, r), i) in block.chunks_exact(stride).zip(r.iter_mut()).zip(first..) {
                let mut start = [0.0; TILE];
                for l in 0..TILE {
                    start[l] = S::mul_add(-to.theta, z[i][l] - x[i][l], -g[i][l]);
                }
                let sum = combination::<S>(start, tile, coefficients);
                for l in 0..TILE {
                    r[l] = sum[l] * free[i][l];
                }
            }
            let free = &free[first..];
            for (j, sums) in sums.as_chunks_mut::<6>().0.iter_mut().enumerate() {
                let [mut ssf, mut ysf, mut syz, mut yyz, mut sr, mut yr] = *sums;
                for ((tile, r), free) in block.chunks_exact(stride).zip(r.iter()).zip(free) {
                    let (s, y) = (&tile[2 * j], &tile[2 * j + 1]);
                    let (new_s, new_y) = (&tile[2 * slot], &tile[2 * slot + 1]);
                    for l in 0..TILE {
                        let fixed = (1.0 - free[l]) * new_s[l];
                        let moving = free[l] * new_y[l];
                        ssf[l] = S::mul_add(s[l], fixed, ssf[l]);
                        ysf[l] = S::mul_add(y[l], fixed, ysf[l]);
                        syz[l] = S::mul_add(s[l], moving, syz[l]);
                        yyz[l] = S::mul_add(y[l], moving, yyz[l]);
                        sr[l] = S::mul_add(s[l], r[l], sr[l]);
                        yr[l] = S::mul_add(y[l], r[l], yr[l]);
                    }
                }
                *sums = [ssf, ysf, syz, yyz, sr, yr];
            }
        }
    }
}

struct CombineFree<'a> {
    w: &'a [Lanes],
    stride: usize,
    coefficients: &'a [f64],
    c: f64,
    free: &'a [f64],
    r: &'a mut [f64],
}

impl Kernel for CombineFree<'_> {
    type Output = ();
    #[inline(always)]
    fn run<S: Simd>(self) {
        let rows = self.w.chunks_exact(self.stride);
        for ((tile, r), free) in rows.zip(tiles_mut(self.r)).zip(tiles(self.free)) {
            let sum = combination::<S>(r.map(|r| self.c * r), tile, self.coefficients);
            for l in 0..TILE {
                r[l] = sum[l] * free[l];
            }
        }
    }
}
