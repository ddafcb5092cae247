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

    /// The entries of the lines of a range, one after the other. Faster than [`Lines::line`] by not looking
    /// up each beginning.
    #[inline(always)]
    pub fn run(&self, lines: Range<usize>) -> Run<'a, I> {
        let begin = self.start(lines.start);
        let end = self.start(lines.end);
        Run {
            ends: self.indptr[lines.start + 1..lines.end + 1].iter(),
            begin: begin + self.base,
            indices: &self.indices[begin..end],
            data: &self.data[begin..end],
        }
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

/// Iterator over neighbouring lines.
pub(super) struct Run<'a, I> {
    ends: std::slice::Iter<'a, I>,
    begin: usize,
    indices: &'a [I],
    data: &'a [f64],
}

impl<'a, I: Index> Iterator for Run<'a, I> {
    type Item = (&'a [I], &'a [f64]);

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        let end = self.ends.next()?.to_usize();
        let len = end.wrapping_sub(self.begin);
        self.begin = end;
        let (indices, more_indices) = self.indices.split_at(len);
        let (data, more_data) = self.data.split_at(len);
        (self.indices, self.data) = (more_indices, more_data);
        Some((indices, data))
    }
}
