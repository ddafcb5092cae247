//! Minkowski distances, in the form in which they are compared.
//!
//! Searches compare *reduced* distances, from which the last step (a root) is left out: the sum of
//! absolute differences for p = 1, of squares for p = 2, of p-th powers in general, the largest difference
//! for p = ∞. Coordinates are subtracted directly; the sums have SciPy's order of terms and use no fused
//! multiply-add, so that they are the same on every machine and ties stay ties.
//!
//! Rounding is monotonic, so a sum of the differences to a box, formed by the same operations in the same
//! order, bounds the reduced distances to the points in the box *as computed*, to the last bit.
//! Where that cannot be said (powers), [`Metric::ROUNDING`] makes room.

use std::marker::PhantomData;
use std::ops::{Add, Mul, Sub};

use crate::simd::Simd;
use crate::simd::f64x8::F64x8;

use super::layout::{LANES, Row};

/// One number, or one for each point of a block.
pub(super) trait Number:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self>
{
    fn splat(value: f64) -> Self;
    fn abs(self) -> Self;
    fn max(self, other: Self) -> Self;
    fn powf(self, p: f64) -> Self;
    fn sqrt(self) -> Self;
}

impl Number for f64 {
    #[inline(always)]
    fn splat(value: f64) -> Self {
        value
    }
    #[inline(always)]
    fn abs(self) -> Self {
        f64::abs(self)
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        if self > other { self } else { other }
    }
    #[inline(always)]
    fn powf(self, p: f64) -> Self {
        f64::powf(self, p)
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        f64::sqrt(self)
    }
}

impl<V: F64x8> Number for V {
    #[inline(always)]
    fn splat(value: f64) -> Self {
        V::splat(value)
    }
    #[inline(always)]
    fn abs(self) -> Self {
        V::abs(self)
    }
    #[inline(always)]
    fn max(self, other: Self) -> Self {
        V::max(self, other)
    }
    #[inline(always)]
    fn powf(self, p: f64) -> Self {
        V::load(&self.store().map(|v| v.powf(p)))
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        V::sqrt(self)
    }
}

/// Something that has one term per dimension.
pub(super) trait Terms: Copy {
    type Number: Number;
    /// The term of dimension `i`.
    fn at(self, i: usize) -> Self::Number;
    /// Whether the rest is of no interest, given a part of the sum.
    fn enough(self, _part: Self::Number) -> bool {
        false
    }
}

/// One of a group of queries.
#[derive(Clone, Copy)]
pub(super) struct Query<'a> {
    /// The coordinates of the queries, a row for each dimension.
    pub x: &'a [Row],
    /// Which query.
    pub lane: usize,
}

impl Query<'_> {
    #[inline(always)]
    fn at(self, dim: usize) -> f64 {
        self.x[dim].0[self.lane % LANES]
    }
}

/// The terms of a block of points.
#[derive(Clone, Copy)]
struct BlockTerms<'a, M, V> {
    metric: M,
    x: Query<'a>,
    rows: &'a [Row],
    bound: V,
}

impl<M: Metric, V: F64x8> Terms for BlockTerms<'_, M, V> {
    type Number = V;
    #[inline(always)]
    fn at(self, i: usize) -> V {
        self.metric.term(<V as F64x8>::splat(self.x.at(i)) - V::load(&self.rows[i].0))
    }
    #[inline(always)]
    fn enough(self, part: V) -> bool {
        part.at_most(self.bound) == 0
    }
}

/// Terms of a box, computed before, as one query of a group has them.
impl Terms for Query<'_> {
    type Number = f64;
    #[inline(always)]
    fn at(self, i: usize) -> f64 {
        Query::at(self, i)
    }
}

/// Terms of a box, computed before, as all queries of a group have them.
#[derive(Clone, Copy)]
pub(super) struct Group<'a, V>(pub &'a [Row], pub PhantomData<V>);

impl<V: F64x8> Terms for Group<'_, V> {
    type Number = V;
    #[inline(always)]
    fn at(self, i: usize) -> V {
        V::load(&self.0[i].0)
    }
}

/// A way to measure distances.
pub(super) trait Metric: Copy + Send + Sync {
    /// Whether the terms are added; otherwise the largest one counts.
    const SUM: bool;
    /// By how much, relatively, a bound of reduced distances may be off.
    const ROUNDING: f64;

    /// What a difference in one dimension contributes.
    fn term<N: Number>(self, difference: N) -> N;

    /// Puts the terms of `d` dimensions together.
    fn total<T: Terms>(self, terms: T, d: usize) -> T::Number;

    /// The reduced distances from `x` to the points of a block. What exceeds `bound` may be any number that
    /// exceeds it.
    #[inline(always)]
    fn block<S: Simd>(self, x: Query, rows: &[Row], bound: f64) -> S::F64x8 {
        let bound = <S::F64x8 as F64x8>::splat(bound);
        self.total(BlockTerms { metric: self, x, rows, bound }, x.x.len())
    }

    /// A bound below the reduced distances to the points of a box, from its least terms.
    #[inline(always)]
    fn lower<T: Terms>(self, nearest: T, d: usize) -> T::Number {
        self.total(nearest, d) * Number::splat(1.0 - Self::ROUNDING)
    }

    /// A bound above the reduced distances to the points of a box, from its largest terms.
    #[inline(always)]
    fn upper<T: Terms>(self, farthest: T, d: usize) -> T::Number {
        self.total(farthest, d) * Number::splat(1.0 + Self::ROUNDING)
    }

    /// The reduced form of a distance.
    fn reduce(self, distance: f64) -> f64;

    /// The distance from its reduced form.
    fn expand<N: Number>(self, reduced: N) -> N;

    /// How much the reduced form grows when a distance grows by the factor `c`.
    fn reduce_factor(self, c: f64) -> f64;
}

/// Dimensions after which a sum is looked at.
const LOOK: usize = 8;

#[inline(always)]
fn sum_in_order<T: Terms>(t: T, d: usize) -> T::Number {
    let mut sum = t.at(0);
    for i in 1..d {
        if i % LOOK == 0 && t.enough(sum) {
            return sum;
        }
        sum = sum + t.at(i);
    }
    sum
}

#[inline(always)]
fn maximum<T: Terms>(t: T, d: usize) -> T::Number {
    let mut max = t.at(0);
    for i in 1..d {
        if i % LOOK == 0 && t.enough(max) {
            return max;
        }
        max = max.max(t.at(i));
    }
    max
}

/// p = 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manhattan;

impl Metric for Manhattan {
    const SUM: bool = true;
    const ROUNDING: f64 = 0.0;
    #[inline(always)]
    fn term<N: Number>(self, difference: N) -> N {
        difference.abs()
    }
    #[inline(always)]
    fn total<T: Terms>(self, t: T, d: usize) -> T::Number {
        sum_in_order(t, d)
    }
    #[inline(always)]
    fn reduce(self, distance: f64) -> f64 {
        distance
    }
    #[inline(always)]
    fn expand<N: Number>(self, reduced: N) -> N {
        reduced
    }
    fn reduce_factor(self, c: f64) -> f64 {
        c
    }
}

/// p = ∞.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chebyshev;

impl Metric for Chebyshev {
    const SUM: bool = false;
    const ROUNDING: f64 = 0.0;
    #[inline(always)]
    fn term<N: Number>(self, difference: N) -> N {
        difference.abs()
    }
    #[inline(always)]
    fn total<T: Terms>(self, t: T, d: usize) -> T::Number {
        maximum(t, d)
    }
    #[inline(always)]
    fn reduce(self, distance: f64) -> f64 {
        distance
    }
    #[inline(always)]
    fn expand<N: Number>(self, reduced: N) -> N {
        reduced
    }
    fn reduce_factor(self, c: f64) -> f64 {
        c
    }
}

/// SciPy's order for squares: four sums of every fourth term, then the rest one by one.
#[inline(always)]
fn sum_of_four<T: Terms>(t: T, d: usize) -> T::Number {
    if d < 4 {
        return sum_in_order(t, d);
    }
    let (mut a, mut b, mut c, mut e) = (t.at(0), t.at(1), t.at(2), t.at(3));
    let mut i = 4;
    while i + 4 <= d {
        if i % LOOK == 0 && t.enough(a + b + c + e) {
            return a + b + c + e;
        }
        a = a + t.at(i);
        b = b + t.at(i + 1);
        c = c + t.at(i + 2);
        e = e + t.at(i + 3);
        i += 4;
    }
    let mut sum = a + b + c + e;
    while i < d {
        sum = sum + t.at(i);
        i += 1;
    }
    sum
}

/// p = 2, where no square overflows or vanishes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Euclid;

impl Metric for Euclid {
    const SUM: bool = true;
    const ROUNDING: f64 = 0.0;
    #[inline(always)]
    fn term<N: Number>(self, difference: N) -> N {
        difference * difference
    }
    #[inline(always)]
    fn total<T: Terms>(self, t: T, d: usize) -> T::Number {
        sum_of_four(t, d)
    }
    #[inline(always)]
    fn reduce(self, distance: f64) -> f64 {
        distance * distance
    }
    #[inline(always)]
    fn expand<N: Number>(self, reduced: N) -> N {
        reduced.sqrt()
    }
    fn reduce_factor(self, c: f64) -> f64 {
        c * c
    }
}

/// A number times a power of two, given by its root.
#[inline(always)]
fn scaled<N: Number>(number: N, root: f64) -> N {
    number * N::splat(root) * N::splat(root)
}

/// p = 2 for differences far from 1: they are multiplied by a power of two before they are squared.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScaledEuclid {
    pub root: f64,
}

impl Metric for ScaledEuclid {
    const SUM: bool = true;
    const ROUNDING: f64 = 0.0;
    #[inline(always)]
    fn term<N: Number>(self, difference: N) -> N {
        let t = scaled(difference, self.root);
        t * t
    }
    #[inline(always)]
    fn total<T: Terms>(self, t: T, d: usize) -> T::Number {
        sum_of_four(t, d)
    }
    #[inline(always)]
    fn reduce(self, distance: f64) -> f64 {
        self.term(distance)
    }
    #[inline(always)]
    fn expand<N: Number>(self, reduced: N) -> N {
        scaled(reduced.sqrt(), self.root.recip())
    }
    fn reduce_factor(self, c: f64) -> f64 {
        c * c
    }
}

/// Room for the rounding of `powf`, which is not quite monotonic.
const POWER_ROUNDING: f64 = 1.0 / (1u64 << 44) as f64;

/// 1 < p <= [`Power::MAX`], p ≠ 2, with differences multiplied by a power of two, mostly 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Power {
    pub p: f64,
    pub root: f64,
}

impl Power {
    /// Above this p, powers of differences that matter may overflow or vanish.
    pub const MAX: f64 = 16.0;
}

impl Metric for Power {
    const SUM: bool = true;
    const ROUNDING: f64 = POWER_ROUNDING;
    #[inline(always)]
    fn term<N: Number>(self, difference: N) -> N {
        scaled(difference, self.root).abs().powf(self.p)
    }
    #[inline(always)]
    fn total<T: Terms>(self, t: T, d: usize) -> T::Number {
        sum_in_order(t, d)
    }
    #[inline(always)]
    fn block<S: Simd>(self, x: Query, rows: &[Row], bound: f64) -> S::F64x8 {
        let far = Chebyshev.block::<S>(x, rows, f64::INFINITY).store();
        let mut sums = [0.0; LANES];
        for l in 0..LANES {
            // One power tells most points that are too far.
            let mut sum = self.term(far[l]);
            if sum <= bound {
                sum = 0.0;
                for (i, row) in rows.iter().enumerate() {
                    sum += self.term(x.at(i) - row.0[l]);
                }
            }
            sums[l] = sum;
        }
        F64x8::load(&sums)
    }
    #[inline(always)]
    fn reduce(self, distance: f64) -> f64 {
        self.term(distance)
    }
    #[inline(always)]
    fn expand<N: Number>(self, reduced: N) -> N {
        scaled(reduced.powf(1.0 / self.p), self.root.recip())
    }
    fn reduce_factor(self, c: f64) -> f64 {
        c.powf(self.p)
    }
}

/// [`Power::MAX`] < p < ∞: distances themselves, `m (Σ (|d_i| / m)^p)^(1/p)` with the largest difference
/// m, bounded by m.
#[derive(Clone, Copy, Debug)]
pub(super) struct HighPower {
    pub p: f64,
}

impl HighPower {
    #[inline(always)]
    fn norm(self, largest: f64, sum: f64) -> f64 {
        // Nothing to add to 0, and nothing to divide by.
        if largest > 0.0 && largest < f64::INFINITY {
            largest * sum.powf(1.0 / self.p).max(1.0)
        } else {
            largest
        }
    }
}

impl Metric for HighPower {
    const SUM: bool = false;
    const ROUNDING: f64 = 0.0;
    #[inline(always)]
    fn term<N: Number>(self, difference: N) -> N {
        difference.abs()
    }
    #[inline(always)]
    fn total<T: Terms>(self, t: T, d: usize) -> T::Number {
        maximum(t, d)
    }
    #[inline(always)]
    fn block<S: Simd>(self, x: Query, rows: &[Row], bound: f64) -> S::F64x8 {
        let mut norms = Chebyshev.block::<S>(x, rows, bound).store();
        for l in 0..LANES {
            let m = norms[l];
            if m <= bound {
                let mut sum = 0.0;
                for (i, row) in rows.iter().enumerate() {
                    sum += ((x.at(i) - row.0[l]).abs() / m).powf(self.p);
                }
                norms[l] = self.norm(m, sum);
            }
        }
        F64x8::load(&norms)
    }
    #[inline(always)]
    fn upper<T: Terms>(self, farthest: T, d: usize) -> T::Number {
        let largest = self.total(farthest, d);
        largest * Number::splat((d as f64).powf(1.0 / self.p) * (1.0 + POWER_ROUNDING))
    }
    #[inline(always)]
    fn reduce(self, distance: f64) -> f64 {
        distance
    }
    #[inline(always)]
    fn expand<N: Number>(self, reduced: N) -> N {
        reduced
    }
    fn reduce_factor(self, c: f64) -> f64 {
        c
    }
}
