//! The best points met so far.

use crate::array::{checked_size, try_filled};
use crate::error::Result;

use super::layout::{LANES, Row};

/// Up to so many, a sorted list is faster than a heap.
const SORTED: usize = 48;

/// The k nearest points met so far of each of [`LANES`] queries, ordered by reduced distance and then by
/// index. Indices are kept as doubles, which hold them exactly, as in the tree's blocks.
#[derive(Debug)]
pub(super) struct Candidates {
    k: usize,
    len: [usize; LANES],
    /// k of each query.
    distances: Vec<f64>,
    indices: Vec<f64>,
    /// Points farther than this are of no use to a query. The k-th best distance, once there are k.
    pub worst: Row,
    /// The index of the k-th best point.
    pub worst_index: Row,
}

/// Whether point `a` comes before point `b`.
#[inline(always)]
fn before(a: (f64, f64), b: (f64, f64)) -> bool {
    a.0 < b.0 || (a.0 == b.0 && a.1 < b.1)
}

impl Candidates {
    /// Room for `k` >= 1 points of each query.
    pub fn new(k: usize) -> Result<Self> {
        let room = checked_size(k, LANES)?;
        Ok(Candidates {
            k,
            len: [0; LANES],
            distances: try_filled(room, 0.0)?,
            indices: try_filled(room, 0.0)?,
            worst: Row([0.0; LANES]),
            worst_index: Row([0.0; LANES]),
        })
    }

    /// Forgets all points. From now on those at most `bound` away are wanted.
    #[inline(always)]
    pub fn start(&mut self, bound: f64) {
        self.len = [0; LANES];
        self.worst = Row([bound; LANES]);
        self.worst_index = Row([f64::INFINITY; LANES]);
    }

    /// Takes a point for the query `lane`, if it is among its best.
    #[inline(always)]
    pub fn offer(&mut self, lane: usize, distance: f64, index: f64) {
        if !before((distance, index), (self.worst.0[lane], self.worst_index.0[lane])) {
            return;
        }
        if self.k <= SORTED {
            self.insert(lane, distance, index);
        } else {
            self.push(lane, distance, index);
        }
    }

    #[inline(always)]
    fn insert(&mut self, lane: usize, distance: f64, index: f64) {
        let k = self.k;
        let ds = &mut self.distances[lane * k..][..k];
        let is = &mut self.indices[lane * k..][..k];
        let len = &mut self.len[lane];
        let mut j = *len;
        if j < k {
            *len += 1;
        } else {
            j = k - 1;
        }
        while j > 0 && before((distance, index), (ds[j - 1], is[j - 1])) {
            ds[j] = ds[j - 1];
            is[j] = is[j - 1];
            j -= 1;
        }
        ds[j] = distance;
        is[j] = index;
        if *len == k {
            self.worst.0[lane] = ds[k - 1];
            self.worst_index.0[lane] = is[k - 1];
        }
    }

    /// Inserts into the heap, whose root is the last of all.
    fn push(&mut self, lane: usize, distance: f64, index: f64) {
        let k = self.k;
        let mut heap = Heap {
            distances: &mut self.distances[lane * k..][..k],
            indices: &mut self.indices[lane * k..][..k],
        };
        let len = &mut self.len[lane];
        let new = (distance, index);
        if *len < k {
            let mut j = *len;
            *len += 1;
            while j > 0 {
                let parent = (j - 1) / 2;
                if !before(heap.at(parent), new) {
                    break;
                }
                heap.put(j, heap.at(parent));
                j = parent;
            }
            heap.put(j, new);
        } else {
            heap.sift_down(new, k);
        }
        if *len == k {
            (self.worst.0[lane], self.worst_index.0[lane]) = heap.at(0);
        }
    }

    /// The points of the query `lane`, nearest first: reduced distances and indices.
    #[inline]
    pub fn finish(&mut self, lane: usize) -> (&[f64], &[f64]) {
        let (k, len) = (self.k, self.len[lane]);
        let distances = &mut self.distances[lane * k..][..len];
        let indices = &mut self.indices[lane * k..][..len];
        if k > SORTED {
            let mut heap = Heap { distances, indices };
            for last in (1..len).rev() {
                let end = heap.at(last);
                heap.put(last, heap.at(0));
                heap.sift_down(end, last);
            }
        }
        (&self.distances[lane * k..][..len], &self.indices[lane * k..][..len])
    }
}

/// A binary heap with the last point on top.
struct Heap<'a> {
    distances: &'a mut [f64],
    indices: &'a mut [f64],
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

    fn at(&self, j: usize) -> (f64, f64) {
        (self.distances[j], self.indices[j])
    }

    fn put(&mut self, j: usize, (distance, index): (f64, f64)) {
        self.distances[j] = distance;
        self.indices[j] = index;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_heaps_agree_with_sorting() {
        let mut state = 7u64;
        let mut next = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            state >> 33
        };
        for k in [1, 2, 5, SORTED, SORTED + 1, 300] {
            let mut c = Candidates::new(k).unwrap();
            for n in [0, 1, 40, 1000] {
                // Few different distances: many ties.
                let mut points: Vec<(f64, f64)> =
                    (0..n).map(|i| ((next() % 50) as f64, i as f64)).collect();
                c.start(30.0);
                for i in 0..n {
                    points.swap(i, (next() as usize) % n);
                }
                points.iter().for_each(|&(d, i)| c.offer(n % LANES, d, i));
                points.retain(|p| p.0 <= 30.0);
                points.sort_by(|a, b| a.partial_cmp(b).unwrap());
                points.truncate(k);
                let (ds, is) = c.finish(n % LANES);
                let got: Vec<_> = ds.iter().copied().zip(is.iter().copied()).collect();
                assert_eq!(got, points);
            }
        }
    }
}
