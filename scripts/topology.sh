#!/usr/bin/env bash
# The assistant scaled out on one machine without containers: PostgreSQL, Redis, nginx, 2 doors, 2 Rasa, 2 action servers, 2 jobs.
#   scripts/topology.sh [PORT]     Ctrl-C stops all of it; its data are removed
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
mapfile -t missing < <(lacking nginx:nginx redis-server:redis-server initdb:postgresql)
if [ "${#missing[@]}" -gt 0 ]; then
  echo "→ installing ${missing[*]}"
  fetch "${missing[@]}" || { echo "repere: install ${missing[*]} with your package manager, then run it again" >&2; exit 3; }
fi
exec .venv/bin/python -m scripts.topology "${1:-8080}"
