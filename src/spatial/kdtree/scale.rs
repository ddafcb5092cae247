//! Which distance a p asks for, and how it is kept from overflowing.
//!
//! Powers of differences far from 1 overflow or vanish. Where the largest difference between a query and
//! the tree's points, or the radius, is so far from 1 that this could matter, differences are multiplied
//! by a power of two first: for p = 2, differences down to 1e-290 of the largest one then still count. Within
//! the ordinary range nothing is scaled, and differences below about 1e-160 (p = 2) count as zero.
//! Sums of differences (p = 1), largest differences and high powers, which are formed of ratios, need no
//! scaling.

use crate::error::{Error, Result};

use super::metric::Power;

/// The distances that are told apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Norm {
    Manhattan,
    Euclid,
    Chebyshev,
    Power(f64),
    HighPower(f64),
}

impl Norm {
    /// The distance of Minkowski's p.
    pub fn new(p: f64) -> Result<Self> {
        match p {
            1.0 => Ok(Norm::Manhattan),
            2.0 => Ok(Norm::Euclid),
            f64::INFINITY => Ok(Norm::Chebyshev),
            p if p > Power::MAX => Ok(Norm::HighPower(p)),
            p if p > 1.0 => Ok(Norm::Power(p)),
            p => Err(Error::invalid("options.p", format_args!("is {p}, must be at least 1"))),
        }
    }

    /// The exponent of the powers that are summed, where they are.
    fn exponent(self) -> Option<f64> {
        match self {
            Norm::Euclid => Some(2.0),
            Norm::Power(p) => Some(p),
            _ => None,
        }
    }

    /// The factor for differences of a query whose largest difference to a point is at most `largest`: its
    /// root, a power of two, as the factor itself may overflow.
    /// `reach` is a radius or a bound that distances are compared with (infinity: none).
    pub fn scale(self, largest: f64, reach: f64) -> f64 {
        let Some(p) = self.exponent() else { return 1.0 };
        let reach_is_ordinary = reach == f64::INFINITY || p * exponent(reach) > -900.0;
        let e = exponent(largest);
        // General roots of numbers far from 1 lose digits.
        let usual = if self == Norm::Euclid { -400.0..=900.0 } else { -200.0..=200.0 };
        if largest == 0.0 || (usual.contains(&(p * e)) && reach_is_ordinary) {
            return 1.0;
        }
        // What the powers of the largest differences come to: the more, the smaller are the differences
        // that still count.
        let target = if self == Norm::Euclid || !reach_is_ordinary { 900.0 } else { 0.0 };
        f64::powi(2.0, ((target / p - e) / 2.0) as i32)
    }
}

/// An upper bound of log2, good to 1; -1100 for 0.
fn exponent(x: f64) -> f64 {
    if x == 0.0 {
        return -1100.0;
    }
    let bits = (x.to_bits() >> 52) & 0x7ff;
    if bits == 0 {
        // Subnormal: a multiple of 2^-1074.
        return -1010.0 - f64::from((x.to_bits() << 12).leading_zeros()) - 12.0;
    }
    bits as f64 - 1022.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_bound_the_logarithm() {
        for x in [1.0, 0.75, 3e300, f64::MAX, 1e-300, f64::MIN_POSITIVE, 1e-310, 5e-324] {
            let (e, log) = (exponent(x), x.log2());
            assert!(e >= log && e <= log + 1.5, "{x:e}: {e} {log}");
        }
    }

    #[test]
    fn ordinary_numbers_are_not_scaled() {
        for norm in [Norm::Euclid, Norm::Manhattan, Norm::Power(3.0)] {
            assert_eq!(norm.scale(1.0, f64::INFINITY), 1.0);
            assert_eq!(norm.scale(1e9, 1e-9), 1.0);
            assert_eq!(norm.scale(0.0, 1.0), 1.0);
        }
        for p in [1.5, 2.0, 7.0, 16.0] {
            let norm = Norm::new(p).unwrap();
            for x in [1e300, f64::MAX, 1e-300, 5e-324] {
                let root = norm.scale(x, f64::INFINITY);
                let power = (x * root * root).powf(p);
                assert!(power > 1e-20 && power < 1e290, "{p} {x:e} {power:e}");
            }
        }
        assert!(Norm::Euclid.scale(1.0, 0.0) > 1e50);
        assert_eq!(Norm::Chebyshev.scale(1e300, 0.0), 1.0);
    }

    #[test]
    fn p_is_checked() {
        for p in [0.0, 0.999, -1.0, f64::NAN, f64::NEG_INFINITY] {
            assert!(Norm::new(p).is_err());
        }
        assert_eq!(Norm::new(1.5).unwrap(), Norm::Power(1.5));
        assert_eq!(Norm::new(17.0).unwrap(), Norm::HighPower(17.0));
    }
}
