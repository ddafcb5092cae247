#!/bin/sh
# usage: julia-depot.sh DIR
# Makes a Julia depot with one empty registry. Julia 1.5 clones a registry when it has none, even for a
# project that needs only the standard library; with this depot first in JULIA_DEPOT_PATH, and
# JULIA_PKG_SERVER= and Pkg.offline(true), Pkg.test() never asks the network.
set -eu
DEPOT=${1:?usage: julia-depot.sh DIR}
[ -f "$DEPOT/registries/Empty/Registry.toml" ] && exit 0
mkdir -p "$DEPOT/registries/Empty"
cat > "$DEPOT/registries/Empty/Registry.toml" <<R
name = "Empty"
uuid = "2f6a7b5e-4a3c-4b58-9a51-0f0f5a3c1e00"
repo = ""
description = "No packages: for projects that need only the standard library."

[packages]
R
