//! Sums and norms.

mod flat;
mod fold;

use super::index::Index;
use super::lines::Lines;
use super::matrix::{Layout, SparseMatrix, with_storage};
use super::product::check_len;
use crate::array::try_filled;
use crate::error::Result;
use crate::threads;
use fold::{AbsSum, Fold, MaxAbs, ScaledSquares, Sum};

/// Along which axis a matrix is reduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Over the rows: one number per column.
    Rows,
    /// Over the columns: one number per row.
    Cols,
}

/// A norm of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Norm {
    /// Frobenius: the root of the sum of squares.
    Fro,
    /// The largest sum of magnitudes in a column.
    One,
    /// Spectral: the largest singular value.
    Two,
    /// The largest sum of magnitudes in a row.
    Inf,
    /// The largest magnitude.
    Max,
}

/// A norm of a row or column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VectorNorm {
    /// The sum of magnitudes.
    One,
    /// Euclidean: the root of the sum of squares.
    Two,
    /// The largest magnitude.
    Inf,
}

impl SparseMatrix<'_> {
    /// The sum of all elements, compensated: as if computed in twice the precision.
    pub fn sum(&self) -> f64 {
        flat::sum(self.data())
    }

    /// The sum of every column or row, compensated.
    pub fn sum_axis(&self, axis: Axis, out: &mut [f64]) -> Result<()> {
        check_len("out", self.len_across(axis), out.len())?;
        self.fold_axis::<Sum>(axis, out)
    }

    /// A norm. NaN if an element is; 0 for an empty matrix. Frobenius neither overflows nor underflows
    /// where the result does not.
    pub fn norm(&self, kind: Norm) -> Result<f64> {
        match kind {
            Norm::Fro => Ok(flat::frobenius(self.data())),
            Norm::Max => Ok(flat::max_abs(self.data())),
            Norm::One => self.largest_sum(Axis::Rows),
            Norm::Inf => self.largest_sum(Axis::Cols),
            Norm::Two => crate::sparse::linalg::svds::spectral_norm(self),
        }
    }

    /// A norm of every column or row.
    pub fn norm_axis(&self, kind: VectorNorm, axis: Axis, out: &mut [f64]) -> Result<()> {
        check_len("out", self.len_across(axis), out.len())?;
        match kind {
            VectorNorm::One => self.fold_axis::<AbsSum>(axis, out),
            VectorNorm::Inf => self.fold_axis::<MaxAbs>(axis, out),
            VectorNorm::Two => {
                let along = self.runs_along(axis);
                with_storage!(self, s => if along {
                    lines_norm(s.lines(), out);
                    Ok(())
                } else {
                    positions_norm(s.lines(), out)
                })
            }
        }
    }

    fn largest_sum(&self, axis: Axis) -> Result<f64> {
        let mut sums = try_filled(self.len_across(axis), 0.0)?;
        self.fold_axis::<AbsSum>(axis, &mut sums)?;
        Ok(flat::max_abs(&sums))
    }

    fn len_across(&self, axis: Axis) -> usize {
        match axis {
            Axis::Rows => self.cols(),
            Axis::Cols => self.rows(),
        }
    }

    /// Whether the lines of the storage run along the axis.
    fn runs_along(&self, axis: Axis) -> bool {
        (self.layout == Layout::Csr) == (axis == Axis::Cols)
    }

    fn fold_axis<F: Fold>(&self, axis: Axis, out: &mut [f64]) -> Result<()> {
        let along = self.runs_along(axis);
        with_storage!(self, s => if along {
            each_line(s.lines(), out, |line| {
                let mut f = F::EMPTY;
                line.iter().for_each(|&v| f.add(v));
                f.value()
            });
            Ok(())
        } else {
            positions_fold::<_, F>(s.lines(), out)
        })
    }
}

fn each_line<I: Index>(a: Lines<'_, I>, out: &mut [f64], f: impl Fn(&[f64]) -> f64 + Send + Sync) {
    const GRAIN: usize = 1 << 15;
    let mut rest = out;
    let mut tasks = Vec::new();
    for lines in a.parts(GRAIN) {
        let (head, tail) = rest.split_at_mut(lines.len());
        tasks.push((lines, head));
        rest = tail;
    }
    threads::for_each(tasks, true, |(lines, out)| {
        for (i, v) in lines.zip(out) {
            *v = f(a.line(i).1);
        }
    });
}

fn lines_norm<I: Index>(a: Lines<'_, I>, out: &mut [f64]) {
    each_line(a, out, |line| {
        let mut max = MaxAbs::EMPTY;
        line.iter().for_each(|&v| max.add(v));
        let mut s = ScaledSquares::below(max.value());
        line.iter().for_each(|&v| s.add(v));
        s.norm()
    });
}

fn positions_fold<I: Index, F: Fold>(a: Lines<'_, I>, out: &mut [f64]) -> Result<()> {
    let mut folds = try_filled(a.width, F::EMPTY)?;
    for (&j, &v) in a.indices.iter().zip(a.data) {
        folds[a.at(j)].add(v);
    }
    out.iter_mut().zip(folds).for_each(|(o, f)| *o = f.value());
    Ok(())
}

fn positions_norm<I: Index>(a: Lines<'_, I>, out: &mut [f64]) -> Result<()> {
    positions_fold::<I, MaxAbs>(a, out)?;
    let mut squares: Vec<ScaledSquares> = crate::array::try_with_capacity(a.width)?;
    squares.extend(out.iter().map(|&max| ScaledSquares::below(max)));
    for (&j, &v) in a.indices.iter().zip(a.data) {
        squares[a.at(j)].add(v);
    }
    out.iter_mut().zip(squares).for_each(|(o, s)| *o = s.norm());
    Ok(())
}

#[cfg(test)]
mod tests;
