//! How kernels reach into blocks of vectors: by rows or by columns.

use std::ops::Range;

use crate::simd::Simd;

/// A block of vectors to read.
pub(super) trait Input: Copy + Send + Sync {
    /// Most columns that are worth loading at once.
    const WIDEST: usize;
    /// `W` of its columns.
    type Source<const W: usize>: Source<W>;
    /// The block without its first `cols` columns.
    fn skip(self, cols: usize) -> Self;
    /// The columns from `col` on.
    fn source<const W: usize>(&self, col: usize) -> Self::Source<W>;
}

/// `W` neighbouring columns to read.
pub(super) trait Source<const W: usize>: Copy {
    /// Their elements in a row.
    fn load(&self, row: usize) -> [f64; W];
}

/// Some rows of a block of vectors to write.
pub(super) trait Output: Send {
    /// `W` of its columns.
    type Target<'b, const W: usize>: Target<W>
    where
        Self: 'b;
    /// The columns from `col` on.
    fn target<const W: usize>(&mut self, col: usize) -> Self::Target<'_, W>;
    /// Writes zeros to the first `cols` columns.
    fn clear(&mut self, cols: usize);
}

/// `W` neighbouring columns to write.
pub(super) trait Target<const W: usize> {
    /// Writes their elements in a row.
    fn store(&mut self, row: usize, values: [f64; W]);
    /// Adds `a * x` to their elements in a row. Tells whether there is such a row.
    fn add<S: Simd>(&mut self, row: usize, a: f64, x: [f64; W]) -> bool;
}

/// A block of vectors that can be cut by rows.
pub(super) trait Divide {
    /// Some of its rows.
    type Piece<'b>: Output
    where
        Self: 'b;
    /// The given ranges, which cover all rows in order, without the first `cols` columns.
    fn divide(
        &mut self,
        cols: usize,
        rows: impl Iterator<Item = Range<usize>>,
    ) -> Vec<Self::Piece<'_>>;
}

/// Rows that are `distance` apart, the elements of each next to each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows<'a> {
    pub data: &'a [f64],
    pub distance: usize,
}

/// Columns that are `distance` apart, the elements of each next to each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns<'a> {
    pub data: &'a [f64],
    pub distance: usize,
    /// Their length.
    pub rows: usize,
}

/// As [`Rows`], to write.
#[derive(Debug)]
pub(super) struct RowsMut<'a> {
    pub data: &'a mut [f64],
    pub distance: usize,
}

/// As [`Columns`], to write.
#[derive(Debug)]
pub(super) struct ColumnsMut<'a> {
    pub data: &'a mut [f64],
    pub distance: usize,
}

/// `W` columns, as long as each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct ColumnSource<'a, const W: usize>([&'a [f64]; W]);

/// As [`ColumnSource`], to write.
#[derive(Debug)]
pub(super) struct ColumnTarget<'a, const W: usize>([&'a mut [f64]; W]);

/// Some elements of each column.
#[derive(Debug)]
pub(super) struct ColumnPieces<'a>(Vec<&'a mut [f64]>);

impl<'a> Input for Rows<'a> {
    const WIDEST: usize = 32;
    type Source<const W: usize> = Rows<'a>;

    fn skip(self, cols: usize) -> Self {
        Rows { data: &self.data[cols.min(self.data.len())..], ..self }
    }

    #[inline(always)]
    fn source<const W: usize>(&self, col: usize) -> Self {
        self.skip(col)
    }
}

impl<const W: usize> Source<W> for Rows<'_> {
    #[inline(always)]
    fn load(&self, row: usize) -> [f64; W] {
        let start = row * self.distance;
        let mut values = [0.0; W];
        values.copy_from_slice(&self.data[start..start + W]);
        values
    }
}

impl<'a> Input for Columns<'a> {
    const WIDEST: usize = 8;
    type Source<const W: usize> = ColumnSource<'a, W>;

    fn skip(self, cols: usize) -> Self {
        Columns { data: &self.data[(cols * self.distance).min(self.data.len())..], ..self }
    }

    #[inline(always)]
    fn source<const W: usize>(&self, col: usize) -> ColumnSource<'a, W> {
        let column = |k| &self.data[(col + k) * self.distance..][..self.rows];
        ColumnSource(std::array::from_fn(column))
    }
}

impl<const W: usize> Source<W> for ColumnSource<'_, W> {
    #[inline(always)]
    fn load(&self, row: usize) -> [f64; W] {
        let mut values = [0.0; W];
        for k in 0..W {
            values[k] = self.0[k][row];
        }
        values
    }
}

impl Output for RowsMut<'_> {
    type Target<'b, const W: usize>
        = RowsMut<'b>
    where
        Self: 'b;

    #[inline(always)]
    fn target<const W: usize>(&mut self, col: usize) -> RowsMut<'_> {
        let col = col.min(self.data.len());
        RowsMut { data: &mut self.data[col..], distance: self.distance }
    }

    fn clear(&mut self, cols: usize) {
        for row in self.data.chunks_mut(self.distance) {
            row[..cols].fill(0.0);
        }
    }
}

impl<const W: usize> Target<W> for RowsMut<'_> {
    #[inline(always)]
    fn store(&mut self, row: usize, values: [f64; W]) {
        let start = row * self.distance;
        self.data[start..start + W].copy_from_slice(&values);
    }

    #[inline(always)]
    fn add<S: Simd>(&mut self, row: usize, a: f64, x: [f64; W]) -> bool {
        // Rows before the first are numbers near the largest, which wrap to places far behind the last.
        let start = row.wrapping_mul(self.distance);
        let Some(y) = self.data.get_mut(start..start.wrapping_add(W)) else { return false };
        for k in 0..W {
            y[k] = S::mul_add(a, x[k], y[k]);
        }
        true
    }
}

impl Divide for RowsMut<'_> {
    type Piece<'b>
        = RowsMut<'b>
    where
        Self: 'b;

    fn divide(
        &mut self,
        cols: usize,
        rows: impl Iterator<Item = Range<usize>>,
    ) -> Vec<RowsMut<'_>> {
        let distance = self.distance;
        let cols = cols.min(self.data.len());
        let mut rest = &mut self.data[cols..];
        let piece = |rows: Range<usize>| {
            // Behind the last row there is no gap.
            let len = (rows.len() * distance).min(rest.len());
            RowsMut { data: cut_off(&mut rest, len), distance }
        };
        rows.map(piece).collect()
    }
}

impl Output for ColumnPieces<'_> {
    type Target<'b, const W: usize>
        = ColumnTarget<'b, W>
    where
        Self: 'b;

    #[inline(always)]
    fn target<const W: usize>(&mut self, col: usize) -> ColumnTarget<'_, W> {
        let rows = self.0[col].len();
        let mut columns = self.0[col..].iter_mut();
        let mut next = || columns.next().map(|c| &mut c[..rows]).unwrap_or_default();
        ColumnTarget(std::array::from_fn(|_| next()))
    }

    fn clear(&mut self, cols: usize) {
        self.0.iter_mut().take(cols).for_each(|c| c.fill(0.0));
    }
}

impl<const W: usize> Target<W> for ColumnTarget<'_, W> {
    #[inline(always)]
    fn store(&mut self, row: usize, values: [f64; W]) {
        for k in 0..W {
            self.0[k][row] = values[k];
        }
    }

    #[inline(always)]
    fn add<S: Simd>(&mut self, row: usize, a: f64, x: [f64; W]) -> bool {
        for k in 0..W {
            let Some(y) = self.0[k].get_mut(row) else { return false };
            *y = S::mul_add(a, x[k], *y);
        }
        true
    }
}

impl Divide for ColumnsMut<'_> {
    type Piece<'b>
        = ColumnPieces<'b>
    where
        Self: 'b;

    fn divide(
        &mut self,
        cols: usize,
        rows: impl Iterator<Item = Range<usize>>,
    ) -> Vec<ColumnPieces<'_>> {
        let skipped = (cols * self.distance).min(self.data.len());
        let mut rest: Vec<&mut [f64]> = self.data[skipped..].chunks_mut(self.distance).collect();
        let piece = |rows: Range<usize>| {
            let cut = |c| cut_off(c, rows.len());
            ColumnPieces(rest.iter_mut().map(cut).collect())
        };
        rows.map(piece).collect()
    }
}

/// The first `len` elements, which are taken from the slice.
fn cut_off<'a>(slice: &mut &'a mut [f64], len: usize) -> &'a mut [f64] {
    slice.split_off_mut(..len).unwrap_or_default()
}
