#!/bin/bash
# usage: run.sh PREFIX [WORK]
# Uses the package installed in PREFIX, and this source tree, in every way the README promises. Prints a line
# per check and `consumers: N passed, M failed`. WORK is a scratch folder (default: a temporary one).
# CC and CXX are the compilers; SCIC_CARGO_TARGET_DIR lets the consumers that build from source reuse one.
set -u
prefix=$(cd "${1:?usage: run.sh PREFIX [WORK]}" && pwd) || exit 2
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
if [ $# -gt 1 ]; then work=$2; rm -rf "$work"; mkdir -p "$work"; else work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; fi
work=$(cd "$work" && pwd)
: "${CC:=cc}" "${CXX:=c++}"
export CC CXX
# nothing from elsewhere
unset LD_LIBRARY_PATH CMAKE_PREFIX_PATH PKG_CONFIG_PATH CPATH LIBRARY_PATH CFLAGS CXXFLAGS LDFLAGS

. "$source/tools/test/checks.sh"
have() { command -v "$1" >/dev/null 2>&1; }

with_cxx=ON
have "${CXX%% *}" || with_cxx=OFF

# ---- the installed files

# The global symbols that the archive defines. readelf, since nm lists local ones of some objects too.
archive_globals() { readelf -Ws "$1" | awk '$1 ~ /^[0-9]+:$/ && $5 != "LOCAL" && $7 != "UND" { print $8 }' | sort -u; }
dynamic_exports() { readelf -Ws --dyn-syms "$1" | awk '$1 ~ /^[0-9]+:$/ && $5 != "LOCAL" && $7 != "UND" { sub(/@.*/, "", $8); print $8 }' | sort -u; }
needed() { readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'; }

only_scic() { # only_scic FILE: its lines all begin with scic_, and there are some
  grep -q '^scic_' "$1" && ! grep -v '^scic_' "$1"
}
soname_is() { readelf -d "$lib/libscic.so" | grep -F "[libscic.so.$abi]"; }
links_are() {
  [ "$(readlink "$lib/libscic.so")" = "libscic.so.$abi" ] && [ "$(readlink "$lib/libscic.so.$abi")" = "libscic.so.$version" ]
}
needs_only_the_system() {
  ! needed "$lib/libscic.so" | grep -vE '^(libc|libm|libpthread|libdl|ld-linux[-a-z0-9_]*|libgcc_s)\.so\.[0-9]+$'
}
names_no_prefix() { ! grep -rnF "$prefix" "$lib/cmake" "$lib/pkgconfig" "$prefix/include"; }

files() {
  lib=$(dirname "$(find "$prefix" -name 'libscic.so' | head -n1)")
  version=$(sed -n 's/^version *= *"\([0-9.]*\).*/\1/p' "$source/Cargo.toml" | head -n1)
  abi=${version%.*}
  check "soname libscic.so.$abi" soname_is
  check "links of the shared library" links_are
  check "needs only the system's libraries" needs_only_the_system
  check "no installed text names its prefix" names_no_prefix
  dynamic_exports "$lib/libscic.so" > "$work/exports"
  archive_globals "$lib/libscic.a" > "$work/globals"
  check "exports only scic_ names" only_scic "$work/exports"
  check "static library: only scic_ names are global" only_scic "$work/globals"
  check "static library: has what the shared one exports" diff "$work/exports" "$work/globals"
}

# ---- programs

says_version() { "$1" | grep -x "scic $version"; }
is_static() { says_version "$1" && ! needed "$1" | grep scic; }
is_dynamic() { says_version "$1" && needed "$1" | grep -x "libscic.so.$abi"; }

cpp_program() { # cpp_program NAME PROGRAM
  if [ $with_cxx = ON ]; then check "$1" is_dynamic "$2"; else skip "$1" "C++ compiler missing"; fi
}

configure() { # configure PROJECT BUILD ARGS...
  local project=$1 build=$2
  shift 2
  cmake -S "$here/$project" -B "$work/$build" -DWITH_CXX="$with_cxx" "$@"
}
built() { configure "$@" && cmake --build "$work/$2"; }
refused() { # refused TEXT ARGS...: configuring fails, and says TEXT
  local text=$1 out
  shift
  rm -rf "$work/refused"
  if out=$(configure request refused "$@" 2>&1); then echo "$out"; return 1; fi
  echo "$out"
  tr -s '\n ' ' ' <<< "$out" | grep -F "$text"
}

find_package() { # find_package WHERE P
  check "find_package, $1: builds" built find_package "find-$1" -DCMAKE_PREFIX_PATH="$2"
  check "find_package, $1: shared" is_dynamic "$work/find-$1/c_shared"
  check "find_package, $1: static" is_static "$work/find-$1/c_static"
  cpp_program "find_package, $1: C++" "$work/find-$1/cpp"
}

requests() {
  local p=-DCMAKE_PREFIX_PATH=$1
  local wrong_version='compatible with requested version'
  check "request 0.1" configure request r1 "$p" -DVERSION=0.1
  check "request $version" configure request r2 "$p" -DVERSION="$version"
  check "request 0.2 is refused" refused "$wrong_version" "$p" -DVERSION=0.2
  check "request 1.0 is refused" refused "$wrong_version" "$p" -DVERSION=1.0
  check "an unknown component is refused" refused 'no component nonsense' "$p" -DCOMPONENTS=nonsense
}

pkg_config_shared() { # pkg_config_shared P OUT
  local flags
  flags=$(PKG_CONFIG_PATH=$lib_of_p/pkgconfig pkg-config --cflags --libs scic) || return
  # shellcheck disable=SC2086 # a list of flags
  $CC "$here/consumer.c" $flags -Wl,-rpath,"$lib_of_p" -o "$2" && is_dynamic "$2"
}
# the linker takes the archive where there is no shared library, or in a fully static program
pkg_config_static() { # pkg_config_static P OUT FLAGS...
  local flags out=$2
  shift 2
  flags=$(PKG_CONFIG_PATH=$lib_of_p/pkgconfig pkg-config --static --cflags --libs scic) || return
  # shellcheck disable=SC2086
  $CC "$here/consumer.c" $flags "$@" -o "$out" && is_static "$out"
}
pkg_config() { # pkg_config WHERE P
  have pkg-config || { skip "pkg-config, $1" "there is none"; return; }
  lib_of_p=$2${lib#"$prefix"}
  check "pkg-config, $1: version" test "$(PKG_CONFIG_PATH=$lib_of_p/pkgconfig pkg-config --modversion scic)" = "$version"
  check "pkg-config, $1: shared" pkg_config_shared "$2" "$work/pc-shared-$1"
  check "pkg-config, $1: fully static" pkg_config_static "$2" "$work/pc-static-$1" -static
  mkdir "$work/away" && mv "$lib_of_p"/libscic.so* "$work/away/"
  check "pkg-config, $1: only the archive there" pkg_config_static "$2" "$work/pc-archive-$1"
  mv "$work/away"/* "$lib_of_p/" && rmdir "$work/away"
}

two_rust_libraries() {
  rustc --edition 2024 --crate-type staticlib -o "$work/libother.a" "$here/other.rs" &&
    $CC "$here/two_rust.c" -I "$prefix/include" "$lib/libscic.a" "$work/libother.a" -lpthread -ldl -lm -o "$work/two_rust" &&
    "$work/two_rust"
}

own_target_dir() { # configured, as a subproject, the library builds in the consumer's build folder
  configure subdirectory own -DSCIC_SOURCE="$source" && grep -F "SCIC_CARGO_TARGET_DIR:PATH=$work/own/scic/cargo" "$work/own/CMakeCache.txt"
}
from_source() {
  local reuse=()
  [ -n "${SCIC_CARGO_TARGET_DIR:-}" ] && reuse=(-DSCIC_CARGO_TARGET_DIR="$SCIC_CARGO_TARGET_DIR")
  check "add_subdirectory: builds" built subdirectory sub -DSCIC_SOURCE="$source" "${reuse[@]}"
  check "add_subdirectory: shared" is_dynamic "$work/sub/c_shared"
  check "add_subdirectory: static" is_static "$work/sub/c_static"
  cpp_program "add_subdirectory: C++" "$work/sub/cpp"
  check "add_subdirectory: leaves the source tree alone" own_target_dir
  check "FetchContent: builds" built fetchcontent fetch -DFETCHCONTENT_SOURCE_DIR_SCIC="$source" "${reuse[@]}"
  check "FetchContent: shared" is_dynamic "$work/fetch/c_shared"
}

files
cp -a "$prefix" "$work/prefix"
find_package here "$work/prefix"
requests "$work/prefix"
pkg_config here "$work/prefix"
mkdir "$work/elsewhere"
mv "$work/prefix" "$work/elsewhere/moved"
find_package moved "$work/elsewhere/moved"
pkg_config moved "$work/elsewhere/moved"
if have rustc; then check "static library beside another Rust library" two_rust_libraries; fi
from_source
finish consumers
