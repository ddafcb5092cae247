package handle

import (
	"runtime"
	"sync/atomic"
	"unsafe"
)

// Handle owns a C object.
type Handle struct {
	p       atomic.Pointer[byte]
	free    func(unsafe.Pointer)
	cleanup runtime.Cleanup
}

// Own frees p when owner, which holds the handle, is closed or collected.
func Own[T any](owner *T, h *Handle, p unsafe.Pointer, free func(unsafe.Pointer)) {
	h.p.Store((*byte)(p))
	h.free = free
	h.cleanup = runtime.AddCleanup(owner, func(p unsafe.Pointer) { free(p) }, p)
}

// Ptr is the C object, nil when closed.
func (h *Handle) Ptr() unsafe.Pointer { return unsafe.Pointer(h.p.Load()) }

// Close frees the C object once.
func (h *Handle) Close() {
	if p := h.p.Swap(nil); p != nil {
		h.cleanup.Stop()
		h.free(unsafe.Pointer(p))
	}
}
