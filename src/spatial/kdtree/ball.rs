//! The points within a radius: collected, or counted.
//!
//! A group of queries walks together, as in [`super::nearest`]. The cell of every node on the way is at
//! hand, and with it the least and the largest distance of its points: cells that lie outside a ball
//! are passed over, those inside are taken whole.

use std::marker::PhantomData;
use std::ops::Range;

use crate::array::{MatRef, try_filled, try_with_capacity};
use crate::error::{Error, Result};
use crate::simd::f64x8::F64x8;
use crate::simd::{self, Kernel, Simd};
use crate::threads;

use super::batch::{Plan, WithMetric, chunk_size, group, order, with_metric};
use super::layout::{LANES, Row};
use super::metric::{Group, Metric, Query};
use super::{KdTree, QueryOptions};

/// Queries that are put in order and answered together: fewer than for nearest points, as the neighbours of
/// a chunk are kept twice for a while.
const CHUNK: usize = 32 * 1024;

/// The result of [`KdTree::query_ball`]: the neighbours of query `i` are
/// `indices[indptr[i]..indptr[i + 1]]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbors {
    /// Where each query's neighbours begin; the last element is the number of all.
    pub indptr: Vec<i64>,
    /// The neighbours of all queries, each query's in ascending order.
    pub indices: Vec<i64>,
}

/// What is done with the points in the balls of a group of queries.
trait Visit {
    /// Takes the marked points of a block for the query `lane`.
    fn some(&mut self, lane: usize, tree: &KdTree, block: usize, marked: u32) -> Result<()>;
    /// Takes all points of a range of blocks for the query `lane`.
    fn all(&mut self, lane: usize, tree: &KdTree, blocks: Range<usize>) -> Result<()>;
}

/// The number of points of each query.
#[derive(Default)]
struct Count([i64; LANES]);

impl Visit for Count {
    #[inline(always)]
    fn some(&mut self, lane: usize, _: &KdTree, _: usize, marked: u32) -> Result<()> {
        self.0[lane] += i64::from(marked.count_ones());
        Ok(())
    }
    #[inline(always)]
    fn all(&mut self, lane: usize, tree: &KdTree, blocks: Range<usize>) -> Result<()> {
        self.0[lane] += tree.shape.points_in(&blocks) as i64;
        Ok(())
    }
}

/// The points of each query, as they are found.
#[derive(Default)]
struct Collect([Vec<i64>; LANES]);

fn reserve(list: &mut Vec<i64>, more: usize) -> Result<()> {
    let bytes = list.len().saturating_add(more).saturating_mul(size_of::<i64>());
    list.try_reserve(more).map_err(|_| Error::OutOfMemory { bytes })
}

impl Visit for Collect {
    #[inline(always)]
    fn some(&mut self, lane: usize, tree: &KdTree, block: usize, marked: u32) -> Result<()> {
        let list = &mut self.0[lane];
        reserve(list, LANES)?;
        let indices = tree.block(block)[tree.shape.d].0;
        let mut marked = marked;
        while marked != 0 {
            list.push(indices[marked.trailing_zeros() as usize % LANES] as i64);
            marked &= marked - 1;
        }
        Ok(())
    }
    #[inline(always)]
    fn all(&mut self, lane: usize, tree: &KdTree, blocks: Range<usize>) -> Result<()> {
        let list = &mut self.0[lane];
        let mut left = tree.shape.points_in(&blocks);
        reserve(list, left)?;
        for block in blocks {
            let here = left.min(LANES);
            list.extend(tree.block(block)[tree.shape.d].0[..here].iter().map(|&i| i as i64));
            left -= here;
        }
        Ok(())
    }
}

/// What is still to be done: put back one dimension of the cell, and first visit `node` (unless 0), which
/// lies above `split` in it.
#[derive(Clone, Copy, Debug)]
struct Entry {
    near: Row,
    far: Row,
    lo: f64,
    hi: f64,
    split: f64,
    dim: u32,
    node: u32,
    active: u32,
}

/// One entry per level of the path.
const STACK: usize = 32;

/// What a search writes to while it runs.
struct Scratch {
    /// Coordinates of the queries: a row for each dimension.
    x: Vec<Row>,
    /// The present node's cell.
    lo: Vec<f64>,
    hi: Vec<f64>,
    /// The least and the largest terms of a point in it.
    near: Vec<Row>,
    far: Vec<Row>,
    stack: Vec<Entry>,
}

impl Scratch {
    fn new(d: usize) -> Result<Self> {
        let zero = Row([0.0; LANES]);
        let (near, far) = (zero, zero);
        let entry = Entry { near, far, lo: 0.0, hi: 0.0, split: 0.0, dim: 0, node: 0, active: 0 };
        Ok(Scratch {
            x: try_filled(d, zero)?,
            lo: try_filled(d, 0.0)?,
            hi: try_filled(d, 0.0)?,
            near: try_filled(d, zero)?,
            far: try_filled(d, zero)?,
            stack: try_filled(STACK, entry)?,
        })
    }

    /// Sets the cell's ends in one dimension.
    #[inline(always)]
    fn set<S: Simd, M: Metric>(&mut self, metric: M, dim: usize, lo: f64, hi: f64) {
        (self.lo[dim], self.hi[dim]) = (lo, hi);
        let x = S::F64x8::load(&self.x[dim].0);
        let (above, below) = (S::F64x8::splat(hi), S::F64x8::splat(lo));
        let zero = S::F64x8::splat(0.0);
        let outside = F64x8::max(F64x8::max(below - x, x - above), zero);
        self.near[dim] = Row(metric.term(outside).store());
        self.far[dim] = Row(metric.term(F64x8::max(x - below, above - x)).store());
    }
}

/// The search of the balls of a group of queries.
struct Balls<'a, M, V> {
    tree: &'a KdTree,
    metric: M,
    /// The queries, whose coordinates are in the scratch, one bit each.
    active: u32,
    radii: &'a [f64; LANES],
    eps: f64,
    scratch: &'a mut Scratch,
    visit: &'a mut V,
}

impl<M: Metric, V: Visit> Kernel for Balls<'_, M, V> {
    type Output = Result<()>;

    #[inline(always)]
    fn run<S: Simd>(self) -> Result<()> {
        let Balls { tree, metric, mut active, radii, eps, scratch, visit } = self;
        let d = tree.shape.d;
        let leaves = tree.shape.leaves();
        let factor = metric.reduce_factor(1.0 + eps);
        // Lanes of a block without a point are infinitely far.
        let mut bounds = [0.0; LANES];
        let (mut outside, mut inside) = (bounds, bounds);
        for lane in 0..LANES {
            let radius = metric.reduce(radii[lane]);
            bounds[lane] = radius.min(f64::MAX);
            outside[lane] = radius / factor;
            inside[lane] = radius * factor;
        }
        let (outside, inside) = (S::F64x8::load(&outside), S::F64x8::load(&inside));
        for dim in 0..d {
            scratch.set::<S, M>(metric, dim, tree.mins[dim], tree.maxes[dim]);
        }
        let mut top = 0;
        let mut node = 1;
        loop {
            let lower: S::F64x8 = metric.lower(Group(&scratch.near, PhantomData), d);
            active &= lower.at_most(outside);
            let upper: S::F64x8 = metric.upper(Group(&scratch.far, PhantomData), d);
            let mut whole = upper.at_most(inside) & active;
            active &= !whole;
            while whole != 0 {
                let lane = whole.trailing_zeros() as usize % LANES;
                whole &= whole - 1;
                visit.all(lane, tree, tree.shape.node_blocks(node))?;
            }
            if active != 0 && node < leaves {
                let cut = tree.nodes[node];
                let (dim, split) = (cut.dim as usize, cut.split);
                let (near, far) = (scratch.near[dim], scratch.far[dim]);
                let (lo, hi) = (scratch.lo[dim], scratch.hi[dim]);
                let right = (2 * node + 1) as u32;
                scratch.stack[top] =
                    Entry { near, far, lo, hi, split, dim: cut.dim, node: right, active };
                top += 1;
                scratch.set::<S, M>(metric, dim, lo, split);
                node *= 2;
                continue;
            }
            while active != 0 {
                let lane = active.trailing_zeros() as usize % LANES;
                active &= active - 1;
                let x = Query { x: &scratch.x, lane };
                for block in tree.shape.leaf_blocks(node - leaves) {
                    let coordinates = &tree.block(block)[..d];
                    let reduced = metric.block::<S>(x, coordinates, bounds[lane]);
                    let marked = reduced.at_most(F64x8::splat(bounds[lane]));
                    if marked != 0 {
                        visit.some(lane, tree, block, marked)?;
                    }
                }
            }
            loop {
                if top == 0 {
                    return Ok(());
                }
                let entry = &mut scratch.stack[top - 1];
                let dim = entry.dim as usize;
                if entry.node != 0 {
                    (node, active) = (entry.node as usize, entry.active);
                    // The dimension is put back when this node is done, too.
                    entry.node = 0;
                    let (split, hi) = (entry.split, entry.hi);
                    scratch.set::<S, M>(metric, dim, split, hi);
                    break;
                }
                (scratch.near[dim], scratch.far[dim]) = (entry.near, entry.far);
                (scratch.lo[dim], scratch.hi[dim]) = (entry.lo, entry.hi);
                top -= 1;
            }
        }
    }
}

/// A checked call.
struct Job<'a> {
    tree: &'a KdTree,
    plan: Plan,
    x: MatRef<'a>,
    r: &'a [f64],
}

impl<'a> Job<'a> {
    fn new(tree: &'a KdTree, x: MatRef<'a>, r: &'a [f64], options: &QueryOptions) -> Result<Self> {
        let plan = Plan::new(tree, x, options)?;
        let upper = options.distance_upper_bound;
        if upper != f64::INFINITY {
            return Err(Error::invalid(
                "options.distance_upper_bound",
                format_args!("is {upper}, but balls have their radius"),
            ));
        }
        let m = x.rows();
        if r.len() != 1 && r.len() != m {
            let found = format_args!("{} radii", r.len()).to_string();
            return Err(Error::shape("r", format_args!("1 or {m}"), found));
        }
        if let Some((i, bad)) = r.iter().enumerate().find(|(_, r)| r.is_nan() || **r < 0.0) {
            let reason =
                format_args!("has the element {bad} at {i}, must be at least 0").to_string();
            return Err(Error::invalid("r", reason));
        }
        Ok(Job { tree, plan, x, r })
    }

    /// Searches around a range of the queries, in an order of its own; `done` hears of each, by its place
    /// in the range and its lane.
    fn chunk<V: Visit>(
        &self,
        range: Range<usize>,
        visit: &mut V,
        mut done: impl FnMut(usize, usize, &mut V) -> Result<()>,
    ) -> Result<()> {
        let (tree, norm) = (self.tree, self.plan.norm);
        let d = tree.shape.d;
        let mut scratch = Scratch::new(d)?;
        let mut x = try_filled(d, 0.0)?;
        let first = range.start;
        let placed = order(tree, self.x, range)?;
        let mut queries = &placed[..];
        while !queries.is_empty() {
            let (group, rest) = queries.split_at(group(queries, d));
            queries = rest;
            let mut scales = [1.0; LANES];
            let mut radii = [0.0; LANES];
            scratch.x.fill(Row([f64::NAN; LANES]));
            for (lane, placed) in group.iter().enumerate() {
                let i = first + placed.query as usize;
                self.x.copy_row(i, &mut x);
                scratch.x.iter_mut().zip(&x).for_each(|(row, &c)| row.0[lane] = c);
                radii[lane] = self.r[if self.r.len() == 1 { 0 } else { i }];
                scales[lane] = self.plan.scale(tree, &x, radii[lane]);
            }
            // Nearly always they are all 1.
            let mut left = if tree.shape.n == 0 { 0 } else { (1u32 << group.len()) - 1 };
            while left != 0 {
                let scale = scales[left.trailing_zeros() as usize % LANES];
                let active = (0..LANES).filter(|&l| left >> l & 1 == 1 && scales[l] == scale);
                let active = active.fold(0, |mask, l| mask | 1 << l);
                left &= !active;
                let (radii, eps) = (&radii, self.plan.eps);
                let scratch = &mut scratch;
                with_metric(norm, scale, Search { tree, active, radii, eps, scratch, visit })?;
            }
            for (lane, placed) in group.iter().enumerate() {
                done(placed.query as usize, lane, visit)?;
            }
        }
        Ok(())
    }

    /// The chunks of the queries.
    fn chunks(&self) -> Vec<Range<usize>> {
        threads::ranges(self.x.rows(), chunk_size(self.x.rows()).min(CHUNK))
    }
}

/// A search before its metric is known.
struct Search<'a, V> {
    tree: &'a KdTree,
    active: u32,
    radii: &'a [f64; LANES],
    eps: f64,
    scratch: &'a mut Scratch,
    visit: &'a mut V,
}

impl<V: Visit> WithMetric for Search<'_, V> {
    type Output = Result<()>;
    fn run<M: Metric>(self, metric: M) -> Result<()> {
        let Search { tree, active, radii, eps, scratch, visit } = self;
        simd::dispatch(Balls { tree, metric, active, radii, eps, scratch, visit })
    }
}

/// See [`KdTree::count_ball`].
pub(super) fn count(
    tree: &KdTree,
    x: MatRef,
    r: &[f64],
    options: &QueryOptions,
    counts: &mut [i64],
) -> Result<()> {
    let job = Job::new(tree, x, r, options)?;
    if counts.len() != x.rows() {
        let found = format_args!("{} elements", counts.len()).to_string();
        return Err(Error::shape("counts", x.rows(), found));
    }
    let mut rest = counts;
    let mut parts = Vec::new();
    for range in job.chunks() {
        let (part, after) = rest.split_at_mut(range.len());
        parts.push((range, part));
        rest = after;
    }
    let done = threads::map(parts, true, |(range, counts)| {
        job.chunk(range, &mut Count::default(), |q, lane, found| {
            counts[q] = std::mem::take(&mut found.0[lane]);
            Ok(())
        })
    });
    done.into_iter().collect()
}

/// The neighbours of a chunk's queries, in the order in which they were found.
struct Found {
    indices: Vec<i64>,
    /// Where each query's neighbours are.
    spans: Vec<Range<usize>>,
}

/// See [`KdTree::query_ball`].
pub(super) fn query(
    tree: &KdTree,
    x: MatRef,
    r: &[f64],
    options: &QueryOptions,
) -> Result<Neighbors> {
    let job = Job::new(tree, x, r, options)?;
    let found = threads::map(job.chunks(), true, |range| -> Result<Found> {
        let mut spans = try_filled(range.len(), 0..0)?;
        let mut indices = Vec::new();
        job.chunk(range, &mut Collect::default(), |q, lane, found| {
            let list = &mut found.0[lane];
            list.sort_unstable();
            reserve(&mut indices, list.len())?;
            spans[q] = indices.len()..indices.len() + list.len();
            indices.append(list);
            Ok(())
        })?;
        Ok(Found { indices, spans })
    });
    let found: Vec<Found> = found.into_iter().collect::<Result<_>>()?;

    let total = found.iter().try_fold(0usize, |sum, f| sum.checked_add(f.indices.len()));
    let total = total.ok_or(Error::OutOfMemory { bytes: usize::MAX })?;
    let rows = x.rows().checked_add(1).ok_or(Error::OutOfMemory { bytes: usize::MAX })?;
    let mut indptr = try_with_capacity(rows)?;
    let mut indices = try_with_capacity(total)?;
    indptr.push(0);
    for Found { indices: part, spans } in found {
        for span in spans {
            indices.extend_from_slice(&part[span]);
            indptr.push(indices.len() as i64);
        }
    }
    Ok(Neighbors { indptr, indices })
}
