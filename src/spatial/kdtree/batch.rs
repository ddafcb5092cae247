//! Many queries at once: checked, put in an order that keeps the tree's memory near, dealt out to
//! threads.

use std::ops::Range;

use crate::array::{MatMut, MatRef, try_filled, try_with_capacity};
use crate::error::{Error, Result};
use crate::simd;
use crate::threads;

use super::layout::LANES;
use super::metric::{Chebyshev, Euclid, HighPower, Manhattan, Metric, Power, ScaledEuclid};
use super::nearest::{Limits, Nearest, Output, Scratch};
use super::scale::Norm;
use super::{KdTree, QueryOptions, finite_bounds};

/// Queries that are put in order and answered together, at most. The more there are, the closer are those
/// that walk together.
pub(super) const CHUNK: usize = 512 * 1024;

/// In up to so many dimensions, only queries of one leaf walk together: others visit too few leaves in common.
/// In more, they visit so many that it always pays.
const APART: usize = 4;

/// The checked options of a call, and how far its queries reach.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub norm: Norm,
    pub eps: f64,
    /// Bounds of the largest difference between any query and any point, for every query.
    largest: (f64, f64),
}

impl Plan {
    pub fn new(tree: &KdTree, x: MatRef, options: &QueryOptions) -> Result<Self> {
        let d = tree.shape.d;
        if x.cols() != d {
            let found = format_args!("{} x {}", x.rows(), x.cols()).to_string();
            return Err(Error::shape("x", format_args!("{} x {d}", x.rows()), found));
        }
        let norm = Norm::new(options.p)?;
        let eps = options.eps;
        if !(0.0..f64::INFINITY).contains(&eps) {
            let reason = format_args!("is {eps}, must be finite and at least 0");
            return Err(Error::invalid("options.eps", reason));
        }
        let mut mins = try_filled(d, f64::INFINITY)?;
        let mut maxes = try_filled(d, f64::NEG_INFINITY)?;
        finite_bounds(x, "x", &mut mins, &mut maxes)?;
        let mut largest = (0.0f64, 0.0f64);
        for j in 0..d {
            // Each query is at least half the tree's extent away from one of its ends.
            largest.0 = largest.0.max(tree.maxes[j] / 2.0 - tree.mins[j] / 2.0);
            largest.1 = largest.1.max(maxes[j] - tree.mins[j]).max(tree.maxes[j] - mins[j]);
        }
        Ok(Plan { norm, eps, largest })
    }

    /// Whether no query needs scaling.
    pub fn ordinary(&self, reach: f64) -> bool {
        self.norm.scale(self.largest.0, reach) == 1.0
            && self.norm.scale(self.largest.1, reach) == 1.0
            && self.largest.0 > 0.0
    }

    /// The scale of one query.
    pub fn scale(&self, tree: &KdTree, x: &[f64], reach: f64) -> f64 {
        let mut largest = 0.0f64;
        for (j, &c) in x.iter().enumerate() {
            largest = largest.max(c - tree.mins[j]).max(tree.maxes[j] - c);
        }
        self.norm.scale(largest, reach)
    }
}

/// Work that is done with a metric.
pub(super) trait WithMetric {
    type Output;
    fn run<M: Metric>(self, metric: M) -> Self::Output;
}

/// Picks the metric of a norm.
pub(super) fn with_metric<W: WithMetric>(norm: Norm, scale: f64, work: W) -> W::Output {
    match norm {
        Norm::Manhattan => work.run(Manhattan),
        Norm::Chebyshev => work.run(Chebyshev),
        Norm::Euclid if scale == 1.0 => work.run(Euclid),
        Norm::Euclid => work.run(ScaledEuclid { root: scale }),
        Norm::Power(p) => work.run(Power { p, root: scale }),
        Norm::HighPower(p) => work.run(HighPower { p }),
    }
}

/// See [`KdTree::query`].
pub(super) fn query(
    tree: &KdTree,
    x: MatRef,
    k: usize,
    options: &QueryOptions,
    mut distances: Option<MatMut>,
    mut indices: Option<MatMut<i64>>,
) -> Result<()> {
    let plan = Plan::new(tree, x, options)?;
    if k == 0 {
        return Err(Error::invalid("k", "is 0, must be at least 1"));
    }
    let upper = options.distance_upper_bound;
    if upper.is_nan() || upper < 0.0 {
        return Err(Error::invalid(
            "options.distance_upper_bound",
            format_args!("is {upper}, must be at least 0"),
        ));
    }
    let m = x.rows();
    let check = |name, shape: Option<(usize, usize)>| match shape {
        Some((rows, cols)) if (rows, cols) != (m, k) => {
            let found = format_args!("{rows} x {cols}").to_string();
            Err(Error::shape(name, format_args!("{m} x {k}"), found))
        }
        _ => Ok(()),
    };
    check("distances", distances.as_ref().map(|o| (o.rows(), o.cols())))?;
    check("indices", indices.as_ref().map(|o| (o.rows(), o.cols())))?;
    if m == 0 || (distances.is_none() && indices.is_none()) {
        return Ok(());
    }

    let job = Job { tree, plan, x, k, upper };
    let packed = distances.as_mut().is_none_or(|o| o.as_row_major_mut().is_some())
        && indices.as_mut().is_none_or(|o| o.as_row_major_mut().is_some());
    let chunk = chunk_size(m);
    if packed {
        let ds = distances.as_mut().and_then(|o| o.as_row_major_mut());
        let is = indices.as_mut().and_then(|o| o.as_row_major_mut());
        return job.run(0..m, chunk, ds, is);
    }
    scattered(&job, chunk, distances, indices)
}

/// How many of `m` queries make a chunk.
pub(super) fn chunk_size(m: usize) -> usize {
    match threads::num_threads() {
        1 => CHUNK,
        threads => m.div_ceil(2 * threads).clamp(64, CHUNK),
    }
}

/// Answers into outputs whose rows do not follow each other, by way of rows that do.
fn scattered(
    job: &Job,
    chunk: usize,
    mut distances: Option<MatMut>,
    mut indices: Option<MatMut<i64>>,
) -> Result<()> {
    let (m, n) = (job.x.rows(), job.tree.shape.n);
    let k = job.k.min(n.max(1));
    let step = (chunk * 4 * threads::num_threads()).min((1 << 22) / k).max(1).min(m);
    let mut ds = try_filled(if distances.is_some() { step * k } else { 0 }, 0.0)?;
    let mut is = try_filled(if indices.is_some() { step * k } else { 0 }, 0)?;
    for range in threads::ranges(m, step) {
        let len = range.len();
        let part = Job { k, ..*job };
        part.run(
            range.clone(),
            chunk,
            distances.is_some().then_some(&mut ds[..len * k]),
            indices.is_some().then_some(&mut is[..len * k]),
        )?;
        for (at, i) in range.enumerate() {
            for j in 0..job.k {
                let found = j < k;
                if let Some(out) = &mut distances {
                    out.set(i, j, if found { ds[at * k + j] } else { f64::INFINITY });
                }
                if let Some(out) = &mut indices {
                    out.set(i, j, if found { is[at * k + j] } else { n as i64 });
                }
            }
        }
    }
    Ok(())
}

/// A checked call.
#[derive(Clone, Copy)]
struct Job<'a> {
    tree: &'a KdTree,
    plan: Plan,
    x: MatRef<'a>,
    k: usize,
    upper: f64,
}

impl Job<'_> {
    /// Answers a range of the queries, in chunks. The outputs have rows of `k` for each.
    fn run(
        &self,
        rows: Range<usize>,
        chunk: usize,
        distances: Option<&mut [f64]>,
        indices: Option<&mut [i64]>,
    ) -> Result<()> {
        let size = chunk * self.k;
        let mut ds = distances.map(|s| s.chunks_mut(size));
        let mut is = indices.map(|s| s.chunks_mut(size));
        let parts = threads::ranges(rows.len(), chunk)
            .into_iter()
            .map(|part| {
                let range = rows.start + part.start..rows.start + part.end;
                let output = Output {
                    k: self.k,
                    distances: ds.as_mut().and_then(Iterator::next),
                    indices: is.as_mut().and_then(Iterator::next),
                };
                (range, output)
            })
            .collect();
        let done = threads::map(parts, true, |(range, output)| self.chunk(range, output));
        done.into_iter().collect()
    }

    fn chunk(&self, range: Range<usize>, mut output: Output) -> Result<()> {
        let tree = self.tree;
        let (n, d) = (tree.shape.n, tree.shape.d);
        if n == 0 {
            output.distances.iter_mut().for_each(|o| o.fill(f64::INFINITY));
            output.indices.iter_mut().for_each(|o| o.fill(0));
            return Ok(());
        }
        let mut scratch = Scratch::new(d, self.k.min(n))?;
        let first = range.start;
        let mut queries = order(tree, self.x, range)?;
        let mut strange = Vec::new();
        if !self.plan.ordinary(self.upper) {
            let mut x = try_filled(d, 0.0)?;
            strange = try_with_capacity(queries.len())?;
            queries.retain(|&q: &Placed| {
                self.x.copy_row(first + q.query as usize, &mut x);
                let scale = self.plan.scale(tree, &x, self.upper);
                if scale != 1.0 {
                    strange.push((q, scale));
                }
                scale == 1.0
            });
        }
        let mut run = |queries: &[Placed], scale: f64| {
            let (scratch, output) = (&mut scratch, &mut output);
            let search = Search { job: self, first, queries, scratch, output };
            with_metric(self.plan.norm, scale, search);
        };
        run(&queries, 1.0);
        for (query, scale) in strange {
            run(&[query], scale);
        }
        Ok(())
    }
}

/// A query, by its place in a chunk, and the leaf it falls into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Placed {
    leaf: u32,
    pub query: u32,
}

/// The rows of a range, counted from its start, in the order of the leaves they fall into.
pub(super) fn order(tree: &KdTree, x: MatRef, range: Range<usize>) -> Result<Vec<Placed>> {
    let leaves = tree.shape.leaves();
    let mut placed = try_with_capacity(range.len())?;
    for (query, row) in range.enumerate() {
        let mut node = 1;
        while node < leaves {
            let cut = tree.nodes[node];
            node = 2 * node + usize::from(x.get(row, cut.dim as usize) >= cut.split);
        }
        placed.push(Placed { leaf: (node - leaves) as u32, query: query as u32 });
    }
    placed.sort_unstable();
    Ok(placed)
}

/// How many of the first of the ordered `queries` walk together.
#[inline]
pub(super) fn group(queries: &[Placed], d: usize) -> usize {
    let near = |q: &&Placed| d > APART || q.leaf == queries[0].leaf;
    queries.iter().take(LANES).take_while(near).count()
}

/// The searches of a chunk, before their metric and dimension are known.
struct Search<'a, 'o> {
    job: &'a Job<'a>,
    first: usize,
    queries: &'a [Placed],
    scratch: &'a mut Scratch,
    output: &'a mut Output<'o>,
}

impl Search<'_, '_> {
    fn run_in<M: Metric, const D: usize>(self, metric: M) {
        let Job { tree, plan, x, upper, .. } = *self.job;
        // The largest number whose distance is below the bound; never infinite, as lanes without a point
        // are.
        let bound = metric.reduce(upper).next_down().min(f64::MAX);
        let shrink = metric.reduce_factor(1.0 + plan.eps).recip().max(f64::MIN_POSITIVE);
        let limits = Limits { bound, shrink };
        let Search { first, queries, scratch, output, .. } = self;
        simd::dispatch(Nearest::<M, D> {
            tree,
            metric,
            limits,
            x,
            first,
            queries,
            scratch,
            output,
        });
    }
}

impl WithMetric for Search<'_, '_> {
    type Output = ();
    fn run<M: Metric>(self, metric: M) {
        match self.job.tree.shape.d {
            1 => self.run_in::<M, 1>(metric),
            2 => self.run_in::<M, 2>(metric),
            3 => self.run_in::<M, 3>(metric),
            4 => self.run_in::<M, 4>(metric),
            _ => self.run_in::<M, 0>(metric),
        }
    }
}
