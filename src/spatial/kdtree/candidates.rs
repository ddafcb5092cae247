//! The best points met so far.

use crate::array::{checked_size, try_filled};
use crate::error::Result;
use crate::simd::Simd;
use crate::simd::f64x8::F64x8;

use super::layout::{LANES, Row};

/// Up to so many, a sorted list is faster than a heap.
const SORTED: usize = 128;

/// The k nearest points met so far of each of [`LANES`] queries, ordered by reduced distance and then by
/// index. Indices are kept as doubles, which hold them exactly, as in the tree's blocks.
#[derive(Debug)]
pub(super) struct Candidates {
    k: usize,
    /// Numbers of points.
    len: [usize; LANES],
    /// For each query, as many rows as hold k numbers. Lists stand at the rows' end, so that the k-th
    /// number is the very last, behind minus infinities, and are filled up with infinities; heaps stand
    /// at the beginning.
    distances: Vec<Row>,
    indices: Vec<Row>,
    /// The index of the k-th best point; infinity before there are k.
    pub worst_index: Row,
}

/// Whether point `a` comes before point `b`.
#[inline(always)]
fn before(a: (f64, f64), b: (f64, f64)) -> bool {
    a.0 < b.0 || (a.0 == b.0 && a.1 < b.1)
}

/// Rows for `k` numbers.
#[inline(always)]
fn rows(k: usize) -> usize {
    k.div_ceil(LANES)
}

/// The points found for a query.
#[derive(Clone, Copy, Debug)]
pub(super) struct Best<'a> {
    /// Rows of reduced distances and indices.
    pub distances: &'a [Row],
    pub indices: &'a [Row],
    /// How many numbers come before the first point.
    pub skip: usize,
    /// How many points there are.
    pub len: usize,
}

const NONE: Row = Row([f64::INFINITY; LANES]);

impl Candidates {
    /// Room for `k` >= 1 points of each query.
    pub fn new(k: usize) -> Result<Self> {
        let room = checked_size(rows(k), LANES)?;
        Ok(Candidates {
            k,
            len: [0; LANES],
            distances: try_filled(room, NONE)?,
            indices: try_filled(room, NONE)?,
            worst_index: NONE,
        })
    }

    /// Forgets all points.
    #[inline(always)]
    pub fn start(&mut self) {
        self.len = [0; LANES];
        self.worst_index = NONE;
        if self.k <= SORTED {
            self.distances.fill(NONE);
            self.indices.fill(NONE);
            let n = rows(self.k);
            let mut first = NONE;
            first.0[..n * LANES - self.k].fill(f64::NEG_INFINITY);
            self.distances.iter_mut().step_by(n).for_each(|row| *row = first);
        }
    }

    /// Takes a point for the query `lane`, if it is among its best. `worst` is the largest reduced distance
    /// of use so far; returns it as it is from now on: that of the k-th best point, once there are k.
    #[inline(always)]
    pub fn offer<S: Simd>(&mut self, lane: usize, worst: f64, distance: f64, index: f64) -> f64 {
        if distance > worst || (distance == worst && index >= self.worst_index.0[lane]) {
            return worst;
        }
        let kth = if self.k <= SORTED {
            self.insert::<S>(lane, distance, index)
        } else {
            self.push(lane, distance, index)
        };
        if kth < worst { kth } else { worst }
    }

    /// Inserts into the sorted list: what comes after the new point moves on by one. Returns the k-th
    /// distance.
    #[inline(always)]
    fn insert<S: Simd>(&mut self, lane: usize, distance: f64, index: f64) -> f64 {
        let n = rows(self.k);
        let (new_d, new_i) = (S::F64x8::splat(distance), S::F64x8::splat(index));
        let (mut last_d, mut last_i) = (new_d, new_i);
        let (mut end_d, mut end_i) = (new_d, new_i);
        let mut moving = 0;
        let ds = &mut self.distances[lane * n..][..n];
        let is = &mut self.indices[lane * n..][..n];
        for (d, i) in ds.iter_mut().zip(is.iter_mut()) {
            let (old_d, old_i) = (S::F64x8::load(&d.0), S::F64x8::load(&i.0));
            let first = old_d.at_most(new_d) & (!old_d.equals(new_d) | old_i.at_most(new_i));
            // The places that change, and those of them that take over from their neighbours.
            let change = !first & 0xff;
            let shift = change << 1 | moving;
            moving = change >> (LANES - 1);
            // (Not the other way round: the compiler would make it a masked store, slow to read back.)
            end_d = old_d.after(last_d).select(shift, new_d.select(change, old_d));
            end_i = old_i.after(last_i).select(shift, new_i.select(change, old_i));
            (*d, *i) = (Row(end_d.store()), Row(end_i.store()));
            (last_d, last_i) = (old_d, old_i);
        }
        self.worst_index.0[lane] = end_i.last();
        self.len[lane] += usize::from(self.len[lane] < self.k);
        end_d.last()
    }

    fn heap(&mut self, lane: usize) -> Heap<'_> {
        let n = rows(self.k);
        Heap {
            distances: &mut self.distances[lane * n..][..n],
            indices: &mut self.indices[lane * n..][..n],
        }
    }

    /// Inserts into the heap, whose root is the last of all. Returns the k-th distance.
    fn push(&mut self, lane: usize, distance: f64, index: f64) -> f64 {
        let (k, mut j) = (self.k, self.len[lane]);
        let new = (distance, index);
        let mut heap = self.heap(lane);
        if j == k {
            heap.sift_down(new, k);
        } else {
            while j > 0 {
                let parent = (j - 1) / 2;
                if !before(heap.at(parent), new) {
                    break;
                }
                heap.put(j, heap.at(parent));
                j = parent;
            }
            heap.put(j, new);
        }
        let root = heap.at(0);
        self.len[lane] += usize::from(self.len[lane] < k);
        if self.len[lane] < k {
            return f64::INFINITY;
        }
        self.worst_index.0[lane] = root.1;
        root.0
    }

    /// The points of the query `lane`, nearest first.
    #[inline(always)]
    pub fn finish(&mut self, lane: usize) -> Best<'_> {
        let (k, n, len) = (self.k, rows(self.k), self.len[lane]);
        let mut skip = n * LANES - k;
        if k > SORTED {
            skip = 0;
            self.heap(lane).sort(len);
        }
        Best {
            distances: &self.distances[lane * n..][..n],
            indices: &self.indices[lane * n..][..n],
            skip,
            len,
        }
    }
}

/// A binary heap with the last point on top.
struct Heap<'a> {
    distances: &'a mut [Row],
    indices: &'a mut [Row],
}

impl Heap<'_> {
    /// Replaces the root of the first `len` by `new`.
    fn sift_down(&mut self, new: (f64, f64), len: usize) {
        let mut j = 0;
        loop {
            let mut child = 2 * j + 1;
            if child >= len {
                break;
            }
            if child + 1 < len && before(self.at(child), self.at(child + 1)) {
                child += 1;
            }
            if !before(new, self.at(child)) {
                break;
            }
            self.put(j, self.at(child));
            j = child;
        }
        self.put(j, new);
    }

    /// Turns the heap of the first `len` into a sorted list.
    fn sort(&mut self, len: usize) {
        for last in (1..len).rev() {
            let end = self.at(last);
            self.put(last, self.at(0));
            self.sift_down(end, last);
        }
    }

    fn at(&self, j: usize) -> (f64, f64) {
        (self.distances[j / LANES].0[j % LANES], self.indices[j / LANES].0[j % LANES])
    }

    fn put(&mut self, j: usize, (distance, index): (f64, f64)) {
        self.distances[j / LANES].0[j % LANES] = distance;
        self.indices[j / LANES].0[j % LANES] = index;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simd::{Kernel, dispatch};

    struct Offer<'a>(&'a mut Candidates, usize, f64, (f64, f64));
    impl Kernel for Offer<'_> {
        type Output = f64;
        #[inline(always)]
        fn run<S: Simd>(self) -> f64 {
            self.0.offer::<S>(self.1, self.2, self.3.0, self.3.1)
        }
    }

    #[test]
    fn lists_and_heaps_agree_with_sorting() {
        let mut state = 7u64;
        let mut next = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            state >> 33
        };
        for k in [1, 2, 5, 8, 9, 16, 17, SORTED, SORTED + 1, 300] {
            let mut c = Candidates::new(k).unwrap();
            for n in [0, 1, 40, 1000] {
                // Few different distances: many ties.
                let mut points: Vec<(f64, f64)> =
                    (0..n).map(|i| ((next() % 50) as f64, i as f64)).collect();
                c.start();
                for i in 0..n {
                    points.swap(i, (next() as usize) % n);
                }
                let mut worst = 30.0;
                for &point in &points {
                    worst = dispatch(Offer(&mut c, n % LANES, worst, point));
                }
                points.retain(|p| p.0 <= 30.0);
                points.sort_by(|a, b| a.partial_cmp(b).unwrap());
                points.truncate(k);
                assert_eq!(worst, if points.len() < k { 30.0 } else { points[k - 1].0 });
                let best = c.finish(n % LANES);
                let flat = |rows: &[Row]| rows.iter().flat_map(|r| r.0).collect::<Vec<_>>();
                let both = flat(best.distances).into_iter().zip(flat(best.indices));
                let got: Vec<_> = both.skip(best.skip).take(best.len).collect();
                assert_eq!(got, points);
            }
        }
    }
}
