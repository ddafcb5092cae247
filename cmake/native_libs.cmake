# SCIC_NATIVE_LIBS: the system libraries that a static link of a Rust library needs. rustc knows them for
# its target; it is asked with an empty crate.
find_program(CARGO_EXECUTABLE cargo REQUIRED HINTS "$ENV{CARGO_HOME}/bin" "$ENV{HOME}/.cargo/bin")
find_program(RUSTC_EXECUTABLE rustc REQUIRED HINTS "$ENV{CARGO_HOME}/bin" "$ENV{HOME}/.cargo/bin")

set(_probe "${CMAKE_CURRENT_BINARY_DIR}/probe")
file(WRITE "${_probe}/empty.rs" "")
set(_args --crate-name scic_probe --crate-type staticlib --print native-static-libs
  --out-dir "${_probe}" "${_probe}/empty.rs")
if(SCIC_CARGO_TARGET)
  list(PREPEND _args --target ${SCIC_CARGO_TARGET})
endif()
execute_process(COMMAND "${RUSTC_EXECUTABLE}" ${_args}
  OUTPUT_VARIABLE _out ERROR_VARIABLE _out COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCH "native-static-libs: ([^\r\n]*)" _ "${_out}")
separate_arguments(SCIC_NATIVE_LIBS NATIVE_COMMAND "${CMAKE_MATCH_1}")
list(REMOVE_ITEM SCIC_NATIVE_LIBS -lc)
list(FILTER SCIC_NATIVE_LIBS EXCLUDE REGEX "^/defaultlib:") # the C compiler's own choice
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  # gcc and clang bring the unwinder themselves: libgcc_s, or libgcc_eh in a fully static link, which an
  # explicit -lgcc_s would break.
  list(REMOVE_ITEM SCIC_NATIVE_LIBS -lgcc_s)
endif()
