//! The operator from its smaller side.

use crate::array::{MatMut, MatRef};
use crate::error::Result;
use crate::linalg::tall::Panel;
use crate::sparse::linalg::LinearOperator;

/// `A`, or `Aᵀ` where that has fewer columns; counts the products.
pub(super) struct Side<'a> {
    operator: &'a dyn LinearOperator,
    /// Whether this is `Aᵀ`.
    pub transposed: bool,
    /// Products by one vector so far.
    pub matvecs: usize,
}

impl<'a> Side<'a> {
    pub fn new(operator: &'a dyn LinearOperator) -> Self {
        let (rows, cols) = operator.shape();
        Side { operator, transposed: rows < cols, matvecs: 0 }
    }

    /// The longer side: the length of left vectors.
    pub fn rows(&self) -> usize {
        let (rows, cols) = self.operator.shape();
        rows.max(cols)
    }

    /// The shorter side: the length of right vectors.
    pub fn cols(&self) -> usize {
        let (rows, cols) = self.operator.shape();
        rows.min(cols)
    }

    /// `U = A V`, from this side.
    pub fn apply<const W: usize>(&mut self, v: &Panel<W>, u: &mut Panel<W>) -> Result<()> {
        self.product(!self.transposed, v, u)
    }

    /// `V = Aᵀ U`, from this side.
    pub fn apply_transpose<const W: usize>(
        &mut self,
        u: &Panel<W>,
        v: &mut Panel<W>,
    ) -> Result<()> {
        self.product(self.transposed, u, v)
    }

    fn product<const W: usize>(
        &mut self,
        plain: bool,
        x: &Panel<W>,
        y: &mut Panel<W>,
    ) -> Result<()> {
        self.matvecs += W;
        let (nx, ny) = (x.rows().len(), y.rows().len());
        let x = MatRef::row_major(x.as_slice(), nx, W);
        let y = MatMut::row_major(y.as_mut_slice(), ny, W);
        if plain { self.operator.apply(x, y) } else { self.operator.apply_transpose(x, y) }
    }
}
