//! Linear combinations of a basis: `V C` in place, and into new panels.

use super::{Block, Panel, THREADED, row_ranges, row_times};
use crate::array::{try_filled, try_with_capacity};
use crate::error::Result;
use crate::linalg::Matrix;
use crate::simd::{self, Kernel, Simd};
use crate::threads;

/// Replaces the basis `V` by the first panels of `V C`: as many as the columns of `C` fill, the last one
/// filled up with zeros; the panels behind are as they were.
///
/// Panics unless `C` has a row for each vector and no more columns than rows.
pub fn rotate<const W: usize>(basis: &mut [Panel<W>], c: &Matrix) -> Result<()> {
    assert!(c.rows() == basis.len() * W && c.cols() <= c.rows());
    let Some(rows) = basis.first().map(|p| p.rows().len()) else { return Ok(()) };
    let coefficients = by_panels(c)?;
    let work = rows.saturating_mul(c.rows()).saturating_mul(c.cols());
    let ranges = row_ranges(rows);
    let mut tasks: Vec<Vec<&mut [[f64; W]]>> = try_with_capacity(ranges.len())?;
    for _ in &ranges {
        tasks.push(try_with_capacity(basis.len())?);
    }
    for panel in basis.iter_mut() {
        let mut rest = panel.rows_mut();
        for (range, task) in ranges.iter().zip(&mut tasks) {
            let (head, tail) = rest.split_at_mut(range.len());
            task.push(head);
            rest = tail;
        }
    }
    let panels = c.cols().div_ceil(W);
    threads::for_each(tasks, work > THREADED, |mut basis| {
        simd::dispatch(Rotate { basis: &mut basis, coefficients: &coefficients, panels });
    });
    Ok(())
}

/// `V C` in new panels: as many as the columns of `C` fill, the last one filled up with zeros.
pub fn combine<const W: usize>(basis: &[Panel<W>], c: &Matrix) -> Result<Vec<Panel<W>>> {
    assert!(c.rows() == basis.len() * W);
    let Some(rows) = basis.first().map(|p| p.rows().len()) else { return Ok(Vec::new()) };
    let coefficients = by_panels(c)?;
    let work = rows.saturating_mul(c.rows()).saturating_mul(c.cols());
    let mut out = Vec::new();
    for q in 0..c.cols().div_ceil(W) {
        let mut panel = Panel::zeros(rows)?;
        let mut rest = panel.rows_mut();
        let mut tasks = Vec::new();
        for range in row_ranges(rows) {
            let (head, tail) = rest.split_at_mut(range.len());
            tasks.push((range.start, head));
            rest = tail;
        }
        let coefficients = &coefficients[q * basis.len() * W..][..basis.len() * W];
        threads::for_each(tasks, work > THREADED, |(first, out)| {
            simd::dispatch(Combine { basis, coefficients, first, out });
        });
        out.push(panel);
    }
    Ok(out)
}

/// For each panel of the result, a row of `W` coefficients per vector of the basis.
fn by_panels<const W: usize>(c: &Matrix) -> Result<Vec<[f64; W]>> {
    let panels = c.cols().div_ceil(W);
    let mut out = try_filled(panels * c.rows(), [0.0; W])?;
    for j in 0..c.cols() {
        for (i, &x) in c.col(j).iter().enumerate() {
            out[(j / W) * c.rows() + i][j % W] = x;
        }
    }
    Ok(out)
}

/// Rows that are worked on at a stretch: those of the whole basis stay in the first-level cache.
const CHUNK: usize = 32;

struct Rotate<'a, 'b, const W: usize> {
    basis: &'b mut [&'a mut [[f64; W]]],
    coefficients: &'b [[f64; W]],
    panels: usize,
}

impl<const W: usize> Kernel for Rotate<'_, '_, W> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        let Rotate { basis, coefficients, panels } = self;
        let rows = basis[0].len();
        let mut new = vec![[[0.0; W]; CHUNK]; panels];
        for first in (0..rows).step_by(CHUNK) {
            let len = CHUNK.min(rows - first);
            for (new, c) in new.iter_mut().zip(coefficients.chunks_exact(basis.len() * W)) {
                new.fill([0.0; W]);
                for (v, c) in basis.iter().zip(c.as_chunks::<W>().0) {
                    accumulate::<S, W>(&v[first..first + len], c, &mut new[..len]);
                }
            }
            for (new, v) in new.iter().zip(basis.iter_mut()) {
                v[first..first + len].copy_from_slice(&new[..len]);
            }
        }
    }
}

struct Combine<'a, 'b, const W: usize> {
    basis: &'a [Panel<W>],
    coefficients: &'a [[f64; W]],
    first: usize,
    out: &'b mut [[f64; W]],
}

impl<const W: usize> Kernel for Combine<'_, '_, W> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        let Combine { basis, coefficients, mut first, out } = self;
        for out in out.chunks_mut(CHUNK) {
            for (v, c) in basis.iter().zip(coefficients.as_chunks::<W>().0) {
                accumulate::<S, W>(&v.rows()[first..first + out.len()], c, out);
            }
            first += out.len();
        }
    }
}

/// `Y ← Y + V C` for a few rows.
#[inline(always)]
fn accumulate<S: Simd, const W: usize>(v: &[[f64; W]], c: &Block<W>, y: &mut [[f64; W]]) {
    let c = *c;
    for (v, y) in v.iter().zip(y) {
        *y = row_times::<S, W>(*y, v, &c);
    }
}
