//! Minimisation of a closure: a short loop over [`Minimizer`].

use super::{Info, Method, Minimizer, Options};
use crate::array::try_with_capacity;
use crate::error::Result;
use crate::machine::{Told, Turn, Want};
use crate::optimize::bounds::Bounds;

/// What [`minimize`] found.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// The best point.
    pub x: Vec<f64>,
    /// How it went; `info.stop` says why it ended.
    pub info: Info,
}

/// Minimises `objective` from `x0`.
///
/// The objective returns its value and writes its gradient where one is wanted. A value that is NaN or
/// infinite means that the point is outside its domain: the method tries again nearer to the last good
/// point. For more (limits, stopping, parallel evaluation) step a [`Minimizer`].
///
/// ```
/// use scic::optimize::{Bounds, Gradient, Method, Options, Scheme, minimize};
///
/// let objective = |x: &[f64], _: Option<&mut [f64]>| x[0].powi(2) + (x[1] - 3.0).powi(2);
/// let options =
///     Options { gradient: Gradient::Differences(Scheme::TwoPoint), ..Options::default() };
/// let bounds = Bounds::new(2, Some(&[1.0, 0.0]), None)?;
/// let found = minimize(Method::Lbfgsb, objective, &[5.0, 5.0], Some(&bounds), &options)?;
/// assert!((found.x[0] - 1.0).abs() < 1e-6 && (found.x[1] - 3.0).abs() < 1e-6);
/// # Ok::<(), scic::Error>(())
/// ```
pub fn minimize(
    method: Method,
    mut objective: impl FnMut(&[f64], Option<&mut [f64]>) -> f64,
    x0: &[f64],
    bounds: Option<&Bounds>,
    options: &Options,
) -> Result<Solution> {
    let mut minimizer = Minimizer::new(method, x0, bounds, options)?;
    while let Some(ask) = minimizer.ask() {
        let points = ask.x.chunks_exact(ask.n).zip(ask.f.iter_mut());
        match ask.want {
            Want::ValueAndGradient => {
                for ((x, f), grad) in points.zip(ask.grad.chunks_exact_mut(ask.n)) {
                    *f = objective(x, Some(grad));
                }
            }
            Want::Value => points.for_each(|(x, f)| *f = objective(x, None)),
        }
        if let Turn::Done(_) = minimizer.tell(Told::Ok)? {
            break;
        }
    }
    let best = minimizer.best();
    let mut x = try_with_capacity(x0.len())?;
    x.extend_from_slice(best.x);
    Ok(Solution { x, info: minimizer.info() })
}
