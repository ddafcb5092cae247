//! The line search of Moré and Thuente, as a state machine.
//!
//! J. J. Moré, D. J. Thuente: Line search algorithms with guaranteed sufficient decrease. ACM
//! Transactions on Mathematical Software 20 (1994), 286-307. Steps, tests and constants are those of
//! MINPACK-2's `dcsrch` and `dcstep` (Averick and Moré), which SciPy's BFGS and L-BFGS-B use.
//!
//! Beyond these, a step may turn out to be outside the function's domain ([`Search::reject`]): it then
//! becomes the far end of the interval, and the next step is nearer to the best one by a tenth.

/// The constants of a search.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    /// Sufficient decrease, c1.
    pub ftol: f64,
    /// Curvature, c2.
    pub gtol: f64,
    /// Relative width of the interval at which the search gives up.
    pub xtol: f64,
    /// Smallest step.
    pub stpmin: f64,
    /// Largest step.
    pub stpmax: f64,
}

/// What a search has to say after an evaluation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// Evaluate at this step.
    Try(f64),
    /// The step just evaluated satisfies both conditions.
    Converged,
    /// No better step can be found; the one just evaluated is the best.
    Stuck,
}

/// A step with the function's value and slope there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct End {
    at: f64,
    f: f64,
    g: f64,
}

/// A search along one direction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Search {
    rules: Rules,
    f0: f64,
    g0: f64,
    /// The slope of the line of sufficient decrease.
    gtest: f64,
    /// The best step, and the other end of the interval.
    x: End,
    y: End,
    bracketed: bool,
    second_stage: bool,
    stmin: f64,
    stmax: f64,
    width: f64,
    width1: f64,
    step: f64,
}

impl Search {
    /// Starts a search from value `f0` and slope `g0 < 0` with a first step. None if there is no
    /// descent or the step is out of range.
    pub fn start(f0: f64, g0: f64, step: f64, rules: Rules) -> Option<Self> {
        let in_range = step >= rules.stpmin && step <= rules.stpmax && step > 0.0;
        if !(g0 < 0.0 && in_range && f0.is_finite()) {
            return None;
        }
        let origin = End { at: 0.0, f: f0, g: g0 };
        let width = rules.stpmax - rules.stpmin;
        Some(Search {
            rules,
            f0,
            g0,
            gtest: rules.ftol * g0,
            x: origin,
            y: origin,
            bracketed: false,
            second_stage: false,
            stmin: 0.0,
            stmax: step + 4.0 * step,
            width,
            width1: 2.0 * width,
            step,
        })
    }

    /// The step that is being tried.
    pub fn step(&self) -> f64 {
        self.step
    }

    /// Takes value and slope at the step being tried.
    pub fn tell(&mut self, f: f64, g: f64) -> Verdict {
        let Rules { gtol, xtol, stpmin, stpmax, .. } = self.rules;
        let step = self.step;
        let ftest = self.f0 + step * self.gtest;
        if f <= ftest && g >= 0.0 {
            self.second_stage = true;
        }
        if f <= ftest && g.abs() <= gtol * -self.g0 {
            return Verdict::Converged;
        }
        let exhausted = self.bracketed
            && (step <= self.stmin
                || step >= self.stmax
                || self.stmax - self.stmin <= xtol * self.stmax);
        let at_most = step == stpmax && f <= ftest && g <= self.gtest;
        let at_least = step == stpmin && (f > ftest || g >= self.gtest);
        if exhausted || at_most || at_least {
            return Verdict::Stuck;
        }
        let here = End { at: step, f, g };
        // In the first stage a lower value that does not decrease enough is judged by the modified
        // function f - gtest * step.
        let next = if !self.second_stage && f <= self.x.f && f > ftest {
            let tilt = |e: End, sign: f64| End {
                at: e.at,
                f: e.f + sign * e.at * self.gtest,
                g: e.g + sign * self.gtest,
            };
            let (mut x, mut y) = (tilt(self.x, -1.0), tilt(self.y, -1.0));
            let next = interpolate(
                &mut x,
                &mut y,
                tilt(here, -1.0),
                &mut self.bracketed,
                (self.stmin, self.stmax),
            );
            (self.x, self.y) = (tilt(x, 1.0), tilt(y, 1.0));
            next
        } else {
            let limits = (self.stmin, self.stmax);
            interpolate(&mut self.x, &mut self.y, here, &mut self.bracketed, limits)
        };
        self.shorten(next)
    }

    /// The step being tried is outside the function's domain.
    pub fn reject(&mut self) -> Verdict {
        self.y = End { at: self.step, f: f64::INFINITY, g: f64::INFINITY };
        self.bracketed = true;
        let next = self.x.at + 0.1 * (self.step - self.x.at);
        self.shorten(next)
    }

    /// Keeps the next step within the interval, bisects where that shrinks too slowly.
    fn shorten(&mut self, next: f64) -> Verdict {
        let Rules { xtol, stpmin, stpmax, .. } = self.rules;
        let (x, y) = (self.x.at, self.y.at);
        let mut step = next;
        if self.bracketed {
            let width = (y - x).abs();
            if width >= 0.66 * self.width1 && self.y.f.is_finite() {
                step = x + 0.5 * (y - x);
            }
            self.width1 = self.width;
            self.width = width;
            self.stmin = x.min(y);
            self.stmax = x.max(y);
        } else {
            self.stmin = step + 1.1 * (step - x);
            self.stmax = step + 4.0 * (step - x);
        }
        step = step.max(stpmin).min(stpmax);
        if self.bracketed
            && (step <= self.stmin
                || step >= self.stmax
                || self.stmax - self.stmin <= xtol * self.stmax)
        {
            step = x;
        }
        if !(step > 0.0 && step.is_finite()) {
            return Verdict::Stuck;
        }
        self.step = step;
        Verdict::Try(step)
    }
}

/// The safeguarded cubic or quadratic step (`dcstep`), and the new interval.
fn interpolate(x: &mut End, y: &mut End, p: End, bracketed: &mut bool, limits: (f64, f64)) -> f64 {
    let (stpmin, stpmax) = limits;
    // The sign of the product of both slopes.
    let turn = p.g * (x.g / x.g.abs());
    // The cubic through two ends: its stationary point is `from + r * (to - from)`.
    let cubic = |from: End, to: End, clamp: bool| {
        let theta = 3.0 * (to.f - from.f) / (from.at - to.at) + to.g + from.g;
        let s = theta.abs().max(to.g.abs()).max(from.g.abs());
        let ratio = theta / s;
        let square = ratio * ratio - (to.g / s) * (from.g / s);
        (theta, s * (if clamp { square.max(0.0) } else { square }).sqrt())
    };
    let secant = |e: End| p.at + (p.g / (p.g - e.g)) * (e.at - p.at);
    let next;
    if p.f > x.f {
        // A higher value: the minimum is bracketed.
        let (theta, mut gamma) = cubic(p, *x, false);
        if p.at < x.at {
            gamma = -gamma;
        }
        let r = ((gamma - x.g) + theta) / (((gamma - x.g) + gamma) + p.g);
        let c = x.at + r * (p.at - x.at);
        let q = x.at + ((x.g / ((x.f - p.f) / (p.at - x.at) + x.g)) / 2.0) * (p.at - x.at);
        next = if (c - x.at).abs() < (q - x.at).abs() { c } else { c + (q - c) / 2.0 };
        *bracketed = true;
    } else if turn < 0.0 {
        // A lower value and slopes of opposite sign: the minimum is bracketed.
        let (theta, mut gamma) = cubic(p, *x, false);
        if p.at > x.at {
            gamma = -gamma;
        }
        let r = ((gamma - p.g) + theta) / (((gamma - p.g) + gamma) + x.g);
        let c = p.at + r * (x.at - p.at);
        let q = secant(*x);
        next = if (c - p.at).abs() > (q - p.at).abs() { c } else { q };
        *bracketed = true;
    } else if p.g.abs() < x.g.abs() {
        // A lower value, slopes of the same sign that become flatter.
        let (theta, mut gamma) = cubic(p, *x, true);
        if p.at > x.at {
            gamma = -gamma;
        }
        let r = ((gamma - p.g) + theta) / ((gamma + (x.g - p.g)) + gamma);
        let c = if r < 0.0 && gamma != 0.0 {
            p.at + r * (x.at - p.at)
        } else if p.at > x.at {
            stpmax
        } else {
            stpmin
        };
        let q = secant(*x);
        let closer = (c - p.at).abs() < (q - p.at).abs();
        if *bracketed {
            let step = if closer { c } else { q };
            let edge = p.at + 0.66 * (y.at - p.at);
            next = if p.at > x.at { step.min(edge) } else { step.max(edge) };
        } else {
            let farther = (c - p.at).abs() > (q - p.at).abs();
            next = (if farther { c } else { q }).min(stpmax).max(stpmin);
        }
    } else if !*bracketed {
        // A lower value, slopes of the same sign that do not become flatter.
        next = if p.at > x.at { stpmax } else { stpmin };
    } else if y.f.is_finite() {
        let (theta, mut gamma) = cubic(p, *y, false);
        if p.at > y.at {
            gamma = -gamma;
        }
        let r = ((gamma - p.g) + theta) / (((gamma - p.g) + gamma) + y.g);
        next = p.at + r * (y.at - p.at);
    } else {
        // The far end is outside the domain: there is nothing to interpolate.
        next = p.at + 0.5 * (y.at - p.at);
    }
    if p.f > x.f {
        *y = p;
    } else {
        if turn < 0.0 {
            *y = *x;
        }
        *x = p;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: Rules =
        Rules { ftol: 1e-3, gtol: 0.1, xtol: 1e-10, stpmin: 0.0, stpmax: 4.0 / 1e-3 };

    fn run(phi: impl Fn(f64) -> Option<(f64, f64)>, first: f64) -> (f64, usize, Verdict) {
        let (f0, g0) = phi(0.0).unwrap();
        let mut search = Search::start(f0, g0, first, RULES).unwrap();
        for count in 1..1000 {
            let verdict = match phi(search.step()) {
                Some((f, g)) => search.tell(f, g),
                None => search.reject(),
            };
            if !matches!(verdict, Verdict::Try(_)) {
                return (search.step(), count, verdict);
            }
        }
        panic!("the search does not end");
    }

    /// Table I of Moré and Thuente (1994): function 5.1 with beta = 2, mu = 1e-3, eta = 0.1.
    #[test]
    fn the_papers_first_table() {
        let phi = |a: f64| {
            let d = a * a + 2.0;
            Some((-a / d, (a * a - 2.0) / (d * d)))
        };
        for (first, evaluations, step) in
            [(1e-3, 6, 1.4), (1e-1, 3, 1.4), (1e1, 1, 10.0), (1e3, 4, 37.0)]
        {
            let (a, count, verdict) = run(phi, first);
            assert_eq!((count, verdict), (evaluations, Verdict::Converged), "from {first}");
            assert!((a - step).abs() <= 0.05 * step, "from {first}: {a}");
        }
    }

    #[test]
    fn steps_outside_the_domain_are_shortened() {
        // The minimum, 0.5, is inside the domain a < 0.6.
        let phi = |a: f64| (a < 0.6).then_some(((a - 0.5) * (a - 0.5), 2.0 * (a - 0.5)));
        let (a, _, verdict) = run(phi, 1000.0);
        assert_eq!(verdict, Verdict::Converged);
        assert!((a - 0.5).abs() < 0.06);
        // It is outside: the search ends at the wall.
        let phi = |a: f64| (a < 0.25).then_some((-a, -1.0));
        let (a, _, verdict) = run(phi, 1.0);
        assert_eq!(verdict, Verdict::Stuck);
        assert!((a - 0.25).abs() < 1e-8 && a < 0.25);
        // There is no domain but the origin.
        let phi = |a: f64| (a == 0.0).then_some((0.0, -1.0));
        assert_eq!(run(phi, 1.0).2, Verdict::Stuck);
    }
}
