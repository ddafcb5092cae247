# The installation. Components: runtime (what a program needs to run), devel (what is needed to build one).
include(CMakePackageConfigHelpers)

set(_executable PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
if(WIN32)
  install(FILES "${SCIC_LIB_DIR}/${SCIC_SHARED}" DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime ${_executable})
  install(FILES "${SCIC_LIB_DIR}/${SCIC_IMPLIB}" DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT devel)
else()
  install(FILES "${SCIC_LIB_DIR}/${SCIC_SHARED}" DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime ${_executable})
  install(FILES "${SCIC_LIB_DIR}/${SCIC_SONAME}" DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime)
  install(FILES "${SCIC_LIB_DIR}/${SCIC_LINKNAME}" DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT devel)
endif()
install(FILES "${SCIC_LIB_DIR}/${SCIC_STATIC}" DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT devel)
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT devel FILES_MATCHING PATTERN "*.h")
install(DIRECTORY bindings/cpp/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT devel
  FILES_MATCHING PATTERN "*.hpp")
install(FILES LICENSE-MIT LICENSE-APACHE THIRD-PARTY-NOTICES.md
  DESTINATION ${CMAKE_INSTALL_DATADIR}/licenses/scic COMPONENT runtime)

# The CMake package. install(EXPORT) does not take imported targets, so the package makes its own.
set(_package ${CMAKE_INSTALL_LIBDIR}/cmake/scic)
configure_package_config_file(cmake/scicConfig.cmake.in "${CMAKE_CURRENT_BINARY_DIR}/scicConfig.cmake"
  INSTALL_DESTINATION ${_package}
  PATH_VARS CMAKE_INSTALL_INCLUDEDIR CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_BINDIR)
set(_compatible SameMajorVersion)
if(PROJECT_VERSION_MAJOR EQUAL 0) # every minor version may break
  set(_compatible SameMinorVersion)
endif()
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/scicConfigVersion.cmake"
  VERSION ${PROJECT_VERSION} COMPATIBILITY ${_compatible})
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/scicConfig.cmake"
  "${CMAKE_CURRENT_BINARY_DIR}/scicConfigVersion.cmake" cmake/scicTargets.cmake
  DESTINATION ${_package} COMPONENT devel)

# pkg-config: the prefix is found from the file's own place, so the tree can be moved, and a --prefix given
# at install time holds.
set(SCIC_PC_PREFIX "${CMAKE_INSTALL_PREFIX}")
set(SCIC_PC_LIBDIR "${CMAKE_INSTALL_LIBDIR}")
set(SCIC_PC_INCLUDEDIR "${CMAKE_INSTALL_INCLUDEDIR}")
if(NOT IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
  file(RELATIVE_PATH _up "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
  string(REGEX REPLACE "/$" "" _up "${_up}")
  set(SCIC_PC_PREFIX "\${pcfiledir}/${_up}")
  set(SCIC_PC_LIBDIR "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
endif()
if(NOT IS_ABSOLUTE "${CMAKE_INSTALL_INCLUDEDIR}")
  set(SCIC_PC_INCLUDEDIR "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
endif()
list(JOIN SCIC_NATIVE_LIBS " " SCIC_PC_LIBS_PRIVATE)
configure_file(cmake/scic.pc.in "${CMAKE_CURRENT_BINARY_DIR}/scic.pc" @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/scic.pc" DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT devel)
