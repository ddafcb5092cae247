//! The search for the nearest points of a group of queries.
//!
//! Depth first, the nearer child first; the queries of a group, which are neighbours where there are many,
//! walk together, each node being weighed for all of them by one vector. With each node go lower bounds
//! of the distances to its points, kept up incrementally: crossing a cut replaces the term of the cut's
//! dimension (Arya & Mount 1993). The running sums round; where that could decide, the bound is formed
//! again from its terms, which is exact in the sense of [`super::metric`], so that equally distant points
//! are found and told apart.

use crate::array::{MatRef, try_filled};
use crate::error::Result;
use crate::simd::f64x8::F64x8;
use crate::simd::{Kernel, Simd};

use super::KdTree;
use super::batch::{Placed, group};
use super::candidates::{Best, Candidates};
use super::layout::{LANES, Row};
use super::metric::{Metric, Query};

/// Far more than the running sum of a bound can be off, relatively.
const DRIFT: f64 = 1.0 / (1u64 << 40) as f64;

/// A node yet to be visited, or terms to be put back.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Lower bounds of the reduced distances to the node's points.
    lower: Row,
    /// The terms of `dim` in these bounds.
    terms: Row,
    dim: u32,
    /// 0: put `terms` back in their place.
    node: u32,
    /// The queries that the node is for, one bit each.
    active: u32,
}

/// Each level of the path leaves at most one node and one row of terms behind; there are 29 levels at most.
const STACK: usize = 64;

/// What a search writes to while it runs.
#[derive(Debug)]
pub(super) struct Scratch {
    /// Coordinates of the queries, and the terms of the present node's cell: a row for each dimension.
    x: Vec<Row>,
    sides: Vec<Row>,
    stack: Vec<Entry>,
    candidates: Candidates,
}

impl Scratch {
    /// For the `k` nearest points in `d` dimensions.
    pub fn new(d: usize, k: usize) -> Result<Self> {
        let zero = Row([0.0; LANES]);
        let entry = Entry { lower: zero, terms: zero, dim: 0, node: 0, active: 0 };
        Ok(Scratch {
            x: try_filled(d, zero)?,
            sides: try_filled(d, zero)?,
            stack: try_filled(STACK, entry)?,
            candidates: Candidates::new(k)?,
        })
    }
}

/// What is wanted of every query.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The largest reduced distance of use; finite.
    pub bound: f64,
    /// (1 + eps)^-p.
    pub shrink: f64,
}

/// Where results go: rows of `k`.
#[derive(Debug)]
pub(super) struct Output<'a> {
    pub k: usize,
    pub distances: Option<&'a mut [f64]>,
    pub indices: Option<&'a mut [i64]>,
}

impl Output<'_> {
    #[inline(always)]
    fn write<S: Simd, M: Metric>(&mut self, query: usize, metric: M, n: usize, best: Best) {
        let row = query * self.k..(query + 1) * self.k;
        let distance = |row: &Row| metric.expand(load::<S>(row)).store();
        if let Some(out) = &mut self.distances {
            copy(&mut out[row.clone()], best.distances, best, distance, f64::INFINITY);
        }
        if let Some(out) = &mut self.indices {
            copy(&mut out[row], best.indices, best, |row| row.0.map(integer), n as i64);
        }
    }
}

/// A whole number below 2^52 as an integer, in a way that vectors can do.
#[inline(always)]
fn integer(number: f64) -> i64 {
    const SHIFT: f64 = (1u64 << 52) as f64;
    ((number + SHIFT).to_bits() ^ SHIFT.to_bits()) as i64
}

/// Writes the points found and then `none`.
#[inline(always)]
fn copy<T: Copy>(
    out: &mut [T],
    rows: &[Row],
    best: Best,
    convert: impl Fn(&Row) -> [T; LANES],
    none: T,
) {
    let (found, rest) = out.split_at_mut(best.len);
    let (mut left, mut skip) = (found, best.skip);
    for row in rows {
        let values = convert(row);
        if skip == 0 && left.len() >= LANES {
            let (now, later) = left.split_at_mut(LANES);
            now.copy_from_slice(&values);
            left = later;
            continue;
        }
        let count = left.len().min(LANES - skip);
        let (now, later) = left.split_at_mut(count);
        for (j, slot) in now.iter_mut().enumerate() {
            *slot = values[(skip + j) % LANES];
        }
        (left, skip) = (later, 0);
    }
    rest.fill(none);
}

/// The searches for some rows of `x`; `queries` and the output's rows are counted from `first`. `D` is the
/// number of dimensions, 0 if that is known at run time only.
pub(super) struct Nearest<'a, 'o, M, const D: usize> {
    pub tree: &'a KdTree,
    pub metric: M,
    pub limits: Limits,
    pub x: MatRef<'a>,
    pub first: usize,
    pub queries: &'a [Placed],
    pub scratch: &'a mut Scratch,
    pub output: &'a mut Output<'o>,
}

impl<M: Metric, const D: usize> Kernel for Nearest<'_, '_, M, D> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        let Nearest { tree, metric, limits, x: matrix, first, mut queries, scratch, output } = self;
        let d = if D == 0 { tree.shape.d } else { D };
        let (x, sides) = (&mut scratch.x[..d], &mut scratch.sides[..d]);
        let best = &mut scratch.candidates;
        while !queries.is_empty() {
            let (group, rest) = queries.split_at(group(queries, d));
            queries = rest;
            for (dim, row) in x.iter_mut().enumerate() {
                // Lanes without a query are never less than anything.
                *row = Row([f64::NAN; LANES]);
                for (slot, placed) in row.0.iter_mut().zip(group) {
                    *slot = matrix.get(first + placed.query as usize, dim);
                }
            }
            best.start();
            let all = (1u32 << group.len()) - 1;
            let walk = Walk { tree, metric, limits, x };
            walk.run::<S>(all, sides, &mut scratch.stack, best);
            for (lane, placed) in group.iter().enumerate() {
                output.write::<S, M>(
                    placed.query as usize,
                    metric,
                    tree.shape.n,
                    best.finish(lane),
                );
            }
        }
    }
}

/// The way of a group of queries through the tree.
#[derive(Clone, Copy)]
struct Walk<'a, M> {
    tree: &'a KdTree,
    metric: M,
    limits: Limits,
    x: &'a [Row],
}

#[inline(always)]
fn load<S: Simd>(row: &Row) -> S::F64x8 {
    S::F64x8::load(&row.0)
}

impl<M: Metric> Walk<'_, M> {
    #[inline(always)]
    fn run<S: Simd>(
        self,
        mut active: u32,
        sides: &mut [Row],
        stack: &mut [Entry],
        best: &mut Candidates,
    ) {
        let Walk { tree, metric, limits: Limits { bound, shrink }, x } = self;
        let leaves = tree.shape.leaves();
        let nodes = &tree.nodes[..2 * leaves];
        let cautious = S::F64x8::splat(shrink * (1.0 + DRIFT));
        let zero = S::F64x8::splat(0.0);
        let mut lower = self.outside::<S>(sides);
        // The largest reduced distances of use.
        let mut worst = S::F64x8::splat(bound);
        active &= lower.at_most(worst);
        let mut node = 1;
        let mut top = 0;
        while active != 0 {
            // Down to a leaf, leaving the farther children behind.
            while node < leaves {
                let cut = nodes[node];
                let dim = cut.dim as usize;
                let old = load::<S>(&sides[dim]);
                let difference = load::<S>(&x[dim]) - S::F64x8::splat(cut.split);
                let terms = metric.term(difference);
                let mut right = zero.at_most(difference);
                let tie = terms.equals(old);
                if tie & active != 0 {
                    // Both children are equally near: the one with the lowest index may spare the other.
                    let to_right = nodes[2 * node + 1].lowest < nodes[2 * node].lowest;
                    right = if to_right { right | tie } else { right & !tie };
                }
                // The child that is nearer to most comes first.
                let majority = 2 * (right & active).count_ones() >= active.count_ones();
                let first = 2 * node + usize::from(majority);
                let agree = if majority { right } else { !right } & 0xff;
                let beyond = if M::SUM { lower - old + terms } else { lower.max(terms) };
                let limit = worst * cautious;
                let later = beyond.select(agree, lower);
                let wanted = later.at_most(limit) & active;
                if wanted != 0 {
                    let (lower, terms) = (later.store(), terms.select(agree, old).store());
                    let node = (first ^ 1) as u32;
                    let (lower, terms) = (Row(lower), Row(terms));
                    stack[top] = Entry { lower, terms, dim: cut.dim, node, active: wanted };
                    top += 1;
                }
                node = first;
                if active & !agree != 0 {
                    // For some, the first child is the farther one.
                    stack[top].terms = sides[dim];
                    (stack[top].dim, stack[top].node) = (cut.dim, 0);
                    top += 1;
                    sides[dim] = Row(old.select(agree, terms).store());
                    lower = lower.select(agree, beyond);
                    active &= lower.at_most(limit);
                }
            }
            worst = self.leaf::<S>(node - leaves, active, worst, best);
            // Back to the last child left behind that may still hold something.
            loop {
                if top == 0 {
                    return;
                }
                top -= 1;
                let entry = &mut stack[top];
                let dim = entry.dim as usize;
                if entry.node == 0 {
                    sides[dim] = entry.terms;
                    continue;
                }
                lower = load::<S>(&entry.lower);
                let limit = worst * S::F64x8::splat(shrink);
                active = entry.active & lower.at_most(limit * S::F64x8::splat(1.0 + DRIFT));
                if active == 0 {
                    continue;
                }
                node = entry.node as usize;
                std::mem::swap(&mut sides[dim], &mut entry.terms);
                let close = (limit * S::F64x8::splat(1.0 - 4.0 * DRIFT)).at_most(lower) & active;
                if close != 0 {
                    let (worst, lowest) = (worst.store(), nodes[node].lowest);
                    active &= !self.hopeless(close, lowest, sides, &worst, &best.worst_index);
                }
                if active == 0 {
                    std::mem::swap(&mut sides[dim], &mut entry.terms);
                    continue;
                }
                // What was in their place is to be put back when this node is done.
                entry.node = 0;
                top += 1;
                break;
            }
        }
    }

    /// Sets the terms of the root's cell; returns the lower bounds of the distances to all points.
    #[inline(always)]
    fn outside<S: Simd>(self, sides: &mut [Row]) -> S::F64x8 {
        let zero = S::F64x8::splat(0.0);
        let mut sum = zero;
        for (dim, (side, x)) in sides.iter_mut().zip(self.x).enumerate() {
            let x = load::<S>(x);
            let below = S::F64x8::splat(self.tree.mins[dim]) - x;
            let above = x - S::F64x8::splat(self.tree.maxes[dim]);
            let outside = F64x8::max(F64x8::max(below, above), zero);
            let terms = self.metric.term(outside);
            sum = if M::SUM { sum + terms } else { F64x8::max(sum, terms) };
            *side = Row(terms.store());
        }
        // Not the terms' proper order, and powers are not quite monotonic.
        sum * S::F64x8::splat(1.0 - DRIFT)
    }

    /// Which of the `doubtful` queries a node cannot serve, as its bounds say when they are formed anew.
    #[cold]
    fn hopeless(
        self,
        doubtful: u32,
        lowest: u32,
        sides: &[Row],
        worst: &[f64; LANES],
        worst_index: &Row,
    ) -> u32 {
        let mut hopeless = 0;
        for lane in (0..LANES).filter(|lane| doubtful >> lane & 1 == 1) {
            let exact = self.metric.lower(Query { x: sides, lane }, sides.len());
            let useless = exact > worst[lane] * self.limits.shrink
                || (exact >= worst[lane] && f64::from(lowest) > worst_index.0[lane]);
            hopeless |= u32::from(useless) << lane;
        }
        hopeless
    }

    /// Offers the points of a leaf to the active queries; returns the largest distances of use from now on.
    #[inline(always)]
    fn leaf<S: Simd>(
        self,
        leaf: usize,
        mut active: u32,
        worst: S::F64x8,
        best: &mut Candidates,
    ) -> S::F64x8 {
        let blocks = self.tree.shape.leaf_blocks(leaf);
        let (before, mut worst) = (worst.store(), worst);
        while active != 0 {
            let lane = active.trailing_zeros() as usize % LANES;
            active &= active - 1;
            let x = Query { x: self.x, lane };
            let mut limit = before[lane];
            for block in blocks.clone() {
                let rows = self.tree.block(block);
                let (coordinates, indices) = (&rows[..self.x.len()], &rows[self.x.len()].0);
                let reduced = self.metric.block::<S>(x, coordinates, limit);
                let mut mask = reduced.at_most(F64x8::splat(limit));
                if mask == 0 {
                    continue;
                }
                let distances = reduced.store();
                while mask != 0 {
                    let point = mask.trailing_zeros() as usize % LANES;
                    mask &= mask - 1;
                    limit = best.offer::<S>(lane, limit, distances[point], indices[point]);
                }
            }
            worst = S::F64x8::splat(limit).select(1 << lane, worst);
        }
        worst
    }
}
