//! From the inner products of a panel to the transformation that makes it orthonormal.

use super::Block;

/// How a panel `Z` is to be changed: `Z = Z' R` with `Z' = Z T`, as far as `Z` determines `Z'`.
#[derive(Debug)]
pub(super) struct Factor<const W: usize> {
    pub transform: Block<W>,
    pub coefficients: Block<W>,
}

/// Squared sine of the angle to the other vectors below which a vector counts as dependent on them: the
/// rounding errors of the inner products would spoil what is left of it.
const DEPENDENT: f64 = 1e-10;

/// The Cholesky factor of the Gram matrix, with pivoting, after scaling to unit diagonal: the errors then
/// do not depend on the lengths of the vectors (van der Sluis 1969; CholeskyQR of Stathopoulos & Wu 2002).
///
/// Vectors in `skip` are taken for zero: their columns of `T` and `R` are zero. Vectors in `last` are made
/// orthogonal to the others, never the other way round. Vectors that the others contain are left with what
/// lies in the rounding errors of this step, and are not orthonormal yet.
pub(super) fn factor<const W: usize>(
    gram: &Block<W>,
    skip: &[bool; W],
    last: &[bool; W],
) -> Factor<W> {
    let norms: [f64; W] = std::array::from_fn(|c| if skip[c] { 0.0 } else { gram[c][c].sqrt() });
    // What is left of the scaled Gram matrix: `m[i][j]` with the part in the accepted vectors removed.
    let mut m = [[0.0; W]; W];
    for i in 0..W {
        for j in 0..W {
            if norms[i] > 0.0 && norms[j] > 0.0 {
                m[i][j] = gram[i][j] / (norms[i] * norms[j]);
            }
        }
    }
    // `scaled = Q L`: row p of L belongs to the p-th accepted vector, columns are the vectors.
    let mut l = [[0.0; W]; W];
    let mut order = [0; W];
    let mut accepted = [false; W];
    let mut rank = 0;
    while rank < W {
        let candidates = (0..W).filter(|&c| norms[c] > 0.0 && !accepted[c] && m[c][c] >= DEPENDENT);
        let first = |c: usize| (!last[c], m[c][c]);
        let Some(pivot) = candidates.max_by(|&a, &b| {
            let ((p, x), (q, y)) = (first(a), first(b));
            p.cmp(&q).then(x.total_cmp(&y))
        }) else {
            break;
        };
        let root = m[pivot][pivot].sqrt();
        for c in 0..W {
            let done = accepted[c] || norms[c] == 0.0;
            l[rank][c] = if done { 0.0 } else { m[pivot][c] / root };
        }
        for i in 0..W {
            for j in 0..W {
                m[i][j] -= l[rank][i] * l[rank][j];
            }
        }
        accepted[pivot] = true;
        order[rank] = pivot;
        rank += 1;
    }
    solve(&norms, &l, &order[..rank], &accepted)
}

/// `T` and `R` from the factor of the accepted vectors and the shares of the others in them. The p-th
/// accepted vector of `Z'` takes the place of the vector it came from.
fn solve<const W: usize>(
    norms: &[f64; W],
    l: &Block<W>,
    order: &[usize],
    accepted: &[bool; W],
) -> Factor<W> {
    let mut r = [[0.0; W]; W];
    let mut t = [[0.0; W]; W];
    for c in (0..W).filter(|&c| norms[c] > 0.0) {
        for (p, &place) in order.iter().enumerate() {
            r[place][c] = l[p][c] * norms[c];
        }
        if !accepted[c] {
            r[c][c] = norms[c];
        }
    }
    // Column by column in the order of acceptance: q = (z − Σ shares of earlier ones) / own share.
    for (p, &c) in order.iter().enumerate() {
        t[c][c] = 1.0 / norms[c];
        for (e, &earlier) in order[..p].iter().enumerate() {
            for row in &mut t {
                row[c] -= row[earlier] * l[e][c];
            }
        }
        t.iter_mut().for_each(|row| row[c] /= l[p][c]);
    }
    for c in (0..W).filter(|&c| norms[c] > 0.0 && !accepted[c]) {
        t[c][c] = 1.0 / norms[c];
        for (p, &place) in order.iter().enumerate() {
            for row in &mut t {
                row[c] -= row[place] * l[p][c];
            }
        }
    }
    Factor { transform: t, coefficients: r }
}
