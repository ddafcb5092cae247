//! Checks of compressed arrays that come from outside.

use super::index::Index;
use super::matrix::{Compressed, Layout};
use crate::error::{Error, Result};

/// Refuses an index base other than 0 and 1.
pub(super) fn index_base(base: usize) -> Result<()> {
    if base > 1 {
        return Err(Error::invalid("a.index_base", format_args!("is {base}, must be 0 or 1")));
    }
    Ok(())
}

/// Refuses a shape that 64-bit indices cannot count.
pub(super) fn shape((rows, cols): (usize, usize)) -> Result<()> {
    for (name, n) in [("a.rows", rows), ("a.cols", cols)] {
        if n > <i64 as Index>::LARGEST {
            return Err(Error::invalid(name, format_args!("is {n}, more than can be indexed")));
        }
    }
    Ok(())
}

/// Refuses arrays that describe no matrix. What is left open is the order of the indices in each line:
/// the answer is whether they increase strictly.
pub(super) fn compressed<I: Index>(a: &Compressed<'_, I>) -> Result<bool> {
    index_base(a.index_base)?;
    shape(a.shape)?;
    let (count, width) = a.layout.orient(a.shape);
    indptr(a, count)?;
    let mut canonical = true;
    for ends in a.indptr.windows(2) {
        let line = &a.indices[ends[0].to_usize() - a.index_base..ends[1].to_usize() - a.index_base];
        // Counted from -1 the first comparison of the line holds for any valid index.
        let mut last = a.index_base as i64 - 1;
        let (mut increasing, mut inside) = (true, true);
        for &j in line {
            let j = j.to_i64();
            increasing &= j > last;
            inside &= ((j as u64).wrapping_sub(a.index_base as u64)) < width as u64;
            last = j;
        }
        canonical &= increasing;
        if !inside {
            self::inside("a.indices", line, width, a.index_base)?;
        }
    }
    Ok(canonical)
}

/// As [`compressed`], and refuses lines whose indices do not increase strictly.
pub(super) fn canonical<I: Index>(a: &Compressed<'_, I>) -> Result<()> {
    if compressed(a)? {
        return Ok(());
    }
    let line = match a.layout {
        Layout::Csr => "row",
        Layout::Csc => "column",
    };
    for (i, ends) in a.indptr.windows(2).enumerate() {
        let range = ends[0].to_usize() - a.index_base..ends[1].to_usize() - a.index_base;
        if let Some(w) = a.indices[range].windows(2).find(|w| w[0] >= w[1]) {
            return Err(Error::invalid(
                "a.indices",
                format_args!("must increase within {line} {i}, but {} follows {}", w[1], w[0]),
            ));
        }
    }
    unreachable!("some line was found out of order")
}

fn indptr<I: Index>(a: &Compressed<'_, I>, count: usize) -> Result<()> {
    if count.checked_add(1) != Some(a.indptr.len()) {
        let expected = format_args!("{count} + 1 long").to_string();
        return Err(Error::shape("a.indptr", expected, format_args!("{} long", a.indptr.len())));
    }
    if a.indices.len() != a.data.len() {
        let expected = format_args!("{} long as a.data", a.data.len()).to_string();
        return Err(Error::shape("a.indices", expected, format_args!("{} long", a.indices.len())));
    }
    let first = a.indptr[0].to_i64();
    if first != a.index_base as i64 {
        return Err(Error::invalid(
            "a.indptr",
            format_args!("starts with {first}, not with the index base {}", a.index_base),
        ));
    }
    if let Some(i) = a.indptr.windows(2).position(|w| w[1] < w[0]) {
        return Err(Error::invalid(
            "a.indptr",
            format_args!(
                "decreases from {} to {} at position {}",
                a.indptr[i],
                a.indptr[i + 1],
                i + 1
            ),
        ));
    }
    let end = a.indptr[count].to_i64() - first;
    if end as u64 != a.data.len() as u64 {
        return Err(Error::shape("a.nnz", format_args!("{end} as a.indptr says"), a.data.len()));
    }
    Ok(())
}

/// Refuses indices that are not in `base..base + len`.
#[cold]
pub(super) fn inside<I: Index>(
    name: &'static str,
    indices: &[I],
    len: usize,
    base: usize,
) -> Result<()> {
    let valid = |j: i64| (j as u64).wrapping_sub(base as u64) < len as u64;
    match indices.iter().map(|j| j.to_i64()).find(|&j| !valid(j)) {
        Some(index) => Err(Error::IndexOutOfRange { name, index, len }),
        None => Ok(()),
    }
}
