// The native peers behind plain C functions, for bench.py: nanoflann's KD-tree, NLopt's L-BFGS, and SciC's
// optimiser called as a C program would call it.
#include <nlopt.h>
#include <scic.h>

#include <algorithm>
#include <cstdint>
#include <cmath>
#include <ctime>
#include <memory>
#include <nanoflann.hpp>
#include <vector>

#include "objectives.h"

namespace {

double cpu_now() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

struct cloud {
  const double *data;
  std::size_t n, d;
  std::size_t kdtree_get_point_count() const { return n; }
  double kdtree_get_pt(std::size_t i, std::size_t j) const { return data[i * d + j]; }
  template <class B> bool kdtree_get_bbox(B &) const { return false; }
};

struct tree_base {
  virtual ~tree_base() = default;
  virtual void query(const double *x, std::size_t m, std::size_t k, double *distance, std::int64_t *index) = 0;
};

template <int D> struct tree : tree_base {
  using metric = nanoflann::L2_Simple_Adaptor<double, cloud>;
  using index_t = nanoflann::KDTreeSingleIndexAdaptor<metric, cloud, D, std::size_t>;
  cloud points;
  index_t index;
  tree(const double *p, std::size_t n)
      : points{p, n, D}, index(D, points, nanoflann::KDTreeSingleIndexAdaptorParams(10)) {
    index.buildIndex();
  }
  void query(const double *x, std::size_t m, std::size_t k, double *distance, std::int64_t *out) override {
    std::vector<std::size_t> found(k);
    for (std::size_t i = 0; i < m; i++) {
      nanoflann::KNNResultSet<double> result(k);
      result.init(found.data(), distance + i * k);
      index.findNeighbors(result, x + i * D, nanoflann::SearchParams());
      for (std::size_t j = 0; j < k; j++) out[i * k + j] = static_cast<std::int64_t>(found[j]);
    }
  }
};

double nlopt_rosenbrock(unsigned n, const double *x, double *grad, void *count) {
  ++*static_cast<long *>(count);
  return rosenbrock(n, x, grad);
}

std::int32_t scic_rosenbrock(const double *x, std::size_t n, double *f, double *grad, void *count) {
  ++*static_cast<long *>(count);
  *f = rosenbrock(n, x, grad);
  return SCIC_CB_CONTINUE;
}

} // namespace

extern "C" {

// ---- nanoflann (squared distances)
void *nf_build(const double *points, std::size_t n, std::size_t d) {
  switch (d) {
    case 2: return static_cast<tree_base *>(new tree<2>(points, n));
    case 3: return static_cast<tree_base *>(new tree<3>(points, n));
    case 8: return static_cast<tree_base *>(new tree<8>(points, n));
    case 16: return static_cast<tree_base *>(new tree<16>(points, n));
    default: return nullptr;
  }
}
void nf_query(void *t, const double *x, std::size_t m, std::size_t k, double *distance, std::int64_t *index) {
  static_cast<tree_base *>(t)->query(x, m, k, distance, index);
}
void nf_free(void *t) { delete static_cast<tree_base *>(t); }

// ---- NLopt and SciC on Rosenbrock: CPU seconds per run, mean of `repeat`
double nlopt_lbfgs(std::size_t n, const double *x0, double upper, int repeat, double *x, double *f, long *evaluations) {
  *evaluations = 0;
  double start = cpu_now();
  for (int r = 0; r < repeat; r++) {
    nlopt_opt o = nlopt_create(NLOPT_LD_LBFGS, static_cast<unsigned>(n));
    nlopt_set_min_objective(o, nlopt_rosenbrock, evaluations);
    nlopt_set_vector_storage(o, 10);
    nlopt_set_ftol_rel(o, 2.22e-16);
    nlopt_set_maxeval(o, 100000);
    if (upper < HUGE_VAL) nlopt_set_upper_bounds1(o, upper);
    std::copy(x0, x0 + n, x);
    nlopt_optimize(o, x, f);
    nlopt_destroy(o);
  }
  double t = (cpu_now() - start) / repeat;
  *evaluations /= repeat;
  return t;
}

static scic_minimize_options scic_options() {
  scic_minimize_options o;
  scic_minimize_options_init(&o, sizeof o);
  o.ftol = 2.22e-16;
  o.gtol = 1e-6;
  o.maxiter = o.maxfev = 100000;
  return o;
}

double scic_lbfgs(std::size_t n, const double *x0, double upper, int repeat, double *x, double *f, long *evaluations) {
  *evaluations = 0;
  std::vector<double> bound(n, upper);
  scic_minimize_options o = scic_options();
  double start = cpu_now();
  for (int r = 0; r < repeat; r++)
    scic_minimize(SCIC_MINIMIZE_LBFGSB, scic_rosenbrock, nullptr, evaluations, x0, n, nullptr,
                  upper < HUGE_VAL ? bound.data() : nullptr, &o, x, f, nullptr);
  double t = (cpu_now() - start) / repeat;
  *evaluations /= repeat;
  return t;
}

double scic_lbfgs_ask_tell(std::size_t n, const double *x0, double upper, int repeat, double *x, double *f, long *evaluations) {
  *evaluations = 0;
  std::vector<double> bound(n, upper);
  scic_minimize_options o = scic_options();
  double start = cpu_now();
  for (int r = 0; r < repeat; r++) {
    scic_minimizer *m = nullptr;
    scic_minimizer_new(SCIC_MINIMIZE_LBFGSB, x0, n, nullptr, upper < HUGE_VAL ? bound.data() : nullptr, &o, &m);
    scic_ask a;
    a.struct_size = sizeof a;
    while (scic_minimizer_ask(m, &a) == SCIC_OK && a.turn == SCIC_TURN_EVAL) {
      scic_rosenbrock(a.x, a.n, a.f, a.grad, evaluations);
      scic_minimizer_tell(m, SCIC_CB_CONTINUE, nullptr);
    }
    scic_minimizer_best(m, x, n, f);
    scic_minimizer_free(m);
  }
  double t = (cpu_now() - start) / repeat;
  *evaluations /= repeat;
  return t;
}

// the objective alone: what of the above is not the library's
double objective_alone(std::size_t n, const double *x0, long evaluations) {
  std::vector<double> x(x0, x0 + n), g(n);
  double sum = 0;
  long count = 0;
  double start = cpu_now();
  std::int32_t (*volatile f)(const double *, std::size_t, double *, double *, void *) = scic_rosenbrock;
  for (long e = 0; e < evaluations; e++) {
    double value;
    f(x.data(), n, &value, g.data(), &count);
    sum += value;
  }
  double t = (cpu_now() - start) / static_cast<double>(evaluations);
  return sum == 0.123 ? 0 : t;
}
}
