// Package handle carries Go functions through C's void* and frees C objects with their Go owners.
package handle

/*
#cgo pkg-config: scic
#include <scic/common.h>
*/
import "C"

import (
	"errors"
	"runtime/cgo"

	"scic/internal/status"
)

// What a callback answers to C.
const (
	Continue = C.SCIC_CB_CONTINUE
	Stop     = C.SCIC_CB_STOP
	Reject   = C.SCIC_CB_REJECT
	Abort    = -1
)

// ErrReject is returned by an objective outside whose domain the point is.
var ErrReject = errors.New("scic: the point is outside the function's domain")

// ErrGoexit is what the outer call panics with after a callback called runtime.Goexit.
var ErrGoexit = errors.New("scic: runtime.Goexit was called in a callback")

// Callbacks are the functions of one call, and what became of them. C sees only an integer.
type Callbacks[F any] struct {
	Functions F
	panicked  any
	failed    error
	self      cgo.Handle
}

// New registers the functions of a call. Release them after it.
func New[F any](functions F) *Callbacks[F] {
	c := &Callbacks[F]{Functions: functions}
	c.self = cgo.NewHandle(c)
	return c
}

// From finds the callbacks again inside an exported function.
func From[F any](token uintptr) *Callbacks[F] { return cgo.Handle(token).Value().(*Callbacks[F]) }

// Token is what travels through C.
func (c *Callbacks[F]) Token() uintptr { return uintptr(c.self) }

// Release forgets the functions.
func (c *Callbacks[F]) Release() { c.self.Delete() }

// Caught must be deferred by an exported function before it calls user code: nothing may unwind through C.
// done says whether the user's function returned.
func (c *Callbacks[F]) Caught(done *bool, code *int32) {
	if *done {
		return
	}
	if p := recover(); p != nil {
		c.panicked = p
	} else {
		c.panicked = ErrGoexit
	}
	*code = Abort
}

// Code turns the user's answer into C's.
func (c *Callbacks[F]) Code(err error) int32 {
	switch {
	case err == nil:
		return Continue
	case errors.Is(err, status.ErrStop):
		return Stop
	case errors.Is(err, ErrReject):
		return Reject
	}
	c.failed = err
	return Abort
}

// Outcome lets a panic or an error of the user's out as itself; any other failure stays as it is.
func (c *Callbacks[F]) Outcome(err error) error {
	if c.panicked != nil {
		panic(c.panicked)
	}
	if c.failed != nil {
		return c.failed
	}
	return err
}
