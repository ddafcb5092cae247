use super::*;
use crate::linalg::Matrix;

fn random_panel<const W: usize>(rows: usize, random: &mut Random) -> Panel<W> {
    let mut p = Panel::zeros(rows).unwrap();
    (0..W).for_each(|c| random.fill(&mut p, c));
    p
}

fn inner<const W: usize>(a: &Panel<W>, i: usize, b: &Panel<W>, j: usize) -> f64 {
    a.rows().iter().zip(b.rows()).map(|(a, b)| a[i] * b[j]).sum()
}

/// The largest difference of `Vᵀ V` from the identity, over all panels.
fn loss<const W: usize>(v: &[Panel<W>]) -> f64 {
    let n = v.len() * W;
    let mut worst = 0.0f64;
    for i in 0..n {
        for j in 0..=i {
            let want = f64::from(u8::from(i == j));
            worst = worst.max((inner(&v[i / W], i % W, &v[j / W], j % W) - want).abs());
        }
    }
    worst
}

fn basis<const W: usize>(rows: usize, panels: usize, random: &mut Random) -> Vec<Panel<W>> {
    let mut v: Vec<Panel<W>> = Vec::new();
    for _ in 0..panels {
        let mut z = random_panel(rows, random);
        orthonormalize(&mut z, W, &[], &v.iter().collect::<Vec<_>>(), 0.0, random).unwrap();
        v.push(z);
    }
    v
}

fn bases_are_orthonormal<const W: usize>(rows: usize) {
    let random = &mut Random::new(1);
    let mut v = basis::<W>(rows, 5, random);
    assert!(loss(&v) < 1e-14, "{}", loss(&v));
    // Z = V H + Q R.
    let z = random_panel::<W>(rows, random);
    let mut q = Panel::zeros(rows).unwrap();
    q.as_mut_slice().copy_from_slice(z.as_slice());
    let o = orthonormalize(&mut q, W, &[], &v.iter().collect::<Vec<_>>(), 0.0, random).unwrap();
    for (i, (z, q)) in z.rows().iter().zip(q.rows()).enumerate() {
        for c in 0..W {
            let mut sum: f64 = (0..W).map(|l| q[l] * o.r[l][c]).sum();
            for (v, h) in v.iter().zip(&o.basis) {
                sum += (0..W).map(|l| v.rows()[i][l] * h[l][c]).sum::<f64>();
            }
            assert!((sum - z[c]).abs() < 1e-13);
        }
    }
    assert!(o.inverse_norm > 0.0 && o.inverse_norm < 1e3);
    v.push(q);
    assert!(loss(&v) < 1e-14);
}

#[test]
fn blocks_of_every_width() {
    bases_are_orthonormal::<1>(50);
    bases_are_orthonormal::<2>(300);
    bases_are_orthonormal::<4>(1000);
    bases_are_orthonormal::<8>(5000);
    bases_are_orthonormal::<8>(48);
    bases_are_orthonormal::<16>(700);
}

#[test]
fn dependent_vectors_are_replaced() {
    let random = &mut Random::new(2);
    let mut v = basis::<4>(100, 3, random);
    let mut z = random_panel::<4>(100, random);
    // One vector zero, one in the basis, one nearly a multiple of another.
    for i in 0..100 {
        let inside = v[1].rows()[i][2];
        let row = &mut z.rows_mut()[i];
        row[0] = 0.0;
        row[1] = inside;
        row[3] = 1e5 * row[2] + if i == 7 { 1e-3 } else { 0.0 };
    }
    let o = orthonormalize(&mut z, 4, &[], &v.iter().collect::<Vec<_>>(), 0.0, random).unwrap();
    let used = (0..4).filter(|&p| o.r[p].iter().any(|&x| x != 0.0)).count();
    assert_eq!(used, 2, "{:?}", o.r);
    assert!(o.inverse_norm.is_infinite());
    assert!((o.basis[1][2][1] - 1.0).abs() < 1e-14);
    v.push(z);
    assert!(loss(&v) < 1e-14, "{}", loss(&v));
}

#[test]
fn a_zero_block_and_one_that_fills_the_space() {
    let random = &mut Random::new(3);
    let mut v = basis::<4>(12, 2, random);
    let mut z = Panel::zeros(12).unwrap();
    let o = orthonormalize(&mut z, 4, &[], &v.iter().collect::<Vec<_>>(), 1.0, random).unwrap();
    assert_eq!(o.r, [[0.0; 4]; 4]);
    v.push(z);
    assert!(loss(&v) < 1e-14);
}

#[test]
fn vectors_of_very_different_lengths_keep_their_digits() {
    let random = &mut Random::new(4);
    let mut z = random_panel::<4>(1000, random);
    z.rows_mut().iter_mut().for_each(|row| (0..4).for_each(|c| row[c] *= 1e-4f64.powi(c as i32)));
    let mut copy = Panel::<4>::zeros(1000).unwrap();
    copy.as_mut_slice().copy_from_slice(z.as_slice());
    let o = orthonormalize(&mut z, 4, &[], &[], 0.0, random).unwrap();
    for (z, q) in copy.rows().iter().zip(z.rows()) {
        for c in 0..4 {
            let sum: f64 = (0..4).map(|l| q[l] * o.r[l][c]).sum();
            assert!((sum - z[c]).abs() < 1e-14 * 1e-4f64.powi(c as i32));
        }
    }
}

#[test]
fn local_parts_are_subtracted_first() {
    let random = &mut Random::new(5);
    let v = basis::<2>(60, 1, random);
    let (mut a, mut b) = (random_panel::<2>(60, random), Panel::<2>::zeros(60).unwrap());
    let h = [[1.0, 2.0], [3.0, 4.0]];
    for (i, row) in b.rows_mut().iter_mut().enumerate() {
        for c in 0..2 {
            let [p, q] = v[0].rows()[i];
            row[c] = a.rows()[i][c] - p * h[0][c] - q * h[1][c];
        }
    }
    let x = orthonormalize(&mut a, 2, &[(&v[0], h)], &[], 0.0, random).unwrap();
    let y = orthonormalize(&mut b, 2, &[], &[], 0.0, random).unwrap();
    assert!(x.r.as_flattened().iter().zip(y.r.as_flattened()).all(|(x, y)| (x - y).abs() < 1e-13));
}

#[test]
fn absent_vectors_stay_zero() {
    let random = &mut Random::new(7);
    let mut v = basis::<4>(10, 2, random);
    let mut z = Panel::<4>::zeros(10).unwrap();
    random.fill(&mut z, 0);
    let o = orthonormalize(&mut z, 2, &[], &v.iter().collect::<Vec<_>>(), 0.0, random).unwrap();
    assert!(o.r[0][0] != 0.0 && o.r[1] == [0.0; 4] && o.r[2] == [0.0; 4]);
    assert!(z.rows().iter().all(|row| row[2] == 0.0 && row[3] == 0.0));
    // Put something there, so that the panel can be checked as a whole; there is no more room.
    assert!((inner(&z, 1, &z, 1) - 1.0).abs() < 1e-14);
    v.push(z);
    for i in 0..10 {
        for j in 0..i {
            assert!(inner(&v[i / 4], i % 4, &v[j / 4], j % 4).abs() < 1e-14);
        }
    }
}

#[test]
fn infinity_is_reported() {
    let mut z = Panel::<2>::zeros(10).unwrap();
    z.rows_mut()[3][1] = f64::INFINITY;
    let e = orthonormalize(&mut z, 2, &[], &[], 0.0, &mut Random::new(0)).unwrap_err();
    assert!(e.to_string().contains("NaN or Inf"));
}

#[test]
fn rotations_equal_products() {
    let random = &mut Random::new(6);
    let mut v: Vec<Panel<8>> = (0..3).map(|_| random_panel(5000, random)).collect();
    let mut c = Matrix::zeros(24, 10).unwrap();
    (0..10).for_each(|j| c.col_mut(j).iter_mut().for_each(|x| *x = random.number()));
    let new = combine(&v, &c).unwrap();
    assert_eq!(new.len(), 2);
    let i = 4567;
    let want: f64 = (0..24).map(|l| v[l / 8].rows()[i][l % 8] * c.get(l, 9)).sum();
    assert!((new[1].rows()[i][1] - want).abs() < 1e-13);
    assert_eq!(new[1].rows()[i][2], 0.0);
    rotate(&mut v, &c).unwrap();
    assert_eq!(v[0].as_slice(), new[0].as_slice());
    assert_eq!(v[1].as_slice(), new[1].as_slice());
}
