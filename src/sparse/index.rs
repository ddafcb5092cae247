//! The integers that indices are stored in.

use std::fmt::{Debug, Display};

use super::matrix::{Arrays, Storage};

/// The width of stored indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexType {
    /// 32 bits.
    I32,
    /// 64 bits.
    I64,
}

/// An integer that indices are stored in: `i32` or `i64`.
#[expect(private_bounds)] // sealed
pub trait Index: Sealed + Copy + Ord + Send + Sync + Debug + Display + 'static {
    /// Its width.
    const TYPE: IndexType;
    /// The largest index.
    const LARGEST: usize;

    /// An index that is known to be valid, as a position.
    fn to_usize(self) -> usize;
    /// Any index, for messages.
    fn to_i64(self) -> i64;
    /// A position that is known to be at most [`Index::LARGEST`].
    fn from_usize(n: usize) -> Self;
}

/// What only this module may do with an [`Index`].
pub(super) trait Sealed: Clone {
    /// Storage of this width, as storage of either.
    fn arrays(storage: Storage<'_, Self>) -> Arrays<'_>;
}

impl Index for i32 {
    const TYPE: IndexType = IndexType::I32;
    const LARGEST: usize = i32::MAX as usize;

    #[inline(always)]
    fn to_usize(self) -> usize {
        self as u32 as usize
    }
    #[inline(always)]
    fn to_i64(self) -> i64 {
        self.into()
    }
    #[inline(always)]
    fn from_usize(n: usize) -> Self {
        debug_assert!(n <= Self::LARGEST);
        n as i32
    }
}

impl Index for i64 {
    const TYPE: IndexType = IndexType::I64;
    const LARGEST: usize = isize::MAX as usize;

    #[inline(always)]
    fn to_usize(self) -> usize {
        self as usize
    }
    #[inline(always)]
    fn to_i64(self) -> i64 {
        self
    }
    #[inline(always)]
    fn from_usize(n: usize) -> Self {
        debug_assert!(n <= Self::LARGEST);
        n as i64
    }
}

impl Sealed for i32 {
    fn arrays(storage: Storage<'_, Self>) -> Arrays<'_> {
        Arrays::I32(storage)
    }
}
impl Sealed for i64 {
    fn arrays(storage: Storage<'_, Self>) -> Arrays<'_> {
        Arrays::I64(storage)
    }
}

/// Whether 32 bits hold every index of a matrix.
pub(super) fn fits_i32(shape: (usize, usize), nnz: usize) -> bool {
    shape.0.max(shape.1).max(nnz) <= <i32 as Index>::LARGEST
}
