//! Searches against trying all points.

use super::*;
use crate::threads;

/// A small random generator (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
    fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
    fn uniforms(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| self.uniform()).collect()
    }
    /// Few different coordinates, so that nearly everything ties.
    fn lattice(&mut self, n: usize, side: u64) -> Vec<f64> {
        (0..n).map(|_| self.below(side) as f64).collect()
    }
}

/// What is compared, in the order of operations that the library promises.
fn reduced(a: &[f64], b: &[f64], p: f64) -> f64 {
    let d: Vec<f64> = a.iter().zip(b).map(|(a, b)| (a - b).abs()).collect();
    let max = d.iter().fold(0.0f64, |m, &v| m.max(v));
    if p == 1.0 {
        return d.iter().sum();
    } else if p == f64::INFINITY {
        return max;
    } else if p > 16.0 {
        let sum: f64 = d.iter().map(|v| (v / max).powf(p)).sum();
        return if max == 0.0 { 0.0 } else { max * sum.powf(1.0 / p).max(1.0) };
    } else if p != 2.0 {
        return d.iter().map(|v| v.powf(p)).sum();
    }
    let q: Vec<f64> = d.iter().map(|v| v * v).collect();
    let fours = q.len() / 4 * 4;
    let mut acc = [0.0; 4];
    for (i, v) in q[..fours].iter().enumerate() {
        acc[i % 4] += v;
    }
    q[fours..].iter().fold(acc[0] + acc[1] + acc[2] + acc[3], |s, v| s + v)
}

fn reduce(r: f64, p: f64) -> f64 {
    match p {
        2.0 => r * r,
        p if p <= 16.0 && p > 1.0 => r.powf(p),
        _ => r,
    }
}

fn expand(r: f64, p: f64) -> f64 {
    match p {
        2.0 => r.sqrt(),
        p if p <= 16.0 && p > 1.0 => r.powf(1.0 / p),
        _ => r,
    }
}

/// All points by reduced distance and index.
fn ranking(points: &[f64], d: usize, x: &[f64], p: f64) -> Vec<(f64, i64)> {
    let mut all: Vec<_> =
        points.chunks(d).enumerate().map(|(i, c)| (reduced(x, c, p), i as i64)).collect();
    all.sort_by(|a, b| a.partial_cmp(b).unwrap());
    all
}

fn tree_of(points: &[f64], d: usize, leafsize: usize) -> KdTree {
    let points = MatRef::row_major(points, points.len() / d, d);
    KdTree::new(points, &KdTreeOptions { leafsize: Some(leafsize) }).unwrap()
}

fn nearest(tree: &KdTree, x: &[f64], k: usize, options: &QueryOptions) -> (Vec<f64>, Vec<i64>) {
    let m = x.len() / tree.d();
    let (mut ds, mut is) = (vec![-1.0; m * k], vec![-1; m * k]);
    tree.query(
        MatRef::row_major(x, m, tree.d()),
        k,
        options,
        Some(MatMut::row_major(&mut ds, m, k)),
        Some(MatMut::row_major(&mut is, m, k)),
    )
    .unwrap();
    (ds, is)
}

const PS: [f64; 7] = [1.0, 2.0, f64::INFINITY, 1.5, 3.0, 16.0, 40.0];

/// Compares all searches with trying all points, to the last bit.
fn check(points: &[f64], d: usize, x: &[f64], leafsize: usize, ps: &[f64]) {
    let tree = tree_of(points, d, leafsize);
    let (n, m) = (points.len() / d, x.len() / d);
    for &p in ps {
        let ranks: Vec<_> = x.chunks(d).map(|x| ranking(points, d, x, p)).collect();
        let options = QueryOptions { p, ..Default::default() };
        for k in [1, 3, 8, 10, n, n + 5, 200] {
            let (ds, is) = nearest(&tree, x, k, &options);
            for (q, rank) in ranks.iter().enumerate() {
                for j in 0..k {
                    let want =
                        rank.get(j).map_or((f64::INFINITY, n as i64), |r| (expand(r.0, p), r.1));
                    let got = (ds[q * k + j], is[q * k + j]);
                    assert_eq!(got, want, "n {n} d {d} p {p} k {k} query {q} place {j}");
                }
            }
        }
        // Radii at which points lie exactly, and others.
        let mut radii: Vec<f64> = ranks.iter().map(|r| expand(r[r.len() / 3].0, p)).collect();
        radii[0] = 0.0;
        let views = (MatRef::row_major(x, m, d), &radii[..]);
        let found = tree.query_ball(views.0, views.1, &options).unwrap();
        let mut counts = vec![-1; m];
        tree.count_ball(views.0, views.1, &options, &mut counts).unwrap();
        for (q, rank) in ranks.iter().enumerate() {
            let bound = reduce(radii[q], p);
            let mut want: Vec<i64> = rank.iter().filter(|r| r.0 <= bound).map(|r| r.1).collect();
            want.sort();
            let (a, b) = (found.indptr[q] as usize, found.indptr[q + 1] as usize);
            assert_eq!(found.indices[a..b], want, "n {n} d {d} p {p} radius {}", radii[q]);
            assert_eq!(counts[q], want.len() as i64);
            // Strictly nearer.
            let upper = QueryOptions { distance_upper_bound: radii[q], ..options };
            let (_, is) = nearest(&tree, &x[q * d..][..d], n, &upper);
            let near = rank.iter().filter(|r| r.0 < bound).map(|r| r.1);
            let want: Vec<i64> = near.chain(std::iter::repeat(n as i64)).take(n).collect();
            assert_eq!(is, want);
        }
    }
}

#[test]
fn random_points_in_every_dimension() {
    let mut random = Random(1);
    for d in (1..=18).chain([31, 64]) {
        let points = random.uniforms(211 * d);
        let x = random.uniforms(11 * d);
        check(&points, d, &x, 1 + d * 3, &PS);
    }
}

#[test]
fn lattices_full_of_ties() {
    let mut random = Random(2);
    for d in [1, 2, 3, 4, 5, 8, 9, 16, 17] {
        let points = random.lattice(400 * d, 4);
        let mut x = random.lattice(7 * d, 4);
        x.extend(random.lattice(4 * d, 7).iter().map(|v| v / 2.0));
        check(&points, d, &x, 8, &[1.0, 2.0, f64::INFINITY]);
    }
}

#[test]
fn small_trees_of_every_size() {
    let mut random = Random(3);
    for n in 1..70 {
        for d in [1, 2, 3] {
            let points = random.lattice(n * d, 9);
            let x = random.lattice(3 * d, 9);
            check(&points, d, &x, 8, &[2.0]);
        }
    }
}

#[test]
fn equal_and_collinear_points() {
    check(&[0.5; 3000], 3, &[0.5, 0.5, 0.5, 0.0, 1.0, 7.0], 8, &PS);
    let line: Vec<f64> = (0..900).flat_map(|i| [0.25, f64::from(i % 30), -1.0]).collect();
    check(&line, 3, &[0.25, 3.0, -1.0, 0.25, 3.5, -1.0, 9.0, 3.5, 2.0], 8, &PS);
    let zeros: Vec<f64> = (0..300).map(|i| if i % 3 == 0 { -0.0 } else { 0.0 }).collect();
    check(&zeros, 1, &[0.0, -0.0, 1.0], 8, &PS);
}

#[test]
fn many_equal_points_are_not_all_visited() {
    // A search that had to look at all of them would take minutes.
    let n = 200_000;
    let tree = tree_of(&vec![0.5; 2 * n], 2, 32);
    let x = [0.5, 0.5, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0].repeat(5000);
    let (ds, is) = nearest(&tree, &x, 3, &QueryOptions::default());
    for row in is.chunks(3) {
        assert_eq!(row, [0, 1, 2]);
    }
    assert_eq!(ds[3], 0.5f64.sqrt());
    let mut counts = vec![0; 20_000];
    let x = MatRef::row_major(&x, 20_000, 2);
    tree.count_ball(x, &[3.0], &QueryOptions::default(), &mut counts).unwrap();
    assert!(counts.iter().all(|&c| c == n as i64));
}

#[test]
fn large_trees_and_ordered_batches() {
    let mut random = Random(4);
    for d in [2, 5] {
        let mut points = random.uniforms(70_000 * d);
        // Some of them several times.
        points.copy_within(0..1000 * d, 60_000 * d);
        let x = [random.uniforms(40 * d), points[..60 * d].to_vec()].concat();
        let tree = tree_of(&points, d, 32);
        let (ds, is) = nearest(&tree, &x, 5, &QueryOptions::default());
        for (q, x) in x.chunks(d).enumerate() {
            let rank = ranking(&points, d, x, 2.0);
            for (j, want) in rank[..5].iter().enumerate() {
                assert_eq!((ds[q * 5 + j], is[q * 5 + j]), (want.0.sqrt(), want.1));
            }
        }
    }
}

#[test]
fn results_do_not_depend_on_threads_or_company() {
    let mut random = Random(5);
    let points = random.uniforms(3 * 100_000);
    let x = random.uniforms(3 * 3000);
    let options = QueryOptions::default();
    let alone = tree_of(&points, 3, 32);
    let want = nearest(&alone, &x, 7, &options);
    let view = MatRef::row_major(&x, 3000, 3);
    let ball = alone.query_ball(view, &[0.03], &options).unwrap();
    threads::set_num_threads(3).unwrap();
    let together = tree_of(&points, 3, 32);
    assert_eq!(nearest(&together, &x, 7, &options), want);
    assert_eq!(together.query_ball(view, &[0.03], &options).unwrap(), ball);
    threads::set_num_threads(1).unwrap();
    for q in [0, 1, 2, 2999] {
        let one = nearest(&alone, &x[3 * q..][..3], 7, &options);
        assert_eq!((&one.0[..], &one.1[..]), (&want.0[7 * q..][..7], &want.1[7 * q..][..7]));
    }
}

#[test]
fn eps_keeps_its_promise() {
    let mut random = Random(6);
    for d in [2, 6] {
        let points = random.uniforms(5000 * d);
        let x = random.uniforms(50 * d);
        let tree = tree_of(&points, d, 8);
        for p in [1.0, 2.0, 3.0, f64::INFINITY, 30.0] {
            for eps in [0.1, 1.0, 1e30] {
                let options = QueryOptions { p, eps, ..Default::default() };
                let exact = nearest(&tree, &x, 4, &QueryOptions { eps: 0.0, ..options });
                let (ds, is) = nearest(&tree, &x, 4, &options);
                for (got, want) in ds.iter().zip(&exact.0) {
                    assert!(*got >= want * 0.999999 && *got <= want * (1.0 + eps) * 1.000001);
                }
                assert!(is.iter().all(|&i| i < 5000));
                let r = 0.2;
                let view = MatRef::row_major(&x, 50, d);
                let found = tree.query_ball(view, &[r], &options).unwrap();
                for (q, x) in x.chunks(d).enumerate() {
                    let got =
                        &found.indices[found.indptr[q] as usize..found.indptr[q + 1] as usize];
                    for (reduced, i) in ranking(&points, d, x, p) {
                        let distance = expand(reduced, p);
                        if distance < r / (1.0 + eps) * 0.999999 {
                            assert!(got.binary_search(&i).is_ok());
                        }
                        if distance > r * (1.0 + eps) * 1.000001 {
                            assert!(got.binary_search(&i).is_err());
                        }
                    }
                }
            }
        }
        // It saves work: a crude search does not find the same everywhere.
        let crude = QueryOptions { eps: 5.0, ..Default::default() };
        assert_ne!(nearest(&tree, &x, 4, &crude), nearest(&tree, &x, 4, &Default::default()));
    }
}

#[test]
fn far_from_one() {
    let mut random = Random(7);
    let (d, n, m) = (3, 300, 10);
    let points = random.uniforms(n * d);
    let x = random.uniforms(m * d);
    for p in PS {
        let options = QueryOptions { p, ..Default::default() };
        let want = nearest(&tree_of(&points, d, 8), &x, 5, &options);
        for exponent in [1020, 900, 400, -400, -900, -1000] {
            // Powers of two scale everything exactly.
            let scale = f64::powi(2.0, exponent);
            let scaled = |v: &[f64]| v.iter().map(|c| c * scale).collect::<Vec<_>>();
            let tree = tree_of(&scaled(&points), d, 8);
            let (ds, is) = nearest(&tree, &scaled(&x), 5, &options);
            assert_eq!(is, want.1, "p {p} 2^{exponent}");
            for (got, want) in ds.iter().zip(&want.0) {
                assert!((got / scale / want - 1.0).abs() < 1e-14, "p {p} 2^{exponent}");
            }
            let x = scaled(&x);
            let radii: Vec<f64> = ds.chunks(5).map(|d| d[4] * 1.0001).collect();
            let mut counts = vec![0; m];
            let view = MatRef::row_major(&x, m, d);
            tree.count_ball(view, &radii, &options, &mut counts).unwrap();
            assert_eq!(counts, vec![5; m], "p {p} 2^{exponent}");
        }
    }
}

#[test]
fn the_ends_of_the_number_range() {
    let options = QueryOptions::default();
    // Subnormal distances.
    let tree = tree_of(&[0.0, 5e-324, 1.5e-323, -1e-323], 1, 8);
    assert_eq!(nearest(&tree, &[0.0], 4, &options).0, [0.0, 5e-324, 1e-323, 1.5e-323]);
    assert_eq!(
        tree.query_ball(MatRef::row_major(&[0.0], 1, 1), &[0.0], &options).unwrap().indices,
        [0]
    );
    // One overflows, the other does not.
    let tree = tree_of(&[-1e308, 1.5e308], 1, 8);
    let (ds, is) = nearest(&tree, &[1e308], 2, &options);
    assert!((ds[0] / 5e307 - 1.0).abs() < 1e-15);
    assert_eq!((ds[1], is), (f64::INFINITY, vec![1, 2]));
    let mut count = [0];
    let x = [1e308];
    let x = MatRef::row_major(&x, 1, 1);
    for (r, want) in [(f64::INFINITY, 2), (f64::MAX, 1), (0.0, 0)] {
        tree.count_ball(x, &[r], &options, &mut count).unwrap();
        assert_eq!(count[0], want, "{r}");
    }
    // Radii whose squares overflow or vanish.
    let tree = tree_of(&[0.0, 1.0, 1e-200], 1, 8);
    let x = MatRef::row_major(&[0.0], 1, 1);
    for (r, want) in [(1e200, 3), (1e-199, 2), (1e-201, 1), (0.0, 1)] {
        tree.count_ball(x, &[r], &options, &mut count).unwrap();
        assert_eq!(count[0], want, "{r}");
    }
    let near = QueryOptions { distance_upper_bound: 1e-201, ..options };
    assert_eq!(nearest(&tree, &[0.0], 2, &near).1, [0, 3]);
    // A high power of a small number.
    let tree = tree_of(&[1e-9, 2e-9, 1.0], 1, 8);
    let high = QueryOptions { p: 300.0, ..options };
    assert_eq!(nearest(&tree, &[0.0], 2, &high), (vec![1e-9, 2e-9], vec![0, 1]));
}

#[test]
fn no_points_and_no_queries() {
    let tree = tree_of(&[], 3, 32);
    assert_eq!((tree.n(), tree.d(), tree.mins()[0]), (0, 3, f64::INFINITY));
    let x = [1.0, 2.0, 3.0];
    let (ds, is) = nearest(&tree, &x, 2, &Default::default());
    assert_eq!((ds, is), (vec![f64::INFINITY; 2], vec![0, 0]));
    let x = MatRef::row_major(&x, 1, 3);
    let found = tree.query_ball(x, &[f64::INFINITY], &Default::default()).unwrap();
    assert_eq!((found.indptr, found.indices), (vec![0, 0], vec![]));
    let none = MatRef::row_major(&[], 0, 3);
    let found = tree.query_ball(none, &[1.0], &Default::default()).unwrap();
    assert_eq!(found.indptr, [0]);
    tree.query(none, 1, &Default::default(), None, None).unwrap();
}

#[test]
fn any_strides() {
    let mut random = Random(8);
    let (n, m, d, k) = (90, 9, 3, 4);
    let (points, x) = (random.uniforms(n * d), random.uniforms(m * d));
    let want = nearest(&tree_of(&points, d, 8), &x, k, &Default::default());
    let transpose = |v: &[f64], rows: usize| -> Vec<f64> {
        (0..v.len()).map(|i| v[i % rows * d + i / rows]).collect()
    };
    let (columns, x_columns) = (transpose(&points, n), transpose(&x, m));
    let view = |v, rows| MatRef::row_major(v, d, rows).t();
    let tree = KdTree::new(view(&columns, n), &Default::default()).unwrap();
    let (mut ds, mut is) = (vec![0.0; m * k], vec![0; 2 * m * k]);
    tree.query(
        view(&x_columns, m),
        k,
        &Default::default(),
        Some(MatMut::row_major(&mut ds, k, m).t()),
        MatMut::new(&mut is, 2 * m * k - 1, (m, k), (-2, -2 * m as isize)),
    )
    .unwrap();
    for q in 0..m {
        for j in 0..k {
            assert_eq!(ds[j * m + q], want.0[q * k + j]);
            assert_eq!(is[2 * m * k - 1 - 2 * (j * m + q)], want.1[q * k + j]);
        }
    }
}

#[test]
fn refusals_name_the_argument() {
    let tree = tree_of(&[0.0, 0.0, 1.0, 1.0], 2, 8);
    let message = |r: Result<()>| r.unwrap_err().to_string();
    let x = [0.5, 0.5];
    let x = MatRef::row_major(&x, 1, 2);
    let ask = |options: QueryOptions| message(tree.query(x, 1, &options, None, None));
    let good = QueryOptions::default();
    assert!(ask(QueryOptions { p: 0.5, ..good }).starts_with("options.p is 0.5"));
    assert!(ask(QueryOptions { eps: -1.0, ..good }).starts_with("options.eps is -1"));
    let upper = QueryOptions { distance_upper_bound: f64::NAN, ..good };
    assert!(ask(upper).starts_with("options.distance_upper_bound is NaN"));
    assert_eq!(message(tree.query(x, 0, &good, None, None)), "k is 0, must be at least 1");
    let mut small = [0.0; 2];
    let small = MatMut::row_major(&mut small, 1, 2);
    let status = message(tree.query(x, 3, &good, Some(small), None));
    assert_eq!(status, "distances is 1 x 2, expected 1 x 3");
    let bad = [0.5, f64::NAN];
    let bad = MatRef::row_major(&bad, 1, 2);
    assert!(message(tree.query(bad, 1, &good, None, None)).contains("NaN at (0, 1)"));
    assert!(message(tree.query(x.t(), 1, &good, None, None)).starts_with("x is 2 x 1"));
    let ball = |r: &[f64], o| message(tree.query_ball(x, r, &o).map(|_| ()));
    assert_eq!(ball(&[1.0, 2.0], good), "r is 2 radii, expected 1 or 1");
    assert!(ball(&[-1.0], good).starts_with("r has the element -1 at 0"));
    assert!(ball(&[1.0], QueryOptions { distance_upper_bound: 1.0, ..good }).contains("radius"));
    assert!(message(tree.count_ball(x, &[1.0], &good, &mut [])).starts_with("counts is 0"));
    assert!(KdTree::new(MatRef::row_major(&[], 3, 0), &Default::default()).is_err());
    assert!(KdTree::new(bad, &Default::default()).is_err());
    assert!(KdTree::new(x, &KdTreeOptions { leafsize: Some(0) }).is_err());
}
