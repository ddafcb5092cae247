#include <scic/svds.hpp>

#include "callbacks.hpp"
#include "test.hpp"
#include "vectors.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <thread>
#include <vector>

using scic::matrix;
using scic::sparse_matrix;
using scic::status;

/// A matrix with nonzeros all over and singular values that fall slowly.
static sparse_matrix sample(std::int64_t rows, std::int64_t cols) {
  std::vector<scic::triplet> t;
  std::uint32_t state = 12345;
  const auto random = [&] {
    state = state * 1664525U + 1013904223U;
    return static_cast<double>(state >> 8U) / (1 << 24);
  };
  for (std::int64_t i = 0; i < rows; ++i) {
    for (int k = 0; k < 6; ++k) {
      t.push_back({i, static_cast<std::int64_t>(random() * static_cast<double>(cols)), random() - 0.5});
    }
  }
  return sparse_matrix::from_triplets(static_cast<std::size_t>(rows), static_cast<std::size_t>(cols), t);
}

/// max |A v - s u| over all triplets, computed here.
static double worst_residual(const sparse_matrix& a, const scic::svds_result& r) {
  double worst = 0;
  for (std::size_t j = 0; j < r.s.size(); ++j) {
    const std::vector<double> av = a * r.vt.row(j);
    for (std::size_t i = 0; i < av.size(); ++i) worst = std::fmax(worst, std::fabs(av[i] - r.s[j] * r.u(i, j)));
  }
  return worst;
}

TEST(a_diagonal_matrix) {
  const auto a = sparse_matrix::from_triplets(3, 4, {{0, 1, 3.0}, {1, 0, 5.0}, {2, 3, 1.0}});
  const scic::svds_result r = scic::svds(a, 3);
  CHECK(r.status == status::ok && r.converged == 3);
  CHECK_CLOSE(r.s, (std::vector<double>{5, 3, 1}), 1e-14, 0);
  CHECK(r.u.rows() == 3 && r.u.cols() == 3 && r.vt.rows() == 3 && r.vt.cols() == 4);
  CHECK_CLOSE(r.u(1, 0), 1.0, 1e-12, 0);
  CHECK_CLOSE(r.vt(0, 0), 1.0, 1e-12, 0);
  CHECK_CLOSE(r.vt(2, 3), 1.0, 1e-12, 0);
  CHECK_EQ(r.residuals.size(), 3U);
}

TEST(triplets_fit_the_matrix) {
  const sparse_matrix a = sample(300, 120);
  scic::svds_options options;
  options.tol = 1e-12;
  const auto r = scic::svds(a, 8, options);
  CHECK(r.status == status::ok && r.converged == 8 && r.matvecs > 0);
  CHECK(worst_residual(a, r) <= 1e-11 * r.s[0]);
  for (double residual : r.residuals) CHECK(residual <= 1e-12 * r.s[0]);
  // u and vt are orthonormal.
  for (std::size_t i = 0; i < 8; ++i) {
    for (std::size_t j = 0; j < 8; ++j) {
      double dot = 0;
      for (std::size_t l = 0; l < 120; ++l) dot += r.vt(i, l) * r.vt(j, l);
      CHECK_CLOSE(dot, i == j ? 1.0 : 0.0, 0, 1e-13);
    }
  }
  CHECK_CLOSE(a.norm(scic::norm_kind::two), r.s[0], 1e-9, 0);
}

TEST(vectors_may_be_unwanted) {
  const sparse_matrix a = sample(60, 40);
  scic::svds_options options;
  options.compute_u = false;
  auto r = scic::svds(a, 2, options);
  CHECK(r.u.empty() && r.vt.rows() == 2);
  options.compute_vt = false;
  r = scic::svds(a, 2, options);
  CHECK(r.u.empty() && r.vt.empty() && r.s.size() == 2);
}

TEST(into_memory_of_the_caller) {
  const sparse_matrix a = sample(60, 40);
  const auto r = scic::svds(a, 2);
  double u[2][60];  // columns after columns
  double s[4] = {};
  double residuals[2] = {-1, -1};
  const scic::svds_outputs out{scic::mat_mut(u).transposed(), scic::vec_mut(s, 2, 2), {}, residuals};
  const scic::svds_info info = scic::svds(a, out);
  CHECK(info.status == status::ok && info.converged == 2);
  CHECK(s[0] == r.s[0] && s[1] == 0 && s[2] == r.s[1]);
  for (std::size_t i = 0; i < 60; ++i) CHECK(u[0][i] == r.u(i, 0) && u[1][i] == r.u(i, 1));
  CHECK(residuals[0] >= 0 && residuals[1] >= 0);
  double three[3] = {};
  CHECK_ERROR(shape_mismatch, "residuals is 2, expected 3", scic::svds(a, scic::svds_outputs{{}, three, {}, residuals}));
  CHECK_ERROR(shape_mismatch, "u", scic::svds(a, scic::svds_outputs{scic::mat_mut(u), s, {}, {}}));
}

TEST(options_count) {
  const sparse_matrix a = sample(400, 300);
  scic::svds_options options;
  options.max_restarts = 1;
  options.tol = 1e-14;
  auto r = scic::svds(a, 10, options);
  CHECK(r.status == status::maxiter && r.converged < 10 && r.s.size() == 10 && r.restarts <= 1);
  options = {};
  options.seed = 1;
  const auto one = scic::svds(a, 3, options);
  options.seed = 2;
  const auto two = scic::svds(a, 3, options);
  CHECK_CLOSE(one.s, two.s, 1e-9, 0);
  CHECK(one.u != two.u);
  CHECK(scic::svds(a, 3, options).u == two.u);
  options.v0.assign(300, 1.0);
  CHECK_CLOSE(scic::svds(a, 3, options).s, two.s, 1e-9, 0);
}

TEST(bad_arguments) {
  const sparse_matrix a = sample(30, 20);
  scic::svds_options options;
  CHECK_ERROR(invalid_argument, "k is 0, outside 1 to 20", scic::svds(a, 0));
  CHECK_ERROR(invalid_argument, "k is 21", scic::svds(a, 21));
  CHECK_ERROR(invalid_argument, "k is", scic::svds(a, std::numeric_limits<std::size_t>::max()));
  options.tol = -1.0;
  CHECK_ERROR(invalid_argument, "tol", scic::svds(a, 1, options));
  options.tol = 0.0;
  CHECK_ERROR(invalid_argument, "options.tol is 0; leave it unset", scic::svds(a, 1, options));
  options = {};
  options.max_restarts = -3;
  CHECK_ERROR(invalid_argument, "max_restarts", scic::svds(a, 1, options));
  options = {};
  options.v0 = {1, 2, 3};
  CHECK_ERROR(shape_mismatch, "v0", scic::svds(a, 1, options));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK_ERROR(invalid_argument, "", scic::svds(sparse_matrix::from_dense(matrix{{1, nan}, {0, 1}}), 1));
}

TEST(progress_is_told) {
  const sparse_matrix a = sample(400, 300);
  std::int64_t calls = 0;
  const auto r = scic::svds(a, 10, {}, [&](const scic::svds_progress& p) {
    ++calls;
    CHECK(p.k == 10 && p.converged <= 10 && p.matvecs > 0 && p.restart >= 0);
  });
  CHECK(r.status == status::ok && calls >= 1);
}

TEST(progress_can_stop) {
  const sparse_matrix a = sample(400, 300);
  scic::svds_options options;
  options.tol = 1e-14;
  const auto r = scic::svds(a, 10, options, [](const scic::svds_progress&) { return false; });
  CHECK(r.status == status::stopped_by_callback && r.s.size() == 10 && r.s[0] > r.s[9]);
  const auto thrown = scic::svds(a, 10, options, [](const auto&) { throw scic::stop; });
  CHECK(thrown.status == status::stopped_by_callback && thrown.s == r.s);
  const auto on = scic::svds(a, 2, {}, [](const scic::svds_progress&) { return true; });
  CHECK(on.status == status::ok);
}

TEST(exceptions_come_out_as_themselves) {
  const sparse_matrix a = sample(400, 300);
  scic::svds_options options;
  options.tol = 1e-14;
  CHECK_COMES_OUT(scic::svds(a, 10, options, [](const scic::svds_progress&) { throw sensor_failure(7, {1, 2}); }));
  CHECK_THROWS(int, [&] {
    try {
      static_cast<void>(scic::svds(a, 10, options, [](const scic::svds_progress&) -> bool { throw 5; }));
    } catch (int& i) {
      CHECK_EQ(i, 5);
      throw;
    }
  }());
  CHECK(scic::svds(a, 2).status == status::ok);
}

TEST(one_matrix_many_threads) {
  const sparse_matrix a = sample(200, 100);
  const auto expected = scic::svds(a, 4);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 5; ++i) CHECK(scic::svds(a, 4).s == expected.s);
    });
  }
  for (auto& t : threads) t.join();
}
