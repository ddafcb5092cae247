#include <scic/kdtree.hpp>

#include "test.hpp"
#include "vectors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <thread>
#include <type_traits>
#include <vector>

using scic::kdtree;
using scic::matrix;
using ints = std::vector<std::int64_t>;

static const double inf = std::numeric_limits<double>::infinity();
static const double nan_ = std::numeric_limits<double>::quiet_NaN();

using point2 = std::array<double, 2>;
static const std::vector<point2> five{{0, 0}, {1, 0}, {0, 2}, {3, 3}, {-1, -1}};

TEST(shape_and_bounds) {
  const kdtree tree(five);
  CHECK(tree.size() == 5 && tree.dim() == 2);
  const auto b = tree.bounds();
  CHECK_EQ(b.mins, (std::vector<double>{-1, -1}));
  CHECK_EQ(b.maxes, (std::vector<double>{3, 3}));
}

TEST(nearest_of_one_point) {
  const kdtree tree(five);
  const auto [distances, indices] = tree.query({0.9, 0.0}, 3);
  CHECK_EQ(indices, (ints{1, 0, 4}));
  CHECK_CLOSE(distances, (std::vector<double>{0.1, 0.9, std::hypot(1.9, 1.0)}), 1e-15, 0);
  CHECK_EQ(tree.query(point2{3, 2.5}).indices, ints{3});
  const double apart[] = {0, 99, 2};  // a strided query
  CHECK_EQ(tree.query(scic::vec_view(apart, 2, 2)).indices, ints{2});
}

TEST(nearest_of_many_points) {
  const kdtree tree(five);
  const auto r = tree.query(five, 2);
  CHECK(r.distances.rows() == 5 && r.distances.cols() == 2 && r.indices.rows() == 5);
  for (std::size_t i = 0; i < 5; ++i) CHECK(r.indices(i, 0) == static_cast<std::int64_t>(i) && r.distances(i, 0) == 0);
  CHECK_EQ(r.indices(0, 1), 1);
}

TEST(missing_neighbours) {
  const kdtree tree(five);
  const auto [d, i] = tree.query({0, 0}, 7);
  CHECK(d[5] == inf && i[5] == 5 && d[6] == inf && i[6] == 5);
  scic::kdtree_query_options near;
  near.distance_upper_bound = 1.0;  // strictly
  const auto r = tree.query({0, 0}, 2, near);
  CHECK(r.indices == (ints{0, 5}) && r.distances[1] == inf);
  const kdtree none(std::vector<point2>{});
  CHECK(none.size() == 0 && none.query({1, 2}).indices == ints{0});
}

TEST(metrics) {
  const kdtree tree(five);
  scic::kdtree_query_options o;
  o.p = 1;
  CHECK_EQ(tree.query({2, 2}, 1, o).distances[0], 2.0);
  o.p = inf;
  CHECK_EQ(tree.query({2, 2}, 1, o).distances[0], 1.0);
  o.p = 3;
  CHECK_CLOSE(tree.query({2, 2}, 1, o).distances[0], std::cbrt(2.0), 1e-15, 0);
}

TEST(into_memory_of_the_caller) {
  const kdtree tree(five);
  double d[2][5];  // column after column
  std::int64_t i[5][2];
  tree.query(five, 2, scic::mat_mut(d).transposed(), i);
  CHECK(d[0][3] == 0 && i[3][0] == 3 && i[0][1] == 1 && d[1][0] == 1);
  tree.query(five, 2, {}, i);
  CHECK_EQ(i[4][0], 4);
  double narrow[5][1];
  CHECK_ERROR(shape_mismatch, "distances", tree.query(five, 2, narrow, i));
}

TEST(balls) {
  const kdtree tree(five);
  CHECK_EQ(tree.query_ball({0, 0}, 1.0), (ints{0, 1}));
  CHECK_EQ(tree.count_ball({0, 0}, 1.0), 2);
  const scic::neighbors found = tree.query_ball(five, 2.0);
  CHECK(found.size() == 5 && !found.empty() && found.indptr().size() == 6);
  CHECK_EQ(found[0].to_vector(), (ints{0, 1, 2, 4}));
  std::size_t queries = 0;
  ints counts;
  for (const scic::span<const std::int64_t> one : found) {
    counts.push_back(static_cast<std::int64_t>(one.size()));
    CHECK(std::is_sorted(one.begin(), one.end()));
    ++queries;
  }
  CHECK(queries == 5 && counts == tree.count_ball(five, 2.0));
  CHECK_EQ(static_cast<std::int64_t>(found.indices().size()), found.indptr().back());
}

TEST(a_radius_for_each) {
  const kdtree tree(five);
  const std::vector<double> r{0, 1, 10, 0, 1.5};
  CHECK_EQ(tree.count_ball(five, r), (ints{1, 2, 5, 1, 2}));
  const auto found = tree.query_ball(five, r);
  CHECK_EQ(found[2].to_vector(), (ints{0, 1, 2, 3, 4}));
  std::int64_t counts[10] = {};
  tree.count_ball(five, scic::vec_view(r), scic::ivec_mut(counts, 5, 2));
  CHECK(counts[4] == 5 && counts[3] == 0 && counts[8] == 2);
  CHECK_ERROR(shape_mismatch, "r", tree.query_ball(five, std::vector<double>{1, 2}));
}

TEST(any_layout_is_the_same) {
  std::vector<double> columns;
  for (std::size_t j = 0; j < 2; ++j) {
    for (const auto& p : five) columns.push_back(p[j]);
  }
  const auto colmajor = scic::mat_view::colmajor(columns.data(), 5, 2);
  const kdtree a(five);
  const kdtree b(colmajor);
  CHECK(a.query(five, 3).indices == b.query(colmajor, 3).indices);
}

TEST(bad_arguments) {
  const kdtree tree(five);
  CHECK_ERROR(invalid_argument, "points", kdtree(std::vector<point2>{{0, nan_}}));
  CHECK_ERROR(invalid_argument, "", kdtree(matrix(3, 0)));
  CHECK_ERROR(invalid_argument, "x", tree.query({0, inf}));
  CHECK_ERROR(shape_mismatch, "x", tree.query({0, 0, 0}));
  CHECK_ERROR(invalid_argument, "k", tree.query(five, 0));
  CHECK_ERROR(invalid_argument, "r", tree.query_ball({0, 0}, -1.0));
  CHECK_ERROR(invalid_argument, "r", tree.count_ball({0, 0}, nan_));
  scic::kdtree_query_options o;
  o.p = 0.5;
  CHECK_ERROR(invalid_argument, "p", tree.query({0, 0}, 1, o));
  o = {};
  o.eps = -1;
  CHECK_ERROR(invalid_argument, "eps", tree.query({0, 0}, 1, o));
  o = {};
  o.distance_upper_bound = 2;
  CHECK_ERROR(invalid_argument, "distance_upper_bound", tree.query_ball({0, 0}, 1, o));
  scic::kdtree_options t;
  t.leafsize = 0;
  CHECK_ERROR(invalid_argument, "options.leafsize is 0", kdtree(five, t));
}

TEST(leaf_size_changes_no_answer) {
  std::vector<point2> points;
  for (int i = 0; i < 200; ++i) points.push_back({std::sin(3.0 * i), std::cos(5.0 * i)});
  scic::kdtree_options small;
  small.leafsize = 1;
  const kdtree a(points);
  const kdtree b(points, small);
  CHECK(a.query(points, 5).indices == b.query(points, 5).indices);
}

TEST(moves) {
  static_assert(!std::is_copy_constructible_v<kdtree> && std::is_nothrow_move_constructible_v<kdtree>);
  static_assert(!std::is_copy_constructible_v<scic::neighbors> && std::is_nothrow_move_constructible_v<scic::neighbors>);
  kdtree a(five);
  kdtree b = std::move(a);
  CHECK(a.native_handle() == nullptr && b.size() == 5);
  CHECK_ERROR(null_pointer, "tree is NULL", a.size());
  a = std::move(b);
  CHECK_EQ(a.size(), 5U);
  scic::neighbors n = a.query_ball(five, 2.0);
  const scic::span<const std::int64_t> first = n[0];
  const scic::neighbors moved = std::move(n);
  CHECK(moved[0].data() == first.data() && n.empty() && n.begin() == n.end());
  // The result does not need the tree.
  a = kdtree(matrix{{1}});
  CHECK_EQ(moved[0].to_vector(), (ints{0, 1, 2, 4}));
}

TEST(one_tree_many_threads) {
  const kdtree tree(five);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        CHECK_EQ(tree.query({0.9, 0.0}, 3).indices, (ints{1, 0, 4}));
        CHECK_EQ(tree.query_ball({0, 0}, 1.0), (ints{0, 1}));
      }
    });
  }
  for (auto& t : threads) t.join();
}
