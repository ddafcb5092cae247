#!/bin/bash
# The Julia binding: Pkg.test() on two threads, without network.
set -u
cd "$(dirname "$0")/../.." || exit
. tools/deps/lib.sh
tools/deps/install-julia.sh --check || { echo "skipped: julia missing"; exit 77; }
abi=$(sed -n 's/^version *= *"\([0-9]*\.[0-9]*\).*/\1/p' Cargo.toml | head -n1)
export SCIC_LIBRARY=$PWD/build/lib/libscic.so.$abi SCIC_VECTORS_DIR=$PWD/ctests/vectors
export JULIA_NUM_THREADS=2 JULIA_PKG_SERVER="" JULIA_DEPOT_PATH=$PWD/build/julia-depot:
tools/deps/julia-depot.sh build/julia-depot
# Julia 1.5's Pkg does not start without a download program, though nothing is downloaded here.
if ! have curl && ! have wget; then
  mkdir -p build/no-download
  printf '#!/bin/sh\n[ "$1" = --help ]\n' > build/no-download/curl
  chmod +x build/no-download/curl
  PATH=$PWD/build/no-download:$PATH
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
julia --startup-file=no --color=no --project=bindings/julia/SciC \
  -e 'using Pkg; Pkg.offline(true); Pkg.test()' > "$log" 2>&1
status=$?
cat "$log"
# Test Summary: | Pass  Fail  Total      the columns are those that have something
# everything    |   40     1     41      the first row is the sum of the rest
awk -F'|' '
  /^Test Summary: *\|/ { n = split($2, column, " "); head = 1; next }
  head {
    head = 0
    split($2, value, " ")
    for (i = 1; i <= n; i++) {
      if (column[i] == "Pass") p += value[i]
      if (column[i] == "Fail" || column[i] == "Error") f += value[i]
      if (column[i] == "Broken") s += value[i]
    }
  }
  END { printf "%d passed, %d failed, %d skipped\n", p, f, s }' "$log"
exit $status
