//! From compressed arrays, copied.

use super::sort::{GROUP, Unsorted};
use super::with_index;
use crate::array::try_with_capacity;
use crate::error::Result;
use crate::sparse::index::Index;
use crate::sparse::lines::Lines;
use crate::sparse::matrix::{Compressed, SparseMatrix, Storage};
use crate::sparse::validate;

impl SparseMatrix<'static> {
    /// A copy of compressed arrays, sorted and with duplicates summed in their order where needed.
    pub fn from_compressed<I: Index>(a: &Compressed<'_, I>) -> Result<Self> {
        let canonical = validate::compressed(a)?;
        let lines = Lines {
            indptr: a.indptr,
            indices: a.indices,
            data: a.data,
            width: a.layout.orient(a.shape).1,
            base: a.index_base,
        };
        with_index!(a.shape, a.data.len(), J => {
            let storage = if canonical { copied::<I, J>(lines)? } else { sorted::<I, J>(lines)? };
            SparseMatrix::from_storage(a.layout, storage).narrowed()
        })
    }
}

/// The same lines, counted from 0.
pub(in crate::sparse) fn copied<I: Index, J: Index>(
    a: Lines<'_, I>,
) -> Result<Storage<'static, J>> {
    let mut indptr = try_with_capacity(a.indptr.len())?;
    let mut indices = try_with_capacity(a.nnz())?;
    let mut data = try_with_capacity(a.nnz())?;
    indptr.extend(a.indptr.iter().map(|&p| J::from_usize(a.at(p))));
    indices.extend(a.indices.iter().map(|&j| J::from_usize(a.at(j))));
    data.extend_from_slice(a.data);
    Ok(Storage::owned(indptr, indices, data, a.width))
}

/// The lines with their entries sorted, and those of one place summed.
pub(in crate::sparse) fn sorted<I: Index, J: Index + Default>(
    a: Lines<'_, I>,
) -> Result<Storage<'static, J>> {
    let mut unsorted = Unsorted::with_len(a.nnz())?;
    for (place, &j) in unsorted.indices.iter_mut().zip(a.indices) {
        *place = J::from_usize(a.at(j));
    }
    unsorted.data.copy_from_slice(a.data);
    for lines in a.parts(GROUP) {
        for i in lines.clone() {
            unsorted.lines[a.range(i)].fill(J::from_usize(i));
        }
        let len = a.start(lines.end) - a.start(lines.start);
        unsorted.groups.push((lines, len));
    }
    unsorted.assemble(a.count(), a.width)
}
