// Package status turns the library's statuses into Go errors.
package status

/*
#cgo pkg-config: scic
#include <scic/common.h>
*/
import "C"

import (
	"errors"
	"runtime"
	"unsafe"
)

// Status is a scic_status.
type Status int32

// The statuses of the C header.
const (
	OK                  Status = C.SCIC_OK
	MaxIter             Status = C.SCIC_MAXITER
	StoppedByCallback   Status = C.SCIC_STOPPED_BY_CALLBACK
	IllConditioned      Status = C.SCIC_ILL_CONDITIONED
	Infeasible          Status = C.SCIC_INFEASIBLE
	MaxFev              Status = C.SCIC_MAXFEV
	TimeLimit           Status = C.SCIC_TIME_LIMIT
	PrecisionLoss       Status = C.SCIC_PRECISION_LOSS
	NullPointer         Status = C.SCIC_NULL_POINTER
	InvalidArgument     Status = C.SCIC_INVALID_ARGUMENT
	ShapeMismatch       Status = C.SCIC_SHAPE_MISMATCH
	IndexOutOfRange     Status = C.SCIC_INDEX_OUT_OF_RANGE
	InsufficientSpace   Status = C.SCIC_INSUFFICIENT_SPACE
	Singular            Status = C.SCIC_SINGULAR
	NotPositiveDefinite Status = C.SCIC_NOT_POSITIVE_DEFINITE
	NotConverged        Status = C.SCIC_NOT_CONVERGED
	NotImplemented      Status = C.SCIC_NOT_IMPLEMENTED
	OutOfMemory         Status = C.SCIC_OUT_OF_MEMORY
	CallbackError       Status = C.SCIC_CALLBACK_ERROR
	InvalidState        Status = C.SCIC_INVALID_STATE
	IO                  Status = C.SCIC_IO
	Panic               Status = C.SCIC_PANIC
)

// ErrStop stops a computation from inside a callback.
var ErrStop = errors.New("scic: stop")

// String returns the C name.
func (s Status) String() string { return C.GoString(C.scic_status_name(C.int32_t(s))) }

// Error makes a status an error value to compare with.
func (s Status) Error() string { return s.String() }

// Error is a failed call.
type Error struct {
	Status  Status
	Message string
}

func (e *Error) Error() string { return "scic: " + e.Message + " (" + e.Status.String() + ")" }

// Unwrap makes errors.Is(err, scic.InvalidArgument) true of an error with that status.
func (e *Error) Unwrap() error { return e.Status }

// Do makes one call of the library and fetches the message of its failure. Both happen on one OS thread,
// because the message is kept per thread and goroutines move.
func Do(call func() int32) error {
	_, err := DoStatus(call)
	return err
}

// DoStatus is Do for calls whose positive statuses matter.
func DoStatus(call func() int32) (Status, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	s := Status(call())
	if s >= 0 {
		return s, nil
	}
	return s, &Error{Status: s, Message: lastMessage()}
}

func lastMessage() string {
	var buf [512]C.char
	var needed C.size_t
	if C.scic_last_error_message(&buf[0], C.size_t(len(buf)), &needed) == C.SCIC_OK {
		return C.GoString(&buf[0])
	}
	long := make([]byte, int(needed))
	C.scic_last_error_message((*C.char)(unsafe.Pointer(&long[0])), needed, nil)
	return string(long[:len(long)-1])
}

// LastCallbackCode is what the callback returned that last aborted a call on this thread.
func LastCallbackCode() int32 { return int32(C.scic_last_callback_code()) }
