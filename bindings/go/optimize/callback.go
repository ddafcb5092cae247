package optimize

/*
#include <stdint.h>
#include <scic/optimize.h>
*/
import "C"

import (
	"unsafe"

	"scic/internal/handle"
)

//export scicGoObjective
func scicGoObjective(x *C.double, n C.size_t, f, grad *C.double, token C.uintptr_t) (code C.int32_t) {
	c := handle.From[functions](uintptr(token))
	done := false
	defer c.Caught(&done, (*int32)(&code))
	var g []float64
	if grad != nil {
		g = unsafe.Slice((*float64)(grad), int(n))
	}
	value, err := c.Functions.objective(unsafe.Slice((*float64)(x), int(n)), g)
	*f = C.double(value)
	done = true
	if err == nil {
		return handle.Continue
	}
	return C.int32_t(c.Code(err))
}

//export scicGoMinimizeCallback
func scicGoMinimizeCallback(token C.uintptr_t) (code C.int32_t) {
	c := handle.From[functions](uintptr(token))
	done := false
	defer c.Caught(&done, (*int32)(&code))
	err := c.Functions.callback(c.Functions.m)
	done = true
	return C.int32_t(c.Code(err))
}
