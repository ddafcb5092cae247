# cmake -P: puts cargo's libraries into the build tree under the names they are installed by.
# FROM, CARGO_SHARED: what cargo made. TO, SHARED, SONAME, LINKNAME, IMPLIB, STATIC: what is wanted.
# SYSTEM, LD, NM, OBJCOPY, AR: for localise.cmake. Files that did not change keep their time stamps.
cmake_minimum_required(VERSION 3.22)
include("${CMAKE_CURRENT_LIST_DIR}/localise.cmake")

file(MAKE_DIRECTORY "${TO}")
file(COPY_FILE "${FROM}/${CARGO_SHARED}" "${TO}/${SHARED}" ONLY_IF_DIFFERENT)
set(_target "${SHARED}")
foreach(_link IN ITEMS "${SONAME}" "${LINKNAME}")
  if(_link)
    set(_is)
    if(IS_SYMLINK "${TO}/${_link}")
      file(READ_SYMLINK "${TO}/${_link}" _is)
    endif()
    if(NOT _is STREQUAL _target) # a link that is right stays: programs may be running
      file(CREATE_LINK "${_target}" "${TO}/${_link}" SYMBOLIC)
    endif()
    set(_target "${_link}")
  endif()
endforeach()
if(IMPLIB)
  file(COPY_FILE "${FROM}/${IMPLIB}" "${TO}/${IMPLIB}" ONLY_IF_DIFFERENT)
endif()

if(NOT SYSTEM STREQUAL "Linux")
  file(COPY_FILE "${FROM}/${STATIC}" "${TO}/${STATIC}" ONLY_IF_DIFFERENT)
elseif("${FROM}/${STATIC}" IS_NEWER_THAN "${TO}/${STATIC}" # or there is none
    OR "${CMAKE_CURRENT_LIST_DIR}/localise.cmake" IS_NEWER_THAN "${TO}/${STATIC}")
  localise("${FROM}/${STATIC}" "${TO}/${SHARED}" "${TO}/${STATIC}")
endif()
