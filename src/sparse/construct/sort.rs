//! Sorting entries in linear time and merging duplicates.
//!
//! Entries are sorted a group of neighbouring lines at a time, small enough for the second-level cache:
//! by line with a counting sort, and within lines by counting the smaller ones where they are short, else
//! by a radix sort of the whole group (Knuth, TAOCP 3, §5.2 algorithms C and D, §5.2.5). All of it is stable, so duplicates are
//! summed in the order in which they came.

use std::ops::Range;

use crate::array::{checked_add, try_filled, try_with_capacity};
use crate::error::Result;
use crate::sparse::index::Index;
use crate::sparse::matrix::Storage;
use crate::threads;

/// Entries of a group.
pub(super) const GROUP: usize = 1 << 14;

/// Entries from which sorting is worth a thread.
const THREADED: usize = 1 << 15;

/// Lines up to this long are sorted by rank.
const SHORT: usize = 32;

/// Largest digit of the radix sort, in bits.
const DIGIT: u32 = 11;

/// Entries on their way into a matrix, put into groups of neighbouring lines.
pub(super) struct Unsorted<I> {
    /// The line of each entry.
    pub lines: Vec<I>,
    /// Where in its line each entry is.
    pub indices: Vec<I>,
    /// The entries.
    pub data: Vec<f64>,
    /// The lines and the number of entries of each group. Together they cover all lines in order.
    pub groups: Vec<(Range<usize>, usize)>,
}

/// An entry while its group is being sorted.
#[derive(Clone, Copy, Debug, Default)]
struct Entry<I> {
    line: I,
    index: I,
    value: f64,
}

/// A group, and where its sorted lines go: they take the place of the unsorted entries.
struct Group<'a, I> {
    lines: Range<usize>,
    of: &'a [I],
    indices: &'a mut [I],
    data: &'a mut [f64],
    /// Of each line, the end; counted from the group's beginning.
    ends: &'a mut [I],
}

impl<I: Index + Default> Unsorted<I> {
    /// Room for entries, and no groups.
    pub fn with_len(nnz: usize) -> Result<Self> {
        Ok(Unsorted {
            lines: try_filled(nnz, I::default())?,
            indices: try_filled(nnz, I::default())?,
            data: try_filled(nnz, 0.0)?,
            groups: Vec::new(),
        })
    }

    /// Sorts all groups, merges duplicates and puts the lines together.
    pub fn assemble(self, count: usize, width: usize) -> Result<Storage<'static, I>> {
        let Unsorted { lines, mut indices, mut data, groups } = self;
        let mut indptr = try_filled(checked_add(count, 1)?, I::default())?;
        let nnz = data.len();
        let (mut of, mut i, mut d, mut e) =
            (&lines[..], &mut indices[..], &mut data[..], &mut indptr[1..]);
        let cut = |(lines, len): &(Range<usize>, usize)| Group {
            lines: lines.clone(),
            of: of.split_off(..*len).unwrap_or_default(),
            indices: i.split_off_mut(..*len).unwrap_or_default(),
            data: d.split_off_mut(..*len).unwrap_or_default(),
            ends: e.split_off_mut(..lines.len()).unwrap_or_default(),
        };
        let tasks = groups.iter().map(cut).collect();
        let kept = threads::map(tasks, nnz > THREADED, |group| group.sort(width));
        let kept: Vec<usize> = kept.into_iter().collect::<Result<_>>()?;
        drop(lines);

        if kept.iter().sum::<usize>() < nnz {
            indices = squeezed(&indices, &groups, &kept)?;
            data = squeezed(&data, &groups, &kept)?;
        }
        let mut before = 0;
        for ((lines, _), kept) in groups.into_iter().zip(kept) {
            for end in &mut indptr[lines.start + 1..lines.end + 1] {
                *end = I::from_usize(end.to_usize() + before);
            }
            before += kept;
        }
        Ok(Storage::owned(indptr, indices, data, width))
    }
}

/// Of the entries of each group, the first `kept`.
fn squeezed<T: Copy>(
    all: &[T],
    groups: &[(Range<usize>, usize)],
    kept: &[usize],
) -> Result<Vec<T>> {
    let mut out = try_with_capacity(kept.iter().sum())?;
    let mut begin = 0;
    for ((_, len), kept) in groups.iter().zip(kept) {
        out.extend_from_slice(&all[begin..begin + kept]);
        begin += len;
    }
    Ok(out)
}

impl<I: Index + Default> Group<'_, I> {
    /// Sorts the lines and merges duplicates. Returns how many entries are left.
    fn sort(self, width: usize) -> Result<usize> {
        let Group { lines, of, indices, data, ends } = self;
        // places[i] is first the number of entries in the lines before i, then, as they are filled in,
        // the end of line i.
        let mut places = try_filled(lines.len() + 1, 0)?;
        for line in of {
            places[line.to_usize() - lines.start + 1] += 1;
        }
        let longest = places.iter().max().copied().unwrap_or(0);
        for i in 1..places.len() {
            places[i] += places[i - 1];
        }
        let mut to_line = |e: &Entry<I>| {
            let place = &mut places[e.line.to_usize() - lines.start];
            *place += 1;
            *place - 1
        };

        let entries = of.iter().zip(indices.iter()).zip(data.iter());
        let entries = entries.map(|((&line, &index), &value)| Entry { line, index, value });
        let mut a = try_filled(of.len(), Entry::default())?;
        if longest <= SHORT {
            for e in entries {
                a[to_line(&e)] = e;
            }
        } else {
            a.clear();
            a.extend(entries);
            let mut b = try_filled(of.len(), Entry::default())?;
            for (shift, bits) in digits(width, a.len()) {
                sort_digit(&a, &mut b, shift, bits);
                std::mem::swap(&mut a, &mut b);
            }
            for e in &a {
                let place = to_line(e);
                (indices[place], data[place]) = (e.index, e.value);
            }
        }

        let (mut begin, mut kept) = (0, 0);
        for (&end, out) in places.iter().zip(ends) {
            let len = end - begin;
            if longest <= SHORT {
                rank_sort(&a[begin..end], &mut indices[kept..], &mut data[kept..]);
            } else if kept < begin {
                indices.copy_within(begin..end, kept);
                data.copy_within(begin..end, kept);
            }
            kept += merge(&mut indices[kept..kept + len], &mut data[kept..kept + len]);
            *out = I::from_usize(kept);
            begin = end;
        }
        Ok(kept)
    }
}

/// Writes the entries of a line at their ranks. Without branches to be mispredicted, so faster than
/// moving them one by one.
#[inline]
fn rank_sort<I: Index>(line: &[Entry<I>], indices: &mut [I], data: &mut [f64]) {
    let mut ranks = [0u8; SHORT];
    for (i, e) in line.iter().enumerate() {
        let mut rank = 0;
        for (before, r) in line[..i].iter().zip(&mut ranks) {
            // Of equal ones, the first stays first.
            let later = u8::from(before.index > e.index);
            *r += later;
            rank += 1 - later;
        }
        ranks[i] = rank;
    }
    for (e, &rank) in line.iter().zip(&ranks) {
        (indices[rank as usize], data[rank as usize]) = (e.index, e.value);
    }
}

/// Adds up the entries of a sorted line that are in the same place. Returns how many are left.
#[inline]
fn merge<I: Index>(indices: &mut [I], data: &mut [f64]) -> usize {
    let twice = indices.windows(2).fold(false, |twice, w| twice | (w[0] == w[1]));
    if !twice {
        return indices.len();
    }
    let mut last = 0;
    for k in 1..indices.len() {
        if indices[k] == indices[last] {
            data[last] += data[k];
        } else {
            last += 1;
            (indices[last], data[last]) = (indices[k], data[k]);
        }
    }
    last + 1
}

/// Shift and width in bits of the digits of indices below `width`, the lowest first: as few as give
/// digits that `len` entries are worth counting.
fn digits(width: usize, len: usize) -> impl Iterator<Item = (u32, u32)> {
    let bits = usize::BITS - width.saturating_sub(1).leading_zeros();
    let passes = bits.div_ceil(DIGIT.min(len.max(2).ilog2() + 1));
    let digit = bits.div_ceil(passes.max(1));
    (0..passes).map(move |k| (k * digit, digit))
}

fn sort_digit<I: Index>(from: &[Entry<I>], to: &mut [Entry<I>], shift: u32, bits: u32) {
    let mut counts = [0; 1 << DIGIT];
    let counts = &mut counts[..1 << bits];
    let digit = |e: &Entry<I>| (e.index.to_usize() >> shift) & ((1 << bits) - 1);
    for e in from {
        counts[digit(e)] += 1;
    }
    let mut start = 0;
    for c in counts.iter_mut() {
        (*c, start) = (start, start + *c);
    }
    for e in from {
        let place = &mut counts[digit(e)];
        to[*place] = *e;
        *place += 1;
    }
}
