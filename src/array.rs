//! Strided views of dense data, and fallible allocation.
//!
//! A view is a slice that spans its elements, an offset and two strides in elements, which may be
//! negative or (for inputs) zero. All that can go wrong is checked once, when the view is made.

use std::ops::Range;

use crate::error::{Error, Result};

/// The shape and strides of a matrix view over a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Layout {
    rows: usize,
    cols: usize,
    row_stride: isize,
    col_stride: isize,
    /// Position of element (0, 0) in the slice.
    offset: usize,
}

/// How far the elements of a view reach before and behind its first one: `(before, behind)`.
/// None if that overflows the address space.
pub fn extent(
    rows: usize,
    cols: usize,
    row_stride: isize,
    col_stride: isize,
) -> Option<(usize, usize)> {
    if rows == 0 || cols == 0 {
        return Some((0, 0));
    }
    let reach = |n: usize, stride: isize| stride.unsigned_abs().checked_mul(n - 1);
    let (mut before, mut behind) = (0usize, 0usize);
    for (n, stride) in [(rows, row_stride), (cols, col_stride)] {
        let side = if stride < 0 { &mut before } else { &mut behind };
        *side = side.checked_add(reach(n, stride)?)?;
    }
    let total = before.checked_add(behind)?.checked_add(1)?;
    (total <= isize::MAX as usize / 16).then_some((before, behind))
}

impl Layout {
    fn new(
        len: usize,
        offset: usize,
        shape: (usize, usize),
        strides: (isize, isize),
    ) -> Option<Self> {
        let (rows, cols) = shape;
        let (before, behind) = extent(rows, cols, strides.0, strides.1)?;
        let fits =
            rows == 0 || cols == 0 || (before <= offset && offset.checked_add(behind)? < len);
        fits.then_some(Layout { rows, cols, row_stride: strides.0, col_stride: strides.1, offset })
    }

    #[inline(always)]
    fn at(&self, i: usize, j: usize) -> usize {
        debug_assert!(i < self.rows && j < self.cols);
        let step = (i as isize).wrapping_mul(self.row_stride);
        let step = step.wrapping_add((j as isize).wrapping_mul(self.col_stride));
        self.offset.wrapping_add_signed(step)
    }

    fn row(&self, i: usize) -> Option<Range<usize>> {
        (self.col_stride == 1 || self.cols <= 1)
            .then(|| if self.cols == 0 { 0..0 } else { self.at(i, 0)..self.at(i, 0) + self.cols })
    }

    /// Where the elements are and how far a row is from the next, if the elements of a row are
    /// neighbours and each row lies behind the one before.
    fn rows_in_order(&self) -> Option<(Range<usize>, usize)> {
        if self.rows == 0 || self.cols == 0 {
            return Some((0..0, self.cols));
        }
        let stride =
            if self.rows == 1 { self.cols } else { usize::try_from(self.row_stride).ok()? };
        let in_order = (self.cols == 1 || self.col_stride == 1) && stride >= self.cols;
        let len = (self.rows - 1) * stride + self.cols;
        in_order.then_some((self.offset..self.offset + len, stride))
    }

    fn transposed(self) -> Self {
        Layout {
            rows: self.cols,
            cols: self.rows,
            row_stride: self.col_stride,
            col_stride: self.row_stride,
            offset: self.offset,
        }
    }

    /// Whether two different index pairs may meet in one element.
    fn overlaps_itself(&self) -> bool {
        let (mut a, mut b) = (
            (self.rows, self.row_stride.unsigned_abs()),
            (self.cols, self.col_stride.unsigned_abs()),
        );
        if a.0 == 0 || b.0 == 0 {
            return false;
        }
        if a.0 == 1 || b.0 == 1 {
            // One line of elements: they meet only where it does not move.
            return (a.0 > 1 && a.1 == 0) || (b.0 > 1 && b.1 == 0);
        }
        if a.1 > b.1 {
            std::mem::swap(&mut a, &mut b);
        }
        // The slower axis must step over the whole extent of the faster one (sufficient, and true of
        // every sub-matrix of a dense array).
        a.1 == 0 || b.1 <= a.1 * (a.0 - 1)
    }
}

/// A read-only matrix view.
#[derive(Clone, Copy, Debug)]
pub struct MatRef<'a, T = f64> {
    data: &'a [T],
    layout: Layout,
}

/// A matrix view to write to. No two of its elements are the same place.
#[derive(Debug)]
pub struct MatMut<'a, T = f64> {
    data: &'a mut [T],
    layout: Layout,
}

impl<'a, T> MatRef<'a, T> {
    /// A view of `data` whose element (0, 0) is `data[offset]`; None if any element is outside.
    pub fn new(
        data: &'a [T],
        offset: usize,
        shape: (usize, usize),
        strides: (isize, isize),
    ) -> Option<Self> {
        Layout::new(data.len(), offset, shape, strides).map(|layout| MatRef { data, layout })
    }

    /// A `rows` × `cols` matrix stored row after row. Panics if `data` is shorter.
    pub fn row_major(data: &'a [T], rows: usize, cols: usize) -> Self {
        Self::new(data, 0, (rows, cols), (cols as isize, 1)).expect("data is too short")
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.layout.rows
    }

    /// Number of columns.
    pub fn cols(&self) -> usize {
        self.layout.cols
    }

    /// Row `i` as a slice, where its elements are neighbours.
    #[inline]
    pub fn row(&self, i: usize) -> Option<&'a [T]> {
        self.layout.row(i).map(|r| &self.data[r])
    }

    /// The elements from (0, 0) on and the distance from a row to the next, where the elements of each
    /// row are neighbours and rows follow each other, with or without gaps.
    pub fn as_rows(&self) -> Option<(&'a [T], usize)> {
        self.layout.rows_in_order().map(|(range, stride)| (&self.data[range], stride))
    }

    /// The transposed view.
    pub fn t(self) -> Self {
        MatRef { data: self.data, layout: self.layout.transposed() }
    }

    /// The whole matrix as one slice, where rows follow each other without gaps.
    pub fn as_row_major(&self) -> Option<&'a [T]> {
        let l = &self.layout;
        if l.rows == 0 || l.cols == 0 {
            return Some(&[]);
        }
        let packed = l.rows <= 1 || l.row_stride == l.cols as isize;
        ((l.col_stride == 1 || l.cols <= 1) && packed)
            .then(|| &self.data[l.offset..l.offset + l.rows * l.cols])
    }
}

impl<T: Copy> MatRef<'_, T> {
    /// Element (i, j).
    #[inline(always)]
    pub fn get(&self, i: usize, j: usize) -> T {
        self.data[self.layout.at(i, j)]
    }

    /// Copies row `i` to `out`, which has one element per column.
    #[inline]
    pub fn copy_row(&self, i: usize, out: &mut [T]) {
        match self.row(i) {
            Some(row) => out.copy_from_slice(row),
            None => out.iter_mut().enumerate().for_each(|(j, o)| *o = self.get(i, j)),
        }
    }
}

impl<'a, T> MatMut<'a, T> {
    /// A view of `data` whose element (0, 0) is `data[offset]`; None if any element is outside or if
    /// two elements would be the same place.
    pub fn new(
        data: &'a mut [T],
        offset: usize,
        shape: (usize, usize),
        strides: (isize, isize),
    ) -> Option<Self> {
        let layout = Layout::new(data.len(), offset, shape, strides)?;
        (!layout.overlaps_itself()).then_some(MatMut { data, layout })
    }

    /// A `rows` × `cols` matrix stored row after row. Panics if `data` is shorter.
    pub fn row_major(data: &'a mut [T], rows: usize, cols: usize) -> Self {
        Self::new(data, 0, (rows, cols), (cols as isize, 1)).expect("data is too short")
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.layout.rows
    }

    /// Number of columns.
    pub fn cols(&self) -> usize {
        self.layout.cols
    }

    /// Writes element (i, j).
    #[inline(always)]
    pub fn set(&mut self, i: usize, j: usize, value: T) {
        self.data[self.layout.at(i, j)] = value;
    }

    /// Row `i` as a slice, where its elements are neighbours.
    #[inline]
    pub fn row_mut(&mut self, i: usize) -> Option<&mut [T]> {
        self.layout.row(i).map(|r| &mut self.data[r])
    }

    /// The elements from (0, 0) on and the distance from a row to the next, where the elements of each
    /// row are neighbours and rows follow each other, with or without gaps.
    pub fn as_rows_mut(&mut self) -> Option<(&mut [T], usize)> {
        self.layout.rows_in_order().map(|(range, stride)| (&mut self.data[range], stride))
    }

    /// The transposed view.
    pub fn t(self) -> Self {
        MatMut { data: self.data, layout: self.layout.transposed() }
    }

    /// A view of the same elements with a shorter life.
    pub fn reborrow(&mut self) -> MatMut<'_, T> {
        MatMut { data: self.data, layout: self.layout }
    }

    /// The same elements, to read.
    pub fn as_ref(&self) -> MatRef<'_, T> {
        MatRef { data: self.data, layout: self.layout }
    }

    /// The whole matrix as one slice, where rows follow each other without gaps.
    pub fn as_row_major_mut(&mut self) -> Option<&mut [T]> {
        let range = {
            let view = MatRef { data: &*self.data, layout: self.layout };
            view.as_row_major().map(|s| s.len())?
        };
        let start = if range == 0 { 0 } else { self.layout.offset };
        Some(&mut self.data[start..start + range])
    }
}

impl<T: Copy> MatMut<'_, T> {
    /// Writes `row` to row `i`.
    #[inline]
    pub fn write_row(&mut self, i: usize, row: &[T]) {
        match self.row_mut(i) {
            Some(out) => out.copy_from_slice(row),
            None => row.iter().enumerate().for_each(|(j, &v)| self.set(i, j, v)),
        }
    }

    /// Writes `value` to every element.
    pub fn fill(&mut self, value: T) {
        for i in 0..self.rows() {
            for j in 0..self.cols() {
                self.set(i, j, value);
            }
        }
    }
}

/// An empty vector with room for `n` elements, or [`Error::OutOfMemory`].
pub fn try_with_capacity<T>(n: usize) -> Result<Vec<T>> {
    let mut v = Vec::new();
    v.try_reserve_exact(n)
        .map_err(|_| Error::OutOfMemory { bytes: n.saturating_mul(size_of::<T>()) })?;
    Ok(v)
}

/// A vector of `n` copies of `value`, or [`Error::OutOfMemory`].
pub fn try_filled<T: Clone>(n: usize, value: T) -> Result<Vec<T>> {
    let mut v = try_with_capacity(n)?;
    v.resize(n, value);
    Ok(v)
}

/// `a * b` elements, or [`Error::OutOfMemory`] where the product overflows.
pub fn checked_size(a: usize, b: usize) -> Result<usize> {
    a.checked_mul(b).ok_or(Error::OutOfMemory { bytes: usize::MAX })
}

/// `a + b` elements, or [`Error::OutOfMemory`] where the sum overflows.
pub fn checked_add(a: usize, b: usize) -> Result<usize> {
    a.checked_add(b).ok_or(Error::OutOfMemory { bytes: usize::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strides_of_any_sign_and_their_bounds() {
        let d: Vec<i32> = (0..12).collect();
        let a = MatRef::row_major(&d, 3, 4);
        assert_eq!((a.get(1, 2), a.t().get(2, 1)), (6, 6));
        assert_eq!(a.row(2), Some(&d[8..12]));
        assert_eq!(a.t().row(0), None);
        let reversed = MatRef::new(&d, 11, (3, 4), (-4, -1)).unwrap();
        assert_eq!(reversed.get(2, 3), 0);
        assert!(MatRef::new(&d, 10, (3, 4), (-4, -1)).is_none());
        assert!(MatRef::new(&d, 1, (3, 4), (4, 1)).is_none());
        assert!(MatRef::new(&d, 0, (usize::MAX, 2), (1 << 40, 1)).is_none());
        assert!(MatRef::new(&d[..0], 0, (0, 5), (9, 9)).is_some());
        assert_eq!(a.as_row_major(), Some(&d[..]));
        assert!(a.t().as_row_major().is_none());
        let part = MatRef::new(&d, 1, (3, 2), (4, 1)).unwrap();
        assert_eq!(part.as_rows(), Some((&d[1..11], 4)));
        assert!(part.t().as_rows().is_none() && reversed.as_rows().is_none());
    }

    #[test]
    fn outputs_may_not_meet_themselves() {
        let mut d = vec![0; 12];
        assert!(MatMut::new(&mut d, 0, (3, 4), (0, 1)).is_none());
        assert!(MatMut::new(&mut d, 0, (3, 4), (3, 1)).is_none());
        assert!(MatMut::new(&mut d, 0, (1, 4), (0, 1)).is_some());
        assert!(MatMut::new(&mut d, 0, (3, 0), (0, 1)).is_some());
        let mut m = MatMut::new(&mut d, 2, (2, 2), (-1, 4)).unwrap();
        m.write_row(0, &[1, 2]);
        m.set(1, 1, 3);
        assert_eq!(m.as_ref().get(0, 1), 2);
        assert_eq!((d[2], d[6], d[5]), (1, 2, 3));
    }

    #[test]
    fn absurd_sizes_are_refused() {
        assert!(matches!(try_filled(usize::MAX, 0.0), Err(Error::OutOfMemory { .. })));
        assert!(checked_size(usize::MAX, 2).is_err());
    }
}
