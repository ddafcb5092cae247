#!/bin/sh
# usage: install-julia.sh [--check]
# Provides a Julia that can run the tests of the Julia binding: the one on PATH if it works, or else
# Debian bullseye's Julia 1.5.3, the last one Debian has.
#
# Nothing is installed into, downgraded in or configured in the system. An isolated apt configuration reads
# the machine's own mirror, the packages are only unpacked, and every library gets an $ORIGIN run path.
# Julia comes with the libraries it was built with: next to a newer libunwind every exception thrown from
# compiled code crashes, and next to a newer MPFR BigFloats print wrongly, so "apt-get install julia" from
# the older suite seems to work and does not.
#
# --check only says by its exit status whether there is one.
# Exit: 0 there is a working julia; 3 no package for this machine; 4 no mirror; others: what failed.
set -eu
deps_name=install-julia
. "$(dirname "$0")/lib.sh"
SUITE=bullseye
VERSION=1.5.3
TREE=$deps_prefix/julia-$VERSION
JULIA=$TREE/usr/bin/julia

# A throw through compiled code, BigFloats, libgit2, dense and sparse solves: what breaks when a library is
# not the one Julia was built with.
works() {
  timeout 300 "$1" --startup-file=no -e '
    using LinearAlgebra, SparseArrays, Test, Pkg
    @noinline f(x) = x > 0 ? error("thrown on purpose") : x
    ok = VERSION >= v"1.5"
    ok &= try f(1); false catch e; length(stacktrace(catch_backtrace())) > 0 end
    ok &= string(big"1.5") == "1.5"
    ok &= VERSION >= v"1.6" || Pkg.LibGit2.version() >= v"1"
    ok &= norm([2.0 1; 1 3] \ [3.0, 4] - [1, 1]) < 1e-12
    ok &= (sparse(2.0I, 3, 3) \ ones(3))[1] == 0.5
    exit(ok ? 0 : 1)' >/dev/null 2>&1
}

found() {
  if [ -x "$JULIA" ] && checked "$JULIA" works "$JULIA"; then
    mkdir -p "$deps_bin" && ln -sf "$JULIA" "$deps_bin/julia" || :
    return 0
  fi
  J=$(command -v julia) && checked "$J" works "$J"
}
found && exit 0
[ "${1:-}" != --check ] || exit 1

have dpkg && have apt-get || { log "no Debian packages here; install Julia 1.5 or later by hand"; exit 3; }
case $(dpkg --print-architecture) in
  amd64) TRIPLE=x86_64-linux-gnu EXTRA=libquadmath0 ;;
  arm64) TRIPLE=aarch64-linux-gnu EXTRA= ;;
  *) log "no Julia package is known for $(dpkg --print-architecture)"; exit 3 ;;
esac
under_lock "$0" "$@"

# The machine's own Debian mirror, whatever it is: the deb822 file first, then one-line sources.
MIRROR=$(sed -n 's|^URIs:[[:space:]]*\([^[:space:]]*/debian\)/*[[:space:]]*$|\1|p' \
  /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n1)
[ -n "$MIRROR" ] || MIRROR=$(sed -n 's|^deb[[:space:]]\(\[[^]]*\][[:space:]]*\)\{0,1\}\([^[:space:]]*/debian\)/*[[:space:]].*|\2|p' \
  /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | head -n1)
[ -n "$MIRROR" ] || { log "no Debian mirror in /etc/apt"; exit 4; }

W=$(mktemp -d)
trap 'rm -rf "$W"' EXIT
mkdir -p "$W/lists/partial" "$W/cache/archives/partial" "$W/debs" "$W/root" "$W/none"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $MIRROR $SUITE main" > "$W/sources.list"
: > "$W/status"
cat > "$W/apt.conf" <<A
Dir::Etc::sourcelist "$W/sources.list";
Dir::Etc::sourceparts "$W/none";
Dir::Etc::preferences "$W/none/preferences";
Dir::Etc::preferencesparts "$W/none";
Dir::State::lists "$W/lists";
Dir::State::status "$W/status";
Dir::Cache "$W/cache";
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::Retries "3";
Acquire::http::Timeout "30";
Acquire::https::Timeout "30";
Acquire::Check-Valid-Until "false";
APT::Sandbox::User "root";
A
PACKAGES="julia julia-common libjulia1 libllvm9 libunwind8 libmpfr6 libgmp10 libgit2-1.1 libhttp-parser2.9
  libmbedcrypto3 libmbedtls12 libmbedx509-0 libdsfmt-19937-1 libopenlibm3 libffi7 libutf8proc2 libpcre3
  libpcre2-8-0 libssh2-1 libgssapi-krb5-2 libkrb5-3 libk5crypto3 libkrb5support0 libcom-err2 libkeyutils1
  libgcrypt20 libgpg-error0 libgfortran5 libedit2 libbsd0 libmd0 libz3-4 libtinfo6 zlib1g $EXTRA"
have patchelf || PACKAGES="$PACKAGES patchelf"

log "downloading Julia $VERSION (55 MB) from the Debian mirror"
APT_CONFIG=$W/apt.conf apt-get update -qq -o APT::Update::Error-Mode=any
# shellcheck disable=SC2086 # a list of words
(cd "$W/debs" && APT_CONFIG=$W/apt.conf apt-get download -qq $PACKAGES)
for deb in "$W"/debs/*.deb; do dpkg -x "$deb" "$W/root"; done
L=$W/root/usr/lib/$TRIPLE
# bullseye still had some of these under /lib
if [ -d "$W/root/lib/$TRIPLE" ]; then mv "$W/root/lib/$TRIPLE"/* "$L/"; rm -rf "$W/root/lib"; fi
rm -rf "$W/root/usr/share/doc" "$W/root/usr/share/man" "$W/root/usr/share/lintian" \
  "$W/root/usr/share/metainfo" "$W/root/usr/share/applications"
PATCHELF=$(command -v patchelf || echo "$W/root/usr/bin/patchelf")
# Every third-party library finds its siblings here and not on the system. It may be opened through a link
# in julia/, and $ORIGIN is then that folder.
find "$L" "$L/julia" -maxdepth 1 -type f -name '*.so*' ! -name 'libjulia.so*' ! -name sys.so | while read -r file; do
  # shellcheck disable=SC2016 # $ORIGIN is the loader's
  "$PATCHELF" --set-rpath '$ORIGIN:$ORIGIN/..' "$file" 2>/dev/null || log "no run path set in ${file##*/}"
done
mkdir -p "$deps_prefix"
rm -rf "$TREE"
mv "$W/root" "$TREE"
chmod 755 "$TREE"
found || { log "the unpacked Julia fails its self-check"; exit 5; }
log "$("$JULIA" --version) in $TREE"
