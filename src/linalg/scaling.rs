//! Powers of two that keep squares from overflow and underflow.

/// The largest absolute value; NaN if any element is.
pub(crate) fn max_abs(x: &[f64]) -> f64 {
    // A NaN stays: no comparison with it is true.
    x.iter().fold(0.0, |m: f64, &x| if x.abs() <= m || m.is_nan() { m } else { x.abs() })
}

/// The `e` with `2^(e-1) ≤ x < 2^e` for positive `x`, 0 for zero; None for NaN and Inf.
pub(crate) fn exponent(x: f64) -> Option<i32> {
    if !x.is_finite() {
        return None;
    }
    if x == 0.0 {
        return Some(0);
    }
    let (x, shift) = if x < f64::MIN_POSITIVE { (x * 2f64.powi(64), 64) } else { (x, 0) };
    Some(((x.to_bits() >> 52) & 0x7ff) as i32 - 1022 - shift)
}

/// `x · 2^e`, also for powers that no double holds.
pub(crate) fn times_power(x: f64, e: i32) -> f64 {
    let half = e / 2;
    x * 2f64.powi(half) * 2f64.powi(e - half)
}

/// The Euclidean norm, without overflow or underflow on the way.
pub(crate) fn norm(x: &[f64]) -> f64 {
    let Some(e) = exponent(max_abs(x)) else { return f64::NAN };
    let sum: f64 = if e.abs() < 400 {
        return x.iter().map(|x| x * x).sum::<f64>().sqrt();
    } else {
        x.iter().map(|&x| times_power(x, -e).powi(2)).sum()
    };
    times_power(sum.sqrt(), e)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_at_the_ends_of_the_range() {
        assert_eq!(exponent(1.0), Some(1));
        assert_eq!(exponent(0.99), Some(0));
        assert_eq!(exponent(f64::MAX), Some(1024));
        assert_eq!(exponent(5e-324), Some(-1073));
        assert_eq!(
            (exponent(0.0), exponent(f64::NAN), exponent(f64::INFINITY)),
            (Some(0), None, None)
        );
        assert_eq!(times_power(5e-324, 1074), 1.0);
        assert_eq!(times_power(1.0, -1074), 5e-324);
    }

    #[test]
    fn norms_do_not_overflow() {
        assert_eq!(norm(&[3e300, 4e300]), 5e300);
        assert_eq!(norm(&[3.0, 4.0]), 5.0);
        assert!((norm(&[3e-310, 4e-310]) - 5e-310).abs() < 1e-322);
        assert!(max_abs(&[1.0, f64::NAN, 2.0]).is_nan());
    }
}
