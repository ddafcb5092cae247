//! The k best points met so far.

use crate::array::try_filled;
use crate::error::Result;

/// Up to so many, a sorted list is faster than a heap.
const SORTED: usize = 48;

/// The k nearest points met so far, ordered by reduced distance and then by index. Indices are kept as
/// doubles, which hold them exactly, as in the tree's blocks.
#[derive(Debug)]
pub(super) struct Candidates {
    k: usize,
    len: usize,
    distances: Vec<f64>,
    indices: Vec<f64>,
    /// Points farther than this are of no use. The k-th best distance, once there are k.
    pub worst: f64,
    /// The index of the k-th best point.
    pub worst_index: f64,
}

/// Whether point `a` comes before point `b`.
#[inline(always)]
fn before(a: (f64, f64), b: (f64, f64)) -> bool {
    a.0 < b.0 || (a.0 == b.0 && a.1 < b.1)
}

impl Candidates {
    /// Room for `k` >= 1 points.
    pub fn new(k: usize) -> Result<Self> {
        Ok(Candidates {
            k,
            len: 0,
            distances: try_filled(k, 0.0)?,
            indices: try_filled(k, 0.0)?,
            worst: 0.0,
            worst_index: 0.0,
        })
    }

    /// Forgets all points. From now on those at most `bound` away are wanted.
    #[inline(always)]
    pub fn start(&mut self, bound: f64) {
        self.len = 0;
        self.worst = bound;
        self.worst_index = f64::INFINITY;
    }

    /// Takes a point, if it is among the best.
    #[inline(always)]
    pub fn offer(&mut self, distance: f64, index: f64) {
        if !before((distance, index), (self.worst, self.worst_index)) {
            return;
        }
        if self.k <= SORTED {
            self.insert(distance, index);
        } else {
            self.push(distance, index);
        }
    }

    #[inline(always)]
    fn insert(&mut self, distance: f64, index: f64) {
        let k = self.k;
        let (ds, is) = (&mut self.distances[..k], &mut self.indices[..k]);
        let mut j = if self.len < k {
            self.len += 1;
            self.len - 1
        } else {
            k - 1
        };
        while j > 0 && before((distance, index), (ds[j - 1], is[j - 1])) {
            ds[j] = ds[j - 1];
            is[j] = is[j - 1];
            j -= 1;
        }
        ds[j] = distance;
        is[j] = index;
        if self.len == k {
            (self.worst, self.worst_index) = (ds[k - 1], is[k - 1]);
        }
    }

    /// Inserts into the heap, whose root is the last of all.
    fn push(&mut self, distance: f64, index: f64) {
        let new = (distance, index);
        if self.len < self.k {
            let mut j = self.len;
            self.len += 1;
            while j > 0 {
                let parent = (j - 1) / 2;
                if !before(self.at(parent), new) {
                    break;
                }
                self.put(j, self.at(parent));
                j = parent;
            }
            self.put(j, new);
        } else {
            self.sift_down(new, self.k);
        }
        if self.len == self.k {
            (self.worst, self.worst_index) = self.at(0);
        }
    }

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

    /// The points, nearest first: reduced distances and indices.
    #[inline]
    pub fn finish(&mut self) -> (&[f64], &[f64]) {
        if self.k > SORTED {
            for last in (1..self.len).rev() {
                let end = self.at(last);
                self.put(last, self.at(0));
                self.sift_down(end, last);
            }
        }
        (&self.distances[..self.len], &self.indices[..self.len])
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
                points.iter().for_each(|&(d, i)| c.offer(d, i));
                points.retain(|p| p.0 <= 30.0);
                points.sort_by(|a, b| a.partial_cmp(b).unwrap());
                points.truncate(k);
                let (ds, is) = c.finish();
                let got: Vec<_> = ds.iter().copied().zip(is.iter().copied()).collect();
                assert_eq!(got, points);
            }
        }
    }
}
