//! What the tests of this module share: a dense matrix and all the ways to store it.

use super::index::Index;
use super::matrix::{Compressed, Layout, SparseMatrix};
use crate::array::{MatMut, MatRef};

/// Small integers, so that every sum is exact in any order.
pub(super) fn integer(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    ((*state >> 59) as f64) - 16.0
}

/// A dense matrix, row after row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dense {
    pub rows: usize,
    pub cols: usize,
    pub data: Vec<f64>,
}

impl Dense {
    pub fn from_fn(rows: usize, cols: usize, mut f: impl FnMut(usize, usize) -> f64) -> Self {
        let data = (0..rows * cols).map(|k| f(k / cols, k % cols)).collect();
        Dense { rows, cols, data }
    }

    /// Integers in one place of `every`, and empty and full rows.
    pub fn sample(rows: usize, cols: usize, every: usize) -> Self {
        let mut s = (rows * 31 + cols) as u64;
        Dense::from_fn(rows, cols, |i, j| {
            let (v, k) = (integer(&mut s), i * cols + j);
            if ((k * 7 + k / 3) % every == 0 && i % 5 != 3) || i == 2 { v } else { 0.0 }
        })
    }

    pub fn view(&self) -> MatRef<'_> {
        MatRef::row_major(&self.data, self.rows, self.cols)
    }

    pub fn get(&self, i: usize, j: usize) -> f64 {
        self.data[i * self.cols + j]
    }

    /// Shapes with nothing, one element, and more.
    pub fn samples() -> Vec<Dense> {
        [(0, 3, 1), (3, 0, 1), (0, 0, 1), (1, 1, 1), (7, 5, 2), (40, 23, 3), (23, 61, 4)]
            .map(|(rows, cols, every)| Dense::sample(rows, cols, every))
            .into()
    }
}

impl From<&SparseMatrix<'_>> for Dense {
    fn from(a: &SparseMatrix<'_>) -> Self {
        let mut d = Dense::from_fn(a.rows(), a.cols(), |_, _| f64::NAN);
        a.to_dense(MatMut::row_major(&mut d.data, a.rows(), a.cols())).unwrap();
        d
    }
}

/// Compressed arrays that own what they say.
pub(super) struct Arrays<I> {
    pub layout: Layout,
    pub shape: (usize, usize),
    pub indptr: Vec<I>,
    pub indices: Vec<I>,
    pub data: Vec<f64>,
    pub index_base: usize,
}

impl<I: Index> Arrays<I> {
    /// The nonzeros of a dense matrix.
    pub fn new(a: MatRef<'_>, layout: Layout, index_base: usize) -> Self {
        let lines = if layout == Layout::Csr { a } else { a.t() };
        let index = |k: usize| I::from_usize(k + index_base);
        let (mut indptr, mut indices, mut data) = (vec![index(0)], vec![], vec![]);
        for i in 0..lines.rows() {
            for j in (0..lines.cols()).filter(|&j| lines.get(i, j) != 0.0) {
                indices.push(index(j));
                data.push(lines.get(i, j));
            }
            indptr.push(index(data.len()));
        }
        Arrays { layout, shape: (a.rows(), a.cols()), indptr, indices, data, index_base }
    }

    pub fn view(&self) -> Compressed<'_, I> {
        Compressed {
            layout: self.layout,
            shape: self.shape,
            indptr: &self.indptr,
            indices: &self.indices,
            data: &self.data,
            index_base: self.index_base,
        }
    }
}

/// Calls `check` with the matrix in every layout, index width and base, wrapped and copied.
pub(super) fn every_storage(a: MatRef<'_>, mut check: impl FnMut(&SparseMatrix<'_>)) {
    for layout in [Layout::Csr, Layout::Csc] {
        for base in [0, 1] {
            let narrow = Arrays::<i32>::new(a, layout, base);
            let wide = Arrays::<i64>::new(a, layout, base);
            check(&SparseMatrix::wrap(narrow.view()).unwrap());
            check(&SparseMatrix::wrap(wide.view()).unwrap());
            check(&SparseMatrix::from_compressed(&wide.view()).unwrap());
        }
    }
}
