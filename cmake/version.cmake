# The version stands in Cargo.toml, and nowhere else.
set(_manifest "${CMAKE_CURRENT_LIST_DIR}/../Cargo.toml")
file(STRINGS "${_manifest}" _line REGEX "^version *=" LIMIT_COUNT 1)
if(NOT _line MATCHES "^version *= *\"([0-9]+\\.[0-9]+\\.[0-9]+)")
  message(FATAL_ERROR "scic: no version in ${_manifest}")
endif()
set(SCIC_VERSION ${CMAKE_MATCH_1})
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${_manifest}")
