//! Sorting entries in linear time and merging duplicates.
//!
//! Entries are sorted a group of neighbouring lines at a time, small enough for the second-level cache:
//! by line with a counting sort, and within lines by insertion where they are short, else by a radix
//! sort of the whole group (Knuth, TAOCP 3, §5.2 and §5.2.5). All of it is stable, so duplicates are
//! summed in the order in which they came.

use std::ops::Range;

use crate::array::try_filled;
use crate::error::Result;
use crate::sparse::index::Index;
use crate::sparse::matrix::Storage;
use crate::threads;

/// Entries of a group.
pub(super) const GROUP: usize = 1 << 14;

/// Entries from which sorting is worth a thread.
const THREADED: usize = 1 << 15;

/// Lines up to this long are sorted by insertion.
const SHORT: usize = 32;

/// Largest digit of the radix sort, in bits.
const DIGIT: u32 = 11;

/// An entry on its way into a matrix.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry<I> {
    pub line: I,
    pub index: I,
    pub value: f64,
}

/// Entries that belong to neighbouring lines, in any order.
pub(super) struct Group<'a, I> {
    pub lines: Range<usize>,
    pub entries: &'a mut [Entry<I>],
}

/// Where a group's sorted lines go.
struct Slot<'a, I> {
    group: Group<'a, I>,
    /// Of each line, the end; counted from the group's beginning.
    ends: &'a mut [I],
    indices: &'a mut [I],
    data: &'a mut [f64],
}

/// Sorts all groups, merges duplicates and puts the lines together. The groups cover all `count` lines
/// in order.
pub(super) fn assemble<I: Index + Default>(
    groups: Vec<Group<'_, I>>,
    count: usize,
    width: usize,
) -> Result<Storage<'static, I>> {
    let sizes: Vec<usize> = groups.iter().map(|g| g.entries.len()).collect();
    let line_ranges: Vec<Range<usize>> = groups.iter().map(|g| g.lines.clone()).collect();
    let nnz = sizes.iter().sum();
    let mut indptr = try_filled(count.saturating_add(1), I::default())?;
    let mut indices = try_filled(nnz, I::default())?;
    let mut data = try_filled(nnz, 0.0)?;

    let mut slots = Vec::with_capacity(groups.len());
    let (mut p, mut i, mut d) = (&mut indptr[1..], &mut indices[..], &mut data[..]);
    for group in groups {
        slots.push(Slot {
            ends: p.split_off_mut(..group.lines.len()).expect("groups cover the lines"),
            indices: i.split_off_mut(..group.entries.len()).expect("the sum of the groups"),
            data: d.split_off_mut(..group.entries.len()).expect("the sum of the groups"),
            group,
        });
    }
    let kept: Vec<usize> = threads::map(slots, nnz > THREADED, |slot| slot.fill(width))
        .into_iter()
        .collect::<Result<_>>()?;

    let total: usize = kept.iter().sum();
    if total < nnz {
        (indices, data) = (squeezed(&indices, &sizes, &kept)?, squeezed(&data, &sizes, &kept)?);
    }
    let mut before = 0;
    for (lines, kept) in line_ranges.into_iter().zip(kept) {
        for end in &mut indptr[lines.start + 1..lines.end + 1] {
            *end = I::from_usize(end.to_usize() + before);
        }
        before += kept;
    }
    Ok(Storage::owned(indptr, indices, data, width))
}

/// Of each of the neighbouring pieces of `sizes`, the first `kept`.
fn squeezed<T: Copy>(all: &[T], sizes: &[usize], kept: &[usize]) -> Result<Vec<T>> {
    let mut out = crate::array::try_with_capacity(kept.iter().sum())?;
    let mut rest = all;
    for (&size, &kept) in sizes.iter().zip(kept) {
        let (piece, tail) = rest.split_at(size);
        out.extend_from_slice(&piece[..kept]);
        rest = tail;
    }
    Ok(out)
}

impl<I: Index + Default> Slot<'_, I> {
    /// Sorts the group and writes its lines. Returns how many entries they have.
    fn fill(self, width: usize) -> Result<usize> {
        let Slot { group: Group { lines, entries }, ends, indices, data } = self;
        let mut scratch = try_filled(entries.len(), Entry::default())?;
        let mut starts = try_filled(lines.len() + 1, 0)?;
        for e in entries.iter() {
            starts[e.line.to_usize() - lines.start + 1] += 1;
        }
        let longest = starts.iter().max().copied().unwrap_or(0);
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let (mut from, mut to) = (entries, &mut scratch[..]);
        if longest > SHORT {
            for (shift, bits) in digits(width, from.len()) {
                sort_digit(from, to, shift, bits);
                (from, to) = (to, from);
            }
        }
        // After this starts[i] is the end of line i.
        for e in from.iter() {
            let place = &mut starts[e.line.to_usize() - lines.start];
            to[*place] = *e;
            *place += 1;
        }
        let (mut begin, mut kept) = (0, 0);
        for (&end, out) in starts.iter().zip(ends) {
            let line = &mut to[begin..end];
            if longest <= SHORT {
                insertion_sort(line);
            }
            let first = kept;
            for e in line {
                if kept > first && indices[kept - 1] == e.index {
                    data[kept - 1] += e.value;
                } else {
                    (indices[kept], data[kept]) = (e.index, e.value);
                    kept += 1;
                }
            }
            *out = I::from_usize(kept);
            begin = end;
        }
        Ok(kept)
    }
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

#[inline]
fn insertion_sort<I: Index>(line: &mut [Entry<I>]) {
    for k in 1..line.len() {
        let e = line[k];
        let mut at = k;
        while at > 0 && line[at - 1].index > e.index {
            line[at] = line[at - 1];
            at -= 1;
        }
        line[at] = e;
    }
}
