#include <scic/scic.hpp>
#include <cmath>
#include <cstdio>
int main() {
  scic::minimize_options options;
  options.method = scic::minimize_method::nelder_mead;
  auto rosenbrock = [](auto x) { return 100 * std::pow(x[1] - x[0] * x[0], 2) + std::pow(1 - x[0], 2); };
  auto r = scic::minimize(rosenbrock, {-1.2, 1.0}, options);
  std::printf("%s: f(%.3f, %.3f) = %.1e\n", scic::status_name(r.status), r.x[0], r.x[1], r.f);
}
