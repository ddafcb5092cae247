# The target scic_build: runs cargo and puts the libraries, as they will be installed, into lib/ of the
# build tree (SCIC_LIB_DIR).
set(SCIC_LIB_DIR "${CMAKE_CURRENT_BINARY_DIR}/lib")

set(_cargo_out "${SCIC_CARGO_TARGET_DIR}")
set(_args build --lib --manifest-path "${CMAKE_CURRENT_SOURCE_DIR}/Cargo.toml"
  --profile ${SCIC_CARGO_PROFILE} --target-dir "${SCIC_CARGO_TARGET_DIR}" ${SCIC_CARGO_FLAGS})
if(SCIC_CARGO_TARGET)
  list(APPEND _args --target ${SCIC_CARGO_TARGET})
  string(APPEND _cargo_out "/${SCIC_CARGO_TARGET}")
endif()
if(SCIC_CARGO_PROFILE STREQUAL "dev") # the one profile whose folder is not called after it
  string(APPEND _cargo_out "/debug")
else()
  string(APPEND _cargo_out "/${SCIC_CARGO_PROFILE}")
endif()

set(_made "${SCIC_LIB_DIR}/${SCIC_SHARED}" "${SCIC_LIB_DIR}/${SCIC_STATIC}")
foreach(_name ${SCIC_SONAME} ${SCIC_LINKNAME} ${SCIC_IMPLIB})
  list(APPEND _made "${SCIC_LIB_DIR}/${_name}")
endforeach()

# A subproject builds the library only for those who link to it.
set(_all)
if(PROJECT_IS_TOP_LEVEL OR SCIC_INSTALL)
  set(_all ALL)
endif()
# cargo tracks its own inputs: it is run at every build and does nothing when nothing changed. The
# byproducts are what lets Ninja link to files that it did not make.
add_custom_target(scic_build ${_all}
  COMMAND "${CARGO_EXECUTABLE}" ${_args}
  COMMAND "${CMAKE_COMMAND}"
    -D "FROM=${_cargo_out}" -D "CARGO_SHARED=${CARGO_SHARED}" -D "TO=${SCIC_LIB_DIR}"
    -D "SHARED=${SCIC_SHARED}" -D "SONAME=${SCIC_SONAME}" -D "LINKNAME=${SCIC_LINKNAME}"
    -D "IMPLIB=${SCIC_IMPLIB}" -D "STATIC=${SCIC_STATIC}"
    -D "SYSTEM=${CMAKE_SYSTEM_NAME}" -D "LD=${CMAKE_LINKER}" -D "NM=${CMAKE_NM}"
    -D "OBJCOPY=${CMAKE_OBJCOPY}" -D "AR=${CMAKE_AR}"
    -P "${CMAKE_CURRENT_LIST_DIR}/stage.cmake"
  BYPRODUCTS ${_made}
  WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" # rust-toolchain.toml and .cargo/config.toml are found from here
  USES_TERMINAL VERBATIM
  COMMENT "cargo build (${SCIC_CARGO_PROFILE})")
