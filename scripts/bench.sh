#!/usr/bin/env bash
# Time and memory beside plain Rasa; writes docs/rapports/bench.md. What cannot be installed is left out and named.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
mapfile -t missing < <(lacking nginx:nginx redis-server:redis-server initdb:postgresql cpulimit:cpulimit)
if [ "${#missing[@]}" -gt 0 ]; then
  echo "→ installing ${missing[*]}"
  fetch "${missing[@]}" || echo "! could not install ${missing[*]}" >&2
fi
exec .venv/bin/python -m scripts.bench
