//! Compressed lines: what the kernels see of a matrix.

use std::ops::Range;

use super::index::Index;

/// The lines of a matrix (rows in CSR, columns in CSC), borrowed. Valid and canonical: within each line
/// indices increase strictly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lines<'a, I> {
    /// Where each line starts, and the end of the last.
    pub indptr: &'a [I],
    /// Where in its line each entry is.
    pub indices: &'a [I],
    /// The entries.
    pub data: &'a [f64],
    /// The length of each line.
    pub width: usize,
    /// What the arrays count from: 0 or 1.
    pub base: usize,
}

impl<'a, I: Index> Lines<'a, I> {
    /// Number of lines.
    #[inline(always)]
    pub fn count(&self) -> usize {
        self.indptr.len() - 1
    }

    /// Number of entries before line `i`.
    #[inline(always)]
    pub fn start(&self, i: usize) -> usize {
        self.indptr[i].to_usize() - self.base
    }

    /// Where the entries of line `i` are.
    #[inline(always)]
    pub fn range(&self, i: usize) -> Range<usize> {
        self.start(i)..self.start(i + 1)
    }

    /// The entries of line `i`: where, and their values.
    #[inline(always)]
    pub fn line(&self, i: usize) -> (&'a [I], &'a [f64]) {
        let r = self.range(i);
        (&self.indices[r.clone()], &self.data[r])
    }

    /// The position in a line that a stored index means.
    #[inline(always)]
    pub fn at(&self, index: I) -> usize {
        index.to_usize().wrapping_sub(self.base)
    }

    /// Number of entries.
    pub fn nnz(&self) -> usize {
        self.data.len()
    }

    /// Cuts the lines into parts of about `grain` entries (a line counts as one more); a long line is
    /// not cut.
    pub fn parts(&self, grain: usize) -> Vec<Range<usize>> {
        let n = self.count();
        let weight = |i: usize| self.start(i) + i;
        let mut parts = Vec::new();
        let mut begin = 0;
        while begin < n {
            let target = weight(begin).saturating_add(grain);
            let (mut lo, mut hi) = (begin + 1, n);
            while lo < hi {
                let mid = lo + (hi - lo) / 2;
                if weight(mid) < target {
                    lo = mid + 1;
                } else {
                    hi = mid;
                }
            }
            parts.push(begin..lo);
            begin = lo;
        }
        parts
    }
}
