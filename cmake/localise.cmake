# localise(ARCHIVE SHARED OUTPUT): a static library whose only global symbols are those that the shared
# one exports.
#
# rustc's archive is 20 MB with thousands of global symbols, the standard library's among them, which can
# clash with another Rust library in the same program. Here everything that the exports reach is linked
# into one object (ld -r), and all other symbols become local to it. Needs only GNU binutils; where they
# fail, the archive is taken as it is, with a warning.
function(localise ARCHIVE SHARED OUTPUT)
  get_filename_component(_dir "${OUTPUT}" DIRECTORY)
  set(_w "${_dir}/localise")
  file(REMOVE_RECURSE "${_w}")
  file(MAKE_DIRECTORY "${_w}")

  execute_process(COMMAND "${NM}" -D --defined-only --format=posix "${SHARED}"
    OUTPUT_VARIABLE _nm RESULT_VARIABLE _failed)
  string(REGEX MATCHALL "scic_[A-Za-z0-9_]+ " _exports "${_nm}")
  if(_failed OR NOT _exports)
    set(_failed "no exports were found in ${SHARED}")
  else()
    # Roots of the garbage collection, in a response file: there are many.
    list(TRANSFORM _exports PREPEND "-u ")
    list(JOIN _exports "\n" _text)
    file(WRITE "${_w}/roots" "${_text}\n")
    # COMDAT groups are dissolved: once their symbols are local, a linker must not drop ours in favour of
    # another library's of the same name.
    execute_process(
      COMMAND "${LD}" -r --gc-sections --force-group-allocation "@${_w}/roots" -o "${_w}/all.o" "${ARCHIVE}"
      ERROR_VARIABLE _error RESULT_VARIABLE _failed)
  endif()
  if(NOT _failed)
    # Unneeded are above all the undefined symbols of code that was collected: weak ones of libc would come
    # out strong, and fail to link. LLVM bitcode, which the standard library brings, upsets ar.
    execute_process(
      COMMAND "${OBJCOPY}" -R .llvmbc -R .llvmcmd --strip-debug --strip-unneeded
        --wildcard "--keep-global-symbol=scic_*"
        "${_w}/all.o" "${_w}/scic.o"
      ERROR_VARIABLE _error RESULT_VARIABLE _failed)
  endif()
  if(NOT _failed)
    execute_process(COMMAND "${AR}" rcsD "${_w}/libscic.a" "${_w}/scic.o"
      ERROR_VARIABLE _error RESULT_VARIABLE _failed)
  endif()
  if(_failed)
    message(WARNING "scic: the static library keeps all of its symbols global: ${_failed} ${_error}")
    file(COPY_FILE "${ARCHIVE}" "${OUTPUT}")
  else()
    file(RENAME "${_w}/libscic.a" "${OUTPUT}")
  endif()
  file(REMOVE_RECURSE "${_w}")
endfunction()
