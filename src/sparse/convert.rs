//! The other layout, and the transpose.

use std::ops::Range;

use super::construct::{copied, with_index};
use super::index::Index;
use super::matrix::{Arrays, Layout, SparseMatrix, Storage};
use super::owned::{Reach, pick};
use crate::array::{checked_add, try_filled};
use crate::error::Result;
use crate::threads;

/// Entries below which a conversion is not worth a thread.
const THREADED: usize = 1 << 16;

impl SparseMatrix<'_> {
    /// A copy in the given layout, counted from 0.
    pub fn to_layout(&self, layout: Layout) -> Result<SparseMatrix<'static>> {
        with_index!(self.shape(), self.nnz(), J => {
            let storage: Storage<'static, J> = match (&self.arrays, layout == self.layout) {
                (Arrays::I32(s), true) => copied(s.lines())?,
                (Arrays::I64(s), true) => copied(s.lines())?,
                (Arrays::I32(s), false) => flipped(s)?,
                (Arrays::I64(s), false) => flipped(s)?,
            };
            Ok(SparseMatrix::from_storage(layout, storage))
        })
    }

    /// A copy that borrows nothing, in the same layout, counted from 0.
    pub fn to_owned(&self) -> Result<SparseMatrix<'static>> {
        self.to_layout(self.layout)
    }

    /// The transposed matrix over the same arrays, in the other layout.
    pub fn t(&self) -> SparseMatrix<'_> {
        let arrays = match &self.arrays {
            Arrays::I32(s) => Arrays::I32(s.borrowed()),
            Arrays::I64(s) => Arrays::I64(s.borrowed()),
        };
        SparseMatrix { layout: self.layout.flipped(), arrays }
    }

    /// A transposed copy, in the other layout.
    pub fn transpose(&self) -> Result<SparseMatrix<'static>> {
        self.t().to_owned()
    }
}

/// The same entries as lines of the other direction: a counting sort by position.
fn flipped<I: Index, J: Index + Default>(s: &Storage<'_, I>) -> Result<Storage<'static, J>> {
    let a = s.lines();
    let owners = s.owners(if a.nnz() > THREADED { threads::num_threads() } else { 1 });
    let ranges: Vec<Range<usize>> = owners.iter().map(|o| o.range.clone()).collect();
    let mut indptr = try_filled(checked_add(a.width, 1)?, J::default())?;
    let mut indices = try_filled(a.nnz(), J::default())?;
    let mut data = try_filled(a.nnz(), 0.0)?;

    // indptr[k] is first the number of entries at position k,
    let counts = pieces(&mut indptr, ranges.iter().map(Range::len));
    threads::for_each(owners.iter().zip(counts).collect(), true, |(owner, counts)| {
        let shift = owner.range.start + a.base;
        for Reach { lines, pick } in &owner.reach {
            for line in a.run(lines.clone()) {
                pick!(a, pick, owner.range.start, line, (j, _d) => {
                    let Some(count) = counts.get_mut(j.to_usize().wrapping_sub(shift)) else { break };
                    *count = J::from_usize(count.to_usize() + 1);
                });
            }
        }
    });
    // then where they start,
    let mut start = 0;
    for p in &mut indptr {
        (*p, start) = (J::from_usize(start), start + p.to_usize());
    }
    let bounds: Vec<usize> = ranges.iter().map(|r| indptr[r.end].to_usize()).collect();
    let starts = [0].into_iter().chain(bounds.iter().copied());
    let lens: Vec<usize> =
        bounds.iter().zip(starts.clone()).map(|(end, start)| end - start).collect();
    // then, as they are filled in, where they end:
    let places = pieces(&mut indptr, ranges.iter().map(Range::len));
    let out = pieces(&mut indices, lens.iter().copied())
        .into_iter()
        .zip(pieces(&mut data, lens.iter().copied()));
    let tasks = owners.iter().zip(starts).zip(places).zip(out).collect();
    threads::for_each(tasks, true, |(((owner, start), places), (indices, data))| {
        let shift = owner.range.start + a.base;
        for Reach { lines, pick } in &owner.reach {
            for (i, line) in lines.clone().zip(a.run(lines.clone())) {
                pick!(a, pick, owner.range.start, line, (j, value) => {
                    let Some(place) = places.get_mut(j.to_usize().wrapping_sub(shift)) else { break };
                    let k = place.to_usize();
                    *place = J::from_usize(k + 1);
                    (indices[k - start], data[k - start]) = (J::from_usize(i), value);
                });
            }
        }
    });
    // which is where the next start.
    indptr.copy_within(..a.width, 1);
    indptr[0] = J::default();
    Ok(Storage::owned(indptr, indices, data, a.count()))
}

/// The beginning of `all` cut into pieces.
fn pieces<T>(mut all: &mut [T], lens: impl Iterator<Item = usize>) -> Vec<&mut [T]> {
    lens.map(|len| all.split_off_mut(..len).expect("the pieces fit")).collect()
}
