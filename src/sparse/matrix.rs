//! The matrix type.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::index::{Index, IndexType};
use super::lines::Lines;
use super::validate;
use crate::error::Result;

/// Which lines of a matrix are stored together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Rows, one after the other.
    Csr,
    /// Columns, one after the other.
    Csc,
}

impl Layout {
    /// The other one.
    pub fn flipped(self) -> Self {
        match self {
            Layout::Csr => Layout::Csc,
            Layout::Csc => Layout::Csr,
        }
    }

    /// (lines, width of a line) of a (rows, cols) matrix, and the other way round.
    pub(super) fn orient<T>(self, (rows, cols): (T, T)) -> (T, T) {
        match self {
            Layout::Csr => (rows, cols),
            Layout::Csc => (cols, rows),
        }
    }
}

/// Compressed arrays to make a matrix from.
#[derive(Clone, Copy, Debug)]
pub struct Compressed<'a, I> {
    /// Which lines are stored together.
    pub layout: Layout,
    /// Rows and columns.
    pub shape: (usize, usize),
    /// Where each line starts, and the end of the last: one more than there are lines.
    pub indptr: &'a [I],
    /// The column (row, in CSC) of each entry.
    pub indices: &'a [I],
    /// The entries.
    pub data: &'a [f64],
    /// What `indptr` and `indices` count from: 0 or 1.
    pub index_base: usize,
}

impl<I: Index> Compressed<'_, I> {
    /// Refuses arrays that describe no matrix; else tells whether they are canonical, so that
    /// [`SparseMatrix::wrap`] takes them: indices increase strictly in each line.
    pub fn check(&self) -> Result<bool> {
        validate::compressed(self)
    }
}

/// Stored indices of either width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexSlice<'a> {
    /// 32 bits.
    I32(&'a [i32]),
    /// 64 bits.
    I64(&'a [i64]),
}

/// The arrays of a matrix.
#[derive(Clone, Debug)]
pub(super) struct Storage<'a, I: Clone> {
    pub indptr: Cow<'a, [I]>,
    pub indices: Cow<'a, [I]>,
    pub data: Cow<'a, [f64]>,
    pub width: usize,
    pub base: usize,
    /// For blocks of neighbouring lines, which positions they reach; made when first wanted.
    pub spans: OnceLock<Vec<(usize, usize)>>,
}

impl<'a, I: Index> Storage<'a, I> {
    /// New arrays that count from 0.
    pub fn owned(indptr: Vec<I>, indices: Vec<I>, data: Vec<f64>, width: usize) -> Self {
        Storage {
            indptr: indptr.into(),
            indices: indices.into(),
            data: data.into(),
            width,
            base: 0,
            spans: OnceLock::new(),
        }
    }

    /// The same arrays, borrowed.
    pub fn borrowed(&self) -> Storage<'_, I> {
        Storage {
            indptr: Cow::Borrowed(&self.indptr),
            indices: Cow::Borrowed(&self.indices),
            data: Cow::Borrowed(&self.data),
            width: self.width,
            base: self.base,
            spans: self.spans.clone(),
        }
    }

    /// What kernels see.
    pub fn lines(&self) -> Lines<'_, I> {
        Lines {
            indptr: &self.indptr,
            indices: &self.indices,
            data: &self.data,
            width: self.width,
            base: self.base,
        }
    }
}

/// Arrays of either index width.
#[derive(Clone, Debug)]
pub(super) enum Arrays<'a> {
    I32(Storage<'a, i32>),
    I64(Storage<'a, i64>),
}

/// Evaluates an expression for the arrays of either index width.
macro_rules! with_storage {
    ($matrix:expr, $storage:ident => $body:expr) => {
        match &$matrix.arrays {
            $crate::sparse::matrix::Arrays::I32($storage) => $body,
            $crate::sparse::matrix::Arrays::I64($storage) => $body,
        }
    };
}
pub(super) use with_storage;

/// A sparse matrix of doubles, immutable and canonical: within each line indices increase strictly.
///
/// Explicit zeros are kept. The arrays are its own, or borrowed from the caller ([`SparseMatrix::wrap`]).
#[derive(Clone, Debug)]
pub struct SparseMatrix<'a> {
    pub(super) layout: Layout,
    pub(super) arrays: Arrays<'a>,
}

impl<'a> SparseMatrix<'a> {
    pub(super) fn from_storage<I: Index>(layout: Layout, storage: Storage<'a, I>) -> Self {
        SparseMatrix { layout, arrays: I::arrays(storage) }
    }

    /// A matrix over the caller's arrays, which are not copied. They must be canonical.
    pub fn wrap<I: Index>(a: Compressed<'a, I>) -> Result<Self> {
        validate::canonical(&a)?;
        let storage = Storage {
            indptr: a.indptr.into(),
            indices: a.indices.into(),
            data: a.data.into(),
            width: a.layout.orient(a.shape).1,
            base: a.index_base,
            spans: OnceLock::new(),
        };
        Ok(Self::from_storage(a.layout, storage))
    }

    /// Which lines are stored together.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The width of the stored indices.
    pub fn index_type(&self) -> IndexType {
        match &self.arrays {
            Arrays::I32(_) => IndexType::I32,
            Arrays::I64(_) => IndexType::I64,
        }
    }

    /// What the stored indices count from: 0, or 1 in some wrapped matrices.
    pub fn index_base(&self) -> usize {
        with_storage!(self, s => s.base)
    }

    /// Rows and columns.
    pub fn shape(&self) -> (usize, usize) {
        let (count, width) = with_storage!(self, s => (s.lines().count(), s.width));
        self.layout.orient((count, width))
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.shape().0
    }

    /// Number of columns.
    pub fn cols(&self) -> usize {
        self.shape().1
    }

    /// Number of stored entries, explicit zeros included.
    pub fn nnz(&self) -> usize {
        self.data().len()
    }

    /// The stored entries, line after line.
    pub fn data(&self) -> &[f64] {
        with_storage!(self, s => &s.data)
    }

    /// Where each line starts in [`SparseMatrix::data`], and the end of the last; counted from
    /// [`SparseMatrix::index_base`].
    pub fn indptr(&self) -> IndexSlice<'_> {
        match &self.arrays {
            Arrays::I32(s) => IndexSlice::I32(&s.indptr),
            Arrays::I64(s) => IndexSlice::I64(&s.indptr),
        }
    }

    /// The column (row, in CSC) of each entry; counted from [`SparseMatrix::index_base`].
    pub fn indices(&self) -> IndexSlice<'_> {
        match &self.arrays {
            Arrays::I32(s) => IndexSlice::I32(&s.indices),
            Arrays::I64(s) => IndexSlice::I64(&s.indices),
        }
    }
}
