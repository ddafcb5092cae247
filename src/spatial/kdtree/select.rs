//! Dealing out a node's points around a median.
//!
//! The median's value is found by sampling (after Floyd & Rivest, *Expected time bounds for selection*, CACM 18,
//! 1975): two values of a sample enclose it closely, one pass keeps the few values between them, and the
//! median is selected among these. A second pass deals out the points. It keeps their order, which is
//! ascending by index from the start, so that of points with the median's value those with the lowest indices
//! go to the left.

/// Smaller nodes are selected from as a whole.
const SAMPLED: usize = 512;

/// Memory that partitioning uses, for as many points as the node has.
#[derive(Debug)]
pub(super) struct Scratch<'a> {
    pub values: &'a mut [f64],
    pub middle: &'a mut [f64],
    pub right: &'a mut [u32],
}

impl Scratch<'_> {
    /// The scratches of a node's children, of which the first has `left` points.
    pub fn split_at(self, left: usize) -> (Self, Self) {
        let (values, values_b) = self.values.split_at_mut(left);
        let (middle, middle_b) = self.middle.split_at_mut(left);
        let (right, right_b) = self.right.split_at_mut(left);
        (
            Scratch { values, middle, right },
            Scratch { values: values_b, middle: middle_b, right: right_b },
        )
    }
}

/// Deals out `points`, whose values are in the scratch in the same order: the `left` first ones, by value and
/// then by place, come to the front. Returns the value of the next one. Values are finite.
pub(super) fn partition(points: &mut [u32], left: usize, scratch: &mut Scratch) -> f64 {
    let n = points.len();
    let values = &scratch.values[..n];
    let (median, less) = select(values, left, &mut scratch.middle[..n]);
    let right = &mut scratch.right[..n];
    if less == left {
        deal(points, right, values, |v| v < median);
    } else {
        // Some of the median's own value go to the left.
        let mut room = left - less;
        deal(points, right, values, |v| {
            let here = v < median || (v == median && room > 0);
            room -= usize::from(here && v == median);
            here
        });
    }
    median
}

/// Moves the points with good values to the front, keeping the order on both sides.
#[inline]
fn deal(points: &mut [u32], right: &mut [u32], values: &[f64], mut left: impl FnMut(f64) -> bool) {
    let n = points.len();
    let (right, values) = (&mut right[..n], &values[..n]);
    let (mut a, mut b) = (0, 0);
    for i in 0..n {
        let here = usize::from(left(values[i]));
        let point = points[i];
        // Written to both sides; the one that it does not belong to overwrites it.
        points[a.min(n - 1)] = point;
        right[b.min(n - 1)] = point;
        a += here;
        b += 1 - here;
    }
    points[a..].copy_from_slice(&right[..b]);
}

/// The value of rank `rank`, counted from 0, and how many values are less.
#[inline]
fn select(values: &[f64], rank: usize, work: &mut [f64]) -> (f64, usize) {
    let n = values.len();
    let mut offset = 0;
    let mut kept = n;
    if n >= SAMPLED {
        let (lo, hi) = enclose(values, rank, work);
        (offset, kept) = between(values, lo, hi, work);
    }
    if rank < offset || rank >= offset + kept || kept == n {
        // Not sampled, or unlucky.
        work.copy_from_slice(values);
        (offset, kept) = (0, n);
    }
    let (_, &mut median, _) =
        work[..kept].select_nth_unstable_by(rank - offset, |a, b| a.total_cmp(b));
    let less = work[..rank - offset].iter().filter(|&&v| v < median).count();
    (median, offset + less)
}

/// Two values between which the one of the given rank very probably is.
#[inline]
fn enclose(values: &[f64], rank: usize, work: &mut [f64]) -> (f64, f64) {
    let n = values.len();
    let size = (n as f64).powf(2.0 / 3.0) as usize;
    let step = n / size;
    let size = n.div_ceil(step);
    for (slot, value) in work.iter_mut().zip(values.iter().step_by(step)) {
        *slot = *value;
    }
    // The rank in the sample, give or take three standard deviations.
    let middle = (rank as f64 / n as f64 * size as f64) as usize;
    let margin = (1.5 * (size as f64).sqrt()) as usize + 1;
    let (low, high) = (middle.saturating_sub(margin), (middle + margin).min(size - 1));
    let sample = &mut work[..size];
    let (_, &mut lo, above) = sample.select_nth_unstable_by(low, |a, b| a.total_cmp(b));
    let hi = match high.checked_sub(low + 1) {
        Some(nth) => *above.select_nth_unstable_by(nth, |a, b| a.total_cmp(b)).1,
        None => lo,
    };
    (lo, hi)
}

/// Copies the values from `lo` to `hi`; returns how many are less than `lo`, and how many were copied.
#[inline]
fn between(values: &[f64], lo: f64, hi: f64, work: &mut [f64]) -> (usize, usize) {
    let (mut less, mut kept) = (0, 0);
    let last = work.len() - 1;
    for &v in values {
        work[kept.min(last)] = v;
        kept += usize::from(v >= lo && v <= hi);
        less += usize::from(v < lo);
    }
    (less, kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_dealt_out_by_value_and_place() {
        let mut state = 1u64;
        for n in [1, 2, 9, 100, 511, 512, 3000, 20_000] {
            for different in [1, 2, 10, 1_000_000] {
                let mut values = vec![0.0; n];
                for v in &mut values {
                    state = state.wrapping_mul(6364136223846793005).wrapping_add(1);
                    *v = ((state >> 33) % different) as f64 * if n == 9 { -0.0 } else { -0.5 };
                }
                for left in [0, 1, n / 3, n / 2, n - 1].map(|left| left.min(n - 1)) {
                    let mut want: Vec<u32> = (0..n as u32).collect();
                    want.sort_by(|&a, &b| {
                        values[a as usize].partial_cmp(&values[b as usize]).unwrap()
                    });
                    let split = values[want[left] as usize];
                    want[..left].sort();
                    want[left..].sort();
                    let mut points: Vec<u32> = (0..n as u32).collect();
                    let mut scratch = Scratch {
                        values: &mut values.clone(),
                        middle: &mut vec![0.0; n],
                        right: &mut vec![0; n],
                    };
                    let got = partition(&mut points, left, &mut scratch);
                    assert_eq!((got, points), (split, want), "{n} {different} {left}");
                }
            }
        }
    }
}
