//! Single elements, the diagonal, and the whole matrix in other forms.

use super::index::Index;
use super::lines::Lines;
use super::matrix::{Layout, SparseMatrix, with_storage};
use super::product::{check_len, check_shape};
use crate::array::MatMut;
use crate::error::{Error, Result};

impl SparseMatrix<'_> {
    /// Element (i, j), 0 where nothing is stored. A binary search in one line.
    pub fn get(&self, i: usize, j: usize) -> Result<f64> {
        for (name, at, len) in [("i", i, self.rows()), ("j", j, self.cols())] {
            if at >= len {
                let index = at.try_into().unwrap_or(i64::MAX);
                return Err(Error::IndexOutOfRange { name, index, len });
            }
        }
        let (line, position) = self.layout.orient((i, j));
        Ok(with_storage!(self, s => element(s.lines(), line, position)))
    }

    /// The main diagonal, min(rows, cols) elements.
    pub fn diagonal(&self, out: &mut [f64]) -> Result<()> {
        check_len("out", self.rows().min(self.cols()), out.len())?;
        with_storage!(self, s => {
            let a = s.lines();
            out.iter_mut().enumerate().for_each(|(i, v)| *v = element(a, i, i));
        });
        Ok(())
    }

    /// All elements, to a dense matrix.
    pub fn to_dense(&self, mut out: MatMut<'_>) -> Result<()> {
        check_shape("out", self.shape(), (out.rows(), out.cols()))?;
        out.fill(0.0);
        let mut lines = match self.layout {
            Layout::Csr => out,
            Layout::Csc => out.t(),
        };
        self.for_each(|line, position, value| lines.set(line, position, value));
        Ok(())
    }

    /// Row, column and value of every entry, in the order in which they are stored, counted from 0. The
    /// slices may be longer than there are entries.
    pub fn to_coo(&self, row: &mut [i64], col: &mut [i64], data: &mut [f64]) -> Result<()> {
        let needed = self.nnz();
        for (name, found) in [("row", row.len()), ("col", col.len()), ("data", data.len())] {
            if found < needed {
                return Err(Error::InsufficientSpace { name, needed, found });
            }
        }
        let (lines, positions) = self.layout.orient((row, col));
        let mut k = 0;
        self.for_each(|line, position, value| {
            (lines[k], positions[k], data[k]) = (line as i64, position as i64, value);
            k += 1;
        });
        Ok(())
    }

    /// Calls `f` with line, position and value of every entry.
    fn for_each(&self, mut f: impl FnMut(usize, usize, f64)) {
        with_storage!(self, s => {
            let a = s.lines();
            for i in 0..a.count() {
                let line = a.line(i);
                line.0.iter().zip(line.1).for_each(|(&j, &value)| f(i, a.at(j), value));
            }
        });
    }
}

fn element<I: Index>(a: Lines<'_, I>, line: usize, position: usize) -> f64 {
    let (indices, data) = a.line(line);
    indices.binary_search_by_key(&position, |&j| a.at(j)).map_or(0.0, |k| data[k])
}
