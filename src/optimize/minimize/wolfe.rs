//! A second line search for where that of Moré and Thuente gives up.
//!
//! Algorithms 3.5 and 3.6 of J. Nocedal, S. J. Wright: Numerical Optimization, 2nd edition, Springer 2006,
//! with the interpolation rules and limits of SciPy's `line_search`, which its BFGS falls back to.

use super::line_search::Verdict;

const TRIES: u32 = 10;

#[derive(Clone, Copy, Debug)]
struct End {
    at: f64,
    f: f64,
    g: f64,
}

#[derive(Clone, Copy, Debug)]
enum Stage {
    /// The step grows; this is the one before.
    Grow(End),
    /// The interval shrinks.
    Zoom { low: End, high: (f64, f64), recent: (f64, f64) },
}

/// A search for a step that satisfies the strong Wolfe conditions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Zoom {
    c1: f64,
    c2: f64,
    origin: End,
    stage: Stage,
    step: f64,
    tries: u32,
}

impl Zoom {
    /// Starts a search from value `f0` and slope `g0` with a first step.
    pub fn start(f0: f64, g0: f64, step: f64, c1: f64, c2: f64) -> Option<Self> {
        let origin = End { at: 0.0, f: f0, g: g0 };
        (g0 < 0.0 && step > 0.0 && step.is_finite()).then_some(Zoom {
            c1,
            c2,
            origin,
            stage: Stage::Grow(origin),
            step,
            tries: 0,
        })
    }

    /// The step that is being tried.
    pub fn step(&self) -> f64 {
        self.step
    }

    /// Takes value and slope at the step being tried; +∞ for a step outside the domain.
    pub fn tell(&mut self, f: f64, g: f64) -> Verdict {
        let here = End { at: self.step, f, g };
        let decreases = f <= self.origin.f + self.c1 * self.step * self.origin.g;
        let flat = g.abs() <= -self.c2 * self.origin.g;
        self.tries += 1;
        match self.stage {
            Stage::Grow(before) => {
                if !decreases || (f >= before.f && self.tries > 1) {
                    return self.zoom(before, here);
                }
                if flat {
                    return Verdict::Converged;
                }
                if g >= 0.0 {
                    return self.zoom(here, before);
                }
                self.stage = Stage::Grow(here);
                if self.tries == TRIES {
                    // Still downhill after all these steps: far enough.
                    return Verdict::Converged;
                }
                self.attempt(2.0 * self.step)
            }
            Stage::Zoom { low, high, .. } => {
                if !decreases || f >= low.f {
                    self.stage = Stage::Zoom { low, high: (here.at, here.f), recent: high };
                } else {
                    if flat {
                        return Verdict::Converged;
                    }
                    let (high, recent) = if g * (high.0 - low.at) >= 0.0 {
                        ((low.at, low.f), high)
                    } else {
                        (high, (low.at, low.f))
                    };
                    self.stage = Stage::Zoom { low: here, high, recent };
                }
                self.divide()
            }
        }
    }

    fn zoom(&mut self, low: End, high: End) -> Verdict {
        let recent = (0.0, self.origin.f);
        self.stage = Stage::Zoom { low, high: (high.at, high.f), recent };
        self.tries = 0;
        self.divide()
    }

    fn attempt(&mut self, step: f64) -> Verdict {
        if !(step > 0.0 && step.is_finite()) {
            return Verdict::Stuck;
        }
        self.step = step;
        Verdict::Try(step)
    }

    /// The next step in the interval: cubic, else quadratic, else the middle.
    fn divide(&mut self) -> Verdict {
        let Stage::Zoom { low, high, recent } = self.stage else { return Verdict::Stuck };
        let width = high.0 - low.at;
        let (a, b) = if width < 0.0 { (high.0, low.at) } else { (low.at, high.0) };
        let inside = |t: f64, margin: f64| t <= b - margin * width && t >= a + margin * width;
        let mut step = f64::NAN;
        if self.tries > 0 {
            step = cubic_minimum(low, high, recent);
        }
        if step.is_nan() || !inside(step, 0.2) {
            step = quadratic_minimum(low, high);
        }
        if step.is_nan() || !inside(step, 0.1) {
            step = low.at + 0.5 * width;
        }
        // One try more than while the step grows, as in SciPy.
        if self.tries > TRIES { Verdict::Stuck } else { self.attempt(step) }
    }
}

/// The minimum of the cubic through three points, with the slope at the first. NaN where there is none.
fn cubic_minimum(a: End, b: (f64, f64), c: (f64, f64)) -> f64 {
    let (db, dc) = (b.0 - a.at, c.0 - a.at);
    let denominator = (db * dc) * (db * dc) * (db - dc);
    let (rb, rc) = (b.1 - a.f - a.g * db, c.1 - a.f - a.g * dc);
    let p = (dc * dc * rb - db * db * rc) / denominator;
    let q = (-dc * dc * dc * rb + db * db * db * rc) / denominator;
    let t = a.at + (-q + (q * q - 3.0 * p * a.g).sqrt()) / (3.0 * p);
    if t.is_finite() { t } else { f64::NAN }
}

/// The minimum of the parabola through two points, with the slope at the first. NaN where there is none.
fn quadratic_minimum(a: End, b: (f64, f64)) -> f64 {
    let d = b.0 - a.at;
    let curvature = (b.1 - a.f - a.g * d) / (d * d);
    let t = a.at - a.g / (2.0 * curvature);
    if t.is_finite() { t } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_meets_both_conditions() {
        // A narrow valley at 2 behind a long slope.
        let phi = |t: f64| {
            let d: f64 = t - 2.0;
            ((1.0 + 100.0 * d * d).ln(), 200.0 * d / (1.0 + 100.0 * d * d))
        };
        let (f0, g0) = phi(0.0);
        for first in [1e-2, 0.5, 1.0, 3.0, 9.0] {
            let mut zoom = Zoom::start(f0, g0, first, 1e-4, 0.9).unwrap();
            let mut count = 1;
            let verdict = loop {
                let (f, g) = phi(zoom.step());
                match zoom.tell(f, g) {
                    Verdict::Try(step) => assert_eq!(step, zoom.step()),
                    verdict => break verdict,
                }
                count += 1;
                assert!(count <= 22);
            };
            let (f, g) = phi(zoom.step());
            assert_eq!(verdict, Verdict::Converged, "from {first}");
            assert!(f <= f0 + 1e-4 * zoom.step() * g0 && g.abs() <= 0.9 * g0.abs());
        }
        let mut zoom = Zoom::start(0.0, -1.0, 1.0, 1e-4, 0.9).unwrap();
        let mut tries = 0;
        while let Verdict::Try(_) = zoom.tell(f64::INFINITY, f64::INFINITY) {
            tries += 1;
        }
        assert!(tries <= 11, "{tries} tries into the void");
        assert!(Zoom::start(0.0, 1.0, 1.0, 1e-4, 0.9).is_none());
    }
}
