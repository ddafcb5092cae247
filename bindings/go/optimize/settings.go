package optimize

/*
#include <scic/optimize.h>
*/
import "C"

import (
	"math"
	"unsafe"

	"scic/internal/status"
)

// Method is an algorithm.
type Method int32

// The methods.
const (
	NelderMead Method = C.SCIC_MINIMIZE_NELDER_MEAD // simplex, needs no gradient; bounds
	BFGS       Method = C.SCIC_MINIMIZE_BFGS        // quasi-Newton
	LBFGSB     Method = C.SCIC_MINIMIZE_LBFGSB      // limited-memory quasi-Newton; bounds
)

// Jac says where gradients come from.
type Jac int32

// The sources of gradients.
const (
	User       Jac = C.SCIC_JAC_USER    // the objective writes them
	TwoPoint   Jac = C.SCIC_JAC_2_POINT // forward differences
	ThreePoint Jac = C.SCIC_JAC_3_POINT // central differences
)

// Settings say how to minimise. Start from NewSettings, which fills in the defaults: a field that the method does
// not use must keep its default.
type Settings struct {
	Method       Method
	Lower, Upper []float64                // bounds, nil for none
	Callback     func(m *Minimizer) error // after every iteration; ErrStop stops

	FTol      float64 // L-BFGS-B: relative decrease; Nelder–Mead: spread of values. NaN is the default
	GTol      float64 // gradient methods: largest component of the (projected) gradient. NaN is the default
	XTol      float64 // Nelder–Mead: spread of points; BFGS: relative step. NaN is the default
	FTarget   float64 // stop at or below; default -Inf
	TimeLimit float64 // seconds; default +Inf
	RelStep   float64 // relative step of differences. NaN is the default
	MaxIter   int     // 0 is the method's default
	MaxFev    int     // 0 is the method's default
	History   int     // L-BFGS-B: corrections kept; 0 is the default
	MaxLS     int     // L-BFGS-B: steps of a line search; 0 is the default
	Jac       Jac     // where gradients come from
	Adaptive  bool    // Nelder–Mead: parameters by dimension
}

// NewSettings returns the defaults for a method.
func NewSettings(method Method) *Settings {
	nan := math.NaN()
	return &Settings{Method: method, FTol: nan, GTol: nan, XTol: nan, RelStep: nan, FTarget: math.Inf(-1), TimeLimit: math.Inf(1)}
}

func (s *Settings) c() (o C.scic_minimize_options, err error) {
	err = status.Do(func() int32 { return int32(C.scic_minimize_options_init(&o, C.size_t(unsafe.Sizeof(o)))) })
	o.ftol, o.gtol, o.xtol = C.double(s.FTol), C.double(s.GTol), C.double(s.XTol)
	o.f_target, o.time_limit, o.rel_step = C.double(s.FTarget), C.double(s.TimeLimit), C.double(s.RelStep)
	o.maxiter, o.maxfev = C.int64_t(s.MaxIter), C.int64_t(s.MaxFev)
	o.history, o.maxls = C.int64_t(s.History), C.int64_t(s.MaxLS)
	o.jac = C.scic_jac(s.Jac)
	if s.Adaptive {
		o.adaptive = 1
	}
	return
}
