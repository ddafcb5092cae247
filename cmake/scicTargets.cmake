# scic::scic (shared), scic::static and scic::cpp (C++17, header-only, over scic::scic): one description for
# the build tree and for the installed package, which set:
#   _scic_libdir, _scic_bindir             where the libraries (Windows: the DLL) are
#   _scic_include, _scic_cpp_include       where <scic.h> and <scic/*.hpp> are
#   _scic_shared, _scic_implib, _scic_static   file names
#   _scic_soname                           as it stands in the shared library
#   _scic_native_libs                      what a static link needs besides
#   _scic_scope                            GLOBAL, or empty
# A component whose files are not there gets no target.

if(EXISTS "${_scic_libdir}/${_scic_shared}" OR EXISTS "${_scic_bindir}/${_scic_shared}" OR _scic_scope)
  add_library(scic::scic SHARED IMPORTED ${_scic_scope})
  set_target_properties(scic::scic PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${_scic_include}")
  if(_scic_implib)
    set_target_properties(scic::scic PROPERTIES
      IMPORTED_LOCATION "${_scic_bindir}/${_scic_shared}" IMPORTED_IMPLIB "${_scic_libdir}/${_scic_implib}")
  else()
    set_target_properties(scic::scic PROPERTIES
      IMPORTED_LOCATION "${_scic_libdir}/${_scic_shared}" IMPORTED_SONAME "${_scic_soname}")
  endif()
endif()

if(EXISTS "${_scic_libdir}/${_scic_static}" OR _scic_scope)
  add_library(scic::static STATIC IMPORTED ${_scic_scope})
  set_target_properties(scic::static PROPERTIES
    IMPORTED_LOCATION "${_scic_libdir}/${_scic_static}"
    INTERFACE_INCLUDE_DIRECTORIES "${_scic_include}"
    INTERFACE_LINK_LIBRARIES "${_scic_native_libs}")
endif()

if(TARGET scic::scic)
  add_library(scic::cpp INTERFACE IMPORTED ${_scic_scope})
  set_target_properties(scic::cpp PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${_scic_cpp_include}"
    INTERFACE_LINK_LIBRARIES scic::scic
    INTERFACE_COMPILE_FEATURES cxx_std_17)
endif()
