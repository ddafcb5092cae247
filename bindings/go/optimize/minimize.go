// Package optimize minimises functions of several variables.
package optimize

import "scic/internal/handle"

// Objective returns the value of the function at x and, where grad is not nil, writes its gradient there.
// An error aborts and comes out of the outer call; [scic.ErrStop] stops with the best point so far;
// [ErrReject] says that x is outside the function's domain. x and grad belong to the library: do not keep them.
type Objective func(x, grad []float64) (float64, error)

// ErrReject says that a point is outside the function's domain: the solver tries one nearer to the last
// good one.
var ErrReject = handle.ErrReject

// Result is what a minimisation came to.
type Result struct {
	X []float64 // the best point
	F float64   // its value
	Info
}

// Minimize finds a local minimum of f from x0. s may be nil: L-BFGS-B, with the gradient from f.
//
// The status of the result is OK where a tolerance or the target was met; it is positive where a limit or
// a callback ended the run. Where f returned an error or panicked, that comes out as itself.
func Minimize(f Objective, x0 []float64, s *Settings) (*Result, error) {
	m, err := NewMinimizer(x0, s)
	if err != nil {
		return nil, err
	}
	defer m.Close()
	var callback func(*Minimizer) error
	if s != nil {
		callback = s.Callback
	}
	if _, err := m.Run(f, callback); err != nil {
		return nil, err
	}
	return m.Result()
}
