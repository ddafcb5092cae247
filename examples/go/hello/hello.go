package main

import (
	"fmt"
	"scic/optimize"
)

func rosenbrock(x, _ []float64) (float64, error) {
	return 100*(x[1]-x[0]*x[0])*(x[1]-x[0]*x[0]) + (1-x[0])*(1-x[0]), nil
}

func main() {
	r, err := optimize.Minimize(rosenbrock, []float64{-1.2, 1}, optimize.NewSettings(optimize.NelderMead))
	if err != nil {
		panic(err)
	}
	fmt.Printf("%v: f(%.3f, %.3f) = %.1e\n", r.Status, r.X[0], r.X[1], r.F)
}
