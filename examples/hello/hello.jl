using Printf, SciC
r = minimize([-1.2, 1.0]; method = :NelderMead) do x
    100 * (x[2] - x[1]^2)^2 + (1 - x[1])^2
end
@printf("%s: f(%.3f, %.3f) = %.1e\n", r.converged ? "SCIC_OK" : r.message, r.x[1], r.x[2], r.f)
