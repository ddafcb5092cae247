// Latent semantic analysis of the Jargon File, from text to calibrated neighbours:
//   text -> COO triplets -> CSR -> TF-IDF -> truncated SVD -> KD-tree -> neighbours -> logistic fit.
//
// usage: jargon DATA_DIR
//
// Lines that begin with '#' are progress and times; all others are the same in every language.
#include <scic/scic.hpp>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>

#include "corpus.hpp"

constexpr std::size_t K = 50, NEIGHBORS = 10, SHOWN = 5;
const char *const SAMPLES[] = {"cracker", "virus", "flame war", "Unix", "spam", "bit bucket"};

using seconds = std::chrono::duration<double>;
static std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();

static void lap(const char *step) {
  auto now = std::chrono::steady_clock::now();
  std::printf("# %-28s %8.1f ms\n", step, 1e3 * seconds(now - since).count());
  since = now;
}

// TF-IDF: (1 + ln count) * (ln((1 + n) / (1 + df)) + 1), rows scaled to length 1.
static scic::sparse_matrix tf_idf(const corpus &c) {
  const std::size_t n = c.heads.size();
  const std::vector<double> ones(c.doc.size(), 1.0);
  auto counts = scic::sparse_matrix::from_coo({n, c.n_terms, c.doc, c.term, ones}).to_coo();
  std::vector<double> idf(c.n_terms);
  for (double &count : counts.data) count = 1 + std::log(count);
  for (std::int64_t j : counts.col) idf[static_cast<std::size_t>(j)] += 1;
  for (double &w : idf) w = std::log((1 + static_cast<double>(n)) / (1 + w)) + 1;
  auto weighted = scic::sparse_matrix::from_coo(counts.view()).scale(std::nullopt, idf);
  auto length = weighted.norm(scic::norm_kind::two, scic::axis::cols);
  for (double &l : length) l = l > 0 ? 1 / l : 0;
  return weighted.scale(length, std::nullopt);
}

// P(one entry refers to the other | distance, rank) = 1 / (1 + exp(-b.(1, d, ln rank)))
struct pair { double distance, log_rank, linked; };
template <class B> static double linear(const B &b, double distance, double log_rank) {
  return b[0] + b[1] * distance + b[2] * log_rank;
}

static int run(const std::string &data) {
  const corpus c = read_corpus(data + "/jargon.tsv", data + "/stopwords.txt");
  const std::size_t n = c.heads.size();
  lap("read the corpus");

  const auto a = tf_idf(c);
  std::printf("%zu documents, %zu terms, %zu tokens, %zu nonzeros, %zu links\n", n, c.n_terms, c.doc.size(), a.nnz(), c.links.size());
  lap("TF-IDF, COO to CSR");

  scic::svds_options so;
  so.tol = 1e-8;
  so.compute_vt = false;
  auto svd = scic::svds(a, K, so, [](const scic::svds_progress &p) {
    std::printf("# svds: restart %2d, %2zu of %zu triplets, residual %.1e\n", static_cast<int>(p.restart), p.converged, p.k, p.residual);
  });
  const auto &s = svd.s;
  double worst = 0;
  for (double r : svd.residuals) worst = std::max(worst, r / s[0]);
  std::printf("singular values %.4f %.4f %.4f ... %.4f, residuals %s 1e-8\n", s[0], s[1], s[2], s[K - 1], worst <= 1e-8 ? "<=" : ">");
  lap("svds, k = 50");

  // latent vectors U diag(s), scaled to length 1: their distance is that of the directions
  scic::matrix &latent = svd.u;
  for (std::size_t i = 0; i < n; i++) {
    double length = 0;
    for (std::size_t j = 0; j < K; j++) {
      latent(i, j) *= s[j];
      length += latent(i, j) * latent(i, j);
    }
    for (std::size_t j = 0; length > 0 && j < K; j++) latent(i, j) /= std::sqrt(length);
  }
  const scic::kdtree tree(latent);
  lap("KD-tree of 50-vectors");

  const auto near = tree.query(latent, NEIGHBORS + 1);  // a document is its own nearest neighbour
  lap("neighbours of all documents");

  // calls f(rank, distance, neighbour) for the neighbours of document i other than itself
  auto each_neighbor = [&](std::size_t i, std::size_t most, auto f) {
    for (std::size_t j = 0, rank = 0; j <= NEIGHBORS && rank < most; j++)
      if (auto o = near.indices(i, j); o != static_cast<std::int64_t>(i)) f(++rank, near.distances(i, j), o);
  };
  std::vector<pair> pairs;
  double links = 0;
  for (std::size_t i = 0; i < n; i++)
    each_neighbor(i, NEIGHBORS, [&](std::size_t rank, double d, std::int64_t o) {
      pairs.push_back({d, std::log(static_cast<double>(rank)), c.linked(static_cast<std::int64_t>(i), o) ? 1.0 : 0.0});
      links += pairs.back().linked;
    });
  // mean logistic loss and its gradient
  auto loss = [&](auto b, auto grad) {
    double sum = 0, g[3] = {0, 0, 0};
    for (const pair &p : pairs) {
      double z = linear(b, p.distance, p.log_rank);
      double softplus = std::log1p(std::exp(-std::fabs(z))) + std::max(z, 0.0);
      double error = 1 / (1 + std::exp(-z)) - p.linked;
      sum += softplus - p.linked * z;
      g[0] += error;
      g[1] += error * p.distance;
      g[2] += error * p.log_rank;
    }
    for (std::size_t j = 0; j < grad.size(); j++) grad[j] = g[j] / static_cast<double>(pairs.size());
    return sum / static_cast<double>(pairs.size());
  };
  // a larger distance or rank must not make a link more likely: coefficients bounded by 0
  const double inf = std::numeric_limits<double>::infinity();
  scic::minimize_options mo;
  mo.lower = {-inf, -inf, -inf};
  mo.upper = {inf, 0, 0};
  mo.gtol = 1e-9;
  mo.ftol = 0.0;
  auto fit = scic::minimize(loss, {0.0, 0.0, 0.0}, mo, [](const scic::minimizer_ref &m) {
    std::printf("# fit: iteration %2d, loss %.6f, gradient %.1e\n", static_cast<int>(m.info().nit), m.info().f, m.info().gradient_norm);
  });
  const auto &b = fit.x;
  std::printf("%zu pairs, %.0f linked; loss %.4f; P = 1 / (1 + exp(-(%.3f %+.3f d %+.3f ln rank)))\n", pairs.size(), links, fit.f, b[0], b[1], b[2]);
  lap("logistic fit, L-BFGS-B");

  for (const char *sample : SAMPLES) {
    const auto i = c.find(sample);
    if (i < 0) continue;
    std::printf("\n%s\n", sample);
    each_neighbor(static_cast<std::size_t>(i), SHOWN, [&](std::size_t rank, double d, std::int64_t o) {
      double z = linear(b, d, std::log(static_cast<double>(rank)));
      std::printf("  %.3f  P %.2f %s %s\n", d, 1 / (1 + std::exp(-z)), c.linked(i, o) ? "*" : " ", c.heads[static_cast<std::size_t>(o)].c_str());
    });
  }
  std::printf("\n* the entries refer to each other\n");
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: %s DATA_DIR\n", argv[0]), 2;
  try {
    return run(argv[1]);
  } catch (const std::exception &e) {
    return std::fprintf(stderr, "%s\n", e.what()), 1;
  }
}
