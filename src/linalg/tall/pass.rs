//! One pass over a panel and a basis: transform, subtract, and take inner products.

use super::{Block, Panel, THREADED, row_ranges, row_times};
use crate::array::{try_filled, try_with_capacity};
use crate::error::Result;
use crate::simd::{self, Kernel, Simd};
use crate::threads;

/// What is done to a panel `Z`, in this order, in one pass over it and the basis.
#[derive(Clone, Copy)]
pub(super) struct Pass<'a, const W: usize> {
    /// `Z ← Z T`.
    pub transform: Option<&'a Block<W>>,
    /// `Z ← Z − Σ V_p H_p`.
    pub subtract: &'a [(&'a Panel<W>, Block<W>)],
    /// Panels whose inner products with `Z` are wanted.
    pub against: &'a [&'a Panel<W>],
}

/// Inner products after a pass.
#[derive(Debug)]
pub(super) struct Products<const W: usize> {
    /// `V_pᵀ Z` for every panel of `against`.
    pub basis: Vec<Block<W>>,
    /// `Zᵀ Z`.
    pub gram: Block<W>,
}

impl<const W: usize> Products<W> {
    fn zeros(panels: usize) -> Result<Self> {
        Ok(Products { basis: try_filled(panels, [[0.0; W]; W])?, gram: [[0.0; W]; W] })
    }

    fn add(&mut self, other: &Self) {
        let pairs = self.basis.iter_mut().zip(&other.basis);
        for (a, b) in pairs.chain([(&mut self.gram, &other.gram)]) {
            a.as_flattened_mut().iter_mut().zip(b.as_flattened()).for_each(|(a, b)| *a += b);
        }
    }
}

impl<const W: usize> Pass<'_, W> {
    pub fn run(self, z: &mut Panel<W>) -> Result<Products<W>> {
        let rows = z.rows().len();
        let work = rows * W * W * (1 + self.subtract.len() + self.against.len());
        let ranges = row_ranges(rows);
        let mut tasks = try_with_capacity(ranges.len())?;
        let mut rest = z.rows_mut();
        for range in ranges {
            let (z, tail) = rest.split_at_mut(range.len());
            rest = tail;
            let out = Products::zeros(self.against.len())?;
            tasks.push(Part { pass: self, first: range.start, z, out });
        }
        let mut sums = Products::zeros(self.against.len())?;
        for part in threads::map(tasks, work > THREADED, simd::dispatch) {
            sums.add(&part);
        }
        Ok(sums)
    }
}

/// Rows that are done with all panels before the next ones: they stay in the first-level cache.
const CHUNK: usize = 128;

struct Part<'a, 'b, const W: usize> {
    pass: Pass<'a, W>,
    first: usize,
    z: &'b mut [[f64; W]],
    out: Products<W>,
}

impl<const W: usize> Kernel for Part<'_, '_, W> {
    type Output = Products<W>;

    #[inline(always)]
    fn run<S: Simd>(self) -> Products<W> {
        let Part { pass, mut first, z, mut out } = self;
        for z in z.chunks_mut(CHUNK) {
            if let Some(t) = pass.transform {
                transform::<S, W>(z, t);
            }
            for (v, h) in pass.subtract {
                subtract::<S, W>(&v.rows()[first..first + z.len()], h, z);
            }
            for (v, h) in pass.against.iter().zip(&mut out.basis) {
                inner::<S, W>(&v.rows()[first..first + z.len()], z, h);
            }
            inner::<S, W>(z, z, &mut out.gram);
            first += z.len();
        }
        out
    }
}

/// `Z ← Z T`.
#[inline(always)]
fn transform<S: Simd, const W: usize>(z: &mut [[f64; W]], t: &Block<W>) {
    let t = *t;
    for z in z {
        *z = row_times::<S, W>([0.0; W], z, &t);
    }
}

/// `Z ← Z − V H`.
#[inline(always)]
fn subtract<S: Simd, const W: usize>(v: &[[f64; W]], h: &Block<W>, z: &mut [[f64; W]]) {
    let minus = h.map(|row| row.map(|x| -x));
    for (v, z) in v.iter().zip(z) {
        *z = row_times::<S, W>(*z, v, &minus);
    }
}

/// `H ← H + Vᵀ Z`.
#[inline(always)]
fn inner<S: Simd, const W: usize>(v: &[[f64; W]], z: &[[f64; W]], h: &mut Block<W>) {
    // As many rows of H at once as stay in registers.
    if W.is_multiple_of(8) && S::LANES >= 8 {
        inner_rows::<S, W, 8>(v, z, h);
    } else if W.is_multiple_of(4) {
        inner_rows::<S, W, 4>(v, z, h);
    } else {
        inner_rows::<S, W, 1>(v, z, h);
    }
}

#[inline(always)]
fn inner_rows<S: Simd, const W: usize, const L: usize>(
    v: &[[f64; W]],
    z: &[[f64; W]],
    h: &mut Block<W>,
) {
    for begin in (0..W).step_by(L) {
        let mut sums = [[0.0; W]; L];
        for (v, z) in v.iter().zip(z) {
            for l in 0..L {
                for c in 0..W {
                    sums[l][c] = S::mul_add(v[begin + l], z[c], sums[l][c]);
                }
            }
        }
        for l in 0..L {
            for c in 0..W {
                h[begin + l][c] += sums[l][c];
            }
        }
    }
}
