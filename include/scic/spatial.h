/**
 * `<scic/spatial.h>`: the k-d tree.
 *
 *     #include <scic/spatial.h>
 *     #include <stdio.h>
 *
 *     int main(void) {
 *       double points[] = {0, 0, 3, 4, 1, 0}; // three points in the plane
 *       double x[] = {2, 0}, distances[2];    // and one to search from
 *       int64_t indices[2];
 *       scic_kdtree *tree;
 *       if (scic_kdtree_new(scic_mat_rowmajor(points, 3, 2), NULL, &tree) < 0) return 1;
 *       scic_status s = scic_kdtree_query(tree, scic_mat_rowmajor(x, 1, 2), 2, NULL,
 *                                         scic_mat_mut_rowmajor(distances, 1, 2),
 *                                         scic_imat_mut_rowmajor(indices, 1, 2));
 *       if (s == SCIC_OK) printf("point %d is %g away\n", (int)indices[0], distances[0]);
 *       scic_kdtree_free(tree);
 *       return s == SCIC_OK && indices[0] == 2 && distances[0] == 1 ? 0 : 1;
 *     }
 *
 * Generated from src/ffi by tools/gen; changes made here are lost.
 */
#ifndef SCIC_SPATIAL_H
#define SCIC_SPATIAL_H

#include "common.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A k-d tree: a copy of n points in d dimensions, arranged for neighbour searches.
 *
 * Made by scic_kdtree_new(), freed by scic_kdtree_free(). A tree never changes: any number of threads may
 * search it at the same time.
 *
 * Results are exactly those of trying all points, for any data, with two exceptions at the ends of the
 * number range: a point whose distance overflows is infinitely far, and is found by a ball of infinite
 * radius only; and for 1 < p <= 16 differences of coordinates count as zero where their p-th power
 * underflows even after scaling (for p = 2: below 1e-160 if the largest difference between the query and
 * the points is between 1e-60 and 1e135; else below 1e-290 of this largest difference).
 * Equal distances are ordered by index, and where not all equally distant points can be in a
 * result, those with the lowest indices are. Results depend neither on the number of threads nor on
 * other queries in the call.
 */
typedef struct scic_kdtree scic_kdtree;

/**
 * The result of scic_kdtree_query_ball(): the neighbours of each query.
 *
 * Read with scic_neighbors_arrays() from any number of threads, freed by scic_neighbors_free(). It does not
 * need the tree any more.
 */
typedef struct scic_neighbors scic_neighbors;

/** Options of scic_kdtree_new(). Fill with scic_kdtree_options_init() first. */
typedef struct scic_kdtree_options {
  /** Size of the struct: sizeof(scic_kdtree_options). */
  size_t struct_size;
  /**
   * The most points in a leaf, rounded up to a multiple of 8. 0, the default,
   * takes what is fastest to search for the number of dimensions, 24 to 64.
   */
  size_t leafsize;
} scic_kdtree_options;

/** Options of searches. Fill with scic_kdtree_query_options_init() first. */
typedef struct scic_kdtree_query_options {
  /** Size of the struct: sizeof(scic_kdtree_query_options). */
  size_t struct_size;
  /**
   * Minkowski's p, from 1 to infinity; the default is 2. The distance of x and y is
   * (sum |x_i - y_i|^p)^(1/p), for p = infinity the largest |x_i - y_i|.
   */
  double p;
  /**
   * How inexact results may be: finite, at least 0, the default. The k-th neighbour that
   * scic_kdtree_query() reports is then at most (1 + eps) times as far as the true one, and a ball
   * may leave out points beyond r / (1 + eps) and include some up to r * (1 + eps).
   */
  double eps;
  /**
   * Only neighbours strictly nearer than this are reported by scic_kdtree_query(). At least 0;
   * infinity, the default, means all. For balls anything else is SCIC_INVALID_ARGUMENT.
   */
  double distance_upper_bound;
} scic_kdtree_query_options;

/**
 * Fills options with the defaults.
 *
 * @param options      Receives the defaults.
 * @param struct_size  sizeof(scic_kdtree_options).
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if `struct_size` is not a size.
 */
scic_status scic_kdtree_options_init(scic_kdtree_options *options, size_t struct_size);

/**
 * Fills options with the defaults: p = 2, eps = 0, no upper bound.
 *
 * @param options      Receives the defaults.
 * @param struct_size  sizeof(scic_kdtree_query_options).
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if `struct_size` is not a size.
 */
scic_status scic_kdtree_query_options_init(scic_kdtree_query_options *options, size_t struct_size);

/**
 * Builds a k-d tree of points.
 *
 * Nodes are cut at the median of the dimension in which their points spread most (Bentley 1975; Friedman,
 * Bentley & Finkel 1977), so that the tree is balanced whatever the points are: O(n log n). The
 * points are copied. Large trees are built by as many threads as scic_set_num_threads() allows; the tree
 * does not depend on it.
 *
 *     double points[] = {0, 0, 3, 4, 1, 0};
 *     scic_kdtree *tree;
 *     if (scic_kdtree_new(scic_mat_rowmajor(points, 3, 2), NULL, &tree) < 0) return 1;
 *
 * @param points   n x d: one point per row, any strides. n from 0 to 4294967295, d at least 1, all finite.
 * @param options  NULL for the defaults.
 * @param out      Receives the tree; to be freed with scic_kdtree_free().
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT (d = 0, a coordinate that is NaN or infinite, too
 *         many points, options that are none); SCIC_OUT_OF_MEMORY.
 */
scic_status scic_kdtree_new(scic_mat points, const scic_kdtree_options *options, scic_kdtree **out);

/**
 * Frees a tree.
 *
 * @param tree  NULL is fine. No call may be using the tree. Results of searches stay valid.
 */
void scic_kdtree_free(scic_kdtree *tree);

/**
 * Tells how many points a tree has, and in how many dimensions.
 *
 * @param tree  The tree.
 * @param n     Receives the number of points. NULL if not wanted.
 * @param d     Receives the number of dimensions. NULL if not wanted.
 * @return SCIC_OK; SCIC_NULL_POINTER if `tree` is NULL.
 */
scic_status scic_kdtree_shape(const scic_kdtree *tree, size_t *n, size_t *d);

/**
 * Tells the least box that holds all points of a tree.
 *
 * @param tree   The tree.
 * @param mins   Receives the least coordinate in each dimension; infinity for a tree without points.
 * @param maxes  Receives the greatest ones; minus infinity for a tree without points.
 * @param d      Number of elements of `mins` and of `maxes`: the dimensions of the tree.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH if `d` is not the tree's.
 */
scic_status scic_kdtree_bounds(const scic_kdtree *tree, double *mins, double *maxes, size_t d);

/**
 * Finds the k nearest points of each query.
 *
 * Distances are computed from differences of coordinates. Equal ones are ordered by ascending index,
 * and of several points at the k-th distance those with the lowest indices are reported. Where there are
 * fewer than k points (below the upper bound), the places left over get the distance infinity and the
 * index n. Many queries are answered faster in one call than in many; they are dealt out to threads as
 * scic_set_num_threads() allows.
 *
 *     double x[] = {0, 0}, distances[2];
 *     int64_t indices[2];
 *     scic_status s = scic_kdtree_query(tree, scic_mat_rowmajor(x, 1, 2), 2, NULL,
 *                                       scic_mat_mut_rowmajor(distances, 1, 2),
 *                                       scic_imat_mut_rowmajor(indices, 1, 2));
 *
 * @param tree       The tree, n points in d dimensions.
 * @param x          m x d: one query per row, any strides, all finite. m may be 0.
 * @param k          Number of neighbours per query, at least 1. May exceed n.
 * @param options    NULL for the defaults.
 * @param distances  m x k: receives the distances, a row per query, ascending. Any strides without
 *                   overlap; data = NULL with 0 x 0 if not wanted.
 * @param indices    m x k: receives the points' indices. As for `distances`; the two must not overlap.
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH (x without d columns, outputs that are not
 *         m x k); SCIC_INVALID_ARGUMENT (a query that is NaN or infinite, k = 0, p < 1 or NaN, eps negative or
 *         not finite, a negative or NaN upper bound, outputs whose elements overlap);
 *         SCIC_OUT_OF_MEMORY. After an error the outputs are as they were, or (out of memory) undefined.
 */
scic_status scic_kdtree_query(const scic_kdtree *tree, scic_mat x, size_t k,
                              const scic_kdtree_query_options *options, scic_mat_mut distances,
                              scic_imat_mut indices);

/**
 * Finds all points within a radius of each query, the boundary included.
 *
 * A point is in the ball if its distance is at most r; for p = 2 the squares are compared, as SciPy does,
 * for other p up to 16 the p-th powers.
 *
 * @param tree     The tree, n points in d dimensions.
 * @param x        m x d: one query per row, any strides, all finite. m may be 0.
 * @param r        The radii, at least 0; infinity is allowed.
 * @param n_r      Number of radii: 1 for all queries, or m.
 * @param options  NULL for the defaults. distance_upper_bound must be infinity.
 * @param out      Receives the neighbours, each query's by ascending index; to be freed with
 *                 scic_neighbors_free().
 * @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH (x without d columns, n_r neither 1 nor m);
 *         SCIC_INVALID_ARGUMENT (a query that is NaN or infinite, a radius that is negative or NaN, options
 *         outside their range); SCIC_OUT_OF_MEMORY.
 */
scic_status scic_kdtree_query_ball(const scic_kdtree *tree, scic_mat x, const double *r, size_t n_r,
                                   const scic_kdtree_query_options *options, scic_neighbors **out);

/**
 * Counts the points within a radius of each query, the boundary included: what scic_kdtree_query_ball()
 * would find. Takes no memory for them, and less time for large balls.
 *
 * @param tree      The tree, n points in d dimensions.
 * @param x         m x d: one query per row, any strides, all finite. m may be 0.
 * @param r         The radii, at least 0; infinity is allowed.
 * @param n_r       Number of radii: 1 for all queries, or m.
 * @param options   NULL for the defaults. distance_upper_bound must be infinity.
 * @param counts    Receives the number of points of each query.
 * @param n_counts  Number of elements of `counts`: m.
 * @return As scic_kdtree_query_ball(); SCIC_SHAPE_MISMATCH also if `n_counts` is not m.
 */
scic_status scic_kdtree_count_ball(const scic_kdtree *tree, scic_mat x, const double *r, size_t n_r,
                                   const scic_kdtree_query_options *options, int64_t *counts,
                                   size_t n_counts);

/**
 * Lends the arrays of a result: the neighbours of query i are indices[indptr[i]] to
 * indices[indptr[i + 1] - 1].
 *
 * @param neighbors  The result, of m queries.
 * @param indptr     Receives a pointer to m + 1 numbers, the first of which is 0. NULL if not wanted.
 * @param n_indptr   Receives m + 1. NULL if not wanted.
 * @param indices    Receives a pointer to the indices of all queries' neighbours; never NULL, but not to be
 *                   read from if there are none. NULL if not wanted.
 * @param n_indices  Receives their number. NULL if not wanted.
 * @return SCIC_OK; SCIC_NULL_POINTER if `neighbors` is NULL. The arrays belong to `neighbors` and live until
 *         it is freed.
 */
scic_status scic_neighbors_arrays(const scic_neighbors *neighbors, const int64_t **indptr,
                                  size_t *n_indptr, const int64_t **indices, size_t *n_indices);

/**
 * Frees a result.
 *
 * @param neighbors  NULL is fine. Its arrays must not be used any more.
 */
void scic_neighbors_free(scic_neighbors *neighbors);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* SCIC_SPATIAL_H */
