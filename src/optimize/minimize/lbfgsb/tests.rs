//! The compact forms against dense matrices.

use super::cauchy::Cauchy;
use super::direct::Direct;
use super::history::{Combine, History, Newest, Pair, Products, padded};
use super::middle::Middle;
use super::subspace::{Place, Subspace};

/// Numbers without a pattern, between -1 and 1.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 11) as f64 / (1u64 << 52) as f64 - 1.0
    }

    fn vector(&mut self, n: usize) -> Vec<f64> {
        let mut v: Vec<f64> = (0..n).map(|_| self.next()).collect();
        v.resize(padded(n).unwrap(), 0.0);
        v
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Pairs that a positive definite Hessian could have made.
fn pairs(n: usize, count: usize, noise: &mut Noise) -> Vec<(Vec<f64>, Vec<f64>)> {
    (0..count)
        .map(|_| {
            let s = noise.vector(n);
            let mut y: Vec<f64> =
                s.iter().enumerate().map(|(i, s)| (1 + i % 7) as f64 * s).collect();
            for i in 1..n {
                y[i] += 0.3 * s[i - 1];
                y[i - 1] += 0.3 * s[i];
            }
            (s, y)
        })
        .collect()
}

/// The BFGS matrix of the pairs, from θ I with θ of the newest, by the textbook's update
/// B + y y' / y's − B s s' B / s'B s.
fn dense(n: usize, pairs: &[(Vec<f64>, Vec<f64>)]) -> (Vec<Vec<f64>>, f64) {
    let (s, y) = pairs.last().unwrap();
    let theta = dot(y, y) / dot(s, y);
    let mut b = vec![vec![0.0; n]; n];
    (0..n).for_each(|i| b[i][i] = theta);
    for (s, y) in pairs {
        let bs: Vec<f64> = b.iter().map(|row| dot(row, s)).collect();
        let (sbs, sy) = (dot(&bs, s), dot(s, y));
        for i in 0..n {
            for j in 0..n {
                b[i][j] += y[i] * y[j] / sy - bs[i] * bs[j] / sbs;
            }
        }
    }
    (b, theta)
}

const N: usize = 21;

#[test]
fn the_direction_is_minus_the_inverse_times_the_gradient() {
    for m in [1, 2, 5, 9] {
        check_direction(m);
    }
}

fn check_direction(m: usize) {
    let mut noise = Noise(1);
    let all = pairs(N, 8, &mut noise);
    let g = noise.vector(N);
    let mut history = History::new(N, m).unwrap();
    let mut direct = Direct::new(m).unwrap();
    let mut products = vec![Products::default(); m];
    let zero = vec![0.0; g.len()];
    for (k, (s, y)) in all.iter().enumerate() {
        let pair = Pair { t: 1.0, d: s, g: y, g_old: &zero };
        let yy = history.push(pair, Newest::Y, &g, &mut products);
        assert!((yy - dot(y, y)).abs() < 1e-12 * yy);
        direct.push(&products[..history.len()]);
        let (b, _) = dense(N, &all[(k + 1).saturating_sub(m)..=k]);
        let gamma = direct.solve(&products[..history.len()]);
        let (mut d, mut next, mut coefficients) = (zero.clone(), zero.clone(), vec![0.0; 2 * m]);
        let to = Combine {
            coefficients: &mut coefficients,
            g: &g,
            x: &s[..],
            d: &mut d,
            next: &mut next,
        };
        let (slope, longest) = history.combine(-gamma, &direct.a, &direct.b, to);
        for i in 0..N {
            assert!((dot(&b[i], &d) + g[i]).abs() < 1e-11, "B d = -g after {k} pairs");
            assert_eq!(next[i], s[i] + d[i]);
        }
        assert!((slope - dot(&g, &d)).abs() < 1e-12 && slope < 0.0);
        assert_eq!(longest, d.iter().fold(0.0_f64, |m, d| m.max(d.abs())));
    }
}

/// What a bounded iteration sees.
struct Scene {
    all: Vec<(Vec<f64>, Vec<f64>)>,
    history: History,
    middle: Middle,
    subspace: Subspace,
    products: Vec<Products>,
}

impl Scene {
    fn new(m: usize, noise: &mut Noise) -> Self {
        Scene {
            all: pairs(N, 12, noise),
            history: History::new(N, m).unwrap(),
            middle: Middle::new(m).unwrap(),
            subspace: Subspace::new(N, m).unwrap(),
            products: vec![Products::default(); m],
        }
    }

    fn push(&mut self, k: usize, d: &[f64]) {
        if self.history.is_full() {
            self.subspace.forget_oldest();
        }
        let (s, y) = &self.all[k];
        let zero = vec![0.0; s.len()];
        let pair = Pair { t: 1.0, d: s, g: y, g_old: &zero };
        let yy = self.history.push(pair, Newest::S, d, &mut self.products);
        let p = &self.products;
        assert!(self.middle.push(self.history.len(), |k| p[k].su, |k| p[k].yu, dot(s, y), yy));
    }
}

#[test]
fn the_cauchy_point_and_the_minimiser_over_the_free_variables() {
    for m in [1, 2, 5, 9] {
        check_bounded(m);
    }
}

fn check_bounded(m: usize) {
    let mut noise = Noise(7);
    let mut scene = Scene::new(m, &mut noise);
    let mut cauchy = Cauchy::new(N, m).unwrap();
    let (mut fixed_seen, mut interior_seen) = (0, 0);
    for k in 0..12 {
        let (mut x, g) = (noise.vector(N), noise.vector(N));
        let mut lower: Vec<f64> = x.iter().map(|x| x - 0.02 - noise.next().abs()).collect();
        let mut upper: Vec<f64> = x.iter().map(|x| x + 0.02 + noise.next().abs()).collect();
        lower[N..].fill(f64::NEG_INFINITY);
        upper[N..].fill(f64::INFINITY);
        lower[3] = f64::NEG_INFINITY;
        upper[4] = f64::INFINITY;
        (lower[5], upper[5]) = (x[5], x[5]);
        x[6] = lower[6];
        let mut d = vec![0.0; x.len()];
        cauchy.look(&x, &g, &lower, &upper);
        d.copy_from_slice(&cauchy.d);
        scene.push(k, &d);
        let (b, theta) = dense(N, &scene.all[(k + 1).saturating_sub(m)..=k]);
        assert!((scene.middle.theta - theta).abs() < 1e-12 * theta);
        let len = scene.history.len();
        let p = cauchy.products();
        for j in 0..len {
            p[j] = scene.products[j].yv;
            p[len + j] = theta * scene.products[j].sv;
        }
        let mut z = vec![0.0; x.len()];
        assert!(cauchy.walk(&scene.middle, &scene.history, &x, (&lower, &upper), &mut z));

        // The first local minimiser of q along P(x - t g), from a walk in small steps.
        let model = |z: &[f64]| {
            let v: Vec<f64> = (0..N).map(|i| z[i] - x[i]).collect();
            dot(&g[..N], &v) + 0.5 * (0..N).map(|i| v[i] * dot(&b[i], &v)).sum::<f64>()
        };
        let path = |t: f64| -> Vec<f64> {
            (0..N).map(|i| (x[i] - t * g[i]).clamp(lower[i], upper[i])).collect()
        };
        let (mut t, mut least) = (0.0, 0.0);
        while model(&path(t + 1e-5)) < least {
            t += 1e-5;
            least = model(&path(t));
        }
        let want = path(t);
        for i in 0..N {
            assert!((z[i] - want[i]).abs() < 4e-5, "Cauchy point, pair {k}, variable {i}");
        }

        let at = z.clone();
        let place =
            Place { x: &x, g: &g, lower: &lower, upper: &upper, free: &cauchy.free, c: &cauchy.c };
        assert!(scene.subspace.minimise(&scene.middle, &mut scene.history, place, &mut z));
        let inside = (0..N).all(|i| cauchy.free[i] == 0.0 || (z[i] > lower[i] && z[i] < upper[i]));
        interior_seen += usize::from(inside);
        for i in 0..N {
            assert!(z[i] >= lower[i] && z[i] <= upper[i]);
            if cauchy.free[i] == 0.0 {
                fixed_seen += 1;
                assert_eq!(z[i], at[i]);
            } else if inside {
                let v: Vec<f64> = (0..N).map(|i| z[i] - x[i]).collect();
                let gradient = g[i] + dot(&b[i], &v);
                assert!(gradient.abs() < 1e-11, "pair {k}: model gradient {gradient} in {i}");
            }
        }
        assert!(model(&z) <= model(&at) + 1e-12);
    }
    assert!(fixed_seen > 12 && interior_seen > 0, "{fixed_seen} {interior_seen}");
}
