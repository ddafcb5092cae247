package scic

import "scic/internal/status"

// Status says what became of a call. Negative statuses are errors: errors.Is(err, scic.ShapeMismatch).
// Positive ones come with a usable result and stand in the result's Status field.
type Status = status.Status

// Error is an error of the library: a status and one line that names the argument and its value.
type Error = status.Error

// The statuses; see the C header for their meaning.
const (
	OK                  = status.OK
	MaxIter             = status.MaxIter
	StoppedByCallback   = status.StoppedByCallback
	IllConditioned      = status.IllConditioned
	Infeasible          = status.Infeasible
	MaxFev              = status.MaxFev
	TimeLimit           = status.TimeLimit
	PrecisionLoss       = status.PrecisionLoss
	NullPointer         = status.NullPointer
	InvalidArgument     = status.InvalidArgument
	ShapeMismatch       = status.ShapeMismatch
	IndexOutOfRange     = status.IndexOutOfRange
	InsufficientSpace   = status.InsufficientSpace
	Singular            = status.Singular
	NotPositiveDefinite = status.NotPositiveDefinite
	NotConverged        = status.NotConverged
	NotImplemented      = status.NotImplemented
	OutOfMemory         = status.OutOfMemory
	CallbackError       = status.CallbackError
	InvalidState        = status.InvalidState
	IO                  = status.IO
	Panic               = status.Panic
)

// ErrStop is what a callback returns to stop a computation with its best result so far: the outer call
// succeeds, with the status [StoppedByCallback]. Any other error aborts the outer call, which returns it.
var ErrStop = status.ErrStop
