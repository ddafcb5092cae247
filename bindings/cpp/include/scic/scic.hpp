/// \file
/// The C++ binding of SciC: everything but the bridge to Eigen, which is <scic/eigen.hpp>.
///
/// Header-only, C++17; link against the library (CMake target scic::cpp, pkg-config scic). Each header may be
/// included by itself.
#ifndef SCIC_SCIC_HPP
#define SCIC_SCIC_HPP

#include <scic/callback.hpp>
#include <scic/common.hpp>
#include <scic/error.hpp>
#include <scic/kdtree.hpp>
#include <scic/matrix.hpp>
#include <scic/minimize.hpp>
#include <scic/minimizer.hpp>
#include <scic/objective.hpp>
#include <scic/span.hpp>
#include <scic/sparse.hpp>
#include <scic/sparse_view.hpp>
#include <scic/svds.hpp>
#include <scic/view.hpp>

#endif
