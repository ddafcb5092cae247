//! Partitioning a node's points around a median.
//!
//! The median is found among values alone: a sample gives two values that very likely enclose it (Floyd &
//! Rivest, *Expected time bounds for selection*, CACM 18, 1975), and one pass picks out the few candidates
//! in between. Once it is known exactly, as many points are on the wrong side of the cut to the left as
//! to the right, and these are exchanged; they are looked for block by block without branches (Edelkamp &
//! Weiß, *BlockQuicksort*, ESA 2016).

use crate::array::{try_filled, try_with_capacity};
use crate::error::Result;

/// What is partitioned: something that stands for a point.
pub(super) trait Item: Copy {
    /// The point's coordinate in the dimension that is being cut. Finite.
    fn value(&self, dim: usize) -> f64;
    /// The point's index. No two items have the same.
    fn index(&self) -> u32;
}

/// From so many items on, candidates for the median are found by a sample.
const SAMPLED: usize = 1024;

/// Items that are looked at in one go, without branches.
const BLOCK: usize = 128;

/// Numbers in the order of the f64 they stand for, with one zero.
#[inline(always)]
fn ordered(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    bits ^ ((bits as i64 >> 63) as u64 | 1 << 63)
}

/// The inverse of [`ordered`].
fn from_ordered(key: u64) -> f64 {
    f64::from_bits(key ^ ((!key as i64 >> 63) as u64 | 1 << 63))
}

/// Memory that partitions use one after the other.
#[derive(Default)]
pub(super) struct Scratch {
    candidates: Vec<u64>,
}

/// Moves the `left` first items, ordered by value and then by index, to the front. Returns the value of the
/// next one. `left` is less than the number of items.
pub(super) fn partition<T: Item>(
    items: &mut [T],
    dim: usize,
    left: usize,
    scratch: &mut Scratch,
) -> Result<f64> {
    let candidates = &mut scratch.candidates;
    let range = enclosing(items, dim, left, candidates)?;
    let (mut below, mut count) = pick(items, dim, range, candidates)?;
    if !(below..below + count).contains(&left) {
        (below, count) = pick(items, dim, (f64::NEG_INFINITY, f64::INFINITY), candidates)?;
    }
    let candidates = &mut candidates[..count];
    let rank = left - below;
    let (lower, &mut median, _) = candidates.select_nth_unstable(rank);
    let ties = lower.iter().filter(|&&c| c == median).count();
    let split = from_ordered(median);
    if ties == 0 {
        exchange(items, left, |item| item.value(dim) < split);
    } else {
        let bound = index_bound(items, dim, split, ties)?;
        exchange(items, left, |item| {
            let value = item.value(dim);
            (value < split) | ((value == split) & (item.index() < bound))
        });
    }
    Ok(split)
}

/// Two values that likely enclose the one of rank `left`, three standard deviations of the sample's rank
/// to either side.
fn enclosing<T: Item>(
    items: &[T],
    dim: usize,
    left: usize,
    sample: &mut Vec<u64>,
) -> Result<(f64, f64)> {
    let n = items.len();
    let (mut lo, mut hi) = (f64::NEG_INFINITY, f64::INFINITY);
    if n < SAMPLED {
        return Ok((lo, hi));
    }
    let size = (0.5 * (n as f64).powf(2.0 / 3.0)) as usize;
    grow(sample, size)?;
    let sample = &mut sample[..size];
    for (i, slot) in sample.iter_mut().enumerate() {
        // Multiples of the golden ratio: evenly spread, and in step with no pattern of the points.
        let fraction = (i as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        *slot = ordered(items[((fraction * n as u64) >> 32) as usize].value(dim));
    }
    let rank = (left as f64 / n as f64 * size as f64) as usize;
    let margin = (1.5 * (size as f64).sqrt()) as usize;
    let mut rest = sample;
    let mut first = 0;
    if rank >= margin {
        first = rank - margin;
        let (_, value, above) = rest.select_nth_unstable(first);
        lo = from_ordered(*value);
        rest = above;
        first += 1;
    }
    if rank + margin < size {
        let (_, value, _) = rest.select_nth_unstable(rank + margin - first);
        hi = from_ordered(*value);
    }
    Ok((lo, hi))
}

/// Makes room for `size` numbers.
fn grow(buffer: &mut Vec<u64>, size: usize) -> Result<()> {
    if buffer.len() < size {
        let mut larger = try_filled(size.max(2 * buffer.len()), 0)?;
        larger[..buffer.len()].copy_from_slice(buffer);
        *buffer = larger;
    }
    Ok(())
}

/// Puts the values within `range` to the front of `candidates`. Returns how many values are less than
/// these, and the number of these.
fn pick<T: Item>(
    items: &[T],
    dim: usize,
    (lo, hi): (f64, f64),
    candidates: &mut Vec<u64>,
) -> Result<(usize, usize)> {
    let (mut below, mut count) = (0, 0);
    for block in items.chunks(BLOCK) {
        grow(candidates, count + BLOCK)?;
        let slots = &mut candidates[count..count + BLOCK];
        let mut found = 0;
        for item in block {
            let value = item.value(dim);
            slots[found % BLOCK] = ordered(value);
            found += usize::from((lo <= value) & (value <= hi));
            below += usize::from(value < lo);
        }
        count += found;
    }
    Ok((below, count))
}

/// The index that is greater than just `ties` of those of the items whose value is `split`.
#[cold]
fn index_bound<T: Item>(items: &[T], dim: usize, split: f64, ties: usize) -> Result<u32> {
    let mut indices = try_with_capacity(items.len())?;
    indices.extend(items.iter().filter(|item| item.value(dim) == split).map(Item::index));
    Ok(*indices.select_nth_unstable(ties).1)
}

/// Items on the wrong side of the cut, found a block at a time.
struct Misplaced {
    offsets: [u32; BLOCK],
    used: usize,
    found: usize,
    seen: usize,
}

impl Misplaced {
    fn new() -> Self {
        Misplaced { offsets: [0; BLOCK], used: 0, found: 0, seen: 0 }
    }

    /// Those that are known and not yet exchanged; none only where there are no more.
    #[inline(always)]
    fn pending<T>(&mut self, side: &[T], misplaced: impl Fn(&T) -> bool) -> &[u32] {
        while self.used == self.found && self.seen < side.len() {
            let end = (self.seen + BLOCK).min(side.len());
            (self.used, self.found) = (0, 0);
            for (offset, item) in (self.seen as u32..).zip(&side[self.seen..end]) {
                self.offsets[self.found % BLOCK] = offset;
                self.found += usize::from(misplaced(item));
            }
            self.seen = end;
        }
        &self.offsets[self.used..self.found]
    }
}

/// Brings the `left` items that are `first` to the front.
fn exchange<T: Copy>(items: &mut [T], left: usize, first: impl Fn(&T) -> bool) {
    let (front, back) = items.split_at_mut(left);
    let (mut late, mut early) = (Misplaced::new(), Misplaced::new());
    loop {
        let from = late.pending(front, |item| !first(item));
        let to = early.pending(back, &first);
        let count = from.len().min(to.len());
        if count == 0 {
            return;
        }
        for (&i, &j) in from.iter().zip(to) {
            std::mem::swap(&mut front[i as usize], &mut back[j as usize]);
        }
        late.used += count;
        early.used += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Pair(f64, u32);

    impl Item for Pair {
        fn value(&self, _: usize) -> f64 {
            self.0
        }

        fn index(&self) -> u32 {
            self.1
        }
    }

    /// Partitions at several ranks and compares with sorting.
    fn check(values: &[f64]) {
        let n = values.len();
        // The items are not in the order of their indices.
        let items: Vec<_> =
            values.iter().zip(0..n as u32).rev().map(|(&v, index)| Pair(v, index)).collect();
        let by_value_and_index =
            |a: &Pair, b: &Pair| a.0.partial_cmp(&b.0).unwrap().then(a.1.cmp(&b.1));
        let mut sorted = items.clone();
        sorted.sort_by(by_value_and_index);
        let mut scratch = Scratch::default();
        for left in [0, 1, n / 3, n / 2, n - 1].into_iter().filter(|&left| left < n) {
            let mut cut = items.clone();
            let split = partition(&mut cut, 0, left, &mut scratch).unwrap();
            assert_eq!(split, sorted[left].0);
            cut[..left].sort_by(by_value_and_index);
            cut[left..].sort_by(by_value_and_index);
            assert_eq!(cut, sorted, "n {n} left {left}");
        }
    }

    #[test]
    fn partitions_like_sorting() {
        for n in [1, 2, 3, 17, 127, 128, 129, 1023, 1024, 1025, 5000, 40_000] {
            let random: Vec<_> = (0..n).map(|i| ((i * i) as f64 * 0.618_034 + 0.1).sin()).collect();
            check(&random);
            check(&random.iter().map(|v| (v * 3.0).round()).collect::<Vec<_>>());
            check(&vec![-1.5; n]);
            check(&(0..n).map(|i| -(i as f64)).collect::<Vec<_>>());
            check(&(0..n).map(|i| (i % 10) as f64).collect::<Vec<_>>());
            // Both zeros are the same value.
            check(&(0..n).map(|i| [0.0, -0.0, 1.0][i % 3]).collect::<Vec<_>>());
            check(&(0..n).map(|i| [f64::MAX, -f64::MAX, 5e-324][i % 3]).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_misleading_sample_does_no_harm() {
        let n = 10_000;
        let mut sample = Vec::new();
        let zeros = vec![Pair(0.0, 0); n];
        let (lo, hi) = enclosing(&zeros, 0, n / 2, &mut sample).unwrap();
        assert_eq!((lo, hi), (0.0, 0.0));
        // All that the sample looks at is less than everything else.
        let mut values: Vec<_> = (0..n).map(|i| 1.0 + i as f64).collect();
        for i in 0..n as u64 {
            let fraction = i.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
            if i < 300 {
                // Items are reversed by `check`.
                values[n - 1 - ((fraction * n as u64) >> 32) as usize] = -1.0;
            }
        }
        check(&values);
    }

    #[test]
    fn ordered_keeps_order_and_comes_back() {
        let values = [-f64::MAX, -1.0, -5e-324, 0.0, 5e-324, 1.0, 1.5, f64::MAX, f64::INFINITY];
        assert!(values.windows(2).all(|v| ordered(v[0]) < ordered(v[1])));
        assert!(values.iter().all(|&v| from_ordered(ordered(v)) == v));
        assert_eq!(ordered(-0.0), ordered(0.0));
    }
}
