# What the files are called. CARGO_* is what cargo makes, SCIC_* what is built and installed.
# Only Linux has been tried; macOS and Windows follow what rustc and the platforms' linkers do.
#
#             shared                  its soname          for the linker       static
#   ELF       libscic.so.0.1.0        libscic.so.0.1      libscic.so           libscic.a
#   macOS     libscic.0.1.0.dylib     libscic.0.1.dylib   libscic.dylib        libscic.a
#   MSVC      scic.dll                                    scic.dll.lib         scic.lib
#   MinGW     scic.dll                                    libscic.dll.a        libscic.a
#
# Before 1.0 every minor version may break the ABI, so it is part of the soname (set by build.rs).
set(_abi ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
set(SCIC_STATIC libscic.a)
unset(SCIC_IMPLIB)
unset(SCIC_SONAME)
unset(SCIC_LINKNAME)
if(WIN32)
  set(CARGO_SHARED scic.dll)
  set(SCIC_SHARED scic.dll)
  if(MSVC)
    # scic.lib is the static library, as rustc names it
    set(SCIC_STATIC scic.lib)
    set(SCIC_IMPLIB scic.dll.lib)
  else()
    set(SCIC_IMPLIB libscic.dll.a)
  endif()
elseif(APPLE)
  set(CARGO_SHARED libscic.dylib)
  set(SCIC_SHARED libscic.${PROJECT_VERSION}.dylib)
  set(SCIC_SONAME libscic.${_abi}.dylib)
  set(SCIC_LINKNAME libscic.dylib)
else()
  set(CARGO_SHARED libscic.so)
  set(SCIC_SHARED libscic.so.${PROJECT_VERSION})
  set(SCIC_SONAME libscic.so.${_abi})
  set(SCIC_LINKNAME libscic.so)
endif()
