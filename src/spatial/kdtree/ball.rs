//! The points within a radius: collected, or counted.
//!
//! The cell of every node on the way is at hand, and with it the least and the largest distance of its
//! points: cells that lie outside the ball are passed over, those inside are taken whole.

use std::ops::Range;

use crate::array::{MatRef, try_filled, try_with_capacity};
use crate::error::{Error, Result};
use crate::simd::{self, Kernel, Simd};
use crate::threads;

use super::batch::{Plan, WithMetric, order, with_metric};
use super::layout::LANES;
use super::metric::Metric;
use super::nearest::at_most;
use super::{KdTree, QueryOptions};

/// Queries that are put in order and answered together.
const CHUNK: usize = 8 * 1024;

/// The result of [`KdTree::query_ball`]: the neighbours of query `i` are
/// `indices[indptr[i]..indptr[i + 1]]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Neighbors {
    /// Where each query's neighbours begin; the last element is the number of all.
    pub indptr: Vec<i64>,
    /// The neighbours of all queries, each query's in ascending order.
    pub indices: Vec<i64>,
}

/// What is done with points in the ball.
trait Visit {
    /// Takes the marked lanes of a block.
    fn some(&mut self, tree: &KdTree, block: usize, mask: u32) -> Result<()>;
    /// Takes all points of a range of blocks.
    fn all(&mut self, tree: &KdTree, blocks: Range<usize>) -> Result<()>;
}

struct Count(i64);

impl Visit for Count {
    #[inline(always)]
    fn some(&mut self, _: &KdTree, _: usize, mask: u32) -> Result<()> {
        self.0 += i64::from(mask.count_ones());
        Ok(())
    }
    #[inline(always)]
    fn all(&mut self, tree: &KdTree, blocks: Range<usize>) -> Result<()> {
        self.0 += tree.shape.points_in(&blocks) as i64;
        Ok(())
    }
}

#[derive(Default)]
struct Collect(Vec<i64>);

impl Collect {
    #[inline(always)]
    fn reserve(&mut self, more: usize) -> Result<()> {
        let bytes = (self.0.len() + more).saturating_mul(size_of::<i64>());
        self.0.try_reserve(more).map_err(|_| Error::OutOfMemory { bytes })
    }
}

impl Visit for Collect {
    #[inline(always)]
    fn some(&mut self, tree: &KdTree, block: usize, mut mask: u32) -> Result<()> {
        self.reserve(LANES)?;
        let indices = tree.block(block)[tree.shape.d].0;
        while mask != 0 {
            self.0.push(indices[mask.trailing_zeros() as usize % LANES] as i64);
            mask &= mask - 1;
        }
        Ok(())
    }
    #[inline(always)]
    fn all(&mut self, tree: &KdTree, blocks: Range<usize>) -> Result<()> {
        let mut left = tree.shape.points_in(&blocks);
        self.reserve(left)?;
        for block in blocks {
            let indices = tree.block(block)[tree.shape.d].0;
            let here = left.min(LANES);
            self.0.extend(indices[..here].iter().map(|&i| i as i64));
            left -= here;
        }
        Ok(())
    }
}

/// One dimension of a node's cell, as seen from the query.
#[derive(Clone, Copy, Debug, Default)]
struct Side {
    lo: f64,
    hi: f64,
    /// The least and the largest term of a point between them.
    near: f64,
    far: f64,
}

impl Side {
    #[inline(always)]
    fn new<M: Metric>(metric: M, x: f64, lo: f64, hi: f64) -> Self {
        let outside = if lo - x > x - hi { lo - x } else { x - hi };
        let farthest = if x - lo > hi - x { x - lo } else { hi - x };
        Side {
            lo,
            hi,
            near: metric.term(if outside > 0.0 { outside } else { 0.0 }),
            far: metric.term(farthest),
        }
    }
}

/// What is still to be done: put back `side`, then visit `node` (unless 0), which lies above `split`.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    side: Side,
    split: f64,
    dim: u32,
    node: u32,
}

/// Two entries per level of the path, at most.
const STACK: usize = 72;

/// The terms of a node's cell.
struct Cell {
    sides: Vec<(f64, f64)>,
    near: Vec<f64>,
    far: Vec<f64>,
}

impl Cell {
    fn new(d: usize) -> Result<Self> {
        let (near, far) = (try_filled(d, 0.0)?, try_filled(d, 0.0)?);
        Ok(Cell { sides: try_filled(d, (0.0, 0.0))?, near, far })
    }

    #[inline(always)]
    fn get(&self, dim: usize) -> Side {
        let (lo, hi) = self.sides[dim];
        Side { lo, hi, near: self.near[dim], far: self.far[dim] }
    }

    #[inline(always)]
    fn set(&mut self, dim: usize, side: Side) {
        self.sides[dim] = (side.lo, side.hi);
        self.near[dim] = side.near;
        self.far[dim] = side.far;
    }
}

/// The search of one ball.
struct Ball<'a, M, V> {
    tree: &'a KdTree,
    metric: M,
    x: &'a [f64],
    r: f64,
    eps: f64,
    cell: &'a mut Cell,
    visit: &'a mut V,
}

impl<M: Metric, V: Visit> Kernel for Ball<'_, M, V> {
    type Output = Result<()>;

    #[inline(always)]
    fn run<S: Simd>(self) -> Result<()> {
        let Ball { tree, metric, x, r, eps, cell, visit } = self;
        let leaves = tree.shape.leaves();
        let radius = metric.reduce(r);
        // Lanes without a point are infinitely far.
        let bound = radius.min(f64::MAX);
        let factor = metric.reduce_factor(1.0 + eps);
        let (outside, inside) = (radius / factor, radius * factor);
        for (dim, &c) in x.iter().enumerate() {
            cell.set(dim, Side::new(metric, c, tree.mins[dim], tree.maxes[dim]));
        }
        let mut stack = [Entry::default(); STACK];
        let mut top = 0;
        let mut node = 1;
        loop {
            if metric.lower(&cell.near) > outside {
                // Nothing here.
            } else if metric.upper(&cell.far) <= inside {
                visit.all(tree, tree.shape.node_blocks(node))?;
            } else if node >= leaves {
                for block in tree.shape.leaf_blocks(node - leaves) {
                    let coordinates = &tree.block(block)[..x.len()];
                    let distances = metric.block(x, coordinates, bound);
                    let mask = at_most(&distances, bound);
                    if mask != 0 {
                        visit.some(tree, block, mask)?;
                    }
                }
            } else {
                let cut = tree.nodes[node];
                let dim = cut.dim as usize;
                let side = cell.get(dim);
                let right = (2 * node + 1) as u32;
                stack[top] = Entry { side, split: cut.split, dim: cut.dim, node: right };
                top += 1;
                cell.set(dim, Side::new(metric, x[dim], side.lo, cut.split));
                node *= 2;
                continue;
            }
            loop {
                if top == 0 {
                    return Ok(());
                }
                let entry = &mut stack[top - 1];
                let (side, dim) = (entry.side, entry.dim as usize);
                if entry.node != 0 {
                    node = entry.node as usize;
                    // The side is put back when this node is done, too.
                    entry.node = 0;
                    cell.set(dim, Side::new(metric, x[dim], entry.split, side.hi));
                    break;
                }
                cell.set(dim, side);
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

    /// Searches around a range of the queries, in an order of its own; `done` hears of each.
    fn chunk<V: Visit>(
        &self,
        range: Range<usize>,
        visit: &mut V,
        mut done: impl FnMut(usize, &mut V),
    ) -> Result<()> {
        let tree = self.tree;
        let mut x = try_filled(tree.shape.d, 0.0)?;
        let mut cell = Cell::new(tree.shape.d)?;
        let first = range.start;
        for q in order(tree, self.x, range)? {
            let i = first + q as usize;
            self.x.copy_row(i, &mut x);
            if tree.shape.n > 0 {
                let r = self.r[if self.r.len() == 1 { 0 } else { i }];
                let scale = self.plan.scale(tree, &x, r);
                let search = Search { tree, x: &x, r, eps: self.plan.eps, cell: &mut cell, visit };
                with_metric(self.plan.norm, scale, search)?;
            }
            done(q as usize, visit);
        }
        Ok(())
    }

    /// The chunks of the queries.
    fn chunks(&self) -> Vec<Range<usize>> {
        let m = self.x.rows();
        threads::ranges(m, (m / (4 * threads::num_threads())).clamp(64, CHUNK))
    }
}

/// A search before its metric is known.
struct Search<'a, V> {
    tree: &'a KdTree,
    x: &'a [f64],
    r: f64,
    eps: f64,
    cell: &'a mut Cell,
    visit: &'a mut V,
}

impl<V: Visit> WithMetric for Search<'_, V> {
    type Output = Result<()>;
    fn run<M: Metric>(self, metric: M) -> Result<()> {
        let Search { tree, x, r, eps, cell, visit } = self;
        simd::dispatch(Ball { tree, metric, x, r, eps, cell, visit })
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
        job.chunk(range, &mut Count(0), |q, count| counts[q] = std::mem::take(&mut count.0))
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
        let mut all = Collect::default();
        let mut start = 0;
        job.chunk(range, &mut all, |q, all| {
            let end = all.0.len();
            all.0[start..].sort_unstable();
            spans[q] = std::mem::replace(&mut start, end)..end;
        })?;
        Ok(Found { indices: all.0, spans })
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
