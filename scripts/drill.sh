#!/usr/bin/env bash
# Break each part in the middle of conversations; writes docs/rapports/pannes.md. What cannot be installed is left out and named.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
missing=()
present nginx || missing+=(nginx)
present redis-server || missing+=(redis-server)
present initdb || missing+=(postgresql)
present faketime || missing+=(faketime)
if [ "${#missing[@]}" -gt 0 ]; then
  echo "→ installing ${missing[*]}"
  fetch "${missing[@]}" || echo "! could not install ${missing[*]}" >&2
fi
exec .venv/bin/python -m scripts.drill
