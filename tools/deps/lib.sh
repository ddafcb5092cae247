# shellcheck shell=sh
# Shared by the scripts of this folder (sourced, POSIX sh): where things go and how to speak.
#
# SCIC_DEPS_PREFIX  where Julia and Go are unpacked; /opt for root, ~/.cache/scic-deps for everyone else
# SCIC_DEPS_BIN     where they are linked; /usr/local/bin for root, else the prefix's bin/

: "${HOME:=/root}"
deps_cache=${XDG_CACHE_HOME:-$HOME/.cache}/scic-deps
if [ "$(id -u)" = 0 ] && [ -w /opt ] && [ -w /usr/local/bin ]; then
  deps_prefix=${SCIC_DEPS_PREFIX:-/opt}
  deps_bin=${SCIC_DEPS_BIN:-/usr/local/bin}
else
  deps_prefix=${SCIC_DEPS_PREFIX:-$deps_cache}
  deps_bin=${SCIC_DEPS_BIN:-$deps_prefix/bin}
fi
case :$PATH: in *:"$deps_bin":*) ;; *) PATH=$deps_bin:$PATH; export PATH ;; esac

have() { command -v "$1" >/dev/null 2>&1; }
log() { echo "${deps_name:-deps}: $*"; }

# Debian's package manager, or nothing where it cannot be used.
apt_runner() {
  have apt-get || return 1
  if [ "$(id -u)" = 0 ]; then echo apt-get
  elif have sudo && sudo -n true 2>/dev/null; then echo "sudo -n apt-get"
  else return 1
  fi
}

# Patience where another apt runs; none where there is no network.
apt_options="-o DPkg::Lock::Timeout=600 -o Acquire::Retries=2 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30"

# One installation at a time, whoever asks: run again under a lock of our own. Call it with "$0" "$@".
under_lock() {
  [ -z "${SCIC_DEPS_LOCKED:-}" ] && have flock || return 0
  mkdir -p "$deps_cache"
  SCIC_DEPS_LOCKED=1 exec flock "$deps_cache/lock" "$@"
}

# checked FILE COMMAND...: succeeds if the command does, and asks it only once per version of the file.
checked() {
  _file=$(readlink -f "$1") || return 1
  shift
  _stamp=$deps_cache/checked/$(printf '%s' "$_file" | tr / _)
  _now=$(stat -c '%Y %s' "$_file" 2>/dev/null) || return 1
  [ "$(cat "$_stamp" 2>/dev/null)" = "$_now" ] && return 0
  "$@" || return 1
  { mkdir -p "$deps_cache/checked" && echo "$_now" > "$_stamp"; } 2>/dev/null || :
}
