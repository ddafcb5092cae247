//! Parts of a matrix: slices, rows and columns by number.

use std::ops::Range;

use super::construct::{sorted, with_index};
use super::index::Index;
use super::lines::Lines;
use super::matrix::{Layout, SparseMatrix, Storage, with_storage};
use crate::array::{checked_add, try_filled, try_with_capacity};
use crate::error::{Error, Result};

impl SparseMatrix<'_> {
    /// The rows and columns of two half-open ranges.
    pub fn slice(&self, rows: Range<usize>, cols: Range<usize>) -> Result<SparseMatrix<'static>> {
        let (m, n) = self.shape();
        check_range(["row_begin", "row_end"], &rows, m)?;
        check_range(["col_begin", "col_end"], &cols, n)?;
        let shape = (rows.len(), cols.len());
        let (lines, positions) = self.layout.orient((rows, cols));
        with_storage!(self, s => {
            let a = s.lines();
            let nnz = lines.clone().map(|i| a.clipped(i, &positions).0.len()).sum();
            with_index!(shape, nnz, J => Ok(SparseMatrix::from_storage(
                self.layout,
                sliced::<_, J>(a, lines, positions, nnz)?,
            )))
        })
    }

    /// The given rows, in the given order; a row may be there more than once.
    pub fn select_rows(&self, rows: &[usize]) -> Result<SparseMatrix<'static>> {
        check_list("rows", rows, self.rows())?;
        let shape = (rows.len(), self.cols());
        self.select(rows, shape, self.layout == Layout::Csr)
    }

    /// The given columns, in the given order; a column may be there more than once.
    pub fn select_cols(&self, cols: &[usize]) -> Result<SparseMatrix<'static>> {
        check_list("cols", cols, self.cols())?;
        let shape = (self.rows(), cols.len());
        self.select(cols, shape, self.layout == Layout::Csc)
    }

    fn select(
        &self,
        list: &[usize],
        shape: (usize, usize),
        whole_lines: bool,
    ) -> Result<SparseMatrix<'static>> {
        with_storage!(self, s => {
            let a = s.lines();
            if whole_lines {
                let lens = list.iter().map(|&i| a.range(i).len());
                let nnz = lens.clone().try_fold(0, checked_add)?;
                return with_index!(shape, nnz, J => Ok(SparseMatrix::from_storage(
                    self.layout,
                    selected_lines::<_, J>(a, list, nnz)?,
                )));
            }
            let map = Targets::new(list, a.width)?;
            let lens = a.indices.iter().map(|&j| map.of(a.at(j)).len());
            let nnz = lens.clone().try_fold(0, checked_add)?;
            with_index!(shape, nnz, J => Ok(SparseMatrix::from_storage(
                self.layout,
                selected_positions::<_, J>(a, &map, nnz)?,
            )))
        })
    }
}

fn sliced<I: Index, J: Index>(
    a: Lines<'_, I>,
    lines: Range<usize>,
    positions: Range<usize>,
    nnz: usize,
) -> Result<Storage<'static, J>> {
    let mut indptr = try_with_capacity(lines.len() + 1)?;
    let mut indices = try_with_capacity(nnz)?;
    let mut data = try_with_capacity(nnz)?;
    indptr.push(J::from_usize(0));
    for i in lines {
        let line = a.clipped(i, &positions);
        indices.extend(line.0.iter().map(|&j| J::from_usize(a.at(j) - positions.start)));
        data.extend_from_slice(line.1);
        indptr.push(J::from_usize(data.len()));
    }
    Ok(Storage::owned(indptr, indices, data, positions.len()))
}

fn selected_lines<I: Index, J: Index>(
    a: Lines<'_, I>,
    list: &[usize],
    nnz: usize,
) -> Result<Storage<'static, J>> {
    let mut indptr = try_with_capacity(list.len() + 1)?;
    let mut indices = try_with_capacity(nnz)?;
    let mut data = try_with_capacity(nnz)?;
    indptr.push(J::from_usize(0));
    for &i in list {
        let line = a.line(i);
        indices.extend(line.0.iter().map(|&j| J::from_usize(a.at(j))));
        data.extend_from_slice(line.1);
        indptr.push(J::from_usize(data.len()));
    }
    Ok(Storage::owned(indptr, indices, data, a.width))
}

/// Where each position of a line goes: any number of places in the new line, increasing.
struct Targets {
    starts: Vec<usize>,
    places: Vec<usize>,
    /// Whether new lines come out sorted.
    increasing: bool,
}

impl Targets {
    fn new(list: &[usize], width: usize) -> Result<Self> {
        let mut starts = try_filled(checked_add(width, 2)?, 0)?;
        for &j in list {
            starts[j + 2] += 1;
        }
        for j in 2..starts.len() {
            starts[j] += starts[j - 1];
        }
        let mut places = try_filled(list.len(), 0)?;
        for (place, &j) in list.iter().enumerate() {
            places[starts[j + 1]] = place;
            starts[j + 1] += 1;
        }
        Ok(Targets { starts, places, increasing: list.is_sorted() })
    }

    #[inline]
    fn of(&self, j: usize) -> &[usize] {
        &self.places[self.starts[j]..self.starts[j + 1]]
    }
}

fn selected_positions<I: Index, J: Index + Default>(
    a: Lines<'_, I>,
    map: &Targets,
    nnz: usize,
) -> Result<Storage<'static, J>> {
    let mut indptr = try_with_capacity(a.indptr.len())?;
    let mut indices = try_with_capacity(nnz)?;
    let mut data = try_with_capacity(nnz)?;
    indptr.push(J::from_usize(0));
    for i in 0..a.count() {
        let line = a.line(i);
        for (&j, &value) in line.0.iter().zip(line.1) {
            for &place in map.of(a.at(j)) {
                indices.push(J::from_usize(place));
                data.push(value);
            }
        }
        indptr.push(J::from_usize(data.len()));
    }
    let width = map.places.len();
    if map.increasing {
        return Ok(Storage::owned(indptr, indices, data, width));
    }
    sorted(Lines { indptr: &indptr, indices: &indices, data: &data, width, base: 0 })
}

fn check_range(names: [&'static str; 2], range: &Range<usize>, len: usize) -> Result<()> {
    for (name, at) in [(names[0], range.start), (names[1], range.end)] {
        if at > len {
            return Err(Error::invalid(
                name,
                format_args!("is {at}, more than the {len} there are"),
            ));
        }
    }
    if range.start > range.end {
        let (begin, end) = (range.start, range.end);
        return Err(Error::invalid(
            names[0],
            format_args!("is {begin}, behind {} {end}", names[1]),
        ));
    }
    Ok(())
}

fn check_list(name: &'static str, list: &[usize], len: usize) -> Result<()> {
    match list.iter().find(|&&i| i >= len) {
        Some(&i) => {
            Err(Error::IndexOutOfRange { name, index: i.try_into().unwrap_or(i64::MAX), len })
        }
        None => Ok(()),
    }
}
