//! Building a tree: every node is cut at the median of its widest dimension (Friedman, Bentley & Finkel,
//! *An algorithm for finding best matches in logarithmic expected time*, ACM TOMS 3, 1977), rounded to
//! whole blocks. Points with equal coordinates are dealt out by index, so that the tree is balanced
//! whatever the points are.
//!
//! The upper levels permute indices only. From nodes of [`LOCAL`] points on, the points are copied to
//! where the processor's cache holds them, dimension by dimension.

use crate::array::{MatRef, checked_size, try_filled, try_with_capacity};
use crate::error::{Error, Result};
use crate::threads;

use super::layout::{LANES, Node, Row, Shape};
use super::select::{Scratch, partition};

/// Nodes of up to so many points are finished in one go.
const LOCAL: usize = 16 * 1024;

/// At most so many points of a node are looked at to find its widest dimension.
const SAMPLE: usize = 128;

/// Where coordinates are: `data[point * point_stride + dim * dim_stride]`.
#[derive(Clone, Copy)]
struct Coordinates<'a> {
    data: &'a [f64],
    point_stride: usize,
    dim_stride: usize,
    d: usize,
}

impl Coordinates<'_> {
    #[inline(always)]
    fn at(&self, point: u32, dim: usize) -> f64 {
        self.data[point as usize * self.point_stride + dim * self.dim_stride]
    }

    /// The dimension in which the points (or a sample of them) spread most.
    fn widest(&self, points: &[u32]) -> usize {
        let step = (points.len() / SAMPLE).max(1);
        let mut best = (f64::NEG_INFINITY, 0);
        for dim in 0..self.d {
            let (mut lo, mut hi) = (f64::INFINITY, f64::NEG_INFINITY);
            for &point in points.iter().step_by(step) {
                let c = self.at(point, dim);
                lo = if c < lo { c } else { lo };
                hi = if c > hi { c } else { hi };
            }
            if hi - lo > best.0 {
                best = (hi - lo, dim);
            }
        }
        best.1
    }

    /// Cuts a node in two, of which the first gets `left` points.
    fn cut(&self, points: &mut [u32], left: usize, scratch: &mut Scratch) -> Node {
        let dim = if self.d == 1 { 0 } else { self.widest(points) };
        for (value, &point) in scratch.values.iter_mut().zip(&*points) {
            *value = self.at(point, dim);
        }
        Node { split: partition(points, left, scratch), dim: dim as u32, lowest: 0 }
    }
}

/// A node of the upper levels and what belongs to it.
struct Part<'a> {
    node: usize,
    /// In ascending order.
    points: &'a mut [u32],
    scratch: Scratch<'a>,
    rows: &'a mut [Row],
}

/// Cuts the root and on, and writes the blocks. `points` are finite.
pub(super) fn build(points: MatRef, shape: Shape) -> Result<(Vec<Node>, Vec<Row>)> {
    let (n, d) = (shape.n, shape.d);
    let block_rows = shape.block_rows();
    let too_large = Error::OutOfMemory { bytes: usize::MAX };
    let row_count = shape.blocks.checked_mul(block_rows).ok_or(too_large)?;
    let mut nodes = try_filled(2 * shape.leaves(), Node::default())?;
    let mut rows = try_filled(row_count, Row([f64::INFINITY; LANES]))?;
    if n == 0 {
        return Ok((nodes, rows));
    }

    let copy;
    let data = match points.as_row_major() {
        Some(data) => data,
        None => {
            copy = packed(points)?;
            &copy
        }
    };
    let coordinates = Coordinates { data, point_stride: d, dim_stride: 1, d };
    let mut order = try_with_capacity(n)?;
    order.extend(0..n as u32);
    let (mut values, mut middle) = (try_filled(n, 0.0)?, try_filled(n, 0.0)?);
    let mut right = try_filled(n, 0)?;
    let scratch = Scratch { values: &mut values, middle: &mut middle, right: &mut right };

    let mut parts = vec![Part { node: 1, points: &mut order, scratch, rows: &mut rows }];
    let mut level = 0;
    while level < shape.height && n >> level > LOCAL {
        let halves = threads::map(parts, n > LOCAL, |part| {
            let Part { node, points, mut scratch, rows } = part;
            let left = shape.node_blocks(2 * node).len();
            let cut = coordinates.cut(points, left * LANES, &mut scratch);
            let (points, right_points) = points.split_at_mut(left * LANES);
            let (rows, right_rows) = rows.split_at_mut(left * block_rows);
            let (scratch, right_scratch) = scratch.split_at(left * LANES);
            let first = Part { node: 2 * node, points, scratch, rows };
            let second = Part {
                node: 2 * node + 1,
                points: right_points,
                scratch: right_scratch,
                rows: right_rows,
            };
            (cut, [first, second])
        });
        parts = Vec::with_capacity(2 * halves.len());
        for (i, (cut, two)) in halves.into_iter().enumerate() {
            nodes[(1 << level) + i] = cut;
            parts.extend(two);
        }
        level += 1;
    }

    let finished = threads::map(parts, n > LOCAL, |part| subtree(&coordinates, shape, part));
    for (i, local) in finished.into_iter().enumerate() {
        let local = local?;
        for below in 0..=shape.height - level {
            let width = 1 << below;
            let global = ((1 << level) + i) << below;
            nodes[global..global + width].copy_from_slice(&local[width..2 * width]);
        }
    }
    for node in (1..1 << level).rev() {
        nodes[node].lowest = nodes[2 * node].lowest.min(nodes[2 * node + 1].lowest);
    }
    Ok((nodes, rows))
}

/// A copy of the points, one after the other.
fn packed(points: MatRef) -> Result<Vec<f64>> {
    let d = points.cols();
    let mut copy = try_filled(points.rows() * d, 0.0)?;
    for (i, row) in copy.chunks_exact_mut(d).enumerate() {
        points.copy_row(i, row);
    }
    Ok(copy)
}

/// Finishes a node: returns the nodes below it, numbered as if it were the root, and writes its blocks.
fn subtree(points: &Coordinates, shape: Shape, part: Part) -> Result<Vec<Node>> {
    let Part { node: root, points: indices, mut scratch, rows: part_rows } = part;
    let (count, d) = (indices.len(), points.d);
    let mut copy = try_filled(checked_size(count, d)?, 0.0)?;
    for (i, &point) in indices.iter().enumerate() {
        for dim in 0..d {
            copy[dim * count + i] = points.at(point, dim);
        }
    }
    let local = Coordinates { data: &copy, point_stride: 1, dim_stride: count, d };
    let mut order = try_with_capacity(count)?;
    order.extend(0..count as u32);

    let top = root.ilog2();
    let leaves = 1usize << (shape.height - top);
    let mut nodes = try_filled(2 * leaves, Node::default())?;
    let first = shape.node_blocks(root).start;
    for node in 1..2 * leaves {
        // The same node in the whole tree.
        let below = node.ilog2();
        let global = (root << below) + (node - (1 << below));
        let blocks = shape.node_blocks(global);
        let blocks = blocks.start - first..blocks.end - first;
        let range = blocks.start * LANES..(blocks.end * LANES).min(count);
        let points = &mut order[range];
        if node < leaves {
            let left = shape.node_blocks(2 * global).len() * LANES;
            nodes[node] = local.cut(points, left, &mut scratch);
            continue;
        }
        let rows = blocks.start * shape.block_rows()..blocks.end * shape.block_rows();
        write_leaf(&local, points, indices, &mut part_rows[rows]);
        nodes[node].lowest = indices[points[0] as usize];
    }
    for node in (1..leaves).rev() {
        nodes[node].lowest = nodes[2 * node].lowest.min(nodes[2 * node + 1].lowest);
    }
    Ok(nodes)
}

/// Writes the blocks of a leaf.
fn write_leaf(local: &Coordinates, points: &[u32], indices: &[u32], rows: &mut [Row]) {
    for (points, rows) in points.chunks(LANES).zip(rows.chunks_exact_mut(local.d + 1)) {
        let (coordinates, last) = rows.split_at_mut(local.d);
        for (dim, row) in coordinates.iter_mut().enumerate() {
            for (slot, &point) in row.0.iter_mut().zip(points) {
                *slot = local.at(point, dim);
            }
        }
        for (slot, &point) in last[0].0.iter_mut().zip(points) {
            *slot = f64::from(indices[point as usize]);
        }
    }
}
