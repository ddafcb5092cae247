//! `<scic/spatial.h>`: the k-d tree.
//!
//! ```c
//! #include <scic/spatial.h>
//! #include <stdio.h>
//!
//! int main(void) {
//!   double points[] = {0, 0, 3, 4, 1, 0}; // three points in the plane
//!   double x[] = {2, 0}, distances[2];    // and one to search from
//!   int64_t indices[2];
//!   scic_kdtree *tree;
//!   if (scic_kdtree_new(scic_mat_rowmajor(points, 3, 2), NULL, &tree) < 0) return 1;
//!   scic_status s = scic_kdtree_query(tree, scic_mat_rowmajor(x, 1, 2), 2, NULL,
//!                                     scic_mat_mut_rowmajor(distances, 1, 2),
//!                                     scic_imat_mut_rowmajor(indices, 1, 2));
//!   if (s == SCIC_OK) printf("point %d is %g away\n", (int)indices[0], distances[0]);
//!   scic_kdtree_free(tree);
//!   return s == SCIC_OK && indices[0] == 2 && distances[0] == 1 ? 0 : 1;
//! }
//! ```

use super::support::options::{self, Options};
use super::support::status::{scic_status, scic_status::*};
use super::support::views::{self, scic_imat_mut, scic_mat, scic_mat_mut};
use super::support::{guard, handle};
use crate::error::{Error, Result};
use crate::spatial::{KdTree, KdTreeOptions, Neighbors, QueryOptions};

/// A k-d tree: a copy of n points in d dimensions, arranged for neighbour searches.
///
/// Made by scic_kdtree_new(), freed by scic_kdtree_free(). A tree never changes: any number of threads may
/// search it at the same time.
///
/// Results are exactly those of trying all points, for any data, with two exceptions at the ends of the
/// number range: a point whose distance overflows is infinitely far, and is found by a ball of infinite
/// radius only; and for 1 < p <= 16 differences of coordinates count as zero where their p-th power
/// underflows even after scaling (for p = 2: below 1e-160 if the largest difference between the query and
/// the points is between 1e-60 and 1e135; else below 1e-290 of this largest difference).
/// Equal distances are ordered by index, and where not all equally distant points can be in a
/// result, those with the lowest indices are. Results depend neither on the number of threads nor on
/// other queries in the call.
#[repr(C)]
pub struct scic_kdtree {
    _private: [u8; 0],
}

impl handle::Handle for scic_kdtree {
    type Target = KdTree;
}

/// The result of scic_kdtree_query_ball(): the neighbours of each query.
///
/// Read with scic_neighbors_arrays() from any number of threads, freed by scic_neighbors_free(). It does not
/// need the tree any more.
#[repr(C)]
pub struct scic_neighbors {
    _private: [u8; 0],
}

impl handle::Handle for scic_neighbors {
    type Target = Neighbors;
}

/// Options of scic_kdtree_new(). Fill with scic_kdtree_options_init() first.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct scic_kdtree_options {
    /// Size of the struct: sizeof(scic_kdtree_options).
    pub struct_size: usize,
    /// The most points in a leaf, rounded up to a multiple of 8. 0, the default,
    /// takes what is fastest to search for the number of dimensions, 24 to 64.
    pub leafsize: usize,
}

// SAFETY: repr(C), struct_size first, plain numbers without padding.
unsafe impl Options for scic_kdtree_options {
    const FIRST_SIZE: usize = size_of::<Self>();
    fn defaults() -> Self {
        scic_kdtree_options { struct_size: size_of::<Self>(), leafsize: 0 }
    }
}

/// Options of searches. Fill with scic_kdtree_query_options_init() first.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct scic_kdtree_query_options {
    /// Size of the struct: sizeof(scic_kdtree_query_options).
    pub struct_size: usize,
    /// Minkowski's p, from 1 to infinity; the default is 2. The distance of x and y is
    /// (sum |x_i - y_i|^p)^(1/p), for p = infinity the largest |x_i - y_i|.
    pub p: f64,
    /// How inexact results may be: finite, at least 0, the default. The k-th neighbour that
    /// scic_kdtree_query() reports is then at most (1 + eps) times as far as the true one, and a ball
    /// may leave out points beyond r / (1 + eps) and include some up to r * (1 + eps).
    pub eps: f64,
    /// Only neighbours strictly nearer than this are reported by scic_kdtree_query(). At least 0;
    /// infinity, the default, means all. For balls anything else is SCIC_INVALID_ARGUMENT.
    pub distance_upper_bound: f64,
}

// SAFETY: repr(C), struct_size first, plain numbers without padding.
unsafe impl Options for scic_kdtree_query_options {
    const FIRST_SIZE: usize = size_of::<Self>();
    fn defaults() -> Self {
        let QueryOptions { p, eps, distance_upper_bound } = QueryOptions::default();
        scic_kdtree_query_options { struct_size: size_of::<Self>(), p, eps, distance_upper_bound }
    }
}

impl From<scic_kdtree_query_options> for QueryOptions {
    fn from(o: scic_kdtree_query_options) -> Self {
        QueryOptions { p: o.p, eps: o.eps, distance_upper_bound: o.distance_upper_bound }
    }
}

/// Fills options with the defaults.
///
/// @param options      Receives the defaults.
/// @param struct_size  sizeof(scic_kdtree_options).
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if `struct_size` is not a size.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_kdtree_options_init(
    options: *mut scic_kdtree_options,
    struct_size: usize,
) -> scic_status {
    // SAFETY: the caller's struct has struct_size bytes.
    guard(|| unsafe { options::init(options, struct_size) }.map(|()| SCIC_OK))
}

/// Fills options with the defaults: p = 2, eps = 0, no upper bound.
///
/// @param options      Receives the defaults.
/// @param struct_size  sizeof(scic_kdtree_query_options).
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT if `struct_size` is not a size.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_kdtree_query_options_init(
    options: *mut scic_kdtree_query_options,
    struct_size: usize,
) -> scic_status {
    // SAFETY: the caller's struct has struct_size bytes.
    guard(|| unsafe { options::init(options, struct_size) }.map(|()| SCIC_OK))
}

/// Builds a k-d tree of points.
///
/// Nodes are cut at the median of the dimension in which their points spread most (Bentley 1975; Friedman,
/// Bentley & Finkel 1977), so that the tree is balanced whatever the points are: O(n log n). The
/// points are copied. Large trees are built by as many threads as scic_set_num_threads() allows; the tree
/// does not depend on it.
///
/// ```c
/// double points[] = {0, 0, 3, 4, 1, 0};
/// scic_kdtree *tree;
/// if (scic_kdtree_new(scic_mat_rowmajor(points, 3, 2), NULL, &tree) < 0) return 1;
/// ```
///
/// @param points   n x d: one point per row, any strides. n from 0 to 4294967295, d at least 1, all finite.
/// @param options  NULL for the defaults.
/// @param out      Receives the tree; to be freed with scic_kdtree_free().
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_INVALID_ARGUMENT (d = 0, a coordinate that is NaN or infinite, too
///         many points, options that are none); SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_kdtree_new(
    points: scic_mat,
    options: *const scic_kdtree_options,
    out: *mut *mut scic_kdtree,
) -> scic_status {
    guard(|| {
        handle::check_out(out)?;
        // SAFETY: NULL or a struct of the size that it says.
        let given = unsafe { options::read(options) }?;
        // SAFETY: the caller gives a readable matrix.
        let points = unsafe { views::mat(points, "points") }?;
        let leafsize = (given.leafsize != 0).then_some(given.leafsize);
        let options = KdTreeOptions { leafsize };
        let tree = KdTree::new(points, &options)?;
        // SAFETY: out is valid for writing.
        unsafe { handle::give(out, tree) }?;
        Ok(SCIC_OK)
    })
}

/// Frees a tree.
///
/// @param tree  NULL is fine. No call may be using the tree. Results of searches stay valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_kdtree_free(tree: *mut scic_kdtree) {
    // SAFETY: by contract.
    unsafe { handle::free(tree) }
}

/// Tells how many points a tree has, and in how many dimensions.
///
/// @param tree  The tree.
/// @param n     Receives the number of points. NULL if not wanted.
/// @param d     Receives the number of dimensions. NULL if not wanted.
/// @return SCIC_OK; SCIC_NULL_POINTER if `tree` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_kdtree_shape(
    tree: *const scic_kdtree,
    n: *mut usize,
    d: *mut usize,
) -> scic_status {
    guard(|| {
        // SAFETY: NULL or a live handle.
        let tree = unsafe { handle::borrow(tree, "tree") }?;
        for (out, value) in [(n, tree.n()), (d, tree.d())] {
            // SAFETY: NULL, or valid for writing.
            if let Some(out) = unsafe { out.as_mut() } {
                *out = value;
            }
        }
        Ok(SCIC_OK)
    })
}

/// Tells the least box that holds all points of a tree.
///
/// @param tree   The tree.
/// @param mins   Receives the least coordinate in each dimension; infinity for a tree without points.
/// @param maxes  Receives the greatest ones; minus infinity for a tree without points.
/// @param d      Number of elements of `mins` and of `maxes`: the dimensions of the tree.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH if `d` is not the tree's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_kdtree_bounds(
    tree: *const scic_kdtree,
    mins: *mut f64,
    maxes: *mut f64,
    d: usize,
) -> scic_status {
    guard(|| {
        // SAFETY: NULL or a live handle.
        let tree = unsafe { handle::borrow(tree, "tree") }?;
        if d != tree.d() {
            return Err(Error::shape("d", tree.d(), d));
        }
        // SAFETY: the caller gives d elements.
        let mins = unsafe { views::slice_mut(mins, d, "mins") }?;
        // SAFETY: the caller gives d elements.
        let maxes = unsafe { views::slice_mut(maxes, d, "maxes") }?;
        mins.copy_from_slice(tree.mins());
        maxes.copy_from_slice(tree.maxes());
        Ok(SCIC_OK)
    })
}

/// Finds the k nearest points of each query.
///
/// Distances are computed from differences of coordinates. Equal ones are ordered by ascending index,
/// and of several points at the k-th distance those with the lowest indices are reported. Where there are
/// fewer than k points (below the upper bound), the places left over get the distance infinity and the
/// index n. Many queries are answered faster in one call than in many; they are dealt out to threads as
/// scic_set_num_threads() allows.
///
/// ```c
/// double x[] = {0, 0}, distances[2];
/// int64_t indices[2];
/// scic_status s = scic_kdtree_query(tree, scic_mat_rowmajor(x, 1, 2), 2, NULL,
///                                   scic_mat_mut_rowmajor(distances, 1, 2),
///                                   scic_imat_mut_rowmajor(indices, 1, 2));
/// ```
///
/// @param tree       The tree, n points in d dimensions.
/// @param x          m x d: one query per row, any strides, all finite. m may be 0.
/// @param k          Number of neighbours per query, at least 1. May exceed n.
/// @param options    NULL for the defaults.
/// @param distances  m x k: receives the distances, a row per query, ascending. Any strides without
///                   overlap; data = NULL with 0 x 0 if not wanted.
/// @param indices    m x k: receives the points' indices. As for `distances`; the two must not overlap.
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH (x without d columns, outputs that are not
///         m x k); SCIC_INVALID_ARGUMENT (a query that is NaN or infinite, k = 0, p < 1 or NaN, eps negative or
///         not finite, a negative or NaN upper bound, outputs whose elements overlap);
///         SCIC_OUT_OF_MEMORY. After an error the outputs are as they were, or (out of memory) undefined.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_kdtree_query(
    tree: *const scic_kdtree,
    x: scic_mat,
    k: usize,
    options: *const scic_kdtree_query_options,
    distances: scic_mat_mut,
    indices: scic_imat_mut,
) -> scic_status {
    guard(|| {
        // SAFETY: NULL or a live handle.
        let tree = unsafe { handle::borrow(tree, "tree") }?;
        // SAFETY: NULL or a struct of the size that it says.
        let options = unsafe { options::read(options) }?.into();
        // SAFETY: the caller gives a readable matrix.
        let x = unsafe { views::mat(x, "x") }?;
        let unwanted = distances.data.is_null() && distances.rows == 0 && distances.cols == 0;
        // SAFETY: the caller gives a writable matrix.
        let ds =
            (!unwanted).then(|| unsafe { views::mat_mut(distances, "distances") }).transpose()?;
        let unwanted = indices.data.is_null() && indices.rows == 0 && indices.cols == 0;
        // SAFETY: the caller gives a writable matrix.
        let is = (!unwanted).then(|| unsafe { views::imat_mut(indices, "indices") }).transpose()?;
        tree.query(x, k, &options, ds, is)?;
        Ok(SCIC_OK)
    })
}

/// Finds all points within a radius of each query, the boundary included.
///
/// A point is in the ball if its distance is at most r; for p = 2 the squares are compared, as SciPy does,
/// for other p up to 16 the p-th powers.
///
/// @param tree     The tree, n points in d dimensions.
/// @param x        m x d: one query per row, any strides, all finite. m may be 0.
/// @param r        The radii, at least 0; infinity is allowed.
/// @param n_r      Number of radii: 1 for all queries, or m.
/// @param options  NULL for the defaults. distance_upper_bound must be infinity.
/// @param out      Receives the neighbours, each query's by ascending index; to be freed with
///                 scic_neighbors_free().
/// @return SCIC_OK; SCIC_NULL_POINTER; SCIC_SHAPE_MISMATCH (x without d columns, n_r neither 1 nor m);
///         SCIC_INVALID_ARGUMENT (a query that is NaN or infinite, a radius that is negative or NaN, options
///         outside their range); SCIC_OUT_OF_MEMORY.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_kdtree_query_ball(
    tree: *const scic_kdtree,
    x: scic_mat,
    r: *const f64,
    n_r: usize,
    options: *const scic_kdtree_query_options,
    out: *mut *mut scic_neighbors,
) -> scic_status {
    guard(|| {
        handle::check_out(out)?;
        // SAFETY: as for the arguments of this function.
        let (tree, x, r, options) = unsafe { ball_arguments(tree, x, r, n_r, options) }?;
        let neighbors = tree.query_ball(x, r, &options)?;
        // SAFETY: out is valid for writing.
        unsafe { handle::give(out, neighbors) }?;
        Ok(SCIC_OK)
    })
}

/// Counts the points within a radius of each query, the boundary included: what scic_kdtree_query_ball()
/// would find. Takes no memory for them, and less time for large balls.
///
/// @param tree      The tree, n points in d dimensions.
/// @param x         m x d: one query per row, any strides, all finite. m may be 0.
/// @param r         The radii, at least 0; infinity is allowed.
/// @param n_r       Number of radii: 1 for all queries, or m.
/// @param options   NULL for the defaults. distance_upper_bound must be infinity.
/// @param counts    Receives the number of points of each query.
/// @param n_counts  Number of elements of `counts`: m.
/// @return As scic_kdtree_query_ball(); SCIC_SHAPE_MISMATCH also if `n_counts` is not m.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_kdtree_count_ball(
    tree: *const scic_kdtree,
    x: scic_mat,
    r: *const f64,
    n_r: usize,
    options: *const scic_kdtree_query_options,
    counts: *mut i64,
    n_counts: usize,
) -> scic_status {
    guard(|| {
        // SAFETY: as for the arguments of this function.
        let (tree, x, r, options) = unsafe { ball_arguments(tree, x, r, n_r, options) }?;
        // SAFETY: the caller gives n_counts elements.
        let counts = unsafe { views::slice_mut(counts, n_counts, "counts") }?;
        tree.count_ball(x, r, &options, counts)?;
        Ok(SCIC_OK)
    })
}

/// The inputs of the two ball searches.
///
/// # Safety
/// As the C documentation of scic_kdtree_query_ball() demands.
unsafe fn ball_arguments<'a>(
    tree: *const scic_kdtree,
    x: scic_mat,
    r: *const f64,
    n_r: usize,
    options: *const scic_kdtree_query_options,
) -> Result<(&'a KdTree, crate::array::MatRef<'a>, &'a [f64], QueryOptions)> {
    // SAFETY: NULL or a live handle.
    let tree = unsafe { handle::borrow(tree, "tree") }?;
    // SAFETY: NULL or a struct of the size that it says.
    let options = unsafe { options::read(options) }?.into();
    // SAFETY: the caller gives a readable matrix.
    let x = unsafe { views::mat(x, "x") }?;
    // SAFETY: the caller gives n_r elements.
    let r = unsafe { views::slice(r, n_r, "r") }?;
    Ok((tree, x, r, options))
}

/// Lends the arrays of a result: the neighbours of query i are indices[indptr[i]] to
/// indices[indptr[i + 1] - 1].
///
/// @param neighbors  The result, of m queries.
/// @param indptr     Receives a pointer to m + 1 numbers, the first of which is 0. NULL if not wanted.
/// @param n_indptr   Receives m + 1. NULL if not wanted.
/// @param indices    Receives a pointer to the indices of all queries' neighbours; never NULL, but not to be
///                   read from if there are none. NULL if not wanted.
/// @param n_indices  Receives their number. NULL if not wanted.
/// @return SCIC_OK; SCIC_NULL_POINTER if `neighbors` is NULL. The arrays belong to `neighbors` and live until
///         it is freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_neighbors_arrays(
    neighbors: *const scic_neighbors,
    indptr: *mut *const i64,
    n_indptr: *mut usize,
    indices: *mut *const i64,
    n_indices: *mut usize,
) -> scic_status {
    guard(|| {
        // SAFETY: NULL or a live handle.
        let neighbors = unsafe { handle::borrow(neighbors, "neighbors") }?;
        let arrays =
            [(indptr, n_indptr, &neighbors.indptr), (indices, n_indices, &neighbors.indices)];
        for (data, len, array) in arrays {
            // SAFETY: NULL, or valid for writing.
            if let Some(data) = unsafe { data.as_mut() } {
                *data = array.as_ptr();
            }
            // SAFETY: NULL, or valid for writing.
            if let Some(len) = unsafe { len.as_mut() } {
                *len = array.len();
            }
        }
        Ok(SCIC_OK)
    })
}

/// Frees a result.
///
/// @param neighbors  NULL is fine. Its arrays must not be used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn scic_neighbors_free(neighbors: *mut scic_neighbors) {
    // SAFETY: by contract.
    unsafe { handle::free(neighbors) }
}
