//! Raw pointers and sizes of the caller become slices and views here, and nowhere else.

use crate::array::{self, MatMut, MatRef};
use crate::error::{Error, Result};

/// A read-only matrix of doubles in the caller's memory, passed by value.
///
/// Element (i, j) is data[i * row_stride + j * col_stride]; strides count elements and may be negative
/// or zero. `data` may be NULL only if `rows` or `cols` is 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct scic_mat {
    /// Element (0, 0).
    pub data: *const f64,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub cols: usize,
    /// Distance from a row to the next, in elements.
    pub row_stride: isize,
    /// Distance from a column to the next, in elements.
    pub col_stride: isize,
}

/// A matrix of doubles in the caller's memory that is written to, passed by value.
///
/// As scic_mat, but no two elements may be the same place, and nothing else may use the memory between
/// the first and the last element during the call.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct scic_mat_mut {
    /// Element (0, 0).
    pub data: *mut f64,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub cols: usize,
    /// Distance from a row to the next, in elements.
    pub row_stride: isize,
    /// Distance from a column to the next, in elements.
    pub col_stride: isize,
}

/// A matrix of 64-bit integers in the caller's memory that is written to, passed by value. As
/// scic_mat_mut.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct scic_imat_mut {
    /// Element (0, 0).
    pub data: *mut i64,
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub cols: usize,
    /// Distance from a row to the next, in elements.
    pub row_stride: isize,
    /// Distance from a column to the next, in elements.
    pub col_stride: isize,
}

fn check_len<T>(len: usize, name: &'static str) -> Result<()> {
    if len > isize::MAX as usize / size_of::<T>().max(1) {
        return Err(Error::invalid(name, format_args!("has {len} elements, which overflows")));
    }
    Ok(())
}

/// `len` elements of the caller to read. NULL is fine if `len` is 0.
///
/// # Safety
/// `data` is NULL or valid for reading `len` elements for the life of the slice.
pub unsafe fn slice<'a, T>(data: *const T, len: usize, name: &'static str) -> Result<&'a [T]> {
    if len == 0 {
        return Ok(&[]);
    }
    if data.is_null() {
        return Err(Error::NullPointer { name });
    }
    check_len::<T>(len, name)?;
    // SAFETY: not NULL, does not overflow, valid by contract.
    Ok(unsafe { std::slice::from_raw_parts(data, len) })
}

/// As [`slice`], but NULL means None: the argument is optional.
///
/// # Safety
/// As for [`slice`].
pub unsafe fn optional_slice<'a, T>(
    data: *const T,
    len: usize,
    name: &'static str,
) -> Result<Option<&'a [T]>> {
    if data.is_null() {
        return Ok(None);
    }
    // SAFETY: by contract.
    unsafe { slice(data, len, name) }.map(Some)
}

/// `len` elements of the caller to write. NULL is fine if `len` is 0.
///
/// # Safety
/// `data` is NULL or valid for reading and writing `len` elements, by nobody else, for the life of the
/// slice.
pub unsafe fn slice_mut<'a, T>(
    data: *mut T,
    len: usize,
    name: &'static str,
) -> Result<&'a mut [T]> {
    if len == 0 {
        return Ok(&mut []);
    }
    if data.is_null() {
        return Err(Error::NullPointer { name });
    }
    check_len::<T>(len, name)?;
    // SAFETY: not NULL, does not overflow, valid and exclusive by contract.
    Ok(unsafe { std::slice::from_raw_parts_mut(data, len) })
}

/// As [`slice_mut`], but NULL means None: the output is not wanted.
///
/// # Safety
/// As for [`slice_mut`].
pub unsafe fn optional_slice_mut<'a, T>(
    data: *mut T,
    len: usize,
    name: &'static str,
) -> Result<Option<&'a mut [T]>> {
    if data.is_null() {
        return Ok(None);
    }
    // SAFETY: by contract.
    unsafe { slice_mut(data, len, name) }.map(Some)
}

/// Where a single value is written.
///
/// # Safety
/// `out` is NULL or valid for writing for the life of the reference.
pub unsafe fn out<'a, T>(out: *mut T, name: &'static str) -> Result<&'a mut T> {
    // SAFETY: by contract.
    unsafe { out.as_mut() }.ok_or(Error::NullPointer { name })
}

/// The slice that spans a view, and the position of element (0, 0) in it.
fn span<T>(
    data: *const T,
    shape: (usize, usize),
    strides: (isize, isize),
    name: &'static str,
) -> Result<(*const T, usize, usize)> {
    let (rows, cols) = shape;
    if rows == 0 || cols == 0 {
        return Ok((std::ptr::NonNull::dangling().as_ptr(), 0, 0));
    }
    if data.is_null() {
        return Err(Error::NullPointer { name });
    }
    let (before, behind) = array::extent(rows, cols, strides.0, strides.1).ok_or_else(|| {
        Error::invalid(
            name,
            format_args!("of {rows} x {cols} with strides {strides:?} overflows the address space"),
        )
    })?;
    Ok((data.wrapping_sub(before), before + behind + 1, before))
}

/// A matrix of the caller to read.
///
/// # Safety
/// Every element of the view and what lies between is valid for reading for the life of the result.
pub unsafe fn mat<'a>(m: scic_mat, name: &'static str) -> Result<MatRef<'a>> {
    let (shape, strides) = ((m.rows, m.cols), (m.row_stride, m.col_stride));
    let (start, len, offset) = span(m.data, shape, strides, name)?;
    // SAFETY: the span covers the view's elements, valid by contract.
    let data = unsafe { std::slice::from_raw_parts(start, len) };
    MatRef::new(data, offset, shape, strides)
        .ok_or_else(|| Error::invalid(name, "does not fit its own extent"))
}

unsafe fn any_mat_mut<'a, T>(
    data: *mut T,
    shape: (usize, usize),
    strides: (isize, isize),
    name: &'static str,
) -> Result<MatMut<'a, T>> {
    let (start, len, offset) = span(data, shape, strides, name)?;
    // SAFETY: the span covers the view's elements, valid and exclusive by contract.
    let data = unsafe { std::slice::from_raw_parts_mut(start.cast_mut(), len) };
    MatMut::new(data, offset, shape, strides).ok_or_else(|| {
        Error::invalid(name, format_args!("has strides {strides:?} by which elements overlap"))
    })
}

/// A matrix of the caller to write.
///
/// # Safety
/// Every element of the view and what lies between is valid for reading and writing, by nobody else, for
/// the life of the result.
pub unsafe fn mat_mut<'a>(m: scic_mat_mut, name: &'static str) -> Result<MatMut<'a>> {
    // SAFETY: by contract.
    unsafe { any_mat_mut(m.data, (m.rows, m.cols), (m.row_stride, m.col_stride), name) }
}

/// A matrix of integers of the caller to write.
///
/// # Safety
/// As for [`mat_mut`].
pub unsafe fn imat_mut<'a>(m: scic_imat_mut, name: &'static str) -> Result<MatMut<'a, i64>> {
    // SAFETY: by contract.
    unsafe { any_mat_mut(m.data, (m.rows, m.cols), (m.row_stride, m.col_stride), name) }
}
