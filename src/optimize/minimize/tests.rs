//! The methods as state machines.

use super::{Gradient, Method, Minimizer, Options, minimize};
use crate::error::Error;
use crate::machine::{Stop, Termination, Told, Turn, Want};
use crate::optimize::{Bounds, Scheme};

const METHODS: [Method; 3] = [Method::NelderMead, Method::Bfgs, Method::Lbfgsb];

fn rosenbrock(x: &[f64], grad: Option<&mut [f64]>) -> f64 {
    let (a, b) = (x[1] - x[0] * x[0], 1.0 - x[0]);
    if let Some(g) = grad {
        g[0] = -400.0 * x[0] * a - 2.0 * b;
        g[1] = 200.0 * a;
    }
    100.0 * a * a + b * b
}

fn limits(termination: Termination) -> Options {
    Options { termination, ..Options::default() }
}

#[test]
fn all_methods_find_the_minimum() {
    for method in METHODS {
        let found = minimize(method, rosenbrock, &[-1.2, 1.0], None, &Options::default()).unwrap();
        assert!(found.x.iter().all(|x| (x - 1.0).abs() < 1e-4), "{method:?}: {found:?}");
        assert!(found.info.stop.unwrap().is_success());
    }
}

#[test]
fn a_zero_gradient_at_the_start_ends_at_once() {
    for method in [Method::Bfgs, Method::Lbfgsb] {
        let found = minimize(method, rosenbrock, &[1.0, 1.0], None, &Options::default()).unwrap();
        assert_eq!(found.x, [1.0, 1.0]);
        let info = found.info;
        assert_eq!((info.stop, info.nfev, info.nit), (Some(Stop::Gtol), 1, 0));
    }
}

#[test]
fn points_outside_the_domain_shrink_the_step() {
    // Defined for positive variables only; the first steps lead far outside.
    for how in 0..3 {
        for method in METHODS {
            let mut m = Minimizer::new(method, &[20.0, 30.0], None, &Options::default()).unwrap();
            let mut outside = 0;
            while let Some(ask) = m.ask() {
                let mut told = Told::Ok;
                for (k, x) in ask.x.chunks_exact(2).enumerate() {
                    if x.iter().any(|x| *x <= 0.0) {
                        outside += 1;
                        match how {
                            0 if ask.f.len() == 1 => told = Told::Reject,
                            1 => ask.f[k] = f64::INFINITY,
                            _ => ask.f[k] = f64::NAN,
                        }
                        continue;
                    }
                    ask.f[k] = x.iter().map(|x| x - x.ln()).sum();
                    if ask.want == Want::ValueAndGradient {
                        ask.grad.iter_mut().zip(x).for_each(|(g, x)| *g = 1.0 - 1.0 / x);
                    }
                }
                m.tell(told).unwrap();
            }
            assert!(m.info().stop.unwrap().is_success(), "{method:?}: {:?}", m.info());
            assert!(m.best().x.iter().all(|x| (x - 1.0).abs() < 1e-3), "{:?}", m.best());
            assert!(outside > 0 || method == Method::NelderMead, "the test tests nothing");
        }
    }
}

#[test]
fn a_start_outside_the_domain_is_said() {
    for method in METHODS {
        for bad in [f64::NAN, f64::INFINITY] {
            let found =
                minimize(method, |_, _| bad, &[1.0, 2.0], None, &Options::default()).unwrap();
            assert_eq!(found.info.stop, Some(Stop::Rejected), "{method:?}");
            assert_eq!((found.x, found.info.f), (vec![1.0, 2.0], f64::INFINITY));
        }
    }
    // A gradient that was not written is no gradient.
    let lazy = |x: &[f64], _: Option<&mut [f64]>| x[0] * x[0];
    let found = minimize(Method::Bfgs, lazy, &[2.0], None, &Options::default()).unwrap();
    assert_eq!((found.info.stop, found.info.f), (Some(Stop::Rejected), 4.0));
}

#[test]
fn whatever_the_objective_returns_it_ends_with_the_best_point() {
    // Nonsense, differently at each call: every run must end, and know its best point.
    for method in METHODS {
        for bounded in [false, true] {
            if bounded && method == Method::Bfgs {
                continue;
            }
            for seed in 0..200_u64 {
                let mut state = seed + 1;
                let mut random = move || {
                    state = state.wrapping_mul(6364136223846793005).wrapping_add(seed | 1);
                    state >> 40
                };
                let mut best = f64::INFINITY;
                let bounds = Bounds::new(3, Some(&[-1.0, 0.0, -5.0]), None).unwrap();
                let options = limits(Termination { maxfev: Some(500), ..Termination::default() });
                let objective = |x: &[f64], grad: Option<&mut [f64]>| {
                    assert!(!bounded || (x[0] >= -1.0 && x[1] >= 0.0 && x[2] >= -5.0));
                    let f = match random() % 8 {
                        0 => f64::NAN,
                        1 => f64::INFINITY,
                        2 => 1e300,
                        r => r as f64 + (random() % 1000) as f64 * 1e-3,
                    };
                    if let Some(g) = grad {
                        for g in g {
                            *g = match random() % 20 {
                                0 => f64::NAN,
                                1 => f64::NEG_INFINITY,
                                2 => 1e200,
                                3 => 0.0,
                                r => r as f64 - 11.0,
                            };
                        }
                    }
                    if f < best {
                        best = f;
                    }
                    f
                };
                let bounds = bounded.then_some(&bounds);
                let found =
                    minimize(method, objective, &[0.5, 0.5, 0.5], bounds, &options).unwrap();
                assert!(found.info.nfev <= 500);
                assert_eq!(found.info.f, best, "{method:?} {seed}: {:?}", found.info);
            }
        }
    }
}

#[test]
fn minus_infinity_is_the_target_by_default() {
    for method in METHODS {
        let objective = |x: &[f64], g: Option<&mut [f64]>| {
            g.into_iter().for_each(|g| g[0] = -1.0);
            if x[0] > 5.0 { f64::NEG_INFINITY } else { -x[0] }
        };
        let found = minimize(method, objective, &[0.5], None, &Options::default()).unwrap();
        assert_eq!(found.info.stop, Some(Stop::Target), "{method:?}");
        assert!(found.info.f == f64::NEG_INFINITY && found.x[0] > 5.0);
    }
}

#[test]
fn limits_are_kept_to_the_letter() {
    for method in METHODS {
        for maxfev in [1, 2, 3, 4, 7, 20] {
            let t = Termination { maxfev: Some(maxfev), ..Termination::default() };
            let found = minimize(method, rosenbrock, &[-1.2, 1.0], None, &limits(t)).unwrap();
            assert_eq!(found.info.stop, Some(Stop::MaxFev));
            assert_eq!(found.info.nfev, maxfev);
            assert!(found.info.f <= 24.2 * (1.0 + 1e-12));
        }
        let t = Termination { maxiter: Some(5), ..Termination::default() };
        let found = minimize(method, rosenbrock, &[-1.2, 1.0], None, &limits(t)).unwrap();
        assert_eq!((found.info.stop, found.info.nit), (Some(Stop::MaxIter), 5));
        let t = Termination { f_target: 1.0, ..Termination::default() };
        let found = minimize(method, rosenbrock, &[-1.2, 1.0], None, &limits(t)).unwrap();
        assert!(found.info.stop == Some(Stop::Target) && found.info.f <= 1.0);
        let t = Termination { time_limit: 0.0, ..Termination::default() };
        let found = minimize(method, rosenbrock, &[-1.2, 1.0], None, &limits(t)).unwrap();
        assert_eq!((found.info.stop, found.info.nfev), (Some(Stop::TimeLimit), 0));
    }
}

#[test]
fn differences_count_and_stop_inside_the_budget() {
    let options = |maxfev| Options {
        gradient: Gradient::Differences(Scheme::TwoPoint),
        ..limits(Termination { maxfev: Some(maxfev), ..Termination::default() })
    };
    let x0 = [-1.2, 1.0];
    let found = minimize(Method::Lbfgsb, rosenbrock, &x0, None, &options(10)).unwrap();
    assert_eq!(
        (found.info.nfev, found.info.njev),
        (9, 3),
        "three blocks of three, no part of a fourth"
    );
    let found = minimize(Method::Lbfgsb, rosenbrock, &x0, None, &options(2)).unwrap();
    assert_eq!((found.info.nfev, found.info.stop), (0, Some(Stop::MaxFev)));
}

#[test]
fn asking_is_idempotent_and_telling_needs_a_question() {
    for method in METHODS {
        let mut m = Minimizer::new(method, &[-1.2, 1.0], None, &Options::default()).unwrap();
        assert!(matches!(m.tell(Told::Ok), Err(Error::InvalidState { .. })));
        let first = m.ask().map(|a| (a.x.as_ptr(), a.x.to_vec())).unwrap();
        m.ask().unwrap().f[0] = 3.0;
        let ask = m.ask().unwrap();
        assert_eq!((ask.x.as_ptr(), ask.x.to_vec(), ask.f[0]), (first.0, first.1, 3.0));
        assert_eq!(m.tell(Told::Abort(-7)).unwrap(), Turn::Done(Stop::CallbackError));
        assert_eq!((m.abort_code(), m.best().f), (-7, 3.0));
        assert!(m.ask().is_none());
        assert!(matches!(m.tell(Told::Ok), Err(Error::InvalidState { .. })));
        m.halt(Told::Stop);
        assert_eq!(m.turn(), Turn::Done(Stop::CallbackError), "the first reason stays");
    }
}

#[test]
fn fixed_variables_stay() {
    let bounds = Bounds::new(2, Some(&[0.5, -2.0]), Some(&[0.5, 2.0])).unwrap();
    for (method, gradient) in [
        (Method::Lbfgsb, Gradient::User),
        (Method::Lbfgsb, Gradient::Differences(Scheme::TwoPoint)),
        (Method::Lbfgsb, Gradient::Differences(Scheme::ThreePoint)),
        (Method::NelderMead, Gradient::User),
    ] {
        let options = Options { gradient, ..Options::default() };
        let found = minimize(method, rosenbrock, &[-1.2, 1.0], Some(&bounds), &options).unwrap();
        assert!(found.x[0] == 0.5 && (found.x[1] - 0.25).abs() < 1e-4, "{method:?} {found:?}");
        assert!((found.info.f - 0.25).abs() < 1e-6);
    }
    let all = Bounds::new(2, Some(&[0.5, 1.0]), Some(&[0.5, 1.0])).unwrap();
    let found =
        minimize(Method::Lbfgsb, rosenbrock, &[9.0, 9.0], Some(&all), &Options::default()).unwrap();
    assert_eq!((found.x, found.info.stop), (vec![0.5, 1.0], Some(Stop::Gtol)));
}

#[test]
fn memory_that_cannot_be_had() {
    let options = Options { history: Some(usize::MAX / 8), ..Options::default() };
    let made = Minimizer::new(Method::Lbfgsb, &[1.0, 2.0], None, &options);
    assert!(matches!(made, Err(Error::OutOfMemory { .. })));
}
