/* Latent semantic analysis of the Jargon File, from text to calibrated neighbours:
     text -> COO triplets -> CSR -> TF-IDF -> truncated SVD -> KD-tree -> neighbours -> logistic fit.

   usage: jargon DATA_DIR

   Lines that begin with '#' are progress and times; all others are the same in every language. */
#include <scic.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "corpus.h"

enum { K = 50, NEIGHBORS = 10, SHOWN = 5 };
static const char *const SAMPLES[] = {"cracker", "virus", "flame war", "Unix", "spam", "bit bucket"};

/* Positive statuses come with a usable result; here only complete success will do. */
static void check(scic_status status, const char *what) {
  if (status == SCIC_OK) return;
  char message[256] = "";
  if (status < 0) scic_last_error_message(message, sizeof message, NULL);
  fprintf(stderr, "%s: %s %s\n", what, scic_status_name(status), message);
  exit(1);
}
static double *doubles(size_t n) {
  double *p = malloc((n ? n : 1) * sizeof *p);
  if (!p) { fprintf(stderr, "out of memory\n"); exit(1); }
  return p;
}
static double now(void) {
  struct timespec t;
  timespec_get(&t, TIME_UTC);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}
static double lap(const char *step, double since) {
  double t = now();
  printf("# %-28s %8.1f ms\n", step, 1e3 * (t - since));
  return t;
}

/* TF-IDF: (1 + ln count) * (ln((1 + n) / (1 + df)) + 1), rows scaled to length 1. */
static scic_sparse *tf_idf(const corpus *c) {
  scic_coo_view triplets = {
      .row = c->doc, .col = c->term, .data = c->ones,
      .rows = c->n_docs, .cols = c->n_terms, .nnz = c->n_tokens, .index_type = SCIC_I64, .index_base = 0};
  scic_sparse *counts, *damped, *weighted, *unit;
  check(scic_sparse_new_coo(triplets, SCIC_CSR, &counts), "counts");

  scic_sparse_view v;
  check(scic_sparse_arrays(counts, &v), "arrays");
  double *data = doubles(v.nnz), *idf = doubles(v.cols), *length = doubles(v.rows);
  for (size_t j = 0; j < v.cols; j++) idf[j] = 0;
  const int32_t *term = v.indices; /* small enough for 32 bits */
  for (size_t t = 0; t < v.nnz; t++) {
    data[t] = 1 + log(v.data[t]);
    idf[term[t]] += 1;
  }
  for (size_t j = 0; j < v.cols; j++) idf[j] = log((1 + (double)v.rows) / (1 + idf[j])) + 1;
  v.data = data;
  check(scic_sparse_new(v, &damped), "damped counts");
  check(scic_sparse_scale(damped, NULL, 0, idf, c->n_terms, &weighted), "weights");
  check(scic_sparse_norm_axis(weighted, SCIC_NORM_2, SCIC_AXIS_COLS, length, c->n_docs), "row norms");
  for (size_t i = 0; i < c->n_docs; i++) length[i] = length[i] > 0 ? 1 / length[i] : 0;
  check(scic_sparse_scale(weighted, length, c->n_docs, NULL, 0, &unit), "unit rows");

  scic_sparse_free(weighted);
  scic_sparse_free(damped);
  scic_sparse_free(counts);
  free(length);
  free(idf);
  free(data);
  return unit;
}

static int32_t svds_progress(const scic_svds_progress *p, void *user) {
  (void)user;
  printf("# svds: restart %2d, %2zu of %zu triplets, residual %.1e\n", (int)p->restart, p->converged, p->k, p->residual);
  return SCIC_CB_CONTINUE;
}

/* ---- calibration: P(one entry refers to the other | distance, rank) = 1 / (1 + exp(-b.(1, d, ln rank))) ---- */
typedef struct { size_t n; double *distance, *log_rank, *linked; } pairs;

static double linear(const double *b, double distance, double log_rank) { return b[0] + b[1] * distance + b[2] * log_rank; }

/* mean logistic loss and its gradient */
static int32_t loss(const double *b, size_t n, double *f, double *grad, void *user) {
  const pairs *p = user;
  double sum = 0, g[3] = {0, 0, 0};
  for (size_t t = 0; t < p->n; t++) {
    double z = linear(b, p->distance[t], p->log_rank[t]);
    double softplus = z > 0 ? z + log1p(exp(-z)) : log1p(exp(z));
    double error = 1 / (1 + exp(-z)) - p->linked[t];
    sum += softplus - p->linked[t] * z;
    g[0] += error;
    g[1] += error * p->distance[t];
    g[2] += error * p->log_rank[t];
  }
  *f = sum / (double)p->n;
  for (size_t j = 0; grad && j < n; j++) grad[j] = g[j] / (double)p->n;
  return SCIC_CB_CONTINUE;
}
static int32_t fit_progress(const scic_minimizer *m, void *user) {
  (void)user;
  scic_minimize_info info = {.struct_size = sizeof info};
  check(scic_minimizer_info(m, &info), "progress");
  printf("# fit: iteration %2d, loss %.6f, gradient %.1e\n", (int)info.nit, info.f, info.gradient_norm);
  return SCIC_CB_CONTINUE;
}

int main(int argc, char **argv) {
  if (argc != 2) { fprintf(stderr, "usage: %s DATA_DIR\n", argv[0]); return 2; }
  char documents[1024], stopwords[1024];
  snprintf(documents, sizeof documents, "%s/jargon.tsv", argv[1]);
  snprintf(stopwords, sizeof stopwords, "%s/stopwords.txt", argv[1]);

  double t = now();
  corpus c = corpus_read(documents, stopwords);
  t = lap("read the corpus", t);

  scic_sparse *a = tf_idf(&c);
  size_t nnz;
  check(scic_sparse_nnz(a, &nnz), "nnz");
  printf("%zu documents, %zu terms, %zu tokens, %zu nonzeros, %zu links\n", c.n_docs, c.n_terms, c.n_tokens, nnz, c.n_links);
  t = lap("TF-IDF, COO to CSR", t);

  double *u = doubles(c.n_docs * K), s[K], residuals[K];
  scic_svds_options so;
  check(scic_svds_options_init(&so, sizeof so), "options");
  so.tol = 1e-8;
  check(scic_svds(a, K, NULL, 0, &so, svds_progress, NULL, scic_mat_mut_rowmajor(u, c.n_docs, K), s, K,
                  scic_mat_mut_none(), residuals, NULL), "svds");
  double worst = 0;
  for (size_t j = 0; j < K; j++) worst = fmax(worst, residuals[j] / s[0]);
  printf("singular values %.4f %.4f %.4f ... %.4f, residuals %s 1e-8\n", s[0], s[1], s[2], s[K - 1], worst <= 1e-8 ? "<=" : ">");
  t = lap("svds, k = 50", t);

  /* latent vectors U diag(s), scaled to length 1: their distance is that of the directions */
  for (size_t i = 0; i < c.n_docs; i++) {
    double length = 0;
    for (size_t j = 0; j < K; j++) {
      u[i * K + j] *= s[j];
      length += u[i * K + j] * u[i * K + j];
    }
    for (size_t j = 0; length > 0 && j < K; j++) u[i * K + j] /= sqrt(length);
  }
  scic_kdtree *tree;
  check(scic_kdtree_new(scic_mat_rowmajor(u, c.n_docs, K), NULL, &tree), "KD-tree");
  t = lap("KD-tree of 50-vectors", t);

  size_t k = NEIGHBORS + 1; /* a document is its own nearest neighbour */
  double *distance = doubles(c.n_docs * k);
  int64_t *neighbor = malloc(c.n_docs * k * sizeof *neighbor);
  if (!neighbor) return 1;
  check(scic_kdtree_query(tree, scic_mat_rowmajor(u, c.n_docs, K), k, NULL, scic_mat_mut_rowmajor(distance, c.n_docs, k),
                          scic_imat_mut_rowmajor(neighbor, c.n_docs, k)), "neighbours");
  t = lap("neighbours of all documents", t);

  pairs p = {0, doubles(c.n_docs * k), doubles(c.n_docs * k), doubles(c.n_docs * k)};
  double links = 0;
  for (size_t i = 0; i < c.n_docs; i++)
    for (size_t j = 0, rank = 0; j < k && rank < NEIGHBORS; j++) {
      if (neighbor[i * k + j] == (int64_t)i) continue;
      p.distance[p.n] = distance[i * k + j];
      p.log_rank[p.n] = log((double)++rank);
      p.linked[p.n] = corpus_linked(&c, (int64_t)i, neighbor[i * k + j]);
      links += p.linked[p.n++];
    }
  /* a larger distance or rank must not make a link more likely: coefficients bounded by 0 */
  double b[3] = {0, 0, 0}, upper[3] = {INFINITY, 0, 0}, lower[3] = {-INFINITY, -INFINITY, -INFINITY}, value;
  scic_minimize_options mo;
  check(scic_minimize_options_init(&mo, sizeof mo), "options");
  mo.gtol = 1e-9;
  mo.ftol = 0;
  scic_minimize_info info = {.struct_size = sizeof info};
  double x0[3] = {0, 0, 0};
  check(scic_minimize(SCIC_MINIMIZE_LBFGSB, loss, fit_progress, &p, x0, 3, lower, upper, &mo, b, &value, &info), "fit");
  printf("%zu pairs, %.0f linked; loss %.4f; P = 1 / (1 + exp(-(%.3f %+.3f d %+.3f ln rank)))\n", p.n, links, value, b[0], b[1], b[2]);
  t = lap("logistic fit, L-BFGS-B", t);

  for (size_t q = 0; q < sizeof SAMPLES / sizeof *SAMPLES; q++) {
    int64_t i = corpus_find(&c, SAMPLES[q]);
    if (i < 0) continue;
    printf("\n%s\n", SAMPLES[q]);
    for (size_t j = 0, rank = 0; j < k && rank < SHOWN; j++) {
      int64_t o = neighbor[(size_t)i * k + j];
      if (o == i) continue;
      double d = distance[(size_t)i * k + j], z = linear(b, d, log((double)++rank));
      printf("  %.3f  P %.2f %s %s\n", d, 1 / (1 + exp(-z)), corpus_linked(&c, i, o) ? "*" : " ", c.heads[o]);
    }
  }
  printf("\n* the entries refer to each other\n");

  free(p.distance);
  free(p.log_rank);
  free(p.linked);
  free(neighbor);
  free(distance);
  scic_kdtree_free(tree);
  free(u);
  scic_sparse_free(a);
  corpus_free(&c);
  return 0;
}
