#!/bin/bash
# The Go binding: formatting, vet and tests, against build/prefix.
set -u
cd "$(dirname "$0")/../.." || exit
. tools/deps/lib.sh
. tools/test/checks.sh
tools/deps/install-go.sh --check || { echo "skipped: go missing"; exit 77; }
have pkg-config || { echo "skipped: pkg-config missing"; exit 77; }
prefix=$PWD/build/prefix
export SCIC_VECTORS_DIR=$PWD/ctests/vectors
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig CGO_ENABLED=1 CGO_LDFLAGS="-Wl,-rpath,$prefix/lib"
export GOTOOLCHAIN=local GOPROXY=off GOSUMDB=off # nothing is fetched
# Go's build cache does not look at the library or its headers; it does at flags.
CGO_CFLAGS="-O2 -g -DSCIC_BUILD_ID=$(cat "$prefix"/lib/libscic.so "$prefix"/include/scic.h "$prefix"/include/scic/*.h | sha1sum | cut -c1-12)"
export CGO_CFLAGS

cd bindings/go || exit
formatted() {
  local bad
  bad=$(gofmt -l .) || return
  echo "$bad"
  [ -z "$bad" ]
}
check "gofmt" formatted
check "go vet" go vet ./...
log=$(mktemp)
go test -count=1 -v ./... > "$log" 2>&1
status=$?
cat "$log"
# --- PASS: TestX (0.00s), indented for subtests; a package that does not build has only "FAIL path [build failed]"
counts=$(awk '/^ *--- PASS: /{p++} /^ *--- FAIL: /{f++} /^ *--- SKIP: /{s++} /^FAIL\t.*\[.* failed\]/{f++}
  END { print p+0, f+0, s+0 }' "$log")
rm -f "$log"
read -r p f s <<< "$counts"
[ "$status" = 0 ] || [ "$f" -gt 0 ] || f=1 # a crash
passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
finish
