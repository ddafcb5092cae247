// The reference searches of SciPy, by way of C++: the same cases as the C test.
#include <scic/kdtree.hpp>

#include "test.hpp"
#include "vectors.hpp"

#include <cstdint>
#include <vector>

using scic::kdtree;
using scic::mat_view;
using test::vector_case;

static mat_view points_of(const vector_case& c) {
  return mat_view::rowmajor(c.numbers("points").data(), c.size("n"), c.size("d"));
}
static mat_view queries_of(const vector_case& c) {
  return mat_view::rowmajor(c.numbers("x").data(), c.size("m"), c.size("d"));
}

TEST(neighbours_are_scipys) {
  for (const auto& c : test::vectors("kdtree_query")) {
    const kdtree tree(points_of(c));
    scic::kdtree_query_options o;
    o.p = c.number("p");
    o.distance_upper_bound = c.number("distance_upper_bound");
    const std::size_t k = c.size("k");
    const auto r = tree.query(queries_of(c), k, o);
    CHECK_EQ(r.indices.values().to_vector(), c.integers("indices"));
    // Distances may be summed in another order, and roots differ by an ulp.
    CHECK_CLOSE(r.distances.values(), c.numbers("distances"), 1e-14, 0);
    for (std::size_t i = 0; i < c.size("m"); ++i) {
      const auto one = tree.query(queries_of(c).row(i), k, o);
      CHECK_EQ(one.indices, r.indices.row(i).to_vector());
      CHECK_EQ(one.distances, r.distances.row(i).to_vector());
    }
  }
}

TEST(balls_are_scipys) {
  for (const auto& c : test::vectors("kdtree_ball")) {
    const kdtree tree(points_of(c));
    scic::kdtree_query_options o;
    o.p = c.number("p");
    const auto& r = c.numbers("r");
    const auto found = tree.query_ball(queries_of(c), r, o);
    CHECK_EQ(found.indptr().to_vector(), c.integers("indptr"));
    CHECK_EQ(found.indices().to_vector(), c.integers("indices"));
    CHECK_EQ(tree.count_ball(queries_of(c), r, o), c.integers("counts"));
    for (std::size_t i = 0; i < c.size("m"); ++i) {
      const double radius = r.size() == 1 ? r[0] : r[i];
      const auto one = queries_of(c).row(i);
      CHECK_EQ(tree.query_ball(one, radius, o), found[i].to_vector());
      CHECK_EQ(tree.count_ball(one, radius, o), static_cast<std::int64_t>(found[i].size()));
    }
  }
}
