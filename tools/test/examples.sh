#!/bin/bash
# The examples against build/prefix: the README's program in four languages, as the README shows it, and the demo.
set -u
cd "$(dirname "$0")/../.." || exit
. tools/deps/lib.sh
. tools/test/checks.sh
prefix=$PWD/build/prefix
work=$PWD/build/examples
mkdir -p "$work"
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
read -ra flags <<< "-I$prefix/include -L$prefix/lib -Wl,-rpath,$prefix/lib -lscic"

shown() { # shown FILE: the README has it, line for line
  awk 'NR == FNR { want[++n] = $0; next } { have[FNR] = $0; m = FNR }
    END { for (i = 1; i + n - 1 <= m; i++) { for (j = 1; j <= n && have[i + j - 1] == want[j]; j++); if (j > n) exit 0 } exit 1 }' "$1" README.md
}
for program in examples/hello/hello.c examples/hello/hello.cpp examples/hello/hello.jl examples/go/hello/hello.go; do
  check "README shows $program" shown "$program"
done

prints() { # prints LANGUAGE COMMAND...: what the README says that it prints
  local language=$1 line
  shift
  "$@" > "$work/hello.$language" || return
  cat "$work/hello.$language"
  line=$(cat "$work/hello.$language")
  grep -qxF "$line" README.md
}
c_hello() { "${CC:-cc}" examples/hello/hello.c "${flags[@]}" -o "$work/hello_c" && "$work/hello_c"; }
cpp_hello() { "${CXX:-c++}" -std=c++17 examples/hello/hello.cpp "${flags[@]}" -o "$work/hello_cpp" && "$work/hello_cpp"; }
julia_hello() {
  SCIC_LIBRARY=$prefix/lib/libscic.so julia --startup-file=no --project=bindings/julia/SciC examples/hello/hello.jl
}
go_hello() { (cd examples/go && CGO_LDFLAGS="-Wl,-rpath,$prefix/lib" go run ./hello); }
check "the C program" prints c c_hello
check "the C++ program" prints cpp cpp_hello
if tools/deps/install-julia.sh --check; then check "the Julia program" prints julia julia_hello; else skip "the Julia program" "julia missing"; fi
if tools/deps/install-go.sh --check; then check "the Go program" prints go go_hello; else skip "the Go program" "go missing"; fi
check "the demo" bash examples/run.sh
finish
