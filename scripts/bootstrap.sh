#!/usr/bin/env bash
# Install what Repère needs into the clone: uv if absent, Python 3.10, and the locked packages. Does nothing when all is there.
#   scripts/bootstrap.sh run    what serves people      scripts/bootstrap.sh dev    what the tests need too
set -euo pipefail
cd "$(dirname "$0")/.."
lock=requirements.lock; [ "${1:-run}" = dev ] && lock=requirements-dev.lock
die() { echo "repere: $*" >&2; exit 3; }

stamp=".venv/.installed-$(cat "$lock" pyproject.toml | cksum | cut -d' ' -f1)"
[ -f "$stamp" ] && exit 0

find_uv() {
  if command -v uv >/dev/null 2>&1; then command -v uv; return; fi
  if [ ! -x .tools/uv/bin/uv ]; then
    echo "→ installing uv into the clone" >&2
    python3 -m venv .tools/uv >&2 || die "python3 cannot make a virtual environment: install python3-venv"
    .tools/uv/bin/pip install --quiet --disable-pip-version-check "uv>=0.5" >&2 || die "pip could not install uv: check the network"
  fi
  echo .tools/uv/bin/uv
}

find_python() {  # a real 3.10 interpreter: pyenv's shims answer only when a version is selected
  local candidate
  for candidate in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python "$(command -v python3.10 || true)"; do
    if [ -x "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then echo "$candidate"; return; fi
  done
  "$1" python find 3.10 2>/dev/null && return
  echo "→ fetching Python 3.10 with uv" >&2
  "$1" python install 3.10 >&2 2>/dev/null && "$1" python find 3.10 2>/dev/null && return
  return 1
}

uv=$(find_uv)
if [ ! -x .venv/bin/python ]; then
  python=$(find_python "$uv") || die "Python 3.10 is missing: install it with « uv python install 3.10 » or « pyenv install 3.10 »"
  echo "→ making the Python 3.10 environment (.venv)"
  "$uv" venv --quiet --python "$python" .venv
fi
echo "→ installing the locked packages ($lock)"
# Compiled once here: where Python keeps no bytecode, each process would spend twenty seconds compiling TensorFlow and Rasa.
"$uv" pip install --quiet --compile-bytecode --python .venv/bin/python -r "$lock" || die "the packages of $lock could not be installed: check the network, then run it again"
"$uv" pip install --quiet --compile-bytecode --python .venv/bin/python --no-deps -e . || die "Repère itself could not be installed into .venv"
touch "$stamp"
