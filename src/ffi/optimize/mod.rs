//! `<scic/optimize.h>`: minimisation.
//!
//! Either scic_minimize() calls your objective, or you step a scic_minimizer yourself: it asks for values
//! at points (scic_minimizer_ask()), you tell it that they are there (scic_minimizer_tell()). Both are
//! the same computation.
//!
//! ```c
//! #include <scic/optimize.h>
//! #include <stdio.h>
//!
//! // Rosenbrock's function and its gradient; the minimum is 0 at (1, 1).
//! static int32_t rosenbrock(const double *x, size_t n, double *f, double *grad, void *user_data) {
//!   double a = 1 - x[0], b = x[1] - x[0] * x[0];
//!   (void)n;
//!   (void)user_data;
//!   *f = a * a + 100 * b * b;
//!   if (grad) {
//!     grad[0] = -2 * a - 400 * b * x[0];
//!     grad[1] = 200 * b;
//!   }
//!   return SCIC_CB_CONTINUE;
//! }
//!
//! int main(void) {
//!   double x0[] = {-1.2, 1}, x[2], f;
//!   scic_status s = scic_minimize(SCIC_MINIMIZE_BFGS, rosenbrock, NULL, NULL, x0, 2, NULL, NULL, NULL,
//!                                 x, &f, NULL);
//!   if (s >= 0) printf("%g at (%g, %g)\n", f, x[0], x[1]);
//!   return s == SCIC_OK && f < 1e-9 ? 0 : 1;
//! }
//! ```

// The sections of the header, in its order; blank lines keep rustfmt from sorting them.
pub mod types;

pub mod handle;

pub mod run;

pub mod step;
