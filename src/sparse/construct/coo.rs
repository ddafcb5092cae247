//! From coordinates.

use std::ops::Range;
use std::slice::IterMut;

use super::sort::{GROUP, Unsorted};
use super::with_index;
use crate::array::try_filled;
use crate::error::{Error, Result};
use crate::sparse::index::Index;
use crate::sparse::matrix::{Layout, SparseMatrix, Storage};
use crate::sparse::validate;
use crate::threads;

/// Entries given by row, column and value, in any order; those of one place are summed.
#[derive(Clone, Copy, Debug)]
pub struct Coo<'a, I> {
    /// Rows and columns.
    pub shape: (usize, usize),
    /// The row of each entry.
    pub row: &'a [I],
    /// The column of each entry.
    pub col: &'a [I],
    /// The entries.
    pub data: &'a [f64],
    /// What `row` and `col` count from: 0 or 1.
    pub index_base: usize,
}

impl<'a, I> Coo<'a, I> {
    /// Entries whose rows and columns count from 0.
    pub fn new(shape: (usize, usize), row: &'a [I], col: &'a [I], data: &'a [f64]) -> Self {
        Coo { shape, row, col, data, index_base: 0 }
    }
}

impl SparseMatrix<'static> {
    /// A matrix of the given entries. Entries of the same place are summed, in their order.
    pub fn from_coo<I: Index>(a: &Coo<'_, I>, layout: Layout) -> Result<Self> {
        validate::index_base(a.index_base)?;
        validate::shape(a.shape)?;
        for (name, len) in [("a.row", a.row.len()), ("a.col", a.col.len())] {
            if len != a.data.len() {
                let expected = format_args!("{} long as a.data", a.data.len()).to_string();
                return Err(Error::shape(name, expected, format_args!("{len} long")));
            }
        }
        with_index!(a.shape, a.data.len(), J => {
            let storage = compress::<I, J>(a, layout)?;
            SparseMatrix::from_storage(layout, storage).narrowed()
        })
    }
}

/// Entries below which distributing them is not worth a thread.
const THREADED: usize = 1 << 16;

/// Most buckets: a cache line for each fits in the second-level cache.
const BUCKETS: usize = 2048;

/// Distributes the entries to buckets of neighbouring lines, and sorts these.
fn compress<I: Index, J: Index + Default>(
    a: &Coo<'_, I>,
    layout: Layout,
) -> Result<Storage<'static, J>> {
    let nnz = a.data.len();
    let (count, width) = layout.orient(a.shape);
    let (lines, indices) = layout.orient((a.row, a.col));
    let (line_name, index_name) = layout.orient(("a.row", "a.col"));

    let wanted = (nnz / GROUP).clamp(1, BUCKETS);
    let shift = (0..).find(|&s| count.saturating_sub(1) >> s < wanted).unwrap_or(0);
    let buckets = (count.saturating_sub(1) >> shift) + 1;

    // Each chunk of the entries is distributed by one thread, and chunks stay in order in each bucket.
    let parts = if nnz > THREADED { threads::num_threads() } else { 1 };
    let chunks = threads::ranges(nnz, nnz.div_ceil(parts));
    let counts = threads::map(chunks.clone(), true, |chunk| {
        let mut counts = try_filled(buckets, 0usize)?;
        let mut inside = true;
        for (&i, &j) in lines[chunk.clone()].iter().zip(&indices[chunk.clone()]) {
            let i = (i.to_i64() as u64).wrapping_sub(a.index_base as u64);
            let j = (j.to_i64() as u64).wrapping_sub(a.index_base as u64);
            if i < count as u64 {
                counts[i as usize >> shift] += 1;
            }
            inside &= i < count as u64 && j < width as u64;
        }
        if !inside {
            validate::inside(line_name, &lines[chunk.clone()], count, a.index_base)?;
            validate::inside(index_name, &indices[chunk], width, a.index_base)?;
        }
        Ok(counts)
    });
    let counts: Vec<Vec<usize>> = counts.into_iter().collect::<Result<_>>()?;

    let mut unsorted = Unsorted::<J>::with_len(nnz)?;
    let all = Places {
        lines: unsorted.lines.iter_mut(),
        indices: unsorted.indices.iter_mut(),
        data: unsorted.data.iter_mut(),
    };
    let tasks = chunks.into_iter().zip(all.distribute(&counts)).collect();
    threads::for_each(tasks, true, |(chunk, mut buckets): (Range<usize>, Vec<Places<'_, J>>)| {
        let position = |j: I| J::from_usize(j.to_usize() - a.index_base);
        let entries = lines[chunk.clone()].iter().zip(&indices[chunk.clone()]).zip(&a.data[chunk]);
        for ((&i, &j), &value) in entries {
            let line = position(i);
            buckets[line.to_usize() >> shift].put(line, position(j), value);
        }
    });
    for b in 0..buckets {
        let lines = (b << shift)..((b + 1) << shift).min(count);
        unsorted.groups.push((lines, counts.iter().map(|c| c[b]).sum()));
    }
    unsorted.assemble(count, width)
}

/// Places for entries, to be filled in order.
struct Places<'a, J> {
    lines: IterMut<'a, J>,
    indices: IterMut<'a, J>,
    data: IterMut<'a, f64>,
}

impl<'a, J> Places<'a, J> {
    /// For each chunk of the entries, its places in each bucket. In a bucket, chunks are in order.
    fn distribute(self, counts: &[Vec<usize>]) -> Vec<Vec<Places<'a, J>>> {
        let (mut lines, mut indices, mut data) =
            (self.lines.into_slice(), self.indices.into_slice(), self.data.into_slice());
        let buckets = counts.first().map_or(0, Vec::len);
        let mut places: Vec<Vec<_>> = counts.iter().map(|_| Vec::with_capacity(buckets)).collect();
        for b in 0..buckets {
            for (counts, places) in counts.iter().zip(&mut places) {
                places.push(Places {
                    lines: lines.split_off_mut(..counts[b]).unwrap_or_default().iter_mut(),
                    indices: indices.split_off_mut(..counts[b]).unwrap_or_default().iter_mut(),
                    data: data.split_off_mut(..counts[b]).unwrap_or_default().iter_mut(),
                });
            }
        }
        places
    }

    #[inline]
    fn put(&mut self, line: J, index: J, value: f64) {
        let places = (self.lines.next(), self.indices.next(), self.data.next());
        if let (Some(l), Some(i), Some(d)) = places {
            (*l, *i, *d) = (line, index, value);
        }
    }
}
