//! Blocks with other strides than rows in order: column-major ones, reversed ones, any.
//!
//! Some columns at a time are copied to rows, because a product takes a whole row
//! of X per entry of the matrix.

use crate::array::{MatMut, MatRef, checked_size, try_filled};
use crate::error::Result;
use crate::threads;

/// Columns per copy: as many as the kernels take at once.
const PACK: usize = super::BLOCK;

/// Rows that are copied at a stretch.
const ROWS: usize = 64;

/// Rows that are worth a thread.
const GRAIN: usize = 1 << 14;

/// Calls `product(X, Y, cols)` with row-major copies of a few columns at a time.
pub(super) fn by_blocks(
    x: MatRef<'_>,
    mut y: MatMut<'_>,
    mut product: impl FnMut((&[f64], usize), (&mut [f64], usize), usize) -> Result<()>,
) -> Result<()> {
    let cols = x.cols();
    let width = cols.min(PACK);
    let mut px = try_filled(checked_size(x.rows(), width)?, 0.0)?;
    let mut py = try_filled(checked_size(y.rows(), width)?, 0.0)?;
    for begin in (0..cols).step_by(PACK) {
        let width = width.min(cols - begin);
        let (px, py) = (&mut px[..x.rows() * width], &mut py[..y.rows() * width]);
        pack(x, begin, px, width);
        product((px, width), (py, width), width)?;
        unpack(py, width, &mut y, begin);
    }
    Ok(())
}

/// Copies columns from `begin` on to rows of `width`.
fn pack(x: MatRef<'_>, begin: usize, rows: &mut [f64], width: usize) {
    let columns = x.t();
    let chunks = rows.chunks_mut(GRAIN * width).enumerate().collect();
    threads::for_each(chunks, true, |(chunk, rows): (usize, &mut [f64])| {
        for (k, rows) in rows.chunks_mut(ROWS * width).enumerate() {
            let first = chunk * GRAIN + k * ROWS;
            let count = rows.len() / width;
            for c in 0..width {
                let places = rows[c..].iter_mut().step_by(width);
                match columns.row(begin + c) {
                    Some(column) => {
                        places.zip(&column[first..first + count]).for_each(|(p, &v)| *p = v);
                    }
                    None => {
                        places.enumerate().for_each(|(i, p)| *p = x.get(first + i, begin + c));
                    }
                }
            }
        }
    });
}

/// Copies rows of `width` to columns from `begin` on.
fn unpack(rows: &[f64], width: usize, y: &mut MatMut<'_>, begin: usize) {
    let mut columns = y.reborrow().t();
    for (k, rows) in rows.chunks(ROWS * width).enumerate() {
        let (first, count) = (k * ROWS, rows.len() / width);
        for c in 0..width {
            let values = rows[c..].iter().step_by(width);
            match columns.row_mut(begin + c) {
                Some(column) => {
                    column[first..first + count].iter_mut().zip(values).for_each(|(p, &v)| *p = v);
                }
                None => {
                    let places = first..first + count;
                    places.zip(values).for_each(|(i, &v)| columns.set(begin + c, i, v));
                }
            }
        }
    }
}
