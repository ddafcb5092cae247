// The layout of the public structs, as C++ sees them, is that of bindings/abi.tsv, and no struct is missing.
#include <scic.h>

#include "test.hpp"

#include <cstddef>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>

namespace {

using layout = std::map<std::string, std::pair<std::size_t, std::size_t>>;  // name -> offset, size

#define STRUCT(s) all[#s " -"] = {0, sizeof(s)}
#define FIELD(s, f) all[#s " " #f] = {offsetof(s, f), sizeof(s::f)}

layout ours() {
  layout all;
  STRUCT(scic_mat);
  FIELD(scic_mat, data);
  FIELD(scic_mat, rows);
  FIELD(scic_mat, cols);
  FIELD(scic_mat, row_stride);
  FIELD(scic_mat, col_stride);
  STRUCT(scic_mat_mut);
  FIELD(scic_mat_mut, data);
  FIELD(scic_mat_mut, rows);
  FIELD(scic_mat_mut, cols);
  FIELD(scic_mat_mut, row_stride);
  FIELD(scic_mat_mut, col_stride);
  STRUCT(scic_imat_mut);
  FIELD(scic_imat_mut, data);
  FIELD(scic_imat_mut, rows);
  FIELD(scic_imat_mut, cols);
  FIELD(scic_imat_mut, row_stride);
  FIELD(scic_imat_mut, col_stride);
  STRUCT(scic_sparse_view);
  FIELD(scic_sparse_view, indptr);
  FIELD(scic_sparse_view, indices);
  FIELD(scic_sparse_view, data);
  FIELD(scic_sparse_view, rows);
  FIELD(scic_sparse_view, cols);
  FIELD(scic_sparse_view, nnz);
  FIELD(scic_sparse_view, layout);
  FIELD(scic_sparse_view, index_type);
  FIELD(scic_sparse_view, index_base);
  FIELD(scic_sparse_view, reserved);
  STRUCT(scic_coo_view);
  FIELD(scic_coo_view, row);
  FIELD(scic_coo_view, col);
  FIELD(scic_coo_view, data);
  FIELD(scic_coo_view, rows);
  FIELD(scic_coo_view, cols);
  FIELD(scic_coo_view, nnz);
  FIELD(scic_coo_view, index_type);
  FIELD(scic_coo_view, index_base);
  STRUCT(scic_svds_options);
  FIELD(scic_svds_options, struct_size);
  FIELD(scic_svds_options, tol);
  FIELD(scic_svds_options, max_restarts);
  FIELD(scic_svds_options, seed);
  FIELD(scic_svds_options, block_size);
  FIELD(scic_svds_options, max_basis);
  STRUCT(scic_svds_info);
  FIELD(scic_svds_info, struct_size);
  FIELD(scic_svds_info, converged);
  FIELD(scic_svds_info, restarts);
  FIELD(scic_svds_info, matvecs);
  STRUCT(scic_svds_progress);
  FIELD(scic_svds_progress, struct_size);
  FIELD(scic_svds_progress, restart);
  FIELD(scic_svds_progress, converged);
  FIELD(scic_svds_progress, k);
  FIELD(scic_svds_progress, residual);
  FIELD(scic_svds_progress, matvecs);
  STRUCT(scic_kdtree_options);
  FIELD(scic_kdtree_options, struct_size);
  FIELD(scic_kdtree_options, leafsize);
  STRUCT(scic_kdtree_query_options);
  FIELD(scic_kdtree_query_options, struct_size);
  FIELD(scic_kdtree_query_options, p);
  FIELD(scic_kdtree_query_options, eps);
  FIELD(scic_kdtree_query_options, distance_upper_bound);
  STRUCT(scic_minimize_options);
  FIELD(scic_minimize_options, struct_size);
  FIELD(scic_minimize_options, ftol);
  FIELD(scic_minimize_options, gtol);
  FIELD(scic_minimize_options, xtol);
  FIELD(scic_minimize_options, f_target);
  FIELD(scic_minimize_options, time_limit);
  FIELD(scic_minimize_options, rel_step);
  FIELD(scic_minimize_options, maxiter);
  FIELD(scic_minimize_options, maxfev);
  FIELD(scic_minimize_options, history);
  FIELD(scic_minimize_options, maxls);
  FIELD(scic_minimize_options, jac);
  FIELD(scic_minimize_options, adaptive);
  STRUCT(scic_minimize_info);
  FIELD(scic_minimize_info, struct_size);
  FIELD(scic_minimize_info, f);
  FIELD(scic_minimize_info, gradient_norm);
  FIELD(scic_minimize_info, step);
  FIELD(scic_minimize_info, nit);
  FIELD(scic_minimize_info, nfev);
  FIELD(scic_minimize_info, njev);
  FIELD(scic_minimize_info, status);
  FIELD(scic_minimize_info, stop);
  STRUCT(scic_ask);
  FIELD(scic_ask, struct_size);
  FIELD(scic_ask, n_points);
  FIELD(scic_ask, n);
  FIELD(scic_ask, x);
  FIELD(scic_ask, f);
  FIELD(scic_ask, grad);
  FIELD(scic_ask, turn);
  FIELD(scic_ask, want);
  return all;
}

layout recorded() {
  const char* set = std::getenv("SCIC_VECTORS_DIR");
#if defined(SCIC_VECTORS_DIR)
  const std::string folder = set != nullptr ? set : SCIC_VECTORS_DIR;
#else
  const std::string folder = set != nullptr ? set : "ctests/vectors";
#endif
  std::ifstream in(folder + "/../../bindings/abi.tsv");
  layout all;
  std::string line;
  std::getline(in, line);  // titles
  while (std::getline(in, line)) {
    std::istringstream row(line);
    std::string name;
    std::string field;
    std::size_t offset = 0;
    std::size_t size = 0;
    row >> name >> field >> offset >> size;
    all[name + " " + field] = {offset, size};
  }
  return all;
}

}  // namespace

TEST(structs_are_as_recorded) {
  const layout here = ours();
  const layout there = recorded();
  CHECK(there.size() > 10);
  for (const auto& [name, place] : there) {
    test::now().note = name;
    const auto found = here.find(name);
    if (found == here.end()) {
      CHECK(false && "missing in this test");
      continue;
    }
    CHECK_EQ(found->second.first, place.first);
    CHECK_EQ(found->second.second, place.second);
  }
  for (const auto& [name, place] : here) {
    test::now().note = name + " " + test::show(place.first);
    CHECK(there.count(name) == 1);
  }
}
