//! The two bases and the recurrence that makes them grow.

use super::side::Side;
use crate::error::Result;
use crate::linalg::Matrix;
use crate::linalg::tall::{
    Block, Panel, Random, frobenius, multiply, orthonormalize, rotate, transpose,
};

/// The bases of a block Lanczos bidiagonalisation:
///
/// ```text
/// A V = U B        Aᵀ U = V Bᵀ + V₊ Cᵀ        C = Uᵀ A V₊
/// ```
pub(super) struct Krylov<const W: usize> {
    /// The left basis.
    u: Vec<Panel<W>>,
    /// The right basis, and the block `V₊` that it grows by next.
    v: Vec<Panel<W>>,
    /// `B` by block columns; column `p` has the `p + 1` blocks of the upper triangle.
    columns: Vec<Vec<Block<W>>>,
    /// `C`, one block per left panel: after a step only the last one is not zero.
    coupling: Vec<Block<W>>,
    /// Whether the next left block must be orthogonalised against all others: the first one after a
    /// restart, whose coupling is to all of them.
    full: bool,
    /// The largest norm of a product `A v` or `Aᵀ u` so far: a lower bound on the norm of `A`.
    pub scale: f64,
    /// How far the last left block is from orthogonal to the others, as it shows in the products with the
    /// right basis, relative to the norm of `A`.
    defect: f64,
    /// The `defect` up to which left blocks are left to the recurrence.
    trusted: f64,
    /// Panels to use again.
    spare: (Vec<Panel<W>>, Vec<Panel<W>>),
    random: Random,
}

impl<const W: usize> Krylov<W> {
    /// Bases of nothing, which grow from `start`.
    pub fn new(mut start: Panel<W>, trusted: f64, mut random: Random) -> Result<Self> {
        orthonormalize(&mut start, W, &[], &[], 0.0, &mut random)?;
        Ok(Krylov {
            u: Vec::new(),
            v: vec![start],
            columns: Vec::new(),
            coupling: Vec::new(),
            full: true,
            scale: 0.0,
            defect: 0.0,
            trusted,
            spare: (Vec::new(), Vec::new()),
            random,
        })
    }

    /// Bases of approximate singular vectors, which grow from `start`.
    pub fn resume(
        &mut self,
        u: Vec<Panel<W>>,
        v: Vec<Panel<W>>,
        s: &[f64],
        start: Option<Panel<W>>,
    ) -> Result<()> {
        (self.u, self.v) = (u, v);
        self.columns = diagonal(&s[..self.u.len() * W]);
        self.coupling = vec![[[0.0; W]; W]; self.u.len()];
        self.full = true;
        let mut start = match start {
            Some(start) => start,
            None => {
                let mut start = Panel::zeros(self.v[0].rows().len())?;
                (0..W).for_each(|c| self.random.fill(&mut start, c));
                start
            }
        };
        let right: Vec<_> = self.v.iter().collect();
        orthonormalize(&mut start, W, &[], &right, 0.0, &mut self.random)?;
        self.v.push(start);
        Ok(())
    }

    /// Panels in the left basis.
    pub fn panels(&self) -> usize {
        self.u.len()
    }

    /// The right basis without the next block; what else the bases need is gone.
    pub fn take_right(&mut self) -> Vec<Panel<W>> {
        self.v.truncate(self.u.len());
        (self.u, self.spare) = (Vec::new(), (Vec::new(), Vec::new()));
        std::mem::take(&mut self.v)
    }

    /// Lets both bases grow by a block.
    pub fn step(&mut self, side: &mut Side<'_>) -> Result<()> {
        let p = self.u.len();
        let mut u = match self.spare.0.pop() {
            Some(panel) => panel,
            None => Panel::zeros(side.rows())?,
        };
        side.apply(&self.v[p], &mut u)?;
        let s = self.left(&mut u)?;

        let mut v = match self.spare.1.pop() {
            Some(panel) => panel,
            None => Panel::zeros(side.cols())?,
        };
        side.apply_transpose(&u, &mut v)?;
        let right: Vec<_> = self.v.iter().collect();
        let local = [(right[p], transpose(&s))];
        let o = orthonormalize(&mut v, W, &local, &right, self.scale, &mut self.random)?;
        self.scale = self.scale.max(o.longest);
        let lost = o.basis.iter().map(frobenius).fold(0.0, f64::max);
        self.defect = if lost > 0.0 { lost / self.scale } else { 0.0 };

        let mut column = std::mem::replace(&mut self.coupling, vec![[[0.0; W]; W]; p + 1]);
        column.push(s);
        self.columns.push(column);
        self.coupling[p] = transpose(&o.r);
        self.u.push(u);
        self.v.push(v);
        self.full = false;
        Ok(())
    }

    /// Makes `A V₊` the next left block; returns its diagonal block of `B`.
    fn left(&mut self, u: &mut Panel<W>) -> Result<Block<W>> {
        let p = self.u.len();
        let scale = self.scale;
        let left: Vec<_> = self.u.iter().collect();
        let all: Vec<_> = left.iter().copied().zip(self.coupling.iter().copied()).collect();
        if self.full {
            let o = orthonormalize(u, W, &all, &left, scale, &mut self.random)?;
            self.scale = scale.max(o.longest);
            add(&mut self.coupling, &o.basis);
            return Ok(o.r);
        }
        let o = orthonormalize(u, W, &all[p - 1..], &[], scale, &mut self.random)?;
        self.scale = scale.max(o.longest);
        // What the recurrence makes of the loss of orthogonality so far, plus a rounding error.
        let coupling = frobenius(&self.coupling[p - 1]);
        let loss = (self.defect * coupling + f64::EPSILON * self.scale) * o.inverse_norm;
        if loss <= self.trusted || self.scale == 0.0 {
            return Ok(o.r);
        }
        let again = orthonormalize(u, W, &[], &left, 1.0, &mut self.random)?;
        let basis: Vec<_> = again.basis.iter().map(|h| multiply(h, &o.r)).collect();
        add(&mut self.coupling, &basis);
        Ok(multiply(&again.r, &o.r))
    }

    /// `B`.
    pub fn projected(&self) -> Result<Matrix> {
        let mut b = Matrix::zeros(self.u.len() * W, self.u.len() * W)?;
        for (p, column) in self.columns.iter().enumerate() {
            for (i, block) in column.iter().enumerate() {
                for (r, row) in block.iter().enumerate() {
                    row.iter().enumerate().for_each(|(c, &x)| b.set(i * W + r, p * W + c, x));
                }
            }
        }
        Ok(b)
    }

    /// The norm of `R Eᵀ x` for a vector `x` in the left basis.
    pub fn residual(&self, x: &[f64]) -> f64 {
        let r = &self.coupling[self.u.len() - 1];
        let tail = &x[x.len() - W..];
        let component = |c: usize| (0..W).map(|l| r[l][c] * tail[l]).sum::<f64>();
        (0..W).map(|c| component(c).powi(2)).sum::<f64>().sqrt()
    }

    /// Keeps the first panels of `U P` and `V Q`, whose `B` is `diag(s)`, and the next block.
    pub fn restart(&mut self, p: &Matrix, s: &[f64], q: &Matrix) -> Result<()> {
        let (old, keep) = (self.u.len(), s.len() / W);
        let r = self.coupling[old - 1];
        rotate(&mut self.v[..old], q)?;
        rotate(&mut self.u, p)?;
        self.v.swap(keep, old);
        self.spare.0.extend(self.u.drain(keep..));
        self.spare.1.extend(self.v.drain(keep + 1..));
        self.columns = diagonal(s);
        // U'ᵀ A V₊ = Pᵀ E Rᵀ.
        let last = (old - 1) * W;
        self.coupling = (0..keep)
            .map(|i| {
                let tail: Block<W> = std::array::from_fn(|row| {
                    std::array::from_fn(|l| p.get(last + l, i * W + row))
                });
                multiply(&tail, &r)
            })
            .collect();
        self.full = true;
        Ok(())
    }
}

/// The block columns of a diagonal matrix.
fn diagonal<const W: usize>(s: &[f64]) -> Vec<Vec<Block<W>>> {
    let block = |s: &[f64]| {
        std::array::from_fn(|i| std::array::from_fn(|j| if i == j { s[i] } else { 0.0 }))
    };
    let column = |(p, s): (usize, &[f64])| {
        let mut column = vec![[[0.0; W]; W]; p];
        column.push(block(s));
        column
    };
    s.chunks_exact(W).enumerate().map(column).collect()
}

fn add<const W: usize>(a: &mut [Block<W>], b: &[Block<W>]) {
    for (a, b) in a.as_flattened_mut().iter_mut().zip(b.as_flattened()) {
        a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
    }
}
