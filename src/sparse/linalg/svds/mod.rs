//! The largest singular triplets of a large matrix: block Lanczos bidiagonalisation with thick restarts.
//!
//! # The method
//!
//! From a block of start vectors two orthonormal bases grow, `V` on the smaller side of the matrix and `U`
//! on the larger one, with (Golub & Kahan 1965, by blocks of `b` vectors)
//!
//! ```text
//! A V = U B        Aᵀ U = V Bᵀ + V₊ R Eᵀ
//! ```
//!
//! where `B` is upper block-bidiagonal, `V₊` is the block that `V` grows by next, and `E` holds the last `b`
//! columns of the identity. With the singular value decomposition `B = P Σ Qᵀ` the columns of `V Q` and
//! `U P` are approximate singular vectors, and the residual `|Aᵀ u − σ v|` is `|R Eᵀ p|`, which costs
//! nothing to know. A full basis is cut down to its best part, and grows again from there: thick restart
//! (Wu & Simon 2000), which for this recurrence is the augmented block method of Baglama & Reichel (2005,
//! 2006). Nothing is squared: a small singular value has the absolute accuracy of the largest one, not the
//! square root of it.
//!
//! Blocks of 8 vectors in rows make each entry of the sparse matrix work on one whole cache line, and find
//! singular values of multiplicity up to 8 as readily as simple ones.
//!
//! # Orthogonality
//!
//! `V` is kept orthonormal to working precision by block Gram–Schmidt. `U` inherits that through the
//! recurrence while `B` is well conditioned (Simon & Zha 2000, one-sided reorthogonalisation); how much of
//! it is lost shows in the products that keep `V` orthogonal, free of charge, and `U` is reorthogonalised
//! in the steps where the loss would grow to matter.
//!
//! # The results
//!
//! The last step is a Rayleigh–Ritz step of its own: `W = A V` is computed anew for the wanted vectors,
//! factored by block Gram–Schmidt, and the small factor by one-sided Jacobi rotations. So `U` and `V` are
//! orthonormal to working precision whatever happened before, `A v − σ u` vanishes to working precision,
//! and the residuals that are reported are the true ones, from `Aᵀ U` computed with these vectors. Should
//! they not confirm what the recurrence promised, the iteration goes on from them. It also goes on, from a
//! random block, where a cluster of as many equal singular values as a block has vectors leaves the
//! possibility that there are more of them.
//!
//! A problem that is not larger than the basis is solved directly by that last step, with `V = I`.
//!
//! # References
//!
//! - G. Golub, W. Kahan, Calculating the singular values and pseudo-inverse of a matrix, SIAM J. Numer.
//!   Anal. B 2 (1965) 205–224.
//! - J. Baglama, L. Reichel, Augmented implicitly restarted Lanczos bidiagonalization methods, SIAM J. Sci.
//!   Comput. 27 (2005) 19–42; Restarted block Lanczos bidiagonalization methods, Numer. Algorithms 43 (2006)
//!   251–272.
//! - K. Wu, H. Simon, Thick-restart Lanczos method for large symmetric eigenvalue problems, SIAM J. Matrix
//!   Anal. Appl. 22 (2000) 602–616.
//! - H. Simon, H. Zha, Low-rank matrix approximation using the Lanczos bidiagonalization process with
//!   applications, SIAM J. Sci. Comput. 21 (2000) 2257–2274.
//! - J. Demmel, K. Veselić, Jacobi's method is more accurate than QR, SIAM J. Matrix Anal. Appl. 13 (1992)
//!   1204–1245.

mod extract;
mod krylov;
mod matrix;
mod options;
mod ritz;
mod side;
mod solve;

pub use matrix::{spectral_norm, svds};
pub use options::{Options, Progress, Stop, TruncatedSvd};
pub use solve::{Callback, svds_operator};

#[cfg(test)]
mod tests;
