#!/usr/bin/env bash
# Break each part in the middle of conversations; writes docs/rapports/pannes.md. What cannot be installed is left out and named.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
mapfile -t missing < <(lacking nginx:nginx redis-server:redis-server initdb:postgresql faketime:faketime)
if [ "${#missing[@]}" -gt 0 ]; then
  echo "→ installing ${missing[*]}"
  fetch "${missing[@]}" || echo "! could not install ${missing[*]}" >&2
fi
exec .venv/bin/python -m scripts.drill
