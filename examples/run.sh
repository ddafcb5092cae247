#!/bin/bash
# The main job on real data: the demo in C, C++, Julia and Go against the package in build/prefix, which is found
# as a user's program finds it. The C program's output is shown; the others must print the same.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
prefix=${SCIC_PREFIX:-$root/build/prefix}
work=$root/build/examples
data=$here/data
mkdir -p "$work"
status=0

build() {
  cmake -S "$here" -B "$work/cmake" -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$prefix" &&
    cmake --build "$work/cmake"
}
build >"$work/build.log" 2>&1 || { tail -30 "$work/build.log"; exit 1; }

same() { # same LANGUAGE COMMAND…: runs the program and compares what it prints with the C program's output
  local name=$1; shift
  if ! "$@" >"$work/$name.out" 2>"$work/$name.err"; then
    echo "demo: the $name program failed:"; tail -20 "$work/$name.err"; status=1; return
  fi
  if diff <(grep -v '^#' "$work/c.out") <(grep -v '^#' "$work/$name.out"); then
    echo "demo: $name prints the same"
  else
    echo "demo: $name prints something else"; status=1
  fi
}

"$work/cmake/jargon_c" "$data" | tee "$work/c.out"
[ "${PIPESTATUS[0]}" -eq 0 ] || exit 1
echo
same c++ "$work/cmake/jargon_cpp" "$data"
if command -v julia >/dev/null 2>&1; then
  same julia env SCIC_LIBRARY="$prefix/lib/libscic.so.0.1" julia --startup-file=no \
    --project="$root/bindings/julia/SciC" "$here/julia/jargon.jl" "$data"
else
  echo "demo: julia is missing, its program is left out"
fi
if command -v go >/dev/null 2>&1; then
  export PKG_CONFIG_PATH=$prefix/lib/pkgconfig CGO_LDFLAGS="-Wl,-rpath,$prefix/lib"
  # Go's build cache does not see that the library has changed; a flag makes it look
  export CGO_CFLAGS="-O2 -g -DSCIC_BUILD=$(cat "$prefix"/lib/libscic.so "$prefix"/include/scic/*.h | cksum | cut -d' ' -f1)"
  same go sh -c "cd '$here/go' && go build -o '$work/jargon_go' . && '$work/jargon_go' '$data'"
else
  echo "demo: go is missing, its program is left out"
fi
exit $status
