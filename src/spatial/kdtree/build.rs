//! Building a tree: every node is cut at the median of its widest dimension (Friedman, Bentley & Finkel,
//! *An algorithm for finding best matches in logarithmic expected time*, ACM TOMS 3, 1977), rounded to
//! whole blocks. Points with equal coordinates are dealt out by index, so that the tree is balanced
//! whatever the points are.
//!
//! In up to 8 dimensions whole points are permuted: nothing is gathered from all over the memory, and the
//! points end up in the order of the blocks. In more, where moving points costs too much, the upper levels
//! permute one coordinate and the index only; nodes of [`LOCAL`] points are copied to where the processor's
//! cache holds them, dimension by dimension.

use crate::array::{MatRef, checked_size, try_filled, try_with_capacity};
use crate::error::{Error, Result};
use crate::threads;

use super::layout::{LANES, Node, Row, Shape};
use super::select::{Item, Scratch, partition};

/// Nodes of up to so many points are finished in one go.
const LOCAL: usize = 16 * 1024;

/// At most so many points of a node are looked at to find its widest dimension.
const SAMPLE: usize = 128;

/// The points of a tree, as seen through the items that are permuted in their place.
trait Points: Sync {
    type Item: Item + Send;

    /// The dimension in which the items (or a sample of them) spread most.
    fn widest(&self, items: &[Self::Item]) -> usize;

    /// Gives the items their values in a dimension.
    fn evaluate(&self, items: &mut [Self::Item], dim: usize);

    /// Cuts a node in two, of which the first gets `left` points.
    fn cut(&self, items: &mut [Self::Item], left: usize, scratch: &mut Scratch) -> Result<Node> {
        let dim = self.widest(items);
        self.evaluate(items, dim);
        let split = partition(items, dim, left, scratch)?;
        Ok(Node { split, dim: dim as u32, lowest: 0 })
    }
}

/// A whole point.
#[derive(Clone, Copy)]
struct Record<const D: usize> {
    coordinates: [f64; D],
    index: u32,
}

impl<const D: usize> Item for Record<D> {
    #[inline(always)]
    fn value(&self, dim: usize) -> f64 {
        self.coordinates[dim]
    }

    #[inline(always)]
    fn index(&self) -> u32 {
        self.index
    }
}

/// Points all of whose coordinates are in the items.
struct Records<const D: usize>;

impl<const D: usize> Points for Records<D> {
    type Item = Record<D>;

    fn widest(&self, items: &[Record<D>]) -> usize {
        let mut lo = [f64::INFINITY; D];
        let mut hi = [f64::NEG_INFINITY; D];
        for item in items.iter().step_by(sample_step(items.len())) {
            for (dim, &c) in item.coordinates.iter().enumerate() {
                lo[dim] = if c < lo[dim] { c } else { lo[dim] };
                hi[dim] = if c > hi[dim] { c } else { hi[dim] };
            }
        }
        first_widest((0..D).map(|dim| hi[dim] - lo[dim]))
    }

    fn evaluate(&self, _: &mut [Record<D>], _: usize) {}
}

/// A point's coordinate in the dimension that is being cut, its index, and where its coordinates are.
#[derive(Clone, Copy)]
struct Key {
    value: f64,
    index: u32,
    place: u32,
}

impl Item for Key {
    #[inline(always)]
    fn value(&self, _: usize) -> f64 {
        self.value
    }

    #[inline(always)]
    fn index(&self) -> u32 {
        self.index
    }
}

/// Where the coordinates of keys are: `data[place * place_stride + dim * dim_stride]`.
struct Coordinates<'a> {
    data: &'a [f64],
    place_stride: usize,
    dim_stride: usize,
    d: usize,
}

impl Coordinates<'_> {
    #[inline(always)]
    fn at(&self, place: u32, dim: usize) -> f64 {
        self.data[place as usize * self.place_stride + dim * self.dim_stride]
    }
}

impl Points for Coordinates<'_> {
    type Item = Key;

    fn widest(&self, keys: &[Key]) -> usize {
        let step = sample_step(keys.len());
        first_widest((0..self.d).map(|dim| {
            let (mut lo, mut hi) = (f64::INFINITY, f64::NEG_INFINITY);
            for key in keys.iter().step_by(step) {
                let c = self.at(key.place, dim);
                lo = if c < lo { c } else { lo };
                hi = if c > hi { c } else { hi };
            }
            hi - lo
        }))
    }

    fn evaluate(&self, keys: &mut [Key], dim: usize) {
        for key in keys {
            key.value = self.at(key.place, dim);
        }
    }
}

/// Every how manieth of `count` points is looked at.
fn sample_step(count: usize) -> usize {
    count.div_ceil(SAMPLE).max(1)
}

/// The first dimension of the greatest extent.
fn first_widest(extents: impl Iterator<Item = f64>) -> usize {
    let mut best = (f64::NEG_INFINITY, 0);
    for (dim, extent) in extents.enumerate() {
        if extent > best.0 {
            best = (extent, dim);
        }
    }
    best.1
}

/// A node of the upper levels and its points.
struct Part<'a, T> {
    node: usize,
    items: &'a mut [T],
}

/// Cuts the root and on, and writes the blocks. `points` are finite.
pub(super) fn build(points: MatRef, shape: Shape) -> Result<(Vec<Node>, Vec<Row>)> {
    let too_large = Error::OutOfMemory { bytes: usize::MAX };
    let row_count = shape.blocks.checked_mul(shape.block_rows()).ok_or(too_large)?;
    let mut nodes = try_filled(2 * shape.leaves(), Node::default())?;
    if shape.n == 0 {
        return Ok((nodes, Vec::new()));
    }
    let copy;
    let data = match points.as_row_major() {
        Some(data) => data,
        None => {
            copy = packed(points)?;
            &copy
        }
    };
    let rows = match shape.d {
        1 => build_records::<1>(data, shape, row_count, &mut nodes)?,
        2 => build_records::<2>(data, shape, row_count, &mut nodes)?,
        3 => build_records::<3>(data, shape, row_count, &mut nodes)?,
        4 => build_records::<4>(data, shape, row_count, &mut nodes)?,
        5..=8 => build_records::<8>(data, shape, row_count, &mut nodes)?,
        _ => build_keys(data, shape, row_count, &mut nodes)?,
    };
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

/// Builds by permuting whole points. Where there are less than D dimensions, the others are zero and thus
/// never cut.
fn build_records<const D: usize>(
    data: &[f64],
    shape: Shape,
    row_count: usize,
    nodes: &mut [Node],
) -> Result<Vec<Row>> {
    let mut records = try_with_capacity(shape.n)?;
    records.extend(data.chunks_exact(shape.d).zip(0..).map(|(point, index)| {
        let coordinate = |dim| point.get(dim).copied().unwrap_or(0.0);
        Record::<D> { coordinates: std::array::from_fn(coordinate), index }
    }));

    let parts = cut_top(&Records, shape, &mut records, nodes)?;
    let top = parts.len();
    let finished = threads::map(parts, shape.n > LOCAL, |part| {
        let mut subtree = Subtree::new(&Records, shape, part.node)?;
        subtree.cut(1, part.items, &mut |_| ())?;
        Ok(subtree.nodes)
    });
    join(shape, top, finished, nodes)?;

    let mut rows = try_with_capacity(row_count)?;
    for block in records.chunks(LANES) {
        let mut coordinates = [Row([f64::INFINITY; LANES]); D];
        let mut indices = Row([f64::INFINITY; LANES]);
        for (lane, record) in block.iter().enumerate() {
            for (row, &c) in coordinates.iter_mut().zip(&record.coordinates) {
                row.0[lane] = c;
            }
            indices.0[lane] = f64::from(record.index);
        }
        rows.extend_from_slice(&coordinates[..shape.d]);
        rows.push(indices);
    }
    Ok(rows)
}

/// Builds by permuting keys.
fn build_keys(
    data: &[f64],
    shape: Shape,
    row_count: usize,
    nodes: &mut [Node],
) -> Result<Vec<Row>> {
    let d = shape.d;
    let mut rows = try_filled(row_count, Row([f64::INFINITY; LANES]))?;
    let mut keys = try_with_capacity(shape.n)?;
    keys.extend((0..shape.n as u32).map(|index| Key { value: 0.0, index, place: index }));
    let points = Coordinates { data, place_stride: d, dim_stride: 1, d };

    let mut unwritten = &mut rows[..];
    let parts: Vec<_> = cut_top(&points, shape, &mut keys, nodes)?
        .into_iter()
        .map(|part| {
            let count = shape.node_blocks(part.node).len() * shape.block_rows();
            (part, unwritten.split_off_mut(..count).unwrap_or_default())
        })
        .collect();
    let top = parts.len();
    let finished = threads::map(parts, shape.n > LOCAL, |(part, rows)| {
        finish_keys(&points, shape, part, rows)
    });
    join(shape, top, finished, nodes)?;
    Ok(rows)
}

/// Finishes a node with a copy of its points; returns its nodes and writes its blocks.
fn finish_keys(
    points: &Coordinates,
    shape: Shape,
    part: Part<Key>,
    rows: &mut [Row],
) -> Result<Vec<Node>> {
    let (count, d) = (part.items.len(), points.d);
    let mut copy = try_filled(checked_size(count, d)?, 0.0)?;
    for (i, key) in part.items.iter_mut().enumerate() {
        for dim in 0..d {
            copy[dim * count + i] = points.at(key.place, dim);
        }
        key.place = i as u32;
    }
    let local = Coordinates { data: &copy, place_stride: 1, dim_stride: count, d };
    let mut blocks = rows.chunks_exact_mut(d + 1);
    let mut subtree = Subtree::new(&local, shape, part.node)?;
    subtree.cut(1, part.items, &mut |keys| {
        for (keys, rows) in keys.chunks(LANES).zip(&mut blocks) {
            write_block(&local, keys, rows);
        }
    })?;
    Ok(subtree.nodes)
}

/// Writes a block, which holds infinities.
fn write_block(points: &Coordinates, keys: &[Key], rows: &mut [Row]) {
    let (coordinates, last) = rows.split_at_mut(points.d);
    for (dim, row) in coordinates.iter_mut().enumerate() {
        for (slot, key) in row.0.iter_mut().zip(keys) {
            *slot = points.at(key.place, dim);
        }
    }
    for (slot, key) in last[0].0.iter_mut().zip(keys) {
        *slot = f64::from(key.index);
    }
}

/// Cuts nodes of more than [`LOCAL`] points, level by level. Returns those of the first level that is left.
fn cut_top<'a, P: Points>(
    points: &P,
    shape: Shape,
    items: &'a mut [P::Item],
    nodes: &mut [Node],
) -> Result<Vec<Part<'a, P::Item>>> {
    let mut parts = vec![Part { node: 1, items }];
    let mut level = 0;
    while level < shape.height && shape.n >> level > LOCAL {
        let halves = threads::map(parts, shape.n > LOCAL, |part| {
            let node = 2 * part.node;
            let left = shape.node_blocks(node).len() * LANES;
            let cut = points.cut(part.items, left, &mut Scratch::default())?;
            let (items, right_items) = part.items.split_at_mut(left);
            Ok((cut, [Part { node, items }, Part { node: node + 1, items: right_items }]))
        });
        parts = Vec::with_capacity(2 * halves.len());
        for (i, half) in halves.into_iter().enumerate() {
            let (cut, two) = half?;
            nodes[(1 << level) + i] = cut;
            parts.extend(two);
        }
        level += 1;
    }
    Ok(parts)
}

/// Puts the nodes of the `top` subtrees to where they belong in the whole tree.
fn join(
    shape: Shape,
    top: usize,
    finished: Vec<Result<Vec<Node>>>,
    nodes: &mut [Node],
) -> Result<()> {
    for (i, local) in finished.into_iter().enumerate() {
        let local = local?;
        for below in 0..=shape.height - top.ilog2() {
            let width = 1 << below;
            let global = (top + i) << below;
            nodes[global..global + width].copy_from_slice(&local[width..2 * width]);
        }
    }
    for node in (1..top).rev() {
        nodes[node].lowest = nodes[2 * node].lowest.min(nodes[2 * node + 1].lowest);
    }
    Ok(())
}

/// A node that is finished in one go, and all below it.
struct Subtree<'a, P> {
    points: &'a P,
    shape: Shape,
    /// The node in the whole tree.
    top: usize,
    /// The nodes, numbered as if this one were the root.
    nodes: Vec<Node>,
    scratch: Scratch,
}

impl<'a, P: Points> Subtree<'a, P> {
    fn new(points: &'a P, shape: Shape, top: usize) -> Result<Self> {
        let leaves = 1usize << (shape.height - top.ilog2());
        let nodes = try_filled(2 * leaves, Node::default())?;
        Ok(Subtree { points, shape, top, nodes, scratch: Scratch::default() })
    }

    /// Cuts a node and all below it; calls `leaf` for the leaves, from left to right.
    fn cut(
        &mut self,
        node: usize,
        items: &mut [P::Item],
        leaf: &mut impl FnMut(&[P::Item]),
    ) -> Result<()> {
        if 2 * node >= self.nodes.len() {
            leaf(items);
            self.nodes[node].lowest = items.iter().map(Item::index).min().unwrap_or(u32::MAX);
            return Ok(());
        }
        // The left child in the whole tree.
        let below = (2 * node).ilog2();
        let global = (self.top << below) + (2 * node - (1 << below));
        let left = self.shape.node_blocks(global).len() * LANES;
        self.nodes[node] = self.points.cut(items, left, &mut self.scratch)?;
        let (items, right_items) = items.split_at_mut(left);
        self.cut(2 * node, items, leaf)?;
        self.cut(2 * node + 1, right_items, leaf)?;
        self.nodes[node].lowest = self.nodes[2 * node].lowest.min(self.nodes[2 * node + 1].lowest);
        Ok(())
    }
}
