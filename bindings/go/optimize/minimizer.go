package optimize

/*
#cgo pkg-config: scic
#include "optimize.h"
*/
import "C"

import (
	"fmt"
	"math"
	"runtime"
	"unsafe"

	"scic"
	"scic/internal/handle"
	"scic/internal/status"
)

// Minimizer is a minimisation in progress, driven by Run or stepped by Ask and Tell. One goroutine at a time may
// use it; using it from inside its own objective answers InvalidState, but for Info, Best and Iterate.
type Minimizer struct {
	h handle.Handle
	n int
}

// Info is how far a minimisation has come.
type Info struct {
	F               float64 // value at the best point
	GradientNorm    float64 // largest component of the (projected) gradient; NaN for Nelder–Mead
	Step            float64 // largest component of the last step
	NIt, NFev, NJev int
	Status          scic.Status
	Stop            Stop
}

// Stop says why a minimisation ended.
type Stop int32

// The reasons.
const (
	Running           Stop = C.SCIC_STOP_RUNNING
	StopGTol          Stop = C.SCIC_STOP_GTOL
	StopFTol          Stop = C.SCIC_STOP_FTOL
	StopXTol          Stop = C.SCIC_STOP_XTOL
	StopTarget        Stop = C.SCIC_STOP_TARGET
	StopMaxIter       Stop = C.SCIC_STOP_MAXITER
	StopMaxFev        Stop = C.SCIC_STOP_MAXFEV
	StopTimeLimit     Stop = C.SCIC_STOP_TIME_LIMIT
	StopCallback      Stop = C.SCIC_STOP_CALLBACK
	StopCallbackError Stop = C.SCIC_STOP_CALLBACK_ERROR
	StopPrecisionLoss Stop = C.SCIC_STOP_PRECISION_LOSS
	StopRejected      Stop = C.SCIC_STOP_REJECTED
)

// String explains the reason in a sentence.
func (s Stop) String() string { return C.GoString(C.scic_stop_name(C.int32_t(s))) }

func (m *Minimizer) c() *C.scic_minimizer { return (*C.scic_minimizer)(m.h.Ptr()) }

// NewMinimizer begins a minimisation from x0. s may be nil: L-BFGS-B with gradients.
func NewMinimizer(x0 []float64, s *Settings) (*Minimizer, error) {
	if s == nil {
		s = NewSettings(LBFGSB)
	}
	for name, b := range map[string][]float64{"lower": s.Lower, "upper": s.Upper} {
		if b != nil && len(b) != len(x0) {
			return nil, &scic.Error{Status: scic.ShapeMismatch, Message: fmt.Sprintf("%s has %d elements, expected %d", name, len(b), len(x0))}
		}
	}
	o, err := s.c()
	if err != nil {
		return nil, err
	}
	var out *C.scic_minimizer
	err = status.Do(func() int32 {
		return int32(C.scic_minimizer_new(C.scic_minimize_method(s.Method), doubles(x0), C.size_t(len(x0)), doubles(s.Lower), doubles(s.Upper), &o, &out))
	})
	if err != nil {
		return nil, err
	}
	m := &Minimizer{n: len(x0)}
	handle.Own(m, &m.h, unsafe.Pointer(out), func(p unsafe.Pointer) { C.scic_minimizer_free((*C.scic_minimizer)(p)) })
	return m, nil
}

// Close frees the minimizer. It may be called twice.
func (m *Minimizer) Close() { m.h.Close() }

type functions struct {
	objective Objective
	callback  func(*Minimizer) error
	m         *Minimizer
}

// Run drives the minimisation to its end; callback may be nil. See Minimize.
func (m *Minimizer) Run(f Objective, callback func(*Minimizer) error) (scic.Status, error) {
	c := handle.New(functions{f, callback, m})
	defer c.Release()
	with := C.int(0)
	if callback != nil {
		with = 1
	}
	s, err := status.DoStatus(func() int32 { return int32(C.scic_go_minimizer_run(m.c(), with, C.uintptr_t(c.Token()))) })
	runtime.KeepAlive(m)
	return s, c.Outcome(err)
}

// Ask is a request for evaluations. Its slices belong to the minimizer and are valid until the next Tell.
type Ask struct {
	Done      bool // nothing to evaluate any more
	Points, N int
	X         []float64 // Points × N, row after row
	F         []float64 // write a value for each point
	Grad      []float64 // write a gradient for each point; nil where none is wanted
}

// Ask says where the function is wanted. It may be called again before Tell, with the same answer.
func (m *Minimizer) Ask() (Ask, error) {
	a := C.scic_ask{struct_size: C.size_t(unsafe.Sizeof(C.scic_ask{}))}
	if err := status.Do(func() int32 { return int32(C.scic_minimizer_ask(m.c(), &a)) }); err != nil {
		return Ask{}, err
	}
	runtime.KeepAlive(m)
	if a.turn == C.SCIC_TURN_DONE {
		return Ask{Done: true}, nil
	}
	p, n := int(a.n_points), int(a.n)
	r := Ask{Points: p, N: n, X: unsafe.Slice((*float64)(a.x), p*n), F: unsafe.Slice((*float64)(a.f), p)}
	if a.grad != nil {
		r.Grad = unsafe.Slice((*float64)(a.grad), p*n)
	}
	return r, nil
}

// Turn says what comes after a Tell.
type Turn int32

// The turns.
const (
	Eval    Turn = C.SCIC_TURN_EVAL    // ask for more evaluations
	Iterate Turn = C.SCIC_TURN_ITERATE // an iteration has ended: look at Info, then ask
	Done    Turn = C.SCIC_TURN_DONE    // look at Result
)

// Tell says that the answers are in place. answer may be nil, scic.ErrStop, ErrReject (a point is outside the
// domain) or any other error, which aborts.
func (m *Minimizer) Tell(answer error) (Turn, error) {
	var turn C.scic_turn
	code := (&handle.Callbacks[struct{}]{}).Code(answer)
	err := status.Do(func() int32 { return int32(C.scic_minimizer_tell(m.c(), C.int32_t(code), &turn)) })
	runtime.KeepAlive(m)
	return Turn(turn), err
}

// Info returns how far the minimisation has come.
func (m *Minimizer) Info() (Info, error) {
	i := C.scic_minimize_info{struct_size: C.size_t(unsafe.Sizeof(C.scic_minimize_info{}))}
	err := status.Do(func() int32 { return int32(C.scic_minimizer_info(m.c(), &i)) })
	runtime.KeepAlive(m)
	return Info{F: float64(i.f), GradientNorm: float64(i.gradient_norm), Step: float64(i.step), NIt: int(i.nit),
		NFev: int(i.nfev), NJev: int(i.njev), Status: scic.Status(i.status), Stop: Stop(i.stop)}, err
}

// Best returns the best point so far and its value.
func (m *Minimizer) Best() ([]float64, float64, error) {
	x, f := make([]float64, m.n), C.double(math.NaN())
	err := status.Do(func() int32 { return int32(C.scic_minimizer_best(m.c(), doubles(x), C.size_t(m.n), &f)) })
	runtime.KeepAlive(m)
	return x, float64(f), err
}

// Iterate returns the current iterate and its value.
func (m *Minimizer) Iterate() ([]float64, float64, error) {
	x, f := make([]float64, m.n), C.double(math.NaN())
	err := status.Do(func() int32 { return int32(C.scic_minimizer_iterate(m.c(), doubles(x), C.size_t(m.n), &f)) })
	runtime.KeepAlive(m)
	return x, float64(f), err
}

// Result returns the best point with its value and what became of the minimisation.
func (m *Minimizer) Result() (*Result, error) {
	x, f, err := m.Best()
	if err != nil {
		return nil, err
	}
	info, err := m.Info()
	return &Result{X: x, F: f, Info: info}, err
}

func doubles(x []float64) *C.double { return (*C.double)(unsafe.SliceData(x)) }
