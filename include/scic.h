/**
 * SciC: scientific computing in C. Everything there is; each header also stands alone.
 *
 * Generated from src/ffi by tools/gen; changes made here are lost.
 */
#ifndef SCIC_H
#define SCIC_H

#include "scic/common.h"
#include "scic/optimize.h"
#include "scic/sparse.h"
#include "scic/spatial.h"

#endif /* SCIC_H */
