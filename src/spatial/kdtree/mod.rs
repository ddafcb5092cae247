//! The k-d tree: nearest neighbours and balls in any number of dimensions.
//!
//! A balanced tree over blocks of points (Bentley, *Multidimensional binary search trees used for
//! associative searching*, CACM 18, 1975; Friedman, Bentley & Finkel, ACM TOMS 3, 1977). Searches carry
//! the distance to a node's cell along incrementally (Arya & Mount, *Algorithms for fast vector
//! quantization*, DCC 1993) and measure the distances to a leaf's points with vector instructions.
//!
//! Results are those of trying all points: distances are computed from differences of coordinates, ties
//! go to the lower index, and pruning never depends on rounding.

mod ball;
mod batch;
mod build;
mod candidates;
mod layout;
mod metric;
mod nearest;
mod scale;
mod select;
#[cfg(test)]
mod tests;

use crate::array::{MatMut, MatRef, try_filled};
use crate::error::{Error, Result};

pub use ball::Neighbors;
use layout::{Node, Row, Shape};

/// How a tree is built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct KdTreeOptions {
    /// The most points in a leaf, at least 1, rounded up to a multiple of 8. None: what is fastest to
    /// search for the number of dimensions, 24 to 64.
    pub leafsize: Option<usize>,
}

/// How distances are measured and which of them are wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QueryOptions {
    /// Minkowski's p, 1 to infinity.
    pub p: f64,
    /// How inexact results may be. 0: exact. For k neighbours, the k-th distance is at most (1 + eps)
    /// times the true one. For balls, points between r / (1 + eps) and r (1 + eps) may be in or out.
    pub eps: f64,
    /// Only neighbours strictly nearer than this are wanted. Not for balls.
    pub distance_upper_bound: f64,
}

impl Default for QueryOptions {
    fn default() -> Self {
        QueryOptions { p: 2.0, eps: 0.0, distance_upper_bound: f64::INFINITY }
    }
}

/// An immutable k-d tree with a copy of its points.
///
/// ```
/// use scic::array::{MatMut, MatRef};
/// use scic::spatial::{KdTree, QueryOptions};
///
/// let points = [0.0, 0.0, 3.0, 4.0, 1.0, 0.0];
/// let tree = KdTree::new(MatRef::row_major(&points, 3, 2), &Default::default())?;
/// let (mut distances, mut indices) = ([0.0; 2], [0; 2]);
/// tree.query(
///     MatRef::row_major(&[0.0, 0.0], 1, 2),
///     2,
///     &QueryOptions::default(),
///     Some(MatMut::row_major(&mut distances, 1, 2)),
///     Some(MatMut::row_major(&mut indices, 1, 2)),
/// )?;
/// assert_eq!((distances, indices), ([0.0, 1.0], [0, 2]));
/// # Ok::<(), scic::Error>(())
/// ```
#[derive(Debug)]
pub struct KdTree {
    shape: Shape,
    nodes: Vec<Node>,
    rows: Vec<Row>,
    mins: Vec<f64>,
    maxes: Vec<f64>,
}

impl KdTree {
    /// The most points a tree can hold.
    pub const MAX_POINTS: usize = u32::MAX as usize;

    /// Builds a tree of the rows of `points`, which are finite. There may be none.
    pub fn new(points: MatRef, options: &KdTreeOptions) -> Result<Self> {
        let (n, d) = (points.rows(), points.cols());
        if d == 0 {
            return Err(Error::invalid("points", format_args!("is {n} x 0, needs a dimension")));
        }
        if n > Self::MAX_POINTS {
            let max = Self::MAX_POINTS;
            return Err(Error::invalid("points", format_args!("has {n} rows, at most {max} go")));
        }
        // In few dimensions few points of a leaf are near; in many, leaves are hardly told apart.
        let default = match d {
            1..=2 => 24,
            3..=7 => 32,
            _ => 64,
        };
        let leafsize = options.leafsize.unwrap_or(default);
        if leafsize == 0 {
            return Err(Error::invalid("options.leafsize", "is 0, must be at least 1"));
        }
        let mut mins = try_filled(d, f64::INFINITY)?;
        let mut maxes = try_filled(d, f64::NEG_INFINITY)?;
        finite_bounds(points, "points", &mut mins, &mut maxes)?;
        let shape = Shape::new(n, d, leafsize);
        let (nodes, rows) = build::build(points, shape)?;
        Ok(KdTree { shape, nodes, rows, mins, maxes })
    }

    /// Number of points.
    pub fn n(&self) -> usize {
        self.shape.n
    }

    /// Number of dimensions.
    pub fn d(&self) -> usize {
        self.shape.d
    }

    /// The least coordinate in each dimension; infinity without points.
    pub fn mins(&self) -> &[f64] {
        &self.mins
    }

    /// The greatest coordinate in each dimension; minus infinity without points.
    pub fn maxes(&self) -> &[f64] {
        &self.maxes
    }

    /// The `k` nearest points of each row of `x`, in rows of `k` distances and indices, nearest first and
    /// equally distant ones by index. Places for which there is no point get infinity and n.
    pub fn query(
        &self,
        x: MatRef,
        k: usize,
        options: &QueryOptions,
        distances: Option<MatMut>,
        indices: Option<MatMut<i64>>,
    ) -> Result<()> {
        batch::query(self, x, k, options, distances, indices)
    }

    /// The points within `r` (one radius, or one for each row) of each row of `x`, by index.
    pub fn query_ball(&self, x: MatRef, r: &[f64], options: &QueryOptions) -> Result<Neighbors> {
        ball::query(self, x, r, options)
    }

    /// The number of points within `r` (one radius, or one for each row) of each row of `x`.
    pub fn count_ball(
        &self,
        x: MatRef,
        r: &[f64],
        options: &QueryOptions,
        counts: &mut [i64],
    ) -> Result<()> {
        ball::count(self, x, r, options, counts)
    }

    /// The rows of a block.
    #[inline(always)]
    fn block(&self, block: usize) -> &[Row] {
        let rows = self.shape.block_rows();
        &self.rows[block * rows..(block + 1) * rows]
    }
}

/// Widens `mins` and `maxes` to the rows of `m`, which must be finite.
fn finite_bounds(m: MatRef, name: &'static str, mins: &mut [f64], maxes: &mut [f64]) -> Result<()> {
    let mut sums = 0.0;
    for i in 0..m.rows() {
        let mut take = |j: usize, c: f64| {
            // 0 for finite numbers, else NaN.
            sums += c * 0.0;
            mins[j] = if c < mins[j] { c } else { mins[j] };
            maxes[j] = if c > maxes[j] { c } else { maxes[j] };
        };
        match m.row(i) {
            Some(row) => row.iter().enumerate().for_each(|(j, &c)| take(j, c)),
            None => (0..m.cols()).for_each(|j| take(j, m.get(i, j))),
        }
    }
    if sums == 0.0 {
        return Ok(());
    }
    for i in 0..m.rows() {
        for j in 0..m.cols() {
            let c = m.get(i, j);
            if !c.is_finite() {
                return Err(Error::invalid(
                    name,
                    format_args!("has the element {c} at ({i}, {j}), must be finite"),
                ));
            }
        }
    }
    Ok(())
}
