//! `<scic/optimize.h>`: minimisation.
//!
//! ```c
//! #include <scic/optimize.h>
//! #include <stdio.h>
//!
//! // Rosenbrock's function; its minimum is 0 at (1, 1).
//! static int32_t banana(const double *x, size_t n, double *f, double *grad, void *user_data) {
//!   double a = x[1] - x[0] * x[0], b = 1 - x[0];
//!   (void)n, (void)user_data;
//!   *f = 100 * a * a + b * b;
//!   if (grad) {
//!     grad[0] = -400 * x[0] * a - 2 * b;
//!     grad[1] = 200 * a;
//!   }
//!   return SCIC_CB_CONTINUE;
//! }
//!
//! int main(void) {
//!   double x0[] = {-1.2, 1}, x[2], f;
//!   scic_minimize_info info = {.struct_size = sizeof info};
//!   scic_status s = scic_minimize(SCIC_MINIMIZE_LBFGSB, banana, NULL, NULL, x0, 2, NULL, NULL, NULL, x,
//!                                 &f, &info);
//!   if (s < 0) return 1;
//!   printf("f = %g at (%g, %g): %s\n", f, x[0], x[1], scic_stop_name(info.stop));
//!   return f < 1e-9 ? 0 : 1;
//! }
//! ```

pub mod handle;
pub mod run;
pub mod step;
pub mod types;
