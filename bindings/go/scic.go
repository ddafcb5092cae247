// Package scic is the Go binding of SciC: SciPy's functionality as one C library.
//
// Sub-packages follow the library's modules: [scic/sparse] (sparse matrices, truncated SVD),
// [scic/spatial] (KD-trees) and [scic/optimize] (minimisation). This package holds what they share:
// errors, dense matrices, the thread budget and the version.
//
// Linking: the packages ask pkg-config for "scic".
//
// Handles (a sparse.Matrix, a spatial.KDTree, an optimize.Minimizer) are freed by Close, or by the
// garbage collector when nothing refers to them any more. A closed handle answers [NullPointer].
// Functions of the caller are called on the goroutine that called in; a panic in one comes out of the
// outer call as itself. A callback must not call runtime.Goexit (as testing's FailNow does).
package scic

/*
#cgo pkg-config: scic
#include <scic/common.h>
*/
import "C"

import (
	"fmt"

	"scic/internal/status"
)

func init() {
	if got := int(C.scic_abi_version()); got != C.SCIC_ABI_VERSION {
		panic(fmt.Sprintf("scic: the loaded library has ABI version %d, this program was built for %d", got, C.SCIC_ABI_VERSION))
	}
}

// Version returns the version of the loaded library, for example "0.1.0".
func Version() string { return C.GoString(C.scic_version()) }

// SetNumThreads sets how many threads a call may use, 1 to 1024, for the whole process. The budget is 1 at
// first, or what the environment variable SCIC_NUM_THREADS says. Results do not depend on it.
func SetNumThreads(n int) error {
	if n < 0 {
		n = 0 // refused by the library
	}
	return status.Do(func() int32 { return int32(C.scic_set_num_threads(C.size_t(n))) })
}

// NumThreads returns how many threads a call may use.
func NumThreads() int { return int(C.scic_num_threads()) }

// CheckPanicContainment raises an internal error in the library on purpose. The answer is always an error;
// it is [Panic] where defects of the library are contained in this process, as they should be.
func CheckPanicContainment() error {
	return status.Do(func() int32 { return int32(C.scic_check_panic_containment()) })
}
