//! Blocks with other strides than rows in order: column-major ones, reversed ones, any.
//!
//! A few columns at a time are copied to rows that fit a cache line, because a product takes a whole row
//! of X per entry of the matrix.

use crate::array::{MatMut, MatRef, checked_size, try_filled};
use crate::error::Result;

/// Columns per copy: a cache line.
const PACK: usize = 8;

/// Calls `product(X, Y, cols)` with row-major copies of a few columns at a time.
pub(super) fn by_blocks(
    x: MatRef<'_>,
    mut y: MatMut<'_>,
    mut product: impl FnMut((&[f64], usize), (&mut [f64], usize), usize),
) -> Result<()> {
    let cols = x.cols();
    let width = cols.min(PACK);
    let mut px = try_filled(checked_size(x.rows(), width)?, 0.0)?;
    let mut py = try_filled(checked_size(y.rows(), width)?, 0.0)?;
    for begin in (0..cols).step_by(PACK) {
        let width = width.min(cols - begin);
        for (i, row) in px.chunks_exact_mut(width).enumerate().take(x.rows()) {
            for (c, v) in row.iter_mut().enumerate() {
                *v = x.get(i, begin + c);
            }
        }
        product((&px[..x.rows() * width], width), (&mut py[..y.rows() * width], width), width);
        for (i, row) in py.chunks_exact(width).enumerate().take(y.rows()) {
            for (c, &v) in row.iter().enumerate() {
                y.set(i, begin + c, v);
            }
        }
    }
    Ok(())
}
