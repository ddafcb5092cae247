//! Simple bounds on the variables.

use crate::array::try_with_capacity;
use crate::error::{Error, Result};

/// Lower and upper bounds, ±∞ where there is none. No lower bound exceeds its upper one.
#[derive(Clone, Debug, PartialEq)]
pub struct Bounds {
    lower: Vec<f64>,
    upper: Vec<f64>,
}

impl Bounds {
    /// Bounds for `n` variables; None for a side means that it has no bounds at all. NaN, a lower bound
    /// of +∞, an upper one of −∞, and a lower bound above the upper one are refused.
    pub fn new(n: usize, lower: Option<&[f64]>, upper: Option<&[f64]>) -> Result<Self> {
        let side = |name, given: Option<&[f64]>, none: f64| -> Result<Vec<f64>> {
            let mut side = try_with_capacity(n)?;
            match given {
                None => side.resize(n, none),
                Some(given) if given.len() != n => {
                    return Err(Error::shape(name, format_args!("{n} long"), given.len()));
                }
                Some(given) => side.extend_from_slice(given),
            }
            match side.iter().position(|&b| b.is_nan() || b == -none) {
                Some(i) => Err(Error::invalid(
                    name,
                    format_args!("[{i}] is {}, which no variable can meet", side[i]),
                )),
                None => Ok(side),
            }
        };
        let lower = side("lower", lower, f64::NEG_INFINITY)?;
        let upper = side("upper", upper, f64::INFINITY)?;
        match (0..n).find(|&i| lower[i] > upper[i]) {
            Some(i) => Err(Error::invalid(
                "lower",
                format_args!("[{i}] is {}, above upper[{i}], {}", lower[i], upper[i]),
            )),
            None => Ok(Bounds { lower, upper }),
        }
    }

    /// The lower bounds.
    pub fn lower(&self) -> &[f64] {
        &self.lower
    }

    /// The upper bounds.
    pub fn upper(&self) -> &[f64] {
        &self.upper
    }

    /// Whether no bound can ever matter.
    pub fn is_free(&self) -> bool {
        self.lower.iter().all(|&l| l == f64::NEG_INFINITY)
            && self.upper.iter().all(|&u| u == f64::INFINITY)
    }

    /// Moves every component of `x` that is outside to its bound.
    pub fn clip(&self, x: &mut [f64]) {
        for ((x, &l), &u) in x.iter_mut().zip(&self.lower).zip(&self.upper) {
            *x = clip(*x, l, u);
        }
    }
}

/// `x` moved into `[l, u]`.
#[inline(always)]
pub(crate) fn clip(x: f64, l: f64, u: f64) -> f64 {
    let x = if x < l { l } else { x };
    if x > u { u } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_bounds_may_be() {
        let inf = f64::INFINITY;
        let b = Bounds::new(2, Some(&[0.0, -inf]), Some(&[0.0, 1.0])).unwrap();
        let mut x = [3.0, 4.0];
        b.clip(&mut x);
        assert_eq!(x, [0.0, 1.0]);
        assert!(!b.is_free());
        assert!(Bounds::new(2, None, None).unwrap().is_free());
        assert!(Bounds::new(1, Some(&[f64::NAN]), None).is_err());
        assert!(Bounds::new(1, Some(&[inf]), None).is_err());
        assert!(Bounds::new(1, None, Some(&[-inf])).is_err());
        assert!(Bounds::new(2, Some(&[0.0]), None).is_err());
        let e = Bounds::new(2, Some(&[0.0, 2.0]), Some(&[1.0, 1.0])).unwrap_err();
        assert_eq!(e.to_string(), "lower [1] is 2, above upper[1], 1");
    }
}
