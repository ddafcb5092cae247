// The reference singular values of LAPACK and mpmath, by way of C++: the same cases as the C test.
#include <scic/svds.hpp>

#include "test.hpp"
#include "vectors.hpp"

#include <cmath>
#include <cstdlib>
#include <vector>

using scic::layout;
using scic::sparse_matrix;
using test::vector_case;

static sparse_matrix matrix_of(const vector_case& c, layout as) {
  return sparse_matrix::from_coo(
      scic::coo_view(c.size("rows"), c.size("cols"), c.integers("row"), c.integers("col"), c.numbers("data")), as);
}

static void check_file(const char* file, layout as) {
  for (const auto& c : test::vectors(file)) {
    const sparse_matrix a = matrix_of(c, as);
    const std::size_t k = c.size("k");
    const auto r = scic::svds(a, k);
    CHECK(r.status == scic::status::ok && r.converged == k);
    CHECK_CLOSE(r.s, c.numbers("s"), c.number("rtol"), c.number("atol"));
    CHECK(r.u.rows() == a.rows() && r.u.cols() == k && r.vt.rows() == k && r.vt.cols() == a.cols());
    // The triplets fit: products by the library, differences here. Default tolerance: 1e-10.
    for (std::size_t j = 0; j < k; ++j) {
      const std::vector<double> av = a * r.vt.row(j);
      const std::vector<double> atu = a.matvec_transpose(r.u.col(j));
      double left = 0;
      double right = 0;
      for (std::size_t i = 0; i < av.size(); ++i) left += std::pow(av[i] - r.s[j] * r.u(i, j), 2);
      for (std::size_t i = 0; i < atu.size(); ++i) right += std::pow(atu[i] - r.s[j] * r.vt(j, i), 2);
      CHECK(std::sqrt(std::fmax(left, right)) <= 1e-10 * r.s[0]);
      CHECK_CLOSE(r.residuals[j], std::sqrt(std::fmax(left, right)), 1e-6, 1e-14 * (r.s[0] + 1));
    }
  }
}

TEST(singular_values_are_lapacks) {
  check_file("svds", layout::csr);
  check_file("svds", layout::csc);
}

TEST(least_squares_matrices_too) {
  if (std::getenv("SCIC_TEST_QUICK") != nullptr) return;
  check_file("svds_least_squares", layout::csr);
}
