#!/bin/sh
# Benchmarks against SciPy (PyPI), nanoflann and NLopt (Debian): ratios from one run.
# usage: benches/run.sh [SECTION…]   sections: sparse kdtree lbfgs svds; all by default
#   SCIC_PREFIX  an installed SciC (default: build/prefix)
#   QUICK=1      small sizes, to see that the benchmark works
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
prefix=${SCIC_PREFIX:-$root/build/prefix}
work=$root/build/bench
mkdir -p "$work"

for header in nanoflann.hpp nlopt.h; do
  [ -e "/usr/include/$header" ] || missing=1
done
if [ -n "${missing:-}" ]; then
  echo "bench: installing libnanoflann-dev and libnlopt-dev"
  apt-get install -y -qq --no-install-recommends libnanoflann-dev libnlopt-dev || {
    echo "bench: nanoflann and NLopt are missing (Debian: libnanoflann-dev, libnlopt-dev)" >&2
    exit 1
  }
fi
if ! "$work/venv/bin/python" -c 'import scipy; assert scipy.__version__ == "1.17.1"' 2>/dev/null; then
  echo "bench: installing SciPy into $work/venv"
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install -q scipy==1.17.1 numpy==2.4.6
fi
python=$work/venv/bin/python

# peers are compiled for this machine: they get what their users would give them
c++ -O3 -march=native -std=c++17 -fPIC -shared -I"$prefix/include" "$here/peers.cpp" \
  -L"$prefix/lib" -Wl,-rpath,"$prefix/lib" -lscic -lnlopt -o "$work/libpeers.so"
cc -O3 -march=native -fPIC -shared $("$python" -c 'import sysconfig; print("-I" + sysconfig.get_path("include"))') \
  "$here/objectives_python.c" -o "$work/objectives_python.so"

export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 PYTHONPATH="$here:$work"
export SCIC_LIBRARY="$prefix/lib/libscic.so.0.1" SCIC_PEERS="$work/libpeers.so"
exec "$python" "$here/bench.py" "$@"
