//! The search for the nearest points of one query.
//!
//! Depth first, the nearer child first. With each node goes a lower bound of the distance to its points,
//! kept up incrementally: crossing a cut replaces the term of the cut's dimension (Arya & Mount 1993). The
//! running sum rounds; where that could decide, the bound is formed again from its terms, which is
//! exact in the sense of [`super::metric`], so that equally distant points are found and told apart.

use crate::array::MatRef;
use crate::simd::{Kernel, Simd};

use super::KdTree;
use super::candidates::Candidates;
use super::layout::LANES;
use super::metric::Metric;

/// Far more than the running sum of a bound can be off, relatively.
const DRIFT: f64 = 1.0 / (1u64 << 40) as f64;

/// A node yet to be visited, or a term to be put back.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// A lower bound of the reduced distance to the node's points.
    lower: f64,
    /// The term of `dim` in this bound.
    term: f64,
    dim: u32,
    /// 0: put `term` back in its place.
    node: u32,
}

/// Each level of the path leaves at most one node and one term behind.
const STACK: usize = 72;

/// What a search writes to while it runs.
#[derive(Debug)]
pub(super) struct Scratch {
    pub x: Vec<f64>,
    pub sides: Vec<f64>,
    pub candidates: Candidates,
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
    fn write<M: Metric>(&mut self, query: usize, metric: M, n: usize, best: (&[f64], &[f64])) {
        let row = query * self.k..(query + 1) * self.k;
        let found = best.0.len();
        if let Some(distances) = &mut self.distances {
            let (near, rest) = distances[row.clone()].split_at_mut(found);
            for (out, &reduced) in near.iter_mut().zip(best.0) {
                *out = metric.expand(reduced);
            }
            rest.fill(f64::INFINITY);
        }
        if let Some(indices) = &mut self.indices {
            let (near, rest) = indices[row].split_at_mut(found);
            for (out, &index) in near.iter_mut().zip(best.1) {
                *out = index as i64;
            }
            rest.fill(n as i64);
        }
    }
}

/// The searches for some rows of `x`; `queries` and the output's rows are counted from `first`. `D` is the
/// number of dimensions, 0 if that is known at run time only.
pub(super) struct Nearest<'a, 'o, M, const D: usize> {
    pub tree: &'a KdTree,
    pub metric: M,
    pub limits: Limits,
    pub x: MatRef<'a>,
    pub first: usize,
    pub queries: &'a [u32],
    pub scratch: &'a mut Scratch,
    pub output: &'a mut Output<'o>,
}

impl<M: Metric, const D: usize> Kernel for Nearest<'_, '_, M, D> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self) {
        let Scratch { x, sides, candidates } = self.scratch;
        let d = if D == 0 { self.tree.shape.d } else { D };
        let (x, sides) = (&mut x[..d], &mut sides[..d]);
        for &query in self.queries {
            self.x.copy_row(self.first + query as usize, x);
            search(self.tree, self.metric, self.limits, x, sides, candidates);
            let best = candidates.finish();
            self.output.write(query as usize, self.metric, self.tree.shape.n, best);
        }
    }
}

#[inline(always)]
fn search<M: Metric>(
    tree: &KdTree,
    metric: M,
    limits: Limits,
    x: &[f64],
    sides: &mut [f64],
    best: &mut Candidates,
) {
    let leaves = tree.shape.leaves();
    let nodes = &tree.nodes[..2 * leaves];
    best.start(limits.bound);
    for i in 0..x.len() {
        let (below, above) = (tree.mins[i] - x[i], x[i] - tree.maxes[i]);
        let outside = if below > above { below } else { above };
        sides[i] = metric.term(if outside > 0.0 { outside } else { 0.0 });
    }
    let mut lower = metric.lower(sides);
    let mut node = 1;
    let mut stack = [Entry::default(); STACK];
    let mut top = 0;
    if lower > limits.bound {
        return;
    }
    loop {
        // Down to a leaf, leaving the farther children behind.
        while node < leaves {
            let cut = nodes[node];
            let dim = cut.dim as usize;
            let difference = x[dim] - cut.split;
            let term = metric.term(difference);
            let old = sides[dim];
            let mut near = 2 * node + usize::from(difference >= 0.0);
            if term == old {
                // Both children are equally near: the one with the lowest index may spare the other.
                near = 2 * node + usize::from(nodes[2 * node + 1].lowest < nodes[2 * node].lowest);
            }
            let beyond = if M::SUM {
                lower - old + term
            } else if term > lower {
                term
            } else {
                lower
            };
            if beyond <= best.worst * (limits.shrink * (1.0 + DRIFT)) {
                stack[top] = Entry { lower: beyond, term, dim: cut.dim, node: (near ^ 1) as u32 };
                top += 1;
            }
            node = near;
        }
        leaf(tree, metric, node - leaves, x, best);
        // Back to the last child left behind that may still hold something.
        loop {
            if top == 0 {
                return;
            }
            top -= 1;
            let entry = stack[top];
            let dim = entry.dim as usize;
            if entry.node == 0 {
                sides[dim] = entry.term;
                continue;
            }
            let limit = best.worst * limits.shrink;
            if entry.lower > limit * (1.0 + DRIFT) {
                continue;
            }
            let old = std::mem::replace(&mut sides[dim], entry.term);
            if entry.lower >= limit * (1.0 - DRIFT) {
                let exact = metric.lower(sides);
                let hopeless = exact > limit
                    || (exact >= best.worst
                        && f64::from(nodes[entry.node as usize].lowest) > best.worst_index);
                if hopeless {
                    sides[dim] = old;
                    continue;
                }
            }
            stack[top] = Entry { lower: 0.0, term: old, dim: entry.dim, node: 0 };
            top += 1;
            lower = entry.lower;
            node = entry.node as usize;
            break;
        }
    }
}

/// Offers the points of a leaf.
#[inline(always)]
fn leaf<M: Metric>(tree: &KdTree, metric: M, leaf: usize, x: &[f64], best: &mut Candidates) {
    for block in tree.shape.leaf_blocks(leaf) {
        let rows = tree.block(block);
        let (indices, coordinates) = rows.split_last().expect("a block has rows");
        let distances = metric.block(x, &coordinates[..x.len()], best.worst);
        let mut mask = at_most(&distances, best.worst);
        while mask != 0 {
            let lane = mask.trailing_zeros() as usize % LANES;
            mask &= mask - 1;
            best.offer(distances[lane], indices.0[lane]);
        }
    }
}

/// The lanes that are at most `bound`, one bit each.
#[inline(always)]
pub(super) fn at_most(values: &[f64; LANES], bound: f64) -> u32 {
    let mut mask = 0;
    for l in 0..LANES {
        mask |= u32::from(values[l] <= bound) << l;
    }
    mask
}
