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
	done, abort := false, int32(0)
	defer func() {
		if !done {
			code = C.int32_t(abort)
		}
	}()
	defer c.Caught(&done, &abort)
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
	done, abort := false, int32(0)
	defer func() {
		if !done {
			code = C.int32_t(abort)
		}
	}()
	defer c.Caught(&done, &abort)
	err := c.Functions.callback(c.Functions.m)
	done = true
	return C.int32_t(c.Code(err))
}
