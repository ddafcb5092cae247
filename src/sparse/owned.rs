//! Owner-computes partition across lines.
//!
//! Work that spreads lines over positions (the scattering product, the change of layout) is divided by
//! ranges of positions: one thread owns each, goes through the lines and picks the entries of its range,
//! which lie together because lines are sorted. So nothing is written twice, there are no buffers to
//! reduce, and every position meets the lines in their order whatever the number of threads. Blocks of
//! lines that do not reach into a range are skipped as a whole, which is most of them where the matrix is
//! banded.

use std::ops::Range;

use super::index::Index;
use super::lines::Lines;
use super::matrix::Storage;
use crate::threads;

/// Lines per block that is skipped or not.
const LINES: usize = 256;

/// Entries that are looked at to balance the ranges.
const SAMPLES: usize = 4096;

/// From where the entries of a range are picked from each line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    /// From the first entry on, up to the first outside.
    Forward,
    /// From the last entry back, down to the first outside.
    Backward,
    /// From the first entry inside, which is to be found, up to the first outside.
    Search,
}

/// Neighbouring lines that have entries in a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    pub lines: Range<usize>,
    pub pick: Pick,
}

/// A range of positions with the lines that reach into it.
#[derive(Clone, Debug)]
pub(super) struct Owned {
    pub range: Range<usize>,
    pub reach: Vec<Reach>,
}

/// Calls `$body` for the entries of a line that an owner picks, until it says `break`: which it must do
/// for the first one outside the range. A macro, because closures are not compiled for the instruction
/// set of the kernel that they stand in.
macro_rules! pick {
    ($a:expr, $pick:expr, $begin:expr, $line:expr, ($j:ident, $d:ident) => $body:block) => {{
        let (indices, data) = $line;
        match $pick {
            $crate::sparse::owned::Pick::Forward => {
                for (&$j, &$d) in indices.iter().zip(data) $body
            }
            $crate::sparse::owned::Pick::Backward => {
                for (&$j, &$d) in indices.iter().zip(data).rev() $body
            }
            $crate::sparse::owned::Pick::Search => {
                let first = $a.before(indices, $begin);
                for (&$j, &$d) in indices[first..].iter().zip(&data[first..]) $body
            }
        }
    }};
}
pub(super) use pick;

impl<'a, I: Index> Lines<'a, I> {
    /// At most `parts` ranges of positions with about equal numbers of entries; at least one.
    fn ranges(&self, parts: usize) -> Vec<Range<usize>> {
        let mut cuts = vec![0];
        if parts > 1 {
            let step = self.nnz() / SAMPLES + 1;
            let mut sample: Vec<usize> =
                self.indices.iter().step_by(step).map(|&j| self.at(j)).collect();
            sample.sort_unstable();
            cuts.extend((1..parts).filter_map(|k| sample.get(k * sample.len() / parts)));
        }
        cuts.dedup();
        let ends = cuts[1..].iter().copied().chain([self.width]);
        cuts.iter().zip(ends).map(|(&begin, end)| begin..end).collect()
    }

    /// The entries of line `i` whose positions are in `range`.
    pub fn clipped(&self, i: usize, range: &Range<usize>) -> (&'a [I], &'a [f64]) {
        let (mut indices, mut data) = self.line(i);
        if range.end < self.width {
            let end = self.before(indices, range.end);
            (indices, data) = (&indices[..end], &data[..end]);
        }
        if range.start > 0 {
            let begin = self.before(indices, range.start);
            (indices, data) = (&indices[begin..], &data[begin..]);
        }
        (indices, data)
    }

    /// How many of the sorted `indices` of a line lie before position `end`.
    #[inline(always)]
    pub fn before(&self, indices: &[I], end: usize) -> usize {
        if indices.len() <= 16 {
            return indices.iter().take_while(|&&j| self.at(j) < end).count();
        }
        indices.partition_point(|&j| self.at(j) < end)
    }
}

impl<I: Index> Storage<'_, I> {
    /// Divides all positions among at most `parts` owners; at least one.
    pub fn owners(&self, parts: usize) -> Vec<Owned> {
        let ranges = self.lines().ranges(parts);
        ranges.into_iter().map(|range| Owned { reach: self.reach(&range), range }).collect()
    }

    /// The lines that may have entries in `range`, in few runs.
    fn reach(&self, range: &Range<usize>) -> Vec<Reach> {
        let count = self.lines().count();
        if *range == (0..self.width) {
            return vec![Reach { lines: 0..count, pick: Pick::Forward }];
        }
        let mut runs: Vec<Reach> = Vec::new();
        for (block, &(first, end)) in self.spans().iter().enumerate() {
            if first < range.end && range.start < end {
                let lines = block * LINES..((block + 1) * LINES).min(count);
                let pick = match (range.start <= first, end <= range.end) {
                    (true, _) => Pick::Forward,
                    (false, true) => Pick::Backward,
                    (false, false) => Pick::Search,
                };
                match runs.last_mut() {
                    Some(run) if run.lines.end == lines.start && run.pick == pick => {
                        run.lines.end = lines.end;
                    }
                    _ => runs.push(Reach { lines, pick }),
                }
            }
        }
        runs
    }

    /// Whether blocks of lines reach only small parts of the width, so that owners skip most blocks.
    pub fn is_banded(&self) -> bool {
        let spans = self.spans();
        let total: usize = spans.iter().map(|s| s.1.saturating_sub(s.0)).sum();
        total / spans.len().max(1) <= self.width / 4
    }

    /// The first position of each block of lines, and the one behind the last.
    fn spans(&self) -> &[(usize, usize)] {
        self.spans.get_or_init(|| {
            let a = self.lines();
            let ends = |line: &[I]| Some((a.at(*line.first()?), a.at(*line.last()?) + 1));
            let widest = |lines: Range<usize>| {
                let lines = lines.filter_map(|i| ends(a.line(i).0));
                lines.fold((usize::MAX, 0), |s, l| (s.0.min(l.0), s.1.max(l.1)))
            };
            threads::map(threads::ranges(a.count(), LINES), a.count() > LINES * 256, widest)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_cover_the_width_and_balance_the_entries() {
        let indices: Vec<i32> = (0..10_000).map(|k| k * k / 10_000).collect();
        let data = vec![1.0; indices.len()];
        let a =
            Lines { indptr: &[0, 10_000], indices: &indices, data: &data, width: 12_000, base: 0 };
        for parts in [1, 2, 3, 7] {
            let ranges = a.ranges(parts);
            assert_eq!(ranges.len(), parts);
            assert_eq!((ranges[0].start, ranges[parts - 1].end), (0, 12_000));
            assert!(ranges.windows(2).all(|w| w[0].end == w[1].start));
            for range in ranges {
                let share = indices.iter().filter(|&&j| range.contains(&(j as usize))).count();
                assert!(share.abs_diff(10_000 / parts) < 20, "{parts} {range:?} {share}");
            }
        }
        let none = Lines::<i64> { indptr: &[1, 1], indices: &[], data: &[], width: 0, base: 1 };
        assert_eq!(none.ranges(4), vec![0..0]);
    }

    #[test]
    fn lines_are_clipped_and_skipped() {
        // A band: line i has the positions i..i + 3, counted from 1.
        let n = 2000;
        let indptr: Vec<i64> = (0..=n).map(|i| 3 * i + 1).collect();
        let indices: Vec<i64> = (0..n).flat_map(|i| [i + 1, i + 2, i + 3]).collect();
        let data = vec![1.0; indices.len()];
        let s = Storage {
            indptr: indptr.into(),
            indices: indices.into(),
            data: data.into(),
            width: 2002,
            base: 1,
            spans: Default::default(),
        };
        let a = s.lines();
        assert_eq!(a.clipped(5, &(0..2002)).0, &[6, 7, 8]);
        assert_eq!(a.clipped(5, &(6..2002)).0, &[7, 8]);
        assert_eq!(a.clipped(5, &(6..7)).0, &[7]);
        assert_eq!(a.clipped(5, &(0..5)).0, &[0i64; 0]);
        assert!(s.is_banded());
        let reach = |lines, pick| Reach { lines, pick };
        assert_eq!(s.reach(&(0..2002)), [reach(0..2000, Pick::Forward)]);
        assert_eq!(s.reach(&(0..10)), [reach(0..256, Pick::Forward)]);
        assert_eq!(s.reach(&(1900..2002)), [reach(1792..2000, Pick::Backward)]);
        assert_eq!(s.reach(&(1000..1010)), [reach(768..1024, Pick::Search)]);
        assert_eq!(
            s.reach(&(700..1100)),
            [reach(512..768, Pick::Backward), reach(768..1280, Pick::Forward),]
        );
    }
}
