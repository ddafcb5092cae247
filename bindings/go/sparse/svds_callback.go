package sparse

/*
#include <stdint.h>
#include <scic/sparse.h>
*/
import "C"

import "scic/internal/handle"

//export scicGoSvdsProgress
func scicGoSvdsProgress(p *C.scic_svds_progress, token C.uintptr_t) (code C.int32_t) {
	c := handle.From[func(SVDsProgress) error](uintptr(token))
	done := false
	defer c.Caught(&done, (*int32)(&code))
	answer := c.Code(c.Functions(SVDsProgress{Restart: int(p.restart), Converged: int(p.converged), K: int(p.k),
		Residual: float64(p.residual), Matvecs: int(p.matvecs)}))
	done = true
	return C.int32_t(answer)
}
