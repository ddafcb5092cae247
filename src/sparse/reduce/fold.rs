//! What numbers are folded into.

/// An accumulator of numbers.
pub(super) trait Fold: Copy + Send + Sync {
    /// Nothing yet.
    const EMPTY: Self;
    /// One number more.
    fn add(&mut self, x: f64);
    /// The result.
    fn value(self) -> f64;
}

/// A sum with the rounding error of every addition kept beside it (Knuth's TwoSum; the sum is as if
/// computed in twice the precision: Ogita, Rump, Oishi, SIAM J. Sci. Comput. 26, 2005, "Sum2").
#[derive(Clone, Copy, Debug)]
pub(super) struct Sum {
    sum: f64,
    error: f64,
}

impl Sum {
    /// The sum of all numbers, in many lanes: so many that the compiler makes a loop of them, in vectors.
    #[inline(always)]
    pub fn of(xs: &[f64]) -> Self {
        const LANES: usize = 64;
        let (mut sums, mut errors) = ([0.0; LANES], [0.0; LANES]);
        let (blocks, rest) = xs.as_chunks::<LANES>();
        for x in blocks {
            for k in 0..LANES {
                let sum = sums[k] + x[k];
                let x_of_sum = sum - sums[k];
                errors[k] += (sums[k] - (sum - x_of_sum)) + (x[k] - x_of_sum);
                sums[k] = sum;
            }
        }
        let mut all = Sum::EMPTY;
        rest.iter().for_each(|&x| all.add(x));
        (0..LANES).for_each(|k| all.merge(Sum { sum: sums[k], error: errors[k] }));
        all
    }

    /// Another sum, added with its error.
    pub fn merge(&mut self, other: Sum) {
        self.add(other.sum);
        self.error += other.error;
    }
}

impl Fold for Sum {
    const EMPTY: Self = Sum { sum: 0.0, error: 0.0 };

    #[inline(always)]
    fn add(&mut self, x: f64) {
        let sum = self.sum + x;
        let x_of_sum = sum - self.sum;
        self.error += (self.sum - (sum - x_of_sum)) + (x - x_of_sum);
        self.sum = sum;
    }

    fn value(self) -> f64 {
        // Infinities have no error to speak of.
        let value = self.sum + self.error;
        if value.is_finite() { value } else { self.sum }
    }
}

/// A [`Sum`] of magnitudes.
#[derive(Clone, Copy, Debug)]
pub(super) struct AbsSum(Sum);

impl Fold for AbsSum {
    const EMPTY: Self = AbsSum(Sum::EMPTY);
    #[inline(always)]
    fn add(&mut self, x: f64) {
        self.0.add(x.abs());
    }
    fn value(self) -> f64 {
        self.0.value()
    }
}

/// The largest magnitude; NaN if there is one.
#[derive(Clone, Copy, Debug)]
pub(super) struct MaxAbs(f64);

impl Fold for MaxAbs {
    const EMPTY: Self = MaxAbs(0.0);
    #[inline(always)]
    fn add(&mut self, x: f64) {
        // A comparison with NaN is false, so a NaN stays.
        if x.abs() > self.0 || x.is_nan() {
            self.0 = x.abs();
        }
    }
    fn value(self) -> f64 {
        self.0
    }
}

/// A sum of squares of numbers that are scaled so that nothing overflows, and nothing that matters
/// underflows.
#[derive(Clone, Copy, Debug)]
pub(super) struct ScaledSquares {
    scale: f64,
    max: f64,
    squares: Sum,
}

impl ScaledSquares {
    /// For numbers whose largest magnitude is `max`.
    pub fn below(max: f64) -> Self {
        // The power of two in max, from its exponent bits; at least the smallest normal number, so that
        // the reciprocal is finite. Scaling by it rounds nothing.
        let power = f64::from_bits(max.to_bits() & 0x7ff0_0000_0000_0000).max(f64::MIN_POSITIVE);
        ScaledSquares { scale: power.recip(), max, squares: Sum::EMPTY }
    }

    /// One number more.
    #[inline(always)]
    pub fn add(&mut self, x: f64) {
        let x = x * self.scale;
        self.squares.add(x * x);
    }

    /// The root of the sum.
    pub fn norm(self) -> f64 {
        if self.max == 0.0 || !self.max.is_finite() {
            return self.max;
        }
        self.squares.value().sqrt() / self.scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold<F: Fold>(xs: &[f64]) -> f64 {
        let mut f = F::EMPTY;
        xs.iter().for_each(|&x| f.add(x));
        f.value()
    }

    fn norm(xs: &[f64]) -> f64 {
        let mut s = ScaledSquares::below(fold::<MaxAbs>(xs));
        xs.iter().for_each(|&x| s.add(x));
        s.norm()
    }

    #[test]
    fn sums_keep_what_rounding_drops() {
        assert_eq!(fold::<Sum>(&[1.0, 1e100, 1.0, -1e100]), 2.0);
        assert_eq!(fold::<Sum>(&[0.1; 10]), 1.0);
        assert_eq!(fold::<AbsSum>(&[-1.0, 2.0]), 3.0);
        assert_eq!(fold::<Sum>(&[f64::INFINITY, 1.0]), f64::INFINITY);
        assert!(fold::<Sum>(&[f64::INFINITY, -f64::INFINITY]).is_nan());
        assert!(fold::<Sum>(&[1.0, f64::NAN]).is_nan());
        let mut halves = (Sum::EMPTY, Sum::EMPTY);
        [1.0, 1e100].iter().for_each(|&x| halves.0.add(x));
        [1.0, -1e100].iter().for_each(|&x| halves.1.add(x));
        halves.0.merge(halves.1);
        assert_eq!(halves.0.value(), 2.0);
    }

    #[test]
    fn the_largest_magnitude_sees_nan() {
        assert_eq!(fold::<MaxAbs>(&[1.0, -3.0, 2.0]), 3.0);
        assert!(fold::<MaxAbs>(&[1.0, f64::NAN, 2.0]).is_nan());
        assert_eq!(fold::<MaxAbs>(&[]), 0.0);
    }

    #[test]
    fn norms_neither_overflow_nor_underflow() {
        assert_eq!(norm(&[3.0, -4.0]), 5.0);
        assert_eq!(norm(&[3e300, 4e300]), 5e300);
        assert_eq!(norm(&[3e-320, 4e-320]), 5e-320);
        assert_eq!(norm(&[f64::MAX]), f64::MAX);
        assert_eq!(norm(&[f64::MAX, f64::MAX]), f64::INFINITY);
        assert_eq!(norm(&[1.0, f64::INFINITY]), f64::INFINITY);
        assert!(norm(&[f64::NAN, f64::INFINITY]).is_nan());
        assert_eq!(norm(&[5e-324]), 5e-324);
        assert_eq!(norm(&[]), 0.0);
    }
}
